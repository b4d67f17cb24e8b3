//! The first bytes of a file, and what they tell.

use super::blame;
use crate::ingest::dialect;
use crate::ingest::encoding::{self, Detected};
use crate::ingest::profile::{self, ColumnProfile};
use crate::ingest::receipt::{Example, LeftOut, Reason};
use crate::math::order;
use crate::protocol::{Problem, ReadOptions};
use crate::roles::names;

/// Bytes looked at before a file is read whole.
pub const HEAD_BYTES: usize = 256 * 1024;

/// Records that profiles are made of.
const LOOK_AT: usize = 2_000;

/// Columns that a table may have. One of orders has some dozens; each column is a card of the review.
pub const MOST_COLUMNS: usize = 2_000;

/// Characters of a raw line that are shown.
const LINE_SHOWN: usize = 400;

/// What the head of a file tells about it.
#[derive(Clone, Debug)]
pub struct Head {
    /// The encoding, and whether it is a guess.
    pub detected: Detected,
    /// The delimiter, where the table begins, and whether it does with a header.
    pub dialect: dialect::Dialect,
    /// The first lines as they stand.
    pub lines: Vec<String>,
    /// One profile a column.
    pub columns: Vec<ColumnProfile>,
    /// The first records after the header.
    pub records: Vec<Vec<String>>,
    /// Bytes that a line takes, at least 1: how many rows a file has can be guessed from it.
    pub line_bytes: usize,
}

impl Head {
    /// The names of the columns.
    pub fn names(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.name.clone()).collect()
    }

    /// Reads the head of a file; `whole` says that the file ends with it.
    pub fn read(file: &str, bytes: &[u8], whole: bool, options: &ReadOptions) -> Result<Head, Problem> {
        if bytes.is_empty() {
            return Err(Problem::Empty { file: file.to_owned() });
        }
        if let Some(seems) = encoding::seems(bytes) {
            return Err(Problem::NotATable { file: file.to_owned(), seems: seems.to_owned() });
        }
        let found = encoding::detect(bytes);
        let detected = match options.encoding {
            Some(encoding) => Detected { encoding, guessed: false },
            None => found,
        };
        let text = dialect::decode_head(bytes, detected.encoding);
        let guessed = dialect::detect_with(&text, options.delimiter, names::is_known);
        let dialect = dialect::Dialect { has_header: options.has_header.unwrap_or(guessed.has_header), ..guessed };
        let sniffed = dialect::sniff_records(&text, dialect.delimiter, LOOK_AT, whole);
        let table = sniffed.into_iter().filter(|record| record.line >= dialect.first_line);
        let mut records: Vec<Vec<String>> = table.map(|record| record.cells).collect();
        let Some(first) = records.first() else { return Err(no_record(file, &text, dialect.delimiter, whole)) };
        if first.len() > MOST_COLUMNS {
            return Err(too_many_columns(file, first.len(), false));
        }
        let mut header = if dialect.has_header { records.remove(0) } else { vec![String::new(); first.len()] };
        // Columns that most rows have and the header has not get a name, too. A few longer rows are no columns.
        let mut widths: Vec<usize> = records.iter().map(Vec::len).collect();
        order::sort_by(&mut widths, Ord::cmp);
        let usual = widths.get(widths.len() / 2).map_or(0, |width| *width.min(&MOST_COLUMNS));
        header.resize(header.len().max(usual), String::new());
        let names = profile::column_names(&header);
        let columns = profile::profile(&names, &records);
        let lines = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .take(6)
            .map(|line| profile::shorten(line, LINE_SHOWN))
            .collect();
        let line_bytes = bytes.len() / bytes.iter().filter(|byte| **byte == b'\n').count().max(1);
        Ok(Head { detected, dialect, lines, columns, records, line_bytes: line_bytes.max(1) })
    }
}

fn too_many_columns(file: &str, columns: usize, at_least: bool) -> Problem {
    Problem::TooManyColumns { file: file.to_owned(), columns: columns as u64, at_least, most: MOST_COLUMNS as u64 }
}

/// Why the head of a file holds no record.
fn no_record(file: &str, text: &str, delimiter: u8, whole: bool) -> Problem {
    let file_name = file.to_owned();
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let Some((at, line)) = lines.next() else { return Problem::Empty { file: file_name } };
    if !whole {
        let cut = dialect::sniff_records(text, delimiter, 1, true);
        return match cut.first().map_or(0, |record| record.cells.len()) {
            columns if columns > MOST_COLUMNS => too_many_columns(file, columns, true),
            _ => Problem::LineTooLong { file: file_name, line: at as u64 + 1, most: HEAD_BYTES as u64 },
        };
    }
    // All that is there is a quote that never closes.
    let example = Example { line: at as u64 + 1, found: profile::shorten(line, blame::SHOWN) };
    let left_out = LeftOut { reason: Reason::Malformed, rows: 1, amount: None, examples: vec![example] };
    Problem::NothingUsable { file: file_name, left_out: vec![left_out] }
}
