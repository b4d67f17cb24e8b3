//! Order numbers that can't mean one order, and ids that a spreadsheet has cut: asked, never added up in silence.
#![allow(clippy::disallowed_methods, reason = "tests run natively")]

#[path = "support/loaded.rs"]
mod loaded;

use loaded::{JOB, Loaded, load, one};
use perennial::ingest::receipt::Reason;
use perennial::math::Money;
use perennial::protocol::{Doubt, InFiles, Question, ReadOptions, Request};
use perennial::report::Report;
use proptest::prelude::*;

const OLD: &str = "order,customer,date,amount,item\nA1,c1,2024-01-02,10.00,tea\nA1,c1,2024-01-02,5.00,mug\nA2,c2,2024-01-03,20.00,tea\n\
                   A3,c3,2024-01-04,30.00,tea\n";
const NEW: &str = "order,customer,date,amount,item\nA2,c2,2024-01-03,20.00,tea\nA3,c3,2024-01-04,25.00,tea\nA3,c3,2024-01-04,1.00,mug\n\
                   A4,c1,2024-02-04,40.00,tea\n";

fn two(old: &str, new: &str) -> Loaded {
    load(&[("old.csv", old.as_bytes()), ("new.csv", new.as_bytes())], 1 << 20)
}

fn say(loaded: &mut Loaded, files: usize, change: impl Fn(&mut ReadOptions)) {
    let mut options = vec![ReadOptions::default(); files];
    change(&mut options[0]);
    loaded.ask(Request::Reread { job: JOB, options });
}

fn questions(loaded: &Loaded) -> Vec<Question> {
    loaded.review().files.iter().flat_map(|file| file.questions.clone()).collect()
}

fn left_out(report: &Report, file: usize) -> Vec<(Reason, u64, Option<Money>)> {
    report.tables[file].left_out.iter().map(|left| (left.reason, left.rows, left.amount)).collect()
}

#[test]
fn a_refund_in_a_later_file_leaves_its_order_in_the_earlier_one() {
    let refund = "order,customer,date,amount,item\nA3,c3,2024-02-04,-30.00,tea\nA4,c1,2024-02-04,40.00,tea\n";
    let mut loaded = two(OLD, refund);
    assert_eq!(questions(&loaded), []);
    let report = loaded.report();
    assert_eq!((report.totals.revenue, report.totals.purchases), (Money::units(15 + 20 + 40), 4));
}

#[test]
fn an_order_in_two_of_very_many_files_counts_in_one_of_them() {
    let day = |number: usize| format!("2024-{:02}-{:02}", number / 28 + 1, number % 28 + 1);
    let file = |number: usize| {
        let next = number + 1;
        format!(
            "order,customer,date,amount,item\nB{number},c1,{},10.00,tea\nB{next},c1,{},11.00,tea\n",
            day(number),
            day(next)
        )
    };
    let texts: Vec<(String, String)> = (0..90).map(|number| (format!("{number}.csv"), file(number))).collect();
    let files: Vec<(&str, &[u8])> = texts.iter().map(|(name, text)| (&**name, text.as_bytes())).collect();
    let report = load(&files, 1 << 20).report();
    // The newest of two counts: the one where the order has 10.00, but for the last order.
    assert_eq!((report.totals.revenue, report.totals.purchases), (Money::units(90 * 10 + 11), 91));
}

#[test]
fn the_same_order_in_two_files_with_other_rows_is_asked_and_never_added_up() {
    let mut loaded = two(OLD, NEW);
    let asked = Question::OrdersInFiles {
        orders: 1,
        other_customers: 0,
        example: "A3".into(),
        files: vec![(0, "old.csv".into()), (1, "new.csv".into())],
        chosen: InFiles::Table(1),
    };
    assert_eq!(questions(&loaded), [asked]);
    // The newer file counts until it is said otherwise; what is the same in both counts once.
    let report = loaded.report();
    assert_eq!((report.totals.revenue, report.totals.purchases), (Money::units(15 + 20 + 26 + 40), 4));
    assert_eq!(left_out(&report, 0), [(Reason::InAnotherFile, 2, Some(Money::units(50)))]);
    assert_eq!(left_out(&report, 1), []);
    for (said, revenue, purchases) in
        [(InFiles::Table(0), 15 + 20 + 30 + 40, 4), (InFiles::Apart, 15 + 20 + 30 + 26 + 40, 5)]
    {
        say(&mut loaded, 2, |options| options.orders_in_files = Some(said));
        assert_eq!(questions(&loaded), []);
        let report = loaded.report();
        assert_eq!((report.totals.revenue, report.totals.purchases), (Money::units(revenue), purchases), "{said:?}");
        for table in &report.tables {
            let out: Money = table.left_out.iter().filter_map(|left| left.amount).sum();
            assert_eq!(table.amount_read, table.amount_used + out, "every cent is accounted for");
        }
    }
}

#[test]
fn shops_that_number_by_themselves_are_kept_apart_and_asked_about() {
    let of = |shop: &str| {
        let row = |n: u32| format!("{n},{shop}{n},2024-01-{:02},10.00\n", n + 1);
        format!("order,customer,date,amount\n{}", (1..9).map(row).collect::<String>())
    };
    let mut loaded = two(&of("x"), &of("y"));
    let [Question::OrdersInFiles { orders: 8, other_customers: 8, chosen: InFiles::Apart, .. }] =
        questions(&loaded)[..]
    else {
        panic!("{:?}", questions(&loaded))
    };
    let report = loaded.report();
    assert_eq!((report.totals.purchases, report.totals.revenue), (16, Money::units(160)));
}

