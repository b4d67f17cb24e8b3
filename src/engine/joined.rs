//! What stands beside the orders: joined to them when all files are read.

use super::source::Source;
use crate::ledger::Ledger;
use crate::ledger::intake::rows::MAX_DIMENSIONS;
use crate::measures::acquisition::Spend;
use crate::roles::kind::TableKind;
use crate::tables::content::content;
use crate::tables::join::{self, Joined, Known};

/// Looks up the customers of all tables among those of the orders, says of each table what it holds, and makes the columns
/// of customers columns of the ledger.
pub(super) fn join(sources: &mut [Source], ledger: &mut Ledger) {
    let mut columns = Vec::new();
    let known = Known::of(ledger);
    for source in sources {
        let Some(table) = &source.table else { continue };
        source.content = Some(content(table));
        let joined: Option<Joined> = join::join(table, &known);
        source.matched = joined.as_ref().map(|joined| joined.matched(table, &known));
        if let (TableKind::Customers, Some(joined)) = (table.kind, &joined) {
            join::gather(table, joined, &mut columns);
        }
    }
    join::add_columns(ledger, columns, MAX_DIMENSIONS);
}

/// What the tables of costs tell.
pub(super) fn spend(sources: &[Source]) -> Option<Spend> {
    let tables = sources.iter().filter_map(|source| source.table.as_ref());
    Spend::of(tables.filter(|table| table.kind == TableKind::Spend))
}
