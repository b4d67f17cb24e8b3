//! Who is overdue and not yet lost, those with the most to win back first.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::ingest::profile::shown;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::choice::Choice;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::page::parts::method;
use crate::page::parts::stacked::{Row, Stacked, stacked};
use crate::page::parts::writer::{self, choices};
use crate::page::route::View;
use crate::protocol::Export;
use crate::report::risk::{AtRisk, Risk as Overdue};
use crate::words::forecast::scope;
use crate::words::format::Format;
use crate::words::risk as words;

/// At risk.
#[component]
pub fn Risk() -> impl IntoView {
    let section = Control::use_here().results.sections.risk;
    section.follow();
    let any = section.kept(|risk, _, _| !risk.list.is_empty());
    // Where nobody can be told of there is no chance to be below of.
    let told = section.kept(|risk, _, _| risk.recoverable.is_some());
    view! {
        <ViewHead name="At risk" finding=section.kept(|risk, report, format| words::finding(risk, report, format))/>
        {method::fitting(move || section.section.with(Option::is_none))}
        {method::notice(section.kept(|risk, _, format| method::shown(&risk.verdict, format)))}
        <Filters scope=writer::text(scope)>{live::when(move || told.get(), choices_of_list)}</Filters>
        {live::when(move || any.get(), list)}
    }
}

/// Below which chance of being there somebody is lost, and whether they are listed.
fn choices_of_list() -> AnyView {
    let ask = Control::use_here().results.sections.risk.ask;
    let choose = move |key: String| {
        if let Ok(percent) = key.parse::<f64>() {
            ask.update(|ask| ask.lost_below = percent / 100.0);
        }
    };
    let list = move |key: String| ask.update(|ask| ask.with_lost = key == BOTH.0);
    let offered = [("2", "below 2%"), ("5", "below 5%"), ("10", "below 10%"), ("20", "below 20%"), ("30", "below 30%")];
    view! {
        <Choice
            label=Signal::stored("Lost: chance to be there".to_owned())
            options=Signal::stored(choices(&offered))
            value=live::text(move || ask.with(|ask| (ask.lost_below * 100.0).round().to_string()))
            on_choose=Callback::new(choose)
        />
        <Choice
            label=Signal::stored("Listed".to_owned())
            options=Signal::stored(choices(&[AT_RISK, BOTH]))
            value=live::text(move || ask.with(|ask| if ask.with_lost { BOTH.0 } else { AT_RISK.0 }.to_owned()))
            on_choose=Callback::new(list)
        />
    }
    .into_any()
}

/// Who is listed: key and words.
const AT_RISK: (&str, &str) = ("risk", "at risk");

/// See [`AT_RISK`].
const BOTH: (&str, &str) = ("both", "at risk or lost");

/// So many are shown at first.
const SHOWN: usize = 15;

fn list() -> AnyView {
    let control = Control::use_here();
    let section = control.results.sections.risk;
    let all = RwSignal::new(false);
    let table = section.kept(move |risk, _, format| table(risk, if all.get() { usize::MAX } else { SHOWN }, format));
    let at_risk = section.kept(|risk, _, _| risk.at_risk > 0);
    let many = section.kept(|risk, _, _| risk.list.len() > SHOWN);
    let more = move || {
        view! {
            <p class="actions">
                <button class="btn" type="button" on:click=live::on(move |_: MouseEvent| all.set(true))>
                    "Show more"
                </button>
            </p>
        }
    };
    let export = live::on(move |_: MouseEvent| control.export(Export::AtRisk { ask: section.ask.get_untracked() }));
    view! {
        <section aria-labelledby="h-risk" class="stack">
            <h2 class="h2" id="h-risk">"Whom to write to first"</h2>
            <p class="note">{words::EXPLAINED}</p>
            <div class="actions">
                <button class="btn" type="button" on:click=export>
                    "Download this list"
                </button>
                <p class="soft" role="status">
                    {section.text(|risk, _, format| words::how_many(risk, format))}
                </p>
            </div>
            {stacked("Customers at risk", table)}
            {live::when(move || many.get() && !all.get(), more)}
        </section>
        {live::when(move || at_risk.get(), todo)}
    }
    .into_any()
}

fn table(risk: &Overdue, most: usize, format: &dyn Format) -> Stacked {
    let heads = words::heads(risk);
    let row = |row: &AtRisk| {
        let cells = [shown(&row.customer)].into_iter().chain(words::cells(row, format)).take(heads.len());
        Row::plain(Some(View::Customer(row.number)), cells)
    };
    Stacked { is_wide: true, ..Stacked::of_figures(heads, risk.list.iter().take(most).map(row).collect()) }
}

/// What to do with the list.
fn todo() -> AnyView {
    let section = Control::use_here().results.sections.risk;
    let steps = section.kept(|risk, _, format| words::to_do(risk, format));
    let step = |(what, why, gain): (String, String, String)| {
        view! {
            <li>
                <div>
                    <b>{what}</b>
                    <p class="soft">{why}</p>
                </div>
                <p class="gain">{gain}</p>
            </li>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="h-todo" class="stack">
            <h2 class="h2" id="h-todo">"What to do"</h2>
            <ol class="todo">{live::part(move || steps.get().into_iter().map(step).collect::<Vec<_>>())}</ol>
        </section>
    }
    .into_any()
}
