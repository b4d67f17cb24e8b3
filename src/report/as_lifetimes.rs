//! What the Python package `lifetimes` (0.11.3) would tell of the same customers: its 12-month value, in its own months and
//! discounted its own way, for those who compare the two.

use serde::{Deserialize, Serialize};

use super::forecast::Candidate;
use crate::math::Day;
use crate::math::money::Derived;

/// The unit that the package's summary is made in, and with it the length of its months.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// `freq='D'`: purchase days; a month has 30 days.
    #[default]
    Days,
    /// `freq='D', freq_multiplier=7`: purchase days, times in sevenths of a day's week; a month has 4.345 weeks.
    Weeks,
    /// `freq='W'`: weeks from Monday to Sunday with a purchase; a month has 4.345 weeks.
    CalendarWeeks,
}

/// The package's 12-month value of customers: `customer_lifetime_value(time=12, discount_rate=0.01)` with the parameters of
/// the highest likelihood, without a penalty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AsLifetimes {
    /// The unit.
    pub grain: Grain,
    /// The end of the observation.
    pub end: Option<Day>,
    /// Customers.
    pub customers: u64,
    /// By model: parameters in that unit, and the value of all customers together.
    pub methods: Vec<Method>,
    /// The parameters p, q and v of Gamma-Gamma; nothing where it has no mean, and then nothing is worth anything.
    pub spend: Option<[f64; 3]>,
    /// What the forecast expects of all in the next 12 months, where it can be stood behind: neither in the package's months
    /// nor discounted.
    pub forecast: Option<Derived>,
    /// The first customers in the order of their ids.
    pub rows: Vec<Row>,
}

/// A model of the package.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Method {
    /// Which one.
    pub candidate: Candidate,
    /// Its four parameters in the package's order; times in the unit.
    pub parameters: [f64; 4],
    /// The 12-month value of all customers.
    pub value: Option<Derived>,
}

/// A customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The id as written in the file.
    pub customer: String,
    /// Place in the order of ids of the whole file: the customer's address in the page.
    pub number: u32,
    /// Repeat purchases, as the unit counts them.
    pub frequency: u32,
    /// From the first to the last of them, in the unit.
    pub recency: f64,
    /// From the first to the end, in the unit.
    pub age: f64,
    /// Mean value of the repeat purchases, 0 without any.
    pub spend: Derived,
    /// The 12-month value by model, in the order of [`AsLifetimes::methods`].
    pub values: Vec<Option<Derived>>,
    /// What the forecast expects of them in the next 12 months, where it can be stood behind.
    pub forecast: Option<Derived>,
}
