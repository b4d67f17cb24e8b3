//! How customers differ: in the rate at which they buy, in how they drop out, and in what they spend.

use crate::ledger::Summary;
use crate::math::calendar::YEAR_DAYS;
use crate::math::distributions::{beta_cdf, chi_square_cdf};
use crate::math::money::Derived;
use crate::math::order;
use crate::math::stats::quantile;
use crate::models::MONTH_DAYS;
use crate::models::gamma_gamma::{GammaGamma, Spend};
use crate::models::members::Member;
use crate::models::outlook::Year;
use crate::models::shop::spends;
use crate::report::checks::{Class, DropOut, SpendClass};
use crate::report::forecast::{Candidate, Estimate};

/// Purchases a year, or drop-outs a year: the bounds of the classes.
const A_YEAR: [f64; 6] = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0];

/// Probabilities of dropping out after a purchase: the bounds of the classes.
const CHANCES: [f64; 6] = [0.05, 0.1, 0.2, 0.35, 0.5, 0.75];

/// Shares of a distribution between bounds, the first class from 0 on, the last without an end (or ending at `top`).
fn classes(bounds: &[f64], top: Option<f64>, below: &dyn Fn(f64) -> f64) -> Vec<Class> {
    let mut list = Vec::new();
    let (mut from, mut passed) = (0.0, 0.0);
    for &to in bounds {
        let share = below(to);
        list.push(Class { from, to: Some(to), share: share - passed });
        (from, passed) = (to, share);
    }
    list.push(Class { from, to: top, share: 1.0 - passed });
    list
}

/// How often a new customer comes back within 12 months, in the mean of many; the interval is of what draws from the posterior expect.
pub fn new_customer(year: &Year) -> Estimate {
    let horizon = 12.0 * MONTH_DAYS;
    let all = year.members.iter().map(|member| member.model().expected_of_new(horizon));
    let value = all.sum::<f64>() / year.members.len() as f64;
    let mut drawn = year.predictive.of_new(horizon);
    order::sort_by(&mut drawn, |a, b| a.total_cmp(b));
    let [low, high] = [0.05, 0.95].map(|at| quantile(&drawn, at).unwrap_or(value));
    Estimate { value, low: low.min(value), high: high.max(value) }
}

/// A gamma distribution's probability of a value below x.
fn gamma_cdf(x: f64, shape: f64, rate: f64) -> f64 {
    chi_square_cdf(2.0 * rate * x, 2.0 * shape)
}

/// Customers by purchases a year while they are there: gamma distributed with shape r and rate α.
pub fn rates(member: &Member) -> Vec<Class> {
    let (r, alpha) = member.rates();
    classes(&A_YEAR, None, &|rate| gamma_cdf(rate / YEAR_DAYS, r, alpha))
}

/// How they drop out: BG/NBD and MBG/NBD after a purchase, with a probability that is beta distributed; Pareto/NBD at any
/// time, at a rate that is gamma distributed.
pub fn drop_out(member: &Member) -> DropOut {
    let [_, _, third, fourth] = member.optimum.at;
    let after_purchases = member.candidate != Candidate::ParetoNbd;
    let classes = match after_purchases {
        true => classes(&CHANCES, Some(1.0), &|chance| beta_cdf(chance, third, fourth)),
        false => classes(&A_YEAR, None, &|rate| gamma_cdf(rate / YEAR_DAYS, third, fourth)),
    };
    DropOut { after_purchases, classes }
}

/// Repeat buyers by the mean of their repeat purchases, in ten classes up to the highest twentieth. Of x purchases the model
/// has their mean z̄ so that x z̄ / (v + x z̄) is beta distributed with px and q.
pub fn spend(model: &GammaGamma, summary: &Summary) -> Vec<SpendClass> {
    const CLASSES: u32 = 10;
    let (list, _) = spends(summary);
    let mut means: Vec<f64> = list.iter().map(|spend| spend.mean).collect();
    order::sort_by(&mut means, f64::total_cmp);
    let Some(high) = quantile(&means, 0.95).filter(|high| *high > 0.0) else { return Vec::new() };
    let step = round_step(high / f64::from(CLASSES));
    let bounds: Vec<f64> = (1..=CLASSES).map(|k| step * f64::from(k)).collect();
    let mut by_frequency: Vec<u64> = Vec::new();
    for Spend { frequency, .. } in &list {
        let x = *frequency as usize;
        if by_frequency.len() <= x {
            by_frequency.resize(x + 1, 0);
        }
        by_frequency[x] += 1;
    }
    let below = |bound: f64| -> f64 {
        let of = |(x, &count): (usize, &u64)| {
            let y = x as f64 * bound;
            count as f64 * beta_cdf(y / (model.v + y), model.p * x as f64, model.q)
        };
        by_frequency.iter().enumerate().filter(|(_, count)| **count > 0).map(of).sum::<f64>() / list.len() as f64
    };
    let mut told: Vec<SpendClass> = classes(&bounds, None, &below)
        .into_iter()
        .map(|class| SpendClass {
            from: Derived(class.from),
            to: class.to.map(Derived),
            actual: 0,
            expected: class.share * list.len() as f64,
        })
        .collect();
    for mean in means {
        let place = ((mean / step) as usize).min(told.len() - 1);
        told[place].actual += 1;
    }
    told
}

/// The next of 1, 2, 2.5 and 5 times a power of ten.
pub(super) fn round_step(raw: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(raw)));
    [1.0, 2.0, 2.5, 5.0].into_iter().map(|times| times * power).find(|step| *step >= raw).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::members;
    use crate::models::{Histories, History};

    #[test]
    fn classes_share_out_everybody() {
        // An exponential distribution of mean 1: shape 1, rate 1.
        let list = classes(&[1.0, 2.0], None, &|x| gamma_cdf(x, 1.0, 1.0));
        let shares: Vec<f64> = list.iter().map(|class| class.share).collect();
        let e = std::f64::consts::E;
        for (ours, theirs) in shares.iter().zip([1.0 - 1.0 / e, 1.0 / e - 1.0 / (e * e), 1.0 / (e * e)]) {
            assert!((ours - theirs).abs() < 1e-12, "{shares:?}");
        }
        assert_eq!((list[0].from, list[2].from, list[2].to), (0.0, 2.0, None));
    }

    #[test]
    fn each_model_drops_out_in_its_own_way() {
        let of = |x: u32, recency: f64, n: f64| (History { frequency: x, recency, age: 300.0 }, n);
        let rows = [of(0, 0.0, 400.0), of(1, 60.0, 90.0), of(2, 150.0, 50.0), of(5, 280.0, 30.0), of(3, 90.0, 20.0)];
        let histories = Histories::new(rows.into_iter());
        for member in members::fitted(Candidate::Mean, &histories) {
            let told = drop_out(&member);
            assert_eq!(told.after_purchases, member.candidate != Candidate::ParetoNbd);
            let sum = |classes: &[Class]| classes.iter().map(|class| class.share).sum::<f64>();
            assert!((sum(&told.classes) - 1.0).abs() < 1e-9 && (sum(&rates(&member)) - 1.0).abs() < 1e-9);
            assert!(told.classes.iter().all(|class| class.share >= 0.0));
        }
    }

    #[test]
    fn steps_are_round() {
        assert_eq!([3.1, 7.2, 1.0, 22.0].map(round_step), [5.0, 10.0, 1.0, 25.0]);
    }
}
