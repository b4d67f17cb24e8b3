//! What is still to come, and how the methods did on the shop's own past.

use super::super::columns::{Column, Columns, Labels, Series, columns};
use super::super::estimates::{Estimate, Estimates, around_zero, estimates};
use super::super::fan::{Expected, Fan, Taken, fan};
use super::super::figure::Figure;
use super::super::lines::{Line, Lines, lines};
use super::super::role::{Dash, Tint};
use super::super::table::{Cell, Table};
use super::super::ticks::{Scale, XTick};
use crate::math::{Day, Unit};
use crate::report::Report;
use crate::report::forecast::{Ahead, Candidate, Forecast, GroupAhead, MoneyBand, Tracking};
use crate::report::prospect::{PathPoint, ProspectAhead};
use crate::words::charts::ChartWords;
use crate::words::forecast::tournament::{ranked, signed};
use crate::words::forecast::{about, candidate, charts as words, range};
use crate::words::format::{Format, NOT_DEFINED};

/// Months of the past that stand beside the expected ones; on a narrow page.
const PAST: usize = 24;
const PAST_NARROW: usize = 12;

/// Groups at most; the table has them all.
const MOST_GROUPS: usize = 15;

/// A figure without anything in it, where nothing can be told.
fn nothing(id: &'static str, width: u32) -> Figure {
    use super::super::figure::Chart;
    Chart { width, height: 1, ..Chart::default() }.framed(id, Default::default(), Table::default())
}

/// Revenue by month: taken, and expected of the customers there are.
pub fn ahead(told: &Forecast, report: &Report, width: u32, f: &dyn Format) -> Figure {
    let Some(next) = &told.ahead else { return nothing("forecast", width) };
    let words = words::ahead(told, next, report, f);
    let most = if width < 640 { PAST_NARROW } else { PAST };
    let past = &report.months[report.months.len().saturating_sub(most)..];
    let first = past.first().or(report.months.last()).map(|month| &month.month);
    let first = first.or(next.months.first().map(|month| &month.month));
    let first_month =
        first.and_then(|month| format!("{month}-01").parse::<Day>().ok()).map_or(0, |day| Unit::Month.of(day));
    let taken = past.iter().map(|month| {
        let mut lines = vec![f.month(&month.month), format!("{} taken", f.money(month.revenue.to_f64()))];
        if !month.complete {
            lines.push("the month is not over".to_owned());
        }
        Taken { value: month.revenue.to_f64(), unfinished: !month.complete, lines }
    });
    let expected = next.months.iter().map(|month| {
        let band = month.revenue;
        let lines = vec![
            f.month(&month.month),
            format!("about {} expected", about(band.value.0, f)),
            format!("{} with 8 chances in 10", range(&band, f)),
        ];
        Expected {
            value: band.value.0,
            outer: (band.low.0, band.high.0),
            inner: (band.inner_low.0, band.inner_high.0),
            lines,
        }
    });
    let chart = fan(
        &Fan {
            taken: taken.collect(),
            expected: expected.collect(),
            first_month,
            month: &|month| f.month(&Unit::Month.label(month)),
            tick: &|value| if value == 0.0 { "0".to_owned() } else { f.money_short(value) },
            together: [
                format!("12 months together: {}", about(next.revenue.value.0, f)),
                format!("8 chances in 10: {}", range(&next.revenue, f)),
            ],
        },
        width,
    );
    let mut table = Table::new(
        "Expected revenue by month",
        &["Month", "Expected", "8 chances in 10, from", "to", "1 chance in 2, from", "to"],
    );
    for month in &next.months {
        let mut row = vec![Cell::named(f.month(&month.month), &month.month)];
        row.extend(band_cells(&month.revenue, f));
        table.push(row);
    }
    let mut row = vec![Cell::name("12 months")];
    row.extend(band_cells(&next.revenue, f));
    table.push(row);
    table.total = true;
    chart.framed("forecast", words, table)
}

fn band_cells(band: &MoneyBand, f: &dyn Format) -> Vec<Cell> {
    let amounts = [band.value, band.low, band.high, band.inner_low, band.inner_high];
    amounts.iter().map(|amount| Cell::number(about(amount.0, f), amount.0)).collect()
}

