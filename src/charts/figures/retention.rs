//! Who comes back, by age and by month.

use crate::math::stats::Share;
use crate::math::{Day, Unit};
use crate::report::Report;
use crate::text;
use crate::words::charts as words;
use crate::words::facts;
use crate::words::format::{Format, NOT_DEFINED, rate_places};

use super::super::figure::Figure;
use super::super::lines::{Line, Lines, lines};
use super::super::role::{Dash, Tint};
use super::super::table::{Cell, Table};
use super::super::ticks::{self, Scale};

/// Share of customers who buy by age: the newer half of the cohorts against the older; all together with their 95 %
/// interval where there are too few cohorts to divide.
pub fn retention_curves(report: &Report, width: u32, f: &dyn Format) -> Figure {
    let words = words::retention_curves(report, f);
    let unit = report.retention.unit;
    let name = unit.name();
    let halves = facts::halves(report);
    let all: Vec<Share> = report.retention.all.iter().filter(|row| row.age > 0).map(|row| row.active).collect();
    // A handful are a table, and no picture.
    let drawn_of_all = if all.iter().any(|share| share.of >= facts::FEW) { &all[..] } else { &[] };
    let (count, drawn) = match &halves {
        Some(halves) => {
            let line = |name: &str, tint, ages: &[Share]| Line {
                name: name.to_string(),
                tint,
                dash: Dash::Solid,
                values: ages.iter().map(|share| share.rate).collect(),
                band: Vec::new(),
                end: None,
            };
            (
                halves.older.ages.len().max(halves.newer.ages.len()),
                vec![
                    line("older customers", Tint::Rest, &halves.older.ages),
                    line("newer customers", Tint::Series(1), &halves.newer.ages),
                ],
            )
        }
        None => {
            let line = Line {
                name: "all customers".to_string(),
                tint: Tint::Series(1),
                dash: Dash::Solid,
                values: drawn_of_all.iter().map(|share| share.rate).collect(),
                band: drawn_of_all.iter().map(interval).collect(),
                // The title tells of a year at most.
                end: drawn_of_all.last().map(|share| format!("{} {}", f.rate(share), facts::after(unit, all.len(), f))),
            };
            (drawn_of_all.len(), vec![line])
        }
    };
    let highest = drawn.iter().flat_map(|line| line.values.iter().flatten()).copied().fold(0.0, f64::max);
    let upper = drawn.iter().flat_map(|line| line.band.iter().flatten()).map(|band| band.1).fold(highest, f64::max);
    // An early cohort may be few and its interval wide: the line decides, the interval is cut where it leaves.
    let upper = upper.min(highest * 1.6);
    let of = |group: Option<&facts::Group>, i: usize| group.and_then(|group| group.ages.get(i)).copied();
    let (older, newer) = (halves.as_ref().map(|h| &h.older), halves.as_ref().map(|h| &h.newer));
    let tips = (0..count).map(|i| {
        let mut lines = vec![text::capital(&facts::units(i as u64 + 1, unit, f))];
        let said = |who: &str, share: Share| {
            format!("{who} {}: {} of {}", f.rate(&share), f.integer(share.count), f.integer(share.of))
        };
        match &halves {
            Some(_) => {
                lines.extend(of(newer, i).map(|share| said("Newer", share)));
                lines.extend(of(older, i).map(|share| said("Older", share)));
            }
            None => lines.extend(all.get(i).into_iter().flat_map(|share| words::rate_lines(share, f))),
        }
        lines
    });
    let chart = lines(
        &Lines {
            lines: drawn,
            count,
            scale: percent_scale(0.0, upper, 5),
            tick: &|value| percent_tick(value, f),
            x: ticks::numbers(1, count, f64::from(width) * 0.8 / count.max(1) as f64),
            x_title: Some(format!("{name}s after the first purchase")),
            reference: None,
            tips: tips.collect(),
            names_inside: false,
        },
        width,
    );
    let head = text::capital(name);
    let mut table = Table::new(&words.sub, &[&head, "All", "Older", "Newer"]);
    for i in 0..all.len().max(count) {
        let cell = |share: Option<Share>| match share {
            Some(share) => Cell::perhaps(f.rate(&share), share.rate),
            None => Cell::perhaps("not lived yet", None::<f64>),
        };
        table.push(vec![
            Cell::name((i + 1).to_string()),
            cell(all.get(i).copied()),
            cell(of(older, i)),
            cell(of(newer, i)),
        ]);
    }
    if halves.is_none() {
        table.header.truncate(2);
        table.rows.iter_mut().for_each(|row| row.truncate(2));
    }
    chart.framed("retention", words, table)
}

