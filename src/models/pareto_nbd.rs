//! Pareto/NBD: buying at a steady rate until drop-out, which may come at any time.
//!
//! Schmittlein, Morrison and Colombo (1987), "Counting your customers: who are they and what will they do next?",
//! Management Science 33 (1); Fader and Hardie (2005), "A note on deriving the Pareto/NBD model and related expressions":
//! the likelihood as an integral over the time of drop-out, P(alive), expected purchases of new and known customers; Fader,
//! Hardie and Lee (2005), "RFM and CLV", Journal of Marketing Research 42 (4): DERT.
//!
//! | paper | here | |
//! | --- | --- | --- |
//! | r, α | `r`, `alpha` | gamma-distributed purchase rate λ; its mean is r/α a unit of time |
//! | s, β | `s`, `beta` | gamma-distributed drop-out rate μ; its mean is s/β a unit of time |
//! | x, t_x, T | `frequency`, `recency`, `age` | [`History`] |
//!
//! Assumptions: purchases at random moments, drop-out for good at a random moment, both at rates of the customer's own that
//! are independent of each other. α and β are in units of time, all else has none.
//!
//! **The likelihood without differences.** With S(t) = (α+t)^−(r+x) (β+t)^−s the papers have S(T) + ∫ s S(τ)/(β+τ) dτ over
//! τ from t_x to T. Integrating by parts from T to infinity turns that into H(T) + G(t_x) with
//!
//! ```text
//! G(t) = ∫ s S(τ)/(β+τ) dτ,   H(t) = ∫ (r+x) S(τ)/(α+τ) dτ,   both from t to infinity,   G(t) + H(t) = S(t):
//! ```
//!
//! drop-out after the last purchase, or a purchase after the end. Both are positive, each hangs on two numbers only (the
//! frequency and one time), and each is a 2F1 whose series has positive terms, whichever of α and β is larger.

use super::fit::{NONE, ONE_VALUE, that_hold};
use super::negative_binomial as counts;
use super::prior::{self, Shape};
use super::{Fitted, Histories, History, Model, There};
use crate::math::optimise::Derivatives;
use crate::math::quadrature;
use crate::math::special::{Rising, ln_hypergeometric, scaled_exp_integral};
use crate::report::models::Note;

/// A Pareto/NBD with its parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParetoNbd {
    /// Shape of the purchase rates.
    pub r: f64,
    /// Rate parameter of the purchase rates, in units of time.
    pub alpha: f64,
    /// Shape of the drop-out rates.
    pub s: f64,
    /// Rate parameter of the drop-out rates, in units of time.
    pub beta: f64,
}

impl Model for ParetoNbd {
    fn alive(&self, h: &History) -> f64 {
        let parameters = [self.r, self.alpha, self.s, self.beta];
        let x = f64::from(h.frequency);
        let buys = part(&parameters, x, h.age, Next::Purchase).value;
        let gone = part(&parameters, x, h.recency, Next::DropOut).value;
        // G(T) + H(T) = S(T), and all share the same powers of α and β.
        let there = ln_survival(&parameters, x, h.age);
        let most = buys.max(gone);
        libm::exp(there - most - libm::log(libm::exp(buys - most) + libm::exp(gone - most))).min(1.0)
    }

    fn expected_if_alive(&self, There { frequency, age, .. }: There, horizon: f64) -> f64 {
        let (shape, beta) = (self.r + f64::from(frequency), self.beta + age);
        let longer = libm::log1p(horizon / beta);
        // (1 − e^(−(s−1) l)) / (s − 1) is l at s = 1.
        let y = (self.s - 1.0) * longer;
        let stays = if y == 0.0 { longer } else { -libm::expm1(-y) / y * longer };
        shape / (self.alpha + age) * beta * stays
    }

