//! The largest customers, and the tiers of value.

use leptos::prelude::*;

use crate::ingest::profile::shown;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::choice::Choice;
use crate::page::parts::table::Region;
use crate::page::parts::writer;
use crate::page::parts::writer::choices;
use crate::page::route::View;
use crate::report::Report;
use crate::settings::TierRule;
use crate::words::facts::enough_to_group;
use crate::words::format::Format;
use crate::words::groups;
use crate::words::segments as words;

/// So many of the largest are shown; all others are one click further.
const SHOWN: usize = 10;

/// A row of the largest: number, id, revenue, RFM group where customers are ranked, purchases, last purchase.
type Row = (u32, [String; 5]);

/// The largest customers.
pub fn top() -> AnyView {
    let control = Control::use_here();
    let rows = writer::section(top_rows);
    let ranked = writer::section(|report, _| enough_to_group(report));
    let row = move |(number, [id, revenue, group, purchases, last]): Row| {
        view! {
            <tr>
                <th scope="row">
                    <a href=live::text(move || control.route_of(View::Customer(number)).hash())>{id}</a>
                </th>
                <td class="num">{revenue}</td>
                {(!group.is_empty()).then(|| view! { <td>{group}</td> }.into_any())}
                <td class="num">{purchases}</td>
                <td class="num">{last}</td>
            </tr>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="h-top" class="stack">
            <h2 class="h2" id="h-top">"Your largest customers"</h2>
            <Region label=Signal::stored("Largest customers".to_owned())>
                <table class="wide">
                    <thead>
                        <tr>
                            <th scope="col">"Customer"</th>
                            <th scope="col" class="num">"Brought so far"</th>
                            {live::when(move || ranked.get(), || view! { <th scope="col">"RFM group"</th> })}
                            <th scope="col" class="num">"Purchases"</th>
                            <th scope="col" class="num">"Last bought"</th>
                        </tr>
                    </thead>
                    <tbody>{live::part(move || rows.get().into_iter().map(row).collect::<Vec<_>>())}</tbody>
                </table>
            </Region>
            <p>
                <a href=live::text(move || control.route_of(View::Customers).hash())>"See all customers"</a>
            </p>
        </section>
    }
    .into_any()
}

fn top_rows(report: &Report, format: &dyn Format) -> Vec<Row> {
    let row = |row: &crate::report::customers::CustomerRow| {
        let cells = [
            shown(&row.customer),
            format.money(row.revenue.to_f64()),
            if row.group.is_empty() { String::new() } else { words::title("rfm", &row.group) },
            format.integer(u64::from(row.purchases)),
            format.day(row.last),
        ];
        (row.number, cells)
    };
    report.value.top.iter().take(SHOWN).map(row).collect()
}

/// A tier: name, customers, revenue, share of revenue.
type Tier = [String; 4];

/// The tiers of value.
pub fn tiers() -> AnyView {
    let control = Control::use_here();
    let tiers = writer::section(tier_rows);
    let rule = move || match control.results.settings.with(|settings| settings.tiers) {
        TierRule::ByRank => "rank",
        TierRule::ByShare => "share",
    };
    let choose = move |key: String| {
        let tiers = if key == "share" { TierRule::ByShare } else { TierRule::ByRank };
        control.set(|settings| settings.tiers = tiers);
    };
    let row = |[name, customers, revenue, share]: Tier| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="num">{customers}</td>
                <td class="num">{revenue}</td>
                <td class="num">{share}</td>
            </tr>
        }
        .into_any()
    };
    let table = move || {
        view! {
            <Choice
                label=Signal::stored("Cut".to_owned())
                options=Signal::stored(
                    choices(&[("rank", "By rank: first 20%, next 30%, rest"), ("share", "By revenue (ABC): 80%, 15%, 5%")]),
                )
                value=live::text(rule)
                on_choose=Callback::new(choose)
            />
            <Region label=Signal::stored("Tiers of value".to_owned())>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Tier"</th>
                            <th scope="col" class="num">"Customers"</th>
                            <th scope="col" class="num">"Revenue"</th>
                            <th scope="col" class="num">"Share"</th>
                        </tr>
                    </thead>
                    <tbody>{live::part(move || tiers.get().into_iter().map(row).collect::<Vec<_>>())}</tbody>
                </table>
            </Region>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="h-tiers" class="stack">
            <h2 class="h2" id="h-tiers">"High, middle and low value"</h2>
            {writer::if_enough(table)}
            {too_few()}
        </section>
    }
    .into_any()
}

/// Said where customers are too few to be ranked.
fn too_few() -> AnyView {
    let said = writer::section(groups::too_few);
    live::part(move || said.get().map(|said| view! { <p class="soft">{said}</p> }.into_any()))
}

fn tier_rows(report: &Report, format: &dyn Format) -> Vec<Tier> {
    let tiers = report.segments.iter().filter(|segment| segment.family == "value");
    let row = |segment: &crate::report::schema::Segment| {
        [
            words::title(&segment.family, &segment.name),
            format.integer(segment.customers),
            format.money(segment.revenue.to_f64()),
            format.share(segment.revenue_share),
        ]
    };
    tiers.map(row).collect()
}
