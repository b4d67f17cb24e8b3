//! Calendar months of the period, and its last 12 months beside the 12 before.

use super::{Shown, mean, ratio};
use crate::ledger::Visits;
use crate::math::calendar::Periods;
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
    let periods = Periods::new(Unit::Month, first, last);
    let mut months: Vec<MonthRow> = (first..=last).map(|month| empty_month(month, shown)).collect();
    for (customer, own) in shown.visits.by_customer().enumerate() {
        let first_ever = shown.first_ever(customer);
        let first_month = first_ever.and_then(|day| periods.place(day));
        let mut bought_in = None;
        for visit in own {
            let Some(at) = periods.place(visit.day) else { continue };
            let month = &mut months[at];
            let is_first = first_month == Some(at);
            month.revenue += Money(visit.revenue);
            if is_first {
                month.revenue_new += Money(visit.revenue);
            }
            month.purchases += u64::from(visit.purchases);
            if visit.purchases > 0 && bought_in != Some(at) {
                bought_in = Some(at);
                month.customers += 1;
                month.new_customers += u64::from(is_first && first_ever >= Some(shown.start));
            }
        }
    }
    for month in &mut months {
        month.revenue_returning = month.revenue - month.revenue_new;
    }
    months
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
pub fn recent(history: &Visits, end: Day) -> Option<Recent> {
    let back = |years: i32| end.plus_months(-12 * years).plus(1);
    let (first_row, _) = history.span()?;
    if first_row > back(2) {
        return None;
    }
    // What lies before, the year before the two stretches, and these.
    let starts = [back(3), back(2), back(1)];
    let mut tallies = [Tally::default(); 4];
    for (own, &first_ever) in history.by_customer().zip(&history.first_ever) {
        let (mut revenue, mut purchases) = ([0; 4], [0; 4]);
        for visit in own {
            let at = part(&starts, visit.day);
            revenue[at] += visit.revenue;
            purchases[at] += u64::from(visit.purchases);
        }
        // Customers with refunds only bought before the data begins: they are new in no part.
        let new_in = purchases.iter().any(|&purchases| purchases > 0).then(|| part(&starts, first_ever));
        let mut bought_before = false;
        for (at, tally) in tallies.iter_mut().enumerate() {
            let (bought, is_new) = (purchases[at] > 0, new_in == Some(at));
            tally.revenue += revenue[at];
            tally.returning += if is_new { 0 } else { revenue[at] };
            tally.purchases += purchases[at];
            tally.customers += u64::from(bought);
            tally.new_customers += u64::from(bought && is_new);
            tally.kept += u64::from(bought && bought_before);
            bought_before = bought;
        }
    }
    let [_, third, second, last] = tallies;
    let mut now = last.stretch(back(1), end);
    let mut before = second.stretch(back(2), back(1).plus(-1));
    now.kept = Some(Share::new(last.kept, second.customers));
    if first_row <= back(3) {
        before.kept = Some(Share::new(second.kept, third.customers));
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

/// How many of the days lie on or before a day.
fn part(starts: &[Day; 3], day: Day) -> usize {
    starts.iter().map(|&start| usize::from(start <= day)).sum()
}

/// The sums of a stretch.
#[derive(Clone, Copy, Default)]
struct Tally {
    revenue: i64,
    /// Of it, from customers who are not new in the stretch.
    returning: i64,
    purchases: u64,
    customers: u64,
    new_customers: u64,
    /// Customers who bought in the stretch before, too.
    kept: u64,
}

impl Tally {
    fn stretch(self, start: Day, end: Day) -> Stretch {
        Stretch {
            start,
            end,
            revenue: Money(self.revenue),
            revenue_returning: Money(self.returning),
            purchases: self.purchases,
            customers: self.customers,
            new_customers: self.new_customers,
            aov: mean(self.revenue, self.purchases),
            kept: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::tests::Whole;

    fn with<T>(rows: &[(&str, &str, i64)], end: &str, f: impl Fn(Shown<'_>) -> T) -> T {
        f(Whole::rows(rows).until(end).shown())
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
        let recent_of = |end| with(&rows, end, |shown| recent(shown.visits, shown.end));
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
