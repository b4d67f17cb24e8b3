//! The report's shape, `perennial-report/1`.
//!
//! Money is a decimal string ([`Money`] exact, [`Derived`] a mean or product), a rate is a fraction, and what is not
//! defined is null. Days are `YYYY-MM-DD`, months `YYYY-MM`. `docs/report.md` documents every name.
//!
//! * [`totals`]: the fundamentals, what winning customers cost, and revenue by month and year.
//! * [`retention`]: who stays, by month and by cohort.
//! * [`people`]: what customers are worth, how unevenly, and in which groups.
//!
//! What only one view shows has a file of its own beside this folder.
//!
//! [`Money`]: crate::math::Money
//! [`Derived`]: crate::math::money::Derived

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
use crate::math::Day;

pub mod people;
pub mod retention;
pub mod totals;

pub use people::{Bin, Concentration, PaybackPoint, Rfm, RfmCell, Segment, TopShare, Value};
pub use retention::{AgeRow, Cohort, MonthlyRetention, Retention, YearlyRetention};
pub use totals::{Acquisition, ChannelSpend, MonthRow, Recent, Stretch, Totals};

/// The name and version of the schema.
pub const SCHEMA: &str = "perennial-report/1";

/// A period of fewer days, shown out of a longer history, is not told as a lifetime: `cltv` is not defined.
pub const LIFETIME_DAYS: i32 = 730;

/// All that any view shows. The default is that of no data at all, without the sections that are asked for by themselves.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
    /// What winning customers costs, by channel and month, against what they bring; in what is exported, where the data has it.
    pub costs: Option<Box<Costs>>,
    /// What customers say; in what is exported, where the data has it.
    pub surveys: Option<Box<Feedback>>,
    /// What contracts bring, and how long they last; in what is exported, where the data has it.
    pub subscriptions: Option<Box<Subscriptions>>,
    /// How engaged customers are; in what is exported, where the data has it.
    pub engagement: Option<Box<Engagement>>,
    /// How customers come along; in what is exported, where the data has it.
    pub journey: Option<Box<Journey>>,
    /// Who brings whom; in what is exported, where the data has it.
    pub referrals: Option<Box<Referrals>>,
    /// What tests have shown; in what is exported, where the data has it.
    pub experiments: Option<Box<Experiments>>,
    /// What goes with value and with staying; in what is exported, where the data has it.
    pub drivers: Option<Box<Drivers>>,
    /// Who is overdue, and what would be won if they came back; in what is exported.
    pub risk: Option<Box<Risk>>,
    /// How the models fit, and whether what they take for granted holds; in what is exported.
    pub checks: Option<Box<Checks>>,
}

/// A period of days, both ends included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
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
