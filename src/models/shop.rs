//! The models of a shop: from the ledger's per-customer summary to fits that say how far they can be trusted.

use std::collections::BTreeMap;

use super::beta_geometric;
use super::bg_bb::BgBb;
use super::bg_nbd::BgNbd;
use super::cnbd::{self, MbgCnbd};
use super::fit::{self, is_interior, standard_errors};
use super::gamma_gamma::{self, GammaGamma, Spend};
use super::mbg_nbd::MbgNbd;
use super::pareto_nbd::ParetoNbd;
use super::posterior::Posterior;
use super::prior::{self, Prior};
use super::sbg::{self, Contracts, Sbg};
use super::timing::Timing;
use super::{Fitted, Histories, History, MONTH_DAYS};
use crate::ledger::{Summary, Visits};
use crate::math::Day;
use crate::math::optimise::Optimum;
use crate::math::stats::rank_correlation;
use crate::report::models::{ModelFit, Models, Note};

/// With fewer customers nothing is fitted.
pub const FEWEST_CUSTOMERS: f64 = 50.0;

/// With fewer of them who came back nothing is fitted.
pub const FEWEST_REPEAT_BUYERS: f64 = 10.0;

/// Fewer who left, or who are still there, tell nothing of contracts.
pub const FEWEST_CONTRACTS: u64 = 30;

/// A rank correlation beyond this is more than weak (Cohen 1988), and the two sides are not taken for independent.
pub const DEPENDENT: f64 = 0.3;

/// All models on their way: each step fits one of them.
#[derive(Debug, Default)]
pub struct Work {
    days: Histories,
    models: Models,
    done: u32,
}

impl Work {
    const STEPS: u32 = 6;

    /// The share of the steps that are done.
    pub fn share_done(&self) -> f64 {
        f64::from(self.done) / f64::from(Work::STEPS)
    }

    /// Fits the next model to the customers of some visits and their summary; all of them after the last one.
    pub fn step(&mut self, visits: &Visits, summary: &Summary, end: Day) -> Option<Models> {
        let models = &mut self.models;
        match self.done {
            0 => {
                self.days = histories(summary);
                models.bg_nbd = purchase_fit::<BgNbd>(&self.days);
                if models.bg_nbd.converged {
                    models.bg_nbd.notes.push(Note::OneTimeBuyersStay);
                }
            }
            1 => models.mbg_nbd = purchase_fit::<MbgNbd>(&self.days),
            2 => models.pareto_nbd = purchase_fit::<ParetoNbd>(&self.days),
            3 => {
                let timing = Timing::of(visits, end);
                let days = std::mem::take(&mut self.days);
                models.mbg_cnbd = regular_fit(&timing, Histories { ln_gaps: Some(timing.ln_gaps), ..days });
            }
            4 => models.bg_bb = monthly_fit(&monthly_histories(visits, summary)),
            _ => {
                models.gamma_gamma = spend_fit(summary);
                models.sbg = ModelFit { notes: vec![Note::NoContracts], ..blank(0.0, 0.0) };
            }
        }
        self.done += 1;
        (self.done >= Work::STEPS).then(|| std::mem::take(models))
    }
}

/// The histories of all customers with a purchase, in days.
pub fn histories(summary: &Summary) -> Histories {
    let of = |&customer: &u32| {
        let c = customer as usize;
        let (recency, age) = (f64::from(summary.recency[c]), f64::from(summary.t[c]));
        (History { frequency: summary.frequency[c], recency, age }, 1.0)
    };
    Histories::new(summary.buyers.iter().map(of))
}

/// The histories in months since each customer's first purchase, each month with or without a purchase; a month that is
/// not over yet does not count.
fn monthly_histories(visits: &Visits, summary: &Summary) -> Histories {
    let month = |days: i32| libm::ceil(f64::from(days) / MONTH_DAYS);
    let of = |&customer: &u32| {
        let c = customer as usize;
        let age = libm::floor(f64::from(summary.t[c]) / MONTH_DAYS);
        let (mut frequency, mut recency) = (0, 0.0);
        for visit in visits.of_customer(c).iter().filter(|visit| visit.purchases > 0) {
            let at = month(visit.day.0 - summary.first[c].0);
            if at > recency && at <= age {
                (frequency, recency) = (frequency + 1, at);
            }
        }
        (History { frequency, recency, age }, 1.0)
    };
    Histories::new(summary.buyers.iter().map(of).filter(|(history, _)| history.age > 0.0))
}

