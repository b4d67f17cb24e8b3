//! The panel behind the name of a figure: what it means and how it was worked out.

use leptos::prelude::*;

use super::edits::{Edit, Editor};
use super::icon::{Icon, Sign};
use crate::page::live::{self, Kept};

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
///
/// Its id is what `popovertarget` names; the name is the figure's.
pub fn panel(id: String, name: &'static str, explain: Kept<Explain>) -> AnyView {
    let target = id.clone();
    let edits = live::kept(move || explain.with(|explain| explain.edits.clone()));
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
            {live::part(move || explain.with(before_edits))}
            {live::part(move || {
                edits.get().into_iter().map(|edit| view! { <Editor edit/> }.into_any()).collect::<Vec<_>>()
            })}
            {live::part(move || explain.with(after_edits))}
        </div>
    }
    .into_any()
}

/// The meaning, the formula and what goes in.
fn before_edits(explain: &Explain) -> AnyView {
    let Explain { meaning, trade, formula, numbers, inputs, .. } = explain.clone();
    let trade =
        (!trade.is_empty()).then(|| view! { " " <span class="soft">"In the trade: " {trade} "."</span> }.into_any());
    let formula = (!formula.is_empty()).then(|| view! { <p class="formula">{formula} <b>{numbers}</b></p> }.into_any());
    let input = |(name, value): (String, String)| view! { <dt>{name}</dt> <dd>{value}</dd> }.into_any();
    let inputs =
        (!inputs.is_empty()).then(|| view! { <dl>{inputs.into_iter().map(input).collect::<Vec<_>>()}</dl> }.into_any());
    view! { <p>{meaning} {trade}</p> {formula} {inputs} }.into_any()
}

/// The remark.
fn after_edits(explain: &Explain) -> Option<AnyView> {
    let note = explain.note.clone();
    (!note.is_empty()).then(|| view! { <p class="note">{note}</p> }.into_any())
}
