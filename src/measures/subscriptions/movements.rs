//! Recurring revenue from one evening to the next: what each customer brings on the one, held against the other.

use super::{Contract, Contracts};
use crate::math::{Day, Money};
use crate::measures::{mean, ratio};
use crate::report::subscriptions::{Movement, Running};

/// What became of recurring revenue between each two evenings that follow each other; they ascend.
///
/// New is who has never paid before: whose first paid contract starts after the earlier evening. Who paid once, but not on
/// the earlier evening, is reactivated.
pub fn movements(contracts: &Contracts, evenings: &[Day]) -> Vec<Movement> {
    let mut rows: Vec<Movement> = evenings
        .windows(2)
        .map(|pair| Movement { from: pair[0], to: pair[1], complete: true, ..Movement::default() })
        .collect();
    for own in contracts.by_customer() {
        customer(own, evenings, &mut rows);
    }
    rows.iter_mut().for_each(derive);
    rows
}

/// Adds a customer to what happened between the evenings.
fn customer(own: &[Contract], evenings: &[Day], rows: &mut [Movement]) {
    let mut monthly = vec![0i64; evenings.len()];
    let mut running = vec![0u32; evenings.len()];
    let mut contracts = vec![0u64; evenings.len()];
    // The evenings on which it runs: from the first that is not before its start to the last before its end.
    let place = |day: Option<Day>| day.map_or(evenings.len(), |day| evenings.partition_point(|evening| *evening < day));
    for contract in own {
        let from = place(Some(contract.start));
        for at in from..place(contract.covers).max(from) {
            monthly[at] += contract.monthly;
            running[at] += 1;
        }
        let to = place(contract.end);
        if from >= to {
            continue;
        }
        (from..to).for_each(|at| contracts[at] += 1);
        if let Some(row) = from.checked_sub(1).and_then(|pair| rows.get_mut(pair)) {
            row.contracts.new += 1;
        }
        if let Some(row) = rows.get_mut(to - 1) {
            row.contracts.lost += 1;
        }
    }
    let since = own.iter().map(|contract| contract.start).min();
    let paid_since = own.iter().filter(|contract| contract.is_paid()).map(|contract| contract.start).min();
    for (at, row) in rows.iter_mut().enumerate() {
        let (before, after) = (monthly[at], monthly[at + 1]);
        let earlier = |since: Option<Day>| since.is_some_and(|since| since <= row.from);
        let (paid_earlier, was_earlier) = (earlier(paid_since), earlier(since));
        row.mrr_start.0 += before;
        row.mrr.0 += after;
        row.contracts.start += contracts[at];
        row.contracts.end += contracts[at + 1];
        let change = after - before;
        match (before > 0, after > 0) {
            (false, true) if paid_earlier => row.reactivated.0 += change,
            (false, true) => row.new.0 += change,
            (true, false) => row.churned.0 -= change,
            _ if change >= 0 => row.expansion.0 += change,
            _ => row.contraction.0 -= change,
        }
        count(&mut row.paying, before > 0, after > 0, paid_earlier);
        count(&mut row.subscribed, running[at] > 0, running[at + 1] > 0, was_earlier);
    }
}

/// Counts one who was there or not before and after.
fn count(running: &mut Running, before: bool, after: bool, earlier: bool) {
    running.start += u64::from(before);
    running.end += u64::from(after);
    running.lost += u64::from(before && !after);
    running.reactivated += u64::from(!before && after && earlier);
    running.new += u64::from(!before && after && !earlier);
}

