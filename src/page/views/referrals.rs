//! Who brings whom.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::words::findings::Finding;

/// Who brings whom.
#[component]
pub fn Referrals() -> impl IntoView {
    let section = Control::use_here().results.sections.referrals;
    section.follow();
    view! {
        <ViewHead name="Who brings whom" finding=section.kept(|_, _, _| Finding::default())/>
        <Filters/>
    }
}
