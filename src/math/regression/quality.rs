//! How well probabilities tell those who do from those who don't.

use serde::{Deserialize, Serialize};

use crate::math::order::{self, Keyed};

/// The area under the curve of hits against false alarms: how likely somebody who does is said to be likelier than
/// somebody who doesn't, ties half (Hanley and McNeil 1982). Nothing where all do or none does.
pub fn auc(said: &[f64], yes: &[f64]) -> Option<f64> {
    let (keyed, does) = (by_probability(said), yes.iter().filter(|yes| **yes > 0.5).count() as f64);
    let others = yes.len() as f64 - does;
    let mut passed = 0.0;
    let mut pairs = 0.0;
    for equal in keyed.chunk_by(|a, b| a.0 == b.0) {
        let of_these = equal.iter().filter(|(_, row)| yes[*row as usize] > 0.5).count() as f64;
        let not = equal.len() as f64 - of_these;
        pairs += of_these * (passed + 0.5 * not);
        passed += not;
    }
    (does > 0.0 && others > 0.0).then(|| pairs / (does * others))
}

/// An area under the curve, or how far two of them lie apart.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// The area, or the difference.
    pub value: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Area {
    /// The area with what chance leaves open of it. Nothing with fewer than two who do, or who don't.
    pub fn of(said: &[f64], yes: &[f64]) -> Option<Area> {
        Area::of_placements(&placements(said, yes), yes)
    }

    /// The area of one way to tell less that of another, of the same rows.
    pub fn between(one: &[f64], other: &[f64], yes: &[f64]) -> Option<Area> {
        let differences: Vec<f64> =
            placements(one, yes).iter().zip(placements(other, yes)).map(|(one, other)| one - other).collect();
        Area::of_placements(&differences, yes)
    }

    /// DeLong, DeLong and Clarke-Pearson (1988, Biometrics 44, equations 2 to 6): the mean of the placements; its variance is that
    /// of those who do over their number, and likewise of the others.
    fn of_placements(placements: &[f64], yes: &[f64]) -> Option<Area> {
        let part = |does: bool| -> Option<(f64, f64)> {
            let own =
                || placements.iter().zip(yes).filter(move |(_, yes)| (**yes > 0.5) == does).map(|(value, _)| *value);
            let n = own().count() as f64;
            let mean = own().sum::<f64>() / n;
            let squares = own().map(|value| (value - mean) * (value - mean)).sum::<f64>();
            (n >= 2.0).then(|| (mean, squares / (n - 1.0) / n))
        };
        let ((value, of_these), (_, of_others)) = (part(true)?, part(false)?);
        let half = WIDE * libm::sqrt(of_these + of_others);
        Some(Area { value, low: value - half, high: value + half })
    }

    /// On which side of a number it lies beyond chance; nothing where its interval holds that.
    pub fn beyond(&self, number: f64) -> Option<bool> {
        match () {
            () if self.low > number => Some(true),
            () if self.high < number => Some(false),
            () => None,
        }
    }
}

/// Normal quantile of a 95 % interval.
const WIDE: f64 = 1.96;

/// Of each row that does, the share of the others that were said to be less likely, ties half; of each other one the share of
/// those who do that were said to be likelier. The mean of the first ones, as that of the second, is the area.
fn placements(said: &[f64], yes: &[f64]) -> Vec<f64> {
    let keyed = by_probability(said);
    let does = yes.iter().filter(|yes| **yes > 0.5).count() as f64;
    let others = yes.len() as f64 - does;
    let mut places = vec![0.0; said.len()];
    let mut passed = [0.0; 2];
    for equal in keyed.chunk_by(|a, b| a.0 == b.0) {
        let these = equal.iter().filter(|(_, row)| yes[*row as usize] > 0.5).count() as f64;
        let not = equal.len() as f64 - these;
        for (_, row) in equal {
            places[*row as usize] = match yes[*row as usize] > 0.5 {
                true => (passed[0] + 0.5 * not) / others,
                false => (does - passed[1] - 0.5 * these) / does,
            };
        }
        passed = [passed[0] + not, passed[1] + these];
    }
    places
}

/// The mean square of what was off (Brier 1950).
pub fn brier(said: &[f64], yes: &[f64]) -> Option<f64> {
    let squares: f64 = said.iter().zip(yes).map(|(said, yes)| (said - yes) * (said - yes)).sum();
    (!yes.is_empty()).then(|| squares / yes.len() as f64)
}

