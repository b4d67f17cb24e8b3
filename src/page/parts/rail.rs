//! Rail.

use leptos::prelude::*;

/// Rail.
#[component]
pub fn Rail() -> impl IntoView {}

/// The name of a view in the navigation.
pub fn name(view: crate::page::route::View) -> &'static str {
    use crate::page::route::View;
    match view {
        View::Drop => "Start",
        View::Check => "Check",
        View::Overview => "Overview",
        View::Value => "What they are worth",
        View::Retention => "Who stays",
        View::Customers | View::Customer(_) => "Customers",
        View::Segments => "Segments",
        View::Data => "Data receipt",
    }
}
