//! BG/CNBD-k and MBG/CNBD-k: as BG/NBD and MBG/NBD, but at more regular times than random ones.
//!
//! Reutterer, Platzer and Schröder (2021), "Leveraging purchase regularity for predicting customer behavior the easy way",
//! International Journal of Research in Marketing 38 (1): the models and their likelihood; Platzer and Reutterer (2016),
//! "Ticking away the moments: timing regularity helps to better predict customer activity", Marketing Science 35 (5): what
//! regularity tells. The distribution of gaps is that of Herniter (1971) and of Chatfield and Goodhardt (1973).
//!
//! | paper | here | |
//! | --- | --- | --- |
//! | k | `stages` | a gap between purchases is Erlang-k: the sum of k random times at one rate; 1 is random, many are a clock |
//! | r, α | `r`, `alpha` | gamma-distributed rate λ of these stages; purchases come at λ/k, in the mean r/(kα) a unit of time |
//! | a, b | `a`, `b` | beta-distributed probability p of drop-out after a purchase; its mean is a/(a+b) |
//! | x, t_x, T | `frequency`, `recency`, `age` | [`History`] |
//!
//! Assumptions: those of BG/NBD and MBG/NBD, but for the gaps; k is the same for all. α is in units of time, all else has none.
//!
//! **Stages instead of special functions.** x purchases are kx stages that were passed at known times, so λ is gamma with
//! kx more in its shape. In the silence after the last purchase, one who is there may have passed j = 0, …, k − 1 stages
//! more, each unseen. With q = r + kx and u = (T − t_x)/(α + T), which is below 1,
//!
//! ```text
//! P(silence) ∝ (α+T)^−q · F,   F = Σ_j (q)_j / j! · u^j,   P(j | there) = (q)_j / j! · u^j / F
//! ```
//!
//! and one who is there at stage j has a rate that is gamma with q + j and α + T: the future is a mean of k negative
//! binomial ones, in which every k-th stage is a purchase. All sums have positive terms. At k = 1 all is BG/NBD or MBG/NBD.
//!
//! **The choice of k.** The likelihood has the factor Π t_i^(k−1) / (k−1)!^x, t_i the gaps. It does not move the other
//! parameters, but tells one k from another: the k of the highest likelihood is taken, among 1 to 6, and up to 12 as long as
//! it grows.

use super::beta_geometric::{self, Remaining, log_likelihood};
use super::prior::{self, Prior};
use super::{Fit, Histories, History, MOST_STAGES, Model, There, fit};
use crate::math::optimise::Derivatives;

/// A BG/CNBD-k (`FIRST` = 0) or an MBG/CNBD-k (`FIRST` = 1): `FIRST` is how many chances to drop out the first purchase
/// leaves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cnbd<const FIRST: u32> {
    /// k.
    pub stages: u32,
    /// Shape of the rates of stages.
    pub r: f64,
    /// Rate parameter of the rates of stages, in units of time.
    pub alpha: f64,
    /// First parameter of the drop-out probabilities.
    pub a: f64,
    /// Second parameter of the drop-out probabilities.
    pub b: f64,
}

/// A BG/CNBD-k with its parameters.
pub type BgCnbd = Cnbd<0>;

/// An MBG/CNBD-k with its parameters.
pub type MbgCnbd = Cnbd<1>;

/// Names of the parameters that are fitted for each k.
pub const PARAMETERS: &[&str] = &["r", "alpha", "a", "b"];

/// Every k up to this is tried.
const USUAL: u32 = 6;

impl<const FIRST: u32> Cnbd<FIRST> {
    /// The model of so many stages with these parameters.
    pub fn new(stages: u32, &[r, alpha, a, b]: &[f64; 4]) -> Self {
        debug_assert!((1..=MOST_STAGES as u32).contains(&stages));
        Cnbd { stages, r, alpha, a, b }
    }

    /// The fit of a given k, for which the gaps need not be known; `start` is tried first.
    fn fit_of(stages: u32, histories: &Histories, start: Option<[f64; 4]>, prior: Option<&Prior>) -> Option<Fit> {
        let mut starts: Vec<[f64; 4]> = start.into_iter().collect();
        let faster = f64::from(stages);
        starts.extend(beta_geometric::starts(histories).iter().map(|&[r, alpha, a, b]| [r, alpha / faster, a, b]));
        fit::climb(&starts, prior, &mut |parameters| Self::log_likelihood(stages, parameters, histories))
    }

