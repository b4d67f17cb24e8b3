//! Compressed texts: as flate2 unpacks them, and the same however they are cut.

use std::io::Read;

use flate2::Crc;
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use perennial::ingest::unpack::Damage;
use perennial::ingest::unpack::gzip::{self, Gunzip};

use super::split_first;

/// Bytes that are unpacked at most.
const MOST: usize = 1 << 20;

fn unpacked(bytes: &[u8], size: usize) -> Result<Vec<u8>, Damage> {
    let mut gunzip = Gunzip::default();
    let mut text = Vec::new();
    for slice in bytes.chunks(size.max(1)) {
        text.extend(gunzip.push(slice)?);
        if text.len() > MOST {
            return Err(Damage::TooLarge);
        }
    }
    gunzip.finish()?;
    Ok(text)
}

/// All that a reader gives, where it is no more than can be taken.
fn read(reader: impl Read) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    reader.take(MOST as u64 + 1).read_to_end(&mut text).ok()?;
    (text.len() <= MOST).then_some(text)
}

/// The first byte says how long the slices are. The rest is tried as a compressed file, and as what stands in one between
/// its header and its checksum.
pub fn check(data: &[u8]) {
    let (first, bytes) = split_first(data);
    let mut files = vec![bytes.to_vec()];
    if let Some(text) = read(DeflateDecoder::new(bytes)) {
        let mut sum = Crc::new();
        sum.update(&text);
        let body = {
            let mut decoder = DeflateDecoder::new(bytes);
            let _ = std::io::copy(&mut decoder, &mut std::io::sink());
            &bytes[..decoder.total_in() as usize]
        };
        let header = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3];
        files.push([&header[..], body, &sum.sum().to_le_bytes(), &sum.amount().to_le_bytes()].concat());
    }
    for file in files {
        let whole = unpacked(&file, file.len());
        let cut = unpacked(&file, first + 1);
        assert!(cut == whole || cut == Err(Damage::TooLarge) || whole == Err(Damage::TooLarge));
        if let Some(expected) = read(MultiGzDecoder::new(&file[..])) {
            assert_eq!(whole, Ok(expected));
        }
        let _ = gzip::beginning(&file, true, MOST);
    }
}
