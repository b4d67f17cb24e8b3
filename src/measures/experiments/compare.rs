//! The sides of a test held against its control.

use super::units::Units;
use crate::math::distributions::student_cdf;
use crate::math::hypothesis::means::{ManyZeros, Sample, bootstrap, welch};
use crate::math::hypothesis::power::{self, Aim};
use crate::math::hypothesis::{Difference, holm, rates, tables};
use crate::math::money::{Derived, SCALE};
use crate::math::order;
use crate::math::stats::Share;
use crate::report::experiments::{Against, Experiment, MOST_SIDES, Measure, Method, Source, Split, Variant, Verdict};
use crate::roles::names::words;

/// A split that is as uneven as this by chance in fewer than one test of a thousand is wrong (Fabijan et al. 2019,
/// "Diagnosing sample ratio mismatch in online controlled experiments").
const SPLIT_IS_OFF: f64 = 0.001;

/// What is below this is more than chance.
const SIGNIFICANCE: f64 = 0.05;

/// The share of zeros from which on means are compared by resampling.
const MANY_ZEROS: f64 = 0.3;

/// The seed of resampling.
const SEED: u64 = 20_240_229;

/// A side with its values, in ten-thousandths and ascending.
#[derive(Clone, Copy, Debug)]
pub struct Values<'a> {
    /// Its name.
    pub name: &'a str,
    /// The values of its units.
    pub values: &'a [i64],
}

/// The sides with units, by name.
pub fn sides<'a>(names: &[&'a str], units: &'a Units) -> Vec<Values<'a>> {
    let with = names.iter().zip(&units.values).filter(|(_, values)| !values.is_empty());
    let mut sides: Vec<Values<'a>> = with.map(|(&name, values)| Values { name, values }).collect();
    order::sort_by(&mut sides, |a, b| a.name.cmp(b.name));
    sides
}

