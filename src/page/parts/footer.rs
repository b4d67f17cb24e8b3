//! Footer.

use leptos::prelude::*;

/// Footer.
#[component]
pub fn Footer() -> impl IntoView {}
