//! How customers live on: who of each cohort is still there, when some bought, lines of equal value.

use super::super::figure::{Chart, Figure};
use super::super::lines::{Line, Lines, lines};
use super::super::role::{Dash, Tint};
use super::super::rows::{Row, rows};
use super::super::table::{Cell, Table};
use super::super::ticks::{Scale, XTick};
use super::models::{Pair, pairs};
use crate::ingest::profile::shown;
use crate::math::Unit;
use crate::report::Report;
use crate::report::checks::{Modelling, Survival};
use crate::words::forecast::about;
use crate::words::format::Format;
use crate::words::lives as words;

/// Who of each cohort is still there, by the models and by their last purchase.
pub fn cohorts(told: &Modelling, report: &Report, width: u32, f: &dyn Format) -> Figure {
    let cohorts = &told.checks.cohorts;
    let years = cohorts.iter().all(|cohort| cohort.cohort.len() == 4);
    let unit = if years { Unit::Year } else { report.settings.cohort_unit };
    let name = |label: &str| f.period(label, unit);
    let words = words::cohorts(cohorts, &name, f);
    let mut table =
        Table::new(&words.sub, &["First bought", "Customers", "Still there, by the models", "Bought lately"]);
    let mut list = Vec::new();
    for cohort in cohorts {
        let label = name(&cohort.cohort);
        table.push(vec![
            Cell::named(label.clone(), &cohort.cohort),
            Cell::number(f.integer(cohort.customers), cohort.customers),
            Cell::number(f.percent(cohort.alive, 1), cohort.alive),
            Cell::number(f.percent(cohort.active, 1), cohort.active),
        ]);
        list.push(Pair {
            lines: vec![
                format!("{label}: {}", f.count(cohort.customers, "customer")),
                format!("{} still there, by the models", f.percent(cohort.alive, 0)),
                format!("{} bought lately", f.percent(cohort.active, 0)),
            ],
            label,
            actual: cohort.active,
            expected: cohort.alive,
        });
    }
    let names = ["bought lately", "still there"];
    let tick = |value: f64| if value == 0.0 { "0".to_owned() } else { f.percent(value, 0) };
    pairs(&list, names, "first bought", &tick, width).framed("model-cohorts", words, table)
}

/// How cohorts have lived on, by age: what the models tell, and what is seen.
pub fn survival(told: &Modelling, report: &Report, width: u32, f: &dyn Format) -> Figure {
    let Some(survival) = &told.checks.survival else { return nothing("model-survival", width) };
    let Survival { step_months, cohorts } = survival;
    let years = cohorts.iter().all(|cohort| cohort.cohort.len() == 4);
    let unit = if years { Unit::Year } else { report.settings.cohort_unit };
    let name = |label: &str| f.period(label, unit);
    let words = words::survival(survival, &name, f);
    let months = |at: usize| at as u32 * step_months;
    let mut table = Table::new(
        &words.sub,
        &["First bought", "Months since then", "Still there, by the models", "Bought then or later"],
    );
    let mut list = Vec::new();
    for (place, cohort) in cohorts.iter().enumerate() {
        let line = |name: String, dash, values: &[f64]| Line {
            name,
            tint: Tint::nth(place),
            dash,
            values: values.iter().copied().map(Some).collect(),
            band: Vec::new(),
            end: None,
        };
        list.push(line(name(&cohort.cohort), Dash::Solid, &cohort.alive));
        list.insert(0, line(String::new(), Dash::ThinDots, &cohort.seen));
        for (at, (alive, seen)) in cohort.alive.iter().zip(&cohort.seen).enumerate() {
            table.push(vec![
                Cell::named(name(&cohort.cohort), &cohort.cohort),
                Cell::number(months(at).to_string(), months(at)),
                Cell::number(f.percent(*alive, 1), alive),
                Cell::number(f.percent(*seen, 1), seen),
            ]);
        }
    }
    let count = cohorts.iter().map(|cohort| cohort.alive.len()).max().unwrap_or_default();
    let tip = |at: usize| {
        let mut tip = vec![format!("After {}", f.count(u64::from(months(at)), "month"))];
        tip.extend(cohorts.iter().filter(|cohort| at < cohort.alive.len()).map(|cohort| {
            let [alive, seen] = [cohort.alive[at], cohort.seen[at]].map(|share| f.percent(share, 0));
            format!("{}: {alive} there, {seen} seen", name(&cohort.cohort))
        }));
        tip
    };
    let every = (count as f64 * 40.0 / f64::from(width)).ceil().max(1.0) as usize;
    let chart = lines(
        &Lines {
            lines: list,
            count,
            scale: Scale::from_zero(0.0, 1.0, 4),
            tick: &|value| if value == 0.0 { "0".to_owned() } else { f.percent(value, 0) },
            x: (0..count).step_by(every).map(|at| XTick { at, text: months(at).to_string(), year: false }).collect(),
            x_title: Some("months since the first purchase".to_owned()),
            reference: None,
            tips: (0..count).map(tip).collect(),
            names_inside: false,
        },
        width,
    );
    chart.framed("model-survival", words, table)
}

