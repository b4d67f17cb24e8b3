//! What the models take for granted, checked on the data.
//!
//! | belief | measure | it holds |
//! | --- | --- | --- |
//! | spend is independent of frequency | Spearman's rank correlation of repeat purchases and their mean value; eta squared over classes of frequency | correlation within ± 0.3, its 95 % interval too |
//! | purchases come at random times | Wheat and Morrison (1990), "Estimating purchase regularity with two interpurchase times", Journal of Marketing Research 27: of each customer's last two gaps the share of the first has the variance 1 / (4 (2k + 1)) where times are Erlang-k | k below 1.5 |
//! | no season | the highest month of [`season`] | there is none |
//! | spend stays the same | the mean logarithm of a customer's mean purchase of the last 12 months over that of the 12 before | its 95 % interval holds 0, or it is within ± 5 % |
//! | newer customers are like older ones | repeat purchases of both halves of the customers over those that the models expect | the two ratios are within 15 % of each other |
//! | enough came back | repeat buyers | 30 or more |

use super::super::season::season;
use crate::ledger::{Summary, Visits};
use crate::math::money::SCALE;
use crate::math::stats::rank_correlation;
use crate::math::{Day, order};
use crate::models::outlook::{Outlook, Year};
use crate::models::shop::{DEPENDENT, spends};
use crate::models::timing::{FEW, REGULAR, Timing};
use crate::models::verdict::PLENTY;
use crate::report::checks::{Assumption, Belief};

/// A drift within this matters to nobody.
const SMALL_DRIFT: f64 = 0.05;

/// Halves of the customers further apart than this are not alike.
const APART: f64 = 0.15;

/// All beliefs.
pub fn all(visits: &Visits, outlook: &Outlook) -> Vec<Assumption> {
    let summary = &outlook.summary;
    vec![
        independence(summary),
        random_times(visits, outlook.end),
        no_season(visits, outlook.end),
        no_drift(visits, summary, outlook.end),
        like_cohorts(summary, outlook.year.as_ref()),
        enough(summary),
    ]
}

fn unknown(belief: Belief, of: usize) -> Assumption {
    Assumption { belief, holds: None, value: None, other: None, of: of as u64 }
}

fn independence(summary: &Summary) -> Assumption {
    let (list, _) = spends(summary);
    let pairs: Vec<(f64, f64)> = list.iter().map(|spend| (f64::from(spend.frequency), spend.mean)).collect();
    match rank_correlation(&pairs).filter(|_| pairs.len() >= FEW) {
        None => unknown(Belief::Independence, pairs.len()),
        Some(correlation) => Assumption {
            holds: is_within(correlation, pairs.len()),
            value: Some(correlation),
            other: eta_squared(&pairs),
            ..unknown(Belief::Independence, pairs.len())
        },
    }
}

/// Normal quantile of a 95 % interval.
const WIDE: f64 = 1.96;

/// Whether a rank correlation is within the bounds; nothing where its 95 % interval holds both (Fisher's z with the variance
/// 1.06 / (n − 3) of Fieller, Hartley and Pearson 1957).
fn is_within(correlation: f64, n: usize) -> Option<bool> {
    let half = WIDE * libm::sqrt(1.06 / (n as f64 - 3.0));
    let z = libm::atanh(correlation.abs());
    let (low, high) = (libm::tanh(z - half), libm::tanh(z + half));
    match () {
        () if high <= DEPENDENT => Some(true),
        () if low > DEPENDENT => Some(false),
        () => None,
    }
}

/// The share of the variance of the second numbers that lies between classes of the first: 1, 2, 3, 4, 5 to 6, 7 and more.
fn eta_squared(pairs: &[(f64, f64)]) -> Option<f64> {
    let class = |x: f64| {
        if x >= 7.0 {
            5
        } else if x >= 5.0 {
            4
        } else {
            (x as usize).saturating_sub(1)
        }
    };
    let mean = pairs.iter().map(|pair| pair.1).sum::<f64>() / pairs.len() as f64;
    let mut sums = [(0.0, 0.0); 6];
    for &(x, y) in pairs {
        let sum = &mut sums[class(x)];
        *sum = (sum.0 + 1.0, sum.1 + y);
    }
    let within: f64 = pairs.iter().map(|pair| (pair.1 - mean) * (pair.1 - mean)).sum();
    let square = |n: f64, sum: f64| n * (sum / n - mean) * (sum / n - mean);
    let between: f64 = sums.iter().filter(|(n, _)| *n > 0.0).map(|&(n, sum)| square(n, sum)).sum();
    (within > 0.0).then(|| between / within)
}

