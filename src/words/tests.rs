//! Findings, problems and the words of the review, of the made-up shop and at the edges.

use crate::ingest::dates::DateOrder;
use crate::ingest::receipt::{Example, LeftOut, Reason};
use crate::math::money::Derived;
use crate::math::stats::Share;
use crate::math::{Money, Unit};
use crate::protocol::{ColumnReview, FileReview, Note, Problem, Question, Reading, Review};
use crate::report::Report;
use crate::roles::kind::TableKind;
use crate::roles::{Confidence, Role, Why};

use super::findings::{self, Finding};
use super::format::Plain;
use super::{cohorts, fixture, problems, prospect, review, rfm, terms};

fn euros() -> Plain {
    Plain { currency: Some("EUR".to_string()), today: Some(fixture::day("2026-10-02")) }
}

fn decent(finding: &Finding) {
    for text in [finding.text()].iter().chain(&finding.lead) {
        assert!(text.ends_with('.') && !text.contains("..") && !text.contains("  "), "{text}");
        for wrong in ["NaN", "inf%", "!", "not defined%"] {
            assert!(!text.contains(wrong), "{text}");
        }
    }
}

#[test]
fn each_view_opens_with_its_finding() {
    let (report, f) = (fixture::report(), euros());
    for (finding, text, strong) in [
        (
            findings::overview(&report, &f),
            "You took €125,898 in the last 12 months, 42% more than the year before. Most of the growth came from people coming back.",
            "42% more",
        ),
        (
            findings::retention(&report, &f),
            "Of 1,372 customers who were active a year earlier, 41.5% still are.",
            "41.5%",
        ),
        (
            findings::value(&report, &f),
            "A customer brings about €102.69 over 1.7 years, 4.8 times the €21.41 that winning one costs.",
            "€102.69",
        ),
        (
            findings::segments(&report, &f),
            "373 champions bring 41% of your revenue. 150 others have gone quiet.",
            "41%",
        ),
        (
            findings::customers(&report, None, &f),
            "3,069 customers. The ten largest bring 4.6% of your revenue.",
            "4.6%",
        ),
        (
            findings::customer(&fixture::customer(), &f),
            "A good customer going quiet: usually back after 73 days, now 144 days away.",
            "144 days",
        ),
        (
            findings::receipt(&report, &f),
            "Of 8,614 rows, 8,495 were used and 119 left out. Every cent is accounted for.",
            "119 left out",
        ),
    ] {
        assert_eq!((finding.text().as_str(), finding.strong.as_str()), (text, strong));
        decent(&finding);
    }
    assert_eq!(
        findings::retention(&report, &f).lead.as_deref(),
        Some("About one in five new customers buy again in the next quarter.")
    );
}

#[test]
fn the_head_of_a_list_counts_who_is_in_it() {
    let (report, f) = (fixture::report(), euros());
    let of = |family: &str, name: &str| findings::customers(&report, Some((family, name)), &f).text();
    assert_eq!(
        of("rfm", "gone_quiet"),
        "150 of 3,069 customers are in “Gone quiet: At risk and Can’t lose”. They have brought 8% of revenue."
    );
    assert_eq!(
        of("value", "medium"),
        "921 of 3,069 customers are in “Middle value”. They have brought 26% of revenue."
    );
    assert_eq!(of("value", "a"), "0 of 3,069 customers are in “A: first 80% of revenue”.");
}

#[test]
fn columns_of_years_that_the_data_cuts_are_named() {
    let (report, f) = (fixture::report(), euros());
    // Whole months from October to September are whole quarters and no whole years.
    let note = |unit| super::charts::revenue(&report, unit, &f).note;
    assert_eq!((note(Unit::Month), note(Unit::Quarter)), (None, None));
    let years = "The first and the last year are not whole; their columns are paler.";
    assert_eq!(note(Unit::Year).as_deref(), Some(years));
}

#[test]
fn without_a_clock_or_with_old_data_the_twelve_months_have_their_date() {
    let report = fixture::report();
    let f = Plain::new(Some("EUR"));
    assert!(findings::overview(&report, &f).text().starts_with("You took €125,898 in the 12 months to 30 Sep 2026, "));
}

