//! What winning customers costs, against what they bring.

use crate::math::Unit;
use crate::report::Report;
use crate::report::costs::{Costs, StretchRow};
use crate::words::costs::charts as words;
use crate::words::costs::{self as said, name};
use crate::words::format::{Format, NOT_DEFINED};

use super::super::bars::{Bar, Reach, bars};
use super::super::figure::Figure;
use super::super::lines::{Line, Lines, lines};
use super::super::role::{Dash, Tint};
use super::super::table::{Cell, Table};
use super::super::ticks::{self, Scale, XTick};
use super::retention::month_ticks;

/// What a customer of each channel is worth, over what winning one costs.
pub fn costs_by_channel(costs: &Costs, report: &Report, width: u32, f: &dyn Format) -> Figure {
    let words = words::channels(costs, report, f);
    let rows = words::shown_channels(costs);
    let most = rows.iter().filter_map(|row| row.worth).map(|worth| worth.0).fold(1e-9, f64::max);
    let narrow = width < 480;
    let drawn: Vec<Bar> = rows
        .iter()
        .map(|row| {
            let cac = row.costs.as_ref().and_then(|costs| costs.cac).map(|cac| cac.0);
            let worth = row.worth.map_or(0.0, |worth| worth.0);
            let cost = cac.map_or_else(|| said::NO_SPEND.to_string(), |cac| f.money(cac));
            Bar {
                name: name(&row.channel),
                share: worth / most,
                beside: cac.map(|cac| cac / most),
                end: f.money(worth),
                after: Some(match (cac, narrow) {
                    (Some(_), false) => format!("· {cost} to win one"),
                    _ => format!("· {cost}"),
                }),
                lines: vec![
                    name(&row.channel),
                    format!("Worth of one: {}", f.money(worth)),
                    format!("Cost to win one: {cost}"),
                    format!("Left over: {}", f.derived(row.crv)),
                    f.count(row.customers, "customer"),
                ],
            }
        })
        .collect();
    let head =
        ["Channel", "Spent", "New customers", "Cost to win one", "Low", "High", "Worth of one", "Left over", "Times"];
    let mut table = Table::new(&words.sub, &head);
    for row in &costs.channels {
        let spent = row.costs.as_ref();
        let amount = |value: Option<f64>| Cell::perhaps(value.map_or(NOT_DEFINED.to_string(), |v| f.money(v)), value);
        let of = |part: fn(&crate::report::costs::Spent) -> Option<crate::math::money::Derived>| {
            amount(spent.and_then(part).map(|amount| amount.0))
        };
        let new = spent.and_then(|spent| spent.new_customers);
        table.push(vec![
            Cell::named(name(&row.channel), &row.channel),
            Cell::perhaps(
                spent.map_or(said::NO_SPEND.to_string(), |spent| f.money(spent.spend.to_f64())),
                spent.map(|spent| spent.spend),
            ),
            Cell::perhaps(new.map_or(NOT_DEFINED.to_string(), |new| f.integer(new)), new),
            of(|spent| spent.cac),
            of(|spent| spent.low),
            of(|spent| spent.high),
            amount(row.worth.map(|worth| worth.0)),
            amount(row.crv.map(|crv| crv.0)),
            Cell::perhaps(row.ltv_cac.map_or(NOT_DEFINED.to_string(), |times| f.number(times, 1)), row.ltv_cac),
        ]);
    }
    bars(&drawn, Reach::Largest, width).framed("costs-channels", words, table)
}

/// The name of a stretch: its month, or its days.
fn stretch_name(row: &StretchRow, f: &dyn Format) -> String {
    let (start, end) = (row.costs.start, row.costs.end);
    match Unit::Month.of(start) == Unit::Month.of(end) {
        true => f.month(&Unit::Month.label(Unit::Month.of(start))),
        false => format!("{} to {}", f.day(start), f.day(end)),
    }
}

