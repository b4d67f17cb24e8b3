//! What today's customers will still buy: the candidate that did best on the shop's own past, fitted to all of it.
//!
//! **Intervals.** Three things make what comes differ from the expectation, and their variances add up: the parameters are
//! known only so far (the inverse of the observed information, carried over by the derivatives of the total, the delta
//! method), the models differ where their mean is told, and customers are few and random (the variance of each one's
//! purchases, and of the value of a purchase around its mean). The interval is that of a log-normal quantity with this
//! variance. Directions in which the data says nothing (ridges) have the variance of a wide normal prior on the logarithm of
//! the parameter instead of an infinite one.
//!
//! The bands of [`Band`] hold a fourth part: what the errors on the shop's own past show beyond chance. That is how
//! seasons, campaigns and whatever else the models don't know of come in.

use super::outlook::Outlook;
use crate::ledger::{Summary, Visits};
use crate::math::Day;
use crate::math::money::Derived;
use crate::report::forecast::{Ask, Band, Estimate, Forecast, MoneyBand, MoneyEstimate};

/// The normal distribution's 95 % quantile.
const NINETY: f64 = 1.644_853_626_951_472_2;

/// Its 90 % quantile.
const EIGHTY: f64 = 1.281_551_565_544_600_4;

/// Its 75 % quantile.
const HALF: f64 = 0.674_489_750_196_081_7;

/// The forecast at the end of a summary; `margin` is applied to the equity.
pub fn forecast(visits: &Visits, summary: &Summary, end: Day, margin: Option<f64>) -> Forecast {
    debug_assert_eq!(*summary, Summary::of(visits, end));
    of(&Outlook::of(visits, end), margin, Ask::default().discount)
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
        let of = |total: super::outlook::Total| estimate(total.value, total.spread + total.noise);
        let revenue = of(year.revenue);
        told.purchases = Some(of(year.purchases));
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

/// Ends of the interval of a log-normal quantity: `value` times e^(z s − s²/2).
fn quantile(value: f64, variance: f64, z: f64) -> f64 {
    let spread = libm::sqrt(libm::log1p(variance / (value * value).max(f64::MIN_POSITIVE)));
    value * libm::exp(z * spread - spread * spread / 2.0)
}

/// Whether what came lies in the 90 % interval of what was told with a variance.
pub fn holds(told: f64, variance: f64, came: f64) -> bool {
    let Estimate { low, high, .. } = estimate(told, variance);
    (low..=high).contains(&came)
}

fn estimate(value: f64, variance: f64) -> Estimate {
    let at = |z: f64| quantile(value, variance, z);
    Estimate { value, low: at(-NINETY), high: at(NINETY) }
}

fn money(of: Estimate, factor: f64) -> MoneyEstimate {
    MoneyEstimate { value: Derived(of.value * factor), low: Derived(of.low * factor), high: Derived(of.high * factor) }
}

/// The bands of a quantity that can't be below zero.
pub fn band(value: f64, variance: f64) -> Band {
    let at = |z: f64| quantile(value, variance, z);
    Band { value, low: at(-EIGHTY), high: at(EIGHTY), inner_low: at(-HALF), inner_high: at(HALF) }
}

/// The same of money, times a factor.
pub fn money_band(value: f64, variance: f64, factor: f64) -> MoneyBand {
    let Band { value, low, high, inner_low, inner_high } = band(value, variance);
    let [value, low, high, inner_low, inner_high] =
        [value, low, high, inner_low, inner_high].map(|amount| Derived(amount * factor));
    MoneyBand { value, low, high, inner_low, inner_high }
}
