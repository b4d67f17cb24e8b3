//! Sorting. The standard library's sort is compiled again for each type and each comparison, 3 to 5 kB every time; here it is
//! compiled twice, and everything that has to be in order shares those two.
//!
//! What is large goes through [`sort_keyed`]: pairs of a key and a number, whose comparison is known to the compiler, and
//! which are distributed by the digits of the key where there are many. Of small whole numbers (days, counts) there is
//! nothing to compare: [`places_of_small`]. Where only the first few are wanted, [`sort_smallest`] leaves the rest alone.
//! What is small, or has more than a key to compare, goes through [`sort_by`] or [`places`], whose comparison is called
//! through a pointer.

#![expect(clippy::disallowed_methods, reason = "the two sorts that are shared, and in the tests their oracle")]

use std::cmp::Ordering;

/// A key to sort by, and the number of what it belongs to. [`ascending`], [`descending`] and [`of_fraction`] make keys.
pub type Keyed = (u64, u32);

/// The key by which smaller numbers come first.
pub fn ascending(number: i64) -> u64 {
    // Flipping the sign bit makes the order of the unsigned numbers that of the signed ones.
    number as u64 ^ 1 << 63
}

/// The key by which larger numbers come first.
pub fn descending(number: i64) -> u64 {
    !ascending(number)
}

/// The key by which smaller fractions come first; −0 comes before 0.
pub fn of_fraction(number: f64) -> u64 {
    // The bits of numbers below zero are in reverse order, and without their sign.
    let bits = number.to_bits();
    if bits >> 63 == 1 { !bits } else { bits ^ 1 << 63 }
}

/// Sorts by key; equal keys by number.
pub fn sort_keyed(list: &mut [Keyed]) {
    if list.len() < LARGE || !list.is_sorted_by_key(|&(_, number)| number) {
        return list.sort_unstable();
    }
    sort_digits(list);
}

/// From so many entries on, distributing them digit by digit beats comparing them.
const LARGE: usize = 4096;

/// Bits of a digit: its counters fit into the nearest cache.
const DIGIT: u32 = 11;

/// Sorts by key alone and leaves equal keys as they are: one stable counting sort for each digit, the lowest first (LSD
/// radix sort; Knuth, The Art of Computer Programming 3, 5.2.5). Only the digits count in which the keys differ.
fn sort_digits(list: &mut [Keyed]) {
    let least = list.iter().map(|&(key, _)| key).min().unwrap_or(0);
    let most = list.iter().map(|&(key, _)| key).max().unwrap_or(0);
    let digits = (u64::BITS - (most - least).leading_zeros()).div_ceil(DIGIT);
    let mut other = vec![(0, 0); list.len()];
    let (mut from, mut to) = (&mut *list, &mut *other);
    for digit in 0..digits {
        let of = |key: u64| ((key - least) >> (digit * DIGIT)) as usize & ((1 << DIGIT) - 1);
        let mut places = [0u32; 1 << DIGIT];
        for &(key, _) in from.iter() {
            places[of(key)] += 1;
        }
        let mut next = 0;
        for place in &mut places {
            next += std::mem::replace(place, next);
        }
        for &entry in from.iter() {
            let place = &mut places[of(entry.0)];
            to[*place as usize] = entry;
            *place += 1;
        }
        (from, to) = (to, from);
    }
    if digits % 2 == 1 {
        list.copy_from_slice(&other);
    }
}

/// Sorts the smallest so many to the front; what follows them stays in no order.
pub fn sort_smallest(list: &mut [Keyed], count: usize) {
    // Where most are wanted, sorting all is no more work than telling them apart.
    if count >= list.len() / 8 {
        return sort_keyed(list);
    }
    if count > 0 {
        list.select_nth_unstable(count - 1);
        list[..count].sort_unstable();
    }
}

/// The places of small whole numbers in ascending order; equal ones stay as they are. A counting sort: memory grows with
/// the largest of them.
pub fn places_of_small(numbers: &[u32]) -> Vec<u32> {
    let mut next = ends_of_small(numbers);
    let mut places = vec![0; numbers.len()];
    for (place, &number) in numbers.iter().enumerate().rev() {
        let end = &mut next[number as usize];
        *end -= 1;
        places[*end as usize] = place as u32;
    }
    places
}

/// For 0, 1, 2, ... to the largest of the numbers: how many of them are not above it.
pub fn ends_of_small(numbers: &[u32]) -> Vec<u32> {
    let most = numbers.iter().max().map_or(0, |&most| most as usize + 1);
    let mut ends = vec![0; most];
    for &number in numbers {
        ends[number as usize] += 1;
    }
    let mut sum = 0;
    for end in &mut ends {
        sum += *end;
        *end = sum;
    }
    ends
}

