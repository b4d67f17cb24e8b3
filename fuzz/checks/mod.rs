//! What has to hold of every reader, whatever it is given: an answer and no panic, the same answer however the bytes are
//! cut, and the answer of another reader where there is one.
//!
//! A check takes any bytes and panics where something does not hold. `make fuzz` feeds each with inputs that it makes up;
//! the program's own tests run each over `seeds/` and over what was found before.

#[path = "../../tests/support/packed.rs"]
mod packed;

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
