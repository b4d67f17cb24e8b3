//! Data receipt: what came in, what was used, what was left out, and the proof that nothing was sent.

use leptos::prelude::*;

use crate::ingest::receipt::TableReceipt;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::beside::{self, Tables, Told};
use crate::page::parts::head::ViewHead;
use crate::page::parts::{refused, same, writer};
use crate::roles::kind::TableKind;
use crate::words::findings;

mod columns;
mod definitions;
mod kinds;
mod proof;
mod receipt;
mod seen;

/// What stands beside the orders.
fn beside() -> AnyView {
    beside::beside(writer::section(|report, f| {
        let told = |table: &TableReceipt| {
            let kind = TableKind::from_name(&table.kind)?;
            let told = Told::of(&table.file, kind, table.content.as_ref()?, table.matched.as_ref(), f);
            Some(told.without(&table.left_out, table.rows_read, f))
        };
        Tables { orders: report.period.data_start.is_some(), told: report.tables.iter().filter_map(told).collect() }
    }))
}

/// Data receipt.
#[component]
pub fn Data() -> impl IntoView {
    let control = Control::use_here();
    let checked = move || control.intake.review.with(Option::is_some);
    // What is defined here, and what rows are, is told of orders.
    let has_orders = writer::section(|report, _| report.tables.iter().any(|table| table.kind == "orders"));
    let of_orders = move || has_orders.get();
    let of_rows = move || {
        view! {
            <div class="two">
                {kinds::kinds()}
                {columns::columns()}
            </div>
        }
    };
    view! {
        <ViewHead name="Data receipt" finding=writer::section(findings::receipt)/>
        <p class="actions">
            {live::when(checked, || view! { <a class="btn" href="#/check">"Check how it was read"</a> })}
            <a class="btn" href="#/">"Load other files"</a>
        </p>
        {refused::refused()}
        {receipt::receipts()}
        {beside()}
        {same::same(writer::section(|report, _| report.near_misses.clone()))}
        {live::when(of_orders, of_rows)}
        {live::when(move || !of_orders(), columns::columns)}
        {proof::proof()}
        {live::when(of_orders, definitions::definitions)}
        {live::when(of_orders, definitions::changes)}
    }
}