/// Sorts by key; equal keys as `compare` says of their numbers, and by number where it finds them equal too.
pub fn sort_keyed_then(list: &mut [Keyed], compare: &mut dyn FnMut(u32, u32) -> Ordering) {
    sort_keyed(list);
    for equal in list.chunk_by_mut(|a, b| a.0 == b.0).filter(|equal| equal.len() > 1) {
        equal.sort_unstable_by(|a, b| compare(a.1, b.1).then(a.1.cmp(&b.1)));
    }
}

/// The places 0 to `count` of a list in the order that `compare` gives them; equal ones stay as they are.
pub fn places(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut keyed: Vec<Keyed> = (0..count as u32).map(|place| (0, place)).collect();
    sort_keyed_then(&mut keyed, &mut |a, b| compare(a as usize, b as usize));
    keyed.into_iter().map(|(_, place)| place as usize).collect()
}

/// Sorts a list; equal ones stay as they are.
pub fn sort_by<T>(list: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut from = places(list.len(), &mut |a, b| compare(&list[a], &list[b]));
    // Each place gets what belongs there from the place where it lies, one circle of places after the other.
    for start in 0..from.len() {
        let mut at = start;
        loop {
            let next = std::mem::replace(&mut from[at], at);
            if next == start {
                break;
            }
            list.swap(at, next);
            at = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keys_are_in_the_order_of_their_numbers() {
        let numbers = [i64::MIN, -2, -1, 0, 1, i64::MAX];
        assert!(numbers.map(ascending).is_sorted());
        assert!(numbers.map(descending).iter().rev().is_sorted());
        let fractions = [f64::NEG_INFINITY, -2.5, -1e-300, -0.0, 0.0, 1e-300, 0.7, 2.0, f64::INFINITY];
        assert!(fractions.map(of_fraction).is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn equal_keys_are_told_apart_by_what_they_stand_for_and_then_by_number() {
        let names = ["b", "a", "a", "c"];
        let mut list = [(7, 3), (7, 2), (7, 0), (3, 3), (7, 1)];
        sort_keyed_then(&mut list, &mut |a, b| names[a as usize].cmp(names[b as usize]));
        assert_eq!(list, [(3, 3), (7, 1), (7, 2), (7, 0), (7, 3)]);
    }

    #[test]
    fn many_keys_are_sorted_as_few_are() {
        let random = &mut crate::math::random::Random::new(3);
        for spread in [1, 2, 1 << 10, 1 << 11, 1 << 31, 1 << 33, 1 << 62] {
            let mut key = || u64::from(random.next_u32()) * u64::from(random.next_u32()) % spread + (1 << 60);
            let mut list: Vec<Keyed> = (0..LARGE as u32 + 100).map(|number| (key(), number)).collect();
            for ascending in [true, false] {
                if !ascending {
                    list.reverse();
                }
                let (mut ours, mut theirs) = (list.clone(), list.clone());
                sort_keyed(&mut ours);
                theirs.sort_unstable();
                assert_eq!(ours, theirs, "{spread}");
                for count in [0, 1, 7, 2000, list.len()] {
                    let mut ours = list.clone();
                    sort_smallest(&mut ours, count);
                    assert_eq!(ours[..count], theirs[..count]);
                }
            }
        }
    }

    proptest! {
        #[test]
        fn small_numbers_are_sorted_by_counting(list in proptest::collection::vec(0_u32..50, 0..200)) {
            let expected = places(list.len(), &mut |a, b| list[a].cmp(&list[b]));
            prop_assert_eq!(places_of_small(&list), expected.iter().map(|&place| place as u32).collect::<Vec<_>>());
            for (number, &end) in ends_of_small(&list).iter().enumerate() {
                prop_assert_eq!(end as usize, list.iter().filter(|&&other| other as usize <= number).count());
            }
        }

        #[test]
        fn lists_are_sorted_as_the_standard_library_does(list: Vec<(u8, u16)>) {
            let mut expected = list.clone();
            expected.sort_by_key(|item| item.0);
            let order = places(list.len(), &mut |a, b| list[a].0.cmp(&list[b].0));
            prop_assert_eq!(&order.into_iter().map(|place| list[place]).collect::<Vec<_>>(), &expected);
            let mut sorted = list;
            sort_by(&mut sorted, |a, b| a.0.cmp(&b.0));
            prop_assert_eq!(sorted, expected);
        }
    }
}
