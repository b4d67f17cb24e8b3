//! What the models know of a shop, under no filter but that of the rows: their test on the shop's own past, the candidate
//! that did best, and what it says of each customer's next 12 months. It costs more than all the rest of a report, and
//! is kept as long as the selection is the same.

use std::cell::{OnceCell, RefCell};

use super::backtest::{Tested, Trial};
use super::forecast::holds;
use super::members::{self, Member, Standing};
use super::predictive::{DRAWS, Predictive, Told, Voice};
use super::shop::{self, are_too_few, histories};
use super::spending::Spending;
use super::timing::Timing;
use super::verdict::{self, FEWEST, Past};
use super::years::{self, Span};
use super::{Histories, MONTH_DAYS, tracking};
use crate::ledger::{Summary, Visits};
use crate::math::Day;
use crate::math::calendar::YEAR_DAYS;
use crate::math::money::SCALE;
use crate::math::regression::quality::Area;
use crate::report::forecast::{Candidate, Origin, Tracking, Verdict};
use crate::report::models::Models;

/// Origins as shares of the longest stretch that is held against the past.
const STRETCHES: [f64; 3] = [1.0, 2.0 / 3.0, 1.0 / 3.0];

/// A model that is behind with so small a chance of being so by chance takes no part.
const TINY: f64 = 0.02;

/// What the models know of a shop.
#[derive(Debug)]
pub struct Outlook {
    /// The end of the observation.
    pub end: Day,
    /// The customers up to the end, numbered as in the visits that it was made of.
    pub summary: Summary,
    /// The candidates on the shop's own past, the longest stretch first.
    pub origins: Vec<Origin>,
    /// The candidate with the best log score over the origins.
    pub chosen: Option<Candidate>,
    /// How far it can be trusted.
    pub verdict: Verdict,
    /// The longest stretch week by week, as the candidates told it.
    pub tracking: Option<Tracking>,
    /// The AUC of its P(alive) on that stretch: whether those who came back were told from those who did not. Nothing with fewer
    /// than ten of either.
    pub alive: Option<Area>,
    /// The next 12 months; nothing where no candidate was chosen, or its fit failed.
    pub year: Option<Year>,
    models: OnceCell<Models>,
    /// What all customers bring over the years that were looked at last.
    years: RefCell<Option<(Span, Total)>>,
}

/// What the chosen candidate says of the 12 months after the end.
#[derive(Clone, Debug)]
pub struct Year {
    /// The models that it is made of, fitted to all data.
    pub members: Vec<Member>,
    /// What a purchase is worth.
    pub spend: Spending,
    /// Each customer's P(alive) and purchase days.
    pub standing: Standing,
    /// What a purchase day of each customer is worth, in currency units.
    pub values: Vec<f64>,
    /// Purchase days of all.
    pub purchases: Total,
    /// Their revenue in currency units.
    pub revenue: Total,
    /// Purchase days of each month.
    pub months: Vec<f64>,
    /// Revenue of each month.
    pub month_revenue: Vec<f64>,
    /// What draws from the posterior expect of each customer.
    pub predictive: Predictive,
    /// The relative variance that the errors on the past show beyond what chance explains: of purchases and of money.
    pub misfit: [f64; 2],
    /// The days of a stretch that it is of.
    pub misfit_days: f64,
}

/// A sum over all customers, and what it leaves open.
#[derive(Clone, Debug, Default)]
pub struct Total {
    /// The expectation.
    pub value: f64,
    /// What draws from the posterior expect, over the expectation.
    pub factors: Vec<f64>,
    /// The variance of what customers do by chance.
    pub noise: f64,
    /// The probability of nothing at all, where it is of one customer.
    pub none: f64,
}

impl Outlook {
    /// The models on all visits up to an end.
    pub fn of(visits: &Visits, end: Day) -> Outlook {
        let mut work = Work::new(visits, end);
        loop {
            if let Some(outlook) = work.step(visits) {
                return outlook;
            }
        }
    }

