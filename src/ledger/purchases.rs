//! Rows merged to purchases.

/// All purchases of a ledger.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Purchases {}
