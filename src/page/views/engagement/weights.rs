//! What the engagement score is made of, and how much each part counts.

use leptos::ev::{Event, MouseEvent};
use leptos::prelude::*;

use super::Here;
use crate::measures::engagement::score::{MOST_WEIGHT, USUAL_WEIGHT};
use crate::page::live::{self, MakeRow};
use crate::words::engagement as words;

/// A slider for each part.
pub fn weights(section: Here) -> AnyView {
    // Key, name and meaning: a row stays while its weight moves.
    let parts = section.kept(|section, _, f| {
        let part = |part: &crate::report::engagement::ScorePart| {
            (part.key.clone(), words::part_name(&part.key), words::part_meaning(part, f))
        };
        section.parts.iter().map(part).collect::<Vec<_>>()
    });
    let rows = move || {
        let row = |(at, (key, name, meaning)): (usize, (String, String, String))| -> (String, MakeRow) {
            (format!("{key}\n{meaning}"), Box::new(move || slider(section, at, key, name, meaning)))
        };
        parts.get().into_iter().enumerate().map(row).collect()
    };
    let complaints = section.kept(|section, _, _| section.events.as_ref().is_some_and(|events| events.complaints));
    let moved = live::kept(move || section.ask.with(|ask| !ask.weights.is_empty()));
    let reset = move || {
        let press = live::on(move |_: MouseEvent| section.ask.update(|ask| ask.weights.clear()));
        view! {
            <p class="actions">
                <button class="btn" type="button" on:click=press>
                    "All alike again"
                </button>
            </p>
        }
    };
    view! {
        <section aria-labelledby="h-weights" class="stack">
            <h2 class="h2" id="h-weights">"What counts, and how much"</h2>
            <p class="soft">
                "Each part ranks all customers; the score is the mean of the ranks, weighted as you say. All count alike at first."
            </p>
            <ul class="weights">{live::keyed(rows)}</ul>
            {live::when(move || complaints.get(), || view! { <p class="note">{words::COMPLAINTS_COUNT}</p> })}
            {live::when(move || moved.get(), reset)}
        </section>
    }
    .into_any()
}

fn slider(section: Here, at: usize, key: String, name: String, meaning: String) -> AnyView {
    let own = key.clone();
    let weight = live::kept(move || {
        let set =
            section.ask.with(|ask| ask.weights.iter().find(|(known, _)| *known == own).map(|(_, weight)| *weight));
        set.unwrap_or(USUAL_WEIGHT)
    });
    let set = move |event: Event| {
        let Ok(chosen) = event_target_value(&event).parse::<u8>() else { return };
        section.ask.update(|ask| {
            ask.weights.retain(|(known, _)| *known != key);
            if chosen != USUAL_WEIGHT {
                ask.weights.push((key.clone(), chosen));
            }
        });
    };
    let id = format!("weight-{at}");
    let text = live::text(move || weight.get().to_string());
    view! {
        <li>
            <label for=id.clone()>
                {name} " " <small>{meaning}</small>
            </label>
            <input
                id=id.clone()
                type="range"
                min="0"
                max=MOST_WEIGHT.to_string()
                step="1"
                prop:value=text
                on:change=live::on(set)
            />
            <output for=id>{text}</output>
        </li>
    }
    .into_any()
}
