//! The receipt: both sides are equal to the row and to the cent whatever the file, what was decided can be undone, and
//! what was left out can be had.

#[path = "support/loaded.rs"]
mod loaded;

use loaded::{JOB, Loaded, load, one};
use perennial::ingest::decision::{COUNTED, DecidedBy, Decision, LEFT_OUT, Matter, NOT_SAID};
use perennial::ingest::receipt::{Reason, TotalOf};
use perennial::ledger::kinds::RowKind;
use perennial::math::Money;
use perennial::protocol::{Export, LeftOutRows, ReadOptions, Reply, Request};
use perennial::report::{Report, Settings};
use proptest::prelude::*;

/// Asserts that all sums of a report's receipt are equal, from the files to the figures.
#[track_caller]
fn assert_adds_up(report: &Report) {
    let receipt = &report.receipt;
    assert!(receipt.adds_up(), "{receipt:?}");
    let left: u64 = receipt.left_out.iter().map(|left| left.rows).sum();
    let used = receipt.all_used();
    assert_eq!(receipt.read.rows + receipt.refunds_beside, used.rows + left, "{receipt:?}");
    let amounts: Money = receipt.left_out.iter().filter_map(|left| left.amount).sum();
    assert_eq!(receipt.read.amount, used.amount + amounts, "{receipt:?}");
    // What the files say of themselves, one by one.
    for table in report.tables.iter().filter(|table| table.kind == "orders") {
        assert_eq!(table.rows_read, table.rows_used + table.left_out.iter().map(|left| left.rows).sum::<u64>());
        let left: Money = table.left_out.iter().filter_map(|left| left.amount).sum();
        assert_eq!(table.amount_read, table.amount_used + left, "{table:?}");
    }
    // And the figures, where nothing is filtered.
    let totals = &report.totals;
    assert_eq!((used.rows, used.amount), (totals.rows, totals.revenue));
    let of = |kind| receipt.used.iter().find(|sum| sum.kind == kind).unwrap();
    assert_eq!(of(RowKind::Purchase).rows, totals.purchases);
    assert_eq!((of(RowKind::Refund).rows, -of(RowKind::Refund).amount), (totals.refund_rows, totals.refunds));
}

prop_compose! {
    /// A row of orders, right or wrong.
    fn row()(
        order in "[A-D]{0,1}",
        customer in prop_oneof![3 => "[a-e]", 1 => Just(String::new())],
        date in prop_oneof![6 => "2024-0[1-9]-1[0-9]", 1 => Just("31/02/2024".to_owned()), 1 => Just(String::new()),
            1 => Just("2099-01-01".to_owned()), 1 => Just("1970-01-01".to_owned())],
        amount in prop_oneof![4 => "-?[0-9]{1,5}\\.[0-9]{2,6}", 1 => Just("twelve".to_owned()), 1 => Just(String::new())],
        refund in prop_oneof![4 => Just(String::new()), 1 => "[0-9]{1,2}\\.50", 1 => Just("n. a.?".to_owned())],
        status in prop_oneof![4 => Just("paid".to_owned()), 1 => Just("cancelled".to_owned())],
        currency in prop_oneof![8 => Just("EUR".to_owned()), 1 => Just("USD".to_owned()), 1 => Just("XXQ".to_owned())],
        shape in 0u8..24,
    ) -> String {
        match shape {
            0 => "Total,,,1000.00,,,".to_owned(),
            1 => "too,few".to_owned(),
            2 => String::new(),
            _ => format!("{order},{customer},{date},{amount},{refund},{status},{currency}"),
        }
    }
}

const HEADER: &str = "order number,customer,date,amount,refunded amount,status,currency";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn whatever_the_file_both_sides_are_equal(
        first in prop::collection::vec(row(), 1..60),
        second in prop::collection::vec(row(), 0..20),
        repeat in 0usize..8,
        end in proptest::option::of(1i32..10),
        counted in any::<[bool; 3]>(),
    ) {
        let mut rows = first.clone();
        rows.extend(first.iter().take(repeat).cloned());
        let text = |rows: &[String]| format!("{HEADER}\n{}\n", rows.join("\n"));
        let files = [("one.csv", text(&rows)), ("two.csv", text(&second))];
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        let mut loaded = load(&files[..if second.is_empty() { 1 } else { 2 }], 97);
        let [count_cancelled, count_repeated, count_odd_dates] = counted;
        let options = ReadOptions { count_cancelled, count_repeated, count_odd_dates, ..ReadOptions::default() };
        loaded.ask(Request::Reread { job: JOB, options: vec![options.clone(), options] });
        let end = end.and_then(|month| format!("2024-0{month}-15").parse().ok());
        loaded.ask(Request::Compute { job: JOB, settings: Box::new(Settings { end, ..Settings::default() }) });
        // Where nothing can be used there is no report.
        if let Reply::Report { report, .. } = &loaded.last {
            assert_adds_up(report);
        }
    }
}

