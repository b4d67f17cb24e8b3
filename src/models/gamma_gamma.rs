//! Gamma-Gamma: what a purchase of a customer is worth.
//!
//! Colombo and Jiang (1999), "A stochastic RFM model", Journal of Interactive Marketing 13 (3); Fader and Hardie (2013),
//! "The Gamma-Gamma model of monetary value": likelihood (equation 1a), conditional mean (5).
//!
//! | paper | here | |
//! | --- | --- | --- |
//! | p | `p` | shape of the gamma-distributed value of one purchase |
//! | q, γ | `q`, `v` | shape and, in currency units, rate of the gamma-distributed rate of that |
//! | x, z̄ | `frequency`, `mean` | repeat purchases and their mean value |
//!
//! Assumptions: the value of a purchase varies around the customer's own mean, which stays the same and has nothing to do
//! with how often the customer buys. Values of zero have no place in it: who has a mean of zero is left out. With q <= 1
//! the mean over all customers, pv/(q−1), does not exist, and nothing is told.

use super::fit;
use super::posterior::Posterior;
use crate::math::optimise::{Derivatives, Optimum, maximise};
use crate::math::order::{self, ascending};
use crate::math::special::{digamma, ln_gamma_ratio, trigamma};

/// A Gamma-Gamma with its parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GammaGamma {
    /// Shape of the values of one customer.
    pub p: f64,
    /// Shape of the customers' rates.
    pub q: f64,
    /// Rate parameter of the customers' rates, in currency units.
    pub v: f64,
}

/// What repeat purchases were worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spend {
    /// x: repeat purchases, above 0.
    pub frequency: u32,
    /// Their mean value in currency units, above 0.
    pub mean: f64,
    /// Customers with these.
    pub customers: f64,
}

/// Names of the parameters, in the order of [`maximise`]'s.
pub const PARAMETERS: &[&str] = &["p", "q", "v"];

impl GammaGamma {
    /// The mean value of a purchase over all customers; nothing where q <= 1.
    pub fn population_mean(&self) -> Option<f64> {
        (self.q > 1.0).then(|| self.p * self.v / (self.q - 1.0))
    }

    /// The expected value of a future purchase of a customer with `frequency` repeat purchases of value `mean`: between
    /// the customer's own mean and that of all. Nothing where q <= 1.
    pub fn expected(&self, frequency: u32, mean: f64) -> Option<f64> {
        let x = f64::from(frequency);
        (self.q > 1.0).then(|| self.p * (self.v + x * mean) / (self.p * x + self.q - 1.0))
    }

    /// The parameters of the highest likelihood of customers' spends; nothing without any.
    pub fn fit(spends: &[Spend]) -> Option<(GammaGamma, Optimum)> {
        let sorted = by_frequency(spends);
        let customers: f64 = sorted.iter().map(|spend| spend.customers).sum();
        let mean = sorted.iter().map(|spend| spend.customers * spend.mean).sum::<f64>() / customers;
        let starts = [(5.0, 4.0), (1.0, 2.0), (20.0, 1.5), (2.0, 20.0)];
        let starts = starts.map(|(p, q)| [p, q, mean * (q - 1.0) / p, 1.0]);
        let optimum = maximise(3, &starts, &mut |parameters| log_likelihood(parameters, &sorted))?;
        let [p, q, v, _] = optimum.at;
        Some((GammaGamma { p, q, v }, optimum))
    }

    /// Whether the optimum is a summit, and the standard errors of [`PARAMETERS`] if so.
    pub fn standard_errors(optimum: &Optimum) -> Option<Vec<f64>> {
        fit::standard_errors(optimum)
    }
}

/// Beyond so many customers who came back, the posterior is taken for normal.
const MANY: usize = 5_000;

/// Draws from the posterior of p, q and v where a mean exists, under a prior that says next to nothing: normal on their
/// logarithms, with the standard deviation of a factor of 20, around 3 for both shapes and the mean of all for the scale.
pub fn posterior(spends: &[Spend], fitted: &Optimum, draws: usize) -> Posterior {
    if spends.len() > MANY {
        return Posterior::of_much(fitted, draws, &mut |&[_, q, ..]| q > 1.0);
    }
    let sorted = by_frequency(spends);
    let mean = sorted.iter().map(|spend| spend.mean).sum::<f64>() / sorted.len() as f64;
    Posterior::of(fitted, draws, &mut |at| match at {
        [_, q, ..] if *q <= 1.0 => f64::NEG_INFINITY,
        [p, q, v, _] => log_likelihood(at, &sorted).value + fit::vague(&[p / 3.0, q / 3.0, v / mean]),
    })
}

