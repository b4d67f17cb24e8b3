//! Rows in any order to a sorted ledger.

use super::Ledger;
use crate::math::Day;

/// Collects rows and sorts them into a [`Ledger`].
#[derive(Debug, Default)]
pub struct LedgerBuilder {}

/// One usable row, as the intake gives it.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The customer id as written, trimmed, never empty.
    pub customer: &'a str,
    /// The day.
    pub day: Day,
    /// The second of the day, where the file tells the time.
    pub second: Option<u32>,
    /// Ten-thousandths of the currency unit.
    pub amount: i64,
    /// The order id as written, trimmed; nothing where the column is missing or the cell empty.
    pub order: Option<&'a str>,
    /// The values of the dimension columns, trimmed, in the order given to [`LedgerBuilder::new`].
    pub dimensions: &'a [&'a str],
}

impl LedgerBuilder {
    /// A builder for rows with these dimension columns (name and role).
    pub fn new(_dimensions: Vec<(String, Option<String>)>, _has_order_ids: bool) -> LedgerBuilder {
        LedgerBuilder {}
    }

    /// Adds a row.
    pub fn push(&mut self, _row: Row<'_>) {}

    /// Rows so far.
    pub fn rows(&self) -> usize {
        0
    }

    /// Different customers so far.
    pub fn customers(&self) -> usize {
        0
    }

    /// The ledger.
    pub fn finish(self) -> Ledger {
        Ledger::default()
    }
}
