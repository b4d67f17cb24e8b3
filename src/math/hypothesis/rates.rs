//! Shares of two groups.

use super::{Difference, Test};
use crate::math::distributions::normal_sf;
use crate::math::special::ln_gamma_ratio;
use crate::math::stats::Share;

/// How much larger one share is than another, with Newcombe's hybrid score interval (Newcombe 1998, method 10), 95 %.
/// Nothing where either is not defined.
pub fn difference(a: &Share, b: &Share) -> Option<Difference> {
    let [value, low, high] = a.minus(b)?;
    Some(Difference { value, low, high })
}

/// The two-proportion z test with the pooled share. Nothing where either group is empty; where all do or none does there
/// is no difference to test, and p is 1.
pub fn two_proportions(a: &Share, b: &Share) -> Option<Test> {
    let (first, second) = (a.rate?, b.rate?);
    let pooled = (a.count + b.count) as f64 / (a.of + b.of) as f64;
    let error = libm::sqrt(pooled * (1.0 - pooled) * (1.0 / a.of as f64 + 1.0 / b.of as f64));
    let statistic = if error > 0.0 { (first - second) / error } else { 0.0 };
    Some(Test { statistic, degrees: f64::INFINITY, p: (2.0 * normal_sf(statistic.abs())).min(1.0) })
}

/// Whether a group is so small that the z test can't be relied on: fewer than 5 are expected to do or not to do so
/// (Cochran 1954).
pub fn is_small(a: &Share, b: &Share) -> bool {
    let (does, all) = ((a.count + b.count) as f64, (a.of + b.of) as f64);
    let fewest = does.min(all - does) * (a.of.min(b.of) as f64);
    fewest < 5.0 * all
}

/// Fisher's exact test, both sides: the probability of all tables with the same margins that are no likelier than this one
/// (Fisher 1935).
pub fn fisher(a: &Share, b: &Share) -> f64 {
    let (does, n, m) = ((a.count + b.count) as f64, a.of as f64, b.of as f64);
    // How many of those who do are in the first group: hypergeometric, between these.
    let (least, most) = ((does - m).max(0.0), does.min(n));
    // The probability of k + 1 over that of k.
    let ratio = |k: f64| (n - k) * (does - k) / ((k + 1.0) * (m - does + k + 1.0));
    let mode = libm::floor((n + 1.0) * (does + 1.0) / (n + m + 2.0)).clamp(least, most);
    // Probabilities as multiples of that of the mode, and that of this table first, as it says which of the others count.
    let seen = a.count as f64;
    let mut own = 1.0;
    let (mut k, up) = (mode, seen > mode);
    while k != seen {
        own *= if up { ratio(k) } else { 1.0 / ratio(k - 1.0) };
        k += if up { 1.0 } else { -1.0 };
    }
    let (mut all, mut as_rare) = (0.0, 0.0);
    let mut pass = |weight: f64| {
        all += weight;
        // Equal probabilities may differ in their last digits.
        if weight <= own * (1.0 + 1e-7) {
            as_rare += weight;
        }
        weight > 0.0
    };
    let (mut k, mut weight) = (mode, 1.0);
    while pass(weight) && k < most {
        weight *= ratio(k);
        k += 1.0;
    }
    let (mut k, mut weight) = (mode, 1.0);
    while k > least && weight > 0.0 {
        k -= 1.0;
        weight /= ratio(k);
        pass(weight);
    }
    (as_rare / all).min(1.0)
}

/// The probability that the share behind `a` is larger than that behind `b`, each taken for any share before the data
/// (uniform priors): a finite sum for whole counts (Miller 2015, "Formulas for Bayesian A/B testing", equation 6).
pub fn chance_larger(a: &Share, b: &Share) -> f64 {
    let (more, less) = (a.count as f64 + 1.0, (a.of - a.count) as f64 + 1.0);
    let (other, rest) = (b.count as f64 + 1.0, (b.of - b.count) as f64 + 1.0);
    // The first term, B(other, rest + less) / B(other, rest), is often smaller than any float; so is what it is times a
    // power of SCALE apart.
    const SCALE: f64 = 1e200;
    let mut ln_scale = ln_gamma_ratio(rest, less) - ln_gamma_ratio(other + rest, less);
    let (mut term, mut sum) = (1.0, 0.0);
    let mut i = 0.0;
    while i < more {
        sum += term;
        term *= (other + i) * (less + i) / ((other + rest + less + i) * (1.0 + i));
        if sum > SCALE {
            (sum, term, ln_scale) = (sum / SCALE, term / SCALE, ln_scale + libm::log(SCALE));
        }
        i += 1.0;
    }
    (sum * libm::exp(ln_scale)).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn close(ours: f64, theirs: f64, relative: f64) {
        assert!((ours - theirs).abs() <= relative * theirs.abs(), "{ours} is not {theirs}");
    }

    /// Fisher (1935), the lady tasting tea: 3 of 4 cups told right. R's `fisher.test` says 0.4857 = 34 / 70.
    #[test]
    fn the_lady_tasting_tea() {
        close(fisher(&Share::new(3, 4), &Share::new(1, 4)), 34.0 / 70.0, 1e-14);
        close(fisher(&Share::new(4, 4), &Share::new(0, 4)), 2.0 / 70.0, 1e-14);
        assert_eq!(fisher(&Share::new(0, 4), &Share::new(0, 5)), 1.0);
    }

    #[test]
    fn nothing_to_test_is_no_difference() {
        let test = two_proportions(&Share::new(5, 5), &Share::new(9, 9)).unwrap();
        assert_eq!((test.statistic, test.p), (0.0, 1.0));
        assert_eq!(two_proportions(&Share::new(0, 0), &Share::new(1, 2)), None);
        assert!(is_small(&Share::new(3, 40), &Share::new(5, 40)) && !is_small(&Share::new(5, 40), &Share::new(6, 40)));
    }

    /// 40 digits, by mpmath; the smaller two also as the integral over both densities.
    #[test]
    fn the_chance_of_being_better() {
        for (a, b, chance) in [
            (Share::new(150, 1000), Share::new(120, 1000), 0.975_067_836_812_114_4),
            (Share::new(5, 40), Share::new(1, 42), 0.952_349_482_317_455_5),
            (Share::new(28, 30), Share::new(30, 30), 0.118_852_459_016_393_44),
            (Share::new(53_000, 1_000_000), Share::new(52_000, 1_000_000), 0.999_238_902_046_582_2),
            (Share::new(120, 1000), Share::new(250, 1000), 2.305_778_703_052_88e-14),
        ] {
            close(chance_larger(&a, &b), chance, 1e-8);
            close(chance_larger(&a, &b) + chance_larger(&b, &a), 1.0, 1e-8);
        }
        close(chance_larger(&Share::new(0, 0), &Share::new(0, 0)), 0.5, 1e-15);
    }
}
