//! What everything else counts with: exact money, calendar days, sorting, quantiles and intervals, seeded random
//! numbers.
//!
//! * [`money`]: fixed-point amounts and their exact sums.
//! * [`calendar`]: day numbers, months, quarters, years.
//! * [`order`]: the sorts that everything shares.
//! * [`stats`]: quantiles, Wilson intervals.
//! * [`special`], [`quadrature`]: the functions and integrals of the models.
//! * [`distributions`]: tails and quantiles for tests and intervals.
//! * [`eigen`], [`optimise`]: Newton's method with exact derivatives, for up to four positive parameters.
//! * [`random`]: a small seeded generator, for the sample shop and for resampling.

pub mod calendar;
pub mod distributions;
pub mod eigen;
pub mod money;
pub mod optimise;
pub mod order;
pub mod quadrature;
pub mod random;
pub mod special;
pub mod stats;

pub use calendar::{Day, Unit};
pub use money::Money;
