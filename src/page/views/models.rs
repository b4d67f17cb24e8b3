//! Models and checks: what the models take for granted, how they fit, and their parameters.

use leptos::prelude::*;

use crate::charts::{lives, models as charts};
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::chart::Chart;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::page::parts::icon::{Icon, Sign};
use crate::page::parts::{method, writer};
use crate::page::views::forecast::methods::tournament;
use crate::words::forecast::scope;
use crate::words::models as words;

mod as_lifetimes;
mod fits;
mod matrix;

/// Models and checks.
#[component]
pub fn Models() -> impl IntoView {
    let section = Control::use_here().results.sections.models;
    section.follow();
    let fitted = section.kept(|told, _, _| !told.checks.frequency.is_empty());
    let forecast = Control::use_here().results.sections.forecast;
    forecast.follow();
    let tried = forecast.kept(|told, _, _| told.tracking.is_some());
    view! {
        <ViewHead name="Models and checks" finding=section.kept(|told, _, format| words::finding(&told.checks, format))/>
        {method::fitting(move || section.section.with(Option::is_none))}
        <Filters scope=writer::text(scope)/>
        {live::when(move || tried.get(), tournament)}
        {beliefs()}
        {live::when(move || fitted.get(), content)}
        {fits::fits()}
        {as_lifetimes::as_lifetimes()}
    }
}

fn content() -> AnyView {
    let section = Control::use_here().results.sections.models;
    let spends = section.kept(|told, _, _| !told.checks.spend.is_empty());
    let holdout = section.kept(|told, _, _| !told.checks.holdout.is_empty());
    let iso = section.kept(|told, _, _| told.checks.iso_value.is_some());
    let several = section.kept(|told, _, _| told.checks.cohorts.len() > 1);
    let survived = section.kept(|told, _, _| told.checks.survival.is_some());
    let drawn = section.kept(|told, _, _| !told.checks.timing.is_empty());
    view! {
        <div class="two">
            <Chart figure=section.figure(charts::frequency)/>
            {live::when(move || holdout.get(), move || view! { <Chart figure=section.figure(charts::holdout)/> })}
        </div>
        {matrix::matrix(false)}
        {matrix::matrix(true)}
        {live::when(move || survived.get(), move || view! { <Chart figure=section.figure(lives::survival)/> })}
        {live::when(move || iso.get(), move || view! { <Chart figure=section.figure(lives::iso_value)/> })}
        <div class="two">
            {live::when(move || several.get(), move || view! { <Chart figure=section.figure(lives::cohorts)/> })}
            {live::when(move || drawn.get(), move || view! { <Chart figure=section.figure(lives::timing)/> })}
        </div>
        <div class="two">
            <Chart figure=section.figure(charts::rates)/>
            <Chart figure=section.figure(charts::drop_out)/>
        </div>
        {live::when(move || spends.get(), move || view! { <Chart figure=section.figure(charts::spend)/> })}
    }
    .into_any()
}

/// What is taken for granted, each with what the data says of it.
fn beliefs() -> AnyView {
    let section = Control::use_here().results.sections.models;
    let beliefs = section.kept(|told, _, format| {
        let one = |assumption| {
            let (name, text) = words::belief(assumption, format);
            (name, text, assumption.holds)
        };
        told.checks.assumptions.iter().map(one).collect::<Vec<(&'static str, String, Option<bool>)>>()
    });
    let item = |(name, text, holds): (&'static str, String, Option<bool>)| {
        let (class, sign) = match holds {
            Some(true) => ("up", Sign::Good),
            Some(false) => ("warn", Sign::Warning),
            None => ("soft", Sign::Info),
        };
        view! {
            <li>
                <span class=class>
                    <Icon sign/>
                </span>
                <div>
                    <b>{name}</b>
                    " "
                    {text}
                </div>
            </li>
        }
        .into_any()
    };
    let any = move || beliefs.with(|beliefs| !beliefs.is_empty());
    live::when(any, move || {
        view! {
            <section aria-labelledby="h-beliefs" class="stack">
                <h2 class="h2" id="h-beliefs">"What the forecast rests on"</h2>
                <p class="note">"What the models take for granted, checked on your data"</p>
                <ul class="checks">
                    {live::part(move || beliefs.get().into_iter().map(item).collect::<Vec<_>>())}
                </ul>
            </section>
        }
    })
}
