//! What customers say: the score over time and by group, the answers, and who comes back.

use crate::math::Day;
use crate::report::Report;
use crate::report::feedback::{Estimate, Feedback, GroupScore, HeardOf, Question};
use crate::roles::scale::Scale as Answers;
use crate::text;
use crate::words::charts::ChartWords;
use crate::words::feedback::{charts as words, differ, score, told};
use crate::words::format::Format;

use super::super::bars::{Bar, Reach, bars};
use super::super::columns::{Column, Columns, Labels, Series, columns};
use super::super::estimates::{self, Estimates};
use super::super::figure::{Chart, Figure};
use super::super::lines::{Line, Lines, lines};
use super::super::role::{Dash, Tint};
use super::super::table::{Cell, Table};
use super::super::ticks::{self, Scale, XTick};

/// Groups in one picture; more of them would be a list.
const MOST: usize = 14;

/// A chart of the leading question; empty where nothing was answered.
fn of_lead(
    said: &Feedback,
    id: &'static str,
    draw: impl FnOnce(Answers, &Question) -> (Chart, ChartWords, Table),
) -> Figure {
    let (chart, words, table) = match said.leading() {
        Some((scale, question)) => draw(scale, question),
        None => (Chart::default(), ChartWords::default(), Table::default()),
    };
    chart.framed(id, words, table)
}

/// Writes a value of a score on an axis.
fn tick(scale: Answers, value: f64, f: &dyn Format) -> String {
    match scale {
        Answers::Ces => f.number(value, u8::from(value.fract() != 0.0)),
        _ => score(scale, Some(value), 0, f),
    }
}

/// An axis that holds scores and their intervals, within the ends of the scale.
fn axis(scale: Answers, scores: impl Iterator<Item = Estimate> + Clone, wanted: usize) -> Scale {
    let ends = scores.flat_map(|one| [one.score, one.low, one.high]).flatten();
    let (low, high) = (ends.clone().fold(f64::INFINITY, f64::min), ends.fold(f64::NEG_INFINITY, f64::max));
    let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
    match scale {
        Answers::Nps => Scale::from_zero(low, high, wanted),
        Answers::Csat => Scale::for_rates(low, high, wanted),
        // A scale of 1 to 7 has no zero.
        Answers::Ces => Scale { range: 1.0..7.0, ticks: (1..=7).map(f64::from).collect() },
    }
}

fn interval(estimate: &Estimate) -> Option<(f64, f64)> {
    Some((estimate.low?, estimate.high?))
}

fn tip(name: String, scale: Answers, estimate: &Estimate, f: &dyn Format) -> Vec<String> {
    let [value, between, answers] = words::cells(scale, estimate, f);
    let range = estimate.low.map(|_| between);
    [Some(name), Some(value), range, Some(format!("{answers} answers"))].into_iter().flatten().collect()
}

fn cells(scale: Answers, estimate: &Estimate, f: &dyn Format) -> Vec<Cell> {
    let [value, between, answers] = words::cells(scale, estimate, f);
    vec![Cell::perhaps(value, estimate.score), Cell::name(between), Cell::number(answers, estimate.answers)]
}

/// The score over time with its 95 % interval.
pub fn feedback_over_time(said: &Feedback, _: &Report, width: u32, f: &dyn Format) -> Figure {
    of_lead(said, "feedback-over-time", |scale, question| {
        let words = words::over_time(scale, question, said.high_is_easy, f);
        let (unit, periods) = (question.unit, &question.periods);
        let estimates = || periods.iter().map(|one| one.estimate);
        let start = periods.first().and_then(|first| start(&first.period)).map_or(0, |day| unit.of(day));
        let name = |period: i32| f.period(&unit.label(period), unit);
        let count = periods.len();
        let tips = periods.iter().map(|one| tip(f.period(&one.period, unit), scale, &one.estimate, f));
        let line = Line {
            name: String::new(),
            tint: Tint::Series(1),
            dash: Dash::Solid,
            values: estimates().map(|one| one.score).collect(),
            band: estimates().map(|one| interval(&one)).collect(),
            end: periods.last().map(|last| told(scale, &last.estimate, f)),
        };
        let spec = Lines {
            lines: vec![line],
            count,
            scale: axis(scale, estimates(), 4),
            tick: &|value| tick(scale, value, f),
            x: some_ticks(start, count, f64::from(width) * 0.8, &name),
            x_title: None,
            reference: None,
            tips: tips.collect(),
            names_inside: false,
        };
        let mut table = Table::new(&words.sub, &[&text::capital(unit.name()), "Score", "95% interval", "Answers"]);
        for one in periods {
            let mut row = vec![Cell::named(f.period(&one.period, unit), &one.period)];
            row.extend(cells(scale, &one.estimate, f));
            table.push(row);
        }
        (lines(&spec, width), words, table)
    })
}

