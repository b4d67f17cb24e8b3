//! Models of what customers will still buy, one file a model. Each file names its paper and equations, maps the paper's
//! symbols to names, and says what the model assumes.
//!
//! * [`histories`]: what the models see of a customer, grouped so that cost grows with what is distinct.
//! * [`bg_nbd`], [`mbg_nbd`], [`pareto_nbd`]: buying at any time until drop-out; [`bg_bb`] the same at set opportunities.
//! * [`cnbd`]: the same at more regular times than random ones; [`timing`] tells whether they are.
//! * [`gamma_gamma`]: what a purchase is worth. [`sbg`]: contracts that are renewed or not.
//! * [`prior`]: what shops are like, for those with few repeat buyers. [`fit`]: maximum likelihood, standard errors, and whether there is a maximum at all.
//! * [`posterior`]: what the data leaves open of parameters; [`predictive`]: and so of what customers will do.
//! * [`shop`]: from the ledger to fits, for the report; [`backtest`]: the models on the shop's own past; [`verdict`]: how far
//!   they can be trusted; [`tracking`]: the past week by week; [`outlook`]: all of it together, with what the best of them says
//!   of each customer.
//! * [`members`]: several models whose mean is told; [`spending`]: what a purchase is worth; [`forecast`]: the next 12
//!   months, with intervals; [`years`]: the years after them, as far as the data can tell them.
//! * [`beta_geometric`], [`negative_binomial`]: what several of them share.
//!
//! All models of purchases answer the same questions, those of [`Model`]. They rest on one property that all of them have:
//! a customer who is still there after x purchases in time T is like a new one with other parameters. So a prediction is
//! the probability of being there times what one who is there will do. Where times are regular, one who is there stands
//! in one of a few stages between two purchases, and that is a mean over them.

pub mod backtest;
pub mod beta_geometric;
pub mod bg_bb;
pub mod bg_nbd;
pub mod cnbd;
pub mod fit;
pub mod forecast;
pub mod gamma_gamma;
pub mod histories;
pub mod mbg_nbd;
pub mod members;
pub mod negative_binomial;
pub mod outlook;
pub mod pareto_nbd;
pub mod posterior;
pub mod predictive;
pub mod prior;
pub mod sbg;
pub mod shop;
pub mod spending;
pub mod timing;
pub mod tracking;
pub mod verdict;
pub mod years;

pub use fit::{Fit, Fitted};
pub use histories::{Histories, History};

/// Days in the month of horizons: 365.25 / 12.
pub const MONTH_DAYS: f64 = 365.25 / 12.0;

/// More stages between two purchases than this no model has.
pub const MOST_STAGES: usize = 12;

/// What the future of one who is still there hangs on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct There {
    /// x: repeat purchases.
    pub frequency: u32,
    /// T: time since the first purchase.
    pub age: f64,
    /// Stages passed since the last purchase: 0 but in models of regular times.
    pub stage: u32,
}

/// What a model of purchases says about customers. Times are in the unit that it was fitted in.
pub trait Model {
    /// P(alive): the probability that a customer is still there at the end of the observation.
    fn alive(&self, history: &History) -> f64;

    /// P(still there at the end | there at `recency`, which need not be a purchase here, and silent since). Where customers may
    /// leave at any time, that is P(alive) of the same silence after a purchase.
    fn stayed(&self, history: &History) -> f64 {
        self.alive(history)
    }

    /// Stages of which a purchase is the last; 1 where purchases come at random times.
    fn stages(&self) -> u32 {
        1
    }

    /// The probabilities of the stages in which one who is there stands.
    fn stage_weights(&self, _history: &History) -> [f64; MOST_STAGES] {
        let mut weights = [0.0; MOST_STAGES];
        weights[0] = 1.0;
        weights
    }

    /// Expected purchases within `horizon` of one who is there.
    fn expected_if_alive(&self, there: There, horizon: f64) -> f64;

    /// The mean of the square of the purchases within `horizon` of one who is there.
    fn square_if_alive(&self, there: There, horizon: f64) -> f64;

    /// P(0 purchases), …, P(`most` purchases) within `horizon` of one who is there.
    fn probabilities_if_alive(&self, there: There, horizon: f64, most: usize) -> Vec<f64>;

    /// DERT of one who is there: purchases to infinity, discounted continuously at `discount` a unit of time (above 0).
    fn discounted_if_alive(&self, there: There, discount: f64) -> f64;

    /// The mean over the stages in which one of this history who is there may stand.
    fn mean_if_alive(&self, history: &History, of: &mut dyn FnMut(There) -> f64) -> f64 {
        let weights = self.stage_weights(history);
        let at = |stage| There { frequency: history.frequency, age: history.age, stage };
        (0..self.stages()).map(|stage| weights[stage as usize] * of(at(stage))).sum()
    }

    /// Expected purchases within `horizon`.
    fn expected(&self, history: &History, horizon: f64) -> f64 {
        self.alive(history) * self.mean_if_alive(history, &mut |there| self.expected_if_alive(there, horizon))
    }

    /// P(0 purchases), …, P(`most` purchases) within `horizon`.
    fn probabilities(&self, history: &History, horizon: f64, most: usize) -> Vec<f64> {
        let (alive, weights) = (self.alive(history), self.stage_weights(history));
        let mut list = vec![0.0; most + 1];
        for stage in 0..self.stages() {
            let there = There { frequency: history.frequency, age: history.age, stage };
            for (sum, probability) in list.iter_mut().zip(self.probabilities_if_alive(there, horizon, most)) {
                *sum += alive * weights[stage as usize] * probability;
            }
        }
        list[0] += 1.0 - alive;
        list
    }

    /// DERT: expected purchases to infinity, discounted continuously at `discount` a unit of time (above 0).
    fn discounted(&self, history: &History, discount: f64) -> f64 {
        self.alive(history) * self.mean_if_alive(history, &mut |there| self.discounted_if_alive(there, discount))
    }

    /// Expected purchases of one who is there in `steps` steps of time of length `step`, discounted at `discount` a step;
    /// `within` tells when in its step a purchase is discounted, from 0 (its beginning) to 1 (its end).
    fn discounted_steps_if_alive(&self, there: There, steps: u32, step: f64, discount: f64, within: f64) -> f64 {
        let (mut sum, mut before) = (0.0, 0.0);
        for k in 0..steps {
            let until = self.expected_if_alive(there, step * f64::from(k + 1));
            sum += (until - before) * libm::pow(1.0 + discount, -(f64::from(k) + within));
            before = until;
        }
        sum
    }

    /// The same of a history.
    fn discounted_steps(&self, history: &History, steps: u32, step: f64, discount: f64, within: f64) -> f64 {
        let of = &mut |there| self.discounted_steps_if_alive(there, steps, step, discount, within);
        self.alive(history) * self.mean_if_alive(history, of)
    }

    /// Expected repeat purchases of a customer within `horizon` of the first purchase.
    fn expected_of_new(&self, horizon: f64) -> f64 {
        self.expected(&History::default(), horizon)
    }
}
