//! What tests have shown (definitions.md, section 4): A/B and A/B/n tests of rates and means.
//!
//! * [`experiments`] (here): the tests of all tables.
//! * [`units`]: rows of a table to units: one for each customer, on one side only.
//! * [`compare`]: the sides of a test held against its control.

pub mod compare;
pub mod units;

use super::beside::{Beside, Side};
use crate::ledger::Visits;
use crate::math::Day;
use crate::report::experiments::{Ask, Experiment, Experiments, Measure, Source};
use crate::roles::Role;
use crate::roles::kind::TableKind;
use crate::tables::{NO_DAY, NO_NUMBER};
use units::{Merge, Test, Units};

/// Days from the day of a customer's row on in which purchases are counted, where a file does not say what came of a test.
pub const WINDOW_DAYS: u32 = 30;

/// The tests of all tables, as they are shown.
pub fn experiments(ask: &Ask, beside: &Beside<'_>) -> Experiments {
    let mut found = Experiments::default();
    for side in beside.of(TableKind::Experiment) {
        for test in units::tests(side, beside) {
            let control = ask.controls.iter().find(|control| control.file == side.file && control.test == test.name);
            let control = control.map(|control| control.variant.as_str());
            for (measure, source, units) in measured(side, beside, &test) {
                found.tests.push(entry(side.file, &test, measure, source, &units, control));
            }
        }
    }
    found
}

/// What was measured of a test: in its file, else in the orders; without either it is a rate of which nothing is known.
fn measured(side: &Side<'_>, beside: &Beside<'_>, test: &Test<'_>) -> Vec<(Measure, Source, Units)> {
    let column = |role: Role| {
        side.table.numbers(role).map(|numbers| move |row: usize| Some(numbers[row]).filter(|value| *value != NO_NUMBER))
    };
    let mut measured = Vec::new();
    if let Some(outcome) = column(Role::Outcome) {
        let of_rows = test.rows.iter().filter_map(|row| outcome(row.row as usize));
        let (measure, merge) = match units::is_yes_or_no(of_rows) {
            true => (Measure::Rate, Merge::Any),
            false => (Measure::Number, Merge::Mean),
        };
        measured.push((measure, Source::File, test.units(merge, &outcome)));
    }
    if let Some(amount) = column(Role::Amount) {
        measured.push((Measure::Money, Source::File, test.units(Merge::Sum, &amount)));
    }
    let is_known = || test.rows.iter().any(|row| side.customer(row.row as usize).is_some());
    if let (true, Some(days)) = (measured.is_empty() && is_known(), side.table.days(Role::Date)) {
        for measure in [Measure::Rate, Measure::Money] {
            let bought = |row: usize| bought(beside, side.customer(row), days[row], measure);
            measured.push((measure, Source::Orders { days: WINDOW_DAYS }, test.units(Merge::First, &bought)));
        }
    }
    if measured.is_empty() {
        measured.push((Measure::Rate, Source::File, test.units(Merge::Any, &|_| None)));
    }
    measured
}

/// What a customer bought from a day on; nothing where the window is not over. Who is not in the orders has not bought. Yes
/// is 1, as in a file.
fn bought(beside: &Beside<'_>, customer: Option<u32>, day: Day, measure: Measure) -> Option<i64> {
    let last = day.plus(WINDOW_DAYS as i32 - 1);
    if day == NO_DAY || last > beside.shown.end {
        return None;
    }
    let visits = |history: &Visits, place: usize| {
        let own = history.of_customer(place).iter().filter(|visit| day <= visit.day && visit.day <= last);
        match measure {
            Measure::Rate => i64::from(own.map(|visit| visit.purchases).sum::<u32>() > 0) * units::YES,
            Measure::Number | Measure::Money => own.map(|visit| visit.revenue).sum(),
        }
    };
    // Nobody who is filtered out comes this far, so a customer who is not in the history has bought nothing by its end.
    Some(
        customer
            .and_then(|customer| beside.place_in_history(customer))
            .map_or(0, |place| visits(beside.history, place)),
    )
}

