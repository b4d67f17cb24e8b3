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
    /// Of the cells of the customers as they stand.
    keys: Vec<Key>,
    at: usize,
}

impl Ahead {
    /// Goes to a record of the batch.
    pub(super) fn at(&mut self, place: usize) {
        self.at = place;
    }

    /// The key of the record's customer, where that cell needs no trimming.
    pub(super) fn key(&self) -> Key {
        self.keys[self.at]
    }

    /// The hash of the record; only for files whose rows are compared.
    pub(super) fn hash(&self) -> u64 {
        self.hashes[self.at]
    }
}

impl Inner {
    /// Prepares for the records of a batch.
    // Never inlined, as all that is called for each batch or row: small functions are compiled well sooner.
    #[inline(never)]
    pub(super) fn look_ahead(&mut self, batch: Batch<'_>, builder: &LedgerBuilder) {
        let Ahead { hasher, hashes, keys, .. } = &mut self.ahead;
        let mut touched = 0;
        hashes.clear();
        keys.clear();
        keys.extend(batch.records().map(|record| Key::of(record.get(self.columns.customer).unwrap_or_default())));
        keys.iter().for_each(|key| touched ^= builder.touch(*key));
        if let Some(seen) = &self.seen {
            hashes.extend(batch.records().map(|record| hasher.hash(&record, self.plan.reading.delimiter)));
            hashes.iter().for_each(|hash| touched ^= seen.touch(*hash));
        }
        // Without a use of what was found there, the look-ups would be left out.
        std::hint::black_box(touched);
    }
}