    /// E(N) + E(λ²) E(min(τ, h)²), where ∫ 2t P(τ > t) dt over the horizon is 2β² ((e^((2−s)l) − 1)/(2−s) − (e^((1−s)l) − 1)/(1−s))
    /// with l = ln(1 + h/β): given λ and τ the count is Poisson.
    fn square_if_alive(&self, there: There, horizon: f64) -> f64 {
        let (shape, beta) = (self.r + f64::from(there.frequency), self.beta + there.age);
        let rate = self.alpha + there.age;
        let longer = libm::log1p(horizon / beta);
        let grown = |power: f64| if power == 0.0 { longer } else { libm::expm1(power * longer) / power };
        // Hardly anybody leaves within the horizon: the difference would lose its digits.
        let squared = match longer < 1e-5 {
            true => horizon * horizon,
            false => 2.0 * beta * beta * (grown(2.0 - self.s) - grown(1.0 - self.s)),
        };
        self.expected_if_alive(there, horizon) + shape * (shape + 1.0) / (rate * rate) * squared
    }

    fn probabilities_if_alive(&self, There { frequency, age, .. }: There, horizon: f64, most: usize) -> Vec<f64> {
        let (shape, alpha, beta) = (self.r + f64::from(frequency), self.alpha + age, self.beta + age);
        let mut list = vec![0.0; most + 1];
        let mut add = |until: f64, weight: f64| {
            for (sum, p) in list.iter_mut().zip(counts::probabilities(shape, until / (alpha + until), most)) {
                *sum += weight * p;
            }
        };
        let longer = libm::log1p(horizon / beta);
        add(horizon, libm::exp(-self.s * longer));
        // Drop-out before the horizon, at τ = β (e^l − 1).
        quadrature::nodes(0.0, longer, 8, &mut |l, weight| {
            add(beta * libm::expm1(l), weight * self.s * libm::exp(-self.s * l));
        });
        list
    }

    fn discounted_if_alive(&self, There { frequency, age, .. }: There, discount: f64) -> f64 {
        let (shape, beta) = (self.r + f64::from(frequency), self.beta + age);
        shape / (self.alpha + age) * beta * scaled_exp_integral(self.s, discount * beta)
    }
}

impl Fitted for ParetoNbd {
    const NAME: &'static str = "pareto_nbd";
    const PARAMETERS: &'static [&'static str] = &["r", "alpha", "s", "beta"];

    const PRIOR: Option<Shape> = Some(prior::PARETO);

    fn new(&[r, alpha, s, beta]: &[f64; 4]) -> ParetoNbd {
        ParetoNbd { r, alpha, s, beta }
    }

    fn log_likelihood(parameters: &[f64; 4], histories: &Histories) -> Derivatives {
        let parts = |pairs: &[super::histories::Pair], next: Next| -> Vec<Derivatives> {
            pairs.iter().map(|pair| part(parameters, f64::from(pair.frequency), pair.time, next)).collect()
        };
        let buys = parts(&histories.ends, Next::Purchase);
        let gone = parts(&histories.last, Next::DropOut);
        let mut d = Derivatives::default();
        let mut rate = Rising::new(parameters[0]);
        histories.frequencies(&mut |x, n| {
            rate.advance(x);
            d.value += n * rate.ln;
            d.gradient[0] += n * rate.first;
            d.hessian[0][0] += n * rate.second;
        });
        for row in &histories.rows {
            let (buys, gone) = (&buys[row.end as usize], &gone[row.last as usize]);
            let n = row.customers;
            let log_odds = gone.value - buys.value;
            let small = libm::exp(-log_odds.abs());
            let share = if log_odds > 0.0 { 1.0 } else { small } / (1.0 + small);
            d.value += n * (gone.value.max(buys.value) + libm::log1p(small));
            let (to_gone, to_buys, between) = (n * share, n * (1.0 - share), n * share * (1.0 - share));
            for i in 0..4 {
                let apart = gone.gradient[i] - buys.gradient[i];
                d.gradient[i] += to_gone * gone.gradient[i] + to_buys * buys.gradient[i];
                for j in i..4 {
                    d.hessian[i][j] += to_gone * gone.hessian[i][j]
                        + to_buys * buys.hessian[i][j]
                        + between * apart * (gone.gradient[j] - buys.gradient[j]);
                }
            }
        }
        d.mirror();
        d
    }

    fn limits(&[r, _, s, _]: &[f64; 4]) -> Vec<Note> {
        that_hold(&[
            (r > ONE_VALUE, Note::OnePurchaseRate),
            (s > ONE_VALUE, Note::OneDropOutRate),
            (s < NONE, Note::NoDropOut),
        ])
    }

    fn starts(histories: &Histories) -> Vec<[f64; 4]> {
        let (rate, age) = (histories.rate(), histories.observed / histories.customers);
        [(0.6, 1.5, 0.6, 0.5), (3.0, 4.0, 0.5, 0.05), (0.2, 1.0, 0.1, 1.0), (20.0, 3.0, 2.0, 2.0)]
            .map(|(r, faster, s, ages)| [r, r / (rate * faster), s, age * ages])
            .to_vec()
    }
}

