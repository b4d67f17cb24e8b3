//! Encodings: which one a file is in, and slices of bytes to slices of UTF-8.

use serde::{Deserialize, Serialize};

use super::scan;

/// How the bytes of a file stand for text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    #[default]
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1252, also for Latin 1.
    Windows1252,
}

impl Encoding {
    /// All encodings, in the order in which a person is offered them.
    pub const ALL: [Encoding; 4] = [Encoding::Utf8, Encoding::Windows1252, Encoding::Utf16Le, Encoding::Utf16Be];

    /// The name in receipts: `UTF-8`, `UTF-16LE`, `UTF-16BE`, `windows-1252`.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
            Encoding::Windows1252 => "windows-1252",
        }
    }

    /// The encoding of a name that [`Encoding::name`] gives, in any case.
    pub fn from_name(name: &str) -> Option<Encoding> {
        Encoding::ALL.into_iter().find(|encoding| encoding.name().eq_ignore_ascii_case(name))
    }
}

/// The encoding that the head of a file shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detected {
    /// The encoding.
    pub encoding: Encoding,
    /// Whether nothing proves it: no byte order mark, and neither ASCII nor valid UTF-8.
    pub guessed: bool,
}

const UTF8_BOM: &[u8] = b"\xEF\xBB\xBF";
const REPLACEMENT: &[u8] = "\u{FFFD}".as_bytes();

/// Tells the encoding of a file from its first bytes (some ten thousand are plenty).
///
/// A byte order mark decides; then NUL bytes in every other place (UTF-16); then whether the bytes are valid UTF-8,
/// where a sequence cut at the end of `head` is no fault. The rest is Windows-1252, unless valid sequences of UTF-8
/// so outnumber the broken ones that it is UTF-8 with some damage.
pub fn detect(head: &[u8]) -> Detected {
    let sure = |encoding| Detected { encoding, guessed: false };
    let guess = |encoding| Detected { encoding, guessed: true };
    if head.starts_with(UTF8_BOM) {
        return sure(Encoding::Utf8);
    }
    if head.starts_with(b"\xFF\xFE") {
        return sure(Encoding::Utf16Le);
    }
    if head.starts_with(b"\xFE\xFF") {
        return sure(Encoding::Utf16Be);
    }
    if let Some(encoding) = utf16_by_nul(head) {
        return guess(encoding);
    }
    let (valid, broken) = count_sequences(head);
    match (valid, broken) {
        (_, 0) => sure(Encoding::Utf8),
        _ if valid >= 10 * broken => guess(Encoding::Utf8),
        _ => guess(Encoding::Windows1252),
    }
}

/// Text of Western languages in UTF-16 has a NUL in every other byte and hardly any elsewhere.
fn utf16_by_nul(head: &[u8]) -> Option<Encoding> {
    let pairs = head.len() / 2;
    if pairs < 2 {
        return None;
    }
    let (mut high, mut low) = (0, 0);
    for pair in head.chunks_exact(2) {
        high += usize::from(pair[0] == 0);
        low += usize::from(pair[1] == 0);
    }
    let (many, few) = (pairs * 2 / 5, pairs / 20);
    if low > many && high <= few {
        Some(Encoding::Utf16Le)
    } else if high > many && low <= few {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// Valid sequences of two and more bytes, and broken ones; a cut one at the end is neither.
fn count_sequences(head: &[u8]) -> (usize, usize) {
    let (mut valid, mut broken) = (0, 0);
    let mut rest = head;
    loop {
        let (good, next) = match std::str::from_utf8(rest) {
            Ok(_) => (rest, None),
            Err(error) => {
                let next = error.error_len().map(|length| &rest[error.valid_up_to() + length..]);
                (&rest[..error.valid_up_to()], next)
            }
        };
        valid += good.iter().filter(|&&byte| byte >= 0xC0).count();
        match next {
            Some(next) => rest = next,
            None => return (valid, broken),
        }
        broken += 1;
    }
}

/// What a file seems to be that is no delimited text: `zip` (also a workbook of Excel), `gzip`, `pdf`, `image`, `xls`,
/// `json`, `html`, `xml`, `binary`. Nothing where it may be text.
pub fn seems(head: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 10] = [
        (b"PK\x03\x04", "zip"),
        (b"PK\x05\x06", "zip"),
        (b"\x1F\x8B", "gzip"),
        (b"%PDF-", "pdf"),
        (b"\x89PNG\r\n", "image"),
        (b"\xFF\xD8\xFF", "image"),
        (b"GIF8", "image"),
        (b"II*\0", "image"),
        (b"MM\0*", "image"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "xls"),
    ];
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(kind);
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return Some("image");
    }
    if looks_like_json(head.strip_prefix(UTF8_BOM).unwrap_or(head)) {
        return Some("json");
    }
    if let Some(kind) = markup(head) {
        return Some(kind);
    }
    let utf16 = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") || utf16_by_nul(head).is_some();
    let control = head.iter().filter(|&&b| (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) || b == 0x7F).count();
    // A NUL in every row of an otherwise good export is below this, compressed data is above it.
    (!utf16 && control * 20 > head.len()).then_some("binary")
}

