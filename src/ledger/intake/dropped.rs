//! Orders that a file does not give, because they stand elsewhere or can't be one order.

use std::rc::Rc;

use super::repeats::{Seen, hash};
use crate::ingest::receipt::Reason;
use crate::ledger::conflicts::Conflicts;

/// The orders of a file that are left out.
#[derive(Debug, Default)]
pub struct Dropped {
    /// Hashes of the numbers of orders that are taken from another file.
    pub elsewhere: Seen,
    /// Where orders of several customers are left out: what is known of them, and which of its files this is.
    pub several: Option<(Rc<Conflicts>, usize)>,
}

impl Dropped {
    /// Whether no order is left out.
    pub fn is_empty(&self) -> bool {
        let several = self.several.as_ref().map_or(0, |(found, file)| found.within[*file].customers.orders());
        self.elsewhere.rows() == 0 && several == 0
    }

    /// Why an order is left out, where it is.
    pub fn reason(&self, order: &str) -> Option<Reason> {
        if self.elsewhere.rows() > 0 && self.elsewhere.contains(hash(order.as_bytes(), 1)) {
            return Some(Reason::InAnotherFile);
        }
        let (found, file) = self.several.as_ref()?;
        found.within[*file].customers.has(order).then_some(Reason::SeveralCustomers)
    }
}
