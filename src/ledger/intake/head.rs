//! The first bytes of a file, and what they tell.

use crate::ingest::dialect;
use crate::ingest::encoding::{self, Detected};
use crate::ingest::profile::{self, ColumnProfile};
use crate::protocol::{Problem, ReadOptions};
use crate::roles::names;

/// Bytes looked at before a file is read whole.
pub const HEAD_BYTES: usize = 256 * 1024;

/// Records that profiles are made of.
const LOOK_AT: usize = 2_000;

/// Characters of a raw line that are shown.
const LINE_SHOWN: usize = 400;

/// What the head of a file tells about it.
#[derive(Clone, Debug)]
pub struct Head {
    /// The encoding, and whether it is a guess.
    pub detected: Detected,
    /// The delimiter and whether there is a header.
    pub dialect: dialect::Dialect,
    /// The first lines as they stand.
    pub lines: Vec<String>,
    /// One profile a column.
    pub columns: Vec<ColumnProfile>,
    /// The first records after the header.
    pub records: Vec<Vec<String>>,
}

impl Head {
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
        let guessed = dialect::detect_with(&text, names::is_known);
        let dialect = dialect::Dialect {
            delimiter: options.delimiter.unwrap_or(guessed.delimiter),
            has_header: options.has_header.unwrap_or(guessed.has_header),
        };
        let mut records = dialect::sniff_records(&text, dialect.delimiter, LOOK_AT, whole);
        if records.is_empty() {
            return Err(Problem::Empty { file: file.to_owned() });
        }
        let width = records.iter().map(Vec::len).max().unwrap_or(0);
        let header = if dialect.has_header { records.remove(0) } else { Vec::new() };
        let named: Vec<String> =
            (0..width.max(header.len())).map(|i| header.get(i).cloned().unwrap_or_default()).collect();
        let names = profile::column_names(&named);
        let columns = profile::profile(&names, &records);
        let lines = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .take(6)
            .map(|line| profile::shorten(line, LINE_SHOWN))
            .collect();
        Ok(Head { detected, dialect, lines, columns, records })
    }
}
