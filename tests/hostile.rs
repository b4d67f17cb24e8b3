//! Files made to break a reader, and what real exports put around a table: through the engine, bounded and said in words.
#![allow(clippy::disallowed_methods, reason = "tests run natively")]

use perennial::ingest::receipt::{Example, Reason};
use perennial::math::Money;
use perennial::protocol::{Export, Note, Problem, ReadOptions, Reply, Request};
use perennial::report::csv;
use perennial::roles::Role;
use perennial::words::format::Plain;
use perennial::words::problems;

#[path = "support/loaded.rs"]
mod loaded;
#[path = "support/packed.rs"]
mod packed;

use loaded::{JOB, Loaded, load, one};
use packed::zip;

const HEADER: &str = "order_id,customer_id,order_date,amount\n";

/// So many rows of 10.00 each, by customers 0 to 9.
fn rows(count: usize) -> String {
    (0..count).map(|n| format!("D{n},C{},2026-0{}-1{},10.00\n", n % 10, n % 9 + 1, n % 7)).collect()
}

fn problem(bytes: &[u8]) -> Problem {
    match load(&[("orders.csv", bytes)], 1 << 20).last {
        Reply::Failed { problem, .. } => problem,
        other => panic!("no problem but {other:?}"),
    }
}

/// What is said above a problem.
fn said(problem: &Problem) -> String {
    problems::trouble(problem, &Plain::new(None)).what
}

fn left_out(loaded: &Loaded, reason: Reason) -> (u64, Vec<u64>) {
    let left = loaded.review().files[0].left_out.iter().find(|left| left.reason == reason);
    left.map_or((0, Vec::new()), |left| (left.rows, left.examples.iter().map(|example| example.line).collect()))
}

#[test]
fn a_file_of_one_endless_line_is_refused_in_words() {
    let bytes = vec![b'x'; 64 << 20];
    let found = problem(&bytes);
    assert_eq!(found, Problem::LineTooLong { file: "orders.csv".into(), line: 1, most: 256 * 1024 });
    assert_eq!(said(&found), "The file has a line that doesn’t end.");
}

#[test]
fn an_endless_line_among_others_costs_one_row() {
    let mut bytes = format!("{HEADER}{}", rows(50)).into_bytes();
    bytes.extend(b"D50,C1,\"".iter().chain(b"2026,\"01 ".repeat(1 << 20).iter()));
    bytes.extend(format!("\n{}", rows(50).replace("D", "E")).into_bytes());
    let loaded = load(&[("orders.csv", &bytes)], 1 << 20);
    assert_eq!(loaded.review().rows_used, 100);
    assert_eq!(left_out(&loaded, Reason::Malformed), (1, vec![52]));
    let example = &loaded.review().files[0].left_out[0].examples[0];
    assert!(example.found.chars().count() <= 80);
}

#[test]
fn a_hundred_thousand_columns_are_refused_with_the_limit() {
    let header: Vec<String> = (0..100_000).map(|n| format!("column {n}")).collect();
    let found = problem(format!("{}\n{}\n", header.join(","), "1,".repeat(99_999)).as_bytes());
    // The header is longer than the head of the file: more columns than were counted.
    let Problem::TooManyColumns { columns, at_least: true, most: 2_000, .. } = found else { panic!("{found:?}") };
    assert!(columns > 15_000);
    assert_eq!(said(&found), "The table has more than 2,000 columns.");
    let one_row = format!("{HEADER}{}D,C1,2026-01-02,1.00{}\n", rows(20), ",x".repeat(100_000));
    let loaded = one(&one_row);
    assert_eq!(loaded.review().files[0].columns.len(), 4, "a row too long is no table of its own");
    assert!(matches!(loaded.review().files[0].notes[..], [Note::ExtraCells { rows: 1, .. }]));
}

#[test]
fn two_thousand_columns_are_read() {
    let header: Vec<String> = (4..2_000).map(|n| format!(",k{n}")).collect();
    let rows = rows(30).replace('\n', &format!("{}\n", ",1".repeat(1_996)));
    let loaded = one(&format!("{}{}\n{rows}", HEADER.trim_end(), header.concat()));
    assert_eq!((loaded.review().files[0].columns.len(), loaded.review().rows_used), (2_000, 30));
}