/// The cost to win one by stretch of time with its 95 % interval; costs by kind, and payback of the cohort, in the table.
pub fn costs_over_time(costs: &Costs, _report: &Report, width: u32, f: &dyn Format) -> Figure {
    let words = words::stretches(costs, f);
    let rows = &costs.stretches;
    let of = |row: &StretchRow, part: fn(&crate::report::costs::Spent) -> Option<crate::math::money::Derived>| {
        part(&row.costs).map(|amount| amount.0)
    };
    let values: Vec<Option<f64>> = rows.iter().map(|row| of(row, |spent| spent.cac)).collect();
    let band: Vec<Option<(f64, f64)>> =
        rows.iter().map(|row| of(row, |spent| spent.low).zip(of(row, |spent| spent.high))).collect();
    let highest = values.iter().flatten().copied().fold(0.0, f64::max);
    // A month with a handful of customers has a wide interval: the line decides, the interval is cut where it leaves.
    let upper = band.iter().flatten().map(|band| band.1).fold(highest, f64::max).min(highest * 1.6);
    let tips = rows.iter().map(|row| {
        let (cac, beside) = said::cost_to_win(Some(&row.costs), f);
        let new = row.costs.new_customers.unwrap_or_default();
        let mut lines = vec![stretch_name(row, f), format!("{cac} each")];
        lines.extend((!beside.is_empty()).then(|| if new < said::FEW_NEW { beside } else { format!("95%: {beside}") }));
        lines.push(format!("{} for {}", f.money(row.costs.spend.to_f64()), f.count(new, "new customer")));
        lines.push(format!("Paid back: {}", said::paid_back(row.payback_months, row.cumulative.len())));
        lines
    });
    let first = rows.first().map_or(0, |row| Unit::Month.of(row.costs.start));
    let x = match words::months_only(costs) {
        true => month_ticks(first, rows.len(), f64::from(width) * 0.8, &|month| f.month(&Unit::Month.label(month))),
        false => ends(rows, f),
    };
    let line = Line {
        name: "cost to win one".to_string(),
        tint: Tint::Series(1),
        dash: Dash::Solid,
        end: values.iter().flatten().next_back().map(|cac| f.money(*cac)),
        values,
        band,
    };
    let chart = lines(
        &Lines {
            lines: vec![line],
            count: rows.len(),
            scale: Scale::from_zero(0.0, upper, 4),
            tick: &|value| if value == 0.0 { "0".to_string() } else { f.money_short(value) },
            x,
            x_title: None,
            reference: None,
            tips: tips.collect(),
            names_inside: false,
        },
        width,
    );
    let head = [
        "Days",
        "Spent",
        "Marketing",
        "Sales",
        "Overhead",
        "Not said",
        "New customers",
        "Cost to win one",
        "Low",
        "High",
        "Paid back",
    ];
    let mut table = Table::new(&words.sub, &head);
    for row in rows {
        let spent = &row.costs;
        let money = |amount: crate::math::Money| Cell::number(f.money(amount.to_f64()), amount);
        let amount = |value: Option<f64>| Cell::perhaps(value.map_or(NOT_DEFINED.to_string(), |v| f.money(v)), value);
        table.push(vec![
            Cell::named(stretch_name(row, f), format!("{} {}", spent.start, spent.end)),
            money(spent.spend),
            money(spent.kinds.marketing),
            money(spent.kinds.sales),
            money(spent.kinds.overhead),
            money(spent.kinds.not_said),
            Cell::perhaps(spent.new_customers.map_or(NOT_DEFINED.to_string(), |n| f.integer(n)), spent.new_customers),
            amount(spent.cac.map(|cac| cac.0)),
            amount(spent.low.map(|low| low.0)),
            amount(spent.high.map(|high| high.0)),
            Cell::perhaps(said::paid_back(row.payback_months, row.cumulative.len()), row.payback_months),
        ]);
    }
    chart.framed("costs-time", words, table)
}

/// Months of a cohort that the table of the page shows; the file has all.
pub const COHORT_MONTHS: usize = 13;

/// Mean margin so far as a share of what winning one cost, a row a stretch of time, all that there are: name, customers, cost,
/// and one value a month.
pub fn cohort_shares(costs: &Costs, f: &dyn Format) -> Vec<(String, u64, f64, Vec<f64>)> {
    let row = |row: &StretchRow| {
        let (cac, new) = (row.costs.cac?.0, row.costs.new_customers?);
        let shares = row.cumulative.iter().map(|sum| sum.0 / cac).filter(|share| share.is_finite()).collect();
        Some((stretch_name(row, f), new, cac, shares))
    };
    costs.stretches.iter().filter_map(row).collect()
}

