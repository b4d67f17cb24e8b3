//! Rows left out, to be looked at and to be saved.

use super::source::Source;
use crate::ingest::profile::shorten;
use crate::ingest::receipt::Reason;
use crate::ledger::Ledger;
use crate::ledger::intake::Plan;
use crate::math::Day;
use crate::protocol::{LeftOutRow, LeftOutRows};
use crate::report::left_out::{self, AfterEnd, Table};
use crate::roles::Role;

/// Rows that are shown of a reason.
const ROWS: usize = 20;

/// Columns that are shown of them.
const COLUMNS: usize = 10;

/// Characters of a cell that are shown.
const CELL: usize = 60;

/// The first rows of a table that were left out for a reason.
pub(super) fn rows(sources: &[Source], table: usize, reason: Reason) -> LeftOutRows {
    let Some(source) = sources.get(table) else {
        return LeftOutRows { table, reason, columns: Vec::new(), rows: Vec::new(), of: 0 };
    };
    let names = source.names();
    let role = |column: usize| source.plan.as_ref().map_or(Role::Unused, |plan| plan.guesses[column].role);
    // As they stand where the record as such is to blame, else those first that say something.
    let is_whole = matches!(
        reason,
        Reason::AboveTable | Reason::Malformed | Reason::TooFewCells | Reason::TotalsRow | Reason::RepeatedRow
    );
    let (mut shown, unused): (Vec<usize>, Vec<usize>) =
        (0..names.len()).partition(|column| is_whole || role(*column) != Role::Unused);
    shown.extend(unused);
    shown.truncate(COLUMNS);
    let found = source.read.blame.left_out().into_iter().find(|left| left.reason == reason);
    let kept = source.read.blame.kept().0.iter().filter(|record| record.reason == reason).take(ROWS);
    let cell = |cells: &[String], column: usize| cells.get(column).map_or(String::new(), |cell| shorten(cell, CELL));
    LeftOutRows {
        table,
        reason,
        columns: shown.iter().map(|column| (names[*column].clone(), is_to_blame(reason, role(*column)))).collect(),
        rows: kept
            .map(|record| LeftOutRow {
                line: record.line,
                cells: shown.iter().map(|column| cell(&record.cells, *column)).collect(),
            })
            .collect(),
        of: found.map_or(0, |left| left.rows),
    }
}

/// Whether the reason lies in the column of a role.
fn is_to_blame(reason: Reason, role: Role) -> bool {
    match reason {
        Reason::NoCustomer => role == Role::Customer,
        Reason::NoDate | Reason::UnreadableDate | Reason::OddDate => role == Role::Date,
        Reason::NoAmount | Reason::UnreadableAmount | Reason::AmountTooLarge => {
            matches!(role, Role::Amount | Role::Quantity | Role::UnitPrice | Role::Refund)
        }
        Reason::Cancelled => role == Role::Status,
        Reason::OtherCurrency => role == Role::Currency,
        _ => false,
    }
}

/// All rows left out as CSV; those after the end of the period from the ledger.
pub(super) fn csv(sources: &[Source], ledger: Option<&Ledger>, end: Option<Day>) -> String {
    let tables = sources.iter().map(|source| Table {
        name: &source.info.name,
        columns: source.names(),
        blame: &source.read.blame,
    });
    let orders = sources.iter().find(|source| source.plan.as_ref().is_some_and(Plan::is_orders));
    let column = |role: Role| {
        let source = orders?;
        let column = source.plan.as_ref()?.column(role)?;
        source.names().into_iter().nth(column)
    };
    let columns = [Role::Customer, Role::Date, Role::Amount];
    let after = ledger.zip(end).map(|(ledger, end)| AfterEnd {
        ledger,
        end,
        columns: columns.map(|role| column(role).unwrap_or_else(|| role.name().to_owned())),
    });
    left_out::csv(&tables.collect::<Vec<_>>(), after)
}
