//! Compound files (MS-CFB): several streams of bytes in one file, each cut into sectors as on a disk.
//!
//! A table of sectors (the FAT) says of each sector which one follows it; streams below 4,096 bytes lie in small sectors
//! of their own, with a table of their own. Every chain is followed for as many sectors as there are at most, so that one
//! that bites its own tail ends.

use super::super::Damage;
use super::super::bytes::{size_at, u16_at, u32_at};

/// What a compound file begins with.
const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Places of the FAT that stand in the header itself.
const LISTED_IN_HEADER: usize = 109;
const HEADER_BYTES: usize = 512;
const ENTRY_BYTES: usize = 128;

/// Numbers from here on are no sectors, but ends and marks.
const NO_SECTOR: u32 = 0xFFFF_FFFA;
/// No entry of the directory.
const NO_ENTRY: u32 = u32::MAX;

const STREAM: u8 = 2;
const ROOT: u8 = 5;

/// A compound file.
pub struct Compound<'a> {
    bytes: &'a [u8],
    sector_bytes: usize,
    small_sector_bytes: usize,
    /// Streams below this size lie in small sectors.
    small_below: usize,
    fat: Vec<u32>,
    small_fat: Vec<u32>,
    /// What the small sectors are cut from.
    small: Vec<u8>,
    directory: Vec<Entry>,
}

/// A stream or a storage.
struct Entry {
    name: String,
    kind: u8,
    left: u32,
    right: u32,
    child: u32,
    first: u32,
    size: usize,
}