/// The same as a table for a file.
pub fn cohort_table(costs: &Costs, f: &dyn Format) -> Table {
    let rows = cohort_shares(costs, f);
    let months = rows.iter().map(|row| row.3.len()).max().unwrap_or(0);
    let mut table =
        Table::new("Earned back, share of the cost to win one", &["won in", "customers", "cost to win one"]);
    table.header.extend((1..=months).map(|month| format!("month {month}")));
    for (name, customers, cac, shares) in rows {
        let mut row = vec![Cell::name(name), Cell::number("", customers), Cell::number("", format!("{cac:.2}"))];
        row.extend((0..months).map(|at| Cell::perhaps("", shares.get(at).map(|share| format!("{share:.4}")))));
        table.push(row);
    }
    table
}

/// Labels of the first and the last stretch.
fn ends(rows: &[StretchRow], f: &dyn Format) -> Vec<XTick> {
    let at = |at: usize| XTick { at, text: f.day(rows[at].costs.start), year: false };
    match rows.len() {
        0 => Vec::new(),
        1 => vec![at(0)],
        n => vec![at(0), at(n - 1)],
    }
}

/// What a customer has brought so far, less the cost to win one, by age and channel.
pub fn costs_payback(costs: &Costs, report: &Report, width: u32, f: &dyn Format) -> Figure {
    let words = words::payback(costs, report, f);
    let rows = words::paying_back(costs);
    let left = |row: &crate::report::costs::ChannelRow| -> Vec<Option<f64>> {
        let cac = row.costs.as_ref().and_then(|costs| costs.cac).map_or(0.0, |cac| cac.0);
        row.payback.iter().map(|point| Some(point.cumulative.0 - cac)).collect()
    };
    let months = rows.iter().map(|row| row.payback.len()).max().unwrap_or(0).min(SHOWN_MONTHS);
    let drawn: Vec<Line> = rows
        .iter()
        .enumerate()
        .map(|(i, row)| Line {
            name: name(&row.channel),
            tint: Tint::nth(i),
            dash: Dash::nth(i, rows.len()),
            values: left(row).into_iter().take(months).collect(),
            band: Vec::new(),
            end: None,
        })
        .collect();
    let all = || drawn.iter().flat_map(|line| line.values.iter().flatten()).copied();
    let scale = Scale::from_zero(all().fold(0.0, f64::min), all().fold(0.0, f64::max), 4);
    let tips = (0..months).map(|at| {
        let head = if at == 0 { "First month".to_string() } else { format!("After {}", f.count(at as u64, "month")) };
        let each =
            drawn.iter().filter_map(|line| Some(format!("{}: {}", line.name, f.money((*line.values.get(at)?)?))));
        std::iter::once(head).chain(each).collect()
    });
    let tips: Vec<Vec<String>> = tips.collect();
    let mut table = Table::new(&words.sub, &["Month"]);
    table.header.extend(drawn.iter().map(|line| line.name.clone()));
    for at in 0..months {
        let mut row = vec![Cell::name(at.to_string())];
        row.extend(drawn.iter().map(|line| {
            let value = line.values.get(at).copied().flatten();
            Cell::perhaps(value.map_or("not lived yet".to_string(), |value| f.money(value)), value)
        }));
        table.push(row);
    }
    let chart = lines(
        &Lines {
            lines: drawn,
            count: months,
            scale,
            tick: &|value| if value == 0.0 { "0".to_string() } else { f.money_short(value) },
            x: ticks::numbers(0, months, f64::from(width) * 0.8 / months.max(1) as f64),
            x_title: Some("months since the first purchase".to_string()),
            reference: Some((0.0, "paid back".to_string())),
            tips,
            names_inside: false,
        },
        width,
    );
    chart.framed("costs-payback", words, table)
}

/// Months of payback that are drawn.
const SHOWN_MONTHS: usize = 25;