fn random_times(visits: &Visits, end: Day) -> Assumption {
    let timing = Timing::of(visits, end);
    Assumption {
        holds: timing.regularity.map(|regularity| regularity < REGULAR),
        value: timing.regularity,
        ..unknown(Belief::RandomTimes, timing.of)
    }
}

fn no_season(visits: &Visits, end: Day) -> Assumption {
    const THREE_YEARS: i32 = 1095;
    let buyers = visits.len();
    let observed = visits.span().map_or(0, |(first, _)| end.0 - first.0 + 1);
    match season(visits, end) {
        Some(season) => {
            let highest = season
                .index
                .iter()
                .copied()
                .enumerate()
                .fold((0, 0.0), |best, (at, index)| if index > best.1 { (at, index) } else { best });
            Assumption {
                holds: Some(false),
                value: Some(highest.1),
                other: Some(highest.0 as f64 + 1.0),
                ..unknown(Belief::NoSeason, buyers)
            }
        }
        None => Assumption { holds: (observed >= THREE_YEARS).then_some(true), ..unknown(Belief::NoSeason, buyers) },
    }
}

fn no_drift(visits: &Visits, summary: &Summary, end: Day) -> Assumption {
    let (middle, start) = (end.plus_months(-12), end.plus_months(-24));
    let mut changes = Vec::new();
    for &c in &summary.buyers {
        let c = c as usize;
        let mut sums = [(0.0, 0.0); 2];
        let own = visits.of_customer(c).iter().zip(visits.spent(c));
        for (visit, spent) in own.filter(|(visit, _)| visit.purchases > 0 && visit.day > start && visit.day <= end) {
            let sum = &mut sums[usize::from(visit.day > middle)];
            *sum = (sum.0 + 1.0, sum.1 + spent as f64 / SCALE as f64);
        }
        let [before, now] = sums.map(|(n, sum)| if n > 0.0 { sum / n } else { 0.0 });
        if before > 0.0 && now > 0.0 {
            changes.push(libm::log(now / before));
        }
    }
    if changes.len() < FEW {
        return unknown(Belief::NoDrift, changes.len());
    }
    let n = changes.len() as f64;
    let mean = changes.iter().sum::<f64>() / n;
    let variance = changes.iter().map(|change| (change - mean) * (change - mean)).sum::<f64>() / (n - 1.0);
    let half = 1.96 * libm::sqrt(variance / n);
    let drift = libm::expm1(mean);
    Assumption {
        holds: Some(mean.abs() <= half || drift.abs() <= SMALL_DRIFT),
        value: Some(drift),
        other: Some(half),
        ..unknown(Belief::NoDrift, changes.len())
    }
}

fn like_cohorts(summary: &Summary, year: Option<&Year>) -> Assumption {
    let n = summary.buyers.len();
    let Some(year) = year.filter(|_| n >= 2 * FEW) else { return unknown(Belief::LikeCohorts, n) };
    let mut ages: Vec<u32> = summary.buyers.iter().map(|&c| summary.t[c as usize]).collect();
    order::sort_by(&mut ages, u32::cmp);
    let middle = ages[n / 2];
    let models: Vec<_> = year.members.iter().map(|member| member.model()).collect();
    let mut sums = [(0.0, 0.0); 2];
    let mut known = (u32::MAX, 0.0);
    for &age in &ages {
        if known.0 != age {
            let expected = models.iter().map(|model| model.expected_of_new(f64::from(age))).sum::<f64>();
            known = (age, expected / models.len() as f64);
        }
        sums[usize::from(age >= middle)].1 += known.1;
    }
    for &c in &summary.buyers {
        let older = usize::from(summary.t[c as usize] >= middle);
        sums[older].0 += f64::from(summary.frequency[c as usize]);
    }
    let [newer, older] = sums.map(|(actual, expected)| actual / expected);
    if !(newer.is_finite() && older.is_finite() && older > 0.0) || sums[0].1 < PLENTY {
        return unknown(Belief::LikeCohorts, n);
    }
    Assumption {
        holds: Some((newer / older - 1.0).abs() <= APART),
        value: Some(newer),
        other: Some(older),
        ..unknown(Belief::LikeCohorts, n)
    }
}

