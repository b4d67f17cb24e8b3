//! The table behind a chart, as people read it.

use leptos::prelude::*;

use crate::charts::{Figure, Table};
use crate::page::live::{self, Kept};

/// The table of a figure, in a region of its own, which may scroll sideways where the page may not.
pub fn data_table(figure: Kept<Option<Figure>>) -> AnyView {
    let caption = move || figure.with(|figure| figure.as_ref().map(|figure| figure.table.caption.clone()));
    let table = move || figure.with(|figure| figure.as_ref().map(|figure| rows(&figure.table)));
    view! { <Region label=live::text(move || caption().unwrap_or_default())>{live::part(table)}</Region> }.into_any()
}

/// A region that scrolls sideways: named, and reached with the keyboard.
#[component]
pub fn Region(
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            {children()}
        </div>
    }
}

fn rows(table: &Table) -> AnyView {
    // A column is set like its first cell; the head follows.
    let number: Vec<bool> = (0..table.header.len())
        .map(|column| table.rows.iter().filter_map(|row| row.get(column)).any(|cell| cell.number))
        .collect();
    let class = |is_number: bool| is_number.then_some("num");
    let head = table
        .header
        .iter()
        .zip(&number)
        .map(|(head, is_number)| view! { <th scope="col" class=class(*is_number)>{head.clone()}</th> })
        .collect_view();
    let last = table.rows.len().saturating_sub(1);
    let body = table
        .rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let cells = row.iter().enumerate().map(|(column, cell)| {
                let text = cell.text.clone();
                match column {
                    0 => view! { <th scope="row">{text}</th> }.into_any(),
                    _ => view! { <td class=class(cell.number)>{text}</td> }.into_any(),
                }
            });
            view! { <tr class=(table.total && at == last).then_some("total")>{cells.collect_view()}</tr> }
        })
        .collect_view();
    view! {
        <table>
            <caption>{table.caption.clone()}</caption>
            <thead>
                <tr>{head}</tr>
            </thead>
            <tbody>{body}</tbody>
        </table>
    }
    .into_any()
}
