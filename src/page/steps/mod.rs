//! What stands in the page before there are results: one step after another.
//!
//! * [`drop`](mod@drop): the first page, and the whole window as a place to drop files.
//! * [`paste`]: a table from the clipboard.
//! * [`progress`]: reading and computing, with a way out.
//! * [`review`]: how the files were understood, with a way to say it better.
//! * [`trouble`]: what went wrong, why, and what can be done.

use leptos::prelude::*;

use super::control::Control;
use super::live;
use super::state::Stage;

pub mod drop;
pub mod paste;
pub mod progress;
pub mod review;
pub mod trouble;

/// The step that the person is at.
#[component]
pub fn Step() -> impl IntoView {
    let control = Control::use_here();
    let stage = live::kept(move || control.intake.stage.get());
    live::part(move || match stage.get() {
        Stage::Reading | Stage::Computing => view! { <progress::Progress/> }.into_any(),
        Stage::Review => view! { <review::Review/> }.into_any(),
        Stage::Failed => view! { <trouble::Failed/> }.into_any(),
        Stage::Empty | Stage::Ready => view! { <drop::Drop/> }.into_any(),
    })
}

/// Where the step stands on the way to results.
#[component]
fn Way(
    /// Which of the three, from 0.
    at: usize,
) -> impl IntoView {
    let steps = ["Drop", "Check", "Results"].into_iter().enumerate();
    let steps = steps.map(|(i, name)| view! { <li aria-current=(i == at).then_some("step")>{name}</li> });
    view! { <ol class="steps" aria-label="Steps">{steps.collect_view()}</ol> }
}
