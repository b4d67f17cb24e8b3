//! Calendar months of the period, and its last 12 months beside the 12 before.

use super::{Shown, mean, ratio};
use crate::ledger::{Ledger, Purchases};
use crate::math::stats::Share;
use crate::math::{Day, Money, Unit};
use crate::report::schema::{MonthRow, Recent, Stretch};

/// The most months that are listed: one date with a wrong century would else list them by the thousand.
pub const MOST_MONTHS: i32 = 1_200;

/// The calendar months of the period shown, months without a row too; at most the last [`MOST_MONTHS`].
///
/// Revenue counts each row on its own day; "new" is revenue in the calendar month of a customer's first purchase ever.
pub fn months(shown: Shown<'_>) -> Vec<MonthRow> {
    let last = Unit::Month.of(shown.end);
    let first = Unit::Month.of(shown.start).max(last - MOST_MONTHS + 1);
    let start = Unit::Month.start(first);
    let mut months: Vec<MonthRow> = (first..=last).map(|month| empty_month(month, shown)).collect();
    let mut place = Places { first, cached: (Unit::Month.start(first), 0) };
    for customer in 0..shown.ledger.customers.len() {
        let first_ever = shown.first_ever(customer);
        let first_month = first_ever.map(|day| Unit::Month.of(day) - first);
        for row in shown.ledger.rows_of(customer).filter(|&row| shown.ledger.days[row] >= start) {
            let at = place.of(shown.ledger.days[row]);
            let amount = Money(shown.ledger.amounts[row]);
            months[at].revenue += amount;
            if first_month == Some(at as i32) {
                months[at].revenue_new += amount;
            }
        }
        let mut bought_in = None;
        for &day in shown.purchases.days_of(customer).iter().filter(|day| **day >= start) {
            let at = place.of(day);
            months[at].purchases += 1;
            if bought_in != Some(at) {
                bought_in = Some(at);
                months[at].customers += 1;
                let is_first = first_month == Some(at as i32) && first_ever >= Some(shown.start);
                months[at].new_customers += u64::from(is_first);
            }
        }
    }
    for month in &mut months {
        month.revenue_returning = month.revenue - month.revenue_new;
    }
    months
}

/// From a day to its month's place in the list; days come in order, so most fall into the month of the one before.
struct Places {
    first: i32,
    /// The first day of the month looked up last, and its place.
    cached: (Day, usize),
}

impl Places {
    fn of(&mut self, day: Day) -> usize {
        let (start, place) = self.cached;
        // No month is shorter than 28 days.
        if day < start || day.0 >= start.0 + 28 {
            let month = Unit::Month.of(day);
            self.cached = (Unit::Month.start(month), (month - self.first) as usize);
            return self.cached.1;
        }
        place
    }
}

fn empty_month(month: i32, shown: Shown<'_>) -> MonthRow {
    MonthRow {
        month: Unit::Month.label(month),
        complete: shown.start <= Unit::Month.start(month) && Unit::Month.end(month) <= shown.end,
        revenue: Money::ZERO,
        revenue_new: Money::ZERO,
        revenue_returning: Money::ZERO,
        purchases: 0,
        customers: 0,
        new_customers: 0,
    }
}

/// The last 12 months beside the 12 before; nothing where the rows of the whole history do not reach back 24 months.
///
/// Each stretch runs from the day after the same day a year before.
pub fn recent(history: Shown<'_>) -> Option<Recent> {
    let (ledger, purchases, end) = (history.ledger, history.purchases, history.end);
    let back = |years: i32| end.plus_months(-12 * years).plus(1);
    let (first_row, _) = ledger.span()?;
    if first_row > back(2) {
        return None;
    }
    let mut now = stretch(history, back(1), end);
    let mut before = stretch(history, back(2), back(1).plus(-1));
    now.kept = Some(kept(ledger, purchases, back(2), back(1), end.plus(1)));
    if first_row <= back(3) {
        before.kept = Some(kept(ledger, purchases, back(3), back(2), back(1)));
    }
    Some(Recent {
        revenue_change: ratio((now.revenue - before.revenue).to_f64(), before.revenue.to_f64())
            .filter(|_| before.revenue > Money::ZERO),
        change_from_returning: now.revenue_returning - before.revenue_returning,
        change_from_new: (now.revenue - now.revenue_returning) - (before.revenue - before.revenue_returning),
        now,
        before,
    })
}

