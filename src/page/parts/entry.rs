//! Fields for numbers that are typed in and stay on the page.

use leptos::ev::Event;
use leptos::prelude::*;

use crate::page::live;

/// A labelled field whose text is kept in a signal.
pub fn entry(label: &'static str, hint: &'static str, text: RwSignal<String>) -> AnyView {
    let input = live::on(move |event: Event| text.set(event_target_value(&event)));
    let is_wrong = move || text.with(|text| !text.trim().is_empty() && super::typed::number(text).is_none());
    view! {
        <label class="field">
            <span>{label}</span>
            <input
                type="text"
                inputmode="decimal"
                autocomplete="off"
                prop:value=live::text(move || text.get())
                aria-invalid=live::text(move || is_wrong().to_string())
                on:input=input
            />
            <small class="hint">{hint}</small>
        </label>
    }
    .into_any()
}
