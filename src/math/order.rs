//! Sorting. The standard library's sort is compiled again for each type and each comparison, 3 to 5 kB every time; here it is
//! compiled twice, and everything that has to be in order shares those two.
//!
//! What is large goes through [`sort_keyed`]: pairs of a key and a number, whose comparison is known to the compiler.
//! What is small, or has more than a key to compare, goes through [`sort_by`] or [`places`], whose comparison is called
//! through a pointer.

#![expect(clippy::disallowed_methods, reason = "the two sorts that are shared, and in the tests their oracle")]

use std::cmp::Ordering;

/// A key to sort by, and the number of what it belongs to. [`ascending`] and [`descending`] make keys.
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

/// Sorts by key; equal keys by number.
pub fn sort_keyed(list: &mut [Keyed]) {
    list.sort_unstable();
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
    }

    #[test]
    fn equal_keys_are_told_apart_by_what_they_stand_for_and_then_by_number() {
        let names = ["b", "a", "a", "c"];
        let mut list = [(7, 3), (7, 2), (7, 0), (3, 3), (7, 1)];
        sort_keyed_then(&mut list, &mut |a, b| names[a as usize].cmp(names[b as usize]));
        assert_eq!(list, [(3, 3), (7, 1), (7, 2), (7, 0), (7, 3)]);
    }

    proptest! {
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
