//! The next 12 months by segment, in a family that the person chooses.

use leptos::prelude::*;

use crate::charts::forecast as charts;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::chart::Chart;
use crate::page::parts::choice::Choice;
use crate::page::parts::writer;
use crate::words::segments as words;

/// The chart, and what chooses its family.
pub fn groups() -> AnyView {
    let control = Control::use_here();
    let section = control.results.sections.forecast;
    let families = section.kept(|told, _, _| {
        let mut families: Vec<String> = Vec::new();
        for group in told.ahead.iter().flat_map(|ahead| &ahead.segments) {
            if families.last() != Some(&group.family) {
                families.push(group.family.clone());
            }
        }
        families
    });
    let wanted = RwSignal::new("rfm".to_owned());
    // A family goes with its column: the first one is always there.
    let chosen = live::kept(move || {
        let wanted = wanted.get();
        if families.with(|families| families.contains(&wanted)) { wanted } else { "rfm".to_owned() }
    });
    let options = move || families.get().into_iter().map(|key| (key.clone(), words::family_name(&key))).collect();
    let figure = move |width| {
        let (told, report) = (section.section.get()?, control.results.report.get()?);
        Some(charts::groups(&told, &chosen.get(), width, &*writer::of(&report)))
    };
    view! {
        <section class="stack" aria-label="By segment">
            <div class="filterrow">
                <Choice
                    label=Signal::stored("Group by".to_owned())
                    options=live::follow(Box::new(options))
                    value=live::text(move || chosen.get())
                    on_choose=Callback::new(move |key| wanted.set(key))
                />
            </div>
            <Chart figure/>
        </section>
    }
    .into_any()
}
