//! Texts compressed by gzip (RFC 1952), several members included.

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};

use super::Damage;

/// Compressed bytes taken at a time: what comes out of them, at most a thousandfold, must fit into memory.
pub const SLICE_BYTES: usize = 64 * 1024;

const MAGIC: [u8; 3] = [0x1F, 0x8B, 8];

/// Bytes of a header before its optional fields.
const HEADER_BYTES: usize = 10;

/// Bytes of checksum and length behind a member.
const TRAILER_BYTES: usize = 8;

/// A text on its way out of its compression.
pub struct Gunzip {
    at: At,
    /// Of a header or trailer, what has come so far.
    held: Vec<u8>,
    inflater: Box<InflateState>,
    sum: Crc,
    length: u32,
}

/// The part of a member that the next byte belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Header,
    Body,
    Trailer,
    /// Behind a whole member, where another may begin.
    Between,
}

impl Default for Gunzip {
    fn default() -> Gunzip {
        let inflater = InflateState::new_boxed(DataFormat::Raw);
        Gunzip { at: At::Header, held: Vec::new(), inflater, sum: Crc::new(), length: 0 }
    }
}

impl Gunzip {
    /// Takes compressed bytes; gives the text that they complete.
    pub fn push(&mut self, mut bytes: &[u8]) -> Result<Vec<u8>, Damage> {
        let mut out = Vec::new();
        while !bytes.is_empty() {
            match self.at {
                At::Header => {
                    self.held.push(bytes[0]);
                    bytes = &bytes[1..];
                    if !MAGIC.iter().zip(&self.held).all(|(known, byte)| known == byte) {
                        return Err(Damage::Broken);
                    }
                    if header_ends(&self.held) {
                        self.held.clear();
                        self.inflater.reset(DataFormat::Raw);
                        (self.at, self.length) = (At::Body, 0);
                        self.sum.reset();
                    }
                }
                At::Body => {
                    let (taken, ended) = self.inflate(bytes, &mut out)?;
                    bytes = &bytes[taken..];
                    if ended {
                        self.at = At::Trailer;
                    }
                }
                At::Trailer => {
                    let (part, rest) = bytes.split_at(bytes.len().min(TRAILER_BYTES - self.held.len()));
                    self.held.extend_from_slice(part);
                    bytes = rest;
                    if self.held.len() == TRAILER_BYTES {
                        if self.held[..] != [self.sum.value().to_le_bytes(), self.length.to_le_bytes()].concat() {
                            return Err(Damage::Broken);
                        }
                        self.held.clear();
                        self.at = At::Between;
                    }
                }
                // Some tools fill the last block with zeros.
                At::Between if bytes[0] == 0 => bytes = &bytes[1..],
                At::Between => self.at = At::Header,
            }
        }
        Ok(out)
    }

    fn inflate(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(usize, bool), Damage> {
        const ROOM: usize = 32 * 1024;
        let start = out.len();
        out.resize(start + ROOM, 0);
        let result = inflate(&mut self.inflater, bytes, &mut out[start..], MZFlush::None);
        out.truncate(start + result.bytes_written);
        self.sum.take(&out[start..]);
        self.length = self.length.wrapping_add(result.bytes_written as u32);
        match result.status {
            Ok(status) => Ok((result.bytes_consumed, status == MZStatus::StreamEnd)),
            Err(_) if result.bytes_consumed + result.bytes_written > 0 => Ok((result.bytes_consumed, false)),
            Err(_) => Err(Damage::Broken),
        }
    }

    /// Ends the text; damage where the file ended too early.
    pub fn finish(self) -> Result<(), Damage> {
        if self.at == At::Between { Ok(()) } else { Err(Damage::Broken) }
    }
}

/// Whether these bytes are a whole header: the fixed part, and the fields that its flags announce.
fn header_ends(bytes: &[u8]) -> bool {
    let Some(&flags) = bytes.get(3).filter(|_| bytes.len() >= HEADER_BYTES) else { return false };
    let mut at = HEADER_BYTES;
    if flags & 4 != 0 {
        let Some(length) = bytes.get(at..at + 2) else { return false };
        at += 2 + usize::from(u16::from_le_bytes([length[0], length[1]]));
    }
    // A name and a comment, each with a zero at its end.
    for flag in [8, 16] {
        if flags & flag != 0 {
            let Some(length) = bytes.get(at..).and_then(|rest| rest.iter().position(|&byte| byte == 0)) else {
                return false;
            };
            at += length + 1;
        }
    }
    at += if flags & 2 != 0 { 2 } else { 0 };
    bytes.len() >= at
}

/// The checksum of gzip (CRC-32, polynomial 0xEDB88320). Its table is made when it is needed: in the page it would not
/// compress.
struct Crc {
    table: Vec<u32>,
    state: u32,
}

impl Crc {
    fn new() -> Crc {
        let entry = |byte: u32| (0..8).fold(byte, |sum, _| (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg()));
        Crc { table: (0..256).map(entry).collect(), state: u32::MAX }
    }

