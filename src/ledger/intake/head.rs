//! The first bytes of a file, and what they tell.

use crate::ingest::encoding::{self, Decoder, Detected};
use crate::ingest::profile::{self, ColumnProfile};
use crate::ingest::{dialect, records};
use crate::protocol::{Problem, ReadOptions};

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
        let text = decode(detected.encoding, bytes);
        let guessed = dialect::detect(&text);
        let dialect = dialect::Dialect {
            delimiter: options.delimiter.unwrap_or(guessed.delimiter),
            has_header: options.has_header.unwrap_or(guessed.has_header),
        };
        let mut records = first_records(&text, dialect.delimiter, whole);
        if records.is_empty() {
            return Err(Problem::Empty { file: file.to_owned() });
        }
        let width = records.iter().map(Vec::len).max().unwrap_or(0);
        let header = if dialect.has_header { records.remove(0) } else { Vec::new() };
        let named: Vec<String> = (0..width.max(header.len())).map(|i| header.get(i).cloned().unwrap_or_default()).collect();
        let names = profile::column_names(&named);
        let columns = profile::profile(&names, &records);
        let lines = text.lines().filter(|line| !line.trim().is_empty()).take(6).map(shorten).collect();
        Ok(Head { detected, dialect, lines, columns, records })
    }
}

fn decode(encoding: encoding::Encoding, bytes: &[u8]) -> String {
    let mut text = Vec::with_capacity(bytes.len() + bytes.len() / 4);
    // A character cut at the end of the head is left off: the decoder keeps it for a slice that never comes.
    Decoder::new(encoding).push(bytes, &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

fn first_records(text: &str, delimiter: u8, whole: bool) -> Vec<Vec<String>> {
    let mut splitter = records::Splitter::new(delimiter);
    let mut all: Vec<Vec<String>> = Vec::new();
    let mut keep = |record: &records::Record<'_>| {
        if !record.malformed && all.len() <= LOOK_AT {
            all.push(record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect());
        }
    };
    splitter.push(text.as_bytes(), &mut keep);
    if whole {
        splitter.finish(&mut keep);
    }
    all
}

fn shorten(line: &str) -> String {
    match line.char_indices().nth(LINE_SHOWN) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}