/// Retention month by month with its 95 % interval; churn in the table.
pub fn monthly_retention(report: &Report, width: u32, f: &dyn Format) -> Figure {
    let words = words::monthly_retention(report, f);
    let months = &report.retention.monthly;
    let shares: Vec<Share> = months.iter().map(facts::stayed).collect();
    // What says nothing stays in the table, not in the picture: too few customers, or none that could have gone.
    let judged: Vec<bool> = months.iter().map(|month| facts::is_judged(report, month)).collect();
    let first = judged.iter().position(|&judged| judged).unwrap_or(months.len());
    let drawn = &shares[first..];
    let shown = |i: usize| judged[first + i];
    let values: Vec<Option<f64>> = drawn.iter().enumerate().map(|(i, s)| s.rate.filter(|_| shown(i))).collect();
    let band: Vec<_> = drawn.iter().enumerate().map(|(i, s)| interval(s).filter(|_| shown(i))).collect();
    let low = values.iter().flatten().copied().chain(band.iter().flatten().map(|band| band.0)).fold(1.0, f64::min);
    let high = values.iter().flatten().copied().chain(band.iter().flatten().map(|band| band.1)).fold(0.0, f64::max);
    let scale = if low <= high { percent_scale(low, high, 4) } else { percent_scale(0.0, 1.0, 4) };
    let start = months.get(first).and_then(|month| format!("{}-01", month.month).parse::<Day>().ok());
    let start = start.map_or(0, |day| Unit::Month.of(day));
    let month_name = |month: i32| f.month(&Unit::Month.label(month));
    let tips = months[first..].iter().zip(drawn).map(|(month, share)| {
        let mut lines = vec![f.month(&month.month)];
        match share.of {
            0 => lines.push(NOT_DEFINED.to_string()),
            _ => lines.extend(words::rate_lines(share, f)),
        }
        lines
    });
    // The title tells of several months together; the end of the line is the last one.
    let last = (0..drawn.len()).rev().find(|&i| shown(i));
    let end = last.map(|i| format!("{} in {}", f.rate(&drawn[i]), f.month(&months[first + i].month)));
    let line = Line { name: "retention".to_string(), tint: Tint::Series(1), dash: Dash::Solid, values, band, end };
    let chart = lines(
        &Lines {
            lines: vec![line],
            count: drawn.len(),
            scale,
            tick: &|value| percent_tick(value, f),
            x: month_ticks(start, drawn.len(), f64::from(width) * 0.8, &month_name),
            x_title: None,
            reference: None,
            tips: tips.collect(),
            names_inside: false,
        },
        width,
    );
    let mut table =
        Table::new(&words.sub, &["Month", "At the start", "Stayed", "New or back", "At the end", "Kept", "Lost"]);
    for (month, share) in months.iter().zip(&shares) {
        let places = rate_places(share.of);
        let rate =
            |rate: Option<f64>| Cell::perhaps(rate.map_or(NOT_DEFINED.to_string(), |r| f.percent(r, places)), rate);
        let count = |n: u64| Cell::number(f.integer(n), n);
        table.push(vec![
            Cell::named(f.month(&month.month), &month.month),
            count(month.start),
            count(share.count),
            count(month.new),
            count(month.end),
            rate(month.crr),
            rate(month.churn),
        ]);
    }
    chart.framed("monthly-retention", words, table)
}

fn interval(share: &Share) -> Option<(f64, f64)> {
    Some((share.low?, share.high?))
}

fn percent_scale(low: f64, high: f64, wanted: usize) -> Scale {
    Scale::for_rates(low, high.max(0.01), wanted)
}

fn percent_tick(value: f64, f: &dyn Format) -> String {
    let whole = (value * 100.0 - (value * 100.0).round()).abs() < 1e-6;
    if value == 0.0 { "0".to_string() } else { f.percent(value, u8::from(!whole)) }
}

/// Labels below points that are months: every month, quarter, half-year or year, as there is room.
pub(super) fn month_ticks(first: i32, count: usize, room: f64, name: &dyn Fn(i32) -> String) -> Vec<ticks::XTick> {
    let labels = ((room / 84.0).floor() as usize).clamp(2, 7);
    let every = count.saturating_sub(1).div_ceil(labels - 1).max(1);
    let every = [1, 2, 3, 6, 12, 24, 36, 60, 120].into_iter().find(|&n| n >= every).unwrap_or(every);
    // Counted back from the last month, which is the one that people look for.
    let last = count.saturating_sub(1);
    let mut at: Vec<usize> = (0..count).filter(|i| (last - i).is_multiple_of(every)).collect();
    at.truncate(labels.max(count.div_ceil(every)));
    at.into_iter().map(|at| ticks::XTick { at, text: name(first + at as i32), year: false }).collect()
}
