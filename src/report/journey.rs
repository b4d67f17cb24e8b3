//! How customers come along: stages, and where they stop.

use serde::{Deserialize, Serialize};

/// What a person can set for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ask {}

/// How customers come along: stages, and where they stop.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Journey {}
