//! What a customer is worth, told in five ways side by side (definitions.md, section 5).

use serde::{Deserialize, Serialize};

use crate::math::money::Derived;

/// Five ways to tell what a customer, or all of them, are worth; after margin where one is set. What is not defined is null.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Worth {
    /// What they have brought so far.
    pub historical: Option<Derived>,
    /// Average order × purchases a year × years that a customer stays: a whole life at the pace so far.
    pub simple: Option<Derived>,
    /// A year's margin × r / (1 + d − r), with the yearly retention r and the discount d: the years to come.
    pub discounted: Option<Derived>,
    /// What they have brought, and what older customers brought after their age: a life as far as it was observed.
    pub cohort: Option<Derived>,
    /// What the chosen model expects of the years that `Settings::horizon` looks ahead, discounted; nothing where the data
    /// can't tell it.
    pub probabilistic: Option<Derived>,
    /// Lower and upper end of its range: what comes lies within with 8 chances in 10.
    pub range: Option<[Derived; 2]>,
    /// The years that it looks ahead, as they were set; null without an end.
    pub horizon: Option<u32>,
    /// The yearly discount rate, as it was set.
    pub discount: f64,
    /// Whether it is not told because the ends of the range lie too far apart.
    pub too_open: bool,
}
