//! Who stays, by month and by cohort.

use serde::{Deserialize, Serialize};

use crate::math::money::Derived;
use crate::math::stats::Share;
use crate::math::{Day, Money, Unit};

/// Who stays (definitions.md sections 3 and 4).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Retention {
    /// The W of "bought within the last W days"; nothing under the rule of the calendar month.
    pub active_window_days: Option<u32>,
    /// Gaps between purchase days that the window was taken from.
    pub gaps: u64,
    /// Median gap in days.
    pub median_gap_days: Option<f64>,
    /// Customers active at the end of the period.
    pub active_now: u64,
    /// CRR over the last 12 months, or scaled to a year where the data is shorter.
    pub yearly: YearlyRetention,
    /// Month by month from the second month of the data on, the last one also where it is not complete.
    pub monthly: Vec<MonthlyRetention>,
    /// The unit that cohorts are counted in.
    pub unit: Unit,
    /// Cohorts by period of first purchase, without gaps up to the end of the data; at most the last 520 periods.
    pub cohorts: Vec<Cohort>,
    /// All cohorts together, by age: only cohorts that have lived that age count.
    pub all: Vec<AgeRow>,
}

/// Customers kept over a year.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct YearlyRetention {
    /// The share of those active at the start who are active at the end of the stretch measured.
    pub kept: Option<Share>,
    /// First day after the start was taken: `kept` runs from the evening before it to the end.
    pub start: Option<Day>,
    /// Days measured: 365 or 366, or fewer where the data is shorter.
    pub days: i32,
    /// CRR over 12 months; where the stretch is shorter, scaled to a year: rate^(365.25 / days).
    pub crr: Option<f64>,
    /// 1 - crr.
    pub churn: Option<f64>,
    /// Whether it was scaled from a shorter stretch.
    pub scaled: bool,
}

/// CRR and churn of one calendar month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthlyRetention {
    /// `YYYY-MM`.
    pub month: String,
    /// Whether the month is over; if not, its end is the end of the observation.
    pub complete: bool,
    /// S: active at the start.
    pub start: u64,
    /// N: of those active at the end, the ones who were not active at the start (new and reactivated).
    pub new: u64,
    /// Of N, those who had bought before.
    pub reactivated: u64,
    /// E: active at the end.
    pub end: u64,
    /// (E - N) / S.
    pub crr: Option<f64>,
    /// 1 - CRR.
    pub churn: Option<f64>,
}

/// Customers who first bought in one period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cohort {
    /// The period's label: `2026-09`, `2026-Q3`, ...
    pub cohort: String,
    /// First day of the period.
    pub start: Day,
    /// Customers in it.
    pub size: u64,
    /// Customers active in the k-th period after the first (k = 0: all); the list ends where life has not come yet.
    pub active: Vec<u64>,
    /// Net revenue in the k-th period.
    pub revenue: Vec<Money>,
    /// Cumulative revenue per customer of the cohort.
    pub cumulative_per_customer: Vec<Option<Derived>>,
    /// Purchases in the k-th period.
    pub orders: Vec<u64>,
    /// Revenue / purchases in the k-th period.
    pub aov: Vec<Option<Derived>>,
    /// Whether the last period listed is not over yet at the end of the data.
    pub last_is_partial: bool,
}

/// All cohorts that have fully lived the k-th period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgeRow {
    /// k.
    pub age: u32,
    /// Of the customers of those cohorts, those active in it.
    pub active: Share,
}
