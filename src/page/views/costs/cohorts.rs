//! Who was won in each month, and how much of the cost they have earned back since: a table coloured by steps.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::Handle;
use crate::charts::{self, COHORT_MONTHS, heat_step};
use crate::page::browser;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::frame::{frame, scale};
use crate::page::parts::table::Region;
use crate::page::parts::writer;
use crate::report::Report;
use crate::report::costs::Costs;
use crate::words::costs::charts as words;
use crate::words::format::Format;

/// Cohorts that are shown, the last ones; the file has all.
const ROWS: usize = 24;

/// Name, customers and what one cost; then a cell a month: the text, its step of the scale, and whether the cost is earned back in
/// it.
type Row = ([String; 2], Vec<(String, u8, bool)>);

/// The grid as it is shown.
#[derive(Clone, Debug, Default, PartialEq)]
struct Grid {
    title: String,
    sub: String,
    /// Months of the longest row.
    months: usize,
    rows: Vec<Row>,
    cut: bool,
}

fn grid(costs: &Costs, report: &Report, format: &dyn Format) -> Grid {
    let all = charts::cohort_shares(costs, format);
    let shown = &all[all.len().saturating_sub(ROWS)..];
    let cells = || shown.iter().flat_map(|row| row.3.iter().take(COHORT_MONTHS));
    let (low, high) = cells().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)));
    let row = |(name, customers, cac, shares): &(String, u64, f64, Vec<f64>)| -> Row {
        let paid = shares.iter().position(|share| *share >= 1.0);
        let cell = |(at, share): (usize, &f64)| {
            (format.number(share * 100.0, 0), heat_step(*share, low, high), paid == Some(at))
        };
        let cells = shares.iter().take(COHORT_MONTHS).enumerate().map(cell).collect();
        ([name.clone(), format!("{} at {}", format.integer(*customers), format.money(*cac))], cells)
    };
    let (title, sub) = words::cohorts(costs, report, format);
    let rows: Vec<Row> = shown.iter().map(row).collect();
    Grid { title, sub, months: rows.iter().map(|row| row.1.len()).max().unwrap_or(0), rows, cut: all.len() > ROWS }
}

/// The table; nothing where no cohort has lived a month.
pub fn cohorts(topic: Handle) -> AnyView {
    let grid = topic.kept(grid);
    let report = Control::use_here().results.report;
    let save = move || {
        live::on(move |_: MouseEvent| {
            if let (Some(costs), Some(report)) = (topic.section.get_untracked(), report.get_untracked()) {
                let csv = charts::cohort_table(&costs, &*writer::of(&report)).csv();
                browser::save("perennial-cost-cohorts.csv", "text/csv", &csv);
            }
        })
    };
    let keys = || {
        view! {
            <span>"bold: the month in which the cost is earned back"</span>
            <span class="dotkey"></span>
            <span>"not lived yet"</span>
        }
        .into_any()
    };
    let content = move || {
        view! {
            <div class="plot">
                <Region label=Signal::stored("Table of months, scrolls sideways".to_owned())>
                    {live::part(move || grid.with(body))}
                </Region>
                <p class="note narrowkey">"Swipe sideways for later months."</p>
                {scale("less", keys())}
                {live::part(move || {
                    let words = format!("The last {ROWS}; the file has all of them.");
                    grid.with(|grid| grid.cut).then(|| view! { <p class="note">{words}</p> })
                })}
            </div>
            <div class="tools">
                <button type="button" on:click=save()>"Download CSV"</button>
            </div>
        }
        .into_any()
    };
    let title = live::text(move || grid.with(|grid| grid.title.clone()));
    let sub = live::text(move || grid.with(|grid| grid.sub.clone()));
    let figure = move || frame(title, sub, content());
    live::when(move || grid.with(|grid| grid.months > 0), figure)
}

fn body(grid: &Grid) -> AnyView {
    let heads = (1..=grid.months).map(|month| view! { <th scope="col"><span class="vh">"Month "</span>{month}</th> });
    let rows = grid.rows.iter().map(|([name, customers], cells)| {
        let cells = (0..grid.months).map(|at| match cells.get(at) {
            None => view! { <td class="unlived"><span class="vh">"not lived yet"</span></td> }.into_any(),
            Some((text, step, is_paid)) => {
                let text = match is_paid {
                    true => view! { <b>{text.clone()}</b> <span class="vh">", earned back"</span> }.into_any(),
                    false => text.clone().into_any(),
                };
                view! { <td class=format!("q{step}")>{text}</td> }.into_any()
            }
        });
        view! {
            <tr>
                <th scope="row">{name.clone()}</th>
                <td class="size">{customers.clone()}</td>
                {cells.collect_view()}
            </tr>
        }
    });
    view! {
        <table class="heat">
            <caption class="vh">"Earned back in % of the cost to win one, by month after the first purchase"</caption>
            <thead>
                <tr>
                    <th scope="col">"Won in"</th>
                    <th scope="col" class="num">"Customers, each"</th>
                    {heads.collect_view()}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
