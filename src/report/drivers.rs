//! What goes with value and with staying: a regression of what customers do in the year after their first purchase on what
//! is known of them at it; how measures go together; churn by what was known before it.

use serde::{Deserialize, Serialize};

use crate::math::Day;
use crate::math::money::Derived;
use crate::math::regression::quality::{Area, Tenth};
use crate::math::stats::Share;

/// What a person can set for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// What is to be explained.
    pub outcome: Outcome,
    /// Keys of features that shall not explain it.
    pub left_out: Vec<String>,
}

/// What is to be explained, of the year after a customer's first purchase; the day of that is no part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// What they bring in it, net.
    #[default]
    Revenue,
    /// Whether they buy again in it.
    Back,
}

/// What goes with value and with staying.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Drivers {
    /// What is explained.
    pub outcome: Outcome,
    /// Days that are looked at, from the day after the first purchase on.
    pub days: u32,
    /// Customers whose first purchase lies in the period, and who were observed for so many days after it.
    pub customers: u64,
    /// Customers whose first purchase lies in the period, and who were not observed for so long.
    pub too_recent: u64,
    /// The mean of the outcome: of those who came back the share.
    pub mean: Option<Derived>,
    /// Of an outcome of yes or no: the share with its interval.
    pub share: Option<Share>,
    /// What is known of customers at their first purchase.
    pub features: Vec<Feature>,
    /// The regression; nothing where there is too little for one.
    pub model: Option<Model>,
    /// Customers that a regression of so many features takes at least; of yes or no, those of the rarer kind.
    pub needs: u64,
    /// How measures of customers go together.
    pub correlations: Correlations,
    /// Who left, by what was known of them before.
    pub churn: Churn,
}

/// Something that is known of a customer at the first purchase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// `first_order`, `month`, `column:NAME`, or `number:NAME` of what a table of customers knows.
    pub key: String,
    /// What is known.
    pub kind: FeatureKind,
    /// The groups of customers, the largest first, which the others are held against; none of a number.
    pub levels: Vec<Level>,
    /// Why it explains nothing here; nothing where it takes part.
    pub unused: Option<Unused>,
    /// How many times as large the other features make the variance of its coefficients (VIF; of several groups the
    /// generalised one, to be read as a VIF). From about 5 on it says nearly the same as others.
    pub inflation: Option<f64>,
}

/// What is known of a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeatureKind {
    /// What the first order came to.
    FirstOrder,
    /// The calendar month of the first purchase.
    Month,
    /// The value of a column at the first purchase.
    Column {
        /// Its name.
        name: String,
        /// What it means, where known.
        role: Option<String>,
    },
    /// The number in a column at the first purchase.
    Number {
        /// Its name.
        name: String,
    },
}

/// A group of customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// What they have in common.
    pub name: LevelName,
    /// How many they are.
    pub customers: u64,
}

/// What a group has in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LevelName {
    /// A value of the column.
    Value(String),
    /// A calendar month, from 1.
    Month(u32),
    /// The column is empty.
    Empty,
    /// All values that are not listed.
    Rest,
}

/// Why a feature explains nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unused {
    /// The person left it out.
    Chosen,
    /// All customers are alike in it.
    OneValue,
    /// Most customers are in groups too small to stand for themselves.
    ManyValues,
    /// Some of its groups all came back, or none of them did, so that no coefficient is large enough.
    Separated,
}

/// A regression.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// What each feature changes, all else equal.
    pub effects: Vec<Effect>,
    /// The constant.
    pub constant: f64,
    /// The share of the differences between customers that it explains: R²; of yes or no McFadden's.
    pub r2: f64,
    /// R² of customers whom the model did not know when it was fitted (five folds); of yes or no the area under the
    /// curve (AUC): 0.5 is guessing, 1 is knowing.
    pub held_out: Option<f64>,
    /// How likely it would explain as much by chance: F; of yes or no the likelihood ratio.
    pub p: f64,
    /// The standard deviation around the line; of an amount only.
    pub deviation: Option<f64>,
    /// How likely the spread around the line would be as uneven by chance (Breusch and Pagan); of an amount only. Errors
    /// allow for an uneven spread.
    pub spread_p: Option<f64>,
    /// Skewness of what is not explained; of an amount only.
    pub skewness: Option<f64>,
    /// Cook's distance of the customer who moves the line most; of an amount only. Above 1 it rests on that customer.
    pub influence: Option<f64>,
    /// The mean square of what was off (Brier), held out; of yes or no only.
    pub brier: Option<f64>,
    /// What was said of customers held out beside what was, in tenths by what was said; nothing below 300 customers.
    pub tenths: Vec<Tenth>,
}

