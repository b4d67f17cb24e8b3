//! What the Python package `lifetimes` would tell of the same customers, in words.

use super::forecast::about;
use super::format::{Format, NOT_DEFINED};
use crate::math::money::Derived;
use crate::report::as_lifetimes::{AsLifetimes, Grain};
use crate::report::forecast::Candidate;

/// The units that can be chosen: key and name.
pub const GRAINS: [(&str, &str); 3] =
    [("days", "days (freq D)"), ("weeks", "weeks (days ÷ 7)"), ("calendar", "calendar weeks (freq W)")];

/// The unit of a key; days where it is none.
pub fn grain(key: &str) -> Grain {
    match key {
        "weeks" => Grain::Weeks,
        "calendar" => Grain::CalendarWeeks,
        _ => Grain::Days,
    }
}

/// The key of a unit.
pub fn key(grain: Grain) -> &'static str {
    match grain {
        Grain::Days => "days",
        Grain::Weeks => "weeks",
        Grain::CalendarWeeks => "calendar",
    }
}

/// What sets its figures apart from the forecast's.
pub fn explained(grain: Grain) -> String {
    let month = match grain {
        Grain::Days => "a month is 30 days",
        Grain::Weeks => "a month is 4.345 weeks",
        Grain::CalendarWeeks => "two purchases in one week, Monday to Sunday, are one, and a month is 4.345 weeks",
    };
    format!(
        "customer_lifetime_value(time=12, discount_rate=0.01), for those who compare: {month}; each month is discounted from its \
         end by 1% a month; no margin. Our forecast has 12 months of 30.4 days, undiscounted here. Parameters are of the highest \
         likelihood (penalizer_coef=0)."
    )
}

/// The models of the package, in the order of the columns.
const MODELS: [Candidate; 3] = [Candidate::BgNbd, Candidate::MbgNbd, Candidate::ParetoNbd];

/// Heads of the table behind the customer: what the package's summary has of them, one a model, and the forecast.
pub const HEADS: &[&str] =
    &["frequency", "recency", "T", "monetary_value", "BG/NBD", "MBG/NBD", "Pareto/NBD", "Our forecast"];

const NOT_FITTED: &str = "not fitted";

/// The rows of the table, name first: all customers together, then the first of them.
pub fn rows(told: &AsLifetimes, f: &dyn Format) -> Vec<(String, Vec<String>)> {
    if told.methods.is_empty() {
        return Vec::new();
    }
    let exact = |value: Option<Derived>| value.map_or(NOT_DEFINED.to_owned(), |value| f.money(value.0));
    let sum = |value: Option<Derived>| value.map_or(NOT_DEFINED.to_owned(), |value| about(value.0, f));
    let ours = |text: Option<Derived>, write: &dyn Fn(Option<Derived>) -> String| match text {
        Some(_) => write(text),
        None => "not told".to_owned(),
    };
    let places = if told.grain == Grain::Weeks { 2 } else { 0 };
    let all = ["–"; 4].into_iter().map(str::to_owned);
    // A model whose fit did not come to an end has no column of its own in the report.
    let place = |model: Candidate| told.methods.iter().position(|method| method.candidate == model);
    let models = || MODELS.into_iter().map(place);
    let all = all
        .chain(models().map(|at| at.map_or(NOT_FITTED.to_owned(), |at| sum(told.methods[at].value))))
        .chain([ours(told.forecast, &sum)]);
    let mut list = vec![(format!("All {}", f.integer(told.customers)), all.collect())];
    for row in &told.rows {
        let summary = [
            f.integer(u64::from(row.frequency)),
            f.number(row.recency, places),
            f.number(row.age, places),
            f.money(row.spend.0),
        ];
        let of = |at: usize| row.values.get(at).copied().flatten();
        let values = models().map(|at| at.map_or(NOT_FITTED.to_owned(), |at| exact(of(at))));
        let cells = summary.into_iter().chain(values).chain([ours(row.forecast, &exact)]).collect();
        list.push((crate::ingest::profile::shown(&row.customer), cells));
    }
    list
}

/// The package's figure beside ours, on the page of a customer.
pub fn beside(value: Derived, grain: Grain, ours: f64, f: &dyn Format) -> String {
    let unit = match grain {
        Grain::Days => "in days",
        Grain::Weeks => "in weeks",
        Grain::CalendarWeeks => "in calendar weeks",
    };
    format!(
        "The Python package “lifetimes” would tell {} for 12 months (BG/NBD, {unit}, 1% a month); we expect {}. The unit is set \
         under “Models and checks”.",
        f.money(value.0),
        about(ours, f)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::as_lifetimes::{Method, Row};
    use crate::words::format::Plain;

    #[test]
    fn every_unit_has_its_key_and_says_what_a_month_is() {
        for (name, _) in GRAINS {
            assert_eq!(key(grain(name)), name);
        }
        assert!(explained(Grain::Days).contains("a month is 30 days"));
        assert!(explained(Grain::CalendarWeeks).contains("Monday to Sunday"));
    }

    #[test]
    fn the_table_has_the_sum_and_the_first_customers() {
        let f = Plain::new(Some("USD"));
        let method = Method { candidate: Candidate::BgNbd, parameters: [1.0; 4], value: Some(Derived(86_312.0)) };
        let row = Row {
            customer: "00004".to_owned(),
            number: 0,
            frequency: 2,
            recency: 30.43,
            age: 38.86,
            spend: Derived(22.35),
            values: vec![Some(Derived(36.28))],
            forecast: None,
        };
        let grain = Grain::Weeks;
        let told =
            AsLifetimes { grain, customers: 2357, methods: vec![method], rows: vec![row], ..AsLifetimes::default() };
        let rows = rows(&told, &f);
        assert_eq!(rows[0].0, "All 2,357");
        assert_eq!(rows[0].1[4..], ["$86,300", "not fitted", "not fitted", "not told"]);
        assert_eq!(rows[1].1, ["2", "30.43", "38.86", "$22.35", "$36.28", "not fitted", "not fitted", "not told"]);
        assert!(rows.iter().all(|row| row.1.len() == HEADS.len()));
        assert!(super::rows(&AsLifetimes::default(), &f).is_empty());
        let beside = beside(Derived(36.28), grain, 40.0, &f);
        assert!(beside.contains("would tell $36.28 for 12 months (BG/NBD, in weeks"), "{beside}");
    }
}
