//! A table of a few rows that stacks where the window is narrow: each row becomes a card.

use leptos::prelude::*;

use super::table::Region;
use crate::charts::{Cell, Table};
use crate::page::live::{self, Kept};

/// The table, named by its caption.
pub fn cards(table: Kept<Table>) -> AnyView {
    let label = live::text(move || table.with(|table| table.caption.clone()));
    view! { <Region label>{live::part(move || table.with(rows))}</Region> }.into_any()
}

fn rows(table: &Table) -> AnyView {
    let is_number = |column: usize| table.rows.iter().any(|row| row[column].number);
    let head = |(column, head): (usize, &String)| {
        view! { <th scope="col" class=is_number(column).then_some("num")>{head.clone()}</th> }.into_any()
    };
    let row = |row: &Vec<Cell>| {
        let cell = |(column, cell): (usize, &Cell)| {
            let text = cell.text.clone();
            match column {
                0 => view! { <th scope="row">{text}</th> }.into_any(),
                _ => {
                    // A card has no line for what is not there.
                    let name = if text.is_empty() { String::new() } else { table.header[column].clone() };
                    view! { <td class=is_number(column).then_some("num") data-l=name><span>{text}</span></td> }
                        .into_any()
                }
            }
        };
        view! { <tr>{row.iter().enumerate().map(cell).collect::<Vec<_>>()}</tr> }.into_any()
    };
    view! {
        <table class="cards-s">
            <thead>
                <tr>{table.header.iter().enumerate().map(head).collect::<Vec<_>>()}</tr>
            </thead>
            <tbody>{table.rows.iter().map(row).collect::<Vec<_>>()}</tbody>
        </table>
    }
    .into_any()
}
