//! How long those who subscribe now will still stay, and what that is worth: the shifted beta-geometric by whole months.
//!
//! | | |
//! | --- | --- |
//! | period | a calendar month of the stay ([`super::lifetimes`]); a stay that ended within its month t ended in period t |
//! | remaining | the sum over the next months k, 12 for each year of the horizon that is set, of S(m + k) / S(m), with m the whole months stayed so far |
//! | value | the same with each month discounted at (1 + d)^(−k/12), times what the subscriber pays a month, times the margin |
//! | interval | 95 %: what the data leaves open of α and β, by draws from their posterior under a weak prior (normal on their logarithms around 1, with the standard deviation of a factor of 20); one subscriber's fate lies far wider |
//!
//! Without an end nothing is told but the longest horizon that has one: where α is at most 1 the mean of all lives does not even exist. That contracts are decided
//! upon each month is an assumption, and those paid yearly break it. So the model is held against the past first: fitted
//! to what was known some months ago, it has to tell how many of those who subscribed then are left; where it misses their
//! share by more than a tenth, nothing is told of what is to come.

use super::lifetimes::{PARTS, stay};
use super::{Contract, Contracts};
use crate::math::money::{Derived, SCALE};
use crate::math::survival::Life;
use crate::math::{Day, Unit};
use crate::models::posterior::Posterior;
use crate::models::sbg::{self, Contracts as Fates, Sbg};
use crate::models::shop::{FEWEST_CONTRACTS as FEWEST, contract_fit};
use crate::report::models::{ModelFit, Note};
use crate::report::subscriptions::{Hidden, Kept, Likely, LikelyMoney, Remaining, Tenure};
use crate::settings::{LONGEST, Settings};

/// The longest and the shortest stretch of the past that is hidden, in months.
const HIDDEN: (i32, i32) = (12, 3);

/// A share that is missed by more than this makes the model useless here.
const MISSED: f64 = 0.1;

/// Months after which it is told how many of new subscribers are still there, as far as anybody was watched.
const KEPT: [u32; 6] = [1, 6, 12, 24, 36, 60];

/// First months of the classes of tenure.
const TENURES: [u32; 6] = [0, 1, 3, 6, 12, 24];

/// What a 95 % interval leaves on each side.
const TAIL: f64 = 0.025;

/// Draws from the posterior.
const DRAWS: usize = 200;

/// A subscriber who is there: whole months stayed, and what comes in a month, in currency units.
#[derive(Clone, Copy, Debug)]
struct Subscriber {
    tenure: u32,
    monthly: f64,
}

/// What the stays up to an evening say, and what is to come of those who are there. Nothing where nobody ever paid.
pub fn remaining(contracts: &Contracts, end: Day, settings: &Settings) -> Option<Remaining> {
    let Settings { margin, discount, horizon, .. } = *settings;
    let months = 12 * horizon.unwrap_or(LONGEST);
    let known = Known::of(contracts, end);
    let (told, fitted) = of_fates(&known.fates)?;
    let mut told = Remaining { discount, margin, months, ..told };
    if told.left >= FEWEST && told.subscribers >= FEWEST {
        told.hidden = hidden(contracts, end);
    }
    let Some((model, posterior)) = fitted else { return Some(told) };
    told.holds = told.hidden.is_some_and(|hidden| holds(&hidden));
    if told.holds {
        let ahead = Ahead { model, posterior, discount, margin: margin.unwrap_or(1.0), months };
        told.tenures = tenures(&known.there, &ahead);
        let all: Vec<&Subscriber> = known.there.iter().collect();
        told.stay = ahead.months(&all);
        told.value = ahead.value(&all, 1.0);
    }
    Some(told)
}

/// What stays without dates say: of new subscribers only. Nothing of the past can be hidden to hold the model against, so
/// nothing is told of what is to come.
pub fn undated(lives: &[Life]) -> Option<Remaining> {
    Some(of_fates(&fates(lives))?.0)
}

/// The fit of the model to contracts up to an evening, with how it stood the past; nothing where nobody ever paid.
pub fn fit(contracts: &Contracts, end: Day) -> Option<ModelFit> {
    fit_of(&Known::of(contracts, end).fates, &|| hidden(contracts, end))
}

/// The same of stays without dates.
pub fn fit_undated(lives: &[Life]) -> Option<ModelFit> {
    fit_of(&fates(lives), &|| None)
}

fn fit_of(fates: &[Fates], hidden: &dyn Fn() -> Option<Hidden>) -> Option<ModelFit> {
    let mut fit = contract_fit(fates);
    if fit.converged {
        let note = hidden().map_or(Some(Note::NotTested), |hidden| (!holds(&hidden)).then_some(Note::MissedThePast));
        fit.notes.extend(note);
    }
    (!fates.is_empty()).then_some(fit)
}

