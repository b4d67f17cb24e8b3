//! What stands beside the orders: joined to them when all files are read.

use super::source::Source;
use crate::ingest::spelling::IdRules;
use crate::ledger::intake::rows::MAX_DIMENSIONS;
use crate::ledger::near::{Merged, Near, NearMiss, Population};
use crate::ledger::{Ledger, LedgerBuilder};
use crate::measures::acquisition::Spend;
use crate::roles::kind::TableKind;
use crate::tables::content::content;
use crate::tables::join::{self, Joined, Known};

/// Customers whose ids differ only in how they are written, among all tables, and what a person said of them.
pub(super) struct Same {
    /// The near misses.
    pub(super) found: Vec<NearMiss>,
    /// Ids that were made others.
    pub(super) merged: Merged,
}

/// Finds near misses and makes one in the builder what a person said is the same.
pub(super) fn same(sources: &[Source], builder: &mut LedgerBuilder) -> Same {
    let said: IdRules = sources.iter().flat_map(|source| source.options.same_ids.iter().copied()).collect();
    let mut populations = vec![builder.population()];
    for ids in sources.iter().filter_map(|source| source.table.as_ref()).flat_map(|table| &table.ids) {
        let of =
            Population { ids: ids.ids.iter().map(|id| &**id).collect(), rows: ids.counts.clone(), of_orders: false };
        populations.push(of);
    }
    let near = Near::among(&populations);
    let same = Same { found: near.told(said), merged: near.merged(said) };
    if same.merged.ids() > 0 {
        builder.merge_customers(&same.merged);
    }
    same
}

/// Looks up the customers of all tables among those of the orders, says of each table what it holds, and makes the columns
/// of customers columns of the ledger.
pub(super) fn join(sources: &mut [Source], ledger: &mut Ledger, merged: &Merged) {
    let mut columns = Vec::new();
    let known = Known::of(ledger, merged);
    for source in sources {
        let Some(table) = &source.table else { continue };
        source.content = Some(content(table));
        let joined: Option<Joined> = join::join(table, &known);
        source.matched = joined.as_ref().map(|joined| joined.matched(table, &known));
        if let (TableKind::Customers, Some(joined)) = (table.kind, &joined) {
            join::gather(table, joined, &mut columns);
        }
        source.joined = joined;
    }
    join::add_columns(ledger, columns, MAX_DIMENSIONS);
}

/// What the tables of costs tell.
pub(super) fn spend(sources: &[Source]) -> Option<Spend> {
    let tables = sources.iter().filter_map(|source| source.table.as_ref());
    Spend::of(tables.filter(|table| table.kind == TableKind::Spend))
}