/// The first day of a period of a month or quarter, from its name in the report.
fn start(period: &str) -> Option<Day> {
    let month = match period.split_once("-Q") {
        Some((year, quarter)) => format!("{year}-{:02}", quarter.parse::<u32>().ok()? * 3 - 2),
        None => period.to_owned(),
    };
    format!("{month}-01").parse().ok()
}

/// Labels below periods, as many as have room, counted back from the last one.
fn some_ticks(first: i32, count: usize, room: f64, name: &dyn Fn(i32) -> String) -> Vec<XTick> {
    let labels = ((room / 110.0).floor() as usize).clamp(2, 7);
    let every = count.saturating_sub(1).div_ceil(labels - 1).max(1);
    let last = count.saturating_sub(1);
    let at = (0..count).filter(|place| (last - place).is_multiple_of(every));
    at.map(|at| XTick { at, text: name(first + at as i32), year: false }).collect()
}

/// The score of each group of a family.
pub fn feedback_by_group(said: &Feedback, family: &str, width: u32, f: &dyn Format) -> Figure {
    of_lead(said, "feedback-by-group", |scale, question| {
        let all: Vec<&GroupScore> = question.groups.iter().filter(|group| group.family == family).collect();
        let words = words::by_group(scale, question, &all, said.high_is_easy, f);
        let whole = question.estimate();
        let mut drawn = all.clone();
        drawn.truncate(MOST);
        let row = |group: &&GroupScore| estimates::Estimate {
            name: words::group(group),
            value: group.estimate.score.unwrap_or_default(),
            line: interval(&group.estimate),
            end: told(scale, &group.estimate, f),
            after: f.count(group.estimate.answers, "answer"),
            subject: differ(&group.estimate, &group.others),
            lines: tip(words::group(group), scale, &group.estimate, f),
        };
        let scores = drawn.iter().map(|group| group.estimate).chain([whole]);
        let rows: Vec<_> = drawn.iter().map(row).collect();
        let spec = Estimates {
            rows: &rows,
            scale: axis(scale, scores, 4),
            tick: &|value| tick(scale, value, f),
            reference: whole.score,
        };
        let head = words::family(family);
        let mut table = Table::new(&words.sub, &[&head, "Score", "95% interval", "Answers", "All others"]);
        for group in &all {
            let mut row = vec![Cell::named(words::group(group), &group.name)];
            row.extend(cells(scale, &group.estimate, f));
            row.push(Cell::perhaps(told(scale, &group.others, f), group.others.score));
            table.push(row);
        }
        (estimates::estimates(&spec, width), words, table)
    })
}

/// The customers of each segment of a family who have answered.
pub fn feedback_heard(said: &Feedback, family: &str, width: u32, f: &dyn Format) -> Figure {
    let all: Vec<&HeardOf> = said.heard_by.iter().filter(|one| one.family == family).collect();
    let words = words::heard(said, &all, f);
    let counts = |one: &HeardOf| format!("{} of {}", f.integer(one.heard.count), f.integer(one.heard.of));
    let between = |one: &HeardOf| f.interval(&one.heard);
    let bar = |one: &&HeardOf| {
        let range = between(one).map(|between| format!("{between}, 95% interval"));
        let (name, rate) = (words::segment(one), f.rate(&one.heard));
        Bar {
            name: name.clone(),
            share: one.heard.rate.unwrap_or_default(),
            beside: None,
            end: rate.clone(),
            after: Some(counts(one)),
            lines: [Some(name), Some(rate), range, Some(counts(one))].into_iter().flatten().collect(),
        }
    };
    let head = words::family(family);
    let mut table =
        Table::new(&words.sub, &[&head, "Have answered", "95% interval", "Customers who have", "Customers"]);
    for one in &all {
        table.push(vec![
            Cell::named(words::segment(one), &one.name),
            Cell::perhaps(f.rate(&one.heard), one.heard.rate),
            Cell::name(between(one).unwrap_or_else(|| "not told".to_owned())),
            Cell::number(f.integer(one.heard.count), one.heard.count),
            Cell::number(f.integer(one.heard.of), one.heard.of),
        ]);
    }
    let rows: Vec<Bar> = all.iter().take(MOST).map(bar).collect();
    bars(&rows, Reach::Whole, width).framed("feedback-heard", words, table)
}

