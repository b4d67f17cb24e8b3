//! What today's customers will still buy: the candidate that did best on the shop's own past, fitted to all of it.
//!
//! **Intervals.** Three things make what comes differ from the expectation, and their variances add up: the parameters are
//! known only so far (the inverse of the observed information, carried over by the derivatives of the total, the delta
//! method), the models differ where their mean is told, and customers are few and random (the variance of each one's
//! purchases, and of the value of a purchase around its mean). The interval is that of a log-normal quantity with this
//! variance. Directions in which the data says nothing (ridges) have the variance of a wide normal prior on the logarithm of
//! the parameter instead of an infinite one.

use super::backtest;
use super::bg_nbd::BgNbd;
use super::gamma_gamma::GammaGamma;
use super::mbg_nbd::MbgNbd;
use super::pareto_nbd::ParetoNbd;
use super::shop::{are_too_few, histories, spends};
use super::{Fitted, Histories, History, MONTH_DAYS, Model};
use crate::ledger::{Summary, Visits};
use crate::math::Day;
use crate::math::calendar::YEAR_DAYS;
use crate::math::money::{Derived, SCALE};
use crate::math::optimise::Optimum;
use crate::report::forecast::{Candidate, Estimate, Forecast, MoneyEstimate, Origin};

/// The yearly discount rate.
pub const DISCOUNT: f64 = 0.1;

/// Standard deviation of the normal prior on the logarithm of a parameter: 20 times larger or smaller is nothing special.
const PRIOR: f64 = 3.0;

/// The normal distribution's 95 % quantile.
const NINETY: f64 = 1.644_853_626_951_472_2;

/// Origins as shares of the longest stretch that is held against the past.
const STRETCHES: [f64; 3] = [1.0, 2.0 / 3.0, 1.0 / 3.0];

/// The forecast at the end of a summary; `margin` is applied to the equity.
pub fn forecast(visits: &Visits, summary: &Summary, end: Day, margin: Option<f64>) -> Forecast {
    let mut told = Forecast { discount: DISCOUNT, ..Forecast::default() };
    let Some(first) = summary.buyers.iter().map(|&c| summary.first[c as usize]).min() else { return told };
    let longest = (f64::from(end.0 - first.0) / 2.0).min(YEAR_DAYS);
    let at = |share: f64| end.plus(-libm::floor(longest * share) as i32);
    told.origins = STRETCHES.iter().filter_map(|share| backtest::origin(visits, at(*share), end)).collect();
    told.chosen = chosen(&told.origins);
    let days = histories(summary);
    let Some(candidate) = told.chosen.filter(|_| !are_too_few(days.customers, days.repeaters())) else { return told };
    let members = members(candidate, &days);
    if members.is_empty() {
        return told;
    }
    let spend = Spending::of(summary);
    let weighted = |power: i32| {
        let of = |&customer: &u32| {
            (
                history(summary, customer as usize),
                libm::pow(spend.of_customer(summary, customer as usize), power.into()),
            )
        };
        Histories::new(summary.buyers.iter().map(of))
    };
    let (values, squares) = (weighted(1), weighted(2));
    let year = 12.0 * MONTH_DAYS;
    let (count, count_spread) = total(&members, &days, year);
    let (revenue, revenue_spread) = total(&members, &values, year);
    let noise = noise(&members, &days, year);
    told.purchases = Some(estimate(count, count_spread + noise));
    let noise = self::noise(&members, &squares, year) + count * spend.variance + revenue * revenue * spend.uncertainty;
    let revenue = estimate(revenue, revenue_spread + noise);
    told.revenue = Some(money(revenue, 1.0));
    let by_month = |rows: &Histories| -> Vec<f64> {
        let until: Vec<f64> = (0..=12).map(|month| mean(&members, rows, f64::from(month) * MONTH_DAYS)).collect();
        until.windows(2).map(|pair| pair[1] - pair[0]).collect()
    };
    told.months = by_month(&days);
    // A month's purchases are discounted from its middle.
    let value = |(month, value): (usize, f64)| value * libm::pow(1.0 + DISCOUNT, -(month as f64 + 0.5) / 12.0);
    let discounted: f64 = by_month(&values).into_iter().enumerate().map(value).sum();
    told.equity = Some(money(revenue, margin.unwrap_or(1.0) * discounted / revenue.value.max(f64::MIN_POSITIVE)));
    told
}