/// A figure without anything in it.
fn nothing(id: &'static str, width: u32) -> Figure {
    Chart { width, height: 1, ..Chart::default() }.framed(id, Default::default(), Table::default())
}

/// When some customers bought.
pub fn timing(told: &Modelling, _: &Report, width: u32, f: &dyn Format) -> Figure {
    let timing = &told.checks.timing;
    let words = words::timing(timing, told.checks.chosen, f);
    let mut table =
        Table::new(&words.sub, &["Customer", "Purchase days", "Days since the first", "Chance to be there"]);
    let mut list = Vec::new();
    for row in timing {
        let (customer, bought) = (shown(&row.customer), f.integer(row.days.len() as u64));
        let days: Vec<String> = row.days.iter().map(u32::to_string).collect();
        table.push(vec![
            Cell::name(&customer),
            Cell::number(bought.clone(), row.days.len() as u32),
            Cell::name(days.join(" ")),
            Cell::number(f.percent(row.alive, 0), row.alive),
        ]);
        list.push(Row {
            length: f64::from(row.age_days),
            dots: row.days.iter().copied().map(f64::from).collect(),
            lines: vec![
                customer,
                format!("{bought} purchase days in {}", f.days(f64::from(row.age_days))),
                format!("{} to be there", f.percent(row.alive, 0)),
            ],
        });
    }
    let tick = |value: f64| if value == 0.0 { "first purchase".to_owned() } else { f.days(value) };
    rows(&list, &tick, width).framed("model-timing", words, table)
}