/// How far each candidate was off on the longest stretch that was hidden.
pub fn tournament(told: &Forecast, _: &Report, width: u32, f: &dyn Format) -> Figure {
    let Some(origin) = told.origins.first() else { return nothing("methods", width) };
    let words = words::tournament(told, origin, f);
    let signed = |error: f64| signed(error, f);
    let scores = ranked(origin);
    let drawn: Vec<Estimate> = scores
        .iter()
        .filter_map(|score| {
            let (name, trade) = candidate(score.candidate);
            let error = score.error?;
            let subject = told.chosen == Some(score.candidate);
            Some(Estimate {
                name: name.to_owned(),
                value: error,
                line: Some((error.min(0.0), error.max(0.0))),
                end: signed(error),
                after: String::new(),
                subject,
                lines: vec![
                    format!("{name}, {trade}"),
                    format!("{} purchases told, {} came", f.number(score.expected, 0), f.integer(origin.purchases)),
                    signed(error),
                ],
            })
        })
        .collect();
    let ends =
        drawn.iter().map(|one| one.value).fold((0.0, 0.0), |(low, high): (f64, f64), x| (low.min(x), high.max(x)));
    let scale = Scale::from_zero(ends.0, ends.1.max(0.05), 4);
    let tick = |value: f64| if value == 0.0 { "exact".to_owned() } else { signed(value) };
    let mut table = Table::new(
        &words.sub,
        &["Method", "In the trade", "Error of the total", "Log score", "RMSE", "MAE", "RMSE a week", "MAE a week"],
    );
    let week = |off: Option<f64>| Cell::perhaps(off.map_or(NOT_DEFINED.to_owned(), |off| f.number(off, 2)), off);
    for score in scores {
        let (name, trade) = candidate(score.candidate);
        let name = if told.chosen == Some(score.candidate) { format!("{name} (chosen)") } else { name.to_owned() };
        table.push(vec![
            Cell::name(name),
            Cell::name(trade),
            Cell::perhaps(score.error.map_or(NOT_DEFINED.to_owned(), signed), score.error),
            Cell::perhaps(score.log_score.map_or("none".to_owned(), |value| f.number(value, 3)), score.log_score),
            Cell::number(f.number(score.rmse, 3), score.rmse),
            Cell::number(f.number(score.mae, 3), score.mae),
            week(score.weekly_rmse),
            week(score.weekly_mae),
        ]);
    }
    let spec = Estimates { rows: &drawn, scale, tick: &tick, reference: None };
    estimates(&spec, width).framed("methods", words, table)
}

/// What the groups of one family will bring.
pub fn groups(told: &Forecast, family: &str, width: u32, f: &dyn Format) -> Figure {
    let Some(Ahead { segments, .. }) = &told.ahead else { return nothing("forecast-segments", width) };
    let mut all: Vec<&GroupAhead> = segments.iter().filter(|group| group.family == family).collect();
    let words = words::groups(told, family, &all, f);
    crate::math::order::sort_by(&mut all, |a, b| b.revenue.value.0.total_cmp(&a.revenue.value.0));
    let drawn: Vec<Estimate> = all
        .iter()
        .take(MOST_GROUPS)
        .map(|group| {
            let name = words::group_name(group);
            let of = f.count(group.customers, "customer");
            Estimate {
                value: group.revenue.value.0,
                line: Some((group.revenue.low.0, group.revenue.high.0)),
                end: about(group.revenue.value.0, f),
                after: range(&group.revenue, f),
                subject: true,
                lines: vec![name.clone(), of, format!("{} of all", f.share(group.share))],
                name,
            }
        })
        .collect();
    let tick = |value: f64| f.money_short(value);
    let heads = ["Segment", "Customers", "Purchases", "Expected", "8 chances in 10, from", "to", "Share"];
    let mut table = Table::new(&words.sub, &with_worth(&heads, &words));
    for group in &all {
        let band = group.revenue;
        let mut row = vec![
            Cell::named(words::group_name(group), &group.name),
            Cell::number(f.integer(group.customers), group.customers),
            Cell::number(f.number(group.purchases, 0), group.purchases),
            Cell::number(about(band.value.0, f), band.value.0),
            Cell::number(about(band.low.0, f), band.low.0),
            Cell::number(about(band.high.0, f), band.high.0),
            Cell::perhaps(f.share(group.share), group.share),
        ];
        row.extend(worth_cells(group, &words, f));
        table.push(row);
    }
    let spec = Estimates { rows: &drawn, scale: around_zero(&drawn, width), tick: &tick, reference: None };
    estimates(&spec, width).framed("forecast-segments", words, table)
}