#[test]
fn quotes_upon_quotes_end() {
    let deep = "\"".repeat(300_001);
    let text = format!("{HEADER}{}D,{deep},2026-01-02,1.00\n{}", rows(10), rows(10).replace('D', "E"));
    let loaded = one(&text);
    assert_eq!(loaded.review().rows_used + left_out(&loaded, Reason::Malformed).0, 21);
    let text_quotes = "\"a\"x,".repeat(100_000);
    let loaded = one(&format!("{HEADER}{}{text_quotes}\n{}", rows(10), rows(10).replace('D', "E")));
    assert_eq!(loaded.review().rows_used, 20);
    // A header that is broken itself is no header.
    let loaded = one("\"order_id,customer_id\n1,2\n3,4\n");
    assert_eq!((loaded.review().files[0].reading.first_line, loaded.review().files[0].rows_read), (2, 2));
    let Problem::NothingUsable { left_out, .. } = problem(b"\n\"order_id,customer_id") else {
        panic!("no such problem")
    };
    assert_eq!((left_out[0].reason, left_out[0].examples[0].line), (Reason::Malformed, 2));
}

#[test]
fn a_quote_that_is_never_closed_is_told_with_its_line_and_costs_that_line() {
    // It would end in the inches of the 30th row behind it.
    let text = format!("{HEADER}{}D,\"C1,2026-01-02,1.00\n{}", rows(10), rows(30).replace('D', "E"));
    let closed = text.clone() + "F,C2\",2026-01-02,1.00\n" + &rows(10).replace('D', "G");
    for (text, used) in [(text, 40), (closed, 51)] {
        let mut loaded = one(&text);
        let file = &loaded.review().files[0];
        assert_eq!((loaded.review().rows_used, left_out(&loaded, Reason::Malformed)), (used, (1, vec![12])));
        let example = Example { line: 12, found: "D,\"C1,2026-01-02,1.00".into() };
        assert_eq!(file.notes, [Note::BrokenLines { rows: 1, example: example.clone() }]);
        let notes = &loaded.report().tables[0].notes;
        assert_eq!((notes[0].note.as_str(), notes[0].example.as_ref()), ("broken_lines", Some(&example)));
    }
}

#[test]
fn what_would_turn_the_text_around_it_is_not_shown() {
    let text = format!("{HEADER}{}D,C\u{202e}1,2026-01-02,1.00\nE,C2,2026-13-\u{202e}02,1.00\n", rows(5));
    let mut loaded = one(&text);
    let review = format!("{:?}", loaded.review());
    assert!(!review.contains("\\u{202e}") && !review.contains('\u{202e}'), "{review}");
    assert!(review.contains('\u{fffd}'));
    // The id itself stays as it is: C1 with a hidden sign is another customer than C1.
    assert_eq!(loaded.report().totals.customers, 6);
    loaded.ask(Request::Export { job: JOB, what: Export::LeftOut });
    let Reply::Export { text, .. } = &loaded.last else { panic!("no export") };
    assert!(text.contains('\u{202e}'), "a row left out is saved as it stands");
}

#[test]
fn names_of_files_tables_and_columns_are_shown_without_what_turns_or_hides() {
    let table = format!(
        "order\u{202e}_id,customer_id,order_date,amount,\u{2066}note\u{7}\n{}",
        rows(9).replace(".00\n", ".00,x\n")
    );
    let archive = zip(&[("/etc/passwd\u{202e}vsc.csv", table.as_bytes()), ("..\\..\\b\n.csv", table.as_bytes())]);
    let name = "orders\u{202e}\u{0}vsc.zip";
    let mut loaded = load(&[(name, &archive), ("plain\u{2067}.csv", table.as_bytes())], 1 << 20);
    let names: Vec<String> = loaded.review().files.iter().map(|file| file.name.clone()).collect();
    assert_eq!(
        names,
        [
            "orders\u{fffd}\u{fffd}vsc.zip › /etc/passwd\u{fffd}vsc.csv",
            "orders\u{fffd}\u{fffd}vsc.zip › ..\\..\\b .csv",
            "plain\u{fffd}.csv"
        ]
    );
    let columns: Vec<&str> = loaded.review().files[0].columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(columns, ["order\u{fffd}_id", "customer_id", "order_date", "amount", "\u{fffd}note\u{fffd}"]);
    let report = format!("{:?}", loaded.report());
    assert!(!report.contains("\\u{202e}") && !report.contains("\\u{2066}") && !report.contains("\\u{2067}"));
    // Refused, they are shown in the same way.
    for bytes in [&b""[..], b"%PDF-1.7", b"PK\x03\x04"] {
        let Reply::Failed { problem, .. } = load(&[(name, bytes)], 1 << 20).last else { panic!("it is no table") };
        let said = format!("{:?}", problems::trouble(&problem, &Plain::new(None)));
        assert!(said.contains("orders\u{fffd}\u{fffd}vsc.zip") && !said.contains("202e"), "{said}");
    }
}

