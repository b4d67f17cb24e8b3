//! What customers are worth, told in five ways side by side.

use crate::math::calendar::YEAR_DAYS;
use crate::math::money::{Derived, SCALE};
use crate::measures::beside::Beside;
use crate::measures::retention::{Activity, rhythm, yearly};
use crate::measures::{revenue, value};
use crate::models::forecast::{Open, money_band};
use crate::models::outlook::{Outlook, Total, Year};
use crate::models::years::{self, Span};
use crate::report::worth::Worth;

/// A pace is that of a customer only where they were observed for so many days: one purchase on the last day is none.
const PACE_DAYS: u32 = 365;

/// What all ways have in common.
pub struct Basis {
    margin: f64,
    discount: f64,
    span: Option<Span>,
    horizon: Option<u32>,
    retention: Option<f64>,
    lifespan: Option<f64>,
    /// Cumulative margin of a customer by whole months since the first purchase.
    curve: Vec<f64>,
}

impl Basis {
    /// Of the orders as they are shown.
    pub fn of(beside: &Beside<'_>) -> Basis {
        let (history, end, settings) = (beside.history, beside.shown.end, beside.settings);
        let activity = Activity::new(settings.active, &rhythm(history));
        let yearly = yearly(history, activity, end);
        let curve = value::payback(beside.shown, settings);
        Basis {
            margin: settings.margin.unwrap_or(1.0),
            discount: settings.discount,
            span: Span::of(settings),
            horizon: settings.horizon,
            retention: yearly.crr,
            lifespan: revenue::lifespan_of(beside.shown, settings.lifespan, &yearly),
            curve: curve.into_iter().map(|point| point.cumulative.0).collect(),
        }
    }

    /// Years to come of a yearly margin: m r / (1 + d − r).
    fn discounted(&self, yearly_margin: f64) -> Option<f64> {
        let r = self.retention?;
        let rest = 1.0 + self.discount - r;
        (rest > 0.0).then(|| yearly_margin * r / rest)
    }

    /// What older customers brought after an age in days.
    fn after(&self, age: u32) -> Option<f64> {
        let last = *self.curve.last()?;
        // floor(days × 48 / 1461) whole months have passed.
        let months = (u64::from(age) * 48 / 1461) as usize;
        let so_far = if months == 0 { 0.0 } else { self.curve[(months - 1).min(self.curve.len() - 1)] };
        Some((last - so_far).max(0.0))
    }
}

/// What one customer is worth; `c` is the place in the summary of the outlook.
pub fn of_customer(basis: &Basis, outlook: &Outlook, c: usize) -> Worth {
    let summary = &outlook.summary;
    let brought = summary.revenue[c] as f64 / SCALE as f64;
    let years = (f64::from(summary.t[c]) + 1.0) / YEAR_DAYS;
    let yearly = (summary.t[c] >= PACE_DAYS).then(|| brought / years);
    let historical = brought * basis.margin;
    let worth = told(
        historical,
        yearly.zip(basis.lifespan).map(|(yearly, life)| yearly * life * basis.margin),
        yearly.and_then(|yearly| basis.discounted(yearly * basis.margin)),
        basis.after(summary.t[c]).map(|after| historical + after),
        basis,
    );
    let Some((year, span)) = outlook.trusted().zip(basis.span) else { return worth };
    let total = years::of_customer(year, summary, c, span);
    // What one customer does is open to chance however much is known: that takes no part in whether it is told.
    let known = Total { noise: 0.0, ..total.clone() };
    let misfit = span.misfit(year.misfit[1], year.misfit_days);
    ranged(worth, basis, span, &known.open(misfit), &total.open(misfit))
}

/// What all customers are worth together.
pub fn of_all(basis: &Basis, outlook: &Outlook, year: &Year) -> Worth {
    let summary = &outlook.summary;
    let buyers = || summary.buyers.iter().map(|&c| c as usize);
    let brought = buyers().map(|c| summary.revenue[c]).sum::<i64>() as f64 / SCALE as f64;
    let years = buyers().map(|c| (f64::from(summary.t[c]) + 1.0) / YEAR_DAYS).sum::<f64>();
    let yearly = brought / years * summary.buyers.len() as f64;
    let historical = brought * basis.margin;
    let after: Option<f64> = buyers().map(|c| basis.after(summary.t[c])).sum();
    let worth = told(
        historical,
        basis.lifespan.map(|life| yearly * life * basis.margin),
        basis.discounted(yearly * basis.margin),
        after.map(|after| historical + after),
        basis,
    );
    let Some(span) = basis.span else { return worth };
    let total = outlook.over_years(year, span);
    let open = total.open(span.misfit(year.misfit[1], year.misfit_days));
    ranged(worth, basis, span, &open, &open)
}

/// The same with what the models tell over the years that are set, `open` with all that is open of it; not told where what is
/// `known` leaves its ends too far apart. The next 12 months alone are told wherever anything is.
fn ranged(worth: Worth, basis: &Basis, span: Span, known: &Open<'_>, open: &Open<'_>) -> Worth {
    if span.years != Some(1) && !years::is_told(&money_band(known, 1.0)) {
        return Worth { too_open: true, ..worth };
    }
    let band = money_band(open, basis.margin);
    let finite = |amount: Derived| Derived::finite(amount.0);
    let range = finite(band.low).zip(finite(band.high)).map(|(low, high)| [low, high]);
    Worth { probabilistic: finite(band.value).filter(|_| range.is_some()), range, ..worth }
}

fn told(historical: f64, simple: Option<f64>, discounted: Option<f64>, cohort: Option<f64>, basis: &Basis) -> Worth {
    let finite = |value: Option<f64>| value.and_then(Derived::finite);
    Worth {
        historical: Derived::finite(historical),
        simple: finite(simple),
        discounted: finite(discounted),
        cohort: finite(cohort),
        horizon: basis.horizon,
        discount: basis.discount,
        ..Worth::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basis(retention: Option<f64>) -> Basis {
        Basis {
            margin: 0.5,
            discount: 0.1,
            span: None,
            horizon: None,
            retention,
            lifespan: Some(3.0),
            curve: vec![10.0, 15.0, 18.0, 20.0],
        }
    }

    #[test]
    fn the_closed_form_is_the_sum_of_all_years() {
        let (m, r, d) = (200.0, 0.8, 0.1);
        let sum: f64 = (1..2000).map(|t| m * libm::pow(r / (1.0 + d), f64::from(t))).sum();
        assert!((basis(Some(r)).discounted(m).unwrap() - sum).abs() < 1e-9);
        assert_eq!((basis(None).discounted(m), basis(Some(1.2)).discounted(m)), (None, None));
    }

    #[test]
    fn the_tail_of_a_cohort_is_what_older_ones_brought_later() {
        let basis = basis(None);
        assert_eq!([0, 30, 31, 61, 92, 4000].map(|age| basis.after(age)), [20.0, 20.0, 10.0, 5.0, 2.0, 0.0].map(Some));
        assert_eq!(Basis { curve: Vec::new(), ..basis }.after(5), None);
    }
}
