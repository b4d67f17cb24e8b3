//! The regression of an outcome on features.

use super::features::Columns;
use crate::math::distributions::{normal_sf, student_quantile, student_sf};
use crate::math::hypothesis::{Difference, holm};
use crate::math::random::Random;
use crate::math::regression::cholesky::inflation;
use crate::math::regression::linear::{self, Linear};
use crate::math::regression::logistic::{Logistic, Unfitted, logistic};
use crate::math::regression::{Design, quality};
use crate::report::drivers::{Effect, Feature, Model, Outcome, Unused};

/// Customers for each coefficient of a line, and of the rarer kind for each of a model of yes or no (Vittinghoff and
/// McCulloch 2007, "Relaxing the rule of ten events per variable").
const FOR_EACH: u64 = 10;
const FOR_EACH_OF_RARER: u64 = 5;

/// However few the coefficients are: customers for a line, and of the rarer kind for a model of yes or no.
const AT_LEAST: u64 = 30;
const AT_LEAST_OF_RARER: u64 = 10;

/// Fewer customers are not told in tenths: the mean of a handful is that of the largest of them.
const FOR_TENTHS: usize = 300;

/// Parts of the customers, each of which is held out once.
const FOLDS: u8 = 5;

/// The seed by which customers come into folds.
const SEED: u64 = 5;

/// What is below this is more than chance.
const SIGNIFICANCE: f64 = 0.05;

/// The features with what became of them, and the regression.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// The features.
    pub features: Vec<Feature>,
    /// The regression; nothing where there is too little for one.
    pub model: Option<Model>,
    /// Customers that it takes at least; of yes or no, those of the rarer kind.
    pub needs: u64,
}

/// A column of the design: of which feature it is, and which group of it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    feature: usize,
    /// Nothing for a number; nor for what says that it is not told, which is no effect.
    level: Option<usize>,
    is_effect: bool,
}

/// Fits the regression. Features that tell yes from no without fail are left out, and said so.
pub fn fit(mut columns: Vec<Columns>, outcome: &[f64], kind: Outcome) -> Fitted {
    loop {
        let places = places(&columns);
        let coefficients = places.len() as u64 + 1;
        let yes = outcome.iter().filter(|y| **y > 0.5).count() as u64;
        let (has, needs) = match kind {
            Outcome::Revenue => (outcome.len() as u64, (FOR_EACH * coefficients).max(AT_LEAST)),
            Outcome::Back => {
                (yes.min(outcome.len() as u64 - yes), (FOR_EACH_OF_RARER * coefficients).max(AT_LEAST_OF_RARER))
            }
        };
        let done = |columns: Vec<Columns>, model| {
            let features = columns.into_iter().map(|columns| columns.feature).collect();
            Fitted { features, model, needs }
        };
        if places.is_empty() || has < needs {
            return done(columns, None);
        }
        let used = columns.iter().filter(|columns| columns.feature.unused.is_none());
        let values: Vec<Vec<f64>> = used.flat_map(|columns| columns.values.iter().cloned()).collect();
        let design = Design::new(&values);
        drop(values);
        let model = match kind {
            Outcome::Revenue => of_amounts(&design, outcome, &places),
            Outcome::Back => match of_yes_or_no(&design, outcome, &places) {
                Err(Unfitted::Separated(found)) if !found.is_empty() => {
                    for column in found {
                        columns[places[column - 1].feature].feature.unused = Some(Unused::Separated);
                    }
                    continue;
                }
                found => found.ok(),
            },
        };
        if model.is_some() {
            inflate(&mut columns, &design, &places);
        }
        return done(columns, model);
    }
}

/// Tenths by what was said, where each of them holds enough.
fn tenths(said: &[f64], outcome: &[f64]) -> Vec<quality::Tenth> {
    if said.len() < FOR_TENTHS { Vec::new() } else { quality::tenths(said, outcome) }
}

/// The columns of the features that take part, in order.
fn places(columns: &[Columns]) -> Vec<Place> {
    let used = columns.iter().enumerate().filter(|(_, columns)| columns.feature.unused.is_none());
    let of_feature = |(feature, columns): (usize, &Columns)| {
        let is_number = columns.numbers.is_some();
        let place = move |at: usize| match is_number {
            true => Place { feature, level: None, is_effect: at == 0 },
            false => Place { feature, level: Some(at + 1), is_effect: true },
        };
        (0..columns.values.len()).map(place)
    };
    used.flat_map(of_feature).collect()
}

