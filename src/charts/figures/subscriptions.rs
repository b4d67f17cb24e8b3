//! Recurring revenue and what moved it, and how long subscribers stay.

use crate::math::{Money, Unit};
use crate::report::Report;
use crate::report::subscriptions::{Lasting, Movement, Subscriptions};
use crate::words::format::{Format, NOT_DEFINED};
use crate::words::subscriptions::{self as said, WATCHED, charts as words};
use crate::words::told::rate;

use super::super::columns::{Column, Columns, Labels, Series, columns};
use super::super::figure::Figure;
use super::super::lines::{Line, Lines, lines};
use super::super::role::{Dash, Tint};
use super::super::table::{Cell, Table};
use super::super::ticks::{self, Scale, XTick};

/// Months that are drawn at most: more would be thinner than a line.
const MOST_DRAWN: usize = 60;

/// The last months, as many as are drawn.
fn drawn(told: &Subscriptions) -> &[Movement] {
    &told.mrr[told.mrr.len().saturating_sub(MOST_DRAWN)..]
}

fn month_name(month: &Movement, f: &dyn Format) -> String {
    month.month.as_deref().map(|month| f.month(month)).unwrap_or_default()
}

fn head(month: &Movement, f: &dyn Format) -> String {
    let name = month_name(month, f);
    if month.complete { name } else { format!("{name}, not over") }
}

fn month_ticks(months: &[Movement], width: u32, f: &dyn Format) -> Vec<XTick> {
    let first = months.first().map_or(0, |month| Unit::Month.of(month.to));
    let pitch = f64::from(width) * 0.86 / months.len().max(1) as f64;
    ticks::months(first, months.len(), 1, pitch, &|month| f.month(&Unit::Month.label(month)))
}

fn money_tick(value: f64, f: &dyn Format) -> String {
    if value == 0.0 { "0".to_owned() } else { f.money_short(value) }
}

/// Recurring revenue on the last evening of each month.
pub fn mrr(told: &Subscriptions, report: &Report, width: u32, f: &dyn Format) -> Figure {
    let months = drawn(told);
    let column = |month: &Movement| Column {
        parts: vec![month.mrr.to_f64()],
        lines: vec![
            head(month, f),
            format!("{} a month", f.money(month.mrr.to_f64())),
            f.count(month.paying.end, "customer"),
            format!("{} each", f.derived(month.arpa)),
        ],
        unfinished: !month.complete,
    };
    let last = months.len().checked_sub(1).filter(|last| *last > 1);
    let chart = columns(
        &Columns {
            series: vec![Series { name: "Every month".to_owned(), note: None, tint: Tint::Series(1) }],
            columns: months.iter().map(column).collect(),
            x: Labels::Ticks(month_ticks(months, width, f)),
            x_title: None,
            tick: &|value| money_tick(value, f),
            counts: false,
            highlight: last.map(|last| (last, f.money(months[last].mrr.to_f64()))),
            fill: 0.72,
        },
        width,
    );
    let words = words::level(told, report, f);
    let names = ["Month", "MRR", "ARR", "Customers", "Each", "Customers lost", "Net retention", "Gross retention"];
    let mut table = Table::new(&words.sub, &names);
    for month in &told.mrr {
        let money = |amount: Money| Cell::number(f.money(amount.to_f64()), amount);
        let share = |value: Option<f64>| Cell::perhaps(rate(value, f), value);
        table.push(vec![
            Cell::named(month_name(month, f), month.month.clone().unwrap_or_default()),
            money(month.mrr),
            money(month.arr),
            Cell::number(f.integer(month.paying.end), month.paying.end),
            Cell::perhaps(f.derived(month.arpa), month.arpa.map(|arpa| arpa.0)),
            share(month.paying.churn),
            share(month.nrr),
            share(month.grr),
        ]);
    }
    chart.framed("mrr", words, table)
}

