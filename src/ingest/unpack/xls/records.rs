//! The records of a stream (MS-XLS, 2.1.4): a kind, a length, and so many bytes. What is longer than a record can be goes
//! on in `CONTINUE` records, and texts may be cut anywhere.

use super::super::bytes::u16_at;

/// A record goes on in this one.
const CONTINUE: u16 = 0x3C;

/// A record.
pub struct Record<'a> {
    /// What it is.
    pub kind: u16,
    /// Its own bytes.
    pub bytes: &'a [u8],
    /// The stream behind it.
    behind: &'a [u8],
}

/// The records of a stream from a place on, to its end or to where it is cut off.
pub struct Records<'a> {
    rest: &'a [u8],
}

/// The records from a place in a stream on.
pub fn records(stream: &[u8], from: usize) -> Records<'_> {
    Records { rest: stream.get(from..).unwrap_or_default() }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, length) = (u16_at(self.rest, 0)?, u16_at(self.rest, 2)?);
        let bytes = self.rest.get(4..4 + usize::from(length))?;
        self.rest = &self.rest[4 + bytes.len()..];
        Some(Record { kind, bytes, behind: self.rest })
    }
}

/// Reads a record and those that continue it from front to back.
pub struct Reader<'a> {
    bytes: &'a [u8],
    behind: Records<'a>,
    /// Records that were gone on to.
    parts: usize,
}

impl<'a> Reader<'a> {
    /// A reader that stands at a place in the record's own bytes.
    pub fn new(record: &Record<'a>, at: usize) -> Reader<'a> {
        let bytes = record.bytes.get(at..).unwrap_or_default();
        Reader { bytes, behind: Records { rest: record.behind }, parts: 0 }
    }

    /// The bytes that are left of the record in which the reader stands; of the next one where there are none.
    fn rest(&mut self) -> Option<&'a [u8]> {
        while self.bytes.is_empty() {
            self.bytes = self.behind.next().filter(|record| record.kind == CONTINUE)?.bytes;
            self.parts += 1;
        }
        Some(self.bytes)
    }

    fn pass(&mut self, bytes: usize) {
        self.bytes = &self.bytes[bytes..];
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = self.rest()?[0];
        self.pass(1);
        Some(byte)
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        let mut number = 0;
        for place in 0..bytes {
            number |= usize::from(self.byte()?) << (8 * place);
        }
        Some(number)
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            let step = self.rest()?.len().min(bytes);
            self.pass(step);
            bytes -= step;
        }
        Some(())
    }

    /// A text whose number of characters stands in front of it, in one byte or in two (MS-XLS, 2.5.240, 2.5.293, 2.5.294).
    pub fn text(&mut self, length_bytes: u32) -> Option<String> {
        let mut left = self.number(length_bytes)?;
        let flags = self.byte()?;
        let mut wide = flags & 1 != 0;
        let runs = if flags & 8 != 0 { self.number(2)? } else { 0 };
        let phonetic = if flags & 4 != 0 { self.number(4)? } else { 0 };
        let mut units: Vec<u16> = Vec::new();
        while left > 0 {
            let parts = self.parts;
            let rest = self.rest()?;
            // In each record that continues a text, its width stands anew.
            if self.parts != parts {
                wide = rest[0] & 1 != 0;
                self.pass(1);
                continue;
            }
            let width = if wide { 2 } else { 1 };
            let count = (rest.len() / width).min(left);
            if count == 0 {
                // Half a character at the end of a record.
                return None;
            }
            let bytes = &rest[..count * width];
            match wide {
                true => units.extend(bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]))),
                false => units.extend(bytes.iter().map(|byte| u16::from(*byte))),
            }
            self.pass(bytes.len());
            left -= count;
        }
        // How parts of it look, and how it is pronounced, is no part of it.
        self.skip(phonetic.saturating_add(runs * 4))?;
        Some(char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A record.
    pub fn record(kind: u16, bytes: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(bytes.len() as u16).to_le_bytes(), bytes].concat()
    }

    fn texts(parts: &[&[u8]], count: usize) -> Vec<Option<String>> {
        let mut stream = Vec::new();
        for (place, part) in parts.iter().enumerate() {
            stream.extend(record(if place == 0 { 0xFC } else { CONTINUE }, part));
        }
        let record = records(&stream, 0).next().unwrap();
        let mut reader = Reader::new(&record, 0);
        (0..count).map(|_| reader.text(2)).collect()
    }

    #[test]
    fn texts_are_read_narrow_and_wide_with_runs_and_sounds_left_out() {
        let narrow = [&[3, 0, 0][..], b"T\xE9a"].concat();
        let wide = [2, 0, 1, 0xAC, 0x20, b'x', 0];
        let rich = [&[1, 0, 0x0C, 1, 0, 2, 0, 0, 0][..], b"a", &[9; 4], &[8; 2]].concat();
        let all = [&narrow[..], &wide, &rich].concat();
        let expected = [Some("Téa".to_owned()), Some("€x".to_owned()), Some("a".to_owned()), None];
        assert_eq!(texts(&[&all], 4), expected);
    }

    #[test]
    fn a_text_cut_by_a_record_changes_its_width_there() {
        let expected = [Some("ab€".to_owned()), Some("z".to_owned())];
        assert_eq!(texts(&[&[3, 0, 0, b'a', b'b'], &[1, 0xAC, 0x20, 1, 0, 0, b'z']], 2), expected);
        assert_eq!(texts(&[&[3, 0, 1, b'a', 0], &[0], &[0, b'b'], &[1, 0xAC, 0x20, 1, 0, 0, b'z']], 2), expected);
        // Between two texts nothing is said of a width.
        assert_eq!(texts(&[&[2, 0, 0, b'a', b'b'], &[1, 0, 0, b'z']], 2)[1], Some("z".to_owned()));
        assert_eq!(texts(&[&[3, 0, 1, b'a', 0, b'b']], 1), [None]);
    }

    #[test]
    fn records_end_where_the_stream_is_cut() {
        let stream = [record(1, b"ab"), record(2, b"c")].concat();
        let kinds = |stream: &[u8]| records(stream, 0).map(|record| record.kind).collect::<Vec<_>>();
        assert_eq!(kinds(&stream), [1, 2]);
        assert_eq!(kinds(&stream[..stream.len() - 1]), [1]);
        assert_eq!(kinds(&[]), [] as [u16; 0]);
        assert_eq!(records(&stream, 99).count(), 0);
    }
}
