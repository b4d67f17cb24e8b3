//! The review of a file: what choosing says to the worker, and what stays in its place when the answer comes.

use std::sync::Arc;

use js_sys::Array;
use leptos::prelude::*;
use perennial::engine::Engine;
use perennial::ingest::dates::DateOrder;
use perennial::page::steps::review::Review;
use perennial::protocol::{self, FileInfo, ReadOptions, Reply, Request};
use perennial::roles::Role;
use wasm_bindgen_test::*;
use web_sys::{Element, File};

use super::page::{Page, checked, elements, text, value};

/// Orders whose dates can be read both ways, with a column that plays no part.
const ORDERS: &str = "\
customer,date,amount,remark
anna,03/04/2024,10.50,thank you
bert,05/06/2024,20.00,please ring
anna,07/08/2024,30.00,thanks again
";

/// How the engine understands the files, all of them the same, under what was said: what the worker would answer.
fn understood(options: Vec<ReadOptions>) -> protocol::Review {
    let mut engine = Engine::new();
    let info = FileInfo { name: "orders.csv".to_owned(), size: ORDERS.len() as u64 };
    let files = vec![info; options.len()];
    let mut replies = engine.handle(Request::Open { job: 1, files, options });
    while let Some(want) = engine.wants() {
        let from = want.offset as usize;
        replies = engine.feed(&ORDERS.as_bytes()[from..from + want.len]);
    }
    match replies.pop() {
        Some(Reply::Review { review, .. }) => *review,
        other => panic!("no review but {other:?}"),
    }
}

/// The review of the file, as it stands when it was just read.
async fn shown() -> Page {
    shown_with(1).await
}

/// The same of so many files.
async fn shown_with(files: usize) -> Page {
    let page = Page::open(move |control| {
        let file = File::new_with_str_sequence(&Array::of1(&ORDERS.into()), "orders.csv").unwrap();
        control.open(vec![file; files]);
        view! { <Review/> }
    })
    .await;
    page.forget_sent();
    answer(&page).await;
    page
}

/// The worker has read the file under what was said, and answers.
async fn answer(page: &Page) {
    let review = understood(page.control.intake.options.get_untracked());
    page.control.intake.progress.set(None);
    page.control.intake.review.set(Some(Arc::new(review)));
    page.settle().await;
}

/// Asserts that the file is to be read again, under these words and no others.
#[track_caller]
fn assert_said(page: &Page, options: ReadOptions) {
    assert_eq!(page.control.intake.options.get_untracked().as_slice(), std::slice::from_ref(&options));
    page.assert_sent(&[Request::Reread { job: 1, options: vec![options] }]);
}

/// The card of a column: its name, how sure, what it means.
fn card(page: &Page, name: &str) -> (Element, String, String) {
    let card = page.saying("article.col h3", name).closest("article").unwrap().unwrap();
    let (tag, select) = (&elements(&card, ".tag")[0], &elements(&card, "select")[0]);
    (select.clone(), text(tag), value(select))
}

#[wasm_bindgen_test]
async fn a_file_is_shown_as_it_was_understood() {
    let page = shown().await;
    assert_eq!(page.text("h1"), "We read your file. One question, then your results.");
    assert_eq!(page.texts(".filesread tbody tr > *"), ["orders.csv", "Orders", "3", "1 question", ""]);
    let cards = page.texts("article.col h3");
    assert_eq!(cards, ["customer", "date", "amount", "remark"]);
    let roles: Vec<String> = cards.iter().map(|name| card(&page, name).2).collect();
    assert_eq!(roles, ["customer", "date", "amount", "unused"]);
    assert_eq!(page.texts("article.col .vals")[0], "anna · bert");
    assert_eq!(page.texts("article.col .tag"), ["sure", "sure", "sure", "not used"]);
}