/// Lines of equal value by repeat purchases and silence.
pub fn iso_value(told: &Modelling, _: &Report, width: u32, f: &dyn Format) -> Figure {
    let Some(iso) = &told.checks.iso_value else { return nothing("model-iso", width) };
    let words = words::iso_value(iso, f);
    let high = iso.lines.iter().flat_map(|line| &line.since_days).flatten().copied().fold(0.0, f64::max);
    let amount = |value: f64| about(value, f);
    let tip = |at: usize| {
        let mut tip = vec![format!("{} repeat purchases", iso.repeats[at])];
        let of = |line: &crate::report::checks::IsoLine| {
            let days = line.since_days[at]?;
            Some(format!("{} until {} of silence", amount(line.value.0), f.days(libm::round(days))))
        };
        tip.extend(iso.lines.iter().rev().filter_map(of));
        if tip.len() == 1 {
            tip.push("on none of the lines".to_owned());
        }
        tip
    };
    let every = (iso.repeats.len() as f64 * 40.0 / f64::from(width)).ceil().max(1.0) as usize;
    let line = |(place, line): (usize, &crate::report::checks::IsoLine)| Line {
        name: amount(line.value.0),
        tint: Tint::nth(place),
        dash: Dash::Solid,
        values: line.since_days.clone(),
        band: Vec::new(),
        end: None,
    };
    let chart = lines(
        &Lines {
            lines: iso.lines.iter().enumerate().map(line).collect(),
            count: iso.repeats.len(),
            scale: Scale::from_zero(0.0, high, 4),
            tick: &|value| f.number(value, 0),
            x: (0..iso.repeats.len())
                .step_by(every)
                .map(|at| XTick { at, text: iso.repeats[at].to_string(), year: false })
                .collect(),
            x_title: Some("repeat purchases; upwards: days of silence".to_owned()),
            reference: None,
            tips: (0..iso.repeats.len()).map(tip).collect(),
            names_inside: false,
        },
        width,
    );
    let mut table = Table::new(&words.sub, &["Worth of 12 months", "Repeat purchases", "Days since the last purchase"]);
    for line in &iso.lines {
        for (repeats, days) in iso.repeats.iter().zip(&line.since_days) {
            let Some(days) = days else { continue };
            table.push(vec![
                Cell::name(amount(line.value.0)),
                Cell::number(repeats.to_string(), *repeats),
                Cell::number(f.number(*days, 0), *days),
            ]);
        }
    }
    chart.framed("model-iso", words, table)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{WIDTHS, check};
    use super::*;
    use crate::math::money::Derived;
    use crate::report::checks::{Checks, CohortAlive, CohortSurvival, IsoLine, IsoValue, Timing};
    use crate::report::models::Models;
    use crate::words::fixture;
    use crate::words::format::Plain;

    fn told() -> Modelling {
        let cohort =
            |year: u32, alive: f64| CohortAlive { cohort: year.to_string(), customers: 90, alive, active: 0.2 };
        let row = |n: u32| Timing {
            customer: format!("C-{n}"),
            number: n,
            age_days: 700 - n * 20,
            days: (0..3 + n).map(|at| at * 11).collect(),
            alive: 0.4,
        };
        let line = |k: u32| IsoLine {
            value: Derived(f64::from(50 * k)),
            since_days: (0..15).map(|at| (at > k).then(|| f64::from(600 - 20 * at - 60 * k))).collect(),
        };
        let iso = IsoValue {
            age_days: 500,
            purchase: Derived(36.5),
            repeats: (1..=15).collect(),
            lines: (1..=4).map(line).collect(),
        };
        let survived = |year: u32| CohortSurvival {
            cohort: year.to_string(),
            customers: 90,
            alive: (0..2 * (2026 - year)).map(|at| 1.0 / (1.0 + 0.1 * f64::from(at))).collect(),
            seen: (0..2 * (2026 - year)).map(|at| 1.0 - f64::from(at) / f64::from(2 * (2026 - year) - 1)).collect(),
        };
        let checks = Checks {
            survival: Some(Survival { step_months: 2, cohorts: (2018..2024).map(survived).collect() }),
            cohorts: (2018..2025).map(|year| cohort(year, f64::from(year - 2017) / 10.0)).collect(),
            timing: (0..24).map(row).collect(),
            iso_value: Some(iso),
            ..Checks::default()
        };
        Modelling { models: Models::default(), checks }
    }

    #[test]
    fn texts_stay_in_the_picture_and_tables_hold_what_is_drawn() {
        let (f, report, told) = (Plain::new(Some("EUR")), fixture::report(), told());
        for width in WIDTHS {
            check(&cohorts(&told, &report, width, &f));
            check(&timing(&told, &report, width, &f));
            check(&survival(&told, &report, width, &f));
            check(&iso_value(&told, &report, width, &f));
        }
        let figure = timing(&told, &report, 640, &f);
        assert_eq!((figure.points.len(), figure.table.rows.len()), (24, 24));
        assert_eq!(figure.table.rows[0][2].text, "0 11 22");
        assert_eq!(iso_value(&told, &report, 640, &f).points.len(), 15);
        let cells: Vec<String> =
            cohorts(&told, &report, 640, &f).table.rows[0].iter().map(|c| c.text.clone()).collect();
        assert_eq!(cells, ["2018", "90", "10.0%", "20.0%"]);
        let figure = survival(&told, &report, 640, &f);
        // Six cohorts of 16, 14, … and 6 ages, a line and a line of dots each.
        assert_eq!((figure.table.rows.len(), figure.svg.matches(" thin dots\"").count()), (66, 6));
        let cells: Vec<&str> = figure.table.rows[15].iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(cells, ["2018", "30", "40.0%", "0.0%"]);
        assert_eq!(
            figure.title,
            "16 months after they first bought, an estimated 56% of those of 2018 were still there; 47% have bought at that age or later"
        );
        let none = Modelling { checks: Checks::default(), ..told };
        assert!(iso_value(&none, &report, 640, &f).table.rows.is_empty());
        assert!(survival(&none, &report, 640, &f).table.rows.is_empty());
    }
}
