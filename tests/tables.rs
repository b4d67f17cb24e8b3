//! Several tables, one analysis: tables beside the orders are read, counted and joined on the customer.
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]

#[path = "support/loaded.rs"]
mod loaded;

use loaded::{JOB, Loaded, load};
use perennial::ingest::content::Matched;
use perennial::ingest::receipt::{Reason, TableReceipt};
use perennial::ingest::spelling::IdRule;
use perennial::ledger::near::NearMiss;
use perennial::math::{Day, Money};
use perennial::protocol::{Question, ReadOptions, Reply, Request};
use perennial::report::{Report, Settings, export};
use perennial::roles::Role;
use perennial::roles::kind::TableKind;
use perennial::roles::scale::Scale;
use perennial::settings::DimensionFilter;

/// 24 orders of six customers, the first half of them on the web.
fn orders() -> String {
    let row = |n: u32| {
        let channel = if n.is_multiple_of(2) { "web" } else { "shop" };
        format!("A{n},C{},2024-{:02}-1{},{}.00,{channel}\n", n % 6 + 1, n / 2 + 1, n % 2, n + 1)
    };
    format!("order,customer,date,amount,channel\n{}", (0..24).map(row).collect::<String>())
}

const CUSTOMERS: &str = "customer_id,email,gender,channel\nC1,a@x.de,f,search\nC2,b@x.de,m,social\nC3,c@x.de,f,search\n\
                         C4,d@x.de,m,social\nC9,z@x.de,f,search\n";

fn with(tables: &[(&str, &str)]) -> Loaded {
    let orders = orders();
    let mut files = vec![("orders.csv", orders.as_bytes())];
    files.extend(tables.iter().map(|(name, text)| (*name, text.as_bytes())));
    load(&files, 1 << 20)
}

fn table<'a>(report: &'a Report, file: &str) -> &'a TableReceipt {
    report.tables.iter().find(|table| table.file == file).unwrap()
}

fn under(loaded: &mut Loaded, settings: Settings) -> Report {
    loaded.ask(Request::Compute { job: JOB, settings: Box::new(settings) });
    match &loaded.last {
        Reply::Report { report, .. } => (**report).clone(),
        other => panic!("no report but {other:?}"),
    }
}

fn filter(dimension: &str, value: &str) -> Settings {
    let filter = DimensionFilter { dimension: dimension.to_owned(), values: vec![value.to_owned()] };
    Settings { filters: vec![filter], ..Settings::default() }
}

#[test]
fn the_columns_of_a_table_of_customers_filter_and_group_the_orders() {
    let mut loaded = with(&[("customers.csv", CUSTOMERS)]);
    assert!(loaded.review().certain);
    let report = loaded.report();
    let receipt = table(&report, "customers.csv");
    assert_eq!((&*receipt.kind, receipt.rows_read, receipt.rows_used), ("customers", 5, 5));
    let names: Vec<&str> = report.dimensions.iter().map(|dimension| &*dimension.name).collect();
    assert_eq!(names, ["channel", "gender", "channel (customers)"], "a name that is taken is told apart");
    assert_eq!(report.dimensions[2].role.as_deref(), Some("channel"));
    let women: Vec<(&str, u64)> = report.dimensions[1].values.iter().map(|v| (&*v.value, v.rows)).collect();
    assert_eq!(women, [("", 8), ("f", 8), ("m", 8)]);
    let segments = report.segments.iter().filter(|segment| segment.family == "dimension:gender");
    assert_eq!(segments.map(|segment| segment.customers).collect::<Vec<_>>(), [2, 2, 2]);
    // C1 and C3 have the orders 0, 6, 12, 18 and 2, 8, 14, 20 of an amount one above.
    assert_eq!(under(&mut loaded, filter("gender", "f")).totals.revenue, Money::units(40 + 48));
    assert_eq!(report.totals.revenue, Money::units(300), "no row of another table is a sale");
    assert_eq!((report.totals.rows, report.totals.customers), (24, 6));
}

