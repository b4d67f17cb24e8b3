//! The per-customer summary.

/// Frequency, recency, T and monetary value of each customer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {}