/// A brace or bracket, and behind it what JSON allows there; so `[Order ID],[Date]` stays a header.
fn looks_like_json(head: &[u8]) -> bool {
    let mut visible = head.iter().filter(|byte| !byte.is_ascii_whitespace());
    match (visible.next(), visible.next()) {
        (Some(b'{'), next) => matches!(next, Some(b'"' | b'}')),
        (Some(b'['), next) => matches!(next, Some(b'{' | b'[' | b'"' | b']' | b'-' | b'0'..=b'9')),
        _ => false,
    }
}

/// What a file of markup begins with, which many systems save under a name that ends in `.xls`.
fn markup(head: &[u8]) -> Option<&'static str> {
    const BEGINNINGS: [(&str, &str); 9] = [
        ("<?xml", "xml"),
        ("<!doctype", "html"),
        ("<html", "html"),
        ("<head", "html"),
        ("<meta", "html"),
        ("<style", "html"),
        ("<body", "html"),
        ("<table", "html"),
        ("<!--", "html"),
    ];
    // Without marks and spaces; and without the NULs of UTF-16.
    let visible =
        head.iter().filter(|byte| !matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF | b' ' | b'\t'..=b'\r'));
    let start: Vec<u8> = visible.take(9).map(u8::to_ascii_lowercase).collect();
    BEGINNINGS.iter().find(|(beginning, _)| start.starts_with(beginning.as_bytes())).map(|(_, kind)| *kind)
}

/// Takes NUL characters out of a text; returns how many there were.
pub fn take_out_nul(text: &mut Vec<u8>) -> u64 {
    if !text.contains(&0) {
        return 0;
    }
    let before = text.len();
    text.retain(|byte| *byte != 0);
    (before - text.len()) as u64
}

/// Bytes to UTF-8, a slice at a time: a sequence that a slice border cuts is kept for the next slice.
pub struct Decoder {
    kind: Kind,
    /// Whether text has come out: only before may a byte order mark be swallowed.
    started: bool,
    /// Whether a byte order mark proved the encoding.
    marked: bool,
    malformed: u64,
    /// Bytes that begin a sequence of UTF-8, good or broken.
    sequences: u64,
}

enum Kind {
    /// Bytes that begin a sequence, at most three.
    Utf8 { carry: Vec<u8> },
    /// The odd byte of a unit, and the first half of a pair of units.
    Utf16 { big_endian: bool, byte: Option<u8>, high: Option<u16> },
    /// Every byte is a character.
    Windows1252,
}

impl Decoder {
    /// A decoder for the start of a file.
    pub fn new(encoding: Encoding) -> Decoder {
        let kind = match encoding {
            Encoding::Utf8 => Kind::Utf8 { carry: Vec::with_capacity(4) },
            Encoding::Utf16Le => Kind::Utf16 { big_endian: false, byte: None, high: None },
            Encoding::Utf16Be => Kind::Utf16 { big_endian: true, byte: None, high: None },
            Encoding::Windows1252 => Kind::Windows1252,
        };
        Decoder { kind, started: false, marked: false, malformed: 0, sequences: 0 }
    }

    /// A decoder for bytes that are not the first of a file, and behind a line end.
    pub fn within(encoding: Encoding) -> Decoder {
        Decoder { started: true, ..Decoder::new(encoding) }
    }

    /// Whether text has come out, and the next byte begins a character whatever stands before it.
    pub fn is_between(&self) -> bool {
        self.started
            && match &self.kind {
                Kind::Utf8 { carry } => carry.is_empty(),
                Kind::Utf16 { .. } => false,
                Kind::Windows1252 => true,
            }
    }

    /// What was counted: sequences that were replaced, and all that were begun.
    pub fn counts(&self) -> (u64, u64) {
        (self.malformed, self.sequences)
    }

    /// Takes into account what was counted elsewhere of the bytes that follow.
    pub fn absorb(&mut self, (malformed, sequences): (u64, u64)) {
        self.malformed += malformed;
        self.sequences += sequences;
    }

