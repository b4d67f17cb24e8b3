//! Segments, and the purchases of one customer.

use crate::math::{Day, Unit};
use crate::report::Report;
use crate::report::customers::CustomerDetail;
use crate::words::charts as words;
use crate::words::format::Format;
use crate::words::segments;

use super::super::bars::{Bar, Reach, bars};
use super::super::figure::Figure;
use super::super::table::{Cell, Table};
use super::super::timeline::{Event, Timeline, timeline};

/// Bars at most; a dimension may have thousands of values, and the table has them all.
const MOST_BARS: usize = 15;

/// The segments of a family (`rfm`, `value`, `lifecycle`, `dimension:...`): share of revenue over share of customers.
pub fn segment_shares(report: &Report, family: &str, width: u32, f: &dyn Format) -> Figure {
    let mut words = words::segment_shares(report, family, f);
    let all: Vec<_> = report.segments.iter().filter(|segment| segment.family == family).collect();
    let narrow = width < 480;
    let drawn: Vec<Bar> = all
        .iter()
        .take(MOST_BARS)
        .enumerate()
        .map(|(i, segment)| {
            let of_customers = f.share(segment.customer_share);
            // The first row says what the two numbers are, where it has the room.
            let end = if i == 0 && !narrow { " of revenue" } else { "" };
            let after = if i == 0 && !narrow {
                format!("· {of_customers} of customers")
            } else {
                format!("· {of_customers}")
            };
            Bar {
                name: segments::title(family, &segment.name),
                share: segment.revenue_share.unwrap_or(0.0),
                beside: Some(segment.customer_share.unwrap_or(0.0)),
                end: format!("{}{end}", f.share(segment.revenue_share)),
                after: Some(after),
                lines: vec![
                    segments::title(family, &segment.name),
                    format!("{} of revenue, {}", f.share(segment.revenue_share), f.money(segment.revenue.to_f64())),
                    format!("{of_customers} of customers, {}", f.integer(segment.customers)),
                ],
            }
        })
        .collect();
    if all.len() > MOST_BARS {
        let more = format!("The first {MOST_BARS} of {}; the table has them all.", f.integer(all.len() as u64));
        words.note = Some(words.note.map_or(more.clone(), |note| format!("{more} {note}")));
    }
    let mut table =
        Table::new(&words.sub, &["Segment", "Customers", "Share of customers", "Revenue", "Share of revenue"]);
    for segment in &all {
        table.push(vec![
            Cell::named(segments::title(family, &segment.name), &segment.name),
            Cell::number(f.integer(segment.customers), segment.customers),
            Cell::perhaps(f.share(segment.customer_share), segment.customer_share),
            Cell::number(f.money(segment.revenue.to_f64()), segment.revenue),
            Cell::perhaps(f.share(segment.revenue_share), segment.revenue_share),
        ]);
    }
    bars(&drawn, Reach::Largest, width).framed("segments", words, table)
}

/// The purchases of one customer over time.
pub fn customer_timeline(detail: &CustomerDetail, end: Option<Day>, width: u32, f: &dyn Format) -> Figure {
    let words = words::customer(detail, end, f);
    let end = end.unwrap_or(detail.row.last);
    let events = detail
        .events
        .iter()
        .map(|event| {
            let kind = match (event.purchase, event.amount < crate::math::Money::ZERO) {
                (_, true) => "Refund",
                (true, false) => "Purchase",
                (false, false) => "Not a purchase",
            };
            let mut lines = vec![f.day(event.day), format!("{kind} {}", f.money_exact(event.amount))];
            let named: Vec<String> =
                event.dimensions.iter().filter(|value| !value.is_empty()).take(2).cloned().collect();
            if !named.is_empty() {
                lines.push(named.join(", "));
            }
            Event { day: event.day, amount: event.amount.to_f64(), lines }
        })
        .collect();
    let days = f64::from(detail.row.days_since);
    let quiet = (detail.row.days_since > 0).then(|| (detail.row.last, format!("{} quiet", f.days(days))));
    let chart = timeline(
        &Timeline {
            events,
            end,
            quiet,
            tick: &|value| if value == 0.0 { "0".to_string() } else { f.money_short(value) },
            month: &|month| f.month(&Unit::Month.label(month)),
        },
        width,
    );
    let mut table = Table::new(&words.sub, &["Date", "Amount", "Lines of the file"]);
    for event in &detail.events {
        table.push(vec![
            Cell::named(f.day(event.day), event.day.to_string()),
            Cell::number(f.money_exact(event.amount), event.amount),
            Cell::number(f.integer(u64::from(event.rows)), event.rows),
        ]);
    }
    table.push(vec![
        Cell::name("All"),
        Cell::number(f.money_exact(detail.row.revenue), detail.row.revenue),
        Cell::number(
            f.integer(detail.events.iter().map(|e| u64::from(e.rows)).sum()),
            detail.events.iter().map(|e| u64::from(e.rows)).sum::<u64>(),
        ),
    ]);
    table.total = true;
    chart.framed("customer", words, table)
}
