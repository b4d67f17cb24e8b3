//! Text to records, a slice at a time: RFC 4180, and what real files make of it.
//!
//! * Fields may be quoted; in quotes stand delimiters, doubled quotes and line ends.
//! * Lines end in CRLF, LF or CR. Blank lines are skipped.
//! * A quote in the middle of an unquoted field is itself, and so is one inside a quoted field that neither a delimiter
//!   nor a line end follows, as in `"24" monitor",5`.
//! * A quote that is never closed must not swallow the file: see [`Record::malformed`]. A later quote may close it by
//!   chance; where the lines between look like records, it was not meant to.
//!
//! Cells that need no change are slices of the text itself; only those with doubled quotes are copied. The records are
//! the same wherever the text is cut.

pub use super::record::{Batch, Record};
use super::record::{COPIED, Place, Span};
use super::scan::Marks;

/// Line ends that a quoted field may hold. More of them: its quote was never closed.
const MAX_LINES: u64 = 200;
/// Delimiters in lines within a quoted field that have as many as the line that it opens on: so many and more can't be by
/// chance. Every line has one where there are two columns, and prose often has one.
const MATCHING: usize = 8;
const FEWEST_IN_LINE: usize = 2;
/// Bytes of a record. More of them: it is none.
const MAX_RECORD: usize = 1 << 20;
/// Fields of a record whose quotes are tried and found to be part of the text. After them, in a record that plainly knows no
/// quoting, none are tried any more: each try reads up to the end of the line.
const MAX_TRIES: u32 = 32;
/// Records that are handed on together.
const BATCH: usize = 64;
/// How much of a slice is copied at first to complete the record that the last border cut; then as much as there is.
const TOP_UP: usize = 4096;
/// Cuts text into records.
pub struct Splitter {
    delimiter: u8,
    /// Bytes that end an unquoted field.
    ends_field: [bool; 256],
    /// Line that the next byte stands on.
    line: u64,
    /// The last byte read was a CR that ended a line: an LF behind it belongs to it.
    after_cr: bool,
    /// Throwing away the rest of a line that was too long.
    skipping: bool,
    /// The record that the last border cut.
    carry: Vec<u8>,
    marks: Marks,
    found: Vec<Place>,
    /// The record that was scanned last has a quoted cell.
    quoted: bool,
    /// The cells of all records found.
    spans: Vec<Span>,
    copied: Vec<u8>,
}

/// What stands at the start of the text.
enum Found {
    /// A record of so many bytes with its line end, which is a CR or not, over so many lines.
    Whole { length: usize, lines: u64, cr: bool },
    /// Not enough text to tell.
    Unfinished,
    /// A record with a quote that is never closed. The quote opened on the line with this number within the record
    /// (from 0), which starts at this byte.
    Unclosed { line_start: usize, line: u64 },
}

impl Splitter {
    /// A splitter for the start of a file.
    pub fn new(delimiter: u8) -> Splitter {
        let mut ends_field = [false; 256];
        for byte in [delimiter, b'\n', b'\r'] {
            ends_field[usize::from(byte)] = true;
        }
        Splitter {
            delimiter,
            ends_field,
            line: 1,
            after_cr: false,
            skipping: false,
            carry: Vec::new(),
            marks: Marks::default(),
            found: Vec::with_capacity(BATCH),
            quoted: false,
            spans: Vec::new(),
            copied: Vec::new(),
        }
    }

    /// A splitter for text that begins behind a line end, and with a record: its first line gets this number.
    pub fn at_line(delimiter: u8, line: u64) -> Splitter {
        Splitter { line, ..Splitter::new(delimiter) }
    }

    /// Line that the next byte stands on, where a record begins there and nothing of what came before matters to it:
    /// behind an LF that ended one.
    pub fn clean_line(&self) -> Option<u64> {
        (self.carry.is_empty() && !self.after_cr && !self.skipping).then_some(self.line)
    }

