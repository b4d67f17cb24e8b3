//! The whole way natively: bytes of a file to a report, whichever way the bytes were cut and the rows shuffled.
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]

#[path = "support/loaded.rs"]
mod loaded;

use std::path::Path;

use loaded::{JOB, load, load_into, one};
use perennial::engine::Engine;
use perennial::math::Money;
use perennial::protocol::{Export, FileInfo, Problem, Question, ReadOptions, Reply, Request};
use perennial::report::as_lifetimes::Grain;
use perennial::report::sections::{Ask, Section};
use perennial::report::{Settings, checks, drivers, export, prospect};
use perennial::roles::Role;
use proptest::prelude::*;

const CDNOW: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/cdnow_sample_log.csv");

#[test]
fn cdnow_is_understood_without_a_question() {
    let bytes = std::fs::read(Path::new(CDNOW)).unwrap();
    let mut loaded = load(&[("cdnow.csv", &bytes)], 1 << 20);
    let review = loaded.review();
    assert!(review.certain, "{review:?}");
    assert_eq!((review.rows_used, review.customers), (6919, 2357));
    let report = loaded.report();
    assert_eq!(report.totals.customers, 2357);
    assert_eq!(report.tables[0].rows_read, 6919);
    assert_eq!(report.period.end.unwrap().to_string(), "1998-06-30");
}

#[test]
fn what_was_shown_before_a_filter_is_shown_again_when_it_is_taken_away() {
    let bytes = std::fs::read(Path::new(CDNOW)).unwrap();
    let mut loaded = load(&[("cdnow.csv", &bytes)], 1 << 20);
    let narrow = |from: &str| Settings { from: from.parse().ok(), ..Settings::default() };
    let other = Settings { margin: Some(0.5), ..Settings::default() };
    let (all, other_alone) = (loaded.report(), loaded.report_of(&other));
    // Each once more, from others and in another order.
    let ways = [Settings::default(), narrow("1997-06-01"), Settings::default(), other.clone(), narrow("1998-01-01")];
    for settings in ways.iter().chain(&[narrow("1997-06-01"), other.clone(), narrow("1998-02-01"), Settings::default()])
    {
        let told = loaded.report_of(settings);
        assert_eq!(told.settings, *settings);
        match settings {
            settings if *settings == Settings::default() => assert_eq!(told, all),
            settings if *settings == other => assert_eq!(told, other_alone),
            _ => assert!(told.totals.customers < all.totals.customers),
        }
    }
}

/// What is answered in steps to what is asked of the models, and how many steps that takes.
fn in_steps(engine: &mut Engine, ask: &Ask) -> (Vec<Reply>, usize) {
    let mut replies = engine.handle(Request::Section { job: JOB, ask: ask.clone() });
    let (mut steps, mut done_before) = (0, 0.0);
    while engine.works() {
        replies = engine.work();
        steps += 1;
        if let [Reply::Fitting { done: Some(done), .. }] = &replies[..] {
            assert!(*done > done_before && *done < 1.0, "{done} after {done_before}");
            done_before = *done;
        }
    }
    (replies, steps)
}

