//! Whether a difference is more than chance, how large it may be, and how many have to be asked to see one.
//!
//! * [`rates`]: shares of two groups: z, Fisher's exact test, the chance that one is the better.
//! * [`means`]: means of two groups: Welch's t, and the bootstrap where most values are zero.
//! * [`tables`]: counts: χ² of a table, and of shares that should be equal.
//! * [`power`]: how large a test has to be.
//! * [`holm`] (here): several tests at once.

pub mod means;
pub mod power;
pub mod rates;
pub mod tables;

use super::order;

/// A test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    /// The statistic: z, t or χ².
    pub statistic: f64,
    /// Degrees of freedom; infinite for z.
    pub degrees: f64,
    /// How likely a statistic at least as far out is where there is no difference; both sides.
    pub p: f64,
}

/// A difference with its interval, 95 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The difference.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Difference {
    /// Whether the interval holds no difference at all.
    pub fn holds_none(&self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }
}

/// The p-values of several tests as they stand together: that any of them is below a level by chance alone is no more
/// likely than that level (Holm 1979, "A simple sequentially rejective multiple test procedure").
pub fn holm(p: &[f64]) -> Vec<f64> {
    let ascending = order::places(p.len(), &mut |a, b| p[a].total_cmp(&p[b]));
    let mut adjusted = vec![0.0; p.len()];
    let mut most: f64 = 0.0;
    for (passed, place) in ascending.into_iter().enumerate() {
        most = most.max(p[place] * (p.len() - passed) as f64).min(1.0);
        adjusted[place] = most;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R 4.3: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm") and the same in another order.
    #[test]
    fn several_tests_are_corrected() {
        let close = |ours: Vec<f64>, theirs: [f64; 5]| {
            assert!(ours.iter().zip(theirs).all(|(ours, theirs)| (ours - theirs).abs() < 1e-15), "{ours:?}");
        };
        close(holm(&[0.01, 0.02, 0.03, 0.04, 0.05]), [0.05, 0.08, 0.09, 0.09, 0.09]);
        close(holm(&[0.05, 0.01, 0.04, 0.03, 0.02]), [0.09, 0.05, 0.09, 0.09, 0.08]);
        assert_eq!(holm(&[0.7, 0.6]), [1.0, 1.0]);
        assert_eq!(holm(&[]), [0.0; 0]);
    }
}
