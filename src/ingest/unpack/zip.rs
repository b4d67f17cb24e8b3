//! Archives (the .zip file format: PKWARE's APPNOTE, sections 4.3 and 4.5), read from a slice. Those of the kind Zip64 too,
//! which programs write that don't know beforehand how much they will pack.
//!
//! Only the list at the end of the archive is believed. Names are shown and never used as paths.

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};

use super::Damage;
use super::bytes::{u16_at, u32_at, u64_at};

/// The end of the list of entries: 22 bytes, and a comment of at most 65,535.
const END: &[u8; 4] = b"PK\x05\x06";
const END_BYTES: usize = 22;
const LISTED: &[u8; 4] = b"PK\x01\x02";
const LISTED_BYTES: usize = 46;
const LOCAL: &[u8; 4] = b"PK\x03\x04";
const LOCAL_BYTES: usize = 30;

/// Where the end of the list is of an archive of kind Zip64: right in front of the other end, and the place in it.
const PLACE_OF_END_64: &[u8; 4] = b"PK\x06\x07";
const PLACE_OF_END_64_BYTES: usize = 20;
const END_64: &[u8; 4] = b"PK\x06\x06";

/// A number of four bytes that stands elsewhere, in eight.
const ELSEWHERE: u64 = 0xFFFF_FFFF;
/// The extra field of an entry in which such numbers stand.
const EXTRA_64: u16 = 1;

/// The most entries that are listed.
const MOST_ENTRIES: usize = 10_000;

/// A file in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path as written.
    pub name: String,
    flags: u16,
    method: u16,
    packed: u64,
    unpacked: u64,
    offset: u64,
}

/// An archive.
pub struct Archive<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry>,
}

impl<'a> Archive<'a> {
    /// Reads the list of entries.
    pub fn open(bytes: &'a [u8]) -> Result<Archive<'a>, Damage> {
        let entries = entries(bytes).ok_or(Damage::Broken)?;
        Ok(Archive { bytes, entries })
    }

    /// The entries, in the archive's order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of this path.
    pub fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// The content of an entry, of at most so many bytes.
    pub fn read(&self, entry: &Entry, most: usize) -> Result<Vec<u8>, Damage> {
        if entry.flags & 1 != 0 {
            return Err(Damage::Locked);
        }
        let unpacked = usize::try_from(entry.unpacked).ok().filter(|bytes| *bytes <= most);
        let unpacked = unpacked.ok_or(Damage::TooLarge)?;
        let packed = self.packed(entry).ok_or(Damage::Broken)?;
        match entry.method {
            0 => Ok(packed.to_vec()),
            8 => deflated(packed, unpacked),
            _ => Err(Damage::Broken),
        }
    }

    fn packed(&self, entry: &Entry) -> Option<&'a [u8]> {
        let local = self.bytes.get(usize::try_from(entry.offset).ok()?..)?;
        if !local.starts_with(LOCAL) {
            return None;
        }
        let start = LOCAL_BYTES + usize::from(u16_at(local, 26)?) + usize::from(u16_at(local, 28)?);
        local.get(start..start.checked_add(usize::try_from(entry.packed).ok()?)?)
    }
}

/// Where the list ends: the last mark whose comment reaches to the end of the file.
fn end(bytes: &[u8]) -> Option<usize> {
    let first = bytes.len().checked_sub(END_BYTES)?;
    (first.saturating_sub(usize::from(u16::MAX))..=first).rev().find(|&at| {
        bytes[at..].starts_with(END)
            && u16_at(bytes, at + 20).is_some_and(|comment| at + END_BYTES + usize::from(comment) == bytes.len())
    })
}

/// How many entries are listed, and where the list begins.
fn list(bytes: &[u8]) -> Option<(u64, u64)> {
    let end = end(bytes)?;
    let (count, at) = (u64::from(u16_at(bytes, end + 10)?), u64::from(u32_at(bytes, end + 16)?));
    let place = end.checked_sub(PLACE_OF_END_64_BYTES).filter(|place| bytes[*place..].starts_with(PLACE_OF_END_64));
    let Some(place) = place else { return Some((count, at)) };
    let end = usize::try_from(u64_at(bytes, place + 8)?).ok()?;
    let end = bytes.get(end..)?;
    end.starts_with(END_64).then_some((u64_at(end, 32)?, u64_at(end, 48)?))
}