/// Fills in what the sides of a test have shown; none where there are fewer than two or more than [`MOST_SIDES`].
pub fn compare(experiment: &mut Experiment, sides: &[Values<'_>], control: Option<&str>) {
    if sides.len() < 2 || sides.len() > MOST_SIDES {
        return;
    }
    let names: Vec<&str> = sides.iter().map(|side| side.name).collect();
    let first = control.and_then(|name| names.iter().position(|known| *known == name)).unwrap_or(control_of(&names));
    let others = (0..sides.len()).filter(|at| *at != first);
    let ordered: Vec<Values<'_>> = std::iter::once(first).chain(others).map(|at| sides[at]).collect();
    let mut variants: Vec<Variant> = ordered.iter().map(|side| variant(side, experiment.measure)).collect();
    let found: Vec<Option<Found>> = (1..ordered.len())
        .map(|at| match experiment.measure {
            Measure::Rate => of_rates(&variants[at].rate?, &variants[0].rate?),
            Measure::Number | Measure::Money => of_means(ordered[at].values, ordered[0].values),
        })
        .collect();
    experiment.split = split(&variants);
    judge(&mut variants, &found, experiment.split);
    experiment.variants = variants;
}

/// A test of rates from numbers that were typed in: name, units, and how many of these did it. The first is the control.
pub fn typed(sides: &[(String, u64, u64)]) -> Experiment {
    let side = |(name, units, count): &(String, u64, u64)| Variant {
        name: name.clone(),
        units: *units,
        rate: Some(Share::new((*count).min(*units), *units)),
        mean: None,
        deviation: None,
        against: None,
    };
    let mut variants: Vec<Variant> = sides.iter().map(side).collect();
    let rate = |at: usize| variants[at].rate.filter(|rate| rate.of > 0);
    let found: Vec<Option<Found>> = (1..variants.len()).map(|at| of_rates(&rate(at)?, &rate(0)?)).collect();
    let split = split(&variants);
    judge(&mut variants, &found, split);
    Experiment {
        name: String::new(),
        file: String::new(),
        measure: Measure::Rate,
        source: Source::Typed,
        first: None,
        last: None,
        rows: 0,
        by_customer: false,
        anonymous_rows: 0,
        on_several_sides: 0,
        without_outcome: 0,
        units: variants.iter().map(|side| side.units).sum(),
        units_a_day: None,
        split,
        sides: variants.len() as u64,
        variants,
    }
}

/// The side that the others are held against, by its name; the first where no name tells it.
fn control_of(names: &[&str]) -> usize {
    let is = |name: &str, known: &[&str]| words(name).iter().any(|word| known.contains(&word.as_str()));
    let by_word = names.iter().position(|name| is(name, &["control", "original", "baseline", "kontrolle", "temoin"]));
    by_word.or_else(|| names.iter().position(|name| is(name, &["a"]))).unwrap_or(0)
}

/// A side's own figures.
fn variant(side: &Values<'_>, measure: Measure) -> Variant {
    let units = side.values.len() as u64;
    let mut variant =
        Variant { name: side.name.to_owned(), units, rate: None, mean: None, deviation: None, against: None };
    match measure {
        Measure::Rate => {
            variant.rate = Some(Share::new(side.values.iter().filter(|value| **value != 0).count() as u64, units));
        }
        Measure::Number | Measure::Money => {
            let sum: i128 = side.values.iter().map(|value| i128::from(*value)).sum();
            variant.mean = Some(Derived(sum as f64 / (units as f64 * SCALE as f64)));
            variant.deviation = Sample::of(side.values, SCALE as f64).map(|sample| libm::sqrt(sample.variance));
        }
    }
    variant
}

fn split(variants: &[Variant]) -> Option<Split> {
    let counts: Vec<u64> = variants.iter().map(|side| side.units).collect();
    let test = tables::equal_shares(&counts)?;
    Some(Split { chi_square: test.statistic, p: test.p, is_off: test.p < SPLIT_IS_OFF })
}

/// What two sides differ by.
#[derive(Clone, Copy, Debug)]
struct Found {
    difference: Difference,
    lift: Option<f64>,
    method: Method,
    p: f64,
    chance_better: f64,
    detectable: Option<f64>,
    needed: Option<f64>,
}

fn of_rates(side: &Share, control: &Share) -> Option<Found> {
    let difference = rates::difference(side, control)?;
    let (method, p) = match rates::is_small(side, control) {
        true => (Method::Fisher, rates::fisher(side, control)),
        false => (Method::Proportions, rates::two_proportions(side, control)?.p),
    };
    let (rate, base) = (side.rate?, control.rate?);
    Some(Found {
        difference,
        lift: (base > 0.0).then(|| difference.value / base),
        method,
        p,
        chance_better: rates::chance_larger(side, control),
        detectable: power::seen_of_rates(base, even_size(side.of, control.of), Aim::USUAL),
        needed: power::size_for_rates(base, rate, Aim::USUAL),
    })
}

fn of_means(side: &[i64], control: &[i64]) -> Option<Found> {
    let scale = SCALE as f64;
    let (a, b) = (Sample::of(side, scale)?, Sample::of(control, scale)?);
    let (difference, test) = welch(&a, &b)?;
    let pooled = libm::sqrt((a.variance + b.variance) / 2.0);
    let found = Found {
        difference,
        lift: (b.mean > 0.0).then(|| difference.value / b.mean),
        method: Method::Welch,
        p: test.p,
        // With nothing known before of the means, Welch's t is what is known of their difference after.
        chance_better: student_cdf(test.statistic, test.degrees),
        detectable: power::seen_of_means(pooled, even_size(a.n, b.n), Aim::USUAL),
        needed: power::size_for_means(pooled, difference.value, Aim::USUAL),
    };
    let others = |values: &[i64]| values.iter().copied().filter(|value| *value != 0).collect::<Vec<i64>>();
    let (of_side, of_control) = (others(side), others(control));
    let zeros = (side.len() - of_side.len() + control.len() - of_control.len()) as f64;
    if zeros < MANY_ZEROS * (side.len() + control.len()) as f64 {
        return Some(found);
    }
    let many = |others, all: usize| ManyZeros { others, all: all as u32 };
    let resampled = bootstrap(&many(&of_side, side.len()), &many(&of_control, control.len()), SEED)?;
    let Difference { value, low, high } = resampled.difference;
    Some(Found {
        difference: Difference { value: value / scale, low: low / scale, high: high / scale },
        method: Method::Bootstrap,
        p: resampled.p,
        chance_better: resampled.larger,
        ..found
    })
}

/// The size of two equal sides that know as much as these two.
fn even_size(a: u64, b: u64) -> f64 {
    2.0 / (1.0 / a as f64 + 1.0 / b as f64)
}

/// Says of each side but the first what it has shown, all of them together.
fn judge(variants: &mut [Variant], found: &[Option<Found>], split: Option<Split>) {
    let p: Vec<f64> = found.iter().flatten().map(|found| found.p).collect();
    let mut adjusted = holm(&p).into_iter();
    for (variant, found) in variants.iter_mut().skip(1).zip(found) {
        let Some(found) = found else { continue };
        let p_adjusted = adjusted.next().unwrap_or(found.p);
        let Difference { value, low, high } = found.difference;
        let verdict = match () {
            () if split.is_some_and(|split| split.is_off) => Verdict::Untrusted,
            () if p_adjusted >= SIGNIFICANCE || found.difference.holds_none() => Verdict::Unclear,
            () if value > 0.0 => Verdict::Better,
            () => Verdict::Worse,
        };
        variant.against = Some(Against {
            difference: value,
            low,
            high,
            lift: found.lift,
            method: found.method,
            p: found.p,
            p_adjusted,
            chance_better: found.chance_better,
            verdict,
            detectable: found.detectable,
            needed: found.needed.map(|needed| needed as u64),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(name: &str, units: u64, count: u64) -> (String, u64, u64) {
        (name.to_owned(), units, count)
    }

    #[test]
    fn the_control_is_known_by_its_name() {
        assert_eq!(control_of(&["banner", "Control group", "none"]), 1);
        assert_eq!(control_of(&["B", "variant A"]), 1);
        assert_eq!(control_of(&["Baseline", "a"]), 0);
        assert_eq!(control_of(&["blue", "green"]), 0);
    }

    #[test]
    fn a_test_typed_in() {
        let test = typed(&[side("A", 1000, 120), side("B", 1000, 150)]);
        let against = test.variants[1].against.unwrap();
        assert_eq!((against.method, against.verdict), (Method::Proportions, Verdict::Better));
        assert!((against.p - 0.049_640_386_865_369).abs() < 1e-12 && against.p_adjusted == against.p);
        assert!((against.lift.unwrap() - 0.25).abs() < 1e-12);
        assert!((against.chance_better - 0.975_067_836_812).abs() < 1e-9);
        // Three points are what was seen; a test of this size sees a little more.
        assert!((0.03..0.05).contains(&against.detectable.unwrap()));
        assert_eq!(against.needed, Some(2_036));
        assert_eq!(test.split.unwrap().p, 1.0);
    }

    #[test]
    fn several_sides_are_judged_together() {
        let test = typed(&[side("A", 1000, 120), side("B", 1000, 150), side("C", 1000, 151)]);
        let against: Vec<Against> = test.variants.iter().filter_map(|side| side.against).collect();
        assert!(against.iter().all(|side| side.p < 0.05 && side.p_adjusted >= 0.05));
        assert!(against.iter().all(|side| side.verdict == Verdict::Unclear));
    }

    #[test]
    fn an_uneven_split_is_not_trusted_and_few_are_tested_exactly() {
        let test = typed(&[side("A", 10_000, 500), side("B", 9_500, 600)]);
        assert!(test.split.unwrap().is_off);
        assert_eq!(test.variants[1].against.unwrap().verdict, Verdict::Untrusted);
        let few = typed(&[side("A", 42, 1), side("B", 40, 5)]).variants[1].against.unwrap();
        assert_eq!(few.method, Method::Fisher);
        assert!((few.p - 0.104_867_237_778_630).abs() < 1e-12);
        assert_eq!(typed(&[side("A", 0, 0), side("B", 10, 5)]).variants[1].against, None);
    }

    #[test]
    fn money_with_many_zeros_is_resampled() {
        let with = |spent: i64| -> Vec<i64> { (0..400).map(|i| if i < 300 { 0 } else { spent + i * 100 }).collect() };
        let (a, b) = (with(100_000), with(300_000));
        let found = of_means(&b, &a).unwrap();
        assert_eq!(found.method, Method::Bootstrap);
        assert!((found.difference.value - 5.0).abs() < 1e-9 && found.difference.low > 2.0 && found.p < 0.01);
        let none: Vec<i64> = a.iter().map(|value| value + 1).collect();
        assert_eq!(of_means(&none, &a).unwrap().method, Method::Bootstrap, "a quarter and more of all are zero");
        let full: Vec<i64> = b.iter().map(|value| value + 1).collect();
        assert_eq!(of_means(&none, &full).unwrap().method, Method::Welch);
        assert!(of_means(&[1], &a).is_none());
    }
}
