//! Tests of the encodings: cases from real files, and properties against the standard library and `encoding_rs`.

use proptest::prelude::*;

use super::*;

fn decode<'a>(encoding: Encoding, slices: impl IntoIterator<Item = &'a [u8]>) -> (Vec<u8>, u64) {
    let mut decoder = Decoder::new(encoding);
    let mut out = Vec::new();
    for slice in slices {
        match decoder.as_it_stands(slice) {
            Some(text) => out.extend_from_slice(text),
            None => decoder.push(slice, &mut out),
        }
    }
    decoder.finish(&mut out);
    (out, decoder.malformed())
}

fn utf16(text: &str, to_bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

#[test]
fn detects_by_mark_then_by_evidence() {
    let detected = |bytes: &[u8]| (detect(bytes).encoding, detect(bytes).guessed);
    assert_eq!(detected(b"\xEF\xBB\xBFa,b"), (Encoding::Utf8, false));
    assert_eq!(detected(b"\xFF\xFEa\0"), (Encoding::Utf16Le, false));
    assert_eq!(detected(b"\xFE\xFF\0a"), (Encoding::Utf16Be, false));
    assert_eq!(detected(&utf16("id,£ amount\r\n1,2\r\n", u16::to_le_bytes)), (Encoding::Utf16Le, true));
    assert_eq!(detected(&utf16("id,amount\r\n1,2\r\n", u16::to_be_bytes)), (Encoding::Utf16Be, true));
    assert_eq!(detected(b"plain"), (Encoding::Utf8, false));
    assert_eq!(detected(b""), (Encoding::Utf8, false));
    assert_eq!(detected("Zoë".as_bytes()), (Encoding::Utf8, false));
    assert_eq!(detected(&"Zoë €".as_bytes()[..7]), (Encoding::Utf8, false), "cut at the end");
    assert_eq!(detected(b"Zo\xEB \xA316.50"), (Encoding::Windows1252, true));
    let damaged = [&"é".repeat(50).into_bytes()[..], b"\xFF,"].concat();
    assert_eq!(detected(&damaged), (Encoding::Utf8, true));
}

#[test]
fn every_byte_of_windows_1252_stands_for_what_the_standard_says() {
    let all: Vec<u8> = (0..=255).collect();
    let (expected, _, _) = encoding_rs::WINDOWS_1252.decode(&all);
    assert_eq!(decode(Encoding::Windows1252, [&all[..]]), (expected.into_owned().into_bytes(), 0));
}

proptest! {
    #[test]
    fn any_units_are_decoded_as_the_standard_says(units in proptest::collection::vec(any::<u16>(), 0..40)) {
        // Halves of pairs on their own among them; a mark at the start is another matter.
        let units: Vec<u16> = units.into_iter().skip_while(|unit| *unit == 0xFEFF).collect();
        let bytes: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let (expected, _) = encoding_rs::UTF_16LE.decode_without_bom_handling(&bytes);
        prop_assert_eq!(decode(Encoding::Utf16Le, bytes.chunks(3)).0, expected.into_owned().into_bytes());
    }
}

#[test]
fn names_read_back() {
    for encoding in Encoding::ALL {
        assert_eq!(Encoding::from_name(encoding.name()), Some(encoding));
    }
    assert_eq!(Encoding::from_name("WINDOWS-1252"), Some(Encoding::Windows1252));
    assert_eq!(Encoding::from_name("EBCDIC"), None);
}

#[test]
fn says_what_is_no_table() {
    assert_eq!(seems(b"PK\x03\x04\x14\0"), Some("zip"));
    assert_eq!(seems(b"\x1F\x8B\x08\0"), Some("gzip"));
    assert_eq!(seems(b"%PDF-1.7"), Some("pdf"));
    assert_eq!(seems(b"\x89PNG\r\n\x1A\n"), Some("image"));
    assert_eq!(seems(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), Some("xls"));
    assert_eq!(seems(b" [\n {\"order_id\": 1}]"), Some("json"));
    assert_eq!(seems(b"{\"a\": 1}"), Some("json"));
    assert_eq!(seems(b"[Order ID],[Date]\n"), None);
    assert_eq!(seems(b"\xEF\xBB\xBF\r\n <HTML xmlns:x=\"urn\"><table>"), Some("html"));
    assert_eq!(seems(b"<!DOCTYPE html>"), Some("html"));
    assert_eq!(seems(b"\xFF\xFE<\0t\0a\0b\0l\0e\0>\0"), Some("html"));
    assert_eq!(seems(b"<?xml version=\"1.0\"?><Workbook>"), Some("xml"));
    assert_eq!(seems(b"<none>,customer,date\n"), None);
    assert_eq!(seems(b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"), Some("binary"));
    assert_eq!(seems(b"order_id,customer_id\nD1006,C\x00002\nD1007,C\x00003\n"), None);
    assert_eq!(seems(&utf16("id,amount\r\n1,2\r\n", u16::to_le_bytes)), None);
    assert_eq!(seems(b""), None);
}

#[test]
fn swallows_the_mark_once_however_it_is_cut() {
    let bytes = b"\xEF\xBB\xBF\xEF\xBB\xBFa";
    assert_eq!(decode(Encoding::Utf8, bytes.chunks(1)).0, "\u{FEFF}a".as_bytes());
    let bytes = [&b"\xFF\xFE"[..], &utf16("aé", u16::to_le_bytes)].concat();
    assert_eq!(decode(Encoding::Utf16Le, bytes.chunks(1)), ("aé".into(), 0));
}

#[test]
fn windows_1252_has_a_letter_for_every_byte() {
    let (text, malformed) = decode(Encoding::Windows1252, [&b"Chlo\xE9 \x80 \x93x\x94 \x81"[..]]);
    assert_eq!((String::from_utf8(text).unwrap().as_str(), malformed), ("Chloé € “x” \u{81}", 0));
}

#[test]
fn counts_what_is_no_utf8() {
    assert_eq!(decode(Encoding::Utf8, [&b"Zo\xEB,\xF0\x9F\x98,x\xC3"[..]]).1, 3);
}

proptest! {
    #[test]
    fn any_slicing_gives_the_text_of_the_whole(
        bytes in prop::collection::vec(prop_oneof![Just(0x41u8), any::<u8>(), Just(0xE2), Just(0x82), Just(0xAC)], 0..80),
        cut in prop::collection::vec(1usize..7, 1..20),
    ) {
        for encoding in Encoding::ALL {
            let mut slices = Vec::new();
            let (mut rest, mut sizes) = (&bytes[..], cut.iter().cycle());
            while !rest.is_empty() {
                let (slice, tail) = rest.split_at((*sizes.next().unwrap()).min(rest.len()));
                slices.push(slice);
                rest = tail;
            }
            prop_assert_eq!(decode(encoding, slices), decode(encoding, [&bytes[..]]));
        }
    }

    #[test]
    fn utf8_equals_the_lossy_reading_of_the_standard_library(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let expected = String::from_utf8_lossy(&bytes);
        let expected = expected.strip_prefix('\u{FEFF}').unwrap_or(&expected);
        prop_assert_eq!(decode(Encoding::Utf8, [&bytes[..]]).0, expected.as_bytes());
    }

    #[test]
    fn utf16_comes_back(text in "\\PC{0,40}") {
        let text = text.trim_start_matches('\u{FEFF}');
        let bytes = utf16(text, u16::to_be_bytes);
        prop_assert_eq!(decode(Encoding::Utf16Be, bytes.chunks(3)), (text.as_bytes().to_vec(), 0));
    }
}
