//! Who left, by what was known of them before.
//!
//! The day is the last one before the window in which a purchase makes a customer active at the end: who was active on it
//! and has not bought since is gone, as retention counts it. All measures are those of that day.

use super::{propensity, units};
use crate::ledger::{Visit, Visits};
use crate::math::Day;
use crate::math::order::{self, Keyed};
use crate::math::regression::quality;
use crate::math::stats::Share;
use crate::measures::retention::{Activity, rhythm};
use crate::report::drivers::{Churn, ChurnBy, ChurnGroup, Known};
use crate::settings::ActiveRule;

/// Groups of about equal size, at most.
const GROUPS: usize = 10;

/// Of those who left and of those who stayed there are so many for each group: of ten in a hundred the interval of 95 % is
/// about as wide as from 6 to 17 %, and with fewer a group tells nothing of another.
const EACH: usize = 10;

/// All that is known.
pub(super) const ALL: [Known; 5] =
    [Known::Purchases, Known::Revenue, Known::OrderValue, Known::DaysSince, Known::DaysKnown];

/// Who left, on its way: what is known is counted first, and then the two ways to tell it are tried, step by step.
#[derive(Default)]
pub struct Work {
    counted: Option<Churn>,
    duel: Option<propensity::Work>,
}

impl Work {
    /// The share of the steps that are done, about.
    pub fn share_done(&self) -> f64 {
        let of_duel = self.duel.as_ref().map_or(0.0, propensity::Work::share_done);
        if self.counted.is_some() { 0.1 + 0.9 * of_duel } else { 0.0 }
    }

    /// Does the next step of a history up to an end; all of it after the last one.
    pub fn step(&mut self, history: &Visits, active: ActiveRule, end: Day) -> Option<Churn> {
        if self.counted.is_none() {
            let activity = Activity::new(active, &rhythm(history));
            self.counted = Some(counted(history, activity, end));
            self.duel = propensity::Work::new(history, activity, end);
        } else if !self.duel.as_mut().is_some_and(propensity::Work::step) {
            let duel = self.duel.take().and_then(propensity::Work::finish);
            return self.counted.take().map(|churn| Churn { duel, ..churn });
        }
        None
    }
}

/// Who left, without the two ways to tell it.
fn counted(history: &Visits, activity: Activity, end: Day) -> Churn {
    let day = activity.since(end).plus(-1);
    let mut left = Vec::new();
    let mut known: Vec<Vec<i64>> = vec![Vec::new(); ALL.len()];
    for visits in history.by_customer().filter(|visits| activity.on(day, visits)) {
        let after = |visit: &Visit| visit.day > day && visit.purchases > 0;
        left.push(f64::from(u8::from(!visits.iter().any(after))));
        let before = visits.partition_point(|visit| visit.day <= day);
        known.iter_mut().zip(ALL).for_each(|(values, what)| values.push(value(what, day, &visits[..before])));
    }
    let groups = groups(&left);
    let gone = left.iter().filter(|left| **left > 0.5).count() as u64;
    let mut measures: Vec<ChurnBy> =
        ALL.into_iter().zip(&known).filter_map(|(what, v)| by(what, v, &left, groups)).collect();
    let tells = |by: &ChurnBy| (by.auc - 0.5).abs();
    order::sort_by(&mut measures, |a, b| tells(b).total_cmp(&tells(a)));
    Churn {
        window_days: match activity {
            Activity::Window(days) => Some(days),
            Activity::Month => None,
        },
        all: (!left.is_empty()).then(|| Share::new(gone, left.len() as u64)),
        measures,
        duel: None,
    }
}

/// What was known on a day of a customer with these visits up to it; money in ten-thousandths.
pub(super) fn value(what: Known, day: Day, visits: &[Visit]) -> i64 {
    let purchases = || visits.iter().map(|visit| i64::from(visit.purchases)).sum::<i64>();
    let revenue = || visits.iter().map(|visit| visit.revenue).sum::<i64>();
    let mut bought = visits.iter().filter(|visit| visit.purchases > 0).map(|visit| i64::from(day.0 - visit.day.0));
    match what {
        Known::Purchases => purchases(),
        Known::Revenue => revenue(),
        Known::OrderValue => revenue() / purchases().max(1),
        Known::DaysSince => bought.next_back().unwrap_or_default(),
        Known::DaysKnown => bought.next().unwrap_or_default(),
    }
}

/// How many groups those who left and those who stayed suffice for.
fn groups(left: &[f64]) -> usize {
    let gone = left.iter().filter(|left| **left > 0.5).count();
    (gone.min(left.len() - gone) / EACH).min(GROUPS)
}

