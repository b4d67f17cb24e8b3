//! The rows left out as CSV: the table, the line, the reason, then the cells as they stand in the file.

use std::borrow::Cow;

use super::csv::{line, safe_cell};
use crate::ingest::receipt::Reason;
use crate::ledger::Ledger;
use crate::ledger::intake::blame::Blame;
use crate::math::{Day, Money};

/// Bytes of CSV that are written at most: short records of a wide table would else become many times as long.
const MOST_BYTES: usize = 64 << 20;

/// What stands before the cells of a record.
const OWN: [&str; 3] = ["file", "line", "reason"];

/// A table and the records of it that are not used.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    /// Its name.
    pub name: &'a str,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// The records.
    pub blame: &'a Blame,
}

/// The rows of a ledger after the end of the period. They were read into it, so customer, date and amount are what is
/// left of them.
#[derive(Clone, Debug)]
pub struct AfterEnd<'a> {
    /// The rows.
    pub ledger: &'a Ledger,
    /// The end.
    pub end: Day,
    /// The names of the columns of customer, date and amount.
    pub columns: [String; 3],
}

/// The rows as CSV, safe to open in a spreadsheet. Columns of the same name in several tables share one column. Where there
/// are more rows than could be kept, the last line says how many.
pub fn csv(tables: &[Table<'_>], after: Option<AfterEnd<'_>>) -> String {
    let mut header: Vec<&str> = OWN.to_vec();
    let of_after = after.iter().flat_map(|after| &after.columns);
    for name in tables.iter().flat_map(|table| &table.columns).chain(of_after) {
        if !header[OWN.len()..].contains(&name.as_str()) {
            header.push(name);
        }
    }
    let place = |name: &str| header[OWN.len()..].iter().position(|known| *known == name).map_or(0, |at| at + OWN.len());
    // Cells beyond the columns of their table stand behind those of all tables.
    let beyond = |table: &Table<'_>| {
        let widest = table.blame.kept().0.iter().map(|record| record.cells.len()).max();
        widest.unwrap_or(0).saturating_sub(table.columns.len())
    };
    let width = header.len() + tables.iter().map(beyond).max().unwrap_or(0);

    let mut out = Writer { text: String::new(), row: vec![Cow::Borrowed(""); width], unwritten: 0 };
    for (cell, name) in out.row.iter_mut().zip(&header) {
        *cell = Cow::Borrowed(name);
    }
    out.write();
    for table in tables {
        let places: Vec<usize> = table.columns.iter().map(|name| place(name)).collect();
        let (kept, more) = table.blame.kept();
        out.unwritten += more;
        for record in kept {
            out.own(table.name, record.line.to_string(), record.reason);
            for (at, cell) in record.cells.iter().enumerate() {
                let place = places.get(at).copied().unwrap_or(header.len() + at.saturating_sub(places.len()));
                out.row[place] = Cow::Borrowed(cell);
            }
            out.write();
        }
    }
    if let Some(AfterEnd { ledger, end, columns }) = &after {
        let [customer, date, amount] = columns.each_ref().map(|name| place(name));
        for (at, id) in ledger.customers.iter().enumerate() {
            for row in ledger.rows_of(at).filter(|row| ledger.days[*row] > *end) {
                out.own("", String::new(), Reason::AfterEnd);
                out.row[customer] = Cow::Borrowed(id);
                out.row[date] = Cow::Owned(ledger.days[row].to_string());
                out.row[amount] = Cow::Owned(Money(ledger.amounts[row]).to_string());
                out.write();
            }
        }
    }
    out.finish()
}

/// Writes row by row up to [`MOST_BYTES`].
struct Writer<'a> {
    text: String,
    /// The next row; empty cells after each.
    row: Vec<Cow<'a, str>>,
    unwritten: u64,
}

impl<'a> Writer<'a> {
    fn own(&mut self, file: &'a str, line: String, reason: Reason) {
        let own = [Cow::Borrowed(file), Cow::Owned(line), Cow::Borrowed(reason.name())];
        self.row.iter_mut().zip(own).for_each(|(cell, own)| *cell = own);
    }

    fn write(&mut self) {
        if self.text.len() < MOST_BYTES {
            line(&mut self.text, self.row.iter().map(|cell| safe_cell(cell)));
        } else {
            self.unwritten += 1;
        }
        self.row.fill(Cow::Borrowed(""));
    }

    fn finish(mut self) -> String {
        if self.unwritten > 0 {
            let most = MOST_BYTES >> 20;
            let more = format!("{} more rows: a file of at most {most} MB holds no more", self.unwritten);
            self.row[OWN.len() - 1] = Cow::Owned(more);
            line(&mut self.text, self.row.iter().map(|cell| safe_cell(cell)));
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::tests::ledger;

    fn read(text: &str) -> Vec<Vec<String>> {
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    fn blame(records: &[(Reason, u64, &[&str])]) -> Blame {
        let mut blame = Blame::default();
        for (reason, line, cells) in records {
            blame.add(*reason, *line, "", None, cells.iter().map(|cell| cell.as_bytes()));
        }
        blame
    }

    fn table<'a>(name: &'a str, columns: &[&str], blame: &'a Blame) -> Table<'a> {
        Table { name, columns: columns.iter().map(|name| (*name).to_owned()).collect(), blame }
    }

    #[test]
    fn columns_of_one_name_are_one_and_cells_beyond_stand_last() {
        let first = blame(&[(Reason::NoDate, 3, &["a", "", "1", "=beyond"]), (Reason::TooFewCells, 5, &["-2"])]);
        let second = blame(&[(Reason::NoCustomer, 2, &["9", ""])]);
        let tables = [table("one", &["id", "day", "sum"], &first), table("two", &["sum", "who"], &second)];
        let rows = read(&csv(&tables, None));
        let expected = [
            ["file", "line", "reason", "id", "day", "sum", "who", ""],
            ["one", "3", "no_date", "a", "", "1", "", "'=beyond"],
            ["one", "5", "too_few_cells", "-2", "", "", "", ""],
            ["two", "2", "no_customer", "", "", "9", "", ""],
        ];
        assert_eq!(rows, expected.map(|row| row.map(str::to_owned).to_vec()));
    }

    #[test]
    fn rows_after_the_end_come_from_the_ledger() {
        let none = Blame::default();
        let ledger = ledger(&[("a", "2024-01-01", 5), ("a", "2024-03-01", -7)]);
        let columns = ["id", "day", "sum"].map(str::to_owned);
        let after = AfterEnd { ledger: &ledger, end: "2024-02-01".parse().unwrap(), columns };
        let rows = read(&csv(&[table("one", &["id", "day", "sum"], &none)], Some(after)));
        assert_eq!(rows[1..], [["", "", "after_end", "a", "2024-03-01", "-7.00"].map(str::to_owned).to_vec()]);
    }

    #[test]
    fn a_few_cells_of_many_columns_stay_within_the_bound_and_what_is_missing_is_told() {
        let columns: Vec<String> = (0..2_000).map(|at| format!("column {at}")).collect();
        let mut blame = Blame::default();
        for line in 0..60_000 {
            blame.add(Reason::TooFewCells, line, "", None, [&b"x"[..]].into_iter());
        }
        let text = csv(&[Table { name: "wide", columns, blame: &blame }], None);
        assert!(text.len() < MOST_BYTES + (1 << 20), "{}", text.len());
        let written = text.lines().count() - 2;
        let last = text.lines().last().unwrap();
        assert!(last.starts_with(&format!(",,{} more rows", 60_000 - written)), "{}", &last[..60]);
    }
}
