//! The fundamentals of the period (definitions.md, section 3), and the simple formulas that join them.

use super::{Shown, mean, ratio};
use crate::math::Money;
use crate::math::calendar::YEAR_DAYS;
use crate::math::money::Derived;
use crate::math::stats::Share;
use crate::report::schema::{Acquisition, LIFETIME_DAYS, PaybackPoint, Totals, YearlyRetention};
use crate::settings::LifespanRule;
use crate::settings::Settings;

/// The fundamentals of the period shown. `acquisition` gives what winning customers cost, `yearly` the churn that the lifespan is taken from, `payback` the
/// cumulative margin of a customer that is held against CAC.
///
/// Revenue, gross and refunds count every row; customers, purchases and rates those customers who have a purchase.
pub fn totals(
    shown: Shown<'_>,
    settings: &Settings,
    acquisition: &Acquisition,
    yearly: &YearlyRetention,
    payback: &[PaybackPoint],
) -> Totals {
    let summary = shown.summary;
    let customers = shown.buyers().len() as u64;
    let new_customers = shown.buyers().filter(|&c| shown.visits.first_ever[c] >= shown.start).count() as u64;
    let purchases = shown.buyers().map(|c| u64::from(summary.purchases[c])).sum();
    let revenue = summary.revenue.iter().sum();
    let refunds = -shown.visits.refunds.iter().map(|&(_, amount)| amount).sum::<i64>();
    let repeaters = shown.buyers().filter(|&c| summary.purchases[c] > 1).count() as u64;
    let repeat = Share::new(repeaters, customers);
    let customer_years = shown.buyers().map(|c| observed_days(shown, c)).sum::<i64>() as f64 / YEAR_DAYS;
    let frequency = ratio(purchases as f64, customer_years);
    let aov = mean(revenue, purchases);
    let lifespan = lifespan_of(shown, settings.lifespan, yearly);
    let lifetime = aov.zip(frequency).zip(lifespan).filter(|_| !is_too_short(shown, settings));
    let cltv = lifetime.map(|((aov, frequency), years)| simple_cltv(aov, frequency, years));
    let cltv_margin = cltv.zip(settings.margin).map(|(cltv, margin)| Derived(cltv.0 * margin));
    // What was spent is spent on all customers: held against those of one channel it would be a wrong cost.
    let spend = acquisition.spend.filter(|_| !settings.is_filtered());
    let cac = spend.and_then(|spend| mean(spend.0, acquisition.new_customers));
    let worth = if settings.margin.is_some() { cltv_margin } else { cltv };
    Totals {
        customers,
        new_customers,
        purchases,
        rows: shown.visits.rows,
        revenue: Money(revenue),
        gross: Money(revenue + refunds),
        refunds: Money(refunds),
        refund_rows: shown.visits.refunds.len() as u64,
        aov,
        repeat,
        repeat_rate: repeat.rate,
        purchase_frequency: frequency,
        customer_years,
        lifespan_years: lifespan,
        cltv,
        cltv_margin,
        cac,
        crv: worth.zip(cac).map(|(worth, cac)| relationship_value(worth, cac)),
        ltv_cac: worth.zip(cac).and_then(|(worth, cac)| ratio(worth.0, cac.0)),
        payback_months: cac.and_then(|cac| Some(payback.iter().find(|point| point.cumulative >= cac)?.month)),
    }
}

/// Whether the period is too short for a lifetime to be told: each customer shown bought in it, so a short one shows a pace that
/// nobody keeps up.
fn is_too_short(shown: Shown<'_>, settings: &Settings) -> bool {
    let cut = || shown.visits.first_ever.iter().any(|first| *first < shown.start);
    settings.from.is_some() && shown.end.0 - shown.start.0 + 1 < LIFETIME_DAYS && cut()
}

/// What some of the customers with a purchase add up to, as far as their simple CLTV needs it.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    customers: u64,
    purchases: u64,
    revenue: i64,
    /// Days that they were observed, summed, as in [`totals`].
    observed: i64,
    /// Days from first to last purchase, summed.
    recency: u64,
}

impl Tally {
    /// Counts a customer.
    pub(super) fn add(&mut self, shown: Shown<'_>, customer: usize) {
        self.customers += 1;
        self.purchases += u64::from(shown.summary.purchases[customer]);
        self.revenue += shown.summary.revenue[customer];
        self.observed += observed_days(shown, customer);
        self.recency += u64::from(shown.summary.recency[customer]);
    }

    /// How long they stay, in years, as in [`totals`].
    pub(super) fn lifespan_years(&self, rule: LifespanRule, yearly: &YearlyRetention) -> Option<f64> {
        lifespan_years(rule, yearly, self.recency, self.customers)
    }

    /// Their simple CLTV, as in [`totals`]: revenue, before margin.
    pub(super) fn cltv(&self, shown: Shown<'_>, settings: &Settings, lifespan: Option<f64>) -> Option<Derived> {
        let aov = mean(self.revenue, self.purchases)?;
        let frequency = ratio(self.purchases as f64, self.observed as f64 / YEAR_DAYS)?;
        lifespan.filter(|_| !is_too_short(shown, settings)).map(|years| simple_cltv(aov, frequency, years))
    }
}

