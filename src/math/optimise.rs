//! Maximising a smooth function of up to four positive parameters: Newton's method in their logarithms.
//!
//! Exact first and second derivatives come from the function. Each step is taken in the eigenvectors of the Hessian with
//! the sizes of its eigenvalues (Nocedal and Wright 2006, 3.4), so it climbs also where the function is not concave, and
//! it is cut back until the function grows. A step that leads out of reach ends where the first parameter comes to its end,
//! and the next one leaves that where it is (an active set, as in 16.5 there): bent at the end instead of cut, it would no
//! more lead upwards. Starts are walked until two of them end at the same height, and the best end is kept.

use super::eigen::{Eigen, MOST, Matrix};

/// A value with its gradient and Hessian.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Derivatives {
    /// The value.
    pub value: f64,
    /// First derivatives.
    pub gradient: [f64; MOST],
    /// Second derivatives.
    pub hessian: Matrix,
}

impl Derivatives {
    /// Copies the upper triangle of the Hessian to the lower.
    pub fn mirror(&mut self) {
        for i in 1..MOST {
            for j in 0..i {
                self.hessian[i][j] = self.hessian[j][i];
            }
        }
    }

    /// Adds `weight` times ln Σ e^term, each term with its derivatives.
    pub fn add_ln_sum(&mut self, weight: f64, terms: &[Derivatives]) {
        let most = terms.iter().fold(f64::NEG_INFINITY, |most, term| most.max(term.value));
        let sum: f64 = terms.iter().map(|term| libm::exp(term.value - most)).sum();
        let mut mean = [0.0; MOST];
        for term in terms {
            let share = libm::exp(term.value - most) / sum;
            for (i, mean) in mean.iter_mut().enumerate() {
                *mean += share * term.gradient[i];
                for j in 0..MOST {
                    let second = term.hessian[i][j] + term.gradient[i] * term.gradient[j];
                    self.hessian[i][j] += weight * share * second;
                }
            }
        }
        self.value += weight * (most + libm::log(sum));
        for i in 0..MOST {
            self.gradient[i] += weight * mean[i];
            for j in 0..MOST {
                self.hessian[i][j] -= weight * mean[i] * mean[j];
            }
        }
    }

    /// The derivatives by the logarithms of the parameters, from those by the parameters.
    fn by_logarithms(mut self, at: &[f64; MOST]) -> Derivatives {
        for i in 0..MOST {
            for j in 0..MOST {
                self.hessian[i][j] *= at[i] * at[j];
            }
            self.gradient[i] *= at[i];
            self.hessian[i][i] += self.gradient[i];
        }
        self
    }
}

/// Where a climb ended.
#[derive(Clone, Copy, Debug)]
pub struct Optimum {
    /// The parameters.
    pub at: [f64; MOST],
    /// The function's value there.
    pub value: f64,
    /// Minus the Hessian by the logarithms of the parameters: the observed information.
    pub information: Eigen,
    /// Whether the climb came to where no step promises more than [`ENOUGH`].
    pub converged: bool,
    /// Evaluations of the function, over all starts.
    pub evaluations: u32,
}

/// A step that promises less than this ends the climb; log-likelihoods are compared to 1e-6.
pub const ENOUGH: f64 = 1e-10;

/// Two climbs that end closer than this have found the same summit or the same ridge.
const SAME_HEIGHT: f64 = 1e-6;

/// Logarithms of parameters stay within ± this: beyond lie limits that the function has come to long before.
pub const REACH: f64 = 18.0;

/// No step changes the logarithm of a parameter by more than this.
const LONGEST_STEP: f64 = 3.0;

/// Steps before a climb is given up.
const MOST_STEPS: u32 = 200;

