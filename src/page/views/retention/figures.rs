//! The figures of who stays.

use crate::page::parts::edits::Edit;
use crate::page::parts::explain::Explain;
use crate::page::parts::figures::{Delta, KeyFigure};
use crate::report::Report;
use crate::settings::ActiveRule;
use crate::words::format::{Format, NOT_DEFINED, rate_places};

/// All four.
pub fn all(report: &Report, format: &dyn Format) -> Vec<KeyFigure> {
    vec![kept(report, format), lost(report, format), repeat(report, format), active(report, format)]
}

/// A yearly rate: scaled where the data is shorter than a year.
fn yearly(rate: Option<f64>, report: &Report, format: &dyn Format) -> String {
    let of = report.retention.yearly.kept.as_ref().map_or(0, |kept| kept.of);
    rate.map_or(NOT_DEFINED.to_owned(), |rate| format.percent(rate, rate_places(of)))
}

/// Over which days it was measured.
fn measured(report: &Report, format: &dyn Format) -> String {
    let yearly = &report.retention.yearly;
    match (yearly.start, report.period.end) {
        (Some(start), Some(end)) => format!("{} to {}", format.day(start), format.day(end)),
        _ => NOT_DEFINED.to_owned(),
    }
}

fn note(report: &Report, format: &dyn Format) -> String {
    let yearly = &report.retention.yearly;
    match (yearly.kept, yearly.scaled) {
        (None, _) => "The data is too short: no one was active at a start that can be measured from.".to_owned(),
        (Some(_), true) => format!(
            "The data covers {} only, so the rate was scaled to a year: rate ^ (365.25 ÷ {}).",
            format.days(f64::from(yearly.days)),
            yearly.days
        ),
        (Some(_), false) => "New customers are not counted, so it can’t be above 100%.".to_owned(),
    }
}

fn kept(report: &Report, format: &dyn Format) -> KeyFigure {
    let year = &report.retention.yearly;
    let value = yearly(year.crr, report, format);
    let mut words = String::new();
    let mut inputs = vec![("Measured".to_owned(), measured(report, format))];
    let mut numbers = NOT_DEFINED.to_owned();
    if let Some(kept) = &year.kept {
        let interval = format.interval(kept);
        words = format!("{} of {}", format.integer(kept.count), format.integer(kept.of));
        if let Some(interval) = interval.as_ref().filter(|_| !year.scaled) {
            words.push_str(&format!(" · 95%: {interval}"));
        }
        inputs.extend(
            interval.map(|interval| ("95% interval, before scaling".to_owned(), interval)).filter(|_| year.scaled),
        );
        numbers = format!("{} ÷ {} = {}", format.integer(kept.count), format.integer(kept.of), format.rate(kept));
    }
    KeyFigure {
        id: "kept",
        name: "Customers kept, a year",
        value,
        delta: Delta::words(words),
        explain: Explain {
            meaning:
                "Of the customers who were active a year ago, the share who still are (CRR, customer retention rate)."
                    .to_owned(),
            formula: "still active ÷ active at the start".to_owned(),
            numbers,
            inputs,
            note: note(report, format),
            edits: vec![Edit::Active],
        },
        ..KeyFigure::default()
    }
}

fn lost(report: &Report, format: &dyn Format) -> KeyFigure {
    let year = &report.retention.yearly;
    let value = yearly(year.churn, report, format);
    let lost = year.kept.as_ref().map(|kept| kept.of - kept.count);
    KeyFigure {
        id: "lost",
        name: "Customers lost, a year",
        value: value.clone(),
        delta: Delta::words(lost.map(|lost| format.count(lost, "customer")).unwrap_or_default()),
        explain: Explain {
            meaning: "Of the customers who were active a year ago, the share who no longer are (churn rate)."
                .to_owned(),
            formula: "100% − customers kept".to_owned(),
            numbers: match year.crr {
                Some(_) => format!("100% − {} = {value}", yearly(year.crr, report, format)),
                None => value,
            },
            inputs: vec![("Measured".to_owned(), measured(report, format))],
            note:
                "Without a contract no one says goodbye: who has not bought for long counts as lost until they return."
                    .to_owned(),
            edits: vec![Edit::Active],
        },
        ..KeyFigure::default()
    }
}

fn repeat(report: &Report, format: &dyn Format) -> KeyFigure {
    let repeat = &report.totals.repeat;
    let value = format.rate(repeat);
    let mut inputs = vec![("Bought once".to_owned(), format.integer(repeat.of - repeat.count))];
    inputs.extend(format.interval(repeat).map(|interval| ("95% interval".to_owned(), interval)));
    KeyFigure {
        id: "repeat",
        name: "Bought at least twice",
        value: value.clone(),
        delta: Delta::words(format!("{} of {}", format.integer(repeat.count), format.integer(repeat.of))),
        explain: Explain {
            meaning: "The share of customers with two purchases or more in the period (repeat purchase rate)."
                .to_owned(),
            formula: "customers with 2 or more purchases ÷ customers".to_owned(),
            numbers: format!("{} ÷ {} = {value}", format.integer(repeat.count), format.integer(repeat.of)),
            inputs,
            note: "Customers who came lately have had little time for a second purchase.".to_owned(),
            edits: Vec::new(),
        },
        ..KeyFigure::default()
    }
}

fn active(report: &Report, format: &dyn Format) -> KeyFigure {
    let retention = &report.retention;
    let (value, unit, words) = match (report.settings.active, retention.active_window_days) {
        (ActiveRule::CalendarMonth, _) => ("a month".to_owned(), "", "who bought in the calendar month".to_owned()),
        (ActiveRule::Window { .. }, Some(days)) => (format.integer(u64::from(days)), "days", "set by you.".to_owned()),
        (ActiveRule::OwnRhythm, Some(days)) => {
            (format.integer(u64::from(days)), "days", "9 of 10 gaps are shorter.".to_owned())
        }
        (_, None) => (NOT_DEFINED.to_owned(), "", "no one has bought twice.".to_owned()),
    };
    let mut inputs = vec![
        ("Gaps between purchases".to_owned(), format.integer(retention.gaps)),
        ("Active at the end of the period".to_owned(), format.integer(retention.active_now)),
    ];
    inputs.extend(retention.median_gap_days.map(|days| ("Median gap".to_owned(), format.days(days))));
    KeyFigure {
        id: "active",
        name: "Counts as active",
        value: value.clone(),
        unit: unit.to_owned(),
        delta: Delta::words(words),
        act: "Set another",
        explain: Explain {
            meaning: "For how long after a purchase someone still counts as a customer of yours.".to_owned(),
            formula: "the gap that 9 of 10 gaps between two purchases stay below".to_owned(),
            numbers: format!("{value} {unit}").trim().to_owned(),
            inputs,
            note: "Customers kept and lost follow from it.".to_owned(),
            edits: vec![Edit::Active],
        },
        ..KeyFigure::default()
    }
}
