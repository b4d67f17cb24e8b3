//! Quantiles of sorted values, intervals of shares, rank correlation.

use serde::{Deserialize, Serialize};

use super::order::{self, Keyed};

/// The p-quantile of ascending values by linear interpolation between order statistics
/// (Hyndman and Fan 1996, definition 7: the default of R and NumPy). Nothing where there are no values.
pub fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = p.clamp(0.0, 1.0) * last as f64;
    let below = libm::floor(position) as usize;
    let above = (below + 1).min(last);
    let share = position - below as f64;
    Some(sorted[below] + (sorted[above] - sorted[below]) * share)
}

/// [`quantile`] of whole numbers, given how often each of 0, 1, 2, ... occurs: no sorting, whatever their number.
pub fn quantile_of_counts(counts: &[u64], p: f64) -> Option<f64> {
    let last = counts.iter().sum::<u64>().checked_sub(1)?;
    let position = p.clamp(0.0, 1.0) * last as f64;
    let below = libm::floor(position) as u64;
    let share = position - below as f64;
    let mut passed = 0;
    let mut found = None;
    for (value, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        passed += count;
        if found.is_none() && passed > below {
            found = Some(value as f64);
        }
        if passed > (below + 1).min(last) {
            return found.map(|low| low + (value as f64 - low) * share);
        }
    }
    found
}

/// A share with its 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Those who do.
    pub count: u64,
    /// All who could.
    pub of: u64,
    /// `count / of`; nothing where `of` is 0.
    pub rate: Option<f64>,
    /// Lower end of the 95 % interval.
    pub low: Option<f64>,
    /// Upper end of the 95 % interval.
    pub high: Option<f64>,
}

impl Share {
    /// The share with Wilson's score interval (Wilson 1927), 95 %, without continuity correction.
    pub fn new(count: u64, of: u64) -> Share {
        if of == 0 {
            return Share { count, of, rate: None, low: None, high: None };
        }
        let z = 1.959_963_984_540_054;
        let (n, rate) = (of as f64, count as f64 / of as f64);
        let centre = rate + z * z / (2.0 * n);
        let spread = z * libm::sqrt(rate * (1.0 - rate) / n + z * z / (4.0 * n * n));
        let scale = 1.0 + z * z / n;
        let end = |x: f64| Some((x / scale).clamp(0.0, 1.0));
        Share { count, of, rate: Some(rate), low: end(centre - spread), high: end(centre + spread) }
    }

    /// How much larger it is than another, and the ends of the 95 % interval of that: Newcombe's hybrid score interval
    /// (Newcombe 1998, method 10). Nothing where either is not defined.
    pub fn minus(&self, other: &Share) -> Option<[f64; 3]> {
        let (a, b) = (self.parts()?, other.parts()?);
        let difference = a.0 - b.0;
        let low = difference - libm::hypot(a.0 - a.1, b.2 - b.0);
        let high = difference + libm::hypot(a.2 - a.0, b.0 - b.1);
        Some([difference, low, high])
    }

    /// Whether two shares' difference can't be told from 0 at 95 %. True where either is not defined.
    pub fn within_chance_of(&self, other: &Share) -> bool {
        self.minus(other).is_none_or(|[_, low, high]| low <= 0.0 && high >= 0.0)
    }

    fn parts(&self) -> Option<(f64, f64, f64)> {
        Some((self.rate?, self.low?, self.high?))
    }
}

/// From this count on Byar's formula is as good as the exact interval.
const BYAR: u64 = 100;

/// The 95 % interval of the mean of a Poisson distribution of which a count was seen: how many customers the same money may
/// as well have won. Exact (Garwood 1936), found by halving; of large counts Byar's approximation, which then differs by
/// less than a thousandth (Breslow and Day 1987, Statistical Methods in Cancer Research II, 2.10).
pub fn poisson_interval(count: u64) -> (f64, f64) {
    if count >= BYAR {
        let end = |n: f64, z: f64| n * libm::pow(1.0 - 1.0 / (9.0 * n) + z / (3.0 * libm::sqrt(n)), 3.0);
        let z = 1.959_963_984_540_054;
        return (end(count as f64, -z), end(count as f64 + 1.0, z));
    }
    // The chance of no more than so many at a mean.
    let up_to = |most: u64, mean: f64| {
        let mut term = libm::exp(-mean);
        let mut sum = term;
        for k in 1..=most {
            term *= mean / k as f64;
            sum += term;
        }
        sum
    };
    // The chance falls as the mean grows.
    let mean_where = |most: u64, chance: f64| {
        let (mut low, mut high) = (0.0, 2.0 * most as f64 + 10.0);
        for _ in 0..60 {
            let middle = (low + high) / 2.0;
            if up_to(most, middle) > chance { low = middle } else { high = middle }
        }
        (low + high) / 2.0
    };
    (count.checked_sub(1).map_or(0.0, |fewer| mean_where(fewer, 0.975)), mean_where(count, 0.025))
}

