//! Some of the rows left out for one reason, to be looked at.

use serde::{Deserialize, Serialize};

use crate::ingest::receipt::Reason;

/// The first rows of a table that were left out for a reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeftOutRows {
    /// The table, from 0.
    pub table: usize,
    /// The reason.
    pub reason: Reason,
    /// The columns shown, those that play a part first: their names, and whether the reason lies in them.
    pub columns: Vec<(String, bool)>,
    /// The first of the rows, in the order of the file.
    pub rows: Vec<LeftOutRow>,
    /// How many there are.
    pub of: u64,
}

/// A row that was left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeftOutRow {
    /// Line of the file that it begins on.
    pub line: u64,
    /// Its cells in the columns shown, shortened.
    pub cells: Vec<String>,
}
