//! What a customer of each channel is worth, costs and leaves over.

use leptos::prelude::*;

use crate::math::order;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::stacked::{Row, Stacked, stacked};
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
    let table = topic.kept(table);
    let title = topic.text(|costs, _, format| words::verdict(costs, format));
    let note = topic.text(|costs, report, format| words::of_channels(costs, report, format));
    view! {
        <section aria-labelledby="h-channels" class="stack">
            <div>
                <h2 class="h2" id="h-channels">{title}</h2>
                <p class="note">{note}</p>
            </div>
            {stacked("What a customer of each channel is worth and costs", table)}
            <p>
                <a href=live::text(move || control.route_of(View::Costs).hash())>"See what winning one costs"</a>
            </p>
        </section>
    }
    .into_any()
}

fn table(costs: &Costs, report: &Report, format: &dyn Format) -> Stacked {
    let new = |row: &ChannelRow| row.costs.as_ref().and_then(|spent| spent.new_customers).unwrap_or(row.new_customers);
    let mut channels: Vec<&ChannelRow> = costs.channels.iter().filter(|row| new(row) > 0).collect();
    order::sort_by(&mut channels, |a, b| new(b).cmp(&new(a)));
    channels.truncate(SHOWN);
    // Those of whom less is known come last.
    let left = |row: &ChannelRow| row.crv.or(row.worth).map_or(f64::NEG_INFINITY, |left| left.0);
    order::sort_by(&mut channels, |a, b| left(b).total_cmp(&left(a)));
    let row = |row: &&ChannelRow| {
        let cells = [
            words::name(&row.channel),
            format.integer(new(row)),
            format.derived(row.worth),
            words::cost_to_win(row.costs.as_ref(), format).0,
            row.crv.map_or_else(|| NOT_DEFINED.to_owned(), |left| format.money(left.0)),
        ];
        Row::plain(None, cells)
    };
    let mut rows: Vec<Row> = channels.iter().map(row).collect();
    let totals = &report.totals;
    let all = [
        "All".to_owned(),
        format.integer(report.acquisition.new_customers),
        format.derived(totals.cltv_margin.or(totals.cltv)),
        format.derived(totals.cac),
        format.derived(totals.crv),
    ];
    rows.push(Row { is_total: true, ..Row::plain(None, all) });
    Stacked::of_figures(&["Channel", "New customers", "Worth of one", "Cost to win one", "Left over"], rows)
}
