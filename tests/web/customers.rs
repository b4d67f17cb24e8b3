//! The table of all customers, as far as it goes without the worker's answers.

use std::sync::Arc;

use leptos::prelude::*;
use perennial::page::views::customers::{Customers, PAGE};
use perennial::protocol::Request;
use perennial::report::customers::{CustomerPage, CustomerQuery, SortKey};
use wasm_bindgen_test::*;

use super::page::{Page, elements, text};
use super::shop;

async fn shown() -> Page {
    Page::over(shop::report(), || view! { <Customers/> }).await
}

/// What is asked of the worker at first: the largest customers.
fn first_query() -> CustomerQuery {
    CustomerQuery { sort: SortKey::Revenue, ascending: false, limit: PAGE, ..CustomerQuery::default() }
}

#[track_caller]
fn assert_asked(page: &Page, query: CustomerQuery) {
    page.assert_sent(&[Request::Customers { job: 0, query }]);
}

/// The worker's answer: of 3,069 customers the one that the shop's report knows by name.
async fn answer(page: &Page, query: CustomerQuery) {
    let rows = vec![shop::customer().row];
    page.control.results.customers.set(Some(Arc::new(CustomerPage { query, total: 3_069, rows })));
    page.settle().await;
}

/// The heads that say how the table is sorted.
fn sorted(page: &Page) -> Vec<(String, String)> {
    let heads = page.all("th[aria-sort]").into_iter();
    heads.map(|head| (text(&head), head.get_attribute("aria-sort").unwrap())).filter(|(_, by)| by != "none").collect()
}

fn by(head: &str, order: &str) -> Vec<(String, String)> {
    vec![(head.to_owned(), order.to_owned())]
}

#[wasm_bindgen_test]
async fn the_head_that_sorts_says_how_and_the_worker_is_asked_for_it() {
    let page = shown().await;
    assert_asked(&page, first_query());
    assert_eq!(sorted(&page), by("Brought so far ↓", "descending"));
    assert_eq!(page.all("th[aria-sort=none]").len(), 5);
    // Groups have no order: their head is no button.
    let group = page.saying("thead th", "RFM group");
    assert!(!group.has_attribute("aria-sort") && elements(&group, "button").is_empty());

    let purchases = page.saying("thead button", "Purchases");
    page.click(&purchases).await;
    assert_eq!(sorted(&page), by("Purchases ↓", "descending"));
    assert_asked(&page, CustomerQuery { sort: SortKey::Purchases, ..first_query() });
    page.click(&purchases).await;
    assert_eq!(sorted(&page), by("Purchases ↑", "ascending"));
    assert_asked(&page, CustomerQuery { sort: SortKey::Purchases, ascending: true, ..first_query() });
    // Names begin with the first.
    page.click(&page.saying("thead button", "Customer")).await;
    assert_eq!(sorted(&page), by("Customer ↑", "ascending"));
    assert_asked(&page, CustomerQuery { sort: SortKey::Customer, ascending: true, ..first_query() });
}

#[wasm_bindgen_test]
async fn a_row_says_who_bought_how_often_what_and_when() {
    let page = shown().await;
    assert!(page.all("tbody tr").is_empty());
    answer(&page, first_query()).await;
    assert_eq!(
        page.texts("tbody tr > *"),
        ["C-01064", "€937.41", "Loyal", "12", "€74.43", "Oct 11, 2023", "May 9, 2026"]
    );
    // The address holds what was set and a number, not the id of a person.
    assert_eq!(page.one("tbody a").get_attribute("href").unwrap(), "#/customers/0?unit=quarter");
}

#[wasm_bindgen_test]
async fn the_table_is_busy_until_what_was_asked_is_answered() {
    let page = shown().await;
    let busy = || page.one("table").get_attribute("aria-busy").unwrap();
    assert_eq!(busy(), "true");
    answer(&page, first_query()).await;
    assert_eq!(busy(), "false");
    page.click(&page.saying("thead button", "Last bought")).await;
    // The old rows stay until then.
    assert_eq!((busy().as_str(), page.all("tbody tr").len()), ("true", 1));
    answer(&page, CustomerQuery { sort: SortKey::Last, ..first_query() }).await;
    assert_eq!(busy(), "false");
}

#[wasm_bindgen_test]
async fn the_next_page_is_asked_for_and_another_order_begins_at_the_first() {
    let page = shown().await;
    answer(&page, first_query()).await;
    page.forget_sent();
    let (previous, next) = (page.saying("button", "Previous"), page.saying("button", "Next"));
    assert_eq!(page.text(".pages [role=status]"), "Rows 1 to 1 of 3,069");
    assert!(previous.has_attribute("disabled") && !next.has_attribute("disabled"));

    page.click(&next).await;
    assert_asked(&page, CustomerQuery { offset: 50, ..first_query() });
    assert!(!previous.has_attribute("disabled"));
    page.click(&page.saying("thead button", "First bought")).await;
    assert_asked(&page, CustomerQuery { sort: SortKey::First, ..first_query() });
    assert!(previous.has_attribute("disabled"));
}

#[wasm_bindgen_test]
async fn a_segment_goes_into_the_address_and_narrows_what_is_asked() {
    let page = shown().await;
    page.forget_sent();
    let option = page.saying("option", "Champions (373)");
    let select = option.closest("select").unwrap().unwrap();
    page.choose(&select, &option.get_attribute("value").unwrap()).await;
    let segment = Some(("rfm".to_owned(), "champions".to_owned()));
    assert_asked(&page, CustomerQuery { segment, ..first_query() });
    assert_eq!(page.control.look.route.get_untracked().segment(), option.get_attribute("value").as_deref());
}

#[wasm_bindgen_test]
async fn where_nobody_fits_that_is_said() {
    let page = shown().await;
    let query = CustomerQuery { search: "nobody".to_owned(), ..first_query() };
    page.control.results.customers.set(Some(Arc::new(CustomerPage { query, total: 0, rows: Vec::new() })));
    page.settle().await;
    page.saying("p", "No customer of this selection fits.");
    assert_eq!(page.text(".pages [role=status]"), "");
    assert!(page.saying("button", "Next").has_attribute("disabled"));
}
