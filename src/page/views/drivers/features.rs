//! What explains: each feature can be left out, and says why where it takes no part.

use leptos::ev::Event;
use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::live::{self, MakeRow};
use crate::report::drivers::Unused;
use crate::words::drivers::names;

/// A feature as it stands in the list.
#[derive(Clone, Debug, Default, PartialEq)]
struct Shown {
    key: String,
    name: String,
    /// Whether a person can say whether it takes part.
    is_open: bool,
    /// What is beside its name.
    note: String,
}

/// The list.
pub fn features() -> AnyView {
    let section = Control::use_here().results.sections.drivers;
    let shown = section.kept(|section, _, format| {
        let feature = |feature: &crate::report::drivers::Feature| Shown {
            key: feature.key.clone(),
            name: names::feature(feature),
            is_open: matches!(feature.unused, None | Some(Unused::Chosen)),
            note: match (feature.unused, feature.levels.first()) {
                (Some(Unused::Chosen), _) => String::new(),
                (Some(why), _) => names::unused(why).to_owned(),
                (None, Some(first)) => format!("against {}", names::level(&first.name, format)),
                (None, None) => String::new(),
            },
        };
        section.features.iter().map(feature).collect::<Vec<_>>()
    });
    let rows = move || {
        let row = |feature: Shown| -> (String, MakeRow) {
            let Shown { key, name, is_open, .. } = feature;
            (format!("{key} {is_open}"), Box::new(move || check(key, name, is_open, shown)))
        };
        shown.get().into_iter().map(row).collect()
    };
    view! {
        <section aria-labelledby="h-features" class="stack">
            <h2 class="h2" id="h-features">"What explains it"</h2>
            <p class="soft">
                "Only what is known at the first purchase. Columns of customers are taken as they stand in their file."
            </p>
            <div class="stack" role="group" aria-labelledby="h-features">{live::keyed(rows)}</div>
        </section>
    }
    .into_any()
}

/// A feature: a box to tick, and what is to be known of it.
fn check(key: String, name: String, is_open: bool, shown: live::Kept<Vec<Shown>>) -> AnyView {
    let section = Control::use_here().results.sections.drivers;
    let (own, of_note) = (key.clone(), key.clone());
    let is_in = live::flag(move || is_open && section.ask.with(|ask| !ask.left_out.contains(&own)));
    let change = live::on(move |event: Event| {
        let is_in = event_target_checked(&event);
        section.ask.update(|ask| {
            ask.left_out.retain(|other| *other != key);
            if !is_in {
                ask.left_out.push(key.clone());
            }
        });
    });
    let note = live::text(move || {
        shown
            .with(|shown| shown.iter().find(|feature| feature.key == of_note).map(|feature| feature.note.clone()))
            .unwrap_or_default()
    });
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=is_in disabled=!is_open on:change=change/>
            <span>{name}" "<span class="soft">{note}</span></span>
        </label>
    }
    .into_any()
}
