//! How the models fit: actual against model, and how customers differ.

use super::super::columns::{Column, Columns, Labels, Series, columns};
use super::super::figure::{Chart, Figure};
use super::super::lines::{Line, Lines, lines};
use super::super::role::{Dash, Tint};
use super::super::table::{Cell, Table};
use super::super::ticks::{Scale, XTick};
use crate::report::Report;
use crate::report::checks::{Class, Modelling};
use crate::words::charts::ChartWords;
use crate::words::format::Format;
use crate::words::models as words;

/// A class by its label, with what is and what the model has.
pub(super) struct Pair {
    /// The label below it.
    pub label: String,
    /// What is.
    pub actual: f64,
    /// What the model has.
    pub expected: f64,
    /// The tooltip.
    pub lines: Vec<String>,
}

/// The names of the two lines.
const NAMES: [&str; 2] = ["actual", "model"];

/// Two lines with a dot at each class: what is, and what the model has.
pub(super) fn pairs(
    pairs: &[Pair],
    names: [&str; 2],
    x_title: &str,
    tick: &dyn Fn(f64) -> String,
    width: u32,
) -> Chart {
    let line = |name: &str, tint, dash, of: &dyn Fn(&Pair) -> f64| Line {
        name: name.to_owned(),
        tint,
        dash,
        values: pairs.iter().map(|pair| Some(of(pair))).collect(),
        band: Vec::new(),
        end: None,
    };
    let high = pairs.iter().map(|pair| pair.actual.max(pair.expected)).fold(0.0, f64::max);
    let every = (pairs.len() as f64 * 64.0 / f64::from(width)).ceil().max(1.0) as usize;
    lines(
        &Lines {
            lines: vec![
                line(names[0], Tint::Rest, Dash::Solid, &|pair| pair.actual),
                line(names[1], Tint::Series(1), Dash::Solid, &|pair| pair.expected),
            ],
            count: pairs.len(),
            scale: Scale::from_zero(0.0, high, 4),
            tick,
            x: (0..pairs.len())
                .step_by(every)
                .map(|at| XTick { at, text: pairs[at].label.clone(), year: false })
                .collect(),
            x_title: Some(x_title.to_owned()),
            reference: None,
            tips: pairs.iter().map(|pair| pair.lines.clone()).collect(),
            names_inside: false,
        },
        width,
    )
}

/// A tick that has decimals only where it needs them.
fn counted(value: f64, places: u8, f: &dyn Format) -> String {
    f.number(value, if value.fract() == 0.0 { 0 } else { places })
}

/// `3`, and `7+` for the last of the list.
fn repeats(n: u32, last: bool) -> String {
    if last { format!("{n}+") } else { n.to_string() }
}

/// Customers by repeat purchases, actual against model.
pub fn frequency(told: &Modelling, _: &Report, width: u32, f: &dyn Format) -> Figure {
    let rows = &told.checks.frequency;
    let words = words::frequency(&told.checks, f);
    let mut table = Table::new(&words.sub, &["Repeat purchases", "Customers", "The model has"]);
    let mut list = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let label = repeats(row.repeats, at + 1 == rows.len());
        table.push(vec![
            Cell::name(&label),
            Cell::number(f.integer(row.actual), row.actual),
            Cell::number(f.number(row.expected, 1), row.expected),
        ]);
        list.push(Pair {
            lines: vec![
                format!("{label} repeat purchases"),
                f.count(row.actual, "customer"),
                format!("{} in the model", f.number(row.expected, 0)),
            ],
            label,
            actual: row.actual as f64,
            expected: row.expected,
        });
    }
    pairs(&list, NAMES, "repeat purchases", &|value| counted(value, 0, f), width).framed(
        "model-frequency",
        words,
        table,
    )
}

/// Purchases of the hidden stretch by frequency before it.
pub fn holdout(told: &Modelling, _: &Report, width: u32, f: &dyn Format) -> Figure {
    let rows = &told.checks.holdout;
    let words = words::holdout(&told.checks, f);
    let mut table = Table::new(&words.sub, &["Repeat purchases before", "Customers", "Came, each", "Predicted, each"]);
    let mut list = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let label = repeats(row.repeats, at + 1 == rows.len());
        table.push(vec![
            Cell::name(&label),
            Cell::number(f.integer(row.customers), row.customers),
            Cell::number(f.number(row.actual, 2), row.actual),
            Cell::number(f.number(row.expected, 2), row.expected),
        ]);
        list.push(Pair {
            lines: vec![
                format!("{label} repeat purchases before, {}", f.count(row.customers, "customer")),
                format!("{} came, each", f.number(row.actual, 2)),
                format!("{} predicted", f.number(row.expected, 2)),
            ],
            label,
            actual: row.actual,
            expected: row.expected,
        });
    }
    pairs(&list, NAMES, "repeat purchases before", &|value| counted(value, 1, f), width).framed(
        "model-holdout",
        words,
        table,
    )
}

