//! What the Python package `lifetimes` would tell of the same customers, in a unit that the person chooses.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::choice::Choice;
use crate::page::parts::stacked::{Row, Stacked, stacked};
use crate::page::parts::writer::choices;
use crate::words::as_lifetimes as words;

/// The table, and what chooses its unit.
pub fn as_lifetimes() -> AnyView {
    let section = Control::use_here().results.sections.models;
    let table = section.kept(|told, _, format| {
        let row = |(name, cells): (String, Vec<String>)| Row::plain(None, [name].into_iter().chain(cells));
        let rows = words::rows(&told.checks.as_lifetimes, format).into_iter().map(row).collect();
        let heads: Vec<&str> = ["Customer"].iter().chain(words::HEADS).copied().collect();
        Stacked::of_figures(&heads, rows)
    });
    let any = move || table.with(|table| !table.rows.is_empty());
    let choose = move |key: String| section.ask.update(|ask| ask.grain = Some(words::grain(&key)));
    live::when(any, move || {
        view! {
            <section aria-labelledby="h-lifetimes" class="stack">
                <h2 class="h2" id="h-lifetimes">"As the Python package “lifetimes” counts it"</h2>
                <div class="filterrow">
                    <Choice
                        label=Signal::stored("Unit of its summary".to_owned())
                        options=Signal::stored(choices(&words::GRAINS))
                        value=live::text(move || section.ask.with(|ask| words::key(ask.grain.unwrap_or_default()).to_owned()))
                        on_choose=Callback::new(choose)
                    />
                </div>
                <p class="note">{section.text(|told, _, _| words::explained(told.checks.as_lifetimes.grain))}</p>
                {stacked("Table: as “lifetimes” counts it", table)}
            </section>
        }
    })
}