/// What comes first after a time: H is [`Next::Purchase`], G is [`Next::DropOut`].
#[derive(Clone, Copy, PartialEq)]
enum Next {
    Purchase,
    DropOut,
}

/// ln α^r β^s S(t), as −r ln(1+t/α) − x ln(α+t) − s ln(1+t/β).
fn ln_survival(&[r, alpha, s, beta]: &[f64; 4], x: f64, t: f64) -> f64 {
    -r * libm::log1p(t / alpha) - x * libm::log(alpha + t) - s * libm::log1p(t / beta)
}

/// ln α^r β^s H(t) or ln α^r β^s G(t), with its derivatives by r, α, s and β.
///
/// With the larger and the smaller of α and β, e and f the exponents (r + x or s) that go with them, c = e + f = r + s + x
/// and z = (large − small)/(large + t): the integral whose hazard is the smaller one's is S f/c 2F1(e, 1; c+1; z), the
/// other S e/c (1−z) 2F1(e+1, 1; c+1; z).
fn part(parameters: &[f64; 4], x: f64, t: f64, next: Next) -> Derivatives {
    let &[r, alpha, s, beta] = parameters;
    let c = r + s + x;
    // Places of the exponent and of the time in the order r, α, s, β.
    let (large, small) = if alpha >= beta { (1, 3) } else { (3, 1) };
    let (by_large, by_small) = (large - 1, small - 1);
    let exponent = |place: usize| if place == 0 { r + x } else { s };
    let hazard = if next == Next::Purchase { 0 } else { 2 };
    let (up, low) = (1.0 / (parameters[large] + t), 1.0 / (parameters[small] + t));
    let z = (parameters[large] - parameters[small]) * up;
    let rest = (parameters[small] + t) * up;
    let of_large = hazard == by_large;
    let q = exponent(by_large) + if of_large { 1.0 } else { 0.0 };
    let f = ln_hypergeometric(q, c, z, rest);

    let mut d = Derivatives { value: ln_survival(parameters, x, t) + f.ln, ..Derivatives::default() };
    // S, up to α^r β^s.
    let (ia, ib) = (1.0 / (alpha + t), 1.0 / (beta + t));
    let (ta, tb) = (t / alpha * ia, t / beta * ib);
    d.gradient = [-libm::log1p(t / alpha), r * ta - x * ia, -libm::log1p(t / beta), s * tb];
    d.hessian[0][1] = ta;
    d.hessian[2][3] = tb;
    d.hessian[1][1] = x * ia * ia - r * ta * (1.0 / alpha + ia);
    d.hessian[3][3] = -s * tb * (1.0 / beta + ib);
    // f/c or e/c.
    let share = 1.0 / exponent(hazard);
    d.value -= libm::log(c * share);
    d.gradient[hazard] += share;
    d.hessian[hazard][hazard] -= share * share;
    for i in [0, 2] {
        d.gradient[i] -= 1.0 / c;
        for j in [0, 2] {
            d.hessian[i][j] += 1.0 / (c * c);
        }
    }
    // 1 − z.
    if of_large {
        d.value += libm::log(rest);
        d.gradient[small] += low;
        d.gradient[large] -= up;
        d.hessian[small][small] -= low * low;
        d.hessian[large][large] += up * up;
    }
    // The 2F1, by the chain rule: q moves with the larger one's exponent, c with both exponents, z with both times.
    let mut inner = [[0.0; 4]; 3];
    inner[0][by_large] = 1.0;
    inner[1][by_large] = 1.0;
    inner[1][by_small] = 1.0;
    inner[2][large] = rest * up;
    inner[2][small] = -up;
    for i in 0..4 {
        d.gradient[i] += (0..3).map(|k| f.gradient[k] * inner[k][i]).sum::<f64>();
        for j in 0..4 {
            for (k, row) in inner.iter().enumerate() {
                for (l, column) in inner.iter().enumerate() {
                    d.hessian[i][j] += f.hessian[k][l] * row[i] * column[j];
                }
            }
        }
    }
    d.hessian[large][large] -= f.gradient[2] * 2.0 * rest * up * up;
    for (i, j) in [(large, small), (small, large)] {
        d.hessian[i][j] += f.gradient[2] * up * up;
    }
    for (i, j) in [(0, 1), (2, 3)] {
        // The upper triangle is the one that counts.
        d.hessian[j][i] = d.hessian[i][j];
    }
    d
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With s = 1 and s = 2 a power is 0, and with a large β hardly anybody leaves.
    #[test]
    fn the_mean_square_is_that_of_all_counts() {
        for [r, alpha, s, beta] in
            [[0.55, 79.0, 0.4, 80.0], [0.8, 70.0, 1.0, 160.0], [2.0, 30.0, 2.0, 90.0], [0.8, 40.0, 0.6, 1e9]]
        {
            for frequency in [0, 6] {
                let (model, there) = (ParetoNbd { r, alpha, s, beta }, There { frequency, age: 10.0, stage: 0 });
                let chances = model.probabilities_if_alive(there, 1500.0, 4_000);
                let sum: f64 = (0..).zip(&chances).map(|(n, chance)| f64::from(n) * f64::from(n) * chance).sum();
                let ours = model.square_if_alive(there, 1500.0);
                assert!((ours / sum - 1.0).abs() < 1e-6, "{r} {alpha} {s} {beta} of {frequency}: {ours} {sum}");
            }
        }
    }

    #[test]
    fn drop_out_and_purchase_share_all_that_is_left() {
        for parameters in [[0.55, 10.6, 0.6, 11.7], [0.55, 30.0, 0.6, 0.4], [3.0, 1.0, 0.01, 400.0]] {
            for (x, t) in [(0.0, 0.0), (2.0, 30.0), (500.0, 39.0)] {
                let value = |next| part(&parameters, x, t, next).value;
                let whole = ln_survival(&parameters, x, t);
                let sum = libm::exp(value(Next::Purchase) - whole) + libm::exp(value(Next::DropOut) - whole);
                assert!((sum - 1.0).abs() < 1e-12, "{parameters:?} {x} {t}: {sum}");
            }
        }
    }

    #[test]
    fn derivatives_are_those_of_the_value() {
        let one = |x, recency, age| (History { frequency: x, recency, age }, 1.0);
        let histories = Histories::new([one(0, 0.0, 30.0), one(3, 5.0, 40.0), one(1, 39.0, 39.0)].into_iter());
        for at in [[0.7, 12.0, 0.5, 9.0], [0.7, 9.0, 1.5, 12.0], [0.3, 0.1, 2.0, 50.0]] {
            let exact = ParetoNbd::log_likelihood(&at, &histories);
            for i in 0..4 {
                let step = 1e-5 * at[i];
                let moved = |by: f64| {
                    let mut there = at;
                    there[i] += by;
                    ParetoNbd::log_likelihood(&there, &histories)
                };
                let (up, down) = (moved(step), moved(-step));
                let slope = (up.value - down.value) / (2.0 * step);
                assert!((slope - exact.gradient[i]).abs() < 1e-6 * slope.abs().max(1.0), "{at:?} {i}");
                for j in 0..4 {
                    let curve = (up.gradient[j] - down.gradient[j]) / (2.0 * step);
                    assert!((curve - exact.hessian[i][j]).abs() < 1e-6 * curve.abs().max(1.0), "{at:?} {i} {j}");
                }
            }
        }
    }

    #[test]
    fn probabilities_add_up_to_the_mean() {
        for model in [
            ParetoNbd { r: 0.55, alpha: 10.6, s: 0.6, beta: 11.7 },
            ParetoNbd { r: 0.7, alpha: 10.0, s: 1.0, beta: 0.1 },
        ] {
            let p = model.probabilities_if_alive(There { frequency: 2, age: 30.0, stage: 0 }, 50.0, 3000);
            assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            let mean: f64 = p.iter().enumerate().map(|(n, p)| n as f64 * p).sum();
            assert!(
                (mean / model.expected_if_alive(There { frequency: 2, age: 30.0, stage: 0 }, 50.0) - 1.0).abs() < 1e-11,
                "{model:?}"
            );
        }
    }
}
