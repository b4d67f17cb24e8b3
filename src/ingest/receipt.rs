//! What was read and what became of it: part of the report.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::content::{Content, Matched};
use super::decision::Decision;
use crate::math::{Money, order};

/// A file, and what became of its rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableReceipt {
    /// The name of a [`crate::roles::kind::TableKind`]; `set_aside` where a person said that it takes no part,
    /// `unreadable` where the file can't be read.
    pub kind: String,
    /// The file's name.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// Records besides the header, blank lines not counted.
    pub rows_read: u64,
    /// Records that the figures rest on; of a table that is none of orders, those that can be used.
    pub rows_used: u64,
    /// Those of them that tell of a refund in a column of its own: it counts as one more row.
    pub refund_rows: u64,
    /// Records left out, by reason, most first.
    pub left_out: Vec<LeftOut>,
    /// Those of them that a download holds: there is a bound to what is kept.
    pub rows_kept: u64,
    /// Role to column header, those without a role as `unused`; headers of one role are joined by `, `.
    pub roles: BTreeMap<String, String>,
    /// `UTF-8`, `UTF-16LE`, `UTF-16BE`, `windows-1252`.
    pub encoding: String,
    /// The delimiter as text: `,`, `;`, tab, `|`.
    pub delimiter: String,
    /// `.` or `,`.
    pub decimal: String,
    /// `year-month-day`, `day-month-year`, `month-day-year`, or another name of [`super::dates::DateOrder`].
    pub dates: String,
    /// Sum of the amounts of all rows read that have one.
    pub amount_read: Money,
    /// Sum of the amounts of the rows used.
    pub amount_used: Money,
    /// The table's own lines of totals, beside what its rows add up to.
    pub own_totals: Vec<OwnTotal>,
    /// What was decided in reading it.
    pub decisions: Vec<Decision>,
    /// What a person should know of it, though nothing can be answered.
    pub notes: Vec<NoteReceipt>,
    /// What a table that is none of orders holds.
    pub content: Option<Content>,
    /// How many of its customers are among those of the orders; nothing where it names none.
    pub matched: Option<Matched>,
}

/// A line of totals that a table has of its own, beside what its rows add up to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnTotal {
    /// Line of the file.
    pub line: u64,
    /// What stands there; nothing where it can't be read as an amount.
    pub amount: Option<Money>,
    /// Which rows it was compared with: those whose sum is nearest.
    pub of: TotalOf,
    /// What those rows add up to.
    pub rows_add_up_to: Money,
}

impl OwnTotal {
    /// What the line says beyond what the rows add up to; zero where both agree.
    pub fn difference(&self) -> Option<Money> {
        self.amount.and_then(|amount| amount.0.checked_sub(self.rows_add_up_to.0)).map(Money)
    }
}

/// The rows that a line of totals can stand for. All of them may hold rows that are left out, but for `used`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TotalOf {
    /// All rows above it.
    Above,
    /// The rows since the line of totals before.
    SinceLast,
    /// All rows of the table.
    All,
    /// The rows used.
    Used,
}

/// What a person should know of a table: a note of the review (`protocol::Note`) in one shape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoteReceipt {
    /// Its name: `damaged_ids`, `broken_lines`, `shared_customer`, `repeated_rows`, `extra_cells`, `nul_characters`.
    pub note: String,
    /// The column that it is about, where it is about one.
    pub column: Option<String>,
    /// Rows; for `nul_characters` the characters.
    pub rows: u64,
    /// The first of them, where its place is known.
    pub example: Option<Example>,
}

/// Records left out for one reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Why.
    pub reason: Reason,
    /// How many.
    pub rows: u64,
    /// What their amounts add up to, where they have one.
    pub amount: Option<Money>,
    /// The first few.
    pub examples: Vec<Example>,
}

/// Puts what was left out most rows first.
pub fn most_first(left_out: &mut [LeftOut]) {
    order::sort_by(left_out, |a, b| b.rows.cmp(&a.rows).then(a.reason.cmp(&b.reason)));
}

/// Why a record is not used. The order is the order of checks: the first that holds is the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Above the table: a title, a period.
    AboveTable,
    /// A quote that is opened and never closed, or a record too long to be one.
    Malformed,
    /// Fewer cells than a needed column.
    TooFewCells,
    /// A line of totals below the table.
    TotalsRow,
    /// A test of the shop or its payments.
    TestOrder,
    /// Not paid or not completed.
    NotPaid,
    /// Money that moved without a sale: a transfer, a hold, a conversion of currency.
    NotASale,
    /// The sale of a gift card: what it buys is paid for again.
    GiftCard,
    /// The cell of the customer is empty.
    NoCustomer,
    /// The cell of the date is empty.
    NoDate,
    /// The cell of the date can't be read as a date.
    UnreadableDate,
    /// The cell of the amount (or of quantity or price) is empty.
    NoAmount,
    /// The cell of the amount (or of quantity or price) can't be read as a number.
    UnreadableAmount,
    /// An amount beyond what fits.
    AmountTooLarge,
    /// Cancelled, by the status column.
    Cancelled,
    /// Another currency than the one analysed.
    OtherCurrency,
    /// Equal to another row in every cell, order number included.
    RepeatedRow,
    /// An order that is taken from another file.
    InAnotherFile,
    /// An order number of several customers, where the person leaves such orders out.
    SeveralCustomers,
    /// An id that a spreadsheet has cut short, where the person leaves such rows out.
    DamagedId,
    /// A date far from all others, or one that programs write for none.
    OddDate,
    /// After the end of the observation period.
    AfterEnd,
    /// In a table that is none of orders: the cell of a needed number is empty.
    NoNumber,
    /// In a table that is none of orders: the cell of a needed number can't be read.
    UnreadableNumber,
    /// An answer outside the scale of its survey.
    OutsideScale,
    /// In a table that is none of orders: the cell that names the event or the side of a test is empty.
    NoName,
}

impl Reason {
    /// The name in reports and lists: `no_customer`.
    pub fn name(self) -> &'static str {
        match self {
            Reason::AboveTable => "above_table",
            Reason::Malformed => "malformed",
            Reason::TooFewCells => "too_few_cells",
            Reason::TotalsRow => "totals_row",
            Reason::TestOrder => "test_order",
            Reason::NotPaid => "not_paid",
            Reason::NotASale => "not_a_sale",
            Reason::GiftCard => "gift_card",
            Reason::NoCustomer => "no_customer",
            Reason::NoDate => "no_date",
            Reason::UnreadableDate => "unreadable_date",
            Reason::NoAmount => "no_amount",
            Reason::UnreadableAmount => "unreadable_amount",
            Reason::AmountTooLarge => "amount_too_large",
            Reason::Cancelled => "cancelled",
            Reason::OtherCurrency => "other_currency",
            Reason::RepeatedRow => "repeated_row",
            Reason::InAnotherFile => "in_another_file",
            Reason::SeveralCustomers => "several_customers",
            Reason::DamagedId => "damaged_id",
            Reason::OddDate => "odd_date",
            Reason::AfterEnd => "after_end",
            Reason::NoNumber => "no_number",
            Reason::UnreadableNumber => "unreadable_number",
            Reason::OutsideScale => "outside_scale",
            Reason::NoName => "no_name",
        }
    }
}

/// Where a record stands, and what was found there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// Line of the file that the record begins on, 1 for the first.
    pub line: u64,
    /// The text that did not fit, shortened; the whole record where no single cell is to blame.
    pub found: String,
}

impl Example {
    /// The same, so many lines further down.
    pub(crate) fn lower(self, lines: u64) -> Example {
        Example { line: self.line + lines, ..self }
    }
}
