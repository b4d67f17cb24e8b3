//! Tests of reading amounts.

use proptest::prelude::*;

use super::*;
use DecimalSign::{Comma, Point};

fn value(cell: &str, decimal: DecimalSign) -> Result<i64, NumberError> {
    parse(cell.as_bytes(), decimal).map(|number| number.value)
}

fn all(decimal: DecimalSign, cases: &[(&str, i64)]) {
    for (cell, expected) in cases {
        assert_eq!(value(cell, decimal), Ok(*expected), "{cell}");
    }
}

#[test]
fn reads_numbers_with_a_point() {
    all(
        Point,
        &[
            ("12.50", 125_000),
            ("0", 0),
            ("-0", 0),
            (".5", 5_000),
            ("12.", 120_000),
            (" 7 ", 70_000),
            ("+7", 70_000),
            ("-7.1", -71_000),
            ("7.1-", -71_000),
            ("\u{2212}7.1", -71_000),
            ("(45.00)", -450_000),
            ("1,234.50", 12_345_000),
            ("1,234,567", 12_345_670_000),
            ("12,34,567.8", 12_345_678_000),
            ("1 234.50", 12_345_000),
            ("1\u{a0}234", 12_340_000),
            ("1\u{202f}234\u{202f}567", 12_345_670_000),
            ("1'234.50", 12_345_000),
            ("1\u{2019}234.50", 12_345_000),
            ("1.5E+3", 15_000_000),
            ("1e3", 10_000_000),
            ("1.5e-2", 150),
            ("'12.50", 125_000),
            ("0012.50", 125_000),
            ("922337203685477.5807", i64::MAX),
        ],
    );
}

#[test]
fn reads_numbers_with_a_comma() {
    all(
        Comma,
        &[
            ("12,50", 125_000),
            ("1.234,50", 12_345_000),
            ("1 234,50", 12_345_000),
            ("1\u{202f}234,50 €", 12_345_000),
            ("1.234", 12_340_000),
            ("12,-", 120_000),
            ("-12,--", -120_000),
            ("-23,00", -230_000),
            ("1.234.567,891", 12_345_678_910),
        ],
    );
}

#[test]
fn finds_the_currency_on_either_side() {
    let cases = [
        ("€12.50", Some("EUR"), 125_000),
        ("12.50 €", Some("EUR"), 125_000),
        ("-£3.00", Some("GBP"), -30_000),
        ("£-3.00", Some("GBP"), -30_000),
        ("$(45.00)", Some("USD"), -450_000),
        ("($1,239.50)", Some("USD"), -12_395_000),
        ("USD 12.50", Some("USD"), 125_000),
        ("12.50usd", Some("USD"), 125_000),
        ("R$ 12.50", Some("BRL"), 125_000),
        ("R12.50", Some("ZAR"), 125_000),
        ("R 1 234.50", Some("ZAR"), 12_345_000),
        ("12.50 zł", Some("PLN"), 125_000),
        ("CHF 1'234.50", Some("CHF"), 12_345_000),
        ("Rs.500", Some("INR"), 5_000_000),
        ("Rs. 500", Some("INR"), 5_000_000),
        ("500 kr.", None, 5_000_000),
        ("kr 500", None, 5_000_000),
        ("US$5", Some("USD"), 50_000),
        ("¥500", Some("JPY"), 5_000_000),
        ("€\u{2212}5", Some("EUR"), -50_000),
        ("5\u{a0}€", Some("EUR"), 50_000),
        ("5€-", Some("EUR"), -50_000),
    ];
    for (cell, currency, expected) in cases {
        let number = Number { value: expected, rounded: false, currency };
        assert_eq!(parse(cell.as_bytes(), Point), Ok(number), "{cell}");
    }
}

