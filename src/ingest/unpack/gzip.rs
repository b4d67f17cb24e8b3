//! Texts compressed by gzip (RFC 1952), several members included.

use std::io::Write;

use flate2::write::MultiGzDecoder;

use super::Damage;

/// Compressed bytes taken at a time: what comes out of them, at most a thousandfold, must fit into memory.
pub const SLICE_BYTES: usize = 64 * 1024;

/// A text on its way out of its compression.
pub struct Gunzip {
    inner: MultiGzDecoder<Vec<u8>>,
}

impl Default for Gunzip {
    fn default() -> Gunzip {
        Gunzip { inner: MultiGzDecoder::new(Vec::new()) }
    }
}

impl Gunzip {
    /// Takes compressed bytes; gives the text that they complete.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<u8>, Damage> {
        self.inner.write_all(bytes).map_err(|_| Damage::Broken)?;
        Ok(std::mem::take(self.inner.get_mut()))
    }

    /// The rest of the text; damage where the file ended too early.
    pub fn finish(mut self) -> Result<Vec<u8>, Damage> {
        self.inner.try_finish().map_err(|_| Damage::Broken)?;
        Ok(std::mem::take(self.inner.get_mut()))
    }
}

/// The beginning of the text that compressed bytes hold, whether they are whole or not.
pub fn beginning(bytes: &[u8], most: usize) -> Result<Vec<u8>, Damage> {
    let mut gunzip = Gunzip::default();
    let mut text = Vec::new();
    for slice in bytes.chunks(SLICE_BYTES / 16) {
        text.extend(gunzip.push(slice)?);
        if text.len() > most {
            break;
        }
    }
    if text.len() <= most {
        // A last block that is not whole yet gives what it has.
        text.extend(gunzip.finish().unwrap_or_default());
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
    text.extend(gunzip.finish()?);
    Ok(text)
}

#[cfg(test)]
mod tests {
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
            out.extend(gunzip.finish().unwrap());
            assert_eq!(out, format!("{text}b,2024-01-02\n").as_bytes());
        }
        assert_eq!(whole(&bytes, usize::MAX).unwrap().len(), text.len() + 13);
    }

    #[test]
    fn a_beginning_is_had_of_part_of_the_bytes() {
        let text: String = (0..40_000).map(|n| format!("{},{}\n", n, n * 7919 % 10_007)).collect();
        let bytes = packed(text.as_bytes());
        let part = beginning(&bytes[..bytes.len() / 2], 50_000).unwrap();
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
    fn a_bomb_is_stopped() {
        let bytes = packed(&vec![b'x'; 8 << 20]);
        assert!(bytes.len() < 20_000);
        assert_eq!(whole(&bytes, 1 << 20), Err(Damage::TooLarge));
        assert!(beginning(&bytes, 1 << 16).unwrap().len() < 8 << 20);
    }
}