    /// The log-likelihood of histories with its derivatives by the parameters, but for what the gaps add, which hangs on k
    /// alone.
    pub fn log_likelihood(stages: u32, parameters: &[f64; 4], histories: &Histories) -> Derivatives {
        log_likelihood(parameters, FIRST, stages, histories)
    }

    /// The k of the highest likelihood with its fit, whose log-likelihood is that of the gaps, too. Nothing where the gaps
    /// are not known, or no climb ended.
    pub fn fit(histories: &Histories) -> Option<(u32, Fit)> {
        Self::best(histories, &|_| None)
    }

    /// The same, each k with the prior where there are few repeat buyers.
    pub fn estimate(histories: &Histories) -> Option<(u32, Fit)> {
        let shape = if FIRST == 0 { prior::BG } else { prior::MBG };
        Self::best(histories, &|k| Prior::of(&shape, k, histories))
    }

    fn best(histories: &Histories, prior: &dyn Fn(u32) -> Option<Prior>) -> Option<(u32, Fit)> {
        let ln_gaps = histories.ln_gaps?;
        let (mut best, mut ln_factorial): (Option<(u32, Fit)>, f64) = (None, 0.0);
        let mut start = None;
        for k in 1..=MOST_STAGES as u32 {
            if k > USUAL && best.as_ref().is_none_or(|(at, _)| at + 1 < k) {
                break;
            }
            let before = f64::from(k - 1);
            ln_factorial += libm::log(before.max(1.0));
            let fit = Self::fit_of(k, histories, start, prior(k).as_ref()).filter(|fit| fit.optimum.converged);
            let Some(mut fit) = fit else { continue };
            // The same purchases, each of one stage more.
            let [r, alpha, a, b] = fit.optimum.at;
            start = Some([r, alpha * f64::from(k) / f64::from(k + 1), a, b]);
            fit.log_likelihood += before * ln_gaps - histories.purchases * ln_factorial;
            if best.as_ref().is_none_or(|(_, best)| fit.log_likelihood > best.log_likelihood) {
                best = Some((k, fit));
            }
        }
        best
    }

    fn remaining(&self, there: There) -> Remaining {
        let (x, passed) = (f64::from(there.frequency), there.stage);
        let shape = self.r + f64::from(self.stages) * x + f64::from(passed);
        let b = self.b + x + f64::from(FIRST);
        Remaining { shape, rate: self.alpha + there.age, a: self.a, b, stages: self.stages, passed }
    }

    /// (q)_j / j! · u^j of the stages j, and their sum F.
    fn silence(&self, h: &History) -> ([f64; MOST_STAGES], f64) {
        let q = self.r + f64::from(self.stages) * f64::from(h.frequency);
        let u = (h.age - h.recency) / (self.alpha + h.age);
        let (mut terms, mut term, mut sum) = ([0.0; MOST_STAGES], 1.0, 0.0);
        for (j, place) in terms.iter_mut().enumerate().take(self.stages as usize) {
            *place = term;
            sum += term;
            term *= (q + j as f64) / (j as f64 + 1.0) * u;
        }
        (terms, sum)
    }
}

/// Points on either side of the peak, at the most: only a shape below 0.005, a rate that next to nobody has, would need more.
const MOST_POINTS: i32 = 1 << 15;

impl<const FIRST: u32> Model for Cnbd<FIRST> {
    fn alive(&self, h: &History) -> f64 {
        let chances = f64::from(h.frequency + FIRST);
        if chances == 0.0 {
            return 1.0;
        }
        let q = self.r + f64::from(self.stages) * f64::from(h.frequency);
        let longer = libm::log1p((h.age - h.recency) / (self.alpha + h.recency));
        let ln_odds = libm::log(self.a / (self.b + chances - 1.0)) + q * longer - libm::log(self.silence(h).1);
        1.0 / (1.0 + libm::exp(ln_odds))
    }

    /// Nobody leaves but right after a purchase.
    fn stayed(&self, _: &History) -> f64 {
        1.0
    }

    fn stages(&self) -> u32 {
        self.stages
    }

    fn stage_weights(&self, h: &History) -> [f64; MOST_STAGES] {
        let (terms, sum) = self.silence(h);
        terms.map(|term| term / sum)
    }