/// Whether the past was told well enough.
fn holds(hidden: &Hidden) -> bool {
    hidden.error().abs() <= MISSED
}

/// Whom the model rests on, its parameters, and how many of new subscribers stay by it, where there are enough to fit it to;
/// and the model with draws from its posterior. Nothing without any stay.
fn of_fates(fates: &[Fates]) -> Option<(Remaining, Option<(Sbg, Posterior)>)> {
    let count =
        |ended: bool| fates.iter().filter(|fate| fate.ended == ended).map(|fate| fate.count).sum::<f64>() as u64;
    let longest = fates.iter().map(|fate| fate.periods).max()?;
    let mut told = Remaining { left: count(true), subscribers: count(false), ..Remaining::default() };
    let enough = told.left >= FEWEST && told.subscribers >= FEWEST;
    let fitted = Sbg::fit(fates).filter(|(_, optimum)| enough && optimum.converged);
    let fitted = fitted.map(|(model, optimum)| (model, sbg::posterior(&optimum, fates, DRAWS)));
    if let Some((model, posterior)) = &fitted {
        (told.alpha, told.beta) = (Some(model.alpha), Some(model.beta));
        let kept = |&months: &u32| {
            let by = |at: &[f64; 4]| Sbg { alpha: at[0], beta: at[1] }.survival(months);
            let (value, [low, high]) = (model.survival(months), posterior.interval(TAIL, &mut |at| by(at))?);
            Some(Kept { months, share: Likely { value, low: low.min(value), high: high.max(value) } })
        };
        told.kept = KEPT.iter().filter(|months| **months <= longest).filter_map(kept).collect();
    }
    Some((told, fitted))
}

/// Stays by their whole months and whether they ended, those that did not first.
fn fates(lives: &[Life]) -> Vec<Fates> {
    let mut counts: Vec<[f64; 2]> = Vec::new();
    for life in lives {
        let parts = PARTS as u32;
        // Who left within the first month left in period 1.
        let periods = if life.ended { life.time.div_ceil(parts).max(1) } else { life.time / parts } as usize;
        if counts.len() <= periods {
            counts.resize(periods + 1, [0.0; 2]);
        }
        counts[periods][usize::from(life.ended)] += 1.0;
    }
    let of = |(periods, counts): (u32, [f64; 2])| {
        [false, true].map(|ended| Fates { periods, ended, count: counts[usize::from(ended)] })
    };
    (0..).zip(counts).flat_map(of).filter(|fate| fate.count > 0.0).collect()
}

/// The stays as of an evening.
struct Known {
    /// One a number of periods and fate.
    fates: Vec<Fates>,
    there: Vec<Subscriber>,
}

impl Known {
    fn of(contracts: &Contracts, end: Day) -> Known {
        let (mut lives, mut there) = (Vec::new(), Vec::new());
        for own in contracts.by_customer() {
            let Some(stay) = stay(own, end) else { continue };
            lives.push(stay.life);
            if !stay.life.ended {
                there.push(Subscriber { tenure: stay.life.time / PARTS as u32, monthly: monthly(own, end) });
            }
        }
        Known { fates: fates(&lives), there }
    }

    fn left(&self) -> u64 {
        self.fates.iter().filter(|fate| fate.ended).map(|fate| fate.count).sum::<f64>() as u64
    }
}

/// What a customer's contracts bring in a month on an evening, in currency units.
fn monthly(own: &[Contract], evening: Day) -> f64 {
    let running = own.iter().filter(|contract| contract.runs(evening));
    running.map(|contract| contract.monthly).sum::<i64>() as f64 / SCALE as f64
}

/// The model as it would have been some months ago, and what became of those who subscribed then.
fn hidden(contracts: &Contracts, end: Day) -> Option<Hidden> {
    let began = contracts.list.iter().filter(|contract| contract.is_paid()).map(|contract| contract.start).min()?;
    let months = ((Unit::Month.of(end) - Unit::Month.of(began)) / 2).min(HIDDEN.0);
    if months < HIDDEN.1 {
        return None;
    }
    let at = end.plus_months(-months);
    let known = Known::of(contracts, at);
    if known.left() < FEWEST || (known.there.len() as u64) < FEWEST {
        return None;
    }
    let (model, _) = Sbg::fit(&known.fates).filter(|(_, optimum)| optimum.converged)?;
    let expected = known.there.iter().map(|one| ratio(&model, one.tenure, months as u32)).sum();
    let stayed = |own: &[Contract]| {
        let then = stay(own, at).is_some_and(|stay| !stay.life.ended);
        then && stay(own, end).is_some_and(|stay| !stay.life.ended)
    };
    let actual = contracts.by_customer().filter(|own| stayed(own)).count() as u64;
    Some(Hidden { months: months as u32, subscribers: known.there.len() as u64, actual, expected })
}

