//! The words of the receipt: every decision is told, and so is every way of saying it otherwise.

use crate::ingest::decision::{COUNTED, DecidedBy, Decision, LEFT_OUT, Matter, NOT_SAID, Seen};
use crate::ingest::receipt::{OwnTotal, Reason, TotalOf};
use crate::math::Money;
use crate::report::receipt::{Off, Sum};

use super::fixture;
use super::format::Plain;
use super::receipt::{self, Decided};

fn f() -> Plain {
    Plain::new(Some("EUR"))
}

fn decision(about: Matter, value: &str, by: DecidedBy, rows: Option<u64>, instead: &[&str]) -> Decision {
    Decision {
        about,
        value: value.to_string(),
        by,
        rows,
        example: Some(Seen { line: Some(1_288), found: "here".to_string() }),
        instead: instead.iter().map(|value| value.to_string()).collect(),
    }
}

fn told(about: Matter, value: &str, by: DecidedBy, rows: Option<u64>, instead: &[&str]) -> Decided {
    receipt::decided(&decision(about, value, by, rows, instead), &f())
}

#[test]
fn decisions_of_the_made_up_shop_are_told() {
    let table = &fixture::report().tables[0];
    let told: Vec<Decided> = table.decisions.iter().map(|decision| receipt::decided(decision, &f())).collect();
    let what: Vec<(&str, &str)> = told.iter().map(|told| (&*told.what, &*told.why)).collect();
    assert_eq!(
        what,
        [
            ("In dates, the day comes first.", "A guess: every date can be read in both ways. Such as “03/04/2024”."),
            ("36 rows marked as cancelled are left out.", "The first is in line 5: “cancelled”."),
            ("2 amounts are rounded to four places.", "The first is in line 77: “12.345678”."),
        ]
    );
    assert_eq!(told[0].instead, [("month-day-year".to_string(), "Read the month first".to_string())]);
    assert_eq!(told[1].instead, [(COUNTED.to_string(), "Count them".to_string())]);
    assert!(told[2].instead.is_empty() && told[2].fixed.starts_with("Amounts are kept to"));
}

#[test]
fn every_decision_has_words_and_a_way_out_or_a_reason_why_there_is_none() {
    use DecidedBy::{Export, File, Guess, Person, Rule};
    let values: [(Matter, &[&str]); 18] = [
        (Matter::Use, &["set_aside"]),
        (Matter::Layout, &["Shopify", "none"]),
        (Matter::Encoding, &["UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252"]),
        (Matter::Delimiter, &[",", ";", "\t", "|", "~"]),
        (Matter::Header, &["names", "data"]),
        (Matter::Decimal, &[".", ","]),
        (Matter::DateOrder, &["year-month-day", "day-month-year", "month-day-year", "excel-serial", "epoch-seconds"]),
        (Matter::Currency, &["EUR"]),
        (Matter::Orders, &["order_number", "time"]),
        (Matter::Cancelled, &[LEFT_OUT, COUNTED]),
        (Matter::Repeated, &[LEFT_OUT, COUNTED]),
        (Matter::OddDates, &[LEFT_OUT, COUNTED]),
        (Matter::TestOrder, &[LEFT_OUT, COUNTED]),
        (Matter::NotPaid, &[LEFT_OUT, COUNTED]),
        (Matter::NotASale, &[LEFT_OUT, COUNTED]),
        (Matter::GiftCard, &[LEFT_OUT, COUNTED]),
        (Matter::Rounded, &["rounded"]),
        (Matter::NulCharacters, &["taken_out"]),
    ];
    let mut said = Vec::new();
    for (about, values) in values {
        for (value, by) in values.iter().flat_map(|value| [File, Guess, Export, Rule, Person].map(|by| (*value, by))) {
            for rows in [None, Some(1), Some(12)] {
                let others: Vec<&str> =
                    values.iter().copied().filter(|other| *other != value).chain([NOT_SAID]).collect();
                let told = told(about, value, by, rows, &others);
                let words = format!("{} {}", told.what, told.why);
                assert!(words.ends_with('.') && !words.contains("..") && !words.contains("  "), "{words}");
                assert!(told.instead.iter().all(|(_, words)| !words.is_empty()), "{told:?}");
                said.push(told.what);
            }
        }
    }
    for what in ["1 row marked as a test is left out.", "12 rows with a date years away from all others count."] {
        assert!(said.iter().any(|said| said == what), "{what}");
    }
    for about in [Matter::Decimal, Matter::DateOrder, Matter::Currency, Matter::Orders, Matter::Rounded] {
        assert!(!told(about, "time", DecidedBy::Rule, None, &[]).fixed.is_empty(), "{about:?}");
    }
}

#[test]
fn totals_of_the_file_are_held_against_its_rows() {
    let total = |line, amount: Option<i64>, of, sum| OwnTotal {
        line,
        amount: amount.map(Money::units),
        of,
        rows_add_up_to: Money::units(sum),
    };
    let say = |totals: &[OwnTotal]| receipt::own_totals(totals, &f());
    assert_eq!(
        say(&[total(14, Some(11), TotalOf::Above, 11)]),
        ["Line 14 is a total of the file itself: €11.00. All rows above it add up to the same."]
    );
    assert_eq!(
        say(&[total(14, Some(12), TotalOf::Used, 11), total(15, Some(10), TotalOf::All, 11)]),
        [
            "Line 14 is a total of the file itself: €12.00. The rows used add up to €11.00: the file says €1.00 more.",
            "Line 15 is a total of the file itself: €10.00. All rows of the file add up to €11.00: the file says €1.00 less.",
        ]
    );
    assert_eq!(
        say(&[total(14, None, TotalOf::Above, 11)]),
        ["Line 14 is a total of the file itself, without an amount that can be read."]
    );
    let months: Vec<OwnTotal> = (1..13).map(|line| total(line, Some(5), TotalOf::SinceLast, 5)).collect();
    assert_eq!(say(&months), ["12 totals of the file itself agree with its rows."]);
    let wrong: Vec<OwnTotal> = (1..13).map(|line| total(line, Some(5), TotalOf::SinceLast, 6)).collect();
    assert_eq!(say(&wrong).len(), 5);
    assert_eq!(say(&wrong)[4], "8 more of its totals don’t agree with its rows.");
}

#[test]
fn what_changed_is_told_with_the_figures_before() {
    let sum = |rows, units| Sum { rows, amount: Money::units(units) };
    assert_eq!(
        receipt::changed(sum(8_495, 100), sum(8_517, 250), &f()),
        "Rows used: 8,495 before, 8,517 now. Revenue: €100.00 before, €250.00 now."
    );
    assert_eq!(
        receipt::changed(sum(8_495, 100), sum(8_495, 100), &f()),
        "Rows used: 8,495, as before. Revenue: €100.00, as before."
    );
}

#[test]
fn what_is_not_shown_or_missing_is_said() {
    assert_eq!(receipt::rows_shown(20, 30, &f()), "The first 20 of 30. The download holds the others.");
    assert_eq!(receipt::rows_shown(3, 3, &f()), "");
    assert!(receipt::rows_shown(0, 3, &f()).contains("download"));
    assert_eq!(receipt::rows_kept(3, 3, &f()), None);
    assert!(receipt::rows_kept(3, 4, &f()).unwrap().starts_with("The download holds 3 of the 4 rows left out"));
    assert_eq!(receipt::rows_of(Reason::NoCustomer), "Rows left out: no customer");
    let off = receipt::off(Off { rows: -2, amount: Money::units(3) }, &f());
    assert!(off.contains("2 rows and €3.00 are missing"), "{off}");
}
