//! Who brings whom.

use serde::{Deserialize, Serialize};

/// What a person can set for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ask {}

/// Who brings whom.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Referrals {}
