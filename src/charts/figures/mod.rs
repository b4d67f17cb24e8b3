//! From sections of the report to finished figures.
//!
//! * [`revenue`]: revenue by month, new against returning.
//! * [`spread`]: concentration and the Lorenz curve.
//! * [`retention`]: who comes back, by age and by month.
//! * [`value`]: what customers have brought, and when they have paid back.
//! * [`experiments`], [`drivers`]: what tests have shown, and what goes with value and staying.
//! * [`people`]: segments, and the timeline of one customer.

pub mod drivers;
pub mod experiments;
pub mod people;
pub mod retention;
pub mod revenue;
pub mod spread;
pub mod value;

#[cfg(test)]
mod sections_tests;
#[cfg(test)]
mod tests;
