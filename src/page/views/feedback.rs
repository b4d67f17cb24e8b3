//! What they say.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::words::findings::Finding;

/// What they say.
#[component]
pub fn Feedback() -> impl IntoView {
    let section = Control::use_here().results.sections.feedback;
    section.follow();
    view! {
        <ViewHead name="What they say" finding=section.kept(|_, _, _| Finding::default())/>
        <Filters/>
    }
}
