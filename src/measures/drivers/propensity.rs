//! Two ways to tell who will leave, held against each other on the same past.
//!
//! The day is that of [`churn`](super::churn): the last one before the window in which a purchase makes a customer active
//! at the end. Of everybody active on it, each way says how likely no purchase follows within the window.
//!
//! | way | what it knows |
//! | --- | --- |
//! | propensity | a logistic regression on what [`churn`](super::churn) knows of a customer (logarithms of 1 + value), fitted one window earlier: to who was active then, and whether they bought until the day |
//! | models | P(no purchase within the window) by the mean of BG/NBD, MBG/NBD and Pareto/NBD, fitted to all purchases up to the day |
//!
//! So neither knows what it is judged by. Both are scored by the mean square of what was off (Brier 1950) and by the AUC;
//! P(alive) alone, which is no probability of buying, by the AUC only. One is better where the 95 % interval of the mean
//! difference of the squares, customer by customer, does not hold zero; of the propensity and P(alive) where that of the
//! difference of their AUCs does not ([`quality::Area::between`]).

use rustc_hash::FxHashMap;

use super::churn::{ALL, value};
use crate::ledger::{Summary, Visits};
use crate::math::Day;
use crate::math::money::SCALE;
use crate::math::regression::logistic::logistic;
use crate::math::regression::{Design, quality};
use crate::measures::retention::Activity;
use crate::models::members::{Member, fit, history, made_of};
use crate::models::shop::{are_too_few, histories};
use crate::models::{Histories, Model};
use crate::report::drivers::{Duel, Known, Scored, Way};
use crate::report::forecast::Candidate;

/// Customers of the rarer kind that a fit and a comparison take.
const FEWEST: usize = 30;

/// Normal quantile of a 95 % interval.
const WIDE: f64 = 1.96;

/// Customers of whom the models tell in one step.
const AT_ONCE: usize = 4096;

/// The comparison on its way, in steps that each take a small part of the time.
pub struct Work {
    day: Day,
    window: u32,
    fitted_to: u64,
    now: Active,
    /// What the propensity says of those active now.
    said: Vec<f64>,
    summary: Summary,
    days: Histories,
    /// The models that are still to be fitted, the next one last, and those that are.
    left: Vec<Candidate>,
    members: Vec<Member>,
    models: Vec<Box<dyn Model>>,
    /// Who has the same history is told the same, and what the models tell takes long.
    told: FxHashMap<[u64; 3], (f64, f64)>,
    /// What they say of those active now, as far as they were asked: P(no purchase), P(not alive).
    silent: Vec<f64>,
    gone: Vec<f64>,
}

impl Work {
    /// The propensity, fitted and asked; nothing where activity goes by calendar months, or too few left or stayed.
    pub fn new(visits: &Visits, activity: Activity, end: Day) -> Option<Work> {
        let Activity::Window(window) = activity else { return None };
        let day = activity.since(end).plus(-1);
        let earlier = activity.since(day).plus(-1);
        let (then, now) = (Active::on(visits, activity, earlier, day), Active::on(visits, activity, day, end));
        if then.rarer() < FEWEST || now.rarer() < FEWEST {
            return None;
        }
        let propensity = then.propensity()?;
        let said = (0..now.left.len()).map(|at| propensity.of(&now.columns, at)).collect();
        let summary = Summary::of(visits, day);
        let days = histories(&summary);
        if are_too_few(days.customers, days.repeaters()) {
            return None;
        }
        let mut left: Vec<Candidate> = made_of(Candidate::Mean).collect();
        left.reverse();
        Some(Work {
            day,
            window,
            fitted_to: then.left.len() as u64,
            now,
            said,
            summary,
            days,
            left,
            members: Vec::new(),
            models: Vec::new(),
            told: FxHashMap::default(),
            silent: Vec::new(),
            gone: Vec::new(),
        })
    }

    /// The share of the steps that are done, about: half of the time goes into fits.
    pub fn share_done(&self) -> f64 {
        let all = made_of(Candidate::Mean).count();
        let fitted = (all - self.left.len()) as f64 / all as f64;
        0.5 * fitted + 0.5 * self.silent.len() as f64 / self.now.places.len() as f64
    }

