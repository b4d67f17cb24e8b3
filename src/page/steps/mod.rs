//! What stands in the page before there are results.

use leptos::prelude::*;

use super::control::Control;
use super::state::Stage;

pub mod drop;
pub mod progress;
pub mod review;
pub mod trouble;

/// The step that the person is at.
#[component]
pub fn Step() -> impl IntoView {
    let control = Control::use_here();
    move || match control.intake.stage.get() {
        Stage::Reading | Stage::Computing => view! { <progress::Progress/> }.into_any(),
        Stage::Review => view! { <review::Review/> }.into_any(),
        Stage::Failed => view! { <trouble::Failed/> }.into_any(),
        Stage::Empty | Stage::Ready => view! { <drop::Drop/> }.into_any(),
    }
}
