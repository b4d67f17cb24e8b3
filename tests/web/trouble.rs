//! What went wrong, in words, and the ways out.

use std::sync::Arc;

use js_sys::Array;
use leptos::prelude::*;
use perennial::page::control::Control;
use perennial::page::state::{Stage, Trouble};
use perennial::page::steps::trouble::{Banner, Failed};
use perennial::protocol::{FileInfo, Problem, Request, Review};
use perennial::roles::Role;
use wasm_bindgen_test::*;
use web_sys::File;

use super::page::{Page, has_focus};
use super::shop;

fn workbook() -> File {
    File::new_with_str_sequence(&Array::of1(&"PK".into()), "orders.xlsx").unwrap()
}

/// A file is chosen, and what comes of it is this.
fn fails(control: Control, trouble: Trouble) {
    control.open(vec![workbook()]);
    control.intake.trouble.set(Some(trouble));
    control.intake.stage.set(Stage::Failed);
}

/// Asserts that the worker was given the file, for this job.
#[track_caller]
fn assert_opened(page: &Page, job: u32) {
    let files = vec![FileInfo { name: "orders.xlsx".to_owned(), size: 2 }];
    page.assert_sent_with(&[Request::Open { job, files, options: Vec::new() }], &[workbook()]);
}

#[wasm_bindgen_test]
async fn a_web_page_is_named_as_one_with_what_can_be_done() {
    let problem = Problem::NotATable { file: "orders.xlsx".to_owned(), seems: "html".to_owned() };
    let page = Page::open(|control| {
        fails(control, Trouble::Problem(problem));
        view! { <Failed/> }
    })
    .await;
    assert_eq!(page.text("h1"), "This is a web page, not a table that we can read.");
    assert_eq!(
        page.text(".lead"),
        "Perennial reads CSV, Excel and JSON: tables with a line an order. Your file is unchanged, and nothing was sent."
    );
    assert_eq!(page.text("[role=alert]"), "orders.xlsx begins like a web page; a table was expected.");
    assert_eq!(
        page.texts(".todo h3"),
        [
            "If it opens in Excel, save it as CSV",
            "If your shop exports orders elsewhere",
            "If this is the wrong file, choose another"
        ]
    );
    assert_eq!(page.text("[aria-current=step]"), "Check");
    // Trying the same file again, or its columns, would help nobody.
    assert_eq!(page.texts("button"), ["Try the sample shop", "Save a template to fill in"]);
}

#[wasm_bindgen_test]
async fn another_problem_is_told_in_the_same_place() {
    let page = Page::open(|control| {
        fails(control, Trouble::Problem(Problem::Empty { file: "orders.csv".to_owned() }));
        view! { <Failed/> }
    })
    .await;
    let heading = page.one("h1");
    assert_eq!(page.text("h1"), "The file is empty.");
    let roles = vec![Role::Customer, Role::Date];
    let problem = Problem::MissingRoles { file: "stock.csv".to_owned(), roles };
    page.control.intake.trouble.set(Some(Trouble::Problem(problem)));
    page.settle().await;
    assert!(heading.is_same_node(Some(&page.one("h1"))));
    assert_eq!(page.text("h1"), "We could read the file, but it has no customer and no date for its orders.");
    assert_eq!(
        page.text("[role=alert]"),
        "stock.csv: looked for customer and date among its columns, found none that fits."
    );
}

#[wasm_bindgen_test]
async fn after_the_worker_has_ended_the_same_file_can_be_tried_again() {
    let page = Page::open(|control| {
        fails(control, Trouble::WorkerEnded { message: "memory allocation of 4194304 bytes failed".to_owned() });
        view! { <Failed/> }
    })
    .await;
    assert_opened(&page, 1);
    assert_eq!(page.text("h1"), "The calculation stopped: memory is full.");
    assert_eq!(page.text(".lead"), "There are no results yet. Your file is unchanged, and nothing was sent.");
    page.click(&page.saying("button", "Try again")).await;
    assert_opened(&page, 2);
    assert_eq!(page.control.intake.stage.get_untracked(), Stage::Reading);
    assert_eq!(page.control.intake.trouble.get_untracked(), None);
}

#[wasm_bindgen_test]
async fn with_a_review_behind_it_there_is_a_way_back_to_the_columns() {
    let page = Page::open(|control| {
        fails(control, Trouble::Problem(Problem::NothingUsable { file: "a.csv".to_owned(), left_out: Vec::new() }));
        view! { <Failed/> }
    })
    .await;
    assert!(!page.texts("button").contains(&"Back to the columns".to_owned()));
    page.control.intake.review.set(Some(Arc::new(Review::default())));
    page.settle().await;
    page.click(&page.saying("button", "Back to the columns")).await;
    assert_eq!(page.control.intake.stage.get_untracked(), Stage::Review);
}

#[wasm_bindgen_test]
async fn above_results_a_problem_is_told_until_it_is_dismissed() {
    let page = Page::over(shop::report(), || view! { <main id="main" tabindex="-1"><Banner/></main> }).await;
    assert!(page.all("[role=alert]").is_empty());
    let problem = Problem::CannotRead { file: "orders.csv".to_owned(), why: "The file was moved.".to_owned() };
    page.control.intake.trouble.set(Some(Trouble::Problem(problem)));
    page.settle().await;
    assert_eq!(
        page.texts("[role=alert] p"),
        [
            "The browser could not read the file. It may have been moved, deleted, or opened by another program. \
             Your file is unchanged, and nothing was sent.",
            "orders.csv: the browser says “The file was moved”. \
             Choose it again: browsers let go of a file that changes after it was chosen.",
            "Dismiss",
        ]
    );
    page.click(&page.saying("button", "Dismiss")).await;
    assert!(page.all("[role=alert]").is_empty());
    assert_eq!(page.control.intake.trouble.get_untracked(), None);
    // Whoever dismissed it by keyboard must not fall out of the page with the button.
    assert!(has_focus(&page.one("main")));
}

#[wasm_bindgen_test]
async fn a_worker_that_ended_has_left_the_results_where_they_were() {
    let page = Page::over(shop::report(), || view! { <Banner/> }).await;
    let message = "index out of bounds at src/engine.rs:7".to_owned();
    page.control.intake.trouble.set(Some(Trouble::WorkerEnded { message }));
    page.settle().await;
    assert_eq!(
        page.text("[role=alert] p:first-child"),
        "The calculation stopped: this is a fault of ours. Your last results are still here. \
         Your file is unchanged, and nothing was sent."
    );
}
