//! Yes or no, by Newton's method.

use super::cholesky::{Factor, Products};
use super::{Covariance, Design, dot};
use crate::math::distributions::chi_square_sf;
use crate::math::hypothesis::{Difference, Test};

/// A fitted model of yes or no.
#[derive(Clone, Debug, PartialEq)]
pub struct Logistic {
    /// The coefficients in the units of the columns, the constant first; 0 where a column was left out.
    pub coefficients: Vec<f64>,
    /// Their standard errors.
    pub errors: Vec<f64>,
    /// The columns that the others say already.
    pub left_out: Vec<bool>,
    /// The logarithm of the likelihood.
    pub log_likelihood: f64,
    /// The same of a model that knows the share alone.
    pub null_log_likelihood: f64,
    /// Whether the columns together explain anything: the likelihood ratio.
    pub test: Test,
    /// What the model says of each row.
    pub probabilities: Vec<f64>,
    /// The coefficients as they are computed with, and their covariance.
    inner: Vec<f64>,
    covariance: Covariance,
}

/// Why there is no model.
#[derive(Clone, Debug, PartialEq)]
pub enum Unfitted {
    /// All said the same, or there are no more rows than coefficients.
    TooLittle,
    /// These columns tell yes from no without fail, at least of some rows, so that no coefficient is large enough
    /// (Albert and Anderson 1984).
    Separated(Vec<usize>),
}

/// Steps after which a coefficient that still grows is taken to grow for ever.
const MOST_STEPS: u32 = 25;

/// A step that changes no coefficient by more than this is the last. What is left to go is about its square.
const ENOUGH: f64 = 1e-9;

/// The same where only probabilities are asked for.
const ENOUGH_HELD_OUT: f64 = 1e-5;

/// Fits a model; `yes` has 1 or 0 for each row.
pub fn logistic(design: &Design, yes: &[f64]) -> Result<Logistic, Unfitted> {
    let (n, all) = (design.rows as f64, yes.iter().sum::<f64>());
    if design.rows <= design.width() || all == 0.0 || all == n {
        return Err(Unfitted::TooLittle);
    }
    let mut start = vec![0.0; design.width()];
    start[0] = libm::log(all / (n - all));
    let all_rows = vec![1.0; design.rows];
    let quick = near(design, yes, &start).and_then(|start| climb(design, yes, &all_rows, start, ENOUGH).ok());
    let Climb { inner, factor, log_likelihood, probabilities } = match quick {
        Some(climb) => climb,
        None => climb(design, yes, &all_rows, start, ENOUGH)?,
    };
    let share = all / n;
    let null_log_likelihood = all * libm::log(share) + (n - all) * libm::log1p(-share);
    let covariance = Covariance::inverse(&factor, 1.0);
    let degrees = (factor.left_out.iter().filter(|out| !**out).count() - 1) as f64;
    let statistic = (2.0 * (log_likelihood - null_log_likelihood)).max(0.0);
    let p = if degrees > 0.0 { chi_square_sf(statistic, degrees) } else { 1.0 };
    Ok(Logistic {
        coefficients: design.own_units(&inner),
        errors: design.errors(&covariance),
        left_out: factor.left_out,
        log_likelihood,
        null_log_likelihood,
        test: Test { statistic, degrees, p },
        probabilities,
        inner,
        covariance,
    })
}

impl Logistic {
    /// McFadden's (1974) R².
    pub fn r2(&self) -> f64 {
        1.0 - self.log_likelihood / self.null_log_likelihood
    }

    /// What each row would be said of by models fitted without its fold; folds are numbered from 0. Nothing where one of
    /// them can't be fitted.
    pub fn held_out(&self, design: &Design, yes: &[f64], fold: &[u8], folds: u8) -> Option<Vec<f64>> {
        // The information of each fold at the summit of all: what is left without one is near that of its own summit, so the
        // rows' products are added up once and not with every step.
        let information = |number: u8| {
            let of_row = |(p, fold): (&f64, &u8)| if *fold == number { p * (1.0 - p) } else { 0.0 };
            let weight: Vec<f64> = self.probabilities.iter().zip(fold).map(of_row).collect();
            let mut sums = Products::new(design.width());
            sums.add(design, &weight);
            sums
        };
        let parts: Vec<Products> = (0..folds).map(information).collect();
        let mut said = vec![0.0; design.rows];
        for number in 0..folds {
            let mut others = Products::new(design.width());
            (0..folds).filter(|other| *other != number).for_each(|other| others.join(&parts[usize::from(other)]));
            let factor = others.factor();
            // A column that says nothing of the other folds keeps nothing of what it was fitted to with this one.
            let kept = self.inner.iter().zip(&factor.left_out).map(|(b, is_out)| if *is_out { 0.0 } else { *b });
            let start: Vec<f64> = kept.collect();
            let inner = chord(design, yes, start.clone(), &factor, &|row| fold[row] != number).or_else(|| {
                let weight: Vec<f64> = fold.iter().map(|fold| f64::from(u8::from(*fold != number))).collect();
                climb(design, yes, &weight, start, ENOUGH_HELD_OUT).ok().map(|climb| climb.inner)
            })?;
            for row in (0..design.rows).filter(|row| fold[*row] == number) {
                said[row] = probability(dot(design.row(row), &inner));
            }
        }
        Some(said)
    }

