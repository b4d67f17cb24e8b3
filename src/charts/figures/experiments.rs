//! The sides of a test against its control.

use super::super::estimates::{Estimate, Estimates, around_zero, estimates};
use super::super::figure::Figure;
use super::super::table::{Cell, Table};
use crate::ingest::profile::shown;
use crate::report::experiments::{Against, Experiment, Measure, Verdict};
use crate::words::charts::ChartWords;
use crate::words::experiments as words;
use crate::words::format::Format;

/// The difference of each side from the control, with its 95 % interval.
pub fn test_sides(test: &Experiment, width: u32, f: &dyn Format) -> Figure {
    let table = sides_table(test, f);
    let others = || test.variants.iter().zip(&table.rows).filter_map(|(side, row)| Some((side, side.against?, row)));
    let scale = if test.measure == Measure::Rate { 100.0 } else { 1.0 };
    let rows: Vec<Estimate> = others()
        .map(|(side, against, row)| Estimate {
            name: shown(&side.name),
            value: against.difference * scale,
            line: Some((against.low * scale, against.high * scale)),
            end: row[3].text.clone(),
            after: String::new(),
            subject: matches!(against.verdict, Verdict::Better | Verdict::Worse),
            lines: vec![
                shown(&side.name),
                format!("{} ({})", row[3].text, row[4].text),
                format!("Chance it is better: {}", row[5].text),
            ],
        })
        .collect();
    let tick = |value: f64| match test.measure {
        Measure::Money => f.money_short(value),
        _ => f.number(value, u8::from((value - value.round()).abs() > 1e-9)),
    };
    let base = test.variants.first().map(|side| shown(&side.name)).unwrap_or_default();
    let unit = match test.measure {
        Measure::Rate => "in points",
        Measure::Number => "of the means",
        Measure::Money => "of what each spent",
    };
    let title = words::title(test, f);
    let words = ChartWords {
        sentence: format!("{title}."),
        title,
        sub: format!("Difference from {base} {unit}, with its 95% interval. {}", words::about(test, f)),
        note: None,
    };
    let spec = Estimates { rows: &rows, scale: around_zero(&rows, width), tick: &tick, reference: None };
    estimates(&spec, width).framed("test", words, table)
}

/// The sides of a test, one a row.
pub fn sides_table(test: &Experiment, f: &dyn Format) -> Table {
    let who = if test.by_customer { "Customers" } else { "Units" };
    let value_head = match test.measure {
        Measure::Rate => "Did it",
        Measure::Number => "Mean",
        Measure::Money => "Spent each",
    };
    let head = ["Side", who, value_head, "Difference", "95% interval", "Chance it is better", "p", "Result"];
    let mut table = Table::new(format!("The sides of {}", words::heading(test)), &head);
    for side in &test.variants {
        let against = side.against.as_ref();
        let raw = side.rate.and_then(|rate| rate.rate).or(side.mean.map(|mean| mean.0));
        let of = |text: &dyn Fn(&Against) -> String| against.map_or_else(String::new, text);
        let signed = |against: &Against| {
            let sign = if against.difference < 0.0 { "−" } else { "+" };
            format!("{sign}{}", words::size(test, against.difference, f))
        };
        let ends = |against: &Against| {
            format!("{} to {}", words::end(test, against.low, f), words::end(test, against.high, f))
        };
        table.push(vec![
            Cell::name(shown(&side.name)),
            Cell::number(f.integer(side.units), side.units),
            Cell::perhaps(words::value(test, side, f), raw),
            Cell::perhaps(of(&signed), against.map(|against| against.difference)),
            Cell::named(of(&ends), against.map_or_else(String::new, |a| format!("{} to {}", a.low, a.high))),
            Cell::perhaps(of(&|against| words::chance(against.chance_better, f)), against.map(|a| a.chance_better)),
            Cell::perhaps(of(&|against| words::probability(against.p_adjusted, f)), against.map(|a| a.p_adjusted)),
            Cell::name(words::verdict(against)),
        ]);
    }
    table
}
