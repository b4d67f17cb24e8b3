//! Contracts and referrals beside orders: what is read of them, what a filter and a period leave, and that the order of rows
//! is of no account.
#![allow(clippy::disallowed_methods, reason = "tests run natively")]

#[path = "support/loaded.rs"]
mod loaded;

use loaded::{JOB, Loaded, load};
use perennial::ingest::receipt::Reason;
use perennial::math::Money;
use perennial::protocol::{Export, Reply, Request};
use perennial::report::referrals::Referrals;
use perennial::report::sections::{Ask, Section};
use perennial::report::subscriptions::{Form, Subscriptions};
use perennial::report::{Report, Settings};
use perennial::settings::DimensionFilter;

/// One order of each of six customers in 2024; C1 to C3 on the web.
fn orders() -> String {
    let row = |n: u32| {
        let channel = if n <= 3 { "web" } else { "shop" };
        format!("A{n},C{n},2024-0{n}-10,{n}0.00,{channel}\nB{n},C{n},2024-12-1{n},5.00,{channel}\n")
    };
    format!("order,customer,date,amount,channel\n{}", (1..=6).map(row).collect::<String>())
}

const CONTRACTS: &str = "customer,plan,start_date,end_date,price,billing\n\
                         C1,Small,2024-01-15,,10.00,monthly\n\
                         C1,Large,2024-03-01,,120.00,yearly\n\
                         C2,Small,2024-02-01,2024-08-01,10.00,monthly\n\
                         C4,Large,2024-02-10,open,20.00,monthly\n\
                         C5,Small,2024-02-10,31/02/2024,20.00,monthly\n\
                         C6,Small,2024-02-01,2024-02-05,10.00,monthly\n\
                         C6,Small,2024-02-07,2024-02-09,10.00,monthly\n\
                         C9,Small,2024-05-05,,7.00,monthly\n";

fn with(name: &str, table: &str) -> Loaded {
    load(&[("orders.csv", orders().as_bytes()), (name, table.as_bytes())], 1 << 20)
}

fn under(loaded: &mut Loaded, settings: Settings) -> Report {
    loaded.ask(Request::Compute { job: JOB, settings: Box::new(settings) });
    match &loaded.last {
        Reply::Report { report, .. } => (**report).clone(),
        other => panic!("no report but {other:?}"),
    }
}

fn subscriptions(loaded: &mut Loaded) -> Subscriptions {
    loaded.ask(Request::Section { job: JOB, ask: Ask::Subscriptions(Default::default()) });
    match &loaded.last {
        Reply::Section { section: Section::Subscriptions(section), .. } => (**section).clone(),
        other => panic!("no section but {other:?}"),
    }
}

fn referrals(loaded: &mut Loaded) -> Referrals {
    loaded.ask(Request::Section { job: JOB, ask: Ask::Referrals(Default::default()) });
    match &loaded.last {
        Reply::Section { section: Section::Referrals(section), .. } => (**section).clone(),
        other => panic!("no section but {other:?}"),
    }
}

fn filter(value: &str) -> Settings {
    let filter = DimensionFilter { dimension: "channel".to_owned(), values: vec![value.to_owned()] };
    Settings { filters: vec![filter], ..Settings::default() }
}

/// The months with what they end with, in whole units.
fn months(told: &Subscriptions) -> Vec<(&str, i64)> {
    told.mrr.iter().map(|month| (month.month.as_deref().unwrap(), month.mrr.0 / Money::units(1).0)).collect()
}

#[test]
fn contracts_are_read_by_their_parts_and_an_end_that_can_not_be_read_is_none() {
    let mut loaded = with("contracts.csv", CONTRACTS);
    let report = loaded.report();
    let receipt = report.tables.iter().find(|table| table.kind == "subscriptions").unwrap();
    assert_eq!((receipt.roles["billing"].as_str(), receipt.roles["plan"].as_str()), ("billing", "plan"));
    let left_out: Vec<_> = receipt.left_out.iter().map(|left| (left.reason, left.rows)).collect();
    assert_eq!(left_out, [(Reason::UnreadableDate, 1)], "what ended nobody knows when does not run on");
    let told = subscriptions(&mut loaded);
    assert_eq!((told.form, told.contracts, told.customers), (Form::Contracts, 7, 5));
    // The last thing known of the contracts is the end in August; nothing says what came after.
    assert_eq!(told.end, "2024-08-01".parse().ok());
    let expected = [("2024-01", 10), ("2024-02", 40), ("2024-03", 50), ("2024-04", 50), ("2024-05", 57)];
    assert_eq!(months(&told)[..5], expected);
    assert_eq!(months(&told)[5..], [("2024-06", 57), ("2024-07", 57), ("2024-08", 47)]);
}

