//! The report: one versioned, serialisable value that holds all that any view shows.
//!
//! * [`schema`]: the report itself; the names are documented in `docs/report.md`.
//! * [`settings`]: what a person can set, and what each setting means.
//! * [`customers`]: the rows of the customer table and the page of one customer, which are asked for piece by piece.
//! * [`build`]: ledger and settings in, report out.
//! * [`export`]: the report as JSON, lists as CSV that is safe to open in a spreadsheet.

pub mod build;
pub mod customers;
pub mod export;
pub mod schema;
pub mod settings;

pub use schema::Report;
pub use settings::Settings;
