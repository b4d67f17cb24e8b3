//! Ids that are the same but for how they are written, with a box for each rule that a person can tick.

use leptos::ev::Event;
use leptos::prelude::*;

use crate::ingest::spelling::IdRule;
use crate::ledger::near::NearMiss;
use crate::page::control::Control;
use crate::page::live::{self, Kept, MakeRow};
use crate::page::locale::Locale;
use crate::words::same as words;

/// A section with a box for each rule by which there are near misses; nothing where there are none. The boxes keep their
/// elements, so that the focus stays on the one that was pressed.
pub fn same(found: Kept<Vec<NearMiss>>) -> AnyView {
    let boxes = move || {
        live::keyed(move || {
            let row = |near: &NearMiss| -> (String, MakeRow) {
                let rule = near.rule;
                (rule.name().to_owned(), Box::new(move || rule_box(found, rule)))
            };
            found.with(|found| found.iter().map(row).collect())
        })
    };
    let any = live::kept(move || found.with(|found| !found.is_empty()));
    live::when(
        move || any.get(),
        move || {
            view! {
                <section class="stack" aria-labelledby="h-same">
                    <h2 class="h2" id="h-same">"Are these the same customers?"</h2>
                    <p class="note">
                        "Their ids differ only in how they are written. They count apart until you say otherwise."
                    </p>
                    {boxes()}
                </section>
            }
        },
    )
}

/// The box of a rule: what it says, what was found, and what speaks for it.
fn rule_box(found: Kept<Vec<NearMiss>>, rule: IdRule) -> AnyView {
    let control = Control::use_here();
    let told = live::text(move || {
        let f = Locale::of(None);
        let near =
            |found: &Vec<NearMiss>| found.iter().find(|near| near.rule == rule).map(|near| words::found(near, &f));
        found.with(near).unwrap_or_default()
    });
    let is_said = move || control.intake.options.with(|all| all.iter().any(|options| options.same_ids.contains(&rule)));
    let choose = live::on(move |event: Event| {
        let said = event_target_checked(&event);
        control.reread_all(move |options| {
            match said {
                true => options.same_ids.insert(rule),
                false => options.same_ids.remove(&rule),
            };
        });
    });
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=live::flag(is_said) on:change=choose/>
            <span>{words::label(rule)}<br/><small class="note">{told}" "{words::why(rule)}</small></span>
        </label>
    }
    .into_any()
}
