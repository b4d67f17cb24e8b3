//! How engaged customers are, from what they bought and from what else they did (definitions.md, section 4).
//!
//! * [`score`]: the engagement score, 0 to 100.
//! * [`outlook`]: the score of an earlier day against what came after.
//! * [`health`]: how well each customer is, part by part.
//! * [`answers`]: the last answer of each customer to a survey.
//! * [`decline`]: what customers did in the months before they left.
//!
//! All of it comes out of orders alone; a table of events adds what customers did beside buying.

pub mod answers;
pub mod decline;
pub mod health;
pub mod outlook;
pub mod score;

use crate::math::Money;
use crate::report::engagement::Level;

/// From this score on a customer is active, or well.
pub const HIGH: f64 = 67.0;

/// Below this score a customer is dormant, or not well.
pub const LOW: f64 = 33.0;

/// The place of a score among [`levels`].
fn level(score: f64) -> usize {
    usize::from(score < HIGH) + usize::from(score < LOW)
}

/// Three empty levels, the highest first.
fn levels(names: [&str; 3]) -> Vec<Level> {
    let level = |name: &str| Level { name: name.to_owned(), customers: 0, revenue: Money::ZERO };
    names.into_iter().map(level).collect()
}
