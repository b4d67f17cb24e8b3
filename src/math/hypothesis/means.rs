//! Means of two groups.

use super::{Difference, Test};
use crate::math::distributions::{student_quantile, student_sf};
use crate::math::order;
use crate::math::random::Random;
use crate::math::stats::quantile;

/// A group of values in two moments.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sample {
    /// Values.
    pub n: u64,
    /// Their mean.
    pub mean: f64,
    /// Their variance, with n − 1 below.
    pub variance: f64,
}

impl Sample {
    /// The moments of values; those with a scale are divided by it. Nothing with fewer than two.
    pub fn of(values: &[i64], scale: f64) -> Option<Sample> {
        let n = values.len();
        if n < 2 {
            return None;
        }
        // Whole numbers below, so that neither order nor size of the values costs a digit of the sum.
        let sum: i128 = values.iter().map(|value| i128::from(*value)).sum();
        let mean = sum as f64 / n as f64;
        let squares: f64 = values.iter().map(|value| (*value as f64 - mean) * (*value as f64 - mean)).sum();
        let variance = squares / (n - 1) as f64;
        Some(Sample { n: n as u64, mean: mean / scale, variance: variance / (scale * scale) })
    }

    /// The variance of the mean.
    fn of_mean(&self) -> f64 {
        self.variance / self.n as f64
    }
}

/// Welch's t test (Welch 1947), with the difference of the means and its 95 % interval. Nothing where neither varies.
pub fn welch(a: &Sample, b: &Sample) -> Option<(Difference, Test)> {
    let (first, second) = (a.of_mean(), b.of_mean());
    let error = libm::sqrt(first + second);
    if error <= 0.0 {
        return None;
    }
    // Satterthwaite (1946).
    let part = |of_mean: f64, n: u64| of_mean * of_mean / (n - 1) as f64;
    let degrees = (first + second) * (first + second) / (part(first, a.n) + part(second, b.n));
    let value = a.mean - b.mean;
    let reach = student_quantile(0.975, degrees) * error;
    let statistic = value / error;
    let test = Test { statistic, degrees, p: (2.0 * student_sf(statistic.abs(), degrees)).min(1.0) };
    Some((Difference { value, low: value - reach, high: value + reach }, test))
}

/// Values of which most are zero, as revenue per visitor is.
#[derive(Clone, Debug, PartialEq)]
pub struct ManyZeros<'a> {
    /// The others, in ascending order.
    pub others: &'a [i64],
    /// All values, the zeros too.
    pub all: u32,
}

/// What resampling finds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resampled {
    /// The difference of the means, in the unit of the values, with its percentile interval, 95 %.
    pub difference: Difference,
    /// How likely a difference at least as far out is where there is none, both sides.
    pub p: f64,
    /// The share of the samples in which the first mean is the larger one, ties half.
    pub larger: f64,
}

/// Samples that are drawn, and the fewest where there are very many values.
const SAMPLES: usize = 2000;
const FEWEST_SAMPLES: usize = 300;

/// Draws in all, about half a second of them.
const DRAWS: usize = 40_000_000;

