//! What has to hold of every reader, whatever it is given: an answer and no panic, the same answer however the bytes are
//! cut, and the answer of another reader where there is one.
//!
//! A check takes any bytes and panics where something does not hold. `make fuzz` feeds each with inputs that it makes up;
//! the program's own tests run each over `seeds/` and over what was found before.

pub mod dates;
pub mod encoding;
pub mod engine;
pub mod gzip;
pub mod json;
pub mod numbers;
pub mod splitter;
pub mod workbook;
pub mod xls;
pub mod zip;

/// A check by its name.
pub type Check = (&'static str, fn(&[u8]));

/// All of them.
pub const ALL: [Check; 10] = [
    ("splitter", splitter::check),
    ("numbers", numbers::check),
    ("dates", dates::check),
    ("encoding", encoding::check),
    ("gzip", gzip::check),
    ("zip", zip::check),
    ("workbook", workbook::check),
    ("xls", xls::check),
    ("json", json::check),
    ("engine", engine::check),
];

/// The first byte of an input, which says how the rest is to be used, and the rest.
fn split_first(data: &[u8]) -> (usize, &[u8]) {
    data.split_first().map_or((0, data), |(first, rest)| (usize::from(*first), rest))
}

/// Asserts that what was unpacked is a table: text that any reader of delimited text takes.
fn assert_is_table(text: &[u8]) {
    std::str::from_utf8(text).expect("what is unpacked is text");
    let mut reader = csv::ReaderBuilder::new();
    for record in reader.has_headers(false).flexible(true).from_reader(text).records() {
        record.expect("what is unpacked is delimited text");
    }
}

/// An archive of files as they are (PKWARE's APPNOTE, method 0).
fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let size = (content.len() as u32).to_le_bytes();
        let length = (name.len() as u16).to_le_bytes();
        let common = [&[20, 0, 0, 0, 0, 0], &[0; 8][..], &size, &size, &length, &[0; 2]].concat();
        let offset = (out.len() as u32).to_le_bytes();
        list.extend([b"PK\x01\x02\x14\0", &common[..], &[0; 10], &offset, name.as_bytes()].concat());
        out.extend([b"PK\x03\x04", &common[..], name.as_bytes(), content].concat());
    }
    let count = (files.len() as u16).to_le_bytes();
    let (at, bytes) = ((out.len() as u32).to_le_bytes(), (list.len() as u32).to_le_bytes());
    out.extend([&list[..], b"PK\x05\x06\0\0\0\0", &count, &count, &bytes, &at, &[0; 2]].concat());
    out
}
