//! Archives (the .zip file format: PKWARE's APPNOTE, sections 4.3 and 4.5), read from a slice.
//!
//! Only the list at the end of the archive is believed. Names are shown and never used as paths.

use flate2::{Decompress, FlushDecompress, Status};

use super::Damage;

/// The end of the list of entries: 22 bytes, and a comment of at most 65,535.
const END: &[u8; 4] = b"PK\x05\x06";
const END_BYTES: usize = 22;
const LISTED: &[u8; 4] = b"PK\x01\x02";
const LISTED_BYTES: usize = 46;
const LOCAL: &[u8; 4] = b"PK\x03\x04";
const LOCAL_BYTES: usize = 30;

/// The most entries that are listed.
const MOST_ENTRIES: usize = 10_000;

/// A file in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path as written.
    pub name: String,
    flags: u16,
    method: u16,
    packed: usize,
    unpacked: usize,
    offset: usize,
}

/// An archive.
pub struct Archive<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry>,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?) as usize)
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
        if entry.unpacked > most {
            return Err(Damage::TooLarge);
        }
        let packed = self.packed(entry).ok_or(Damage::Broken)?;
        match entry.method {
            0 => Ok(packed.to_vec()),
            8 => inflate(packed, entry.unpacked),
            _ => Err(Damage::Broken),
        }
    }

    fn packed(&self, entry: &Entry) -> Option<&'a [u8]> {
        let local = self.bytes.get(entry.offset..)?;
        if !local.starts_with(LOCAL) {
            return None;
        }
        let start = LOCAL_BYTES + usize::from(u16_at(local, 26)?) + usize::from(u16_at(local, 28)?);
        local.get(start..start.checked_add(entry.packed)?)
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

fn entries(bytes: &[u8]) -> Option<Vec<Entry>> {
    let end = end(bytes)?;
    let count = usize::from(u16_at(bytes, end + 10)?).min(MOST_ENTRIES);
    let mut at = u32_at(bytes, end + 16)?;
    let mut all = Vec::new();
    for _ in 0..count {
        let listed = bytes.get(at..)?;
        if !listed.starts_with(LISTED) {
            return None;
        }
        let name_bytes = usize::from(u16_at(listed, 28)?);
        let name = listed.get(LISTED_BYTES..LISTED_BYTES + name_bytes)?;
        all.push(Entry {
            name: String::from_utf8_lossy(name).into_owned(),
            flags: u16_at(listed, 8)?,
            method: u16_at(listed, 10)?,
            packed: u32_at(listed, 20)?,
            unpacked: u32_at(listed, 24)?,
            offset: u32_at(listed, 42)?,
        });
        at += LISTED_BYTES + name_bytes + usize::from(u16_at(listed, 30)?) + usize::from(u16_at(listed, 32)?);
    }
    Some(all)
}

/// Unpacks a deflated entry into as many bytes as it says to have; one that holds more is broken, or a bomb.
fn inflate(packed: &[u8], bytes: usize) -> Result<Vec<u8>, Damage> {
    let mut out = Vec::with_capacity(bytes.min(1 << 20));
    let mut inflater = Decompress::new(false);
    loop {
        if out.len() == out.capacity() {
            out.reserve((bytes.saturating_sub(out.len()) + 1).min(1 << 20));
        }
        let from = usize::try_from(inflater.total_in()).map_err(|_| Damage::Broken)?;
        let before = out.len();
        let status = inflater
            .decompress_vec(packed.get(from..).unwrap_or_default(), &mut out, FlushDecompress::None)
            .map_err(|_| Damage::Broken)?;
        if out.len() > bytes {
            return Err(Damage::Broken);
        }
        match status {
            Status::StreamEnd => break,
            _ if out.len() == before && out.len() < out.capacity() => return Err(Damage::Broken),
            _ => {}
        }
    }
    if out.len() == bytes { Ok(out) } else { Err(Damage::Broken) }
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

    #[test]
    fn what_is_cut_off_spoilt_or_locked_is_said_to_be() {
        let bytes = packed(&[("a.csv", b"customer,date\na,2024-01-01\n")]);
        assert!(matches!(Archive::open(&bytes[..bytes.len() - 1]), Err(Damage::Broken)));
        assert!(matches!(Archive::open(b"PK\x03\x04"), Err(Damage::Broken)));
        for at in 0..bytes.len() {
            let mut spoilt = bytes.clone();
            spoilt[at] ^= 0x41;
            // Whatever is spoilt: an answer, no panic.
            if let Ok(archive) = Archive::open(&spoilt) {
                for entry in archive.entries() {
                    let _ = archive.read(entry, 1 << 20);
                }
            }
        }
        let mut locked = bytes.clone();
        let listed = locked.windows(4).position(|four| four == LISTED).unwrap();
        locked[listed + 8] |= 1;
        let archive = Archive::open(&locked).unwrap();
        assert_eq!(archive.read(&archive.entries()[0], 1 << 20), Err(Damage::Locked));
    }
}