    fn reset(&mut self) {
        self.state = u32::MAX;
    }

    fn take(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.state = (self.state >> 8) ^ self.table[((self.state ^ u32::from(byte)) & 0xFF) as usize];
        }
    }

    fn value(&self) -> u32 {
        !self.state
    }
}

/// The beginning of the text that compressed bytes hold; `whole` says that there are no more of them.
pub fn beginning(bytes: &[u8], whole: bool, most: usize) -> Result<Vec<u8>, Damage> {
    let mut gunzip = Gunzip::default();
    let mut text = Vec::new();
    for slice in bytes.chunks(SLICE_BYTES / 16) {
        text.extend(gunzip.push(slice)?);
        if text.len() > most {
            return Ok(text);
        }
    }
    if whole {
        gunzip.finish()?;
    }
    Ok(text)
}

/// The whole text.
pub fn whole(bytes: &[u8], most: usize) -> Result<Vec<u8>, Damage> {
    let mut gunzip = Gunzip::default();
    let mut text = Vec::new();
    for slice in bytes.chunks(SLICE_BYTES) {
        text.extend(gunzip.push(slice)?);
        if text.len() > most {
            return Err(Damage::TooLarge);
        }
    }
    gunzip.finish()?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_text_cut_anywhere_comes_out_whole() {
        let text = "customer,date\na,2024-01-01\n".repeat(500);
        // Two members one after the other are one text.
        let bytes = [packed(text.as_bytes()), packed(b"b,2024-01-02\n")].concat();
        for slice in [1, 7, 100, bytes.len()] {
            let mut gunzip = Gunzip::default();
            let mut out = Vec::new();
            for part in bytes.chunks(slice) {
                out.extend(gunzip.push(part).unwrap());
            }
            gunzip.finish().unwrap();
            assert_eq!(out, format!("{text}b,2024-01-02\n").as_bytes());
        }
        assert_eq!(whole(&bytes, usize::MAX).unwrap().len(), text.len() + 13);
    }

    #[test]
    fn a_beginning_is_had_of_part_of_the_bytes() {
        let text: String = (0..40_000).map(|n| format!("{},{}\n", n, n * 7919 % 10_007)).collect();
        let bytes = packed(text.as_bytes());
        let part = beginning(&bytes[..bytes.len() / 2], false, 50_000).unwrap();
        assert!(part.len() >= 50_000 && text.as_bytes().starts_with(&part));
    }

    #[test]
    fn what_is_cut_off_or_spoilt_is_broken() {
        let bytes = packed(b"customer,date\na,2024-01-01\n");
        assert_eq!(whole(&bytes[..bytes.len() - 9], usize::MAX), Err(Damage::Broken));
        let mut spoilt = bytes.clone();
        *spoilt.last_mut().unwrap() ^= 1;
        assert_eq!(whole(&spoilt, usize::MAX), Err(Damage::Broken));
    }

    #[test]
    fn a_header_may_have_a_name_and_padding_may_follow() {
        let mut encoder = flate2::GzBuilder::new()
            .filename("a.csv")
            .comment("x")
            .extra(&b"12345"[..])
            .write(Vec::new(), Compression::fast());
        encoder.write_all(b"a,b\n").unwrap();
        let bytes = [encoder.finish().unwrap(), vec![0; 100]].concat();
        assert_eq!(whole(&bytes, 100).unwrap(), b"a,b\n");
        assert_eq!(whole(b"\x1F\x8B\x08", 100), Err(Damage::Broken));
        assert_eq!(whole(&[packed(b"a"), b"rubbish".to_vec()].concat(), 100), Err(Damage::Broken));
    }

    #[test]
    fn a_bomb_is_stopped() {
        let bytes = packed(&vec![b'x'; 8 << 20]);
        assert!(bytes.len() < 20_000);
        assert_eq!(whole(&bytes, 1 << 20), Err(Damage::TooLarge));
        assert!(beginning(&bytes, true, 1 << 16).unwrap().len() < 8 << 20);
    }
}
