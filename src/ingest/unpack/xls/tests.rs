//! Workbooks written by hand, record by record.

use super::compound::tests::packed;
use super::records::tests::record;
use super::*;

const CONTINUE: u16 = 0x3C;

fn begin(kind: u16) -> Vec<u8> {
    record(BEGIN, &[&VERSION.to_le_bytes()[..], &kind.to_le_bytes(), &[0; 12]].concat())
}

fn text(text: &str) -> Vec<u8> {
    let mut bytes = (text.encode_utf16().count() as u16).to_le_bytes().to_vec();
    bytes.push(1);
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

/// A cell: its place, format, and what is behind these.
fn cell(kind: u16, row: u16, column: u16, format: u16, rest: &[u8]) -> Vec<u8> {
    record(kind, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &format.to_le_bytes(), rest].concat())
}

/// A stream of these global records and sheets, each sheet with its state (0: it can be seen).
fn stream(globals: &[Vec<u8>], sheets: &[(&str, u8, Vec<u8>)]) -> Vec<u8> {
    let front = [begin(GLOBALS), globals.concat()].concat();
    let listed: usize = sheets.iter().map(|(name, ..)| 4 + 8 + name.len()).sum();
    let mut at = front.len() + listed + 4;
    let (mut list, mut parts) = (Vec::new(), Vec::new());
    for (name, state, cells) in sheets {
        let tab = [&(at as u32).to_le_bytes()[..], &[*state, 0, name.len() as u8, 0], name.as_bytes()].concat();
        list.extend(record(BOUND_SHEET, &tab));
        let part = [begin(SHEET), cells.clone(), record(END, &[])].concat();
        at += part.len();
        parts.extend(part);
    }
    [front, list, record(END, &[]), parts].concat()
}

fn csv(stream: &[u8]) -> Result<Vec<(String, String)>, Damage> {
    let tables = sheets(&packed(&[(STREAM, stream)]))?;
    Ok(tables.into_iter().map(|table| (table.name, String::from_utf8(table.text).unwrap())).collect())
}

/// The formats of numbers: plain, `d.m.yy` as an own one, and the built-in date with time.
fn formats() -> Vec<u8> {
    let own = record(FORMAT, &[&200u16.to_le_bytes()[..], &text("d.m.yy")].concat());
    let cell_format = |number: u16| record(CELL_FORMAT, &[&[0, 0][..], &number.to_le_bytes(), &[0; 16]].concat());
    [own, cell_format(0), cell_format(200), cell_format(22)].concat()
}

#[test]
fn every_kind_of_cell_comes_out_as_it_is_seen() {
    let first: Vec<u8> = text("Customer, Ltd").into_iter().chain(text("Zo")).collect();
    // The second text is cut in its middle, and narrow from there on.
    let (head, wide) = first.split_at(first.len());
    let mut head = head.to_vec();
    let place = head.len() - 7;
    head[place..place + 2].copy_from_slice(&3u16.to_le_bytes());
    let texts = [&[0; 8][..], &head, wide].concat();
    let shared = [record(TEXTS, &texts), record(CONTINUE, &[0, 0xEB])].concat();
    let number = |value: f64| value.to_le_bytes().to_vec();
    let formula = |result: [u8; 8]| [&result[..], &[0; 8]].concat();
    let sheet = [
        cell(0xFD, 0, 0, 0, &0u32.to_le_bytes()),
        cell(0xFD, 0, 2, 0, &1u32.to_le_bytes()),
        // The rows come in any order.
        cell(0x203, 3, 2, 2, &number(45_000.75)),
        cell(0x203, 1, 1, 1, &number(45_000.0)),
        cell(0x27E, 1, 0, 0, &(12_34 << 2 | 3u32).to_le_bytes()),
        cell(0x205, 1, 2, 0, &[1, 0]),
        // An error, an empty cell and one beyond all columns hold nothing.
        cell(0x205, 2, 0, 0, &[42, 1]),
        cell(0x201, 2, 1, 0, &[]),
        cell(0x203, 2, 300, 0, &number(1.0)),
        record(
            0xBD,
            &[&[3, 0, 0, 0][..], &[0, 0], &6u32.to_le_bytes(), &[1, 0], &(45_001u32 << 2 | 2).to_le_bytes(), &[1, 0]]
                .concat(),
        ),
        cell(0x06, 4, 0, 0, &formula(7.5f64.to_le_bytes())),
        cell(0x06, 4, 1, 0, &formula([0, 0, 0, 0, 0, 0, 0xFF, 0xFF])),
        // What a shared formula is stands between it and its text.
        record(0x4BC, &[0; 10]),
        record(0x207, &text("so")),
        cell(0x06, 4, 2, 0, &formula([1, 0, 0, 0, 0, 0, 0xFF, 0xFF])),
        cell(0x06, 5, 0, 0, &formula([2, 0, 7, 0, 0, 0, 0xFF, 0xFF])),
        cell(0x204, 6, 0, 0, &text("plain")),
        // A chart has cells of its own.
        [begin(0x20), cell(0x203, 0, 0, 0, &number(9.0)), record(END, &[])].concat(),
        cell(0xD6, 6, 1, 0, &text("rich")),
    ];
    let tables = csv(&stream(&[formats(), shared], &[("One", 0, sheet.concat())])).unwrap();
    let expected =
        "\"Customer, Ltd\",,Zoë\n12.34,2023-03-15,TRUE\n1,2023-03-16,2023-03-15 18:00:00\n7.5,so,FALSE\nplain,rich,\n";
    assert_eq!(tables, [(String::new(), expected.to_owned())]);
}

