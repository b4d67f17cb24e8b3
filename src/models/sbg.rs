//! Shifted beta-geometric: contracts that are renewed, or not, at the end of each period.
//!
//! Fader and Hardie (2007), "How to project customer retention", Journal of Interactive Marketing 21 (1): likelihood
//! (equation 9), survival (6), retention rate (8); Fader and Hardie (2010), "Customer-base valuation in a contractual
//! setting", Marketing Science 29 (1): DEL and DERL.
//!
//! | paper | here | |
//! | --- | --- | --- |
//! | α, β | `alpha`, `beta` | beta-distributed probability θ of not renewing; its mean is α/(α+β) |
//! | t, n | periods | whole periods since the contract began |
//!
//! Assumptions: each customer has a constant θ of their own. That the retention of a cohort grows with its age comes from
//! who is left, not from anybody's getting more loyal. The period of the contract is the unit of time.

use super::fit::{self, ONE_VALUE, that_hold, vague};
use super::posterior::Posterior;
use crate::math::optimise::{Derivatives, Optimum, maximise};
use crate::math::special::Rising;
use crate::report::models::Note;

/// A shifted beta-geometric with its parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sbg {
    /// First parameter of the probabilities of not renewing.
    pub alpha: f64,
    /// Second parameter of them.
    pub beta: f64,
}

/// Contracts with one fate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contracts {
    /// Periods to the end, or to the end of the observation.
    pub periods: u32,
    /// Whether they ended; if not, they have been renewed that often and run on.
    pub ended: bool,
    /// How many.
    pub count: f64,
}

/// Names of the parameters.
pub const PARAMETERS: &[&str] = &["alpha", "beta"];

impl Sbg {
    /// r(t): the share of those who were there in period t − 1 who are so in period t (t from 1).
    pub fn retention(&self, t: u32) -> f64 {
        let survived = self.beta + f64::from(t) - 1.0;
        survived / (self.alpha + survived)
    }

    /// S(t): the share of new customers still there after t periods.
    pub fn survival(&self, t: u32) -> f64 {
        (1..=t).map(|t| self.retention(t)).product()
    }

    /// DEL: expected periods of a new customer, the first counted whole, each later one discounted at `discount` a period.
    pub fn discounted_lifetime(&self, discount: f64) -> f64 {
        1.0 + self.residual(1, discount) / (1.0 + discount)
    }

    /// DERL: expected periods still to come of a customer who has renewed n − 1 times, just before the n-th decision
    /// (n from 1); the period after it counts whole.
    pub fn residual(&self, n: u32, discount: f64) -> f64 {
        let factor = 1.0 / (1.0 + discount);
        let (mut sum, mut term, mut t) = (0.0, self.retention(n), n);
        while term > 1e-17 * sum * (1.0 - factor) {
            sum += term;
            t += 1;
            term *= factor * self.retention(t);
        }
        sum
    }

    /// The parameters of the highest likelihood of contracts; nothing without any.
    pub fn fit(contracts: &[Contracts]) -> Option<(Sbg, Optimum)> {
        let starts = [[1.0, 1.0, 1.0, 1.0], [0.5, 4.0, 1.0, 1.0], [5.0, 5.0, 1.0, 1.0]];
        let optimum = maximise(2, &starts, &mut |parameters| log_likelihood(parameters, contracts))?;
        Some((Sbg { alpha: optimum.at[0], beta: optimum.at[1] }, optimum))
    }

    /// The standard errors of [`PARAMETERS`] where the optimum is a summit.
    pub fn standard_errors(optimum: &Optimum) -> Option<Vec<f64>> {
        fit::standard_errors(optimum)
    }
}

/// The limit that a ridge leads to.
pub fn limits(&[alpha, beta, ..]: &[f64; 4]) -> Vec<Note> {
    that_hold(&[(alpha + beta > ONE_VALUE, Note::OneDropOutRate)])
}

/// Draws from the posterior of α and β under the vague prior, around the end of a fit.
pub fn posterior(optimum: &Optimum, contracts: &[Contracts], draws: usize) -> Posterior {
    Posterior::of(optimum, draws, &mut |at| log_likelihood(at, contracts).value + vague(&at[..2]))
}

/// B(α+1, β+t−1)/B(α, β) of those who ended in period t, B(α, β+t)/B(α, β) of those who did not.
fn log_likelihood(&[alpha, beta, ..]: &[f64; 4], contracts: &[Contracts]) -> Derivatives {
    let mut d = Derivatives::default();
    for &Contracts { periods, ended, count } in contracts {
        let stayed = Rising::of(beta, periods - u32::from(ended));
        let asked = Rising::of(alpha + beta, periods);
        d.value += count * (stayed.ln - asked.ln);
        d.gradient[0] -= count * asked.first;
        d.gradient[1] += count * (stayed.first - asked.first);
        d.hessian[0][0] -= count * asked.second;
        d.hessian[0][1] -= count * asked.second;
        d.hessian[1][1] += count * (stayed.second - asked.second);
        if ended {
            d.value += count * libm::log(alpha);
            d.gradient[0] += count / alpha;
            d.hessian[0][0] -= count / (alpha * alpha);
        }
    }
    d.mirror();
    d
}