fn entry(
    file: &str,
    test: &Test<'_>,
    measure: Measure,
    source: Source,
    units: &Units,
    control: Option<&str>,
) -> Experiment {
    let counted: u64 = units.values.iter().map(|values| values.len() as u64).sum();
    let span = test.first.zip(test.last);
    let sides = compare::sides(&test.names, units);
    let mut experiment = Experiment {
        name: test.name.to_owned(),
        file: file.to_owned(),
        measure,
        source,
        first: test.first,
        last: test.last,
        rows: test.rows.len() as u64,
        by_customer: test.by_customer,
        anonymous_rows: test.anonymous,
        on_several_sides: test.on_several_sides,
        without_outcome: units.unknown,
        units: counted,
        // Of a single day it tells nothing: a letter goes to all at once.
        units_a_day: span
            .filter(|(first, last)| first < last)
            .map(|(first, last)| counted as f64 / f64::from(last.0 - first.0 + 1)),
        split: None,
        variants: Vec::new(),
        sides: sides.len() as u64,
    };
    compare::compare(&mut experiment, &sides, control);
    experiment
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::DimensionColumn;
    use crate::math::stats::Share;
    use crate::measures::tests::Whole;
    use crate::report::experiments::{Control, Verdict};
    use crate::settings::Settings;
    use crate::tables::join::{Known, join};
    use crate::tables::{Ids, Table};

    const ONE: i64 = units::YES;

    fn column(name: &str, values: &[&str]) -> DimensionColumn {
        let mut labels: Vec<Box<str>> = Vec::new();
        let code = |value: &&str| match labels.iter().position(|label| **label == **value) {
            Some(code) => code as u32,
            None => {
                labels.push((*value).into());
                labels.len() as u32 - 1
            }
        };
        let codes = values.iter().map(code).collect();
        DimensionColumn { name: name.to_owned(), role: None, labels, codes }
    }

    fn ids(values: &[&str]) -> Ids {
        let DimensionColumn { labels, codes, .. } = column("customer", values);
        let counts = vec![1; labels.len()];
        Ids {
            column: "customer".into(),
            ids: labels,
            counts,
            codes: (0..values.len()).map(|row| codes.get(row)).collect(),
        }
    }

    /// The tests of one table, beside orders of a on 5 January (10) and 20 March (7), of b on 2 February (5).
    fn found(table: &Table, ask: &Ask) -> Vec<Experiment> {
        let whole = Whole::rows(&[("a", "2024-01-05", 10), ("a", "2024-03-20", 7), ("b", "2024-02-02", 5)]);
        let shown = whole.shown();
        let merged = crate::ledger::near::Merged::default();
        let joined = join(table, &Known::of(shown.whole, &merged));
        let tables = vec![Side { file: "test.csv", table, joined: joined.as_ref() }];
        let settings = &Settings::default();
        let beside =
            Beside { shown, history: shown.visits, settings, families: &[], tables, spend: None, currency: None };
        experiments(ask, &beside).tests
    }

    #[test]
    fn a_customer_is_one_unit_on_one_side() {
        let table = Table {
            kind: TableKind::Experiment,
            rows: 6,
            ids: vec![ids(&["x", "x", "y", "z", "z", "w"])],
            numbers: vec![(Role::Outcome, vec![0, ONE, 0, ONE, 0, ONE])],
            groups: vec![(Role::Variant, column("side", &["B", "B", "A", "A", "B", "A"]))],
            ..Table::default()
        };
        let tests = found(&table, &Ask::default());
        let [test] = &tests[..] else { panic!("{tests:?}") };
        assert_eq!((test.rows, test.units, test.on_several_sides, test.by_customer), (6, 3, 1, true));
        let sides: Vec<_> =
            test.variants.iter().map(|side| (&*side.name, side.rate.unwrap().count, side.units)).collect();
        assert_eq!(sides, [("A", 1, 2), ("B", 1, 1)], "the control first");
        assert_eq!(test.variants[1].against.unwrap().verdict, Verdict::Unclear);
        let control = Control { file: "test.csv".into(), test: String::new(), variant: "B".into() };
        assert_eq!(found(&table, &Ask { controls: vec![control] })[0].variants[0].name, "B");
    }

    #[test]
    fn rows_without_a_customer_count_for_themselves_and_tests_are_told_apart() {
        let table = Table {
            kind: TableKind::Experiment,
            rows: 5,
            numbers: vec![
                (Role::Outcome, vec![0, ONE, 3 * ONE, ONE, 2 * ONE]),
                (Role::Amount, vec![0, 5 * ONE, 9 * ONE, NO_NUMBER, ONE]),
            ],
            groups: vec![
                (Role::Experiment, column("test", &["two", "two", "one", "one", "one"])),
                (Role::Variant, column("side", &["a", "b", "control", "new", "new"])),
            ],
            ..Table::default()
        };
        let tests = found(&table, &Ask::default());
        let told: Vec<_> =
            tests.iter().map(|test| (&*test.name, test.measure, test.units, test.without_outcome)).collect();
        assert_eq!(
            told,
            [
                ("one", Measure::Number, 3, 0),
                ("one", Measure::Money, 2, 1),
                ("two", Measure::Rate, 2, 0),
                ("two", Measure::Money, 2, 0)
            ]
        );
        assert_eq!((tests[0].by_customer, tests[0].variants[1].mean.unwrap().0), (false, 1.5));
    }

    #[test]
    fn what_a_file_does_not_tell_the_orders_tell() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let table = Table {
            kind: TableKind::Experiment,
            rows: 5,
            ids: vec![ids(&["a", "b", "c", "b", "d"])],
            days: vec![(
                Role::Date,
                ["01-05", "02-01", "01-05", "02-02", "03-01"].map(|on| day(&format!("2024-{on}"))).to_vec(),
            )],
            groups: vec![(Role::Variant, column("side", &["A", "B", "A", "B", "A"]))],
            ..Table::default()
        };
        let tests = found(&table, &Ask::default());
        assert_eq!(tests.len(), 2);
        assert_eq!((tests[0].source, tests[0].without_outcome), (Source::Orders { days: 30 }, 1), "d is too late");
        let bought: Vec<_> = tests[0].variants.iter().map(|side| side.rate.unwrap()).collect();
        assert_eq!(bought, [Share::new(1, 2), Share::new(1, 1)], "c is not in the orders, and has not bought");
        let spent: Vec<_> = tests[1].variants.iter().map(|side| side.mean.unwrap().0).collect();
        assert_eq!(spent, [5.0, 5.0], "not what was bought after the window");
    }
}
