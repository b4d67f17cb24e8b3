//! The words above the RFM grid.

use crate::math::Money;
use crate::report::Report;

use super::facts;
use super::format::Format;
use super::groups;

/// The finding of the RFM grid: what those who bought lately and often bring.
pub fn title(report: &Report, f: &dyn Format) -> String {
    let best = || report.rfm.cells.iter().filter(|cell| cell.r >= 4 && cell.f >= 4);
    let (customers, revenue): (u64, Money) = (best().map(|c| c.customers).sum(), best().map(|c| c.revenue).sum());
    let all: u64 = report.rfm.cells.iter().map(|cell| cell.customers).sum();
    let whole: Money = report.rfm.cells.iter().map(|cell| cell.revenue).sum();
    if !facts::enough_to_group(report) || all == 0 {
        return format!("Too few to group: {}", f.count(report.totals.customers, "customer"));
    }
    if customers == 0 || whole <= Money::ZERO {
        return "No one has bought both lately and often".to_string();
    }
    let of_all = customers as f64 / all as f64;
    let mut groups = report.segments.iter().filter(|segment| segment.family == "rfm" && segment.customers > 0);
    // Ranked against each other some come last also where all have left.
    let (when, bring) = match groups.next().is_some_and(groups::is_gone) {
        true => ("last and most often", "have brought"),
        false => ("lately and often", "bring"),
    };
    format!(
        "Those who bought {when} are {} of customers and {bring} {} of revenue",
        f.percent(of_all, 0),
        f.percent(revenue.to_f64() / whole.to_f64(), 0)
    )
}

/// What the grid shows.
pub fn sub(f: &dyn Format, report: &Report) -> String {
    format!("{} by when they last bought and on how many days", f.count(report.totals.customers, "customer"))
}

/// The head of a row: days since the last purchase, as the score's range.
pub fn recency_range(range: Option<(u32, u32)>, f: &dyn Format) -> String {
    match range {
        None => "no one".to_string(),
        Some((0, to)) => format!("up to {} ago", f.days(f64::from(to))),
        Some((from, to)) if from == to => format!("{} ago", f.days(f64::from(to))),
        Some((from, to)) => format!("{} to {} ago", f.integer(u64::from(from)), f.days(f64::from(to))),
    }
}

/// The head of a column: days with a purchase, as the score's range.
pub fn frequency_range(range: Option<(u32, u32)>, f: &dyn Format) -> String {
    match range {
        None => "no one".to_string(),
        Some((from, to)) if from == to => f.count(u64::from(from), "day"),
        Some((from, to)) => format!("{} to {}", f.integer(u64::from(from)), f.count(u64::from(to), "day")),
    }
}