#[test]
fn it_is_told_who_is_found_among_the_customers_of_the_orders() {
    let survey = "customer,date,nps\nC1,2024-02-01,9\nC1,2024-03-01,10\nC7,2024-03-02,3\n,2024-03-03,7\n";
    let mut loaded = with(&[("customers.csv", CUSTOMERS), ("survey.csv", survey)]);
    let expected = Matched {
        column: "customer_id".into(),
        rows: 5,
        rows_found: 4,
        customers: 5,
        customers_found: 4,
        orders_found: 4,
        orders_customers: 6,
        not_found: vec!["C9".into()],
    };
    assert_eq!(loaded.review().files[1].matched, Some(expected.clone()));
    let report = loaded.report();
    assert_eq!(table(&report, "customers.csv").matched, Some(expected));
    let asked = table(&report, "survey.csv").matched.clone().unwrap();
    assert_eq!((asked.rows, asked.rows_found, asked.customers, asked.customers_found), (3, 2, 2, 1));
    assert_eq!(asked.not_found, ["C7"]);
    assert_eq!(table(&report, "orders.csv").matched, None);
}

#[test]
fn customers_are_found_by_their_address_where_the_orders_know_only_that() {
    let orders = "email,date,amount\na@x.de,2024-01-02,5.00\nb@x.de,2024-01-03,6.00\na@x.de,2024-02-02,7.00\n";
    let mut loaded = load(&[("customers.csv", CUSTOMERS.as_bytes()), ("orders.csv", orders.as_bytes())], 7);
    let report = loaded.report();
    let matched = report.tables[0].matched.clone().unwrap();
    assert_eq!((&*matched.column, matched.customers_found, matched.orders_found), ("email", 2, 2));
    assert_eq!(under(&mut loaded, filter("gender", "m")).totals.revenue, Money::units(6));
}

#[test]
fn of_several_values_the_most_frequent_counts_whatever_the_order_of_rows() {
    let rows = ["C1,f", "C1,m", "C1,m", "C2,m", "C2,f", "C3,f", "C4,m", "C5,f"];
    for turn in 0..rows.len() {
        let mut rows = rows.to_vec();
        rows.rotate_left(turn);
        let text = format!("customer_id,gender\n{}\n", rows.join("\n"));
        let mut loaded = with(&[("customers.csv", &text)]);
        let kind = ReadOptions { kind: Some(TableKind::Customers), ..ReadOptions::default() };
        loaded.ask(Request::Reread { job: JOB, options: vec![ReadOptions::default(), kind] });
        let of = |loaded: &mut Loaded, value: &str| under(loaded, filter("gender", value)).totals.customers;
        assert_eq!((of(&mut loaded, "m"), of(&mut loaded, "f"), of(&mut loaded, "")), (2, 3, 1), "{text}");
    }
}

#[test]
fn what_a_table_of_costs_tells_is_the_cost_of_winning_until_something_is_typed_in() {
    let spend = "day,channel,campaign,cost\n2024-01-10,search,a,100.00\n2024-02-15,social,b,50.00\n\
                 2024-03-01,search,a,30.00\n2024-03-02,,a,n/a\n";
    let mut loaded = with(&[("spend.csv", spend)]);
    let report = loaded.report();
    let receipt = table(&report, "spend.csv");
    assert_eq!((receipt.rows_read, receipt.rows_used), (4, 3));
    assert_eq!(receipt.left_out[0].reason, Reason::NoAmount, "n/a says that there is none");
    let spent = &report.acquisition;
    assert_eq!((spent.spend, spent.typed, spent.new_customers), (Some(Money::units(180)), false, 4));
    let channels: Vec<_> = spent.channels.iter().map(|one| (&*one.channel, one.spend)).collect();
    assert_eq!(channels, [("search", Money::units(130)), ("social", Money::units(50))]);
    assert_eq!(report.totals.cac.unwrap().0, 45.0, "those whom it won: first seen from 10 Jan to 1 Mar");
    let typed = under(&mut loaded, Settings { spend: Some(Money::units(600)), ..Settings::default() });
    assert_eq!((typed.totals.cac.unwrap().0, typed.acquisition.typed), (100.0, true));
    let march = Settings { from: "2024-03-01".parse().ok(), ..Settings::default() };
    assert_eq!(under(&mut loaded, march).acquisition.spend, Some(Money::units(30)));
    assert_eq!(under(&mut loaded, filter("channel", "web")).totals.cac, None, "spent on all is no cost of some");
}

