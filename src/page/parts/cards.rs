//! A table of figures by group that stacks to cards below 40 rem: the name of a row, its figures, and what stands beside them.

use leptos::prelude::*;

use super::table::Region;
use crate::words::costs::UNCERTAIN;

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// What it is of.
    pub name: String,
    /// Its figures, one a column: the value, and quieter words behind it.
    pub cells: Vec<(String, String)>,
    /// Whether it is the total of those above.
    pub is_total: bool,
}

/// The table: heads of the names and of the figures, and the rows.
pub fn table(first: &'static str, heads: &'static [&'static str], rows: Vec<Row>) -> AnyView {
    let head = |head: &'static str| view! { <th scope="col" class="num">{head}</th> }.into_any();
    let row = move |Row { name, cells, is_total }: Row| {
        let cells: Vec<AnyView> = cells.into_iter().zip(heads).map(|(cell, head)| figure(cell, head)).collect();
        view! { <tr class=is_total.then_some("total")><th scope="row">{name}</th>{cells}</tr> }.into_any()
    };
    let label = format!("{first}: {}", heads.join(", ").to_lowercase());
    view! {
        <Region label=Signal::stored(label)>
        <table class="cards-s">
            <thead>
                <tr>
                    <th scope="col">{first}</th>
                    {heads.iter().map(|name| head(name)).collect::<Vec<_>>()}
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(row).collect::<Vec<_>>()}</tbody>
        </table>
        </Region>
    }
    .into_any()
}

fn figure((value, beside): (String, String), head: &'static str) -> AnyView {
    let class = if beside == UNCERTAIN { "tag" } else { "soft" };
    let beside = (!beside.is_empty()).then(|| view! { <br/> <small class=class>{beside}</small> }.into_any());
    view! { <td class="num" data-l=head><span>{value}{beside}</span></td> }.into_any()
}
