//! What today's customers will still buy: the candidate that did best on the shop's own past, fitted to all of it.
//!
//! **Intervals.** Three things make what comes differ from the expectation: the parameters are known only so far (draws from
//! their posterior), the models differ where their mean is told (draws come from each), and customers are few and random
//! (the variance of each one's purchases, and of the value of a purchase around its mean). So what comes is a mixture: around
//! the expectation of each draw a log-normal distribution with the variance of chance; the interval is that of the mixture.
//!
//! The bands of [`Band`] hold a fourth part: what the errors on the shop's own past show beyond chance. That is how
//! seasons, campaigns and whatever else the models don't know of come in.

use super::outlook::{Outlook, Total};
use crate::ledger::{Summary, Visits};
use crate::math::Day;
use crate::math::distributions::{normal_cdf, normal_density};
use crate::math::money::Derived;
use crate::report::forecast::{Band, Estimate, Forecast, MoneyBand, MoneyEstimate};
use crate::settings::Settings;

/// The forecast at the end of a summary; `margin` is applied to the equity.
pub fn forecast(visits: &Visits, summary: &Summary, end: Day, margin: Option<f64>) -> Forecast {
    debug_assert_eq!(*summary, Summary::of(visits, end));
    of(&Outlook::of(visits, end), margin, Settings::default().discount)
}

/// The forecast of an outlook, with equity discounted by so much a year; what is told by months and groups is left empty.
pub fn of(outlook: &Outlook, margin: Option<f64>, discount: f64) -> Forecast {
    let mut told = Forecast {
        discount,
        origins: outlook.origins.clone(),
        chosen: outlook.chosen,
        verdict: outlook.verdict,
        tracking: outlook.tracking.clone(),
        ..Forecast::default()
    };
    if let Some(year) = &outlook.year {
        let revenue = estimate(&year.revenue);
        told.purchases = Some(estimate(&year.purchases));
        told.revenue = Some(money(revenue, 1.0));
        told.months = year.months.clone();
        let discounted = discounted(&year.month_revenue, discount);
        told.equity = Some(money(revenue, margin.unwrap_or(1.0) * discounted / revenue.value.max(f64::MIN_POSITIVE)));
    }
    told
}

/// What months bring, discounted by so much a year, each from its middle.
pub fn discounted(months: &[f64], discount: f64) -> f64 {
    let value = |(month, value): (usize, &f64)| value * libm::pow(1.0 + discount, -(month as f64 + 0.5) / 12.0);
    months.iter().enumerate().map(value).sum()
}

/// A quantity that can't be below zero, and what is open of it.
#[derive(Clone, Copy, Debug)]
pub struct Open<'a> {
    /// The expectation.
    pub value: f64,
    /// What draws from the posterior expect, over the expectation.
    pub factors: &'a [f64],
    /// The variance of what customers do by chance.
    pub chance: f64,
    /// The relative variance of what the method misses beyond all this.
    pub misfit: f64,
    /// The probability of nothing at all, which counts for one customer; nothing of a sum over many.
    pub none: f64,
}

impl Total {
    /// The sum as it is open, where the method misses so much (a relative variance) beside chance.
    pub fn open(&self, misfit: f64) -> Open<'_> {
        Open { value: self.value, factors: &self.factors, chance: self.noise, misfit, none: self.none }
    }
}

impl Open<'_> {
    /// The quantiles of what comes: nothing at all, or else of a mixture of log-normal distributions, one a draw, with the
    /// mean and variance that something has where it comes.
    fn quantiles<const N: usize>(&self, at: [f64; N]) -> [f64; N] {
        let some = 1.0 - self.none;
        let value = self.value / some;
        let chance = ((self.chance + self.value * self.value) / some - value * value).max(0.0);
        // Logarithmic mean and standard deviation of each.
        let part = |factor: &f64| {
            let mean = value * factor;
            let relative = chance * factor / (mean * mean).max(f64::MIN_POSITIVE) + self.misfit;
            let variance = libm::log1p(relative);
            (libm::log(mean) - variance / 2.0, libm::sqrt(variance).max(1e-9))
        };
        let one = [1.0];
        let factors = if self.factors.is_empty() { &one } else { self.factors };
        let parts: Vec<(f64, f64)> = factors.iter().map(part).filter(|(mean, _)| mean.is_finite()).collect();
        if parts.is_empty() {
            return [0.0; N];
        }
        let ends = parts.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (mean, sd)| {
            (low.min(mean - 8.0 * sd), high.max(mean + 8.0 * sd))
        });
        let n = parts.len() as f64;
        at.map(|p| {
            let p = (p - self.none) / some;
            if p <= 0.0 {
                return 0.0;
            }
            let (mut low, mut high) = ends;
            let mut x = (low + high) / 2.0;
            // Newton's step where it stays between the ends, else halfway between them.
            for _ in 0..STEPS {
                let (mut off, mut slope) = (-p, 0.0);
                for (mean, sd) in &parts {
                    let z = (x - mean) / sd;
                    off += normal_cdf(z) / n;
                    slope += normal_density(z) / (sd * n);
                }
                if off < 0.0 {
                    low = x
                } else {
                    high = x
                }
                let step = x - off / slope;
                let next = if step > low && step < high { step } else { (low + high) / 2.0 };
                let moved = (next - x).abs();
                x = next;
                if moved < 1e-9 {
                    break;
                }
            }
            libm::exp(x)
        })
    }
}

