//! The report's shape, `perennial-report/1`.
//!
//! Money is a decimal string ([`Money`] exact, [`Derived`] a mean or product), a rate is a fraction, and what is not
//! defined is null. Days are `YYYY-MM-DD`, months `YYYY-MM`. `docs/report.md` documents every name.

use serde::{Deserialize, Serialize};

use super::Settings;
use super::checks::Checks;
use super::costs::Costs;
use super::drivers::Drivers;
use super::engagement::Engagement;
use super::experiments::Experiments;
use super::feedback::Feedback;
use super::forecast::Forecast;
use super::journey::Journey;
use super::models::Models;
use super::receipt::Receipt;
use super::referrals::Referrals;
use super::risk::Risk;
use super::subscriptions::Subscriptions;
use crate::ingest::receipt::TableReceipt;
use crate::ledger::near::NearMiss;
use crate::math::money::Derived;
use crate::math::stats::Share;
use crate::math::{Day, Money, Unit};

/// The name and version of the schema.
pub const SCHEMA: &str = "perennial-report/1";

/// A period of fewer days, shown out of a longer history, is not told as a lifetime: `cltv` is not defined.
pub const LIFETIME_DAYS: i32 = 730;

/// All that any view shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: String,
    /// The settings it was computed with.
    pub settings: Settings,
    /// The files, and what became of their rows.
    pub tables: Vec<TableReceipt>,
    /// From all rows read to all rows used.
    pub receipt: Receipt,
    /// Ids of customers that differ only in how they are written, by what makes them the same.
    pub near_misses: Vec<NearMiss>,
    /// Ids that were made others, as the person said.
    pub merged_ids: u64,
    /// ISO 4217 code, where the data tells it or the person said it.
    pub currency: Option<String>,
    /// Whether the data is the generated sample shop.
    pub sample: bool,
    /// The period shown.
    pub period: Period,
    /// The fundamentals.
    pub totals: Totals,
    /// What winning customers cost.
    pub acquisition: Acquisition,
    /// Calendar months of the period, without gaps.
    pub months: Vec<MonthRow>,
    /// The last 12 months beside the 12 before, where the data reaches back that far.
    pub recent: Option<Recent>,
    /// How unevenly revenue is spread over customers.
    pub concentration: Concentration,
    /// Who stays.
    pub retention: Retention,
    /// What customers are worth.
    pub value: Value,
    /// The RFM grid.
    pub rfm: Rfm,
    /// All segments of all families.
    pub segments: Vec<Segment>,
    /// Columns that can be filtered and grouped by, with their values.
    pub dimensions: Vec<Dimension>,
    /// How the models fit: in what is exported; nothing in what the page is told with every change of a filter, because it
    /// costs more than all the rest.
    pub models: Option<Models>,
    /// What is still to come; where `models` is.
    pub forecast: Option<Forecast>,
    /// What winning customers costs, by channel and month, against what they bring.; in what is exported, where the data has it.
    pub costs: Option<Box<Costs>>,
    /// What customers say.; in what is exported, where the data has it.
    pub surveys: Option<Box<Feedback>>,
    /// What contracts bring, and how long they last.; in what is exported, where the data has it.
    pub subscriptions: Option<Box<Subscriptions>>,
    /// How engaged customers are.; in what is exported, where the data has it.
    pub engagement: Option<Box<Engagement>>,
    /// How customers come along.; in what is exported, where the data has it.
    pub journey: Option<Box<Journey>>,
    /// Who brings whom.; in what is exported, where the data has it.
    pub referrals: Option<Box<Referrals>>,
    /// What tests have shown.; in what is exported, where the data has it.
    pub experiments: Option<Box<Experiments>>,
    /// What goes with value and with staying.; in what is exported, where the data has it.
    pub drivers: Option<Box<Drivers>>,
    /// Who is overdue, and what would be won if they came back; in what is exported.
    pub risk: Option<Box<Risk>>,
    /// How the models fit, and whether what they take for granted holds; in what is exported.
    pub checks: Option<Box<Checks>>,
}

/// A period of days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub start: Option<Day>,
    /// Last day: the end of the observation.
    pub end: Option<Day>,
    /// Days from first to last, both counted.
    pub days: i32,
    /// First day of all data, before any filter of dates.
    pub data_start: Option<Day>,
    /// Last day of all data, before any filter of dates.
    pub data_end: Option<Day>,
}

