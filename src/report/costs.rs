//! What winning customers costs, by channel, campaign and month, against what they bring.

use serde::{Deserialize, Serialize};

/// What a person can set for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ask {}

/// What winning customers costs, by channel, campaign and month, against what they bring.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Costs {}
