//! What the models see of customers: how often they came back, when last, and for how long they were observed.
//!
//! Customers with equal histories are one row, and the likelihoods' parts that hang on fewer numbers than a row are
//! computed once for each pair of (frequency, recency) and of (frequency, age): their cost grows with what is distinct,
//! not with customers.

use super::timing::Timing;
use crate::ledger::Visits;
use crate::math::Day;
use crate::math::order::{self, ascending};

/// One customer's history. Time is in days everywhere in the program; the models themselves work in any one unit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct History {
    /// x: repeat purchases (distinct purchase days minus 1).
    pub frequency: u32,
    /// t_x: time from the first purchase to the last.
    pub recency: f64,
    /// T: time from the first purchase to the end of the observation.
    pub age: f64,
}

/// Customers with one history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// What they have in common.
    pub history: History,
    /// How many they are.
    pub customers: f64,
    /// Place of (frequency, recency) among [`Histories::last`].
    pub last: u32,
    /// Place of (frequency, age) among [`Histories::ends`].
    pub end: u32,
}

/// A frequency with a time, and the customers that share both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// x.
    pub frequency: u32,
    /// t_x or T.
    pub time: f64,
    /// Customers.
    pub customers: f64,
}

/// Histories of many customers, grouped.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histories {
    /// Distinct histories by ascending frequency, age and recency.
    pub rows: Vec<Row>,
    /// Distinct pairs of frequency and recency, by ascending frequency.
    pub last: Vec<Pair>,
    /// Distinct pairs of frequency and age, by ascending frequency.
    pub ends: Vec<Pair>,
    /// Customers.
    pub customers: f64,
    /// Repeat purchases of all of them.
    pub purchases: f64,
    /// Their summed ages.
    pub observed: f64,
    /// Sum of the logarithms of all gaps between purchases, in days; nothing where they are not known. Only the regularity of
    /// times is told by it.
    pub ln_gaps: Option<f64>,
}

impl Histories {
    /// Groups the histories of customers, each with the number of customers that it stands for.
    pub fn new(customers: impl Iterator<Item = (History, f64)>) -> Histories {
        let mut rows: Vec<Row> = customers
            .filter(|(history, count)| *count > 0.0 && history.age >= history.recency)
            .map(|(history, customers)| Row { history, customers, last: 0, end: 0 })
            .collect();
        sort(&mut rows, |row| row.history.recency);
        sort(&mut rows, |row| row.history.age);
        sort(&mut rows, |row| f64::from(row.history.frequency));
        rows.dedup_by(|next, kept| {
            let equal = next.history == kept.history;
            if equal {
                kept.customers += next.customers;
            }
            equal
        });
        let ends = pairs(&rows, |row| row.history.age, |row, at| row.end = at);
        let mut rows = ends.1;
        sort(&mut rows, |row| row.history.recency);
        sort(&mut rows, |row| f64::from(row.history.frequency));
        let (last, mut rows) = pairs(&rows, |row| row.history.recency, |row, at| row.last = at);
        sort(&mut rows, |row| f64::from(row.end));
        let sum = |f: &dyn Fn(&Row) -> f64| rows.iter().map(|row| row.customers * f(row)).sum();
        Histories {
            customers: sum(&|_| 1.0),
            purchases: sum(&|row| f64::from(row.history.frequency)),
            observed: sum(&|row| row.history.age),
            rows,
            last,
            ends: ends.0,
            ln_gaps: None,
        }
    }

    /// The same with what is known of the gaps: these are the histories of all customers of some visits up to a day.
    pub fn with_gaps(self, visits: &Visits, end: Day) -> Histories {
        Histories { ln_gaps: Some(Timing::of(visits, end).ln_gaps), ..self }
    }

    /// Customers who came back.
    pub fn repeaters(&self) -> f64 {
        self.rows.iter().filter(|row| row.history.frequency > 0).map(|row| row.customers).sum()
    }

    /// Calls `each` with every frequency, ascending, and the customers who have it.
    pub fn frequencies(&self, each: &mut dyn FnMut(u32, f64)) {
        for equal in self.ends.chunk_by(|a, b| a.frequency == b.frequency) {
            each(equal[0].frequency, equal.iter().map(|pair| pair.customers).sum());
        }
    }

    /// Repeat purchases in a unit of observed time: the rate from which fits start.
    pub fn rate(&self) -> f64 {
        self.purchases.max(0.5) / self.observed.max(f64::MIN_POSITIVE)
    }
}

/// Sorts by a number that is not negative; equal ones stay as they are.
fn sort(rows: &mut Vec<Row>, key: impl Fn(&Row) -> f64) {
    // The bits of floats that are not negative are in the order of the floats.
    let mut keys: Vec<order::Keyed> =
        rows.iter().enumerate().map(|(at, row)| (ascending(key(row).to_bits() as i64), at as u32)).collect();
    order::sort_keyed(&mut keys);
    *rows = keys.into_iter().map(|(_, at)| rows[at as usize]).collect();
}

/// The distinct pairs of frequency and a time in rows that are sorted by both, and the rows with their places.
fn pairs(rows: &[Row], time: impl Fn(&Row) -> f64, place: impl Fn(&mut Row, u32)) -> (Vec<Pair>, Vec<Row>) {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut placed = rows.to_vec();
    for row in &mut placed {
        let (frequency, time) = (row.history.frequency, time(row));
        match pairs.last_mut() {
            Some(pair) if pair.frequency == frequency && pair.time == time => pair.customers += row.customers,
            _ => pairs.push(Pair { frequency, time, customers: row.customers }),
        }
        place(row, pairs.len() as u32 - 1);
    }
    (pairs, placed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_histories_are_one_row_and_every_row_finds_its_pairs() {
        let of = |frequency, recency, age| (History { frequency, recency, age }, 1.0);
        let all =
            [of(2, 5.0, 9.0), of(0, 0.0, 9.0), of(2, 5.0, 9.0), of(2, 3.0, 9.0), of(2, 5.0, 7.0), of(0, 0.0, 8.0)];
        let histories = Histories::new(all.into_iter());
        assert_eq!((histories.rows.len(), histories.last.len(), histories.ends.len()), (5, 3, 4));
        assert_eq!((histories.customers, histories.purchases, histories.repeaters()), (6.0, 8.0, 4.0));
        for row in &histories.rows {
            let (last, end) = (histories.last[row.last as usize], histories.ends[row.end as usize]);
            assert_eq!((last.frequency, last.time), (row.history.frequency, row.history.recency));
            assert_eq!((end.frequency, end.time), (row.history.frequency, row.history.age));
        }
        let mut frequencies = Vec::new();
        histories.frequencies(&mut |x, customers| frequencies.push((x, customers)));
        assert_eq!(frequencies, [(0, 2.0), (2, 4.0)]);
    }
}
