//! A view whose file is not there: what it needs, an example, and a way to add it.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::head::ViewHead;
use super::icon::{Icon, Sign};
use super::picker::Picker;
use crate::page::{browser, live};
use crate::words::needs::Need;

/// What a view needs that the files do not have.
#[component]
pub fn Needs(
    /// The name of the view, as in the navigation.
    name: &'static str,
    /// What it needs.
    need: Need,
) -> impl IntoView {
    let parts = need.parts.iter().map(|(name, what)| view! { <dt>{*name}</dt><dd>{*what}</dd> }).collect_view();
    let save = live::on(move |_: MouseEvent| browser::save(need.file, "text/csv", need.example));
    let (question, answer) = need.found;
    view! {
        <ViewHead name finding=live::kept(move || need.finding())/>
        <div class="two">
            <section aria-labelledby="h-needs" class="stack">
                <h2 class="h2" id="h-needs">"What the file needs"</h2>
                <dl class="facts">{parts}</dl>
                <p class="actions">
                    <Picker words="Add a file" add=true/>
                    <button class="btn quiet" type="button" on:click=save>"Download the example"</button>
                </p>
            </section>
            <section aria-labelledby="h-learn" class="stack">
                <h2 class="h2" id="h-learn">"An example, and what you will learn"</h2>
                <pre class="raw" tabindex="0" role="region" aria-label="Example of such a file">{need.example}</pre>
                <p class="soft">{need.learn}</p>
            </section>
        </div>
        <div class="notice">
            <Icon sign=Sign::Info/>
            <div><p><strong>{question}</strong>" "{answer}</p></div>
        </div>
    }
}