fn entries(bytes: &[u8]) -> Option<Vec<Entry>> {
    let (count, at) = list(bytes)?;
    let mut at = usize::try_from(at).ok()?;
    let mut all = Vec::new();
    for _ in 0..count.min(MOST_ENTRIES as u64) {
        let listed = bytes.get(at..)?;
        if !listed.starts_with(LISTED) {
            return None;
        }
        let (name_bytes, extra_bytes) = (usize::from(u16_at(listed, 28)?), usize::from(u16_at(listed, 30)?));
        let name = listed.get(LISTED_BYTES..LISTED_BYTES + name_bytes)?;
        let extra = listed.get(LISTED_BYTES + name_bytes..LISTED_BYTES + name_bytes + extra_bytes)?;
        let mut elsewhere = extra_64(extra).chunks_exact(8);
        // Only those stand there that don't fit, in this order.
        let mut number = |at: usize| match u64::from(u32_at(listed, at)?) {
            ELSEWHERE => u64_at(elsewhere.next()?, 0),
            number => Some(number),
        };
        let (unpacked, packed, offset) = (number(24)?, number(20)?, number(42)?);
        all.push(Entry {
            name: String::from_utf8_lossy(name).into_owned(),
            flags: u16_at(listed, 8)?,
            method: u16_at(listed, 10)?,
            packed,
            unpacked,
            offset,
        });
        at += LISTED_BYTES + name_bytes + extra_bytes + usize::from(u16_at(listed, 32)?);
    }
    Some(all)
}

/// The extra field for numbers of eight bytes, among all extra fields of an entry.
fn extra_64(mut extra: &[u8]) -> &[u8] {
    while let (Some(kind), Some(length)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let end = extra.len().min(4 + usize::from(length));
        if kind == EXTRA_64 {
            return &extra[4..end];
        }
        extra = &extra[end..];
    }
    &[]
}