/// A tenth of the rows by what was said of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tenth {
    /// Rows.
    pub rows: u64,
    /// The mean of what was said.
    pub said: f64,
    /// The mean of what was.
    pub was: f64,
}

/// What was said beside what was, tenth by tenth, the lowest first. Fewer where there are fewer rows.
pub fn tenths(said: &[f64], was: &[f64]) -> Vec<Tenth> {
    let keyed = by_probability(said);
    let n = keyed.len();
    let parts = 10.min(n);
    let part = |at: usize| {
        let rows = &keyed[at * n / parts..(at + 1) * n / parts];
        let mean = |of: &[f64]| rows.iter().map(|(_, row)| of[*row as usize]).sum::<f64>() / rows.len() as f64;
        Tenth { rows: rows.len() as u64, said: mean(said), was: mean(was) }
    };
    (0..parts).map(part).collect()
}

/// Rows in the order of what was said of them, the least first.
fn by_probability(said: &[f64]) -> Vec<Keyed> {
    let mut keyed: Vec<Keyed> = said.iter().zip(0..).map(|(said, row)| (order::of_fraction(*said), row)).collect();
    order::sort_keyed(&mut keyed);
    keyed
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: of 2 · 3 pairs 4 are in order and one is a tie.
    #[test]
    fn pairs_in_order_are_counted() {
        let (said, yes) = ([0.9, 0.4, 0.4, 0.6, 0.1], [1.0, 1.0, 0.0, 0.0, 0.0]);
        assert_eq!(auc(&said, &yes), Some(4.5 / 6.0));
        assert_eq!(auc(&said, &[1.0; 5]), None);
        assert!((brier(&[0.5, 1.0], &[1.0, 1.0]).unwrap() - 0.125).abs() < 1e-15);
        assert_eq!(brier(&[], &[]), None);
    }

    /// By hand. Of two who do, said 0.9 and 0.4, 3 and 1.5 of three others are below: placements 1 and 1/2; those of the others
    /// (0.4, 0.6, 0.1) are 3/4, 1/2 and 1. Variances 1/8 over 2 and 1/16 over 3 make 1/12.
    #[test]
    fn areas_have_the_errors_of_delong() {
        let (said, yes) = ([0.9, 0.4, 0.4, 0.6, 0.1], [1.0, 1.0, 0.0, 0.0, 0.0]);
        assert_eq!(placements(&said, &yes), [1.0, 0.5, 0.75, 0.5, 1.0]);
        let area = Area::of(&said, &yes).unwrap();
        assert_eq!(Some(area.value), auc(&said, &yes));
        assert!(((area.high - area.value) / WIDE - libm::sqrt(1.0 / 12.0)).abs() < 1e-12, "{area:?}");
        // Another way: placements 1 and 2/3; 1, 1/2 and 1. Differences 0 and -1/6; -1/4, 0 and 0: variances 1/72 over 2 and 1/48
        // over 3 make 1/72.
        let other = [0.8, 0.7, 0.3, 0.75, 0.2];
        let apart = Area::between(&said, &other, &yes).unwrap();
        assert!((apart.value + 1.0 / 12.0).abs() < 1e-12, "{apart:?}");
        assert!(((apart.value - apart.low) / WIDE - libm::sqrt(1.0 / 72.0)).abs() < 1e-12, "{apart:?}");
        assert_eq!((area.beyond(0.5), apart.beyond(0.0), apart.beyond(-1.0)), (None, None, Some(true)));
        assert_eq!(Area::between(&said, &said, &yes).map(|area| (area.low, area.high)), Some((0.0, 0.0)));
        assert_eq!(Area::of(&said, &[1.0, 0.0, 0.0, 0.0, 0.0]), None);
    }

    #[test]
    fn tenths_are_of_what_was_said() {
        let said: Vec<f64> = (0..25).map(|i| f64::from(i) - 12.0).rev().collect();
        let tenths = tenths(&said, &said);
        assert_eq!(tenths.len(), 10);
        assert_eq!((tenths[0], tenths[9].was), (Tenth { rows: 2, said: -11.5, was: -11.5 }, 11.0));
        assert_eq!(tenths.iter().map(|tenth| tenth.rows).sum::<u64>(), 25);
        assert_eq!(super::tenths(&[1.0], &[3.0]), [Tenth { rows: 1, said: 1.0, was: 3.0 }]);
        assert_eq!(super::tenths(&[], &[]), []);
    }
}
