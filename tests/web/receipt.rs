//! The receipt: decisions that are said otherwise, rows that are looked at, and what changed.

use std::sync::Arc;

use js_sys::Array;
use leptos::prelude::*;
use perennial::ingest::decision::{COUNTED, LEFT_OUT, Matter};
use perennial::ingest::receipt::Reason;
use perennial::page::parts::changed::Changed;
use perennial::page::parts::sent::Measured;
use perennial::page::state::Change;
use perennial::page::views::data::Data;
use perennial::protocol::{LeftOutRow, LeftOutRows, ReadOptions, Request};
use perennial::report::receipt::Sum;
use wasm_bindgen_test::*;
use web_sys::{Element, File};

use super::page::{Page, elements, focus, has_focus, text};
use super::shop;

/// The view over the shop's report, with a file that can be read again.
async fn shown() -> Page {
    let page = Page::open(|control| {
        provide_context(Measured::start());
        control.open(vec![File::new_with_str_sequence(&Array::of1(&"a".into()), "orders.csv").unwrap()]);
        control.intake.review.set(Some(Arc::default()));
        control.results.report.set(Some(Arc::new(shop::report())));
        view! {
            <Data/>
            <Changed/>
        }
    })
    .await;
    page.forget_sent();
    page
}

/// The line of a decision.
#[track_caller]
fn decided(page: &Page, what: &str) -> Element {
    let found = page.all(".decided > li").into_iter().find(|line| text(line).starts_with(what));
    found.unwrap_or_else(|| panic!("nothing begins “{what}” in {:?}", page.texts(".decided > li")))
}

#[wasm_bindgen_test]
async fn a_decision_is_said_otherwise_and_the_focus_stays_on_its_button() {
    let page = shown().await;
    let button = elements(&decided(&page, "36 rows marked as cancelled"), "button").remove(0);
    assert_eq!(text(&button), "Count them");
    focus(&button);
    page.click(&button).await;
    let said = ReadOptions { count_cancelled: true, ..ReadOptions::default() };
    page.assert_sent(&[Request::Reread { job: 1, options: vec![said] }]);
    assert_eq!(page.text("[data-testid=changed] [role=status]"), "Reading again, with what you said.");

    let mut report = shop::report();
    let decision = report.tables[0].decisions.iter_mut().find(|decision| decision.about == Matter::Cancelled).unwrap();
    (decision.value, decision.instead) = (COUNTED.to_owned(), vec![LEFT_OUT.to_owned()]);
    page.show(report).await;
    assert!(has_focus(&button));
    assert_eq!(text(&button), "Leave them out");
    page.click(&button).await;
    page.assert_sent(&[Request::Reread { job: 1, options: vec![ReadOptions::default()] }]);
}

#[wasm_bindgen_test]
async fn what_can_not_be_undone_says_why_and_has_no_button() {
    let page = shown().await;
    let line = decided(&page, "2 amounts are rounded");
    assert!(text(&line).contains("Can’t be undone: amounts are kept to a hundredth of a cent"), "{}", text(&line));
    assert!(elements(&line, "button").is_empty());
}

#[wasm_bindgen_test]
async fn rows_of_a_reason_are_asked_for_and_shown_below_it() {
    let page = shown().await;
    let button = page.saying("table.lines tr:nth-child(2) button", "See rows");
    page.click(&button).await;
    let reason = Reason::NoCustomer;
    page.assert_sent(&[Request::LeftOutRows { job: 1, table: 0, reason }]);
    let columns = [("customer_id", true), ("total", false)].map(|(name, blamed)| (name.to_owned(), blamed)).to_vec();
    let rows = vec![LeftOutRow { line: 4, cells: vec![String::new(), "12.50".to_owned()] }];
    let found = LeftOutRows { table: 0, reason, columns, rows, of: 71 };
    page.control.intake.left_out.set(vec![Arc::new(found)]);
    page.settle().await;
    assert_eq!(page.texts(".seen tbody tr > *"), ["4", "nothing", "12.50"]);
    assert_eq!(page.text(".seen .blamed"), "nothing");
    assert_eq!(page.text("tr.below .note"), "The first 1 of 71. The download holds the others.");
    page.click(&page.saying("table.lines button", "Hide rows")).await;
    assert!(page.all(".seen").is_empty());
}

#[wasm_bindgen_test]
async fn what_changed_is_told_and_can_be_taken_back() {
    let page = shown().await;
    let sum = |rows: u64, cents: i64| Sum { rows, amount: perennial::math::Money(cents * 100) };
    let before = ReadOptions { count_repeated: true, ..ReadOptions::default() };
    let change =
        Change { said: vec![before.clone()], before: sum(10, 1_000), after: Some(sum(12, 1_250)), shows: true };
    page.control.intake.progress.set(None);
    page.control.intake.change.set(Some(change));
    page.settle().await;
    assert_eq!(
        page.text("[data-testid=changed] [role=status]"),
        "Rows used: 10 before, 12 now. Revenue: 10.00 before, 12.50 now."
    );
    page.click(&page.saying("[data-testid=changed] button", "Undo")).await;
    page.assert_sent(&[Request::Reread { job: 1, options: vec![before] }]);
    page.click(&page.saying("[data-testid=changed] button", "Close")).await;
    assert!(page.all("[data-testid=changed]").is_empty());
}
