//! A table on its way from text to where its rows go: orders into the ledger's builder, others into a table of their own.

use super::source::Source;
use crate::ledger::LedgerBuilder;
use crate::ledger::intake::lessons::Lessons;
use crate::ledger::intake::repeats::Seen;
use crate::ledger::intake::{FileRead, Plan, Rows};
use crate::protocol::ReadOptions;
use crate::tables::{self, Table};

/// Where the rows of a file go.
pub(super) enum Reader {
    /// Into the ledger.
    Orders(Box<Rows>),
    /// Into a table of their own.
    Table(Box<tables::Rows>),
}

/// What became of a file.
pub(super) struct Outcome {
    pub(super) read: FileRead,
    pub(super) lessons: Lessons,
    /// Of orders, the rows that were seen.
    pub(super) seen: Option<Seen>,
    /// Of anything else, what was read.
    pub(super) table: Option<Table>,
}

impl Reader {
    /// The reader for a table under its plan; nothing where it takes no part.
    pub(super) fn new(plan: &Plan, names: &[String], dimensions: &[String], options: &ReadOptions) -> Option<Reader> {
        if plan.is_orders() {
            return Rows::new(plan.clone(), names, dimensions, options).map(|rows| Reader::Orders(Box::new(rows)));
        }
        tables::Rows::new(plan.clone(), names, options).map(|rows| Reader::Table(Box::new(rows)))
    }

    /// Reads a slice.
    pub(super) fn push(&mut self, bytes: &[u8], builder: &mut LedgerBuilder) {
        match self {
            Reader::Orders(rows) => rows.push(bytes, builder),
            Reader::Table(rows) => rows.push(bytes),
        }
    }

    /// Records so far.
    pub(super) fn rows_read(&self) -> u64 {
        match self {
            Reader::Orders(rows) => rows.rows_read(),
            Reader::Table(rows) => rows.rows_read(),
        }
    }

    /// Reads what is left.
    pub(super) fn finish(self, builder: &mut LedgerBuilder) -> Outcome {
        match self {
            Reader::Orders(rows) => {
                let (read, lessons, seen) = rows.finish(builder);
                Outcome { read, lessons, seen, table: None }
            }
            Reader::Table(rows) => {
                let (table, read, lessons) = rows.finish();
                Outcome { read, lessons, seen: None, table: Some(table) }
            }
        }
    }
}

/// The places of the sources in the order in which they are read: orders before all else, so that it is known which
/// currency they are in.
pub(super) fn in_turn(sources: &[Source]) -> Vec<usize> {
    let is_orders = |at: &usize| sources[*at].plan.as_ref().is_some_and(Plan::is_orders);
    let places = 0..sources.len();
    places.clone().filter(is_orders).chain(places.filter(|at| !is_orders(at))).collect()
}
