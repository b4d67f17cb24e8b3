//! What drives it: what goes with value and with coming back, and who leaves.

use leptos::prelude::*;

use crate::charts;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::chart::Chart;
use crate::page::parts::choice::Choice;
use crate::page::parts::figures::Figures;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::page::parts::icon::{Icon, Sign};
use crate::page::parts::writer::choices;
use crate::page::parts::{method, stacked, told};
use crate::report::drivers::Outcome;
use crate::words::drivers as words;

mod churn;
mod features;

/// What drives it.
#[component]
pub fn Drivers() -> impl IntoView {
    let section = Control::use_here().results.sections.drivers;
    section.follow();
    let outcome = move || match section.ask.with(|ask| ask.outcome) {
        Outcome::Revenue => "revenue",
        Outcome::Back => "back",
    };
    let choose = move |key: String| {
        let outcome = if key == "back" { Outcome::Back } else { Outcome::Revenue };
        section.ask.update(|ask| ask.outcome = outcome);
    };
    let options =
        choices(&[("revenue", "what they bring in the year after"), ("back", "whether they come back within a year")]);
    let has_customers = section.kept(|section, _, _| section.customers > 0);
    view! {
        <ViewHead name="What drives it" finding=section.kept(|section, _, format| words::finding(section, format))/>
        {method::fitting(move || section.section.with(Option::is_none))}
        <Filters>
            <Choice
                label=Signal::stored("Explain".to_owned())
                options=Signal::stored(options)
                value=live::text(outcome)
                on_choose=Callback::new(choose)
            />
        </Filters>
        {live::when(move || has_customers.get(), content)}
        {churn::left()}
    }
}

fn content() -> AnyView {
    let section = Control::use_here().results.sections.drivers;
    let has_model = section.kept(|section, _, _| section.model.is_some());
    let figures = section.kept(|section, _, format| told::figures(words::fit::figures(section, format)));
    let doubts = section.kept(|section, _, format| words::fit::doubts(section, format));
    let notices = move || {
        let notice = |doubt: String| {
            view! {
                <div class="notice ask">
                    <Icon sign=Sign::Warning/>
                    <div><p>{doubt}</p></div>
                </div>
            }
            .into_any()
        };
        doubts.get().into_iter().map(notice).collect::<Vec<_>>()
    };
    let model = move || {
        view! {
            {live::part(notices)}
            <Chart figure=section.figure(|section, _, width, format| charts::effects(section, width, format))/>
        }
    };
    let held_out = move || view! { <Chart figure=section.figure(|section, _, width, format| charts::drivers_held_out(section, width, format))/> };
    let has_tenths = section.kept(|section, _, _| section.model.as_ref().is_some_and(|model| !model.tenths.is_empty()));
    let no_tenths = section.kept(|section, _, format| words::fit::no_tenths(section, format));
    view! {
        <Figures figures class="figures four"/>
        {live::when(move || has_model.get(), model)}
        <div class="two">
            {features::features()}
            {live::when(move || has_tenths.get(), held_out)}
            {live::part(move || no_tenths.get().map(|said| view! { <p class="note">{said}</p> }))}
        </div>
        {together()}
    }
    .into_any()
}

/// How measures go together.
fn together() -> AnyView {
    let section = Control::use_here().results.sections.drivers;
    let title = section.text(|section, _, format| words::together::title(&section.correlations, format));
    let missing = section.kept(|section, _, format| words::together::missing(section, format));
    let told = move || {
        let table = section.kept(|section, _, format| charts::correlations(&section.correlations, format));
        view! {
            <p class="soft">{words::together::SUB}</p>
            {stacked::of_table(table)}
        }
    };
    view! {
        <section aria-labelledby="h-together" class="stack">
            <h2 class="h2" id="h-together">{title}</h2>
            {live::part(move || missing.get().map(|said| view! { <p class="note">{said}</p> }))}
            {live::when(move || missing.with(Option::is_none), told)}
        </section>
    }
    .into_any()
}
