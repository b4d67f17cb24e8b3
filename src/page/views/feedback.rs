//! What they say: scores with their intervals, what they are worth, and what comments are about.
//!
//! * here: the view, its figures and charts.
//! * `themes`: what comments are about, with the comments behind each.

use leptos::prelude::*;

use crate::charts;
use crate::page::control::Control;
use crate::page::live::{self, Kept};
use crate::page::parts::chart::Chart;
use crate::page::parts::choice::Choice;
use crate::page::parts::figures::Figures;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::page::parts::needs::Needs;
use crate::page::parts::told;
use crate::page::parts::writer::{self, choices};
use crate::report::feedback::{Ask, Feedback as Section};
use crate::roles::kind::TableKind;
use crate::roles::scale::Scale;
use crate::words::feedback::{self as words, charts as chart_words, figures, themes as comment_words};
use crate::words::format::Format;
use crate::words::needs;

mod themes;

/// The section of the report.
type Topic = crate::page::section::Topic<Ask, Section>;

const NAME: &str = "What they say";

/// What they say.
#[component]
pub fn Feedback() -> impl IntoView {
    let has_survey =
        writer::section(|report, _| report.tables.iter().any(|table| table.kind == TableKind::Survey.name()));
    live::part(move || match has_survey.get() {
        true => view! { <Answers/> }.into_any(),
        false => view! { <Needs name=NAME need=needs::FEEDBACK/> }.into_any(),
    })
}

/// The view where there are answers.
#[component]
fn Answers() -> impl IntoView {
    let topic = Control::use_here().results.sections.feedback;
    topic.follow();
    let any = topic.kept(|said, _, _| said.lead.is_some());
    view! {
        <ViewHead name=NAME finding=topic.kept(words::finding)/>
        <Filters/>
        {live::when(move || any.get(), move || content(topic))}
    }
}

fn content(topic: Topic) -> AnyView {
    let figures = topic.kept(|said, report, f| told::figures(figures::figures(said, report, f)));
    let few = topic.kept(|said, _, _| !said.each.is_empty());
    view! {
        <Figures figures/>
        {questions(topic)}
        {live::when(move || few.get(), move || themes::each(topic))}
        {live::when(move || !few.get(), move || drawn(topic))}
        {themes::themes(topic)}
        {told::to_do(topic.kept(|said, _, f| comment_words::steps(said, f)))}
    }
    .into_any()
}

/// The pictures, where there are answers enough for them.
fn drawn(topic: Topic) -> AnyView {
    let stances = topic.kept(|said, _, _| said.stances.iter().any(|stance| stance.again.of > 0));
    let again = move || view! { <Chart figure=topic.figure(charts::feedback_again)/> };
    view! {
        <Chart figure=topic.figure(charts::feedback_over_time)/>
        {groups(topic)}
        <div class="two">
            <Chart figure=topic.figure(charts::feedback_answers)/>
            {live::when(move || stances.get(), again)}
        </div>
        {heard(topic)}
    }
    .into_any()
}

fn scale_of(key: &str) -> Option<Scale> {
    Scale::ALL.into_iter().find(|scale| scale.name() == key)
}

/// Which question the charts are about, and which end of a scale of effort is the good one.
fn questions(topic: Topic) -> AnyView {
    let asked = topic.kept(|said, _, _| {
        let all = [Scale::Nps, Scale::Csat, Scale::Ces].into_iter();
        let answered = all.filter(|scale| said.question(*scale).is_some_and(|question| question.answers > 0));
        answered.map(|scale| (scale.name().to_owned(), words::question(scale).to_owned())).collect::<Vec<_>>()
    });
    let lead = topic.kept(|said, _, _| said.lead);
    let ease = topic.kept(|said, _, _| said.high_is_easy);
    let choose = move |key: String| topic.ask.update(|ask| (ask.lead, ask.theme) = (scale_of(&key), None));
    let turn = move |key: String| topic.ask.update(|ask| ask.high_is_easy = Some(key == "high"));
    let which = move || {
        view! {
            <Choice
                label=Signal::stored("Question shown below".to_owned())
                options=live::follow(Box::new(move || asked.get()))
                value=live::text(move || lead.get().map_or("", Scale::name))
                on_choose=Callback::new(choose)
            />
        }
    };
    let effort = move || {
        view! {
            <Choice
                label=Signal::stored("On the scale of effort".to_owned())
                options=Signal::stored(choices(&[("low", "1 is very little effort"), ("high", "7 is very easy")]))
                value=live::text(move || if ease.get() { "high" } else { "low" })
                on_choose=Callback::new(turn)
            />
        }
    };
    live::when(
        move || asked.with(Vec::len) > 1 || lead.get() == Some(Scale::Ces),
        move || {
            view! {
                <div class="filterrow">
                    {live::when(move || asked.with(Vec::len) > 1, which)} {live::when(move || lead.get() == Some(Scale::Ces), effort)}
                </div>
            }
        },
    )
}

/// The families of one kind, by key and name, in the order in which they come.
fn families<'a>(all: impl Iterator<Item = &'a String>) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for family in all {
        if found.last().is_none_or(|(last, _)| last != family) {
            found.push((family.clone(), chart_words::family(family)));
        }
    }
    found
}

/// The score by the groups of one family, which the person chooses.
fn groups(topic: Topic) -> AnyView {
    let of = topic.kept(|said, _, _| {
        families(said.leading().map_or(&[][..], |(_, question)| &question.groups).iter().map(|group| &group.family))
    });
    by_family(topic, "By group", "By", of, charts::feedback_by_group)
}

/// Who has answered, by the segments of one family.
fn heard(topic: Topic) -> AnyView {
    let of = topic.kept(|said, _, _| families(said.heard_by.iter().map(|one| &one.family)));
    by_family(topic, "Who answers", "Who answers, by", of, charts::feedback_heard)
}

/// A chart by the groups of one family of some, which the person chooses.
fn by_family(
    topic: Topic,
    name: &'static str,
    label: &'static str,
    families: Kept<Vec<(String, String)>>,
    draw: fn(&Section, &str, u32, &dyn Format) -> charts::Figure,
) -> AnyView {
    let chosen = RwSignal::new(String::new());
    // Columns of the survey come first, then the channel, as these can be acted on; what the other question lacks is left.
    let shown = live::kept(move || {
        let chosen = chosen.get();
        families.with(|all| {
            let has = |wanted: &str| all.iter().any(|(family, _)| family == wanted);
            let first = all.iter().find(|(family, _)| family.starts_with("survey:")).or_else(|| {
                let channel = all.iter().find(|(family, _)| family == "dimension:channel");
                channel.or(all.first())
            });
            if has(&chosen) { chosen } else { first.map(|(family, _)| family.clone()).unwrap_or_default() }
        })
    });
    let report = Control::use_here().results.report;
    let figure = move |width: u32| {
        let (said, report) = (topic.section.get()?, report.get()?);
        Some(draw(&said, &shown.get(), width, &*writer::of(&report)))
    };
    let choose = move |key: String| chosen.set(key);
    live::when(
        move || families.with(|all| !all.is_empty()),
        move || {
            view! {
                <section aria-label=name class="stack">
                    <div class="filterrow">
                        <Choice
                            label=Signal::stored(label.to_owned())
                            options=live::follow(Box::new(move || families.get()))
                            value=live::text(move || shown.get())
                            on_choose=Callback::new(choose)
                        />
                    </div>
                    <Chart figure/>
                </section>
            }
        },
    )
}
