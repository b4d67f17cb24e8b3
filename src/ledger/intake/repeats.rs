//! Rows that come again, equal in every cell.
//!
//! No text is kept, only a hash of each row. The hash is of 64 bits on every target: among a million rows the chance that
//! any two different ones share it is below 1 in 10 million.

use crate::ingest::records::Record;

/// The hashes of the rows so far.
#[derive(Debug, Default)]
pub struct Seen {
    /// Open addressing with linear probing; 0 marks an empty slot.
    slots: Vec<u64>,
    len: usize,
}

impl Seen {
    /// Room for so many rows more, so that the table need not grow step by step.
    pub fn expect(&mut self, rows: usize) {
        let wanted = ((self.len + rows) * 8 / 7 + 1).next_power_of_two();
        if wanted > self.slots.len() {
            self.resize(wanted);
        }
    }

    fn resize(&mut self, slots: usize) {
        let old = std::mem::replace(&mut self.slots, vec![0; slots]);
        for hash in old.into_iter().filter(|hash| *hash != 0) {
            let at = self.find(hash);
            self.slots[at] = hash;
        }
    }

    /// Adds a row by its [hash](Hasher::hash); whether it is new.
    pub fn insert(&mut self, hash: u64) -> bool {
        // At most seven eighths full, so that probing always meets an empty slot soon.
        if self.slots.len() * 7 <= (self.len + 1) * 8 {
            self.resize((self.slots.len() * 2).max(64));
        }
        let hash = hash.max(1);
        let at = self.find(hash);
        let is_new = self.slots[at] == 0;
        self.slots[at] = hash;
        self.len += usize::from(is_new);
        is_new
    }

    /// The hashes, in no order that means anything.
    pub fn into_hashes(self) -> Vec<u64> {
        let mut hashes = self.slots;
        hashes.retain(|hash| *hash != 0);
        hashes
    }

    /// Adds hashes that differ from each other, where all of them are new here too; else none, and says so.
    pub fn insert_all(&mut self, hashes: &[u64]) -> bool {
        self.expect(hashes.len());
        let known = hashes.iter().position(|hash| !self.insert(*hash));
        // With no resizing in between, what came last can be taken out again without a gap that probing would stop at.
        for hash in hashes[..known.unwrap_or(0)].iter().rev() {
            let at = self.find(*hash);
            self.slots[at] = 0;
            self.len -= 1;
        }
        known.is_none()
    }

    /// Looks where a hash belongs, so that it lies near when it is put in.
    #[inline]
    pub fn touch(&self, hash: u64) -> u64 {
        self.slots.get((hash >> 32) as usize & self.slots.len().wrapping_sub(1)).copied().unwrap_or(0)
    }

