//! A table of a few columns whose rows stack below 40 rem, each value with the head of its column before it.

use leptos::prelude::*;

use super::table::Region;
use crate::charts::{Cell, Table};
use crate::page::control::Control;
use crate::page::live::{self, Kept};
use crate::page::route::View;
use crate::words::costs::UNCERTAIN;

/// What stands in such a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stacked {
    /// Heads of the columns, and whether a column holds numbers.
    pub heads: Vec<(String, bool)>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Whether cells stand in one line each, and the names of the rows stay in sight where the table scrolls.
    pub is_wide: bool,
}

/// A row, as long as the heads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The view that its name leads to.
    pub link: Option<View>,
    /// Its cells, of which the first names it: the text, and quieter words below it, which may be empty.
    pub cells: Vec<(String, String)>,
    /// Whether it is the total of those above.
    pub is_total: bool,
}

impl Row {
    /// A row without quieter words.
    pub fn plain(link: Option<View>, cells: impl IntoIterator<Item = String>) -> Row {
        Row { link, cells: cells.into_iter().map(|text| (text, String::new())).collect(), is_total: false }
    }
}

impl Stacked {
    /// An empty table with these heads.
    pub fn new(heads: &[(&str, bool)]) -> Stacked {
        let heads = heads.iter().map(|(head, number)| ((*head).to_owned(), *number)).collect();
        Stacked { heads, ..Stacked::default() }
    }

    /// A table of figures: all columns but the first hold numbers.
    pub fn of_figures(heads: &[&str], rows: Vec<Row>) -> Stacked {
        let heads = heads.iter().enumerate().map(|(at, head)| ((*head).to_owned(), at > 0)).collect();
        Stacked { heads, rows, is_wide: false }
    }

    /// The table of a chart: columns of numbers are those that hold one.
    fn of(table: &Table) -> Stacked {
        let is_number = |column: usize| table.rows.iter().any(|row| row[column].number);
        let heads = table.header.iter().enumerate().map(|(column, head)| (head.clone(), is_number(column)));
        let row = |row: &Vec<Cell>| Row::plain(None, row.iter().map(|cell| cell.text.clone()));
        Stacked { heads: heads.collect(), rows: table.rows.iter().map(row).collect(), is_wide: false }
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
pub fn stacked(caption: impl Into<String>, table: Kept<Stacked>) -> AnyView {
    named(caption.into(), table)
}

fn named(caption: String, table: Kept<Stacked>) -> AnyView {
    let control = Control::use_here();
    let label = Signal::stored(caption.clone());
    let rows = live::part(move || table.with(|table| rows(control, &caption, table)));
    view! { <Region label>{rows}</Region> }.into_any()
}

/// The table in a section of its own under a heading with this id; nothing where it has no rows.
pub fn section(id: &'static str, heading: &'static str, table: Kept<Stacked>) -> AnyView {
    let content = move || {
        view! {
            <section aria-labelledby=id class="stack">
                <h2 class="h2" id=id>{heading}</h2>
                {stacked(format!("Table: {heading}"), table)}
            </section>
        }
    };
    live::when(move || table.with(|table| !table.rows.is_empty()), content)
}

fn rows(control: Control, caption: &str, table: &Stacked) -> AnyView {
    let head = |(head, is_number): &(String, bool)| {
        view! { <th scope="col" class=class(*is_number)>{head.clone()}</th> }.into_any()
    };
    let row = |Row { link, cells, is_total }: &Row| {
        let cells = cells.iter().zip(&table.heads).enumerate().map(|(at, (cell, head))| match (at, *link) {
            (0, Some(view)) => {
                let address = live::text(move || control.route_of(view).hash());
                view! { <th scope="row"><a href=address>{cell.0.clone()}</a></th> }.into_any()
            }
            (0, None) => view! { <th scope="row">{cell.0.clone()}</th> }.into_any(),
            _ => value(cell, head),
        });
        view! { <tr class=is_total.then_some("total")>{cells.collect::<Vec<_>>()}</tr> }.into_any()
    };
    view! {
        <table class=if table.is_wide { "cards-s wide" } else { "cards-s" }>
            <caption class="vh">{caption.to_owned()}</caption>
            <thead>
                <tr>{table.heads.iter().map(head).collect::<Vec<_>>()}</tr>
            </thead>
            <tbody>{table.rows.iter().map(row).collect::<Vec<_>>()}</tbody>
        </table>
    }
    .into_any()
}

fn class(is_number: bool) -> Option<&'static str> {
    is_number.then_some("num")
}

fn value((text, beside): &(String, String), (head, is_number): &(String, bool)) -> AnyView {
    // A card has no line for what is not there.
    let head = if text.is_empty() { String::new() } else { head.clone() };
    let quiet = if *beside == UNCERTAIN { "tag" } else { "soft" };
    let beside = (!beside.is_empty()).then(|| view! { <br/> <small class=quiet>{beside.clone()}</small> }.into_any());
    view! { <td class=class(*is_number) data-l=head><span>{text.clone()}{beside}</span></td> }.into_any()
}
