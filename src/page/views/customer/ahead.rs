//! What is expected of a customer, what moved it, and what they are worth.

use leptos::prelude::*;

use crate::charts::forecast as charts;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::chart::Chart;
use crate::page::parts::method;
use crate::page::parts::worth::five_ways;
use crate::page::parts::writer;
use crate::report::customers::CustomerCost;
use crate::report::prospect::Ask;
use crate::words::prospect as words;

/// The part of a customer's page about what comes; asked for with the page, and there when the models are fitted.
pub fn ahead(number: u32, cost: Option<CustomerCost>) -> AnyView {
    let control = Control::use_here();
    let section = control.results.sections.prospect;
    section.ask.set(Ask { number, grain: control.results.sections.models.ask.with_untracked(|ask| ask.grain) });
    section.follow();
    // What was said of another customer is not shown.
    let here = move || section.section.with(|told| told.as_ref().is_some_and(|told| told.number == number));
    let told = live::kept(here);
    let has_path = live::kept(move || {
        here() && section.section.with(|told| told.as_ref().is_some_and(|told| told.ahead.is_some()))
    });
    let path = move |width| {
        let (told, report) = (section.section.get()?, control.results.report.get()?);
        Some(charts::path(told.ahead.as_ref()?, width, &*writer::of(&report)))
    };
    let content = move || {
        let reasons = section.kept(|told, _, format| words::reasons(told, format));
        let reason = |text: String| view! { <li>{text}</li> }.into_any();
        let worth = section.kept(|told, _, format| words::worth(&told.worth, format));
        let cost = cost.clone();
        let note = section.text(move |told, report, format| {
            let year = told.ahead.as_ref().map(|ahead| ahead.revenue.value);
            let note = words::worth_note(&told.worth, words::Whose::One, year, report.settings.margin, format);
            let left = words::left(&told.worth, cost.as_ref(), format).unwrap_or_default();
            [left, note, words::beside(told, format)].join(" ").trim().to_owned()
        });
        view! {
            <div class="two">
                <section aria-labelledby="h-ahead" class="stack">
                    <h2 class="h2" id="h-ahead">"What comes next"</h2>
                    <p>{section.text(|told, _, format| words::expected(told, format))}</p>
                    <ul class="reasons stack">
                        {live::part(move || reasons.get().into_iter().map(reason).collect::<Vec<_>>())}
                    </ul>
                </section>
                {five_ways("What they are worth, told in five ways", worth, note)}
            </div>
            {live::when(move || has_path.get(), move || view! { <Chart figure=path/> })}
        }
        .into_any()
    };
    view! {
        {method::fitting(move || !told.get())}
        {live::when(move || told.get(), content)}
    }
    .into_any()
}