/// What follows from the sums.
fn derive(row: &mut Movement) {
    let [start, new, reactivated, expansion, contraction, churned] =
        [row.mrr_start, row.new, row.reactivated, row.expansion, row.contraction, row.churned]
            .map(|money| money.0 as f64);
    row.arr = Money(row.mrr.0 * 12);
    row.arpa = mean(row.mrr.0, row.paying.end);
    row.revenue_churn = ratio(churned + contraction, start);
    row.grr = ratio(start - contraction - churned, start);
    row.nrr = ratio(start + expansion - contraction - churned, start);
    row.quick_ratio = ratio(new + expansion + reactivated, contraction + churned);
    for running in [&mut row.paying, &mut row.subscribed, &mut row.contracts] {
        let kept = running.end - running.new - running.reactivated;
        running.crr = ratio(kept as f64, running.start as f64);
        running.churn = ratio(running.lost as f64, running.start as f64);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{contracts, day};
    use super::*;

    fn of(rows: &[(&str, &str, &str, i64, &str)], evenings: &[&str]) -> Vec<Movement> {
        movements(&contracts(rows), &evenings.iter().map(|evening| day(evening)).collect::<Vec<_>>())
    }

    /// Worked by hand.
    #[test]
    fn each_change_has_its_name() {
        let rows = of(
            &[
                ("new", "2024-02-03", "", 10, ""),
                ("gone", "2023-01-01", "2024-02-29", 20, ""),
                ("more", "2023-01-01", "", 30, ""),
                ("more", "2024-02-10", "", 5, ""),
                ("less", "2023-01-01", "2024-02-15", 40, ""),
                ("less", "2024-02-15", "", 33, ""),
                ("back", "2023-01-01", "2023-05-01", 50, ""),
                ("back", "2024-02-29", "", 60, ""),
                ("trial", "2024-02-01", "", 0, ""),
                ("short", "2024-02-05", "2024-02-20", 99, ""),
            ],
            &["2024-01-31", "2024-02-29"],
        );
        let [month] = &rows[..] else { panic!("one pair of evenings") };
        let units = [
            month.mrr_start,
            month.new,
            month.reactivated,
            month.expansion,
            month.contraction,
            month.churned,
            month.mrr,
        ];
        assert_eq!(units, [90, 10, 60, 5, 7, 20, 138].map(Money::units));
        assert_eq!((month.arr, month.arpa.unwrap().0), (Money::units(1656), 34.5));
        assert_eq!(
            (month.revenue_churn, month.grr, month.nrr),
            (Some(27.0 / 90.0), Some(63.0 / 90.0), Some(68.0 / 90.0))
        );
        assert_eq!(month.quick_ratio, Some(75.0 / 27.0));
        let Running { start, new, reactivated, lost, end, crr, churn } = month.paying;
        assert_eq!((start, new, reactivated, lost, end), (3, 1, 1, 1, 4));
        assert_eq!((crr, churn), (Some(2.0 / 3.0), Some(1.0 / 3.0)));
        assert_eq!((month.subscribed.new, month.subscribed.end), (2, 5), "the trial is there, and pays nothing");
        assert_eq!(
            (month.contracts.start, month.contracts.new, month.contracts.lost, month.contracts.end),
            (3, 5, 2, 6)
        );
    }

    #[test]
    fn nothing_is_divided_by_nothing() {
        let rows = of(&[("a", "2024-02-03", "", 10, "")], &["2023-12-31", "2024-01-31", "2024-02-29"]);
        let [before, month] = &rows[..] else { panic!("two") };
        assert_eq!((before.nrr, before.arpa, before.quick_ratio, before.paying.crr), (None, None, None, None));
        assert_eq!((month.nrr, month.revenue_churn, month.paying.churn, month.quick_ratio), (None, None, None, None));
        assert_eq!(month.arpa.unwrap().0, 10.0);
    }

    #[test]
    fn a_contract_renewed_the_day_after_its_end_has_not_left_over_night() {
        let rows = [("a", "2023-01-01", "2024-01-31", 10, ""), ("a", "2024-02-01", "", 12, "")];
        let rows = of(&rows, &["2023-12-31", "2024-01-31", "2024-02-29"]);
        assert_eq!(
            (rows[0].churned, rows[1].reactivated, rows[1].expansion),
            (Money::ZERO, Money::ZERO, Money::units(2))
        );
    }

    proptest! {
        /// Whatever the contracts, movements add up to the difference to the last place, and one evening is the next's start.
        #[test]
        fn movements_add_up(rows in proptest::collection::vec((0u8..6, 0i32..400, 0i32..300, -5i64..60), 0..40)) {
            let start: Day = day("2023-01-01");
            let texts: Vec<_> = rows.iter().map(|&(who, from, length, monthly)| {
                let (from, to) = (start.plus(from), start.plus(from + length));
                let end = if length > 250 { String::new() } else { to.to_string() };
                (format!("c{who}"), from.to_string(), end, monthly)
            }).collect();
            let rows: Vec<_> = texts.iter().map(|(who, from, end, monthly)| (&**who, &**from, &**end, *monthly, "")).collect();
            let evenings: Vec<Day> = (0..16).map(|month| start.plus_months(month).plus(-1)).collect();
            let months = movements(&contracts(&rows), &evenings);
            for month in &months {
                let gained = month.new + month.reactivated + month.expansion;
                let lost = month.contraction + month.churned;
                prop_assert_eq!(month.mrr_start + gained - lost, month.mrr);
                prop_assert!([month.new, month.reactivated, month.expansion, month.contraction, month.churned].iter().all(|m| m.0 >= 0));
                for running in [month.paying, month.subscribed, month.contracts] {
                    prop_assert_eq!(running.start + running.new + running.reactivated, running.end + running.lost);
                }
            }
            for pair in months.windows(2) {
                prop_assert_eq!((pair[0].mrr, pair[0].paying.end), (pair[1].mrr_start, pair[1].paying.start));
            }
            let whole = &movements(&contracts(&rows), &[evenings[0], evenings[15]])[0];
            prop_assert_eq!(whole.mrr, months[14].mrr);
        }
    }
}