/// Days that a customer was observed, summed over all: from the first purchase (from the first day shown, where the first
/// purchase lies before it) to the end, both days counted.
///
/// Purchases are divided by this sum, not averaged customer by customer: one who bought once on the last day adds one
/// purchase and one day, not a rate of 365 a year.
fn observed_days(shown: Shown<'_>, customer: usize) -> i64 {
    i64::from(shown.end.0 - shown.visits.first_ever[customer].max(shown.start).0 + 1)
}

/// How long the customers shown stay, in years, as in [`totals`].
pub(crate) fn lifespan_of(shown: Shown<'_>, rule: LifespanRule, yearly: &YearlyRetention) -> Option<f64> {
    let recency = shown.buyers().map(|c| u64::from(shown.summary.recency[c])).sum();
    lifespan_years(rule, yearly, recency, shown.buyers().len() as u64)
}

/// How long a customer stays, in years. Nothing where nobody leaves, or where nobody was seen on two days.
fn lifespan_years(rule: LifespanRule, yearly: &YearlyRetention, recency: u64, customers: u64) -> Option<f64> {
    let years = match rule {
        LifespanRule::Churn => 1.0 / yearly.churn?,
        LifespanRule::Observed => ratio(recency as f64, customers as f64 * YEAR_DAYS)?,
        LifespanRule::Fixed { years } => years,
    };
    (years.is_finite() && years > 0.0).then_some(years)
}

/// Simple CLTV: average order value x purchases a year x years (definitions.md, section 3). Revenue, before margin.
pub fn simple_cltv(aov: Derived, purchases_a_year: f64, years: f64) -> Derived {
    Derived(aov.0 * purchases_a_year * years)
}

/// CRV, relationship value: CLTV minus CAC (definitions.md, section 3).
pub fn relationship_value(cltv: Derived, cac: Derived) -> Derived {
    Derived(cltv.0 - cac.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::acquisition::acquisition;
    use crate::measures::tests::Whole;
    use crate::settings::DimensionFilter;

    #[test]
    fn spend_on_all_is_no_cost_of_some() {
        let filter = DimensionFilter { dimension: "channel".to_owned(), values: vec!["web".to_owned()] };
        let mut settings = Settings { spend: Some(Money::units(20)), ..Settings::default() };
        let cac = |settings: &Settings| totals_of(&[("a", "2024-01-01", 50)], "2024-01-01", "2024-12-31", settings).cac;
        assert_eq!(cac(&settings), Some(Derived(20.0)));
        settings.filters.push(filter);
        assert_eq!(cac(&settings), None);
    }

    #[test]
    fn the_published_formulas_hold() {
        assert_eq!(simple_cltv(Derived(50.0), 4.0, 3.0), Derived(600.0));
        assert_eq!(simple_cltv(Derived(5.0), 52.0, 5.0), Derived(1300.0));
        assert_eq!(relationship_value(Derived(600.0), Derived(20.0)), Derived(580.0));
    }

    fn totals_of(rows: &[(&str, &str, i64)], start: &str, end: &str, settings: &Settings) -> Totals {
        let whole = Whole::rows(rows).from(start).until(end);
        let acquisition = acquisition(whole.shown(), whole.shown().visits, settings, None);
        totals(whole.shown(), settings, &acquisition, &YearlyRetention::default(), &[])
    }

    /// 50 a purchase, 4 a year over four years of 1,461 days, 3 years to stay, 20 spent for the one customer.
    #[test]
    fn the_worked_example_comes_out_of_rows() {
        let days: Vec<String> =
            (2021..2025).flat_map(|year| [1, 4, 7, 10].map(|m| format!("{year}-{m:02}-01"))).collect();
        let rows: Vec<(&str, &str, i64)> = days.iter().map(|day| ("a", day.as_str(), 50)).collect();
        let settings = Settings {
            lifespan: LifespanRule::Fixed { years: 3.0 },
            spend: Some(Money::units(20)),
            ..Settings::default()
        };
        let totals = totals_of(&rows, "2021-01-01", "2024-12-31", &settings);
        assert_eq!((totals.aov, totals.purchase_frequency), (Some(Derived(50.0)), Some(4.0)));
        assert_eq!((totals.cltv, totals.crv), (Some(Derived(600.0)), Some(Derived(580.0))));
        assert_eq!((totals.customer_years, totals.ltv_cac), (4.0, Some(30.0)));
        let with_margin = Settings { margin: Some(0.5), ..settings };
        let totals = totals_of(&rows, "2021-01-01", "2024-12-31", &with_margin);
        assert_eq!((totals.cltv_margin, totals.crv), (Some(Derived(300.0)), Some(Derived(280.0))));
    }

    #[test]
    fn a_customer_of_the_last_day_does_not_carry_the_frequency_away() {
        let rows = [("a", "2021-01-01", 1), ("a", "2022-01-01", 1), ("b", "2023-01-01", 1)];
        let frequency = totals_of(&rows, "2021-01-01", "2023-01-01", &Settings::default()).purchase_frequency.unwrap();
        assert!((frequency - 3.0 / (732.0 / 365.25)).abs() < 1e-12);
    }

    #[test]
    fn refunds_are_counted_apart_and_empty_rates_are_not_defined() {
        let totals = totals_of(&[("a", "2021-01-01", -5)], "2021-01-01", "2021-01-01", &Settings::default());
        assert_eq!((totals.customers, totals.rows, totals.refund_rows), (0, 1, 1));
        assert_eq!((totals.revenue, totals.refunds), (Money::units(-5), Money::units(5)));
        assert_eq!((totals.aov, totals.repeat_rate, totals.purchase_frequency), (None, None, None));
    }
}