    /// For each column of `group`: how much larger the mean probability is where all rows are in the group that it stands for
    /// and not in the one that no column of them stands for, all else as it is: the average marginal effect of a group, with
    /// its 95 % interval by the delta method.
    pub fn effects_of_group(&self, design: &Design, group: &[usize]) -> Vec<Difference> {
        let width = design.width();
        let mut row = vec![0.0; width];
        let mut sums = vec![Effect { value: 0.0, own: 0.0, gradient: vec![0.0; width] }; group.len()];
        for at in 0..design.rows {
            row.copy_from_slice(design.row(at));
            group.iter().for_each(|other| row[*other] = 0.0);
            let without = dot(&row, &self.inner);
            let q = probability(without);
            let down = q * (1.0 - q);
            for (sums, column) in sums.iter_mut().zip(group) {
                sums.add(probability(without + self.inner[*column]), q, down, &row);
            }
        }
        let of_column = |(Effect { value, own, mut gradient }, column): (Effect, &usize)| {
            gradient[*column] += own;
            self.mean_effect(design, value, gradient)
        };
        sums.into_iter().zip(group).map(of_column).collect()
    }

    /// How much the mean probability grows with a unit of a column that is no group: the average marginal effect, with its
    /// 95 % interval by the delta method.
    pub fn effect_of_unit(&self, design: &Design, column: usize) -> Difference {
        let mut gradient = vec![0.0; design.width()];
        let (mut slope, coefficient) = (0.0, self.inner[column]);
        for (at, p) in self.probabilities.iter().enumerate() {
            let variance = p * (1.0 - p);
            slope += variance;
            let bend = variance * (1.0 - 2.0 * p) * coefficient;
            gradient.iter_mut().zip(design.row(at)).for_each(|(sum, x)| *sum += bend * x);
        }
        gradient[column] += slope;
        gradient.iter_mut().for_each(|sum| *sum /= design.spread[column]);
        self.mean_effect(design, slope * coefficient / design.spread[column], gradient)
    }

    fn mean_effect(&self, design: &Design, sum: f64, mut gradient: Vec<f64>) -> Difference {
        let n = design.rows as f64;
        gradient.iter_mut().for_each(|part| *part /= n);
        let (value, reach) = (sum / n, 1.959_963_984_540_054 * libm::sqrt(self.covariance.of(&gradient)));
        Difference { value, low: value - reach, high: value + reach }
    }
}

/// What is summed up over the rows for the effect of being in a group.
#[derive(Clone)]
struct Effect {
    value: f64,
    /// The slope by the group's own coefficient, and by all that every row has.
    own: f64,
    gradient: Vec<f64>,
}

impl Effect {
    /// Adds a row that does with probability `p` in the group and `q` out of it, where the variance is `down`.
    fn add(&mut self, p: f64, q: f64, down: f64, row: &[f64]) {
        let up = p * (1.0 - p);
        self.value += p - q;
        self.own += up;
        let change = up - down;
        self.gradient.iter_mut().zip(row).for_each(|(sum, x)| *sum += change * x);
    }
}

/// The summit, as it is computed with.
struct Climb {
    inner: Vec<f64>,
    factor: Factor,
    log_likelihood: f64,
    probabilities: Vec<f64>,
}

/// With so many rows one in ten of them is climbed first.
const MANY: usize = 20_000;

/// The summit of one row in ten, where there are many: from there it is a step or two to that of all. Nothing where there are
/// few, or where such a part has no summit though all may have.
fn near(design: &Design, yes: &[f64], start: &[f64]) -> Option<Vec<f64>> {
    if design.rows < MANY {
        return None;
    }
    let weight: Vec<f64> = (0..design.rows).map(|row| f64::from(u8::from(row % 10 == 0))).collect();
    climb(design, yes, &weight, start.to_vec(), ENOUGH_HELD_OUT).ok().map(|climb| climb.inner)
}