#[test]
fn what_is_hidden_is_left_out_and_1904_is_counted_from_1904() {
    let one = |format| cell(0x203, 0, 0, format, &43_538f64.to_le_bytes());
    let row = |row: u16| record(0x208, &[&row.to_le_bytes()[..], &[0; 10], &0x20u16.to_le_bytes(), &[0; 2]].concat());
    let rows = [one(0), row(1), cell(0x204, 1, 0, 0, &text("hidden"))].concat();
    let date_mode = record(DATE_MODE, &1u16.to_le_bytes());
    let sheets = [("A", 0, one(1)), ("gone", 1, one(0)), ("very", 2, one(0)), ("empty", 0, Vec::new()), ("B", 0, rows)];
    let tables = csv(&stream(&[date_mode, formats()], &sheets)).unwrap();
    let expected = [("A", "2023-03-15\n"), ("B", "43538\n")].map(|(name, text)| (name.to_owned(), text.to_owned()));
    assert_eq!(tables, expected);
}

#[test]
fn what_is_locked_older_or_no_workbook_is_said_to_be() {
    let cells = cell(0x204, 0, 0, 0, &text("a"));
    assert_eq!(csv(&stream(&[record(FILE_PASS, &[0; 6])], &[("A", 0, cells.clone())])), Err(Damage::Locked));
    let mut older = stream(&[], &[("A", 0, cells.clone())]);
    older[4..6].copy_from_slice(&0x500u16.to_le_bytes());
    assert_eq!(csv(&older), Err(Damage::TooOld));
    assert_eq!(sheets(&packed(&[(OLDER_STREAM, &older)])), Err(Damage::TooOld));
    assert_eq!(sheets(&packed(&[("EncryptionInfo", b"x"), (LOCKED_STREAM, b"x")])), Err(Damage::Locked));
    assert_eq!(sheets(&packed(&[("WordDocument", b"x")])), Err(Damage::NoTable));
    assert_eq!(csv(b"PK"), Err(Damage::Broken));
    let whole = stream(&[], &[("A", 0, cells)]);
    assert_eq!(csv(&whole[..30]), Err(Damage::Broken), "it ends before its sheets");
}

#[test]
fn whatever_is_spoilt_there_is_an_answer() {
    let shared = record(TEXTS, &[&[0; 8][..], &text("Customer"), &text("Zoë")].concat());
    let sheet = [cell(0xFD, 0, 0, 0, &[0; 4]), cell(0x27E, 1, 0, 1, &[3, 9, 9, 9]), cell(0x06, 2, 0, 0, &[0xFF; 16])];
    let whole = stream(&[formats(), shared], &[("A", 0, sheet.concat())]);
    for at in 0..whole.len() {
        for change in [0x01, 0x80, 0xFF] {
            let mut spoilt = whole.clone();
            spoilt[at] ^= change;
            let _ = csv(&spoilt);
        }
    }
}

#[test]
fn a_text_that_is_pointed_to_without_end_is_too_large() {
    let shared = record(TEXTS, &[&[0; 8][..], &text(&"x".repeat(3_000))].concat());
    let cells: Vec<u8> = (0..2_000).flat_map(|row| cell(0xFD, row, 0, 0, &[0; 4])).collect();
    let stream = stream(&[shared], &[("A", 0, cells)]);
    let (globals, tabs) = globals(&stream).unwrap();
    assert_eq!(sheet::to_csv(&stream, tabs[0].at, &globals, 1 << 20), Err(Damage::TooLarge));
    assert_eq!(sheet::to_csv(&stream, tabs[0].at, &globals, 8 << 20).unwrap().len(), 2_000 * 3_001);
}
