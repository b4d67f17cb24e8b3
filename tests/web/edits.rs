//! What a person types in or chooses beside the data.

use leptos::prelude::*;
use perennial::page::parts::edits::{Edit, Editor};
use perennial::protocol::Request;
use perennial::report::Settings;
use perennial::settings::{ActiveRule, LifespanRule};
use wasm_bindgen_test::*;

use super::page::{Page, value};
use super::shop::{self, money};

async fn shown(edit: Edit) -> Page {
    Page::over(shop::report(), move || view! { <Editor edit/> }).await
}

/// Asserts that one report was asked for, under these settings.
#[track_caller]
fn assert_computed(page: &Page, settings: Settings) {
    assert_eq!(page.control.results.settings.get_untracked(), settings);
    page.assert_sent(&[Request::Compute { job: 0, settings: Box::new(settings) }]);
}

#[wasm_bindgen_test]
async fn a_margin_that_is_typed_in_is_taken_and_a_report_asked_for() {
    let page = shown(Edit::Margin).await;
    let field = page.one("input");
    assert_eq!(page.text("label > span"), "Gross margin, in % of revenue");
    assert_eq!(value(&field), "");
    page.enter(&field, "58,5 %").await;
    assert_computed(&page, Settings { margin: Some(0.585), ..shop::report().settings });
    assert_eq!(value(&field), "58.5");
    assert_eq!(field.get_attribute("aria-invalid").unwrap(), "false");
    assert_eq!(page.text("[role=status]"), "What is left of 100 after the cost of goods");
    // Nothing typed is nothing set.
    page.enter(&field, " ").await;
    assert_computed(&page, shop::report().settings);
}

#[wasm_bindgen_test]
async fn what_is_no_margin_is_refused_in_words_and_changes_nothing() {
    let page = shown(Edit::Margin).await;
    let field = page.one("input");
    for wrong in ["a lot", "140", "-5"] {
        page.enter(&field, wrong).await;
        assert_eq!(page.text("[role=status]"), format!("“{wrong}” was not taken: a number from 0 to 100, please."));
        assert_eq!(field.get_attribute("aria-invalid").unwrap(), "true");
        assert!(page.one("[role=status]").class_list().contains("down"));
        // The person sees what was typed, to mend it.
        assert_eq!(value(&field), wrong);
        assert_eq!(page.control.results.settings.get_untracked(), shop::report().settings);
        page.assert_sent(&[]);
    }
    page.enter(&field, "40").await;
    assert_eq!(field.get_attribute("aria-invalid").unwrap(), "false");
    assert!(!page.one("[role=status]").class_list().contains("down"));
    assert_computed(&page, Settings { margin: Some(0.4), ..shop::report().settings });
}

#[wasm_bindgen_test]
async fn a_refusal_ends_when_the_value_is_set_elsewhere() {
    let page = shown(Edit::Margin).await;
    let field = page.one("input");
    page.enter(&field, "a lot").await;
    assert_eq!(field.get_attribute("aria-invalid").unwrap(), "true");
    page.control.results.settings.update(|settings| settings.margin = Some(0.3));
    page.settle().await;
    assert_eq!((value(&field), field.get_attribute("aria-invalid").unwrap()), ("30".to_owned(), "false".to_owned()));
}

#[wasm_bindgen_test]
async fn nothing_may_be_left_of_revenue() {
    let page = shown(Edit::Margin).await;
    page.enter(&page.one("input"), "0").await;
    assert_computed(&page, Settings { margin: Some(0.0), ..shop::report().settings });
}

#[wasm_bindgen_test]
async fn spend_is_read_as_people_write_money() {
    let page = shown(Edit::Spend).await;
    let field = page.one("input");
    assert_eq!(value(&field), "65707.29");
    page.enter(&field, "€ 24.560,00").await;
    assert_computed(&page, Settings { spend: Some(money("24560")), ..shop::report().settings });
    assert_eq!(value(&field), "24560");
    page.enter(&field, "24k").await;
    assert_eq!(page.text("[role=status]"), "“24k” was not taken: an amount, zero or above, please.");
    page.assert_sent(&[]);
}

#[wasm_bindgen_test]
async fn a_number_of_years_begins_with_what_it_is_now() {
    let page = shown(Edit::Lifespan).await;
    let select = page.one("select");
    assert_eq!(value(&select), "churn");
    assert!(page.all("input").is_empty());

    page.choose(&select, "fixed").await;
    let years = shop::report().totals.lifespan_years.unwrap();
    assert_computed(&page, Settings { lifespan: LifespanRule::Fixed { years }, ..shop::report().settings });
    let field = page.one("input");
    assert_eq!(value(&field), "1.711");
    page.enter(&field, "3").await;
    assert_computed(&page, Settings { lifespan: LifespanRule::Fixed { years: 3.0 }, ..shop::report().settings });
    assert!(field.is_same_node(Some(&page.one("input"))));

    page.choose(&select, "observed").await;
    assert_computed(&page, Settings { lifespan: LifespanRule::Observed, ..shop::report().settings });
    assert!(page.all("input").is_empty());
    assert!(select.is_same_node(Some(&page.one("select"))));
}

#[wasm_bindgen_test]
async fn who_counts_as_active_follows_what_is_in_force_wherever_it_was_set() {
    let page = shown(Edit::Active).await;
    let select = page.one("select");
    assert_eq!(value(&select), "rhythm");
    // The back button brings the settings of an earlier address.
    page.control.results.settings.update(|settings| settings.active = ActiveRule::Window { days: 90 });
    page.settle().await;
    assert_eq!((value(&select), value(&page.one("input"))), ("window".to_owned(), "90".to_owned()));
    page.enter(&page.one("input"), "0").await;
    assert_eq!(page.text("[role=status]"), "“0” was not taken: a whole number from 1 to 36,500, please.");
    page.assert_sent(&[]);
}
