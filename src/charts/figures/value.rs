//! What customers have brought, and when they have paid back what winning them cost.

use crate::report::Report;
use crate::report::schema::Bin;
use crate::text;
use crate::words::charts as words;
use crate::words::format::{Format, NOT_DEFINED};

use super::super::columns::{Column, Columns, Labels, Series, columns};
use super::super::figure::Figure;
use super::super::lines::{Line, Lines, lines};
use super::super::role::{Dash, Tint};
use super::super::table::{Cell, Table};
use super::super::ticks::{self, Scale};

/// A class of amounts in words: `€25 to €50`.
fn class(bin: &Bin, f: &dyn Format) -> String {
    let money = |amount: crate::math::Money| f.money_short(amount.to_f64());
    match (bin.from, bin.to) {
        (Some(from), Some(to)) => format!("{} to {}", money(from), money(to)),
        (Some(from), None) => format!("{} and more", money(from)),
        (None, Some(to)) => format!("below {}", money(to)),
        (None, None) => "all".to_string(),
    }
}

/// Customers by revenue so far.
pub fn value_distribution(report: &Report, width: u32, f: &dyn Format) -> Figure {
    let words = words::value_distribution(report, f);
    let bins = &report.value.distribution;
    let customers: u64 = bins.iter().map(|bin| bin.customers).sum();
    let share = |bin: &Bin| (customers > 0).then(|| bin.customers as f64 / customers as f64);
    // Bounds stand between the columns; a last class without an upper bound says so at its lower one: `€275+`.
    let bound = |bin: &Bin| match (bin.from, bin.to) {
        (Some(from), Some(_)) => f.money_short(from.to_f64()),
        (Some(from), None) => format!("{}+", f.money_short(from.to_f64())),
        (None, _) => String::new(),
    };
    let mut edges: Vec<String> = bins.iter().map(bound).collect();
    edges.push(bins.last().and_then(|bin| bin.to).map_or_else(String::new, |to| f.money_short(to.to_f64())));
    let most = (0..bins.len()).max_by_key(|&i| (bins[i].customers, usize::MAX - i));
    let chart = columns(
        &Columns {
            series: vec![Series { name: "Customers".to_string(), note: None, tint: Tint::Series(1) }],
            columns: bins
                .iter()
                .map(|bin| Column {
                    parts: vec![bin.customers as f64],
                    lines: vec![
                        text::capital(&class(bin, f)),
                        format!("{}, {}", f.count(bin.customers, "customer"), f.share(share(bin))),
                        format!("{} together", f.money(bin.revenue.to_f64())),
                    ],
                    unfinished: false,
                })
                .collect(),
            x: Labels::Edges(edges),
            x_title: Some("revenue so far, each customer".to_string()),
            tick: &|value| f.integer(value as u64),
            counts: true,
            highlight: most.map(|i| (i, f.count(bins[i].customers, "customer"))),
            fill: 0.94,
        },
        width,
    );
    let mut table = Table::new(&words.sub, &["Revenue so far", "Customers", "Share", "Revenue"]);
    for bin in bins {
        table.push(vec![
            Cell::name(class(bin, f)),
            Cell::number(f.integer(bin.customers), bin.customers),
            Cell::perhaps(f.share(share(bin)), share(bin)),
            Cell::number(f.money(bin.revenue.to_f64()), bin.revenue),
        ]);
    }
    chart.framed("value", words, table)
}

/// Cumulative margin (revenue where no margin is set) per customer by age, against the cost of winning one.
pub fn payback(report: &Report, width: u32, f: &dyn Format) -> Figure {
    let words = words::payback(report, f);
    let points = &report.value.payback;
    let cac = report.totals.cac.map(|cac| cac.0);
    let months = points.iter().map(|point| point.month as usize + 1).max().unwrap_or(0);
    let mut values = vec![None; months];
    let mut tips = vec![Vec::new(); months];
    for point in points {
        let at = point.month as usize;
        values[at] = Some(point.cumulative.0);
        tips[at] = vec![
            if at == 0 { "First month".to_string() } else { format!("After {}", f.count(at as u64, "month")) },
            format!("{} each", f.money(point.cumulative.0)),
            format!("{} observed that long", f.count(point.customers, "customer")),
        ];
    }
    let all = || values.iter().flatten().copied().chain(cac);
    let scale = Scale::from_zero(all().fold(0.0, f64::min), all().fold(0.0, f64::max), 4);
    let line = Line {
        name: "brought so far".to_string(),
        tint: Tint::Series(1),
        dash: Dash::Solid,
        end: points.last().map(|point| f.money(point.cumulative.0)),
        values,
        band: Vec::new(),
    };
    let chart = lines(
        &Lines {
            lines: vec![line],
            count: months,
            scale,
            tick: &|value| if value == 0.0 { "0".to_string() } else { f.money_short(value) },
            x: ticks::numbers(0, months, f64::from(width) * 0.8 / months.max(1) as f64),
            x_title: Some("months since the first purchase".to_string()),
            reference: cac.map(|cac| (cac, format!("cost to win one {}", f.money(cac)))),
            tips,
            names_inside: false,
        },
        width,
    );
    let what = if report.settings.margin.is_some() { "Margin so far" } else { "Revenue so far" };
    let mut table = Table::new(&words.sub, &["Month", what, "Customers", "After the cost to win one"]);
    for point in points {
        let left = cac.map(|cac| point.cumulative.0 - cac);
        table.push(vec![
            Cell::name(point.month.to_string()),
            Cell::number(f.money(point.cumulative.0), point.cumulative.0),
            Cell::number(f.integer(point.customers), point.customers),
            Cell::perhaps(left.map_or_else(|| NOT_DEFINED.to_string(), |left| f.money(left)), left),
        ]);
    }
    chart.framed("payback", words, table)
}
