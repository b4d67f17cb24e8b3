//! What winning one costs.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::words::findings::Finding;

/// What winning one costs.
#[component]
pub fn Costs() -> impl IntoView {
    let section = Control::use_here().results.sections.costs;
    section.follow();
    view! {
        <ViewHead name="What winning one costs" finding=section.kept(|_, _, _| Finding::default())/>
        <Filters/>
    }
}
