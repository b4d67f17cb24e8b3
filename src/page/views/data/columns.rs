//! Which column plays which part.

use leptos::prelude::*;

use crate::page::live;
use crate::page::parts::writer;
use crate::report::Report;
use crate::roles::Role;
use crate::words::review;

/// A part, its columns, and their table where there are several tables.
type Part = (String, String, String);

/// The parts that columns play, and those that play none.
pub fn columns() -> AnyView {
    let parts = writer::section(|report, _| parts(report));
    let row = |(part, columns, table): Part| {
        view! {
            <tr>
                <th scope="row">{part}</th>
                <td>
                    <span class="mono">{columns}</span>
                    {table}
                </td>
            </tr>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="h-roles" class="stack">
            <h2 class="h2" id="h-roles">"How the columns were read"</h2>
            <table class="parts">
                <thead>
                    <tr>
                        <th scope="col">"Part"</th>
                        <th scope="col">"Column"</th>
                    </tr>
                </thead>
                <tbody>{live::part(move || parts.get().into_iter().map(row).collect::<Vec<_>>())}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// Parts with their columns, in the order in which they are needed.
fn parts(report: &Report) -> Vec<Part> {
    let several = report.tables.len() > 1;
    let of = |table: &crate::ingest::receipt::TableReceipt| {
        let place = if several { format!(" ({})", table.file) } else { String::new() };
        let part = |role: Role| {
            let columns = table.roles.get(role.name())?.clone();
            Some((review::role(role).to_owned(), columns, place.clone()))
        };
        Role::ALL.into_iter().filter_map(part).collect::<Vec<_>>()
    };
    report.tables.iter().flat_map(of).collect()
}