fn blank(customers: f64, repeat_buyers: f64) -> ModelFit {
    ModelFit {
        time_unit: "day".to_owned(),
        customers: customers as u64,
        repeat_buyers: repeat_buyers as u64,
        ..ModelFit::default()
    }
}

/// Whether nothing can be fitted to so few.
pub fn are_too_few(customers: f64, repeat_buyers: f64) -> bool {
    customers < FEWEST_CUSTOMERS || repeat_buyers < FEWEST_REPEAT_BUYERS
}

/// A fit without parameters that says which customers are missing; nothing where there are enough.
fn too_few(customers: f64, repeat_buyers: f64) -> Option<ModelFit> {
    let mut fit = blank(customers, repeat_buyers);
    if customers < FEWEST_CUSTOMERS {
        fit.notes.push(Note::TooFewCustomers);
    }
    if repeat_buyers < FEWEST_REPEAT_BUYERS {
        fit.notes.push(Note::TooFewRepeatBuyers);
    }
    (!fit.notes.is_empty()).then_some(fit)
}

fn purchase_fit<M: Fitted>(histories: &Histories) -> ModelFit {
    let (customers, repeaters) = (histories.customers, histories.repeaters());
    if let Some(fit) = too_few(customers, repeaters) {
        return fit;
    }
    let mut fit = blank(customers, repeaters);
    match M::fit(histories) {
        Some(end) => {
            fill(&mut fit, M::PARAMETERS, &end.optimum, &M::limits(&end.optimum.at));
            let prior = M::PRIOR.and_then(|shape| Prior::weak(&shape, 1, histories));
            let likelihood = &mut |at: &[f64; 4]| M::log_likelihood(at, histories);
            let posterior = fit::posterior(&end.optimum, prior.as_ref(), histories, DRAWS, likelihood);
            fit.intervals = intervals(M::PARAMETERS, &posterior);
            if M::PRIOR.is_some() && repeaters < prior::PLENTY {
                fit.notes.push(Note::DrawnIn);
            }
        }
        None => fit.notes.push(Note::NotConverged),
    }
    fit
}

/// The model of regular times, where they are; k stands with its parameters.
fn regular_fit(timing: &Timing, histories: Histories) -> ModelFit {
    let (customers, repeaters) = (histories.customers, histories.repeaters());
    if let Some(fit) = too_few(customers, repeaters) {
        return fit;
    }
    let mut fit = blank(customers, repeaters);
    if !timing.is_regular() {
        fit.notes.push(Note::NoRhythm);
        return fit;
    }
    match MbgCnbd::fit(&histories) {
        Some((stages, end)) => {
            fill(&mut fit, cnbd::PARAMETERS, &end.optimum, &beta_geometric::limits(&end.optimum.at));
            fit.log_likelihood = Some(end.log_likelihood);
            let prior = Prior::weak(&prior::MBG, stages, &histories);
            let likelihood = &mut |at: &[f64; 4]| MbgCnbd::log_likelihood(stages, at, &histories);
            let posterior = fit::posterior(&end.optimum, prior.as_ref(), &histories, DRAWS, likelihood);
            fit.intervals = intervals(cnbd::PARAMETERS, &posterior);
            fit.parameters.insert("k".to_owned(), f64::from(stages));
            if repeaters < prior::PLENTY {
                fit.notes.push(Note::DrawnIn);
            }
        }
        None => fit.notes.push(Note::NotConverged),
    }
    fit
}

fn monthly_fit(histories: &Histories) -> ModelFit {
    let longest = histories.rows.iter().fold(0.0, |most: f64, row| most.max(row.history.age));
    let mut fit = if longest < 2.0 {
        ModelFit { notes: vec![Note::TooShort], ..blank(histories.customers, histories.repeaters()) }
    } else {
        purchase_fit::<BgBb>(histories)
    };
    fit.period_days = Some(MONTH_DAYS);
    if fit.converged {
        fit.notes.push(Note::NoCandidate);
    }
    fit
}

