//! What shops are like, for those that can't tell by themselves: a weak normal prior on the logarithms of parameters.
//!
//! With a few repeat buyers the likelihood hardly tells slow customers from lost ones, and its maximum often lies at an end
//! of what parameters can be. A prior makes the fit a maximum a posteriori, and its curvature the width of the intervals.
//!
//! Its directions are what can be compared between shops, without units: ln r, how alike customers are; ln (r T/α), purchases
//! of one who stays in the mean time observed T; ln (a/b) or ln (s T/β), how fast they drop out; and ln √(ab) or ln s, how
//! alike they are in that. Centres are the medians of the fits of four public sets of purchases, told in `docs/models.md`.
//! Spreads are wider than those of four fits, because four shops are few: a factor of e, and of e^1.5 and e² for what differs
//! most, drop-out and pace.
//!
//! Its weight fades with repeat buyers, so that nothing jumps when one more comes back: whole up to 50, half at 75, none
//! from 100 on, where the maximum is that of the plain likelihood.

use super::Histories;
use crate::math::optimise::Derivatives;

/// From so many repeat buyers on the prior weighs nothing.
pub const PLENTY: f64 = 100.0;

/// Up to so many it weighs as it stands.
const WHOLE: f64 = 50.0;

/// A prior that weighs so much has three times the standard deviations.
const WEAK: f64 = 1.0 / 9.0;

/// What it weighs beside so many repeat buyers.
fn weight(histories: &Histories) -> f64 {
    ((PLENTY - histories.repeaters()) / (PLENTY - WHOLE)).min(1.0)
}

/// Centres and standard deviations of a model's four directions: likeness in pace, pace, drop-out, likeness in drop-out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    /// What the last two parameters are.
    pub drop_out: DropOut,
    /// Medians of the fits of public data.
    pub centres: [f64; 4],
}

/// What tells of drop-out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DropOut {
    /// Beta-distributed probabilities, a and b.
    Chance,
    /// Gamma-distributed rates, s and β.
    Rate,
}

/// BG/NBD.
pub const BG: Shape = Shape { drop_out: DropOut::Chance, centres: [-1.1, 1.0, -1.5, 0.35] };

/// MBG/NBD, and MBG/CNBD-k.
pub const MBG: Shape = Shape { drop_out: DropOut::Chance, centres: [-0.3, 1.3, -0.8, 0.1] };

/// Pareto/NBD.
pub const PARETO: Shape = Shape { drop_out: DropOut::Rate, centres: [-0.35, 1.0, 0.8, -0.7] };

/// Standard deviations of the directions.
pub const SPREADS: [f64; 4] = [1.0, 2.0, 1.5, 1.0];

/// A prior of one shop.
#[derive(Clone, Copy, Debug)]
pub struct Prior {
    /// Each direction as multiples of the logarithms of the four parameters.
    directions: [[f64; 4]; 4],
    /// Their means.
    means: [f64; 4],
    weight: f64,
}

impl Prior {
    /// The prior for customers whose purchases have so many stages; nothing where it weighs nothing.
    pub fn of(shape: &Shape, stages: u32, histories: &Histories) -> Option<Prior> {
        let weight = weight(histories);
        (weight > 0.0).then(|| Prior::weighing(weight, shape, stages, histories)).flatten()
    }

    /// The same, weighing a ninth at least, which makes standard deviations three times as large: that of a posterior distribution, which has to be one also where the data says
    /// nothing of a direction. Nothing where customers were not observed at all.
    pub fn weak(shape: &Shape, stages: u32, histories: &Histories) -> Option<Prior> {
        Prior::weighing(weight(histories).max(WEAK), shape, stages, histories)
    }

    fn weighing(weight: f64, shape: &Shape, stages: u32, histories: &Histories) -> Option<Prior> {
        // Purchases of one who stays are r T/(kα).
        let (ln_age, ln_stages) = (libm::log(histories.observed / histories.customers), libm::log(f64::from(stages)));
        let mut means = shape.centres;
        means[1] += ln_stages - ln_age;
        let pace = [[1.0, 0.0, 0.0, 0.0], [1.0, -1.0, 0.0, 0.0]];
        let drop_out = match shape.drop_out {
            DropOut::Chance => [[0.0, 0.0, 1.0, -1.0], [0.0, 0.0, 0.5, 0.5]],
            DropOut::Rate => {
                means[2] -= ln_age;
                [[0.0, 0.0, 1.0, -1.0], [0.0, 0.0, 1.0, 0.0]]
            }
        };
        let directions = [pace[0], pace[1], drop_out[0], drop_out[1]];
        ln_age.is_finite().then_some(Prior { directions, means, weight })
    }

