//! Workbooks of Excel 97 to 2003 (.xls: MS-XLS, called BIFF8) to delimited text.
//!
//! * [`compound`]: the file that holds the workbook as a stream.
//! * [`mod@records`]: the stream as records, and the texts in them.
//! * [`sheet`]: the cells of a sheet.
//! * [`sheets`] (here): texts, formats and the list of sheets, which stand in front of the sheets themselves.
//!
//! A sheet becomes text as those of [`workbook`](super::workbook) do. Older workbooks write their texts in the language of
//! the computer that they were made on: they are refused in words.

pub mod compound;
pub mod records;
pub mod sheet;

use super::bytes::{size_at, u16_at};
use super::sheet_dates::{is_date_code, is_date_format};
use super::{Damage, MOST_UNPACKED, Unpacked};
use compound::Compound;
use records::{Reader, Record, records};

/// The stream of a workbook, and that of one which is older.
const STREAM: &str = "Workbook";
const OLDER_STREAM: &str = "Book";

/// What a workbook with a password lies in that was made by a newer Excel.
const LOCKED_STREAM: &str = "EncryptedPackage";

/// A part of a workbook begins; its version stands first, then what it is.
const BEGIN: u16 = 0x809;
const END: u16 = 0x0A;
const VERSION: u16 = 0x600;
const GLOBALS: u16 = 0x05;
const SHEET: u16 = 0x10;

/// What is behind it is locked by a password.
const FILE_PASS: u16 = 0x2F;
const DATE_MODE: u16 = 0x22;
const BOUND_SHEET: u16 = 0x85;
const FORMAT: u16 = 0x41E;
const CELL_FORMAT: u16 = 0xE0;
const TEXTS: u16 = 0xFC;

/// What the cells of all sheets rest on.
#[derive(Debug, Default)]
pub struct Globals {
    texts: Texts,
    /// Whether each format of cells shows dates.
    dates: Vec<bool>,
    from_1904: bool,
}

/// Texts one behind the other, and where each ends.
#[derive(Debug, Default)]
struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    fn get(&self, place: usize) -> &str {
        let Some(&end) = self.ends.get(place) else { return "" };
        let start = if place == 0 { 0 } else { self.ends[place - 1] as usize };
        &self.text[start..end as usize]
    }

    /// Reads the list of all texts. One that can't be read ends it.
    fn read(record: &Record<'_>) -> Result<Texts, Damage> {
        let mut all = Texts::default();
        let mut reader = Reader::new(record, 8);
        while let Some(text) = reader.text(2) {
            all.text.push_str(&text);
            if all.text.len() > MOST_UNPACKED {
                return Err(Damage::TooLarge);
            }
            all.ends.push(all.text.len() as u32);
        }
        Ok(all)
    }
}

/// A sheet that can be seen: its name, and where in the stream it begins.
struct Tab {
    name: String,
    at: usize,
}

/// The sheets that hold anything, in the order of the tabs.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Unpacked>, Damage> {
    let file = Compound::open(bytes)?;
    let Some(stream) = file.stream(STREAM)? else {
        return Err(match (file.has(OLDER_STREAM), file.has(LOCKED_STREAM)) {
            (true, _) => Damage::TooOld,
            (false, true) => Damage::Locked,
            (false, false) => Damage::NoTable,
        });
    };
    let (globals, tabs) = globals(&stream)?;
    let mut tables = Vec::new();
    let mut room = MOST_UNPACKED;
    for tab in tabs {
        if begins(&stream, tab.at) != Some(SHEET) {
            continue;
        }
        let text = sheet::to_csv(&stream, tab.at, &globals, room)?;
        room -= text.len();
        if !text.is_empty() {
            tables.push(Unpacked { name: tab.name, text });
        }
    }
    // A workbook of one sheet is that sheet.
    if let [only] = &mut tables[..] {
        only.name.clear();
    }
    Ok(tables)
}

/// What the part that begins at a place is.
fn begins(stream: &[u8], at: usize) -> Option<u16> {
    let first = records(stream, at).next().filter(|record| record.kind == BEGIN)?;
    u16_at(first.bytes, 2)
}

/// What stands in front of the sheets.
fn globals(stream: &[u8]) -> Result<(Globals, Vec<Tab>), Damage> {
    let mut globals = Globals::default();
    let mut tabs = Vec::new();
    let mut own: Vec<(u16, bool)> = Vec::new();
    if begins(stream, 0) != Some(GLOBALS) {
        return Err(Damage::Broken);
    }
    if records(stream, 0).next().and_then(|first| u16_at(first.bytes, 0)) != Some(VERSION) {
        return Err(Damage::TooOld);
    }
    for record in records(stream, 0) {
        let bytes = record.bytes;
        match record.kind {
            FILE_PASS => return Err(Damage::Locked),
            DATE_MODE => globals.from_1904 = u16_at(bytes, 0) == Some(1),
            BOUND_SHEET => tabs.extend(tab(&record)),
            FORMAT => {
                let code = Reader::new(&record, 2).text(2).unwrap_or_default();
                own.extend(u16_at(bytes, 0).map(|number| (number, is_date_code(&code))));
            }
            CELL_FORMAT => {
                let number = u16_at(bytes, 2).unwrap_or_default();
                let known = own.iter().find(|(known, _)| *known == number);
                globals.dates.push(known.map_or_else(|| is_date_format(number.into()), |(_, is_date)| *is_date));
            }
            TEXTS => globals.texts = Texts::read(&record)?,
            END => return Ok((globals, tabs)),
            _ => {}
        }
    }
    Err(Damage::Broken)
}

/// A sheet in the list of sheets, where it can be seen and is no chart and no program.
fn tab(record: &Record<'_>) -> Option<Tab> {
    let (at, state, kind) = (size_at(record.bytes, 0)?, record.bytes.get(4)? & 3, record.bytes.get(5)?);
    let name = Reader::new(record, 6).text(1)?;
    (state == 0 && *kind == 0).then_some(Tab { name, at })
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
