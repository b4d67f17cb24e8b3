//! The score over time, by columns of the survey and by segments.

use std::collections::BTreeMap;

use super::scores::{FEWEST, Tally};
use super::{Answer, Answers, NOBODY};
use crate::math::stats::Share;
use crate::math::{Unit, order};
use crate::measures::beside::Beside;
use crate::report::feedback::{GroupScore, PeriodScore};
use crate::roles::scale::Scale;
use crate::tables::NO_DAY;

/// The score of each calendar month from the first to the last with an answer; of each quarter where a month has fewer
/// than [`FEWEST`] answers on average.
pub fn over_time(answers: &[Answer], scale: Scale) -> (Unit, Vec<PeriodScore>) {
    let dated = || answers.iter().filter(|answer| answer.day != NO_DAY);
    let (Some(first), Some(last)) = (dated().map(|a| a.day).min(), dated().map(|a| a.day).max()) else {
        return (Unit::Month, Vec::new());
    };
    let months = (Unit::Month.of(last) - Unit::Month.of(first) + 1) as u64;
    let unit = if dated().count() as u64 >= months * FEWEST { Unit::Month } else { Unit::Quarter };
    let (from, to) = (unit.of(first), unit.of(last));
    let mut tallies = vec![Tally::default(); (to - from + 1) as usize];
    dated().for_each(|answer| tallies[(unit.of(answer.day) - from) as usize].add(answer.answer));
    let score =
        |(period, tally): (i32, Tally)| PeriodScore { period: unit.label(period), estimate: tally.estimate(scale) };
    (unit, (from..).zip(tallies).map(score).collect())
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

/// Of the customers with a purchase in the period, those who have answered in it.
pub fn heard<'a>(beside: &Beside<'_>, answers: impl Iterator<Item = &'a Answer>) -> Share {
    let summary = beside.shown.summary;
    let bought = |place: &&u32| summary.purchases[**place as usize] > 0;
    let told = customers(beside, answers);
    Share::new(told.iter().filter(bought).count() as u64, summary.buyers.len() as u64)
}

/// The score by each column of the surveys, in the order of its values, and by each family of segments.
pub fn groups(beside: &Beside<'_>, answers: &Answers<'_>, scale: Scale) -> Vec<GroupScore> {
    let mut groups = by_columns(answers, scale);
    by_segments(beside, answers.on(scale), scale, &mut groups);
    groups
}

fn by_columns(answers: &Answers<'_>, scale: Scale) -> Vec<GroupScore> {
    let mut tallies: BTreeMap<(&str, &str), Tally> = BTreeMap::new();
    let mut rest = answers.on(scale);
    for (survey, side) in (0..).zip(&answers.surveys) {
        let own = rest.partition_point(|answer| answer.survey <= survey);
        let (these, others) = rest.split_at(own);
        rest = others;
        for (_, column) in &side.table.groups {
            // By code first: there are few of them, and a row is not looked up by its text.
            let mut by_code = vec![Tally::default(); column.labels.len()];
            these.iter().for_each(|answer| by_code[column.codes.get(answer.row as usize) as usize].add(answer.answer));
            for (label, tally) in column.labels.iter().zip(&by_code).filter(|(_, tally)| tally.answers() > 0) {
                tallies.entry((&column.name, label)).or_default().merge(tally);
            }
        }
    }
    let group = |((column, label), tally): ((&str, &str), Tally)| GroupScore {
        family: ["survey:", column].concat(),
        name: label.to_owned(),
        estimate: tally.estimate(scale),
        heard: None,
    };
    tallies.into_iter().map(group).collect()
}

fn by_segments(beside: &Beside<'_>, answers: &[Answer], scale: Scale, groups: &mut Vec<GroupScore>) {
    let told = customers(beside, answers.iter());
    let place = |answer: &Answer| (answer.customer != NOBODY).then(|| beside.place(answer.customer)).flatten();
    let places: Vec<Option<usize>> = answers.iter().map(place).collect();
    for family in beside.families {
        let none = family.groups.len();
        let group = |place: usize| usize::from(family.members[place]).min(none);
        let mut tallies = vec![(Tally::default(), 0, 0); none + 1];
        for (answer, place) in answers.iter().zip(&places) {
            if let Some(place) = place {
                tallies[group(*place)].0.add(answer.answer);
            }
        }
        told.iter().for_each(|place| tallies[group(*place as usize)].1 += 1);
        beside.shown.buyers().for_each(|place| tallies[group(place)].2 += 1);
        let score = |(name, (tally, heard, of)): (&String, &(Tally, u64, u64))| GroupScore {
            family: family.name.clone(),
            name: name.clone(),
            estimate: tally.estimate(scale),
            heard: Some(Share::new(*heard, *of)),
        };
        let answered = family.groups.iter().zip(&tallies).filter(|(_, (tally, ..))| tally.answers() > 0);
        groups.extend(answered.map(score));
    }
}