/// The heads of a table of groups, with those of what they are worth today where that is another amount: where there is a note
/// on it.
fn with_worth<'a>(heads: &[&'a str], words: &ChartWords) -> Vec<&'a str> {
    let more: &[&str] = if words.note.is_some() { &["Worth today", "8 chances in 10, from", "to"] } else { &[] };
    [heads, more].concat()
}

/// The cells under them.
fn worth_cells(group: &GroupAhead, words: &ChartWords, f: &dyn Format) -> Vec<Cell> {
    let told = if words.note.is_some() { 3 } else { 0 };
    band_cells(&group.equity, f).into_iter().take(told).collect()
}

/// What each cohort will bring.
pub fn cohorts(told: &Forecast, report: &Report, width: u32, f: &dyn Format) -> Figure {
    let Some(Ahead { cohorts, .. }) = &told.ahead else { return nothing("forecast-cohorts", width) };
    let unit =
        if cohorts.iter().all(|cohort| cohort.name.len() == 4) { Unit::Year } else { report.settings.cohort_unit };
    let name = |label: &str| f.period(label, unit);
    let words = words::cohorts(told, cohorts, &name, f);
    let column = |cohort: &GroupAhead| Column {
        parts: vec![cohort.revenue.value.0],
        lines: vec![
            name(&cohort.name),
            format!("about {} expected of {}", about(cohort.revenue.value.0, f), f.count(cohort.customers, "customer")),
            format!("{} with 8 chances in 10", range(&cohort.revenue, f)),
        ],
        unfinished: false,
    };
    let every = (cohorts.len() as f64 * 90.0 / f64::from(width)).ceil().max(1.0) as usize;
    let ticks = (0..cohorts.len()).step_by(every);
    let chart = columns(
        &Columns {
            series: vec![Series { name: "Expected".to_owned(), note: None, tint: Tint::Series(1) }],
            columns: cohorts.iter().map(column).collect(),
            x: Labels::Ticks(ticks.map(|at| XTick { at, text: name(&cohorts[at].name), year: false }).collect()),
            x_title: Some("first bought".to_owned()),
            tick: &|value| if value == 0.0 { "0".to_owned() } else { f.money_short(value) },
            counts: false,
            highlight: None,
            fill: 0.7,
        },
        width,
    );
    let heads = ["First bought", "Customers", "Expected", "8 chances in 10, from", "to", "Share"];
    let mut table = Table::new(&words.sub, &with_worth(&heads, &words));
    for cohort in cohorts {
        let band = cohort.revenue;
        let mut row = vec![
            Cell::named(name(&cohort.name), &cohort.name),
            Cell::number(f.integer(cohort.customers), cohort.customers),
            Cell::number(about(band.value.0, f), band.value.0),
            Cell::number(about(band.low.0, f), band.low.0),
            Cell::number(about(band.high.0, f), band.high.0),
            Cell::perhaps(f.share(cohort.share), cohort.share),
        ];
        row.extend(worth_cells(cohort, &words, f));
        table.push(row);
    }
    chart.framed("forecast-cohorts", words, table)
}

/// The hidden stretch by week.
pub fn tracking(told: &Forecast, _: &Report, width: u32, f: &dyn Format) -> Figure {
    tracked(told, false, width, f)
}

/// The hidden stretch, added up week by week.
pub fn tracking_sum(told: &Forecast, _: &Report, width: u32, f: &dyn Format) -> Figure {
    tracked(told, true, width, f)
}

/// Methods beside what came that are drawn; the table has them all.
const MOST_METHODS: usize = 6;