/// Lines of orders under a known header, whose total stands on the first of them.
#[test]
fn orders_over_several_rows_add_up_too() {
    for name in ["shopify-orders.csv", "etsy-sold-orders.csv", "paypal-activity.csv", "stripe-payments.csv"] {
        let path = format!("{}/tests/fixtures/layouts/{name}", env!("CARGO_MANIFEST_DIR"));
        #[expect(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]
        let bytes = std::fs::read(path).unwrap();
        assert_adds_up(&load(&[(name, &bytes)], 1 << 20).report());
    }
}

#[test]
fn the_totals_of_the_table_itself_are_held_against_its_rows() {
    let rows = "a,2024-01-02,5.00,paid\nb,2024-01-03,6.00,cancelled\n";
    let totals = |last: &str| {
        let mut loaded = one(&format!("customer,date,amount,status\n{rows}{last}"));
        loaded.report().tables.remove(0).own_totals
    };
    let all = totals("Total,,11.00,\n").remove(0);
    assert_eq!((all.line, all.of, all.difference()), (4, TotalOf::Above, Some(Money::ZERO)));
    let used = totals("Total,,5.00,\n").remove(0);
    assert_eq!((used.of, used.difference()), (TotalOf::Used, Some(Money::ZERO)));
    let off = totals("Total,,12.50,\n").remove(0);
    assert_eq!((off.of, off.rows_add_up_to, off.difference()), (TotalOf::Above, Money::units(11), Some(Money(15_000))));
    assert_eq!(totals("Total,,,\n").remove(0).amount, None);
    assert!(totals("").is_empty());
}

/// The decision about a matter.
#[track_caller]
fn decision(loaded: &mut Loaded, about: Matter) -> Decision {
    let table = loaded.report().tables.remove(0);
    let found = table.decisions.iter().find(|decision| decision.about == about);
    found.cloned().unwrap_or_else(|| panic!("nothing about {about:?} in {:?}", table.decisions))
}

/// Says a value of a decision and reads again.
fn say(loaded: &mut Loaded, options: &mut ReadOptions, about: Matter, value: &str) {
    options.decide(about, value);
    loaded.ask(Request::Reread { job: JOB, options: vec![options.clone()] });
}

#[test]
fn every_decision_can_be_undone_or_has_nothing_instead() {
    let text = "order number,customer,date,amount,status\nA,Zoë,03/04/2024,1.5,paid\nA,Zoë,03/04/2024,2.12345,paid\n\
                B,b,05/06/2024,3.00,cancelled\nB,b,05/06/2024,3.00,cancelled\n";
    let mut loaded = one(text);
    let about = |loaded: &mut Loaded| -> Vec<(Matter, String, DecidedBy, Vec<String>)> {
        let table = loaded.report().tables.remove(0);
        table.decisions.into_iter().map(|d| (d.about, d.value, d.by, d.instead)).collect()
    };
    let names = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
    let first = about(&mut loaded);
    assert_eq!(
        first,
        [
            (Matter::Encoding, "UTF-8".to_owned(), DecidedBy::File, names(&["windows-1252"])),
            (Matter::Delimiter, ",".to_owned(), DecidedBy::File, names(&[";", "\t", "|"])),
            (Matter::Header, "names".to_owned(), DecidedBy::File, names(&["data"])),
            (Matter::Decimal, ".".to_owned(), DecidedBy::File, Vec::new()),
            (Matter::DateOrder, "day-month-year".to_owned(), DecidedBy::Guess, names(&["month-day-year"])),
            (Matter::Orders, "order_number".to_owned(), DecidedBy::File, names(&["time"])),
            (Matter::Cancelled, LEFT_OUT.to_owned(), DecidedBy::Rule, names(&[COUNTED])),
            (Matter::Rounded, "rounded".to_owned(), DecidedBy::Rule, Vec::new()),
        ]
    );
    // Each is undone, is said to be the person's, and is taken back.
    let mut options = ReadOptions::default();
    for (matter, value, _, instead) in first.into_iter().filter(|(.., instead)| !instead.is_empty()) {
        // With another delimiter or without names there would be no orders.
        if matches!(matter, Matter::Delimiter | Matter::Header) {
            continue;
        }
        say(&mut loaded, &mut options, matter, &instead[0]);
        let said = decision(&mut loaded, matter);
        assert_eq!((&said.value, said.by), (&instead[0], DecidedBy::Person), "{matter:?}");
        say(&mut loaded, &mut options, matter, &said.instead[0]);
        assert_eq!(decision(&mut loaded, matter).value, value, "{matter:?}");
        options.decide(matter, NOT_SAID);
        assert_eq!(options, ReadOptions::default(), "{matter:?}");
    }
}