/// The highest end of the climbs from the starts; nothing where the function has no finite value at any of them.
///
/// `f` tells value and derivatives by the first `n` parameters themselves, all of them above 0.
pub fn maximise(n: usize, starts: &[[f64; MOST]], f: &mut dyn FnMut(&[f64; MOST]) -> Derivatives) -> Option<Optimum> {
    let mut evaluations = 0;
    let mut best: Option<Optimum> = None;
    for start in starts {
        let mut counted = |logs: &[f64; MOST]| {
            evaluations += 1;
            let at = logs.map(libm::exp);
            f(&at).by_logarithms(&at)
        };
        let Some(end) = climb(n, start, &mut counted) else { continue };
        let again = best.as_ref().is_some_and(|best| (end.value - best.value).abs() < SAME_HEIGHT);
        if best.as_ref().is_none_or(|best| end.value > best.value + ENOUGH) {
            best = Some(end);
        }
        if again {
            break;
        }
    }
    best.map(|best| Optimum { evaluations, ..best })
}

fn climb(n: usize, start: &[f64; MOST], f: &mut dyn FnMut(&[f64; MOST]) -> Derivatives) -> Option<Optimum> {
    let mut logs = [0.0; MOST];
    for i in 0..n {
        logs[i] = libm::log(start[i]).clamp(-REACH, REACH);
    }
    let mut here = f(&logs);
    if !here.value.is_finite() {
        return None;
    }
    let mut converged = false;
    for _ in 0..MOST_STEPS {
        let (step, promise) = newton_step(&here, &negative(&here.hessian), n, &logs);
        if promise < ENOUGH {
            converged = true;
            break;
        }
        let mut share = within_reach(n, &logs, &step);
        let next = loop {
            let mut to = logs;
            for i in 0..n {
                to[i] = (logs[i] + share * step[i]).clamp(-REACH, REACH);
            }
            let there = f(&to);
            if there.value > here.value && there.gradient.iter().all(|slope| slope.is_finite()) {
                break Some((to, there));
            }
            share *= 0.25;
            if share < 1e-6 {
                break None;
            }
        };
        let Some((to, there)) = next else {
            // No step grows in floating point: as high as it gets, unless much was still promised.
            converged = promise < 1e-4;
            break;
        };
        (logs, here) = (to, there);
    }
    let at = logs.map(libm::exp);
    let information = Eigen::of(&negative(&here.hessian), n);
    Some(Optimum { at, value: here.value, information, converged, evaluations: 0 })
}

/// A logarithm that is nearer to the end of its reach than this stands at it.
const AT_END: f64 = 1e-9;

/// The share of a step after which the first parameter comes to the end of its reach; at most all of it.
fn within_reach(n: usize, logs: &[f64; MOST], step: &[f64; MOST]) -> f64 {
    let share = |i: usize| (REACH - logs[i] * step[i].signum()) / step[i].abs();
    (0..n).map(share).fold(1.0, f64::min)
}

/// The step, and the growth that it promises. Parameters that stand at the end of their reach and are pushed further, by the
/// slope or by what the others do, stay there, and the others step as if these were known.
fn newton_step(here: &Derivatives, information: &Matrix, n: usize, logs: &[f64; MOST]) -> ([f64; MOST], f64) {
    let (mut gradient, mut information) = (here.gradient, *information);
    let is_pushed = |i: usize, by: &[f64; MOST]| logs[i].abs() >= REACH - AT_END && by[i] * logs[i] > 0.0;
    let mut out = here.gradient;
    loop {
        for i in (0..n).filter(|i| is_pushed(*i, &out)) {
            gradient[i] = 0.0;
            information[i] = [0.0; MOST];
            for row in &mut information {
                row[i] = 0.0;
            }
            information[i][i] = 1.0;
        }
        let (step, promise) = free_step(&gradient, &information, n);
        if !(0..n).any(|i| is_pushed(i, &step)) {
            return (step, promise);
        }
        out = step;
    }
}

/// The step where none stands at its end.
fn free_step(gradient: &[f64; MOST], information: &Matrix, n: usize) -> ([f64; MOST], f64) {
    let eigen = Eigen::of(information, n);
    let largest = eigen.values[..n].iter().fold(0.0, |most: f64, value| most.max(value.abs()));
    let inverse = eigen.map(|value| 1.0 / value.abs().max(largest * 1e-12).max(1e-300));
    let mut step = [0.0; MOST];
    for i in 0..n {
        step[i] = (0..n).map(|j| inverse[i][j] * gradient[j]).sum();
    }
    let longest = step.iter().fold(0.0, |most: f64, by| most.max(by.abs()));
    if longest > LONGEST_STEP {
        step = step.map(|by| by * LONGEST_STEP / longest);
    }
    let promise = (0..n).map(|i| step[i] * gradient[i]).sum();
    (step, promise)
}

