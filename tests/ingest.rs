//! Whole files through the rooms `ingest` and `roles`: bytes to typed cells and columns with their parts.
//!
//! The project's own fixtures come first. Below, files that stand beside the checkout in `../shared`: a test that finds
//! none there says so.
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use perennial::ingest::blank::is_blank;
use perennial::ingest::dates::{self, Certainty, DateOrder};
use perennial::ingest::dialect::{self, Dialect};
use perennial::ingest::encoding::{self, Decoder, Detected, Encoding};
use perennial::ingest::numbers::{self, DecimalSign};
use perennial::ingest::profile::{ColumnProfile, column_names, profile};
use perennial::ingest::records::{Record, Splitter};
use perennial::math::{Day, Money};
use perennial::roles::guess::{Guess, guess, missing};
use perennial::roles::names::{is_known, is_totals_word};
use perennial::roles::{Confidence, Role};

/// A file as the rooms see it.
struct Table {
    detected: Detected,
    dialect: Dialect,
    names: Vec<String>,
    /// Line and cells.
    rows: Vec<(u64, Vec<String>)>,
    /// Lines of malformed records.
    malformed: Vec<u64>,
    profiles: Vec<ColumnProfile>,
    guesses: Vec<Guess>,
}

/// Reads a file in slices of so many bytes.
fn read(bytes: &[u8], slice: usize) -> Table {
    assert_eq!(encoding::seems(bytes), None);
    let head = &bytes[..bytes.len().min(1 << 16)];
    let detected = encoding::detect(head);
    let dialect = dialect::detect_with(&dialect::decode_head(head, detected.encoding), None, is_known);
    let (mut rows, mut malformed) = (Vec::<(u64, Vec<String>)>::new(), Vec::new());
    let mut on = |record: &Record<'_>| match record.malformed {
        true => malformed.push(record.line),
        false => {
            let cell = |cell: &[u8]| String::from_utf8(cell.to_vec()).expect("UTF-8");
            rows.push((record.line, record.iter().map(cell).collect()));
        }
    };
    let mut decoder = Decoder::new(detected.encoding);
    let mut splitter = Splitter::new(dialect.delimiter);
    let mut text = Vec::new();
    for part in bytes.chunks(slice) {
        text.clear();
        decoder.push(part, &mut text);
        splitter.push(&text, &mut on);
    }
    text.clear();
    decoder.finish(&mut text);
    splitter.push(&text, &mut on);
    splitter.finish(&mut on);
    assert_eq!(decoder.malformed(), 0);
    let names = match dialect.has_header {
        true => column_names(&rows.remove(0).1),
        false => column_names(&vec![String::new(); rows[0].1.len()]),
    };
    let cells: Vec<Vec<String>> = rows.iter().take(5_000).map(|(_, cells)| cells.clone()).collect();
    let profiles = profile(&names, &cells);
    let guesses = guess(&profiles);
    Table { detected, dialect, names, rows, malformed, profiles, guesses }
}

impl Table {
    fn roles(&self) -> Vec<Role> {
        self.guesses.iter().map(|guess| guess.role).collect()
    }

    fn column(&self, role: Role) -> usize {
        let found = self.guesses.iter().position(|guess| guess.role == role);
        found.unwrap_or_else(|| panic!("no {role:?} among {:?}", self.guesses))
    }

    fn decimal(&self) -> (DecimalSign, Certainty) {
        self.profiles[self.column(Role::Amount)].numbers.decide()
    }

    fn order(&self) -> (DateOrder, Certainty) {
        let decision = self.profiles[self.column(Role::Date)].dates.decide();
        (decision.order, decision.certainty)
    }

    /// What an intake would make of the rows: customers, sum, first and last day, and currencies of the amounts.
    fn sums(&self) -> Sums {
        let (customer, date, amount) =
            (self.column(Role::Customer), self.column(Role::Date), self.column(Role::Amount));
        let mut sums = Sums::default();
        let mut days = Vec::new();
        let mut customers = BTreeSet::new();
        for (_, cells) in &self.rows {
            let (Some(id), Some(day), Some(paid)) = (cells.get(customer), cells.get(date), cells.get(amount)) else {
                continue;
            };
            if cells.iter().any(|cell| is_totals_word(cell)) || is_blank(id.as_bytes()) {
                continue;
            }
            let Ok(moment) = dates::parse(day.as_bytes(), self.order().0) else { continue };
            let Ok(number) = numbers::parse(paid.as_bytes(), self.decimal().0) else { continue };
            customers.insert(id.clone());
            days.push(moment.day);
            sums.rows += 1;
            sums.total += Money(number.value);
            sums.currencies.extend(number.currency);
        }
        sums.customers = customers.len();
        sums.first = days.iter().min().map(Day::to_string).unwrap_or_default();
        sums.last = days.iter().max().map(Day::to_string).unwrap_or_default();
        sums
    }
}

#[derive(Debug, Default, PartialEq)]
struct Sums {
    rows: usize,
    customers: usize,
    total: Money,
    first: String,
    last: String,
    currencies: BTreeSet<&'static str>,
}