/// From the summit of all rows to that of some, by steps that all use one information (the chord method): each costs
/// little, and near the summit few are needed. Nothing where they don't get there soon.
fn chord(
    design: &Design,
    yes: &[f64],
    start: Vec<f64>,
    factor: &Factor,
    is_in: &dyn Fn(usize) -> bool,
) -> Option<Vec<f64>> {
    let mut inner = start;
    let mut before = f64::INFINITY;
    for _ in 0..MOST_STEPS {
        let mut gradient = vec![0.0; design.width()];
        for at in (0..design.rows).filter(|at| is_in(*at)) {
            let row = design.row(at);
            let off = yes[at] - probability(dot(row, &inner));
            gradient.iter_mut().zip(row).for_each(|(sum, x)| *sum += off * x);
        }
        let step = factor.solve(&gradient);
        let most = step.iter().fold(0.0, |most: f64, by| most.max(by.abs()));
        inner.iter_mut().zip(&step).for_each(|(b, by)| *b += by);
        if most < ENOUGH_HELD_OUT {
            return Some(inner);
        }
        // Each step has to be much shorter than the one before, or the information is not near enough.
        if most.is_nan() || most > 0.5 * before {
            return None;
        }
        before = most;
    }
    None
}

/// Newton's method on the rows with a weight, from some coefficients.
fn climb(design: &Design, yes: &[f64], weight: &[f64], start: Vec<f64>, enough: f64) -> Result<Climb, Unfitted> {
    let (rows, width) = (design.rows, design.width());
    let mut inner = start;
    let mut probabilities = vec![0.0; rows];
    let mut information = vec![0.0; rows];
    let mut step = vec![f64::INFINITY; width];
    let mut before = f64::NEG_INFINITY;
    for _ in 0..MOST_STEPS {
        let mut gradient = vec![0.0; width];
        let mut log_likelihood = 0.0;
        for at in (0..rows).filter(|at| weight[*at] != 0.0) {
            let row = design.row(at);
            let exponent = dot(row, &inner);
            let p = probability(exponent);
            log_likelihood += ln_likelihood(exponent, yes[at]);
            probabilities[at] = p;
            information[at] = p * (1.0 - p);
            let off = yes[at] - p;
            gradient.iter_mut().zip(row).for_each(|(sum, x)| *sum += off * x);
        }
        // The likelihood has one summit; a step that comes down has gone too far and is halved.
        if log_likelihood < before - 1e-9 * before.abs() {
            step.iter_mut().for_each(|by| *by *= 0.5);
            inner.iter_mut().zip(&step).for_each(|(b, by)| *b -= by);
            continue;
        }
        before = log_likelihood;
        let mut sums = Products::new(width);
        sums.add(design, &information);
        let factor = sums.factor();
        step = factor.solve(&gradient);
        inner.iter_mut().zip(&step).for_each(|(b, by)| *b += by);
        if step.iter().all(|by| by.abs() < enough) {
            return Ok(Climb { inner, factor, log_likelihood, probabilities });
        }
    }
    // Where yes and no are told apart without fail, every step adds about 1 to the coefficients that do it.
    let grows = |at: &usize| step[*at].abs() > 0.1;
    Err(Unfitted::Separated((1..width).filter(grows).collect()))
}

fn probability(exponent: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-exponent))
}