/// The fundamentals over the period (definitions.md section 3).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// Customers with at least one purchase in the period.
    pub customers: u64,
    /// Those of them whose first purchase ever lies in the period.
    pub new_customers: u64,
    /// Purchases.
    pub purchases: u64,
    /// Rows behind the figures (order lines and refunds).
    pub rows: u64,
    /// Net of refunds.
    pub revenue: Money,
    /// What positive rows add up to.
    pub gross: Money,
    /// What refunds take away, as a positive amount.
    pub refunds: Money,
    /// Rows with a negative amount.
    pub refund_rows: u64,
    /// Revenue / purchases.
    pub aov: Option<Derived>,
    /// Customers with 2 or more purchases / customers, with its interval.
    pub repeat: Share,
    /// The same as a plain fraction.
    pub repeat_rate: Option<f64>,
    /// Purchases / customers / years, each customer observed from the first purchase to the end of the period.
    pub purchase_frequency: Option<f64>,
    /// The years that customers were observed, summed.
    pub customer_years: f64,
    /// Years that a customer stays, by the chosen rule.
    pub lifespan_years: Option<f64>,
    /// AOV x purchase frequency x lifespan: revenue, before margin.
    pub cltv: Option<Derived>,
    /// CLTV times the margin that was typed in.
    pub cltv_margin: Option<Derived>,
    /// Spend / customers won by it: see [`Acquisition`].
    pub cac: Option<Derived>,
    /// CLTV (after margin where one is set) minus CAC.
    pub crv: Option<Derived>,
    /// CLTV (after margin where one is set) / CAC.
    pub ltv_cac: Option<f64>,
    /// Months until the mean cumulative margin of a customer reaches CAC; nothing where it has not within the data.
    pub payback_months: Option<u32>,
}

/// What was spent on winning customers, and how many were won (definitions.md section 3).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Acquisition {
    /// What was typed in, else what the tables of costs tell of the period; nothing where neither is there.
    pub spend: Option<Money>,
    /// Whether it was typed in.
    pub typed: bool,
    /// First day that it covers: of the period where it was typed in, else of the costs within the period.
    pub start: Option<Day>,
    /// Last day that it covers.
    pub end: Option<Day>,
    /// Customers whose first purchase ever lies in those days.
    pub new_customers: u64,
    /// What the tables of costs tell, by channel, the most first; "" for what names none.
    pub channels: Vec<ChannelSpend>,
}

/// What was spent on a channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChannelSpend {
    /// The channel as written, or the platform whose export it is.
    pub channel: String,
    /// What was spent on it.
    pub spend: Money,
    /// First day that its costs cover.
    pub start: Day,
    /// Last day that they cover.
    pub end: Day,
    /// Customers won by it in those days; nothing where no column tells who won a customer, and under a filter.
    pub new_customers: Option<u64>,
    /// Spend / new customers.
    pub cac: Option<Derived>,
    /// Marketing ROI: (margin - spend) / spend, of the revenue that the table attributes to the costs, else of what those
    /// customers have brought.
    pub roi: Option<f64>,
}

/// One calendar month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthRow {
    /// `YYYY-MM`.
    pub month: String,
    /// Whether the whole month lies within the period.
    pub complete: bool,
    /// Net revenue.
    pub revenue: Money,
    /// Of it, from customers in the calendar month of their first purchase.
    pub revenue_new: Money,
    /// Of it, from all others.
    pub revenue_returning: Money,
    /// Purchases.
    pub purchases: u64,
    /// Customers who bought.
    pub customers: u64,
    /// Of them, for the first time.
    pub new_customers: u64,
}

/// Two stretches of 12 months side by side, the later one ending with the period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recent {
    /// The last 12 months.
    pub now: Stretch,
    /// The 12 months before.
    pub before: Stretch,
    /// Change of revenue as a fraction of the earlier revenue.
    pub revenue_change: Option<f64>,
    /// Of the change, what customers bring who had bought before the stretch began.
    pub change_from_returning: Money,
    /// Of the change, what customers bring whose first purchase lies in the stretch.
    pub change_from_new: Money,
}

/// The figures of a stretch of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// First day.
    pub start: Day,
    /// Last day.
    pub end: Day,
    /// Net revenue.
    pub revenue: Money,
    /// Net revenue of customers who first bought before the stretch.
    pub revenue_returning: Money,
    /// Purchases.
    pub purchases: u64,
    /// Customers who bought.
    pub customers: u64,
    /// Of them, for the first time ever.
    pub new_customers: u64,
    /// Revenue / purchases.
    pub aov: Option<Derived>,
    /// Of those who bought in the 12 months before the stretch, those who bought in it; nothing without such months.
    pub kept: Option<Share>,
}

