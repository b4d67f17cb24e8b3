//! How sure a whole column makes a reading.

use serde::{Deserialize, Serialize};

/// Whether the cells of a column settle how they are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// They do.
    #[default]
    Certain,
    /// They allow two readings: the person is asked.
    Ask,
}
