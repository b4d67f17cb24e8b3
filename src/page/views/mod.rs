//! The views of a report: one a question.

use leptos::prelude::*;

/// The view of the address.
#[component]
pub fn Current() -> impl IntoView {}