/// The logarithm of the probability of what was, without the cancellation of one that is nearly 1.
fn ln_likelihood(exponent: f64, yes: f64) -> f64 {
    let toward = if yes > 0.5 { exponent } else { -exponent };
    if toward > 0.0 { -libm::log1p(libm::exp(-toward)) } else { toward - libm::log1p(libm::exp(toward)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn close(ours: f64, theirs: f64, relative: f64) {
        assert!((ours - theirs).abs() <= relative * theirs.abs(), "{ours} is not {theirs}");
    }

    /// By hand: of one group with 20 of 50 and one with 30 of 40, the constant is ln(20 / 30), the coefficient
    /// ln 3 − ln(2 / 3), its variance the sum of 1 / count over all four cells.
    fn two_groups() -> (Design, Vec<f64>) {
        let group: Vec<f64> = (0..90).map(|i| f64::from(u8::from(i >= 50))).collect();
        let yes = (0..90).map(|i| f64::from(u8::from(i < 20 || (50..80).contains(&i)))).collect();
        (Design::new(&[group]), yes)
    }

    #[test]
    fn two_groups_by_hand() {
        let (design, yes) = two_groups();
        let found = logistic(&design, &yes).unwrap();
        close(found.coefficients[0], libm::log(20.0 / 30.0), 1e-12);
        close(found.coefficients[1], libm::log(4.5), 1e-12);
        close(found.errors[1], libm::sqrt(1.0 / 20.0 + 1.0 / 30.0 + 1.0 / 30.0 + 1.0 / 10.0), 1e-10);
        let effect = found.effects_of_group(&design, &[1])[0];
        close(effect.value, 0.75 - 0.4, 1e-12);
        // Of two groups alone the delta method gives the plain interval of a difference of shares.
        let error = libm::sqrt(0.4 * 0.6 / 50.0 + 0.75 * 0.25 / 40.0);
        close(effect.high - effect.low, 2.0 * 1.959963984540054 * error, 1e-9);
    }

    /// The effect of a unit is the slope of the mean probability.
    #[test]
    fn the_effect_of_a_unit_is_a_slope() {
        let x: Vec<f64> = (0..60).map(|i| f64::from(i % 13) * 10.0).collect();
        let yes: Vec<f64> = (0..60).map(|i| f64::from(u8::from(i * 7 % 13 + i % 13 > 12))).collect();
        let design = Design::new(std::slice::from_ref(&x));
        let found = logistic(&design, &yes).unwrap();
        let mean = |by: f64| {
            let of = |x: &f64| probability(found.coefficients[0] + found.coefficients[1] * (x + by));
            x.iter().map(of).sum::<f64>() / 60.0
        };
        let effect = found.effect_of_unit(&design, 1);
        close(effect.value, (mean(1e-4) - mean(-1e-4)) / 2e-4, 1e-6);
        assert!(effect.low < effect.value && effect.value < effect.high);
    }

    #[test]
    fn separation_is_found_and_named() {
        let x: Vec<f64> = (0..40).map(f64::from).collect();
        let sure: Vec<f64> = (0..40).map(|i| f64::from(u8::from(i % 5 == 0))).collect();
        let yes: Vec<f64> = (0..40).map(|i| f64::from(u8::from(i % 5 == 0 || i % 3 == 0))).collect();
        let design = Design::new(&[x.clone(), sure]);
        assert_eq!(logistic(&design, &yes).unwrap_err(), Unfitted::Separated(vec![2]));
        let half: Vec<f64> = (0..40).map(|i| f64::from(u8::from(i >= 20))).collect();
        assert_eq!(logistic(&Design::new(std::slice::from_ref(&x)), &half).unwrap_err(), Unfitted::Separated(vec![1]));
        assert_eq!(logistic(&Design::new(&[x]), &[1.0; 40]).unwrap_err(), Unfitted::TooLittle);
    }

    /// Of many rows the quick ways lead to the very summits that the plain one leads to.
    #[test]
    fn the_quick_ways_lead_to_the_same_summits() {
        let random = &mut crate::math::random::Random::new(3);
        let rows = MANY + 7;
        let x: Vec<f64> = (0..rows).map(|_| random.normal()).collect();
        let group: Vec<f64> = (0..rows).map(|_| f64::from(u8::from(random.uniform() < 0.1))).collect();
        let yes: Vec<f64> = x
            .iter()
            .zip(&group)
            .map(|(x, group)| f64::from(u8::from(random.uniform() < probability(0.7 * x - 1.5 * group - 0.4))))
            .collect();
        let fold: Vec<u8> = (0..rows).map(|row| (row % 5) as u8).collect();
        let design = Design::new(&[x, group]);
        let found = logistic(&design, &yes).unwrap();
        let plain = climb(&design, &yes, &vec![1.0; rows], vec![0.0; 3], ENOUGH).unwrap();
        assert!(
            found.inner.iter().zip(&plain.inner).all(|(a, b)| (a - b).abs() < 1e-9),
            "{:?} {:?}",
            found.inner,
            plain.inner
        );
        let said = found.held_out(&design, &yes, &fold, 5).unwrap();
        for number in 0..5 {
            let weight: Vec<f64> = fold.iter().map(|fold| f64::from(u8::from(*fold != number))).collect();
            let own = climb(&design, &yes, &weight, vec![0.0; 3], ENOUGH).unwrap();
            for row in (0..rows).filter(|row| fold[*row] == number).take(50) {
                close(said[row], probability(dot(design.row(row), &own.inner)), 1e-5);
            }
        }
    }

    #[test]
    fn held_out_rows_are_said_by_the_others() {
        let (design, yes) = two_groups();
        let fold: Vec<u8> = (0..90).map(|i| i % 5).collect();
        let said = logistic(&design, &yes).unwrap().held_out(&design, &yes, &fold, 5).unwrap();
        // Without rows 0, 5, 10, 15 and six of the no's, 16 of 40 are left in the first group.
        close(said[0], 16.0 / 40.0, 1e-9);
        assert!(said.iter().all(|p| (0.3..0.9).contains(p)));
    }
}
