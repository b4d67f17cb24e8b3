//! Tables as CSV (RFC 4180) that is safe to open in a spreadsheet.
//!
//! Written here and read back in tests by the `csv` crate: its writer can quote by kind of value, and for that carries the
//! tables of number parsing into the page, which don't compress.

use std::borrow::Cow;

/// A header and rows, each cell made safe by [`safe_cell`].
pub fn csv<R: AsRef<[String]>>(header: &[impl AsRef<str>], rows: impl IntoIterator<Item = R>) -> String {
    let mut out = String::new();
    line(&mut out, header.iter().map(|name| safe_cell(name.as_ref())));
    for row in rows {
        line(&mut out, row.as_ref().iter().map(|cell| safe_cell(cell)));
    }
    out
}

/// One record and its line break; cells are quoted where they have to be.
pub fn line<'a>(out: &mut String, cells: impl Iterator<Item = Cow<'a, str>>) {
    let start = out.len();
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            out.push(',');
        }
        // What separates cells elsewhere is quoted too: a formula behind it must not become a cell of its own.
        if cell.contains(['"', ',', ';', '\t', '\r', '\n']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    // A record of one empty cell would be read as no record at all.
    if out.len() == start {
        out.push_str("\"\"");
    }
    out.push_str("\r\n");
}

/// A cell that no spreadsheet takes for a formula: an apostrophe stands before a first character that would make it
/// one (`=`, `+`, `-`, `@`, tab, carriage return, line feed). Plain numbers such as -12.50 stay as they are.
pub fn safe_cell(cell: &str) -> Cow<'_, str> {
    match cell.as_bytes().first() {
        Some(b'-') if is_plain_number(&cell[1..]) => Cow::Borrowed(cell),
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n') => Cow::Owned(format!("'{cell}")),
        _ => Cow::Borrowed(cell),
    }
}

fn is_plain_number(text: &str) -> bool {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(part)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_made_text_and_numbers_stay() {
        for cell in ["=1+1", "+1", "-1+1", "@x", "\tx", "\rx", "-", "-1.", "-1.2.3"] {
            assert_eq!(safe_cell(cell), format!("'{cell}"));
        }
        for cell in ["", "-12.50", "-3", "a=b", "12", "'x"] {
            assert_eq!(safe_cell(cell), cell);
        }
    }

    proptest! {
        #[test]
        fn every_cell_reads_back(rows in prop::collection::vec(prop::collection::vec("[a,\"\r\n é]{0,4}", 3), 1..5)) {
            let text = csv(&["x", "y", "z"], &rows);
            let mut reader = ::csv::Reader::from_reader(text.as_bytes());
            let read: Vec<Vec<String>> =
                reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
            let safe: Vec<Vec<String>> =
                rows.iter().map(|row| row.iter().map(|cell| safe_cell(cell).into_owned()).collect()).collect();
            prop_assert_eq!(read, safe);
        }
    }
}
