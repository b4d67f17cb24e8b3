//! Review.

use leptos::prelude::*;

/// Review.
#[component]
pub fn Review() -> impl IntoView {}
