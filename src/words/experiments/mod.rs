//! What is said of tests: which side did better, by how much, and how sure that is.
//!
//! * [`finding`], [`title`], [`about`] (here): the sentences of the view and of each test.
//! * [`figures`]: the figures of a test, with how they are worked out.
//! * [`plan`]: how large a test has to be.

mod figures;
pub mod plan;

pub use figures::figures;

use super::findings::Finding;
use super::format::{Format, NOT_DEFINED, rate_places};
use crate::ingest::profile::shown;
use crate::report::experiments::{
    Against, Experiment, Experiments, MOST_SIDES, Measure, Method, Source, Variant, Verdict,
};
use crate::text;

/// The side of a test that has shown most, with what sets it apart from the control.
pub fn lead(test: &Experiment) -> Option<(&Variant, &Against)> {
    let against = |side: &Variant| side.against.map_or(f64::INFINITY, |against| against.p_adjusted);
    let side = test.variants.iter().skip(1).min_by(|a, b| against(a).total_cmp(&against(b)))?;
    Some((side, side.against.as_ref()?))
}

/// The test that the view opens with: one with a clear result, the clearest first; else the first that can be read.
pub fn first(section: &Experiments) -> Option<usize> {
    let clear = |test: &Experiment| {
        lead(test).filter(|(_, a)| matches!(a.verdict, Verdict::Better | Verdict::Worse)).map(|(_, a)| a.p_adjusted)
    };
    let tests = || section.tests.iter().enumerate();
    let clearest = tests().filter_map(|(at, test)| Some((at, clear(test)?))).min_by(|a, b| a.1.total_cmp(&b.1));
    clearest.map(|(at, _)| at).or_else(|| tests().find(|(_, test)| lead(test).is_some()).map(|(at, _)| at))
}

/// What the view opens with.
pub fn finding(section: &Experiments, f: &dyn Format) -> Finding {
    let Some(at) = first(section) else {
        let finding = match section.tests.first() {
            None => Finding {
                before: "No test in your files yet. Type one in, or find out how many people the next one takes."
                    .into(),
                ..Finding::default()
            },
            Some(test) => Finding { before: format!("{}.", title(test, f)), ..Finding::default() },
        };
        return Finding { lead: Some(NEEDED.to_owned()), ..finding };
    };
    let test = &section.tests[at];
    let Some((side, against)) = lead(test) else { return Finding::default() };
    let control = &test.variants[0];
    let (name, base) = (shown(&side.name), shown(&control.name));
    let whose = named(test).map_or_else(String::new, |name| format!("{name}: "));
    let value = |side: &Variant| value(test, side, f);
    let more = match section.tests.iter().filter(|other| other.name != test.name || other.file != test.file).count() {
        0 => None,
        _ => Some("The other tests stand below.".to_owned()),
    };
    match against.verdict {
        Verdict::Better | Verdict::Worse => Finding {
            before: format!("{whose}{name} did {}, ", better_or_worse(against)),
            strong: format!("{} against {} {of}", value(side), value(control), of = of(test)),
            after: format!(" for {base}: a difference of {}.", difference(test, against, f)),
            lead: more,
        },
        Verdict::Unclear => Finding {
            before: text::capital(&format!(
                "{whose}no clear difference: {name} {}, {base} {} {}.",
                value(side),
                value(control),
                of(test)
            )),
            strong: String::new(),
            after: String::new(),
            lead: sees(test, against, f),
        },
        Verdict::Untrusted => Finding { before: format!("{whose}{}.", uneven(test, f)), ..Finding::default() },
    }
}

/// What opens the view where it is empty.
const NEEDED: &str = "A file of a test has a row for each customer or visitor: which side they were on, and what came of it, \
                      as yes or no or as an amount.";