#[test]
fn a_decimal_sign_that_is_open_can_be_the_other_one() {
    let mut loaded = one("customer,date,amount\na,2024-01-02,1.500\nb,2024-01-03,2.250\n");
    let open = decision(&mut loaded, Matter::Decimal);
    assert_eq!((&*open.value, open.by, &*open.instead), (",", DecidedBy::Guess, &[".".to_owned()][..]));
    assert_eq!(open.example.unwrap().found, "1.500");
    let mut options = ReadOptions::default();
    say(&mut loaded, &mut options, Matter::Decimal, ".");
    assert_eq!(loaded.report().totals.revenue, Money(37_500));
    let said = decision(&mut loaded, Matter::Decimal);
    assert_eq!((said.by, said.instead), (DecidedBy::Person, vec![",".to_owned()]));
}

#[test]
fn a_decision_says_on_what_it_was_seen() {
    let text = "customer,date,amount\nZoë,03/04/2024,1234.50\nb,13/04/2024,2.123456\na,03/04/2024,3\n";
    let mut loaded = one(text);
    let mut seen = |about| {
        let found = decision(&mut loaded, about);
        (found.rows, found.example.map(|seen| (seen.line, seen.found)))
    };
    assert_eq!(seen(Matter::Encoding), (None, Some((None, "Zoë".to_owned()))));
    assert_eq!(seen(Matter::Decimal), (None, Some((None, "1234.50".to_owned()))));
    assert_eq!(seen(Matter::DateOrder), (None, Some((None, "13/04/2024".to_owned()))), "the one that tells");
    assert_eq!(seen(Matter::Header), (None, Some((Some(1), "customer, date, amount".to_owned()))));
    assert_eq!(seen(Matter::Rounded), (Some(1), Some((Some(3), "2.123456".to_owned()))));
}

#[test]
fn rows_of_a_known_export_that_are_no_sale_count_where_a_person_says_so() {
    let path = format!("{}/tests/fixtures/layouts/shopify-orders.csv", env!("CARGO_MANIFEST_DIR"));
    #[expect(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]
    let bytes = std::fs::read(path).unwrap();
    let mut loaded = load(&[("shopify-orders.csv", &bytes)], 1 << 20);
    let before = loaded.report();
    let about: Vec<Matter> = before.tables[0]
        .decisions
        .iter()
        .filter(|decision| decision.by == DecidedBy::Export && decision.about.reason().is_some())
        .map(|decision| decision.about)
        .collect();
    assert!(!about.is_empty(), "{:?}", before.tables[0].decisions);
    for about in about {
        let mut options = ReadOptions::default();
        say(&mut loaded, &mut options, about, COUNTED);
        let after = loaded.report();
        assert!(after.tables[0].rows_used > before.tables[0].rows_used, "{about:?}");
        assert!(after.tables[0].left_out.iter().all(|left| Some(left.reason) != about.reason()));
        assert_adds_up(&after);
    }
    // And it can be read as if nobody knew it.
    let mut options = ReadOptions::default();
    assert_eq!(decision(&mut loaded, Matter::Layout).value, "Shopify");
    say(&mut loaded, &mut options, Matter::Layout, "none");
    assert_eq!(loaded.review().files[0].decisions[0].instead, [NOT_SAID]);
    assert_eq!(loaded.review().files[0].platform, None);
}

#[test]
fn without_order_numbers_a_purchase_is_what_a_customer_buys_at_one_time() {
    let mut loaded = one("order number,customer,date,amount\nA,a,2024-01-02,1\nB,a,2024-01-02,2\nB,a,2024-01-03,3\n");
    assert_eq!(loaded.report().totals.purchases, 2);
    let mut options = ReadOptions::default();
    say(&mut loaded, &mut options, Matter::Orders, "time");
    let report = loaded.report();
    let days: Vec<_> = report.receipt.used.iter().map(|sum| (sum.kind, sum.rows)).collect();
    assert_eq!(days[..2], [(RowKind::Purchase, 2), (RowKind::FurtherLine, 1)]);
    assert_eq!(report.tables[0].roles["unused"], "order number");
}

