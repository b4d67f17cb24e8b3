//! How sure it is that customers of a channel pay back what winning them cost.
//!
//! What a customer brings by a month is a sum of means over those observed to the end of each month
//! ([`payback_by`](super::super::value::payback_by)). Its
//! variance is that of the customers' influence on it, by the infinitesimal jackknife (Jaeckel 1972; Efron 1982, "The
//! Jackknife, the Bootstrap and Other Resampling Plans", chapter 6): with b the margin of customer i in month m, n the
//! customers observed to its end and μ their mean,
//!
//! ```text
//! U(i) = sum over months m that i has lived of (b(i, m) − μ(m)) / n(m);   variance = sum of U(i)²
//! ```
//!
//! It is what a bootstrap over customers tends to, without drawing any. The interval is Student's with n − 1 degrees of
//! freedom, n the customers observed to the end of the last month. The cost to win one is as uncertain as the number of
//! customers that it won: relative variance 1 / customers (Poisson).

use super::super::value::{month_since, months_lived};
use crate::math::distributions::{student_cdf, student_quantile};
use crate::math::money::{Derived, SCALE};
use crate::measures::Shown;
use crate::report::schema::PaybackPoint;
use crate::settings::Settings;

/// Fewer customers who were observed for so long tell nothing of it.
pub const FEWEST: u64 = 30;

/// What customers bring within some months, and how far chance may move it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Brought {
    mean: f64,
    variance: f64,
    degrees: f64,
}

impl Brought {
    /// The 95 % interval of what one brings: the highest cost that is paid back.
    pub fn interval(&self) -> (Option<Derived>, Option<Derived>) {
        let half = student_quantile(0.975, self.degrees) * libm::sqrt(self.variance);
        (Derived::finite(self.mean - half), Derived::finite(self.mean + half))
    }

    /// The chance that one brings what winning one costs: a cost per customer that so many were won by.
    pub fn chance(&self, cac: Derived, won: u64) -> Option<f64> {
        let variance = self.variance + cac.0 * cac.0 / won as f64;
        let t = (self.mean - cac.0) / libm::sqrt(variance);
        t.is_finite().then(|| student_cdf(t, self.degrees))
    }
}

/// What customers of each group bring within so many months; nothing where too few were observed for that long. `curves` are
/// the groups' own of [`payback_by`](super::super::value::payback_by).
pub fn brought(
    shown: Shown<'_>,
    settings: &Settings,
    curves: &[Vec<PaybackPoint>],
    within: usize,
    group_of: &dyn Fn(usize) -> Option<usize>,
) -> Vec<Option<Brought>> {
    let margin = settings.margin.unwrap_or(1.0) / SCALE as f64;
    // By group: 1 / n of each month, and the sums of μ / n before it.
    let weights = |curve: &Vec<PaybackPoint>| {
        let (mut before, mut sum) = (0.0, 0.0);
        let mut sums = vec![0.0];
        let mut inverse = Vec::new();
        for point in curve.iter().take(within) {
            let n = point.customers as f64;
            sum += (point.cumulative.0 - before) / n;
            before = point.cumulative.0;
            sums.push(sum);
            inverse.push(1.0 / n);
        }
        (inverse, sums)
    };
    let weights: Vec<(Vec<f64>, Vec<f64>)> = curves.iter().map(weights).collect();
    let mut variances = vec![0.0; curves.len()];
    for customer in shown.buyers() {
        let first = shown.visits.first_ever[customer];
        let Some(group) = group_of(customer).filter(|_| first >= shown.start) else { continue };
        let (inverse, sums) = &weights[group];
        let lived = months_lived(first, shown.end).min(inverse.len());
        let mut influence = -sums[lived];
        for visit in shown.visits.of_customer(customer) {
            let month = month_since(first, visit.day);
            if month < lived {
                influence += visit.revenue as f64 * margin * inverse[month];
            }
        }
        variances[group] += influence * influence;
    }
    let of = |(curve, variance): (&Vec<PaybackPoint>, f64)| {
        let last = curve.get(within.checked_sub(1)?).filter(|point| point.customers >= FEWEST)?;
        Some(Brought { mean: last.cumulative.0, variance, degrees: last.customers as f64 - 1.0 })
    };
    curves.iter().zip(variances).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random::Random;
    use crate::measures::tests::Whole;
    use crate::measures::value::payback_by;

    /// Customers who all lived three months and more, each with a first order and perhaps another one a month later.
    fn shop(customers: u32, seed: u64) -> Whole {
        let mut random = Random::new(seed);
        let mut rows: Vec<(String, &str, i64)> = Vec::new();
        for n in 0..customers {
            rows.push((format!("c{n:03}"), "2024-01-01", 10 + i64::from(random.below(40))));
            if random.uniform() < 0.4 {
                rows.push((format!("c{n:03}"), "2024-02-20", i64::from(random.below(90))));
            }
        }
        let rows: Vec<(&str, &str, i64)> = rows.iter().map(|(who, day, amount)| (&**who, *day, *amount)).collect();
        Whole::rows(&rows).until("2024-06-30")
    }

    fn of(whole: &Whole, settings: &Settings) -> Option<Brought> {
        let curves = payback_by(whole.shown(), settings, 1, &|_| Some(0));
        brought(whole.shown(), settings, &curves, 3, &|_| Some(0))[0]
    }

    #[test]
    fn where_all_lived_as_long_it_is_the_interval_of_a_mean() {
        let (whole, settings) = (shop(200, 3), Settings { margin: Some(0.5), ..Settings::default() });
        let told = of(&whole, &settings).unwrap();
        let revenue = &whole.shown().summary.revenue;
        let each: Vec<f64> = revenue.iter().map(|&amount| 0.5 * amount as f64 / SCALE as f64).collect();
        let n = each.len() as f64;
        let mean = each.iter().sum::<f64>() / n;
        let variance = each.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n * n);
        assert!((told.mean - mean).abs() < 1e-9 && (told.variance / variance - 1.0).abs() < 1e-9, "{told:?}");
        // A cost of the mean is a toss; one far below is sure to come back, one far above is not.
        let chance = |cac: f64| told.chance(Derived(cac), 200).unwrap();
        assert!((chance(mean) - 0.5).abs() < 1e-9 && chance(mean / 3.0) > 0.999 && chance(mean * 3.0) < 0.001);
        // With few won, the cost itself is hardly known.
        assert!(told.chance(Derived(mean * 0.8), 3).unwrap() < chance(mean * 0.8));
        let (low, high) = told.interval();
        assert!(low.unwrap().0 < mean && mean < high.unwrap().0);
    }

    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        // 10 + 19.5 first, and in 4 of 10 cases 44.5 more.
        let truth = 29.5 + 0.4 * 44.5;
        let holds = |seed: u64| {
            let (low, high) = of(&shop(100, seed), &Settings::default()).unwrap().interval();
            low.unwrap().0 <= truth && truth <= high.unwrap().0
        };
        let held = (0..200).filter(|seed| holds(1000 + seed)).count();
        assert!((182..=198).contains(&held), "{held} of 200");
    }

    #[test]
    fn of_a_few_nothing_is_said() {
        assert_eq!(of(&shop(29, 1), &Settings::default()), None);
        assert!(of(&shop(30, 1), &Settings::default()).is_some());
    }
}