#[test]
fn models_are_fitted_in_steps_between_which_everything_else_is_answered() {
    let bytes = std::fs::read(Path::new(CDNOW)).unwrap();
    let ask = Ask::Forecast(Default::default());
    let whole = {
        let mut loaded = load(&[("cdnow.csv", &bytes)], 1 << 20);
        loaded.report();
        loaded.engine.handle(Request::Section { job: JOB, ask: ask.clone() })
    };
    let mut loaded = load_into(Engine::new().in_steps(), &[("cdnow.csv", &bytes)]);
    let report = loaded.report();
    let engine = &mut loaded.engine;
    let first = engine.handle(Request::Section { job: JOB, ask: ask.clone() });
    assert_eq!(first, [Reply::Fitting { job: JOB, done: Some(0.0) }], "there is nothing to show yet");
    for _ in 0..5 {
        assert!(matches!(engine.work()[..], [Reply::Fitting { .. }]));
    }
    let other = engine.handle(Request::Section { job: JOB, ask: Ask::Journey(Default::default()) });
    assert!(matches!(other[..], [Reply::Section { section: Section::Journey(_), .. }]));
    let (replies, steps) = in_steps(engine, &ask);
    assert_eq!(replies, whole);
    assert!(steps > 10, "in {steps} more steps");
    // Once they are there, they answer at once; a period changes nothing about them.
    let settings = Settings { from: "1998-01-01".parse().ok(), ..Settings::default() };
    loaded.report_of(&settings);
    let (replies, steps) = in_steps(&mut loaded.engine, &ask);
    assert!(steps == 0 && matches!(replies[..], [Reply::Section { .. }]));
    // Nor do margin, discount and horizon.
    let settings = Settings { margin: Some(0.3), discount: 0.15, horizon: Some(2), ..Settings::default() };
    loaded.report_of(&settings);
    let (replies, steps) = in_steps(&mut loaded.engine, &ask);
    assert!(steps == 0 && matches!(replies[..], [Reply::Section { .. }]) && replies != whole);
    // Another end needs other models, and those on their way are given up with it.
    let until = |day: &str| Settings { end: day.parse().ok(), ..Settings::default() };
    loaded.report_of(&until("1998-03-31"));
    loaded.engine.handle(Request::Section { job: JOB, ask: ask.clone() });
    assert!(loaded.engine.works());
    loaded.report_of(&until("1998-04-30"));
    assert!(!loaded.engine.works());
    assert_eq!(loaded.report_of(&until("1998-06-30")).totals, report.totals);
    // Who stops them gets no answer.
    loaded.engine.handle(Request::Section { job: JOB, ask });
    let stopped = loaded.engine.handle(Request::StopFitting { job: JOB });
    assert_eq!(stopped, [Reply::Fitting { job: JOB, done: None }]);
    assert!(!loaded.engine.works());
    loaded.report_of(&until("1998-04-30"));
    loaded.engine.handle(Request::Section { job: JOB, ask: Ask::Risk(Default::default()) });
    loaded.engine.handle(Request::StopFitting { job: JOB });
    // Nor is it waited for when a list is saved, until it is asked for again.
    let first = |engine: &mut Engine| {
        let what = Export::Customers { query: Default::default() };
        let replies = engine.handle(Request::Export { job: JOB, what });
        let [Reply::Export { text, .. }] = &replies[..] else { panic!("no list") };
        text.lines().nth(1).unwrap().to_owned()
    };
    assert!(first(&mut loaded.engine).ends_with(",,,,,,,,"));
    loaded.engine.handle(Request::Section { job: JOB, ask: Ask::Risk(Default::default()) });
    assert!(!first(&mut loaded.engine).ends_with(','));
}

/// What comes after the outlook is fitted in steps too, and so are the models of those who leave.
#[test]
fn all_that_rests_on_models_comes_in_steps_and_is_what_is_told_at_once() {
    let bytes = std::fs::read(Path::new(CDNOW)).unwrap();
    let mut loaded = load_into(Engine::new().in_steps(), &[("cdnow.csv", &bytes)]);
    let mut whole = load(&[("cdnow.csv", &bytes)], 1 << 20);
    loaded.report();
    whole.report();
    let weeks = Some(Grain::CalendarWeeks);
    let asked = [
        (Ask::Prospect(prospect::Ask { number: 3, grain: None }), 10..),
        (Ask::Models(Default::default()), 6..),
        (Ask::Models(checks::Ask { grain: weeks }), 4..),
        // These are there by now.
        (Ask::Prospect(prospect::Ask { number: 3, grain: weeks }), 0..),
        (Ask::Drivers(Default::default()), 5..),
        (Ask::Drivers(drivers::Ask { outcome: drivers::Outcome::Back, ..Default::default() }), 0..),
    ];
    for (ask, fewest) in asked {
        let (replies, steps) = in_steps(&mut loaded.engine, &ask);
        assert_eq!(replies, whole.engine.handle(Request::Section { job: JOB, ask: ask.clone() }), "{ask:?}");
        assert!(fewest.contains(&steps) && (steps == 0) == (fewest.start == 0), "{ask:?} in {steps} steps");
    }
    // What is asked last comes first, and the other goes on after it without a word.
    loaded.report_of(&Settings { end: "1998-03-31".parse().ok(), ..Settings::default() });
    let engine = &mut loaded.engine;
    engine.handle(Request::Section { job: JOB, ask: Ask::Forecast(Default::default()) });
    engine.work();
    engine.handle(Request::Section { job: JOB, ask: Ask::Drivers(Default::default()) });
    let mut told = Vec::new();
    while engine.works() {
        told.extend(engine.work());
    }
    let drivers = told.iter().position(|reply| matches!(reply, Reply::Section { section: Section::Drivers(_), .. }));
    let after = &told[drivers.unwrap() + 1..];
    assert!(matches!(after, [Reply::Section { section: Section::Forecast(_), .. }]), "{after:?}");
}