#[test]
fn costs_in_another_currency_are_no_cost_of_these_orders() {
    let orders = "customer,date,amount,currency\na,2024-01-02,5.00,EUR\nb,2024-01-03,6.00,EUR\n";
    let spend = "day,campaign,Amount spent (USD)\n2024-01-02,a,100\n2024-01-03,b,50\n";
    for files in [[("o.csv", orders), ("s.csv", spend)], [("s.csv", spend), ("o.csv", orders)]] {
        let files = files.map(|(name, text)| (name, text.as_bytes()));
        let mut loaded = load(&files, 1 << 20);
        assert!(loaded.review().certain, "one currency of orders: nothing to ask");
        let report = loaded.report();
        assert_eq!((report.currency.as_deref(), report.acquisition.spend), (Some("EUR"), None));
        let out = &table(&report, "s.csv").left_out;
        assert_eq!((out.len(), out[0].reason, out[0].rows), (1, Reason::OtherCurrency, 2));
    }
}

#[test]
fn answers_outside_their_scale_are_left_out_and_never_clamped() {
    let survey =
        "customer,date,nps\nC1,2024-02-01,9\nC2,2024-03-01,11\nC3,2024-03-02,0\nC4,2024-03-03,ten\nC5,2024-03-04,\n";
    let mut loaded = with(&[("survey.csv", survey)]);
    let report = loaded.report();
    let receipt = table(&report, "survey.csv");
    let content = receipt.content.as_ref().unwrap();
    assert_eq!((receipt.rows_used, content.questions[0].scale.as_deref()), (2, Some("nps")));
    assert_eq!(content.numbers[0].mean.unwrap().0, 4.5);
    let out: Vec<(Reason, u64)> = receipt.left_out.iter().map(|out| (out.reason, out.rows)).collect();
    assert_eq!(out, [(Reason::NoNumber, 1), (Reason::UnreadableNumber, 1), (Reason::OutsideScale, 1)]);
    assert_eq!(receipt.rows_read, receipt.rows_used + 3);
}

#[test]
fn a_scale_that_nothing_tells_is_asked_for() {
    let survey = "customer,date,score\nC1,2024-02-01,5\nC2,2024-03-01,6\nC3,2024-03-02,1\nC1,2024-03-03,4\n";
    let mut loaded = with(&[("survey.csv", survey)]);
    let questions = loaded.review().files[1].questions.clone();
    assert!(!loaded.review().certain);
    let asked = Question::WhichScale { column: "score".into(), answers: (10_000, 60_000), chosen: Scale::Ces };
    assert_eq!(questions, [asked]);
    let said = ReadOptions { scale: Some(Scale::Csat), ..ReadOptions::default() };
    loaded.ask(Request::Reread { job: JOB, options: vec![ReadOptions::default(), said] });
    assert!(loaded.review().certain);
    let report = loaded.report();
    assert_eq!(table(&report, "survey.csv").rows_used, 3);
    assert_eq!(table(&report, "survey.csv").left_out[0].reason, Reason::OutsideScale);
}

