//! What page and worker say to each other: requests in, replies out. Plain values, which [`crate::wire`] makes bytes of.
//!
//! Every message carries the job that it belongs to. A job begins with [`Request::Open`] (the `File`s travel beside the
//! message, in the same order as their [`FileInfo`]s) or [`Request::Sample`], and a reply of an earlier job is ignored.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::ingest::dates::DateOrder;
use crate::ingest::encoding::Encoding;
use crate::ingest::numbers::DecimalSign;
use crate::ingest::receipt::{LeftOut, Reason};
use crate::ingest::spelling::IdRule;
use crate::ingest::unpack::Damage;
use crate::report::customers::{CustomerDetail, CustomerPage, CustomerQuery};
use crate::report::sections::{Ask, Section};
use crate::report::{Report, Settings, risk};
use crate::roles::Role;
use crate::roles::kind::TableKind;
use crate::roles::scale::Scale;

mod decide;
mod left_out;
mod review;

pub use left_out::{LeftOutRow, LeftOutRows};
pub use review::{Cell, ColumnReview, FileReview, Note, Question, Reading, Review};

/// A file before it is read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FileInfo {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
}

/// What a person said about how a file is to be read; what is not said is guessed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReadOptions {
    /// The delimiter byte.
    pub delimiter: Option<u8>,
    /// The encoding.
    pub encoding: Option<Encoding>,
    /// Whether the first record holds the names of the columns.
    pub has_header: Option<bool>,
    /// The decimal sign of amounts.
    pub decimal: Option<DecimalSign>,
    /// The order of day, month and year.
    pub date_order: Option<DateOrder>,
    /// Roles by column number, from 0. A role that is given to one column is taken from all others.
    pub roles: BTreeMap<usize, Role>,
    /// What its rows are.
    pub kind: Option<TableKind>,
    /// The rules by which ids of customers that are written differently are the same; said of one file, they hold for all.
    pub same_ids: BTreeSet<IdRule>,
    /// Which file counts where order numbers stand in several files with other rows; said of one file, it holds for all.
    pub orders_in_files: Option<InFiles>,
    /// What becomes of order numbers of several customers: orders of their own, or left out.
    pub orders_of_several: Option<Doubt>,
    /// Whether an order number whose dates lie far apart stands for several orders.
    pub orders_far_apart: Option<bool>,
    /// What becomes of rows whose customer's id a spreadsheet has cut short.
    pub damaged_customers: Option<Doubt>,
    /// What becomes of rows whose order number a spreadsheet has cut short.
    pub damaged_orders: Option<Doubt>,
    /// The scale of its answers, where it is a survey.
    pub scale: Option<Scale>,
    /// Count cancelled orders too.
    pub count_cancelled: bool,
    /// Count rows too that repeat another one in every cell, order number included.
    pub count_repeated: bool,
    /// Count rows too whose date stands far from all others.
    pub count_odd_dates: bool,
    /// Count rows too that a known export marks as none to count: tests, gift cards, what was not paid, what is no sale.
    pub count: BTreeSet<Reason>,
    /// Read it like any other table, though it has the header of a known export.
    pub as_any_table: bool,
    /// Take no column for order numbers: the rows of a customer at one time are one purchase.
    pub without_order_numbers: bool,
    /// The one currency to analyse, where a column holds several.
    pub currency: Option<String>,
    /// Set the table aside: it takes no part, whatever it is.
    pub skip: bool,
}

/// What becomes of rows that something speaks against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// They count.
    Count,
    /// They are left out.
    LeaveOut,
}

/// What becomes of order numbers that stand in several files with other rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InFiles {
    /// They are different orders.
    Apart,
    /// The rows of one table count.
    Table(usize),
}

/// From the page to the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Read these files and say how they are understood.
    Open {
        /// Number of the new job.
        job: u32,
        /// The files, in the order of the `File`s beside the message.
        files: Vec<FileInfo>,
        /// What was already said about reading them, one a file; empty for files just dropped.
        options: Vec<ReadOptions>,
    },
    /// Generate the sample shop and compute its report; there is nothing to review.
    Sample {
        /// Number of the new job.
        job: u32,
    },
    /// Read the files of the job again, with what the person said.
    Reread {
        /// The job.
        job: u32,
        /// One a file.
        options: Vec<ReadOptions>,
    },
    /// Compute the report.
    Compute {
        /// The job.
        job: u32,
        /// The settings.
        settings: Box<Settings>,
    },
    /// Rows of the customer table.
    Customers {
        /// The job.
        job: u32,
        /// Which.
        query: CustomerQuery,
    },
    /// The page of one customer.
    Customer {
        /// The job.
        job: u32,
        /// The customer's number: the place in the order of ids of the whole file, which a filter does not change. It
        /// stands in the page's address, where an id of the person's data must not.
        number: u32,
    },
    /// A section of the report.
    Section {
        /// The job.
        job: u32,
        /// Which, and what the person has set for it.
        ask: Ask,
    },
    /// Stop fitting models; what rests on them is not answered.
    StopFitting {
        /// The job.
        job: u32,
    },
    /// Some of the rows that were left out.
    LeftOutRows {
        /// The job.
        job: u32,
        /// The table, from 0.
        table: usize,
        /// Why they were left out.
        reason: Reason,
    },
    /// A file to save.
    Export {
        /// The job.
        job: u32,
        /// Which.
        what: Export,
    },
    /// Stop what the job is doing.
    Cancel {
        /// The job.
        job: u32,
    },
    /// End with a panic: how the page survives it is tested with this.
    Panic,
}

