//! The table behind a chart, for people and as CSV.

use std::borrow::Cow;

use crate::report::csv::{self, safe_cell};

/// A value of the table: as people read it, and as programs do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Written for people: `€13,183`.
    pub text: String,
    /// Bare: `13183.20`, `0.415`; the text itself where it is a name; empty where it is not defined.
    pub raw: String,
    /// Whether `raw` is a number.
    pub number: bool,
}

impl Cell {
    /// A name.
    pub fn name(text: impl Into<String>) -> Cell {
        let text = text.into();
        Cell { raw: text.clone(), text, number: false }
    }

    fn bare(&self) -> Cow<'_, str> {
        if self.number { Cow::Borrowed(&self.raw) } else { safe_cell(&self.raw) }
    }

    /// A name for people that the report calls otherwise: `Sep 2026` for `2026-09`.
    pub fn named(text: impl Into<String>, raw: impl Into<String>) -> Cell {
        Cell { text: text.into(), raw: raw.into(), number: false }
    }

    /// A number.
    pub fn number(text: impl Into<String>, raw: impl ToString) -> Cell {
        Cell { text: text.into(), raw: raw.to_string(), number: true }
    }

    /// A number that may not be defined: the words are given, the bare value is then empty.
    pub fn perhaps(text: impl Into<String>, raw: Option<impl ToString>) -> Cell {
        Cell { text: text.into(), raw: raw.map_or_else(String::new, |raw| raw.to_string()), number: true }
    }
}

/// A table: the first column names the row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What the table holds, in one phrase.
    pub caption: String,
    /// Heads of the columns.
    pub header: Vec<String>,
    /// Rows, each as long as the header.
    pub rows: Vec<Vec<Cell>>,
    /// Whether the last row is the total of those above.
    pub total: bool,
}

impl Table {
    /// A table without a total.
    pub fn new(caption: impl Into<String>, header: &[&str]) -> Table {
        let header = header.iter().map(|head| head.to_string()).collect();
        Table { caption: caption.into(), header, rows: Vec::new(), total: false }
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.header.len());
        self.rows.push(row);
    }

    /// The table as CSV with bare numbers. A name that a spreadsheet would run as a formula gets an apostrophe before it.
    pub fn csv(&self) -> String {
        let mut out = String::new();
        csv::line(&mut out, self.header.iter().map(|head| safe_cell(head)));
        for row in &self.rows {
            csv::line(&mut out, row.iter().map(Cell::bare));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_has_bare_numbers_and_harmless_names() {
        let mut table = Table::new("Segments", &["Segment", "Revenue", "Share"]);
        table.push(vec![
            Cell::name("=1+1, \"x\""),
            Cell::number("−€12,345", "-12345.00"),
            Cell::perhaps("not defined", None::<f64>),
        ]);
        let csv = table.csv();
        assert_eq!(csv, "Segment,Revenue,Share\r\n\"'=1+1, \"\"x\"\"\",-12345.00,\r\n");
        let read: Vec<::csv::StringRecord> =
            ::csv::Reader::from_reader(csv.as_bytes()).records().map(Result::unwrap).collect();
        assert_eq!(&read[0][0], "'=1+1, \"x\"");
    }
}
