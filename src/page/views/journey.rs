//! How they come along.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::words::findings::Finding;

/// How they come along.
#[component]
pub fn Journey() -> impl IntoView {
    let section = Control::use_here().results.sections.journey;
    section.follow();
    view! {
        <ViewHead name="How they come along" finding=section.kept(|_, _, _| Finding::default())/>
        <Filters/>
    }
}
