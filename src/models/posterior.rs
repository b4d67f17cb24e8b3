//! What the data leaves open of a model's parameters: draws from their posterior distribution.
//!
//! Adaptive multiple importance sampling (Cornuet, Marin, Mira and Robert 2012, Scandinavian Journal of Statistics 39 (4)): draws
//! come from t distributions along axes of the logarithms of the parameters, at first around the highest point of the
//! posterior and somewhat wider than its curvature there says, then with mean and covariance of the weighted draws so
//! far. Each draw is weighed by how much more likely it is than it was to be drawn in any of the rounds, so that a far
//! tail that one of them finds counts for what it is. At last, as many as are asked for are kept in proportion to their
//! weights. With four parameters at most this needs some hundreds of likelihoods, a tenth of what a Markov chain would, none
//! of which hangs on the one before, and there is no burning in to be judged.
//!
//! Draws are the points of an evenly spread sequence, not random ones (Richtmyer 1951, multiples of the roots of primes): a few
//! hundred of them leave no gaps, and are the same on every machine.
//!
//! Densities are those of the logarithms: priors are told on these, so there is no Jacobian.

use crate::math::distributions::{normal_quantile, student_quantile};
use crate::math::eigen::{Eigen, MOST, Matrix};
use crate::math::optimise::{Optimum, REACH};
use crate::math::order;
use crate::math::stats::quantile;

/// Draws of a round.
const ROUND: usize = 120;

/// Rounds at least and at most.
const ROUNDS: [usize; 2] = [3, 5];

/// With so many effective draws it is enough.
const ENOUGH: f64 = 200.0;

/// With fewer, what was drawn says nothing.
const FEWEST: f64 = 20.0;

/// The first distribution is so many times as wide as the curvature says, and later ones as the draws are.
const WIDER: [f64; 2] = [1.5, 1.2];

/// Degrees of freedom of the distributions that are drawn from: their tails are fatter than those of a posterior.
const DEGREES: f64 = 4.0;

/// The squares of the steps of the sequence: whole numbers' roots are far from all fractions with small denominators.
const SQUARES: [f64; MOST] = [2.0, 3.0, 5.0, 7.0];

/// No standard deviation of a logarithm that is drawn from is larger: that of the weak priors.
const WIDEST: f64 = 3.0;

/// Draws from a posterior distribution, all of the same weight.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    /// The parameters of each draw.
    pub draws: Vec<[f64; MOST]>,
    /// How many independent draws the weighted ones that these were taken of are worth (Kong 1992); without weighing, the
    /// number of draws.
    pub effective: f64,
}

/// Where draws come from: a centre, and the way from standard deviations along the axes to logarithms, and back.
struct Proposal {
    n: usize,
    centre: [f64; MOST],
    spread: Matrix,
    inverse: Matrix,
    ln_volume: f64,
}

impl Proposal {
    fn new(centre: [f64; MOST], axes: &Eigen, sd: &dyn Fn(f64) -> f64) -> Proposal {
        Proposal {
            n: axes.n,
            centre,
            spread: axes.map(sd),
            inverse: axes.map(|value| 1.0 / sd(value)),
            ln_volume: axes.values[..axes.n].iter().map(|&value| libm::log(sd(value))).sum(),
        }
    }

    /// One around a highest point, as wide as the curvature there says.
    fn around(optimum: &Optimum, wider: f64) -> Proposal {
        let sd = |information: f64| wider / libm::sqrt(information.max(1.0 / (WIDEST * WIDEST)));
        Proposal::new(optimum.at.map(libm::log), &optimum.information, &sd)
    }

    /// One with mean and covariance of weighted draws.
    fn of(n: usize, draws: &[Draw]) -> Proposal {
        let whole: f64 = draws.iter().map(|draw| draw.weight).sum();
        let mut centre = [0.0; MOST];
        for draw in draws {
            for (centre, at) in centre.iter_mut().zip(draw.logs) {
                *centre += draw.weight / whole * at;
            }
        }
        let mut covariance = [[0.0; MOST]; MOST];
        for draw in draws {
            for (i, row) in covariance.iter_mut().enumerate().take(n) {
                for (j, cell) in row.iter_mut().enumerate().take(n) {
                    *cell += draw.weight / whole * (draw.logs[i] - centre[i]) * (draw.logs[j] - centre[j]);
                }
            }
        }
        let sd = |variance: f64| WIDER[1] * libm::sqrt(variance.max(1e-12));
        Proposal::new(centre, &Eigen::of(&covariance, n), &sd)
    }