/// The candidate with the lowest mean of log scores, of those that have one at every origin.
fn chosen(origins: &[Origin]) -> Option<Candidate> {
    let all = [Candidate::BgNbd, Candidate::MbgNbd, Candidate::ParetoNbd, Candidate::Mean];
    let mut best: Option<(f64, Candidate)> = None;
    for candidate in all {
        let scores = origins.iter().map(|origin| origin.scores.iter().find(|s| s.candidate == candidate)?.log_score);
        let Some(sum) = scores.sum::<Option<f64>>().filter(|sum| sum.is_finite() && !origins.is_empty()) else {
            continue;
        };
        if best.is_none_or(|(lowest, _)| sum < lowest) {
            best = Some((sum, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// A fitted model, and how to make it from other parameters.
struct Member {
    optimum: Optimum,
    make: fn(&[f64; 4]) -> Box<dyn Model>,
}

fn members(candidate: Candidate, histories: &Histories) -> Vec<Member> {
    fn add<M: Fitted + 'static>(list: &mut Vec<Member>, histories: &Histories) {
        if let Some(fit) = M::fit(histories).filter(|fit| fit.optimum.converged) {
            list.push(Member { optimum: fit.optimum, make: |parameters| Box::new(M::new(parameters)) });
        }
    }
    let mut list = Vec::new();
    let wanted = |of: Candidate| candidate == of || candidate == Candidate::Mean;
    if wanted(Candidate::BgNbd) {
        add::<BgNbd>(&mut list, histories);
    }
    if wanted(Candidate::MbgNbd) {
        add::<MbgNbd>(&mut list, histories);
    }
    if wanted(Candidate::ParetoNbd) {
        add::<ParetoNbd>(&mut list, histories);
    }
    list
}

fn history(summary: &Summary, c: usize) -> History {
    let (recency, age) = (f64::from(summary.recency[c]), f64::from(summary.t[c]));
    History { frequency: summary.frequency[c], recency, age }
}

/// What is expected of all rows, each weighted with its customers (or their values).
fn expected(model: &dyn Model, rows: &Histories, horizon: f64) -> f64 {
    let mut last = (u32::MAX, 0.0, 0.0);
    let mut sum = 0.0;
    for row in &rows.rows {
        let History { frequency, age, .. } = row.history;
        if (last.0, last.1) != (frequency, age) {
            last = (frequency, age, model.expected_if_alive(frequency, age, horizon));
        }
        sum += row.customers * model.alive(&row.history) * last.2;
    }
    sum
}

/// The mean of what the members expect.
fn mean(members: &[Member], rows: &Histories, horizon: f64) -> f64 {
    let all = members.iter().map(|member| expected(&*(member.make)(&member.optimum.at), rows, horizon));
    all.sum::<f64>() / members.len() as f64
}

/// The mean of what the members expect, and its variance: from the parameters, which are as uncertain for one as for all,
/// and between the members.
fn total(members: &[Member], rows: &Histories, horizon: f64) -> (f64, f64) {
    let n = members.len() as f64;
    let at = |member: &Member, parameters: &[f64; 4]| expected(&*(member.make)(parameters), rows, horizon);
    let values: Vec<f64> = members.iter().map(|member| at(member, &member.optimum.at)).collect();
    let mean = values.iter().sum::<f64>() / n;
    let within =
        members.iter().map(|member| variance(&member.optimum, &mut |parameters| at(member, parameters))).sum::<f64>()
            / n;
    let between = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n;
    (mean, within + between)
}

/// The delta method: the variance of a function of the parameters, its derivatives by their logarithms taken numerically.
fn variance(optimum: &Optimum, f: &mut dyn FnMut(&[f64; 4]) -> f64) -> f64 {
    const STEP: f64 = 1e-3;
    let n = optimum.information.n;
    let mut slope = [0.0; 4];
    for (i, slope) in slope.iter_mut().enumerate().take(n) {
        let mut moved = |by: f64| {
            let mut parameters = optimum.at;
            parameters[i] *= libm::exp(by);
            f(&parameters)
        };
        *slope = (moved(STEP) - moved(-STEP)) / (2.0 * STEP);
    }
    let covariance = optimum.information.map(|value| 1.0 / (value.max(0.0) + 1.0 / (PRIOR * PRIOR)));
    (0..n).map(|i| (0..n).map(|j| slope[i] * covariance[i][j] * slope[j]).sum::<f64>()).sum()
}

/// The summed variance of each customer's purchases under the first member: the members hardly differ in it.
fn noise(members: &[Member], rows: &Histories, horizon: f64) -> f64 {
    let model = (members[0].make)(&members[0].optimum.at);
    let mut sum = 0.0;
    for equal in rows.rows.chunk_by(|a, b| (a.history.frequency, a.history.age) == (b.history.frequency, b.history.age))
    {
        let History { frequency, age, .. } = equal[0].history;
        let first = model.expected_if_alive(frequency, age, horizon);
        let most = (4.0 * first + 30.0) as usize;
        let chances = model.probabilities_if_alive(frequency, age, horizon, most);
        let second: f64 = chances.iter().enumerate().map(|(n, chance)| (n * n) as f64 * chance).sum();
        for row in equal {
            let alive = model.alive(&row.history);
            sum += row.customers * alive * (second - alive * first * first);
        }
    }
    sum
}

/// What a purchase is worth.
struct Spending {
    model: Option<GammaGamma>,
    /// The mean of repeat purchases, where there is no model.
    mean: f64,
    /// The variance of a purchase around its customer's mean.
    variance: f64,
    /// The relative variance of the mean of all: what the parameters leave open.
    uncertainty: f64,
}

impl Spending {
    fn of(summary: &Summary) -> Spending {
        let (list, _) = spends(summary);
        let (purchases, sum) = summary.buyers.iter().fold((0.0, 0.0), |(n, sum), &c| {
            let c = c as usize;
            (n + f64::from(summary.frequency[c]), sum + summary.repeat_spend[c] as f64 / SCALE as f64)
        });
        let mean = if purchases > 0.0 { sum / purchases } else { 0.0 };
        let fit = GammaGamma::fit(&list).filter(|(model, optimum)| optimum.converged && model.q > 1.0);
        let Some((model, optimum)) = fit else {
            return Spending { model: None, mean, variance: mean * mean, uncertainty: 1.0 / purchases.max(1.0) };
        };
        let mean = model.population_mean().unwrap_or(mean);
        let of_mean = variance(&optimum, &mut |&[p, q, v, _]| p * v / (q - 1.0).max(1e-3));
        // Var(Z | ν) = p/ν², with the mean of p/ν squared in its place.
        Spending { model: Some(model), mean, variance: mean * mean / model.p, uncertainty: of_mean / (mean * mean) }
    }

    fn of_customer(&self, summary: &Summary, c: usize) -> f64 {
        let expected = |model: &GammaGamma| model.expected(summary.frequency[c], summary.monetary_value(c).max(0.0));
        self.model.as_ref().and_then(expected).unwrap_or(self.mean)
    }
}

/// The interval of a quantity that can't be below zero.
fn estimate(value: f64, variance: f64) -> Estimate {
    let spread = libm::sqrt(libm::log1p(variance / (value * value).max(f64::MIN_POSITIVE)));
    let at = |z: f64| value * libm::exp(z * spread - spread * spread / 2.0);
    Estimate { value, low: at(-NINETY), high: at(NINETY) }
}

fn money(of: Estimate, factor: f64) -> MoneyEstimate {
    MoneyEstimate { value: Derived(of.value * factor), low: Derived(of.low * factor), high: Derived(of.high * factor) }
}
