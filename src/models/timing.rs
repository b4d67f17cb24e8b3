//! At what times customers buy: at random ones, or in a rhythm of their own.
//!
//! Wheat and Morrison (1990), "Estimating purchase regularity with two interpurchase times", Journal of Marketing Research
//! 27: of a customer's last two gaps the share of the first has the variance 1 / (4 (2k + 1)) where gaps are Erlang-k,
//! whatever the customer's rate. k is 1 where times are random.

use crate::ledger::Visits;
use crate::ledger::visits::gaps;
use crate::math::Day;

/// With fewer customers of two gaps nothing is known of their timing.
pub const FEW: usize = 30;

/// Beyond this times are regular: half way from random (1) to Erlang-2.
pub const REGULAR: f64 = 1.5;

/// The gaps of a shop up to a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timing {
    /// Wheat and Morrison's k; nothing of fewer than 30 customers with two gaps, or where all gaps are the same.
    pub regularity: Option<f64>,
    /// Customers with two gaps.
    pub of: usize,
    /// Sum of the logarithms of all gaps, in days.
    pub ln_gaps: f64,
}

impl Timing {
    /// The timing of the purchases up to a day.
    pub fn of(visits: &Visits, end: Day) -> Timing {
        let (mut squares, mut of) = (0.0, 0);
        let mut lengths: Vec<u32> = Vec::new();
        for own in visits.by_customer() {
            let own = &own[..own.partition_point(|visit| visit.day <= end)];
            let mut last = [0; 2];
            for gap in gaps(own).filter(|gap| *gap > 0) {
                last = [last[1], gap];
                let at = gap as usize;
                if lengths.len() <= at {
                    lengths.resize(at + 1, 0);
                }
                lengths[at] += 1;
            }
            if last[0] > 0 {
                // Around a half, where the mean of the shares lies by symmetry.
                let share = f64::from(last[0]) / f64::from(last[0] + last[1]) - 0.5;
                squares += share * share;
                of += 1;
            }
        }
        let variance = squares / of as f64;
        let regularity = (of >= FEW && variance > 0.0).then(|| (1.0 - 4.0 * variance) / (8.0 * variance));
        let ln_gaps = lengths.iter().enumerate().skip(1).map(|(gap, &n)| f64::from(n) * libm::log(gap as f64)).sum();
        Timing { regularity, of, ln_gaps }
    }

    /// Whether purchases come more regularly than at random; false where it is not known.
    pub fn is_regular(&self) -> bool {
        self.regularity.is_some_and(|k| k >= REGULAR)
    }
}
