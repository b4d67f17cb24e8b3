//! Amounts.

use serde::{Deserialize, Serialize};

/// The sign between whole and part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecimalSign {
    /// 1,234.50
    #[default]
    Point,
    /// 1.234,50
    Comma,
}
