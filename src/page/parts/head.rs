//! How a view begins: its name, and what it found.

use leptos::prelude::*;

use crate::page::live::{self, Kept};
use crate::words::findings::Finding;

/// The name of the view and its finding in a sentence.
#[component]
pub fn ViewHead(
    /// The name, as in the navigation.
    name: &'static str,
    /// The finding.
    finding: Kept<Finding>,
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
    finding: Kept<Finding>,
) -> impl IntoView {
    live::part(move || {
        let Finding { before, strong, after, lead } = finding.get();
        view! {
            <p class="finding">{before} <b>{strong}</b> {after}</p>
            {lead.map(|lead| view! { <p class="lead">{lead}</p> }.into_any())}
        }
    })
}