    /// What was begun and is not complete yet, and the line that it begins on; nothing in the middle of what is thrown
    /// away, and behind a CR whose LF may follow.
    pub fn into_rest(self) -> Option<(Vec<u8>, u64)> {
        (!self.after_cr && !self.skipping).then_some((self.carry, self.line))
    }

    /// Goes on behind text that was cut elsewhere, so many lines of records, and the beginning of one.
    pub fn skip(&mut self, lines: u64, rest: Vec<u8>) {
        self.line += lines;
        self.carry = rest;
    }

    /// Reads on. Calls `on` for each record that is complete.
    pub fn push(&mut self, text: &[u8], on: &mut impl FnMut(&Record<'_>)) {
        self.push_batches(text, &mut |batch| batch.records().for_each(|record| on(&record)));
    }

    /// Reads on. Calls `on` for the records that are complete, some dozens at a time.
    pub fn push_batches(&mut self, text: &[u8], on: &mut impl FnMut(Batch<'_>)) {
        let mut text = text;
        while !self.carry.is_empty() && !text.is_empty() {
            let (top_up, rest) = text.split_at(text.len().min(TOP_UP.max(self.carry.len())));
            let mut carry = std::mem::take(&mut self.carry);
            let cut = carry.len();
            carry.extend_from_slice(top_up);
            let done = self.split(&carry, false, on);
            if done >= cut {
                // The cut record is complete; the rest lies in the slice itself.
                text = &text[done - cut..];
                carry.clear();
            } else {
                carry.drain(..done);
                text = rest;
            }
            self.carry = carry;
        }
        if self.carry.is_empty() {
            let done = self.split(text, false, on);
            self.carry.extend_from_slice(&text[done..]);
        }
    }

    /// Ends the file: the last record needs no line end.
    pub fn finish(&mut self, on: &mut impl FnMut(&Record<'_>)) {
        self.finish_batches(&mut |batch| batch.records().for_each(|record| on(&record)));
    }

    /// The same in batches.
    pub fn finish_batches(&mut self, on: &mut impl FnMut(Batch<'_>)) {
        let carry = std::mem::take(&mut self.carry);
        self.split(&carry, true, on);
    }

    /// Reports all records of `text`; returns the bytes that are done with.
    fn split(&mut self, text: &[u8], last: bool, on: &mut impl FnMut(Batch<'_>)) -> usize {
        let mut done = 0;
        self.marks.restart();
        loop {
            let (at, ends) = self.collect(text, done, last);
            if !self.found.is_empty() {
                on(Batch { text, copied: &self.copied, spans: &self.spans, found: &self.found });
                self.found.clear();
            }
            self.spans.clear();
            self.copied.clear();
            done = at;
            if ends {
                return done;
            }
        }
    }

    /// Finds the next records of `text`, from a place in it, up to a batch; returns the bytes that are done with, and whether
    /// that is all.
    #[inline(never)]
    fn collect(&mut self, text: &[u8], from: usize, last: bool) -> (usize, bool) {
        let mut at = from;
        loop {
            at += self.skip_between(&text[at..]);
            let rest = &text[at..];
            if rest.is_empty() {
                return (at, true);
            }
            if self.found.len() == BATCH {
                return (at, false);
            }
            let too_long = rest.len() > MAX_RECORD;
            let view = &rest[..rest.len().min(MAX_RECORD)];
            match self.scan(text, at, view, last && !too_long) {
                Found::Whole { length, lines, cr } => {
                    let line = self.line;
                    self.found(at, line, false);
                    self.line += lines;
                    self.after_cr = cr;
                    at += length;
                }
                Found::Unclosed { line_start, line } => at += self.give_up(at, view, line_start, line),
                Found::Unfinished if too_long => at += self.give_up(at, view, 0, 0),
                Found::Unfinished => return (at, true),
            }
        }
    }

    /// Bytes between records: blank lines, the LF of a CRLF, the rest of a line that was too long.
    fn skip_between(&mut self, text: &[u8]) -> usize {
        let mut at = 0;
        while let Some(&byte) = text.get(at) {
            match byte {
                b'\n' if self.after_cr => self.after_cr = false,
                b'\n' | b'\r' => {
                    self.line += 1;
                    self.after_cr = byte == b'\r';
                    self.skipping = false;
                }
                _ if self.skipping => {}
                _ => break,
            }
            at += 1;
        }
        if at < text.len() {
            self.after_cr = false;
        }
        at
    }

    /// Reports the first line of `view` as malformed and skips up to the end of the line that starts at `line_start`.
    fn give_up(&mut self, start: usize, view: &[u8], line_start: usize, line: u64) -> usize {
        // It may go back behind what was looked at.
        self.marks.restart();
        let line_end = |from: usize| view[from..].iter().position(|b| matches!(b, b'\n' | b'\r')).map(|n| from + n);
        self.drop_cells();
        let end = line_end(0).unwrap_or(view.len());
        self.spans.push(Span { start: 0, end: end as u32 });
        let begun = self.line;
        self.found(start, begun, true);
        self.line += line;
        // The line end itself is skipped as one of those between records.
        self.skipping = true;
        line_end(line_start).unwrap_or(view.len())
    }

    fn found(&mut self, start: usize, line: u64, malformed: bool) {
        let plain = !malformed && !self.quoted;
        self.found.push(Place { line, malformed, plain, start, spans_end: self.spans.len() });
    }

    /// Forgets the cells of a record that was not found to its end.
    fn drop_cells(&mut self) {
        self.spans.truncate(self.found.last().map_or(0, |place| place.spans_end));
    }

    /// Finds the cells of the record at the start of `text`, which is not empty and stands in the `whole` at `base`.
    /// `last`: no text follows.
    fn scan(&mut self, whole: &[u8], base: usize, text: &[u8], last: bool) -> Found {
        self.quoted = false;
        self.drop_cells();
        let mut at = 0;
        // Of the line that `at` stands on, within the record.
        let (mut line, mut line_start) = (0, 0);
        let mut tries = MAX_TRIES;
        loop {
            if text.get(at) == Some(&b'"') && tries > 0 {
                match self.scan_quoted(text, line_start, at, last) {
                    Quoted::Closed { end, lines, last_line } => {
                        self.quoted = true;
                        at = end;
                        line += lines;
                        line_start = last_line.unwrap_or(line_start);
                    }
                    Quoted::Literal => {
                        tries -= 1;
                        at = self.scan_plain(whole, base, text, at);
                    }
                    Quoted::Unfinished => return Found::Unfinished,
                    Quoted::Unclosed => return Found::Unclosed { line_start, line },
                }
            } else {
                at = self.scan_plain(whole, base, text, at);
            }
            match text.get(at) {
                Some(&byte) if byte == self.delimiter => at += 1,
                Some(&byte) => return Found::Whole { length: at + 1, lines: line + 1, cr: byte == b'\r' },
                None if last => return Found::Whole { length: at, lines: line, cr: false },
                None => return Found::Unfinished,
            }
        }
    }

    /// An unquoted field; returns where its end stands.
    #[inline]
    fn scan_plain(&mut self, whole: &[u8], base: usize, text: &[u8], start: usize) -> usize {
        let end = self.marks.first_from(whole, self.delimiter, base + start) - base;
        let end = end.min(text.len());
        self.spans.push(Span { start: start as u32, end: end as u32 });
        end
    }

    /// A quoted field whose opening quote stands at `open`, on the line that starts at `line_start`.
    fn scan_quoted(&mut self, text: &[u8], line_start: usize, open: usize, last: bool) -> Quoted {
        let mut at = open + 1;
        let (mut doubled, mut stray) = (false, false);
        let (mut lines, mut last_line) = (0, None);
        loop {
            let Some(found) = text[at..].iter().position(|byte| matches!(byte, b'"' | b'\n' | b'\r')) else {
                return match (last, stray) {
                    (true, true) => Quoted::Literal,
                    (true, false) => Quoted::Unclosed,
                    (false, _) => Quoted::Unfinished,
                };
            };
            at += found;
            if text[at] != b'"' {
                if stray {
                    // Quotes that are part of the text, in a file that knows no quoting.
                    return Quoted::Literal;
                }
                if text[at] == b'\r' {
                    match text.get(at + 1) {
                        Some(b'\n') => at += 1,
                        None if !last => return Quoted::Unfinished,
                        _ => {}
                    }
                }
                at += 1;
                lines += 1;
                last_line = Some(at);
                if lines > MAX_LINES {
                    return Quoted::Unclosed;
                }
                continue;
            }
            if text.get(at + 1) == Some(&b'"') {
                doubled = true;
                at += 2;
                continue;
            }
            // Some writers put spaces between the closing quote and the delimiter.
            let is_space = |&byte: &u8| matches!(byte, b' ' | b'\t') && byte != self.delimiter;
            let end = at + 1 + text[at + 1..].iter().take_while(|byte| is_space(byte)).count();
            match text.get(end) {
                None if !last => return Quoted::Unfinished,
                Some(&byte) if !self.ends_field[usize::from(byte)] => {
                    if lines > 0 {
                        // This quote opens a field: the one before was never closed.
                        return Quoted::Unclosed;
                    }
                    stray = true;
                    at += 1;
                }
                _ => {
                    if lines > 1 && self.holds_records(&text[line_start..at], open - line_start) {
                        return Quoted::Unclosed;
                    }
                    self.push_quoted(text, open + 1, at, doubled);
                    return Quoted::Closed { end, lines, last_line };
                }
            }
        }
    }

    /// Whether a quoted field has swallowed records: three of four of its whole lines have as many delimiters as the line
    /// that it opens on, and there is text behind the quote on that line (a list within quotes begins on a line of its own). `text` goes from the start of that line to the end of the field, whose quote stands at `open`.
    #[cold]
    fn holds_records(&self, text: &[u8], open: usize) -> bool {
        let delimiters = |line: &[u8]| line.iter().filter(|byte| **byte == self.delimiter).count();
        let inside =
            text[open..].iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(text.len(), |at| open + at);
        let (first, rest) = text.split_at(inside);
        if first[open + 1..].trim_ascii().is_empty() {
            return false;
        }
        let columns = delimiters(first);
        let Some(end) = rest.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')) else { return false };
        let whole = || rest[..end].split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_empty());
        let (all, alike) = (whole().count(), whole().filter(|line| delimiters(line) == columns).count());
        columns >= FEWEST_IN_LINE && alike * columns >= MATCHING && 4 * alike >= 3 * all
    }

    fn push_quoted(&mut self, text: &[u8], start: usize, end: usize, doubled: bool) {
        if !doubled {
            self.spans.push(Span { start: start as u32, end: end as u32 });
            return;
        }
        let from = self.copied.len() as u32;
        let mut rest = &text[start..end];
        while let Some(quote) = rest.iter().position(|&byte| byte == b'"') {
            self.copied.extend_from_slice(&rest[..=quote]);
            rest = &rest[quote + 1..];
            rest = rest.strip_prefix(b"\"").unwrap_or(rest);
        }
        self.copied.extend_from_slice(rest);
        self.spans.push(Span { start: from | COPIED, end: self.copied.len() as u32 });
    }
}

/// What became of a quoted field.
enum Quoted {
    /// Its end stands there; it holds so many line ends, the last of which starts a line at `last_line`.
    Closed { end: usize, lines: u64, last_line: Option<usize> },
    /// The quotes are part of the text.
    Literal,
    /// Not enough text to tell.
    Unfinished,
    /// The quote was never closed.
    Unclosed,
}

#[cfg(test)]
#[path = "records_tests.rs"]
mod tests;
