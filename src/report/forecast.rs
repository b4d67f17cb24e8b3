//! The part of the report that tells what is still to come: how the models did on the shop's own past, which of them was
//! chosen, and what it says of the next 12 months. Computed when somebody asks for it.

use serde::{Deserialize, Serialize};

use crate::math::Day;
use crate::math::money::Derived;

/// What today's customers will still buy within 12 months of the end of the period (365.25 days).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// The candidates on the shop's own past, the longest stretch first.
    pub origins: Vec<Origin>,
    /// The candidate with the best log score over all origins; nothing where no model could be held against the past.
    pub chosen: Option<Candidate>,
    /// Purchase days of the next 12 months.
    pub purchases: Option<Estimate>,
    /// Their value.
    pub revenue: Option<MoneyEstimate>,
    /// Their value discounted at `discount`, times the margin where one is set: customer equity of 12 months.
    pub equity: Option<MoneyEstimate>,
    /// The yearly discount rate of `equity`.
    pub discount: f64,
    /// Purchase days of each of the 12 months.
    pub months: Vec<f64>,
}

/// A number with its 90 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The expectation.
    pub value: f64,
    /// Lower end: what really comes is below with a probability of 5 %.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Money with its 90 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MoneyEstimate {
    /// The expectation.
    pub value: Derived,
    /// Lower end.
    pub low: Derived,
    /// Upper end.
    pub high: Derived,
}

/// A way to tell what comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Candidate {
    /// BG/NBD.
    BgNbd,
    /// MBG/NBD.
    MbgNbd,
    /// Pareto/NBD.
    ParetoNbd,
    /// The mean of the models: of their expectations, and of the probabilities that they give.
    Mean,
    /// Everybody goes on at the own rate so far.
    SameRate,
    /// Everybody buys as the older customers did at that age.
    AgeCurve,
}

/// All candidates at a day of the past.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// The last day that the candidates were given.
    pub at: Day,
    /// Days after it that they had to tell.
    pub days: u32,
    /// Customers who had bought by then.
    pub customers: u64,
    /// Their purchase days after it.
    pub purchases: u64,
    /// One a candidate.
    pub scores: Vec<Score>,
}

/// How a candidate did.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Which.
    pub candidate: Candidate,
    /// The mean of −ln P(what came), lower is better; nothing where it gives no probabilities.
    pub log_score: Option<f64>,
    /// Root of the mean squared difference of a customer's purchase days.
    pub rmse: f64,
    /// Mean absolute difference of a customer's purchase days.
    pub mae: f64,
    /// Purchase days of all customers, as told.
    pub expected: f64,
    /// expected / actual − 1; nothing where nobody bought.
    pub error: Option<f64>,
}
