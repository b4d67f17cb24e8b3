//! How unevenly revenue is spread over customers (definitions.md, section 4).

use super::{Shown, ratio};
use crate::math::Money;
use crate::report::schema::{Concentration, TopShare};

/// Percent of customers whose share is told.
const TOP: [u64; 5] = [1, 5, 10, 20, 50];

/// Lorenz curve, Gini coefficient and top shares of the customers with a purchase; `by_revenue` lists them with the
/// largest first.
///
/// Who got back more than they paid counts as nothing here, in the parts and in the whole: shares of a sum with negative
/// parts would leave 0 to 1. Shares of a revenue that is not positive are not defined. All is integer arithmetic up to
/// the one division.
pub fn concentration(shown: Shown<'_>, by_revenue: &[u32]) -> Concentration {
    let descending: Vec<i64> = by_revenue.iter().map(|&c| shown.summary.revenue[c as usize].max(0)).collect();
    let n = descending.len() as u64;
    let total: i64 = descending.iter().sum();
    let share = |part: i64| ratio(part as f64, total as f64).filter(|_| total > 0);
    let top_sum = |customers: u64| descending.iter().take(customers as usize).sum::<i64>();
    let top = TOP.map(|percent| {
        let customers = (n * percent).div_ceil(100);
        let revenue = top_sum(customers);
        TopShare { p: percent as f64 / 100.0, customers, revenue: Money(revenue), share: share(revenue) }
    });
    let lowest = |customers: u64| total - top_sum(n - customers);
    let lorenz = if total > 0 { (0..=10).filter_map(|k| share(lowest(tenths(n, k)))).collect() } else { Vec::new() };
    Concentration { gini: gini(&descending, total), top: top.into(), lorenz, top_ten_share: share(top_sum(10)) }
}

/// n x k / 10, a half rounded to the even number, so that no decile leans to one side.
fn tenths(n: u64, k: u64) -> u64 {
    let (whole, rest) = (n * k / 10, n * k % 10);
    whole + u64::from(rest > 5 || (rest == 5 && whole % 2 == 1))
}

/// Gini coefficient: (2 x sum of i x_i) / (n x sum of x_i) - (n + 1) / n with x ascending and i from 1 (the usual form
/// for a sample that is the whole population, without a correction for small n).
fn gini(descending: &[i64], total: i64) -> Option<f64> {
    if total <= 0 {
        return None;
    }
    let n = descending.len() as i128;
    let weighted: i128 = descending.iter().rev().zip(1..).map(|(&x, i): (_, i128)| i * i128::from(x)).sum();
    let total = i128::from(total);
    Some((2 * weighted - (n + 1) * total) as f64 / (n * total) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gini_is_zero_for_equals_and_nears_one_for_a_single_payer() {
        assert_eq!(gini(&[5, 5, 5, 5], 20), Some(0.0));
        assert_eq!(gini(&[100, 0, 0, 0], 100), Some(0.75));
        assert_eq!(gini(&[1, -1], 0), None);
        assert_eq!(gini(&[], 0), None);
    }

    #[test]
    fn deciles_round_halves_to_even() {
        assert_eq!([tenths(5, 1), tenths(5, 3), tenths(15, 1), tenths(15, 3)], [0, 2, 2, 4]);
        assert_eq!((tenths(2357, 10), tenths(2357, 1)), (2357, 236));
    }
}