#[test]
fn a_name_without_end_is_cut() {
    let long = "n".repeat(100_000);
    let text = format!("order_id,customer_id,order_date,amount,{long}\n{}", rows(9).replace(".00\n", ".00,x\n"));
    let loaded = load(&[(&long, text.as_bytes())], 1 << 20);
    let file = &loaded.review().files[0];
    assert_eq!((file.name.chars().count(), file.columns[4].name.chars().count()), (120, 120));
}

#[test]
fn a_formula_in_any_cell_is_text_in_every_export() {
    let text =
        format!("{HEADER}{}D,\"=HYPERLINK(\"\"http://x\"\")\",2026-01-02,1.00\n\"=1+1\",C1,@now,-5.00\n", rows(5));
    let mut loaded = one(&text);
    loaded.report();
    for what in [Export::LeftOut, Export::Customers { query: Default::default() }] {
        loaded.ask(Request::Export { job: JOB, what });
        let Reply::Export { text, .. } = &loaded.last else { panic!("no export") };
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut formulas = 0;
        for cell in reader.records().flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
            assert_eq!(csv::safe_cell(&cell), cell, "{text}");
            formulas += u32::from(cell.starts_with("'=") || cell.starts_with("'@"));
        }
        assert!(formulas > 0, "{text}");
    }
}

#[test]
fn lines_above_the_table_are_counted_and_their_place_is_said() {
    let table = format!("{HEADER}{}", rows(12));
    for (above, lines) in [
        ("Sales report\nPeriod: 1 Jan, 2026 to 30 Sep, 2026\n\n", vec![1, 2]),
        ("\u{feff}Sales report,,,\r\nPeriod,2026,,\r\n,,,\r\n", vec![1, 2]),
        ("Umsatzbericht\nZeitraum\n01.01.2026\n30.09.2026\n\n\n", vec![1, 2, 3, 4]),
    ] {
        for slice in [5, 1 << 20] {
            let text = format!("{above}{table}");
            let mut loaded = load(&[("orders.csv", text.as_bytes())], slice);
            assert!(loaded.review().certain, "{:?}", loaded.review());
            assert_eq!(left_out(&loaded, Reason::AboveTable), (lines.len() as u64, lines.clone()), "{above}");
            let reading = &loaded.review().files[0].reading;
            assert_eq!((reading.has_header, reading.first_line), (true, above.lines().count() as u64 + 1));
            let report = loaded.report();
            assert_eq!((report.tables[0].rows_read, report.tables[0].rows_used), (12 + lines.len() as u64, 12));
            assert_eq!(report.totals.revenue, Money::units(120));
        }
    }
}

#[test]
fn a_first_line_that_names_the_separator_is_no_row() {
    // Commas in every cell: only the first line tells that they are none.
    let text = format!("sep=;\r\n{}", format!("{HEADER}{}", rows(12)).replace(',', ";").replace(".00", ",00"));
    for slice in [3, 1 << 20] {
        let mut loaded = load(&[("orders.csv", text.as_bytes())], slice);
        assert!(loaded.review().certain);
        assert_eq!(loaded.review().files[0].rows_read, 12);
        assert_eq!(loaded.report().totals.revenue, Money::units(120));
    }
}

#[test]
fn dates_of_seven_languages_need_no_question() {
    let dates = [
        "03 Okt 2026",
        "3. März 2026",
        "3 août 2026",
        "3 de mayo de 2026",
        "3 dicembre 2026",
        "3 fevereiro 2026",
        "3 mei 2026",
    ];
    let rows: String = dates.iter().map(|date| format!("C1;{date};5,00\n")).collect();
    let mut loaded = one(&format!("Kunde;Datum;Betrag\n{rows}"));
    assert!(loaded.review().certain, "{:?}", loaded.review());
    assert_eq!(loaded.review().rows_used, 7);
    let period = loaded.report().period;
    assert_eq!(
        (period.start.unwrap().to_string(), period.end.unwrap().to_string()),
        ("2026-02-03".into(), "2026-12-03".into())
    );
}