#[test]
fn the_whole_column_decides_the_order_of_dates_and_the_decimal_sign() {
    // The head alone says nothing: the first 3,000 rows fit both ways.
    let mut text = "customer;date;amount\n".to_owned();
    for row in 0..3000 {
        text += &format!("c{};0{}/0{}/2024;1.200\n", row % 50, row % 9 + 1, row % 7 + 1);
    }
    text += "c1;25/01/2024;12,50\n";
    let mut loaded = one(&text);
    assert!(loaded.review().certain, "{:?}", loaded.review().files[0].questions);
    let report = loaded.report();
    assert_eq!(report.totals.revenue, Money::units(1200 * 3000) + Money(125_000));
    assert_eq!(report.tables[0].dates, "day-month-year");
    assert_eq!(report.tables[0].decimal, ",");
}

#[test]
fn dates_that_fit_both_ways_are_asked_about() {
    let mut loaded = one("customer,date,amount\na,03/04/2024,5.00\nb,05/06/2024,6.00\na,07/08/2024,7.00\n");
    let review = loaded.review();
    assert!(!review.certain);
    assert!(matches!(review.files[0].questions[0], Question::DayOrMonthFirst { .. }));
    let options =
        ReadOptions { date_order: Some(perennial::ingest::dates::DateOrder::MonthDayYear), ..Default::default() };
    loaded.ask(Request::Reread { job: JOB, options: vec![options] });
    assert!(loaded.review().certain);
    assert_eq!(loaded.report().period.end.unwrap().to_string(), "2024-07-08");
}

#[test]
fn different_currencies_are_never_added_up() {
    let text = "customer,date,amount,currency\na,2024-01-02,5.00,EUR\nb,2024-01-03,6.00,EUR\na,2024-02-01,9.00,USD\n";
    let mut loaded = one(text);
    assert_eq!(loaded.review().currency.as_deref(), Some("EUR"));
    assert!(matches!(loaded.review().files[0].questions[0], Question::WhichCurrency { .. }));
    assert_eq!(loaded.report().totals.revenue, Money::units(11));
    let options = ReadOptions { currency: Some("USD".into()), ..Default::default() };
    loaded.ask(Request::Reread { job: JOB, options: vec![options] });
    assert!(loaded.review().files[0].questions.is_empty());
    assert_eq!(loaded.report().totals.revenue, Money::units(9));
}

