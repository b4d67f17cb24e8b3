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
use crate::page::parts::table::Region;
use crate::page::parts::writer::{self, choices};
use crate::page::route::{Route, View};
use crate::protocol::Export;
use crate::report::Report;
use crate::words::forecast::scope;
use crate::words::format::Format;
use crate::words::risk as words;

/// At risk.
#[component]
pub fn Risk() -> impl IntoView {
    let section = Control::use_here().results.sections.risk;
    section.follow();
    let any = section.kept(|risk, _, _| risk.at_risk > 0);
    view! {
        <ViewHead name="At risk" finding=section.kept(|risk, _, format| words::finding(risk, format))/>
        {method::fitting(move || section.section.with(Option::is_none))}
        {method::notice(section.kept(|risk, _, format| method::shown(&risk.verdict, format)))}
        <Filters scope=writer::text(scope)>{threshold()}</Filters>
        {live::when(move || any.get(), list)}
    }
}

/// Below which chance of being there somebody is lost.
fn threshold() -> AnyView {
    let ask = Control::use_here().results.sections.risk.ask;
    let choose = move |key: String| {
        if let Ok(percent) = key.parse::<f64>() {
            ask.update(|ask| ask.lost_below = percent / 100.0);
        }
    };
    let offered = [("2", "below 2%"), ("5", "below 5%"), ("10", "below 10%"), ("20", "below 20%"), ("30", "below 30%")];
    view! {
        <Choice
            label=Signal::stored("Lost: chance to be there".to_owned())
            options=Signal::stored(choices(&offered))
            value=live::text(move || ask.with(|ask| (ask.lost_below * 100.0).round().to_string()))
            on_choose=Callback::new(choose)
        />
    }
    .into_any()
}

/// So many are shown at first.
const SHOWN: usize = 15;

/// A row: number, id, and its cells.
type Row = (u32, String, [String; 6]);

fn list() -> AnyView {
    let control = Control::use_here();
    let section = control.results.sections.risk;
    let all = RwSignal::new(false);
    let rows = section.kept(rows);
    let many = move || !all.get() && rows.with(|rows| rows.len() > SHOWN);
    let shown = move || if all.get() { usize::MAX } else { SHOWN };
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
    let row = move |(number, id, cells): Row| {
        let address = live::text(move || {
            let query = control.route_of(View::Risk).query;
            Route { view: View::Customer(number), query }.hash()
        });
        let cells = cells.into_iter().zip(&words::HEADS[1..]).map(|(text, head)| {
            view! {
                <td class="num" data-l=*head>
                    <span>{text}</span>
                </td>
            }
            .into_any()
        });
        view! {
            <tr>
                <th scope="row">
                    <a href=address>{id}</a>
                </th>
                {cells.collect::<Vec<_>>()}
            </tr>
        }
        .into_any()
    };
    let heads = words::HEADS
        .iter()
        .enumerate()
        .map(|(at, head)| view! { <th scope="col" class=(at > 0).then_some("num")>{*head}</th> }.into_any());
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
            <Region label=Signal::stored("Customers at risk".to_owned())>
                <table class="cards-s wide">
                    <thead>
                        <tr>{heads.collect::<Vec<_>>()}</tr>
                    </thead>
                    <tbody>{live::part(move || rows.get().into_iter().take(shown()).map(row).collect::<Vec<_>>())}</tbody>
                </table>
            </Region>
            {live::when(many, more)}
        </section>
        {todo()}
    }
    .into_any()
}

fn rows(risk: &crate::report::risk::Risk, _: &Report, format: &dyn Format) -> Vec<Row> {
    risk.list.iter().map(|row| (row.number, shown(&row.customer), words::cells(row, format))).collect()
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
