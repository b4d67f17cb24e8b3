//! Segments: the RFM grid, the other ways to group, and what to do for each group.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::charts::heat_step;
use crate::page::live::{self, Kept, MakeRow};
use crate::page::parts::choice::Choice;
use crate::page::parts::filters::Filters;
use crate::page::parts::frame::{frame, scale};
use crate::page::parts::head::ViewHead;
use crate::page::parts::table::Region;
use crate::page::parts::writer;
use crate::report::Report;
use crate::words::facts::enough_to_group;
use crate::words::format::Format;
use crate::words::{findings, rfm, segments as words};

mod cards;

/// Segments.
#[component]
pub fn Segments() -> impl IntoView {
    let family = RwSignal::new("rfm".to_owned());
    let families = writer::section(families);
    // A family goes with its column: the first one is always there.
    let chosen = live::kept(move || {
        let family = family.get();
        let known = families.with(|families| families.iter().any(|known| known.key == family));
        if known { family } else { "rfm".to_owned() }
    });
    let choices = move || families.get().into_iter().map(|family| (family.key, family.name)).collect();
    let choose = Callback::new(move |key| family.set(key));
    let scope = writer::text(move |report, format| {
        let chosen = chosen.get();
        let segments = report.segments.iter().filter(|segment| segment.family == chosen && segment.customers > 0);
        let customers = format.count(report.totals.customers, "customer");
        if !enough_to_group(report) {
            return customers;
        }
        format!("{customers} in {}", format.count(segments.count() as u64, "segment"))
    });
    let by = move || {
        view! {
            <Choice
                label=Signal::stored("Group by".to_owned())
                options=live::follow(Box::new(choices))
                value=live::text(move || chosen.get())
                on_choose=choose
            />
        }
        .into_any()
    };
    view! {
        <ViewHead name="Segments" finding=writer::section(findings::segments)/>
        <Filters scope>
            {writer::if_enough(by)}
        </Filters>
        {writer::if_enough(move || content(families, chosen, choose))}
    }
}

fn content(families: Kept<Vec<Family>>, chosen: Kept<String>, choose: Callback<String>) -> AnyView {
    view! {
        <div class="side">
            {rfm_grid()}
            {family_table(families, chosen, choose)}
        </div>
        {cards::cards(chosen)}
    }
    .into_any()
}

/// A way to group.
#[derive(Clone, Debug, PartialEq)]
struct Family {
    key: String,
    name: String,
    segments: usize,
}

/// All ways to group, in the report's order.
fn families(report: &Report, _: &dyn Format) -> Vec<Family> {
    let mut families: Vec<Family> = Vec::new();
    let told = report.segments.iter().filter(|segment| segment.customers > 0 && enough_to_group(report));
    for segment in told {
        match families.iter_mut().find(|family| family.key == segment.family) {
            Some(family) => family.segments += 1,
            None => families.push(Family {
                key: segment.family.clone(),
                name: words::family_name(&segment.family),
                segments: 1,
            }),
        }
    }
    families
}

/// The table of all ways to group, with the one that is shown, and what shows another.
fn family_table(families: Kept<Vec<Family>>, chosen: Kept<String>, on_choose: Callback<String>) -> AnyView {
    let row = move |family: Family| {
        let key = family.key.clone();
        let choose = live::on(move |_: MouseEvent| on_choose.run(key.clone()));
        view! {
            <tr>
                <th scope="row">
                    <button
                        class="textlink"
                        type="button"
                        aria-pressed=live::text(move || chosen.with(|chosen| *chosen == family.key).to_string())
                        on:click=choose
                    >
                        {family.name}
                    </button>
                </th>
                <td class="num">{family.segments.to_string()}</td>
            </tr>
        }
        .into_any()
    };
    let rows = move || {
        let keyed = |family: Family| -> (String, MakeRow) {
            (format!("{} {}", family.segments, family.key), Box::new(move || row(family)))
        };
        families.get().into_iter().map(keyed).collect()
    };
    view! {
        <section aria-labelledby="h-families" class="stack">
            <h2 class="h2" id="h-families">"Ways to group them"</h2>
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Family"</th>
                        <th scope="col" class="num">"Segments"</th>
                    </tr>
                </thead>
                <tbody>{live::keyed(rows)}</tbody>
            </table>
            <p class="note">
                "Every column of your file that names a channel, a place or a kind of goods is a way to group."
            </p>
        </section>
    }
    .into_any()
}

