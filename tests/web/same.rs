//! Ids that differ only in how they are written: a rule that is ticked is sent to the worker, and its box stays.

use std::sync::Arc;

use js_sys::Array;
use leptos::prelude::*;
use perennial::engine::Engine;
use perennial::ingest::spelling::IdRule;
use perennial::page::steps::review::Review;
use perennial::protocol::{self, FileInfo, ReadOptions, Reply, Request};
use wasm_bindgen_test::*;
use web_sys::{Element, File};

use super::page::{Page, checked, elements};

/// One customer by two ways of writing an address.
const ORDERS: &str = "\
email,date,amount
ann@x.com,2024-01-02,10.50
Ann@x.com,2024-02-03,20.00
ann@x.com,2024-03-04,30.00
bob@x.com,2024-03-05,40.00
";

/// The worker has read the file under what was said, and answers.
async fn answer(page: &Page) {
    let options = page.control.intake.options.get_untracked();
    let mut engine = Engine::new();
    let files = vec![FileInfo { name: "orders.csv".to_owned(), size: ORDERS.len() as u64 }];
    let mut replies = engine.handle(Request::Open { job: 1, files, options });
    while let Some(want) = engine.wants() {
        let from = want.offset as usize;
        replies = engine.feed(&ORDERS.as_bytes()[from..from + want.len]);
    }
    let Some(Reply::Review { review, .. }) = replies.pop() else { panic!("no review") };
    let review: Box<protocol::Review> = review;
    page.control.intake.progress.set(None);
    page.control.intake.review.set(Some(Arc::new(*review)));
    page.settle().await;
}

fn only_box(page: &Page) -> Element {
    let section = page.saying("h2", "Are these the same customers?").closest("section").unwrap().unwrap();
    let boxes = elements(&section, "input[type=checkbox]");
    assert_eq!(boxes.len(), 1);
    boxes[0].clone()
}

#[wasm_bindgen_test]
async fn a_rule_that_is_ticked_is_said_and_its_box_stays() {
    let page = Page::open(|control| {
        control.open(vec![File::new_with_str_sequence(&Array::of1(&ORDERS.into()), "orders.csv").unwrap()]);
        view! { <Review/> }
    })
    .await;
    page.forget_sent();
    answer(&page).await;
    let tick = only_box(&page);
    assert!(!checked(&tick));
    assert!(page.text(".gobar .soft").starts_with("4 rows, 3 customers"));

    page.click(&tick).await;
    let options = vec![ReadOptions { same_ids: [IdRule::Case].into(), ..ReadOptions::default() }];
    page.assert_sent(&[Request::Reread { job: 1, options }]);
    answer(&page).await;
    assert!(tick.is_same_node(Some(&only_box(&page))) && checked(&tick));
    assert!(page.text(".gobar .soft").starts_with("4 rows, 2 customers"));

    page.click(&tick).await;
    answer(&page).await;
    assert!(!checked(&tick));
    assert!(page.text(".gobar .soft").starts_with("4 rows, 3 customers"), "and it can be taken back");
}
