//! A select with its label, which shows what is in force and keeps its place when that changes.

use leptos::html::Select;
use leptos::prelude::*;

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
    /// Id of the select.
    #[prop(into, optional)]
    id: Option<String>,
    /// Whether the label is only for those who can't see that the select belongs to the heading above it.
    #[prop(optional)]
    hidden_label: bool,
) -> impl IntoView {
    let select = NodeRef::<Select>::new();
    // A choice that was not taken over must not stay in the select, although the value is what it was before.
    Effect::new(move || {
        options.track();
        let value = value.get();
        if let Some(select) = select.get() {
            select.set_value(&value);
        }
    });
    let choose = move |event| {
        on_choose.run(event_target_value(&event));
        if let Some(select) = select.get_untracked() {
            select.set_value(&value.get_untracked());
        }
    };
    view! {
        <label class="field">
            <span class:vh=hidden_label>{label}</span>
            <select id=id node_ref=select on:change=choose>
                <For each=move || options.get() key=|option| option.clone() let:option>
                    <option value=option.0.clone() prop:selected={
                        let own = option.0;
                        move || value.get() == own
                    }>{option.1}</option>
                </For>
            </select>
        </label>
    }
}
