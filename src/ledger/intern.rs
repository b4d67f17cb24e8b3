//! Text to small numbers: equal text has the same code, and the bytes lie once in one arena.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::math::order::{self, Keyed};

/// A set of texts, numbered in the order in which they first came.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    arena: Vec<u8>,
    /// Where each text ends in the arena; it begins where the one before ends.
    ends: Vec<usize>,
    /// Open addressing with linear probing: low half of the hash and code + 1; code 0 marks an empty slot.
    slots: Vec<(u32, u32)>,
    /// The code given last: files often repeat a value from line to line.
    last: u32,
}

impl Interner {
    /// Number of different texts.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The bytes of a code that [`Interner::code`] gave.
    pub fn bytes(&self, code: u32) -> &[u8] {
        let code = code as usize;
        let start = if code == 0 { 0 } else { self.ends[code - 1] };
        &self.arena[start..self.ends[code]]
    }

    /// The text of a code that [`Interner::code`] gave.
    pub fn text(&self, code: u32) -> &str {
        // Only whole `&str`s are ever put in, so this can't fail; an empty text would be the honest answer if it did.
        std::str::from_utf8(self.bytes(code)).unwrap_or_default()
    }

    /// The code of a text, a new one where it has not been seen.
    pub fn code(&mut self, text: &str) -> u32 {
        if !self.ends.is_empty() && self.bytes(self.last) == text.as_bytes() {
            return self.last;
        }
        // At most seven eighths full, so that probing always meets an empty slot soon.
        if self.slots.len() * 7 <= (self.ends.len() + 1) * 8 {
            self.grow();
        }
        let mut hasher = FxHasher::default();
        hasher.write(text.as_bytes());
        let hash = hasher.finish() as u32;
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            match self.slots[at] {
                (_, 0) => break,
                (other, code) if other == hash && self.bytes(code - 1) == text.as_bytes() => {
                    self.last = code - 1;
                    return self.last;
                }
                _ => at = (at + 1) & mask,
            }
        }
        self.arena.extend_from_slice(text.as_bytes());
        self.ends.push(self.arena.len());
        self.last = self.ends.len() as u32 - 1;
        self.slots[at] = (hash, self.last + 1);
        self.last
    }

    fn grow(&mut self) {
        let larger = (self.slots.len() * 2).max(64);
        let old = std::mem::replace(&mut self.slots, vec![(0, 0); larger]);
        for (hash, code) in old.into_iter().filter(|slot| slot.1 != 0) {
            let mut at = hash as usize & (larger - 1);
            while self.slots[at].1 != 0 {
                at = (at + 1) & (larger - 1);
            }
            self.slots[at] = (hash, code);
        }
    }

    /// All codes in ascending order of their bytes.
    pub fn by_bytes(&self) -> Vec<u32> {
        self.sorted((0..self.len() as u32).map(|code| (prefix(self.bytes(code)), code)).collect())
    }

    /// All codes by value where every text is a whole number that fits (leading zeros allowed; equal values then by
    /// their bytes), else byte by byte.
    pub fn by_number_or_bytes(&self) -> Vec<u32> {
        let number = |code| {
            let text = self.text(code);
            // `parse` alone would take a leading plus sign.
            text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten()
        };
        let keyed: Option<Vec<Keyed>> = (0..self.len() as u32).map(|code| Some((number(code)?, code))).collect();
        keyed.map_or_else(|| self.by_bytes(), |keyed| self.sorted(keyed))
    }

    /// The codes by their keys; those with equal keys by their bytes.
    fn sorted(&self, mut keyed: Vec<Keyed>) -> Vec<u32> {
        order::sort_keyed_then(&mut keyed, &mut |a, b| self.bytes(a).cmp(self.bytes(b)));
        keyed.into_iter().map(|(_, code)| code).collect()
    }
}

/// The first eight bytes as a number whose order is that of the bytes: most comparisons end with it.
pub(crate) fn prefix(bytes: &[u8]) -> u64 {
    let mut first = [0; 8];
    let length = bytes.len().min(8);
    first[..length].copy_from_slice(&bytes[..length]);
    u64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_text_has_the_same_code() {
        let mut interner = Interner::default();
        let codes: Vec<u32> = (0..5000).map(|i| interner.code(&format!("id {}", i % 1777))).collect();
        assert_eq!(interner.len(), 1777);
        for (i, &code) in codes.iter().enumerate() {
            assert_eq!(interner.text(code), format!("id {}", i % 1777));
        }
    }

    #[test]
    fn whole_numbers_are_ordered_by_value_and_others_by_bytes() {
        let order = |texts: &[&str]| {
            let mut interner = Interner::default();
            texts.iter().for_each(|text| _ = interner.code(text));
            interner.by_number_or_bytes().into_iter().map(|code| interner.text(code).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(order(&["10", "9", "007", "7"]), ["007", "7", "9", "10"]);
        assert_eq!(order(&["10", "9", "x", "é"]), ["10", "9", "x", "é"]);
        assert_eq!(order(&["10", "9", "+8"]), ["+8", "10", "9"]);
        assert_eq!(order(&["99999999999999999999", "9"]), ["9", "99999999999999999999"]);
        assert_eq!(order(&["12345678b", "12345678a", "12345678"]), ["12345678", "12345678a", "12345678b"]);
    }
}
