//! What each feature changes, all else equal.

use super::names;
use crate::report::drivers::{Drivers, Effect, Feature, FeatureKind, Outcome};
use crate::text;
use crate::words::format::{Format, rate_places};

/// The unit of a number that its effect is told for: tens of money, ones of anything else.
fn step(feature: &Feature) -> f64 {
    if feature.kind == FeatureKind::FirstOrder { 10.0 } else { 1.0 }
}

/// Change and interval as they are told: for a step of a number, of a group as they are.
pub fn told(section: &Drivers, effect: &Effect) -> [f64; 3] {
    let by = if effect.level.is_none() { step(&section.features[effect.feature]) } else { 1.0 };
    [effect.change * by, effect.low * by, effect.high * by]
}

/// The largest of the clear effects: of groups first, as a number has no size of its own.
pub fn strongest(section: &Drivers) -> Option<&Effect> {
    let clear = section.model.iter().flat_map(|model| &model.effects).filter(|effect| effect.is_clear);
    let rank = |effect: &&Effect| (effect.level.is_some(), effect.change.abs());
    clear.max_by(|a, b| rank(a).0.cmp(&rank(b).0).then(rank(a).1.total_cmp(&rank(b).1)))
}

/// An amount of change without its sign: `€12.40`, `8.1 points`.
fn size(section: &Drivers, change: f64, f: &dyn Format) -> String {
    match section.outcome {
        Outcome::Revenue => f.money(change.abs()),
        Outcome::Back => crate::words::format::points(change, f),
    }
}

/// An end of an interval, without its unit.
fn end(section: &Drivers, value: f64, f: &dyn Format) -> String {
    match section.outcome {
        Outcome::Revenue => f.money(value),
        Outcome::Back => f.number(value * 100.0, rate_places(section.customers)),
    }
}

/// The interval: `€8.10 to €16.70`.
pub fn interval(section: &Drivers, effect: &Effect, f: &dyn Format) -> String {
    let [_, low, high] = told(section, effect);
    format!("{} to {}", end(section, low, f), end(section, high, f))
}

/// The change with its sign: `+€12.40`.
pub fn signed(section: &Drivers, effect: &Effect, f: &dyn Format) -> String {
    let [change, ..] = told(section, effect);
    format!("{}{}", if change < 0.0 { "−" } else { "+" }, size(section, change, f))
}

/// What is held against what: `Channel: Newsletter`, `First order: 10 euros more`.
pub fn name(section: &Drivers, effect: &Effect, f: &dyn Format) -> String {
    let feature = &section.features[effect.feature];
    match effect.level {
        Some(level) => format!("{}: {}", names::short(feature), names::level(&feature.levels[level].name, f)),
        None if feature.kind == FeatureKind::FirstOrder => {
            format!("First order: {} more", f.money_short(step(feature)))
        }
        None => format!("{}: 1 more", names::feature(feature)),
    }
}

/// A step of a number: `Each €10 more in the first order`.
fn more_of(feature: &Feature, f: &dyn Format) -> String {
    match feature.kind {
        FeatureKind::FirstOrder => format!("Each {} more in the first order", f.money_short(step(feature))),
        _ => format!("Each 1 more of {}", names::feature(feature)),
    }
}

/// An effect as a sentence of three pieces, the middle one emphasised.
pub fn sentence(section: &Drivers, effect: &Effect, f: &dyn Format) -> [String; 3] {
    let feature = &section.features[effect.feature];
    let [change, low, high] = told(section, effect);
    let size = size(section, change, f);
    let (verb, more) = match section.outcome {
        Outcome::Revenue => ("bring", if change < 0.0 { "less" } else { "more" }),
        Outcome::Back => ("come back", if change < 0.0 { "less often" } else { "more often" }),
    };
    // Toward the side that it is clear for, so that both ends are above zero.
    let (near, far) = if change < 0.0 { (-high, -low) } else { (low, high) };
    let sure = format!("({} to {})", end(section, near, f), end(section, far, f));
    match effect.level {
        Some(level) => [
            format!("{} {verb} ", text::capital(&names::customers(feature, &feature.levels[level].name, f))),
            format!("{size} {more}"),
            format!(
                " in the year after their first purchase than {}, all else equal {sure}.",
                names::those(feature, &feature.levels[0].name, f)
            ),
        ],
        None => [
            format!("{} goes along with ", more_of(feature, f)),
            match section.outcome {
                Outcome::Revenue => format!("{size} {more}"),
                Outcome::Back => format!("{size} {} who come back", if change < 0.0 { "fewer" } else { "more" }),
            },
            format!(" in the year after the first purchase, all else equal {sure}."),
        ],
    }
}

/// Whether the interval of an effect leaves zero out: it is drawn as clear, whether or not it counts so among all the others.
pub fn is_apart(effect: &Effect) -> bool {
    effect.low > 0.0 || effect.high < 0.0
}

/// What is said of effects whose interval leaves zero out, but of which so many were looked at that chance may explain them.
pub fn by_chance(section: &Drivers, f: &dyn Format) -> Option<String> {
    let effects = section.model.iter().flat_map(|model| &model.effects);
    let some = effects.filter(|effect| is_apart(effect) && !effect.is_clear).count() as u64;
    let all = section.model.as_ref().map_or(0, |model| model.effects.len()) as u64;
    (some > 0).then(|| {
        let (lie, them) = if some == 1 { ("lies", "it is") } else { ("lie", "they are") };
        format!(
            "{} more {lie} clear of zero: of {} looked at together one in twenty does so by chance, so {them} not counted as beyond it.",
            f.integer(some),
            f.integer(all)
        )
    })
}

/// The title of the effects: how many of them are beyond chance.
pub fn title(section: &Drivers, f: &dyn Format) -> String {
    let Some(model) = &section.model else { return "Too few customers to hold against each other".to_owned() };
    let clear = model.effects.iter().filter(|effect| effect.is_clear).count() as u64;
    let all = f.integer(model.effects.len() as u64);
    match clear {
        0 => format!("None of {all} differences is beyond chance"),
        1 => format!("One of {all} differences is beyond chance"),
        n => format!("{} of {all} differences are beyond chance", f.integer(n)),
    }
}

/// What is drawn of the effects.
pub fn sub(section: &Drivers, f: &dyn Format) -> String {
    let what = match section.outcome {
        Outcome::Revenue => "What customers bring in the year after their first purchase",
        Outcome::Back => "How many come back in the year after their first purchase, in points",
    };
    format!(
        "{what}, against the largest group of each kind, all else equal; 95% intervals. {} observed for a year.",
        f.count(section.customers, "customer")
    )
}
