//! Header.

use leptos::prelude::*;

/// Header.
#[component]
pub fn Header() -> impl IntoView {}