/// How often each answer was given.
pub fn feedback_answers(said: &Feedback, _: &Report, width: u32, f: &dyn Format) -> Figure {
    of_lead(said, "feedback-answers", |scale, question| {
        let words = words::distribution(scale, question, f);
        let (least, _) = scale.bounds();
        let names = words::stances(scale);
        let lean =
            |answer: i64| crate::measures::feedback::scores::lean(scale, answer as u8, said.high_is_easy) as usize;
        let answers = || (least..).zip(&question.distribution);
        let column = |(answer, count): (i64, &u64)| {
            let mut parts = vec![0.0; 3];
            parts[lean(answer)] = *count as f64;
            let share = f.percent(*count as f64 / question.answers.max(1) as f64, 1);
            let lines = vec![answer.to_string(), f.count(*count, "answer"), share, names[lean(answer)].to_owned()];
            Column { parts, lines, unfinished: false }
        };
        let tints = [Tint::Negative, Tint::Rest, Tint::Series(1)];
        let series = names.iter().zip(tints).map(|(name, tint)| Series { name: (*name).to_owned(), note: None, tint });
        let spec = Columns {
            series: series.collect(),
            columns: answers().map(column).collect(),
            x: Labels::Ticks(ticks::numbers(least as usize, question.distribution.len(), f64::from(width) / 12.0)),
            x_title: None,
            tick: &|value| f.integer(value as u64),
            counts: true,
            highlight: None,
            fill: 0.8,
        };
        let mut table = Table::new(&words.sub, &["Answer", "How often", "Share"]);
        for (answer, count) in answers() {
            let share = *count as f64 / question.answers.max(1) as f64;
            table.push(vec![
                Cell::name(answer.to_string()),
                Cell::number(f.integer(*count), count),
                Cell::number(f.percent(share, 1), share),
            ]);
        }
        (columns(&spec, width), words, table)
    })
}

/// Who bought again after an answer.
pub fn feedback_again(said: &Feedback, _: &Report, width: u32, f: &dyn Format) -> Figure {
    of_lead(said, "feedback-again", |scale, _| {
        let words = words::again(said, f);
        let named = || words::stances(scale).into_iter().zip(&said.stances);
        let bar = |(name, stance): (&str, &crate::report::feedback::Stance)| {
            let share = stance.again;
            let between = f.interval(&share).map(|between| format!("{between}, 95% interval"));
            let counts = format!("{} of {}", f.integer(share.count), f.integer(share.of));
            Bar {
                name: name.to_owned(),
                share: share.rate.unwrap_or_default(),
                beside: None,
                end: f.rate(&share),
                after: Some(counts.clone()),
                lines: [Some(name.to_owned()), Some(f.rate(&share)), between, Some(counts)]
                    .into_iter()
                    .flatten()
                    .collect(),
            }
        };
        let rows: Vec<Bar> = named().map(bar).collect();
        let mut table =
            Table::new(&words.sub, &["Answer", "Bought again", "95% interval", "Customers", "Brought in 12 months"]);
        for (name, stance) in named() {
            table.push(vec![
                Cell::name(name),
                Cell::perhaps(f.rate(&stance.again), stance.again.rate),
                Cell::name(f.interval(&stance.again).unwrap_or_else(|| "not told".to_owned())),
                Cell::number(f.integer(stance.customers), stance.customers),
                Cell::number(f.money(stance.revenue.to_f64()), stance.revenue),
            ]);
        }
        (bars(&rows, Reach::Whole, width), words, table)
    })
}