impl<'a> Compound<'a> {
    /// Reads tables and directory.
    pub fn open(bytes: &'a [u8]) -> Result<Compound<'a>, Damage> {
        Compound::read(bytes).ok_or(Damage::Broken)
    }

    fn read(bytes: &'a [u8]) -> Option<Compound<'a>> {
        if !bytes.starts_with(MAGIC) {
            return None;
        }
        let shift = |at: usize, allowed: std::ops::RangeInclusive<u16>| {
            u16_at(bytes, at).filter(|shift| allowed.contains(shift)).map(|shift| 1usize << shift)
        };
        let mut file = Compound {
            bytes,
            sector_bytes: shift(30, 7..=16)?,
            small_sector_bytes: shift(32, 4..=16)?,
            small_below: size_at(bytes, 56)?,
            fat: Vec::new(),
            small_fat: Vec::new(),
            small: Vec::new(),
            directory: Vec::new(),
        };
        file.fat = file.read_fat()?;
        let directory = file.chain(u32_at(bytes, 48)?)?;
        file.directory = directory.chunks_exact(ENTRY_BYTES).filter_map(Entry::read).collect();
        let root = file.directory.first().filter(|entry| entry.kind == ROOT)?;
        let small_fat = u32_at(bytes, 60)?;
        // A file without small streams has neither.
        if root.first < NO_SECTOR && small_fat < NO_SECTOR {
            file.small = file.chain(root.first)?;
            file.small_fat = numbers(&file.chain(small_fat)?);
        }
        Some(file)
    }

    /// The FAT: the places of its sectors stand in the header, and of a large file in a chain of sectors behind it.
    fn read_fat(&self) -> Option<Vec<u32>> {
        let most = self.bytes.len() / self.sector_bytes + 1;
        let mut places = numbers(self.bytes.get(76..HEADER_BYTES)?);
        debug_assert_eq!(places.len(), LISTED_IN_HEADER);
        let mut next = u32_at(self.bytes, 68)?;
        for _ in 0..most {
            if next >= NO_SECTOR {
                break;
            }
            let mut listed = numbers(self.sector(next)?);
            next = listed.pop()?;
            places.extend(listed);
        }
        let mut fat = Vec::new();
        for &place in places.iter().filter(|place| **place < NO_SECTOR).take(most) {
            fat.extend(numbers(self.sector(place)?));
        }
        Some(fat)
    }

    /// A sector; the last one of a file may be cut short.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector_bytes)?;
        let sector = self.bytes.get(start..)?;
        let sector = &sector[..sector.len().min(self.sector_bytes)];
        (!sector.is_empty()).then_some(sector)
    }

    /// The sectors of a chain, one behind the other.
    fn chain(&self, first: u32) -> Option<Vec<u8>> {
        let mut all = Vec::new();
        let mut next = first;
        for _ in 0..=self.fat.len() {
            if next >= NO_SECTOR {
                return Some(all);
            }
            all.extend(self.sector(next)?);
            next = *self.fat.get(next as usize)?;
        }
        // More steps than there are sectors: it goes round.
        None
    }

    /// The small sectors of a chain.
    fn small_chain(&self, first: u32) -> Option<Vec<u8>> {
        let mut all = Vec::new();
        let mut next = first;
        for _ in 0..=self.small_fat.len() {
            if next >= NO_SECTOR {
                return Some(all);
            }
            let start = (next as usize).checked_mul(self.small_sector_bytes)?;
            let sector = self.small.get(start..)?;
            all.extend(&sector[..sector.len().min(self.small_sector_bytes)]);
            next = *self.small_fat.get(next as usize)?;
        }
        None
    }

    /// Whether there is a stream of this name outside of any storage.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// A stream outside of any storage: what is embedded in the file (another workbook, say) has the same names.
    fn find(&self, name: &str) -> Option<&Entry> {
        let mut ahead = vec![self.directory.first()?.child];
        // Each entry stands once in the tree of its storage; a tree that goes round ends all the same.
        for _ in 0..=self.directory.len() {
            let number = ahead.pop()?;
            let Some(entry) = self.directory.get(number as usize) else { continue };
            if entry.kind == STREAM && entry.name.eq_ignore_ascii_case(name) {
                return Some(entry);
            }
            ahead.extend([entry.left, entry.right].into_iter().filter(|other| *other != NO_ENTRY));
        }
        None
    }

    /// The bytes of a stream; nothing where there is none of this name.
    pub fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Damage> {
        let Some(entry) = self.find(name) else { return Ok(None) };
        let is_small = entry.size < self.small_below;
        let chain = if is_small { self.small_chain(entry.first) } else { self.chain(entry.first) };
        let mut bytes = chain.ok_or(Damage::Broken)?;
        if bytes.len() < entry.size {
            return Err(Damage::Broken);
        }
        bytes.truncate(entry.size);
        Ok(Some(bytes))
    }
}

impl Entry {
    fn read(bytes: &[u8]) -> Option<Entry> {
        // With the zero at its end.
        let length = usize::from(u16_at(bytes, 64)?).clamp(2, 64) - 2;
        let units = bytes.get(..length)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        Some(Entry {
            name: char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(),
            kind: *bytes.get(66)?,
            left: u32_at(bytes, 68)?,
            right: u32_at(bytes, 72)?,
            child: u32_at(bytes, 76)?,
            first: u32_at(bytes, 116)?,
            // The high half is rubbish in old files, and no stream here needs it.
            size: size_at(bytes, 120)?,
        })
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    const END: u32 = 0xFFFF_FFFE;

    /// A compound file with these streams, each in sectors of its own, however small.
    pub fn packed(streams: &[(&str, &[u8])]) -> Vec<u8> {
        // Sector 0 holds the directory, sector 1 the FAT.
        assert!(streams.len() <= 3, "the directory has one sector");
        let mut fat = vec![END, 0xFFFF_FFFD];
        let mut sectors = Vec::new();
        let mut directory = entry("Root Entry", ROOT, [NO_ENTRY, NO_ENTRY, 1], END, 0);
        for (place, (name, content)) in streams.iter().enumerate() {
            let right = if place + 1 < streams.len() { place as u32 + 2 } else { NO_ENTRY };
            let first = fat.len() as u32;
            directory.extend(entry(name, STREAM, [NO_ENTRY, right, NO_ENTRY], first, content.len()));
            let count = content.len().div_ceil(512).max(1);
            fat.extend((1..count).map(|sector| first + sector as u32));
            fat.push(END);
            sectors.extend_from_slice(content);
            sectors.resize((fat.len() - 2) * 512, 0);
        }
        assert!(fat.len() <= 128, "the FAT has one sector");
        fat.resize(128, u32::MAX);
        directory.resize(512, 0);
        let mut header = MAGIC.to_vec();
        header.resize(HEADER_BYTES, 0);
        let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
        put(30, &9u16.to_le_bytes());
        put(32, &6u16.to_le_bytes());
        // Nothing is small.
        put(56, &0u32.to_le_bytes());
        put(60, &END.to_le_bytes());
        put(68, &END.to_le_bytes());
        put(76, &1u32.to_le_bytes());
        for place in 1..LISTED_IN_HEADER {
            put(76 + place * 4, &u32::MAX.to_le_bytes());
        }
        let fat: Vec<u8> = fat.iter().flat_map(|next| next.to_le_bytes()).collect();
        [header, directory, fat, sectors].concat()
    }

    fn entry(name: &str, kind: u8, [left, right, child]: [u32; 3], first: u32, size: usize) -> Vec<u8> {
        let mut bytes: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = bytes.len() as u16 + 2;
        bytes.resize(64, 0);
        bytes.extend(length.to_le_bytes());
        bytes.extend([kind, 1]);
        bytes.extend([left, right, child].iter().flat_map(|number| number.to_le_bytes()));
        bytes.resize(116, 0);
        bytes.extend(first.to_le_bytes());
        bytes.extend((size as u64).to_le_bytes());
        bytes
    }

    #[test]
    fn streams_come_out_as_they_went_in() {
        let long = vec![7; 5_000];
        let bytes = packed(&[("Workbook", &long), ("Other", b"abc"), ("Empty", b"")]);
        let file = Compound::open(&bytes).unwrap();
        assert_eq!(file.stream("Workbook"), Ok(Some(long)));
        assert_eq!(file.stream("OTHER"), Ok(Some(b"abc".to_vec())));
        assert_eq!(file.stream("Empty"), Ok(Some(Vec::new())));
        assert_eq!((file.stream("Book"), file.has("Book")), (Ok(None), false));
    }

    #[test]
    fn what_goes_round_or_points_outside_is_broken() {
        let bytes = packed(&[("Workbook", &[7; 5_000])]);
        let fat = 2 * 512;
        let with = |sector: usize, next: u32| {
            let mut bytes = bytes.clone();
            bytes[fat + sector * 4..][..4].copy_from_slice(&next.to_le_bytes());
            Compound::open(&bytes).map(|file| file.stream("Workbook"))
        };
        // The stream begins at sector 2 and goes round; ends too early; leads outside.
        assert_eq!(with(4, 2).unwrap(), Err(Damage::Broken));
        assert_eq!(with(4, END).unwrap(), Err(Damage::Broken));
        assert_eq!(with(4, 9_999).unwrap(), Err(Damage::Broken));
        // The directory itself goes round.
        assert!(with(0, 0).is_err());
        // And so does the list of the FAT's own sectors.
        let mut round = bytes.clone();
        round[68..72].copy_from_slice(&1u32.to_le_bytes());
        assert!(Compound::open(&round).map(|file| file.stream("Workbook")).is_ok_and(|stream| stream.is_ok()));
    }

    #[test]
    fn whatever_is_spoilt_there_is_an_answer() {
        let bytes = packed(&[("Workbook", &[7; 600]), ("Other", b"abc")]);
        for at in 0..bytes.len() {
            for change in [0x01, 0x80, 0xFF] {
                let mut spoilt = bytes.clone();
                spoilt[at] ^= change;
                if let Ok(file) = Compound::open(&spoilt) {
                    let _ = file.stream("Workbook");
                    let _ = file.stream("Other");
                }
            }
        }
        for end in 0..bytes.len() {
            let _ = Compound::open(&bytes[..end]).map(|file| file.stream("Workbook"));
        }
    }
}
