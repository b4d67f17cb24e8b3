//! What BG/NBD and MBG/NBD have in common: after each purchase a customer drops out with the same probability.
//!
//! The two differ only in whether that may happen right after the first purchase (MBG/NBD) or not (BG/NBD). With m = 1
//! in the first case and m = 0 in the second, x repeat purchases have left x + m chances to drop out, and
//!
//! ```text
//! L = Γ(r+x)/Γ(r) · α^r/(α+T)^(r+x) · B(a, b+x+m)/B(a, b) · [1 + a/(b+x+m−1) · ((α+T)/(α+t_x))^(r+x)]
//! ```
//!
//! where the second term in brackets, drop-out at the last purchase, is missing where there was no chance (x + m = 0).
//! Whoever is still there is like a new customer with r + x, α + T, a and b + x + m: that is `Remaining`, of which all
//! predictions are made.
//!
//! Likelihood and predictions are written for gaps of k stages each, of which only the last is seen ([`cnbd`](super::cnbd));
//! here k is 1.

use super::cnbd::Silence;
use super::fit::{NONE, ONE_VALUE, that_hold};
use super::negative_binomial as counts;
use super::prior::{self, Shape};
use super::{Fitted, Histories, History, Model, There};
use crate::math::optimise::Derivatives;
use crate::math::special::{Rising, scaled_exp_integral};
use crate::report::models::Note;

/// A BG/NBD (`FIRST` = 0) or an MBG/NBD (`FIRST` = 1): `FIRST` is how many chances to drop out the first purchase leaves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BetaGeometric<const FIRST: u32> {
    /// Shape of the purchase rates.
    pub r: f64,
    /// Rate parameter of the purchase rates, in units of time.
    pub alpha: f64,
    /// First parameter of the drop-out probabilities.
    pub a: f64,
    /// Second parameter of the drop-out probabilities.
    pub b: f64,
}

impl<const FIRST: u32> BetaGeometric<FIRST> {
    fn remaining(&self, there: There) -> Remaining {
        let x = f64::from(there.frequency);
        let (shape, rate) = (self.r + x, self.alpha + there.age);
        Remaining { shape, rate, a: self.a, b: self.b + x + f64::from(FIRST), stages: 1, passed: 0 }
    }
}

impl<const FIRST: u32> Model for BetaGeometric<FIRST> {
    fn alive(&self, h: &History) -> f64 {
        let parameters = [self.r, self.alpha, self.a, self.b];
        alive(&parameters, f64::from(FIRST), f64::from(h.frequency), h.recency, h.age)
    }

    /// Nobody leaves but right after a purchase.
    fn stayed(&self, _: &History) -> f64 {
        1.0
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

    fn discounted_if_alive(&self, there: There, discount: f64) -> f64 {
        self.remaining(there).discounted(discount)
    }
}

impl<const FIRST: u32> Fitted for BetaGeometric<FIRST> {
    const NAME: &'static str = if FIRST == 0 { "bg_nbd" } else { "mbg_nbd" };
    const PARAMETERS: &'static [&'static str] = &["r", "alpha", "a", "b"];

    const PRIOR: Option<Shape> = Some(if FIRST == 0 { prior::BG } else { prior::MBG });

    fn new(&[r, alpha, a, b]: &[f64; 4]) -> Self {
        BetaGeometric { r, alpha, a, b }
    }

    fn log_likelihood(parameters: &[f64; 4], histories: &Histories) -> Derivatives {
        log_likelihood(parameters, FIRST, 1, histories)
    }

    fn limits(parameters: &[f64; 4]) -> Vec<Note> {
        limits(parameters)
    }

    fn starts(histories: &Histories) -> Vec<[f64; 4]> {
        starts(histories)
    }
}

/// The purchases still to come of a customer who is there. Drop-out may follow each of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Remaining {
    /// Shape of the gamma-distributed rate of stages.
    pub shape: f64,
    /// Rate parameter of that gamma, in units of time.
    pub rate: f64,
    /// First parameter of the beta-distributed drop-out probability p.
    pub a: f64,
    /// Second parameter of it.
    pub b: f64,
    /// Stages of which a purchase is the last.
    pub stages: u32,
    /// Stages since the last purchase.
    pub passed: u32,
}

impl Remaining {
    fn share(&self, horizon: f64) -> f64 {
        horizon / (self.rate + horizon)
    }