#[test]
fn small_and_falling_shops() {
    let f = euros();
    let mut report = fixture::report();
    let recent = report.recent.as_mut().unwrap();
    recent.revenue_change = Some(0.004);
    assert!(findings::overview(&report, &f).text().contains("about the same as in the year before."));
    let recent = report.recent.as_mut().unwrap();
    recent.revenue_change = Some(-0.3);
    (recent.change_from_returning, recent.change_from_new) = (Money::units(-1), Money::units(-9));
    let text = findings::overview(&report, &f).text();
    assert!(
        text.contains("30% less than") && text.ends_with("Most of the drop came from fewer new customers."),
        "{text}"
    );
    let recent = report.recent.as_mut().unwrap();
    recent.revenue_change = Some(3.2);
    (recent.change_from_returning, recent.change_from_new) = (Money::units(12), Money::units(-2));
    let text = findings::overview(&report, &f).text();
    assert!(text.contains("4.2 times as much as the year before. All of the growth"), "{text}");

    report.recent = None;
    assert_eq!(
        findings::overview(&report, &f).text(),
        "Since 1 Oct 2023 you took €264,977 from 3,069 customers; 44.6% of them bought more than once."
    );
    report.totals.repeat = Share::new(12, 3_069);
    report.retention.yearly.kept = None;
    assert_eq!(
        findings::retention(&report, &f).text(),
        "Too little to tell: 12 people have bought twice; from about 30 it will."
    );
    report.totals.cltv = None;
    let value = findings::value(&report, &f);
    assert_eq!(value.text(), "So far a customer has brought €86.34 on average.");
    assert!(value.lead.unwrap().contains("not defined"));
    report.segments.clear();
    decent(&findings::segments(&report, &f));
}

#[test]
fn a_selection_without_purchases_is_said() {
    let (report, f) = (fixture::empty(), euros());
    for finding in [
        findings::overview(&report, &f),
        findings::retention(&report, &f),
        findings::value(&report, &f),
        findings::segments(&report, &f),
        findings::customers(&report, None, &f),
    ] {
        assert_eq!(finding.text(), "There are no purchases in this selection.");
    }
    assert!(cohorts::title(&report, &f).starts_with("Too little to tell"));
    assert!(rfm::title(&report, &f).starts_with("Too few to group"));
}

#[test]
fn a_customer_in_rhythm_late_once_and_today() {
    let f = euros();
    let mut detail = fixture::customer();
    // Away for 144 days, and for longer before.
    let lead = findings::customer(&detail, &f).lead.unwrap();
    assert!(lead.ends_with("They have been away for up to 213 days before, and came back."), "{lead}");
    detail.row.days_since = 214;
    assert!(findings::customer(&detail, &f).lead.unwrap().ends_with("by revenue."));
    detail.row.days_since = 20;
    assert_eq!(
        findings::customer(&detail, &f).text(),
        "Usually back after 73 days; the last purchase was 20 days ago."
    );
    detail.row.days_since = 0;
    assert_eq!(
        findings::customer(&detail, &f).text(),
        "Usually back after 73 days; the last purchase was on the last day of your data."
    );
    detail.row.days_since = 80;
    assert!(findings::customer(&detail, &f).text().starts_with("A little late:"));
    detail.row.usual_gap = None;
    detail.row.purchases = 1;
    assert_eq!(findings::customer(&detail, &f).text(), "Bought once, 80 days before the end of your data.");
}

#[test]
fn the_highest_cohort_stands_out_only_where_chance_does_not_explain_it() {
    let (mut report, f) = (fixture::report(), euros());
    assert_eq!(
        cohorts::title(&report, &f),
        "20.9% came back in the next quarter; the cohorts differ no more than by chance"
    );
    report.retention.cohorts[3].active[1] = 90;
    assert_eq!(
        cohorts::title(&report, &f),
        "Those who first bought in Jul–Sep 2024 came back most: 49% in the next quarter"
    );
    report.retention.unit = Unit::Quarter;
    assert!(cohorts::sub(&report).contains("quarter’s new customers"));
    assert_eq!(
        rfm::title(&report, &f),
        "Those who bought lately and often are 34% of customers and bring 77% of revenue"
    );
    assert_eq!(rfm::recency_range(Some((92, 212)), &f), "92 to 212 days ago");
    assert_eq!(rfm::frequency_range(Some((4, 31)), &f), "4 to 31 days");
}