/// How unevenly revenue is spread (definitions.md section 4).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Concentration {
    /// 0 (all equal) to almost 1 (one customer brings all); nothing where revenue is not positive.
    pub gini: Option<f64>,
    /// The top 1, 5, 10, 20 and 50 % of customers.
    pub top: Vec<TopShare>,
    /// Cumulative share of revenue of the lowest 0, 10, ... 100 % of customers.
    pub lorenz: Vec<f64>,
    /// Share of revenue that the ten largest customers bring.
    pub top_ten_share: Option<f64>,
}

/// What the top p of customers bring.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TopShare {
    /// p as a fraction.
    pub p: f64,
    /// ceil(p x customers).
    pub customers: u64,
    /// Their revenue.
    pub revenue: Money,
    /// Their share of revenue.
    pub share: Option<f64>,
}

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

/// What customers are worth (definitions.md sections 3 and 5).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// Mean revenue so far of a customer (historical CLTV).
    pub historical_mean: Option<Derived>,
    /// Median revenue so far of a customer.
    pub historical_median: Option<Derived>,
    /// Customers by revenue so far.
    pub distribution: Vec<Bin>,
    /// The largest customers, at most 20.
    pub top: Vec<super::customers::CustomerRow>,
    /// Mean cumulative margin (revenue where no margin is set) of a customer by whole months since the first purchase:
    /// the sum of each month's mean over the customers observed to its end; where payback is read from.
    pub payback: Vec<PaybackPoint>,
}

/// One bar of a distribution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Lower bound, included; nothing for the first, open bar.
    pub from: Option<Money>,
    /// Upper bound, not included; nothing for the last, open bar.
    pub to: Option<Money>,
    /// Customers in it.
    pub customers: u64,
    /// Their revenue.
    pub revenue: Money,
}

/// Cumulative margin at an age.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaybackPoint {
    /// Whole months since the first purchase; 0 is the first purchase's own month.
    pub month: u32,
    /// Customers observed that long.
    pub customers: u64,
    /// Mean cumulative margin (or revenue) of a customer.
    pub cumulative: Derived,
}

/// The RFM grid (definitions.md section 6).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rfm {
    /// The 25 cells by recency score (5 = most recent) and frequency score, ascending, empty ones too.
    pub cells: Vec<RfmCell>,
    /// For recency scores 1 to 5: fewest and most days since the last purchase.
    pub recency_days: Vec<Option<(u32, u32)>>,
    /// For frequency scores 1 to 5: fewest and most purchase days.
    pub frequency: Vec<Option<(u32, u32)>>,
    /// For monetary scores 1 to 5: smallest and largest revenue.
    pub monetary: Vec<Option<(Money, Money)>>,
}

/// One cell of the RFM grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RfmCell {
    /// Recency score, 1 to 5.
    pub r: u8,
    /// Frequency score, 1 to 5.
    pub f: u8,
    /// Customers.
    pub customers: u64,
    /// Their revenue.
    pub revenue: Money,
    /// The named group that the cell's scores belong to.
    pub group: String,
}

/// A group of customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    /// `rfm`, `value`, `lifecycle`, or `dimension:NAME` for the value of the first purchase.
    pub family: String,
    /// The segment's key within its family: `champions`, `high`, `at_risk`, a dimension's value.
    pub name: String,
    /// Customers.
    pub customers: u64,
    /// Share of all customers.
    pub customer_share: Option<f64>,
    /// Net revenue.
    pub revenue: Money,
    /// Share of all revenue.
    pub revenue_share: Option<f64>,
    /// Purchases.
    pub purchases: u64,
    /// Revenue / purchases.
    pub aov: Option<Derived>,
    /// Customers with 2 or more purchases.
    pub repeat: Share,
    /// Customers active at the end of the period.
    pub active: Share,
    /// Median days since the last purchase.
    pub median_recency_days: Option<f64>,
}

/// A column that can be filtered and grouped by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dimension {
    /// The column's header.
    pub name: String,
    /// What the column means, where that is known: `channel`, `country`, `category`, `product`.
    pub role: Option<String>,
    /// Values with their rows over all data, most rows first, ties by name; "" is an empty cell. At most 500.
    pub values: Vec<DimensionValue>,
}

/// One value of a dimension.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DimensionValue {
    /// As written in the file.
    pub value: String,
    /// Rows that carry it.
    pub rows: u64,
}
