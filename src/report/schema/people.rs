//! What customers are worth, how unevenly, and in which groups.

use serde::{Deserialize, Serialize};

use crate::math::Money;
use crate::math::money::Derived;
use crate::math::stats::Share;
use crate::report::customers::CustomerRow;

/// How unevenly revenue is spread (definitions.md section 4).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Concentration {
    /// 0 (all equal) to almost 1 (one customer brings all); nothing where revenue is not positive.
    pub gini: Option<f64>,
    /// The top 1, 5, 10, 20 and 50 % of customers.
    pub top: Vec<TopShare>,
    /// Cumulative share of revenue of the lowest 0, 10, ... 100 % of customers.
    pub lorenz: Vec<f64>,
    /// Share of revenue that the ten largest customers bring.
    pub top_ten_share: Option<f64>,
}

/// What the top p of customers bring.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TopShare {
    /// p as a fraction.
    pub p: f64,
    /// ceil(p x customers).
    pub customers: u64,
    /// Their revenue.
    pub revenue: Money,
    /// Their share of revenue.
    pub share: Option<f64>,
}

/// What customers are worth (definitions.md sections 3 and 5).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// Mean revenue so far of a customer (historical CLTV).
    pub historical_mean: Option<Derived>,
    /// Median revenue so far of a customer.
    pub historical_median: Option<Derived>,
    /// Customers by revenue so far.
    pub distribution: Vec<Bin>,
    /// The largest customers, at most 20.
    pub top: Vec<CustomerRow>,
    /// Mean cumulative margin (revenue where no margin is set) of a customer by whole months since the first purchase:
    /// the sum of each month's mean over the customers observed to its end; where payback is read from.
    pub payback: Vec<PaybackPoint>,
}

/// One bar of a distribution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Lower bound, included; nothing for the first, open bar.
    pub from: Option<Money>,
    /// Upper bound, not included; nothing for the last, open bar.
    pub to: Option<Money>,
    /// Customers in it.
    pub customers: u64,
    /// Their revenue.
    pub revenue: Money,
}

/// Cumulative margin at an age.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaybackPoint {
    /// Whole months since the first purchase; 0 is the first purchase's own month.
    pub month: u32,
    /// Customers observed that long.
    pub customers: u64,
    /// Mean cumulative margin (or revenue) of a customer.
    pub cumulative: Derived,
}

/// The RFM grid (definitions.md section 6).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rfm {
    /// The 25 cells by recency score (5 = most recent) and frequency score, ascending, empty ones too.
    pub cells: Vec<RfmCell>,
    /// For recency scores 1 to 5: fewest and most days since the last purchase.
    pub recency_days: Vec<Option<(u32, u32)>>,
    /// For frequency scores 1 to 5: fewest and most purchase days.
    pub frequency: Vec<Option<(u32, u32)>>,
    /// For monetary scores 1 to 5: smallest and largest revenue.
    pub monetary: Vec<Option<(Money, Money)>>,
}

/// One cell of the RFM grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RfmCell {
    /// Recency score, 1 to 5.
    pub r: u8,
    /// Frequency score, 1 to 5.
    pub f: u8,
    /// Customers.
    pub customers: u64,
    /// Their revenue.
    pub revenue: Money,
    /// The named group that the cell's scores belong to.
    pub group: String,
}

/// A group of customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    /// `rfm`, `value`, `lifecycle`, or `dimension:NAME` for the value of the first purchase.
    pub family: String,
    /// The segment's key within its family: `champions`, `high`, `at_risk`, a dimension's value.
    pub name: String,
    /// Customers.
    pub customers: u64,
    /// Share of all customers.
    pub customer_share: Option<f64>,
    /// Net revenue.
    pub revenue: Money,
    /// Share of all revenue.
    pub revenue_share: Option<f64>,
    /// Purchases.
    pub purchases: u64,
    /// Revenue / purchases.
    pub aov: Option<Derived>,
    /// Customers with 2 or more purchases.
    pub repeat: Share,
    /// Customers active at the end of the period.
    pub active: Share,
    /// Median days since the last purchase.
    pub median_recency_days: Option<f64>,
}