    /// Does the next step; whether there is another one.
    pub fn step(&mut self) -> bool {
        if let Some(model) = self.left.pop() {
            self.members.extend(fit(model, &self.days));
            if self.left.is_empty() {
                self.models = self.members.iter().map(Member::model).collect();
                self.days = Histories::default();
            }
            return !(self.left.is_empty() && self.models.is_empty());
        }
        let from = self.silent.len();
        let until = self.now.places.len().min(from + AT_ONCE);
        let (models, horizon) = (&self.models, f64::from(self.window));
        let mean =
            |of: &dyn Fn(&dyn Model) -> f64| models.iter().map(|model| of(&**model)).sum::<f64>() / models.len() as f64;
        for &c in &self.now.places[from..until] {
            let own = history(&self.summary, c);
            let key = [own.frequency.into(), own.recency.to_bits(), own.age.to_bits()];
            let (silent, gone) = *self.told.entry(key).or_insert_with(|| {
                (mean(&|model| model.probabilities(&own, horizon, 0)[0]), mean(&|model| 1.0 - model.alive(&own)))
            });
            self.silent.push(silent);
            self.gone.push(gone);
        }
        until < self.now.places.len()
    }

    /// The comparison, after the last step; nothing where no model could be fitted.
    pub fn finish(self) -> Option<Duel> {
        let Work { day, window, fitted_to, now, said, models, silent, gone, .. } = self;
        if models.is_empty() {
            return None;
        }
        let square = |said: f64, left: f64| (said - left) * (said - left);
        let differences: Vec<f64> =
            (0..said.len()).map(|at| square(said[at], now.left[at]) - square(silent[at], now.left[at])).collect();
        let n = differences.len() as f64;
        let difference = differences.iter().sum::<f64>() / n;
        let variance = differences.iter().map(|d| square(*d, difference)).sum::<f64>() / (n - 1.0);
        let half = WIDE * libm::sqrt(variance / n);
        let scored = |said: &[f64]| {
            Some(Scored { auc: quality::auc(said, &now.left)?, brier: quality::brier(said, &now.left)? })
        };
        let auc_difference = quality::Area::between(&said, &gone, &now.left)?;
        Some(Duel {
            day,
            window_days: window,
            customers: now.left.len() as u64,
            left: now.left.iter().filter(|left| **left > 0.5).count() as u64,
            fitted_to,
            propensity: scored(&said)?,
            models: scored(&silent)?,
            alive_auc: quality::auc(&gone, &now.left)?,
            auc_difference,
            auc_better: auc_difference.beyond(0.0).map(|more| if more { Way::Propensity } else { Way::Alive }),
            difference,
            low: difference - half,
            high: difference + half,
            better: match () {
                () if difference + half < 0.0 => Some(Way::Propensity),
                () if difference - half > 0.0 => Some(Way::Models),
                () => None,
            },
        })
    }
}

/// Who was active on a day, and whether they bought until a later one.
struct Active {
    /// Places among the visits.
    places: Vec<usize>,
    /// 1 for those who did not buy, else 0.
    left: Vec<f64>,
    /// What was known of them on the day, a column a measure.
    columns: Vec<Vec<f64>>,
}

impl Active {
    fn on(visits: &Visits, activity: Activity, day: Day, until: Day) -> Active {
        let mut found = Active { places: Vec::new(), left: Vec::new(), columns: vec![Vec::new(); ALL.len()] };
        for (place, own) in visits.by_customer().enumerate().filter(|(_, own)| activity.on(day, own)) {
            let bought = own.iter().any(|visit| visit.purchases > 0 && visit.day > day && visit.day <= until);
            let before = &own[..own.partition_point(|visit| visit.day <= day)];
            found.places.push(place);
            found.left.push(f64::from(u8::from(!bought)));
            for (column, what) in found.columns.iter_mut().zip(ALL) {
                let unit = if matches!(what, Known::Revenue | Known::OrderValue) { SCALE as f64 } else { 1.0 };
                column.push(libm::log1p((value(what, day, before) as f64 / unit).max(0.0)));
            }
        }
        found
    }

    /// Customers of the rarer kind.
    fn rarer(&self) -> usize {
        let left = self.left.iter().filter(|left| **left > 0.5).count();
        left.min(self.left.len() - left)
    }