    fn expected_if_alive(&self, there: There, horizon: f64) -> f64 {
        self.remaining(there).expected(horizon)
    }

    fn square_if_alive(&self, there: There, horizon: f64) -> f64 {
        self.remaining(there).square(horizon)
    }

    fn probabilities_if_alive(&self, there: There, horizon: f64, most: usize) -> Vec<f64> {
        self.remaining(there).probabilities(horizon, most)
    }

    /// Given λ and p the n-th purchase is the stage nk − j from here, each of which comes with the factor z = λ/(λ+δ):
    /// Σ_n (1−p)^(n−1) z^(nk−j) = z^(k−j) / (1 − (1−p) z^k). λ is integrated out by the trapezoidal rule in ln λ, which
    /// converges exponentially for a function that is smooth and falls on both sides.
    fn discounted_if_alive(&self, there: There, discount: f64) -> f64 {
        let remaining = self.remaining(there);
        let Remaining { shape, rate, stages, passed, .. } = remaining;
        let mut drop_outs = Vec::new();
        remaining.drop_outs(&mut |p, weight| drop_outs.push((p, weight)));
        let (k, first) = (f64::from(stages), f64::from(stages - passed));
        let step = (0.6 / libm::sqrt(shape)).min(0.25);
        // The density of v = ln λ without its constant is e^(shape (v − peak) − shape (e^(v − peak) − 1)).
        let peak = libm::log(shape / rate);
        let (mut weights, mut sum) = (0.0, 0.0);
        let mut add = |at: i32| {
            let from_peak = f64::from(at) * step;
            let weight = libm::exp(shape * (from_peak - libm::expm1(from_peak)));
            let ln_z = -libm::log1p(discount / libm::exp(peak + from_peak));
            let (z, gone) = (libm::exp(k * ln_z), -libm::expm1(k * ln_z));
            let inner: f64 = drop_outs.iter().map(|&(p, share)| share / (p * z + gone)).sum();
            weights += weight;
            sum += weight * libm::exp(first * ln_z) * inner;
            weight > 1e-18
        };
        add(0);
        for side in [1, -1] {
            (1..MOST_POINTS).map(|at| side * at).take_while(|at| add(*at)).for_each(drop);
        }
        sum / weights
    }
}

/// ln F of the silence after a last purchase, with its derivatives by r and α.
pub(super) struct Silence {
    pub ln: f64,
    pub gradient: [f64; 2],
    /// By r twice, by both, by α twice.
    curvature: [f64; 3],
}

impl Silence {
    /// Of k stages, q = r + kx and a silence of so much time; `inverse` is 1/(α + T).
    pub fn of(k: u32, q: f64, time: f64, inverse: f64) -> Silence {
        let u = time * inverse;
        let (mut term, mut first, mut second) = (1.0, 0.0, 0.0);
        let (mut sum, mut by_r, mut by_alpha, mut curvature) = (0.0, 0.0, 0.0, [0.0; 3]);
        for j in 0..k {
            let times = f64::from(j);
            sum += term;
            by_r += term * first;
            by_alpha -= term * times * inverse;
            curvature[0] += term * (first * first - second);
            curvature[1] -= term * first * times * inverse;
            curvature[2] += term * times * (times + 1.0) * inverse * inverse;
            let factor = q + times;
            term *= factor / (times + 1.0) * u;
            first += 1.0 / factor;
            second += 1.0 / (factor * factor);
        }
        let gradient = [by_r / sum, by_alpha / sum];
        let [r, alpha] = gradient;
        let [rr, ra, aa] = curvature.map(|value| value / sum);
        Silence { ln: libm::log(sum), gradient, curvature: [rr - r * r, ra - r * alpha, aa - alpha * alpha] }
    }

    /// Adds it for n customers.
    pub fn add(&self, n: f64, d: &mut Derivatives) {
        d.value += n * self.ln;
        d.gradient[0] += n * self.gradient[0];
        d.gradient[1] += n * self.gradient[1];
        self.add_curvature(n, d);
    }

    /// Adds its second derivatives alone.
    pub fn add_curvature(&self, n: f64, d: &mut Derivatives) {
        let [rr, ra, aa] = self.curvature;
        d.hessian[0][0] += n * rr;
        d.hessian[0][1] += n * ra;
        d.hessian[1][1] += n * aa;
    }
}

#[cfg(test)]
mod tests;
