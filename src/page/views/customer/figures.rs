//! The figures of one customer.

use crate::math::money::Derived;
use crate::page::parts::explain::Explain;
use crate::page::parts::figures::{Delta, KeyFigure};
use crate::report::customers::CustomerDetail;
use crate::words::format::{Format, NOT_DEFINED};

/// All four.
pub fn all(detail: &CustomerDetail, format: &dyn Format) -> Vec<KeyFigure> {
    let row = &detail.row;
    let each = Derived::finite(row.revenue.to_f64() / f64::from(row.purchases));
    let gap = row.usual_gap.map_or(NOT_DEFINED.to_owned(), |gap| format.number(gap, 0));
    let quiet = format.integer(u64::from(row.days_since));
    let late = match row.usual_gap {
        Some(gap) if gap >= 1.0 => {
            let times = f64::from(row.days_since) / gap;
            format!("{} times the usual gap", format.number(times, u8::from(times < 9.95)))
        }
        _ => format!("since {}", format.day(row.last)),
    };
    let place = format.integer(detail.rank);
    vec![
        KeyFigure {
            id: "brought",
            name: "Brought so far",
            value: format.money_exact(row.revenue),
            delta: Delta::words(match row.purchases {
                1 => "1 purchase".to_owned(),
                many => format!("{}, {} each", format.count(u64::from(many), "purchase"), format.derived(each)),
            }),
            explain: Explain {
                meaning: "What this customer paid in the period, less what you gave back.".to_owned(),
                formula: "purchases − refunds".to_owned(),
                numbers: format.money_exact(row.revenue),
                inputs: vec![("Purchases".to_owned(), format.integer(u64::from(row.purchases)))],
                ..Explain::default()
            },
            ..KeyFigure::default()
        },
        KeyFigure {
            id: "gap",
            name: "Usual gap",
            value: gap.clone(),
            unit: row.usual_gap.map_or("", |_| days(&gap)).to_owned(),
            delta: Delta::words(match row.usual_gap {
                Some(_) => "half of the gaps are shorter",
                None => "bought on one day only",
            }),
            explain: Explain {
                meaning: "The middle one of the gaps between this customer’s purchase days.".to_owned(),
                formula: "median of the gaps in days".to_owned(),
                numbers: gap,
                inputs: vec![("Gaps".to_owned(), format.integer(u64::from(row.frequency)))],
                note: "Two purchases on one day are one purchase day.".to_owned(),
                ..Explain::default()
            },
            ..KeyFigure::default()
        },
        KeyFigure {
            id: "quiet",
            name: "Quiet for",
            value: quiet.clone(),
            unit: days(&quiet).to_owned(),
            delta: Delta::words(late),
            explain: Explain {
                meaning: "Days from the last purchase to the end of the period.".to_owned(),
                formula: "end of the period − last purchase".to_owned(),
                numbers: format!("{} → {quiet} {}", format.day(row.last), days(&quiet)),
                ..Explain::default()
            },
            ..KeyFigure::default()
        },
        KeyFigure {
            id: "rank",
            name: "Place by revenue",
            value: place.clone(),
            unit: format!("of {}", format.integer(detail.customers)),
            explain: Explain {
                meaning: "This customer’s place among all of the period, the one who brought most first.".to_owned(),
                formula: "customers who brought more + 1".to_owned(),
                numbers: place,
                ..Explain::default()
            },
            ..KeyFigure::default()
        },
    ]
}

/// The unit of a number of days as it is written.
fn days(number: &str) -> &'static str {
    if number == "1" { "day" } else { "days" }
}