/// Steps to a quantile, at most; it takes about six.
const STEPS: u32 = 80;

/// The ends of 8 chances in 10, as [`band`] has them.
pub fn ends(open: &Open<'_>) -> [f64; 2] {
    let [low, high] = open.quantiles([0.1, 0.9]);
    [low.min(open.value), high.max(open.value)]
}

/// Whether what came lies in the 90 % interval of what was told.
pub fn holds(told: &Total, came: f64) -> bool {
    let Estimate { low, high, .. } = estimate(told);
    (low..=high).contains(&came)
}

fn estimate(told: &Total) -> Estimate {
    let [low, high] = told.open(0.0).quantiles([0.05, 0.95]);
    // On a ridge what is told may lie beyond all that a prior lets parameters be.
    Estimate { value: told.value, low: low.min(told.value), high: high.max(told.value) }
}

fn money(of: Estimate, factor: f64) -> MoneyEstimate {
    MoneyEstimate { value: Derived(of.value * factor), low: Derived(of.low * factor), high: Derived(of.high * factor) }
}

/// The bands of what is open: 8 chances in 10, and 1 in 2.
pub fn band(open: &Open<'_>) -> Band {
    let [inner_low, inner_high] = open.quantiles([0.25, 0.75]);
    let [low, high] = ends(open);
    Band { value: open.value, low, high, inner_low, inner_high }
}

/// The same of money, times a factor.
pub fn money_band(open: &Open<'_>, factor: f64) -> MoneyBand {
    let Band { value, low, high, inner_low, inner_high } = band(open);
    let [value, low, high, inner_low, inner_high] = [value, low, high, inner_low, inner_high].map(Derived);
    MoneyBand { value, low, high, inner_low, inner_high }.times(factor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::distributions::normal_quantile;

    #[test]
    fn quantiles_are_those_of_the_mixture() {
        // One part: a log-normal of mean 2 and variance 3, whose logarithm has the variance ln (1 + 3/4).
        let one = Open { value: 2.0, factors: &[1.0], chance: 3.0, misfit: 0.0, none: 0.0 };
        let variance = libm::log1p(0.75);
        for p in [0.001, 0.1, 0.5, 0.9, 0.999] {
            let by_hand = libm::exp(libm::log(2.0) - variance / 2.0 + libm::sqrt(variance) * normal_quantile(p));
            assert!((one.quantiles([p])[0] / by_hand - 1.0).abs() < 1e-8, "{p}");
        }
        // Four in ten buy nothing, the others as above: mean and mean square are 0.6 of theirs.
        let some = Open { value: 1.2, chance: 0.6 * 7.0 - 1.44, none: 0.4, ..one };
        assert_eq!(some.quantiles([0.1, 0.4]), [0.0, 0.0]);
        assert!((some.quantiles([0.7])[0] / one.quantiles([0.5])[0] - 1.0).abs() < 1e-8);
        assert_eq!(ends(&Open { value: 0.1, none: 0.95, ..one }), [0.0, 0.1]);
        // Two far apart and sharp: a tenth of all is a fifth of the lower one.
        let two = Open { value: 1.0, factors: &[1e-3, 1e3], chance: 1e-9, misfit: 1e-4, none: 0.0 };
        let [low, high] = two.quantiles([0.1, 0.9]);
        let at = |middle: f64, p: f64| middle * libm::exp(0.01 * normal_quantile(p));
        assert!((low / at(1e-3, 0.2) - 1.0).abs() < 2e-3 && (high / at(1e3, 0.8) - 1.0).abs() < 2e-3, "{low} {high}");
    }
}
