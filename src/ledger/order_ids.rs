//! The order ids of rows as they came, one after the other. They are not interned: only the ids of one customer are ever
//! compared, and there are few of those.
//!
//! Most files number their orders: the same letters, then always as many digits. Of those only the numbers are held.

use std::cmp::Ordering;
use std::ops::Deref;

use super::intern::{prefix, same};

/// Bytes of an id that is made from its number, at most.
const MADE: usize = 32;

/// Digits of a number that eight bytes hold, whatever they are.
const MOST_DIGITS: usize = 19;

/// Order ids by their numbers, from 0.
#[derive(Debug)]
pub(super) struct OrderIds {
    /// The last one: lines of one order mostly follow each other.
    last: Vec<u8>,
    held: Held,
}

#[derive(Debug)]
enum Held {
    Numbers(Numbers),
    Texts(Texts),
}

/// Ids that begin with the same letters, followed by as many digits each.
#[derive(Debug, Default)]
struct Numbers {
    letters: Vec<u8>,
    digits: usize,
    values: Vec<u64>,
}

/// Any ids.
#[derive(Debug, Default)]
struct Texts {
    arena: Vec<u8>,
    /// Where each ends in the arena.
    ends: Vec<usize>,
    /// Of each the eight bytes behind the letters that all begin with.
    prefixes: Vec<u64>,
    /// How many letters all begin with, `ORD-`, or that they don't begin alike: the prefixes then say nothing.
    letters: usize,
    differ: bool,
}

/// The bytes of an id: as they are held, or made from its number.
pub(super) enum Id<'a> {
    Held(&'a [u8]),
    Made([u8; MADE], usize),
}

impl Deref for Id<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Id::Held(bytes) => bytes,
            Id::Made(bytes, length) => &bytes[..*length],
        }
    }
}

impl Default for OrderIds {
    fn default() -> OrderIds {
        OrderIds { last: Vec::new(), held: Held::Numbers(Numbers::default()) }
    }
}

impl OrderIds {
    /// The number of an id; lines of one order that follow each other share it.
    #[inline]
    pub(super) fn number(&mut self, id: &[u8]) -> u32 {
        if self.is_empty() || !same(&self.last, id) {
            return self.add(id);
        }
        self.len() as u32 - 1
    }

    /// A new number for an id.
    pub(super) fn add(&mut self, id: &[u8]) -> u32 {
        self.last.clear();
        self.last.extend_from_slice(id);
        if let Held::Numbers(numbers) = &mut self.held
            && !numbers.add(id)
        {
            self.held = Held::Texts(numbers.to_texts());
        }
        if let Held::Texts(texts) = &mut self.held {
            texts.add(id);
        }
        self.len() as u32 - 1
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> usize {
        match &self.held {
            Held::Numbers(numbers) => numbers.values.len(),
            Held::Texts(texts) => texts.ends.len(),
        }
    }

    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A key whose order is that of the ids, as far as it tells them apart.
    pub(super) fn prefix(&self, number: usize) -> u64 {
        match &self.held {
            Held::Numbers(numbers) => numbers.values[number],
            Held::Texts(texts) => texts.prefix(number),
        }
    }

    /// The id of a number.
    pub(super) fn bytes(&self, number: usize) -> Id<'_> {
        match &self.held {
            Held::Numbers(numbers) => numbers.id(number),
            Held::Texts(texts) => Id::Held(texts.bytes(number)),
        }
    }

    /// The order of two ids, by their bytes.
    pub(super) fn compare(&self, a: u32, b: u32) -> Ordering {
        if a == b {
            return Ordering::Equal;
        }
        let (a, b) = (a as usize, b as usize);
        match &self.held {
            Held::Numbers(numbers) => numbers.values[a].cmp(&numbers.values[b]),
            Held::Texts(texts) => {
                texts.prefix(a).cmp(&texts.prefix(b)).then_with(|| texts.bytes(a).cmp(texts.bytes(b)))
            }
        }
    }

    /// Whether the ids only rise, or only fall, the longer ones above the shorter: then none comes again.
    pub(super) fn in_order(&self) -> bool {
        let compare = |at: usize| match &self.held {
            Held::Numbers(numbers) => numbers.values[at].cmp(&numbers.values[at - 1]),
            Held::Texts(texts) => {
                let (id, before) = (texts.bytes(at), texts.bytes(at - 1));
                id.len().cmp(&before.len()).then_with(|| id.cmp(before))
            }
        };
        let all = |wanted: Ordering| (1..self.len()).all(|at| compare(at) == wanted);
        self.len() < 2 || if compare(1) == Ordering::Greater { all(Ordering::Greater) } else { all(Ordering::Less) }
    }

    /// Bytes that are held, room for more included.
    pub(super) fn bytes_held(&self) -> u64 {
        (match &self.held {
            Held::Numbers(numbers) => numbers.values.capacity() * size_of::<u64>(),
            Held::Texts(texts) => texts.arena.capacity() + texts.ends.capacity() * Texts::ENTRY,
        }) as u64
    }

    /// Bytes that are used.
    pub(super) fn bytes_used(&self) -> u64 {
        (match &self.held {
            Held::Numbers(numbers) => numbers.values.len() * size_of::<u64>(),
            Held::Texts(texts) => texts.arena.len() + texts.ends.len() * Texts::ENTRY,
        }) as u64
    }

    /// Bytes more that it takes to hold as texts, with as much room, what is held as numbers: one odd id makes all texts.
    pub(super) fn bytes_as_texts(&self) -> u64 {
        match &self.held {
            Held::Numbers(numbers) => {
                (numbers.values.capacity() * (Texts::ENTRY + numbers.letters.len() + numbers.digits)) as u64
            }
            Held::Texts(_) => 0,
        }
    }

