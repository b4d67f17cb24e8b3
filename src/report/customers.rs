//! The table of all customers and the page of one, asked for piece by piece: with 100,000 customers they would make
//! every message of the report heavy.

use serde::{Deserialize, Serialize};

use crate::math::money::Derived;
use crate::math::{Day, Money};

/// A customer in the table: the per-customer summary (definitions.md section 5) and the segments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerRow {
    /// The id as written in the file.
    pub customer: String,
    /// Purchases.
    pub purchases: u32,
    /// Net revenue.
    pub revenue: Money,
    /// First purchase.
    pub first: Day,
    /// Last purchase.
    pub last: Day,
    /// Distinct purchase days minus 1.
    pub frequency: u32,
    /// Days from the first to the last purchase.
    pub recency: u32,
    /// Days from the first purchase to the end of the period (T).
    pub observed: u32,
    /// Mean revenue of the repeat purchase days; 0 without any.
    pub monetary_value: Derived,
    /// Days from the last purchase to the end of the period.
    pub days_since: u32,
    /// Median gap between this customer's purchase days; nothing with one only.
    pub usual_gap: Option<f64>,
    /// The RFM scores, 1 to 5 each.
    pub rfm: (u8, u8, u8),
    /// Key of the named RFM group.
    pub group: String,
    /// Key of the value tier.
    pub tier: String,
    /// Key of the lifecycle stage.
    pub stage: String,
}

/// What the table can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortKey {
    /// Net revenue.
    #[default]
    Revenue,
    /// The id; numbers by value where all ids are whole numbers, else byte by byte.
    Customer,
    /// Purchases.
    Purchases,
    /// First purchase.
    First,
    /// Last purchase.
    Last,
    /// Mean revenue of the repeat purchase days.
    MonetaryValue,
}

/// Which rows of the table are wanted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerQuery {
    /// Part of the id, in any case; all where empty.
    pub search: String,
    /// Only one segment: family and name.
    pub segment: Option<(String, String)>,
    /// Column to sort by; ties by customer id.
    pub sort: SortKey,
    /// Smallest first.
    pub ascending: bool,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted.
    pub limit: u32,
}

/// The rows wanted, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CustomerPage {
    /// The query answered.
    pub query: CustomerQuery,
    /// Customers that match.
    pub total: u64,
    /// The rows from `offset` on.
    pub rows: Vec<CustomerRow>,
}

/// One customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerDetail {
    /// The row of the table.
    pub row: CustomerRow,
    /// Purchases and refunds, oldest first.
    pub events: Vec<CustomerEvent>,
    /// Place by revenue among all customers, 1 = largest.
    pub rank: u64,
    /// All customers.
    pub customers: u64,
    /// The value of each dimension at the first purchase: name and value.
    pub dimensions: Vec<(String, String)>,
}

/// A purchase, or a refund.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerEvent {
    /// The day.
    pub day: Day,
    /// Net amount; below zero for a refund.
    pub amount: Money,
    /// Whether it counts as a purchase.
    pub purchase: bool,
    /// Lines of the file behind it.
    pub rows: u32,
    /// Dimension values of its first line, in the order of the report's dimensions.
    pub dimensions: Vec<String>,
}
