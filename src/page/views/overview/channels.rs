//! What a customer of each channel is worth, costs and leaves over.

use leptos::prelude::*;

use crate::math::order;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::cards::{self, Row};
use crate::page::route::View;
use crate::report::Report;
use crate::report::costs::{ChannelRow, Costs};
use crate::words::costs as words;
use crate::words::format::{Format, NOT_DEFINED};

/// At most so many channels, those that won most; all stand in the view of costs.
const SHOWN: usize = 6;

/// The table, the channel that leaves most first.
pub fn channels() -> AnyView {
    let control = Control::use_here();
    let topic = control.results.sections.costs;
    topic.follow();
    let rows = topic.kept(rows);
    let title = topic.text(|costs, _, format| words::verdict(costs, format));
    let note = topic.text(|costs, report, format| words::of_channels(costs, report, format));
    let heads = &["New customers", "Worth of one", "Cost to win one", "Left over"];
    view! {
        <section aria-labelledby="h-channels" class="stack">
            <div>
                <h2 class="h2" id="h-channels">{title}</h2>
                <p class="note">{note}</p>
            </div>
            {live::part(move || cards::table("Channel", heads, rows.get()))}
            <p>
                <a href=live::text(move || control.route_of(View::Costs).hash())>"See what winning one costs"</a>
            </p>
        </section>
    }
    .into_any()
}

fn rows(costs: &Costs, report: &Report, format: &dyn Format) -> Vec<Row> {
    let plain = |text: String| (text, String::new());
    let new = |row: &ChannelRow| row.costs.as_ref().and_then(|spent| spent.new_customers).unwrap_or(row.new_customers);
    let mut channels: Vec<&ChannelRow> = costs.channels.iter().filter(|row| new(row) > 0).collect();
    order::sort_by(&mut channels, |a, b| new(b).cmp(&new(a)));
    channels.truncate(SHOWN);
    // Those of whom less is known come last.
    let left = |row: &ChannelRow| row.crv.or(row.worth).map_or(f64::NEG_INFINITY, |left| left.0);
    order::sort_by(&mut channels, |a, b| left(b).total_cmp(&left(a)));
    let row = |row: &&ChannelRow| Row {
        name: words::name(&row.channel),
        cells: vec![
            plain(format.integer(new(row))),
            plain(format.derived(row.worth)),
            (words::cost_to_win(row.costs.as_ref(), format).0, String::new()),
            plain(row.crv.map_or_else(|| NOT_DEFINED.to_owned(), |left| format.money(left.0))),
        ],
        is_total: false,
    };
    let mut rows: Vec<Row> = channels.iter().map(row).collect();
    let totals = &report.totals;
    rows.push(Row {
        name: "All".to_owned(),
        cells: vec![
            plain(format.integer(report.acquisition.new_customers)),
            plain(format.derived(totals.cltv_margin.or(totals.cltv))),
            plain(format.derived(totals.cac)),
            plain(format.derived(totals.crv)),
        ],
        is_total: true,
    });
    rows
}
