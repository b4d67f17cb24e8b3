//! A select with its label, which shows what is in force and keeps its place when that changes.

use std::cell::Cell;

use leptos::ev::Event;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;

use crate::page::browser;
use crate::page::control::Control;
use crate::page::live::{self, MakeRow};

/// An id that no other select has.
fn next_id() -> String {
    thread_local!(static LAST: Cell<u32> = const { Cell::new(0) });
    let number = LAST.get() + 1;
    LAST.set(number);
    format!("choice-{number}")
}

/// A labelled select.
///
/// Its elements stay the same when the value changes, so that whoever uses it by keyboard stays where they are.
#[component]
pub fn Choice(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// Value and words of every option.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The value in force.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the value chosen.
    #[prop(into)]
    on_choose: Callback<String>,
    /// Id of the select, the only one on the page; a new one where none is given.
    #[prop(into, optional)]
    id: String,
    /// Whether the label is only for those who can't see that the select belongs to the heading above it.
    #[prop(optional)]
    hidden_label: bool,
) -> impl IntoView {
    let review = Control::use_here().intake.review;
    let id = if id.is_empty() { next_id() } else { id };
    let own = id.clone();
    let value = live::kept(move || value.get());
    // What a person chose stands in the select at once. A new review says whether it was taken over.
    live::effect(move || {
        review.track();
        options.with(|_| ());
        let value = value.get();
        let select = browser::document().get_element_by_id(&own).and_then(|select| select.dyn_into().ok());
        if let Some(select) = select {
            HtmlSelectElement::set_value(&select, &value);
        }
    });
    let choose = move |event: Event| on_choose.run(event_target_value(&event));
    let option = move |(own, words): (String, String)| -> (String, MakeRow) {
        let key = format!("{own}\n{words}");
        let make = move || {
            let name = own.clone();
            let selected = live::flag(move || value.with(|value| *value == own));
            view! { <option value=name prop:selected=selected>{words}</option> }.into_any()
        };
        (key, Box::new(make))
    };
    let options = live::keyed(move || options.get().into_iter().map(option).collect());
    view! {
        <div class="field">
            <label for=id.clone() class:vh=hidden_label>{label}</label>
            <select id=id on:change=live::on(choose)>
                {options}
            </select>
        </div>
    }
}
