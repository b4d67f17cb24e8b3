//! The first rows of a file, as they are understood.

use leptos::prelude::*;

use super::file::FileAt;
use crate::math::order;
use crate::page::live;
use crate::page::locale::Locale;
use crate::protocol::{Cell, FileReview};
use crate::roles::Role;
use crate::words::format::Format;
use crate::words::review as words;

/// Columns shown; those that mean something come before those that don't.
const COLUMNS: usize = 12;

/// What the table shows.
struct Table {
    heads: Vec<(String, Role)>,
    rows: Vec<Vec<Cell>>,
}

/// The columns that fit, in the order of the file.
fn table(file: &FileReview) -> Table {
    let unused = |at: usize| file.columns[at].role == Role::Unused;
    let mut places = order::places(file.columns.len(), &mut |a, b| unused(a).cmp(&unused(b)));
    places.truncate(COLUMNS);
    order::sort_by(&mut places, Ord::cmp);
    let heads = places.iter().map(|at| (file.columns[*at].name.clone(), file.columns[*at].role)).collect();
    let cells = |row: &Vec<Cell>| places.iter().map(|at| row.get(*at).cloned().unwrap_or(Cell::Empty)).collect();
    Table { heads, rows: file.preview.iter().map(cells).collect() }
}

/// The first rows, with dates as dates and numbers as numbers.
#[component]
pub fn Preview(
    /// The file.
    file: FileAt,
) -> impl IntoView {
    let name = file.name();
    let id = format!("h-typed-{}", file.at);
    let label = live::text(move || format!("First rows of {} as understood", name.get()));
    let more = file.text(|file| match file.columns.len().saturating_sub(COLUMNS) {
        0 => String::new(),
        more => format!("And {} that are not shown here.", Locale::of(None).count(more as u64, "column")),
    });
    view! {
        <section class="stack" aria-labelledby=id.clone()>
            <h2 class="h2" id=id.clone()>"How "<span class="filename">{name}</span>" is understood"</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=label>
                {live::part(move || file.read(table).map(typed))}
            </div>
            <p class="note">{more}</p>
        </section>
    }
}

/// The table itself.
fn typed(table: Table) -> AnyView {
    let f = Locale::of(None);
    let head = |(name, role): &(String, Role)| {
        let class = if is_right(*role) { "num" } else { "" };
        let role = words::role(*role);
        view! { <th scope="col" class=class>{name.clone()}<br/><small>{role}</small></th> }
    };
    let row = |row: &Vec<Cell>| {
        let cells = row.iter().zip(&table.heads).map(|(cell, (_, role))| cell_as(cell, *role, &f)).collect_view();
        view! { <tr>{cells}</tr> }
    };
    view! {
        <table class="typed">
            <thead><tr>{table.heads.iter().map(head).collect_view()}</tr></thead>
            <tbody>{table.rows.iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn is_right(role: Role) -> bool {
    matches!(role, Role::Date | Role::Amount | Role::Quantity | Role::UnitPrice)
}

/// A cell as its column is understood.
fn cell_as(cell: &Cell, role: Role, f: &dyn Format) -> AnyView {
    let class = if is_right(role) { "num" } else { "" };
    let wrong = match role {
        Role::Date => "no date",
        _ => "no number",
    };
    match cell {
        Cell::Text(text) => view! { <td class=class>{text.clone()}</td> }.into_any(),
        Cell::Date(day) => view! { <td class=class>{f.day(*day)}</td> }.into_any(),
        Cell::Number(number) if role == Role::Quantity => {
            let places = if number.0 % crate::math::money::SCALE == 0 { 0 } else { 3 };
            view! { <td class=class>{f.number(number.to_f64(), places)}</td> }.into_any()
        }
        Cell::Number(number) => view! { <td class=class>{f.money_exact(*number)}</td> }.into_any(),
        Cell::Empty => view! { <td class="none">"empty"</td> }.into_any(),
        Cell::Wrong(text) => {
            view! { <td class=class>{text.clone()}" "<span class="tag no">{wrong}</span></td> }.into_any()
        }
    }
}
