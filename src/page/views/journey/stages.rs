//! Which stages a journey has: as they come, or as the person picks and orders them.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::Here;
use crate::measures::journey::MOST_STAGES;
use crate::page::live::{self, MakeRow};
use crate::page::parts::choice::Choice;
use crate::words::journey as words;

/// The choice between purchases and what the events suggest; what the person made of them stands there too.
pub fn preset(section: Here) -> AnyView {
    let suggested = section.kept(|section, _, _| section.suggested.clone());
    let value = move || {
        let stages = section.ask.with(|ask| ask.stages.clone());
        match suggested.with(|suggested| *suggested == stages && !stages.is_empty()) {
            true => "events",
            false if stages.is_empty() => "purchases",
            false => "own",
        }
    };
    let options = move || {
        let all = [("purchases", "First to fourth purchase"), ("events", "As the events come"), ("own", "Your own")];
        let keep = |key: &str| match key {
            "events" => suggested.with(|suggested| suggested.len() > 1),
            "own" => value() == "own",
            _ => true,
        };
        let all = all.into_iter().filter(|(key, _)| keep(key));
        all.map(|(key, words)| (key.to_owned(), words.to_owned())).collect()
    };
    let choose = move |key: String| match key.as_str() {
        "purchases" => section.ask.update(|ask| ask.stages.clear()),
        "events" => section.ask.update(|ask| ask.stages = suggested.get_untracked()),
        _ => {}
    };
    view! {
        <Choice
            label=Signal::stored("Stages".to_owned())
            options=live::follow(Box::new(options))
            value=live::text(value)
            on_choose=Callback::new(choose)
        />
    }
    .into_any()
}

/// A select for each stage, and one more to add another.
pub fn editor(section: Here) -> AnyView {
    let stages = section.kept(|section, _, _| section.stages.clone());
    let choices = section.kept(|section, _, _| {
        section.choices.iter().map(|choice| (choice.key.clone(), words::choice_name(&choice.key))).collect::<Vec<_>>()
    });
    let change = move |change: Box<dyn FnOnce(&mut Vec<String>)>| {
        let mut all = stages.get_untracked();
        change(&mut all);
        section.ask.update(|ask| ask.stages = all);
    };
    let select = move |at: usize| {
        let choose = move |key: String| {
            change(Box::new(move |all| {
                if let Some(stage) = all.get_mut(at) {
                    *stage = key;
                }
            }));
        };
        let remove = move || {
            let press = live::on(move |_: MouseEvent| {
                change(Box::new(move |all| {
                    if at < all.len() {
                        all.remove(at);
                    }
                }));
            });
            view! {
                <button
                    class="btn quiet"
                    type="button"
                    aria-label=format!("Remove stage {}", at + 1)
                    on:click=press
                >
                    "Remove"
                </button>
            }
        };
        view! {
            <li>
                <Choice
                    label=Signal::stored(format!("Stage {}", at + 1))
                    options=live::follow(Box::new(move || choices.get()))
                    value=live::text(move || stages.with(|stages| stages.get(at).cloned().unwrap_or_default()))
                    on_choose=Callback::new(choose)
                />
                {live::when(move || stages.with(|stages| stages.len() > 2), remove)}
            </li>
        }
        .into_any()
    };
    let rows = move || {
        let row = |at: usize| -> (String, MakeRow) { (at.to_string(), Box::new(move || select(at))) };
        (0..stages.with(Vec::len)).map(row).collect()
    };
    let more = move || {
        let options = move || {
            let none = (String::new(), "Add a stage".to_owned());
            std::iter::once(none).chain(choices.get()).collect::<Vec<_>>()
        };
        view! {
            <div class="filterrow">
            <Choice
                label=Signal::stored("Add a stage".to_owned())
                hidden_label=true
                options=live::follow(Box::new(options))
                value=Signal::stored(String::new())
                on_choose=Callback::new(move |key: String| {
                    if !key.is_empty() {
                        change(Box::new(move |all| all.push(key)));
                    }
                })
            />
            </div>
        }
    };
    view! {
        <section aria-labelledby="h-stages" class="stack">
            <h2 class="h2" id="h-stages">"The stages, in their order"</h2>
            <ol class="stages">{live::keyed(rows)}</ol>
            {live::when(move || stages.with(|stages| stages.len() < MOST_STAGES), more)}
            <p class="note">
                "A stage counts from the day of the one before it on. Where the same stands there twice, it has to happen twice."
            </p>
        </section>
    }
    .into_any()
}
