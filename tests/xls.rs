//! Old workbooks (.xls) against calamine, another reader of them, and through the engine.
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]
#![cfg(not(target_arch = "wasm32"))]

use std::io::Cursor;

use calamine::{Data, Reader, Xls};
use perennial::ingest::unpack::xls;

#[path = "support/loaded.rs"]
mod loaded;

use loaded::load;

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A cell as calamine reads it, in the way that ours writes it.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::DateTime(date) => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
            }
        }
        other => panic!("the fixture has no {other:?}"),
    }
}

#[test]
fn every_cell_is_as_another_reader_reads_it() {
    let bytes = fixture("orders.xls");
    let ours = xls::sheets(&bytes).unwrap();
    let mut theirs = Xls::new(Cursor::new(&bytes)).unwrap();
    assert_eq!(ours.iter().map(|table| table.name.as_str()).collect::<Vec<_>>(), ["Orders", "Notes", "Long"]);
    let mut cells = 0;
    for table in &ours {
        let expected = theirs.worksheet_range(&table.name).unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&table.text[..]);
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!((rows.len(), rows[0].len()), (expected.height(), expected.width()), "{}", table.name);
        for (row, expected) in rows.iter().zip(expected.rows()) {
            assert_eq!(row.iter().collect::<Vec<_>>(), expected.iter().map(text).collect::<Vec<_>>(), "{}", table.name);
            cells += row.len();
        }
    }
    assert!(cells > 1_500, "{cells}");
}

#[test]
fn an_old_workbook_gives_the_same_report_as_the_new_one() {
    let figures = |name: &str| {
        let mut loaded = load(&[(name, &fixture(name))], 1_000);
        assert!(loaded.review().files[0].is_orders, "{name}");
        let report = loaded.report();
        (report.totals.clone(), report.period, report.dimensions.clone(), report.tables[0].rows_used)
    };
    assert_eq!(figures("orders.xls"), figures("orders.xlsx"));
}