#[test]
fn a_filter_leaves_the_contracts_of_those_who_pass_and_a_period_its_months() {
    let mut loaded = with("contracts.csv", CONTRACTS);
    loaded.report();
    under(&mut loaded, filter("web"));
    let web = subscriptions(&mut loaded);
    assert_eq!((web.contracts, web.customers), (3, 2), "C9 never bought anything, so nobody knows where");
    assert_eq!(web.mrr.last().unwrap().mrr, Money::units(20));
    let (from, to) = ("2024-03-10".parse().ok(), "2024-05-20".parse().ok());
    under(&mut loaded, Settings { from, to, ..Settings::default() });
    let spring = subscriptions(&mut loaded);
    assert_eq!(months(&spring), [("2024-03", 50), ("2024-04", 50), ("2024-05", 57)]);
    assert_eq!((spring.mrr[0].mrr_start, spring.mrr[2].complete), (Money::units(40), false));
    assert_eq!((spring.mrr[0].expansion, spring.mrr[2].new), (Money::units(10), Money::units(7)));
}

/// The export of Stripe: the dates of trials and of the time between two bills are none of the contract's own.
#[test]
fn an_export_with_many_dates_is_read_by_the_right_ones() {
    let text = "id,Customer ID,Customer Email,Plan,Currency,Interval,Amount,Status,Start (UTC),Current Period End (UTC),\
                Trial End (UTC),Canceled At (UTC),Ended At (UTC)\n\
                sub_1,cus_1,a@b.de,p1,eur,month,9.00,active,2024-01-02 10:00,2024-04-02 10:00,,,\n\
                sub_2,cus_2,c@d.de,p2,eur,year,90.00,canceled,2024-01-05 10:00,2025-01-05 10:00,2024-01-19 10:00,\
                2024-02-01 10:00,2024-03-01 10:00\n\
                sub_3,cus_3,e@f.de,p2,eur,year,90.00,trialing,2024-03-05 10:00,2025-03-05 10:00,2024-04-05 10:00,,\n";
    let mut loaded = load(&[("subscriptions.csv", text.as_bytes())], 1 << 20);
    loaded.report();
    let told = subscriptions(&mut loaded);
    assert_eq!(months(&told), [("2024-01", 16), ("2024-02", 16), ("2024-03", 9)]);
    assert_eq!((told.mrr[2].churned, told.trials.unwrap().running), (Money(75_000), 1));
}

#[test]
fn rows_by_month_name_their_month() {
    let text =
        "customer,month,mrr\nc1,2024-01,9.00\nc1,2024-02,9.00\nc2,2024-02,5.00\nc2,2024-03,5.00\nc1,2024-03,12.00\n";
    let mut loaded = load(&[("mrr.csv", text.as_bytes())], 1 << 20);
    loaded.report();
    let told = subscriptions(&mut loaded);
    assert_eq!((told.form, told.end), (Form::Snapshots, "2024-03-31".parse().ok()));
    assert_eq!(months(&told), [("2024-01", 9), ("2024-02", 14), ("2024-03", 17)]);
    assert!(told.mrr[2].complete);
}

#[test]
fn the_order_of_rows_is_of_no_account() {
    let turned = |text: &str| {
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        lines.join("\n") + "\n"
    };
    let referrals_of = "customer,referred_by\nC1,\nC2,C1\nC3,C2\nC4,C5\nC5,C4\nC6,C1\n";
    let told = |contracts: &str, customers: &str| {
        let files = [
            ("orders.csv", orders()),
            ("contracts.csv", contracts.to_owned()),
            ("customers.csv", customers.to_owned()),
        ];
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        let mut loaded = load(&files, 1 << 20);
        loaded.report();
        (subscriptions(&mut loaded), referrals(&mut loaded))
    };
    let plain = told(CONTRACTS, referrals_of);
    assert_eq!(plain, told(&turned(CONTRACTS), &turned(referrals_of)));
    assert_eq!((plain.1.brought.customers, plain.1.in_circles, plain.1.k_factor), (3, 2, Some(0.5)));
}

#[test]
fn a_referrer_may_be_named_by_an_address() {
    let customers =
        "customer_id,email,referred_by\nC1,a@x.de,\nC2,b@x.de,a@x.de\nC3,c@x.de,C2\nC4,d@x.de,nobody@x.de\n";
    let mut loaded = with("customers.csv", customers);
    let report = loaded.report();
    assert_eq!(report.tables[1].roles["referred_by"], "referred_by");
    let told = referrals(&mut loaded);
    assert_eq!((told.named, told.unknown, told.brought.customers), (3, 1, 2));
    assert_eq!(told.chain.iter().map(|step| step.customers).collect::<Vec<_>>(), [1, 1]);
    let top: Vec<_> = told.top.iter().map(|referrer| (&*referrer.customer, referrer.value)).collect();
    assert_eq!(top, [("C2", Money::units(35)), ("C1", Money::units(25))]);
}

