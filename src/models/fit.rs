//! Maximum likelihood of a model of purchases: parameters, standard errors, and whether there is a maximum at all. For what
//! is told of a shop with few repeat buyers, the maximum of likelihood times prior.

use super::posterior::Posterior;
use super::prior::{Prior, Shape};
use super::{Histories, Model};
use crate::math::optimise::{Derivatives, Optimum, REACH, maximise};
use crate::report::models::Note;

/// A model of purchases that can be fitted.
pub trait Fitted: Model + Sized {
    /// The model's name in the report.
    const NAME: &'static str;
    /// Names of its parameters.
    const PARAMETERS: &'static [&'static str];

    /// The model with these parameters.
    fn new(parameters: &[f64; 4]) -> Self;

    /// The log-likelihood of histories with its derivatives by the parameters.
    fn log_likelihood(parameters: &[f64; 4], histories: &Histories) -> Derivatives;

    /// Parameters from which the fit starts.
    fn starts(histories: &Histories) -> Vec<[f64; 4]>;

    /// The limits that parameters on a ridge tend to.
    fn limits(parameters: &[f64; 4]) -> Vec<Note>;

    /// What is known of its parameters beforehand; nothing where it is only fitted by the plain likelihood.
    const PRIOR: Option<Shape> = None;

    /// The parameters of the highest likelihood; nothing where there are no customers.
    fn fit(histories: &Histories) -> Option<Fit> {
        Self::fit_with(histories, None)
    }

    /// The same times the prior, where there are few repeat buyers: what is told of customers rests on it.
    fn estimate(histories: &Histories) -> Option<Fit> {
        let prior = Self::PRIOR.and_then(|shape| Prior::of(&shape, 1, histories));
        Self::fit_with(histories, prior.as_ref())
    }

    /// The same under a given prior, or none.
    fn fit_with(histories: &Histories, prior: Option<&Prior>) -> Option<Fit> {
        climb(&Self::starts(histories), prior, &mut |parameters| Self::log_likelihood(parameters, histories))
    }
}

/// The end of the climbs of a log-likelihood, or of it and the logarithm of a prior, from some starts.
pub(super) fn climb(
    starts: &[[f64; 4]],
    prior: Option<&Prior>,
    f: &mut dyn FnMut(&[f64; 4]) -> Derivatives,
) -> Option<Fit> {
    let optimum = maximise(4, starts, &mut |parameters| {
        let mut d = f(parameters);
        if let Some(prior) = prior {
            prior.add(parameters, &mut d);
        }
        d
    })?;
    let mut of_prior = Derivatives::default();
    if let Some(prior) = prior {
        prior.add(&optimum.at, &mut of_prior);
    }
    Some(Fit { optimum, log_likelihood: optimum.value - of_prior.value })
}

/// Beyond so many distinct histories, with so many who came back, a posterior is taken for normal: what it is off by shrinks
/// with the root of them, and each likelihood costs more.
const MANY_ROWS: usize = 5_000;

/// See [`MANY_ROWS`].
const MANY_REPEATERS: f64 = 2_000.0;

/// And nothing is taken for normal along a ridge, which is a direction whose standard deviation is not below a third.
const KNOWN: f64 = 9.0;

/// Draws from the posterior of parameters whose likelihood, alone or with a prior, has been fitted; without a prior under the
/// vague one of [`vague`].
pub(super) fn posterior(
    fitted: &Optimum,
    prior: Option<&Prior>,
    histories: &Histories,
    draws: usize,
    likelihood: &mut dyn FnMut(&[f64; 4]) -> Derivatives,
) -> Posterior {
    let starts: Vec<[f64; 4]> = [fitted.at].into_iter().chain(prior.map(Prior::centre)).collect();
    let highest = match prior {
        Some(_) => climb(&starts, prior, likelihood).map_or(*fitted, |fit| fit.optimum),
        None => *fitted,
    };
    let known = &highest.information;
    let is_known = known.values[..known.n].iter().all(|&information| information > KNOWN);
    if is_known && histories.rows.len() > MANY_ROWS && histories.repeaters() > MANY_REPEATERS {
        return Posterior::of_much(&highest, draws, &mut |_| true);
    }
    Posterior::of(&highest, draws, &mut |parameters| {
        let mut density = likelihood(parameters);
        match prior {
            Some(prior) => prior.add(parameters, &mut density),
            None => density.value += vague(parameters),
        }
        density.value
    })
}

/// The logarithm of a prior that says next to nothing: normal on the logarithms of parameters without units, around 1, with the
/// standard deviation of a factor of 20.
pub fn vague(parameters: &[f64]) -> f64 {
    let square = |parameter: &f64| libm::log(*parameter) * libm::log(*parameter);
    -0.5 * parameters.iter().map(square).sum::<f64>() / 9.0
}

/// The end of a fit.
#[derive(Clone, Copy, Debug)]
pub struct Fit {
    /// Where the climb ended.
    pub optimum: Optimum,
    /// The log-likelihood there, without any prior.
    pub log_likelihood: f64,
}

impl Fit {
    /// Whether the likelihood has its maximum here. If not, it grows along a ridge, or to the edge of what parameters can
    /// be, and single parameters mean nothing.
    pub fn is_interior(&self) -> bool {
        is_interior(&self.optimum)
    }
}

/// Parameters of a gamma or beta distribution above this make it one value, in effect: its spread is below 3 % of it.
pub(super) const ONE_VALUE: f64 = 1e3;

/// A probability below this is none, in effect.
pub(super) const NONE: f64 = 1e-4;

/// The limits among those given that hold.
pub(super) fn that_hold(limits: &[(bool, Note)]) -> Vec<Note> {
    limits.iter().filter(|(holds, _)| *holds).map(|(_, note)| *note).collect()
}

/// A direction in which the information on the parameters' logarithms is below this is flat: the likelihood is the same to
/// 1e-5 for parameters of another order of magnitude.
const FLAT: f64 = 1e-5;

/// Whether an optimum is a summit: the information is positive in every direction, and no parameter is at its end.
pub fn is_interior(optimum: &Optimum) -> bool {
    let n = optimum.information.n;
    let within = optimum.at[..n].iter().all(|&parameter| libm::log(parameter).abs() < REACH - 1.0);
    optimum.converged && within && optimum.information.values[..n].iter().all(|&value| value > FLAT)
}

/// Standard errors of the parameters from the inverse of the observed information; nothing where the optimum is no summit.
pub fn standard_errors(optimum: &Optimum) -> Option<Vec<f64>> {
    let covariance = optimum.information.map(|value| 1.0 / value);
    let error = |i: usize| optimum.at[i] * libm::sqrt(covariance[i][i]);
    is_interior(optimum).then(|| (0..optimum.information.n).map(error).collect())
}