/// What was won and lost in each month.
pub fn mrr_movements(told: &Subscriptions, report: &Report, width: u32, f: &dyn Format) -> Figure {
    /// Name, tint, whether it takes away, and the amount of a month.
    type Part = (&'static str, Tint, bool, fn(&Movement) -> Money);
    const PARTS: [Part; 5] = [
        ("New", Tint::Series(1), false, |month| month.new),
        ("Came back", Tint::Series(3), false, |month| month.reactivated),
        ("Larger", Tint::Series(2), false, |month| month.expansion),
        ("Smaller", Tint::Rest, true, |month| month.contraction),
        ("Ended", Tint::Negative, true, |month| month.churned),
    ];
    let months = drawn(told);
    let column = |month: &Movement| {
        let part = |(_, _, minus, of): &Part| if *minus { -of(month).to_f64() } else { of(month).to_f64() };
        let line = |(name, _, minus, of): &Part| {
            let amount = f.money(of(month).to_f64());
            (of(month) != Money::ZERO).then(|| format!("{name} {}{amount}", if *minus { "−" } else { "+" }))
        };
        let mut lines = vec![head(month, f)];
        lines.extend(PARTS.iter().filter_map(line));
        lines.push(format!("Then {}", f.money(month.mrr.to_f64())));
        Column { parts: PARTS.iter().map(part).collect(), lines, unfinished: !month.complete }
    };
    let series = |(name, tint, ..): &Part| Series { name: (*name).to_owned(), note: None, tint: *tint };
    let chart = columns(
        &Columns {
            series: PARTS.iter().map(series).collect(),
            columns: months.iter().map(column).collect(),
            x: Labels::Ticks(month_ticks(months, width, f)),
            x_title: None,
            tick: &|value| money_tick(value, f),
            counts: false,
            highlight: None,
            fill: 0.72,
        },
        width,
    );
    let words = words::movements(told, report, f);
    let names =
        ["Month", "At the start", "New", "Came back", "Larger", "Smaller", "Ended", "At the end", "Quick ratio"];
    let mut table = Table::new(&words.sub, &names);
    for month in &told.mrr {
        let money = |amount: Money| Cell::number(f.money(amount.to_f64()), amount);
        let mut row =
            vec![Cell::named(month_name(month, f), month.month.clone().unwrap_or_default()), money(month.mrr_start)];
        row.extend(PARTS.iter().map(|(_, _, minus, of)| money(if *minus { -of(month) } else { of(month) })));
        let ratio = month.quick_ratio.map_or_else(|| NOT_DEFINED.to_owned(), |ratio| f.number(ratio, 1));
        row.extend([money(month.mrr), Cell::perhaps(ratio, month.quick_ratio)]);
        table.push(row);
    }
    chart.framed("mrr-movements", words, table)
}

/// How long subscribers stay, by plan; all together where there are no two plans.
pub fn lasting_by_plan(told: &Subscriptions, report: &Report, width: u32, f: &dyn Format) -> Figure {
    let lifetimes = &told.lifetimes;
    let (chart, table) = match lifetimes.plans.is_empty() {
        true => survival(told, lifetimes.all.as_slice(), &|_| "All".to_owned(), width, f),
        false => survival(told, &lifetimes.plans, &said::plan, width, f),
    };
    chart.framed("lasting-by-plan", words::lasting_by_plan(told, report, f), table)
}

/// How long subscribers stay, by when they first paid.
pub fn lasting_by_cohort(told: &Subscriptions, report: &Report, width: u32, f: &dyn Format) -> Figure {
    let (chart, table) = survival(told, &told.lifetimes.cohorts, &|name| words::cohort(name, f), width, f);
    chart.framed("lasting-by-cohort", words::lasting_by_cohort(told, report, f), table)
}

/// Curves of survival by month, with intervals where there are no more than two, and the table with all of it.
fn survival(
    told: &Subscriptions,
    groups: &[Lasting],
    name: &dyn Fn(&str) -> String,
    width: u32,
    f: &dyn Format,
) -> (super::super::figure::Chart, Table) {
    let shown = |group: &Lasting| group.survival.iter().take_while(|point| point.at_risk >= WATCHED).count().max(1);
    let count = groups.iter().map(shown).max().unwrap_or(1);
    let line = |(at, group): (usize, &Lasting)| {
        let points = || group.survival.iter().take(shown(group));
        let band = |point: &crate::report::subscriptions::SurvivalPoint| point.low.zip(point.high);
        Line {
            name: name(&group.group),
            tint: Tint::nth(at),
            dash: Dash::nth(at, groups.len()),
            values: points().map(|point| Some(point.share)).collect(),
            band: if groups.len() <= 2 { points().map(band).collect() } else { Vec::new() },
            end: points().next_back().map(|point| f.percent(point.share, 0)),
        }
    };
    let tip = |month: usize| {
        let mut lines = vec![if month == 0 { "At the start".to_owned() } else { f.count(month as u64, "month") }];
        for group in groups {
            let Some(point) = group.survival.get(month).filter(|_| month < shown(group)) else { continue };
            let interval = match (point.low, point.high) {
                (Some(low), Some(high)) => format!(" ({} to {})", f.percent(low, 0), f.percent(high, 0)),
                _ => String::new(),
            };
            lines.push(format!("{}: {}{interval}", name(&group.group), f.percent(point.share, 0)));
        }
        lines
    };
    // The subject is drawn last, so that it lies on top: here the largest group.
    let mut drawn: Vec<Line> = groups.iter().enumerate().map(line).collect();
    drawn.reverse();
    let chart = lines(
        &Lines {
            lines: drawn,
            count,
            scale: Scale::for_rates(0.0, 1.0, 5),
            tick: &|value| if value == 0.0 { "0".to_owned() } else { f.percent(value, 0) },
            x: ticks::numbers(0, count, f64::from(width) * 0.8 / count as f64),
            x_title: Some(words::months_there(told).to_owned()),
            reference: None,
            tips: if groups.is_empty() { Vec::new() } else { (0..count).map(tip).collect() },
            names_inside: false,
        },
        width,
    );
    let mut table = Table::new(
        "Estimated share of subscribers still there, with its 95 % interval",
        &["Group", "Months", "Watched", "Still there", "From", "To"],
    );
    for group in groups {
        for point in &group.survival {
            let share = |value: Option<f64>| Cell::perhaps(rate(value, f), value);
            table.push(vec![
                Cell::named(name(&group.group), &group.group),
                Cell::number(point.month.to_string(), point.month),
                Cell::number(f.integer(point.at_risk), point.at_risk),
                share(Some(point.share)),
                share(point.low),
                share(point.high),
            ]);
        }
    }
    (chart, table)
}
