//! The six figures of the overview.

use crate::page::parts::edits::Edit;
use crate::page::parts::explain::Explain;
use crate::page::parts::figures::{Delta, KeyFigure, Way};
use crate::page::views::value::figures as worth;
use crate::report::Report;
use crate::report::schema::Recent;
use crate::words::format::{Format, NOT_DEFINED};

/// All six.
pub fn all(report: &Report, format: &dyn Format) -> Vec<KeyFigure> {
    vec![
        revenue(report, format),
        customers(report, format),
        average(report, format),
        kept(report, format),
        worth_of_one(report, format),
        cost(report, format),
    ]
}

/// The change of an amount or a count against the 12 months before.
fn change(report: &Report, now: f64, before: f64, written: String) -> Delta {
    let Some(recent) = &report.recent else { return Delta::default() };
    if before <= 0.0 {
        return Delta::default();
    }
    let share = (now - before) / before;
    let percent = (share * 100.0).round();
    let words = match shows_recent(report, recent) {
        true => format!("from {written}"),
        false => "in the last 12 months".to_owned(),
    };
    if percent == 0.0 {
        return Delta::words(format!(
            "no change {}",
            if shows_recent(report, recent) { &words } else { "in the last 12 months" }
        ));
    }
    let way = if share > 0.0 { Way::Up } else { Way::Down };
    Delta { way: Some(way), good: share > 0.0, change: format!("{:.0}%", percent.abs()), words }
}

/// Whether the period shown is the last 12 months themselves.
fn shows_recent(report: &Report, recent: &Recent) -> bool {
    report.period.start == Some(recent.now.start) && report.period.end == Some(recent.now.end)
}

fn revenue(report: &Report, format: &dyn Format) -> KeyFigure {
    let totals = &report.totals;
    let delta = report.recent.as_ref().map(|recent| {
        let (now, before) = (recent.now.revenue.to_f64(), recent.before.revenue.to_f64());
        change(report, now, before, format.money(before))
    });
    let left_out: u64 = report.tables.iter().flat_map(|table| &table.left_out).map(|left| left.rows).sum();
    KeyFigure {
        id: "revenue",
        name: "Revenue",
        value: format.money(totals.revenue.to_f64()),
        delta: delta.unwrap_or_default(),
        mean: "After refunds".to_owned(),
        explain: Explain {
            meaning: "What customers paid in the period, less what you gave back.".to_owned(),
            formula: "gross sales − refunds".to_owned(),
            numbers: format!(
                "{} − {} = {}",
                format.money_exact(totals.gross),
                format.money_exact(totals.refunds),
                format.money_exact(totals.revenue)
            ),
            inputs: vec![
                ("Purchases".to_owned(), format.integer(totals.purchases)),
                ("Rows behind it".to_owned(), format.integer(totals.rows)),
                ("Refunds, on their own date".to_owned(), format.integer(totals.refund_rows)),
                ("Rows left out of the files".to_owned(), format.integer(left_out)),
            ],
            note: "A refund counts on the day it was made. Rows left out are listed in the data receipt.".to_owned(),
            edits: Vec::new(),
        },
        ..KeyFigure::default()
    }
}

fn customers(report: &Report, format: &dyn Format) -> KeyFigure {
    let totals = &report.totals;
    let delta = report.recent.as_ref().map(|recent| {
        change(
            report,
            recent.now.customers as f64,
            recent.before.customers as f64,
            format.integer(recent.before.customers),
        )
    });
    let before = totals.customers.saturating_sub(totals.new_customers);
    KeyFigure {
        id: "customers",
        name: "Customers who bought",
        value: format.integer(totals.customers),
        delta: delta.unwrap_or_default(),
        mean: format!("{} of them for the first time", format.integer(totals.new_customers)),
        explain: Explain {
            meaning: "Different customers with at least one purchase in the period.".to_owned(),
            formula: "customers with 1 or more purchases".to_owned(),
            numbers: format.integer(totals.customers),
            inputs: vec![
                ("For the first time".to_owned(), format.integer(totals.new_customers)),
                ("Had bought before".to_owned(), format.integer(before)),
            ],
            note: "Who is new is judged from all of your data, not from the period alone.".to_owned(),
            edits: Vec::new(),
        },
        ..KeyFigure::default()
    }
}

