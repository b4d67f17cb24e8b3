//! The models of purchases as they were fitted, one or several whose mean is told, and what they say of all customers.

use super::bg_nbd::BgNbd;
use super::cnbd::MbgCnbd;
use super::mbg_nbd::MbgNbd;
use super::pareto_nbd::ParetoNbd;
use super::posterior::Posterior;
use super::prior::{self, Prior, Shape};
use super::{Fitted, Histories, History, MOST_STAGES, Model, There, fit};
use crate::ledger::Summary;
use crate::math::optimise::{Derivatives, Optimum};
use crate::math::order::{self, ascending};
use crate::report::forecast::Candidate;

/// A fitted model, and how to make it from other parameters.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Which model.
    pub candidate: Candidate,
    /// Where its fit ended.
    pub optimum: Optimum,
    /// Stages of which a purchase is the last: 1 but in models of regular times.
    pub stages: u32,
    make: fn(u32, &[f64; 4]) -> Box<dyn Model>,
    likelihood: fn(u32, &[f64; 4], &Histories) -> Derivatives,
    shape: Shape,
}

impl Member {
    /// The model as it was fitted.
    pub fn model(&self) -> Box<dyn Model> {
        (self.make)(self.stages, &self.optimum.at)
    }

    /// The model with other parameters.
    pub fn with(&self, parameters: &[f64; 4]) -> Box<dyn Model> {
        (self.make)(self.stages, parameters)
    }

    /// Draws from the posterior of the parameters under the weak prior, of the histories that it was fitted to.
    pub fn posterior(&self, histories: &Histories, draws: usize) -> Posterior {
        let prior = Prior::weak(&self.shape, self.stages, histories);
        let likelihood = &mut |parameters: &[f64; 4]| (self.likelihood)(self.stages, parameters, histories);
        fit::posterior(&self.optimum, prior.as_ref(), histories, draws, likelihood)
    }

    /// Shape and rate (in days) of the gamma distribution of purchase rates, which all of these models have.
    pub fn rates(&self) -> (f64, f64) {
        (self.optimum.at[0], self.optimum.at[1] * f64::from(self.stages))
    }

    /// P(no purchase within t of the last one), of one who is there and had x of them by then: fewer than k stages, whose
    /// rate is gamma with r + kx and α + t_x.
    fn silent(&self, frequency: u32, recency: f64, t: f64) -> f64 {
        let [r, alpha, ..] = self.optimum.at;
        let shape = r + f64::from(self.stages) * f64::from(frequency);
        let u = t / (alpha + recency + t);
        let (mut term, mut sum) = (1.0, 0.0);
        for j in 0..self.stages {
            sum += term;
            term *= (shape + f64::from(j)) / (f64::from(j) + 1.0) * u;
        }
        sum * libm::exp(-shape * libm::log1p(t / (alpha + recency)))
    }
}

/// The models that a candidate may be made of.
pub const MODELS: [Candidate; 4] = [Candidate::BgNbd, Candidate::MbgNbd, Candidate::ParetoNbd, Candidate::MbgCnbd];

/// The models that a candidate is made of, each fitted as by [`fit()`].
pub fn fitted(candidate: Candidate, histories: &Histories) -> Vec<Member> {
    made_of(candidate).filter_map(|model| fit(model, histories)).collect()
}

/// The models that a candidate is made of; none for the ways to go on without a model.
pub fn made_of(candidate: Candidate) -> impl Iterator<Item = Candidate> {
    MODELS.into_iter().filter(move |model| takes(candidate, *model))
}