    /// Expected purchases within `horizon`: Σ P(N = m) · S_m, where N is how often the customer would buy if there for
    /// good and S_m = 1 + E(1−p) + … + E(1−p)^(m−1) how many of m purchases are made before drop-out. It equals the 2F1
    /// of the papers, has positive terms only, and knows no special values of a (1) or a + b (1).
    pub fn expected(&self, horizon: f64) -> f64 {
        self.mean_of_purchases(horizon, &|_| 1.0)
    }

    /// The mean of the square of the purchases within `horizon`: the n-th purchase adds 2n − 1 to it.
    pub fn square(&self, horizon: f64) -> f64 {
        self.mean_of_purchases(horizon, &|n| 2.0 * n - 1.0)
    }

    /// The mean of a sum over the purchases that are made, by what the n-th adds.
    fn mean_of_purchases(&self, horizon: f64, adds: &dyn Fn(f64) -> f64) -> f64 {
        let (mut made, mut still_there, mut n, mut missing) = (0.0, 1.0, 0.0, self.stages - self.passed);
        counts::mean(self.shape, self.share(horizon), &mut |m| {
            if m > 0.0 {
                missing -= 1;
                if missing == 0 {
                    made += still_there * adds(n + 1.0);
                    still_there *= (self.b + n) / (self.a + self.b + n);
                    n += 1.0;
                    missing = self.stages;
                }
            }
            made
        })
    }

    /// P(0), P(1), … of how often the customer would buy within `horizon` if there for good, at least to `least`.
    fn without_drop_out(&self, horizon: f64, least: usize) -> Vec<f64> {
        let (k, passed) = (self.stages as usize, self.passed as usize);
        let of_stages = counts::probabilities(self.shape, self.share(horizon), (least + 1) * k);
        if k == 1 {
            return of_stages;
        }
        let mut list = vec![0.0; (of_stages.len() - 1 + passed) / k + 1];
        for (m, probability) in of_stages.into_iter().enumerate() {
            list[(m + passed) / k] += probability;
        }
        list
    }

    /// P(0 purchases), P(1), …, P(most) within `horizon`: either as many as would be made without drop-out, or drop-out
    /// after the n-th of at least n (Fader, Hardie and Lee 2005, equation 8).
    pub fn probabilities(&self, horizon: f64, most: usize) -> Vec<f64> {
        let mut would = self.without_drop_out(horizon, most);
        let tails = counts::tails(&would);
        would.truncate(most + 1);
        let mut stays = 1.0;
        for (n, probability) in would.iter_mut().enumerate() {
            if n > 0 {
                let before = self.a + self.b + n as f64 - 1.0;
                let leaves = stays * self.a / before;
                stays *= (self.b + n as f64 - 1.0) / before;
                *probability = stays * *probability + leaves * tails[n];
            }
        }
        would
    }

    /// Purchases to infinity, each discounted continuously at `discount` a unit of time; of one stage each.
    ///
    /// Given p, ∫ e^(−δs) E[λ e^(−λps)] ds is (R/p) e^ζ E_(R+1)(ζ) with ζ = δA/p.
    fn discounted(&self, discount: f64) -> f64 {
        let mut sum = 0.0;
        self.drop_outs(&mut |p, weight| {
            let zeta = discount * self.rate / p;
            // For p towards 0 nobody drops out: λ / δ in the mean.
            sum += weight
                * if zeta > 1e12 {
                    self.shape / (discount * self.rate)
                } else {
                    self.shape / p * scaled_exp_integral(self.shape + 1.0, zeta)
                };
        });
        sum
    }

    /// Calls `each` with the drop-out probabilities p at which a function of them is looked at, and the weights that make
    /// its mean of that: the tanh-sinh rule (Takahasi and Mori 1974).
    pub fn drop_outs(&self, each: &mut dyn FnMut(f64, f64)) {
        const STEP: f64 = 1.0 / 12.0;
        let (mut weights, mut scale) = (0.0, f64::NEG_INFINITY);
        let node = |k: i32| {
            let (q, half_pi) = (f64::from(k) * STEP, std::f64::consts::FRAC_PI_2);
            let y = 2.0 * half_pi * libm::sinh(q);
            // ln p and ln (1 − p) of p = 1 / (1 + e^(−y)), both exact however close p is to 0 or 1.
            let (ln_p, ln_rest) = (-softplus(-y), -softplus(y));
            (self.a * ln_p + self.b * ln_rest + libm::log(libm::cosh(q)), ln_p)
        };
        for k in -110..=60 {
            scale = scale.max(node(k).0);
        }
        let mut kept = Vec::new();
        for k in -110..=60 {
            let (exponent, ln_p) = node(k);
            let weight = libm::exp(exponent - scale);
            if weight > 1e-18 {
                weights += weight;
                kept.push((libm::exp(ln_p).max(1e-300), weight));
            }
        }
        for (p, weight) in kept {
            each(p, weight / weights);
        }
    }
}