fn file(questions: Vec<Question>, missing: Vec<Role>) -> FileReview {
    FileReview {
        name: "orders.csv".to_string(),
        bytes: 612_300,
        is_orders: true,
        kind: TableKind::Orders,
        platform: None,
        reading: Reading {
            encoding: Default::default(),
            encoding_guessed: false,
            delimiter: b',',
            has_header: true,
            first_line: 1,
            decimal: Default::default(),
            date_order: DateOrder::DayMonthYear,
        },
        options: Default::default(),
        head: Vec::new(),
        columns: Vec::new(),
        preview: Vec::new(),
        rows_read: 8_614,
        rows_used: 8_495,
        left_out: Vec::new(),
        questions,
        notes: Vec::new(),
        decisions: Vec::new(),
        missing,
        content: None,
        matched: None,
    }
}

#[test]
fn the_review_asks_what_it_must() {
    let f = euros();
    let question = Question::DayOrMonthFirst {
        column: "order_date".to_string(),
        example: "01/04/2024".to_string(),
        day_first: Some(fixture::day("2024-04-01")),
        month_first: Some(fixture::day("2024-01-04")),
        chosen: DateOrder::DayMonthYear,
    };
    let asked = review::question(&question, &f);
    assert_eq!(asked.question, "In order_date, is 01/04/2024 1 Apr 2024 or 4 Jan 2024?");
    assert_eq!(asked.choices.len(), 2);
    assert!(asked.why.ends_with("We chose day first."));
    let review = |files: Vec<FileReview>| {
        let rows_used = files.iter().map(|file| file.rows_used).sum();
        findings::review(&Review { files, rows_used, ..Review::default() }).text()
    };
    assert_eq!(
        review(vec![file(vec![question.clone()], Vec::new())]),
        "We read your file. One question, then your results."
    );
    assert_eq!(
        review(vec![file(Vec::new(), Vec::new())]),
        "We read your file. Your results are ready to be worked out."
    );
    let lacking =
        FileReview { is_orders: false, kind: TableKind::Other, ..file(Vec::new(), vec![Role::Date, Role::Amount]) };
    assert_eq!(review(vec![lacking]), "We read your file. Something is missing in it.");
    let unusable = FileReview { rows_used: 0, ..file(Vec::new(), Vec::new()) };
    assert_eq!(
        review(vec![unusable.clone(), unusable]),
        "We read both files. None of the rows can be used as they are."
    );
}

#[test]
fn the_review_says_what_can_not_be_answered() {
    let f = euros();
    let example = |line, found: &str| Example { line, found: found.to_string() };
    let what = |note: &Note| review::note(note, &f).what;
    let damaged = Note::DamagedIds { column: "customer_id".into(), rows: 1_400, example: example(2, "1.23E+15") };
    assert_eq!(
        what(&damaged),
        "In customer_id, a spreadsheet has cut ids short: “1.23E+15” in line 2, 1,400 rows in all."
    );
    assert!(review::note(&damaged, &f).grave);
    assert_eq!(
        what(&Note::SharedCustomer { rows: 12, example: example(2, "GUEST") }),
        "“GUEST” is the customer of 12 rows."
    );
    let repeated = |rows, orders| Note::RepeatedRows { rows, orders, example: example(1_903, "D1") };
    assert_eq!(what(&repeated(1, true)), "1 row is the same as another one in every cell.");
    assert_eq!(what(&repeated(255, true)), "255 rows are the same as another one in every cell.");
    assert_ne!(review::note(&repeated(2, true), &f).why, review::note(&repeated(2, false), &f).why);
    let broken = |rows, found: &str| Note::BrokenLines { rows, example: example(812, found) };
    assert_eq!(what(&broken(1, "D1,\"C002,5")), "A quote opened in line 812 is never closed.");
    assert_eq!(what(&broken(1, "xxxxxxxx…")), "Line 812 can’t be cut into cells.");
    let extra = Note::ExtraCells { rows: 2, example: example(7, "extra") };
    assert_eq!(what(&extra), "2 rows have more cells than there are columns.");
    assert_eq!(what(&Note::NulCharacters { count: 3 }), "3 characters that nobody can see were taken out.");
    for note in [damaged, broken(3, "\""), repeated(2, false), extra, Note::NulCharacters { count: 1 }] {
        let said = format!("{:?}", review::note(&note, &f));
        assert!(!said.contains("  ") && !said.contains('!') && !said.contains(".."), "{said}");
    }
}

