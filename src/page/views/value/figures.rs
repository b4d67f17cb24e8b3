//! The figures of value and cost, with their formulas.

use crate::page::parts::edits::Edit;
use crate::page::parts::explain::Explain;
use crate::page::parts::figures::{Delta, KeyFigure};
use crate::report::Report;
use crate::settings::LifespanRule;
use crate::words::format::{Format, NOT_DEFINED};

/// What stands where nothing was typed in.
const NOT_KNOWN: &str = "not known";

/// The figures of the view.
pub fn all(report: &Report, format: &dyn Format) -> Vec<KeyFigure> {
    vec![
        worth(report, format),
        so_far(report, format),
        cost(report, format),
        left_over(report, format),
        ratio(report, format),
        payback(report, format),
    ]
}

/// What a customer is worth: the simple CLTV, after margin where one is set.
pub fn worth(report: &Report, format: &dyn Format) -> KeyFigure {
    let totals = &report.totals;
    let (formula, numbers) = worked(report, format);
    let frequency = totals.purchase_frequency.map(|each| format.number(each, 2));
    let margin = report.settings.margin;
    let mut inputs = vec![
        ("Average order".to_owned(), format.derived(totals.aov)),
        ("Purchases a year, each customer".to_owned(), frequency.clone().unwrap_or(NOT_DEFINED.to_owned())),
        (format!("Years that one stays: {}", lifespan_words(report)), years(report, format)),
    ];
    inputs.push(match margin {
        Some(margin) => ("Margin, typed in by you".to_owned(), format.percent(margin, 0)),
        None => ("Margin".to_owned(), "not typed in".to_owned()),
    });
    let words = match (frequency, totals.lifespan_years) {
        (Some(each), Some(_)) => {
            format!("{} × {each} a year × {} years", format.derived(totals.aov), years(report, format))
        }
        _ => why_no_lifespan(report).to_owned(),
    };
    KeyFigure {
        id: "worth",
        name: "Worth of a customer",
        value: format.derived(if margin.is_some() { totals.cltv_margin } else { totals.cltv }),
        delta: Delta::words(words),
        mean: if margin.is_some() { "After the cost of goods" } else { "Revenue, before the cost of goods" }.to_owned(),
        explain: Explain {
            meaning:
                "What an average customer brings over the whole time with you (CLTV, customer lifetime value), by \
                      the simple method."
                    .to_owned(),
            formula,
            numbers,
            inputs,
            note:
                "It takes the customers as they are on average. A shop where few stay long and many leave at once is \
                   better told by its cohorts."
                    .to_owned(),
            edits: vec![Edit::Margin, Edit::Lifespan],
        },
        ..KeyFigure::default()
    }
}

/// The formula in words, and with the numbers in.
pub fn worked(report: &Report, format: &dyn Format) -> (String, String) {
    let totals = &report.totals;
    let mut formula = "average order × purchases a year × years".to_owned();
    let mut numbers = format!(
        "{} × {} × {}",
        format.derived(totals.aov),
        totals.purchase_frequency.map_or(NOT_DEFINED.to_owned(), |each| format.number(each, 2)),
        years(report, format)
    );
    let mut result = totals.cltv;
    if let Some(margin) = report.settings.margin {
        formula.push_str(" × margin");
        numbers.push_str(&format!(" × {}", format.percent(margin, 0)));
        result = totals.cltv_margin;
    }
    (formula, format!("{numbers} = {}", format.derived(result)))
}

fn years(report: &Report, format: &dyn Format) -> String {
    report.totals.lifespan_years.map_or(NOT_DEFINED.to_owned(), |years| format.number(years, 2))
}

fn lifespan_words(report: &Report) -> &'static str {
    match report.settings.lifespan {
        LifespanRule::Churn => "1 ÷ yearly churn",
        LifespanRule::Observed => "first to last purchase",
        LifespanRule::Fixed { .. } => "typed in by you",
    }
}

/// Why there is no lifespan, for the line below the figure.
fn why_no_lifespan(report: &Report) -> &'static str {
    match (report.retention.yearly.churn, report.settings.lifespan) {
        (None, LifespanRule::Churn) => "too little time in the data to see anyone leave",
        (Some(_), LifespanRule::Churn) => "no one has left: 1 ÷ 0 has no value",
        _ => "",
    }
}

fn so_far(report: &Report, format: &dyn Format) -> KeyFigure {
    let value = &report.value;
    KeyFigure {
        id: "so-far",
        name: "Brought so far, each",
        value: format.derived(value.historical_mean),
        delta: Delta::words(format!("half brought less than {}", format.derived(value.historical_median))),
        mean: "On average; a few large ones pull it up".to_owned(),
        explain: Explain {
            meaning: "What a customer has brought up to now, on average (historical CLTV).".to_owned(),
            formula: "revenue ÷ customers".to_owned(),
            numbers: format!(
                "{} ÷ {} = {}",
                format.money(report.totals.revenue.to_f64()),
                format.integer(report.totals.customers),
                format.derived(value.historical_mean)
            ),
            inputs: vec![("Median".to_owned(), format.derived(value.historical_median))],
            note: "Nothing is estimated here: it is what was paid, so it grows as long as customers keep buying."
                .to_owned(),
            edits: Vec::new(),
        },
        ..KeyFigure::default()
    }
}

