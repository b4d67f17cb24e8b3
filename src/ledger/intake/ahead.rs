//! What of a batch of records can be done beforehand: hashing them, and touching the places in memory that they will need.
//!
//! The tables of rows and of customers are larger than the caches. A look-up that waits for memory stops everything
//! behind it; look-ups that nothing waits for are under way all at once. So the places are touched for a batch, and
//! each record then finds them near.

use super::repeats::Hasher;
use super::rows::Inner;
use crate::ingest::records::Batch;
use crate::ledger::LedgerBuilder;
use crate::ledger::intern::Key;

/// What was done beforehand for the records of a batch.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    hasher: Hasher,
    hashes: Vec<u64>,
    at: usize,
}

impl Ahead {
    /// Goes to a record of the batch.
    pub(super) fn at(&mut self, place: usize) {
        self.at = place;
    }

    /// The hash of the record; only for files whose rows are compared.
    pub(super) fn hash(&self) -> u64 {
        self.hashes[self.at]
    }
}

impl Inner {
    /// Prepares for the records of a batch.
    pub(super) fn look_ahead(&mut self, batch: Batch<'_>, builder: &LedgerBuilder) {
        let mut touched = 0;
        self.ahead.hashes.clear();
        if let Some(seen) = &self.seen {
            for record in batch.records() {
                let hash = self.ahead.hasher.hash(&record, self.plan.reading.delimiter);
                self.ahead.hashes.push(hash);
                touched ^= seen.touch(hash);
            }
        }
        for record in batch.records() {
            touched ^= record.get(self.columns.customer).map_or(0, |customer| builder.touch(Key::of(customer)));
        }
        // Without a use of what was found there, the look-ups would be left out.
        std::hint::black_box(touched);
    }
}
