//! How a view begins: its name, and what it found.

use leptos::prelude::*;

use crate::words::findings::Finding;

/// The name of the view and its finding in a sentence.
#[component]
pub fn ViewHead(
    /// The name, as in the navigation.
    name: &'static str,
    /// The finding.
    #[prop(into)]
    finding: Signal<Finding>,
) -> impl IntoView {
    view! {
        <div class="viewhead">
            <h1 class="eyebrow">{name}</h1>
            <FindingText finding/>
        </div>
    }
}

/// A finding, with the part that it is about in green, and the lines that follow.
#[component]
pub fn FindingText(
    /// The finding.
    #[prop(into)]
    finding: Signal<Finding>,
) -> impl IntoView {
    view! {
        <p class="finding">
            {move || finding.with(|finding| finding.before.clone())}
            <b>{move || finding.with(|finding| finding.strong.clone())}</b>
            {move || finding.with(|finding| finding.after.clone())}
        </p>
        {move || finding.with(|finding| finding.lead.clone()).map(|lead| view! { <p class="lead">{lead}</p> })}
    }
}
