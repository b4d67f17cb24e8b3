//! What everything else counts with: exact money, calendar days, quantiles and intervals, seeded random numbers.
//!
//! * [`money`]: fixed-point amounts and their exact sums.
//! * [`calendar`]: day numbers, months, quarters, years.
//! * [`stats`]: quantiles, Wilson intervals.
//! * [`random`]: a small seeded generator, for the sample shop and for resampling.

pub mod calendar;
pub mod money;
pub mod random;
pub mod stats;

pub use calendar::{Day, Unit};
pub use money::Money;