    /// The next 12 months, where they can be stood behind.
    pub fn trusted(&self) -> Option<&Year> {
        self.year.as_ref().filter(|_| self.verdict.trust.may_be_told())
    }

    /// What all customers bring over a span of years; kept until it is asked of another.
    pub fn over_years(&self, year: &Year, span: Span) -> Total {
        let kept = &mut *self.years.borrow_mut();
        match kept {
            Some((of, total)) if *of == span => total.clone(),
            _ => kept.insert((span, years::of_all(year, &self.summary, span))).1.clone(),
        }
    }

    /// All models, fitted to all data; computed when they are first asked for.
    pub fn models(&self, visits: &Visits) -> &Models {
        self.models.get_or_init(|| {
            let mut work = shop::Work::default();
            loop {
                if let Some(models) = work.step(visits, &self.summary, self.end) {
                    return models;
                }
            }
        })
    }

    /// Whether they are there.
    pub fn has_models(&self) -> bool {
        self.models.get().is_some()
    }

    /// Does the next step of them, on the visits that this was made of; whether it was the last one.
    pub fn fit_next(&self, work: &mut shop::Work, visits: &Visits) -> bool {
        let Some(models) = work.step(visits, &self.summary, self.end) else { return false };
        // Where they are there already, these are the same.
        let _ = self.models.set(models);
        true
    }
}

/// An outlook on its way, in steps that each take a small part of the time: between two of them, who computes it can hear
/// that it is not wanted any more.
pub struct Work {
    end: Day,
    first: Day,
    summary: Summary,
    timing: Timing,
    /// The origins that are still to be tried, the next one last.
    origins: Vec<Day>,
    trial: Option<Trial>,
    tested: Vec<Tested>,
    past: Option<Past>,
    /// The models that take part in the next 12 months and are still to be fitted, each with its share; the next one last.
    wanted: Option<Vec<(Candidate, f64)>>,
    voices: Vec<Voice>,
    done: u32,
}

impl Work {
    /// Steps of an origin: its past, the models, their scores.
    const STEPS_EACH: u32 = 6;

    /// Steps after the origins: what was chosen, its weeks, the models that take part, and all together.
    const STEPS_AFTER: u32 = 7;

    /// Nothing done yet.
    pub fn new(visits: &Visits, end: Day) -> Work {
        let summary = Summary::of(visits, end);
        let first = summary.buyers.iter().map(|&c| summary.first[c as usize]).min().unwrap_or(end);
        let longest = (f64::from(end.0 - first.0) / 2.0).min(YEAR_DAYS);
        let at = |share: &f64| end.plus(-libm::floor(longest * share) as i32);
        Work {
            end,
            first,
            summary,
            timing: Timing::of(visits, end),
            origins: STRETCHES.iter().rev().map(at).collect(),
            trial: None,
            tested: Vec::new(),
            past: None,
            wanted: None,
            voices: Vec::new(),
            done: 0,
        }
    }

    /// The share of the steps that are done, about.
    pub fn share_done(&self) -> f64 {
        f64::from(self.done) / f64::from(STRETCHES.len() as u32 * Work::STEPS_EACH + Work::STEPS_AFTER)
    }

