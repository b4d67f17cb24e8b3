//! What customers have brought so far (definitions.md, section 5, model 1), its distribution, and payback.

use super::{Shown, mean};
use crate::math::calendar::YEAR_DAYS;
use crate::math::money::{Derived, SCALE};
use crate::math::stats::quantile;
use crate::math::{Day, Money};
use crate::report::schema::{Bin, PaybackPoint};
use crate::settings::Settings;

/// Bars of the distribution before the open one, at most.
const BARS: i64 = 14;

/// Mean and median of what customers have brought so far: the largest first.
pub fn historical(revenues: &[i64]) -> (Option<Derived>, Option<Derived>) {
    let count = revenues.len();
    let units = |amount: i64| amount as f64 / SCALE as f64;
    // The two in the middle, the same where there is one: the quantile interpolates between them.
    let middle = [count / 2, count.saturating_sub(1) / 2].map(|at| revenues.get(at).copied().map(units));
    let median = middle[0].zip(middle[1]).and_then(|(low, high)| quantile(&[low, high], 0.5));
    (mean(revenues.iter().sum(), count as u64), median.map(Derived))
}

/// What customers have brought so far, the largest first, in bars of one round width (1, 2 or 5 times a power of ten) that
/// reach to the 95th percentile; what lies above is one open bar, what lies below zero another.
pub fn distribution(revenues: &[i64]) -> Vec<Bin> {
    let (Some(&most), Some(&least)) = (revenues.first(), revenues.last()) else { return Vec::new() };
    let reach = revenues[revenues.len() - (revenues.len() * 95).div_ceil(100)].max(0);
    let width = round_width(reach / BARS + 1);
    let bars = reach / width + 1;
    let bin = |from: Option<i64>, to: Option<i64>| {
        let start = to.map_or(0, |to| revenues.partition_point(|&revenue| revenue >= to));
        let end = from.map_or(revenues.len(), |from| revenues.partition_point(|&revenue| revenue >= from));
        let revenue = Money(revenues[start..end].iter().sum());
        Bin { from: from.map(Money), to: to.map(Money), customers: (end - start) as u64, revenue }
    };
    let mut bins = Vec::new();
    if least < 0 {
        bins.push(bin(None, Some(0)));
    }
    bins.extend((0..bars).map(|k| bin(Some(k * width), Some((k + 1).saturating_mul(width)))));
    let top = bars.saturating_mul(width);
    if most >= top {
        bins.push(bin(Some(top), None));
    }
    bins
}

/// The smallest of 1, 2 and 5 times a power of ten that is not below `least`, and not below a hundredth of the unit.
fn round_width(least: i64) -> i64 {
    let mut power = SCALE / 100;
    loop {
        for step in [1, 2, 5] {
            if power.saturating_mul(step) >= least {
                return power.saturating_mul(step);
            }
        }
        power = power.saturating_mul(10);
    }
}

/// Mean cumulative margin of a customer (revenue where no margin is set) by whole months since the first purchase.
///
/// A month is 365.25 / 12 days. Month `m` holds the days from m to m + 1 months after the first purchase. What a
/// customer brings in it is the mean over the customers who were observed to its end, and the curve adds these means up:
/// so older and younger customers all count for as long as they were seen, and the curve falls only where refunds
/// outweigh purchases, not because those who are seen longest happen to differ. It ends where fewer than a tenth of the
/// customers were observed that long. Customers who first bought before the period are left out: their first months
/// were not seen.
pub fn payback(shown: Shown<'_>, settings: &Settings) -> Vec<PaybackPoint> {
    payback_by(shown, settings, 1, &|_| Some(0)).pop().unwrap_or_default()
}

/// [`payback`] of each of so many groups of customers.
pub fn payback_by(
    shown: Shown<'_>,
    settings: &Settings,
    groups: usize,
    group_of: &dyn Fn(usize) -> Option<usize>,
) -> Vec<Vec<PaybackPoint>> {
    let months = months_lived(shown.start, shown.end);
    // Of the customers observed that long, the change from the month before; of what they brought, the month's own.
    let mut customers = vec![vec![0i64; months + 1]; groups];
    let mut brought = vec![vec![0i64; months]; groups];
    for customer in shown.buyers() {
        let first = shown.visits.first_ever[customer];
        let lived = months_lived(first, shown.end);
        let Some(group) = group_of(customer).filter(|_| first >= shown.start && lived > 0) else { continue };
        customers[group][0] += 1;
        customers[group][lived] -= 1;
        for visit in shown.visits.of_customer(customer) {
            let month = month_since(first, visit.day);
            if month < lived {
                brought[group][month] += visit.revenue;
            }
        }
    }
    let margin = settings.margin.unwrap_or(1.0);
    let curve = |(customers, brought): (&Vec<i64>, &Vec<i64>)| {
        let (mut observed, mut cumulative) = (0, 0.0);
        let mut points = Vec::new();
        for month in 0..months {
            observed += customers[month];
            let Some(brought) = mean(brought[month], observed as u64).filter(|_| observed * 10 >= customers[0]) else {
                break;
            };
            cumulative += brought.0;
            let customers = observed as u64;
            points.push(PaybackPoint { month: month as u32, customers, cumulative: Derived(cumulative * margin) });
        }
        points
    };
    customers.iter().zip(&brought).map(curve).collect()
}

