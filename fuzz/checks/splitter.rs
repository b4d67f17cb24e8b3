//! Records: the same wherever the text is cut, and those of the `csv` crate where the text is as RFC 4180 wants it.

use perennial::ingest::records::Splitter;

use super::split_first;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Lines of a quoted cell from which on ours takes the quote for one that was never closed.
const MOST_LINES: usize = 100;

/// Line, whether it is malformed, and cells.
type Row = (u64, bool, Vec<Vec<u8>>);

fn split(delimiter: u8, text: &[u8], size: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut on = |record: &perennial::ingest::records::Record<'_>| {
        assert!(record.len() > 0);
        rows.push((record.line, record.malformed, record.iter().map(<[u8]>::to_vec).collect()));
    };
    let mut splitter = Splitter::new(delimiter);
    for slice in text.chunks(size.max(1)) {
        splitter.push(slice, &mut on);
    }
    splitter.finish(&mut on);
    rows
}

/// The first byte chooses the delimiter and how long the slices are.
pub fn check(data: &[u8]) {
    let (first, text) = split_first(data);
    let delimiter = DELIMITERS[first % 4];
    let whole = split(delimiter, text, text.len());
    assert_eq!(split(delimiter, text, first / 4 + 1), whole, "cut into slices of {}", first / 4 + 1);
    assert!(whole.windows(2).all(|two| two[0].0 < two[1].0), "records begin on lines that follow one another");
    // The other reader takes a byte order mark off, which here is another room's work.
    if is_valid(delimiter, text) && !text.starts_with(b"\xEF\xBB\xBF") {
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader.has_headers(false).flexible(true).delimiter(delimiter).from_reader(text);
        let theirs: Vec<Vec<Vec<u8>>> =
            reader.byte_records().map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect()).collect();
        assert!(whole.iter().all(|row| !row.1));
        assert_eq!(whole.into_iter().map(|row| row.2).collect::<Vec<_>>(), theirs);
    }
}

/// Whether every quote opens a cell, closes one, or is doubled within one, and the last one closes.
fn is_valid(delimiter: u8, text: &[u8]) -> bool {
    let is_end = |byte: &u8| *byte == delimiter || matches!(byte, b'\n' | b'\r');
    let mut rest = text;
    while !rest.is_empty() {
        match rest.strip_prefix(b"\"") {
            None => {
                let length = rest.iter().position(is_end).unwrap_or(rest.len());
                if rest[..length].contains(&b'"') {
                    return false;
                }
                rest = &rest[length..];
            }
            Some(mut inside) => {
                let mut lines = 0;
                loop {
                    let Some(quote) = inside.iter().position(|byte| *byte == b'"') else { return false };
                    lines += inside[..quote].iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
                    inside = &inside[quote + 1..];
                    match inside.strip_prefix(b"\"") {
                        Some(behind) => inside = behind,
                        None => break,
                    }
                }
                if lines > MOST_LINES || inside.first().is_some_and(|byte| !is_end(byte)) {
                    return false;
                }
                rest = inside;
            }
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    true
}
