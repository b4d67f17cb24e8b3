//! Texts: valid UTF-8 whatever comes in, the same however it is cut, and what the Encoding Standard says.

use perennial::ingest::encoding::{self, Decoder, Encoding};

use super::split_first;

fn decode(encoding: Encoding, bytes: &[u8], size: usize) -> (Vec<u8>, u64) {
    let mut decoder = Decoder::new(encoding);
    let mut text = Vec::new();
    for slice in bytes.chunks(size.max(1)) {
        decoder.push(slice, &mut text);
    }
    decoder.finish(&mut text);
    decoder.is_another();
    (text, decoder.malformed())
}

/// The first byte chooses the encoding and how long the slices are.
pub fn check(data: &[u8]) {
    let (first, bytes) = split_first(data);
    encoding::detect(bytes);
    encoding::seems(bytes);
    let encoding = Encoding::ALL[first % 4];
    let (theirs, mark): (_, &[u8]) = match encoding {
        Encoding::Utf8 => (encoding_rs::UTF_8, b"\xEF\xBB\xBF"),
        Encoding::Utf16Le => (encoding_rs::UTF_16LE, b"\xFF\xFE"),
        Encoding::Utf16Be => (encoding_rs::UTF_16BE, b"\xFE\xFF"),
        Encoding::Windows1252 => (encoding_rs::WINDOWS_1252, b""),
    };
    let whole = decode(encoding, bytes, bytes.len());
    assert_eq!(decode(encoding, bytes, first / 4 + 1), whole, "cut into slices of {}", first / 4 + 1);
    let bare = bytes.strip_prefix(mark).unwrap_or(bytes);
    let (expected, _) = theirs.decode_without_bom_handling(bare);
    assert_eq!(String::from_utf8(whole.0).unwrap(), expected);
}