fn sums(rows: usize, customers: usize, total: &str, first: &str, last: &str, currency: Option<&'static str>) -> Sums {
    let (total, currencies) = (total.parse().unwrap(), currency.into_iter().collect());
    Sums { rows, customers, total, first: first.into(), last: last.into(), currencies }
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ingest").join(name)).unwrap()
}

#[test]
fn a_german_export_in_windows_1252() {
    let table = read(&fixture("german.csv"), 7);
    assert_eq!(table.detected, Detected { encoding: Encoding::Windows1252, guessed: true });
    assert_eq!(table.dialect, Dialect { delimiter: b';', has_header: true, first_line: 1 });
    assert_eq!(table.roles(), [Role::Order, Role::Customer, Role::Date, Role::Product, Role::Amount]);
    assert_eq!(table.decimal(), (DecimalSign::Comma, Certainty::Certain));
    assert_eq!(table.order(), (DateOrder::DayMonthYear, Certainty::Certain));
    assert_eq!(table.sums(), sums(8, 4, "2383.14", "2025-01-03", "2025-04-12", None));
    assert_eq!(table.rows[1].1[1], "Zoë Großmann");
    assert_eq!(table.rows[0].1[3], "Tee; lose, 100 g");
}

#[test]
fn a_spreadsheet_saved_as_unicode_text() {
    let table = read(&fixture("unicode-text.csv"), 3);
    assert_eq!(table.detected, Detected { encoding: Encoding::Utf16Le, guessed: false });
    assert_eq!(table.dialect.delimiter, b'\t');
    assert_eq!(table.names, ["order", "client", "date", "spent"]);
    assert_eq!(table.sums(), sums(4, 3, "1217.00", "2025-01-15", "2025-04-15", Some("GBP")));
}

#[test]
fn quotes_of_all_kinds_with_both_line_ends() {
    for name in ["quotes.csv", "quotes-cr.csv"] {
        for slice in [1, 5, 4096] {
            let table = read(&fixture(name), slice);
            assert_eq!(table.malformed, [6], "{name}");
            assert_eq!(table.rows.iter().map(|row| row.0).collect::<Vec<_>>(), [3, 5, 7, 9]);
            assert_eq!(table.rows[0].1[4].replace('\r', "\n"), "two\nlines");
            assert_eq!(table.rows[1].1[4], "say \"yes\", please");
            assert_eq!(table.rows[2].1[4], "24\" monitor");
            assert_eq!(table.sums(), sums(4, 3, "1120.00", "2025-01-05", "2025-01-09", None));
        }
    }
}

#[test]
fn a_file_without_header_whose_dates_have_to_be_asked_about() {
    let table = read(&fixture("no-header.csv"), 64);
    assert!(!table.dialect.has_header);
    assert_eq!(table.names, ["Column 1", "Column 2", "Column 3", "Column 4"]);
    assert_eq!(table.roles(), [Role::Order, Role::Customer, Role::Date, Role::Amount]);
    let decision = table.profiles[2].dates.decide();
    assert_eq!((decision.order, decision.certainty), (DateOrder::DayMonthYear, Certainty::Ask));
    assert_eq!(decision.example.as_deref(), Some("01/02/2025"));
}

/// A file beside the checkout; nothing, and a line that says so, where it is not there.
fn shared(path: &str) -> Option<Vec<u8>> {
    let place: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "shared", path].iter().collect();
    let bytes = std::fs::read(place).ok();
    if bytes.is_none() {
        // Not `eprintln!`, which the test harness keeps to itself while a test passes.
        let _ = writeln!(std::io::stderr(), "skipped: there is no ../shared/{path} beside the checkout");
    }
    bytes
}

#[test]
fn the_messy_files_give_their_right_reading() {
    let clean = || sums(14, 6, "1946.07", "2023-06-07", "2024-03-29", None);
    let cases = [
        ("01_utf16le_bom_excel_unicode_text.csv", clean()),
        ("02_utf8_bom.csv", clean()),
        ("03_windows1252_pound_eacute.csv", sums(14, 5, "1946.07", "2023-06-07", "2024-03-29", Some("GBP"))),
        ("04_semicolon_decimal_comma.csv", clean()),
        ("05_tab.tsv", clean()),
        ("06_quoted_newlines.csv", clean()),
        ("07_doubled_quotes.csv", clean()),
        // The row with the open quote, of 15.50, is missing.
        ("08_unbalanced_quote_middle.csv", sums(13, 6, "1930.57", "2023-06-07", "2024-03-29", None)),
        ("10_duplicate_headers.csv", clean()),
        ("11_missing_header.csv", clean()),
        ("12_blank_lines.csv", clean()),
        ("13_totals_row.csv", clean()),
        ("14_dollar_thousands_parentheses.csv", sums(14, 6, "1767.47", "2023-06-07", "2024-03-29", Some("USD"))),
        ("15_dates_dmy_unambiguous.csv", sums(14, 6, "1946.07", "2023-06-13", "2024-03-26", None)),
        ("16_dates_ambiguous_all_le_12.csv", sums(14, 6, "1946.07", "2023-06-01", "2024-03-06", None)),
        ("17_iso_timezones.csv", clean()),
        ("18_excel_serial_dates.csv", clean()),
        ("19_epoch_seconds.csv", clean()),
        ("20_two_digit_years.csv", clean()),
        ("23_very_long_field.csv", clean()),
        ("29_csv_injection_names.csv", clean()),
        ("30_html_script_products.csv", clean()),
        ("31_rtl_emoji_names.csv", sums(14, 5, "1946.07", "2023-06-07", "2024-03-29", None)),
        ("32_leading_zero_ids.csv", sums(14, 5, "1946.07", "2023-06-07", "2024-03-29", None)),
        ("33_scientific_notation_ids.csv", sums(14, 3, "1946.07", "2023-06-07", "2024-03-29", None)),
        ("34_mixed_currency_column.csv", clean()),
        ("39_nbsp_thousands.csv", clean()),
    ];
    for (name, expected) in cases {
        let Some(bytes) = shared(&format!("messy/{name}")) else { continue };
        for slice in [101, 1 << 20] {
            let table = read(&bytes, slice);
            assert_eq!(table.sums(), expected, "{name}");
            assert_eq!(missing(&table.roles()), [], "{name}");
        }
    }
}