fn enough(summary: &Summary) -> Assumption {
    let repeaters = summary.buyers.iter().filter(|&&c| summary.frequency[c as usize] > 0).count() as f64;
    Assumption {
        holds: Some(repeaters >= PLENTY),
        value: Some(repeaters),
        ..unknown(Belief::EnoughRepeatBuyers, summary.buyers.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random::Random;
    use crate::measures::tests::Whole;

    /// 200 customers who buy six times, each gap drawn anew, for amounts drawn anew.
    fn shop(mut gap: impl FnMut(&mut Random) -> f64, mut amount: impl FnMut(&mut Random, i32) -> i64) -> Whole {
        let mut random = Random::new(11);
        let mut rows: Vec<(String, String, i64)> = Vec::new();
        for customer in 0..200 {
            let mut day = 19_000.0 + f64::from(random.below(30));
            for _ in 0..6 {
                let on = Day(day as i32);
                rows.push((format!("c{customer}"), on.to_string(), amount(&mut random, on.0 - 19_000)));
                day += 1.0 + gap(&mut random);
            }
        }
        let rows: Vec<(&str, &str, i64)> = rows.iter().map(|(who, day, n)| (&**who, &**day, *n)).collect();
        Whole::rows(&rows)
    }

    #[test]
    fn regular_times_are_told_from_random_ones() {
        let random = shop(|random| random.exponential(1.0 / 90.0), |_, _| 20);
        let regular = shop(|random| 60.0 + f64::from(random.below(20)), |_, _| 20);
        let told = |whole: &Whole| random_times(whole.shown().visits, whole.shown().end);
        let (random, regular) = (told(&random), told(&regular));
        assert_eq!((random.holds, random.of, regular.holds), (Some(true), 200, Some(false)));
        assert!((random.value.unwrap() - 1.0).abs() < 0.35, "{random:?}");
        assert!(regular.value.unwrap() > 5.0, "{regular:?}");
    }

    #[test]
    fn what_is_spent_may_drift_or_not() {
        let gap = |random: &mut Random| 100.0 + f64::from(random.below(40));
        let same = shop(gap, |random, _| 40 + i64::from(random.below(20)));
        let rising = shop(gap, |random, day| (40 + i64::from(random.below(20))) * if day > 365 { 3 } else { 2 });
        let told = |whole: &Whole| no_drift(whole.shown().visits, whole.shown().summary, whole.shown().end);
        assert_eq!((told(&same).holds, told(&rising).holds), (Some(true), Some(false)));
        assert!(told(&rising).value.unwrap() > 0.2, "{:?}", told(&rising));
    }

    #[test]
    fn few_buyers_leave_open_whether_spend_hangs_on_frequency() {
        // 0.29 of 40 buyers: from -0.02 to 0.56; of 4,000: from 0.26 to 0.32.
        assert_eq!([40, 4_000].map(|n| is_within(0.29, n)), [None, None]);
        assert_eq!([40, 4_000].map(|n| is_within(-0.2, n)), [None, Some(true)]);
        assert_eq!([40, 4_000].map(|n| is_within(-0.7, n)), [Some(false); 2]);
    }

    #[test]
    fn eta_squared_is_the_share_between_classes() {
        let pairs = [(1.0, 10.0), (1.0, 12.0), (2.0, 20.0), (2.0, 22.0)];
        // Between: 4 × 25; all: 36 + 16 + 16 + 36.
        assert!((eta_squared(&pairs).unwrap() - 100.0 / 104.0).abs() < 1e-12);
        assert_eq!(eta_squared(&[(1.0, 5.0), (2.0, 5.0)]), None);
    }

    #[test]
    fn of_a_few_nothing_is_known() {
        let whole = Whole::rows(&[("a", "2024-01-01", 5), ("a", "2024-02-01", 6), ("b", "2024-01-03", 5)]);
        let shown = whole.shown();
        let holds = [
            independence(shown.summary),
            random_times(shown.visits, shown.end),
            no_season(shown.visits, shown.end),
            no_drift(shown.visits, shown.summary, shown.end),
            like_cohorts(shown.summary, None),
        ]
        .map(|assumption| assumption.holds);
        assert_eq!(holds, [None; 5]);
        assert_eq!(enough(shown.summary).holds, Some(false));
    }
}