/// Of C1 to C4 three invited eight, of whom two came; C5 claims that more came than were invited, C6 tells one number only.
#[test]
fn invitations_are_counted_where_a_file_has_both_numbers() {
    let customers = "customer_id,invited,joined\nC1,4,1\nC2,0,0\nC3,3,1\nC4,1,0\nC5,1,2\nC6,5,\n";
    let mut loaded = with("customers.csv", customers);
    let report = loaded.report();
    assert_eq!((&*report.tables[1].roles["invited"], &*report.tables[1].roles["joined"]), ("invited", "joined"));
    let told = referrals(&mut loaded);
    let own = told.invitations.unwrap();
    assert_eq!((told.told, told.named, own.customers, own.inviting, own.left_out), (true, 0, 4, 3, 2));
    assert_eq!((own.taken_up.count, own.taken_up.of, own.each, own.k_factor), (2, 8, Some(2.0), Some(0.5)));
    // On the web are C1 to C3.
    under(&mut loaded, filter("web"));
    let own = referrals(&mut loaded).invitations.unwrap();
    assert_eq!((own.customers, own.taken_up.count, own.taken_up.of), (3, 2, 7));
}

#[test]
fn a_quantity_counts_so_many_times() {
    let contracts = "customer,start_date,end_date,price,billing,quantity\nC1,2024-01-15,,10.00,monthly,3\nC2,2024-01-20,,120.00,yearly,2\n";
    let mut loaded = with("contracts.csv", contracts);
    assert_eq!(loaded.report().tables[1].roles["quantity"], "quantity");
    let told = subscriptions(&mut loaded);
    assert_eq!(told.mrr[0].mrr, Money::units(50), "three times 10, and twice a twelfth of 120");
}

#[test]
fn files_that_tell_nothing_of_them_have_no_such_sections() {
    let mut loaded = with("spend.csv", "day,campaign,cost\n2024-01-10,spring,120.00\n2024-02-11,spring,40.00\n");
    loaded.report();
    assert!(!subscriptions(&mut loaded).is_there() && !referrals(&mut loaded).told);
    loaded.ask(Request::Export { job: JOB, what: perennial::protocol::Export::Report });
    let Reply::Export { text, .. } = &loaded.last else { panic!("no export") };
    let report: serde_json::Value = serde_json::from_str(text).unwrap();
    assert!(report["subscriptions"].is_null() && report["referrals"].is_null());
}

/// The report as it is saved.
fn saved(loaded: &mut Loaded) -> serde_json::Value {
    loaded.report();
    loaded.ask(Request::Export { job: JOB, what: Export::Report });
    let Reply::Export { text, .. } = &loaded.last else { panic!("no export") };
    serde_json::from_str(text).unwrap()
}

#[test]
fn the_model_of_contracts_is_in_the_report_that_is_saved() {
    // Half of those who came in a month have left after as many months as their number says.
    let row = |n: u32| {
        let month = |months: u32| format!("{}-{:02}-05", 2021 + months / 12, months % 12 + 1);
        let end = if n.is_multiple_of(2) { month(n % 24 + n % 11 + 1) } else { String::new() };
        format!("K{n},{},{end},9.00,monthly\n", month(n % 24))
    };
    let rows: String = (0..240).map(row).collect();
    let mut dated = with("contracts.csv", &format!("customer,start_date,end_date,price,billing\n{rows}"));
    let report = saved(&mut dated);
    let (fit, told) = (&report["models"]["sbg"], &report["subscriptions"]["remaining"]);
    assert!(fit["converged"] == true && fit["log_likelihood"].is_number(), "{fit}");
    assert_eq!((&fit["time_unit"], &fit["parameters"]["alpha"]), (&"day".into(), &told["alpha"]), "{fit}");
    assert!(fit["standard_errors"]["beta"].is_number() && fit["intervals"]["beta"][0].is_number(), "{fit}");
    // Without any date and any order: how long, and whether they left.
    let row = |n: u32| match n % 3 {
        0 => format!("K{n},{},Month-to-month,29.85,Yes\n", (n % 40) / 5 + 1),
        _ => format!("K{n},{},Month-to-month,29.85,No\n", n % 40 + 1),
    };
    let table = format!("customerID,tenure,Contract,MonthlyCharges,Churn\n{}", (0..240).map(row).collect::<String>());
    let report = saved(&mut load(&[("churn.csv", table.as_bytes())], 1 << 20));
    let (fit, told) = (&report["models"]["sbg"], &report["subscriptions"]["remaining"]);
    assert_eq!((&fit["customers"], &fit["converged"]), (&240.into(), &true.into()));
    assert_eq!(fit["notes"], serde_json::json!(["not_tested"]));
    assert_eq!(
        (&told["alpha"], &told["holds"], &told["value"]),
        (&fit["parameters"]["alpha"], &false.into(), &().into())
    );
    assert_eq!(told["kept"][2]["months"], 12, "{told}");
}
