//! What drives it.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::words::findings::Finding;

/// What drives it.
#[component]
pub fn Drivers() -> impl IntoView {
    let section = Control::use_here().results.sections.drivers;
    section.follow();
    view! {
        <ViewHead name="What drives it" finding=section.kept(|_, _, _| Finding::default())/>
        <Filters/>
    }
}
