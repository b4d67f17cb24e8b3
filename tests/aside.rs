//! Tables that a person sets aside: they take no part and ask nothing, and can be taken back.

use perennial::ingest::currency::currency_code;
use perennial::protocol::{ReadOptions, Request};

#[path = "support/loaded.rs"]
mod loaded;

use loaded::{JOB, Loaded, load};

const MARCH: &str = "order,customer,date,amount,currency\n1,a,2026-03-25,10.00,EUR\n2,b,2026-03-26,20.00,EUR\n";
/// Dates that can be read both ways, amounts in another currency, and an order that is there before.
const APRIL: &str = "order,customer,date,amount,currency\n2,b,03/04/2026,99.00,USD\n3,c,05/04/2026,40.00,USD\n";

/// Reads so many tables again, with these set aside.
fn set_aside(loaded: &mut Loaded, tables: usize, aside: &[usize]) {
    let options = |at: usize| ReadOptions { skip: aside.contains(&at), ..ReadOptions::default() };
    loaded.ask(Request::Reread { job: JOB, options: (0..tables).map(options).collect() });
}

#[test]
fn a_table_that_is_set_aside_takes_no_part_and_asks_nothing() {
    let mut loaded = load(&[("march.csv", MARCH.as_bytes()), ("april.csv", APRIL.as_bytes())], 64);
    let before = loaded.review().clone();
    assert!(!before.certain && before.currencies.len() == 2);

    set_aside(&mut loaded, 2, &[1]);
    let review = loaded.review();
    assert!(review.certain, "{review:?}");
    assert_eq!((review.rows_used, review.customers, review.revenue.to_string().as_str()), (2, 2, "30.00"));
    assert_eq!(review.currencies, [(currency_code("EUR").unwrap().to_owned(), 2)]);
    let aside = &review.files[1];
    assert!(!aside.is_orders && aside.options.skip && aside.questions.is_empty() && aside.left_out.is_empty());
    assert_eq!(aside.columns.len(), 5, "its columns are still known");

    let alone = load(&[("march.csv", MARCH.as_bytes())], 64).report();
    let report = loaded.report();
    assert_eq!((&report.totals, &report.period), (&alone.totals, &alone.period));
    let tables: Vec<_> = report.tables.iter().map(|table| (table.kind.as_str(), table.rows_used)).collect();
    assert_eq!(tables, [("orders", 2), ("set_aside", 0)]);

    set_aside(&mut loaded, 2, &[]);
    assert_eq!(*loaded.review(), before, "taken back, everything is as it was");
}

#[test]
fn sheets_of_a_workbook_are_set_aside_one_by_one() {
    let bytes = include_bytes!("fixtures/orders.xls");
    let mut loaded = load(&[("march.csv", MARCH.as_bytes()), ("orders.xls", bytes)], 1 << 20);
    let names: Vec<String> = loaded.review().files.iter().map(|file| file.name.clone()).collect();
    assert_eq!(names, ["march.csv", "orders.xls › Orders", "orders.xls › Notes", "orders.xls › Long"]);
    set_aside(&mut loaded, 4, &[0, 2, 3]);
    let taken: Vec<bool> = loaded.review().files.iter().map(|file| file.is_orders).collect();
    assert_eq!(taken, [false, true, false, false]);
    assert!(loaded.review().certain);
    assert_eq!(loaded.report().totals.customers, 32);
}

#[test]
fn with_all_tables_set_aside_nothing_is_left_to_read() {
    let mut loaded = load(&[("march.csv", MARCH.as_bytes()), ("april.csv", APRIL.as_bytes())], 64);
    set_aside(&mut loaded, 2, &[0, 1]);
    let review = loaded.review();
    assert_eq!((review.rows_used, review.certain, review.first), (0, false, None));
}
