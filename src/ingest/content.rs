//! What a table beside the orders holds, and how many of its customers are in them: part of the report.

use serde::{Deserialize, Serialize};

use crate::math::money::Derived;
use crate::math::{Day, Money};

/// What a table that is none of orders holds, over the rows used.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// Different customers, as their ids are written; 0 where it names none.
    pub customers: u64,
    /// One for each column of dates.
    pub dates: Vec<DateFacts>,
    /// One for each column of numbers.
    pub numbers: Vec<NumberFacts>,
    /// One for each column to group by, its kinds of events and its sides of a test among them.
    pub groups: Vec<GroupFacts>,
    /// The scale of its answers: `nps`, `csat`, `ces`.
    pub scale: Option<String>,
}

/// What a column of dates holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DateFacts {
    /// The part that it plays: `date`, `end`.
    pub role: String,
    /// Rows that have one.
    pub rows: u64,
    /// The first day.
    pub first: Option<Day>,
    /// The last day.
    pub last: Option<Day>,
}

/// What a column of numbers holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberFacts {
    /// The part that it plays: `amount`, `score`, `outcome`, ...
    pub role: String,
    /// Rows that have one.
    pub rows: u64,
    /// What they add up to, exact; nothing where that does not fit.
    pub sum: Option<Money>,
    /// Their mean; nothing without rows.
    pub mean: Option<Derived>,
}

/// What a column to group by holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupFacts {
    /// The column's header.
    pub column: String,
    /// Different values that are not empty.
    pub values: u64,
}

/// How many customers of a table are among those of the orders.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Matched {
    /// The column by which they were looked for: of several, the one by which most are found.
    pub column: String,
    /// Rows that name a customer.
    pub rows: u64,
    /// Those of them whose customer is found.
    pub rows_found: u64,
    /// Different customers.
    pub customers: u64,
    /// Those of them who are found.
    pub customers_found: u64,
    /// Of the customers of the orders, those whom the table names.
    pub orders_found: u64,
    /// Customers of the orders.
    pub orders_customers: u64,
    /// The first few who are not found, in the order of ids.
    pub not_found: Vec<String>,
}
