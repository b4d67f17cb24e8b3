//! Text to small numbers: equal text has the same code, and the bytes lie once in one arena.
//!
//! Almost all ids are short. Up to [`SHORT`] bytes they are held in the table itself, so that a look-up is one place in
//! memory, whose cost is what interning costs.

use crate::math::order::{self, Keyed};

/// Bytes of a text that its key holds whole.
const SHORT: usize = 15;

/// A text as two numbers that are made once, to be looked for and put in.
///
/// Up to [`SHORT`] bytes: the bytes, and their number in the highest byte. Longer ones: a hash of them, and their number
/// below a highest byte that is greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Key {
    low: u64,
    high: u64,
}

impl Key {
    /// The key of a text.
    #[inline]
    pub fn of(text: &[u8]) -> Key {
        let length = text.len() as u64;
        let long = |half: &[u8; 8]| u64::from_le_bytes(*half);
        let short = |half: &[u8; 4]| u64::from(u32::from_le_bytes(*half));
        match text {
            // Both ends overlap in the middle; what overlaps is the same.
            [first, .., last] if text.len() < 4 => {
                let middle = u64::from(text[text.len() / 2]) << (8 * (length / 2));
                let low = u64::from(*first) | middle | u64::from(*last) << (8 * (length - 1));
                Key { low, high: length << 56 }
            }
            [] => Key::default(),
            [only] => Key { low: u64::from(*only), high: 1 << 56 },
            _ => match (text.first_chunk(), text.last_chunk(), text.first_chunk(), text.last_chunk()) {
                (Some(first), Some(last), ..) if text.len() <= SHORT => {
                    // Of the last eight bytes those behind the first eight.
                    let high = if length == 8 { 0 } else { long(last) >> (8 * (16 - length)) };
                    Key { low: long(first), high: high | length << 56 }
                }
                (_, _, Some(first), Some(last)) if text.len() < 8 => {
                    Key { low: short(first) | short(last) << (8 * (length - 4)), high: length << 56 }
                }
                _ => Key { low: hash(text), high: length | 0xFF << 56 },
            },
        }
    }

    fn is_short(self) -> bool {
        self.high >> 56 <= SHORT as u64
    }

    /// Where to look first in a table of a power of two.
    #[inline]
    fn place(self, mask: usize) -> usize {
        let mixed = (self.low ^ self.high.rotate_left(25)).wrapping_mul(MIX);
        (mixed ^ mixed >> 32) as usize & mask
    }
}

/// An odd number without a pattern: the golden ratio of 64 bits.
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// A hash of a text of eight bytes and more.
fn hash(text: &[u8]) -> u64 {
    let (words, _) = text.as_chunks::<8>();
    let last = text.last_chunk::<8>().map_or(0, |last| u64::from_le_bytes(*last));
    let mix = |hash: u64, word: u64| {
        let mixed = (hash ^ word).wrapping_mul(MIX);
        mixed ^ mixed >> 29
    };
    mix(words.iter().fold(text.len() as u64, |hash, word| mix(hash, u64::from_le_bytes(*word))), last)
}

