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
