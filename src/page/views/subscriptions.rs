//! Subscriptions: what comes in every month, what moved it, how long subscribers stay, and what becomes of trials.

use leptos::prelude::*;

use crate::charts;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::chart::Chart;
use crate::page::parts::figures::Figures;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::page::parts::needs::Needs;
use crate::page::parts::{told, writer};
use crate::page::section::Topic;
use crate::report::subscriptions as report;
use crate::words::needs;
use crate::words::subscriptions as words;

mod tables;

/// The section of this view.
type Section = Topic<report::Ask, report::Subscriptions>;

/// The name of the view.
const NAME: &str = "Subscriptions";

/// Subscriptions.
#[component]
pub fn Subscriptions() -> impl IntoView {
    let section = Control::use_here().results.sections.subscriptions;
    section.follow();
    let is_there = live::kept(move || section.section.with(|told| told.as_ref().is_none_or(|told| told.is_there())));
    live::part(move || match is_there.get() {
        true => content(section),
        false => view! { <Needs name=NAME need=needs::SUBSCRIPTIONS/> }.into_any(),
    })
}

fn content(section: Section) -> AnyView {
    // Contracts without orders beside them have nothing to filter by.
    let has_orders = writer::section(|report, _| report.period.data_start.is_some());
    let scope = section.text(words::scope);
    let months = section.kept(|told, _, _| !told.mrr.is_empty());
    let tenures = section.kept(|told, _, _| told.form == report::Form::Tenures && told.lifetimes.all.is_some());
    view! {
        <ViewHead name=NAME finding=section.kept(words::finding)/>
        {live::when(move || has_orders.get(), move || view! { <Filters scope/> })}
        {live::when(move || months.get(), move || figures(section))}
        {live::when(move || tenures.get(), move || of_tenures(section))}
        {told::remarks(section.kept(words::remarks))}
    }
    .into_any()
}

/// What is told without any date: how long subscribers stay.
fn of_tenures(section: Section) -> AnyView {
    view! {
        <Figures figures=section.kept(|told, report, format| {
            told::figures(words::figures::figures(told, report, format))
        })/>
        <Chart figure=section.figure(charts::lasting_by_plan)/>
        {tables::remaining(section)}
        {told::to_do(section.kept(words::to_do))}
    }
    .into_any()
}

fn figures(section: Section) -> AnyView {
    let paid = section.kept(|told, _, _| told.lifetimes.all.is_some());
    let cohorts = section.kept(|told, _, _| !told.lifetimes.cohorts.is_empty());
    let staying = move || {
        view! {
            <div class="two">
                <Chart figure=section.figure(charts::lasting_by_plan)/>
                {live::when(
                    move || cohorts.get(),
                    move || view! { <Chart figure=section.figure(charts::lasting_by_cohort)/> },
                )}
            </div>
        }
    };
    view! {
        <Figures figures=section.kept(|told, report, format| {
            told::figures(words::figures::figures(told, report, format))
        })/>
        <Chart figure=section.figure(charts::mrr)/>
        <div class="two">
            <Chart figure=section.figure(charts::mrr_movements)/>
            <div class="pile">{tables::plans(section)} {tables::trials(section)}</div>
        </div>
        {live::when(move || paid.get(), staying)}
        {tables::remaining(section)}
        {told::to_do(section.kept(words::to_do))}
    }
    .into_any()
}
