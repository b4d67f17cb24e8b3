//! Who left, by what was known of them before.

use leptos::prelude::*;

use crate::charts;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::chart::Chart;
use crate::page::parts::choice::Choice;
use crate::page::parts::writer;
use crate::report::drivers::Churn;
use crate::words::drivers::{churn as words, names};

/// The chart of one measure, which can be chosen; the one that tells most comes first.
pub fn left() -> AnyView {
    let control = Control::use_here();
    let section = control.results.sections.drivers;
    let chosen = RwSignal::new(0_usize);
    let named = section.kept(|section, _, _| options(&section.churn));
    let duel = section.kept(|section, _, format| words::duel(&section.churn, format));
    let has_duel = move || duel.with(|[title, _]| !title.is_empty());
    let at = move || chosen.get().min(named.with(Vec::len).saturating_sub(1));
    let draw = move |width: u32| {
        let (report, section) = (control.results.report.get()?, section.section.get()?);
        let format = writer::of(&report);
        Some(charts::churn_by(&section.churn, section.churn.measures.get(at()), width, &*format))
    };
    let choose = move |key: String| chosen.set(key.parse().unwrap_or(0));
    let has_any = move || named.with(|named| !named.is_empty());
    let options = live::follow(Box::new(move || named.get()));
    let missing = section.kept(|section, _, format| words::missing(&section.churn, format));
    let said = live::part(move || missing.get().map(|said| view! { <p class="note">{said}</p> }));
    let told = live::when(has_any, move || {
        view! {
            <section aria-labelledby="h-left" class="stack">
                <h2 class="h2" id="h-left">"Who left"</h2>
                <div class="filterrow">
                    <Choice
                        label=Signal::stored("By what was known before".to_owned())
                        options=options
                        value=live::text(move || at().to_string())
                        on_choose=Callback::new(choose)
                    />
                </div>
                <Chart figure=draw/>
                {live::when(has_duel, move || {
                    view! {
                        <h3 class="h3">{live::text(move || duel.with(|[title, _]| title.clone()))}</h3>
                        <p class="note">{live::text(move || duel.with(|[_, text]| text.clone()))}</p>
                    }
                })}
            </section>
        }
    });
    view! { {said} {told} }.into_any()
}

fn options(churn: &Churn) -> Vec<(String, String)> {
    churn.measures.iter().enumerate().map(|(at, by)| (at.to_string(), names::known(by.measure).to_owned())).collect()
}
