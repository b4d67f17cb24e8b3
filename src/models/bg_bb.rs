//! BG/BB: buying or not at set opportunities (a year, a month, an event), until drop-out.
//!
//! Fader, Hardie and Shang (2010), "Customer-base analysis in a discrete-time noncontractual setting", Marketing Science
//! 29 (6): likelihood (equation 6), P(alive) (11), expected purchases (13), DERT (14).
//!
//! | paper | here | |
//! | --- | --- | --- |
//! | α, β | `alpha`, `beta` | beta-distributed probability p of buying at an opportunity; its mean is α/(α+β) |
//! | γ, δ | `gamma`, `delta` | beta-distributed probability θ of drop-out before an opportunity; its mean is γ/(γ+δ) |
//! | x, t_x, n | `frequency`, `recency`, `age` | [`History`], with times counted in opportunities |
//!
//! Assumptions: p and θ are the customer's own, constant and independent of each other; drop-out for good. The opportunities
//! are the unit of time; no parameter has a unit. P(alive) is at opportunity n + 1, as in the paper.

use super::fit::{NONE, ONE_VALUE, that_hold};
use super::{Fitted, Histories, History, Model, There};
use crate::math::optimise::Derivatives;
use crate::math::special::Rising;
use crate::report::models::Note;

/// A BG/BB with its parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BgBb {
    /// First parameter of the purchase probabilities.
    pub alpha: f64,
    /// Second parameter of the purchase probabilities.
    pub beta: f64,
    /// First parameter of the drop-out probabilities.
    pub gamma: f64,
    /// Second parameter of the drop-out probabilities.
    pub delta: f64,
}

impl BgBb {
    /// P(a purchase at an opportunity | history, still there).
    fn buys(&self, frequency: u32, age: f64) -> f64 {
        (self.alpha + f64::from(frequency)) / (self.alpha + self.beta + age)
    }

    /// P(there at opportunity n + k + 1 | there at opportunity n + k), n the age.
    fn stays(&self, age: f64, k: f64) -> f64 {
        let survived = self.delta + age + k;
        survived / (self.gamma + survived)
    }

    /// P(there at the last observed opportunity, n).
    pub fn alive_at_end(&self, h: &History) -> f64 {
        let parameters = [self.alpha, self.beta, self.gamma, self.delta];
        let terms = paths(&parameters, h);
        let most = terms.iter().fold(f64::NEG_INFINITY, |most, term| most.max(term.value));
        let sum: f64 = terms.iter().map(|term| libm::exp(term.value - most)).sum();
        libm::exp(terms[0].value - most) / sum
    }
}

impl Model for BgBb {
    fn alive(&self, h: &History) -> f64 {
        self.alive_at_end(h) * self.stays(h.age, 0.0)
    }

    /// `horizon` counts opportunities; one who is there is so at the first of them.
    fn expected_if_alive(&self, There { frequency, age, .. }: There, horizon: f64) -> f64 {
        let (mut sum, mut there, mut k) = (0.0, 1.0, 1.0);
        while k <= horizon {
            sum += there;
            there *= self.stays(age, k);
            k += 1.0;
        }
        self.buys(frequency, age) * sum
    }

    fn square_if_alive(&self, there: There, horizon: f64) -> f64 {
        let chances = self.probabilities_if_alive(there, horizon, horizon as usize);
        chances.iter().enumerate().map(|(n, chance)| (n as f64) * (n as f64) * chance).sum()
    }

    fn probabilities_if_alive(&self, There { frequency, age, .. }: There, horizon: f64, most: usize) -> Vec<f64> {
        let (alpha, beta) = (self.alpha + f64::from(frequency), self.beta + age - f64::from(frequency));
        let mut list = vec![0.0; most + 1];
        let (mut there, mut k) = (1.0, 1.0);
        while k <= horizon {
            // There for k opportunities: to the last one, or gone after the k-th.
            let weight = if k + 1.0 <= horizon { there * (1.0 - self.stays(age, k)) } else { there };
            let mut probability = libm::exp(Rising::of(beta, k as u32).ln - Rising::of(alpha + beta, k as u32).ln);
            for (n, sum) in list.iter_mut().enumerate() {
                let n = n as f64;
                if n > k {
                    break;
                }
                *sum += weight * probability;
                probability *= (k - n) / (n + 1.0) * (alpha + n) / (beta + k - n - 1.0);
            }
            there *= self.stays(age, k);
            k += 1.0;
        }
        list
    }

