//! A table of a few columns whose rows stack below 40 rem, each value with the head of its column before it.

use leptos::prelude::*;

use super::table::Region;
use crate::charts::{Cell, Table};
use crate::page::control::Control;
use crate::page::live::{self, Kept};
use crate::page::route::View;

/// What stands in such a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stacked {
    /// Heads of the columns, and whether a column holds numbers.
    pub heads: Vec<(String, bool)>,
    /// The rows, each as long as the heads; the first cell names the row, and may lead to a view.
    pub rows: Vec<(Option<View>, Vec<String>)>,
}

impl Stacked {
    /// An empty table with these heads.
    pub fn new(heads: &[(&str, bool)]) -> Stacked {
        let heads = heads.iter().map(|(head, number)| ((*head).to_owned(), *number)).collect();
        Stacked { heads, rows: Vec::new() }
    }

    /// The table of a chart: columns of numbers are those that hold one.
    fn of(table: &Table) -> Stacked {
        let is_number = |column: usize| table.rows.iter().any(|row| row[column].number);
        let heads = table.header.iter().enumerate().map(|(column, head)| (head.clone(), is_number(column)));
        let cells = |row: &Vec<_>| row.iter().map(|cell: &Cell| cell.text.clone()).collect();
        Stacked { heads: heads.collect(), rows: table.rows.iter().map(|row| (None, cells(row))).collect() }
    }
}

/// The table of a chart, named by its caption.
pub fn of_table(table: Kept<Table>) -> AnyView {
    let control = Control::use_here();
    let label = live::text(move || table.with(|table| table.caption.clone()));
    let rows = live::part(move || table.with(|table| rows(control, &table.caption, &Stacked::of(table))));
    view! { <Region label>{rows}</Region> }.into_any()
}

/// The table, with a caption for those who can't see the heading above it.
pub fn stacked(caption: &'static str, table: Kept<Stacked>) -> AnyView {
    let control = Control::use_here();
    let rows = live::part(move || table.with(|table| rows(control, caption, table)));
    view! { <Region label=Signal::stored(caption.to_owned())>{rows}</Region> }.into_any()
}

fn rows(control: Control, caption: &str, table: &Stacked) -> AnyView {
    let class = |is_number: bool| is_number.then_some("num");
    let head = |(head, is_number): &(String, bool)| {
        view! { <th scope="col" class=class(*is_number)>{head.clone()}</th> }.into_any()
    };
    let row = |(link, cells): &(Option<View>, Vec<String>)| {
        let cells = cells.iter().zip(&table.heads).enumerate().map(|(at, (text, (head, is_number)))| {
            let text = text.clone();
            match (at, *link) {
                (0, Some(view)) => {
                    let address = live::text(move || control.route_of(view).hash());
                    view! { <th scope="row"><a href=address>{text}</a></th> }.into_any()
                }
                (0, None) => view! { <th scope="row">{text}</th> }.into_any(),
                _ => {
                    // A card has no line for what is not there.
                    let head = if text.is_empty() { String::new() } else { head.clone() };
                    view! { <td class=class(*is_number) data-l=head><span>{text}</span></td> }.into_any()
                }
            }
        });
        view! { <tr>{cells.collect::<Vec<_>>()}</tr> }.into_any()
    };
    view! {
        <table class="cards-s">
            <caption class="vh">{caption.to_owned()}</caption>
            <thead>
                <tr>{table.heads.iter().map(head).collect::<Vec<_>>()}</tr>
            </thead>
            <tbody>{table.rows.iter().map(row).collect::<Vec<_>>()}</tbody>
        </table>
    }
    .into_any()
}
