//! How files are understood: what is shown between dropping and results.

use serde::{Deserialize, Serialize};

use super::{InFiles, Problem, ReadOptions};
use crate::ingest::content::{Content, Matched};
use crate::ingest::dates::DateOrder;
use crate::ingest::decision::Decision;
use crate::ingest::encoding::Encoding;
use crate::ingest::numbers::DecimalSign;
use crate::ingest::receipt::{Example, LeftOut, NoteReceipt};
use crate::ledger::near::NearMiss;
use crate::math::{Day, Money};
use crate::roles::kind::TableKind;
use crate::roles::scale::Scale;
use crate::roles::{Confidence, Role, Why};

/// How the files are understood, for the step between dropping and results.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// One a file.
    pub files: Vec<FileReview>,
    /// Rows that will be used, over all files of orders.
    pub rows_used: u64,
    /// Different customers.
    pub customers: u64,
    /// First day of the rows used.
    pub first: Option<Day>,
    /// Last day of the rows used.
    pub last: Option<Day>,
    /// Currencies found in a currency column, the header or the amounts, with their rows, most first.
    pub currencies: Vec<(String, u64)>,
    /// The currency that will be analysed.
    pub currency: Option<String>,
    /// Sum of the rows used.
    pub revenue: Money,
    /// Ids of customers that are the same but for how they are written.
    pub near_misses: Vec<NearMiss>,
    /// Files that can't be read, beside these: why.
    pub refused: Vec<Problem>,
    /// Whether nothing is missing and nothing has to be asked.
    pub certain: bool,
}

/// How one file is understood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileReview {
    /// The file's name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Whether it is a table of orders.
    pub is_orders: bool,
    /// What its rows are.
    pub kind: TableKind,
    /// Whose export it is, where it is a known one.
    pub platform: Option<String>,
    /// How it is read: every option is filled in, said or guessed.
    pub reading: Reading,
    /// What the person has said so far.
    pub options: ReadOptions,
    /// The first lines as they stand in the file, shortened.
    pub head: Vec<String>,
    /// The columns.
    pub columns: Vec<ColumnReview>,
    /// The first records as typed: one cell a column.
    pub preview: Vec<Vec<Cell>>,
    /// Records after the header.
    pub rows_read: u64,
    /// Records that will be used.
    pub rows_used: u64,
    /// Records that will be left out, by reason.
    pub left_out: Vec<LeftOut>,
    /// What has to be asked.
    pub questions: Vec<Question>,
    /// What a person should know of it, though nothing can be answered.
    pub notes: Vec<Note>,
    /// What was decided in reading it, and what can be said instead.
    pub decisions: Vec<Decision>,
    /// Needed roles that no column plays.
    pub missing: Vec<Role>,
    /// What a table that is none of orders holds.
    pub content: Option<Content>,
    /// Its customers among those of the orders.
    pub matched: Option<Matched>,
}

impl FileReview {
    /// Whether it is told what it is, orders or not.
    pub fn is_known(&self) -> bool {
        self.kind != TableKind::Other
    }

    /// Whether its rows are of use.
    pub fn takes_part(&self) -> bool {
        self.is_known() && self.missing.is_empty() && !self.options.skip
    }
}

/// How a file is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The encoding.
    pub encoding: Encoding,
    /// Whether the encoding is a guess (no byte order mark, not plain ASCII).
    pub encoding_guessed: bool,
    /// The delimiter byte.
    pub delimiter: u8,
    /// Whether the first record of the table holds names.
    pub has_header: bool,
    /// Line of the file that the table begins on, from 1.
    pub first_line: u64,
    /// The decimal sign of amounts.
    pub decimal: DecimalSign,
    /// The order of day, month and year of the date column.
    pub date_order: DateOrder,
}

/// A column as it is understood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnReview {
    /// Its header; "Column 3" where there is none; "amount (2)" where it repeats.
    pub name: String,
    /// Its role.
    pub role: Role,
    /// How sure.
    pub confidence: Confidence,
    /// Why.
    pub why: Why,
    /// Some values, shortened.
    pub samples: Vec<String>,
    /// Empty cells among the records looked at.
    pub empty: u64,
    /// Different values among the records looked at.
    pub distinct: u64,
    /// Records looked at.
    pub looked_at: u64,
}

/// A cell as typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// Text as it stands.
    Text(String),
    /// A day.
    Date(Day),
    /// An amount, a quantity or a price.
    Number(Money),
    /// Nothing.
    Empty,
    /// What can't be read as the column's type.
    Wrong(String),
}

