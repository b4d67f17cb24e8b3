//! The cohort table.

use leptos::prelude::*;
use perennial::page::control::Control;
use perennial::page::live;
use perennial::page::locale::Locale;
use perennial::page::parts::heat::{Content, Grid, Heat};
use perennial::report::Report;
use wasm_bindgen_test::*;
use web_sys::Element;

use super::page::{Page, elements, text};
use super::shop;

async fn shown(report: Report, content: RwSignal<Content>) -> Page {
    Page::over(report, move || {
        let report = Control::use_here().results.report;
        let grid = move || Grid::of(&report.get().unwrap(), content.get(), &Locale::of(Some("EUR")));
        view! { <Heat grid=live::kept(grid)/> }
    })
    .await
}

/// What a cell says to who hears it.
fn said(cell: &Element) -> String {
    cell.get_attribute("aria-label").unwrap_or_else(|| text(cell))
}

/// The cells of a row, its head first.
fn cells(page: &Page, row: usize) -> Vec<String> {
    elements(&page.all("tbody tr")[row], "th, td").iter().map(said).collect()
}

#[wasm_bindgen_test]
async fn a_cohort_says_what_it_has_lived_and_that_the_rest_is_not_lived_yet() {
    let page = shown(shop::report(), RwSignal::new(Content::Kept)).await;
    assert_eq!(page.text("caption"), "Share who bought, %, by quarter after the first purchase");
    assert_eq!(page.texts("thead th")[..3], ["First bought", "Customers", "Quarter 1"]);
    assert_eq!(page.texts("thead th").len(), 2 + 11);
    assert_eq!(
        cells(&page, 0),
        ["Oct–Dec 2023", "273", "21", "22", "21", "21", "12", "15", "11", "16", "10", "14", "11"]
    );
    let mut second_last = vec!["Apr–Jun 2026", "312", "21"];
    second_last.extend(["not lived yet"; 10]);
    assert_eq!(cells(&page, 10), second_last);
    let mut last = vec!["Jul–Sep 2026", "238"];
    last.extend(["not lived yet"; 11]);
    assert_eq!(cells(&page, 11), last);
    // Twelve cohorts, each a quarter younger than the one above: 0 + 1 + ... + 11.
    assert_eq!(page.all("td.unlived").len(), 66);
    assert!(page.all("td.unlived").iter().all(|cell| said(cell) == "not lived yet" && text(cell).is_empty()));
    assert_eq!(cells(&page, 12)[..3], ["All", "3,069", "21"]);
}

#[wasm_bindgen_test]
async fn a_period_that_is_not_over_is_marked_and_the_key_says_so() {
    let page = shown(shop::report(), RwSignal::new(Content::Kept)).await;
    assert_eq!(page.texts(".scale > span"), ["less", "", "more", "", "not lived yet"]);
    assert!(page.all("td.partly").is_empty());

    let mut report = shop::report();
    report.retention.cohorts[0].last_is_partial = true;
    page.show(report).await;
    assert_eq!(page.texts("td.partly"), ["11"]);
    assert_eq!(said(&page.one("td.partly")), "11, not over yet");
    assert_eq!(page.texts(".scale > span"), ["less", "", "more", "", "period not over yet", "", "not lived yet"]);
}

#[wasm_bindgen_test]
async fn another_content_is_counted_from_the_first_period_on() {
    let content = RwSignal::new(Content::Kept);
    let page = shown(shop::report(), content).await;
    content.set(Content::Revenue);
    page.settle().await;
    assert_eq!(page.text("caption"), "Revenue, by quarter after the first purchase");
    assert_eq!(page.texts("thead th")[2], "Quarter 0");
    // 350 customers at €35 each; a quarter later 67 of them.
    assert_eq!(cells(&page, 8)[..4], ["Oct–Dec 2025", "350", "€12.3k", "€2.35k"]);
    // A sum of the first period would outshine all later ones: it has no colour. What all together would be, no row says.
    assert!(page.all("tbody tr > td:nth-child(3)").iter().all(|cell| !cell.has_attribute("class")));
    assert!(page.all("tr.all").is_empty());
}

#[wasm_bindgen_test]
async fn a_period_without_new_customers_has_no_row_and_that_is_said() {
    let mut report = shop::report();
    report.retention.cohorts[3].size = 0;
    let page = shown(report, RwSignal::new(Content::Kept)).await;
    assert_eq!(page.texts("tbody th")[2..4], ["Apr–Jun 2024", "Oct–Dec 2024"]);
    assert!(page.texts(".note").contains(&"Each quarter without new customers has no row.".to_owned()));
}
