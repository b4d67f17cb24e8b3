//! Archives: whatever they say of themselves, no more comes out than there is room for.

use perennial::ingest::unpack::zip::Archive;
use perennial::ingest::unpack::{Packing, unpack};

/// Bytes that are unpacked at most of one entry.
const MOST: usize = 1 << 16;

/// The whole input is one archive.
pub fn check(data: &[u8]) {
    if let Ok(archive) = Archive::open(data) {
        for entry in archive.entries().iter().take(64) {
            let read = archive.read(entry, MOST);
            assert!(read.is_ok_and(|bytes| bytes.len() <= MOST) || archive.read(entry, MOST).is_err());
        }
    }
    // An archive that says of itself to be large is: nothing is gained by unpacking it here.
    if Archive::open(data).is_ok_and(|archive| archive.entries().iter().all(|entry| archive.read(entry, MOST).is_ok()))
    {
        let _ = unpack(Packing::Zip, data);
    }
}
