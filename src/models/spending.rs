//! What a purchase is worth: Gamma-Gamma where it has a mean, else the mean of all.

use super::gamma_gamma::{self, GammaGamma};
use super::predictive::Worth;
use super::shop::spends;
use crate::ledger::Summary;
use crate::math::money::SCALE;
use crate::math::optimise::Optimum;
use crate::math::random::Random;

/// What a purchase day of a customer is worth, in currency units.
#[derive(Clone, Copy, Debug)]
pub struct Spending {
    /// The model; nothing where it has no mean.
    pub model: Option<GammaGamma>,
    /// The mean over all customers.
    pub mean: f64,
    /// The variance of a purchase around its customer's mean.
    pub variance: f64,
    /// Where the fit of the model ended.
    optimum: Option<Optimum>,
    /// Repeat purchases, or purchase days that were one each, that it is known by.
    purchases: f64,
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
            return Spending { model: None, mean, variance: mean * mean, optimum: None, purchases };
        };
        let mean = model.population_mean().unwrap_or(mean);
        // Var(Z | ν) = p/ν², with the mean of p/ν squared in its place.
        Spending { model: Some(model), mean, variance: mean * mean / model.p, optimum: Some(optimum), purchases }
    }

    /// So many draws of what a purchase is worth, from the posterior of the model's parameters, or around the mean of all.
    /// Summary is the one that it was fitted to.
    pub fn draws(&self, summary: &Summary, count: usize) -> Vec<Worth> {
        let Some(optimum) = &self.optimum else {
            let (mut random, sd) = (Random::new(3), 1.0 / libm::sqrt(self.purchases.max(1.0)));
            return (0..count).map(|_| Worth::Times(libm::exp(sd * random.normal() - sd * sd / 2.0))).collect();
        };
        let (list, _) = spends(summary);
        let posterior = gamma_gamma::posterior(&list, optimum, count);
        posterior.draws.iter().map(|&[p, q, v, _]| Worth::Model(GammaGamma { p, q, v })).collect()
    }

    /// The expected value of a purchase day of a customer.
    pub fn of_customer(&self, summary: &Summary, c: usize) -> f64 {
        let expected = |model: &GammaGamma| model.expected(summary.frequency[c], summary.monetary_value(c).max(0.0));
        self.model.as_ref().and_then(expected).unwrap_or(self.mean)
    }
}