fn tracked(told: &Forecast, cumulative: bool, width: u32, f: &dyn Format) -> Figure {
    let id = if cumulative { "tracking-sum" } else { "tracking" };
    let (Some(tracking), Some(origin)) = (&told.tracking, told.origins.first()) else { return nothing(id, width) };
    let Tracking { weeks, told: methods, .. } = tracking;
    let words = words::tracking(tracking, cumulative, f);
    let shown = |weeks: &mut dyn Iterator<Item = f64>| -> Vec<f64> {
        let mut sum = 0.0;
        let one = |value: f64| {
            sum += value;
            if cumulative { sum } else { value }
        };
        weeks.map(one).collect()
    };
    let came = shown(&mut weeks.iter().map(|week| week.actual as f64));
    // The one that was chosen first, then the best.
    let ranked = ranked(origin).into_iter().map(|score| score.candidate).filter(|other| told.chosen != Some(*other));
    let of = |candidate: Candidate| {
        let told = methods.iter().find(|told| told.candidate == candidate)?;
        Some((candidate, shown(&mut told.expected.iter().copied())))
    };
    let methods: Vec<(Candidate, Vec<f64>)> = told.chosen.into_iter().chain(ranked).filter_map(of).collect();
    let name = |method: Candidate| if told.chosen == Some(method) { "predicted" } else { candidate(method).1 };
    let drawn = &methods[..methods.len().min(MOST_METHODS)];
    let line = |name: &str, tint, dash, values: &[f64], told: bool| Line {
        name: name.to_owned(),
        tint,
        dash,
        end: (cumulative && told).then(|| values.last().map(|last| f.number(*last, 0))).flatten(),
        values: values.iter().copied().map(Some).collect(),
        band: Vec::new(),
    };
    let method = |(place, (method, values)): (usize, &(Candidate, Vec<f64>))| {
        let chosen = told.chosen == Some(*method);
        line(name(*method), Tint::nth(place), if chosen { Dash::Solid } else { Dash::Thin }, values, chosen)
    };
    let mut all: Vec<Line> = drawn.iter().enumerate().rev().map(method).collect();
    all.insert(all.len().saturating_sub(1), line("came", Tint::Rest, Dash::Thick, &came, true));
    let tips = weeks.iter().enumerate().map(|(at, week)| {
        let mut tip = vec![format!("Week from {}", f.day(week.start)), format!("{} came", f.number(came[at], 0))];
        tip.extend(drawn.iter().map(|(method, values)| format!("{} {}", f.number(values[at], 0), name(*method))));
        tip
    });
    let high = drawn.iter().flat_map(|(_, values)| values).chain(&came).copied().fold(1.0, f64::max);
    let every = (weeks.len() as f64 * 100.0 / f64::from(width)).ceil().max(1.0) as usize;
    let x = (0..weeks.len()).step_by(every).map(|at| XTick { at, text: f.day(weeks[at].start), year: false });
    let chart = lines(
        &Lines {
            lines: all,
            count: weeks.len(),
            scale: Scale::from_zero(0.0, high, 4),
            tick: &|value| f.number(value, 0),
            x: x.collect(),
            x_title: None,
            reference: None,
            tips: tips.collect(),
            names_inside: false,
        },
        width,
    );
    let heads: Vec<&str> =
        ["Week from", "Came"].into_iter().chain(methods.iter().map(|(of, _)| candidate(*of).0)).collect();
    let mut table = Table::new(&words.sub, &heads);
    for (at, week) in weeks.iter().enumerate() {
        let mut row =
            vec![Cell::named(f.day(week.start), week.start.to_string()), Cell::number(f.number(came[at], 0), came[at])];
        row.extend(methods.iter().map(|(_, values)| Cell::number(f.number(values[at], 1), values[at])));
        table.push(row);
    }
    chart.framed(id, words, table)
}