#[test]
fn a_file_is_said_to_be_what_it_is() {
    let of = |kind, platform: Option<&str>, missing: &[Role]| FileReview {
        kind,
        platform: platform.map(str::to_string),
        is_orders: kind == TableKind::Orders,
        ..file(Vec::new(), missing.to_vec())
    };
    let both = [Role::Customer, Role::Date];
    let costs = of(TableKind::Spend, Some("Google Ads"), &[]);
    for (file, expected) in [
        (of(TableKind::Orders, None, &[]), "Orders"),
        (of(TableKind::Orders, Some("Shopify"), &[]), "Orders from Shopify"),
        (costs.clone(), "Marketing costs from Google Ads"),
        (of(TableKind::Survey, None, &[Role::Score]), "Survey answers, lack “Score”: take no part"),
        (of(TableKind::Other, Some("Amazon"), &both), "From Amazon, lacks a customer: takes no part"),
        (of(TableKind::Other, None, &both), "Not recognised, takes no part"),
    ] {
        assert_eq!(review::kind(&file), expected);
    }
    let skip = |mut file: FileReview| {
        (file.options.skip, file.is_orders) = (true, false);
        file
    };
    let aside = skip(of(TableKind::Orders, Some("Shopify"), &[]));
    assert_eq!((review::kind(&aside), review::no_part(&aside)), ("Orders, set aside".to_string(), None));
    assert_eq!(review::no_part(&of(TableKind::Orders, None, &[])), None);
    assert_eq!(review::no_part(&costs), None);
    let told = review::no_part(&of(TableKind::Survey, None, &[Role::Score])).unwrap();
    assert_eq!(told.what, "We could read orders.csv. It holds survey answers, but no column is “Score”.");
    assert!(told.is_bad);
    let lacking = review::no_part(&of(TableKind::Other, Some("Amazon"), &both)).unwrap();
    assert_eq!(
        lacking.what,
        "We could read orders.csv from Amazon, but it has no customer and no date for its orders."
    );
    assert!(lacking.is_bad && lacking.how.contains("“Customer” and “Date”"));
    let review = |files| findings::review(&Review { files, ..Review::default() }).text();
    assert_eq!(review(vec![costs.clone()]), "We read your file. It holds marketing costs, no orders.");
    assert_eq!(review(vec![aside.clone(), costs]), "We read both files. It holds marketing costs, no orders.");
    assert_eq!(review(vec![aside.clone(), aside]), "We read both files. All of it is set aside.");
}

#[test]
fn columns_say_why_they_play_their_part() {
    let f = euros();
    let column = |role, confidence, why, empty, distinct| ColumnReview {
        name: "x".to_string(),
        role,
        confidence,
        why,
        samples: Vec::new(),
        empty,
        distinct,
        looked_at: 1_000,
    };
    let sure = column(Role::Date, Confidence::Sure, Why::ValuesAreDates { share: 0.9991 }, 0, 700);
    assert_eq!(
        (review::confidence(&sure), review::why(&sure, &f).as_str()),
        ("sure", "99.9% of the values are dates.")
    );
    let customer = column(Role::Customer, Confidence::Likely, Why::ValuesRepeatLikeIds, 8, 400);
    assert_eq!(
        review::why(&customer, &f),
        "Its values repeat the way customers do. 400 different values in the first 1,000 rows. 8 of the first 1,000 rows are empty."
    );
    let known = |by_name| Why::KnownExport { platform: "WooCommerce".to_string(), by_name };
    let date = column(Role::Date, Confidence::Sure, known(true), 0, 700);
    assert_eq!(review::why(&date, &f), "Known export of WooCommerce.");
    let names = column(Role::Customer, Confidence::Likely, known(true), 0, 400);
    assert!(review::why(&names, &f).starts_with("Known export of WooCommerce, which knows customers by name only"));
    let unused = column(Role::Unused, Confidence::Sure, Why::NothingToGroupBy, 940, 60);
    assert_eq!(
        (review::confidence(&unused), review::why(&unused, &f).as_str()),
        ("not used", "Too many different values to group by. 94% empty.")
    );
}