    /// The text of the next bytes where it is these bytes: UTF-8, whole and without NUL characters. Otherwise they have
    /// to be [pushed](Decoder::push); nothing was taken of them.
    pub fn as_it_stands<'a>(&mut self, bytes: &'a [u8]) -> Option<&'a [u8]> {
        match &self.kind {
            Kind::Utf8 { carry } if carry.is_empty() && self.started => {}
            _ => return None,
        }
        let mut sequences = 0;
        let mut at = scan::first_special(bytes);
        while at < bytes.len() {
            let run = bytes[at..].iter().position(u8::is_ascii).map_or(&bytes[at..], |length| &bytes[at..at + length]);
            if run.is_empty() || std::str::from_utf8(run).is_err() {
                return None;
            }
            sequences += run.iter().filter(|byte| **byte >= 0xC0).count() as u64;
            at += run.len();
            at += scan::first_special(&bytes[at..]);
        }
        self.sequences += sequences;
        Some(bytes)
    }

    /// Appends the text of the next bytes to `out`.
    pub fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        let mark = out.len();
        match &mut self.kind {
            Kind::Utf8 { carry } => {
                self.malformed += push_utf8(carry, bytes, out);
                if !bytes.is_ascii() {
                    self.sequences += bytes.iter().filter(|byte| **byte >= 0xC0).count() as u64;
                }
            }
            Kind::Utf16 { big_endian, byte, high } => self.malformed += push_utf16(*big_endian, byte, high, bytes, out),
            Kind::Windows1252 => push_windows_1252(bytes, out),
        }
        self.swallow_mark(mark, out);
    }

    /// Appends what the end of the file settles: a sequence cut there is replaced.
    pub fn finish(&mut self, out: &mut Vec<u8>) {
        let mark = out.len();
        match &mut self.kind {
            Kind::Utf8 { carry } => {
                if !carry.is_empty() {
                    carry.clear();
                    out.extend_from_slice(REPLACEMENT);
                    self.malformed += 1;
                }
            }
            Kind::Utf16 { byte, high, .. } => {
                if byte.take().is_some() | high.take().is_some() {
                    out.extend_from_slice(REPLACEMENT);
                    self.malformed += 1;
                }
            }
            Kind::Windows1252 => {}
        }
        self.swallow_mark(mark, out);
    }

    /// Sequences that were no text and were replaced by U+FFFD.
    pub fn malformed(&self) -> u64 {
        self.malformed
    }

    /// Whether what was read as UTF-8 is in another encoding, by the rule of [`detect`]: a few broken sequences among many
    /// good ones are damage.
    pub fn is_another(&self) -> bool {
        !self.marked && self.malformed > 0 && self.sequences.saturating_sub(self.malformed) < 10 * self.malformed
    }

    fn swallow_mark(&mut self, mark: usize, out: &mut Vec<u8>) {
        if !self.started && out.len() > mark {
            self.started = true;
            if out[mark..].starts_with(UTF8_BOM) {
                self.marked = true;
                out.drain(mark..mark + UTF8_BOM.len());
            }
        }
    }
}

/// Validates and copies; returns the number of replaced sequences.
fn push_utf8(carry: &mut Vec<u8>, mut bytes: &[u8], out: &mut Vec<u8>) -> u64 {
    let mut malformed = 0;
    while let (false, Some((&byte, rest))) = (carry.is_empty(), bytes.split_first()) {
        carry.push(byte);
        match std::str::from_utf8(carry) {
            Ok(text) => {
                out.extend_from_slice(text.as_bytes());
                carry.clear();
                bytes = rest;
            }
            Err(error) if error.error_len().is_none() => bytes = rest,
            // What was carried is broken; the byte that showed it is read again on its own.
            Err(_) => {
                carry.clear();
                out.extend_from_slice(REPLACEMENT);
                malformed += 1;
            }
        }
    }
    loop {
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                out.extend_from_slice(text.as_bytes());
                return malformed;
            }
            Err(error) => {
                let (good, rest) = bytes.split_at(error.valid_up_to());
                out.extend_from_slice(good);
                let Some(length) = error.error_len() else {
                    carry.extend_from_slice(rest);
                    return malformed;
                };
                out.extend_from_slice(REPLACEMENT);
                malformed += 1;
                bytes = &rest[length..];
            }
        }
    }
}

/// Joins units of two bytes to characters; returns the number of replaced ones: halves of a pair without the other.
fn push_utf16(big_endian: bool, byte: &mut Option<u8>, high: &mut Option<u16>, bytes: &[u8], out: &mut Vec<u8>) -> u64 {
    let mut malformed = 0;
    let mut units = Vec::with_capacity(bytes.len() / 2 + 2);
    units.extend(high.take());
    for &next in bytes {
        match byte.take() {
            None => *byte = Some(next),
            Some(first) if big_endian => units.push(u16::from_be_bytes([first, next])),
            Some(first) => units.push(u16::from_le_bytes([first, next])),
        }
    }
    if let Some(last) = units.pop_if(|unit| (0xD800..0xDC00).contains(unit)) {
        *high = Some(last);
    }
    for unit in char::decode_utf16(units) {
        malformed += u64::from(unit.is_err());
        push_char(unit.unwrap_or(char::REPLACEMENT_CHARACTER), out);
    }
    malformed
}

/// What the bytes 0x80 to 0x9F stand for; all others stand for the character of their own number (WHATWG, "Encoding",
/// index windows-1252).
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

fn push_windows_1252(bytes: &[u8], out: &mut Vec<u8>) {
    out.reserve(bytes.len());
    for run in bytes.chunk_by(|a, b| a.is_ascii() == b.is_ascii()) {
        if run[0].is_ascii() {
            out.extend_from_slice(run);
            continue;
        }
        for &byte in run {
            push_char(WINDOWS_1252.get(usize::from(byte) - 0x80).copied().unwrap_or(char::from(byte)), out);
        }
    }
}

fn push_char(character: char, out: &mut Vec<u8>) {
    out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

#[cfg(test)]
#[path = "encoding_tests.rs"]
mod tests;
