//! Keys.

use leptos::prelude::*;

/// Keys.
#[component]
pub fn Keys() -> impl IntoView {}