/// A model, fitted (with the prior, where there are few repeat buyers); nothing where the climb did not end, and none of
/// regular times where the gaps are not known.
pub fn fit(model: Candidate, histories: &Histories) -> Option<Member> {
    fn of<M: Fitted + 'static>(candidate: Candidate, histories: &Histories) -> Option<Member> {
        let fit = M::estimate(histories).filter(|fit| fit.optimum.converged)?;
        let make = |_: u32, parameters: &[f64; 4]| -> Box<dyn Model> { Box::new(M::new(parameters)) };
        let likelihood =
            |_: u32, parameters: &[f64; 4], histories: &Histories| M::log_likelihood(parameters, histories);
        Some(Member { candidate, optimum: fit.optimum, stages: 1, make, likelihood, shape: M::PRIOR? })
    }
    match model {
        Candidate::BgNbd => of::<BgNbd>(model, histories),
        Candidate::MbgNbd => of::<MbgNbd>(model, histories),
        Candidate::ParetoNbd => of::<ParetoNbd>(model, histories),
        Candidate::MbgCnbd => {
            let (stages, fit) = MbgCnbd::estimate(histories)?;
            let make =
                |stages: u32, parameters: &[f64; 4]| -> Box<dyn Model> { Box::new(MbgCnbd::new(stages, parameters)) };
            let likelihood = |stages: u32, parameters: &[f64; 4], histories: &Histories| {
                MbgCnbd::log_likelihood(stages, parameters, histories)
            };
            Some(Member { candidate: model, optimum: fit.optimum, stages, make, likelihood, shape: prior::MBG })
        }
        _ => None,
    }
}

/// Of the models that were fitted, those that a candidate is made of.
pub fn of(candidate: Candidate, all: &[Member]) -> Vec<Member> {
    all.iter().filter(|member| takes(candidate, member.candidate)).copied().collect()
}

/// Whether a candidate is made of a model: the mean is that of the three of random times.
pub fn takes(candidate: Candidate, model: Candidate) -> bool {
    candidate == model || (candidate == Candidate::Mean && model != Candidate::MbgCnbd)
}

/// What a model says of one who is there in each stage.
pub fn by_stage(model: &dyn Model, frequency: u32, age: f64, of: &mut dyn FnMut(There) -> f64) -> [f64; MOST_STAGES] {
    let mut values = [0.0; MOST_STAGES];
    for (stage, value) in (0..model.stages()).zip(&mut values) {
        *value = of(There { frequency, age, stage });
    }
    values
}

/// The mean over the stages in which one of a history who is there may stand.
pub fn over_stages(model: &dyn Model, history: &History, values: &[f64; MOST_STAGES]) -> f64 {
    match model.stages() {
        1 => values[0],
        _ => model.stage_weights(history).iter().zip(values).map(|(weight, value)| weight * value).sum(),
    }
}

/// The history of a customer of a summary.
pub fn history(summary: &Summary, c: usize) -> History {
    let (recency, age) = (f64::from(summary.recency[c]), f64::from(summary.t[c]));
    History { frequency: summary.frequency[c], recency, age }
}

/// What a model expects of one who is there.
pub type IfThere<'a> = dyn Fn(&dyn Model, There) -> f64 + 'a;

/// What one model expects of customers who come by frequency and age, on which all hangs but whether they are there.
pub struct Expects<'a> {
    model: &'a dyn Model,
    of: &'a IfThere<'a>,
    last: (u32, f64, [f64; MOST_STAGES]),
}

