//! The cells of a sheet, in whatever order they were written, to rows of text.

use super::super::bytes::{u16_at, u32_at, u64_at};
use super::super::sheet_dates;
use super::records::{Reader, Record, records};
use super::{BEGIN, Damage, END, Globals};
use crate::math::order;

/// Columns that a sheet can have.
const MOST_COLUMNS: u16 = 256;

/// Cells that a sheet can have: so many columns, and 65,536 rows.
const MOST_CELLS: usize = (MOST_COLUMNS as usize) << 16;

const ROW: u16 = 0x208;
const NUMBER: u16 = 0x203;
const SMALL_NUMBER: u16 = 0x27E;
const SMALL_NUMBERS: u16 = 0xBD;
const SHARED_TEXT: u16 = 0xFD;
const TEXT: u16 = 0x204;
const RICH_TEXT: u16 = 0xD6;
const BOOL_OR_ERROR: u16 = 0x205;
const FORMULA: u16 = 0x06;
/// The text that the formula before it came to.
const TEXT_OF_FORMULA: u16 = 0x207;

/// A cell that holds something: where it stands, and where its text lies.
struct Cell {
    row: u16,
    column: u16,
    start: usize,
    end: usize,
}

/// The cells read so far.
struct Cells<'g> {
    globals: &'g Globals,
    cells: Vec<Cell>,
    text: String,
    /// Rows that can't be seen.
    hidden: Vec<bool>,
    /// The place of a formula whose text comes in a record of its own.
    awaited: Option<(u16, u16)>,
    most: usize,
}

/// The sheet that begins at a place of the stream as delimited text of at most so many bytes.
pub fn to_csv(stream: &[u8], at: usize, globals: &Globals, most: usize) -> Result<Vec<u8>, Damage> {
    let hidden = vec![false; usize::from(u16::MAX) + 1];
    let mut cells = Cells { globals, cells: Vec::new(), text: String::new(), hidden, awaited: None, most };
    // A chart within a sheet is a part within a part.
    let mut depth = 0u32;
    for record in records(stream, at) {
        match record.kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            _ if depth == 1 => cells.take(&record)?,
            _ => {}
        }
    }
    cells.into_csv()
}