/// S(m + k) / S(m).
fn ratio(model: &Sbg, tenure: u32, months: u32) -> f64 {
    (tenure + 1..=tenure + months).map(|t| model.retention(t)).product()
}

/// What is told of those who are there.
struct Ahead {
    model: Sbg,
    posterior: Posterior,
    discount: f64,
    margin: f64,
    months: u32,
}

impl Ahead {
    /// The mean months still to come.
    fn months(&self, of: &[&Subscriber]) -> Option<Likely> {
        let count = of.len() as f64;
        let (value, low, high) = self.likely(of, 0.0, &|_| 1.0 / count)?;
        Some(Likely { value, low, high })
    }

    /// What they are worth together, times a factor.
    fn value(&self, of: &[&Subscriber], factor: f64) -> Option<LikelyMoney> {
        let weight = |one: &Subscriber| one.monthly * self.margin * factor;
        let (value, low, high) = self.likely(of, self.discount, &weight)?;
        Some(LikelyMoney { value: Derived::finite(value)?, low: Derived::finite(low)?, high: Derived::finite(high)? })
    }

    /// The weighted sum of discounted months to come, with its interval.
    fn likely(
        &self,
        of: &[&Subscriber],
        discount: f64,
        weight: &dyn Fn(&Subscriber) -> f64,
    ) -> Option<(f64, f64, f64)> {
        let longest = of.iter().map(|one| one.tenure).max()? as usize;
        let mut weights = vec![0.0; longest + 1];
        of.iter().for_each(|one| weights[one.tenure as usize] += weight(one));
        let discounts: Vec<f64> = (1..=self.months).map(|k| libm::pow(1.0 + discount, -f64::from(k) / 12.0)).collect();
        let sum = |parameters: &[f64; 4]| -> f64 {
            let model = Sbg { alpha: parameters[0], beta: parameters[1] };
            let residual = |tenure: usize| -> f64 {
                let (mut sum, mut still) = (0.0, 1.0);
                for (k, by) in (1_usize..).zip(&discounts) {
                    still *= model.retention((tenure + k) as u32);
                    sum += still * by;
                }
                sum
            };
            weights.iter().enumerate().filter(|(_, w)| **w != 0.0).map(|(tenure, w)| w * residual(tenure)).sum()
        };
        let value = sum(&[self.model.alpha, self.model.beta, 1.0, 1.0]);
        let [low, high] = self.posterior.interval(TAIL, &mut |at| sum(at))?;
        (value > 0.0).then_some((value, low.min(value), high.max(value)))
    }
}

