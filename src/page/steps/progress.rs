//! Progress.

use leptos::prelude::*;

/// Progress.
#[component]
pub fn Progress() -> impl IntoView {}