    /// The logarithms of the parameters at so many standard deviations along each axis.
    fn at(&self, along: &[f64; MOST]) -> [f64; MOST] {
        let mut logs = self.centre;
        for (i, log) in logs.iter_mut().enumerate().take(self.n) {
            *log += (0..self.n).map(|k| self.spread[i][k] * along[k]).sum::<f64>();
        }
        logs
    }

    /// The logarithm of the density of drawing these logarithms, but for what is the same of all proposals.
    fn ln_density(&self, logs: &[f64; MOST]) -> f64 {
        let along = |row: &[f64; MOST]| -> f64 { (0..self.n).map(|k| row[k] * (logs[k] - self.centre[k])).sum() };
        let of = |t: f64| -0.5 * (DEGREES + 1.0) * libm::log1p(t * t / DEGREES);
        self.inverse[..self.n].iter().map(|row| of(along(row))).sum::<f64>() - self.ln_volume
    }
}

/// The point of the sequence with this number, each coordinate between 0 and 1.
fn point(number: usize) -> [f64; MOST] {
    SQUARES.map(|square| libm::modf((number + 1) as f64 * libm::sqrt(square)).0)
}

/// A draw with the logarithm of its posterior density, and its weight.
struct Draw {
    logs: [f64; MOST],
    ln: f64,
    weight: f64,
}

impl Posterior {
    /// So many draws from the posterior of which `optimum` is the highest point; `ln` is the logarithm of its density by the
    /// parameters, −∞ where there is none.
    pub fn of(optimum: &Optimum, draws: usize, ln: &mut dyn FnMut(&[f64; MOST]) -> f64) -> Posterior {
        let n = optimum.information.n;
        let mut proposals = vec![Proposal::around(optimum, WIDER[0])];
        let mut all = Vec::with_capacity(2 * ROUND);
        loop {
            let Some(proposal) = proposals.last() else { unreachable!("the first one stands from the beginning") };
            let from = all.len();
            let drawn = (from..from + ROUND).map(|number| {
                let logs = proposal.at(&point(number).map(|share| student_quantile(share, DEGREES)));
                let within = logs[..n].iter().all(|log| log.abs() < REACH);
                let ln = if within { ln(&logs.map(libm::exp)) } else { f64::NEG_INFINITY };
                Draw { logs, ln: if ln.is_nan() { f64::NEG_INFINITY } else { ln }, weight: 0.0 }
            });
            all.extend(drawn.collect::<Vec<_>>());
            weigh(&mut all, &proposals);
            let effective = effective(&all);
            let [fewest, most] = ROUNDS;
            if proposals.len() >= most || (proposals.len() >= fewest && effective >= ENOUGH) {
                // A few draws are no distribution; what the curvature says is rough, but one.
                return match effective >= FEWEST {
                    true => Posterior { draws: kept(&all, draws), effective },
                    false => {
                        Posterior { effective, ..Posterior::of_much(optimum, draws, &mut |at| ln(at).is_finite()) }
                    }
                };
            }
            proposals.push(Proposal::of(n, &tempered(&all)));
        }
    }

    /// So many draws from the normal distribution that the posterior of much data comes to (Bernstein and von Mises), of
    /// those for which `is_possible`.
    pub fn of_much(optimum: &Optimum, draws: usize, is_possible: &mut dyn FnMut(&[f64; MOST]) -> bool) -> Posterior {
        let proposal = Proposal::around(optimum, 1.0);
        let one = |number| proposal.at(&point(number).map(normal_quantile));
        let within = |logs: &[f64; MOST]| logs[..proposal.n].iter().all(|log| log.abs() < REACH);
        let drawn = (0..4 * draws).map(one).filter(within).map(|logs| logs.map(libm::exp));
        let possible: Vec<_> = drawn.filter(|at| is_possible(at)).take(draws).collect();
        Posterior { effective: possible.len() as f64, draws: possible }
    }

    /// The interval of a function of the parameters that leaves a share of `tail` of the posterior on each side.
    pub fn interval(&self, tail: f64, f: &mut dyn FnMut(&[f64; MOST]) -> f64) -> Option<[f64; 2]> {
        let mut values: Vec<f64> = self.draws.iter().map(f).collect();
        order::sort_by(&mut values, |a, b| a.total_cmp(b));
        let at = |p| quantile(&values, p);
        at(tail).zip(at(1.0 - tail)).map(|(low, high)| [low, high])
    }
}