/// The chance that a customer is still there, from the first purchase on, with the purchases marked.
pub fn path(ahead: &ProspectAhead, width: u32, f: &dyn Format) -> Figure {
    let words = crate::words::prospect::path(ahead, f);
    let points = &ahead.path;
    let line = |name: &str, tint, dash, values| Line {
        name: name.to_owned(),
        tint,
        dash,
        values,
        band: Vec::new(),
        end: None,
    };
    let bought = |point: &PathPoint| (point.purchases > 0).then_some(point.alive);
    let tips = points.iter().map(|point| {
        let mut lines = vec![f.day(point.day), format!("{} to be there", f.percent(point.alive, 0))];
        if point.purchases > 0 {
            lines.push(f.count(u64::from(point.purchases), "purchase"));
        }
        lines
    });
    let every = (points.len() as f64 * 110.0 / f64::from(width)).ceil().max(1.0) as usize;
    let x = (0..points.len()).step_by(every).map(|at| XTick { at, text: f.day(points[at].day), year: false });
    let chart = lines(
        &Lines {
            lines: vec![
                line(
                    "chance to be there",
                    Tint::Series(1),
                    Dash::Solid,
                    points.iter().map(|point| Some(point.alive)).collect(),
                ),
                line("purchases", Tint::Series(3), Dash::Points, points.iter().map(bought).collect()),
            ],
            count: points.len(),
            scale: Scale::from_zero(0.0, 1.0, 4),
            tick: &|value| if value == 0.0 { "0".to_owned() } else { f.percent(value, 0) },
            x: x.collect(),
            x_title: None,
            reference: None,
            tips: tips.collect(),
            names_inside: false,
        },
        width,
    );
    let mut table = Table::new(&words.sub, &["Day", "Chance to be there", "Purchases since the row before"]);
    for point in points {
        table.push(vec![
            Cell::named(f.day(point.day), point.day.to_string()),
            Cell::number(f.percent(point.alive, 0), point.alive),
            Cell::number(f.integer(u64::from(point.purchases)), point.purchases),
        ]);
    }
    chart.framed("customer-path", words, table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::money::Derived;
    use crate::report::forecast::Band;
    use crate::words::format::Plain;

    fn band(value: f64) -> MoneyBand {
        let [value, low, high] = [value, value * 0.8, value * 1.2].map(Derived);
        MoneyBand { value, low, high, inner_low: low, inner_high: high }
    }

    fn told(discount: f64, margin: Option<f64>) -> Forecast {
        let left = margin.unwrap_or(1.0) * if discount > 0.0 { 0.95 } else { 1.0 };
        let group = |family: &str, name: &str| GroupAhead {
            family: family.to_owned(),
            name: name.to_owned(),
            customers: 12,
            purchases: 30.0,
            revenue: band(1_000.0),
            equity: band(1_000.0).times(left),
            share: Some(1.0),
        };
        let ahead = Ahead {
            purchases: Band::default(),
            revenue: band(1_000.0),
            margin: margin.map(|margin| band(1_000.0).times(margin)),
            equity: band(1_000.0).times(left),
            misfit: [0.0; 2],
            months: Vec::new(),
            season: None,
            segments: vec![group("value", "high")],
            cohorts: vec![group("cohort", "2024")],
            worth: Default::default(),
        };
        Forecast { discount, ahead: Some(ahead), ..Forecast::default() }
    }

    #[test]
    fn what_groups_are_worth_today_stands_in_their_tables_where_it_is_another_amount() {
        let f = Plain::new(Some("EUR"));
        let figures = |discount, margin| {
            let told = told(discount, margin);
            [groups(&told, "value", 800, &f), cohorts(&told, &Report::default(), 800, &f)]
        };
        for Figure { table, note, .. } in figures(0.0, None) {
            assert!(note.is_none() && !table.header.iter().any(|head| head == "Worth today"));
        }
        for (discount, margin, worth) in [(0.1, None, "€950"), (0.0, Some(0.4), "€400"), (0.1, Some(0.4), "€380")]
        {
            for Figure { table, note, .. } in figures(discount, margin) {
                let at = table.header.iter().position(|head| head == "Worth today").unwrap();
                assert_eq!(table.rows[0][at].text, worth);
                assert_eq!(table.rows[0].len(), at + 3, "with both ends of its range");
                assert_eq!(note.unwrap().contains("times your margin"), margin.is_some());
            }
        }
    }
}
