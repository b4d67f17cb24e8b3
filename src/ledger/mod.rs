//! The ledger: every usable row of the orders as columns, the rows of a customer together and in order of time.
//!
//! * [`Ledger`] (here): the columns.
//! * [`intake`]: files to rows.
//! * [`build`]: rows in, any order; a sorted ledger out (counting sort by customer, then by day).
//! * [`codes`]: columns of small numbers; `flat`: columns as bytes.
//! * [`conflicts`]: order numbers that can't mean one order.
//! * [`room`]: the memory that rows take.
//! * [`part`]: rows that were read elsewhere, taken over.
//! * [`near`]: customers whose ids differ only in how they are written.
//! * `order_ids`: the order ids of rows.
//! * [`Rows`] (here): some of its rows, customer by customer.
//! * [`select`]: the rows that a filter keeps.
//! * [`purchases`]: rows merged to purchases (definitions.md section 2).
//! * [`kinds`]: what each row is: a purchase, a further line of one, a refund.
//! * [`visits`]: rows and purchases by customer and day, which all figures are computed from.
//! * [`summary`]: frequency, recency, T and monetary value of each customer.

pub mod build;
pub mod codes;
pub mod conflicts;
mod flat;
pub mod intake;
pub(crate) mod intern;
pub mod kinds;
pub mod near;
mod order_ids;
pub mod part;
pub mod purchases;
pub mod room;
pub mod select;
pub mod summary;
pub mod visits;

use std::ops::Range;

pub use build::LedgerBuilder;
pub use codes::Codes;
pub use select::{Base, Selection};
pub use summary::Summary;
pub use visits::{Visit, Visits};

use crate::math::Day;

/// The bit that marks an order key made of the second of the day, where a row has no order id.
pub const SECOND_KEY: u32 = 1 << 31;

/// Stands for the second of the day where the file does not tell the time.
pub const NO_TIME: u32 = 86_400;

/// All usable rows. A customer is a number, 0 to `customers.len()`; numbers follow the order of the ids: by value where
/// all ids are whole numbers, else byte by byte. So nothing that is computed depends on the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// Customer ids as written in the file.
    pub customers: Vec<Box<str>>,
    /// Rows of customer `c` are `starts[c]..starts[c + 1]`; one longer than `customers`.
    pub starts: Vec<u32>,
    /// Day of each row; ascending within a customer.
    pub days: Vec<Day>,
    /// Ten-thousandths of the currency unit; below zero for refunds.
    pub amounts: Vec<i64>,
    /// Rows of one customer with the same key are one purchase. Below [`SECOND_KEY`]: the place of the order id among
    /// the customer's own, by their bytes. Otherwise [`SECOND_KEY`] and the second of the day, or [`NO_TIME`]: such keys
    /// are equal only on the same day.
    pub orders: Vec<u32>,
    /// Whether the file has order ids: if so, the rows of an order are one purchase across days too.
    pub has_order_ids: bool,
    /// Columns to filter and group by.
    pub dimensions: Vec<DimensionColumn>,
}

/// A dictionary-coded column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DimensionColumn {
    /// The column's header.
    pub name: String,
    /// What it means, where known: `channel`, `country`, `category`, `product`.
    pub role: Option<String>,
    /// The values, in ascending order of their bytes.
    pub labels: Vec<Box<str>>,
    /// One code a row.
    pub codes: Codes,
}

impl DimensionColumn {
    /// The value of a row.
    pub fn label(&self, row: usize) -> &str {
        &self.labels[self.codes.get(row) as usize]
    }
}

impl Ledger {
    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.days.len()
    }

    /// The row numbers of a customer.
    pub fn rows_of(&self, customer: usize) -> Range<usize> {
        self.as_rows().of(customer)
    }

    /// All rows.
    pub fn as_rows(&self) -> Rows<'_> {
        let Ledger { starts, days, amounts, orders, .. } = self;
        Rows { starts, days, amounts, orders, places: None }
    }

    /// First and last day of all rows.
    pub fn span(&self) -> Option<(Day, Day)> {
        Some((*self.days.iter().min()?, *self.days.iter().max()?))
    }
}

/// Rows of a ledger as columns, those of a customer together and in order of days.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// Rows of the ledger's customer `c` are `starts[c]..starts[c + 1]`.
    pub starts: &'a [u32],
    /// Day of each row.
    pub days: &'a [Day],
    /// Ten-thousandths of the currency unit.
    pub amounts: &'a [i64],
    /// The order keys of [`Ledger::orders`].
    pub orders: &'a [u32],
    /// Where each row stands in the ledger; nothing where these are all of its rows.
    pub places: Option<&'a [u32]>,
}

impl Rows<'_> {
    /// Number of customers of the ledger, those without a row here too.
    pub fn customers(&self) -> usize {
        self.starts.len() - 1
    }

    /// The rows of a customer of the ledger.
    pub fn of(&self, customer: usize) -> Range<usize> {
        self.starts[customer] as usize..self.starts[customer + 1] as usize
    }

    /// Of consecutive rows of a customer, those from one day to another, both included.
    pub fn within(&self, range: Range<usize>, first: Day, last: Day) -> Range<usize> {
        let days = &self.days[range.clone()];
        let start = days.partition_point(|&day| day < first);
        range.start + start..range.start + start.max(days.partition_point(|&day| day <= last))
    }

    /// Where a row stands in the ledger.
    pub fn place(&self, row: usize) -> u32 {
        self.places.map_or(row as u32, |places| places[row])
    }
}