    /// Whether a hash was added.
    pub fn contains(&self, hash: u64) -> bool {
        !self.slots.is_empty() && self.slots[self.find(hash.max(1))] != 0
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

/// The hash of a record: of its cells with commas between them, and of their lengths too where a cell holds a comma. So
/// it is the same however the cells are delimited and quoted, and a record of a plain file is hashed as it stands.
#[derive(Debug, Default)]
pub struct Hasher {
    joined: Vec<u8>,
}

impl Hasher {
    /// The hash of a record that was cut at this delimiter.
    #[inline]
    pub fn hash(&mut self, record: &Record<'_>, delimiter: u8) -> u64 {
        match record.plain() {
            Some(text) if delimiter == b',' => hash(text, record.len()),
            _ => self.hash_cells(record.iter()),
        }
    }

    fn hash_cells<'a>(&mut self, cells: impl ExactSizeIterator<Item = &'a [u8]> + Clone) -> u64 {
        self.joined.clear();
        let count = cells.len();
        let mut holds_comma = false;
        for (number, cell) in cells.clone().enumerate() {
            if number > 0 {
                self.joined.push(b',');
            }
            holds_comma |= cell.contains(&b',');
            self.joined.extend_from_slice(cell);
        }
        let hashed = hash(&self.joined, count);
        if holds_comma { cells.fold(hashed, |hash, cell| mix(hash, cell.len() as u64)) } else { hashed }
    }
}

/// Each step is reversible, so that a difference once there stays.
#[inline]
fn mix(hash: u64, word: u64) -> u64 {
    let mixed = (hash ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ mixed >> 29
}

/// A hash of a text and of a number that belongs to it. Two sums run beside each other, as each step waits for the last.
#[inline]
pub fn hash(text: &[u8], number: usize) -> u64 {
    let halves = |chunk: &[u8; 16]| {
        let both = u128::from_le_bytes(*chunk);
        (both as u64, (both >> 64) as u64)
    };
    // From 0, a text of zeros would lead nowhere else.
    let (mut one, mut other) = (0x243F_6A88_85A3_08D3 ^ text.len() as u64, 0x1319_8A2E_0370_7344 ^ number as u64);
    let (chunks, rest) = text.as_chunks::<16>();
    for chunk in chunks {
        let (low, high) = halves(chunk);
        (one, other) = (mix(one, low), mix(other, high));
    }
    let last = match text.last_chunk::<16>() {
        // Overlaps what was read already.
        Some(last) => *last,
        None => {
            let mut last = [0; 16];
            last[..rest.len()].copy_from_slice(rest);
            last
        }
    };
    let (low, high) = halves(&last);
    mix(mix(one, low), mix(other, high).rotate_left(32))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ingest::records::Splitter;

    #[test]
    fn the_ends_of_cells_are_part_of_a_row() {
        let of = |cells: &[&str]| Hasher::default().hash_cells(cells.iter().map(|cell| cell.as_bytes()));
        let rows = [
            &["ab", "c"][..],
            &["a", "bc"],
            &["abc"],
            &["abc", ""],
            &["", "abc"],
            &["abc\0"],
            &["a,b", "c"],
            &["a", "b,c"],
            &[],
        ];
        let mut seen = Seen::default();
        assert!(rows.iter().all(|row| seen.insert(of(row))), "all are different");
        assert!(!rows.iter().any(|row| seen.insert(of(row))), "and all come again");
        assert_eq!(seen.rows(), rows.len());
    }

    #[test]
    fn quotes_and_delimiters_are_no_part_of_a_row() {
        let of = |text: &str, delimiter| {
            let mut hashes = Vec::new();
            let mut splitter = Splitter::new(delimiter);
            let mut hasher = Hasher::default();
            splitter.push(text.as_bytes(), &mut |record| hashes.push(hasher.hash(record, delimiter)));
            hashes
        };
        let plain = of("1,somebody,2026-01-01,12.50\n", b',');
        assert_eq!(of("1;\"somebody\";2026-01-01;12.50\n1;somebody;2026-01-01;12.50\n", b';'), [plain[0]; 2]);
        assert_eq!(of("\"1,5\",x\n", b','), of("1,5;x\n", b';'));
    }

    #[test]
    fn hashes_are_added_all_or_none() {
        let mut seen = Seen::default();
        // 0 is no hash: it stands for an empty slot.
        let hashes: Vec<u64> = (1..2_000u64).map(|n| mix(n, 7).max(1)).collect();
        assert!(seen.insert_all(&hashes[..1_000]));
        assert!(!seen.insert_all(&hashes[999..]), "one of them is known");
        assert_eq!(seen.rows(), 1_000);
        assert!(hashes[..1_000].iter().all(|hash| seen.contains(*hash)));
        assert!(!hashes[1_000..].iter().any(|hash| seen.contains(*hash)));
        assert!(seen.insert_all(&hashes[1_000..]));
        let mut all = seen.into_hashes();
        let mut expected = hashes;
        crate::math::order::sort_by(&mut all, Ord::cmp);
        crate::math::order::sort_by(&mut expected, Ord::cmp);
        assert_eq!(all, expected);
    }

    proptest! {
        #[test]
        fn a_set_of_hashes_is_the_set_of_rows(rows in prop::collection::vec("[ab]{0,3}|[a-c ]{7,10}", 0..300)) {
            let mut seen = Seen::default();
            let mut expected = std::collections::BTreeSet::new();
            for row in &rows {
                prop_assert_eq!(seen.insert(Hasher::default().hash_cells([row.as_bytes()].into_iter())), expected.insert(row));
            }
            prop_assert_eq!(seen.rows(), expected.len());
        }
    }
}