    /// Does the next step, on the visits that it began with; the outlook after the last one.
    pub fn step(&mut self, visits: &Visits) -> Option<Outlook> {
        self.done += 1;
        if let Some(trial) = &mut self.trial {
            if !trial.fit_next(visits) {
                self.tested.extend(self.trial.take().map(Trial::finish));
                self.done = self.done.next_multiple_of(Work::STEPS_EACH);
            }
        } else if let Some(at) = self.origins.pop() {
            self.trial = Trial::of(visits, at, self.end, self.timing.is_regular());
        } else if let (None, Some(chosen)) = (&self.past, self.chosen()) {
            self.past = Some(Past::of(chosen, &self.tested, visits, self.end));
        } else if let (Some(Past { tracking: tracked @ None, chosen: Some(chosen), .. }), Some(longest)) =
            (&mut self.past, self.tested.first_mut())
        {
            *tracked = Some(tracking::track(longest, *chosen, visits, self.end));
        } else if self.wanted.is_none() {
            self.wanted = Some(self.who_takes_part());
        } else if let Some((candidate, share)) = self.wanted.as_mut().and_then(Vec::pop) {
            let (days, draws) = (self.days(), libm::round(share * DRAWS as f64) as usize);
            let voice = |member: Member| Voice { member, draws: member.posterior(&days, draws).draws };
            self.voices.extend(members::fit(candidate, &days).map(voice));
        } else {
            return Some(self.finish());
        }
        None
    }

    fn chosen(&self) -> Option<Candidate> {
        chosen(self.tested.iter().map(|tested| &tested.origin))
    }

    /// The histories up to the end.
    fn days(&self) -> Histories {
        Histories { ln_gaps: Some(self.timing.ln_gaps), ..histories(&self.summary) }
    }

    /// The models that take part in what is told of the next 12 months, with their shares of the draws: those of the chosen
    /// candidate, and others as far as it may be by chance alone that they were behind it on the longest stretch of the past.
    fn who_takes_part(&self) -> Vec<(Candidate, f64)> {
        let days = self.days();
        let (Some(chosen), Some(longest)) = (self.chosen(), self.tested.first()) else { return Vec::new() };
        if are_too_few(days.customers, days.repeaters()) {
            return Vec::new();
        }
        let share = |model: Candidate| match members::takes(chosen, model) {
            true => 1.0,
            false => longest.chance_of(model, chosen).filter(|chance| *chance >= TINY).unwrap_or(0.0),
        };
        let mut shares: Vec<(Candidate, f64)> =
            members::MODELS.into_iter().map(|model| (model, share(model))).filter(|(_, share)| *share > 0.0).collect();
        let whole: f64 = shares.iter().map(|(_, share)| share).sum();
        shares.iter_mut().for_each(|(_, share)| *share /= whole);
        shares.reverse();
        shares
    }

    fn finish(&mut self) -> Outlook {
        let (chosen, days) = (self.chosen(), self.days());
        let voices = std::mem::take(&mut self.voices);
        let told = |voice: &&Voice| chosen.is_some_and(|chosen| members::takes(chosen, voice.member.candidate));
        let members: Vec<Member> = voices.iter().filter(told).map(|voice| voice.member).collect();
        let Work { end, first, past, .. } = self;
        let (end, past, summary) = (*end, past.take(), std::mem::take(&mut self.summary));
        let misfit = past.as_ref().map_or(([0.0; 2], YEAR_DAYS), |past| (past.misfit, past.misfit_days));
        let year = (!members.is_empty()).then(|| Year::of(members, voices, &summary, &days, misfit));
        let verdict = verdict::of(&days, end.0 - first.0, past.as_ref(), year.as_ref(), end);
        Outlook {
            end,
            origins: std::mem::take(&mut self.tested).into_iter().map(|tested| tested.origin).collect(),
            chosen,
            verdict,
            alive: past.as_ref().and_then(|past| past.alive),
            tracking: past.and_then(|past| past.tracking),
            year,
            summary,
            models: OnceCell::new(),
            years: RefCell::default(),
        }
    }
}

