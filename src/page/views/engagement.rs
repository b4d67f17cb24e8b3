//! How engaged they are: the score and its weights, what it was worth, who is well, and what comes before leaving.

use leptos::prelude::*;

use crate::charts;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::chart::Chart;
use crate::page::parts::figures::Figures;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::page::parts::icon::{Icon, Sign};
use crate::page::parts::picker::Picker;
use crate::page::parts::{told, writer};
use crate::page::section::Topic;
use crate::report::engagement::{Ask, Engagement as Section};
use crate::words::engagement as words;
use crate::words::facts::FEW;

mod health;
mod weights;

/// The section of this view.
type Here = Topic<Ask, Section>;

/// How engaged they are.
#[component]
pub fn Engagement() -> impl IntoView {
    let section = Control::use_here().results.sections.engagement;
    section.follow();
    view! {
        <ViewHead name="How engaged they are" finding=section.kept(|section, _, f| words::finding(section, f))/>
        <Filters/>
        {writer::if_bought(move || content(section))}
    }
}

fn content(section: Here) -> AnyView {
    let has = move |what: fn(&Section) -> bool| {
        let has = section.kept(move |section, _, _| what(section));
        move || has.get()
    };
    let figures = section.kept(|section, report, f| told::figures(words::figures(section, report, f)));
    let outlook = move || view! { <Chart figure=section.figure(charts::engagement_outlook)/> };
    let decline = move || view! { <Chart figure=section.figure(charts::before_leaving)/> };
    let scores = move || {
        view! {
            <div class="two">
                <Chart figure=section.figure(charts::engagement_distribution)/>
                {weights::weights(section)}
            </div>
        }
    };
    view! {
        <Figures figures class="figures four"/>
        {live::when(has(|section| section.outlook.is_some()), outlook)}
        {live::when(has(|section| section.customers >= FEW), scores)}
        {live::when(has(|section| section.decline.is_some()), decline)}
        {live::when(
            has(|section| section.customers > 0 && section.decline.is_none()),
            || view! { <p class="note">{words::NO_DECLINE}</p> },
        )}
        {health::health(section)}
        {live::when(has(|section| section.customers > 0 && section.events.is_none()), || without_events(words::WITHOUT_EVENTS))}
    }
    .into_any()
}

/// What a file of events would add, and the way to add one.
pub fn without_events(what: &'static str) -> AnyView {
    view! {
        <div class="notice">
            <Icon sign=Sign::Info/>
            <div>
                <p>
                    <strong>"There is no file of events yet."</strong>
                    " "
                    {what}
                </p>
                <p class="actions">
                    <Picker words="Add a file" add=true/>
                </p>
            </div>
        </div>
    }
    .into_any()
}
