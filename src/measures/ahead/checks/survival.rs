//! How those who first bought in a period have lived on, by age.
//!
//! Whoever bought at an age or later was there at it, and that is seen. Of all others the models tell it: one who was silent from
//! the last purchase to the end T was there at an age t between them with the probability P(there at T), over P(there at T
//! of one who was there at t), given the silence. That is what each one's own purchases say; a curve of the whole population would
//! be the same for all cohorts.

use crate::measures::ahead::groups::cohort_unit;
use crate::measures::beside::Beside;
use crate::models::members::history;
use crate::models::outlook::{Outlook, Year};
use crate::models::{Histories, History, MONTH_DAYS, Model};
use crate::report::checks::{CohortSurvival, Survival};

/// Cohorts that are followed, from the oldest to the newest.
const MOST: usize = 6;

/// Fewer customers make no curve, nor do fewer months.
const FEWEST: (f64, u32) = (30.0, 3);

/// Ages at which somebody is looked for, at the most.
const AGES: u32 = 24;

/// The share still there by age, by period of the first purchase, up to the age that all of its customers have reached; nothing
/// where no period has enough customers that are old enough.
pub fn survival(beside: &Beside<'_>, outlook: &Outlook, year: &Year) -> Option<Survival> {
    let summary = &outlook.summary;
    let (unit, from, until) = cohort_unit(beside, summary)?;
    let mut cohorts = vec![Vec::new(); (until - from + 1) as usize];
    for &c in &summary.buyers {
        cohorts[(unit.of(summary.first[c as usize]) - from) as usize].push((history(summary, c as usize), 1.0));
    }
    let able = |(place, all): (usize, Vec<(History, f64)>)| {
        let youngest = all.iter().map(|(history, _)| history.age).fold(f64::INFINITY, f64::min);
        let (rows, months) = (Histories::new(all.into_iter()), libm::floor(youngest / MONTH_DAYS) as u32);
        (rows.customers >= FEWEST.0 && months >= FEWEST.1).then(|| (unit.label(from + place as i32), rows, months))
    };
    let able: Vec<(String, Histories, u32)> = cohorts.into_iter().enumerate().filter_map(able).collect();
    let drawn = able.len().min(MOST);
    let picked = || (0..drawn).map(|k| &able[k * (able.len() - 1) / (drawn - 1).max(1)]);
    let step_months = picked().map(|(_, _, months)| *months).max()?.div_ceil(AGES);
    let models: Vec<Box<dyn Model>> = year.members.iter().map(|member| member.model()).collect();
    let one = |(cohort, rows, months): &(String, Histories, u32)| {
        let ages: Vec<f64> = (0..=months / step_months).map(|k| f64::from(k * step_months) * MONTH_DAYS).collect();
        let [alive, seen] = by_age(rows, &ages, &models);
        CohortSurvival { cohort: cohort.clone(), customers: rows.customers as u64, alive, seen }
    };
    // One age alone is no line.
    let cohorts = picked().filter(|(_, _, months)| *months >= step_months).map(one).collect();
    Some(Survival { step_months, cohorts })
}

/// The mean probability that customers were there at each age, and the share who bought at it or later. Nobody is younger than
/// the last of the ages.
fn by_age(rows: &Histories, ages: &[f64], models: &[Box<dyn Model>]) -> [Vec<f64>; 2] {
    let mut alive = vec![0.0; ages.len()];
    for model in models {
        let now: Vec<f64> = rows.rows.iter().map(|row| model.alive(&row.history)).collect();
        for (&recency, sum) in ages.iter().zip(&mut alive) {
            let silent = |frequency, age| model.stayed(&History { frequency, recency, age });
            let stayed: Vec<f64> = rows.ends.iter().map(|pair| silent(pair.frequency, pair.time)).collect();
            for (row, now) in rows.rows.iter().zip(&now) {
                let was_there = match row.history.recency >= recency {
                    true => 1.0,
                    // Both may be too small for a number: then they are gone for sure.
                    false if stayed[row.end as usize] > 0.0 => (now / stayed[row.end as usize]).min(1.0),
                    false => 0.0,
                };
                *sum += row.customers * was_there;
            }
        }
    }
    let seen = |age: &f64| {
        rows.rows.iter().filter(|row| row.history.recency >= *age).map(|row| row.customers).sum::<f64>()
            / rows.customers
    };
    alive.iter_mut().for_each(|sum| *sum /= rows.customers * models.len() as f64);
    [alive, ages.iter().map(seen).collect()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random::Random;
    use crate::models::Fitted;
    use crate::models::mbg_nbd::MbgNbd;
    use crate::models::pareto_nbd::ParetoNbd;

    const END: f64 = 400.0;

    /// Customers who buy at gamma distributed rates until they leave, as `leaves` tells it: the time after which they are gone
    /// for a rate, or at the purchase that it is asked at. Their histories, and the share who were there at each age.
    fn people(ages: &[f64], mut leaves: impl FnMut(&mut Random) -> (f64, f64)) -> (Histories, Vec<f64>) {
        const PEOPLE: usize = 20_000;
        let mut random = Random::new(5);
        let mut there = vec![0.0; ages.len()];
        let mut all = Vec::new();
        for _ in 0..PEOPLE {
            let rate = random.gamma(0.9, 40.0);
            let (until, chance) = leaves(&mut random);
            let (mut history, mut at) = (History { age: END, ..History::default() }, 0.0);
            let gone = loop {
                if random.uniform() < chance {
                    break at;
                }
                at += random.exponential(rate);
                if at > until.min(END) {
                    break until;
                }
                history.frequency += 1;
                history.recency = at;
            };
            ages.iter().zip(&mut there).for_each(|(age, sum)| *sum += f64::from(gone > *age) / PEOPLE as f64);
            all.push((history, 1.0));
        }
        (Histories::new(all.into_iter()), there)
    }

    #[test]
    fn who_was_there_is_told_as_it_was_whichever_way_people_leave() {
        let ages = [0.0, 50.0, 150.0, 300.0, 400.0];
        let pareto = people(&ages, |random| {
            let rate = random.gamma(0.7, 120.0);
            (random.exponential(rate), 0.0)
        });
        let mbg = people(&ages, |random| {
            let [a, b] = [1.0, 3.0].map(|shape| random.gamma(shape, 1.0));
            (f64::INFINITY, a / (a + b))
        });
        let models: [Box<dyn Model>; 2] =
            [Box::new(ParetoNbd::new(&[0.9, 40.0, 0.7, 120.0])), Box::new(MbgNbd::new(&[0.9, 40.0, 1.0, 3.0]))];
        for (model, (rows, was)) in models.into_iter().zip([pareto, mbg]) {
            let [told, seen] = by_age(&rows, &ages, &[model]);
            for (place, was) in was.iter().enumerate().skip(1) {
                assert!((told[place] - was).abs() < 0.012, "{:?} {}: {}", ages[place], was, told[place]);
                assert!(seen[place] < told[place], "whoever was seen was there");
            }
            assert_eq!((told[0], seen[0]), (1.0, 1.0));
            assert!(told.is_sorted_by(|a, b| a >= b) && seen.is_sorted_by(|a, b| a >= b));
        }
    }
}
