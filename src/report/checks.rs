//! How the models fit what they were fitted to, and what they take for granted: the section behind "Models and checks".

use serde::{Deserialize, Serialize};

use super::as_lifetimes::{AsLifetimes, Grain};
use super::forecast::{Candidate, Estimate, Verdict};
use super::models::Models;
use crate::math::Day;
use crate::math::money::Derived;

/// What a person sets for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// The unit in which customers are told as the package `lifetimes` would, once a person has chosen one; days until then.
    pub grain: Option<Grain>,
}

/// The models, and the checks of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Modelling {
    /// The fits of all models.
    pub models: Models,
    /// The checks of the one that was chosen.
    pub checks: Checks,
}

/// The checks of the chosen candidate. Those that need a fit are empty where there is none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Checks {
    /// How far the forecast can be trusted.
    pub verdict: Verdict,
    /// The candidate that was chosen.
    pub chosen: Option<Candidate>,
    /// Of the models that it is made of, the one with the best log score: `rates` and `drop_out` are its own.
    pub single: Option<Candidate>,
    /// Customers by repeat purchases: as they are, and as the model has them. The last row holds all with as many or more.
    pub frequency: Vec<FrequencyRow>,
    /// The hidden stretch: purchases by how often customers had bought again before it.
    pub holdout: Vec<HoldoutRow>,
    /// The last day before that stretch.
    pub holdout_at: Option<Day>,
    /// What is expected of customers who were alike but for how often and when last they bought.
    pub matrix: Option<Matrix>,
    /// Lines of equal value by how often and when last somebody bought.
    pub iso_value: Option<IsoValue>,
    /// By period of the first purchase: who is still there.
    pub cohorts: Vec<CohortAlive>,
    /// The same by age; nothing where no period has enough customers that are old enough.
    pub survival: Option<Survival>,
    /// When some customers bought, drawn at random.
    pub timing: Vec<Timing>,
    /// Customers by the rate at which they buy while they are there, in purchases a year.
    pub rates: Vec<Class>,
    /// Repeat purchase days of a new customer within 12 months of the first, in the mean of many, with the 90 % interval of what
    /// the parameters leave open; nothing where the verdict lets nothing be told.
    pub new_customer: Option<Estimate>,
    /// How they drop out.
    pub drop_out: Option<DropOut>,
    /// Repeat buyers by what a purchase of theirs came to: as they are, and as Gamma-Gamma has them.
    pub spend: Vec<SpendClass>,
    /// What the models take for granted, each checked on the data.
    pub assumptions: Vec<Assumption>,
    /// What the package `lifetimes` would tell of the same customers.
    pub as_lifetimes: AsLifetimes,
}

/// Customers with so many repeat purchases.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrequencyRow {
    /// Repeat purchases; of the last row, or more.
    pub repeats: u32,
    /// Customers who have them.
    pub actual: u64,
    /// Customers whom the model has with them, each observed as long as in truth.
    pub expected: f64,
}

/// Customers with so many repeat purchases before the hidden stretch, and what they bought in it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct HoldoutRow {
    /// Repeat purchases before; of the last row, or more.
    pub repeats: u32,
    /// Customers.
    pub customers: u64,
    /// Their mean purchase days in the stretch.
    pub actual: f64,
    /// The same as it was told.
    pub expected: f64,
}

/// Expectations by how often and when last somebody bought. Cells that can't be are null.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    /// Days since the first purchase of all these customers.
    pub age_days: u32,
    /// Columns: days since the last purchase.
    pub since_days: Vec<u32>,
    /// Rows: repeat purchases.
    pub repeats: Vec<u32>,
    /// Expected purchase days of the next 12 months, row by row.
    pub expected: Vec<Vec<Option<f64>>>,
    /// P(alive), row by row.
    pub alive: Vec<Vec<Option<f64>>>,
}

