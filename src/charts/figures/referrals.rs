//! New customers who were brought, beside all others, and how long the chains are.

use crate::math::stats::Share;
use crate::math::{Day, Unit};
use crate::report::Report;
use crate::report::referrals::{Month, Referrals, Step};
use crate::words::format::Format;
use crate::words::referrals::charts as words;

use super::super::bars::{Bar, Reach, bars};
use super::super::columns::{Column, Columns, Labels, Series, columns};
use super::super::figure::Figure;
use super::super::role::Tint;
use super::super::table::{Cell, Table};
use super::super::ticks;

/// New customers by month: those brought below, those who came alone above.
pub fn referred_by_month(told: &Referrals, report: &Report, width: u32, f: &dyn Format) -> Figure {
    let words = words::months(told, report, f);
    let first = told.months.first().and_then(|month| format!("{}-01", month.month).parse::<Day>().ok());
    let first = first.map_or(0, |day| Unit::Month.of(day));
    let pitch = f64::from(width) * 0.86 / told.months.len().max(1) as f64;
    let column = |month: &Month| Column {
        parts: vec![month.brought as f64, (month.new - month.brought) as f64],
        lines: vec![
            f.month(&month.month),
            format!("Brought {}", f.integer(month.brought)),
            format!("Others {}", f.integer(month.new - month.brought)),
        ],
        unfinished: false,
    };
    let name = |month: i32| f.month(&Unit::Month.label(month));
    let chart = columns(
        &Columns {
            series: vec![
                Series { name: "Brought".to_owned(), note: None, tint: Tint::Series(1) },
                Series { name: "Others".to_owned(), note: None, tint: Tint::Rest },
            ],
            columns: told.months.iter().map(column).collect(),
            x: Labels::Ticks(ticks::months(first, told.months.len(), 1, pitch, &name)),
            x_title: None,
            tick: &|value| f.integer(value.max(0.0) as u64),
            counts: true,
            highlight: None,
            fill: 0.72,
        },
        width,
    );
    let mut table = Table::new(&words.sub, &["Month", "Brought", "Others", "New"]);
    let row = |name: Cell, brought: u64, new: u64| {
        let count = |n: u64| Cell::number(f.integer(n), n);
        vec![name, count(brought), count(new - brought), count(new)]
    };
    for month in &told.months {
        table.push(row(Cell::named(f.month(&month.month), &month.month), month.brought, month.new));
    }
    table.push(row(Cell::name("All"), told.new_brought.count, told.new_brought.of));
    table.total = true;
    chart.framed("referred-by-month", words, table)
}

/// How many of those brought come back, beside all others.
pub fn referred_beside_others(told: &Referrals, report: &Report, width: u32, f: &dyn Format) -> Figure {
    let words = words::beside(told, report, f);
    let groups = [("Brought by a customer", &told.brought), ("All others", &told.others)];
    let bar = |name: &str, share: &Share| Bar {
        name: name.to_owned(),
        share: share.rate.unwrap_or_default(),
        beside: None,
        end: f.rate(share),
        after: f.interval(share).map(|interval| format!("({interval})")),
        lines: vec![
            name.to_owned(),
            format!("{} of {} bought at least twice", f.integer(share.count), f.integer(share.of)),
        ],
    };
    let drawn: Vec<Bar> = groups.iter().map(|(name, group)| bar(name, &group.repeat)).collect();
    let chart = bars(&drawn, Reach::Whole, width);
    let mut table =
        Table::new(&words.sub, &["Customers", "All", "At least twice", "Share", "From", "To", "Each brought in"]);
    for (name, group) in groups {
        let share = group.repeat;
        let rate = |rate: Option<f64>| Cell::perhaps(crate::words::told::rate(rate, f), rate);
        table.push(vec![
            Cell::name(name),
            Cell::number(f.integer(share.of), share.of),
            Cell::number(f.integer(share.count), share.count),
            rate(share.rate),
            rate(share.low),
            rate(share.high),
            Cell::perhaps(f.derived(group.each), group.each.map(|each| each.0)),
        ]);
    }
    chart.framed("referred-beside-others", words, table)
}

/// Customers brought, by the steps between them and the first of their chain.
pub fn referral_chains(told: &Referrals, report: &Report, width: u32, f: &dyn Format) -> Figure {
    let words = words::chain(told, report, f);
    let name = |step: &Step| f.count(u64::from(step.steps), "step");
    let all = told.brought.customers.max(1) as f64;
    let bar = |step: &Step| Bar {
        name: name(step),
        share: step.customers as f64 / all,
        beside: None,
        end: f.integer(step.customers),
        after: Some(f.money(step.revenue.to_f64())),
        lines: vec![name(step), f.count(step.customers, "customer")],
    };
    let drawn: Vec<Bar> = told.chain.iter().map(bar).collect();
    let chart = bars(&drawn, Reach::Largest, width);
    let mut table = Table::new(&words.sub, &["Steps", "Customers", "Brought in"]);
    for step in &told.chain {
        table.push(vec![
            Cell::named(name(step), step.steps.to_string()),
            Cell::number(f.integer(step.customers), step.customers),
            Cell::number(f.money(step.revenue.to_f64()), step.revenue),
        ]);
    }
    chart.framed("referral-chains", words, table)
}
