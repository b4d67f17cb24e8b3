//! Tests.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::words::findings::Finding;

/// Tests.
#[component]
pub fn Tests() -> impl IntoView {
    let section = Control::use_here().results.sections.experiments;
    section.follow();
    view! {
        <ViewHead name="Tests" finding=section.kept(|_, _, _| Finding::default())/>
        <Filters/>
    }
}