    /// Makes room for so many ids more, which are as long as those so far.
    pub(super) fn try_reserve(&mut self, ids: usize) -> Result<(), std::collections::TryReserveError> {
        match &mut self.held {
            Held::Numbers(numbers) => numbers.values.try_reserve_exact(ids),
            Held::Texts(texts) => {
                let bytes = texts.arena.len() as u64 * ids as u64 / texts.ends.len().max(1) as u64;
                texts.arena.try_reserve_exact(bytes as usize)?;
                texts.ends.try_reserve_exact(ids)?;
                texts.prefixes.try_reserve_exact(ids)
            }
        }
    }
}

impl Numbers {
    /// Adds an id that is like the others; whether it is.
    fn add(&mut self, id: &[u8]) -> bool {
        if self.values.is_empty() {
            self.letters = id[..letters(id)].to_vec();
            self.digits = id.len() - self.letters.len();
            if id.len() > MADE || self.digits > MOST_DIGITS {
                return false;
            }
        }
        let value = id.strip_prefix(&*self.letters).filter(|rest| rest.len() == self.digits).and_then(value);
        value.inspect(|value| self.values.push(*value)).is_some()
    }

    fn id(&self, number: usize) -> Id<'_> {
        let mut made = [0; MADE];
        let length = self.letters.len() + self.digits;
        made[..self.letters.len()].copy_from_slice(&self.letters);
        let mut value = self.values[number];
        for digit in made[self.letters.len()..length].iter_mut().rev() {
            *digit = b'0' + (value % 10) as u8;
            value /= 10;
        }
        Id::Made(made, length)
    }

    /// The same ids as texts, with as much room.
    #[cold]
    fn to_texts(&self) -> Texts {
        let mut texts = Texts::default();
        texts.ends.reserve_exact(self.values.capacity());
        texts.prefixes.reserve_exact(self.values.capacity());
        texts.arena.reserve_exact(self.values.capacity() * (self.letters.len() + self.digits));
        (0..self.values.len()).for_each(|number| texts.add(&self.id(number)));
        texts
    }
}

/// How many bytes come before the first digit; none where there is no digit.
fn letters(id: &[u8]) -> usize {
    id.iter().position(u8::is_ascii_digit).unwrap_or(0)
}

/// The number that digits write.
fn value(digits: &[u8]) -> Option<u64> {
    digits.iter().try_fold(0, |value, digit| digit.is_ascii_digit().then(|| value * 10 + u64::from(digit - b'0')))
}

impl Texts {
    /// Bytes of an id beside its text.
    const ENTRY: usize = size_of::<usize>() + size_of::<u64>();

    fn add(&mut self, id: &[u8]) {
        if self.ends.is_empty() {
            self.letters = letters(id);
        }
        // The first id lies at the beginning of the arena.
        self.arena.extend_from_slice(id);
        self.differ |= id.len() < self.letters || self.arena[..self.letters] != id[..self.letters];
        self.ends.push(self.arena.len());
        self.prefixes.push(prefix(id.get(self.letters..).unwrap_or_default()));
    }

    fn prefix(&self, number: usize) -> u64 {
        if self.differ { 0 } else { self.prefixes[number] }
    }

    fn bytes(&self, number: usize) -> &[u8] {
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.arena[start..self.ends[number]]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Ids of a kind that shops use, and some that are none.
    fn id() -> impl Strategy<Value = String> {
        prop_oneof![8 => "ORD-[0-2]{3}", 1 => "ORD-[0-2]{2,4}", 1 => "[a-c]{0,3}", 1 => "0{1,20}"]
    }

    proptest! {
        #[test]
        fn ids_are_what_they_were_and_ordered_by_their_bytes(
            numbers in prop::collection::vec("ORD-[0-2]{3}", 0..9),
            others in prop::collection::vec(id(), 0..9),
        ) {
            let all: Vec<String> = numbers.into_iter().chain(others).collect();
            let mut ids = OrderIds::default();
            for (number, id) in all.iter().enumerate() {
                prop_assert_eq!(ids.add(id.as_bytes()) as usize, number);
                prop_assert_eq!(ids.number(id.as_bytes()) as usize, number, "once more");
            }
            for (a, one) in all.iter().enumerate() {
                prop_assert_eq!(&*ids.bytes(a), one.as_bytes());
                for (b, other) in all.iter().enumerate() {
                    let wanted = one.as_bytes().cmp(other.as_bytes());
                    prop_assert_eq!(ids.compare(a as u32, b as u32), wanted);
                    let by_prefix = ids.prefix(a).cmp(&ids.prefix(b));
                    prop_assert!(by_prefix == Ordering::Equal || by_prefix == wanted);
                }
            }
            let key = |id: &String| (id.len(), id.clone());
            let rising = all.windows(2).all(|two| key(&two[0]) < key(&two[1]));
            let falling = all.windows(2).all(|two| key(&two[0]) > key(&two[1]));
            prop_assert_eq!(ids.in_order(), rising || falling);
        }
    }

    #[test]
    fn numbers_take_eight_bytes_each() {
        let mut ids = OrderIds::default();
        (0..1_000).for_each(|number| _ = ids.add(format!("A{number:09}").as_bytes()));
        assert_eq!(ids.bytes_used(), 8_000);
        assert!(ids.bytes_as_texts() >= 1_000 * (10 + Texts::ENTRY as u64));
        ids.add(b"a guest");
        assert_eq!(ids.bytes_used(), 10_007 + 1_001 * Texts::ENTRY as u64);
        assert_eq!(&*ids.bytes(999), b"A000000999");
    }
}
