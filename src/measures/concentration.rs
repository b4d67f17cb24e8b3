//! How unevenly revenue is spread over customers (definitions.md, section 4).

use super::ratio;
use crate::math::Money;
use crate::report::schema::{Concentration, TopShare};

/// Percent of customers whose share is told.
const TOP: [u64; 5] = [1, 5, 10, 20, 50];

/// Lorenz curve, Gini coefficient and top shares of customers; `revenues` is what each of them brought, the largest first.
///
/// Who got back more than they paid counts as nothing here, in the parts and in the whole: shares of a sum with negative
/// parts would leave 0 to 1. Shares of a revenue that is not positive are not defined. All is integer arithmetic up to
/// the one division.
pub fn concentration(revenues: &[i64]) -> Concentration {
    let n = revenues.len() as u64;
    // What the largest so many bring, for every number of them.
    let mut tops = Vec::with_capacity(revenues.len() + 1);
    let mut total = 0;
    tops.push(total);
    for &revenue in revenues {
        total += revenue.max(0);
        tops.push(total);
    }
    let share = |part: i64| ratio(part as f64, total as f64).filter(|_| total > 0);
    let top_sum = |customers: u64| tops[customers.min(n) as usize];
    let top = TOP.map(|percent| {
        let customers = (n * percent).div_ceil(100);
        let revenue = top_sum(customers);
        TopShare { p: percent as f64 / 100.0, customers, revenue: Money(revenue), share: share(revenue) }
    });
    let lowest = |customers: u64| total - top_sum(n - customers);
    let lorenz = if total > 0 { (0..=10).filter_map(|k| share(lowest(tenths(n, k)))).collect() } else { Vec::new() };
    Concentration { gini: gini(&tops), top: top.into(), lorenz, top_ten_share: share(top_sum(10)) }
}

/// n x k / 10, a half rounded to the even number, so that no decile leans to one side.
fn tenths(n: u64, k: u64) -> u64 {
    let (whole, rest) = (n * k / 10, n * k % 10);
    whole + u64::from(rest > 5 || (rest == 5 && whole % 2 == 1))
}

/// Gini coefficient: (2 x sum of i x_i) / (n x sum of x_i) - (n + 1) / n with x ascending and i from 1 (the usual form
/// for a sample that is the whole population, without a correction for small n). `tops[k]` is the sum of the k largest.
fn gini(tops: &[i64]) -> Option<f64> {
    let total = tops.last().copied().filter(|&total| total > 0)?;
    let n = tops.len() as i128 - 1;
    // The largest x counts n times, the next one n - 1 times: each of `tops` but the empty one counts its parts once.
    let weighted: i128 = tops.iter().map(|&top| i128::from(top)).sum();
    let total = i128::from(total);
    Some((2 * weighted - (n + 1) * total) as f64 / (n * total) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gini_is_zero_for_equals_and_nears_one_for_a_single_payer() {
        let gini = |revenues: &[i64]| concentration(revenues).gini;
        assert_eq!(gini(&[5, 5, 5, 5]), Some(0.0));
        assert_eq!(gini(&[100, 0, 0, 0]), Some(0.75));
        assert_eq!(gini(&[100, 0, -30, -70]), Some(0.75));
        assert_eq!(gini(&[0, -1]), None);
        assert_eq!(gini(&[]), None);
    }

    #[test]
    fn deciles_round_halves_to_even() {
        assert_eq!([tenths(5, 1), tenths(5, 3), tenths(15, 1), tenths(15, 3)], [0, 2, 2, 4]);
        assert_eq!((tenths(2357, 10), tenths(2357, 1)), (2357, 236));
    }
}