/// Unpacks a deflated entry into as many bytes as it says to have; one that holds more is broken, or a bomb.
fn deflated(packed: &[u8], bytes: usize) -> Result<Vec<u8>, Damage> {
    const ROOM: usize = 1 << 18;
    /// More than so many bytes can't come out of one (a match of 258 takes two bits at least).
    const MOST_TIMES: usize = 1_032;
    let mut inflater = InflateState::new_boxed(DataFormat::Raw);
    // Room for all of it at once, with the last piece: a list that grows by doubling would take three times as much.
    let all = bytes.min(packed.len().saturating_mul(MOST_TIMES)) + ROOM;
    let (mut out, mut rest) = (Vec::with_capacity(all), packed);
    loop {
        let start = out.len();
        out.resize(start + ROOM, 0);
        let result = inflate(&mut inflater, rest, &mut out[start..], MZFlush::None);
        out.truncate(start + result.bytes_written);
        rest = &rest[result.bytes_consumed..];
        match result.status {
            _ if out.len() > bytes => return Err(Damage::Broken),
            Ok(MZStatus::StreamEnd) if out.len() == bytes => return Ok(out),
            Ok(MZStatus::StreamEnd) => return Err(Damage::Broken),
            _ if result.bytes_written + result.bytes_consumed == 0 => return Err(Damage::Broken),
            _ => {}
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::DeflateEncoder;

    use super::*;

    /// An archive of these files, every second one stored as it is.
    pub fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut list = Vec::new();
        for (place, (name, content)) in files.iter().enumerate() {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(content).unwrap();
            let (method, data) = if place % 2 == 0 { (8u16, encoder.finish().unwrap()) } else { (0, content.to_vec()) };
            let mut common = Vec::new();
            common.extend([20, 0, 0, 0]);
            common.extend(method.to_le_bytes());
            common.extend([0; 8]);
            common.extend((data.len() as u32).to_le_bytes());
            common.extend((content.len() as u32).to_le_bytes());
            common.extend((name.len() as u16).to_le_bytes());
            common.extend([0; 2]);
            list.extend(LISTED);
            list.extend([20, 0]);
            list.extend(&common);
            list.extend([0; 10]);
            list.extend((out.len() as u32).to_le_bytes());
            list.extend(name.as_bytes());
            out.extend(LOCAL);
            out.extend(&common);
            out.extend(name.as_bytes());
            out.extend(data);
        }
        let at = out.len() as u32;
        let bytes = list.len() as u32;
        out.extend(list);
        out.extend(END);
        out.extend([0; 4]);
        out.extend((files.len() as u16).to_le_bytes());
        out.extend((files.len() as u16).to_le_bytes());
        out.extend(bytes.to_le_bytes());
        out.extend(at.to_le_bytes());
        out.extend([0; 2]);
        out
    }

    #[test]
    fn entries_come_out_as_they_went_in() {
        let long = "a,b\n".repeat(400_000);
        let bytes = packed(&[("a.csv", long.as_bytes()), ("../b.csv", b"x,y\n1,2\n"), ("empty", b"")]);
        let archive = Archive::open(&bytes).unwrap();
        let names: Vec<&str> = archive.entries().iter().map(|entry| &*entry.name).collect();
        assert_eq!(names, ["a.csv", "../b.csv", "empty"]);
        assert_eq!(archive.read(&archive.entries()[0], usize::MAX).unwrap(), long.as_bytes());
        assert_eq!(archive.read(archive.find("../b.csv").unwrap(), 100).unwrap(), b"x,y\n1,2\n");
        assert_eq!(archive.read(&archive.entries()[2], 100).unwrap(), b"");
        assert_eq!(archive.read(&archive.entries()[0], 100), Err(Damage::TooLarge));
    }

    /// The same archive as one of kind Zip64: every number that can stand in eight bytes does.
    fn as_zip64(archive: &[u8]) -> Vec<u8> {
        let end = archive.len() - END_BYTES;
        let (mut at, mut out) = (u32_at(archive, end + 16).unwrap() as usize, Vec::new());
        let entries = &archive[..at];
        out.extend_from_slice(entries);
        while at < end {
            let listed = &archive[at..];
            let name = &listed[LISTED_BYTES..][..usize::from(u16_at(listed, 28).unwrap())];
            let mut fixed = listed[..LISTED_BYTES].to_vec();
            let mut extra = [0x55, 0x54, 1, 0, 9, 1, 0, 24, 0].to_vec();
            for place in [24, 20, 42] {
                extra.extend(u64::from(u32_at(listed, place).unwrap()).to_le_bytes());
                fixed[place..place + 4].fill(0xFF);
            }
            fixed[30..32].copy_from_slice(&(extra.len() as u16).to_le_bytes());
            out.extend([&fixed[..], name, &extra].concat());
            at += LISTED_BYTES + name.len();
        }
        let count = u64::from(u16_at(archive, end + 10).unwrap()).to_le_bytes();
        let (at, list) = (out.len() as u64, (out.len() - entries.len()) as u64);
        out.extend([&END_64[..], &44u64.to_le_bytes(), &[45, 0, 45, 0], &[0; 8], &count, &count].concat());
        out.extend([list.to_le_bytes(), (entries.len() as u64).to_le_bytes()].concat());
        out.extend([&PLACE_OF_END_64[..], &[0; 4], &at.to_le_bytes(), &[1, 0, 0, 0]].concat());
        out.extend([&END[..], &[0; 4], &[0xFF; 12], &[0; 2]].concat());
        out
    }

    #[test]
    fn an_archive_of_kind_zip64_is_read_like_any_other() {
        let plain = packed(&[("a.csv", b"customer,date\n"), ("b.csv", b"x,y\n1,2\n")]);
        let bytes = as_zip64(&plain);
        let archive = Archive::open(&bytes).unwrap();
        assert_eq!(archive.entries(), Archive::open(&plain).unwrap().entries());
        assert_eq!(archive.read(archive.find("b.csv").unwrap(), 100).unwrap(), b"x,y\n1,2\n");
        // 8 GB unpacked: a size that four bytes don't hold.
        let mut large = bytes.clone();
        let first = large.windows(4).position(|four| four == LISTED).unwrap();
        large[first + LISTED_BYTES + 5 + 9 + 4] = 2;
        let archive = Archive::open(&large).unwrap();
        assert_eq!(archive.read(&archive.entries()[0], u32::MAX as usize), Err(Damage::TooLarge));
        open_spoilt(&bytes);
    }

    /// Whatever is spoilt of an archive: an answer, no panic.
    fn open_spoilt(bytes: &[u8]) {
        for at in 0..bytes.len() {
            let mut spoilt = bytes.to_vec();
            spoilt[at] ^= 0x41;
            if let Ok(archive) = Archive::open(&spoilt) {
                for entry in archive.entries() {
                    let _ = archive.read(entry, 1 << 20);
                }
            }
        }
    }

    #[test]
    fn what_is_cut_off_spoilt_or_locked_is_said_to_be() {
        let bytes = packed(&[("a.csv", b"customer,date\na,2024-01-01\n")]);
        assert!(matches!(Archive::open(&bytes[..bytes.len() - 1]), Err(Damage::Broken)));
        assert!(matches!(Archive::open(b"PK\x03\x04"), Err(Damage::Broken)));
        open_spoilt(&bytes);
        let mut locked = bytes.clone();
        let listed = locked.windows(4).position(|four| four == LISTED).unwrap();
        locked[listed + 8] |= 1;
        let archive = Archive::open(&locked).unwrap();
        assert_eq!(archive.read(&archive.entries()[0], 1 << 20), Err(Damage::Locked));
    }
}
