//! Where customers came from, where a column tells it; else what kinds of customers there are.

use leptos::prelude::*;

use crate::math::Money;
use crate::math::money::Derived;
use crate::math::order;
use crate::math::stats::Share;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::writer;
use crate::page::route::View;
use crate::report::Report;
use crate::report::schema::Segment;
use crate::words::facts::FEW;
use crate::words::format::Format;
use crate::words::groups::by_rank;
use crate::words::segments as words;

/// At most so many groups; the rest is one row.
const SHOWN: usize = 6;

/// A row of the table: name, customers, revenue, average order, and the share that the last column holds.
type Row = [String; 5];

/// The table as it is shown.
#[derive(Clone, Debug, Default, PartialEq)]
struct Table {
    title: String,
    note: String,
    head: String,
    /// The head of the last column: who bought again; for RFM groups, which are made by that, their share of revenue.
    last: &'static str,
    rows: Vec<Row>,
    total: Row,
}

/// Channels of the first purchase, or RFM groups.
pub fn groups() -> AnyView {
    let control = Control::use_here();
    let table = writer::section(table);
    view! {
        <section aria-labelledby="h-groups" class="stack">
            <div>
                <h2 class="h2" id="h-groups">{live::text(move || table.with(|table| table.title.clone()))}</h2>
                <p class="note">{live::text(move || table.with(|table| table.note.clone()))}</p>
            </div>
            {live::part(move || table.with(|table| (!table.rows.is_empty()).then(|| rows(table))))}
            <p>
                <a href=live::text(move || control.route_of(View::Segments).hash())>"See all segments"</a>
            </p>
        </section>
    }
    .into_any()
}

fn rows(table: &Table) -> AnyView {
    let heads = ["Customers", "Revenue", "Average order", table.last];
    let row = |row: &Row, total: bool| {
        let [name, cells @ ..] = row.clone();
        let cells = cells
            .into_iter()
            .zip(heads)
            .map(|(cell, head)| view! { <td class="num" data-l=head><span>{cell}</span></td> }.into_any());
        view! {
            <tr class=total.then_some("total")>
                <th scope="row">{name}</th>
                {cells.collect::<Vec<_>>()}
            </tr>
        }
        .into_any()
    };
    let head = |head| view! { <th scope="col" class="num">{head}</th> }.into_any();
    view! {
        <table class="cards-s">
            <thead>
                <tr>
                    <th scope="col">{table.head.clone()}</th>
                    {heads.into_iter().map(head).collect::<Vec<_>>()}
                </tr>
            </thead>
            <tbody>
                {table.rows.iter().map(|group| row(group, false)).collect::<Vec<_>>()}
                {row(&table.total, true)}
            </tbody>
        </table>
    }
    .into_any()
}

fn table(report: &Report, format: &dyn Format) -> Table {
    let channel = report.dimensions.iter().find(|dimension| dimension.role.as_deref() == Some("channel"));
    let family = channel.map_or("rfm".to_owned(), |channel| format!("dimension:{}", channel.name));
    let mut segments: Vec<&Segment> = report.segments.iter().filter(|segment| segment.family == family).collect();
    segments.retain(|segment| segment.customers > 0);
    // Stable: groups of equal revenue stay in the report's order.
    order::sort_by(&mut segments, |a, b| b.revenue.cmp(&a.revenue));
    let title = match channel {
        Some(_) => finding(&segments, format),
        None => "Kinds of customers, by when and how often they buy".to_owned(),
    };
    let note = match channel {
        Some(channel) => format!("By {} of the first purchase", channel.name),
        None => by_rank(report, format),
    };
    let cut = if segments.len() > SHOWN + 1 { SHOWN } else { segments.len() };
    let (shown, rest) = segments.split_at(cut);
    let row = |segment: &&Segment| {
        [
            words::title(&segment.family, &segment.name),
            format.integer(segment.customers),
            format.money(segment.revenue.to_f64()),
            format.derived(segment.aov),
            if channel.is_some() {
                format.rate_or_counts(&segment.repeat)
            } else {
                format.share(segment.revenue_share)
            },
        ]
    };
    let mut rows: Vec<Row> = shown.iter().map(row).collect();
    if !rest.is_empty() {
        rows.push(together(rest, channel.is_some(), report, format));
    }
    let totals = &report.totals;
    let total = [
        "All".to_owned(),
        format.integer(totals.customers),
        format.money(totals.revenue.to_f64()),
        format.derived(totals.aov),
        if channel.is_some() {
            format.rate_or_counts(&totals.repeat)
        } else {
            format.share((totals.revenue > Money::ZERO).then_some(1.0))
        },
    ];
    let head = if channel.is_some() { "Channel" } else { "RFM group" };
    let last = if channel.is_some() { "Bought again" } else { "Of revenue" };
    Table { title, note, head: head.to_owned(), last, rows, total }
}

/// Several segments as one row.
fn together(segments: &[&Segment], by_channel: bool, report: &Report, format: &dyn Format) -> Row {
    let customers = segments.iter().map(|segment| segment.customers).sum();
    let revenue: Money = segments.iter().map(|segment| segment.revenue).sum();
    let purchases: u64 = segments.iter().map(|segment| segment.purchases).sum();
    let repeat = Share::new(
        segments.iter().map(|segment| segment.repeat.count).sum(),
        segments.iter().map(|segment| segment.repeat.of).sum(),
    );
    let whole = report.totals.revenue;
    let of_revenue = (whole > Money::ZERO).then(|| revenue.to_f64() / whole.to_f64());
    [
        format!("{} others", segments.len()),
        format.integer(customers),
        format.money(revenue.to_f64()),
        format.derived(Derived::finite(revenue.to_f64() / purchases as f64)),
        if by_channel { format.rate_or_counts(&repeat) } else { format.share(of_revenue) },
    ]
}

/// Which channel's customers come back most, where that is more than chance: its 95 % interval lies above that of all
/// others together.
fn finding(segments: &[&Segment], format: &dyn Format) -> String {
    let many: Vec<&&Segment> = segments.iter().filter(|segment| segment.repeat.of >= FEW).collect();
    let best = many
        .iter()
        .filter(|segment| segment.repeat.rate.is_some())
        .max_by(|a, b| a.repeat.rate.partial_cmp(&b.repeat.rate).unwrap_or(std::cmp::Ordering::Equal));
    let Some(best) = best else { return "Where your customers came from".to_owned() };
    let others = |part: fn(&Share) -> u64| -> u64 {
        segments.iter().filter(|other| other.name != best.name).map(|other| part(&other.repeat)).sum()
    };
    let rest = Share::new(others(|share| share.count), others(|share| share.of));
    let apart = best.repeat.low.zip(rest.high).is_some_and(|(low, high)| low > high);
    let name = words::title(&best.family, &best.name);
    match apart {
        true => format!(
            "{} of customers from {name} bought again, against {} of the others",
            format.rate(&best.repeat),
            format.rate(&rest)
        ),
        false => "Whether customers come back differs no more between channels than by chance".to_owned(),
    }
}
