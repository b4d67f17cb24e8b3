//! How the methods did on the shop's own past: the tournament, and the hidden stretch week by week.

use leptos::prelude::*;

use crate::charts::forecast as charts;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::chart::Chart;
use crate::page::parts::table::Region;
use crate::report::forecast::Forecast;
use crate::words::forecast::tournament as words;
use crate::words::format::Format;

/// The tournament as a chart and as a table: here, and where the link below the verdict leads.
pub fn tournament() -> AnyView {
    let section = Control::use_here().results.sections.forecast;
    view! {
        <Chart figure=section.figure(charts::tournament)/>
        {table()}
    }
    .into_any()
}

/// The tournament, and the charts of the hidden stretch.
pub fn methods() -> AnyView {
    let section = Control::use_here().results.sections.forecast;
    view! {
        {tournament()}
        <div class="two">
            <Chart figure=section.figure(charts::tracking_sum)/>
            <Chart figure=section.figure(charts::tracking)/>
        </div>
    }
    .into_any()
}

/// Name, trade and the six scores of each method; whether it was chosen.
type Row = ([String; 8], bool);

fn table() -> AnyView {
    let section = Control::use_here().results.sections.forecast;
    let rows = section.kept(rows);
    let row = |([name, trade, cells @ ..], chosen): Row| {
        let cells = cells.into_iter().zip(&words::HEADS[1..]).map(|(text, head)| {
            view! {
                <td class="num" data-l=*head>
                    <span>{text}</span>
                </td>
            }
            .into_any()
        });
        let name = if chosen { view! { <b>{name}</b> }.into_any() } else { name.into_any() };
        view! {
            <tr>
                <th scope="row">
                    {name} " " <small class="soft">{trade}</small>
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
        <section aria-labelledby="h-methods" class="stack">
            <h2 class="h2" id="h-methods">"How the methods compare"</h2>
            <p class="note">{section.text(|told, _, format| words::explained(told, format))}</p>
            <Region label=Signal::stored("Methods on the hidden part of the past".to_owned())>
                <table class="cards-s">
                    <thead>
                        <tr>{heads.collect::<Vec<_>>()}</tr>
                    </thead>
                    <tbody>{live::part(move || rows.get().into_iter().map(row).collect::<Vec<_>>())}</tbody>
                </table>
            </Region>
        </section>
    }
    .into_any()
}

fn rows(told: &Forecast, _: &crate::report::Report, format: &dyn Format) -> Vec<Row> {
    let Some(origin) = told.origins.first() else { return Vec::new() };
    let row = |score| (words::cells(score, format), told.chosen == Some(score.candidate));
    words::ranked(origin).into_iter().map(row).collect()
}