#[test]
fn dates_that_fit_both_ways_are_asked_of_every_table_that_has_them() {
    let spend = "day,campaign,cost\n03/04/2024,a,10.00\n05/06/2024,b,20.00\n07/08/2024,b,20.00\n";
    let mut loaded = with(&[("spend.csv", spend)]);
    assert!(matches!(loaded.review().files[1].questions[..], [Question::DayOrMonthFirst { .. }]));
    let said =
        ReadOptions { date_order: Some(perennial::ingest::dates::DateOrder::MonthDayYear), ..Default::default() };
    loaded.ask(Request::Reread { job: JOB, options: vec![ReadOptions::default(), said] });
    assert!(loaded.review().certain);
    let report = loaded.report();
    let dates = &table(&report, "spend.csv").content.as_ref().unwrap().dates[0];
    assert_eq!((dates.first, dates.last), ("2024-03-04".parse::<Day>().ok(), "2024-07-08".parse().ok()));
}

#[test]
fn subscriptions_events_tests_and_summaries_are_read_and_counted() {
    let subscriptions = "customer_id,plan,start_date,end_date,mrr\nC1,basic,2024-01-02,,9.00\nC2,pro,2024-01-05,2024-03-01,19.00\n\
                         C3,basic,2024-02-05,,9.00\nC8,basic,2024-02-06,,9.00\n";
    let events = "customer_id,timestamp,event\nC1,2024-01-02 10:00:00,login\nC1,2024-01-03 10:00:00,help\n,2024-01-03 11:00:00,login\n\
                  C2,2024-01-04 11:00:00,\n";
    let test = "customer_id,variant,converted\nC1,a,yes\nC2,b,no\nC3,a,1\n";
    let summary = "customer_id,frequency,recency,T,monetary_value\nC1,2,30.43,38.86,22.35\nC2,1,1.71,38.86,11.77\n";
    let mut loaded =
        with(&[("subs.csv", subscriptions), ("events.csv", events), ("test.csv", test), ("rfm.csv", summary)]);
    let report = loaded.report();
    let facts = |file: &str| {
        let table = table(&report, file);
        let content = table.content.clone().unwrap();
        let numbers: Vec<String> =
            content.numbers.iter().map(|n| format!("{} {}", n.role, n.mean.unwrap().0)).collect();
        let groups: Vec<String> = content.groups.iter().map(|g| format!("{} {}", g.column, g.values)).collect();
        let found = table.matched.clone().unwrap().customers_found;
        format!(
            "{} {} {} {found} | {} | {}",
            table.kind,
            table.rows_used,
            content.customers,
            numbers.join(", "),
            groups.join(", ")
        )
    };
    assert_eq!(facts("subs.csv"), "subscriptions 4 4 3 | amount 11.5 | plan 2");
    assert_eq!(table(&report, "subs.csv").content.as_ref().unwrap().dates[1].rows, 1, "one has ended");
    assert_eq!(facts("events.csv"), "events 2 1 1 |  | event 2");
    let reasons: Vec<Reason> = table(&report, "events.csv").left_out.iter().map(|out| out.reason).collect();
    assert_eq!(reasons, [Reason::NoCustomer, Reason::NoName]);
    assert_eq!(facts("test.csv"), "experiment 3 3 3 | outcome 0.6666666666666666 | variant 2");
    assert_eq!(facts("rfm.csv"), "summary 2 2 2 | frequency 1.5, recency 16.07, observed 38.86, amount 17.06 | ");
    assert_eq!(report.totals.rows, 24);
}

#[test]
fn a_person_says_what_the_rows_are_and_what_a_column_means() {
    let text = "who,when,how\nC1,2024-01-02,7\nC2,2024-01-03,9\n";
    let mut loaded = with(&[("x.csv", text)]);
    let roles = [(0, Role::Customer), (1, Role::Date), (2, Role::Score)].into();
    let said = ReadOptions { kind: Some(TableKind::Survey), roles, ..ReadOptions::default() };
    loaded.ask(Request::Reread { job: JOB, options: vec![ReadOptions::default(), said] });
    let file = &loaded.review().files[1];
    assert_eq!((file.kind, file.is_orders, file.takes_part(), file.rows_used), (TableKind::Survey, false, true, 2));
    // One column of a table of customers gets another meaning; it stays a table of customers.
    let mut loaded = with(&[("customers.csv", CUSTOMERS)]);
    let said = ReadOptions { roles: [(3, Role::Unused)].into(), ..ReadOptions::default() };
    loaded.ask(Request::Reread { job: JOB, options: vec![ReadOptions::default(), said] });
    assert_eq!(loaded.review().files[1].kind, TableKind::Customers);
    assert_eq!(loaded.report().dimensions.len(), 2);
    // What lacks a part that it needs takes no part, and says so.
    let said = ReadOptions { roles: [(0, Role::Unused), (1, Role::Unused)].into(), ..ReadOptions::default() };
    loaded.ask(Request::Reread { job: JOB, options: vec![ReadOptions::default(), said] });
    let file = &loaded.review().files[1];
    assert_eq!((file.takes_part(), &*file.missing, file.rows_used), (false, &[Role::Customer][..], 0));
}

