//! All charts of the made-up shop on one HTML page, at three widths, to look at:
//!
//! ```text
//! cargo run --example chart_sheet -- style/tokens.css style/app.css > chart-sheet.html
//! ```
//!
//! Arguments ending in `.css` are stylesheets to link, as the written page will find them; one ending in `.json` is a
//! report to draw instead, as `perennial FILE --json` writes it; `--dark` comes up dark. Findings and figures stand first.
#![allow(clippy::disallowed_methods, reason = "an example runs natively, and reads its files")]

use perennial::charts::{self, Figure};
use perennial::report::Report;
use perennial::words::findings::Finding;
use perennial::words::format::{Format, Plain};
use perennial::words::terms::Term;
use perennial::words::{cohorts, findings, rfm};

#[allow(dead_code, reason = "tests use the rest")]
mod shop {
    include!("../tests/support/shop.rs");
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let report = match arguments.iter().find(|argument| argument.ends_with(".json")) {
        Some(path) => serde_json::from_str(&std::fs::read_to_string(path)?)?,
        None => shop::report(),
    };
    let theme = if arguments.iter().any(|argument| argument == "--dark") { "dark" } else { "light" };
    let styles = arguments.iter().filter(|argument| argument.ends_with(".css"));
    let links: String = styles.map(|href| format!("<link rel=\"stylesheet\" href=\"{href}\">\n")).collect();
    println!(
        "<!doctype html><html lang=\"en\" data-theme=\"{theme}\"><meta charset=\"utf-8\"><title>Charts</title>{links}"
    );
    println!("<main>{}", words(&report));
    for width in [1120, 510, 328] {
        for figure in figures(&report, width) {
            println!("{}", html(&figure));
        }
    }
    println!("</main></html>");
    Ok(())
}

fn words(report: &Report) -> String {
    let f = Plain::new(report.currency.as_deref());
    let customers: fn(&Report, &dyn Format) -> Finding = |report, f| findings::customers(report, None, f);
    let views = [findings::overview, findings::retention, findings::value, findings::segments, customers];
    let mut out = String::from("<section class=\"stack\">");
    for finding in views.iter().map(|view| view(report, &f)).chain([findings::receipt(report, &f)]) {
        let lead = finding.lead.unwrap_or_default();
        let (before, strong, after) = (finding.before, finding.strong, finding.after);
        out.push_str(&format!("<p class=\"h2\">{before}<b>{strong}</b>{after}</p><p class=\"note\">{lead}</p>"));
    }
    out.push_str(&format!("<p>{} · {}</p><table>", cohorts::title(report, &f), rfm::title(report, &f)));
    for term in Term::ALL {
        let delta =
            term.delta(report, &f).map_or_else(String::new, |d| format!("{} {} {}", d.arrow().0, d.amount, d.rest));
        let (value, mean, numbers) = (term.value(report, &f), term.mean(report, &f), term.with_numbers(report, &f));
        out.push_str(&format!(
            "<tr><th>{}</th><td>{value}</td><td>{delta}</td><td>{mean}</td><td>{numbers}</td></tr>",
            term.name()
        ));
    }
    out + "</table></section>"
}

fn figures(report: &Report, width: u32) -> Vec<Figure> {
    let customer = shop::customer();
    let f = Plain::new(report.currency.as_deref());
    vec![
        charts::revenue_by_month(report, width, &f),
        charts::concentration(report, width, &f),
        charts::retention_curves(report, width, &f),
        charts::monthly_retention(report, width, &f),
        charts::value_distribution(report, width, &f),
        charts::payback(report, width, &f),
        charts::segment_shares(report, "rfm", width, &f),
        charts::lorenz(report, width, &f),
        charts::customer_timeline(&customer, shop::report().period.end, width, &f),
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
