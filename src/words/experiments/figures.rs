//! The figures of a test, with how they are worked out.

use super::{chance, end, lead, method, probability, size, value};
use crate::ingest::profile::shown;
use crate::report::experiments::{Experiment, Measure, Method};
use crate::words::format::Format;
use crate::words::told::Told;

/// The figures of the side that has shown most.
pub fn figures(test: &Experiment, f: &dyn Format) -> Vec<Told> {
    let Some((side, against)) = lead(test) else { return Vec::new() };
    let control = &test.variants[0];
    let (name, base) = (shown(&side.name), shown(&control.name));
    let is_rate = test.measure == Measure::Rate;
    let sides = || {
        let of = |side: &crate::report::experiments::Variant| match &side.rate {
            Some(rate) => format!("{} of {}", f.integer(rate.count), f.integer(rate.of)),
            None => format!("{} of {}", value(test, side, f), f.integer(side.units)),
        };
        vec![(name.clone(), of(side)), (base.clone(), of(control))]
    };
    let sign = if against.difference < 0.0 { "−" } else { "+" };
    let mut left_out = sides();
    left_out.push(("On several sides".to_owned(), f.integer(test.on_several_sides)));
    left_out.push(("Outcome not known".to_owned(), f.integer(test.without_outcome)));
    let mut figures = vec![
        Told {
            key: "difference",
            name: "Difference",
            value: format!("{sign}{}", size(test, against.difference, f)),
            line: format!("95%: {} to {}", end(test, against.low, f), end(test, against.high, f)),
            meaning: "How much more or less one side did than the side it is held against.".to_owned(),
            trade: if is_rate { "absolute uplift, with Newcombe’s interval" } else { "difference of means" },
            formula: if is_rate {
                "rate of the side − rate of the other"
            } else {
                "mean of the side − mean of the other"
            }
            .to_owned(),
            numbers: format!(
                "{} − {} = {sign}{}",
                value(test, side, f),
                value(test, control, f),
                size(test, against.difference, f)
            ),
            inputs: left_out,
            note: against.lift.map_or_else(String::new, |lift| {
                format!("As a part of what the other side did: {}.", f.percent(lift, 0))
            }),
            ..Told::default()
        },
        Told {
            key: "chance",
            name: "Chance it is better",
            value: chance(against.chance_better, f),
            line: format!("{name} rather than {base}"),
            meaning: "How likely the side is the better one, given what was seen and nothing known before.".to_owned(),
            trade: "Bayesian probability, uniform priors",
            formula: match against.method {
                Method::Proportions | Method::Fisher => {
                    "probability that Beta(did + 1, did not + 1) of the side is the larger"
                }
                Method::Welch => "Student’s t of the difference over its error",
                Method::Bootstrap => "samples in which its mean is the larger / all samples",
            }
            .to_owned(),
            numbers: chance(against.chance_better, f),
            inputs: sides(),
            note: String::new(),
            ..Told::default()
        },
        Told {
            key: "p",
            name: "By chance alone",
            value: probability(against.p_adjusted, f),
            line: "Below 0.05 it is called clear".to_owned(),
            meaning: "How likely a difference at least as large is where the sides are really alike.".to_owned(),
            trade: "p-value, both sides; of several sides after Holm",
            formula: method(against.method).to_owned(),
            numbers: probability(against.p, f),
            inputs: sides(),
            note: match test.variants.len() {
                2 => String::new(),
                n => format!("Corrected for {} sides that were tried at once.", n - 1),
            },
            ..Told::default()
        },
    ];
    if let Some(seen) = against.detectable {
        figures.push(Told {
            key: "sees",
            name: "Smallest it can see",
            value: size(test, seen, f),
            line: "Found in 8 of 10 cases".to_owned(),
            meaning: "A smaller difference than this can easily be missed by a test of this size.".to_owned(),
            trade: "minimum detectable effect, power 80%, significance 5%",
            formula: "the difference at which a test of this size has a power of 80%".to_owned(),
            numbers: size(test, seen, f),
            inputs: sides(),
            note: String::new(),
            ..Told::default()
        });
    }
    figures
}