fn by_frequency(spends: &[Spend]) -> Vec<Spend> {
    let mut keys: Vec<order::Keyed> =
        spends.iter().enumerate().map(|(at, spend)| (ascending(spend.frequency.into()), at as u32)).collect();
    order::sort_keyed(&mut keys);
    keys.into_iter().map(|(_, at)| spends[at as usize]).collect()
}

/// The log-likelihood with its derivatives by p, q, v; spends by ascending frequency.
fn log_likelihood(&[p, q, v, _]: &[f64; 4], spends: &[Spend]) -> Derivatives {
    let mut d = Derivatives::default();
    for equal in spends.chunk_by(|a, b| a.frequency == b.frequency) {
        let x = f64::from(equal[0].frequency);
        let px = p * x;
        let shape = px + q;
        let (mut customers, mut ln_means, mut ln_sums, mut by_v, mut by_vv) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for spend in equal {
            let n = spend.customers;
            let inverse = 1.0 / (v + x * spend.mean);
            customers += n;
            ln_means += n * libm::log(spend.mean);
            // v/(v + x z̄), so that q ln v − (px + q) ln (v + x z̄) does not cancel where v is large.
            ln_sums += n * libm::log1p(x * spend.mean / v);
            by_v += n * (1.0 / v - inverse);
            by_vv += n * (1.0 / v - inverse) * (1.0 / v + inverse);
        }
        let ln_x_over_v = libm::log(x / v);
        // Γ(px+q)/(Γ(px) Γ(q)) v^q z̄^(px−1) x^(px) / (v + x z̄)^(px+q)
        d.value += customers * (ln_gamma_ratio(px, q) - libm::lgamma(q) + px * ln_x_over_v) + (px - 1.0) * ln_means
            - shape * ln_sums;
        let (psi, psi_px, psi_q) = (digamma(shape), digamma(px), digamma(q));
        let (tri, tri_px, tri_q) = (trigamma(shape), trigamma(px), trigamma(q));
        d.gradient[0] += x * (customers * (psi - psi_px + ln_x_over_v) + ln_means - ln_sums);
        d.gradient[1] += customers * (psi - psi_q) - ln_sums;
        d.gradient[2] += shape * by_v - px * customers / v;
        d.hessian[0][0] += customers * x * x * (tri - tri_px);
        d.hessian[0][1] += customers * x * tri;
        d.hessian[0][2] += x * (by_v - customers / v);
        d.hessian[1][1] += customers * (tri - tri_q);
        d.hessian[1][2] += by_v;
        d.hessian[2][2] += px * customers / (v * v) - shape * by_vv;
    }
    d.mirror();
    d
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivatives_are_those_of_the_value() {
        let spends = [(1, 20.0, 1.0), (1, 35.0, 2.0), (4, 12.5, 1.0), (30, 90.0, 1.0)]
            .map(|(frequency, mean, customers)| Spend { frequency, mean, customers });
        let at = [6.25, 3.74, 15.4, 1.0];
        let exact = log_likelihood(&at, &spends);
        for i in 0..3 {
            let step = 1e-5 * at[i];
            let moved = |by: f64| {
                let mut there = at;
                there[i] += by;
                log_likelihood(&there, &spends)
            };
            let (up, down) = (moved(step), moved(-step));
            assert!(((up.value - down.value) / (2.0 * step) - exact.gradient[i]).abs() < 1e-6, "{i}");
            for j in 0..3 {
                let curve = (up.gradient[j] - down.gradient[j]) / (2.0 * step);
                assert!((curve - exact.hessian[i][j]).abs() < 1e-6, "{i} {j}");
            }
        }
    }

    #[test]
    fn without_a_mean_nothing_is_told() {
        let model = GammaGamma { p: 4.0, q: 0.8, v: 20.0 };
        assert_eq!((model.population_mean(), model.expected(38, 12.25)), (None, None));
    }
}