fn negative(matrix: &Matrix) -> Matrix {
    matrix.map(|row| row.map(|cell| -cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rosenbrock's valley (1960), turned round, in the logarithms: one summit at (1, 1), far along a bent ridge.
    #[test]
    fn a_bent_ridge_is_climbed_to_its_end() {
        let mut f = |at: &[f64; MOST]| {
            let (x, y) = (at[0], at[1]);
            let gap = y - x * x;
            let mut d = Derivatives { value: -(100.0 * gap * gap + (1.0 - x) * (1.0 - x)), ..Derivatives::default() };
            d.gradient[..2].copy_from_slice(&[400.0 * x * gap + 2.0 * (1.0 - x), -200.0 * gap]);
            d.hessian[0][..2].copy_from_slice(&[400.0 * gap - 800.0 * x * x - 2.0, 400.0 * x]);
            d.hessian[1][..2].copy_from_slice(&[400.0 * x, -200.0]);
            d
        };
        let end = maximise(2, &[[0.01, 5.0, 1.0, 1.0], [30.0, 0.1, 1.0, 1.0]], &mut f).unwrap();
        assert!(end.converged && (end.at[0] - 1.0).abs() < 1e-5 && (end.at[1] - 1.0).abs() < 1e-5, "{end:?}");
    }

    /// A steep ridge whose summit is out of reach: u − v = 30 in the logarithms, and v towards −5. The end is where u comes to
    /// the end of its reach, and v stands where it is best then.
    #[test]
    fn a_ridge_that_leads_out_of_reach_is_followed_to_its_end() {
        let mut f = |at: &[f64; MOST]| {
            let (u, v) = (libm::log(at[0]), libm::log(at[1]));
            let (off, low) = (u - v - 30.0, v + 5.0);
            let slope = [-200.0 * off, 200.0 * off - 0.02 * low];
            let mut d = Derivatives { value: -100.0 * off * off - 0.01 * low * low, ..Derivatives::default() };
            d.gradient[..2].copy_from_slice(&[slope[0] / at[0], slope[1] / at[1]]);
            d.hessian[0][0] = (-200.0 - slope[0]) / (at[0] * at[0]);
            d.hessian[1][1] = (-200.02 - slope[1]) / (at[1] * at[1]);
            d.hessian[0][1] = 200.0 / (at[0] * at[1]);
            d.mirror();
            d
        };
        let end = maximise(2, &[[10.0, -17.0, 0.0, 0.0].map(libm::exp)], &mut f).unwrap();
        let v = (-12.0 * 100.0 - 5.0 * 0.01) / 100.01;
        assert!(end.converged && end.at[0] == libm::exp(REACH), "{end:?}");
        assert!((libm::log(end.at[1]) - v).abs() < 1e-6 && end.evaluations < 20, "{end:?}");
    }

    /// 1 − 1/x grows for ever: the climb ends where nothing more is to be had, and the information says that it is flat.
    #[test]
    fn a_function_without_summit_ends_at_its_limit() {
        let mut f = |at: &[f64; MOST]| {
            let x = at[0];
            let mut d = Derivatives { value: 1.0 - 1.0 / x, ..Derivatives::default() };
            d.gradient[0] = 1.0 / (x * x);
            d.hessian[0][0] = -2.0 / (x * x * x);
            d
        };
        let end = maximise(1, &[[1.0; MOST]], &mut f).unwrap();
        assert!(end.value > 1.0 - 1e-7 && end.information.values[0].abs() < 1e-7, "{end:?}");
    }

    #[test]
    fn where_there_is_no_value_there_is_no_optimum() {
        assert!(
            maximise(1, &[[1.0; MOST]], &mut |_| Derivatives { value: f64::NAN, ..Derivatives::default() }).is_none()
        );
    }
}
