//! A chart: its words, its picture, its table and its points.

use leptos::prelude::*;
use perennial::charts::{self, Figure};
use perennial::page::locale::Locale;
use perennial::page::parts::chart::ReportChart;
use perennial::report::Report;
use wasm_bindgen_test::*;

use super::page::{Page, elements, text};
use super::shop;

const TITLE: &str = "Returning customers now bring 68% of revenue, up from 38% in the first year";

async fn shown(report: Report) -> Page {
    Page::over(report, || view! { <ReportChart draw=charts::revenue_by_month/> }).await
}

/// The same chart, drawn without the page.
fn drawn(report: &Report, width: u32) -> Figure {
    charts::revenue_by_month(report, width, &Locale::of(Some("EUR")))
}

fn attribute(page: &Page, selector: &str, name: &str) -> String {
    page.one(selector).get_attribute(name).unwrap_or_default()
}

/// Asks for the table.
async fn open_table(page: &Page) {
    page.one("details").set_attribute("open", "").unwrap();
    // The browser says so with one of its next frames.
    for _ in 0..100 {
        if !page.all("table").is_empty() {
            break;
        }
        page.frame().await;
    }
}

#[wasm_bindgen_test]
async fn a_chart_is_a_figure_with_its_finding_and_a_picture_that_says_what_it_shows() {
    let page = shown(shop::report()).await;
    assert_eq!(page.text("figure.chart > figcaption > h2"), TITLE);
    assert_eq!(page.text("figcaption > .sub"), "Revenue by month, after refunds, euros");
    assert_eq!(attribute(&page, ".plot > svg", "role"), "img");
    assert_eq!(
        attribute(&page, ".plot > svg", "aria-label"),
        format!(
            "Stacked columns of revenue by month from Oct 2023 to Sep 2026. {TITLE}. \
             The highest month is Dec 2025 with €13,183."
        )
    );
    assert_eq!(page.all("svg g.pt").len(), 36);
    assert_eq!(attribute(&page, ".plot", "tabindex"), "0");
    assert_eq!(attribute(&page, ".plot", "aria-label"), format!("Chart: {TITLE}. Arrow keys walk through its values."));
}

#[wasm_bindgen_test]
async fn the_table_holds_what_the_picture_shows() {
    let page = shown(shop::report()).await;
    assert_eq!(page.text("details > summary"), "Show as a table");
    assert!(page.all("table").is_empty(), "it is made when it is asked for");
    open_table(&page).await;
    assert_eq!(attribute(&page, "details > [role=region]", "aria-label"), "Revenue by month, after refunds, euros");
    assert_eq!(page.texts("thead th"), ["Month", "Returning", "New", "Together", "Purchases"]);
    let rows: Vec<Vec<String>> =
        page.all("tbody tr").iter().map(|row| elements(row, "th, td").iter().map(text).collect()).collect();
    assert_eq!(rows[26], ["Dec 2025", "€8,232", "€4,951", "€13,183", "376"]);
    let table = drawn(&shop::report(), 640).table;
    let same: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect();
    assert_eq!(rows, same);
    assert_eq!(page.texts("tr.total th"), ["All"]);
    assert_eq!(page.all("tbody th[scope=row]").len(), 37);
    assert_eq!(page.all("tbody td.num").len(), 4 * 37);
}

#[wasm_bindgen_test]
async fn arrow_keys_walk_the_points_and_each_is_said() {
    let page = shown(shop::report()).await;
    let plot = page.one(".plot");
    let marked = || {
        let points = page.all("g.pt").into_iter().enumerate();
        points.filter(|(_, point)| point.class_list().contains("shown")).map(|(at, _)| at).collect::<Vec<_>>()
    };
    assert_eq!((marked(), page.text("[role=status]")), (vec![], String::new()));
    page.press(&plot, "ArrowRight").await;
    assert_eq!(page.text("[role=status]"), "Oct 2023: Returning €241.00, New €2,425, Together €2,666");
    assert_eq!(marked(), [0]);
    page.press(&plot, "ArrowRight").await;
    assert_eq!(marked(), [1]);
    page.press(&plot, "End").await;
    assert_eq!(page.text("[role=status]"), "Sep 2026: Returning €7,499, New €3,709, Together €11,208");
    assert_eq!(marked(), [35]);
    page.press(&plot, "ArrowRight").await;
    assert_eq!(marked(), [35]);
    page.press(&plot, "Escape").await;
    assert_eq!((marked(), page.text("[role=status]")), (vec![], String::new()));
}

#[wasm_bindgen_test]
async fn another_report_and_another_width_are_drawn_into_the_same_place() {
    let page = shown(shop::report()).await;
    let plot = page.one(".plot");
    let drawn_for = || attribute(&page, ".plot > svg", "width").parse::<i32>().unwrap();
    let wide = plot.client_width();
    assert_eq!(drawn_for(), wide);

    open_table(&page).await;
    let mut report = shop::report();
    report.months.truncate(12);
    page.show(report.clone()).await;
    assert_eq!(page.text("figcaption > h2"), "Returning customers bring 38% of revenue");
    assert_eq!((page.all("g.pt").len(), page.all("tbody tr").len()), (12, 13));

    page.resize(400);
    // The browser says so with one of its next frames.
    for _ in 0..100 {
        if drawn_for() != wide {
            break;
        }
        page.frame().await;
    }
    let narrow = plot.client_width();
    assert!((1..wide).contains(&narrow));
    let height = drawn(&report, narrow as u32).height;
    assert_eq!(attribute(&page, ".plot > svg", "viewBox"), format!("0 0 {narrow} {height}"));
    assert!(plot.is_same_node(Some(&page.one(".plot"))));
}

#[wasm_bindgen_test]
async fn without_a_report_there_is_no_picture_to_walk() {
    let page = Page::open(|_| view! { <ReportChart draw=charts::revenue_by_month/> }).await;
    assert!(page.all("svg").is_empty());
    assert!(!page.one(".plot").has_attribute("tabindex"));
}
