//! What was decided in reading a table, each with a way to say it otherwise.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::ingest::decision::Matter;
use crate::page::browser;
use crate::page::control::Control;
use crate::page::live::{self, Kept, MakeRow};
use crate::words::receipt::Decided;

/// The decisions about a table.
pub type Decisions = Kept<Vec<(Matter, Decided)>>;

/// The decisions about a table as a list; which table, from 0. `undo` says whether there are files to read again.
///
/// A line keeps its elements while the files are read again, so that the focus stays on what was pressed.
pub fn decisions(table: usize, decided: Decisions, undo: bool) -> AnyView {
    let rows = live::keyed(move || {
        let row = |(about, _): (Matter, Decided)| -> (String, MakeRow) {
            (format!("{about:?}"), Box::new(move || line(table, about, decided, undo)))
        };
        decided.get().into_iter().map(row).collect()
    });
    view! { <ul class="decided">{rows}</ul> }.into_any()
}

fn line(table: usize, about: Matter, decided: Decisions, undo: bool) -> AnyView {
    let of =
        move || decided.with(|all| all.iter().find(|(known, _)| *known == about).map(|(_, decided)| decided.clone()));
    let one = live::kept(of);
    let part = move |part: fn(Decided) -> String| live::text(move || one.get().map(part).unwrap_or_default());
    let count = live::kept(move || one.with(|one| one.as_ref().map_or(0, |one| one.instead.len())));
    let fixed = live::flag(move || one.with(|one| one.as_ref().is_none_or(|one| one.fixed.is_empty())));
    view! {
        <li>
            <div>
                <p>{part(|one| one.what)}</p>
                <p class="soft">{part(|one| one.why)}</p>
                <p class="soft" class:hidden=fixed>"Can’t be undone: "{part(|one| text_of_fixed(one.fixed))}</p>
            </div>
            {undo.then(|| view! {
                <div class="instead">
                    {live::when(move || count.get() == 1, move || single(table, about, one))}
                    {live::when(move || { count.get() > 1 }, move || several(table, about, one))}
                </div>
            })}
        </li>
    }
    .into_any()
}

fn text_of_fixed(fixed: String) -> String {
    crate::text::lowered(&fixed)
}

/// The button of the only other value.
fn single(table: usize, about: Matter, one: Kept<Option<Decided>>) -> AnyView {
    let control = Control::use_here();
    let first = move || one.get().and_then(|one| one.instead.into_iter().next()).unwrap_or_default();
    let say = live::on(move |_: MouseEvent| control.decide(table, about, &untrack(first).0));
    view! {
        <button class="textlink" type="button" on:click=say>{live::text(move || first().1)}</button>
    }
    .into_any()
}

/// The buttons of several other values, behind a word that shows them.
fn several(table: usize, about: Matter, one: Kept<Option<Decided>>) -> AnyView {
    let control = Control::use_here();
    let id = format!("change-{table}-{about:?}");
    let summary = id.clone();
    let buttons = live::part(move || {
        let button = |(value, words): (String, String)| {
            let id = id.clone();
            let say = live::on(move |_: MouseEvent| {
                control.decide(table, about, &value);
                // The buttons are made anew; the word that shows them stays.
                browser::focus(&id);
            });
            view! { <li><button class="textlink" type="button" on:click=say>{words}</button></li> }.into_any()
        };
        one.get().map(|one| one.instead.into_iter().map(button).collect::<Vec<_>>())
    });
    view! {
        <details class="examples">
            <summary id=summary>"Change"</summary>
            <ul>{buttons}</ul>
        </details>
    }
    .into_any()
}
