//! The rows, their heads that sort, and the pages.

use std::sync::Arc;

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::PAGE;
use crate::ingest::profile::shown;
use crate::page::control::Control;
use crate::page::live::{self, Kept};
use crate::page::parts::table::Region;
use crate::page::parts::writer;
use crate::page::route::{Route, View};
use crate::page::state::Asked;
use crate::report::Report;
use crate::report::customers::{CustomerPage, CustomerQuery, CustomerRow, SortKey};
use crate::words::facts::enough_to_group;
use crate::words::format::Format;
use crate::words::segments as words;

/// A column: its head, what it is sorted by, whether it holds numbers.
type Column = (&'static str, Option<SortKey>, bool);

const COLUMNS: [Column; 8] = [
    ("Customer", Some(SortKey::Customer), false),
    ("Brought so far", Some(SortKey::Revenue), true),
    (LEFT, None, true),
    (GROUP, None, false),
    ("Purchases", Some(SortKey::Purchases), true),
    ("Repeat day, mean", Some(SortKey::MonetaryValue), true),
    ("First bought", Some(SortKey::First), true),
    ("Last bought", Some(SortKey::Last), true),
];

/// The head of what is left after the cost to win them; a column only where costs are known by channel.
const LEFT: &str = "Left over";

/// The head of the RFM group; a column only where customers are enough to be ranked.
const GROUP: &str = "RFM group";

/// The table of what is asked; the query is the same as it is sent.
pub fn rows(asked: Asked, query: Kept<CustomerQuery>) -> AnyView {
    let control = Control::use_here();
    let page = control.results.customers;
    let busy = move || {
        let answered = page.with(|page| page.as_ref().is_some_and(|page| query.with(|query| page.query == *query)));
        control.results.computing.get() || !answered
    };
    let none = move || page.with(|page| page.as_ref().is_some_and(|page| page.rows.is_empty()));
    let columns = writer::section(|report, _| COLUMNS.map(|column| is_shown(column.0, report)));
    let costs = writer::section(|report, _| is_shown(LEFT, report));
    let mut at = 0..COLUMNS.len();
    let heads = COLUMNS.map(|column| {
        let at = at.next().unwrap_or_default();
        live::when(move || columns.with(|columns| columns[at]), move || head(column, asked))
    });
    view! {
        <Region label=Signal::stored("Customers".to_owned())>
            <table class="wide" aria-busy=live::text(move || busy().to_string())>
                <thead>
                    <tr>
                        {Vec::from(heads)}
                    </tr>
                </thead>
                <tbody>{live::part(move || body(control, page.get()))}</tbody>
            </table>
        </Region>
        {live::when(move || costs.get(), || view! {
            <p class="note">"Left over: what they brought, less what winning one costs in their channel; “–” where that cost is not known."</p>
        })}
        {live::when(none, || view! { <p class="soft">"No customer of this selection fits."</p> })}
        {pages(asked)}
    }
    .into_any()
}

/// Whether a column tells something: the cost to win a customer has to be known of some channel.
fn is_shown(head: &str, report: &Report) -> bool {
    match head {
        LEFT => report.acquisition.channels.iter().any(|row| row.cac.is_some()),
        GROUP => enough_to_group(report),
        _ => true,
    }
}

fn body(control: Control, page: Option<Arc<CustomerPage>>) -> Vec<AnyView> {
    let here = control.route_of(View::Customers);
    let (Some(report), Some(page)) = (control.results.report.get(), page) else { return Vec::new() };
    let format = writer::of(&report);
    let row = move |(number, [id, rest @ ..]): (u32, [String; 8])| {
        let address = Route { view: View::Customer(number), query: here.query.clone() }.hash();
        let shown = rest.into_iter().zip(&COLUMNS[1..]).filter(|(_, (name, ..))| is_shown(name, &report));
        let cells =
            shown.map(|(text, (_, _, number))| view! { <td class=number.then_some("num")>{text}</td> }.into_any());
        view! {
            <tr>
                <th scope="row">
                    <a href=address>{id}</a>
                </th>
                {cells.collect::<Vec<_>>()}
            </tr>
        }
        .into_any()
    };
    page.rows.iter().map(|customer| row(cells(customer, &*format))).collect()
}

fn cells(row: &CustomerRow, format: &dyn Format) -> (u32, [String; 8]) {
    let repeat = if row.frequency > 0 { format.money(row.monetary_value.0) } else { "–".to_owned() };
    let cells = [
        shown(&row.customer),
        format.money(row.revenue.to_f64()),
        row.cost.as_ref().map_or_else(|| "–".to_owned(), |cost| format.money(cost.left.0)),
        words::title("rfm", &row.group),
        format.integer(u64::from(row.purchases)),
        repeat,
        format.day(row.first),
        format.day(row.last),
    ];
    (row.number, cells)
}

/// The head of a column; a button where the column sorts.
fn head((name, key, number): Column, asked: Asked) -> AnyView {
    let class = number.then_some("num");
    let Some(key) = key else { return view! { <th scope="col" class=class>{name}</th> }.into_any() };
    let order = move || match asked.sort.get() {
        (sort, true) if sort == key => "ascending",
        (sort, false) if sort == key => "descending",
        _ => "none",
    };
    let arrow = move || match order() {
        "ascending" => " ↑",
        "descending" => " ↓",
        _ => "",
    };
    let press = live::on(move |_: MouseEvent| {
        asked.offset.set(0);
        asked.sort.update(|(sort, ascending)| {
            // Names begin with the first, amounts with the largest.
            *ascending = if *sort == key { !*ascending } else { key == SortKey::Customer };
            *sort = key;
        });
    });
    view! {
        <th scope="col" class=class aria-sort=live::text(order)>
            <button class="sort" type="button" on:click=press>
                {name}
                <span aria-hidden="true">{live::text(arrow)}</span>
            </button>
        </th>
    }
    .into_any()
}

/// Which rows are shown, and the way to the others.
fn pages(asked: Asked) -> AnyView {
    let control = Control::use_here();
    let page = control.results.customers;
    let total = move || page.with(|page| page.as_ref().map_or(0, |page| page.total));
    let text = writer::text(move |_, format| {
        let Some(page) = page.get().filter(|page| !page.rows.is_empty()) else { return String::new() };
        let first = u64::from(page.query.offset) + 1;
        let last = u64::from(page.query.offset) + page.rows.len() as u64;
        let [first, last, total] = [first, last, page.total].map(|n| format.integer(n));
        format!("Rows {first} to {last} of {total}")
    });
    let first = live::flag(move || asked.offset.get() == 0);
    let last = live::flag(move || u64::from(asked.offset.get()) + u64::from(PAGE) >= total());
    let back = live::on(move |_: MouseEvent| asked.offset.update(|offset| *offset = offset.saturating_sub(PAGE)));
    let further = live::on(move |_: MouseEvent| asked.offset.update(|offset| *offset += PAGE));
    view! {
        <div class="actions pages">
            <button
                class="btn"
                type="button"
                disabled=first
                on:click=back
            >
                "Previous"
            </button>
            <button
                class="btn"
                type="button"
                disabled=last
                on:click=further
            >
                "Next"
            </button>
            <p class="soft" role="status">
                {text}
            </p>
        </div>
    }
    .into_any()
}