/// What a person has to decide, because the file can't tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// All dates have 12 or less in both places.
    DayOrMonthFirst {
        /// The column's header.
        column: String,
        /// A date as written, with different numbers in both places where there is one.
        example: String,
        /// The example, day first.
        day_first: Option<Day>,
        /// The example, month first.
        month_first: Option<Day>,
        /// What is used until the person decides.
        chosen: DateOrder,
    },
    /// One comma or point with three digits behind it in every amount.
    DecimalOrThousands {
        /// The column's header.
        column: String,
        /// An amount as written.
        example: String,
        /// What is used until the person decides.
        chosen: DecimalSign,
    },
    /// Order numbers that stand in several files with other rows.
    OrdersInFiles {
        /// How many.
        orders: u64,
        /// Those that name other customers in other files.
        other_customers: u64,
        /// The first of them by its bytes.
        example: String,
        /// The tables of orders: the place of each among the files of the review, and its name.
        files: Vec<(usize, String)>,
        /// What is done until the person decides.
        chosen: InFiles,
    },
    /// Order numbers of several customers in one file.
    OrdersOfSeveral {
        /// The column's header.
        column: String,
        /// How many.
        orders: u64,
        /// The first of them by its bytes.
        example: String,
    },
    /// Order numbers whose dates lie more than a week apart in one file.
    OrdersFarApart {
        /// The column's header.
        column: String,
        /// How many.
        orders: u64,
        /// The first of them by its bytes.
        example: String,
    },
    /// Ids that a spreadsheet has shortened to their first digits (`1.23E+15`): different ones became the same.
    DamagedIds {
        /// The column's header.
        column: String,
        /// Whether they are order numbers; else they are customers.
        of_orders: bool,
        /// Rows with such an id.
        rows: u64,
        /// The first of them.
        example: Example,
    },
    /// Neither its name nor its values tell the scale of a column of answers.
    WhichScale {
        /// The column's header.
        column: String,
        /// The lowest and the highest answer, in ten-thousandths.
        answers: (i64, i64),
        /// What is used until the person decides.
        chosen: Scale,
    },
    /// Several currencies in the currency column.
    WhichCurrency {
        /// Code and rows, most rows first.
        currencies: Vec<(String, u64)>,
        /// What is used until the person decides.
        chosen: String,
    },
}

/// What a person should know of a file, though nothing can be answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// Ids that a spreadsheet has shortened to their first digits (`1.23E+15`): different ones became the same.
    DamagedIds {
        /// The column's header.
        column: String,
        /// Rows with such an id.
        rows: u64,
        /// The first of them.
        example: Example,
    },
    /// One id that stands for many, such as `GUEST`: counted as one customer.
    SharedCustomer {
        /// Its rows.
        rows: u64,
        /// The first of them, with the id as written.
        example: Example,
    },
    /// Rows that equal another row in every cell, and are counted.
    RepeatedRows {
        /// Rows beyond the first of each.
        rows: u64,
        /// Whether the file has order numbers: these rows may then be pieces of one order.
        orders: bool,
        /// The first of them.
        example: Example,
    },
    /// Lines that can't be cut into cells, and are left out: in them a quote opens that is never closed, or they are longer
    /// than a record can be. Reading goes on with the next line.
    BrokenLines {
        /// Lines.
        rows: u64,
        /// The first of them as it stands.
        example: Example,
    },
    /// Rows with more cells than there are names of columns; what is beyond them is not used.
    ExtraCells {
        /// Rows.
        rows: u64,
        /// The first of them.
        example: Example,
    },
    /// NUL characters, which are nothing that can be read; they were taken out.
    NulCharacters {
        /// How many.
        count: u64,
    },
}

impl Note {
    /// The note as the report has it.
    pub fn receipt(&self) -> NoteReceipt {
        let of = |note: &str, column: Option<&String>, rows: u64, example: Option<&Example>| NoteReceipt {
            note: note.to_owned(),
            column: column.cloned(),
            rows,
            example: example.cloned(),
        };
        match self {
            Note::DamagedIds { column, rows, example } => of("damaged_ids", Some(column), *rows, Some(example)),
            Note::SharedCustomer { rows, example } => of("shared_customer", None, *rows, Some(example)),
            Note::RepeatedRows { rows, example, .. } => of("repeated_rows", None, *rows, Some(example)),
            Note::BrokenLines { rows, example } => of("broken_lines", None, *rows, Some(example)),
            Note::ExtraCells { rows, example } => of("extra_cells", None, *rows, Some(example)),
            Note::NulCharacters { count } => of("nul_characters", None, *count, None),
        }
    }
}
