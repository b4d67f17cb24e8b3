//! What a section of the report says: its figures, what to do, what was taken for granted.

use leptos::prelude::*;

use super::explain::Explain;
use super::figures::{Delta, KeyFigure, Way};
use super::icon::{Icon, Sign};
use crate::page::live::{self, Kept};
use crate::words::told::{ToDo, Told};

/// Figures as they are shown; the words come from a section's room in [`crate::words`].
pub fn figures(told: Vec<Told>) -> Vec<KeyFigure> {
    told.into_iter().map(figure).collect()
}

fn figure(told: Told) -> KeyFigure {
    let Told { key, name, trade, value, unit, change, beside, line, meaning, formula, numbers, inputs, note } = told;
    let delta = match change {
        Some((up, change)) => {
            Delta { way: Some(if up { Way::Up } else { Way::Down }), good: up, change, words: beside }
        }
        None => Delta::words(beside),
    };
    KeyFigure {
        id: key,
        name,
        value,
        unit,
        delta,
        mean: line,
        act: "",
        explain: Explain { meaning, trade: trade.to_owned(), formula, numbers, inputs, note, edits: Vec::new() },
    }
}

/// What to do; nothing where there is nothing to say.
pub fn to_do(list: Kept<Vec<ToDo>>) -> AnyView {
    let item = |todo: ToDo| {
        let ToDo { title, why, behind } = todo;
        view! {
            <li>
                <div>
                    <h3 class="h3">{title}</h3>
                    <p class="soft">{why}</p>
                </div>
                <p class="gain">{behind.0} <br/> <b>{behind.1}</b> " " {behind.2}</p>
            </li>
        }
        .into_any()
    };
    live::part(move || {
        let items = list.get().into_iter().map(item).collect::<Vec<_>>();
        (!items.is_empty()).then(|| {
            view! {
                <section aria-labelledby="h-do">
                    <h2 class="h2" id="h-do">"What to do next"</h2>
                    <ol class="todo">{items}</ol>
                </section>
            }
            .into_any()
        })
    })
}

/// What was taken for granted, and what could not be counted: a sentence each; nothing where there is none.
pub fn remarks(list: Kept<Vec<String>>) -> AnyView {
    let line = |remark: String| view! { <p>{remark}</p> }.into_any();
    live::part(move || {
        let lines = list.get().into_iter().map(line).collect::<Vec<_>>();
        (!lines.is_empty()).then(|| {
            view! {
                <div class="notice ask">
                    <Icon sign=Sign::Info/>
                    <div>{lines}</div>
                </div>
            }
            .into_any()
        })
    })
}
