//! Data receipt: what came in, what was used, what was left out, and the proof that nothing was sent.

use leptos::prelude::*;

use crate::page::parts::head::ViewHead;
use crate::page::parts::writer;
use crate::words::findings;

mod definitions;
mod proof;
mod receipt;

/// Data receipt.
#[component]
pub fn Data() -> impl IntoView {
    view! {
        <ViewHead name="Data receipt" finding=writer::section(findings::receipt)/>
        {receipt::receipts()}
        {proof::proof()}
        {definitions::definitions()}
        {definitions::changes()}
    }
}