/// The values of repeat purchases of those who spent something on them, and how many spent nothing.
pub fn spends(summary: &Summary) -> (Vec<Spend>, usize) {
    let repeat = || summary.buyers.iter().map(|&c| c as usize).filter(|&c| summary.frequency[c] > 0);
    let of = |c: usize| Spend { frequency: summary.frequency[c], mean: summary.monetary_value(c), customers: 1.0 };
    let list: Vec<Spend> = repeat().map(of).filter(|spend| spend.mean > 0.0).collect();
    let worthless = repeat().count() - list.len();
    (list, worthless)
}

fn spend_fit(summary: &Summary) -> ModelFit {
    let (spends, worthless) = spends(summary);
    let customers = spends.len() as f64;
    let mut fit = blank(customers, customers);
    if customers < FEWEST_REPEAT_BUYERS {
        fit.notes.push(Note::TooFewRepeatBuyers);
        return fit;
    }
    match GammaGamma::fit(&spends) {
        Some((model, optimum)) => {
            fill(&mut fit, gamma_gamma::PARAMETERS, &optimum, &[]);
            if model.population_mean().is_none() {
                fit.notes.push(Note::NoMeanValue);
            } else {
                let posterior = gamma_gamma::posterior(&spends, &optimum, DRAWS);
                fit.intervals = intervals(gamma_gamma::PARAMETERS, &posterior);
            }
        }
        None => fit.notes.push(Note::NotConverged),
    }
    let pairs: Vec<_> = spends.iter().map(|spend| (f64::from(spend.frequency), spend.mean)).collect();
    if rank_correlation(&pairs).is_some_and(|correlation| correlation.abs() > DEPENDENT) {
        fit.notes.push(Note::SpendFollowsFrequency);
    }
    if worthless > 0 {
        fit.notes.push(Note::WorthlessLeftOut);
    }
    fit
}

/// The model of contracts that are renewed or not month by month, fitted to what became of them.
pub fn contract_fit(contracts: &[Contracts]) -> ModelFit {
    let count =
        |keep: &dyn Fn(&Contracts) -> bool| -> f64 { contracts.iter().filter(|of| keep(of)).map(|of| of.count).sum() };
    let renewed = count(&|of| of.periods > u32::from(of.ended));
    let mut fit = ModelFit { period_days: Some(MONTH_DAYS), ..blank(count(&|_| true), renewed) };
    if count(&|of| of.ended).min(count(&|of| !of.ended)) < FEWEST_CONTRACTS as f64 {
        fit.notes.push(Note::TooFewContracts);
        return fit;
    }
    match Sbg::fit(contracts) {
        Some((_, optimum)) => {
            fill(&mut fit, sbg::PARAMETERS, &optimum, &sbg::limits(&optimum.at));
            fit.intervals = intervals(sbg::PARAMETERS, &sbg::posterior(&optimum, contracts, DRAWS));
        }
        None => fit.notes.push(Note::NotConverged),
    }
    fit
}

/// Draws from the posterior for the intervals of parameters.
const DRAWS: usize = 240;

/// With fewer effective draws an interval is none.
const FEWEST_DRAWS: f64 = 40.0;

/// The 90 % intervals of parameters.
fn intervals(names: &[&str], posterior: &Posterior) -> BTreeMap<String, [f64; 2]> {
    let one = |(i, name): (usize, &&str)| {
        let interval = posterior.interval(0.05, &mut |at| at[i]).filter(|ends| ends.iter().all(|end| end.is_finite()));
        interval.map(|interval| ((*name).to_owned(), interval))
    };
    names.iter().enumerate().filter(|_| posterior.effective >= FEWEST_DRAWS).filter_map(one).collect()
}