/// A set of texts, numbered in the order in which they first came.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    pub(super) arena: Vec<u8>,
    /// Where each text ends in the arena; it begins where the one before ends.
    pub(super) ends: Vec<usize>,
    /// Open addressing with linear probing: the key, and code + 1; code 0 marks an empty slot.
    pub(super) slots: Vec<(Key, u32)>,
    /// The key and code found last: files often repeat a value from line to line.
    last: (Key, u32),
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
        // Only whole texts are ever put in, so this can't fail; an empty text would be the honest answer if it did.
        std::str::from_utf8(self.bytes(code)).unwrap_or_default()
    }

    /// The code of a text, a new one where it has not been seen.
    #[inline]
    pub fn code(&mut self, text: &[u8]) -> u32 {
        let key = Key::of(text);
        match self.find(key, text) {
            Some(code) => code,
            None => self.insert(key, text),
        }
    }

    /// The code of a text, whose key this is, where it has been seen.
    #[inline]
    pub fn find(&mut self, key: Key, text: &[u8]) -> Option<u32> {
        let (last, code) = self.last;
        if last == key && !self.ends.is_empty() && (key.is_short() || same(self.bytes(code), text)) {
            return Some(code);
        }
        if self.slots.is_empty() {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut at = key.place(mask);
        loop {
            let (other, code) = self.slots[at];
            if code == 0 {
                return None;
            }
            if other == key && (key.is_short() || same(self.bytes(code - 1), text)) {
                self.last = (key, code - 1);
                return Some(code - 1);
            }
            at = (at + 1) & mask;
        }
    }

    /// Looks where a key belongs, so that it lies near when it is looked for.
    #[inline]
    pub fn touch(&self, key: Key) -> u64 {
        self.slots.get(key.place(self.slots.len().wrapping_sub(1))).map_or(0, |slot| slot.0.low)
    }

    /// Puts in a text, whose key this is, that has not been seen.
    pub fn insert(&mut self, key: Key, text: &[u8]) -> u32 {
        // At most three quarters full, so that probing always meets an empty slot soon.
        if self.slots.len() * 3 <= (self.ends.len() + 1) * 4 {
            self.grow();
        }
        self.arena.extend_from_slice(text);
        self.ends.push(self.arena.len());
        let code = self.ends.len() as u32 - 1;
        self.put(key, code + 1);
        self.last = (key, code);
        code
    }

    fn put(&mut self, key: Key, code: u32) {
        let mask = self.slots.len() - 1;
        let mut at = key.place(mask);
        while self.slots[at].1 != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = (key, code);
    }

    #[cold]
    fn grow(&mut self) {
        let larger = (self.slots.len() * 2).max(64);
        let old = std::mem::replace(&mut self.slots, vec![(Key::default(), 0); larger]);
        for (key, code) in old.into_iter().filter(|slot| slot.1 != 0) {
            self.put(key, code);
        }
    }

    /// All codes in ascending order of their bytes.
    pub fn by_bytes(&self) -> Vec<u32> {
        let all = || (0..self.len() as u32).map(|code| self.bytes(code));
        // Ids mostly begin alike, `CUST-`: what tells them apart comes behind that.
        let first = all().next().unwrap_or_default();
        let alike = all().fold(first.len(), |length, text| {
            first[..length].iter().zip(text).take_while(|(one, other)| one == other).count()
        });
        self.sorted(all().map(|text| prefix(&text[alike..])).zip(0..).collect())
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

/// Whether two texts are the same. Texts here are short, and a call to compare them costs more than comparing.
#[inline]
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    match (one.last_chunk::<8>(), other.last_chunk::<8>()) {
        (Some(last), Some(other_last)) => {
            // The last eight bytes overlap what was compared already.
            let words = one.as_chunks::<8>().0.iter().zip(other.as_chunks::<8>().0);
            last == other_last
                && words.into_iter().all(|(one, other)| u64::from_ne_bytes(*one) == u64::from_ne_bytes(*other))
        }
        _ => one.iter().zip(other).all(|(one, other)| one == other),
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
        let codes: Vec<u32> = (0..5000).map(|i| interner.code(format!("id {}", i % 1777).as_bytes())).collect();
        assert_eq!(interner.len(), 1777);
        for (i, &code) in codes.iter().enumerate() {
            assert_eq!(interner.text(code), format!("id {}", i % 1777));
        }
    }

    #[test]
    fn texts_of_all_lengths_are_told_apart() {
        let text = "abcdefghijklmnopqrstuvwxyz".repeat(2);
        let mut interner = Interner::default();
        for round in 0..2 {
            for length in 0..=text.len() {
                for (at, first) in ["", "x", "y"].iter().enumerate() {
                    let whole = format!("{first}{}", &text[..length]);
                    assert_eq!(interner.code(whole.as_bytes()) as usize, length * 3 + at, "{whole} in round {round}");
                }
            }
            assert_eq!(interner.code(b"\0") as usize, (text.len() + 1) * 3, "a byte of zero is no empty text");
        }
    }

    #[test]
    fn whole_numbers_are_ordered_by_value_and_others_by_bytes() {
        let order = |texts: &[&str]| {
            let mut interner = Interner::default();
            texts.iter().for_each(|text| _ = interner.code(text.as_bytes()));
            interner.by_number_or_bytes().into_iter().map(|code| interner.text(code).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(order(&["10", "9", "007", "7"]), ["007", "7", "9", "10"]);
        assert_eq!(order(&["10", "9", "x", "é"]), ["10", "9", "x", "é"]);
        assert_eq!(order(&["10", "9", "+8"]), ["+8", "10", "9"]);
        assert_eq!(order(&["99999999999999999999", "9"]), ["9", "99999999999999999999"]);
        assert_eq!(order(&["12345678b", "12345678a", "12345678"]), ["12345678", "12345678a", "12345678b"]);
    }
}
