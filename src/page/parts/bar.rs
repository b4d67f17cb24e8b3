//! A share as a bar.

use leptos::prelude::*;

use crate::page::live;

/// A bar as wide as the share; its words say the same.
#[component]
pub fn ShareBar(
    /// The share, 0 to 1.
    share: Option<f64>,
    /// What it says: `41% of revenue`.
    label: String,
) -> impl IntoView {
    let width = share.map_or(0.0, |share| share.clamp(0.0, 1.0) * 300.0);
    view! {
        <svg class="bar" viewBox="0 0 300 10" preserveAspectRatio="none" role="img" aria-label=label>
            <rect class="fw" width="300" height="10"/>
            <rect class="f1" width=format!("{width:.1}") height="10"/>
        </svg>
    }
}

/// How far something is that takes a while, named by another element.
pub fn progress_bar(named_by: &'static str, share: impl Fn() -> f64 + Copy + Send + Sync + 'static) -> AnyView {
    view! {
        <svg
            class="bar" viewBox="0 0 300 10" preserveAspectRatio="none" role="progressbar" aria-labelledby=named_by
            aria-valuemin="0" aria-valuemax="100" aria-valuenow=live::text(move || (share() * 100.0).round().to_string())
        >
            <rect class="fw" width="300"/>
            <rect class="f1" width=live::text(move || (share() * 300.0).round().to_string())/>
        </svg>
    }
    .into_any()
}
