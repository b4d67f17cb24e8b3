//! What everything else counts with: exact money, calendar days, sorting, quantiles and intervals, seeded random
//! numbers.
//!
//! * [`money`]: fixed-point amounts and their exact sums.
//! * [`calendar`]: day numbers, months, quarters, years.
//! * [`order`]: the sorts that everything shares.
//! * [`stats`]: quantiles, Wilson intervals.
//! * [`random`]: a small seeded generator, for the sample shop and for resampling.

pub mod calendar;
pub mod money;
pub mod order;
pub mod random;
pub mod stats;

pub use calendar::{Day, Unit};
pub use money::Money;
