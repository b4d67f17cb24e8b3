//! Percentile ranks: where each of many values stands among all of them.
//!
//! The mean percentile rank of a value is the share of values below it and half of those equal to it, itself among these
//! (`percentileofscore` of SciPy, kind "mean"). So equal values share one rank, and the mean over all values is 50 %
//! whatever the ties. Here it is kept as a whole number, twice as many: what is added up of such ranks with whole weights
//! is exact, and depends on no order.

use super::order::{self, Keyed};

/// For each value: how many are below it, and how many are not above it, added up. Divided by twice the number of values
/// this is the mean percentile rank.
///
/// Where values lie close together they are counted, else they are sorted.
pub fn doubled(values: &[i64]) -> Vec<u32> {
    let (Some(&least), Some(&most)) = (values.iter().min(), values.iter().max()) else { return Vec::new() };
    match most.checked_sub(least) {
        Some(spread) if spread <= 4 * values.len() as i64 + 4096 => counted(values, least),
        _ => sorted(values),
    }
}

fn counted(values: &[i64], least: i64) -> Vec<u32> {
    let places: Vec<u32> = values.iter().map(|value| (value - least) as u32).collect();
    let ends = order::ends_of_small(&places);
    let below = |place: usize| place.checked_sub(1).map_or(0, |before| ends[before]);
    places.iter().map(|&place| below(place as usize) + ends[place as usize]).collect()
}

fn sorted(values: &[i64]) -> Vec<u32> {
    let mut keyed: Vec<Keyed> = values.iter().map(|&value| order::ascending(value)).zip(0..).collect();
    order::sort_keyed(&mut keyed);
    let mut ranks = vec![0; values.len()];
    let mut below = 0;
    for equal in keyed.chunk_by(|a, b| a.0 == b.0) {
        let ends = below + equal.len() as u32;
        equal.iter().for_each(|&(_, place)| ranks[place as usize] = below + ends);
        below = ends;
    }
    ranks
}

/// The part of `parts` equal parts of all ranks that a [doubled] rank falls into, from 0: equal values fall into
/// the same one.
pub fn part(doubled: u32, of: usize, parts: usize) -> usize {
    // The largest rank is below twice the number of values, so that the last part is parts - 1.
    (u64::from(doubled) * parts as u64 / (2 * of.max(1) as u64)) as usize
}

/// How well values tell those marked from the others: the share of pairs of one of each in which the marked one has the
/// larger value, ties counted half (the area under the ROC curve; Hanley and McNeil 1982). Nothing where one side is empty.
pub fn concordance(values: &[i64], marked: &[bool]) -> Option<f64> {
    let count = marked.iter().filter(|marked| **marked).count() as u64;
    let others = marked.len() as u64 - count;
    if count == 0 || others == 0 {
        return None;
    }
    let ranks = doubled(values);
    let sum: u64 = ranks.iter().zip(marked).filter(|(_, marked)| **marked).map(|(&rank, _)| u64::from(rank)).sum();
    // Among themselves the marked ones have ranks that add up to the square of their number.
    Some((sum - count * count) as f64 / (2 * count * others) as f64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `scipy.stats.percentileofscore([1, 2, 3, 3, 4], x, kind='mean')` is 10, 30, 60, 90 for 1, 2, 3, 4.
    #[test]
    fn ranks_equal_those_of_scipy() {
        let percent = |rank: &u32| f64::from(*rank) * 100.0 / 10.0;
        let ranks: Vec<f64> = doubled(&[3, 1, 4, 3, 2]).iter().map(percent).collect();
        assert_eq!(ranks, [60.0, 10.0, 90.0, 60.0, 30.0]);
        assert!(doubled(&[]).is_empty());
        assert_eq!(doubled(&[7]), [1], "one alone stands in the middle");
    }

    #[test]
    fn parts_are_even_and_keep_equal_values_together() {
        let ranks = doubled(&(0..10).collect::<Vec<_>>());
        let parts: Vec<usize> = ranks.iter().map(|&rank| part(rank, 10, 5)).collect();
        assert_eq!(parts, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
        let ties = doubled(&[0, 0, 0, 0, 0, 0, 0, 1, 2, 3]);
        let parts: Vec<usize> = ties.iter().map(|&rank| part(rank, 10, 5)).collect();
        assert_eq!(parts, [1, 1, 1, 1, 1, 1, 1, 3, 4, 4]);
    }

    #[test]
    fn pairs_are_counted_with_ties_as_half() {
        // Pairs of (3, 1) with (1, 2): 3 > 1, 3 > 2, 1 = 1, 1 < 2.
        assert_eq!(concordance(&[3, 1, 1, 2], &[true, true, false, false]), Some(2.5 / 4.0));
        assert_eq!(concordance(&[3, 1], &[true, true]), None);
        assert_eq!(concordance(&[], &[]), None);
    }

    proptest! {
        #[test]
        fn counting_and_sorting_rank_alike(values in proptest::collection::vec(-60_i64..60, 0..200)) {
            let least = values.iter().min().copied().unwrap_or(0);
            let ranks = sorted(&values);
            prop_assert_eq!(&counted(&values, least), &ranks);
            prop_assert_eq!(&doubled(&values), &ranks);
            for (value, rank) in values.iter().zip(&ranks) {
                let below = values.iter().filter(|other| *other < value).count();
                let not_above = values.iter().filter(|other| *other <= value).count();
                prop_assert_eq!(*rank as usize, below + not_above);
            }
            let sum: u64 = ranks.iter().map(|rank| u64::from(*rank)).sum();
            prop_assert_eq!(sum, (values.len() * values.len()) as u64, "the mean is 50 %");
        }

        #[test]
        fn far_apart_values_are_ranked_too(values: Vec<i64>) {
            let ranks = doubled(&values);
            for (a, b) in values.iter().zip(&ranks) {
                let below = values.iter().filter(|other| *other < a).count();
                let not_above = values.iter().filter(|other| *other <= a).count();
                prop_assert_eq!(*b as usize, below + not_above);
            }
        }
    }
}