impl Cells<'_> {
    /// Takes a record; one that is cut short holds no cell.
    fn take(&mut self, record: &Record<'_>) -> Result<(), Damage> {
        let bytes = record.bytes;
        let (Some(row), Some(column)) = (u16_at(bytes, 0), u16_at(bytes, 2)) else { return Ok(()) };
        let format = u16_at(bytes, 4).unwrap_or_default();
        match record.kind {
            ROW => self.hidden[usize::from(row)] = u16_at(bytes, 12).is_some_and(|flags| flags & 0x20 != 0),
            NUMBER => {
                if let Some(number) = u64_at(bytes, 6) {
                    self.number(row, column, format, f64::from_bits(number))?;
                }
            }
            SMALL_NUMBER => {
                if let Some(number) = u32_at(bytes, 6) {
                    self.number(row, column, format, small(number))?;
                }
            }
            SMALL_NUMBERS => {
                for (place, cell) in bytes.get(4..).unwrap_or_default().chunks_exact(6).enumerate() {
                    let column = column.saturating_add(place as u16);
                    let (Some(format), Some(number)) = (u16_at(cell, 0), u32_at(cell, 2)) else { continue };
                    self.number(row, column, format, small(number))?;
                }
            }
            SHARED_TEXT => {
                let place = u32_at(bytes, 6).map_or(usize::MAX, |place| place as usize);
                let globals = self.globals;
                self.push(row, column, globals.texts.get(place))?;
            }
            TEXT | RICH_TEXT => {
                let text = Reader::new(record, 6).text(2).unwrap_or_default();
                self.push(row, column, &text)?;
            }
            BOOL_OR_ERROR => {
                if let (Some(value), Some(0)) = (bytes.get(6), bytes.get(7)) {
                    self.push(row, column, truth(*value))?;
                }
            }
            FORMULA => self.formula(row, column, format, bytes)?,
            TEXT_OF_FORMULA => {
                if let Some((row, column)) = self.awaited.take() {
                    let text = Reader::new(record, 0).text(2).unwrap_or_default();
                    self.push(row, column, &text)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// What a formula last came to: a number, or where no number can be, a text, a truth or an error.
    fn formula(&mut self, row: u16, column: u16, format: u16, bytes: &[u8]) -> Result<(), Damage> {
        self.awaited = None;
        let Some(result) = bytes.get(6..14) else { return Ok(()) };
        match (result[0], &result[6..]) {
            (0, [0xFF, 0xFF]) => self.awaited = Some((row, column)),
            (1, [0xFF, 0xFF]) => self.push(row, column, truth(result[2]))?,
            (_, [0xFF, 0xFF]) => {}
            _ => {
                let number = u64_at(result, 0).unwrap_or_default();
                self.number(row, column, format, f64::from_bits(number))?;
            }
        }
        Ok(())
    }

    fn number(&mut self, row: u16, column: u16, format: u16, number: f64) -> Result<(), Damage> {
        if !number.is_finite() {
            return Ok(());
        }
        let digits = digits(number);
        let is_date = self.globals.dates.get(usize::from(format)).copied().unwrap_or_default();
        let date = if is_date { sheet_dates::date(&digits, self.globals.from_1904) } else { None };
        self.push(row, column, &date.unwrap_or(digits))
    }

    fn push(&mut self, row: u16, column: u16, text: &str) -> Result<(), Damage> {
        if text.is_empty() || column >= MOST_COLUMNS {
            return Ok(());
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.cells.push(Cell { row, column, start, end: self.text.len() });
        if self.text.len() > self.most || self.cells.len() > MOST_CELLS { Err(Damage::TooLarge) } else { Ok(()) }
    }

    /// The rows that can be seen, of equal width.
    fn into_csv(self) -> Result<Vec<u8>, Damage> {
        let Cells { mut cells, hidden, text, most, .. } = self;
        cells.retain(|cell| !hidden[usize::from(cell.row)]);
        // Programs other than Excel write cells as they come. Of two in one place the last is seen.
        order::sort_by(&mut cells, |a, b| (a.row, a.column, a.start).cmp(&(b.row, b.column, b.start)));
        let width = cells.iter().map(|cell| usize::from(cell.column) + 1).max().unwrap_or_default();
        let mut out = Vec::new();
        let mut row = vec![String::new(); width];
        for cells in cells.chunk_by(|a, b| a.row == b.row) {
            row.iter_mut().for_each(String::clear);
            for cell in cells {
                let place = &mut row[usize::from(cell.column)];
                place.clear();
                place.push_str(&text[cell.start..cell.end]);
            }
            super::super::write_row(&mut out, &row);
            if out.len() > most {
                return Err(Damage::TooLarge);
            }
        }
        Ok(out)
    }
}

fn truth(value: u8) -> &'static str {
    if value == 0 { "FALSE" } else { "TRUE" }
}

/// A number in four bytes: a whole one of 30 bits or the front of a fraction, as it is or in hundredths.
fn small(bits: u32) -> f64 {
    let number = match bits & 2 {
        0 => f64::from_bits(u64::from(bits & !3) << 32),
        _ => f64::from(bits as i32 >> 2),
    };
    if bits & 1 == 0 { number } else { number / 100.0 }
}

/// A number as Excel shows it: with 15 digits, which hides that 0.1 + 0.2 is not quite 0.3.
fn digits(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse().unwrap_or(number);
    // No sign before a zero.
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_whole_or_fractions_as_they_are_or_in_hundredths() {
        assert_eq!(small(0b10 | 7 << 2), 7.0);
        assert_eq!(small(0b11 | 1_234 << 2), 12.34);
        assert_eq!(small((-5i32 << 2) as u32 | 0b10), -5.0);
        assert_eq!(small((1.5f64.to_bits() >> 32) as u32), 1.5);
        assert_eq!(small((150.0f64.to_bits() >> 32) as u32 | 1), 1.5);
    }

    #[test]
    fn numbers_have_fifteen_digits() {
        for (number, expected) in [
            (0.1 + 0.2, "0.3"),
            (45_000.75, "45000.75"),
            (-0.0, "0"),
            (1e21, "1000000000000000000000"),
            (123_456_789_012_345.6, "123456789012346"),
            (1.0 / 3.0, "0.333333333333333"),
        ] {
            assert_eq!(digits(number), expected);
        }
    }
}