/// Whole months of 365.25 / 12 days from a first purchase to a later day, 0 for the first month; what lies before it (a refund
/// of something older) belongs to that.
pub(super) fn month_since(first: Day, day: Day) -> usize {
    // Month k begins after ceil(k x 365.25 / 12) days: in whole numbers, floor(days x 48 / 1461) is the month.
    const { assert!(YEAR_DAYS * 4.0 == 1461.0) }
    (i64::from(day.0 - first.0) * 48).div_euclid(1461).max(0) as usize
}

/// Whole months from a first purchase to the end of a day.
pub(super) fn months_lived(first: Day, last: Day) -> usize {
    month_since(first, last.plus(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::order;
    use crate::measures::tests::Whole;

    #[test]
    fn widths_are_round() {
        let widths = [1, 100, 101, 201, 501, 1001, 34_000].map(round_width);
        assert_eq!(widths, [100, 100, 200, 500, 1000, 2000, 50_000]);
    }

    /// What the customers of rows have brought, the largest first.
    fn revenues(rows: &[(&str, &str, i64)]) -> Vec<i64> {
        let whole = Whole::rows(rows);
        let mut revenues: Vec<i64> = whole.shown().buyers().map(|c| whole.shown().summary.revenue[c]).collect();
        order::sort_by(&mut revenues, |a, b| b.cmp(a));
        revenues
    }

    #[test]
    fn every_customer_falls_into_one_bar() {
        let ids: Vec<String> = (0..200).map(|i| format!("c{i}")).collect();
        let mut rows: Vec<(&str, &str, i64)> =
            ids.iter().map(|id| (&**id, "2024-01-01", id.len() as i64 * 7)).collect();
        rows.extend([("big", "2024-01-01", 90_000), ("back", "2024-01-01", 5), ("back", "2024-01-02", -9)]);
        let bins = distribution(&revenues(&rows));
        assert_eq!(bins.iter().map(|bin| bin.customers).sum::<u64>(), 202);
        assert_eq!((bins[0].from, bins[0].customers), (None, 1));
        assert_eq!(bins.last().map(|bin| (bin.to, bin.customers)), Some((None, 1)));
        for pair in bins.windows(2) {
            assert_eq!(pair[0].to, pair[1].from);
        }
    }

    #[test]
    fn payback_counts_only_customers_observed_to_the_end_of_the_month() {
        // From 2024-01-01 to 2024-03-31 are 91 days: two whole months. b has lived one, c none.
        let rows = [
            ("a", "2024-01-01", 10),
            ("a", "2024-02-15", 20),
            ("a", "2024-03-20", 99),
            ("b", "2024-02-20", 30),
            ("b", "2024-03-01", -8),
            ("c", "2024-03-10", 70),
        ];
        let points = payback(Whole::rows(&rows).until("2024-03-31").shown(), &Settings::default());
        let points: Vec<_> = points.iter().map(|p| (p.month, p.customers, p.cumulative.0)).collect();
        assert_eq!(points, [(0, 2, 16.0), (1, 1, 36.0)]);
    }

    #[test]
    fn mean_and_median_are_over_customers() {
        let rows = [("a", "2024-01-01", 10), ("b", "2024-01-01", 20), ("b", "2024-01-05", 60)];
        assert_eq!(historical(&revenues(&rows)), (Some(Derived(45.0)), Some(Derived(45.0))));
        let more = [rows[0], rows[1], rows[2], ("c", "2024-01-01", 11)];
        assert_eq!(historical(&revenues(&more)), (Some(Derived(101.0 / 3.0)), Some(Derived(11.0))));
        assert_eq!(historical(&revenues(&[("a", "2024-01-01", -1)])), (None, None));
    }
}
