//! The figures of the next 12 months, each with its formula, the numbers in it, what goes in and what is left out.

use super::{about, count_range, range};
use crate::report::Report;
use crate::report::forecast::{Ahead, Forecast};
use crate::words::format::Format;
use crate::words::terms::numbers::percent_as_typed;

/// A figure with its explanation, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// Unique within the view.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The value as written.
    pub value: String,
    /// What stands below it.
    pub below: String,
    /// What it means.
    pub meaning: &'static str,
    /// What the trade calls it.
    pub trade: &'static str,
    /// The formula.
    pub formula: &'static str,
    /// The formula with the numbers in.
    pub numbers: String,
    /// What goes in, and what is left out.
    pub inputs: Vec<(String, String)>,
    /// A remark.
    pub note: String,
}

/// The four of the view; none where nothing can be told.
pub fn all(told: &Forecast, report: &Report, f: &dyn Format) -> Vec<Figure> {
    let Some(ahead) = &told.ahead else { return Vec::new() };
    let who = vec![
        ("Customers".to_owned(), f.integer(told.verdict.customers)),
        ("Of them, bought on several days".to_owned(), f.integer(told.verdict.repeat_buyers)),
        ("New customers".to_owned(), "not counted".to_owned()),
    ];
    vec![revenue(ahead, told, &who, f), purchases(ahead, &who, f), equity(ahead, told, report, f), each(ahead, told, f)]
}

fn revenue(ahead: &Ahead, told: &Forecast, who: &[(String, String)], f: &dyn Format) -> Figure {
    let worth = ahead.revenue.value.0 / ahead.purchases.value.max(f64::MIN_POSITIVE);
    let chosen = told.chosen.map(|chosen| super::candidate(chosen).1).unwrap_or_default();
    Figure {
        id: "ahead",
        name: "Next 12 months",
        value: about(ahead.revenue.value.0, f),
        below: range(&ahead.revenue, f),
        meaning: "What the customers you have will bring in the 12 months after the last day of your data, before any cost.",
        trade: "expected revenue of the present customer base",
        formula: "sum over customers of expected purchases × expected value of a purchase",
        numbers: format!(
            "{} purchases × {} = {}",
            f.number(ahead.purchases.value, 0),
            f.money(worth),
            about(ahead.revenue.value.0, f)
        ),
        inputs: who
            .iter()
            .cloned()
            .chain([
                ("Method".to_owned(), chosen.to_owned()),
                ("Value of a purchase".to_owned(), "Gamma-Gamma model, between the customer’s own mean and that of all".to_owned()),
            ])
            .collect(),
        note: "The range holds it with 8 chances in 10: what chance does, what the data leaves open, and how far the method \
               was off on your own past."
            .to_owned(),
    }
}

fn purchases(ahead: &Ahead, who: &[(String, String)], f: &dyn Format) -> Figure {
    Figure {
        id: "purchases-ahead",
        name: "Purchases expected",
        value: f.number(super::rough(ahead.purchases.value), 0),
        below: count_range(&ahead.purchases, f),
        meaning: "Days on which one of these customers will buy.",
        trade: "expected transactions",
        formula: "sum over customers of P(still there) × purchases of one who is",
        numbers: f.number(ahead.purchases.value, 1),
        inputs: who.to_vec(),
        note: "Two purchases of a customer on one day are one.".to_owned(),
    }
}

fn equity(ahead: &Ahead, told: &Forecast, report: &Report, f: &dyn Format) -> Figure {
    let rate = percent_as_typed(told.discount, f);
    let margin = match report.settings.margin {
        Some(margin) => f.percent(margin, 0),
        None => "not set: revenue".to_owned(),
    };
    Figure {
        id: "equity",
        name: "These 12 months, worth today",
        value: about(ahead.equity.value.0, f),
        below: range(&ahead.equity, f),
        meaning: "What those 12 months are worth on the last day of your data: money that comes later counts for less, and \
                  where you set a margin only what is left after the cost of goods counts.",
        trade: "customer equity of 12 months",
        formula: "sum over months of revenue × margin ÷ (1 + discount)^(months ÷ 12)",
        numbers: format!("{} at {rate} a year = {}", about(ahead.revenue.value.0, f), about(ahead.equity.value.0, f)),
        inputs: vec![("Discount a year".to_owned(), rate), ("Margin".to_owned(), margin)],
        note: "Each month is discounted from its middle.".to_owned(),
    }
}

fn each(ahead: &Ahead, told: &Forecast, f: &dyn Format) -> Figure {
    let customers = told.verdict.customers.max(1) as f64;
    let mean = ahead.revenue.value.0 / customers;
    Figure {
        id: "each",
        name: "Each customer, on average",
        value: f.money(super::rough(mean)),
        below: "of all who ever bought".to_owned(),
        meaning: "The revenue of the next 12 months shared out over all customers, those included who will not come back.",
        trade: "residual value per customer, 12 months",
        formula: "expected revenue ÷ customers",
        numbers: format!(
            "{} ÷ {} = {}",
            about(ahead.revenue.value.0, f),
            f.integer(told.verdict.customers),
            f.money(super::rough(mean))
        ),
        inputs: vec![("Customers".to_owned(), f.integer(told.verdict.customers))],
        note: String::new(),
    }
}
