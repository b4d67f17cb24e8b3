//! The panel behind the name of a figure: what it means and how it was worked out.

use leptos::prelude::*;

use super::edits::{Edit, Editor};
use super::icon::{Icon, Sign};

/// How a figure explains itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explain {
    /// What it means, in a sentence.
    pub meaning: String,
    /// What the trade calls it.
    pub trade: String,
    /// The formula in words.
    pub formula: String,
    /// The formula with the numbers in.
    pub numbers: String,
    /// What goes in, and what was left out: name and value.
    pub inputs: Vec<(String, String)>,
    /// A remark.
    pub note: String,
    /// What a person can type in or choose here.
    pub edits: Vec<Edit>,
}

/// The panel: a popover that the figure's name opens. Esc closes it and the focus goes back, by the browser itself.
#[component]
pub fn Panel(
    /// Its id: what `popovertarget` names.
    id: String,
    /// The figure's name.
    name: &'static str,
    /// The explanation.
    #[prop(into)]
    explain: Signal<Explain>,
) -> impl IntoView {
    let target = id.clone();
    let edits = Memo::new(move |_| explain.with(|explain| explain.edits.clone()));
    let text = move |part: fn(&Explain) -> &String| move || explain.with(|explain| part(explain).clone());
    let any = move |part: fn(&Explain) -> &String| move || explain.with(|explain| !part(explain).is_empty());
    view! {
        <div class="explain" id=id popover="auto" role="dialog" aria-label=format!("Explain: {name}")>
            <button
                class="btn icon quiet close"
                type="button"
                popovertarget=target
                popovertargetaction="hide"
                aria-label="Close"
            >
                <Icon sign=Sign::Close/>
            </button>
            <h3 class="h3">{name}</h3>
            <p>
                {text(|explain| &explain.meaning)}
                <Show when=any(|explain| &explain.trade)>
                    " " <span class="soft">"In the trade: " {text(|explain| &explain.trade)} "."</span>
                </Show>
            </p>
            <Show when=any(|explain| &explain.formula)>
                <p class="formula">
                    {text(|explain| &explain.formula)} <b>{text(|explain| &explain.numbers)}</b>
                </p>
            </Show>
            <Show when=move || explain.with(|explain| !explain.inputs.is_empty())>
                <dl>
                    {move || {
                        explain
                            .with(|explain| explain.inputs.clone())
                            .into_iter()
                            .map(|(name, value)| view! { <dt>{name}</dt> <dd>{value}</dd> })
                            .collect_view()
                    }}
                </dl>
            </Show>
            {move || edits.get().into_iter().map(|edit| view! { <Editor edit/> }).collect_view()}
            <Show when=any(|explain| &explain.note)>
                <p class="note">{text(|explain| &explain.note)}</p>
            </Show>
        </div>
    }
}