#[test]
fn what_is_left_out_is_counted_with_its_lines() {
    let text = "customer,date,amount,status\na,2024-01-02,5.00,paid\n,2024-01-03,6.00,paid\nb,31/02/2024,6.00,paid\n\
                c,2024-01-05,twelve,paid\nd,2024-01-06,8.00,cancelled\nb,2024-02-01,1.00,paid\nTotal,,20.00,\n";
    let mut loaded = one(text);
    let report = loaded.report();
    let table = &report.tables[0];
    assert_eq!((table.rows_read, table.rows_used), (7, 2));
    let found: Vec<(String, u64, u64)> = table
        .left_out
        .iter()
        .map(|left| (serde_json::to_string(&left.reason).unwrap(), left.rows, left.examples[0].line))
        .collect();
    let expected = [
        ("\"totals_row\"", 1, 8),
        ("\"no_customer\"", 1, 3),
        ("\"unreadable_date\"", 1, 4),
        ("\"unreadable_amount\"", 1, 5),
        ("\"cancelled\"", 1, 6),
    ];
    let expected: Vec<_> = expected.iter().map(|(reason, rows, line)| ((*reason).to_owned(), *rows, *line)).collect();
    assert_eq!(found, expected);
    loaded.ask(Request::Export { job: JOB, what: Export::LeftOut });
    let Reply::Export { text, .. } = &loaded.last else { panic!("no export") };
    assert_eq!(text.lines().count(), 6, "{text}");
}

#[test]
fn any_header_can_be_mapped_by_hand() {
    let text = "zork,blib,quux\nx1,2024-01-02,10\nx2,2024-01-03,20\nx1,2024-02-03,30\n";
    let mut loaded = one(text);
    let roles = [(0, Role::Customer), (1, Role::Date), (2, Role::Amount)].into();
    loaded.ask(Request::Reread { job: JOB, options: vec![ReadOptions { roles, ..Default::default() }] });
    assert!(loaded.review().files[0].is_orders);
    let report = loaded.report();
    assert_eq!((report.totals.customers, report.totals.revenue), (2, Money::units(60)));
}

#[test]
fn what_is_no_table_is_said_to_be_none() {
    let problem = |bytes: &[u8]| match load(&[("f.csv", bytes)], 4096).last {
        Reply::Failed { problem, .. } => problem,
        other => panic!("no problem but {other:?}"),
    };
    assert!(matches!(problem(b""), Problem::Empty { .. }));
    assert!(matches!(problem(b"%PDF-1.7 a page"), Problem::NotATable { .. }));
    assert!(matches!(problem(b"customer,date,amount\n"), Problem::NoRows { .. }));
}

#[test]
fn months_of_exports_are_one_analysis() {
    let january = "customer,date,amount\na,2024-01-02,10\nb,2024-01-03,20\n";
    let february = "date,customer,amount\n2024-02-02,a,30\n";
    let mut loaded = load(&[("jan.csv", january.as_bytes()), ("feb.csv", february.as_bytes())], 8);
    let report = loaded.report();
    assert_eq!((report.totals.customers, report.totals.revenue, report.tables.len()), (2, Money::units(60), 2));
}

#[test]
fn a_cancelled_job_is_forgotten() {
    let mut engine = Engine::with_slices_of(16);
    let info = FileInfo { name: "a.csv".into(), size: 1 << 30 };
    engine.handle(Request::Open { job: JOB, files: vec![info], options: Vec::new() });
    assert!(engine.wants().is_some());
    assert_eq!(engine.handle(Request::Cancel { job: JOB }), vec![Reply::Cancelled { job: JOB }]);
    assert_eq!(engine.wants(), None);
    let settings = Box::new(Settings::default());
    let replies = engine.handle(Request::Compute { job: JOB, settings });
    assert!(matches!(replies[..], [Reply::Failed { problem: Problem::NothingLoaded, .. }]));
}

#[test]
fn the_sample_shop_goes_the_same_way() {
    let mut engine = Engine::new();
    let replies = engine.handle(Request::Sample { job: JOB });
    let Some(Reply::Report { report, .. }) = replies.last() else { panic!("no report") };
    assert!(report.sample);
    assert!(report.totals.customers > 2_500, "{}", report.totals.customers);
    assert_eq!(report.currency.as_deref(), Some("EUR"));
    let table = &report.tables[0];
    let left_out: u64 = table.left_out.iter().map(|left| left.rows).sum();
    assert_eq!(table.rows_read, table.rows_used + left_out);
}

