//! What customers say: NPS, CSAT, CES, and what their comments are about.

use serde::{Deserialize, Serialize};

/// What a person can set for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ask {}

/// What customers say: NPS, CSAT, CES, and what their comments are about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Feedback {}