/// What can be saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Export {
    /// The whole report as JSON.
    Report,
    /// The customers of a query, all pages, as CSV.
    Customers {
        /// The query; its offset and limit do not count.
        query: CustomerQuery,
    },
    /// The records left out, with their reasons, as CSV.
    LeftOut,
    /// All customers at risk, as CSV.
    AtRisk {
        /// What the person has set for them.
        ask: risk::Ask,
    },
}

/// From the worker to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// The worker runs.
    Ready,
    /// How far reading is.
    Progress {
        /// The job.
        job: u32,
        /// Which file, from 0.
        file: usize,
        /// Bytes of all files read.
        bytes: u64,
        /// Bytes of all files.
        of: u64,
        /// Records read.
        rows: u64,
        /// Whether this is a second reading, because the first showed that a guess was wrong.
        again: bool,
    },
    /// How the files are understood.
    Review {
        /// The job.
        job: u32,
        /// What is shown.
        review: Box<Review>,
    },
    /// The report.
    Report {
        /// The job.
        job: u32,
        /// The report; an export saves the same as JSON, and the models in it.
        report: Arc<Report>,
    },
    /// Rows of the customer table.
    Customers {
        /// The job.
        job: u32,
        /// The rows.
        page: CustomerPage,
    },
    /// The page of one customer; nothing where the id is not in the selection.
    Customer {
        /// The job.
        job: u32,
        /// The number asked for.
        number: u32,
        /// The customer.
        detail: Option<Box<CustomerDetail>>,
    },
    /// A section of the report.
    Section {
        /// The job.
        job: u32,
        /// The section.
        section: Section,
    },
    /// How far the models are that a section rests on.
    Fitting {
        /// The job.
        job: u32,
        /// The share that is done, about; nothing where they were stopped.
        done: Option<f64>,
    },
    /// Some of the rows that were left out.
    LeftOutRows {
        /// The job.
        job: u32,
        /// The rows.
        rows: LeftOutRows,
    },
    /// A file to save.
    Export {
        /// The job.
        job: u32,
        /// Suggested name.
        name: String,
        /// Media type.
        mime: String,
        /// Content.
        text: String,
    },
    /// The job was stopped as asked.
    Cancelled {
        /// The job.
        job: u32,
    },
    /// The job could not be done.
    Failed {
        /// The job.
        job: u32,
        /// Why.
        problem: Problem,
    },
    /// The worker ends with a panic.
    Panicked {
        /// The message and place.
        message: String,
    },
}

/// Why a job could not be done. The words for each stand in `words`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// No files, or no bytes in them.
    Empty {
        /// The file.
        file: String,
    },
    /// A header and no rows.
    NoRows {
        /// The file.
        file: String,
    },
    /// Content that is no delimited text.
    NotATable {
        /// The file.
        file: String,
        /// What it seems to be: `pdf`, `image`, `html`, `xml`, `binary`.
        seems: String,
    },
    /// More columns than a table of orders has.
    TooManyColumns {
        /// The file.
        file: String,
        /// Columns found.
        columns: u64,
        /// Whether there are more, beyond what was looked at.
        at_least: bool,
        /// Columns that can be read.
        most: u64,
    },
    /// The first line doesn't end where it should: no line of names.
    LineTooLong {
        /// The file.
        file: String,
        /// The line.
        line: u64,
        /// Bytes that were looked at.
        most: u64,
    },
    /// A compressed file, an archive, a workbook or JSON that can't be unpacked.
    Packed {
        /// The file.
        file: String,
        /// What it is: `zip`, `gzip`, `xls`, `json`.
        seems: String,
        /// Why not.
        damage: Damage,
    },
    /// More rows than memory can hold.
    TooManyRows {
        /// The file.
        file: String,
        /// Its size in bytes.
        bytes: u64,
        /// How many rows it has, about; and those of the files before it.
        rows: u64,
        /// How many rows would fit, about.
        fits: u64,
    },
    /// A needed role has no column.
    MissingRoles {
        /// The file.
        file: String,
        /// What is missing.
        roles: Vec<Role>,
    },
    /// All rows were left out.
    NothingUsable {
        /// The file.
        file: String,
        /// Why, by reason.
        left_out: Vec<LeftOut>,
    },
    /// The browser could not read the file (moved, deleted, or permission lost).
    CannotRead {
        /// The file.
        file: String,
        /// The browser's own words.
        why: String,
    },
    /// A request that does not fit the state: a report before any file was read.
    NothingLoaded,
}

impl Problem {
    /// The file that it is about; nothing where it is about none.
    pub fn file(&self) -> &str {
        match self {
            Problem::Empty { file }
            | Problem::NoRows { file }
            | Problem::NotATable { file, .. }
            | Problem::TooManyColumns { file, .. }
            | Problem::LineTooLong { file, .. }
            | Problem::Packed { file, .. }
            | Problem::MissingRoles { file, .. }
            | Problem::NothingUsable { file, .. }
            | Problem::CannotRead { file, .. }
            | Problem::TooManyRows { file, .. } => file,
            Problem::NothingLoaded => "",
        }
    }
}
