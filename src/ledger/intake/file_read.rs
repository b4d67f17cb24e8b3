//! What was read of one file.

use rustc_hash::FxHashMap;

use super::blame::Blame;
use super::marks::Marked;
use super::own_totals;
use crate::ingest::certainty::Certainty;
use crate::ingest::date_evidence::DateDecision;
use crate::ingest::numbers::DecimalSign;
use crate::math::Day;

/// What was read of one file.
#[derive(Clone, Debug, Default)]
pub struct FileRead {
    /// Records besides the header.
    pub rows_read: u64,
    /// Records in the ledger.
    pub rows_used: u64,
    /// What was left out.
    pub blame: Blame,
    /// Sum of all amounts that could be read.
    pub amount_read: i64,
    /// Sum of the amounts used.
    pub amount_used: i64,
    /// Rows by currency, where a column, the amounts or their header tell it.
    pub currencies: Vec<(&'static str, u64)>,
    /// Rows whose currency is told and not known.
    pub unknown_currency: u64,
    /// Records in the ledger with a refund in a column of its own, which is one more row there.
    pub refund_rows: u64,
    /// Rows used, their sum and the refunds among them, by day: what a later end of the period would leave out.
    pub by_day: FxHashMap<Day, (u64, i64, u64)>,
    /// What the whole column of dates says, where it is not written year first.
    pub dates: Option<DateDecision>,
    /// What the whole column of amounts says.
    pub decimal: Option<(DecimalSign, Certainty)>,
    /// An amount that allows both readings, as written.
    pub decimal_example: Option<String>,
    /// Rows used that have something a person should know of.
    pub marked: Marked,
    /// NUL characters taken out.
    pub nul_characters: u64,
    /// The table's own lines of totals.
    pub own_totals: Vec<own_totals::Line>,
}

/// Adds rows of a currency: there are few, so each is looked for.
pub(crate) fn count_currency(currencies: &mut Vec<(&'static str, u64)>, code: &'static str, rows: u64) {
    match currencies.iter_mut().find(|(known, _)| *known == code) {
        Some((_, known)) => *known += rows,
        None => currencies.push((code, rows)),
    }
}
