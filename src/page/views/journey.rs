//! How they come along: stages, how many go on and how long it takes, and where they stop.

use leptos::prelude::*;

use crate::charts;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::chart::Chart;
use crate::page::parts::choice::Choice;
use crate::page::parts::figures::Figures;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::page::parts::{told, writer};
use crate::page::section::Topic;
use crate::page::views::engagement::without_events;
use crate::report::journey::{Ask, Journey as Section};
use crate::words::journey as words;

mod stages;
mod tables;

/// The section of this view.
type Here = Topic<Ask, Section>;

/// How they come along.
#[component]
pub fn Journey() -> impl IntoView {
    let section = Control::use_here().results.sections.journey;
    section.follow();
    let has_events = section.kept(|section, _, _| !section.suggested.is_empty());
    view! {
        <ViewHead name="How they come along" finding=section.kept(|section, _, f| words::finding(section, f))/>
        <Filters>{live::when(move || has_events.get(), move || stages::preset(section))}</Filters>
        {writer::if_bought(move || content(section))}
    }
}

fn content(section: Here) -> AnyView {
    let figures = section.kept(|section, report, f| told::figures(words::figures(section, report, f)));
    let has = move |what: fn(&Section) -> bool| {
        let has = section.kept(move |section, _, _| what(section));
        move || has.get()
    };
    // The column that people are grouped by: its place among those of the section.
    let grouping = RwSignal::new(0_usize);
    let options = section.kept(|section, _, _| words::groupings(section));
    let report = Control::use_here().results.report;
    let flow = move |width| {
        let (section, report) = (section.section.get()?, report.get()?);
        Some(charts::journey_flow(&section, grouping.get(), width, &*writer::of(&report)))
    };
    let choice = move || {
        view! {
            <div class="filterrow">
                <Choice
                    label=Signal::stored("Apart by".to_owned())
                    options=live::follow(Box::new(move || options.get()))
                    value=live::text(move || grouping.get().to_string())
                    on_choose=Callback::new(move |place: String| grouping.set(place.parse().unwrap_or_default()))
                />
            </div>
        }
    };
    view! {
        <Figures figures class="figures four"/>
        {live::when(has(|section| section.choices.len() > 1), move || stages::editor(section))}
        <Chart figure=section.figure(charts::journey_funnel)/>
        {tables::steps(section)}
        {live::when(has(|section| section.groups.len() > 1), choice)}
        <Chart figure=flow/>
        {live::when(has(|section| !section.groups.is_empty()), move || tables::groups(section, grouping))}
        {live::when(
            has(|section| section.groups.is_empty() && section.all_people),
            || view! { <p class="note">{words::NO_GROUPS}</p> },
        )}
        {live::when(has(|section| section.choices.len() == 1), || without_events(words::WITHOUT_EVENTS))}
    }
    .into_any()
}