#[test]
fn problems_say_what_why_and_what_to_do() {
    let f = euros();
    let out = LeftOut {
        reason: Reason::UnreadableDate,
        rows: 9,
        amount: None,
        examples: vec![Example { line: 903, found: "31/02/2024".to_string() }],
    };
    assert_eq!(review::left_out_example(&out, &f), "Line 903: “31/02/2024” is no date. 9 such rows are left out.");
    assert_eq!(review::lines_of(&out, &f).as_deref(), Some("line 903 …"));
    let named = |file: &str| file.to_string();
    let mut all = vec![
        Problem::Empty { file: named("a.csv") },
        Problem::NoRows { file: named("a.csv") },
        Problem::MissingRoles { file: named("stock-list.csv"), roles: vec![Role::Date] },
        Problem::MissingRoles { file: named("plans.csv"), roles: Vec::new() },
        Problem::NothingUsable { file: named("a.csv"), left_out: vec![out] },
        Problem::TooManyRows { file: named("a.csv"), bytes: 9_000_000_000, rows: 97_000_000, fits: 41_000_000 },
        Problem::CannotRead { file: named("a.csv"), why: "NotFoundError.".to_string() },
        Problem::TooManyColumns { file: named("a.csv"), columns: 20_000, at_least: false, most: 2_000 },
        Problem::LineTooLong { file: named("a.csv"), line: 1, most: 1 << 18 },
    ];
    for seems in ["pdf", "image", "html", "xml", "binary"] {
        all.push(Problem::NotATable { file: named("a.csv"), seems: seems.to_string() });
    }
    for problem in &all {
        let trouble = problems::trouble(problem, &f);
        assert!(trouble.lead.ends_with(problems::UNCHANGED), "{trouble:?}");
        assert!(trouble.why.ends_with('.') && trouble.why.contains(".csv"), "{trouble:?}");
        assert!(trouble.help.len() >= 2, "{trouble:?}");
        let text = format!("{trouble:?}");
        assert!(!text.contains('!') && !text.contains("Oops") && !text.contains(".."), "{text}");
    }
    let missing = problems::trouble(&all[2], &f);
    assert_eq!(missing.what, "We could read the file, but it has no date for its orders.");
    assert!(missing.lead.starts_with("Without a date there is no telling who came back."));
    assert!(problems::trouble(&Problem::NothingLoaded, &f).lead.ends_with("nothing was sent."));
    let memory = problems::worker_ended("memory allocation of 4294967296 bytes failed", true);
    assert_eq!(memory.what, "The calculation stopped: memory is full.");
    assert!(memory.lead.starts_with("Your last results are still here.") && memory.help[0].0.contains("one year"));
}

#[test]
fn a_lifetime_is_told_only_where_customers_came_back() {
    let f = euros();
    let mut report = fixture::report();
    report.totals.repeat_rate = Some(0.01);
    let finding = findings::value(&report, &f);
    assert!(finding.text().starts_with("So far a customer has brought "), "{}", finding.text());
    assert!(finding.lead.unwrap().starts_with("Hardly anybody has bought twice"));
}

#[test]
fn a_worth_below_what_came_in_already_says_why() {
    let (mut report, f) = (fixture::report(), euros());
    let lead = |report: &Report| findings::value(report, &f).lead.unwrap_or_default();
    report.value.historical_mean = report.totals.cltv.map(|worth| Derived(worth.0 * 0.9));
    assert!(!lead(&report).contains("lies below"));
    report.value.historical_mean = report.totals.cltv.map(|worth| Derived(worth.0 * 1.1));
    assert!(lead(&report).ends_with(prospect::BELOW), "{}", lead(&report));
    let note = terms::Term::Worth.note(&report, &f).unwrap();
    assert!(note.ends_with(prospect::BELOW), "{note}");
}