/// The difference of two means by the bootstrap (Efron and Tibshirani 1993, chapters 13 and 16): both groups are drawn anew
/// from themselves, with a seed. Nothing where either is empty or nothing varies.
pub fn bootstrap(a: &ManyZeros<'_>, b: &ManyZeros<'_>, seed: u64) -> Option<Resampled> {
    if a.all == 0 || b.all == 0 || (a.others.is_empty() && b.others.is_empty()) {
        return None;
    }
    let drawn = a.others.len() + b.others.len();
    let samples = (DRAWS / drawn.max(1)).clamp(FEWEST_SAMPLES, SAMPLES);
    let mut random = Random::new(seed);
    let mut mean = |group: &ManyZeros<'_>| {
        // How many are not zero is drawn at once, and then these only.
        let count = random.binomial(group.all, group.others.len() as f64 / f64::from(group.all));
        let sum: i128 =
            (0..count).map(|_| i128::from(group.others[random.below(group.others.len() as u32) as usize])).sum();
        sum as f64 / f64::from(group.all)
    };
    let mut differences: Vec<f64> = (0..samples).map(|_| mean(a) - mean(b)).collect();
    order::sort_by(&mut differences, f64::total_cmp);
    let (least, most) = (differences[0], differences[samples - 1]);
    if least == most {
        return None;
    }
    let own = |group: &ManyZeros<'_>| {
        group.others.iter().map(|value| i128::from(*value)).sum::<i128>() as f64 / f64::from(group.all)
    };
    let below = differences.partition_point(|difference| *difference < 0.0) as f64;
    let not_above = differences.partition_point(|difference| *difference <= 0.0) as f64;
    let larger = 1.0 - (below + not_above) / (2.0 * samples as f64);
    // One sample more on the far side, so that no difference is said to be impossible (Davison and Hinkley 1997, 4.2).
    let far = |count: f64| (count + 1.0) / (samples + 1) as f64;
    let p = 2.0 * far(not_above).min(far(samples as f64 - below));
    let end = |p| quantile(&differences, p).unwrap_or_default();
    let difference = Difference { value: own(a) - own(b), low: end(0.025), high: end(0.975) };
    Some(Resampled { difference, p: p.min(1.0), larger })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Student (1908), table of sleep, as R's `t.test(extra ~ group, data = sleep)`: t = -1.8608, df = 17.776, p = 0.07939,
    /// -3.3654832 to 0.2054832.
    #[test]
    fn the_sleep_data() {
        let one = [7_000, -16_000, -2_000, -12_000, -1_000, 34_000, 37_000, 8_000, 0, 20_000];
        let two = [19_000, 8_000, 11_000, 1_000, -1_000, 44_000, 55_000, 16_000, 46_000, 34_000];
        let of = |values: &[i64]| Sample::of(values, 10_000.0).unwrap();
        let (difference, test) = welch(&of(&one), &of(&two)).unwrap();
        assert!((test.statistic + 1.8608).abs() < 5e-5 && (test.degrees - 17.776).abs() < 5e-4);
        assert!((test.p - 0.07939).abs() < 5e-6);
        assert!((difference.low + 3.3654832).abs() < 5e-8 && (difference.high - 0.2054832).abs() < 5e-8);
        assert_eq!(welch(&of(&[1, 1, 1]), &of(&[2, 2])), None, "nothing varies");
        assert_eq!(Sample::of(&[1], 1.0), None);
    }

    /// Where the values are many, resampling finds what Welch's interval says.
    #[test]
    fn resampling_agrees_with_theory_where_that_holds() {
        let mut random = Random::new(5);
        let mut group = |all: usize, share: f64, rate: f64| {
            let mut values: Vec<i64> = (0..all)
                .map(|_| if random.uniform() < share { (random.gamma(3.0, rate) * 1e6) as i64 } else { 0 })
                .collect();
            order::sort_by(&mut values, Ord::cmp);
            values
        };
        let (a, b) = (group(6000, 0.25, 0.9), group(5000, 0.22, 1.0));
        let others = |values: &[i64]| values.iter().copied().filter(|value| *value != 0).collect::<Vec<_>>();
        let (of_a, of_b) = (others(&a), others(&b));
        let found =
            bootstrap(&ManyZeros { others: &of_a, all: 6000 }, &ManyZeros { others: &of_b, all: 5000 }, 1).unwrap();
        let (expected, test) = welch(&Sample::of(&a, 1.0).unwrap(), &Sample::of(&b, 1.0).unwrap()).unwrap();
        assert!((found.difference.value - expected.value).abs() < 1e-6);
        let width = expected.high - expected.low;
        assert!((found.difference.low - expected.low).abs() < 0.05 * width);
        assert!((found.difference.high - expected.high).abs() < 0.05 * width);
        assert!(found.p < 0.01 && test.p < 0.01 && found.larger > 0.99);
        let none = ManyZeros { others: &[], all: 10 };
        assert_eq!(bootstrap(&none, &none, 1), None);
        assert_eq!(bootstrap(&none, &ManyZeros { others: &[], all: 0 }, 1), None);
    }
}
