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
/// one (`=`, `+`, `-`, `@`, their full-width forms, tab, carriage return, line feed). Numbers below zero stay as they are,
/// however they are written: `-12.50`, `-1.234,50`.
///
/// Source: OWASP, "CSV Injection".
pub fn safe_cell(cell: &str) -> Cow<'_, str> {
    match cell.chars().next() {
        Some('-') if is_number(&cell[1..]) => Cow::Borrowed(cell),
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => {
            Cow::Owned(format!("'{cell}"))
        }
        _ => Cow::Borrowed(cell),
    }
}

/// Whether a text is digits, with at most one sign before the places and another one between thousands: `12`, `12,5`,
/// `1.234,50`, `1 234.5`.
fn is_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, places) = match text.rfind(['.', ',']) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, "0"),
    };
    let between: &[char] = match text[whole.len()..].chars().next() {
        Some('.') => &[',', '\'', ' ', '\u{a0}', '\u{202f}'],
        Some(',') => &['.', '\'', ' ', '\u{a0}', '\u{202f}'],
        _ => &['\'', ' ', '\u{a0}', '\u{202f}'],
    };
    // Thousands are set off by one kind of sign, three digits each.
    let sign = whole.chars().find(|sign| between.contains(sign));
    let mut groups = whole.split(|other| Some(other) == sign);
    let first = groups.next().unwrap_or_default();
    let grouped = sign.is_none() || first.len() <= 3;
    digits(places) && digits(first) && grouped && groups.all(|group| group.len() == 3 && digits(group))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_made_text_and_numbers_stay() {
        let formulas = [
            "=1+1",
            "+1",
            "-1+1",
            "@x",
            "\tx",
            "\rx",
            "\nx",
            "-",
            "-1.",
            "-.5",
            "-1.2.3",
            "-1,23,4.5",
            "-12 34.5",
            "-1e5",
            "--1",
            "-1 ",
            "-x",
            "＝1+1",
            "＋1",
            "－1",
            "＠x",
            "-1234,567.8",
            "-1'234 567",
        ];
        for cell in formulas {
            assert_eq!(safe_cell(cell), format!("'{cell}"));
        }
        let harmless = [
            "",
            "-12.50",
            "-3",
            "-12,5",
            "-1,234.50",
            "-1.234,50",
            "-1 234.5",
            "-1'234'567",
            "-1\u{a0}234,50",
            "a=b",
            "12",
            "'x",
        ];
        for cell in harmless {
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

        #[test]
        fn no_cell_begins_like_a_formula(cell in "[-=+@\\t\\r\\n＝0-9.,' x]{1,6}") {
            let safe = safe_cell(&cell);
            let harmless = safe.strip_prefix('-').is_some_and(|rest| rest.bytes().all(|b| !b"=+-@".contains(&b)));
            prop_assert!(harmless || !safe.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']), "{safe}");
        }
    }
}