/// Spearman's rank correlation of pairs, equal values sharing the mean of their ranks; nothing where either side has one
/// value only.
pub fn rank_correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    correlation_of_ranks(&ranks(pairs.len(), &|at| pairs[at].0), &ranks(pairs.len(), &|at| pairs[at].1))
}

/// The same of [`ranks`] that are known already.
pub fn correlation_of_ranks(x: &[f64], y: &[f64]) -> Option<f64> {
    let middle = (x.len() as f64 + 1.0) / 2.0;
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a - middle) * (b - middle)).sum::<f64>();
    let spread = libm::sqrt(product(x, x) * product(y, y));
    (spread > 0.0).then(|| product(x, y) / spread)
}

/// The ranks of values, from 1; equal ones share the mean of theirs.
pub fn ranks(count: usize, value: &dyn Fn(usize) -> f64) -> Vec<f64> {
    let mut keyed: Vec<Keyed> = (0..count).map(|at| (order::of_fraction(value(at)), at as u32)).collect();
    order::sort_keyed(&mut keyed);
    let mut ranks = vec![0.0; count];
    let mut from = 0;
    for equal in keyed.chunk_by(|a, b| a.0 == b.0 || value(a.1 as usize) == value(b.1 as usize)) {
        for (_, at) in equal {
            ranks[*at as usize] = from as f64 + (equal.len() as f64 + 1.0) / 2.0;
        }
        from += equal.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_interpolate() {
        let values = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(quantile(&values, 0.5), Some(2.5));
        assert_eq!(quantile(&values, 0.9), Some(3.7));
        assert_eq!(quantile(&values, 1.0), Some(4.0));
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn quantiles_of_counts_are_those_of_the_values() {
        let counts = [0, 3, 1, 0, 0, 4, 1];
        let values = [1.0, 1.0, 1.0, 2.0, 5.0, 5.0, 5.0, 5.0, 6.0];
        for percent in 0..=100 {
            let p = f64::from(percent) / 100.0;
            assert_eq!(quantile_of_counts(&counts, p), quantile(&values, p), "{p}");
        }
        assert_eq!(quantile_of_counts(&[0, 0], 0.5), None);
        assert_eq!(quantile_of_counts(&[0, 0, 1], 0.9), Some(2.0));
    }

    /// By hand: ranks 1.5, 1.5, 3, 4 against 1, 3, 2, 4 have 3 of √(4.5 · 5) in common.
    #[test]
    fn equal_values_share_their_ranks() {
        let correlation = rank_correlation(&[(1.0, 10.0), (1.0, 30.0), (2.0, 20.0), (9.0, 99.0)]).unwrap();
        assert!((correlation - 3.0 / 22.5f64.sqrt()).abs() < 1e-15, "{correlation}");
        assert_eq!(rank_correlation(&[(1.0, 2.0), (2.0, 1.0), (3.0, 0.0)]), Some(-1.0));
        assert_eq!(rank_correlation(&[(1.0, 2.0), (1.0, 3.0)]), None);
    }

    /// Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I: 81 of 263.
    #[test]
    fn wilson_interval_equals_the_published_one() {
        let share = Share::new(81, 263);
        assert!((share.low.unwrap() - 0.2553).abs() < 5e-5);
        assert!((share.high.unwrap() - 0.3662).abs() < 5e-5);
        assert_eq!(Share::new(0, 0).rate, None);
    }

    /// Garwood (1936), table; and the ends meet where the exact interval gives way to Byar's.
    #[test]
    fn intervals_of_counts_are_the_published_ones() {
        for (count, low, high) in [(0, 0.0, 3.689), (1, 0.025, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390)] {
            let (l, h) = poisson_interval(count);
            assert!((l - low).abs() < 6e-4 && (h - high).abs() < 6e-4, "{count}: {l} to {h}");
        }
        let (low, high) = poisson_interval(100);
        assert!((low - 81.364).abs() < 0.01 && (high - 121.627).abs() < 0.01, "{low} to {high}");
        let before = poisson_interval(99);
        assert!((0.8..1.0).contains(&(low - before.0)) && (1.0..1.2).contains(&(high - before.1)));
    }

    /// Newcombe (1998), "Interval estimation for the difference", table II: 56/70 against 48/80 is 0.0524 to 0.3339.
    #[test]
    fn differences_within_chance_are_said_so() {
        assert!(!Share::new(56, 70).within_chance_of(&Share::new(48, 80)));
        assert!(Share::new(9, 10).within_chance_of(&Share::new(7, 10)));
    }
}
