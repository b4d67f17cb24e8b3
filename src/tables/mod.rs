//! Tables beside the orders: customers, spend, surveys, subscriptions, events, tests, summaries.
//!
//! * [`Table`] (here): the rows that can be used, as columns.
//! * [`rows`]: one file, slice by slice, into a table, with a count of what is left out.
//! * [`answers`]: the answers of surveys among them.
//! * [`texts`]: a column of texts.
//! * [`content`]: what a table holds, in a few numbers.
//! * [`events`]: the events of all tables, by person and day.
//! * [`join`]: its customers among those of the orders, and its columns as columns of the ledger.
//!
//! One store serves all kinds: what differs between them is which parts their columns play
//! ([`crate::roles::parts`]), not how a column is kept.

pub mod answers;
pub mod content;
pub mod events;
pub mod join;
pub mod rows;
pub mod texts;

pub use answers::Question;
pub use rows::Rows;
pub use texts::Texts;

use crate::ledger::DimensionColumn;
use crate::math::Day;
use crate::roles::Role;
use crate::roles::billing::Billing;
use crate::roles::kind::TableKind;

/// Stands in [`Ids::codes`] where a row names nobody.
pub const NOBODY: u32 = u32::MAX;

/// Stands in a column of days where a row has none.
pub const NO_DAY: Day = Day(i32::MIN);

/// Stands in a column of numbers where a row has none.
pub const NO_NUMBER: i64 = i64::MIN;

/// The rows of a table that can be used, as columns of equal length, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What a row is.
    pub kind: TableKind,
    /// Number of rows.
    pub rows: usize,
    /// The columns that tell the customer: an id, an e-mail address.
    pub ids: Vec<Ids>,
    /// The columns of dates: the date of a row, the end of a contract.
    pub days: Vec<(Role, Vec<Day>)>,
    /// The columns of numbers, in ten-thousandths: amounts, scores, outcomes, counts and times of summaries. Scores stand
    /// in the order of `questions`.
    pub numbers: Vec<(Role, Vec<i64>)>,
    /// The numbers that are known of its customers, by the names of their columns.
    pub measures: Vec<(String, Vec<i64>)>,
    /// The columns to group by, with the role of each beside it; kinds of events and sides of a test among them.
    pub groups: Vec<(Role, DimensionColumn)>,
    /// What its answers are answers to, where it is a survey.
    pub questions: Vec<Question>,
    /// What was said in words, where it is a survey; of several columns one below the other.
    pub comments: Option<Texts>,
    /// Whose export it is, where it is a known one.
    pub platform: Option<&'static str>,
    /// Who brought the customer of each row, where a column says so.
    pub referrers: Option<Ids>,
    /// The period that its amounts are paid for, where their header tells it.
    pub billing: Option<Billing>,
    /// The unit of how long its customers have been there, where the header tells it.
    pub tenure: Option<Billing>,
}

/// A column that tells the customer of each row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ids {
    /// The column's header.
    pub column: String,
    /// The different ids: by value where all are whole numbers, else byte by byte.
    pub ids: Vec<Box<str>>,
    /// Rows of each id.
    pub counts: Vec<u32>,
    /// The place of each row's id in `ids`, or [`NOBODY`].
    pub codes: Vec<u32>,
}

impl Table {
    /// The days of a part.
    pub fn days(&self, role: Role) -> Option<&[Day]> {
        self.days.iter().find(|(other, _)| *other == role).map(|(_, days)| days.as_slice())
    }

    /// The numbers of a part.
    pub fn numbers(&self, role: Role) -> Option<&[i64]> {
        self.numbers.iter().find(|(other, _)| *other == role).map(|(_, numbers)| numbers.as_slice())
    }

    /// The questions of a survey, each with its answers in ten-thousandths, [`NO_NUMBER`] for a row without one.
    pub fn answers(&self) -> impl Iterator<Item = (&Question, &[i64])> {
        let scores = self.numbers.iter().filter(|(role, _)| *role == Role::Score);
        self.questions.iter().zip(scores.map(|(_, scores)| scores.as_slice()))
    }

    /// The first column to group by that plays a part.
    pub fn group(&self, role: Role) -> Option<&DimensionColumn> {
        self.groups.iter().find(|(other, _)| *other == role).map(|(_, column)| column)
    }
}