/// What winning a customer costs.
pub fn cost(report: &Report, format: &dyn Format) -> KeyFigure {
    let totals = &report.totals;
    let spend = report.settings.spend;
    let words = match (spend, totals.cac) {
        (None, _) => "type in what you spend".to_owned(),
        (Some(_), None) => "no one is new in this period".to_owned(),
        (Some(_), Some(_)) => format!("for each of {} new", format.count(totals.new_customers, "customer")),
    };
    let numbers = match (spend, totals.cac) {
        (Some(spend), Some(cac)) => format!(
            "{} ÷ {} = {}",
            format.money(spend.to_f64()),
            format.integer(totals.new_customers),
            format.money(cac.0)
        ),
        _ => unknown(report).to_owned(),
    };
    KeyFigure {
        id: "cost",
        name: "Cost to win one",
        value: totals.cac.map_or(unknown(report).to_owned(), |cac| format.money(cac.0)),
        delta: Delta::words(words),
        explain: Explain {
            meaning: "What you spent for each new customer of the period (CAC, customer acquisition cost).".to_owned(),
            formula: "spend on winning customers ÷ new customers".to_owned(),
            numbers,
            inputs: vec![
                (
                    "Spend, typed in by you".to_owned(),
                    spend.map_or(NOT_KNOWN.to_owned(), |spend| format.money_exact(spend)),
                ),
                ("New customers in the period".to_owned(), format.integer(totals.new_customers)),
            ],
            note:
                "Spend and new customers must belong to the same period: change the amount when you change the dates."
                    .to_owned(),
            edits: vec![Edit::Spend],
        },
        ..KeyFigure::default()
    }
}

/// What stands where the cost is missing.
fn unknown(report: &Report) -> &'static str {
    if report.settings.spend.is_some() { NOT_DEFINED } else { NOT_KNOWN }
}

fn left_over(report: &Report, format: &dyn Format) -> KeyFigure {
    let totals = &report.totals;
    let worth = if report.settings.margin.is_some() { totals.cltv_margin } else { totals.cltv };
    let numbers = match (worth, totals.cac, totals.crv) {
        (Some(worth), Some(cac), Some(crv)) => {
            format!("{} − {} = {}", format.money(worth.0), format.money(cac.0), format.money(crv.0))
        }
        _ => unknown(report).to_owned(),
    };
    KeyFigure {
        id: "left-over",
        name: "Left over",
        value: totals.crv.map_or(unknown(report).to_owned(), |crv| format.money(crv.0)),
        delta: Delta::words("worth less the cost to win one"),
        explain: Explain {
            meaning: "What remains of a customer’s worth after winning them (CRV, customer relationship value)."
                .to_owned(),
            formula: "worth of a customer − cost to win one".to_owned(),
            numbers,
            inputs: Vec::new(),
            note: "Below zero, each new customer costs more than they bring.".to_owned(),
            edits: vec![Edit::Spend, Edit::Margin],
        },
        ..KeyFigure::default()
    }
}

fn ratio(report: &Report, format: &dyn Format) -> KeyFigure {
    let totals = &report.totals;
    let worth = if report.settings.margin.is_some() { totals.cltv_margin } else { totals.cltv };
    let numbers = match (worth, totals.cac, totals.ltv_cac) {
        (Some(worth), Some(cac), Some(ratio)) => {
            format!("{} ÷ {} = {}", format.money(worth.0), format.money(cac.0), format.number(ratio, 1))
        }
        _ => unknown(report).to_owned(),
    };
    KeyFigure {
        id: "ratio",
        name: "Worth against cost",
        value: totals.ltv_cac.map_or(unknown(report).to_owned(), |ratio| format!("{} times", format.number(ratio, 1))),
        delta: Delta::words("3 times is a common aim"),
        explain: Explain {
            meaning: "How many times over a customer earns what winning them cost (LTV to CAC).".to_owned(),
            formula: "worth of a customer ÷ cost to win one".to_owned(),
            numbers,
            inputs: Vec::new(),
            note: "Below 1 you lose with every new customer. Without a margin it compares revenue with cost, which flatters."
                .to_owned(),
            edits: vec![Edit::Spend, Edit::Margin],
        },
        ..KeyFigure::default()
    }
}

fn payback(report: &Report, format: &dyn Format) -> KeyFigure {
    let totals = &report.totals;
    let months = totals.payback_months.map(u64::from);
    let (value, words) = match (totals.cac, months) {
        (None, _) => (unknown(report).to_owned(), "type in what you spend".to_owned()),
        (Some(_), None) => ("not yet".to_owned(), "not within the time that the data covers".to_owned()),
        (Some(_), Some(0)) => ("at once".to_owned(), "with the first month’s purchases".to_owned()),
        (Some(_), Some(months)) => (format.count(months, "month"), "after the first purchase".to_owned()),
    };
    let of = if report.settings.margin.is_some() { "margin" } else { "revenue" };
    KeyFigure {
        id: "payback",
        name: "Earned back after",
        value: value.clone(),
        delta: Delta::words(words),
        explain: Explain {
            meaning: "Months until a customer has brought as much as winning them cost (payback).".to_owned(),
            formula: format!("first month in which the mean {of} so far reaches the cost to win one"),
            numbers: value,
            inputs: vec![(
                "Cost to win one".to_owned(),
                totals.cac.map_or(unknown(report).to_owned(), |cac| format.money(cac.0)),
            )],
            note: "Read off the curve below, from customers who were observed that long.".to_owned(),
            edits: vec![Edit::Spend, Edit::Margin],
        },
        ..KeyFigure::default()
    }
}
