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
use crate::page::parts::writer::{self, choices};
use crate::words::forecast::{self as words, figures, scope};
use crate::words::prospect;

mod groups;
mod methods;

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
        <Filters scope=writer::text(scope)>{discount()}</Filters>
        {live::when(move || told.get(), content)}
        {live::when(move || tracked.get(), methods::methods)}
    }
}

/// The yearly discount rate.
fn discount() -> AnyView {
    let ask = Control::use_here().results.sections.forecast.ask;
    let choose = move |key: String| {
        if let Ok(percent) = key.parse::<f64>() {
            ask.update(|ask| ask.discount = percent / 100.0);
        }
    };
    let offered = [("0", "None"), ("5", "5%"), ("8", "8%"), ("10", "10%"), ("12", "12%"), ("15", "15%"), ("20", "20%")];
    view! {
        <Choice
            label=Signal::stored("Discount a year".to_owned())
            options=Signal::stored(choices(&offered))
            value=live::text(move || ask.with(|ask| (ask.discount * 100.0).round().to_string()))
            on_choose=Callback::new(choose)
        />
    }
    .into_any()
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
        told.ahead.as_ref().map(|ahead| prospect::worth(&ahead.worth, told.discount, format)).unwrap_or_default()
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