#[test]
fn says_why_a_cell_is_no_number() {
    for cell in ["", "  ", "-", "N/A", "NULL", "\u{a0}"] {
        assert_eq!(value(cell, Point), Err(NumberError::Empty), "{cell}");
    }
    let wrong = [
        "12,5",
        "1,23",
        "1,2345",
        "1,234,5",
        "1 23",
        "1.234.567",
        "1,,234",
        ",234",
        "1, 234",
        "1'234 567",
        "abc",
        "12abc",
        "12%",
        "2023-01-05",
        "10:30",
        "5 6",
        "--5",
        "-(5)",
        "(5",
        "5)",
        "€5€",
        "€",
        ".",
        "1e",
        "e5",
        "1e1000",
        "0x10",
        "+-5",
        "1.5.2",
        "NaN5",
        "é",
        "\u{2212}",
        "1e5.5",
        "12.345,6",
        "R00001",
        "r1001",
        "R",
    ];
    for cell in wrong {
        assert_eq!(value(cell, Point), Err(NumberError::NotANumber), "{cell}");
    }
    for cell in ["922337203685477.5808", "1e15", "9999999999999999999999999999999999999999999", "1e99"] {
        assert_eq!(value(cell, Point), Err(NumberError::TooLarge), "{cell}");
    }
}

#[test]
fn rounds_half_away_from_zero_and_says_so() {
    let cases = [
        ("0.00005", 1, true),
        ("-0.00005", -1, true),
        ("0.00004999", 0, true),
        ("12.345600000", 123_456, false),
        ("0.123456789012345678901234567890123456789", 1_235, true),
        ("1.5E-9", 0, true),
        ("1e-99", 0, true),
    ];
    for (cell, value, rounded) in cases {
        assert_eq!(parse(cell.as_bytes(), Point), Ok(Number { value, rounded, currency: None }), "{cell}");
    }
}

/// Writes ten-thousandths with the signs given.
fn write(value: i64, decimal: char, group: &str, places: usize) -> String {
    let (whole, part) = (value.unsigned_abs() / 10_000, value.unsigned_abs() % 10_000);
    let digits = whole.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text += group;
        }
        text.push(digit);
    }
    if places > 0 {
        text.push(decimal);
        text += &format!("{part:04}")[..places];
    }
    text
}

proptest! {
    #[test]
    fn what_is_written_reads_back(
        value in any::<i64>().prop_map(|value| value.max(-i64::MAX)),
        comma in any::<bool>(),
        group in prop::sample::select(vec!["", "other", " ", "\u{a0}", "\u{202f}", "'", "\u{2019}"]),
        negative in prop::sample::select(vec!["-", "()", "\u{2212}", "behind"]),
        currency in prop::sample::select(vec![("", "", None), ("$", "", Some("USD")), ("", " €", Some("EUR"))]),
        places in 0usize..=4,
    ) {
        let decimal = if comma { Comma } else { Point };
        let step = 10i64.pow(4 - places as u32);
        let value = value / step * step;
        let group = if group == "other" { decimal.other().char().to_string() } else { group.to_string() };
        let digits = format!("{}{}{}", currency.0, write(value, decimal.char(), &group, places), currency.1);
        let cell = match (value < 0, negative) {
            (false, _) => digits,
            (true, "()") => format!("({digits})"),
            (true, "behind") => format!("{digits}-"),
            (true, minus) => format!("{minus}{digits}"),
        };
        let expected = Number { value, rounded: false, currency: currency.2 };
        prop_assert_eq!(parse(cell.as_bytes(), decimal), Ok(expected), "{}", cell);
    }

    #[test]
    fn no_cell_breaks_it(cell in prop::collection::vec(any::<u8>(), 0..30), text in "[-+(), .0-9eE€$'\u{a0}kr]{0,16}") {
        for decimal in [Point, Comma] {
            let _ = parse(&cell, decimal);
            if let Ok(number) = parse(text.as_bytes(), decimal) {
                prop_assert!(text.contains(|c: char| c.is_ascii_digit()), "{} is no {}", text, number.value);
            }
        }
    }

    /// The short way for plain cells and the long way agree.
    #[test]
    fn the_short_way_agrees_with_the_long_one(cell in "-?[0-9]{0,10}(\\.[0-9]{0,5})?") {
        let short = parse(cell.as_bytes(), Point);
        let long = parse(format!(" {cell}").as_bytes(), Point);
        prop_assert_eq!(short, long);
    }
}
