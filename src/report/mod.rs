//! The report: one versioned, serialisable value that holds all that any view shows.
//!
//! * [`schema`]: the report itself; the names are documented in `docs/report.md`.
//! * [`receipt`]: from all rows read to all rows used, two sides that are equal.
//! * [`models`]: the part of the report about the models, which is computed when asked for.
//! * [`forecast`]: the part about what is still to come, computed when asked for, too.
//! * [`sections`]: the parts that are asked for when their view is open: [`costs`], [`feedback`], [`subscriptions`],
//!   [`engagement`], [`journey`], [`referrals`], [`experiments`], [`drivers`], [`risk`], [`checks`], and the two of the models above.
//! * [`prospect`]: what is expected of one customer; [`worth`]: five ways to tell what customers are worth;
//!   [`as_lifetimes`]: what a well-known package would tell of them.
//! * [`customers`]: the rows of the customer table and the page of one customer, which are asked for piece by piece.
//! * [`build`]: ledger and settings in, report out.
//! * [`export`]: the report as JSON, lists as CSV; [`left_out`]: the rows left out as CSV.
//! * [`csv`](mod@csv): how CSV is written, so that it is safe to open in a spreadsheet.

pub mod as_lifetimes;
pub mod build;
pub mod checks;
pub mod costs;
pub mod csv;
pub mod customers;
pub mod drivers;
pub mod engagement;
pub mod experiments;
pub mod export;
pub mod feedback;
pub mod forecast;
pub mod journey;
pub mod left_out;
pub mod models;
pub mod prospect;
pub mod receipt;
pub mod referrals;
pub mod risk;
pub mod schema;
pub mod sections;
pub mod subscriptions;
pub mod worth;

pub use crate::settings;
pub use crate::settings::Settings;
pub use schema::Report;
