//! What is expected of one customer, and why: asked for by the customer's page, and no part of the report that is saved.

use serde::{Deserialize, Serialize};

use super::as_lifetimes::Grain;
use super::forecast::{Band, MoneyBand, Verdict};
use super::worth::Worth;
use crate::math::Day;
use crate::math::money::Derived;

/// Which customer: the number in the ledger.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// Place in the order of ids of the whole file.
    pub number: u32,
    /// The unit in which they are told as the package `lifetimes` would, where that is asked for.
    pub grain: Option<Grain>,
}

/// What is expected of one of all customers in the next 12 months, each with the ends of 8 chances in 10.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// Place in the order of ids of the whole file.
    pub number: u32,
    /// P(alive).
    pub alive: f64,
    /// Purchase days: the expectation, and both ends.
    pub purchases: [f64; 3],
    /// Their value, likewise.
    pub value: [Derived; 3],
    /// The day by which they will have bought again with a probability of 80 %, if they are still there.
    pub due: Day,
}

/// What is expected of a customer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Prospect {
    /// The customer that was asked for.
    pub number: u32,
    /// How far the models can be trusted.
    pub verdict: Verdict,
    /// The expectation; nothing where the verdict lets none be told, or the customer has no purchase.
    pub ahead: Option<ProspectAhead>,
    /// What they are worth, told in five ways.
    pub worth: Worth,
}

/// The next 12 months of a customer, and what moved them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProspectAhead {
    /// P(alive).
    pub alive: f64,
    /// The mean of all customers.
    pub mean_alive: f64,
    /// Purchase days of the 12 months.
    pub purchases: Band,
    /// P(at least one of them).
    pub any: f64,
    /// P(none of them), P(1), P(2), and P(3 or more).
    pub chances: [f64; 4],
    /// Purchase days of the 12 months were they certainly there.
    pub if_there: f64,
    /// The mean of all customers, each were they certainly there.
    pub mean_if_there: f64,
    /// What a purchase day of theirs is worth.
    pub value: Derived,
    /// The mean of all customers.
    pub mean_value: Derived,
    /// What their own repeat purchase days came to in the mean; nothing without any.
    pub own_value: Option<Derived>,
    /// Revenue of the 12 months.
    pub revenue: MoneyBand,
    /// Days since the last purchase.
    pub quiet_days: u32,
    /// The day by which they would have bought again with a probability of 80 %, were they still there.
    pub due: Day,
    /// Distinct purchase days.
    pub purchase_days: u32,
    /// What the package `lifetimes` would tell of their next 12 months by BG/NBD, and the unit that it counts in; nothing where
    /// it is not asked for.
    pub as_lifetimes: Option<Derived>,
    /// See `as_lifetimes`.
    pub grain: Grain,
    /// P(alive) from the first purchase to the end, at even steps.
    pub path: Vec<PathPoint>,
}

/// P(alive) on a day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PathPoint {
    /// The day.
    pub day: Day,
    /// P(alive) by the purchases up to that day and the models of today.
    pub alive: f64,
    /// Purchase days since the step before.
    pub purchases: u32,
}
