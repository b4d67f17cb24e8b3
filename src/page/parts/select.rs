//! A select with its label.

use leptos::prelude::*;

/// A value of a select and what a person reads there.
pub type Choice = (String, String);

/// A select whose choices and whose value follow signals.
#[component]
pub fn Select(
    /// The label above it.
    #[prop(into)]
    label: String,
    /// The choices.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The value chosen.
    #[prop(into)]
    chosen: Signal<String>,
    /// What happens when a person chooses.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    view! {
        <label class="field">
            <span>{label}</span>
            <select on:change:target=move |event| on_choose.run(event.target().value())>
                <For each=move || choices.get() key=|choice| choice.clone() let((value, text))>
                    <option value=value.clone() prop:selected=move || chosen.with(|chosen| *chosen == value)>
                        {text}
                    </option>
                </For>
            </select>
        </label>
    }
}

/// Choices from pairs of plain text.
pub fn choices(pairs: &[(&str, &str)]) -> Vec<Choice> {
    pairs.iter().map(|(value, text)| ((*value).to_owned(), (*text).to_owned())).collect()
}
