//! How long subscribers stay: from their first paid day until the first evening without a paid contract (Kaplan and Meier).

use super::{Contract, Contracts};
use crate::math::survival::{Curve, Life, log_rank};
use crate::math::{Day, Unit, order};
use crate::report::subscriptions::{Lasting, Lifetimes, LogRankTest, SurvivalPoint};

/// Groups that are told apart at most.
const MOST_GROUPS: usize = 6;

/// Months that are told at most.
const MOST_MONTHS: u32 = 120;

/// Times are counted in parts of a month, so that whole calendar months and the days beyond them stay in order: a month that
/// has 28 days is as long as one of 31.
pub(super) const PARTS: i32 = 31;

/// A subscriber: how long, with which plan, since when.
pub(super) struct Stay {
    pub(super) life: Life,
    plan: u32,
    since: Day,
}

/// The estimates as of an evening.
pub fn lifetimes(contracts: &Contracts, end: Day) -> Lifetimes {
    let stays: Vec<Stay> = contracts.by_customer().filter_map(|own| stay(own, end)).collect();
    if stays.is_empty() {
        return Lifetimes::default();
    }
    let mut plans: Vec<(String, Vec<Life>)> =
        contracts.plans.iter().map(|plan| (plan.to_string(), Vec::new())).collect();
    stays.iter().for_each(|stay| plans[stay.plan as usize].1.push(stay.life));
    let (cohorts, cohorts_test) = compared(cohorts(&stays));
    Lifetimes { cohorts, cohorts_test, ..of_lives(plans) }
}

/// The estimates of all and by plan, from the subscribers of each plan.
pub(super) fn of_lives(mut plans: Vec<(String, Vec<Life>)>) -> Lifetimes {
    let lives: Vec<Life> = plans.iter().flat_map(|(_, lives)| lives).copied().collect();
    plans.retain(|(_, lives)| !lives.is_empty());
    order::sort_by(&mut plans, |a, b| b.1.len().cmp(&a.1.len()));
    plans.truncate(MOST_GROUPS);
    let (plans, plans_test) = compared(plans.into_iter().map(|(plan, lives)| (plan, Curve::of(&lives))).collect());
    let all = (!lives.is_empty()).then(|| lasting(String::new(), &Curve::of(&lives)));
    Lifetimes { all, plans, plans_test, ..Lifetimes::default() }
}

/// How long a customer has stayed, by the paid contracts that follow each other without a gap from the first on. Nothing
/// for one who has never paid by the end.
pub(super) fn stay(own: &[Contract], end: Day) -> Option<Stay> {
    let mut paid = own.iter().filter(|contract| contract.is_paid() && contract.start <= end);
    let first = paid.next()?;
    let mut until = first.covers;
    for next in paid {
        match until {
            Some(day) if next.start <= day => until = next.covers.map(|covers| covers.max(day)),
            _ => break,
        }
    }
    let left = until.filter(|until| *until <= end);
    let time = parts(first.start, left.unwrap_or(end));
    Some(Stay { life: Life { time, ended: left.is_some() }, plan: first.plan, since: first.start })
}

/// The calendar months between two days, and the days beyond them, in parts of a month.
fn parts(from: Day, to: Day) -> u32 {
    let mut months = Unit::Month.of(to) - Unit::Month.of(from);
    if from.plus_months(months) > to {
        months -= 1;
    }
    (months * PARTS + (to.0 - from.plus_months(months).0).min(PARTS - 1)).max(0) as u32
}

/// Those who came in the last calendar years, or in the last quarters where there are not three years.
fn cohorts(stays: &[Stay]) -> Vec<(String, Curve)> {
    let periods = |unit: Unit| {
        let first = stays.iter().map(|stay| unit.of(stay.since)).min().unwrap_or_default();
        let last = stays.iter().map(|stay| unit.of(stay.since)).max().unwrap_or_default();
        first..=last
    };
    let unit = if periods(Unit::Year).count() >= 3 { Unit::Year } else { Unit::Quarter };
    let of = |period: i32| -> Vec<Life> {
        stays.iter().filter(|stay| unit.of(stay.since) == period).map(|stay| stay.life).collect()
    };
    let told: Vec<(i32, Vec<Life>)> =
        periods(unit).map(|period| (period, of(period))).filter(|(_, lives)| !lives.is_empty()).collect();
    let last = told.len().saturating_sub(MOST_GROUPS);
    told[last..].iter().map(|(period, lives)| (unit.label(*period), Curve::of(lives))).collect()
}

/// Groups beside each other, and whether they differ; none where there are fewer than two.
fn compared(groups: Vec<(String, Curve)>) -> (Vec<Lasting>, Option<LogRankTest>) {
    if groups.len() < 2 {
        return (Vec::new(), None);
    }
    let (names, curves): (Vec<String>, Vec<Curve>) = groups.into_iter().unzip();
    let test =
        log_rank(&curves).map(|test| LogRankTest { chi_square: test.chi_square, degrees: test.degrees, p: test.p });
    (names.into_iter().zip(&curves).map(|(name, curve)| lasting(name, curve)).collect(), test)
}