#[test]
fn the_models_are_in_what_is_exported() {
    let mut engine = Engine::new();
    engine.handle(Request::Sample { job: JOB });
    let replies = engine.handle(Request::Export { job: JOB, what: Export::Report });
    let [Reply::Export { text, .. }] = &replies[..] else { panic!("no export") };
    let report: serde_json::Value = serde_json::from_str(text).unwrap();
    for model in ["bg_nbd", "mbg_nbd", "pareto_nbd", "bg_bb", "gamma_gamma", "sbg"] {
        let fit = &report["models"][model];
        assert_eq!((&fit["time_unit"], &fit["converged"]), (&"day".into(), &true.into()), "{model}: {fit}");
        assert!(fit["log_likelihood"].is_number() && fit["parameters"].as_object().unwrap().len() >= 2, "{fit}");
    }
    let told = &report["subscriptions"]["remaining"];
    assert!(told["holds"] == true && report["models"]["sbg"]["parameters"]["beta"] == told["beta"], "{told}");
}

/// A small file with everything that slices could cut: quotes, newlines in cells, signs of several bytes.
fn nasty_rows() -> Vec<String> {
    let mut rows = Vec::new();
    for row in 0..40 {
        let name = ["Zoë, \"the first\"", "line\nbreak", "plain", "日本語"][row % 4].replace('"', "\"\"");
        rows.push(format!("c{},2024-0{}-1{},\"€1,{}00.50\",\"{name}\"\r\n", row % 7, row % 9 + 1, row % 8, row % 10));
    }
    rows
}