/// Those who are there by how long they have been.
fn tenures(there: &[Subscriber], ahead: &Ahead) -> Vec<Tenure> {
    let class = |(at, &from): (usize, &u32)| {
        let until = TENURES.get(at + 1).copied();
        let of: Vec<&Subscriber> =
            there.iter().filter(|one| one.tenure >= from && until.is_none_or(|until| one.tenure < until)).collect();
        let count = of.len() as f64;
        let monthly = of.iter().map(|one| one.monthly).sum::<f64>() / count;
        Some(Tenure {
            from,
            until,
            subscribers: of.len() as u64,
            monthly: Derived::finite(monthly)?,
            stay: ahead.months(&of)?,
            value: ahead.value(&of, 1.0 / count)?,
        })
    };
    TENURES.iter().enumerate().filter_map(class).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::day;
    use super::*;
    use crate::math::random::Random;

    /// Months of the horizon where nothing is set.
    const MONTHS: u32 = 60;

    /// Subscribers who came month by month over four years; each leaves after a month with a probability of their own, or,
    /// where the shop `breaks`, every other one who is there then in the middle of the last year.
    fn shop(seed: u64, breaks: bool) -> Contracts {
        let mut random = Random::new(seed);
        let mut list = Vec::new();
        for customer in 0..900u32 {
            let start = day("2020-01-01").plus_months(random.below(48) as i32);
            // Beta(1, 9): 1 − u^(1/9).
            let theta = 1.0 - libm::pow(1.0 - random.uniform(), 1.0 / 9.0);
            let mut months = 1;
            while random.uniform() > theta && months < 90 {
                months += 1;
            }
            let end = start.plus_months(months);
            let end = if breaks && customer % 2 == 1 { end.min(day("2023-06-15").max(start.plus(1))) } else { end };
            let end = (end <= day("2023-12-31")).then_some(end);
            list.push(Contract { customer, start, end, covers: end, monthly: 20 * SCALE, plan: 0, trial: false });
        }
        let customers = (0..900).map(|n| format!("c{n:04}").into()).collect();
        Contracts { customers, plans: vec!["".into()], list, ..Contracts::default() }
    }

    #[test]
    fn the_past_is_told_and_the_longer_one_stays_the_longer_one_will() {
        let half = Settings { margin: Some(0.5), ..Settings::default() };
        let of = |seed| remaining(&shop(seed, false), day("2023-12-31"), &half).unwrap();
        let shops: Vec<Remaining> = (0..20).map(of).collect();
        let errors: Vec<f64> = shops.iter().map(|told| told.hidden.unwrap().error()).collect();
        assert!((errors.iter().sum::<f64>() / 20.0).abs() < 0.02, "{errors:?}");
        assert!(shops.iter().filter(|told| told.holds).count() >= 19, "{errors:?}");
        let told = &shops[0];
        assert!((told.alpha.unwrap() - 1.0).abs() < 0.35 && (told.beta.unwrap() - 9.0).abs() < 4.0, "{told:?}");
        assert_eq!(told.hidden.unwrap().months, 12);
        let stays: Vec<f64> = told.tenures.iter().map(|tenure| tenure.stay.value).collect();
        assert!(stays.len() == 6 && stays.windows(2).all(|pair| pair[1] > pair[0]), "{stays:?}");
        let discounted: f64 = (1..=MONTHS).map(|k| libm::pow(1.1, -f64::from(k) / 12.0)).sum();
        for tenure in &told.tenures {
            assert!(tenure.stay.low < tenure.stay.value && tenure.stay.value < tenure.stay.high);
            assert!(tenure.stay.high <= f64::from(MONTHS) + 1e-9 && tenure.value.high.0 <= 10.0 * discounted + 1e-9);
            // Discounted, and half of it margin: below what all the months would bring.
            assert!(tenure.value.value.0 < tenure.stay.value * 10.0 && tenure.value.value.0 > tenure.stay.value * 7.0);
        }
        let all: f64 = told.tenures.iter().map(|t| t.value.value.0 * t.subscribers as f64).sum();
        assert!((all / told.value.unwrap().value.0 - 1.0).abs() < 1e-9);
        assert_eq!(told.tenures.iter().map(|t| t.subscribers).sum::<u64>(), told.subscribers);
    }

    #[test]
    fn the_fit_in_the_report_is_the_one_that_tells_and_says_how_it_stood_the_past() {
        let (steady, end) = (shop(3, false), day("2023-12-31"));
        let (told, model) = (remaining(&steady, end, &Settings::default()).unwrap(), fit(&steady, end).unwrap());
        assert!(model.converged && model.notes.is_empty() && told.holds, "{model:?}");
        assert_eq!((model.parameters["alpha"], model.parameters["beta"]), (told.alpha.unwrap(), told.beta.unwrap()));
        assert_eq!(model.customers, told.left + told.subscribers);
        for (name, value) in &model.parameters {
            let [low, high] = model.intervals[name];
            assert!(low < *value && *value < high && model.standard_errors[name] < *value, "{name}: {model:?}");
        }
        assert_eq!(told.kept.iter().map(|kept| kept.months).collect::<Vec<_>>(), [1, 6, 12, 24, 36]);
        for Kept { months, share } in &told.kept {
            // With θ of Beta(1, 9), S(t) = 9 / (9 + t).
            let truth = 9.0 / (9.0 + f64::from(*months));
            assert!(share.low < share.value && share.value < share.high && (share.value - truth).abs() < 0.05);
        }
        assert_eq!(fit(&shop(7, true), end).unwrap().notes, [Note::MissedThePast]);
        let few = Contracts { list: steady.list[..40].to_vec(), ..shop(3, false) };
        assert_eq!(fit(&few, end).unwrap().notes, [Note::TooFewContracts]);
        assert_eq!(fit(&Contracts::default(), end), None);
        // The same stays without their days: the same parameters, but nothing of the past to hide.
        let lives: Vec<Life> = steady.by_customer().filter_map(|own| Some(stay(own, end)?.life)).collect();
        let undated_fit = fit_undated(&lives).unwrap();
        assert_eq!((&undated_fit.parameters, &*undated_fit.notes), (&model.parameters, &[Note::NotTested][..]));
        let undated = undated(&lives).unwrap();
        assert_eq!((undated.holds, undated.value, undated.stay, &undated.kept), (false, None, None, &told.kept));
    }

    /// Worked by hand: with α = β = 1 the share kept at the t-th decision is t / (t + 1), so S(m + k) / S(m) = (m + 1) / (m + k + 1).
    #[test]
    fn what_remains_is_the_sum_of_what_survives() {
        let model = Sbg { alpha: 1.0, beta: 1.0 };
        assert!((ratio(&model, 4, 5) - 0.5).abs() < 1e-12);
        let fates = [
            Fates { periods: 1, ended: true, count: 40.0 },
            Fates { periods: 3, ended: true, count: 20.0 },
            Fates { periods: 6, ended: false, count: 40.0 },
        ];
        let (fitted, optimum) = Sbg::fit(&fates).unwrap();
        let ahead = Ahead {
            model: fitted,
            posterior: sbg::posterior(&optimum, &fates, DRAWS),
            discount: 0.1,
            margin: 1.0,
            months: MONTHS,
        };
        let by_hand: f64 = (1..=MONTHS).map(|k| ratio(&fitted, 6, k)).sum();
        let one = Subscriber { tenure: 6, monthly: 9.0 };
        let told = ahead.months(&[&one]).unwrap();
        assert!((told.value - by_hand).abs() < 1e-9 && told.low < by_hand && by_hand < told.high);
        let worth: f64 = (1..=MONTHS).map(|k| 9.0 * ratio(&fitted, 6, k) * libm::pow(1.1, -f64::from(k) / 12.0)).sum();
        assert!((ahead.value(&[&one], 1.0).unwrap().value.0 - worth).abs() < 1e-9);
    }

    /// Three who stayed a month say next to nothing: the interval is wide, and ends where everybody would stay all along.
    #[test]
    fn nobody_stays_longer_than_is_looked_ahead() {
        let fates = [Fates { periods: 1, ended: true, count: 1.0 }, Fates { periods: 1, ended: false, count: 3.0 }];
        let (model, optimum) = Sbg::fit(&fates).unwrap();
        let ahead = Ahead {
            model,
            posterior: sbg::posterior(&optimum, &fates, DRAWS),
            discount: 0.1,
            margin: 0.5,
            months: MONTHS,
        };
        let one = Subscriber { tenure: 1, monthly: 9.0 };
        let (stay, value) = (ahead.months(&[&one]).unwrap(), ahead.value(&[&one], 1.0).unwrap());
        let discounted: f64 = (1..=MONTHS).map(|k| libm::pow(1.1, -f64::from(k) / 12.0)).sum();
        assert!(stay.high <= f64::from(MONTHS) && stay.high > 0.8 * f64::from(MONTHS) && stay.low < 10.0, "{stay:?}");
        assert!(value.high.0 <= 4.5 * discounted && value.high.0 > 0.8 * 4.5 * discounted, "{value:?}");
    }

    #[test]
    fn a_shop_that_breaks_the_rule_or_is_too_small_is_told_nothing() {
        let rows: Vec<Contract> = shop(7, false).list.into_iter().take(40).collect();
        let few =
            remaining(&Contracts { list: rows, ..shop(7, false) }, day("2023-12-31"), &Settings::default()).unwrap();
        assert!(!few.holds && few.tenures.is_empty() && few.value.is_none());
        let broken = remaining(&shop(7, true), day("2023-12-31"), &Settings::default()).unwrap();
        assert!(broken.hidden.unwrap().error() > 0.2 && broken.alpha.is_some(), "{broken:?}");
        assert!(!broken.holds && broken.tenures.is_empty() && broken.value.is_none() && broken.stay.is_none());
        assert_eq!(remaining(&Contracts::default(), day("2023-12-31"), &Settings::default()), None);
    }

    #[test]
    fn a_longer_horizon_adds_months_and_one_without_an_end_is_the_longest_that_has_one() {
        let of = |horizon| {
            let settings = Settings { horizon, ..Settings::default() };
            remaining(&shop(0, false), day("2023-12-31"), &settings).unwrap()
        };
        let [one, five, ten, endless] = [Some(1), Some(5), Some(10), None].map(of);
        assert_eq!([one.months, five.months, ten.months, endless.months], [12, 60, 120, 120]);
        let worth = |told: &Remaining| told.value.unwrap().value;
        assert!(worth(&one) < worth(&five) && worth(&five) < worth(&ten) && worth(&ten) == worth(&endless));
        assert!(one.stay.unwrap().high <= 12.0 && one.alpha == ten.alpha);
    }
}
