//! Failed.

use leptos::prelude::*;

/// Failed.
#[component]
pub fn Failed() -> impl IntoView {}

/// Banner.
#[component]
pub fn Banner() -> impl IntoView {}
