//! Lines of totals that a table has of its own. They are no orders, so they are left out; here they are kept to be held
//! against what the rows add up to.

use serde::{Deserialize, Serialize};

use super::rows::Inner;
use crate::ingest::numbers;
use crate::ingest::receipt::{OwnTotal, TotalOf};
use crate::ingest::records::Record;
use crate::math::Money;

/// Lines of totals that are kept: a table that has one a month has them for years.
const MOST: usize = 128;

/// A line of totals, and what was read above it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Line of the file.
    pub at: u64,
    /// What stands there, in ten-thousandths, net of what was given back; nothing where it is no amount.
    pub amount: Option<i64>,
    /// Sum of all readable amounts above it.
    pub above: i64,
}

impl Inner {
    /// Keeps a line of totals.
    pub(super) fn own_total(&mut self, record: &Record<'_>) {
        if self.read.own_totals.len() < MOST {
            let amount = self.net_amount(record);
            self.read.own_totals.push(Line { at: record.line, amount, above: self.read.amount_read });
        }
    }

    /// The amount of a record net of its refund. Unlike the amount of an order, it is no evidence for how its column is
    /// written.
    fn net_amount(&self, record: &Record<'_>) -> Option<i64> {
        let number = |column: usize| {
            let cell = record.get(column).unwrap_or_default();
            numbers::parse(cell, self.plan.reading.decimal).ok().map(|number| number.value)
        };
        let amount = number(self.columns.amount?)?;
        match self.columns.refund.and_then(number).filter(|told| *told != 0) {
            None => Some(amount),
            Some(left) if self.traps.remainder => Some(left),
            Some(refunded) => amount.checked_sub(refunded.checked_abs()?),
        }
    }
}

/// Takes over lines of totals of the records that follow, whose lines are as many higher; `above` is what was read before
/// them.
pub(super) fn absorb(lines: &mut Vec<Line>, part: Vec<Line>, shift: u64, above: i64) {
    let room = MOST - lines.len();
    let lower = |line: Line| Line { at: line.at + shift, above: line.above.saturating_add(above), ..line };
    lines.extend(part.into_iter().take(room).map(lower));
}

/// Each line of totals beside the sum of the rows that it comes nearest to; `all` and `used` are the sums of the whole
/// table, which only its last line of totals can mean.
pub fn compared(lines: &[Line], all: i64, used: i64) -> Vec<OwnTotal> {
    let mut before = 0;
    let one = |(at, line): (usize, &Line)| {
        let since = line.above.saturating_sub(before);
        before = line.above;
        let mut sums = vec![(TotalOf::Above, line.above)];
        if at > 0 {
            sums.push((TotalOf::SinceLast, since));
        }
        if at + 1 == lines.len() {
            sums.extend([(TotalOf::All, all), (TotalOf::Used, used)]);
        }
        let far = |sum: i64| line.amount.map_or(0, |amount| amount.abs_diff(sum));
        // The first of equals: where nothing was left out, all rows are the rows used.
        let (of, sum) = sums.into_iter().reduce(|best, next| if far(next.1) < far(best.1) { next } else { best })?;
        Some(OwnTotal { line: line.at, amount: line.amount.map(Money), of, rows_add_up_to: Money(sum) })
    };
    lines.iter().enumerate().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: &[(Option<i64>, i64)], all: i64, used: i64) -> Vec<(TotalOf, Option<i64>)> {
        let lines: Vec<Line> = lines.iter().zip(2..).map(|(&(amount, above), at)| Line { at, amount, above }).collect();
        let all = compared(&lines, all, used);
        all.iter().map(|total| (total.of, total.difference().map(|difference| difference.0))).collect()
    }

    #[test]
    fn a_line_of_totals_is_held_against_the_rows_that_it_comes_nearest_to() {
        assert_eq!(found(&[(Some(30), 30)], 30, 30), [(TotalOf::Above, Some(0))]);
        assert_eq!(found(&[(Some(25), 30)], 30, 25), [(TotalOf::Used, Some(0))], "without what is left out");
        assert_eq!(found(&[(Some(30), 0)], 30, 25), [(TotalOf::All, Some(0))], "above the rows");
        assert_eq!(found(&[(Some(28), 30)], 30, 10), [(TotalOf::Above, Some(-2))]);
        assert_eq!(found(&[(None, 30)], 30, 10), [(TotalOf::Above, None)]);
    }

    #[test]
    fn a_line_for_each_month_is_held_against_its_month_and_the_last_one_against_all() {
        let months = [(Some(10), 10), (Some(20), 30), (Some(31), 30)];
        let expected = [(TotalOf::Above, Some(0)), (TotalOf::SinceLast, Some(0)), (TotalOf::Above, Some(1))];
        assert_eq!(found(&months, 30, 30), expected);
    }
}
