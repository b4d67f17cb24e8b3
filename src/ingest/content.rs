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
    /// One for each question of a survey, in the order of its scores among `numbers`.
    pub questions: Vec<QuestionFacts>,
    /// Comments of a survey that are not empty.
    pub comments: u64,
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

/// What became of the answers to a question.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct QuestionFacts {
    /// The column's header.
    pub column: String,
    /// The scale of the answers: `nps`, `csat`, `ces`.
    pub scale: Option<String>,
    /// Answers, over all rows that were read.
    pub answers: u64,
    /// Rows without one.
    pub blank: u64,
    /// Cells that are no answer: no whole number on the scale.
    pub rejected: u64,
    /// The first few different ones of these.
    pub examples: Vec<String>,
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
