//! Dates.

use serde::{Deserialize, Serialize};

/// The order of day, month and year in a column of dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// 2026-09-30.
    #[default]
    YearMonthDay,
    /// 30/09/2026.
    DayMonthYear,
    /// 09/30/2026.
    MonthDayYear,
}