#[test]
fn notes_and_all_columns_are_part_of_the_report() {
    let mut loaded = one(
        "customer,date,amount,remark\nGUEST,2024-01-02,5.00,\nGUEST,2024-01-03,6.00,,more\n1.23E+15,2024-01-03,6.00,\n\
         b,2024-01-05,6.00,\nb,2024-01-05,6.00,\n",
    );
    let table = loaded.report().tables.remove(0);
    let notes: Vec<_> = table
        .notes
        .iter()
        .map(|note| (&*note.note, note.rows, note.example.as_ref().map(|example| (example.line, &*example.found))))
        .collect();
    assert_eq!(
        notes,
        [
            ("damaged_ids", 1, Some((4, "1.23E+15"))),
            ("shared_customer", 2, Some((2, "GUEST"))),
            ("repeated_rows", 1, Some((6, "b"))),
            ("extra_cells", 1, Some((3, "more"))),
        ]
    );
    assert_eq!(table.notes[0].column.as_deref(), Some("customer"));
    assert_eq!(table.roles["unused"], "remark");
    assert_eq!(table.left_out.iter().map(|left| left.reason).collect::<Vec<Reason>>(), []);
}

/// The rows that were left out for a reason.
#[track_caller]
fn left_out(loaded: &mut Loaded, reason: Reason) -> LeftOutRows {
    loaded.ask(Request::LeftOutRows { job: JOB, table: 0, reason });
    match &loaded.last {
        Reply::LeftOutRows { rows, .. } => rows.clone(),
        other => panic!("no rows but {other:?}"),
    }
}

#[test]
fn rows_left_out_can_be_looked_at_with_their_lines() {
    let wrong: String = (0..30).map(|row| format!("please ring at {row},c{row},31/02/2024,5.00\n")).collect();
    let right: String =
        (0..40).map(|row| format!("please ring at {row},a{},0{}/01/2024,5.00\n", row % 5, row % 9 + 1)).collect();
    let mut loaded = one(&format!("remark,customer,date,amount\n{right}{wrong},b,x\n"));
    let found = left_out(&mut loaded, Reason::UnreadableDate);
    assert_eq!((found.of, found.rows.len(), found.rows[0].line), (30, 20, 42));
    let columns: Vec<(&str, bool)> = found.columns.iter().map(|(name, blamed)| (name.as_str(), *blamed)).collect();
    assert_eq!(columns, [("customer", false), ("date", true), ("amount", false), ("remark", false)]);
    assert_eq!(found.rows[0].cells, ["c0", "31/02/2024", "5.00", "please ring at 0"]);
    let short = left_out(&mut loaded, Reason::TooFewCells);
    assert_eq!(
        (short.columns[0].0.as_str(), &short.rows[0].cells[..]),
        ("remark", &["", "b", "x", ""].map(str::to_owned)[..])
    );
    assert_eq!(left_out(&mut loaded, Reason::Cancelled).of, 0);
}

#[test]
fn the_download_holds_all_that_was_left_out_with_file_line_and_reason() {
    let text = "customer,date,amount\na,2024-01-02,5.00\n,2024-01-03,-6.00\n=cmd(),2024-01-04,x\nb,2024-09-01,7.00\n";
    let mut loaded = one(text);
    let settings = Settings { end: "2024-06-30".parse().ok(), ..Settings::default() };
    loaded.ask(Request::Compute { job: JOB, settings: Box::new(settings) });
    let Reply::Report { report, .. } = &loaded.last else { panic!("no report") };
    let (left, kept) = (report.tables[0].left_out.clone(), report.tables[0].rows_kept);
    assert_eq!((left.iter().map(|left| left.rows).sum::<u64>(), kept), (3, 2));
    loaded.ask(Request::Export { job: JOB, what: Export::LeftOut });
    let Reply::Export { text, .. } = &loaded.last else { panic!("no export") };
    let expected = "file,line,reason,customer,date,amount\r\norders.csv,3,no_customer,,2024-01-03,-6.00\r\n\
                    orders.csv,4,unreadable_amount,'=cmd(),2024-01-04,x\r\n,,after_end,b,2024-09-01,7.00\r\n";
    assert_eq!(text, expected);
}
