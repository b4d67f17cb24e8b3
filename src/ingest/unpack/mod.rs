//! Tables that come packed: the way from a file's bytes to bytes of delimited text.
//!
//! * [`gzip`]: a compressed text, unpacked as it passes, so that it may be larger than memory.
//! * [`zip`]: an archive; every table in it becomes a file of its own.
//! * [`workbook`]: a workbook of Excel (.xlsx), a zip of [`xml`]; every sheet becomes a file of its own.
//! * [`xls`]: the same as it was written until 2003 (.xls). `sheet_dates`: what both have in common.
//! * [`json`]: an array of flat objects, or one object a line.
//!
//! What a file is, its content tells, not its name. All but gzip have to be held whole, packed and unpacked, and are
//! bounded for that by [`MOST_PACKED`] and [`MOST_UNPACKED`].

mod bytes;
pub mod gzip;
pub mod json;
mod sheet_dates;
pub mod workbook;
pub mod xls;
pub mod xml;
pub mod zip;

use serde::{Deserialize, Serialize};

use super::encoding;

/// The largest file, in bytes, that is held whole to be unpacked.
pub const MOST_PACKED: u64 = 512 << 20;

/// The most text, in bytes, that is unpacked of one file and held.
pub const MOST_UNPACKED: usize = 1 << 30;

/// How the text of a table lies in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Packing {
    /// As it is.
    #[default]
    Plain,
    /// Compressed by gzip.
    Gzip,
    /// In a zip: an archive of tables, or a workbook.
    Zip,
    /// In a workbook of an old Excel.
    Xls,
    /// As JSON.
    Json,
}

impl Packing {
    /// What the first bytes of a file say.
    pub fn of(head: &[u8]) -> Packing {
        match encoding::seems(head) {
            Some("gzip") => Packing::Gzip,
            Some("zip") => Packing::Zip,
            Some("xls") => Packing::Xls,
            Some("json") => Packing::Json,
            _ => Packing::Plain,
        }
    }

    /// Whether the file has to be held whole before anything can be read of it.
    pub fn is_held(self) -> bool {
        matches!(self, Packing::Zip | Packing::Xls | Packing::Json)
    }
}

/// A table that was unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpacked {
    /// Its name within the file: a path in an archive, a sheet of a workbook; empty where the file is the table.
    pub name: String,
    /// Its text.
    pub text: Vec<u8>,
}

/// Why a file can't be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Damage {
    /// It ends too early, or does not hold what it says.
    Broken,
    /// It is locked by a password.
    Locked,
    /// It is larger than what can be held, packed or unpacked.
    TooLarge,
    /// There is no table in it.
    NoTable,
    /// A workbook of Excel 95 or older.
    TooOld,
}

/// The tables of a file that had to be held whole.
pub fn unpack(packing: Packing, bytes: &[u8]) -> Result<Vec<Unpacked>, Damage> {
    let tables = match packing {
        Packing::Json => vec![Unpacked { name: String::new(), text: json::to_csv(bytes)? }],
        Packing::Zip => archive(bytes)?,
        Packing::Xls => xls::sheets(bytes)?,
        Packing::Plain | Packing::Gzip => vec![Unpacked { name: String::new(), text: bytes.to_vec() }],
    };
    if tables.is_empty() { Err(Damage::NoTable) } else { Ok(tables) }
}

/// A workbook's sheets, or the tables of an archive: texts, texts compressed once more, JSON and workbooks.
fn archive(bytes: &[u8]) -> Result<Vec<Unpacked>, Damage> {
    let archive = zip::Archive::open(bytes)?;
    if archive.find(workbook::MARK).is_some() {
        return workbook::sheets(&archive);
    }
    let mut tables = Vec::new();
    let mut room = MOST_UNPACKED;
    for entry in archive.entries().iter().filter(|entry| is_table(&entry.name)) {
        let text = archive.read(entry, room)?;
        if text.is_empty() {
            continue;
        }
        room -= text.len();
        for mut table in within(text, room)? {
            table.name =
                if table.name.is_empty() { entry.name.clone() } else { format!("{} › {}", entry.name, table.name) };
            tables.push(table);
        }
    }
    Ok(tables)
}

/// What an entry of an archive holds; packed only once more, or a bomb would never end.
fn within(bytes: Vec<u8>, room: usize) -> Result<Vec<Unpacked>, Damage> {
    match Packing::of(&bytes) {
        Packing::Plain if encoding::seems(&bytes[..bytes.len().min(1 << 16)]).is_some() => Ok(Vec::new()),
        Packing::Plain => Ok(vec![Unpacked { name: String::new(), text: bytes }]),
        Packing::Gzip => Ok(vec![Unpacked { name: String::new(), text: gzip::whole(&bytes, room)? }]),
        Packing::Json => unpack(Packing::Json, &bytes),
        Packing::Xls => xls::sheets(&bytes),
        Packing::Zip => {
            let archive = zip::Archive::open(&bytes)?;
            if archive.find(workbook::MARK).is_some() { workbook::sheets(&archive) } else { Ok(Vec::new()) }
        }
    }
}

/// Folders, and what systems put beside the files of a person, are no tables.
fn is_table(name: &str) -> bool {
    let own = name.rsplit(['/', '\\']).next().unwrap_or(name);
    !own.is_empty() && !own.starts_with('.') && !name.starts_with("__MACOSX/")
}

/// Writes a record of what was unpacked; one of empty cells only is none.
fn write_row(out: &mut Vec<u8>, cells: &[String]) {
    if cells.iter().all(String::is_empty) {
        return;
    }
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            out.push(b'"');
            out.extend(cell.replace('"', "\"\"").bytes());
            out.push(b'"');
        } else {
            out.extend(cell.bytes());
        }
    }
    out.push(b'\n');
}