/// The finding of one test, as the heading above it.
pub fn title(test: &Experiment, f: &dyn Format) -> String {
    let Some((side, against)) = lead(test) else {
        return match test.sides {
            0 | 1 => "One side only: there is nothing to compare".to_owned(),
            n if n > MOST_SIDES as u64 => format!("{} sides are too many for a test", f.integer(n)),
            _ => "Nothing varies: there is no difference to test".to_owned(),
        };
    };
    let control = &test.variants[0];
    let (name, base) = (shown(&side.name), shown(&control.name));
    let (now, then) = (value(test, side, f), value(test, control, f));
    match against.verdict {
        Verdict::Untrusted => uneven(test, f),
        Verdict::Unclear => format!("No clear difference: {name} {now}, {base} {then}"),
        Verdict::Better | Verdict::Worse => format!(
            "{name} did {}: {now} against {then}, a difference of {}",
            better_or_worse(against),
            difference(test, against, f)
        ),
    }
}

fn better_or_worse(against: &Against) -> &'static str {
    if against.verdict == Verdict::Worse { "worse" } else { "better" }
}

fn uneven(test: &Experiment, f: &dyn Format) -> String {
    let units: Vec<String> = test.variants.iter().map(|side| f.integer(side.units)).collect();
    format!("The sides are too uneven to trust a result: {}", units.join(" against "))
}

/// The name of a test and what was measured: `“Free delivery”, whether they did it`.
pub fn heading(test: &Experiment) -> String {
    let measured = match (test.measure, test.source) {
        (Measure::Rate, Source::Orders { .. }) => "who bought",
        (Measure::Rate, _) => "who did it",
        (Measure::Number, _) => "the number",
        (Measure::Money, _) => "what they spent",
    };
    named(test).map_or_else(|| measured.to_owned(), |name| format!("{name}, {measured}"))
}

fn named(test: &Experiment) -> Option<String> {
    let name = if test.name.is_empty() { &test.file } else { &test.name };
    (!name.is_empty()).then(|| format!("“{}”", shown(name)))
}

/// What a side's value is of: `of its customers`.
fn of(test: &Experiment) -> &'static str {
    match (test.measure, test.by_customer) {
        (Measure::Rate, _) => "of those",
        (_, true) => "for each customer",
        (_, false) => "for each one",
    }
}

/// A side's rate or mean.
pub fn value(test: &Experiment, side: &Variant, f: &dyn Format) -> String {
    match (test.measure, &side.rate, side.mean) {
        (Measure::Rate, Some(rate), _) => f.rate(rate),
        (Measure::Money, _, Some(mean)) => f.money(mean.0),
        (Measure::Number, _, Some(mean)) => f.number(mean.0, 2),
        _ => NOT_DEFINED.to_owned(),
    }
}

/// Decimals of points that so many units deserve.
fn places(test: &Experiment) -> u8 {
    rate_places(test.variants.iter().map(|side| side.units).min().unwrap_or(0))
}

/// An amount of difference, without its sign.
pub fn size(test: &Experiment, by: f64, f: &dyn Format) -> String {
    match test.measure {
        Measure::Rate => {
            let text = f.number((by * 100.0).abs(), places(test).max(u8::from(by.abs() < 0.01)));
            format!("{text} {}", if text == "1" { "point" } else { "points" })
        }
        Measure::Money => f.money(by.abs()),
        Measure::Number => f.number(by.abs(), 2),
    }
}

/// A difference with its interval: `4.1 points (1.5 to 6.7)`.
fn difference(test: &Experiment, against: &Against, f: &dyn Format) -> String {
    // Toward the side that it is clear for, so that both ends are above zero.
    let sign = if against.difference < 0.0 { -1.0 } else { 1.0 };
    let (a, b) = (against.low * sign, against.high * sign);
    format!("{} ({} to {})", size(test, against.difference, f), end(test, a.min(b), f), end(test, a.max(b), f))
}

/// An end of an interval, with its sign and without its unit.
pub fn end(test: &Experiment, value: f64, f: &dyn Format) -> String {
    match test.measure {
        Measure::Rate => f.number(value * 100.0, places(test).max(1)),
        Measure::Money => f.money(value),
        Measure::Number => f.number(value, 2),
    }
}

