//! Tables that come packed are read as they would be unpacked.
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]

#[path = "support/loaded.rs"]
mod loaded;
#[path = "support/packed.rs"]
mod packed;

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use loaded::{JOB, load};
use packed::zip;
use perennial::ingest::unpack::Damage;
use perennial::protocol::{Problem, ReadOptions, Reply, Request};
use perennial::report::Report;
use perennial::roles::Role;

const CDNOW: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/cdnow_sample_log.csv");

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// What is the same of a table however it was packed.
fn figures(report: &Report) -> (u64, String, u64, String) {
    let totals = &report.totals;
    let end = report.period.end.map(|end| end.to_string()).unwrap_or_default();
    (totals.customers, totals.revenue.to_string(), totals.purchases, end)
}

#[test]
fn a_compressed_file_is_read_as_it_passes_and_again_where_it_has_to_be() {
    // The end of the file decides the order of dates, so it is read twice.
    let mut text = "customer,date,amount\n".to_owned();
    for row in 0..40_000 {
        text += &format!("c{},0{}/0{}/2024,{}.50\n", row % 500, row % 9 + 1, row % 7 + 1, row % 97);
    }
    text += "c1,25/01/2024,12.50\n";
    let plain = figures(&load(&[("a.csv", text.as_bytes())], 1 << 20).report());
    let packed = gzip(text.as_bytes());
    for slice in [1_000, 1 << 20] {
        let mut loaded = load(&[("a.csv.gz", &packed)], slice);
        assert!(loaded.review().certain);
        assert_eq!(figures(&loaded.report()), plain);
    }
}

#[test]
fn an_archive_of_months_is_one_analysis_and_each_can_be_told_how_it_is_read() {
    let january = b"customer,date,amount\na,2024-01-02,10\nb,2024-01-03,20\n";
    let february = gzip(b"x;y;z\na;2024-02-02;30\n");
    let march = br#"[{"customer": "c", "date": "2024-03-05", "amount": 5}]"#;
    let archive = zip(&[
        ("jan.csv", january),
        ("__MACOSX/._jan.csv", b"rubbish"),
        ("more/feb.csv.gz", &february),
        ("mar.json", march),
        ("logo.png", b"\x89PNG\r\n\x1a\n"),
    ]);
    let mut loaded = load(&[("year.zip", &archive), ("b.csv", b"customer,date,amount\nd,2024-04-01,1\n")], 64);
    let names: Vec<&str> = loaded.review().files.iter().map(|file| &*file.name).collect();
    assert_eq!(names, ["year.zip › jan.csv", "year.zip › more/feb.csv.gz", "year.zip › mar.json", "b.csv"]);
    let roles = [(0, Role::Customer), (1, Role::Date), (2, Role::Amount)].into();
    let mut options = vec![ReadOptions::default(); 4];
    options[1].roles = roles;
    loaded.ask(Request::Reread { job: JOB, options });
    let report = loaded.report();
    assert_eq!(figures(&report), (4, "66.00".to_owned(), 5, "2024-04-01".to_owned()));
    assert_eq!(report.tables.iter().map(|table| table.rows_used).collect::<Vec<_>>(), [2, 1, 1, 1]);
}

#[test]
fn empty_files_in_an_archive_are_no_tables() {
    let archive = zip(&[("a.csv", b""), ("b.csv", b"customer,date,amount\na,2024-01-02,5.00\n"), ("c.txt", b"")]);
    let loaded = load(&[("all.zip", &archive)], 4096);
    let names: Vec<&str> = loaded.review().files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["all.zip › b.csv"]);
}

#[test]
fn a_large_table_in_an_archive_is_read_in_slices() {
    let cdnow = std::fs::read(Path::new(CDNOW)).unwrap();
    let plain = figures(&load(&[("cdnow.csv", &cdnow)], 1 << 20).report());
    assert_eq!(figures(&load(&[("cdnow.zip", &zip(&[("cdnow.csv", &cdnow)]))], 5_000).report()), plain);
}

