//! From sections of the report to finished figures.
//!
//! * [`revenue`]: revenue by month, new against returning.
//! * [`spread`]: concentration and the Lorenz curve.
//! * [`retention`]: who comes back, by age and by month.
//! * [`value`]: what customers have brought, and when they have paid back.
//! * [`forecast`]: what is still to come, and how the methods did on the past. [`models`]: how the models fit.
//! * [`people`]: segments, and the timeline of one customer.

pub mod forecast;
pub mod models;
pub mod people;
pub mod retention;
pub mod revenue;
pub mod spread;
pub mod value;

#[cfg(test)]
mod tests;
