//! The key figures and the panels behind their names.

use leptos::prelude::*;
use perennial::math::money::Derived;
use perennial::page::parts::figures::Figures;
use perennial::page::parts::{terms, writer};
use perennial::report::Report;
use perennial::words::terms::Term;
use wasm_bindgen_test::*;

use super::page::{Page, elements, focus, has_focus, text};
use super::shop::{self, day, money};

const TERMS: [Term; 5] = [Term::Revenue, Term::Customers, Term::AverageOrder, Term::CameBack, Term::CostToWin];

/// The last 12 months of the shop, beside which the 12 before stand.
fn last_year() -> Report {
    let mut report = shop::report();
    report.period.start = Some(day("2025-10-01"));
    report.totals.revenue = money("125898.00");
    report.totals.purchases = 3_485;
    report.totals.customers = 1_782;
    report.totals.new_customers = 1_147;
    report.totals.aov = Derived::finite(125_898.0 / 3_485.0);
    report
}

async fn shown(report: Report) -> Page {
    Page::over(report, || {
        view! { <Figures figures=writer::section(|report, format| terms::figures(&TERMS, report, format))/> }
    })
    .await
}

/// The lines of each figure: name, value, change, meaning.
fn lines(page: &Page) -> Vec<Vec<String>> {
    page.all("dl.figures > div").iter().map(|figure| elements(figure, "dt, dd").iter().map(text).collect()).collect()
}

#[wasm_bindgen_test]
async fn a_figure_says_its_name_its_value_how_it_changed_and_what_it_means() {
    let page = shown(last_year()).await;
    assert_eq!(
        lines(&page),
        [
            vec!["Revenue", "€125,898", "↑ 42% up from €88,360", "After refunds"],
            vec!["Customers who bought", "1,782", "↑ 30% up from 1,372", "1,147 of them for the first time"],
            vec!["Average order", "€36.13", "↑ 3% up from €35.05", "Revenue for each purchase"],
            vec!["Came back", "41.5%", "39.0% the year before: no clear change", "Bought last year and this year"],
            vec!["Cost to win one", "€21.41", "Change it", "You earn 4.8 times that"],
        ]
    );
    let classes: Vec<String> = page.all("dd.delta").iter().map(|delta| delta.class_name()).collect();
    assert_eq!(classes, ["delta up", "delta up", "delta up", "delta soft", "delta soft"]);
}

#[wasm_bindgen_test]
async fn what_is_not_defined_is_said_and_what_was_not_typed_in_is_asked_for() {
    let mut report = shop::empty();
    report.settings.spend = None;
    report.acquisition = Default::default();
    let page = shown(report).await;
    assert_eq!(
        lines(&page),
        [
            vec!["Revenue", "€0.00", "After refunds"],
            vec!["Customers who bought", "0", "0 of them for the first time"],
            vec!["Average order", "not defined", "Revenue for each purchase"],
            vec!["Came back", "not defined", "Bought last year and this year"],
            vec!["Cost to win one", "not known", "Type it in", "Type in what you spend on winning customers"],
        ]
    );
}

#[wasm_bindgen_test]
async fn a_figure_keeps_its_elements_and_the_focus_while_its_numbers_change() {
    let page = shown(last_year()).await;
    let (name, value) = (page.saying("button.term", "Revenue"), page.saying("dd.value", "€125,898"));
    focus(&name);

    let mut report = last_year();
    report.totals.revenue = money("80000.00");
    report.recent.as_mut().unwrap().now.revenue = money("80000.00");
    page.show(report.clone()).await;
    assert_eq!(lines(&page)[0], ["Revenue", "€80,000", "↓ 9% down from €88,360", "After refunds"]);
    assert_eq!(page.all("dd.delta")[0].class_name(), "delta down");

    // Without a year before there is no change to tell, and no line for it.
    report.recent = None;
    page.show(report).await;
    assert_eq!(lines(&page)[0], ["Revenue", "€80,000", "After refunds"]);

    assert!(name.is_same_node(Some(&page.saying("button.term", "Revenue"))));
    assert!(value.is_same_node(Some(&page.saying("dd.value", "€80,000"))));
    assert!(has_focus(&name));
}

#[wasm_bindgen_test]
async fn the_figures_are_busy_while_a_newer_report_is_on_its_way() {
    let page = shown(last_year()).await;
    let section = page.one("section[aria-labelledby=h-figures]");
    assert_eq!(section.get_attribute("aria-busy").unwrap(), "false");
    page.control.results.computing.set(true);
    page.settle().await;
    assert_eq!(section.get_attribute("aria-busy").unwrap(), "true");
}

#[wasm_bindgen_test]
async fn the_name_opens_how_it_was_worked_out_and_new_numbers_leave_it_open() {
    let page = shown(last_year()).await;
    assert!(page.all(".explain:popover-open").is_empty());
    page.click(&page.saying("button.term", "Average order")).await;

    let panel = page.one(".explain:popover-open");
    assert_eq!(panel.get_attribute("role").unwrap(), "dialog");
    assert_eq!(panel.get_attribute("aria-label").unwrap(), "Explain: Average order");
    assert_eq!(page.text(".explain:popover-open .formula b"), "€125,898 ÷ 3,485 = €36.13");
    assert!(page.text(".explain:popover-open .formula").starts_with("revenue ÷ purchases"));
    let inputs = || [page.texts(".explain:popover-open dt"), page.texts(".explain:popover-open dd")].concat();
    assert_eq!(
        inputs(),
        ["Revenue", "Purchases", "Rows used", "Rows left out", "€125,898.00", "3,485", "8,495", "119"]
    );

    let mut report = last_year();
    report.totals.purchases = 4_000;
    report.totals.aov = Derived::finite(125_898.0 / 4_000.0);
    page.show(report).await;
    assert!(panel.is_same_node(Some(&page.one(".explain:popover-open"))));
    assert_eq!(page.text(".explain:popover-open .formula b"), "€125,898 ÷ 4,000 = €31.47");

    page.click(&page.one(".explain:popover-open button[aria-label=Close]")).await;
    assert!(page.all(".explain:popover-open").is_empty());
}