/// What a feature changes, all else equal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// The feature, as a place in [`Drivers::features`].
    pub feature: usize,
    /// The group of it that is held against the first, as a place in its levels; nothing for a number.
    pub level: Option<usize>,
    /// The coefficient: of an amount in the currency (for one unit of a number), of yes or no in log-odds.
    pub coefficient: f64,
    /// Its standard error; of an amount whatever the spread (HC1).
    pub error: f64,
    /// How likely a coefficient at least as large is by chance.
    pub p: f64,
    /// The same with all effects together (Holm).
    pub p_adjusted: f64,
    /// What it changes: of an amount the coefficient; of yes or no how much more of them come back, as a fraction.
    pub change: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Whether it is beyond chance, all effects together.
    pub is_clear: bool,
}

/// How measures of customers go together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Correlations {
    /// The measures.
    pub measures: Vec<Measure>,
    /// Spearman's rank correlations, row by row; nothing where a measure has one value only, or fewer than 30 customers have both.
    pub values: Vec<Vec<Option<f64>>>,
    /// The customers behind each.
    pub customers: Vec<Vec<u64>>,
}

/// A measure of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// What the first order came to.
    FirstOrder,
    /// What they brought in the year after it.
    Revenue,
    /// Purchases in the year after it.
    Purchases,
    /// Days until the second purchase day, of those who came back in the year.
    DaysToSecond,
    /// A number of a column.
    Column(String),
}

/// Who left, by what was known of them before: customers active on a day, and whether they bought after it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Churn {
    /// The days after which an active customer who has not bought counts as gone; nothing where calendar months count.
    pub window_days: Option<u32>,
    /// The customers active on the day, and those of them who did not buy after it.
    pub all: Option<Share>,
    /// By measure, those first that tell most.
    pub measures: Vec<ChurnBy>,
    /// Two ways to tell beforehand who will leave, on the same past; nothing where too few left or stayed.
    pub duel: Option<Duel>,
}

/// A way to tell who will leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// A logistic regression on what is known of a customer.
    Propensity,
    /// P(no purchase within the window) by the models of purchases.
    Models,
    /// 1 − P(alive), which is no probability of buying: held against the regression by their AUCs only.
    Alive,
}

/// How well a way told it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// How likely somebody who left was said to be likelier to than somebody who stayed; 0.5 is guessing.
    pub auc: f64,
    /// The mean square of what was off; lower is better.
    pub brier: f64,
}

/// Two ways to tell who will leave, of everybody active on a day of the past.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Duel {
    /// The last day that both knew of.
    pub day: Day,
    /// Days after it in which somebody who did not buy left.
    pub window_days: u32,
    /// Customers active on the day.
    pub customers: u64,
    /// Those of them who left.
    pub left: u64,
    /// Customers active one window earlier, whom the regression was fitted to.
    pub fitted_to: u64,
    /// The regression.
    pub propensity: Scored,
    /// The mean of the models.
    pub models: Scored,
    /// The AUC of 1 − P(alive), which says nothing of how soon somebody buys.
    pub alive_auc: f64,
    /// The regression's AUC less that of 1 − P(alive), by DeLong, DeLong and Clarke-Pearson (1988).
    pub auc_difference: Area,
    /// The one of these two that is better beyond chance; nothing where neither is.
    pub auc_better: Option<Way>,
    /// The regression's mean square less the models'.
    pub difference: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The one that is better beyond chance; nothing where neither is.
    pub better: Option<Way>,
}

/// Who left, by one measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChurnBy {
    /// The measure.
    pub measure: Known,
    /// How likely somebody who left had more of it than somebody who stayed; 0.5 where it tells nothing.
    pub auc: f64,
    /// Tenths of the customers by it, the least first; fewer where many have the same.
    pub groups: Vec<ChurnGroup>,
}

/// What was known of a customer on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// Purchases so far.
    Purchases,
    /// What they had brought so far.
    Revenue,
    /// What a purchase of theirs came to.
    OrderValue,
    /// Days since the last purchase.
    DaysSince,
    /// Days since the first purchase.
    DaysKnown,
}

/// Customers with about as much of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChurnGroup {
    /// The least of them has so much: days, purchases, or currency units.
    pub least: f64,
    /// The most of them.
    pub most: f64,
    /// Those who left.
    pub left: Share,
}
