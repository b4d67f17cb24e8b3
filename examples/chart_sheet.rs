//! All charts of the made-up shop on one HTML page, at three widths, to look at:
//!
//! ```text
//! cargo run --example chart_sheet -- style/tokens.css style/app.css > chart-sheet.html
//! ```
//!
//! The arguments are the stylesheets to link, as the written page will find them; `--dark` comes up dark.

use perennial::charts::{self, Figure};
use perennial::words::format::Plain;

#[allow(dead_code, reason = "tests use the rest")]
mod shop {
    include!("../tests/support/shop.rs");
}

fn main() {
    let (flags, styles): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|arg| arg.starts_with("--"));
    let theme = if flags.iter().any(|flag| flag == "--dark") { "dark" } else { "light" };
    let links: String = styles.iter().map(|href| format!("<link rel=\"stylesheet\" href=\"{href}\">\n")).collect();
    println!(
        "<!doctype html><html lang=\"en\" data-theme=\"{theme}\"><meta charset=\"utf-8\"><title>Charts</title>{links}<main>"
    );
    for width in [1120, 510, 328] {
        for figure in figures(width) {
            println!("{}", html(&figure));
        }
    }
    println!("</main></html>");
}

fn figures(width: u32) -> Vec<Figure> {
    let (report, customer) = (shop::report(), shop::customer());
    let f = Plain::new(report.currency.as_deref());
    vec![
        charts::revenue_by_month(&report, width, &f),
        charts::concentration(&report, width, &f),
        charts::retention_curves(&report, width, &f),
        charts::monthly_retention(&report, width, &f),
        charts::value_distribution(&report, width, &f),
        charts::payback(&report, width, &f),
        charts::segment_shares(&report, "rfm", width, &f),
        charts::lorenz(&report, width, &f),
        charts::customer_timeline(&customer, report.period.end, width, &f),
    ]
}

fn html(figure: &Figure) -> String {
    let keys: String = figure
        .legend
        .iter()
        .map(|key| {
            let swatch = format!(
                "<svg viewBox=\"0 0 12 12\"><rect class=\"{}\" width=\"12\" height=\"12\"/></svg>",
                key.class()
            );
            format!("<span class=\"key\">{swatch}{}</span>", key.label)
        })
        .collect();
    let legend = if keys.is_empty() { String::new() } else { format!("<p class=\"scale\">{keys}</p>") };
    let note = figure.note.as_deref().map_or_else(String::new, |note| format!("<p class=\"note\">{note}</p>"));
    let Figure { title, sub, svg, .. } = figure;
    format!(
        "<figure class=\"chart w{}\"><figcaption><h2 class=\"h2\">{title}</h2><p class=\"sub\">{sub}</p></figcaption>\
         <div class=\"plot\" style=\"width:{}px\">{svg}</div>{legend}{note}</figure>",
        figure.width, figure.width
    )
}
