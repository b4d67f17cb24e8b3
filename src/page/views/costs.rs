//! What winning one costs: in all, by channel, campaign and stretch of time, and what comes back.

use leptos::prelude::*;

use crate::charts;
use crate::page::control::Control;
use crate::page::live::{self, Kept};
use crate::page::parts::chart::Chart;
use crate::page::parts::edits::Edit;
use crate::page::parts::explain::Explain;
use crate::page::parts::figures::{Delta, Figures, KeyFigure};
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::page::parts::needs::Needs;
use crate::page::parts::{terms, writer};
use crate::page::section::Topic;
use crate::report::Report;
use crate::report::costs::{Ask, Costs as Section};
use crate::words::costs::figures::{Said, chosen, paid, returned, spent};
use crate::words::costs::{charts as chart_words, finding, has_costs};
use crate::words::format::Format;
use crate::words::needs;
use crate::words::terms::Term;

mod advice;
mod cohorts;
mod gaps;
mod tables;

/// The section behind the view.
pub(super) type Handle = Topic<Ask, Section>;

const NAME: &str = "What winning one costs";

/// What winning one costs.
#[component]
pub fn Costs() -> impl IntoView {
    let told = writer::section(|report, _| Some(has_costs(report)));
    live::part(move || match told.get() {
        Some(true) => view! { <Told/> }.into_any(),
        Some(false) => view! { <Needs name=NAME need=needs::COSTS/> }.into_any(),
        None => ().into_any(),
    })
}

/// The view of a shop that tells what it spends.
#[component]
fn Told() -> impl IntoView {
    let topic = Control::use_here().results.sections.costs;
    topic.follow();
    view! {
        <ViewHead name=NAME finding=topic.kept(finding)/>
        <Filters/>
        {writer::if_bought(move || content(topic))}
    }
}

fn content(topic: Handle) -> AnyView {
    let any = move |part: fn(&Section) -> bool| -> Kept<bool> { topic.kept(move |costs, _, _| part(costs)) };
    let by_channel = any(|costs| !chart_words::shown_channels(costs).is_empty());
    let over_time = any(|costs| costs.stretches.len() > 1 && costs.stretches.iter().any(|row| row.costs.cac.is_some()));
    let pays_back = any(|costs| !chart_words::paying_back(costs).is_empty());
    view! {
        <Figures figures=topic.kept(figures)/>
        {live::when(move || by_channel.get(), move || view! { <Chart figure=topic.figure(charts::costs_by_channel)/> })}
        {tables::channels(topic)}
        <div class="two">
            {live::when(move || over_time.get(), move || view! { <Chart figure=topic.figure(charts::costs_over_time)/> })}
            {live::when(move || pays_back.get(), move || view! { <Chart figure=topic.figure(charts::costs_payback)/> })}
        </div>
        {cohorts::cohorts(topic)}
        {tables::campaigns(topic)}
        {gaps::gaps(topic)}
        {advice::advice(topic)}
    }
    .into_any()
}

/// Its figures: what was spent, what one costs and leaves over, and what came back.
fn figures(costs: &Section, report: &Report, format: &dyn Format) -> Vec<KeyFigure> {
    // Of some channels the report itself holds no customer against a cost; the section does.
    let mut all = match chosen(costs, format) {
        Some(said) => vec![figure("chosen", "Cost to win one", None, said)],
        None => terms::figures(&[Term::CostToWin, Term::Worth, Term::LeftOver, Term::Ratio], report, format),
    };
    all.insert(0, figure("spent", "Spent", Some(Edit::Spend), spent(costs, report, format)));
    if let Some(said) = paid(costs, format) {
        all.insert(2, figure("paid", "Cost to win one, paid for", None, said));
    }
    all.push(figure("returned", "Return so far", Some(Edit::Margin), returned(costs, report, format)));
    all
}

fn figure(id: &'static str, name: &'static str, edit: Option<Edit>, said: Said) -> KeyFigure {
    KeyFigure {
        id,
        name,
        value: said.value,
        delta: Delta::words(said.made_of),
        mean: said.mean,
        explain: Explain {
            meaning: said.meaning.to_owned(),
            trade: said.trade.to_owned(),
            formula: said.formula.to_owned(),
            numbers: said.numbers,
            inputs: said.inputs,
            note: said.note,
            edits: edit.into_iter().collect(),
        },
        ..KeyFigure::default()
    }
}
