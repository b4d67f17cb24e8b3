//! How large a test has to be to see a difference, and what a test of a size sees. Two equal groups, both sides, by the
//! normal approximation (Fleiss, Levin and Paik 2003, "Statistical methods for rates and proportions", chapter 4).

use crate::math::distributions::{normal_cdf, normal_quantile};

/// What a test shall be able to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aim {
    /// The probability of finding the difference where there is one.
    pub power: f64,
    /// The probability of finding one where there is none.
    pub significance: f64,
}

impl Aim {
    /// 80 % and 5 %, what most tests are planned with.
    pub const USUAL: Aim = Aim { power: 0.8, significance: 0.05 };

    fn is_possible(self) -> bool {
        let inside = |p: f64| 0.0 < p && p < 1.0;
        inside(self.power) && inside(self.significance)
    }

    /// z of the significance, both sides, and of the power.
    fn quantiles(self) -> (f64, f64) {
        (-normal_quantile(self.significance / 2.0), normal_quantile(self.power))
    }
}

/// Units a side to tell two shares apart; nothing where they are equal or no shares, or the aim is none.
pub fn size_for_rates(first: f64, second: f64, aim: Aim) -> Option<f64> {
    let inside = |rate: f64| (0.0..=1.0).contains(&rate);
    if !(inside(first) && inside(second) && first != second && aim.is_possible()) {
        return None;
    }
    let (z, power) = aim.quantiles();
    let mean = (first + second) / 2.0;
    let even = z * libm::sqrt(2.0 * mean * (1.0 - mean));
    let own = power * libm::sqrt(first * (1.0 - first) + second * (1.0 - second));
    let ratio = (even + own) / (second - first);
    Some(libm::ceil(ratio * ratio))
}

/// The power of a test of two shares with so many units a side.
pub fn power_for_rates(first: f64, second: f64, units: f64, significance: f64) -> f64 {
    let z = -normal_quantile(significance / 2.0);
    let mean = (first + second) / 2.0;
    let own = libm::sqrt(first * (1.0 - first) + second * (1.0 - second));
    let off = libm::sqrt(units) * (second - first).abs() - z * libm::sqrt(2.0 * mean * (1.0 - mean));
    if own > 0.0 { normal_cdf(off / own) } else { 0.0 }
}

/// The smallest gain over a share that a test with so many units a side sees; nothing where it would lie beyond 1.
pub fn seen_of_rates(first: f64, units: f64, aim: Aim) -> Option<f64> {
    if !(aim.is_possible() && units > 0.0 && (0.0..1.0).contains(&first)) {
        return None;
    }
    let sees = |second: f64| power_for_rates(first, second, units, aim.significance) >= aim.power;
    let (mut below, mut above) = (first, 1.0);
    if !sees(above) {
        return None;
    }
    // Halved until nothing a person could read would change.
    for _ in 0..50 {
        let middle = (below + above) / 2.0;
        if sees(middle) { above = middle } else { below = middle }
    }
    Some(above - first)
}

/// Units a side to see a difference of means whose values spread by a standard deviation; nothing where there is no
/// difference or the aim is none. With Guenther's (1981) correction for an unknown spread.
pub fn size_for_means(deviation: f64, difference: f64, aim: Aim) -> Option<f64> {
    if !(deviation > 0.0 && difference != 0.0 && difference.is_finite() && aim.is_possible()) {
        return None;
    }
    let (z, power) = aim.quantiles();
    let ratio = (z + power) * deviation / difference;
    Some(libm::ceil(2.0 * ratio * ratio + z * z / 4.0))
}

/// The smallest difference of means that a test with so many units a side sees.
pub fn seen_of_means(deviation: f64, units: f64, aim: Aim) -> Option<f64> {
    let (z, power) = aim.quantiles();
    let least = z * z / 4.0;
    (deviation > 0.0 && units > least && aim.is_possible())
        .then(|| (z + power) * deviation * libm::sqrt(2.0 / (units - least)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of R's `power.prop.test`: 50 a side see 0.50 against 0.75 with a power of 0.740; for 0.90 it takes 76.7.
    #[test]
    fn sizes_for_shares_are_those_of_r() {
        assert!((power_for_rates(0.5, 0.75, 50.0, 0.05) - 0.740).abs() < 5e-4);
        assert_eq!(size_for_rates(0.5, 0.75, Aim { power: 0.9, significance: 0.05 }), Some(77.0));
        // power.prop.test(p1 = 0.05, p2 = 0.06, power = 0.8): n = 8157.7
        assert_eq!(size_for_rates(0.05, 0.06, Aim::USUAL), Some(8158.0));
        assert_eq!(size_for_rates(0.06, 0.05, Aim::USUAL), Some(8158.0));
        assert_eq!(size_for_rates(0.05, 0.05, Aim::USUAL), None);
        assert_eq!(size_for_rates(0.05, 1.06, Aim::USUAL), None);
        assert_eq!(size_for_rates(0.05, 0.06, Aim { power: 1.0, ..Aim::USUAL }), None);
    }

    /// The examples of R's `power.t.test`: a difference of one deviation takes 22.02 a side for 0.90; the approximation is
    /// within one of it.
    #[test]
    fn sizes_for_means_are_within_one_of_those_of_r() {
        let size = size_for_means(1.0, 1.0, Aim { power: 0.9, significance: 0.05 }).unwrap();
        assert!((22.0..=23.0).contains(&size), "{size}");
        assert_eq!(size_for_means(0.0, 1.0, Aim::USUAL), None);
        assert_eq!(size_for_means(1.0, 0.0, Aim::USUAL), None);
    }

    #[test]
    fn what_is_seen_is_what_the_size_was_for() {
        let seen = seen_of_rates(0.05, 8158.0, Aim::USUAL).unwrap();
        assert!((seen - 0.01).abs() < 1e-6, "{seen}");
        assert_eq!(seen_of_rates(0.5, 4.0, Aim::USUAL), None, "no share is as large as that");
        let size = size_for_means(3.0, 0.2, Aim::USUAL).unwrap();
        assert!((seen_of_means(3.0, size, Aim::USUAL).unwrap() - 0.2).abs() < 1e-4);
        assert_eq!(seen_of_means(3.0, 0.5, Aim::USUAL), None);
    }
}
