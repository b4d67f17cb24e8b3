//! How the models fit: frequencies, the stretch that was hidden, and what they make of frequency and recency.

use crate::ledger::{Summary, Visits};
use crate::math::Day;
use crate::math::stats::quantile;
use crate::models::members::{self, Member, standing};
use crate::models::shop::histories;
use crate::models::{History, MONTH_DAYS};
use crate::report::checks::{FrequencyRow, HoldoutRow, Matrix};
use crate::report::forecast::Candidate;

/// Repeat purchases from which on customers are put together, as Fader, Hardie and Lee (2005) do.
const MANY: u32 = 7;

/// Customers by repeat purchases. What the models expect is told of each customer from the first purchase on, over the
/// time that they were observed.
pub fn frequency(members: &[Member], summary: &Summary) -> Vec<FrequencyRow> {
    let mut actual = vec![0; MANY as usize + 1];
    let mut ages: Vec<u64> = Vec::new();
    for &c in &summary.buyers {
        let c = c as usize;
        actual[summary.frequency[c].min(MANY) as usize] += 1;
        let age = summary.t[c] as usize;
        if ages.len() <= age {
            ages.resize(age + 1, 0);
        }
        ages[age] += 1;
    }
    let mut expected = vec![0.0; MANY as usize + 1];
    for member in members {
        let model = member.model();
        for (age, &count) in ages.iter().enumerate().filter(|(_, count)| **count > 0) {
            let chances = model.probabilities(&History::default(), age as f64, MANY as usize - 1);
            let rest = 1.0 - chances.iter().sum::<f64>();
            for (sum, chance) in expected.iter_mut().zip(chances.iter().chain([&rest])) {
                *sum += count as f64 * chance / members.len() as f64;
            }
        }
    }
    let rows = actual.into_iter().zip(expected).zip(0..);
    rows.map(|((actual, expected), repeats)| FrequencyRow { repeats, actual, expected }).collect()
}

/// Purchases after a day by how often customers had bought again before it, as they came and as the candidate, fitted to
/// what was known on that day, told them.
pub fn holdout(chosen: Candidate, visits: &Visits, at: Day, end: Day) -> Vec<HoldoutRow> {
    let summary = Summary::of(visits, at);
    let members = members::fitted(chosen, &histories(&summary).with_gaps(visits, at));
    if members.is_empty() {
        return Vec::new();
    }
    let told = standing(&members, &summary, f64::from(end.0 - at.0));
    let mut rows: Vec<HoldoutRow> =
        (0..=MANY).map(|repeats| HoldoutRow { repeats, customers: 0, actual: 0.0, expected: 0.0 }).collect();
    for &c in &summary.buyers {
        let c = c as usize;
        let row = &mut rows[summary.frequency[c].min(MANY) as usize];
        let later =
            visits.of_customer(c).iter().filter(|visit| visit.purchases > 0 && visit.day > at && visit.day <= end);
        row.customers += 1;
        row.actual += later.count() as f64;
        row.expected += told.expected[c];
    }
    rows.retain(|row| row.customers > 0);
    for row in &mut rows {
        row.actual /= row.customers as f64;
        row.expected /= row.customers as f64;
    }
    rows
}

/// What is expected of customers as old as three in four of the shop's are at most, by repeat purchases and by the time
/// since the last one.
pub fn matrix(members: &[Member], summary: &Summary) -> Option<Matrix> {
    const STEPS: u32 = 8;
    const REPEATS: [u32; 8] = [0, 1, 2, 3, 4, 6, 9, 14];
    let mut ages: Vec<f64> = summary.buyers.iter().map(|&c| f64::from(summary.t[c as usize])).collect();
    crate::math::order::sort_by(&mut ages, f64::total_cmp);
    let age = quantile(&ages, 0.75).filter(|age| *age >= f64::from(STEPS))?.floor() as u32;
    let since_days: Vec<u32> = (0..=STEPS).map(|step| age * step / STEPS).collect();
    let models: Vec<_> = members.iter().map(|member| member.model()).collect();
    let mean = |of: &dyn Fn(&dyn crate::models::Model) -> f64| {
        models.iter().map(|model| of(&**model)).sum::<f64>() / models.len() as f64
    };
    let cell = |repeats: u32, since: u32| {
        // Who bought once bought as long ago as the first time; who came back, later than that.
        let can_be = if repeats == 0 { since == age } else { since < age };
        let history = History { frequency: repeats, recency: f64::from(age - since), age: f64::from(age) };
        can_be.then(|| {
            let expected = mean(&|model| model.expected(&history, 12.0 * MONTH_DAYS));
            (expected, mean(&|model| model.alive(&history)))
        })
    };
    let cells: Vec<Vec<Option<(f64, f64)>>> =
        REPEATS.iter().map(|&repeats| since_days.iter().map(|&since| cell(repeats, since)).collect()).collect();
    let pick = |part: fn(&(f64, f64)) -> f64| -> Vec<Vec<Option<f64>>> {
        cells.iter().map(|row| row.iter().map(|cell| cell.as_ref().map(part)).collect()).collect()
    };
    let (expected, alive) = (pick(|cell| cell.0), pick(|cell| cell.1));
    Some(Matrix { age_days: age, since_days, repeats: REPEATS.to_vec(), expected, alive })
}
