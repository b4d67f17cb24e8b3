//! What customers are worth, told in five ways.

use leptos::prelude::*;

use crate::page::live::{self, Kept};

/// The five ways under a heading: the name of each, how it is reckoned, and the amount; and what all of them have in common.
pub fn five_ways(heading: &'static str, rows: Kept<Vec<[String; 3]>>, note: Signal<String>) -> AnyView {
    let row = |[name, what, amount]: [String; 3]| {
        view! {
            <dt>
                {name}
                <br/>
                <small class="soft">{what}</small>
            </dt>
            <dd>{amount}</dd>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="h-worth" class="stack">
            <h2 class="h2" id="h-worth">{heading}</h2>
            <dl class="facts">{live::part(move || rows.get().into_iter().map(row).collect::<Vec<_>>())}</dl>
            <p class="note">{note}</p>
        </section>
    }
    .into_any()
}
