//! The rows that were left out for one reason, as they stand in the file.

use std::sync::Arc;

use leptos::prelude::*;

use crate::ingest::receipt::Reason;
use crate::page::control::Control;
use crate::page::live;
use crate::page::locale::Locale;
use crate::page::parts::table::Region;
use crate::protocol::{LeftOutRow, LeftOutRows};
use crate::words::format::Format;
use crate::words::receipt as words;

/// The first rows of a table that were left out for a reason; nothing while they are on their way.
pub fn rows(table: usize, reason: Reason) -> AnyView {
    let seen = Control::use_here().intake.left_out;
    live::part(move || {
        let found: Option<Arc<LeftOutRows>> =
            seen.with(|all| all.iter().find(|rows| (rows.table, rows.reason) == (table, reason)).cloned());
        found.map(|found| of(&found))
    })
}

fn of(found: &LeftOutRows) -> AnyView {
    let f = Locale::of(None);
    let head = |(name, _): &(String, bool)| view! { <th scope="col">{name.clone()}</th> }.into_any();
    let row = |row: &LeftOutRow| {
        let cell = |(text, (_, is_to_blame)): (&String, &(String, bool))| {
            let (class, text) = match (is_to_blame, text.trim().is_empty()) {
                (true, true) => ("blamed", "nothing".to_owned()),
                (true, false) => ("mono blamed", text.clone()),
                _ => ("mono", text.clone()),
            };
            view! { <td class=class>{text}</td> }.into_any()
        };
        view! {
            <tr>
                <th scope="row" class="num">{f.integer(row.line)}</th>
                {row.cells.iter().zip(&found.columns).map(cell).collect::<Vec<_>>()}
            </tr>
        }
        .into_any()
    };
    let head = found.columns.iter().map(head).collect::<Vec<_>>();
    let body = found.rows.iter().map(row).collect::<Vec<_>>();
    let note = words::rows_shown(found.rows.len() as u64, found.of, &f);
    let table = (!found.rows.is_empty()).then(|| {
        view! {
            <Region label=Signal::stored(words::rows_of(found.reason))>
                <table class="wide seen">
                    <thead>
                        <tr>
                            <th scope="col" class="num">"Line"</th>
                            {head}
                        </tr>
                    </thead>
                    <tbody>{body}</tbody>
                </table>
            </Region>
        }
    });
    view! {
        {table}
        {(!note.is_empty()).then(|| view! { <p class="note">{note}</p> })}
    }
    .into_any()
}