/// Repeat buyers by what they spend, actual against model.
pub fn spend(told: &Modelling, _: &Report, width: u32, f: &dyn Format) -> Figure {
    let words = words::spend(&told.checks, f);
    let mut table = Table::new(&words.sub, &["Mean value of a repeat purchase", "Customers", "The model has"]);
    let mut list = Vec::new();
    for class in &told.checks.spend {
        let from = f.money_short(class.from.0);
        let name = match class.to {
            Some(to) => format!("{from} to {}", f.money_short(to.0)),
            None => format!("{from} and more"),
        };
        table.push(vec![
            Cell::name(&name),
            Cell::number(f.integer(class.actual), class.actual),
            Cell::number(f.number(class.expected, 1), class.expected),
        ]);
        list.push(Pair {
            label: if class.to.is_some() { from } else { format!("{from}+") },
            actual: class.actual as f64,
            expected: class.expected,
            lines: vec![
                name,
                f.count(class.actual, "customer"),
                format!("{} in the model", f.number(class.expected, 0)),
            ],
        });
    }
    pairs(&list, NAMES, "mean value of a repeat purchase, from", &|value| counted(value, 0, f), width).framed(
        "model-spend",
        words,
        table,
    )
}

/// Shares of customers in classes, as columns whose edges are the bounds.
fn spread(
    id: &'static str,
    words: ChartWords,
    classes: &[Class],
    bound: &dyn Fn(f64) -> String,
    x_title: &str,
    width: u32,
    f: &dyn Format,
) -> Figure {
    let name = |class: &Class| match class.to {
        Some(to) => format!("{} to {}", bound(class.from), bound(to)),
        None => format!("{} and more", bound(class.from)),
    };
    let mut edges: Vec<String> = classes.iter().map(|class| bound(class.from)).collect();
    edges.push(classes.last().and_then(|class| class.to).map_or_else(String::new, bound));
    let chart = columns(
        &Columns {
            series: vec![Series { name: "Customers".to_owned(), note: None, tint: Tint::Series(1) }],
            columns: classes
                .iter()
                .map(|class| Column {
                    parts: vec![class.share],
                    lines: vec![name(class), format!("{} of customers", f.percent(class.share, 1))],
                    unfinished: false,
                })
                .collect(),
            x: Labels::Edges(edges),
            x_title: Some(x_title.to_owned()),
            tick: &|value| if value == 0.0 { "0".to_owned() } else { f.percent(value, 0) },
            counts: false,
            highlight: None,
            fill: 0.94,
        },
        width,
    );
    let mut table = Table::new(&words.sub, &["Class", "Share of customers"]);
    for class in classes {
        table.push(vec![Cell::name(name(class)), Cell::number(f.percent(class.share, 1), class.share)]);
    }
    chart.framed(id, words, table)
}

/// Customers by the rate at which they buy.
pub fn rates(told: &Modelling, _: &Report, width: u32, f: &dyn Format) -> Figure {
    let words = words::rates(&told.checks, f);
    let bound = |rate: f64| f.number(rate, u8::from(rate.fract() != 0.0));
    spread("model-rates", words, &told.checks.rates, &bound, "purchases a year", width, f)
}

/// Customers by how they drop out.
pub fn drop_out(told: &Modelling, _: &Report, width: u32, f: &dyn Format) -> Figure {
    let Some(drop_out) = &told.checks.drop_out else {
        return Chart { width, height: 1, ..Chart::default() }.framed(
            "model-drop-out",
            ChartWords::default(),
            Table::default(),
        );
    };
    let words = words::drop_out(drop_out, f);
    match drop_out.after_purchases {
        true => {
            let bound = |chance: f64| f.percent(chance, 0);
            spread("model-drop-out", words, &drop_out.classes, &bound, "chance to leave after a purchase", width, f)
        }
        false => {
            let bound = |rate: f64| f.number(rate, u8::from(rate.fract() != 0.0));
            spread("model-drop-out", words, &drop_out.classes, &bound, "times a year", width, f)
        }
    }
}