#[test]
fn a_web_page_under_the_name_of_a_workbook_is_refused_in_words() {
    let found =
        problem(b"<html xmlns:o=\"urn:schemas\">\n<body><table><tr><td>order_id</td></tr></table></body></html>");
    assert_eq!(said(&found), "This is a web page, not a table that we can read.");
    let found = problem(b"<?xml version=\"1.0\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">");
    assert_eq!(said(&found), "This is an XML file, not a table that we can read.");
}

#[test]
fn rows_that_come_again_are_left_out_only_where_they_can_be_no_second_piece() {
    let twice = format!("{HEADER}{0}{0}", rows(12));
    let mut loaded = one(&twice);
    assert_eq!(left_out(&loaded, Reason::RepeatedRow).0, 12);
    assert_eq!(loaded.report().totals.revenue, Money::units(120));

    // Orders of several lines: the same thing twice in one order is no mistake.
    let pieces = "order,customer,date,amount,product\n1,a,2026-01-02,5.00,tea\n1,a,2026-01-02,5.00,tea\n1,a,2026-01-02,9.00,pot\n\
                  2,b,2026-01-03,5.00,tea\n";
    let mut loaded = one(pieces);
    let notes = &loaded.review().files[0].notes;
    assert!(
        matches!(&notes[..], [Note::RepeatedRows { rows: 1, orders: true, example }] if example.line == 3),
        "{notes:?}"
    );
    assert_eq!(loaded.report().totals.revenue, Money::units(24));

    // Without order numbers nobody can tell.
    let mut loaded = one("customer,date,amount\na,2026-01-02,5.00\na,2026-01-02,5.00\nb,2026-01-03,6.00\n");
    assert!(matches!(loaded.review().files[0].notes[..], [Note::RepeatedRows { rows: 1, orders: false, .. }]));
    assert_eq!(loaded.report().totals.revenue, Money::units(16));
}

#[test]
fn a_date_years_away_does_not_move_the_end_of_the_period() {
    let wrong = format!("{HEADER}{}D90,C1,2062-01-05,10.00\nD91,C2,1900-01-01,10.00\n", rows(20));
    let mut loaded = one(&wrong);
    assert_eq!(left_out(&loaded, Reason::OddDate), (2, vec![22, 23]));
    assert_eq!(loaded.report().period.end.unwrap().to_string(), "2026-09-13");
    loaded.ask(Request::Reread {
        job: JOB,
        options: vec![ReadOptions { count_odd_dates: true, ..ReadOptions::default() }],
    });
    assert_eq!(loaded.review().rows_used, 22);
    assert_eq!(loaded.report().period.end.unwrap().to_string(), "2062-01-05");
}

#[test]
fn many_placeholders_are_judged_before_they_fill_the_memory() {
    // More than are held back at once.
    let nulls = (0..150_000).map(|n| format!("N{n},C{},1970-01-01,1.00\n", n % 10)).collect::<String>();
    let loaded = one(&format!("{HEADER}{}{nulls}{}", rows(40), rows(40).replace('D', "E")));
    assert_eq!((left_out(&loaded, Reason::OddDate).0, loaded.review().rows_used), (150_000, 80));
}

#[test]
fn an_id_for_everybody_who_gave_none_is_said() {
    let text =
        format!("{HEADER}{}G1,GUEST,2026-01-02,1.00\nG2,GUEST,2026-01-03,1.00\nG3,Guest,2026-01-03,1.00\n", rows(9));
    let loaded = one(&text);
    let notes = &loaded.review().files[0].notes;
    assert!(matches!(&notes[..], [Note::SharedCustomer { rows: 2, example }] if example.found == "GUEST"), "{notes:?}");
    assert_eq!(loaded.review().customers, 11);
}

#[test]
fn damaged_order_numbers_are_said_too() {
    let text = "order_id,customer_id,order_date,amount\n4.5E+12,a,2026-01-02,5.00\n4.5E+12,b,2026-01-03,6.00\nX1,b,2026-01-04,6.00\n";
    let options = ReadOptions { roles: [(0, Role::Order)].into(), ..ReadOptions::default() };
    let mut loaded = one(text);
    loaded.ask(Request::Reread { job: JOB, options: vec![options] });
    let notes = &loaded.review().files[0].notes;
    assert!(matches!(&notes[..], [Note::DamagedIds { column, rows: 2, .. }] if column == "order_id"), "{notes:?}");
}