fn report_of(rows: &[String], slice: usize) -> String {
    let text = format!("customer,date,amount,label\r\n{}", rows.concat());
    let mut loaded = load(&[("orders.csv", text.as_bytes())], slice);
    loaded.report();
    match loaded.last {
        Reply::Report { report, .. } => export::json(&report),
        other => panic!("no report but {other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_report_does_not_depend_on_how_the_file_is_cut(slice in 1usize..600) {
        let rows = nasty_rows();
        prop_assert_eq!(report_of(&rows, slice), report_of(&rows, 1 << 20));
    }

    #[test]
    fn a_report_does_not_depend_on_the_order_of_rows(rows in Just(nasty_rows()).prop_shuffle()) {
        prop_assert_eq!(report_of(&rows, 1 << 20), report_of(&nasty_rows(), 1 << 20));
    }
}

#[test]
fn what_one_file_teaches_is_learned_before_all_are_read_again() {
    // Each head fits both orders of day and month; the end of each file decides.
    let file = |shop: usize| {
        let rows: String =
            (0..9_000).map(|row| format!("c{},0{}/0{}/2024,10\n", row % 70, row % 9 + 1, row % 8 + 1)).collect();
        format!("customer,date,amount\n{rows}c{shop},01/25/2024,10\n")
    };
    let texts: Vec<String> = (0..6).map(file).collect();
    let files: Vec<(&str, &[u8])> = texts.iter().map(|text| ("shop.csv", text.as_bytes())).collect();
    let mut loaded = load(&files, 1 << 20);
    assert!(loaded.review().files.iter().all(|file| file.questions.is_empty()));
    let report = loaded.report();
    assert!(report.tables.iter().all(|table| table.dates == "month-day-year" && table.rows_used == 9_001));
}

#[test]
fn order_numbers_count_where_one_file_has_none() {
    let with = "order,customer,date,amount\nA1,c,2024-01-01,1\nA2,c,2024-01-01,1\nA3,c,2024-01-02,1\n";
    let without = "customer,date,amount\nc,2024-01-03,1\n";
    let mut loaded = load(&[("a.csv", with.as_bytes()), ("b.csv", without.as_bytes())], 1 << 20);
    assert_eq!(loaded.report().totals.purchases, 4);
}

#[test]
fn a_report_that_is_asked_for_while_files_are_read_follows_the_review() {
    let text = b"customer,date,amount\na,2024-01-02,10\n";
    let mut loaded = load(&[("a.csv", text)], 1 << 20);
    let mut replies = loaded.engine.handle(Request::Reread { job: JOB, options: vec![ReadOptions::default()] });
    replies.extend(loaded.engine.handle(Request::Compute { job: JOB, settings: Box::default() }));
    assert_eq!(replies, []);
    while let Some(want) = loaded.engine.wants() {
        replies.extend(loaded.engine.feed(&text[want.offset as usize..][..want.len]));
    }
    assert!(matches!(replies[..], [.., Reply::Review { .. }, Reply::Report { .. }]), "{replies:?}");
}

#[test]
fn currencies_are_never_added_up_wherever_they_are_told() {
    let asked = |loaded: &loaded::Loaded| {
        let questions = loaded.review().files.iter().flat_map(|file| &file.questions);
        questions.filter(|question| matches!(question, Question::WhichCurrency { .. })).count()
    };
    // In the amounts.
    let mut loaded = one("customer,date,amount\na,2024-01-01,€10\nb,2024-01-02,$20\nc,2024-01-03,€5\n");
    assert_eq!(asked(&loaded), 1);
    let report = loaded.report();
    assert_eq!((report.currency.as_deref(), report.totals.revenue), (Some("EUR"), Money::units(15)));
    // In the headers of two files; the answer holds for both.
    let euros = "customer,date,Amount (EUR)\na,2024-01-01,10\na,2024-01-05,20\n";
    let dollars = "customer,date,Amount (USD)\nb,2024-01-01,100\n";
    let mut loaded = load(&[("e.csv", euros.as_bytes()), ("d.csv", dollars.as_bytes())], 1 << 20);
    assert_eq!(asked(&loaded), 1);
    let mut options = vec![ReadOptions::default(); 2];
    options[0].currency = Some("USD".to_owned());
    loaded.ask(Request::Reread { job: JOB, options });
    assert_eq!(asked(&loaded), 0);
    let report = loaded.report();
    assert_eq!((report.currency.as_deref(), report.totals.revenue), (Some("USD"), Money::units(100)));
    // In a column, with a code that nobody knows: it is another currency, not the one that most rows have.
    let mut loaded = one(
        "customer,date,amount,currency\na,2024-01-01,10,EUR\nb,2024-01-02,1000,kr\nc,2024-01-03,5,USD\na,2024-01-09,1,EUR\n",
    );
    assert_eq!(loaded.report().totals.revenue, Money::units(11));
}

#[test]
fn a_currency_that_nobody_knows_is_not_taken_for_the_one_that_is() {
    let mut loaded =
        one("customer,date,amount,currency\na,2024-01-01,10,EUR\nb,2024-01-02,1000,kr\nc,2024-01-03,5,EUR\n");
    let report = loaded.report();
    assert_eq!((report.currency.as_deref(), report.totals.revenue), (Some("EUR"), Money::units(15)));
    let left_out = &report.tables[0].left_out[0];
    assert_eq!((&*left_out.examples[0].found, left_out.amount), ("kr", None), "no sum takes it in");
    assert_eq!(report.tables[0].amount_read, Money::units(15));
}

#[test]
fn a_few_broken_bytes_do_not_make_a_file_another_encoding() {
    let rows: String = (0..20_000).map(|row| format!("Zoë{},2024-01-02,10\n", row % 100)).collect();
    let text = format!("customer,date,amount\n{rows}");
    let marked = b"\xEF\xBB\xBFcustomer,date,amount\n\xFF,2024-01-01,1\nZo\xC3\xAB,2024-01-01,1\n";
    for bytes in [[text.as_bytes(), b"\xC3"].concat(), marked.to_vec()] {
        let mut loaded = load(&[("a.csv", &bytes)], 1 << 20);
        assert_eq!(loaded.report().tables[0].encoding, "UTF-8");
    }
}

#[test]
fn exports_that_overlap_count_each_order_once() {
    let month = |days: std::ops::Range<u32>| {
        let row = |day: u32| format!("A{day},c{},2024-01-{day:02},10\n", day % 3);
        format!("order,customer,date,amount\n{}", days.map(row).collect::<String>())
    };
    let (first, second) = (month(1..20), month(15..30));
    let mut loaded = load(&[("a.csv", first.as_bytes()), ("b.csv", second.as_bytes())], 1 << 20);
    let report = loaded.report();
    assert_eq!((report.totals.purchases, report.totals.revenue), (29, Money::units(290)));
    assert_eq!(report.tables[1].left_out[0].rows, 5);
}

#[test]
fn exports_of_orders_with_lines_count_each_order_once_where_they_overlap() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/layouts/shopify-orders.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let alone = one(&text).report();
    let mut twice = load(&[("may.csv", text.as_bytes()), ("all.csv", text.as_bytes())], 1 << 20);
    let report = twice.report();
    assert_eq!(report.totals.revenue, alone.totals.revenue);
    assert_eq!(report.totals.purchases, alone.totals.purchases);
    assert_eq!((report.tables[0].rows_used, report.tables[1].rows_used), (alone.tables[0].rows_used, 0));
}

