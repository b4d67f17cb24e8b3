//! What a purchase is worth: Gamma-Gamma where it has a mean, else the mean of all.

use super::gamma_gamma::GammaGamma;
use super::members::variance;
use super::shop::spends;
use crate::ledger::Summary;
use crate::math::money::SCALE;

/// What a purchase day of a customer is worth, in currency units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spending {
    /// The model; nothing where it has no mean.
    pub model: Option<GammaGamma>,
    /// The mean over all customers.
    pub mean: f64,
    /// The variance of a purchase around its customer's mean.
    pub variance: f64,
    /// The relative variance of the mean of all: what the parameters leave open.
    pub uncertainty: f64,
}

impl Spending {
    /// Fits it to the repeat purchases of a summary.
    pub fn of(summary: &Summary) -> Spending {
        let (list, _) = spends(summary);
        let (purchases, sum) = summary.buyers.iter().fold((0.0, 0.0), |(n, sum), &c| {
            let c = c as usize;
            (n + f64::from(summary.frequency[c]), sum + summary.repeat_spend[c] as f64 / SCALE as f64)
        });
        let mean = if purchases > 0.0 { sum / purchases } else { 0.0 };
        let fit = GammaGamma::fit(&list).filter(|(model, optimum)| optimum.converged && model.q > 1.0);
        let Some((model, optimum)) = fit else {
            return Spending { model: None, mean, variance: mean * mean, uncertainty: 1.0 / purchases.max(1.0) };
        };
        let mean = model.population_mean().unwrap_or(mean);
        let of_mean = variance(&optimum, &mut |&[p, q, v, _]| p * v / (q - 1.0).max(1e-3));
        // Var(Z | ν) = p/ν², with the mean of p/ν squared in its place.
        Spending { model: Some(model), mean, variance: mean * mean / model.p, uncertainty: of_mean / (mean * mean) }
    }

    /// The expected value of a purchase day of a customer.
    pub fn of_customer(&self, summary: &Summary, c: usize) -> f64 {
        let expected = |model: &GammaGamma| model.expected(summary.frequency[c], summary.monetary_value(c).max(0.0));
        self.model.as_ref().and_then(expected).unwrap_or(self.mean)
    }
}