/// What the end of a climb says.
fn fill(fit: &mut ModelFit, names: &[&str], optimum: &Optimum, limits: &[Note]) {
    let named = |values: &[f64]| -> BTreeMap<String, f64> {
        names.iter().zip(values).map(|(name, value)| ((*name).to_owned(), *value)).collect()
    };
    fit.parameters = named(&optimum.at);
    fit.log_likelihood = Some(optimum.value);
    fit.converged = optimum.converged;
    if !optimum.converged {
        fit.notes.push(Note::NotConverged);
    }
    match standard_errors(optimum) {
        Some(errors) => {
            if errors.iter().zip(&optimum.at).any(|(error, parameter)| error > parameter) {
                fit.notes.push(Note::Imprecise);
            }
            fit.standard_errors = named(&errors);
        }
        None if !is_interior(optimum) => {
            fit.notes.push(Note::Ridge);
            fit.notes.extend_from_slice(limits);
        }
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::ledger::{Base, Ledger, Selection};
    use crate::measures::tests::ledger;
    use crate::settings::Settings;

    fn of(ledger: &Ledger, end: &str) -> Models {
        let (visits, summary) = summed_up(ledger, end);
        let (mut work, end) = (Work::default(), end.parse().unwrap());
        loop {
            if let Some(models) = work.step(&visits, &summary, end) {
                return models;
            }
        }
    }

    fn summed_up(ledger: &Ledger, end: &str) -> (Rc<Visits>, Summary) {
        let visits = Selection::new(Base::new(ledger.clone()).into(), &Settings::default()).visits;
        let summary = Summary::of(&visits, end.parse().unwrap());
        (visits, summary)
    }

    #[test]
    fn a_small_shop_is_told_what_is_missing() {
        let models =
            of(&ledger(&[("a", "2024-01-01", 5), ("a", "2024-02-01", 5), ("b", "2024-01-01", 5)]), "2024-03-10");
        for fit in [&models.bg_nbd, &models.mbg_nbd, &models.pareto_nbd, &models.bg_bb] {
            assert_eq!(fit.notes, [Note::TooFewCustomers, Note::TooFewRepeatBuyers]);
            assert_eq!((fit.customers, fit.repeat_buyers, fit.converged, fit.log_likelihood), (2, 1, false, None));
        }
        assert_eq!(models.gamma_gamma.notes, [Note::TooFewRepeatBuyers]);
        assert_eq!(of(&ledger(&[]), "2024-03-10").bg_bb.notes, [Note::TooShort]);
    }

    #[test]
    fn months_count_from_the_first_purchase_and_only_whole_ones() {
        // Months end 30.4, 60.9, 91.3, … days after the first purchase; of 100 days, three are whole.
        let rows = [("a", "2024-01-01", 5), ("a", "2024-01-31", 5), ("a", "2024-03-02", 5), ("a", "2024-04-09", 5)];
        let ledger = ledger(&rows);
        let (visits, summary) = summed_up(&ledger, "2024-04-10");
        let histories = monthly_histories(&visits, &summary);
        assert_eq!(histories.rows[0].history, History { frequency: 2, recency: 3.0, age: 3.0 });
    }

    #[test]
    fn spend_that_follows_frequency_is_said_so() {
        let ids: Vec<String> = (0..40).map(|i| format!("c{i}")).collect();
        let days: Vec<String> = (0..28).map(|day| format!("2024-02-{:02}", day + 1)).collect();
        let fit = |follows: bool| {
            let mut rows = Vec::new();
            for (i, id) in ids.iter().enumerate() {
                for day in &days[..3 + i % 7] {
                    let own = if follows { 10 * (i as i64 % 7 + 1) } else { 10 + i as i64 % 5 };
                    rows.push((&**id, &**day, own + i as i64 % 3));
                }
            }
            of(&ledger(&rows), "2024-06-01").gamma_gamma.notes.contains(&Note::SpendFollowsFrequency)
        };
        assert!(fit(true) && !fit(false));
    }

    #[test]
    fn repeat_purchases_worth_nothing_are_counted() {
        let ledger =
            ledger(&[("a", "2024-01-01", 5), ("a", "2024-01-31", 0), ("b", "2024-01-01", 5), ("b", "2024-02-01", 7)]);
        let (list, worthless) = spends(&summed_up(&ledger, "2024-04-10").1);
        assert_eq!((list, worthless), (vec![Spend { frequency: 1, mean: 7.0, customers: 1.0 }], 1));
    }
}
