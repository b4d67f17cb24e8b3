//! The largest customers, and the tiers of value.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::parts::bar::ShareBar;
use crate::page::parts::choice::Choice;
use crate::page::parts::table::Region;
use crate::page::parts::writer;
use crate::page::parts::writer::choices;
use crate::page::route::View;
use crate::report::Report;
use crate::settings::TierRule;
use crate::words::format::Format;
use crate::words::segments as words;

/// A row of the largest: number, id, purchases, last purchase, revenue, group.
type Row = (u32, [String; 5]);

/// The largest customers.
#[component]
pub fn Top() -> impl IntoView {
    let control = Control::use_here();
    let rows = writer::section(top);
    let row = move |(number, [id, group, purchases, last, revenue]): Row| {
        view! {
            <tr>
                <th scope="row">
                    <a href=move || control.route_of(View::Customer(number)).hash()>{id}</a>
                </th>
                <td data-l="Group"><span>{group}</span></td>
                <td class="num" data-l="Purchases"><span>{purchases}</span></td>
                <td class="num" data-l="Last bought"><span>{last}</span></td>
                <td class="num" data-l="Brought so far"><span>{revenue}</span></td>
            </tr>
        }
    };
    view! {
        <section aria-labelledby="h-top" class="stack">
            <h2 class="h2" id="h-top">"Your largest customers"</h2>
            <Region label=Signal::stored("Largest customers".to_owned())>
                <table class="cards-s">
                    <thead>
                        <tr>
                            <th scope="col">"Customer"</th>
                            <th scope="col">"Group"</th>
                            <th scope="col" class="num">"Purchases"</th>
                            <th scope="col" class="num">"Last bought"</th>
                            <th scope="col" class="num">"Brought so far"</th>
                        </tr>
                    </thead>
                    <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
                </table>
            </Region>
            <p>
                <a href=move || control.route_of(View::Customers).hash()>"See all customers"</a>
            </p>
        </section>
    }
}

fn top(report: &Report, format: &dyn Format) -> Vec<Row> {
    let row = |row: &crate::report::customers::CustomerRow| {
        let cells = [
            row.customer.clone(),
            words::title("rfm", &row.group),
            format.integer(u64::from(row.purchases)),
            format.day(row.last),
            format.money(row.revenue.to_f64()),
        ];
        (row.number, cells)
    };
    report.value.top.iter().map(row).collect()
}

/// A tier: name, customers, revenue, share of revenue as text and as a number.
type Tier = (String, String, String, String, Option<f64>);

/// The tiers of value.
#[component]
pub fn Tiers() -> impl IntoView {
    let control = Control::use_here();
    let tiers = writer::section(tiers);
    let rule = move || match control.results.settings.with(|settings| settings.tiers) {
        TierRule::ByRank => "rank",
        TierRule::ByShare => "share",
    };
    let choose = move |key: String| {
        let tiers = if key == "share" { TierRule::ByShare } else { TierRule::ByRank };
        control.set(|settings| settings.tiers = tiers);
    };
    let row = |(name, customers, revenue, share, width): Tier| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="num">{customers}</td>
                <td class="num">{revenue}</td>
                <td class="barcell">
                    <ShareBar share=width label=format!("{share} of revenue")/>
                </td>
                <td class="num">{share}</td>
            </tr>
        }
    };
    view! {
        <section aria-labelledby="h-tiers" class="stack">
            <h2 class="h2" id="h-tiers">"High, middle and low value"</h2>
            <Choice
                label="Cut"
                options=Signal::stored(
                    choices(&[("rank", "By rank: first 20%, next 30%, rest"), ("share", "By revenue (ABC): 80%, 15%, 5%")]),
                )
                value=Signal::derive(move || rule().to_owned())
                on_choose=choose
            />
            <Region label=Signal::stored("Tiers of value".to_owned())>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Tier"</th>
                            <th scope="col" class="num">"Customers"</th>
                            <th scope="col" class="num">"Revenue"</th>
                            <th scope="col" class="num" colspan="2">"Share of revenue"</th>
                        </tr>
                    </thead>
                    <tbody>{move || tiers.get().into_iter().map(row).collect_view()}</tbody>
                </table>
            </Region>
        </section>
    }
}

fn tiers(report: &Report, format: &dyn Format) -> Vec<Tier> {
    let tiers = report.segments.iter().filter(|segment| segment.family == "value");
    let row = |segment: &crate::report::schema::Segment| {
        (
            words::title(&segment.family, &segment.name),
            format.integer(segment.customers),
            format.money(segment.revenue.to_f64()),
            format.share(segment.revenue_share),
            segment.revenue_share,
        )
    };
    tiers.map(row).collect()
}