#[test]
fn the_amount_that_is_asked_about_is_one_that_can_be_read_both_ways() {
    let loaded =
        one("customer,date,amount\na,2024-01-01,12\nb,2024-01-02,1.234\na,2024-01-03,2.500\nc,2024-01-04,1200\n");
    let [Question::DecimalOrThousands { example, .. }] = &loaded.review().files[0].questions[..] else { panic!() };
    assert_eq!(example, "1.234");
}

#[test]
fn every_column_to_group_by_stands_in_the_receipt() {
    let row = |n: u32| {
        format!(
            "c{},2024-01-{:02},1{n},{},{}\n",
            n % 5,
            n % 28 + 1,
            ["S", "M"][n as usize % 2],
            ["red", "blue"][n as usize % 2]
        )
    };
    let text = format!("customer,date,amount,size,color\n{}", (0..60).map(row).collect::<String>());
    assert_eq!(one(&text).report().tables[0].roles["dimension"], "size, color");
}

/// Rows of a shop whose customers come again: this many, in order of time.
fn many(rows: usize) -> String {
    let row =
        |n: usize| format!("O{n},C{},2025-{:02}-{:02},{}.50\n", n * 7 % 900, n * 12 / rows + 1, n % 28 + 1, n % 90 + 1);
    format!("order_id,customer_id,order_date,amount\n{}", (0..rows).map(row).collect::<String>())
}

/// The last answer of an engine that may take so much memory for the rows.
fn within(memory: u64, text: &str) -> Reply {
    let mut engine = Engine::with_slices_of(64 << 10).within(memory);
    let info = FileInfo { name: "orders.csv".to_owned(), size: text.len() as u64 };
    let mut replies = engine.handle(Request::Open { job: 1, files: vec![info], options: Vec::new() });
    while let Some(want) = engine.wants() {
        replies = engine.feed(&text.as_bytes()[want.offset as usize..][..want.len]);
    }
    replies.pop().expect("an answer")
}

#[test]
fn before_memory_ends_it_is_said_how_many_rows_would_fit() {
    let memory = 1 << 20;
    let Reply::Failed { problem: Problem::TooManyRows { file, bytes, rows, fits }, .. } = within(memory, &many(50_000))
    else {
        panic!("50,000 rows don't fit into 1 MiB");
    };
    assert_eq!((&*file, bytes), ("orders.csv", many(50_000).len() as u64));
    assert!((45_000..56_000).contains(&rows), "{rows}");
    assert!((5_000..rows).contains(&fits), "{fits}");
    assert!(matches!(within(memory, &many(fits as usize)), Reply::Review { .. }), "{fits} rows fit");
    assert!(matches!(within(u64::MAX, &many(50_000)), Reply::Review { .. }));
}
