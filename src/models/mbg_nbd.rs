//! MBG/NBD: as BG/NBD, but drop-out may follow the first purchase, too.
//!
//! Batislam, Denizel and Filiztekin (2007), "Empirical validation and comparison of models for customer base analysis",
//! International Journal of Research in Marketing 24 (3); Hoppe and Wagner (2007), "Customer base analysis: the case for a
//! central variant of the Betageometric/NBD model", Marketing JRM 3 (2): likelihood, P(alive) and conditional expectation.
//!
//! | paper | here | |
//! | --- | --- | --- |
//! | r, α | `r`, `alpha` | gamma-distributed purchase rate λ; its mean is r/α a unit of time |
//! | a, b | `a`, `b` | beta-distributed probability p of drop-out after any purchase; its mean is a/(a+b) |
//! | x, t_x, T | `frequency`, `recency`, `age` | [`History`] |
//!
//! Assumptions: those of BG/NBD, but for the first purchase. A new customer is still there with probability b/(a+b), so
//! one-time buyers become less and less likely to come back. α is in units of time, all else has none.

use super::beta_geometric::{self, Remaining};
use super::{Fitted, Histories, History, Model};
use crate::math::optimise::Derivatives;
use crate::report::models::Note;

/// An MBG/NBD with its parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MbgNbd {
    /// Shape of the purchase rates.
    pub r: f64,
    /// Rate parameter of the purchase rates, in units of time.
    pub alpha: f64,
    /// First parameter of the drop-out probabilities.
    pub a: f64,
    /// Second parameter of the drop-out probabilities.
    pub b: f64,
}

impl MbgNbd {
    fn remaining(&self, frequency: u32, age: f64) -> Remaining {
        let x = f64::from(frequency);
        Remaining { shape: self.r + x, rate: self.alpha + age, a: self.a, b: self.b + x + 1.0 }
    }
}

impl Model for MbgNbd {
    fn alive(&self, h: &History) -> f64 {
        beta_geometric::alive(&[self.r, self.alpha, self.a, self.b], 1.0, f64::from(h.frequency), h.recency, h.age)
    }

    fn expected_if_alive(&self, frequency: u32, age: f64, horizon: f64) -> f64 {
        self.remaining(frequency, age).expected(horizon)
    }

    fn probabilities_if_alive(&self, frequency: u32, age: f64, horizon: f64, most: usize) -> Vec<f64> {
        self.remaining(frequency, age).probabilities(horizon, most)
    }

    fn discounted_if_alive(&self, frequency: u32, age: f64, discount: f64) -> f64 {
        self.remaining(frequency, age).discounted(discount)
    }
}

impl Fitted for MbgNbd {
    const NAME: &'static str = "mbg_nbd";
    const PARAMETERS: &'static [&'static str] = &["r", "alpha", "a", "b"];

    fn new(&[r, alpha, a, b]: &[f64; 4]) -> MbgNbd {
        MbgNbd { r, alpha, a, b }
    }

    fn log_likelihood(parameters: &[f64; 4], histories: &Histories) -> Derivatives {
        beta_geometric::log_likelihood(parameters, 1, histories)
    }

    fn limits(parameters: &[f64; 4]) -> Vec<Note> {
        beta_geometric::limits(parameters)
    }

    fn starts(histories: &Histories) -> Vec<[f64; 4]> {
        beta_geometric::starts(histories)
    }
}
