//! BG/NBD: buying at a steady rate until drop-out, which may follow any repeat purchase.
//!
//! Fader, Hardie and Lee (2005), "'Counting your customers' the easy way: an alternative to the Pareto/NBD model",
//! Marketing Science 24 (2): the likelihood is equation (6), expected purchases of a new customer (9), of a known one
//! (10), the distribution of purchases (8).
//!
//! | paper | here | |
//! | --- | --- | --- |
//! | r, α | `r`, `alpha` | gamma-distributed purchase rate λ; its mean is r/α a unit of time |
//! | a, b | `a`, `b` | beta-distributed probability p of drop-out after a repeat purchase; its mean is a/(a+b) |
//! | x, t_x, T | `frequency`, `recency`, `age` | [`History`] |
//!
//! Assumptions: purchases at random moments at a rate of the customer's own; drop-out for good; rate and drop-out
//! independent of each other. Nobody drops out before a repeat purchase, so whoever has made none counts as there with
//! certainty, however long ago the first purchase was: see MBG/NBD for the model without that. α is in units of time, all
//! else has none.

use super::beta_geometric::{self, Remaining};
use super::{Fitted, Histories, History, Model};
use crate::math::optimise::Derivatives;
use crate::report::models::Note;

/// A BG/NBD with its parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BgNbd {
    /// Shape of the purchase rates.
    pub r: f64,
    /// Rate parameter of the purchase rates, in units of time.
    pub alpha: f64,
    /// First parameter of the drop-out probabilities.
    pub a: f64,
    /// Second parameter of the drop-out probabilities.
    pub b: f64,
}

impl BgNbd {
    fn remaining(&self, frequency: u32, age: f64) -> Remaining {
        let x = f64::from(frequency);
        Remaining { shape: self.r + x, rate: self.alpha + age, a: self.a, b: self.b + x }
    }
}

impl Model for BgNbd {
    fn alive(&self, h: &History) -> f64 {
        beta_geometric::alive(&[self.r, self.alpha, self.a, self.b], 0.0, f64::from(h.frequency), h.recency, h.age)
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

impl Fitted for BgNbd {
    const NAME: &'static str = "bg_nbd";
    const PARAMETERS: &'static [&'static str] = &["r", "alpha", "a", "b"];

    fn new(&[r, alpha, a, b]: &[f64; 4]) -> BgNbd {
        BgNbd { r, alpha, a, b }
    }

    fn log_likelihood(parameters: &[f64; 4], histories: &Histories) -> Derivatives {
        beta_geometric::log_likelihood(parameters, 0, histories)
    }

    fn limits(parameters: &[f64; 4]) -> Vec<Note> {
        beta_geometric::limits(parameters)
    }

    fn starts(histories: &Histories) -> Vec<[f64; 4]> {
        beta_geometric::starts(histories)
    }
}