#[test]
fn a_workbook_is_read_sheet_by_sheet() {
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/orders.xlsx")).unwrap();
    let mut loaded = load(&[("orders.xlsx", &bytes)], 1_000);
    let names: Vec<(&str, bool)> = loaded.review().files.iter().map(|file| (&*file.name, file.is_orders)).collect();
    assert_eq!(names, [("orders.xlsx › Orders", true), ("orders.xlsx › Notes", false)], "the hidden sheet is left out");
    let report = loaded.report();
    assert_eq!((report.totals.customers, report.totals.revenue.to_string().as_str()), (32, "9652.32"));
    assert_eq!(report.dimensions[0].values.len(), 3);
}

#[test]
fn json_lines_with_names_of_their_own_and_objects_in_them_are_one_table() {
    let lines = r#"
        {"id": 1, "customer": {"email": "ann@x.de", "address": {"country": "DE"}}, "date": "2026-01-02", "total": 12.50}
        {"date": "2026-01-05", "id": 2, "total": "7.50", "note": "gift", "items": [{"sku": "A"}, {"sku": "B"}], "customer": {"email": "bob@x.de"}}
        {"id": 3, "total": 30, "customer": {"email": "ann@x.de", "tags": null}, "date": "2026-02-05T10:00:00Z"}
    "#;
    let one_line =
        |text: &str| text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(",");
    let array = format!("[{}]", one_line(lines));
    let wrapped = format!("{{\"count\": 3, \"orders\": {array}}}");
    for text in [lines, &array, &wrapped] {
        let mut loaded = load(&[("orders.jsonl", text.as_bytes())], 100);
        let names: Vec<&str> = loaded.review().files[0].columns.iter().map(|column| column.name.as_str()).collect();
        let expected =
            ["id", "customer.email", "customer.address.country", "date", "total", "note", "items", "customer.tags"];
        assert_eq!(names[..6], expected[..6]);
        assert!(names.len() == 8 && expected.iter().all(|name| names.contains(name)), "{names:?}");
        // A list in a cell stays as it is written.
        let items = loaded.review().files[0].columns.iter().find(|column| column.name == "items").unwrap();
        assert_eq!(items.samples, [r#"[{"sku": "A"}, {"sku": "B"}]"#]);
        assert_eq!(figures(&loaded.report()), (2, "50.00".to_owned(), 3, "2026-02-05".to_owned()));
    }
}

#[test]
fn what_can_not_be_unpacked_is_said_to_be() {
    let damage = |bytes: &[u8]| match load(&[("f", bytes)], 4096).last {
        Reply::Failed { problem: Problem::Packed { damage, .. }, .. } => damage,
        other => panic!("no damage but {other:?}"),
    };
    let rows: String = (0..9_000).map(|row| format!("c{},2024-01-02,{row}\n", row % 70)).collect();
    let whole = gzip(format!("customer,date,amount\n{rows}").as_bytes());
    assert_eq!(damage(&whole[..whole.len() - 20]), Damage::Broken);
    assert_eq!(damage(b"\x1F\x8B\x08\0\0\0\0\0\0\x03\x01\x02\x03\x04"), Damage::Broken);
    assert_eq!(damage(b"PK\x03\x04rest of a workbook"), Damage::Broken);
    assert_eq!(damage(&zip(&[("logo.png", b"\x89PNG\r\n\x1a\n")])), Damage::NoTable);
    assert_eq!(damage(b"[{\"customer\": 1}, {\"customer\""), Damage::Broken);
}

#[test]
fn the_shared_packed_files_give_their_right_reading() {
    let messy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/messy");
    if !messy.is_dir() {
        eprintln!("../shared is not here: its packed files are not read");
        return;
    }
    for name in ["35_orders.csv.gz", "36_xlsx_renamed.csv", "41_json_named_csv.csv"] {
        let bytes = std::fs::read(messy.join(name)).unwrap();
        let report = load(&[(name, &bytes)], 100).report();
        assert_eq!(figures(&report), (6, "1946.07".to_owned(), 14, "2024-03-29".to_owned()), "{name}");
        assert_eq!(report.period.start.unwrap().to_string(), "2023-06-07", "{name}");
    }
}
