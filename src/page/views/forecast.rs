//! What is still to come: the next 12 months of the customers there are, and how far that can be trusted.

use leptos::prelude::*;

use crate::charts::forecast as charts;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::chart::Chart;
use crate::page::parts::choice::Choice;
use crate::page::parts::edits::{Edit, Editor};
use crate::page::parts::explain::Explain;
use crate::page::parts::figures::{Delta, Figures, KeyFigure};
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::page::parts::method;
use crate::page::parts::worth::five_ways;
use crate::page::parts::writer;
use crate::settings::{DISCOUNTS, HORIZONS};
use crate::words::forecast::{self as words, figures, scope};
use crate::words::prospect;

mod groups;
pub mod methods;

/// Forecast.
#[component]
pub fn Forecast() -> impl IntoView {
    let section = Control::use_here().results.sections.forecast;
    section.follow();
    let told = section.kept(|told, _, _| told.ahead.is_some());
    let tracked = section.kept(|told, _, _| told.tracking.is_some());
    view! {
        <ViewHead name="Forecast" finding=section.kept(|told, _, format| words::finding(told, format))/>
        {method::fitting(move || section.section.with(Option::is_none))}
        {method::notice(section.kept(|told, _, format| method::shown(&told.verdict, format)))}
        <Filters scope=writer::text(scope)>
            {discount()}
            {horizon()}
        </Filters>
        {live::when(move || told.get(), content)}
        {live::when(move || tracked.get(), methods::methods)}
    }
}

/// The yearly discount rate.
fn discount() -> AnyView {
    let control = Control::use_here();
    let choose = move |key: String| {
        if let Ok(percent) = key.parse::<f64>() {
            control.set(|settings| settings.discount = percent / 100.0);
        }
    };
    let offered =
        DISCOUNTS.map(|rate| (rate.to_string(), if rate == 0 { "None".to_owned() } else { format!("{rate}%") }));
    view! {
        <Choice
            label=Signal::stored("Discount a year".to_owned())
            options=Signal::stored(offered.to_vec())
            value=live::text(move || control.results.settings.with(|set| set.discount_in_percent().to_string()))
            on_choose=Callback::new(choose)
        />
    }
    .into_any()
}

/// How many years the worth of customers looks ahead.
fn horizon() -> AnyView {
    let control = Control::use_here();
    let offered = HORIZONS.map(Some).into_iter().chain([None]);
    let option = |years: Option<u32>| (key_of(years), words::years_option(years));
    let value = move || control.results.settings.with(|set| key_of(set.horizon));
    view! {
        <Choice
            label=Signal::stored("Worth looks ahead".to_owned())
            options=Signal::stored(offered.map(option).collect())
            value=live::text(value)
            on_choose=Callback::new(move |key: String| control.set(|settings| settings.horizon = key.parse().ok()))
        />
    }
    .into_any()
}

/// The value of an option: the number of years, none without an end.
fn key_of(years: Option<u32>) -> String {
    years.map(|years| years.to_string()).unwrap_or_default()
}

fn content() -> AnyView {
    let section = Control::use_here().results.sections.forecast;
    let figures = section.kept(|told, report, format| {
        figures::all(told, report, format).into_iter().map(key_figure).collect::<Vec<_>>()
    });
    view! {
        <Figures figures class="figures four"/>
        <Chart figure=section.figure(charts::ahead)/>
        {groups::groups()}
        <div class="side">
            <Chart figure=section.figure(charts::cohorts)/>
            <div class="stack">
                {worth()}
                {margin()}
            </div>
        </div>
    }
    .into_any()
}

fn key_figure(figure: figures::Figure) -> KeyFigure {
    let figures::Figure { id, name, value, below, meaning, trade, formula, numbers, inputs, note } = figure;
    KeyFigure {
        id,
        name,
        value,
        delta: Delta::words(below),
        explain: Explain {
            meaning: meaning.to_owned(),
            trade: trade.to_owned(),
            formula: formula.to_owned(),
            numbers,
            inputs,
            note,
            ..Explain::default()
        },
        ..KeyFigure::default()
    }
}

/// What all customers are worth, told in five ways.
fn worth() -> AnyView {
    let section = Control::use_here().results.sections.forecast;
    let rows = section.kept(|told, _, format| {
        told.ahead.as_ref().map(|ahead| prospect::worth(&ahead.worth, format)).unwrap_or_default()
    });
    let note = section.text(|told, report, format| {
        let (ahead, margin) = (told.ahead.as_ref(), report.settings.margin);
        let all = prospect::Whose::All;
        let note =
            ahead.map(|ahead| prospect::worth_note(&ahead.worth, all, Some(ahead.revenue.value), margin, format));
        note.unwrap_or_default()
    });
    five_ways("All of them together, told in five ways", rows, note)
}

/// The margin, which only the owner knows.
fn margin() -> AnyView {
    view! {
        <section aria-labelledby="h-margin" class="peek stack">
            <h2 class="h2" id="h-margin">"Your margin"</h2>
            <p class="soft">
                "With it, what the customers are worth is told after the cost of goods. It stays on this page and is gone when you close it."
            </p>
            <Editor edit=Edit::Margin/>
        </section>
    }
    .into_any()
}