/// A cell: step of the scale, customers, revenue, group; nothing where no one is.
type GridCell = Option<(u8, String, String, String)>;

/// The grid as it is shown.
#[derive(Clone, Debug, Default, PartialEq)]
struct GridText {
    title: String,
    sub: String,
    heads: Vec<String>,
    rows: Vec<(String, Vec<GridCell>)>,
}

/// When they last bought against how often they have bought.
fn rfm_grid() -> AnyView {
    let grid = writer::section(grid);
    let title = live::text(move || grid.with(|grid| grid.title.clone()));
    let sub = live::text(move || grid.with(|grid| grid.sub.clone()));
    let content = view! {
        <div class="plot">
            <Region label=Signal::stored("Customers by last purchase and number of purchases".to_owned())>
                {live::part(move || grid.with(grid_table))}
            </Region>
        </div>
        {scale("brought less", ().into_any())}
        <p class="note">
            "Customers who are alike always score the same, so a column or row may be empty."
        </p>
    };
    frame(title, sub, content.into_any())
}

fn grid(report: &Report, format: &dyn Format) -> GridText {
    let rfm = &report.rfm;
    let scores = 1..=5_u8;
    // A score that no one has is no column: with equal values together that is common.
    let columns: Vec<u8> = scores.clone().filter(|f| range(&rfm.frequency, *f).is_some()).collect();
    let rows: Vec<u8> = scores.rev().filter(|r| range(&rfm.recency_days, *r).is_some()).collect();
    // Steps of the logarithm: the best cell brings many times what the others do, and would leave them all alike.
    let depth = |revenue: f64| libm::log(revenue.max(1.0));
    let filled = || rfm.cells.iter().filter(|cell| cell.customers > 0).map(|cell| depth(cell.revenue.to_f64()));
    let (low, high) = filled().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
    let cell = |r: u8, f: u8| {
        let cell = rfm.cells.iter().find(|cell| cell.r == r && cell.f == f && cell.customers > 0)?;
        let revenue = cell.revenue.to_f64();
        Some((
            heat_step(depth(revenue), low, high),
            format.integer(cell.customers),
            format.money(revenue),
            words::title("rfm", &cell.group),
        ))
    };
    let row = |r: &u8| {
        let head = rfm::recency_range(range(&rfm.recency_days, *r), format);
        (head, columns.iter().map(|f| cell(*r, *f)).collect())
    };
    GridText {
        title: rfm::title(report, format),
        sub: rfm::sub(format, report),
        heads: columns.iter().map(|f| rfm::frequency_range(range(&rfm.frequency, *f), format)).collect(),
        rows: rows.iter().map(row).collect(),
    }
}

fn range(ranges: &[Option<(u32, u32)>], score: u8) -> Option<(u32, u32)> {
    ranges.get(usize::from(score).checked_sub(1)?).copied().flatten()
}

fn grid_table(grid: &GridText) -> AnyView {
    let cell = |cell: &GridCell| match cell.clone() {
        None => view! { <td class="none"><span class="vh">"no one"</span></td> }.into_any(),
        Some((step, customers, revenue, group)) => view! {
            <td class=format!("q{step}")>
                <b>{customers}</b>
                <small>{revenue}</small>
                <small>{group}</small>
            </td>
        }
        .into_any(),
    };
    let rows = grid.rows.iter().map(|(head, cells)| {
        view! {
            <tr>
                <th scope="row">{head.clone()}</th>
                {cells.iter().map(cell).collect::<Vec<_>>()}
            </tr>
        }
        .into_any()
    });
    let head = |head: &String| view! { <th scope="col">{head.clone()}</th> }.into_any();
    view! {
        <table class="rfm">
            <caption>"Each cell: number of customers. Stronger green: they brought more."</caption>
            <thead>
                <tr>
                    <th class="corner" scope="col">"Last bought"</th>
                    {grid.heads.iter().map(head).collect::<Vec<_>>()}
                </tr>
            </thead>
            <tbody>{rows.collect::<Vec<_>>()}</tbody>
        </table>
    }
    .into_any()
}
