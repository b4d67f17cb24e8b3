//! What is expected by how often and when last somebody bought: real tables, coloured.

use leptos::prelude::*;

use crate::charts::heat_step;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::frame::frame;
use crate::page::parts::table::Region;
use crate::report::checks::{Matrix, Modelling};
use crate::words::format::Format;
use crate::words::models as words;

/// A cell that can be: its shade and its words.
type Shaded = Option<(u8, String)>;

/// A matrix as it is shown: its words, the heads of its columns, and its rows; a cell that can't be is nothing.
#[derive(Clone, Debug, Default, PartialEq)]
struct Grid {
    title: String,
    sub: String,
    heads: Vec<String>,
    rows: Vec<(String, Vec<Shaded>)>,
}

/// One of the two matrices: of P(alive), or of expected purchases.
pub fn matrix(alive: bool) -> AnyView {
    let section = Control::use_here().results.sections.models;
    let grid = section.kept(move |told, _, format| grid(told, alive, format));
    let title = live::text(move || grid.with(|grid| grid.title.clone()));
    let label = if alive { "Chance to be there" } else { "Expected purchases" };
    let any = move || grid.with(|grid| !grid.rows.is_empty());
    let sub = live::text(move || grid.with(|grid| grid.sub.clone()));
    let plot = move || {
        view! {
            <div class="plot">
                <Region label=Signal::stored(format!("{label} by repeat purchases and last purchase"))>
                    {live::part(move || grid.with(|grid| table(grid, label)))}
                </Region>
            </div>
        }
        .into_any()
    };
    live::when(any, move || frame(title, sub, plot()))
}

fn grid(told: &Modelling, alive: bool, format: &dyn Format) -> Grid {
    let Some(matrix) = &told.checks.matrix else { return Grid::default() };
    let Matrix { since_days, repeats, .. } = matrix;
    let cells = if alive { &matrix.alive } else { &matrix.expected };
    // Expectations of those who bought most would leave all others alike.
    let depth = |value: f64| if alive { value } else { libm::sqrt(value) };
    let all = || cells.iter().flatten().flatten().map(|value| depth(*value));
    let (low, high) = all().fold((f64::INFINITY, 0.0), |(low, high): (f64, f64), x| (low.min(x), high.max(x)));
    let text = |value: f64| match alive {
        true => format.number(value * 100.0, 0),
        false => format.number(value, 1 + u8::from(value < 0.95)),
    };
    let cell = |value: &Option<f64>| value.map(|value| (heat_step(depth(value), low, high), text(value)));
    let [title, sub] = words::matrix(matrix, alive, format);
    let rows = repeats.iter().zip(cells);
    Grid {
        title,
        sub,
        heads: since_days.iter().map(|days| format.integer(u64::from(*days))).collect(),
        rows: rows.map(|(repeats, row)| (repeats.to_string(), row.iter().map(cell).collect())).collect(),
    }
}

fn table(grid: &Grid, label: &str) -> AnyView {
    let head = |head: &String| view! { <th scope="col">{head.clone()}</th> }.into_any();
    let cell = |cell: &Option<(u8, String)>| match cell.clone() {
        Some((step, text)) => view! { <td class=format!("q{step}")>{text}</td> }.into_any(),
        None => view! { <td class="unlived"><span class="vh">"can’t be"</span></td> }.into_any(),
    };
    let row = |(name, cells): &(String, Vec<Option<(u8, String)>>)| {
        view! {
            <tr>
                <th scope="row">{name.clone()}</th>
                {cells.iter().map(cell).collect::<Vec<_>>()}
            </tr>
        }
        .into_any()
    };
    view! {
        <table class="heat">
            <caption class="vh">{format!("{label}: rows by repeat purchases, columns by days since the last purchase")}</caption>
            <thead>
                <tr>
                    <th scope="col">"Repeats"</th>
                    {grid.heads.iter().map(head).collect::<Vec<_>>()}
                </tr>
            </thead>
            <tbody>{grid.rows.iter().map(row).collect::<Vec<_>>()}</tbody>
        </table>
    }
    .into_any()
}