impl<'a> Expects<'a> {
    /// What is expected, by what is of one who is there.
    pub fn new(model: &'a dyn Model, of: &'a IfThere<'a>) -> Expects<'a> {
        Expects { model, of, last: (u32::MAX, 0.0, [0.0; MOST_STAGES]) }
    }

    /// What is expected of a history.
    pub fn of(&mut self, history: &History) -> f64 {
        let &History { frequency, age, .. } = history;
        if (self.last.0, self.last.1) != (frequency, age) {
            let of = &mut |there| (self.of)(self.model, there);
            self.last = (frequency, age, by_stage(self.model, frequency, age, of));
        }
        self.model.alive(history) * over_stages(self.model, history, &self.last.2)
    }
}

/// The mean of what the members expect within a horizon of all rows, each weighted with its customers (or their values).
pub fn mean(members: &[Member], rows: &Histories, horizon: f64) -> f64 {
    mean_of(members, rows, &|model, there| model.expected_if_alive(there, horizon))
}

/// The same of whatever is expected of one who is there.
pub fn mean_of(members: &[Member], rows: &Histories, of: &IfThere<'_>) -> f64 {
    let all = members.iter().map(|member| {
        let model = member.model();
        let mut expects = Expects::new(&*model, of);
        rows.rows.iter().map(|row| row.customers * expects.of(&row.history)).sum::<f64>()
    });
    all.sum::<f64>() / members.len() as f64
}

/// What the members say of each customer of a summary within a horizon. Customers without a purchase have zeros.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// P(alive).
    pub alive: Vec<f64>,
    /// Expected purchase days.
    pub expected: Vec<f64>,
    /// The variance of purchase days under the first member: the members hardly differ in it.
    pub variance: Vec<f64>,
}

/// What the members say of each customer of a summary within a horizon in days.
pub fn standing(members: &[Member], summary: &Summary, horizon: f64) -> Standing {
    standing_of(members, summary, &summary.buyers, horizon)
}

/// The same of some of the customers only; the others have zeros.
pub fn standing_of(members: &[Member], summary: &Summary, customers: &[u32], horizon: f64) -> Standing {
    let n = summary.first.len();
    let mut standing = Standing { alive: vec![0.0; n], expected: vec![0.0; n], variance: vec![0.0; n] };
    // What a model says of one who is there hangs on frequency and age alone.
    let key = |&c: &u32| {
        let (frequency, age) = (summary.frequency[c as usize], summary.t[c as usize]);
        (ascending(i64::from(frequency) << 32 | i64::from(age)), c)
    };
    let mut keyed: Vec<order::Keyed> = customers.iter().map(key).collect();
    order::sort_keyed(&mut keyed);
    let share = 1.0 / members.len() as f64;
    for (place, member) in members.iter().enumerate() {
        let model = member.model();
        for equal in keyed.chunk_by(|a, b| a.0 == b.0) {
            let History { frequency, age, .. } = history(summary, equal[0].1 as usize);
            let firsts = by_stage(&*model, frequency, age, &mut |there| model.expected_if_alive(there, horizon));
            let mut seconds = [0.0; MOST_STAGES];
            if place == 0 {
                seconds = by_stage(&*model, frequency, age, &mut |there| model.square_if_alive(there, horizon));
            }
            for &(_, c) in equal {
                let c = c as usize;
                let own = history(summary, c);
                let (alive, first) = (model.alive(&own), over_stages(&*model, &own, &firsts));
                standing.alive[c] += alive * share;
                standing.expected[c] += alive * first * share;
                if place == 0 {
                    let second = over_stages(&*model, &own, &seconds);
                    standing.variance[c] = (alive * (second - alive * first * first)).max(0.0);
                }
            }
        }
    }
    standing
}

/// Days after a last purchase within which one who is still there has bought again with a probability, `quantile`: the
/// day on which the silence has become unlikely. Until drop-out purchases at random times come at a rate that is gamma
/// distributed with shape r + x and rate α + t_x, so that P(none in t) = ((α + t_x) / (α + t_x + t))^(r + x); the mean of
/// the members is solved for t.
pub fn days_until_due(members: &[Member], frequency: u32, recency: f64, quantile: f64) -> f64 {
    let silent =
        |t: f64| members.iter().map(|member| member.silent(frequency, recency, t)).sum::<f64>() / members.len() as f64;
    let (mut low, mut high) = (0.0, 1.0);
    while silent(high) > 1.0 - quantile && high < 1e7 {
        (low, high) = (high, high * 2.0);
    }
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if silent(middle) > 1.0 - quantile { low = middle } else { high = middle }
    }
    high
}