/// Of those who bought from `start` until before `middle`, those who bought from there until before `end`.
fn kept(ledger: &Ledger, purchases: &Purchases, start: Day, middle: Day, end: Day) -> Share {
    let (mut count, mut of) = (0, 0);
    for customer in 0..ledger.customers.len() {
        let days = purchases.days_of(customer);
        let bought = |from: Day, to: Day| days.iter().any(|&day| from <= day && day < to);
        if bought(start, middle) {
            of += 1;
            count += u64::from(bought(middle, end));
        }
    }
    Share::new(count, of)
}

fn stretch(shown: Shown<'_>, start: Day, end: Day) -> Stretch {
    let inside = |day: Day| start <= day && day <= end;
    let (mut revenue, mut returning, mut purchases, mut customers, mut new_customers) = (0, 0, 0, 0, 0);
    for customer in 0..shown.ledger.customers.len() {
        let rows = shown.ledger.rows_of(customer);
        let inside_rows = rows.filter(|&row| inside(shown.ledger.days[row]));
        let sum: i64 = inside_rows.map(|row| shown.ledger.amounts[row]).sum();
        let bought = shown.purchases.days_of(customer).iter().filter(|&&day| inside(day)).count() as u64;
        let is_new = shown.first_ever(customer).is_some_and(inside);
        revenue += sum;
        purchases += bought;
        if !is_new {
            returning += sum;
        }
        if bought > 0 {
            customers += 1;
            new_customers += u64::from(is_new);
        }
    }
    let (revenue, revenue_returning) = (Money(revenue), Money(returning));
    let aov = mean(revenue.0, purchases);
    Stretch { start, end, revenue, revenue_returning, purchases, customers, new_customers, aov, kept: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Summary;
    use crate::measures::tests::ledger;

    fn with<T>(rows: &[(&str, &str, i64)], end: &str, f: impl Fn(Shown<'_>) -> T) -> T {
        let ledger = ledger(rows);
        let (start, end) = (ledger.span().unwrap().0, end.parse().unwrap());
        let purchases = Purchases::of(&ledger);
        let summary = Summary::of(&ledger, &purchases, end);
        f(Shown { ledger: &ledger, purchases: &purchases, summary: &summary, start, end })
    }

    #[test]
    fn months_have_no_gaps_and_know_new_from_returning() {
        let rows = [("a", "2024-01-01", 10), ("a", "2024-01-20", 5), ("a", "2024-03-02", 7), ("b", "2024-03-03", -2)];
        let months = with(&rows, "2024-03-30", months);
        let names: Vec<&str> = months.iter().map(|month| month.month.as_str()).collect();
        assert_eq!(names, ["2024-01", "2024-02", "2024-03"]);
        assert_eq!((months[0].complete, months[2].complete), (true, false));
        assert_eq!((months[0].revenue_new, months[0].purchases, months[0].customers), (Money::units(15), 2, 1));
        assert_eq!((months[1].revenue, months[1].customers), (Money::ZERO, 0));
        assert_eq!((months[2].revenue_returning, months[2].purchases), (Money::units(5), 1));
        assert_eq!(months.iter().map(|month| month.new_customers).sum::<u64>(), 1);
    }

    #[test]
    fn a_period_that_begins_late_in_a_month_does_not_draw_the_next_one_in() {
        let months =
            with(&[("a", "2024-01-31", 1), ("a", "2024-02-01", 2), ("a", "2024-02-28", 3)], "2024-02-29", months);
        let revenue: Vec<Money> = months.iter().map(|month| month.revenue).collect();
        assert_eq!(revenue, [1, 5].map(Money::units));
    }

    #[test]
    fn two_stretches_of_twelve_months_stand_side_by_side() {
        let rows = [
            ("a", "2023-01-01", 10),
            ("a", "2024-12-31", 30),
            ("b", "2023-06-01", 10),
            ("c", "2024-01-01", 15),
            ("c", "2024-12-01", -5),
        ];
        let recent_of = |end| with(&rows, end, recent);
        let recent = recent_of("2024-12-31").unwrap();
        assert_eq!((recent.before.revenue, recent.now.revenue), (Money::units(20), Money::units(40)));
        assert_eq!(recent.revenue_change, Some(1.0));
        assert_eq!((recent.change_from_returning, recent.change_from_new), (Money::units(30), Money::units(-10)));
        assert_eq!(recent.now.kept.map(|kept| (kept.count, kept.of)), Some((1, 2)));
        assert_eq!(recent.before.kept, None);
        assert_eq!((recent.now.customers, recent.now.new_customers, recent.now.purchases), (2, 1, 2));
        assert!(recent_of("2024-12-30").is_none(), "a day is missing");
    }
}
