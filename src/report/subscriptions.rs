//! The section on subscriptions: recurring revenue and its movements, how long subscribers stay, trials.

use serde::{Deserialize, Serialize};

use crate::math::money::Derived;
use crate::math::stats::Share;
use crate::math::{Day, Money};

/// What a person can set for it: nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ask {}

/// What the tables of contracts tell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Subscriptions {
    /// What a row of the tables is.
    pub form: Form,
    /// What was known of the periods that amounts are paid for.
    pub billing: BillingBasis,
    /// Contracts that the figures rest on, trials among them; of snapshots, rows.
    pub contracts: u64,
    /// Customers with any of them.
    pub customers: u64,
    /// Contracts that they can't rest on, by reason; reasons without any are not listed.
    pub left_out: Vec<NotCounted>,
    /// The evening that the figures are of: the last day of the period shown, or of the data where that ends before.
    pub end: Option<Day>,
    /// Month by month from the first contract on, as far as the period shows them; the last one also where it is not over.
    pub mrr: Vec<Movement>,
    /// From the evening a year before `end` to `end`; nothing where nobody paid then.
    pub year: Option<Movement>,
    /// The plans by what they bring on that evening, the most first; "" where none is told.
    pub plans: Vec<Plan>,
    /// How long subscribers stay: all of them, by plan and by when they first paid.
    pub lifetimes: Lifetimes,
    /// What becomes of trials; nothing where there is none.
    pub trials: Option<Trials>,
    /// How long those who subscribe will still stay, and what that is worth; nothing where nobody ever paid.
    pub remaining: Option<Remaining>,
}

impl Subscriptions {
    /// Whether there is any table of contracts.
    pub fn is_there(&self) -> bool {
        self.contracts > 0 || !self.left_out.is_empty()
    }
}

/// What a row of a table of contracts is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A contract with its start and, once it has ended, its end.
    #[default]
    Contracts,
    /// What a customer paid in a month.
    Snapshots,
    /// How long a customer has been there, and whether they left: no dates, so that only `lifetimes` are told.
    Tenures,
}

/// How it is known what a contract brings in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillingBasis {
    /// The header of the amounts says what period they are of.
    Header,
    /// A column says it of each contract.
    Column,
    /// Nothing says it: amounts are taken as monthly.
    #[default]
    TakenAsMonthly,
}

/// Contracts that can't be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotCounted {
    /// Why.
    pub reason: WhyNot,
    /// How many.
    pub contracts: u64,
}

/// Why a contract can't be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyNot {
    /// It names nobody in the column that customers are told by.
    NoCustomer,
    /// It ends before it starts.
    EndsBeforeStart,
    /// Its billing period is not understood, so it is not known what it brings in a month.
    UnknownBilling,
    /// How many of it are paid can't be read.
    UnknownQuantity,
    /// How long somebody stayed, or whether they left, can't be read.
    UnknownStay,
    /// Its status says that it has ended or pauses, and nothing says since when.
    StoppedUnknownWhen,
    /// Added to the others, its amount would leave the range of exact sums.
    TooLarge,
}

/// What became of recurring revenue from one evening to another, each customer's held against what it was. Movements are
/// positive, and `mrr_start` + `new` + `reactivated` + `expansion` − `contraction` − `churned` is `mrr` to the last place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Movement {
    /// `YYYY-MM`, of a calendar month.
    pub month: Option<String>,
    /// The evening before.
    pub from: Day,
    /// The last evening.
    pub to: Day,
    /// Whether it is over; a month that is not ends with the observation.
    pub complete: bool,
    /// Monthly recurring revenue on the evening before.
    pub mrr_start: Money,
    /// Of customers who pay for the first time.
    pub new: Money,
    /// Of customers who had stopped paying before.
    pub reactivated: Money,
    /// What customers who paid before pay more.
    pub expansion: Money,
    /// What customers who go on paying pay less.
    pub contraction: Money,
    /// What customers had paid who pay no more.
    pub churned: Money,
    /// Monthly recurring revenue on its last evening.
    pub mrr: Money,
    /// 12 times `mrr`.
    pub arr: Money,
    /// `mrr` / paying customers.
    pub arpa: Option<Derived>,
    /// (`churned` + `contraction`) / `mrr_start`.
    pub revenue_churn: Option<f64>,
    /// Gross revenue retention: (`mrr_start` − `contraction` − `churned`) / `mrr_start`.
    pub grr: Option<f64>,
    /// Net revenue retention: (`mrr_start` + `expansion` − `contraction` − `churned`) / `mrr_start`.
    pub nrr: Option<f64>,
    /// (`new` + `expansion` + `reactivated`) / (`contraction` + `churned`).
    pub quick_ratio: Option<f64>,
    /// Customers who pay; their `churn` is the logo churn.
    pub paying: Running,
    /// Customers with any contract, trials too.
    pub subscribed: Running,
    /// Contracts, trials too.
    pub contracts: Running,
}

/// How many run at the start and at the end, and what happened in between (definitions.md, section 3: CRR).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Running {
    /// S: on the evening before.
    pub start: u64,
    /// Of those at the end, the ones that were never there before.
    pub new: u64,
    /// Of those at the end, the ones that were there once, but not at the start.
    pub reactivated: u64,
    /// Of those at the start, the ones that are not there at the end.
    pub lost: u64,
    /// E: on the last evening.
    pub end: u64,
    /// (E − N) / S.
    pub crr: Option<f64>,
    /// 1 − CRR.
    pub churn: Option<f64>,
}