    /// The discount of an opportunity is e^discount − 1; the next one is discounted once.
    fn discounted_if_alive(&self, There { frequency, age, .. }: There, discount: f64) -> f64 {
        let factor = libm::exp(-discount);
        let (mut sum, mut term, mut k) = (0.0, factor, 1.0);
        while term > 1e-17 * sum * (1.0 - factor) {
            sum += term;
            term *= factor * self.stays(age, k);
            k += 1.0;
        }
        self.buys(frequency, age) * sum
    }
}

impl Fitted for BgBb {
    const NAME: &'static str = "bg_bb";
    const PARAMETERS: &'static [&'static str] = &["alpha", "beta", "gamma", "delta"];

    fn new(&[alpha, beta, gamma, delta]: &[f64; 4]) -> BgBb {
        BgBb { alpha, beta, gamma, delta }
    }

    fn log_likelihood(parameters: &[f64; 4], histories: &Histories) -> Derivatives {
        let mut d = Derivatives::default();
        for row in &histories.rows {
            d.add_ln_sum(row.customers, &paths(parameters, &row.history));
        }
        d
    }

    fn limits(&[alpha, beta, gamma, delta]: &[f64; 4]) -> Vec<Note> {
        let leaves = gamma / (gamma + delta);
        that_hold(&[
            (alpha + beta > ONE_VALUE, Note::OnePurchaseRate),
            (leaves < NONE, Note::NoDropOut),
            (gamma + delta > ONE_VALUE && leaves >= NONE, Note::OneDropOutRate),
        ])
    }

    fn starts(_: &Histories) -> Vec<[f64; 4]> {
        vec![[1.0, 1.0, 0.6, 2.0], [0.3, 2.0, 0.1, 3.0], [2.0, 0.5, 1.0, 10.0], [5.0, 20.0, 3.0, 3.0]]
    }
}

/// ln of the parts of the likelihood with their derivatives: there at the end, then gone after opportunity t_x, t_x + 1, …
fn paths(&[alpha, beta, gamma, delta]: &[f64; 4], h: &History) -> Vec<Derivatives> {
    let (x, last, n) = (h.frequency, h.recency as u32, h.age as u32);
    let bought = Rising::of(alpha, x);
    let (mut missed, mut asked) = (Rising::of(beta, last - x), Rising::of(alpha + beta, last));
    let (mut stayed, mut risked) = (Rising::of(delta, last), Rising::of(gamma + delta, last));
    let mut list = Vec::with_capacity((n - last + 1) as usize);
    let term = |missed: &Rising, asked: &Rising, stayed: &Rising, risked: &Rising| {
        let mut d = Derivatives {
            value: bought.ln + missed.ln - asked.ln + stayed.ln - risked.ln,
            gradient: [
                bought.first - asked.first,
                missed.first - asked.first,
                -risked.first,
                stayed.first - risked.first,
            ],
            ..Derivatives::default()
        };
        d.hessian[0] = [bought.second - asked.second, -asked.second, 0.0, 0.0];
        d.hessian[1] = [-asked.second, missed.second - asked.second, 0.0, 0.0];
        d.hessian[2] = [0.0, 0.0, -risked.second, -risked.second];
        d.hessian[3] = [0.0, 0.0, -risked.second, stayed.second - risked.second];
        d
    };
    for at in last..n {
        missed.advance(at - x);
        asked.advance(at);
        stayed.advance(at);
        // Gone before opportunity at + 1: one more factor γ / (γ + δ + at).
        let mut d = term(&missed, &asked, &stayed, &risked);
        let hazard = 1.0 / (gamma + delta + f64::from(at));
        d.value += libm::log(gamma * hazard);
        d.gradient[2] += 1.0 / gamma - hazard;
        d.gradient[3] -= hazard;
        d.hessian[2][2] += hazard * hazard - 1.0 / (gamma * gamma);
        for (i, j) in [(2, 3), (3, 2), (3, 3)] {
            d.hessian[i][j] += hazard * hazard;
        }
        list.push(d);
        risked.advance(at + 1);
    }
    missed.advance(n - x);
    asked.advance(n);
    stayed.advance(n);
    list.push(term(&missed, &asked, &stayed, &risked));
    let end = list.len() - 1;
    list.swap(0, end);
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_add_up_to_the_mean() {
        let model = BgBb { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 };
        let p = model.probabilities_if_alive(There { frequency: 2, age: 6.0, stage: 0 }, 9.0, 12);
        assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-14 && p[10] == 0.0);
        let mean: f64 = p.iter().enumerate().map(|(n, p)| n as f64 * p).sum();
        assert!((mean / model.expected_if_alive(There { frequency: 2, age: 6.0, stage: 0 }, 9.0) - 1.0).abs() < 1e-13);
    }
}