fn lasting(group: String, curve: &Curve) -> Lasting {
    let point = |month: u32| {
        let (time, point) = (month * PARTS as u32, curve.at(month * PARTS as u32)?);
        let (low, high) = point.interval.unzip();
        Some(SurvivalPoint { month, at_risk: curve.at_risk(time), share: point.survival, low, high })
    };
    let watched = |point: &SurvivalPoint| point.at_risk > 0 || point.month == 0;
    Lasting {
        group,
        subscribers: curve.len(),
        left: curve.ended(),
        median_months: curve.median().map(|time| f64::from(time) / f64::from(PARTS)),
        survival: (0..=MOST_MONTHS).map_while(point).take_while(watched).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{contracts, day};
    use super::*;

    #[test]
    fn months_are_those_of_the_calendar() {
        let of = |from: &str, to: &str| parts(day(from), day(to));
        assert_eq!(of("2024-01-01", "2024-02-01"), 31);
        assert_eq!(of("2024-02-01", "2024-03-01"), 31, "29 days, one month");
        assert_eq!(of("2024-01-31", "2024-02-29"), 31, "the last day of a shorter month");
        assert_eq!(of("2024-01-31", "2024-03-01"), 32);
        assert_eq!(of("2024-01-10", "2024-03-09"), 31 + 28);
        assert_eq!(of("2024-01-10", "2024-01-10"), 0);
        let mut last = 0;
        for days in 0..900 {
            let now = parts(day("2023-01-31"), day("2023-01-31").plus(days));
            assert!(now >= last, "longer is never shorter: {days}");
            last = now;
        }
    }

    #[test]
    fn a_stay_lasts_as_long_as_one_contract_follows_the_other() {
        let stay = |rows: &[(&str, &str, &str, i64, &str)], end: &str| {
            stay(&contracts(rows).list, day(end)).map(|stay| (stay.life.time, stay.life.ended, stay.since))
        };
        let rows = [
            ("a", "2024-01-01", "2024-01-15", 0, ""),
            ("a", "2024-01-15", "2024-03-15", 9, ""),
            ("a", "2024-02-15", "2024-03-01", 9, ""),
            ("a", "2024-03-16", "2024-05-15", 9, ""),
            ("a", "2024-08-01", "", 9, ""),
        ];
        assert_eq!(
            stay(&rows, "2024-12-31"),
            Some((4 * 31, true, day("2024-01-15"))),
            "what comes back later is another stay"
        );
        assert_eq!(stay(&rows, "2024-04-20"), Some((3 * 31 + 5, false, day("2024-01-15"))));
        assert_eq!(stay(&rows, "2024-01-10"), None, "a trial only");
    }

    /// Worked by hand: of three small one leaves after one month and one after two; of three large one after three.
    #[test]
    fn groups_are_told_apart() {
        let own = contracts(&[
            ("a", "2024-01-01", "2024-02-01", 9, "small"),
            ("b", "2024-01-01", "2024-03-01", 9, "small"),
            ("c", "2024-01-01", "", 9, "small"),
            ("d", "2024-01-01", "2024-04-01", 9, "large"),
            ("e", "2024-01-01", "", 9, "large"),
            ("f", "2024-04-01", "", 9, "large"),
            ("g", "2024-04-01", "", 0, "trial"),
        ]);
        let told = lifetimes(&own, day("2024-06-01"));
        let all = told.all.unwrap();
        assert_eq!(
            (all.subscribers, all.left, all.median_months),
            (6, 3, Some(3.0)),
            "5/6 of 4/5 of 2/3 is less than half"
        );
        let shares: Vec<_> =
            told.plans.iter().map(|group| group.survival.iter().map(|p| p.share).collect::<Vec<_>>()).collect();
        assert_eq!(told.plans.iter().map(|group| &*group.group).collect::<Vec<_>>(), ["large", "small"]);
        let third = 2.0 / 3.0 * 0.5;
        assert_eq!(shares[1], [1.0, 2.0 / 3.0, third, third, third, third]);
        assert_eq!(told.plans[1].median_months, Some(2.0));
        assert_eq!((told.plans[0].survival[2].at_risk, told.plans[0].survival[3].at_risk), (3, 2));
        assert!(told.plans_test.unwrap().p > 0.05);
        assert_eq!(told.cohorts.iter().map(|group| &*group.group).collect::<Vec<_>>(), ["2024-Q1", "2024-Q2"]);
        assert_eq!(lifetimes(&own, day("2023-06-01")), Lifetimes::default());
    }
}