    /// The parameters at its centre.
    pub fn centre(&self) -> [f64; 4] {
        let [likeness, pace, leaving, alike] = self.means;
        // The third direction is that of the quotient of the last two parameters; the last that of the first of them, or of
        // their mean.
        let [third, fourth] = match self.directions[3][3] {
            0.0 => [alike, alike - leaving],
            _ => [alike + 0.5 * leaving, alike - 0.5 * leaving],
        };
        [likeness, likeness - pace, third, fourth].map(libm::exp)
    }

    /// Its logarithm without the constant, added with derivatives by the parameters.
    pub fn add(&self, parameters: &[f64; 4], d: &mut Derivatives) {
        let logs = parameters.map(libm::log);
        for ((along, mean), spread) in self.directions.iter().zip(self.means).zip(SPREADS) {
            let precision = self.weight / (spread * spread);
            let off = along.iter().zip(logs).map(|(times, ln)| times * ln).sum::<f64>() - mean;
            d.value -= 0.5 * precision * off * off;
            for i in 0..4 {
                let slope = along[i] / parameters[i];
                d.gradient[i] -= precision * off * slope;
                d.hessian[i][i] += precision * off * slope / parameters[i];
                for j in 0..4 {
                    d.hessian[i][j] -= precision * slope * along[j] / parameters[j];
                }
            }
        }
    }
}

/// Where a fit of a public set of purchases stands along the directions, for customers observed for `age` in the mean.
pub fn coordinates(drop_out: DropOut, &[r, alpha, third, fourth]: &[f64; 4], age: f64) -> [f64; 4] {
    let [likeness, pace] = [r, r * age / alpha].map(libm::log);
    let [leaving, alike] = match drop_out {
        DropOut::Chance => [third / fourth, libm::sqrt(third * fourth)],
        DropOut::Rate => [third * age / fourth, third],
    }
    .map(libm::log);
    [likeness, pace, leaving, alike]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::History;

    fn shop(repeaters: f64) -> Histories {
        let row = |x: u32, n: f64| (History { frequency: x, recency: 9.0 * f64::from(x), age: 200.0 }, n);
        Histories::new([row(0, 300.0), row(1, repeaters)].into_iter())
    }

    #[test]
    fn derivatives_are_those_of_the_value() {
        let at = [0.4, 120.0, 2.0, 0.3];
        let value = |at: &[f64; 4], shape: &Shape| {
            let mut d = Derivatives::default();
            Prior::of(shape, 2, &shop(60.0)).unwrap().add(at, &mut d);
            d
        };
        for shape in [BG, MBG, PARETO] {
            let exact = value(&at, &shape);
            for i in 0..4 {
                let moved = |by: f64| {
                    let mut there = at;
                    there[i] *= 1.0 + by;
                    value(&there, &shape)
                };
                let (up, down, step) = (moved(1e-5), moved(-1e-5), 2e-5 * at[i]);
                let slope = (up.value - down.value) / step;
                assert!((slope - exact.gradient[i]).abs() < 1e-7 * slope.abs().max(1.0), "{i}");
                for j in 0..4 {
                    let curve = (up.gradient[j] - down.gradient[j]) / step;
                    assert!((curve - exact.hessian[i][j]).abs() < 1e-6 * curve.abs().max(1.0), "{i} {j}");
                }
            }
        }
    }

    #[test]
    fn it_is_highest_at_its_centres_and_fades_with_repeat_buyers() {
        // r, α, s, β with exactly the centres of Pareto/NBD for a mean age of 200 days.
        let [likeness, pace, leaving, alike] = PARETO.centres.map(libm::exp);
        let centre = [likeness, likeness * 200.0 / pace, alike, alike * 200.0 / leaving];
        let told = coordinates(DropOut::Rate, &centre, 200.0);
        assert!(told.iter().zip(PARETO.centres).all(|(ours, theirs)| (ours - theirs).abs() < 1e-12));
        let at = |repeaters: f64, r: f64| {
            let mut d = Derivatives::default();
            if let Some(prior) = Prior::of(&PARETO, 1, &shop(repeaters)) {
                prior.add(&[r * centre[0], r * centre[1], centre[2], centre[3]], &mut d);
            }
            d.value
        };
        assert!(at(20.0, 1.0).abs() < 1e-20);
        // One standard deviation off: e times as alike, at the same pace.
        let e = std::f64::consts::E;
        assert!((at(20.0, e) + 0.5).abs() < 1e-12 && (at(75.0, e) + 0.25).abs() < 1e-12);
        assert_eq!(at(100.0, e), 0.0);
    }
}