/// Weighs draws by their density beside that of being drawn in any of the rounds.
fn weigh(draws: &mut [Draw], proposals: &[Proposal]) {
    let mut most = f64::NEG_INFINITY;
    for draw in draws.iter_mut() {
        let each: Vec<f64> = proposals.iter().map(|proposal| proposal.ln_density(&draw.logs)).collect();
        let highest = each.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = each.iter().map(|ln| libm::exp(ln - highest)).sum();
        draw.weight = draw.ln - highest - libm::log(sum);
        most = most.max(draw.weight);
    }
    for draw in draws {
        draw.weight = if most.is_finite() { libm::exp(draw.weight - most) } else { 0.0 };
    }
}

/// The draws with weights that are drawn together until they rest on more than a few of them.
fn tempered(draws: &[Draw]) -> Vec<Draw> {
    const FEW: f64 = 24.0;
    let to = |power: f64| -> Vec<Draw> {
        draws.iter().map(|draw| Draw { weight: libm::pow(draw.weight, power), ..*draw }).collect()
    };
    let powers = [1.0, 0.5, 0.25, 0.125].map(to);
    let enough = powers.iter().position(|draws| effective(draws) >= FEW).unwrap_or(powers.len() - 1);
    powers.into_iter().nth(enough).unwrap_or_default()
}

fn effective(draws: &[Draw]) -> f64 {
    let (sum, squares) =
        draws.iter().fold((0.0, 0.0), |(sum, squares), Draw { weight, .. }| (sum + weight, squares + weight * weight));
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}

/// As many as are asked for in proportion to their weights, evenly along the list (Kitagawa 1996).
fn kept(weighed: &[Draw], count: usize) -> Vec<[f64; MOST]> {
    let whole: f64 = weighed.iter().map(|draw| draw.weight).sum();
    let (mut passed, mut kept) = (0.0, Vec::with_capacity(count));
    for draw in weighed {
        passed += draw.weight;
        while kept.len() < count && (kept.len() as f64 + 0.5) * whole < passed * count as f64 {
            kept.push(draw.logs.map(libm::exp));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::optimise::{Derivatives, maximise};

    /// ln Γ(shape, rate) of one parameter, as a density of its logarithm.
    fn gamma(shape: f64, rate: f64) -> impl Fn(&[f64; MOST]) -> Derivatives {
        move |&[x, ..]| {
            let mut d = Derivatives { value: shape * libm::log(x) - rate * x, ..Derivatives::default() };
            d.gradient[0] = shape / x - rate;
            d.hessian[0][0] = -shape / (x * x);
            d
        }
    }

    #[test]
    fn a_skewed_posterior_is_met_where_its_curvature_alone_would_miss() {
        let density = gamma(1.5, 0.02);
        let optimum = maximise(1, &[[3.0, 1.0, 1.0, 1.0]], &mut |at| density(at)).unwrap();
        let posterior = Posterior::of(&optimum, 200, &mut |at| density(at).value);
        assert_eq!(posterior.draws.len(), 200);
        assert!(posterior.effective > ENOUGH, "{}", posterior.effective);
        // 5 % and 95 % quantiles of the gamma distribution of shape 1.5 and rate 0.02.
        let [low, high] = posterior.interval(0.05, &mut |at| at[0]).unwrap();
        assert!(libm::log(low / 8.796).abs() < 0.2 && libm::log(high / 195.37).abs() < 0.1, "{low} {high}");
        let much = Posterior::of_much(&optimum, 200, &mut |_| true);
        let [_, too_high] = much.interval(0.05, &mut |at| at[0]).unwrap();
        assert!(too_high > 1.3 * 195.37, "{too_high}");
    }

    #[test]
    fn what_can_not_be_is_not_drawn() {
        let density = gamma(40.0, 40.0);
        let optimum = maximise(1, &[[3.0, 1.0, 1.0, 1.0]], &mut |at| density(at)).unwrap();
        let above = |at: &[f64; MOST]| if at[0] > 1.0 { density(at).value } else { f64::NEG_INFINITY };
        let drawn = Posterior::of(&optimum, 99, &mut |at| above(at));
        let much = Posterior::of_much(&optimum, 99, &mut |at| at[0] > 1.0);
        for posterior in [drawn, much] {
            assert!(posterior.draws.len() == 99 && posterior.draws.iter().all(|at| at[0] > 1.0));
        }
    }
}