#[wasm_bindgen_test]
async fn one_of_several_files_is_set_aside_and_taken_back() {
    let page = shown_with(2).await;
    assert_eq!(page.texts("article.col h3").len(), 8);
    let boxes = page.all(".filesread input");
    assert_eq!(boxes.iter().map(checked).collect::<Vec<_>>(), [true, true]);
    page.click(&boxes[1]).await;
    let aside = ReadOptions { skip: true, ..ReadOptions::default() };
    assert_eq!(page.control.intake.options.get_untracked(), [ReadOptions::default(), aside]);
    answer(&page).await;
    assert_eq!(page.texts("article.col h3").len(), 4, "its columns are not shown");
    assert_eq!(page.texts(".filesread tr.aside > td")[..3], ["Orders, set aside", "not counted", "not used"]);
    // The box is the same, so it keeps the focus.
    assert!(boxes[1].is_same_node(Some(&page.all(".filesread input")[1])) && !checked(&boxes[1]));
    page.click(&boxes[1]).await;
    answer(&page).await;
    assert_eq!(page.texts("article.col h3").len(), 8);
    assert!(page.all(".filesread tr.aside").is_empty());
    // A single file has no box that can be seen.
    let page = shown().await;
    assert!(page.one(".filesread input").closest("td.hidden").unwrap().is_some());
}

#[wasm_bindgen_test]
async fn a_meaning_that_is_chosen_is_sent_and_comes_back_as_the_persons_choice() {
    let page = shown().await;
    let (select, _, role) = card(&page, "remark");
    assert_eq!(role, "unused");
    page.choose(&select, "channel").await;
    assert_said(&page, ReadOptions { roles: [(3, Role::Channel)].into(), ..ReadOptions::default() });
    // Until the answer is there nothing can be worked out, and the choice stands in the select already.
    assert!(page.one("[data-testid=analyse]").has_attribute("disabled"));
    assert_eq!(page.text(".gobar strong"), "Reading again, with what you said.");
    assert_eq!(value(&select), "channel");

    answer(&page).await;
    let (same, tag, role) = card(&page, "remark");
    assert_eq!((tag.as_str(), role.as_str()), ("your choice", "channel"));
    assert!(select.is_same_node(Some(&same)));
    assert!(!page.one("[data-testid=analyse]").has_attribute("disabled"));
}

#[wasm_bindgen_test]
async fn a_meaning_that_only_one_column_can_have_is_taken_from_the_other() {
    let page = shown().await;
    page.choose(&card(&page, "remark").0, "customer").await;
    assert_said(&page, ReadOptions { roles: [(3, Role::Customer)].into(), ..ReadOptions::default() });
    answer(&page).await;
    assert_eq!(card(&page, "remark").2, "customer");
    assert_ne!(card(&page, "customer").2, "customer");
    // Said of another column after that, it is no longer said of this one.
    page.choose(&card(&page, "customer").0, "customer").await;
    assert_said(&page, ReadOptions { roles: [(0, Role::Customer)].into(), ..ReadOptions::default() });
}

#[wasm_bindgen_test]
async fn without_a_date_there_is_nothing_to_work_out_and_the_page_says_what_to_choose() {
    let page = shown().await;
    assert!(page.all("[role=alert]").is_empty());
    page.choose(&card(&page, "date").0, "unused").await;
    answer(&page).await;
    assert_eq!(
        page.text("[role=alert] p:first-child"),
        "We could read orders.csv, but it has no date for its orders. Without a date there is no telling who came back."
    );
    assert_eq!(page.text(".gobar strong"), "First choose the column that is “Date”.");
    assert!(page.one("[data-testid=analyse]").has_attribute("disabled"));
}

#[wasm_bindgen_test]
async fn an_answer_is_sent_and_its_question_stays_to_be_answered_otherwise() {
    let page = shown().await;
    let question = page.one("section.notice.ask");
    assert_eq!(text(&elements(&question, "h2")[0]), "In date, is 03/04/2024 Apr 3, 2024 or Mar 4, 2024?");
    assert_eq!(page.text(".gobar strong"), "Day first is taken.");
    let answers = || page.all("section.notice.ask input").iter().map(checked).collect::<Vec<_>>();
    assert_eq!(answers(), [true, false]);

    assert_eq!(page.texts(".choice small"), ["03/04/2024 is Apr 3, 2024", "03/04/2024 is Mar 4, 2024"]);

    page.click(&page.all("section.notice.ask input")[1]).await;
    let said = ReadOptions { date_order: Some(DateOrder::MonthDayYear), ..ReadOptions::default() };
    assert_said(&page, said);
    answer(&page).await;
    assert!(question.is_same_node(Some(&page.one("section.notice.ask"))));
    assert_eq!(answers(), [false, true]);
    assert_eq!(page.text("h1"), "We read your file. Your results are ready to be worked out.");
    assert_eq!(page.text(".gobar .soft"), "3 rows, 2 customers, Mar 4, 2024 to Jul 8, 2024, 60.50 in all.");
}
