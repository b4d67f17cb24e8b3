//! The score over time, by columns of the survey and by segments, and which customers have answered.

use std::collections::BTreeMap;

use super::scores::{FEWEST, Tally, steady};
use super::{Answer, Answers, NOBODY};
use crate::math::stats::Share;
use crate::math::{Unit, order};
use crate::measures::beside::Beside;
use crate::report::feedback::{Estimate, GroupScore, HeardOf, PeriodScore, Question};
use crate::roles::scale::Scale;
use crate::tables::NO_DAY;

/// Fills in the score of each calendar month from the first to the last with an answer; of each quarter where a month has
/// fewer than [`FEWEST`] answers on average.
pub fn over_time(question: &mut Question, answers: &[Answer], scale: Scale) {
    let dated = || answers.iter().filter(|answer| answer.day != NO_DAY);
    let (Some(first), Some(last)) = (dated().map(|a| a.day).min(), dated().map(|a| a.day).max()) else {
        return;
    };
    let months = (Unit::Month.of(last) - Unit::Month.of(first) + 1) as u64;
    let unit = if dated().count() as u64 >= months * FEWEST { Unit::Month } else { Unit::Quarter };
    let (from, to) = (unit.of(first), unit.of(last));
    let mut tallies = vec![Tally::default(); (to - from + 1) as usize];
    dated().for_each(|answer| tallies[(unit.of(answer.day) - from) as usize].add(answer.answer));
    let score =
        |(period, tally): (i32, Tally)| PeriodScore { period: unit.label(period), estimate: tally.estimate(scale) };
    question.unit = unit;
    question.steady = steady(&tallies, scale);
    question.periods = (from..).zip(tallies).map(score).collect();
}

/// The customers behind answers, as places among the visits shown: each once, ascending.
fn customers<'a>(beside: &Beside<'_>, answers: impl Iterator<Item = &'a Answer>) -> Vec<u32> {
    let known = answers.filter(|answer| answer.customer != NOBODY);
    let mut all: Vec<u32> =
        known.filter_map(|answer| beside.place(answer.customer)).map(|place| place as u32).collect();
    order::sort_by(&mut all, Ord::cmp);
    all.dedup();
    all
}

/// Of the customers with a purchase in the period, those who have answered in it: of all, and of each segment.
pub fn heard<'a>(beside: &Beside<'_>, answers: impl Iterator<Item = &'a Answer>) -> (Share, Vec<HeardOf>) {
    let summary = beside.shown.summary;
    let mut told = customers(beside, answers);
    told.retain(|place| summary.purchases[*place as usize] > 0);
    let mut by = Vec::new();
    for family in beside.families {
        let none = family.groups.len();
        let group = |place: usize| usize::from(family.members[place]).min(none);
        let mut counts = vec![(0, 0); none + 1];
        told.iter().for_each(|place| counts[group(*place as usize)].0 += 1);
        beside.shown.buyers().for_each(|place| counts[group(place)].1 += 1);
        let of = |(name, (heard, of)): (&String, &(u64, u64))| HeardOf {
            family: family.name.clone(),
            name: name.clone(),
            heard: Share::new(*heard, *of),
        };
        by.extend(family.groups.iter().zip(&counts).filter(|(_, (_, of))| *of > 0).map(of));
    }
    (Share::new(told.len() as u64, summary.buyers.len() as u64), by)
}

/// The score by each column of the surveys, in the order of its values, and by each family of segments.
pub fn groups(beside: &Beside<'_>, answers: &Answers<'_>, scale: Scale) -> Vec<GroupScore> {
    let mut groups = Vec::new();
    by_columns(answers, scale, &mut groups);
    by_segments(beside, answers.on(scale), scale, &mut groups);
    groups
}

/// Adds the groups of a family that have answers, each with the score of the others.
fn add(family: &str, of: &[(&str, Tally)], scale: Scale, groups: &mut Vec<GroupScore>) {
    let mut all = Tally::default();
    of.iter().for_each(|(_, tally)| all.merge(tally));
    let others = |tally: &Tally| -> Estimate { all.without(tally).estimate(scale) };
    let score = |(name, tally): &(&str, Tally)| GroupScore {
        family: family.to_owned(),
        name: (*name).to_owned(),
        estimate: tally.estimate(scale),
        others: others(tally),
    };
    groups.extend(of.iter().filter(|(_, tally)| tally.answers() > 0).map(score));
}

fn by_columns(answers: &Answers<'_>, scale: Scale, groups: &mut Vec<GroupScore>) {
    let mut columns: BTreeMap<&str, BTreeMap<&str, Tally>> = BTreeMap::new();
    let mut rest = answers.on(scale);
    for (survey, side) in (0..).zip(&answers.surveys) {
        let own = rest.partition_point(|answer| answer.survey <= survey);
        let (these, others) = rest.split_at(own);
        rest = others;
        for (_, column) in &side.table.groups {
            // By code first: there are few of them, and a row is not looked up by its text.
            let mut by_code = vec![Tally::default(); column.labels.len()];
            these.iter().for_each(|answer| by_code[column.codes.get(answer.row as usize) as usize].add(answer.answer));
            let values = columns.entry(&column.name).or_default();
            column.labels.iter().zip(&by_code).for_each(|(label, tally)| values.entry(label).or_default().merge(tally));
        }
    }
    for (column, values) in columns {
        let of: Vec<(&str, Tally)> = values.into_iter().collect();
        add(&["survey:", column].concat(), &of, scale, groups);
    }
}

fn by_segments(beside: &Beside<'_>, answers: &[Answer], scale: Scale, groups: &mut Vec<GroupScore>) {
    let place = |answer: &Answer| (answer.customer != NOBODY).then(|| beside.place(answer.customer)).flatten();
    let places: Vec<Option<usize>> = answers.iter().map(place).collect();
    for family in beside.families {
        let mut tallies = vec![Tally::default(); family.groups.len()];
        for (answer, place) in answers.iter().zip(&places) {
            // Customers of no group are among no others either.
            if let Some(tally) = place.and_then(|place| tallies.get_mut(usize::from(family.members[place]))) {
                tally.add(answer.answer);
            }
        }
        let of: Vec<(&str, Tally)> = family.groups.iter().map(String::as_str).zip(tallies).collect();
        add(&family.name, &of, scale, groups);
    }
}
