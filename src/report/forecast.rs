//! The part of the report that tells what is still to come: how the models did on the shop's own past, which of them was
//! chosen, and what it says of the next 12 months. Computed when somebody asks for it.

use serde::{Deserialize, Serialize};

use super::worth::Worth;
use crate::math::Day;
use crate::math::money::Derived;

/// What a person sets for the forecast: nothing, margin and discount are settings of the whole report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ask {}

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
    /// How far all of it can be trusted.
    pub verdict: Verdict,
    /// What is told on the page: by month, by segment and by cohort, with bands that hold the errors on the past, too.
    /// Nothing where the verdict lets nothing be told.
    pub ahead: Option<Ahead>,
    /// The longest stretch of the past that was hidden, week by week, as the candidates told it and as it came.
    pub tracking: Option<Tracking>,
}

/// How far a forecast can be trusted (the rules stand in `docs/models.md`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// You can plan with it.
    Plan,
    /// Good for direction, not for a budget.
    Direction,
    /// The method missed the past by too much: nothing is told.
    Poor,
    /// Too few customers have come back to tell anything.
    #[default]
    TooFew,
}

impl Trust {
    /// Whether a number may be shown.
    pub fn may_be_told(self) -> bool {
        matches!(self, Trust::Plan | Trust::Direction)
    }
}

/// What the verdict is, and what it rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The verdict.
    pub trust: Trust,
    /// The candidate that it is of; nothing where none could be held against the past.
    pub chosen: Option<Candidate>,
    /// Customers up to the end.
    pub customers: u64,
    /// Those of them who came back on another day.
    pub repeat_buyers: u64,
    /// Days of the longest stretch that was hidden and told; nothing where none could be.
    pub tested_days: Option<u32>,
    /// Purchase days in it, of those who were customers before.
    pub tested_purchases: Option<u64>,
    /// expected / actual − 1 of these purchase days by the chosen candidate.
    pub error: Option<f64>,
    /// expected / actual − 1 of their money.
    pub revenue_error: Option<f64>,
    /// Root of the mean squared error over all stretches, weighted with their days; the larger of purchases' and money's.
    pub typical_error: Option<f64>,
    /// expected / actual − 1 of the same purchase days where everybody goes on at the own rate.
    pub same_rate_error: Option<f64>,
    /// Where there are too few: the day on which there will be enough, if more come as they came so far.
    pub enough_on: Option<Day>,
}

/// A number with two bands around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// The expectation.
    pub value: f64,
    /// Lower end of the band that holds what comes with 8 chances in 10.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// Lower end of the band of 1 chance in 2.
    pub inner_low: f64,
    /// Its upper end.
    pub inner_high: f64,
}

/// Money with two bands around it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MoneyBand {
    /// The expectation.
    pub value: Derived,
    /// Lower end of the band that holds what comes with 8 chances in 10.
    pub low: Derived,
    /// Its upper end.
    pub high: Derived,
    /// Lower end of the band of 1 chance in 2.
    pub inner_low: Derived,
    /// Its upper end.
    pub inner_high: Derived,
}

impl MoneyBand {
    /// All of it times a factor.
    pub fn times(self, factor: f64) -> MoneyBand {
        let MoneyBand { value, low, high, inner_low, inner_high } = self;
        let [value, low, high, inner_low, inner_high] =
            [value, low, high, inner_low, inner_high].map(|amount| Derived(amount.0 * factor));
        MoneyBand { value, low, high, inner_low, inner_high }
    }
}

/// The next 12 months, as the page tells them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ahead {
    /// Purchase days.
    pub purchases: Band,
    /// Their revenue.
    pub revenue: MoneyBand,
    /// The same times the margin, where one is set.
    pub margin: Option<MoneyBand>,
    /// Customer equity: revenue discounted at `Forecast::discount`, times the margin where one is set.
    pub equity: MoneyBand,
    /// The relative variance that the errors on the past show beyond chance, of purchases and of money; part of all bands.
    pub misfit: [f64; 2],
    /// Month by month, the season put back in where there is one.
    pub months: Vec<MonthAhead>,
    /// The season of the shop; nothing where its years do not agree, or there are fewer than three.
    pub season: Option<Season>,
    /// By value tier, RFM group, and each column with values.
    pub segments: Vec<GroupAhead>,
    /// By period of the first purchase, in the unit of cohorts that is set; the latest last.
    pub cohorts: Vec<GroupAhead>,
    /// What all customers are worth together, told in five ways.
    pub worth: Worth,
}

/// What a month will bring. Months are of 365.25 / 12 days, and begin with the day after the end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthAhead {
    /// The calendar month that its middle lies in: `2026-10`.
    pub month: String,
    /// Purchase days.
    pub purchases: f64,
    /// Their revenue.
    pub revenue: MoneyBand,
}

/// How calendar months differ, year after year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Season {
    /// January to December: purchases of the month as a multiple of an average one.
    pub index: Vec<f64>,
    /// Rank correlation of the months of one year with those of the other.
    pub agreement: f64,
}

/// What a group of customers will bring.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupAhead {
    /// The family of a segment; `cohort` for a period of first purchases.
    pub family: String,
    /// The key of the segment, or the period.
    pub name: String,
    /// Its customers.
    pub customers: u64,
    /// Purchase days.
    pub purchases: f64,
    /// Their revenue.
    pub revenue: MoneyBand,
    /// Its revenue discounted at `Forecast::discount` as that of all customers is, times the margin where one is set.
    pub equity: MoneyBand,
    /// Its share of the revenue of all groups of the family.
    pub share: Option<f64>,
}

/// A stretch of the past, as it was told beforehand and as it came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tracking {
    /// The last day that the models were given.
    pub at: Day,
    /// Whole weeks after it.
    pub weeks: Vec<Week>,
    /// The same weeks as each candidate told them.
    pub told: Vec<Told>,
}

/// A week of the past.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Week {
    /// Its first day.
    pub start: Day,
    /// Purchase days of those who were customers before the stretch.
    pub actual: u64,
    /// What the chosen candidate told of them.
    pub expected: f64,
}

/// The weeks of a stretch as one candidate told them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// Which.
    pub candidate: Candidate,
    /// Purchase days of each week.
    pub expected: Vec<f64>,
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
    /// MBG/CNBD-k, where purchases are regular.
    MbgCnbd,
    /// The mean of the three models of random times: of their expectations, and of the probabilities that they give.
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

impl Origin {
    /// How a candidate did, where it took part.
    pub fn score(&self, candidate: Candidate) -> Option<&Score> {
        self.scores.iter().find(|score| score.candidate == candidate)
    }
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
    /// Root of the mean squared difference of all customers' purchase days of a week; told of the longest stretch only, and of
    /// whole weeks.
    pub weekly_rmse: Option<f64>,
    /// Mean absolute difference of the same.
    pub weekly_mae: Option<f64>,
}
