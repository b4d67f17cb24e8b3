//! The longest stretch of the past that was hidden, week by week: as it came, and as each candidate told it.
//!
//! Whether a customer is there hangs on the whole history, what one who is there will do on frequency and age alone. So the
//! former is added up once over all who share the latter, and a week costs as much as there are pairs of frequency and age.

use super::backtest::Tested;
use super::members::{by_stage, takes};
use super::shop::histories;
use super::{Histories, MOST_STAGES, Model};
use crate::ledger::{Summary, Visits};
use crate::math::Day;
use crate::report::forecast::{Candidate, Told, Tracking, Week};

/// Days of a week.
const WEEK: f64 = 7.0;

/// Follows all candidates of an origin through the whole weeks after it, and notes with their scores by how much they were
/// off in a week. `chosen` is the one that [`Week::expected`] is of.
pub fn track(tested: &mut Tested, chosen: Candidate, visits: &Visits, end: Day) -> Tracking {
    let Tested { origin, members, curve, .. } = tested;
    let summary = Summary::of(visits, origin.at);
    let mut actual = vec![0_u64; (origin.days / 7) as usize];
    for &c in &summary.buyers {
        let bought = visits.of_customer(c as usize).iter().filter(|visit| visit.purchases > 0 && visit.day <= end);
        for visit in bought.filter(|visit| visit.day > origin.at) {
            if let Some(count) = actual.get_mut(((visit.day.0 - origin.at.0 - 1) / 7) as usize) {
                *count += 1;
            }
        }
    }
    let (rows, weeks) = (histories(&summary), actual.len());
    let by_model: Vec<(Candidate, Vec<f64>)> =
        members.iter().map(|member| (member.candidate, of_model(&*member.model(), &rows, weeks))).collect();
    let mut told = Vec::with_capacity(origin.scores.len());
    for score in &mut origin.scores {
        let expected = match score.candidate {
            Candidate::SameRate => {
                let aged = rows.ends.iter().filter(|pair| pair.time > 0.0);
                let rate = aged.map(|pair| pair.customers * f64::from(pair.frequency) / pair.time).sum::<f64>();
                vec![rate * WEEK; weeks]
            }
            Candidate::AgeCurve => by_week(weeks, &|days| {
                rows.ends.iter().map(|pair| pair.customers * curve.between(pair.time, pair.time + days)).sum()
            }),
            candidate => {
                let of: Vec<&Vec<f64>> =
                    by_model.iter().filter(|(model, _)| takes(candidate, *model)).map(|(_, weeks)| weeks).collect();
                (0..weeks).map(|week| of.iter().map(|weeks| weeks[week]).sum::<f64>() / of.len() as f64).collect()
            }
        };
        let mean = |of: &dyn Fn(f64) -> f64| {
            let off = expected.iter().zip(&actual).map(|(expected, actual)| of(expected - *actual as f64));
            (weeks > 0).then(|| off.sum::<f64>() / weeks as f64)
        };
        score.weekly_mae = mean(&f64::abs);
        score.weekly_rmse = mean(&|off| off * off).map(libm::sqrt);
        told.push(Told { candidate: score.candidate, expected });
    }
    let of_chosen = told.iter().find(|told| told.candidate == chosen).map(|told| &told.expected);
    let week = |(place, &actual): (usize, &u64)| Week {
        start: origin.at.plus(1 + 7 * place as i32),
        actual,
        expected: of_chosen.map_or(0.0, |expected| expected[place]),
    };
    Tracking { at: origin.at, weeks: actual.iter().enumerate().map(week).collect(), told }
}

/// What comes in each week, of what comes within so many days.
fn by_week(weeks: usize, within: &dyn Fn(f64) -> f64) -> Vec<f64> {
    let until: Vec<f64> = (0..=weeks).map(|week| within(WEEK * week as f64)).collect();
    until.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

/// Purchase days of all customers in each week, as a model expects them.
fn of_model(model: &dyn Model, rows: &Histories, weeks: usize) -> Vec<f64> {
    let mut there = vec![[0.0; MOST_STAGES]; rows.ends.len()];
    for row in &rows.rows {
        let alive = row.customers * model.alive(&row.history);
        let stages = there[row.end as usize].iter_mut().zip(model.stage_weights(&row.history));
        stages.for_each(|(sum, weight)| *sum += alive * weight);
    }
    by_week(weeks, &|days| {
        let mut sum = 0.0;
        for (pair, there) in rows.ends.iter().zip(&there) {
            let expected =
                by_stage(model, pair.frequency, pair.time, &mut |there| model.expected_if_alive(there, days));
            sum += expected.iter().zip(there).map(|(expected, there)| expected * there).sum::<f64>();
        }
        sum
    })
}