/// ln (1 + e^y).
fn softplus(y: f64) -> f64 {
    y.max(0.0) + libm::log1p(libm::exp(-y.abs()))
}

/// P(still there) of x repeat purchases with m (0 or 1) chances to drop out before the first of them.
fn alive([r, alpha, a, b]: &[f64; 4], m: f64, x: f64, recency: f64, age: f64) -> f64 {
    if x + m == 0.0 {
        return 1.0;
    }
    let odds = a / (b + x + m - 1.0) * libm::exp((r + x) * libm::log1p((age - recency) / (alpha + recency)));
    1.0 / (1.0 + odds)
}

/// What a pair of frequency and time brings to the rows that share it: ln (1 + t/α), and 1/(α + t).
struct Time {
    ln: f64,
    inverse: f64,
}

/// The log-likelihood of r, α, a, b with its derivatives.
///
/// Of k stages a purchase: x purchases are k x of them, and whoever is silent may have passed up to k − 1 more, which is
/// what [`Silence`] adds.
pub(super) fn log_likelihood(&[r, alpha, a, b]: &[f64; 4], m: u32, k: u32, histories: &Histories) -> Derivatives {
    let mut d = Derivatives::default();
    purchases_and_chances(&mut d, [r, a, b], m, k, histories);
    let stages = f64::from(k);
    let time = |t: f64| Time { ln: libm::log1p(t / alpha), inverse: 1.0 / (alpha + t) };
    let ends: Vec<Time> = histories.ends.iter().map(|pair| time(pair.time)).collect();
    let last: Vec<Time> = histories.last.iter().map(|pair| time(pair.time)).collect();
    let ln_alpha = libm::log(alpha);

    // α^r / (α+T)^(r+kx), as −r ln(1+T/α) − kx ln(α+T).
    for (pair, time) in histories.ends.iter().zip(&ends) {
        let (n, x, t, inverse) = (pair.customers, stages * f64::from(pair.frequency), pair.time, time.inverse);
        let by_alpha = t / alpha * inverse;
        d.value -= n * (r * time.ln + x * (ln_alpha + time.ln));
        d.gradient[0] -= n * time.ln;
        d.gradient[1] += n * (r * by_alpha - x * inverse);
        d.hessian[0][1] += n * by_alpha;
        d.hessian[1][1] += n * (x * inverse * inverse - r * by_alpha * (1.0 / alpha + inverse));
    }

    // ln (1 + e^D), D the log odds of drop-out at the last purchase.
    let (ln_a, m) = (libm::log(a), f64::from(m));
    let (mut frequency, mut ln_rest) = (0.0, 0.0);
    for row in &histories.rows {
        let x = f64::from(row.history.frequency);
        let rest = b + x + m - 1.0;
        let n = row.customers;
        let (end, last) = (&ends[row.end as usize], &last[row.last as usize]);
        let silence =
            (k > 1).then(|| Silence::of(k, r + stages * x, row.history.age - row.history.recency, end.inverse));
        if let Some(silence) = &silence {
            silence.add(n, &mut d);
        }
        if x + m == 0.0 {
            continue;
        }
        if x != frequency || ln_rest == 0.0 {
            (frequency, ln_rest) = (x, libm::log(rest));
        }
        let (since, shape) = (end.ln - last.ln, r + stages * x);
        let log_odds = ln_a - ln_rest + shape * since - silence.as_ref().map_or(0.0, |silence| silence.ln);
        let small = libm::exp(-log_odds.abs());
        let gone = if log_odds > 0.0 { 1.0 } else { small } / (1.0 + small);
        let by_alpha = end.inverse - last.inverse;
        let mut slope = [since, shape * by_alpha, 1.0 / a, -1.0 / rest];
        if let Some(silence) = &silence {
            slope[0] -= silence.gradient[0];
            slope[1] -= silence.gradient[1];
            silence.add_curvature(-n * gone, &mut d);
        }
        d.value += n * (log_odds.max(0.0) + libm::log1p(small));
        let (first, second) = (n * gone, n * gone * (1.0 - gone));
        for i in 0..4 {
            d.gradient[i] += first * slope[i];
            for j in i..4 {
                d.hessian[i][j] += second * slope[i] * slope[j];
            }
        }
        d.hessian[0][1] += first * by_alpha;
        d.hessian[1][1] -= first * by_alpha * shape * (end.inverse + last.inverse);
        d.hessian[2][2] -= first / (a * a);
        d.hessian[3][3] += first / (rest * rest);
    }
    d.mirror();
    d
}

