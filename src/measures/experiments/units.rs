//! Rows of a table to units of a test: one for each customer, on one side only.

use crate::math::Day;
use crate::math::money::SCALE;
use crate::math::order::{self, Keyed};
use crate::measures::beside::{Beside, Side};
use crate::roles::Role;
use crate::tables::{NO_DAY, NOBODY};

/// A yes, as a table holds it.
pub const YES: i64 = SCALE;

/// The rows of a test, those of a customer together.
#[derive(Debug)]
pub struct Test<'a> {
    /// Its name in the file.
    pub name: &'a str,
    /// The names of its sides, by code.
    pub names: Vec<&'a str>,
    /// Its rows in what is shown, units together.
    pub rows: Vec<Row>,
    /// First and last day.
    pub first: Option<Day>,
    /// Last day.
    pub last: Option<Day>,
    /// Whether rows name customers.
    pub by_customer: bool,
    /// Rows that do not.
    pub anonymous: u64,
    /// Customers on more than one side.
    pub on_several_sides: u64,
}

/// A row of a test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// The unit: a customer, or one of its own.
    unit: u64,
    /// Where it stands in the table.
    pub row: u32,
    /// Its day.
    day: Day,
    /// The code of its side.
    side: u32,
}

/// What the rows of a unit make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    /// Whether any of them says yes.
    Any,
    /// Their sum.
    Sum,
    /// Their mean.
    Mean,
    /// What its first day says.
    First,
}

/// The values of units by the code of their side, each in ascending order.
#[derive(Clone, Debug, PartialEq)]
pub struct Units {
    /// The values, in ten-thousandths.
    pub values: Vec<Vec<i64>>,
    /// Units of which nothing is known.
    pub unknown: u64,
}

/// The tests of a table, by name; only their rows in what is shown.
pub fn tests<'a>(side: &Side<'a>, beside: &Beside<'_>) -> Vec<Test<'a>> {
    let table = side.table;
    let Some(variant) = table.group(Role::Variant) else { return Vec::new() };
    let (named, ids, days) = (table.group(Role::Experiment), table.ids.first(), table.days(Role::Date));
    let labels = named.map_or(1, |named| named.labels.len());
    let names: Vec<&str> = variant.labels.iter().map(|label| &**label).collect();
    let mut tests: Vec<Test<'a>> = (0..labels)
        .map(|at| Test {
            name: named.map_or("", |named| &*named.labels[at]),
            names: names.clone(),
            rows: Vec::new(),
            first: None,
            last: None,
            by_customer: ids.is_some(),
            anonymous: 0,
            on_several_sides: 0,
        })
        .collect();
    for row in 0..table.rows {
        let day = days.map_or(NO_DAY, |days| days[row]);
        if !beside.counts(side, row, day) {
            continue;
        }
        let test = &mut tests[named.map_or(0, |named| named.codes.get(row) as usize)];
        let customer = ids.map_or(NOBODY, |ids| ids.codes[row]);
        let is_named = customer != NOBODY;
        test.anonymous += u64::from(!is_named && ids.is_some());
        // Units of their own come behind all customers.
        let unit = if is_named { u64::from(customer) } else { (1 << 32) + row as u64 };
        test.rows.push(Row { unit, row: row as u32, day, side: variant.codes.get(row) });
        if day != NO_DAY {
            test.first = Some(test.first.map_or(day, |first| first.min(day)));
            test.last = Some(test.last.map_or(day, |last| last.max(day)));
        }
    }
    tests.retain(|test| !test.rows.is_empty());
    tests.iter_mut().for_each(Test::gather);
    order::sort_by(&mut tests, |a, b| a.name.cmp(b.name));
    tests
}

/// Whether all values are yes or no.
pub fn is_yes_or_no(mut values: impl Iterator<Item = i64>) -> bool {
    values.all(|value| value == 0 || value == YES)
}

