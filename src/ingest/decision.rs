//! What was decided in reading a table and could have been decided otherwise: data, so that a list of them can be shown,
//! explained and undone. What can be said instead, [`crate::protocol::ReadOptions::decide`] takes.

use serde::{Deserialize, Serialize};

/// One decision, with what it was seen on and what can be said instead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// What it is about.
    pub about: Matter,
    /// What was decided: a name, as [`Matter`] says.
    pub value: String,
    /// Who decided.
    pub by: DecidedBy,
    /// Rows that are otherwise because of it, for NUL characters these; nothing where it holds for the table as a whole.
    pub rows: Option<u64>,
    /// What it was seen on.
    pub example: Option<Seen>,
    /// The values that can be said instead, best first. [`NOT_SAID`] takes back what a person said. Empty where it can't be
    /// undone.
    pub instead: Vec<String>,
}

/// Stands for "nothing said" among the values of a decision.
pub const NOT_SAID: &str = "";

/// The value of a decision about rows that take no part.
pub const LEFT_OUT: &str = "left_out";

/// The value of a decision about rows that count, though something speaks against them.
pub const COUNTED: &str = "counted";

/// What a decision is about, and which values it can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// Whether the table takes part at all: `used` or `set_aside`.
    Use,
    /// Whose export the table is: a platform's name, or `none`.
    Layout,
    /// A name of an [`crate::ingest::encoding::Encoding`].
    Encoding,
    /// The delimiter itself.
    Delimiter,
    /// What the first row of the table holds: `names` or `data`.
    Header,
    /// `.` or `,`.
    Decimal,
    /// A name of a [`crate::ingest::dates::DateOrder`].
    DateOrder,
    /// The one currency that is added up, an ISO 4217 code.
    Currency,
    /// Which rows are one purchase: those of one `order_number`, or those of a customer at one `time`.
    Orders,
    /// Cancelled rows: [`LEFT_OUT`] or [`COUNTED`], as all that follow.
    Cancelled,
    /// Rows that equal another one in every cell.
    Repeated,
    /// Rows with a date far from all others.
    OddDates,
    /// Tests of the shop or its payments, as a known export marks them.
    TestOrder,
    /// Orders not paid or not completed, as a known export marks them.
    NotPaid,
    /// Money that moved without a sale, as a known export marks it.
    NotASale,
    /// Sales of gift cards, as a known export marks them.
    GiftCard,
    /// Amounts with more than four places: `rounded`.
    Rounded,
    /// NUL characters: `taken_out`.
    NulCharacters,
}

/// Who decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecidedBy {
    /// The file: it allows nothing else.
    File,
    /// The program, between readings that the file allows.
    Guess,
    /// The known export that the file is: it always means the same by it.
    Export,
    /// A rule that holds for every file.
    Rule,
    /// The person.
    Person,
}

/// What a decision was seen on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// Line of the file, from 1, where it is known.
    pub line: Option<u64>,
    /// The text that was found, shortened.
    pub found: String,
}