/// What a test of this size would have seen, and what it takes to see less.
fn sees(test: &Experiment, against: &Against, f: &dyn Format) -> Option<String> {
    let seen = against.detectable?;
    let (less, each) = plan::for_less(test, against)?;
    Some(format!(
        "A test of this size finds a difference of {} in 8 of 10 cases. To see one of {} you would need {} on each side.",
        size(test, seen, f),
        size(test, less, f),
        f.integer(each)
    ))
}

/// What was counted, of whom, and what was left out: the line below the heading.
pub fn about(test: &Experiment, f: &dyn Format) -> String {
    let who = if test.by_customer { "customer" } else { "row" };
    let mut parts = vec![match (test.first, test.last) {
        (Some(first), Some(last)) if first < last => {
            format!("{} from {} to {}", f.count(test.units, who), f.day(first), f.day(last))
        }
        (Some(day), _) => format!("{} on {}", f.count(test.units, who), f.day(day)),
        _ => f.count(test.units, who),
    }];
    if let Source::Orders { days } = test.source {
        parts.push(format!(
            "what they bought in the {} from the day of their row on, by your orders",
            f.days(f64::from(days))
        ));
    }
    if test.by_customer && test.rows > test.units + test.anonymous_rows {
        parts.push(format!("a customer counts once, whatever the number of rows ({})", f.integer(test.rows)));
    }
    if test.anonymous_rows > 0 {
        parts.push(format!("{} without a customer, each counted for itself", f.count(test.anonymous_rows, "row")));
    }
    if test.on_several_sides > 0 {
        parts.push(format!("left out: {} on more than one side", f.count(test.on_several_sides, "customer")));
    }
    if test.without_outcome > 0 {
        parts.push(format!("left out: {} of whom the outcome is not known", f.count(test.without_outcome, who)));
    }
    parts.join("; ")
}

/// A doubt about a test that has to be read before its result: its first sentence, and the rest.
pub fn doubt(test: &Experiment, f: &dyn Format) -> Option<(String, String)> {
    let split = test.split.filter(|split| split.is_off)?;
    let p = probability(split.p, f);
    Some((
        "This result can’t be trusted.".to_owned(),
        format!(
            "Chance would put about as many on each side; a split as uneven as this comes about by chance with a \
             probability of {p}. Some were lost or counted twice on one side, and whoever that was may be what differs."
        ),
    ))
}

/// A p-value as it is written.
pub fn probability(p: f64, f: &dyn Format) -> String {
    match p {
        p if p < 0.001 => "less than 0.001".to_owned(),
        // So that what is below 0.05 is not written as 0.05.
        p if p < 0.05 => f.number(p, 4),
        p => f.number(p, 3),
    }
}

/// A chance that is nearly none or nearly sure is not written as 0 or 100 %.
pub fn chance(p: f64, f: &dyn Format) -> String {
    match p {
        p if p > 0.999 => format!("over {}", f.percent(0.999, 1)),
        p if p < 0.001 => format!("under {}", f.percent(0.001, 1)),
        p => f.percent(p, 1),
    }
}

/// A side's verdict in two words.
pub fn verdict(against: Option<&Against>) -> &'static str {
    match against.map(|against| against.verdict) {
        None => "the others are held against it",
        Some(Verdict::Better) => "better",
        Some(Verdict::Worse) => "worse",
        Some(Verdict::Unclear) => "no clear difference",
        Some(Verdict::Untrusted) => "can’t be trusted",
    }
}

/// How a difference was tested.
pub fn method(method: Method) -> &'static str {
    match method {
        Method::Proportions => "two proportions, z",
        Method::Fisher => "Fisher’s exact test, as few did it",
        Method::Welch => "Welch’s t",
        Method::Bootstrap => "resampling, as most values are zero",
    }
}

#[cfg(test)]
mod tests;