#[test]
fn tables_of_platforms_are_read_with_their_traps() {
    let file = |name: &str| {
        let path = format!("{}/tests/fixtures/layouts/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read(path).unwrap()
    };
    let names = [
        "meta-ads.csv",
        "google-ads-campaigns.csv",
        "linkedin-ads.csv",
        "microsoft-ads.csv",
        "surveymonkey-responses.csv",
        "typeform-responses-older.csv",
        "typeform-responses.csv",
        "hubspot-contacts.csv",
        "klaviyo-profiles.csv",
    ];
    let orders = "email,date,amount\nann@example.com,2026-09-01,5.00\nBOB@example.com,2026-09-02,6.00\n";
    for name in names {
        let bytes = file(name);
        let mut loaded = load(&[("orders.csv", orders.as_bytes()), (name, &bytes)], 1 << 20);
        let report = loaded.report();
        let receipt = table(&report, name);
        let content = receipt.content.clone().unwrap_or_else(|| panic!("{name} takes part"));
        let sum = content.numbers.first().map(|n| (n.rows, n.sum.unwrap().to_string())).unwrap_or_default();
        let got = format!("{} {}/{} {} {}", receipt.kind, receipt.rows_used, receipt.rows_read, sum.0, sum.1);
        let expected = match name {
            "meta-ads.csv" => "spend 6/7 6 65.40",
            "google-ads-campaigns.csv" => "spend 5/10 5 62.50",
            "linkedin-ads.csv" => "spend 6/9 6 88.50",
            "microsoft-ads.csv" => "spend 6/6 6 48.60",
            "surveymonkey-responses.csv" => "survey 6/6 6 37.00",
            "typeform-responses-older.csv" => "survey 6/6 6 39.00",
            "typeform-responses.csv" => "survey 5/6 5 37.00",
            _ => "customers 6/6 0 ",
        };
        assert_eq!(got, expected, "{name}: {receipt:?}");
        if let Some(matched) = &receipt.matched {
            assert_eq!((matched.rows_found, matched.not_found.len()), (1, 5), "{name}: {matched:?}");
        }
    }
}

/// Three spellings of one customer, in an order of rows that the index says.
fn spellings(turn: usize) -> Loaded {
    let mut rows = [
        "1,ann@x.de,2024-01-02,10.00",
        "2,ann@x.de,2024-02-02,10.00",
        "3,Ann@x.de,2024-03-02,10.00",
        "4,ann+shop@x.de,2024-04-02,10.00",
        "5,bob@x.de,2024-04-03,10.00",
        "5,Bob@x.de,2024-04-03,2.00",
    ];
    rows.rotate_left(turn);
    let orders = format!("order,email,date,amount\n{}\n", rows.join("\n"));
    let survey = "email,date,nps\nANN@x.de,2024-05-01,9\nbob@x.de,2024-05-02,3\nzoe@x.de,2024-05-03,7\n";
    load(&[("orders.csv", orders.as_bytes()), ("survey.csv", survey.as_bytes())], 1 << 20)
}

fn said(rules: &[IdRule]) -> Vec<ReadOptions> {
    vec![ReadOptions { same_ids: rules.iter().copied().collect(), ..ReadOptions::default() }, ReadOptions::default()]
}

#[test]
fn ids_that_differ_only_in_how_they_are_written_are_told_and_stay_apart() {
    let mut loaded = spellings(0);
    let told =
        |near: &[NearMiss]| near.iter().map(|near| (near.rule, near.ids, near.rows, near.merged)).collect::<Vec<_>>();
    let expected = [(IdRule::Case, 3, 3, false), (IdRule::Tags, 1, 1, false)];
    assert_eq!(told(&loaded.review().near_misses), expected);
    assert_eq!(loaded.review().near_misses[0].examples[0], ("Ann@x.de".to_owned(), "ann@x.de".to_owned()));
    let report = loaded.report();
    assert_eq!((told(&report.near_misses), report.merged_ids), (expected.to_vec(), 0));
    assert_eq!(report.totals.customers, 5);
    assert_eq!(table(&report, "survey.csv").matched.clone().unwrap().customers_found, 1);
}

#[test]
fn ids_are_made_one_when_a_person_says_so_whatever_the_order_of_rows() {
    let mut first: Option<String> = None;
    for turn in 0..6 {
        let mut loaded = spellings(turn);
        loaded.ask(Request::Reread { job: JOB, options: said(&[IdRule::Case, IdRule::Tags]) });
        assert_eq!((loaded.review().customers, loaded.review().rows_used), (2, 6));
        let report = loaded.report();
        assert_eq!((report.merged_ids, report.totals.purchases, report.totals.revenue), (4, 5, Money::units(52)));
        let matched = table(&report, "survey.csv").matched.clone().unwrap();
        assert_eq!((matched.customers_found, matched.not_found), (2, vec!["zoe@x.de".to_owned()]));
        loaded.ask(Request::Customer { job: JOB, number: 0 });
        let Reply::Customer { detail: Some(ann), .. } = &loaded.last else { panic!("no customer") };
        assert_eq!((&*ann.row.customer, ann.row.purchases), ("ann@x.de", 4), "as most rows write it");
        let json = export::json(&report);
        // Which row is the example of a line, the order of rows tells.
        let without_lines = json.lines().filter(|line| !line.contains("\"line\"")).collect::<String>();
        assert_eq!(first.get_or_insert_with(|| without_lines.clone()), &without_lines, "turned by {turn}");
    }
    // One rule alone makes one only what it makes equal.
    let mut loaded = spellings(0);
    loaded.ask(Request::Reread { job: JOB, options: said(&[IdRule::Tags]) });
    let report = loaded.report();
    assert_eq!((report.merged_ids, report.totals.customers), (1, 4));
    assert!(report.near_misses[1].merged && !report.near_misses[0].merged);
}

#[test]
fn rules_find_zeros_decimals_and_numbers_that_a_spreadsheet_has_cut() {
    let orders = "customer,date,amount\n00712,2024-01-02,1.00\n00712,2024-01-03,1.00\n1234567890123456,2024-01-04,1.00\n\
                  4400.0,2024-01-05,1.00\n4400.0,2024-01-06,1.00\n";
    let customers = "customer_id,group\n712,a\n1.23E+15,b\n4400,a\n99,b\n";
    let mut loaded = load(&[("o.csv", orders.as_bytes()), ("c.csv", customers.as_bytes())], 1 << 20);
    let rules: Vec<(IdRule, u64)> = loaded.review().near_misses.iter().map(|near| (near.rule, near.ids)).collect();
    assert_eq!(rules, [(IdRule::Zeros, 1), (IdRule::Decimals, 1), (IdRule::Scientific, 1)]);
    assert_eq!(loaded.report().tables[1].matched.clone().unwrap().customers_found, 0);
    loaded.ask(Request::Reread { job: JOB, options: said(&IdRule::ALL) });
    let report = loaded.report();
    assert_eq!(report.tables[1].matched.clone().unwrap().customers_found, 3);
    let filtered = under(&mut loaded, filter("group", "b"));
    assert_eq!(filtered.totals.revenue, Money::units(1));
}