#[test]
fn the_messy_files_are_asked_about_only_where_they_can_not_tell() {
    let read = |name: &str| shared(&format!("messy/{name}")).map(|bytes| read(&bytes, 1 << 20));
    if let Some(table) = read("16_dates_ambiguous_all_le_12.csv") {
        assert_eq!(table.order(), (DateOrder::DayMonthYear, Certainty::Ask));
    }
    for name in ["04_semicolon_decimal_comma.csv", "15_dates_dmy_unambiguous.csv", "20_two_digit_years.csv"] {
        if let Some(table) = read(name) {
            assert_eq!(table.order(), (DateOrder::DayMonthYear, Certainty::Certain), "{name}");
        }
    }
    if let Some(table) = read("10_duplicate_headers.csv") {
        assert_eq!(table.names[3..], ["amount", "amount (2)"]);
        assert_eq!(table.guesses[3].confidence, Confidence::Ask);
    }
    if let Some(table) = read("08_unbalanced_quote_middle.csv") {
        assert_eq!(table.malformed, [6]);
    }
    if let Some(table) = read("09_ragged_rows.csv") {
        let ragged = table.rows.iter().filter(|(_, cells)| cells.len() != 4);
        assert_eq!(ragged.map(|(line, _)| *line).collect::<Vec<_>>(), [4, 7, 10]);
    }
    if let Some(table) = read("21_refunds_negative_quantity.csv") {
        assert_eq!(table.roles(), [Role::Order, Role::Customer, Role::Date, Role::Quantity, Role::UnitPrice]);
    }
    if let Some(table) = read("22_null_customer_ids.csv") {
        assert_eq!(table.sums().rows, 7);
    }
    if let Some(table) = read("24_nul_bytes.csv") {
        assert_eq!((table.rows.len(), table.sums().total.to_string().as_str()), (14, "1946.07"));
    }
    if let Some(table) = read("26_header_only.csv") {
        assert!(table.dialect.has_header && table.rows.is_empty() && missing(&table.roles()).is_empty());
    }
    if let Some(table) = read("28_wide_20000_columns.csv") {
        assert_eq!((table.names.len(), table.rows.len()), (20_000, 2));
    }
    for (name, kind) in
        [("35_orders.csv.gz", "gzip"), ("36_xlsx_renamed.csv", "zip"), ("41_json_named_csv.csv", "json")]
    {
        if let Some(bytes) = shared(&format!("messy/{name}")) {
            assert_eq!(encoding::seems(&bytes), Some(kind), "{name}");
        }
    }
}

#[test]
fn the_columns_of_the_reference_sets_play_the_right_parts() {
    use Role::*;
    let cases: [(&str, &[Role]); 4] = [
        ("cdnow_sample_log.csv", &[Customer, Unused, Date, Unused, Amount]),
        ("online_retail_2010_2011_sample.csv", &[Product, Quantity, Date, UnitPrice, Customer, Country]),
        ("olist_orders_10k.csv", &[Order, Customer, Status, Date, Unused, Unused, Country, Unused, Amount, Unused]),
        ("apparel_transactions.csv", &[Customer, Date, Amount]),
    ];
    for (name, expected) in cases {
        let Some(bytes) = shared(&format!("oracle/data/{name}")) else { continue };
        let table = read(&bytes, 1 << 16);
        assert_eq!(table.roles(), expected, "{name}: {:#?}", table.guesses);
        assert!(table.malformed.is_empty(), "{name}");
        assert_eq!(table.order(), (DateOrder::YearMonthDay, Certainty::Certain));
        let needed = table.guesses.iter().filter(|guess| [Customer, Date, Amount].contains(&guess.role));
        assert!(needed.into_iter().all(|guess| guess.confidence == Confidence::Sure), "{name}: {:#?}", table.guesses);
    }
}
