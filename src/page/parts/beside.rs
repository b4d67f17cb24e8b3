//! Tables beside the orders: what they hold, what they are used for, and whose customers they name.

use leptos::prelude::*;

use crate::ingest::content::{Content, Matched};
use crate::ingest::receipt::LeftOut;
use crate::page::live::{self, Kept};
use crate::roles::kind::TableKind;
use crate::words::format::Format;
use crate::words::tables as words;

/// What is told of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    name: String,
    holds: String,
    used_for: &'static str,
    found: Option<(String, String)>,
    left_out: Option<String>,
}

impl Told {
    /// A table by its name, its kind, what it holds and whose customers it names.
    pub fn of(name: &str, kind: TableKind, content: &Content, matched: Option<&Matched>, f: &dyn Format) -> Told {
        Told {
            name: name.to_owned(),
            holds: format!("{}: {}.", words::rows_of(kind), words::content(kind, content, f).join(" · ")),
            used_for: words::used_for(kind),
            found: matched
                .filter(|matched| matched.orders_customers > 0)
                .map(|matched| (words::found(matched, f), words::not_found(matched))),
            left_out: None,
        }
    }

    /// The same with what is left out of so many rows.
    pub fn without(self, left_out: &[LeftOut], rows_read: u64, f: &dyn Format) -> Told {
        Told { left_out: words::left_out(left_out, rows_read, f), ..self }
    }
}

/// What is told of all tables that are none of orders.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables {
    /// Whether there are orders that they stand beside.
    pub orders: bool,
    /// The tables.
    pub told: Vec<Told>,
}

/// A section with one line a table; nothing where there are orders only. Nothing in it can have the focus, so it is made
/// anew.
pub fn beside(tables: Kept<Tables>) -> AnyView {
    let line = |told: Told| {
        let found = told.found.map(|(found, not_found)| {
            view! {
                <p>{found}</p>
                <p class="note">{not_found}</p>
            }
            .into_any()
        });
        view! {
            <tr>
                <th scope="row" class="mono">{told.name}</th>
                <td>
                    <p>{told.holds}</p>
                    {found}
                    {told.left_out.map(|words| view! { <p class="note">{words}</p> })}
                    <p class="note">{told.used_for}</p>
                </td>
            </tr>
        }
        .into_any()
    };
    live::part(move || {
        let Tables { orders, told: lines } = tables.get();
        let heading = if orders { "Beside your orders" } else { "What it holds" };
        (!lines.is_empty()).then(|| {
            view! {
                <section class="stack" aria-labelledby="h-beside">
                    <h2 class="h2" id="h-beside">{heading}</h2>
                    <table class="beside">
                        <tbody>{lines.into_iter().map(line).collect::<Vec<_>>()}</tbody>
                    </table>
                </section>
            }
            .into_any()
        })
    })
}
