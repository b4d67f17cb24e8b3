//! How engaged customers are, and how healthy each one is.

use serde::{Deserialize, Serialize};

/// What a person can set for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ask {}

/// How engaged customers are, and how healthy each one is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Engagement {}
