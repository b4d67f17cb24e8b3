//! From sections of the report to finished figures.
//!
//! * [`revenue`]: revenue by month, new against returning.
//! * [`spread`]: concentration and the Lorenz curve.
//! * [`retention`]: who comes back, by age and by month.
//! * [`value`]: what customers have brought, and when they have paid back.
//! * [`engagement`]: the engagement score, and what comes before leaving.
//! * [`journey`]: the stages of a journey, and where people stop.
//! * [`costs`]: what winning customers costs, by channel and over time.
//! * [`experiments`], [`drivers`]: what tests have shown, and what goes with value and staying.
//! * [`feedback`]: what customers say.
//! * [`forecast`]: what is still to come, and how the methods did on the past. [`models`]: how the models fit;
//!   [`lives`]: how customers live on.
//! * [`people`]: segments, and the timeline of one customer.
//! * [`referrals`]: customers whom others brought.
//! * [`subscriptions`]: recurring revenue, what moved it, and how long subscribers stay.

pub mod costs;
pub mod drivers;
pub mod engagement;
pub mod experiments;
pub mod feedback;
pub mod forecast;
pub mod journey;
pub mod lives;
pub mod models;
pub mod people;
pub mod referrals;
pub mod retention;
pub mod revenue;
pub mod spread;
pub mod subscriptions;
pub mod value;

#[cfg(test)]
mod engagement_tests;
#[cfg(test)]
mod forecast_tests;
#[cfg(test)]
mod sections_tests;
#[cfg(test)]
pub(crate) mod tests;