/// A plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// As written in the file.
    pub plan: String,
    /// Customers who pay for it.
    pub customers: u64,
    /// What it brings in a month.
    pub mrr: Money,
    /// Its share of all.
    pub share: Option<f64>,
}

/// How long subscribers stay: from their first paid day until the first evening without a paid contract, or for as long as
/// they were watched.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lifetimes {
    /// All of them; nothing where nobody ever paid.
    pub all: Option<Lasting>,
    /// By the plan of the first paid contract: the six largest, "" where none is told; empty where there are fewer than two.
    pub plans: Vec<Lasting>,
    /// Whether those differ.
    pub plans_test: Option<LogRankTest>,
    /// By the calendar period of the first payment, the last six; empty where there are fewer than two.
    pub cohorts: Vec<Lasting>,
    /// Whether they differ.
    pub cohorts_test: Option<LogRankTest>,
}

/// How long a group of subscribers stays, by Kaplan and Meier.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lasting {
    /// The plan, or the year or quarter; "" for all.
    pub group: String,
    /// Subscribers.
    pub subscribers: u64,
    /// Of them, those who left.
    pub left: u64,
    /// Calendar months, a day as 1 / 31 of one, until half have left; nothing where half have not left yet.
    pub median_months: Option<f64>,
    /// By whole months since the first paid day, from 0 on, as far as anybody was watched; at most 120.
    pub survival: Vec<SurvivalPoint>,
}

/// Who is left after so many months.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SurvivalPoint {
    /// Whole months since the first paid day.
    pub month: u32,
    /// Subscribers watched so long and still there.
    pub at_risk: u64,
    /// The estimated share that stays longer.
    pub share: f64,
    /// Lower end of the 95 % interval (log-log); nothing while nobody has left and after all have.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// A log-rank test.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogRankTest {
    /// The statistic.
    pub chi_square: f64,
    /// Degrees of freedom: groups less 1.
    pub degrees: u32,
    /// The chance of a statistic as large where groups do not differ.
    pub p: f64,
}

/// What becomes of trials: of each customer's first one, unless the customer paid before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trials {
    /// Customers whose trial is decided: they pay, or it is over; and of them those who began to pay, with the interval.
    pub converted: Share,
    /// Customers whose trial still runs.
    pub running: u64,
    /// Median days from the start of a trial to the first paid day, of those who pay.
    pub median_days: Option<f64>,
}

/// How long those who subscribe will still stay, by the shifted beta-geometric in months, and what that is worth.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Remaining {
    /// Those who left, which it rests on.
    pub left: u64,
    /// Those who subscribe on the last evening.
    pub subscribers: u64,
    /// First parameter; nothing where too few left or are there.
    pub alpha: Option<f64>,
    /// Second parameter.
    pub beta: Option<f64>,
    /// The yearly discount rate of values.
    pub discount: f64,
    /// The margin that values are multiplied with; revenue where none is set.
    pub margin: Option<f64>,
    /// Months ahead that are told.
    pub months: u32,
    /// How many of new subscribers are still there after so many months, as far as anybody was watched.
    pub kept: Vec<Kept>,
    /// What the model made of the past; nothing where that is too short or too small.
    pub hidden: Option<Hidden>,
    /// Whether the past was told well enough to tell what is to come.
    pub holds: bool,
    /// The mean months still to come of those who subscribe.
    pub stay: Option<Likely>,
    /// What all of them will bring in these months, discounted.
    pub value: Option<LikelyMoney>,
    /// By how long they have been there.
    pub tenures: Vec<Tenure>,
}

/// The share of new subscribers that is still there after so many months, by the model.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// Whole months.
    pub months: u32,
    /// The share.
    pub share: Likely,
}

/// The model on the past: fitted to what was known some months before the end.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hidden {
    /// Months that were hidden.
    pub months: u32,
    /// Those who subscribed before them.
    pub subscribers: u64,
    /// Those of them who stayed all along.
    pub actual: u64,
    /// How many of them were to stay.
    pub expected: f64,
}

impl Hidden {
    /// The share that was to stay less the one that did.
    pub fn error(&self) -> f64 {
        (self.expected - self.actual as f64) / self.subscribers as f64
    }
}

/// Subscribers who have been there for about as long.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tenure {
    /// Whole months stayed, at least.
    pub from: u32,
    /// Less than these; nothing for the last class.
    pub until: Option<u32>,
    /// How many they are.
    pub subscribers: u64,
    /// What one of them brings in a month.
    pub monthly: Derived,
    /// The mean months still to come.
    pub stay: Likely,
    /// What one of them will bring in these, discounted, times the margin where one is set.
    pub value: LikelyMoney,
}

/// An expectation with the 95 % interval that the parameters leave open.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Likely {
    /// The expectation.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The same of money.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LikelyMoney {
    /// The expectation.
    pub value: Derived,
    /// Lower end.
    pub low: Derived,
    /// Upper end.
    pub high: Derived,
}