fn average(report: &Report, format: &dyn Format) -> KeyFigure {
    let totals = &report.totals;
    let delta = report.recent.as_ref().and_then(|recent| {
        let (now, before) = (recent.now.aov?, recent.before.aov?);
        Some(change(report, now.0, before.0, format.money(before.0)))
    });
    KeyFigure {
        id: "average",
        name: "Average order",
        value: format.derived(totals.aov),
        delta: delta.unwrap_or_default(),
        mean: "Revenue for each purchase".to_owned(),
        explain: Explain {
            meaning: "How much one purchase brings (AOV, average order value).".to_owned(),
            formula: "revenue ÷ purchases".to_owned(),
            numbers: format!(
                "{} ÷ {} = {}",
                format.money(totals.revenue.to_f64()),
                format.integer(totals.purchases),
                format.derived(totals.aov)
            ),
            inputs: vec![
                ("Purchases".to_owned(), format.integer(totals.purchases)),
                ("Rows behind them".to_owned(), format.integer(totals.rows)),
            ],
            note: "Rows with the same order number are one purchase; without order numbers, those of a customer at one time.".to_owned(),
            edits: Vec::new(),
        },
        ..KeyFigure::default()
    }
}

fn kept(report: &Report, format: &dyn Format) -> KeyFigure {
    let recent = report.recent.as_ref();
    let now = recent.and_then(|recent| recent.now.kept);
    let before = recent.and_then(|recent| recent.before.kept);
    let delta = match (now, before) {
        (Some(now), Some(before)) => match (now.rate, before.rate) {
            (Some(a), Some(b)) if !now.within_chance_of(&before) => Delta {
                way: Some(if a > b { Way::Up } else { Way::Down }),
                good: a > b,
                change: crate::words::format::points(a - b, format),
                words: format!("from {}", format.rate(&before)),
            },
            _ => Delta::words(format!("{} the year before: no clear change", format.rate(&before))),
        },
        _ => Delta::default(),
    };
    let value = now.as_ref().map_or(NOT_DEFINED.to_owned(), |kept| format.rate(kept));
    let mut explain = Explain {
        meaning: "Of the customers who bought in the 12 months before, how many bought again in the last 12 months \
                  (retention rate)."
            .to_owned(),
        formula: "kept ÷ customers of the 12 months before".to_owned(),
        note: "New customers are not counted, so this can’t be above 100%.".to_owned(),
        ..Explain::default()
    };
    match &now {
        Some(kept) => {
            explain.numbers = format!("{} ÷ {} = {value}", format.integer(kept.count), format.integer(kept.of));
            explain.inputs.push(("Lost".to_owned(), format.integer(kept.of - kept.count)));
            explain.inputs.extend(format.interval(kept).map(|interval| ("95% interval".to_owned(), interval)));
        }
        None => explain.numbers = "not defined: it takes two years of data".to_owned(),
    }
    let mean = match now {
        Some(_) => "Bought in the 12 months before, and in the last 12".to_owned(),
        None => "It takes two years of data".to_owned(),
    };
    KeyFigure { id: "kept", name: "Customers kept", value, delta, mean, explain, ..KeyFigure::default() }
}

fn worth_of_one(report: &Report, format: &dyn Format) -> KeyFigure {
    let totals = &report.totals;
    let of = if report.settings.margin.is_some() { "margin" } else { "revenue" };
    let delta = totals.lifespan_years.map(|years| format!("{of} over {} years", format.number(years, 1)));
    KeyFigure {
        delta: delta.map(Delta::words).unwrap_or_default(),
        mean: match report.settings.margin {
            Some(_) => "Simple method: what is left after the cost of goods".to_owned(),
            None => "Simple method, before the cost of goods".to_owned(),
        },
        ..worth::worth(report, format)
    }
}

fn cost(report: &Report, format: &dyn Format) -> KeyFigure {
    let totals = &report.totals;
    let mean = totals.ltv_cac.map(|ratio| format!("You earn {} times that", format.number(ratio, 1)));
    let act = if totals.cac.is_none() { "Type it in" } else { "" };
    let figure = worth::cost(report, format);
    KeyFigure {
        mean: mean.unwrap_or_default(),
        act,
        explain: Explain { edits: vec![Edit::Spend], ..figure.explain.clone() },
        ..figure
    }
}