impl Test<'_> {
    /// Brings the rows of a unit together in order of days, and counts the units on several sides.
    fn gather(&mut self) {
        let mut keyed: Vec<Keyed> = self.rows.iter().zip(0..).map(|(row, at)| (row.unit, at)).collect();
        let day = |at: u32| self.rows[at as usize].day;
        order::sort_keyed_then(&mut keyed, &mut |a, b| day(a).cmp(&day(b)));
        self.rows = keyed.into_iter().map(|(_, at)| self.rows[at as usize]).collect();
        self.on_several_sides = self.by_unit().filter(|rows| !is_on_one_side(rows)).count() as u64;
    }

    fn by_unit(&self) -> impl Iterator<Item = &[Row]> {
        self.rows.chunk_by(|a, b| a.unit == b.unit)
    }

    /// The units, each with the value that its rows make of it.
    pub fn units(&self, merge: Merge, value: &dyn Fn(usize) -> Option<i64>) -> Units {
        let mut units = Units { values: vec![Vec::new(); self.names.len()], unknown: 0 };
        for rows in self.by_unit().filter(|rows| is_on_one_side(rows)) {
            let (mut sum, mut most, mut known) = (0i128, i64::MIN, 0i128);
            for value in rows.iter().filter_map(|row| value(row.row as usize)) {
                sum += i128::from(value);
                most = most.max(value);
                known += 1;
            }
            let value = match merge {
                Merge::First => value(rows[0].row as usize),
                _ if known == 0 => None,
                Merge::Any => Some(most),
                Merge::Sum => i64::try_from(sum).ok(),
                // Half away from zero: what is lost is half a ten-thousandth.
                Merge::Mean => i64::try_from((2 * sum + known * sum.signum()) / (2 * known)).ok(),
            };
            match value {
                Some(value) => units.values[rows[0].side as usize].push(value),
                None => units.unknown += 1,
            }
        }
        // So that nothing depends on the order of the file.
        units.values.iter_mut().for_each(ascending);
        units
    }
}

fn is_on_one_side(rows: &[Row]) -> bool {
    rows.iter().all(|row| row.side == rows[0].side)
}

/// Sorts values.
fn ascending(values: &mut Vec<i64>) {
    let mut keyed: Vec<Keyed> = values.iter().zip(0..).map(|(value, at)| (order::ascending(*value), at)).collect();
    order::sort_keyed(&mut keyed);
    *values = keyed.into_iter().map(|(_, at)| values[at as usize]).collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of a unit, a day and a side.
    fn test(rows: &[(u64, i32, u32)]) -> Test<'static> {
        let row = |(&(unit, day, side), row)| Row { unit, row, day: Day(day), side };
        let rows = rows.iter().zip(0..).map(row).collect();
        let (names, by_customer) = (vec!["a", "b"], true);
        let (first, last, anonymous, on_several_sides) = (None, None, 0, 0);
        let mut test = Test { name: "", names, rows, first, last, by_customer, anonymous, on_several_sides };
        test.gather();
        test
    }

    #[test]
    fn several_rows_of_a_unit_are_one_value() {
        let test = test(&[(7, 8, 1), (5, 1, 0), (7, 3, 1), (9, 1, 0), (9, 2, 1), (4, 1, 0)]);
        let values = [Some(10), None, Some(5), Some(1), Some(1), Some(-3)];
        let value = |row: usize| values[row];
        assert_eq!(test.on_several_sides, 1);
        let of = |merge| test.units(merge, &value);
        assert_eq!(of(Merge::Sum), Units { values: vec![vec![-3], vec![15]], unknown: 1 });
        assert_eq!(of(Merge::Mean).values, [vec![-3], vec![8]], "7.5 is rounded away from zero");
        assert_eq!(of(Merge::Any).values, [vec![-3], vec![10]]);
        assert_eq!(of(Merge::First).values, [vec![-3], vec![5]]);
    }

    #[test]
    fn yes_and_no_are_told_from_numbers() {
        assert!(is_yes_or_no([0, YES, 0].into_iter()));
        assert!(!is_yes_or_no([0, 2 * YES].into_iter()));
    }
}
