//! Rows that come again, equal in every cell.
//!
//! No text is kept, only a hash of each row. The hash is of 64 bits on every target: among a million rows the chance that
//! any two different ones share it is below 1 in 10 million.

/// The hashes of the rows so far.
#[derive(Debug, Default)]
pub struct Seen {
    /// Open addressing with linear probing; 0 marks an empty slot.
    slots: Vec<u64>,
    len: usize,
}

impl Seen {
    /// Adds a row by its [`hash`]; whether it is new.
    pub fn insert(&mut self, hash: u64) -> bool {
        // At most seven eighths full, so that probing always meets an empty slot soon.
        if self.slots.len() * 7 <= (self.len + 1) * 8 {
            let larger = (self.slots.len() * 2).max(64);
            let old = std::mem::replace(&mut self.slots, vec![0; larger]);
            for hash in old.into_iter().filter(|hash| *hash != 0) {
                let at = self.find(hash);
                self.slots[at] = hash;
            }
        }
        let hash = hash.max(1);
        let at = self.find(hash);
        let is_new = self.slots[at] == 0;
        self.slots[at] = hash;
        self.len += usize::from(is_new);
        is_new
    }

    /// Different rows so far.
    pub fn rows(&self) -> usize {
        self.len
    }

    /// The slot that holds a hash, or where it belongs.
    fn find(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> 32) as usize & mask;
        while self.slots[at] != 0 && self.slots[at] != hash {
            at = (at + 1) & mask;
        }
        at
    }
}

/// A hash of cells and of where one ends and the next begins. Rows that differ within eight bytes never share it.
pub fn hash<'a>(cells: impl Iterator<Item = &'a [u8]>) -> u64 {
    // From 0, cells without text would lead nowhere else.
    let mut hash = 0x243F_6A88_85A3_08D3_u64;
    // Each step is reversible, so that a difference once there stays.
    let mut mix = |word: u64| {
        hash = (hash ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        hash ^= hash >> 29;
    };
    for cell in cells {
        let (words, rest) = cell.as_chunks::<8>();
        words.iter().for_each(|word| mix(u64::from_le_bytes(*word)));
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        mix(u64::from_le_bytes(last));
        mix(cell.len() as u64);
    }
    hash
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_ends_of_cells_are_part_of_a_row() {
        let of = |cells: &[&str]| hash(cells.iter().map(|cell| cell.as_bytes()));
        let rows = [&["ab", "c"][..], &["a", "bc"], &["abc"], &["abc", ""], &["", "abc"], &["abc\0"], &[]];
        let mut seen = Seen::default();
        assert!(rows.iter().all(|row| seen.insert(of(row))), "all are different");
        assert!(!rows.iter().any(|row| seen.insert(of(row))), "and all come again");
        assert_eq!(seen.rows(), rows.len());
    }

    proptest! {
        #[test]
        fn a_set_of_hashes_is_the_set_of_rows(rows in prop::collection::vec("[ab]{0,3}|[a-c ]{7,10}", 0..300)) {
            let mut seen = Seen::default();
            let mut expected = std::collections::BTreeSet::new();
            for row in &rows {
                prop_assert_eq!(seen.insert(hash([row.as_bytes()].into_iter())), expected.insert(row));
            }
            prop_assert_eq!(seen.rows(), expected.len());
        }
    }
}