/// Churn by a measure, in so many groups; nothing where these are fewer than two, or all have the same of it, or all left, or
/// none did.
fn by(what: Known, values: &[i64], left: &[f64], most: usize) -> Option<ChurnBy> {
    if most < 2 {
        return None;
    }
    let said: Vec<f64> = values.iter().map(|value| *value as f64).collect();
    let auc = quality::auc(&said, left)?;
    let mut keyed: Vec<Keyed> = values.iter().zip(0..).map(|(value, at)| (order::ascending(*value), at)).collect();
    order::sort_keyed(&mut keyed);
    let unit = |at: u32| match what {
        Known::Revenue | Known::OrderValue => units(values[at as usize]),
        _ => said[at as usize],
    };
    let mut groups: Vec<(usize, ChurnGroup)> = Vec::new();
    let mut lower = 0;
    for equal in keyed.chunk_by(|a, b| a.0 == b.0) {
        // Equal values are in one group, that of the first of them.
        let group = most * lower / keyed.len();
        lower += equal.len();
        let gone = equal.iter().filter(|(_, at)| left[*at as usize] > 0.5).count() as u64;
        let value = unit(equal[0].1);
        match groups.last_mut().filter(|(last, _)| *last == group) {
            Some((_, known)) => {
                known.most = value;
                known.left = Share::new(known.left.count + gone, known.left.of + equal.len() as u64);
            }
            None => {
                groups.push((
                    group,
                    ChurnGroup { least: value, most: value, left: Share::new(gone, equal.len() as u64) },
                ));
            }
        }
    }
    let groups: Vec<ChurnGroup> = groups.into_iter().map(|(_, group)| group).collect();
    (groups.len() > 1).then_some(ChurnBy { measure: what, auc, groups })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_are_in_one_group() {
        let values = [1, 1, 1, 1, 1, 1, 2, 2, 3, 9];
        let left = [1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0];
        let found = by(Known::Purchases, &values, &left, 10).unwrap();
        let groups: Vec<_> = found.groups.iter().map(|g| (g.least, g.most, g.left.count, g.left.of)).collect();
        assert_eq!(groups, [(1.0, 1.0, 5, 6), (2.0, 2.0, 1, 2), (3.0, 3.0, 0, 1), (9.0, 9.0, 0, 1)]);
        assert!(found.auc < 0.5, "those who left had fewer");
        assert_eq!(by(Known::Purchases, &[2; 10], &left, 10), None);
        assert_eq!(by(Known::Purchases, &values, &[1.0; 10], 10), None);
    }

    #[test]
    fn a_handful_is_not_divided() {
        let left = |gone: usize, of: usize| (0..of).map(|at| f64::from(u8::from(at < gone))).collect::<Vec<_>>();
        assert_eq!(
            [(2, 4), (19, 400), (20, 40), (55, 200), (950, 2000)].map(|(gone, of)| groups(&left(gone, of))),
            [0, 1, 2, 5, 10]
        );
        let values: Vec<i64> = (0..40).collect();
        assert_eq!(by(Known::Revenue, &values, &left(19, 40), groups(&left(19, 40))), None);
        let two = by(Known::Revenue, &values, &left(20, 40), 2).unwrap().groups;
        assert_eq!(two.iter().map(|group| (group.left.count, group.left.of)).collect::<Vec<_>>(), [(20, 20), (0, 20)]);
    }

    #[test]
    fn tenths_are_cut_where_values_differ() {
        let values: Vec<i64> = (0..1000).collect();
        let left: Vec<f64> = (0..1000).map(|at| f64::from(u8::from(at % 10 < at / 100))).collect();
        let found = by(Known::Revenue, &values, &left, groups(&left)).unwrap();
        let rates: Vec<_> = found.groups.iter().map(|group| (group.left.count, group.left.of)).collect();
        assert_eq!(rates, [0, 10, 20, 30, 40, 50, 60, 70, 80, 90].map(|count| (count, 100)));
        assert_eq!((found.groups[1].least, found.groups[1].most), (0.01, 0.0199));
    }

    #[test]
    fn what_is_known_is_known_on_the_day() {
        let visit = |day, purchases, revenue| Visit { day: Day(day), purchases, revenue };
        let visits = [visit(3, 0, -20_000), visit(5, 2, 70_000), visit(9, 1, 40_000)];
        let of = |what| value(what, Day(10), &visits);
        assert_eq!(ALL.map(of), [3, 90_000, 30_000, 1, 5]);
    }
}