#[test]
fn exports_that_overlap_in_orders_of_several_lines_count_each_once() {
    let lines = |orders: std::ops::Range<u32>| {
        let row =
            |n: u32| format!("A{n},c{},2024-01-{n:02},10.00,tea\nA{n},c{},2024-01-{n:02},10.00,mug\n", n % 3, n % 3);
        format!("order,customer,date,amount,item\n{}", orders.map(row).collect::<String>())
    };
    let mut loaded = two(&lines(10..20), &lines(15..25));
    assert_eq!(questions(&loaded), [], "the same in both files: nothing to ask");
    let report = loaded.report();
    assert_eq!((report.totals.purchases, report.totals.revenue), (15, Money::units(300)));
    assert_eq!(left_out(&report, 0), [(Reason::InAnotherFile, 10, Some(Money::units(100)))]);
}

#[test]
fn an_order_of_several_customers_is_asked_about() {
    let mut loaded = one(
        "order,customer,date,amount\n1,a,2024-01-02,1.00\n2,b,2024-01-03,2.00\n1,c,2024-01-04,4.00\n3,a,2024-01-05,8.00\n",
    );
    let asked = Question::OrdersOfSeveral { column: "order".into(), orders: 1, example: "1".into() };
    assert_eq!(questions(&loaded), [asked]);
    let report = loaded.report();
    assert_eq!((report.totals.purchases, report.totals.revenue), (4, Money::units(15)));
    say(&mut loaded, 1, |options| options.orders_of_several = Some(Doubt::LeaveOut));
    assert_eq!(questions(&loaded), []);
    let report = loaded.report();
    assert_eq!((report.totals.purchases, report.totals.revenue), (2, Money::units(10)));
    assert_eq!(left_out(&report, 0), [(Reason::SeveralCustomers, 2, Some(Money::units(5)))]);
}

#[test]
fn a_number_whose_dates_lie_far_apart_is_asked_about_and_a_refund_is_not() {
    let text = "order,customer,date,amount\n1,a,2024-01-02,1.00\n1,a,2024-01-09,1.00\n2,a,2024-01-03,2.00\n2,a,2024-06-03,-2.00\n\
                3,a,2024-01-04,4.00\n3,a,2024-03-04,4.00\n3,a,2024-03-20,-1.00\n";
    let mut loaded = one(text);
    let asked = Question::OrdersFarApart { column: "order".into(), orders: 1, example: "3".into() };
    assert_eq!(questions(&loaded), [asked]);
    assert_eq!(loaded.report().totals.purchases, 3);
    say(&mut loaded, 1, |options| options.orders_far_apart = Some(true));
    let report = loaded.report();
    assert_eq!((report.totals.purchases, report.totals.revenue), (4, Money::units(9)));
}

#[test]
fn ids_that_a_spreadsheet_has_cut_are_asked_about() {
    let text = "order,customer,date,amount\n1,1.23E+15,2024-01-02,1.00\n2,1.23E+15,2024-01-03,2.00\n3,77,2024-01-04,4.00\n4.56E+12,77,2024-01-05,8.00\n";
    let mut loaded = one(text);
    let asked: Vec<(bool, u64)> = questions(&loaded)
        .iter()
        .map(|question| match question {
            Question::DamagedIds { of_orders, rows, .. } => (*of_orders, *rows),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(asked, [(false, 2), (true, 1)]);
    assert!(!loaded.review().certain);
    assert_eq!(loaded.report().totals.revenue, Money::units(15));
    say(&mut loaded, 1, |options| {
        (options.damaged_customers, options.damaged_orders) = (Some(Doubt::LeaveOut), Some(Doubt::Count));
    });
    assert_eq!(questions(&loaded), []);
    let report = loaded.report();
    assert_eq!(left_out(&report, 0), [(Reason::DamagedId, 2, Some(Money::units(3)))]);
    assert_eq!(report.totals.revenue, Money::units(12));
}

/// Rows of orders: number, customer, days after the first, amount.
type Rows = Vec<(u8, u8, u8, u8)>;

fn text(rows: &Rows) -> String {
    let row = |&(order, customer, day, amount): &(u8, u8, u8, u8)| {
        format!("A{order},c{customer},2024-01-{:02},{amount}.00\n", day % 28 + 1)
    };
    format!("order,customer,date,amount\n{}", rows.iter().map(row).collect::<String>())
}

fn rows() -> impl Strategy<Value = Rows> {
    proptest::collection::vec((0u8..12, 0u8..4, 0u8..28, 1u8..50), 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_clashes_does_not_depend_on_the_order_of_rows(
        (a, b, shuffled) in (rows(), rows()).prop_flat_map(|(a, b)| (Just(a.clone()), Just(b), Just(a).prop_shuffle())),
        apart in any::<bool>(),
    ) {
        let of = |a: &Rows| {
            let mut loaded = two(&text(a), &text(&b));
            let asked = questions(&loaded);
            say(&mut loaded, 2, |options| {
                options.orders_far_apart = Some(apart);
                options.orders_in_files = apart.then_some(InFiles::Apart);
            });
            let report = loaded.report();
            (format!("{asked:?}"), report.totals.clone(), left_out(&report, 0), left_out(&report, 1))
        };
        prop_assert_eq!(of(&a), of(&shuffled));
    }
}
