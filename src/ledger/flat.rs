//! Columns of numbers as bytes, for messages: `#[serde(with = "flat")]`. One copy a column, not a call a number.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Visitor};
use serde::ser::Serializer;

/// A number that columns hold, as bytes, little end first.
pub trait Number: Copy {
    /// Bytes of one.
    const BYTES: usize;
    /// Writes one behind others.
    fn put(self, bytes: &mut Vec<u8>);
    /// Reads one from exactly its bytes.
    fn take(bytes: &[u8]) -> Self;
}

macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl Number for $number {
            const BYTES: usize = size_of::<$number>();

            #[inline]
            fn put(self, bytes: &mut Vec<u8>) {
                bytes.extend_from_slice(&self.to_le_bytes());
            }

            #[inline]
            fn take(bytes: &[u8]) -> $number {
                let mut own = [0; size_of::<$number>()];
                own.copy_from_slice(bytes);
                <$number>::from_le_bytes(own)
            }
        })*
    };
}

numbers!(u8, u16, u32, u64, i32, i64);

/// Writes a column.
pub fn serialize<N: Number, S: Serializer>(column: &[N], serializer: S) -> Result<S::Ok, S::Error> {
    let mut bytes = Vec::with_capacity(column.len() * N::BYTES);
    column.iter().for_each(|number| number.put(&mut bytes));
    serializer.serialize_bytes(&bytes)
}

/// Reads a column.
pub fn deserialize<'de, N: Number, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<N>, D::Error> {
    deserializer.deserialize_bytes(Column(PhantomData))
}

struct Column<N>(PhantomData<N>);

impl<N: Number> Visitor<'_> for Column<N> {
    type Value = Vec<N>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the bytes of a column")
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<N>, E> {
        Ok(bytes.chunks_exact(N::BYTES).map(N::take).collect())
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use crate::wire;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct All {
        #[serde(with = "super")]
        bytes: Vec<u8>,
        #[serde(with = "super")]
        shorts: Vec<u16>,
        #[serde(with = "super")]
        amounts: Vec<i64>,
    }

    #[test]
    fn columns_come_back() {
        let all = All { bytes: vec![0, 255], shorts: vec![1, u16::MAX], amounts: vec![i64::MIN, -1, 0, i64::MAX] };
        let written = wire::write(&all);
        assert_eq!(written.len(), 3 * 8 + 2 + 4 + 32);
        assert_eq!(wire::read::<All>(&written), all);
    }
}