/// ln Γ(r+kx)/Γ(r) + ln B(a, b+x+m)/B(a, b), which hang on the frequency alone.
fn purchases_and_chances(d: &mut Derivatives, [r, a, b]: [f64; 3], m: u32, k: u32, histories: &Histories) {
    let (mut rate, mut stays, mut chances) = (Rising::new(r), Rising::new(b), Rising::new(a + b));
    histories.frequencies(&mut |x, n| {
        rate.advance(k * x);
        stays.advance(x + m);
        chances.advance(x + m);
        d.value += n * (rate.ln + stays.ln - chances.ln);
        d.gradient[0] += n * rate.first;
        d.gradient[2] -= n * chances.first;
        d.gradient[3] += n * (stays.first - chances.first);
        d.hessian[0][0] += n * rate.second;
        d.hessian[2][2] -= n * chances.second;
        d.hessian[2][3] -= n * chances.second;
        d.hessian[3][3] += n * (stays.second - chances.second);
    });
}

/// The limits of r, α, a, b on a ridge.
pub(super) fn limits(&[r, _, a, b]: &[f64; 4]) -> Vec<Note> {
    that_hold(&[
        (r > ONE_VALUE, Note::OnePurchaseRate),
        (a / (a + b) < NONE, Note::NoDropOut),
        (a + b > ONE_VALUE && a / (a + b) >= NONE, Note::OneDropOutRate),
    ])
}

/// Where fits of r, α, a, b start: many purchase rates and drop-outs, all with the mean rate of the data.
pub(super) fn starts(histories: &Histories) -> Vec<[f64; 4]> {
    let rate = histories.rate();
    [(0.5, 1.5, 0.8, 2.5), (2.0, 3.0, 0.5, 1.0), (0.05, 2.0, 3.0, 0.5), (1.0, 1.0, 0.05, 10.0)]
        .map(|(r, faster, a, b)| [r, r / (rate * faster), a, b])
        .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(shape: f64, rate: f64, a: f64, b: f64) -> Remaining {
        Remaining { shape, rate, a, b, stages: 1, passed: 0 }
    }

    /// For a whole number of repeat purchases the mean is the sum over all counts.
    #[test]
    fn means_probabilities_and_discounts_agree() {
        for remaining in [of(2.2, 40.0, 0.8, 3.1), of(0.3, 5.0, 1.0, 0.001), of(9.0, 3.0, 0.002, 0.8)] {
            let p = remaining.probabilities(30.0, 4000);
            assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            let mean: f64 = p.iter().enumerate().map(|(n, p)| n as f64 * p).sum();
            assert!((mean / remaining.expected(30.0) - 1.0).abs() < 1e-10, "{remaining:?}");
        }
    }

    /// ∫ e^(−δs) dE(s) = δ ∫ e^(−δs) E(s) ds, by Gauss and Legendre over the expected purchases themselves.
    #[test]
    fn discounting_to_infinity_is_the_integral_of_all_that_is_expected() {
        for remaining in [of(2.2, 40.0, 0.8, 3.1), of(0.3, 5.0, 1.0, 1.5), of(20.0, 60.0, 0.02, 22.0)] {
            let discount = 0.01;
            let whole = crate::math::quadrature::integrate(0.0, 3600.0, 40, &mut |s| {
                discount * libm::exp(-discount * s) * remaining.expected(s)
            });
            assert!((remaining.discounted(discount) / whole - 1.0).abs() < 1e-9, "{remaining:?}");
        }
    }
}
