//! File bytes to typed cells, a slice at a time.
//!
//! * [`unpack`]: tables that come packed: gzip, zip, workbooks, JSON.
//! * [`encoding`]: UTF-8, UTF-16 with a byte order mark, Windows-1252: slices of bytes to slices of UTF-8.
//! * [`records`]: UTF-8 to records, with line numbers; quoted newlines, slices cut anywhere.
//!   [`record`]: as they are handed on; [`scan`]: where cells end, found sixteen bytes at a time.
//! * [`dialect`]: delimiter, quote and header, by evidence from the head of a file.
//! * [`numbers`]: amounts with signs, symbols, thousands and decimal styles; [`decimal_evidence`]: which style a column
//!   is in; [`currency`]: codes and signs.
//! * [`dates`]: ISO, D/M/Y, M/D/Y, with and without time and zone; [`date_evidence`]: the whole column decides the order;
//!   `date_scan`: the parts of a date as a cell has them; `months`, `weekdays`: their names.
//! * [`certainty`]: whether a column settles a reading; [`blank`]: cells that hold no value; [`ids`]: ids that tell less
//!   than they seem to; [`spelling`]: ids that differ only in how they are written.
//! * [`profile`]: what the values of a column look like.
//! * [`receipt`]: what was read, what was left out and why; [`decision`]: what was decided, and what could be instead;
//!   [`content`]: what a table beside the orders holds.

pub mod blank;
pub mod certainty;
pub mod content;
pub mod currency;
pub mod date_evidence;
mod date_scan;
pub mod dates;
pub mod decimal_evidence;
pub mod decision;
pub mod dialect;
pub mod encoding;
pub mod ids;
pub mod months;
pub mod numbers;
pub mod profile;
pub mod receipt;
pub mod record;
pub mod records;
pub mod scan;
pub mod spelling;
pub mod unpack;
mod weekdays;