/// The candidate with the lowest mean of log scores, of those that have one at every origin.
fn chosen<'a>(origins: impl Iterator<Item = &'a Origin> + Clone) -> Option<Candidate> {
    let all = [Candidate::BgNbd, Candidate::MbgNbd, Candidate::ParetoNbd, Candidate::MbgCnbd, Candidate::Mean];
    let mut best: Option<(f64, Candidate)> = None;
    for candidate in all {
        let scores = origins.clone().map(|origin| origin.score(candidate)?.log_score);
        let Some(sum) = scores.sum::<Option<f64>>().filter(|sum| sum.is_finite() && *sum > 0.0) else { continue };
        if best.is_none_or(|(lowest, _)| sum < lowest) {
            best = Some((sum, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

impl Year {
    fn of(
        members: Vec<Member>,
        voices: Vec<Voice>,
        summary: &Summary,
        days: &Histories,
        (misfit, misfit_days): ([f64; 2], f64),
    ) -> Year {
        let spend = Spending::of(summary);
        let year = 12.0 * MONTH_DAYS;
        let standing = members::standing(&members, summary, year);
        let mut values = vec![0.0; summary.first.len()];
        for &c in &summary.buyers {
            values[c as usize] = spend.of_customer(summary, c as usize);
        }
        let weighted = summary.buyers.iter().map(|&c| (members::history(summary, c as usize), values[c as usize]));
        let weighted = Histories::new(weighted);
        let told = Told { summary, expected: &standing.expected, values: &values, horizon: year };
        let predictive = Predictive::of(&told, &voices, &spend);
        let factors = predictive.whole();
        let noise = |weight: &dyn Fn(usize) -> f64| -> f64 {
            summary.buyers.iter().map(|&c| weight(c as usize) * standing.variance[c as usize]).sum()
        };
        let by_month = |rows: &Histories| -> Vec<f64> {
            let until: Vec<f64> =
                (0..=12).map(|month| members::mean(&members, rows, f64::from(month) * MONTH_DAYS)).collect();
            until.windows(2).map(|pair| pair[1] - pair[0]).collect()
        };
        let (months, month_revenue) = (by_month(days), by_month(&weighted));
        let (count, revenue) = (months.iter().sum(), month_revenue.iter().sum());
        let purchases = Total { value: count, factors: factors.purchases, noise: noise(&|_| 1.0), none: 0.0 };
        let by_value = noise(&|c| values[c] * values[c]) + count * spend.variance;
        let revenue = Total { value: revenue, factors: factors.revenue, noise: by_value, none: 0.0 };
        Year {
            members,
            spend,
            standing,
            values,
            purchases,
            revenue,
            months,
            month_revenue,
            predictive,
            misfit,
            misfit_days,
        }
    }

    /// What is told of each customer of the summary that it was made of.
    pub fn told<'a>(&'a self, summary: &'a Summary) -> Told<'a> {
        let Year { standing, values, .. } = self;
        Told { summary, expected: &standing.expected, values, horizon: 12.0 * MONTH_DAYS }
    }

    /// What a customer's purchases of the 12 months bring, in currency units.
    pub fn revenue_of(&self, c: usize) -> f64 {
        self.standing.expected[c] * self.values[c]
    }
}

impl Past {
    /// The past as the chosen candidate told it.
    fn of(chosen: Candidate, tested: &[Tested], visits: &Visits, end: Day) -> Past {
        let mut past = Past { chosen: Some(chosen), ..Past::default() };
        let (mut days, mut squares, mut beyond) = (0.0, [0.0; 2], [0.0; 2]);
        for (place, Tested { origin, members, .. }) in tested.iter().enumerate() {
            let members = members::of(chosen, members);
            let summary = Summary::of(visits, origin.at);
            let horizon = f64::from(origin.days);
            let standing = members::standing(&members, &summary, horizon);
            let error = origin.score(chosen).and_then(|score| score.error);
            let expected: f64 = standing.expected.iter().sum();
            let chance = standing.variance.iter().sum::<f64>() / (expected * expected).max(f64::MIN_POSITIVE);
            let spend = Spending::of(&summary);
            let (told, came) = money(&spend, &summary, &standing, visits, origin.at, end);
            let revenue_error = (came > 0.0).then(|| told / came - 1.0);
            days += horizon;
            for (place, error) in [error, revenue_error].into_iter().enumerate() {
                // With nothing bought the error has no measure; as told against none it is whole.
                let square = error.map_or(1.0, |error| error * error);
                squares[place] += horizon * square;
                beyond[place] += horizon * (square - chance);
            }
            if place == 0 {
                past.days = origin.days;
                past.purchases = origin.purchases;
                past.error = error;
                past.revenue_error = revenue_error;
                past.same_rate_error = origin.score(Candidate::SameRate).and_then(|score| score.error);
                past.holds = verdict::is_small(&histories(&summary), origin.purchases)
                    && held(&members, &spend, &summary, &standing, horizon, [origin.purchases as f64, came]);
                past.alive = alive(&summary, &standing, visits, origin.at, end);
            }
        }
        past.typical_error = libm::sqrt(squares[0].max(squares[1]) / days);
        past.misfit = beyond.map(|beyond| (beyond / days).max(0.0));
        past.misfit_days =
            tested.iter().map(|tested| libm::pow(f64::from(tested.origin.days), 2.0)).sum::<f64>() / days;
        past
    }
}

/// Whether purchases and revenue that came lie in the 90 % intervals that the chosen candidate told of them: alone, because
/// whether others take part is known only from what came.
fn held(
    members: &[Member],
    spend: &Spending,
    summary: &Summary,
    standing: &Standing,
    horizon: f64,
    came: [f64; 2],
) -> bool {
    let rows = histories(summary);
    let voice =
        |member: &Member| Voice { member: *member, draws: member.posterior(&rows, DRAWS / members.len()).draws };
    let voices: Vec<Voice> = members.iter().map(voice).collect();
    let mut values = vec![0.0; summary.first.len()];
    summary.buyers.iter().for_each(|&c| values[c as usize] = spend.of_customer(summary, c as usize));
    let told = Told { summary, expected: &standing.expected, values: &values, horizon };
    let factors = Predictive::of(&told, &voices, spend).whole();
    let (mut purchases, mut revenue) = (Total::default(), Total::default());
    for c in summary.buyers.iter().map(|&c| c as usize) {
        let (expected, variance) = (standing.expected[c], standing.variance[c]);
        purchases.value += expected;
        purchases.noise += variance;
        revenue.value += expected * values[c];
        revenue.noise += variance * values[c] * values[c] + expected * spend.variance;
    }
    (purchases.factors, revenue.factors) = (factors.purchases, factors.revenue);
    holds(&purchases, came[0]) && holds(&revenue, came[1])
}

/// Revenue of the days after an origin from those who were customers by then, as told and as it came, in currency units.
fn money(spend: &Spending, summary: &Summary, standing: &Standing, visits: &Visits, at: Day, end: Day) -> (f64, f64) {
    let (mut told, mut came) = (0.0, 0);
    for &c in &summary.buyers {
        let c = c as usize;
        told += standing.expected[c] * spend.of_customer(summary, c);
        let later = |(visit, _): &(&crate::ledger::visits::Visit, i64)| visit.day > at && visit.day <= end;
        came += visits.of_customer(c).iter().zip(visits.spent(c)).filter(later).map(|(_, spent)| spent).sum::<i64>();
    }
    (told, came as f64 / SCALE as f64)
}

/// How well P(alive) on the day of an origin tells who comes back after it from who does not.
fn alive(summary: &Summary, standing: &Standing, visits: &Visits, at: Day, end: Day) -> Option<Area> {
    let buyers = || summary.buyers.iter().map(|&c| c as usize);
    let came =
        |c: usize| visits.of_customer(c).iter().any(|visit| visit.purchases > 0 && visit.day > at && visit.day <= end);
    let said: Vec<f64> = buyers().map(|c| standing.alive[c]).collect();
    let back: Vec<f64> = buyers().map(|c| f64::from(u8::from(came(c)))).collect();
    let yes = back.iter().sum::<f64>();
    Area::of(&said, &back).filter(|_| yes.min(back.len() as f64 - yes) >= FEWEST)
}
