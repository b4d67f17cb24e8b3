//! Revenue over time from new and from returning customers.

use crate::math::{Day, Money, Unit};
use crate::report::Report;
use crate::report::schema::MonthRow;
use crate::text;
use crate::words::charts as words;
use crate::words::facts;
use crate::words::format::Format;

use super::super::columns::{Column, Columns, Labels, Series, columns};
use super::super::figure::Figure;
use super::super::role::Tint;
use super::super::table::{Cell, Table};
use super::super::ticks;

/// Narrowest place of a column, in pixels; where months get less, they are put together.
const NARROWEST: f64 = 4.0;

/// Months put together.
struct Stretch {
    label: String,
    raw: String,
    new: Money,
    returning: Money,
    purchases: u64,
    complete: bool,
}

/// Revenue by month (by quarter or year where there are too many months for the width), stacked: returning customers
/// below, new ones above.
pub fn revenue_by_month(report: &Report, width: u32, f: &dyn Format) -> Figure {
    let room = f64::from(width) * 0.85 / report.months.len().max(1) as f64;
    let (unit, per) = match room {
        r if r >= NARROWEST => (Unit::Month, 1),
        r if r * 3.0 >= NARROWEST => (Unit::Quarter, 3),
        _ => (Unit::Year, 12),
    };
    let mut stretches = together(&report.months, unit, f);
    let (first_is_cut, last_is_cut) = facts::partial_ends(report, unit);
    if let Some(first) = stretches.first_mut() {
        first.complete &= !first_is_cut;
    }
    if let Some(last) = stretches.last_mut() {
        last.complete &= !last_is_cut;
    }
    // The share that the heading tells, and of which months. Where one side brings all of it, its name says enough.
    let told = facts::returning(report).filter(|told| (0.005..0.995).contains(&told.share));
    let note = told.map(|told| {
        let of = if told.first_year.is_some() { "in the last 12 months" } else { "of all" };
        format!("{} {of}", f.percent(told.share, 0))
    });
    let highest = (0..stretches.len()).max_by_key(|&i| (stretches[i].new + stretches[i].returning, usize::MAX - i));
    let highlight = highest.filter(|_| stretches.len() > 2).map(|i| {
        let total = stretches[i].new + stretches[i].returning;
        (i, format!("{} {}", stretches[i].label, f.money(total.to_f64())))
    });
    let first = report.months.first().map_or(0, |month| period_of(&month.month, Unit::Month));
    let first = if per == 1 { first } else { Unit::Month.of(unit.start(unit.of(Unit::Month.start(first)))) };
    let name = |month: i32| f.month(&Unit::Month.label(month));
    let pitch = f64::from(width) * 0.86 / stretches.len().max(1) as f64;
    let chart = columns(
        &Columns {
            series: vec![
                Series { name: "Returning".to_string(), note, tint: Tint::Series(1) },
                Series { name: "New".to_string(), note: None, tint: Tint::Rest },
            ],
            columns: stretches.iter().enumerate().map(|(i, one)| column(one, i + 1 == stretches.len(), f)).collect(),
            x: Labels::Ticks(ticks::months(first, stretches.len(), per, pitch, &name)),
            x_title: None,
            tick: &|value| if value == 0.0 { "0".to_string() } else { f.money_short(value) },
            counts: false,
            highlight,
            fill: 0.72,
        },
        width,
    );
    let words = words::revenue(report, unit, f);
    let mut table = Table::new(&words.sub, &[&text::capital(unit.name()), "Returning", "New", "Together", "Purchases"]);
    let money = |amount: Money| Cell::number(f.money(amount.to_f64()), amount);
    let row = |name: Cell, new: Money, returning: Money, purchases: u64| {
        vec![name, money(returning), money(new), money(new + returning), Cell::number(f.integer(purchases), purchases)]
    };
    for s in &stretches {
        table.push(row(Cell::named(&s.label, &s.raw), s.new, s.returning, s.purchases));
    }
    let sum = |part: fn(&Stretch) -> Money| stretches.iter().map(part).sum::<Money>();
    table.push(row(
        Cell::name("All"),
        sum(|s| s.new),
        sum(|s| s.returning),
        stretches.iter().map(|s| s.purchases).sum(),
    ));
    table.total = true;
    chart.framed("revenue", words, table)
}

fn column(stretch: &Stretch, is_last: bool, f: &dyn Format) -> Column {
    let money = |amount: Money| f.money(amount.to_f64());
    let head = match (stretch.complete, is_last) {
        (true, _) => stretch.label.clone(),
        (false, true) => format!("{}, not over", stretch.label),
        (false, false) => format!("{}, not whole", stretch.label),
    };
    Column {
        parts: vec![stretch.returning.to_f64(), stretch.new.to_f64()],
        lines: vec![
            head,
            format!("Returning {}", money(stretch.returning)),
            format!("New {}", money(stretch.new)),
            format!("Together {}", money(stretch.new + stretch.returning)),
        ],
        unfinished: !stretch.complete,
    }
}

fn period_of(month: &str, unit: Unit) -> i32 {
    let day: Result<Day, _> = format!("{month}-01").parse();
    day.map_or(0, |day| unit.of(day))
}

fn together(months: &[MonthRow], unit: Unit, f: &dyn Format) -> Vec<Stretch> {
    let mut out: Vec<(i32, Stretch)> = Vec::new();
    for month in months {
        let period = period_of(&month.month, unit);
        if out.last().is_none_or(|(last, _)| *last != period) {
            let raw = unit.label(period);
            let label = f.period(&raw, unit);
            let stretch =
                Stretch { label, raw, new: Money::ZERO, returning: Money::ZERO, purchases: 0, complete: true };
            out.push((period, stretch));
        }
        if let Some((_, stretch)) = out.last_mut() {
            stretch.new += month.revenue_new;
            stretch.returning += month.revenue_returning;
            stretch.purchases += month.purchases;
            stretch.complete &= month.complete;
        }
    }
    out.into_iter().map(|(_, stretch)| stretch).collect()
}