/// Lines of equal value: of customers of one age, by repeat purchases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IsoValue {
    /// Days since the first purchase of all these customers.
    pub age_days: u32,
    /// What a purchase of theirs is taken to be worth: the mean of all.
    pub purchase: Derived,
    /// Repeat purchases.
    pub repeats: Vec<u32>,
    /// The lines, the lowest value first.
    pub lines: Vec<IsoLine>,
}

/// A line of equal value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IsoLine {
    /// What the next 12 months are expected to bring.
    pub value: Derived,
    /// By repeat purchases, the days since the last one after which it is no more than that; null where it never is as much,
    /// or never falls so low.
    pub since_days: Vec<Option<f64>>,
}

/// Who is still there of those who first bought in a period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CohortAlive {
    /// The period.
    pub cohort: String,
    /// Customers.
    pub customers: u64,
    /// Their mean P(alive).
    pub alive: f64,
    /// The share of them who bought within the active window.
    pub active: f64,
}

/// Who was still there at which age, by period of the first purchase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Survival {
    /// Months of 365.25 / 12 days between two ages; the first age is 0.
    pub step_months: u32,
    /// Up to six periods, the oldest first.
    pub cohorts: Vec<CohortSurvival>,
}

/// Who was still there of those who first bought in a period, up to the age that all of them have reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CohortSurvival {
    /// The period.
    pub cohort: String,
    /// Customers.
    pub customers: u64,
    /// By age: the mean probability that they were still there, by what each has bought up to the end.
    pub alive: Vec<f64>,
    /// By age: the share who bought at it or later, who were there for certain.
    pub seen: Vec<f64>,
}

/// When a customer bought.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// The id as written in the file.
    pub customer: String,
    /// Place in the order of ids of the whole file: the customer's address in the page.
    pub number: u32,
    /// Days from the first purchase to the end.
    pub age_days: u32,
    /// Purchase days since the first one, which is 0.
    pub days: Vec<u32>,
    /// P(alive).
    pub alive: f64,
}

/// A class of a distribution, and the share of customers in it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Class {
    /// Lower bound.
    pub from: f64,
    /// Upper bound; nothing for the last class.
    pub to: Option<f64>,
    /// Share of customers, as a fraction.
    pub share: f64,
}

/// How customers drop out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropOut {
    /// Whether the classes are of a probability after each purchase; else of a rate a year.
    pub after_purchases: bool,
    /// The classes.
    pub classes: Vec<Class>,
}

/// Repeat buyers whose mean purchase lies in a class.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpendClass {
    /// Lower bound.
    pub from: Derived,
    /// Upper bound; nothing for the last class.
    pub to: Option<Derived>,
    /// Customers in it.
    pub actual: u64,
    /// Customers whom the model has in it.
    pub expected: f64,
}

/// What the models take for granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Belief {
    /// What a purchase is worth has nothing to do with how often somebody buys. `value`: Spearman's rank correlation of
    /// the two; `other`: eta squared, the share of the variance of the value that frequency classes explain.
    Independence,
    /// People buy at random times. `value`: Wheat and Morrison's (1990) regularity, 1 for random, 2 and more for regular.
    RandomTimes,
    /// All months are alike. `value`: the highest month as a multiple of an average one; `other`: its number, 1 to 12.
    NoSeason,
    /// A customer's purchases stay worth the same. `value`: the change from the year before the last to the last, as a
    /// fraction; `other`: half the width of its 95 % interval.
    NoDrift,
    /// Newer customers are like older ones. `value`: repeat purchases of the newer half over those expected of them;
    /// `other`: the same of the older half.
    LikeCohorts,
    /// Enough came back. `value`: how many.
    EnoughRepeatBuyers,
}

/// A belief, and what the data says of it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assumption {
    /// The belief.
    pub belief: Belief,
    /// Whether it holds; nothing where the data can't tell.
    pub holds: Option<bool>,
    /// The measure of it.
    pub value: Option<f64>,
    /// A second measure.
    pub other: Option<f64>,
    /// Customers that it was looked at in.
    pub of: u64,
}
