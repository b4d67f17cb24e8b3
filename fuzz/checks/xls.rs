//! Workbooks of an old Excel: any file, and any stream in a file that is sound.

use perennial::ingest::unpack::xls;

const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = u32::MAX;

/// The input is tried as a file, and as the stream of a workbook.
pub fn check(data: &[u8]) {
    for file in [data.to_vec(), compound(data)] {
        let Ok(tables) = xls::sheets(&file) else { continue };
        for table in tables {
            super::assert_is_table(&table.text);
        }
    }
}

/// A compound file (MS-CFB) with one stream, `Workbook`: a header, a sector of directory, sectors of the table of sectors,
/// and the stream.
fn compound(stream: &[u8]) -> Vec<u8> {
    let sectors = stream.len().div_ceil(512).max(1);
    let tables = (sectors + 1).div_ceil(127).max(1);
    let first = 1 + tables;
    let mut fat = vec![END];
    fat.resize(first, 0xFFFF_FFFD);
    fat.extend((first + 1..first + sectors).map(|next| next as u32));
    fat.push(END);
    fat.resize(tables * 128, FREE);
    let mut file = vec![0; 512];
    let mut put = |at: usize, bytes: &[u8]| file[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    put(30, &[9, 0, 6, 0]);
    put(60, &END.to_le_bytes());
    put(68, &END.to_le_bytes());
    for place in 0..109 {
        let sector = if place < tables { place as u32 + 1 } else { FREE };
        put(76 + place * 4, &sector.to_le_bytes());
    }
    file.extend(entry("Root Entry", 5, 1, END, 0));
    file.extend(entry("Workbook", 2, FREE, first as u32, stream.len()));
    file.resize(1024, 0);
    file.extend(fat.iter().flat_map(|next| next.to_le_bytes()));
    file.extend(stream);
    file
}

/// An entry of the directory.
fn entry(name: &str, kind: u8, child: u32, first: u32, bytes: usize) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = entry.len() as u16 + 2;
    entry.resize(64, 0);
    entry.extend(length.to_le_bytes());
    entry.extend([kind, 1]);
    entry.extend([FREE, FREE, child].iter().flat_map(|number| number.to_le_bytes()));
    entry.resize(116, 0);
    entry.extend(first.to_le_bytes());
    entry.extend((bytes as u64).to_le_bytes());
    entry
}
