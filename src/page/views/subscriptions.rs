//! Subscriptions.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::words::findings::Finding;

/// Subscriptions.
#[component]
pub fn Subscriptions() -> impl IntoView {
    let section = Control::use_here().results.sections.subscriptions;
    section.follow();
    view! {
        <ViewHead name="Subscriptions" finding=section.kept(|_, _, _| Finding::default())/>
        <Filters/>
    }
}
