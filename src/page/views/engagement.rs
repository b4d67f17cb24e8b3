//! How engaged they are.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::words::findings::Finding;

/// How engaged they are.
#[component]
pub fn Engagement() -> impl IntoView {
    let section = Control::use_here().results.sections.engagement;
    section.follow();
    view! {
        <ViewHead name="How engaged they are" finding=section.kept(|_, _, _| Finding::default())/>
        <Filters/>
    }
}