/// Which columns of the design are of each feature that takes part.
fn of_features(places: &[Place]) -> Vec<(usize, Vec<usize>)> {
    let mut all: Vec<(usize, Vec<usize>)> = Vec::new();
    for (place, at) in places.iter().zip(1..) {
        match all.last_mut().filter(|(feature, _)| *feature == place.feature) {
            Some((_, group)) => group.push(at),
            None => all.push((place.feature, vec![at])),
        }
    }
    all
}

fn inflate(columns: &mut [Columns], design: &Design, places: &[Place]) {
    let (features, groups): (Vec<usize>, Vec<Vec<usize>>) = of_features(places).into_iter().unzip();
    for (feature, factor) in features.into_iter().zip(inflation(design, &groups)) {
        columns[feature].feature.inflation = factor.is_finite().then_some(factor);
    }
}

/// The fold of each customer. Customers are in the order of their ids, so it does not depend on the order of the file.
fn folds(customers: usize) -> Vec<u8> {
    let mut random = Random::new(SEED);
    (0..customers).map(|_| random.below(u32::from(FOLDS)) as u8).collect()
}

fn of_amounts(design: &Design, outcome: &[f64], places: &[Place]) -> Option<Model> {
    let fitted = linear::linear(design, outcome)?;
    let said = linear::held_out(design, outcome, &folds(outcome.len()), FOLDS);
    let Linear { coefficients, robust, degrees, .. } = &fitted;
    let reach = student_quantile(0.975, *degrees);
    let effect = |at: usize| {
        let (value, error) = (coefficients[at], robust[at]);
        let p = 2.0 * student_sf((value / error).abs(), *degrees);
        (value, error, p, Difference { value, low: value - reach * error, high: value + reach * error })
    };
    Some(Model {
        effects: effects(places, &fitted.left_out, &effect),
        constant: coefficients[0],
        r2: fitted.r2,
        held_out: linear::explained(outcome, &said),
        p: fitted.test.p,
        deviation: Some(fitted.deviation),
        spread_p: Some(fitted.spread.p),
        skewness: Some(fitted.skewness),
        influence: Some(fitted.influence),
        brier: None,
        tenths: tenths(&said, outcome),
    })
}

fn of_yes_or_no(design: &Design, outcome: &[f64], places: &[Place]) -> Result<Model, Unfitted> {
    let fitted = logistic(design, outcome)?;
    let said = fitted.held_out(design, outcome, &folds(outcome.len()), FOLDS);
    let Logistic { coefficients, errors, .. } = &fitted;
    let mut changes: Vec<Difference> = Vec::new();
    for (_, group) in of_features(places) {
        match places[group[0] - 1].level {
            Some(_) => changes.extend(fitted.effects_of_group(design, &group)),
            None => changes.extend(group.iter().map(|at| fitted.effect_of_unit(design, *at))),
        }
    }
    let effect = |at: usize| {
        let (value, error) = (coefficients[at], errors[at]);
        (value, error, 2.0 * normal_sf((value / error).abs()), changes[at - 1])
    };
    let of_said = said.as_deref();
    Ok(Model {
        effects: effects(places, &fitted.left_out, &effect),
        constant: coefficients[0],
        r2: fitted.r2(),
        held_out: of_said.and_then(|said| quality::auc(said, outcome)),
        p: fitted.test.p,
        deviation: None,
        spread_p: None,
        skewness: None,
        influence: None,
        brier: of_said.and_then(|said| quality::brier(said, outcome)),
        tenths: of_said.map(|said| tenths(said, outcome)).unwrap_or_default(),
    })
}

/// The effects of the columns that are one and say something of their own: coefficient, error, p and change of each.
fn effects(places: &[Place], left_out: &[bool], of: &dyn Fn(usize) -> (f64, f64, f64, Difference)) -> Vec<Effect> {
    let mut effects = Vec::new();
    for (at, place) in places.iter().enumerate().filter(|(at, place)| place.is_effect && !left_out[at + 1]) {
        let (coefficient, error, p, Difference { value: change, low, high }) = of(at + 1);
        let Place { feature, level, .. } = *place;
        let (p_adjusted, is_clear) = (p, false);
        effects.push(Effect { feature, level, coefficient, error, p, p_adjusted, change, low, high, is_clear });
    }
    let p: Vec<f64> = effects.iter().map(|effect| effect.p).collect();
    for (effect, p) in effects.iter_mut().zip(holm(&p)) {
        effect.p_adjusted = p;
        effect.is_clear = p < SIGNIFICANCE && (effect.low > 0.0 || effect.high < 0.0);
    }
    effects
}
