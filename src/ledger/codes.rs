//! A column of small numbers in as few bytes as they need: most columns to group by have few values.

use serde::{Deserialize, Serialize};

use super::flat;

/// Numbers of labels, one a row; one byte each while all are small, then two, then four.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Codes {
    /// All below 256.
    Bytes(#[serde(with = "flat")] Vec<u8>),
    /// All below 65,536.
    Shorts(#[serde(with = "flat")] Vec<u16>),
    /// Any.
    Words(#[serde(with = "flat")] Vec<u32>),
}

impl Default for Codes {
    fn default() -> Codes {
        Codes::Bytes(Vec::new())
    }
}

/// The same code for each width.
macro_rules! each {
    ($self:expr, $codes:ident => $do:expr) => {
        match $self {
            Codes::Bytes($codes) => $do,
            Codes::Shorts($codes) => $do,
            Codes::Words($codes) => $do,
        }
    };
}

impl Codes {
    /// Number of rows.
    pub fn len(&self) -> usize {
        each!(self, codes => codes.len())
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The code of a row.
    #[inline]
    pub fn get(&self, row: usize) -> u32 {
        match self {
            Codes::Bytes(codes) => codes[row].into(),
            Codes::Shorts(codes) => codes[row].into(),
            Codes::Words(codes) => codes[row],
        }
    }

    /// Adds a row.
    #[inline]
    pub fn push(&mut self, code: u32) {
        match self {
            Codes::Bytes(codes) if code <= u8::MAX.into() => codes.push(code as u8),
            Codes::Shorts(codes) if code <= u16::MAX.into() => codes.push(code as u16),
            Codes::Words(codes) => codes.push(code),
            _ => self.push_wider(code),
        }
    }

    #[cold]
    #[inline(never)]
    fn push_wider(&mut self, code: u32) {
        self.widen(code);
        self.push(code);
    }

    /// Makes room in each row for a code as large as this.
    fn widen(&mut self, code: u32) {
        // With as much room as there was: it was made for rows that are still to come.
        let room = self.capacity();
        let is_short = code <= u16::MAX.into();
        *self = match std::mem::take(self) {
            Codes::Bytes(codes) if code <= u8::MAX.into() => Codes::Bytes(codes),
            Codes::Bytes(codes) if is_short => Codes::Shorts(wider(&codes, room)),
            Codes::Bytes(codes) => Codes::Words(wider(&codes, room)),
            Codes::Shorts(codes) if is_short => Codes::Shorts(codes),
            Codes::Shorts(codes) => Codes::Words(wider(&codes, room)),
            words @ Codes::Words(_) => words,
        };
    }

    fn capacity(&self) -> usize {
        each!(self, codes => codes.capacity())
    }

    /// Makes room for so many rows more, or says that there is none.
    pub fn try_reserve(&mut self, rows: usize) -> Result<(), std::collections::TryReserveError> {
        each!(self, codes => codes.try_reserve_exact(rows))
    }

    /// Calls with the code of each row, in their order.
    #[inline]
    pub fn each(&self, mut on: impl FnMut(u32)) {
        match self {
            Codes::Bytes(codes) => codes.iter().for_each(|code| on((*code).into())),
            Codes::Shorts(codes) => codes.iter().for_each(|code| on((*code).into())),
            Codes::Words(codes) => codes.iter().for_each(|code| on(*code)),
        }
    }

    /// Gives each row the number that stands at the place of its code; as many numbers as there are codes.
    pub fn renumber(&mut self, numbers: &[u32]) {
        self.widen(numbers.iter().copied().max().unwrap_or(0));
        // Every number fits now.
        match self {
            Codes::Bytes(codes) => codes.iter_mut().for_each(|code| *code = numbers[usize::from(*code)] as u8),
            Codes::Shorts(codes) => codes.iter_mut().for_each(|code| *code = numbers[usize::from(*code)] as u16),
            Codes::Words(codes) => codes.iter_mut().for_each(|code| *code = numbers[*code as usize]),
        }
    }

    /// Adds the rows of another column, renumbered as by [`Codes::renumber`].
    pub fn extend(&mut self, mut others: Codes, numbers: &[u32]) {
        others.renumber(numbers);
        self.widen(numbers.iter().copied().max().unwrap_or(0));
        match (self, others) {
            (Codes::Bytes(codes), Codes::Bytes(others)) => codes.extend_from_slice(&others),
            (Codes::Shorts(codes), Codes::Shorts(others)) => codes.extend_from_slice(&others),
            (Codes::Words(codes), Codes::Words(others)) => codes.extend_from_slice(&others),
            (codes, others) => others.each(|code| codes.push(code)),
        }
    }

    /// The codes of rows, in their order, in place of all.
    pub fn gather(self, rows: &[u32]) -> Codes {
        match self {
            Codes::Bytes(codes) => Codes::Bytes(super::build::gather(codes, rows)),
            Codes::Shorts(codes) => Codes::Shorts(super::build::gather(codes, rows)),
            Codes::Words(codes) => Codes::Words(super::build::gather(codes, rows)),
        }
    }
}

impl FromIterator<u32> for Codes {
    fn from_iter<I: IntoIterator<Item = u32>>(all: I) -> Codes {
        let mut codes = Codes::default();
        all.into_iter().for_each(|code| codes.push(code));
        codes
    }
}

/// The same numbers in more bytes, with room for so many.
fn wider<A: Copy, B: From<A>>(codes: &[A], room: usize) -> Vec<B> {
    let mut wider = Vec::with_capacity(room.max(codes.len()));
    wider.extend(codes.iter().map(|code| B::from(*code)));
    wider
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(codes: &Codes) -> Vec<u32> {
        let mut all = Vec::new();
        codes.each(|code| all.push(code));
        all
    }

    #[test]
    fn a_column_is_as_wide_as_its_largest_code() {
        let mut codes: Codes = [0, 255].into_iter().collect();
        assert_eq!(codes, Codes::Bytes(vec![0, 255]));
        codes.push(256);
        assert_eq!(codes, Codes::Shorts(vec![0, 255, 256]));
        codes.push(65_536);
        assert_eq!(codes, Codes::Words(vec![0, 255, 256, 65_536]));
        assert_eq!((codes.get(2), codes.len()), (256, 4));
    }

    proptest! {
        #[test]
        fn columns_are_lists_of_numbers(
            codes in prop::collection::vec(prop_oneof![0..9u32, 0..300u32, 0..70_000u32], 0..60),
            others in prop::collection::vec(0..300u32, 0..60),
            shift in prop_oneof![Just(0u32), Just(300), Just(80_000)],
        ) {
            let mut column: Codes = codes.iter().copied().collect();
            prop_assert_eq!(all(&column), codes.clone());
            let numbers: Vec<u32> = (0..300).map(|code| code + shift).collect();
            let used = &numbers[..others.iter().max().map_or(0, |most| *most as usize + 1)];
            column.extend(others.iter().copied().collect(), used);
            let expected: Vec<u32> = codes.into_iter().chain(others.into_iter().map(|code| code + shift)).collect();
            prop_assert_eq!(all(&column), expected.clone());
            let backwards: Vec<u32> = (0..expected.len() as u32).rev().collect();
            let gathered = column.gather(&backwards);
            prop_assert_eq!(all(&gathered), expected.into_iter().rev().collect::<Vec<_>>());
        }
    }
}
