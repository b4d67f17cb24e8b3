//! How unevenly revenue is spread over customers.

use crate::report::Report;
use crate::words::charts as words;
use crate::words::facts;
use crate::words::format::Format;

use super::super::bars::{Bar, Reach, bars};
use super::super::figure::Figure;
use super::super::lines::{Line, Lines, lines};
use super::super::role::{Dash, Tint};
use super::super::table::{Cell, Table};
use super::super::ticks::{Scale, XTick};

/// What the top 1, 5, 10 and 20 % of customers bring, as bars of all revenue: those that are one customer at least.
pub fn concentration(report: &Report, width: u32, f: &dyn Format) -> Figure {
    let words = words::concentration(report, f);
    let top: Vec<_> = facts::tops(report).filter(|top| top.p <= 0.2).collect();
    let drawn: Vec<Bar> = top
        .iter()
        .map(|top| {
            let share = f.share(top.share);
            Bar {
                name: format!("Top {}", f.percent(top.p, 0)),
                share: top.share.unwrap_or(0.0),
                beside: None,
                end: share.clone(),
                after: (report.totals.customers < 100).then(|| f.count(top.customers, "customer")),
                lines: vec![
                    format!("Top {}: {}", f.percent(top.p, 0), f.count(top.customers, "customer")),
                    format!("{} of revenue", share),
                    f.money(top.revenue.to_f64()),
                ],
            }
        })
        .collect();
    let mut table = Table::new(&words.sub, &["Customers", "How many", "Revenue", "Share"]);
    for top in facts::tops(report) {
        table.push(vec![
            Cell::named(format!("Top {}", f.percent(top.p, 0)), top.p.to_string()),
            Cell::number(f.integer(top.customers), top.customers),
            Cell::number(f.money(top.revenue.to_f64()), top.revenue),
            Cell::perhaps(f.share(top.share), top.share),
        ]);
    }
    bars(&drawn, Reach::Whole, width).framed("concentration", words, table)
}

/// The Lorenz curve (Lorenz 1905) against the diagonal on which all customers would bring the same.
pub fn lorenz(report: &Report, width: u32, f: &dyn Format) -> Figure {
    let words = words::lorenz(report, f);
    let curve = &report.concentration.lorenz;
    let steps = curve.len().saturating_sub(1).max(1);
    let part = |i: usize| i as f64 / steps as f64;
    let tips = curve.iter().enumerate().map(|(i, share)| {
        vec![format!("Smallest {}", f.percent(part(i), 0)), format!("{} of revenue", f.percent(*share, 0))]
    });
    let line = |name: &str, tint, dash, values| Line {
        name: name.to_string(),
        tint,
        dash,
        values,
        band: Vec::new(),
        end: None,
    };
    let low = curve.iter().copied().fold(0.0, f64::min);
    let chart = lines(
        &Lines {
            lines: vec![
                line("all alike", Tint::Rest, Dash::Long, (0..=steps).map(|i| Some(part(i))).collect()),
                line("your customers", Tint::Series(1), Dash::Solid, curve.iter().copied().map(Some).collect()),
            ],
            count: steps + 1,
            scale: Scale::from_zero(low, 1.0, 4),
            tick: &|value| if value == 0.0 { "0".to_string() } else { f.percent(value, 0) },
            x: (0..=steps).step_by(2).map(|i| XTick { at: i, text: f.percent(part(i), 0), year: false }).collect(),
            x_title: Some("of customers, smallest first".to_string()),
            reference: None,
            tips: tips.collect(),
            names_inside: true,
        },
        width,
    );
    let mut table = Table::new(&words.sub, &["Customers, smallest first", "Share of revenue"]);
    for (i, share) in curve.iter().enumerate() {
        table.push(vec![
            Cell::named(f.percent(part(i), 0), part(i).to_string()),
            Cell::number(f.percent(*share, 1), share),
        ]);
    }
    chart.framed("lorenz", words, table)
}
