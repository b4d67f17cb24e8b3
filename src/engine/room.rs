//! Whether there is memory for what comes next.

/// Bytes that the rows of an analysis may take: in the browser the 4 GiB that WebAssembly can address, but for what the
/// rest of the program needs.
pub(super) const MOST: u64 = if cfg!(target_arch = "wasm32") { (4 << 30) - (192 << 20) } else { u64::MAX };

/// Bytes asked for in one piece: more than half of what can be addressed is never given.
const PIECE: u64 = 1 << 30;

/// Whether so many bytes could be had now. They are asked for and given back; nothing is written to them.
pub(super) fn is_there(bytes: u64) -> bool {
    let mut pieces: Vec<Vec<u8>> = Vec::new();
    let mut left = bytes;
    while left > 0 {
        let mut piece = Vec::new();
        let length = left.min(PIECE);
        if piece.try_reserve_exact(length as usize).is_err() {
            return false;
        }
        pieces.push(piece);
        left -= length;
    }
    true
}

/// About how many of these bytes could be had now, `most` at most.
pub(super) fn at_most(bytes: u64, most: u64) -> u64 {
    let bytes = bytes.min(most);
    (0..8).map(|step| bytes - bytes / 8 * step).find(|bytes| is_there(*bytes)).unwrap_or(0)
}

/// How many rows fit into so many bytes, where so many rows take so many; a tenth is left free.
pub(super) fn rows(rows: u64, take: u64, bytes: u64) -> u64 {
    (u128::from(rows) * u128::from(bytes - bytes / 10) / u128::from(take.max(1))) as u64
}

/// A number with two digits that count, rounded down.
pub(super) fn about(number: u64) -> u64 {
    let mut unit = 1;
    while number / unit >= 100 {
        unit *= 10;
    }
    number / unit * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_had_is_told_before_it_is_needed() {
        assert!(is_there(0) && is_there(1 << 20));
        assert!(!is_there(u64::MAX / 2), "more than any machine has");
        assert_eq!(at_most(1 << 20, u64::MAX), 1 << 20);
        assert_eq!(at_most(8_000, 5_500), 5_500);
        assert_eq!(at_most(u64::MAX / 2, 10), 10);
    }

    #[test]
    fn numbers_of_rows_are_rough() {
        assert_eq!((about(0), about(99), about(12_999), about(97_123_456)), (0, 99, 12_000, 97_000_000));
        assert_eq!((rows(1_000, 20_000, 100_000), rows(5, 0, 0)), (4_500, 0));
    }
}