    fn propensity(&self) -> Option<Propensity> {
        let fit = logistic(&Design::new(&self.columns), &self.left).ok()?;
        Some(Propensity { coefficients: fit.coefficients })
    }
}

/// A regression of leaving.
struct Propensity {
    /// The constant first.
    coefficients: Vec<f64>,
}

impl Propensity {
    /// How likely a row of columns leaves.
    fn of(&self, columns: &[Vec<f64>], at: usize) -> f64 {
        let rest = self.coefficients[1..].iter().zip(columns).map(|(coefficient, column)| coefficient * column[at]);
        1.0 / (1.0 + libm::exp(-(self.coefficients[0] + rest.sum::<f64>())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random::Random;
    use crate::measures::tests::Whole;

    fn duel(visits: &Visits, activity: Activity, end: Day) -> Option<Duel> {
        let mut work = Work::new(visits, activity, end)?;
        let mut share = -1.0;
        while work.step() {
            assert!(work.share_done() > share && work.share_done() < 1.0);
            share = work.share_done();
        }
        work.finish()
    }

    /// Customers who buy at rates of their own until they drop out; those who spend much leave late where `told` says so.
    fn shop(told: bool) -> Whole {
        let mut random = Random::new(17);
        let mut rows: Vec<(String, String, i64)> = Vec::new();
        for customer in 0..1200 {
            let first = 19_000.0 + f64::from(random.below(950));
            let rate = 0.01 + 0.03 * random.uniform();
            let faithful = customer % 2 == 0;
            let life = random.exponential(if told && faithful { 1.0 / 4000.0 } else { 1.0 / 200.0 });
            let mut day = first;
            while day < 20_000.0 && day <= first + life {
                let amount = if faithful { 90 } else { 20 } + i64::from(random.below(10));
                rows.push((format!("c{customer:04}"), Day(day as i32).to_string(), amount));
                day += 1.0 + random.exponential(rate);
            }
        }
        let rows: Vec<(&str, &str, i64)> = rows.iter().map(|(who, day, n)| (&**who, &**day, *n)).collect();
        Whole::rows(&rows)
    }

    #[test]
    fn what_only_the_amount_tells_is_seen_by_the_propensity_alone() {
        let whole = shop(true);
        let told = duel(whole.shown().visits, Activity::Window(120), whole.shown().end).unwrap();
        assert_eq!(told.better, Some(Way::Propensity), "{told:?}");
        assert!(told.propensity.auc > told.models.auc && told.propensity.brier < told.models.brier, "{told:?}");
        assert!((told.propensity.brier - told.models.brier - told.difference).abs() < 1e-12);
        assert_eq!(told.auc_better, Some(Way::Propensity), "{told:?}");
        assert!((told.propensity.auc - told.alive_auc - told.auc_difference.value).abs() < 1e-12, "{told:?}");
        assert!(told.left > 30 && told.customers - told.left > 30 && told.fitted_to > 60);
    }

    #[test]
    fn where_purchases_say_all_neither_is_far_ahead_and_nothing_of_later_is_known() {
        let whole = shop(false);
        let (visits, end) = (whole.shown().visits, whole.shown().end);
        let told = duel(visits, Activity::Window(120), end).unwrap();
        assert!(told.models.auc > 0.55 && told.alive_auc > 0.5, "{told:?}");
        assert!((told.propensity.brier - told.models.brier).abs() < 0.03, "{told:?}");
        // Judged a window earlier, it is the same whether the last window is in the data or not.
        let before = Activity::Window(120).since(end).plus(-1);
        let short = duel(visits, Activity::Window(120), before).unwrap();
        assert_eq!(short.day, Activity::Window(120).since(before).plus(-1));
        assert!(short.fitted_to < told.fitted_to + told.customers);
    }

    #[test]
    fn of_a_few_or_by_calendar_months_nothing_is_said() {
        let few = Whole::rows(&[("a", "2024-01-01", 5), ("a", "2024-02-01", 6), ("b", "2024-01-03", 5)]);
        assert_eq!(duel(few.shown().visits, Activity::Window(30), few.shown().end), None);
        assert_eq!(duel(shop(false).shown().visits, Activity::Month, "2024-10-01".parse().unwrap()), None);
    }
}
