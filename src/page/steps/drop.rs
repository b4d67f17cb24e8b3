//! Drop.

use leptos::prelude::*;

/// Drop.
#[component]
pub fn Drop() -> impl IntoView {}

/// Overlay.
#[component]
pub fn Overlay() -> impl IntoView {}
