//! Features, groups and measures in words.

use crate::ingest::profile::shown;
use crate::report::drivers::{Feature, FeatureKind, Known, LevelName, Measure, Unused};
use crate::text;
use crate::words::format::Format;
use crate::words::segments::column;

/// What a feature is called: `Channel`.
pub fn feature(feature: &Feature) -> String {
    match &feature.kind {
        FeatureKind::FirstOrder => "First order".to_owned(),
        FeatureKind::Month => "Month of the first purchase".to_owned(),
        FeatureKind::Column { name, .. } | FeatureKind::Number { name } => column(name),
    }
}

/// The same where there is little room.
pub fn short(of: &Feature) -> String {
    if of.kind == FeatureKind::Month { "Month".to_owned() } else { feature(of) }
}

/// What a group is called: `Newsletter`.
pub fn level(level: &LevelName, f: &dyn Format) -> String {
    match level {
        LevelName::Value(value) => shown(value),
        LevelName::Month(month) => f.month_name(*month as i32),
        LevelName::Empty => "not told".to_owned(),
        LevelName::Rest => "all others".to_owned(),
    }
}

/// The customers of a group: `customers from Newsletter`.
pub fn customers(feature: &Feature, group: &LevelName, f: &dyn Format) -> String {
    let said = level(group, f);
    match (&feature.kind, group) {
        (FeatureKind::Month, _) => format!("customers who first bought in {said}"),
        (FeatureKind::Column { role: Some(role), .. }, LevelName::Value(_))
            if role == "channel" || role == "country" =>
        {
            format!("customers from {said}")
        }
        (FeatureKind::Column { role: Some(role), .. }, LevelName::Value(_))
            if role == "category" || role == "product" =>
        {
            format!("customers who began with {said}")
        }
        (FeatureKind::Column { name, .. }, LevelName::Value(_)) => {
            format!("customers with {} “{said}”", text::lowered(&column(name)))
        }
        _ => format!("customers whose {} is {said}", shown(&self::feature(feature))),
    }
}

/// The same beside another group: `those from Search ads`.
pub fn those(feature: &Feature, name: &LevelName, f: &dyn Format) -> String {
    customers(feature, name, f).replacen("customers", "those", 1)
}

/// Why a feature takes no part.
pub fn unused(why: Unused) -> &'static str {
    match why {
        Unused::Chosen => "left out by you",
        Unused::OneValue => "the same for nearly all",
        Unused::ManyValues => "too many different values",
        Unused::Separated => "left out: of one of its groups all came back, or nobody did",
    }
}

/// What a measure is called.
pub fn measure(measure: &Measure) -> String {
    match measure {
        Measure::FirstOrder => "First order".to_owned(),
        Measure::Revenue => "Brought in the year after".to_owned(),
        Measure::Purchases => "Purchases in the year after".to_owned(),
        Measure::DaysToSecond => "Days until the second".to_owned(),
        Measure::Column(name) => column(name),
    }
}

/// What was known of a customer.
pub fn known(known: Known) -> &'static str {
    match known {
        Known::Purchases => "Purchases so far",
        Known::Revenue => "Brought so far",
        Known::OrderValue => "Mean order",
        Known::DaysSince => "Days since the last purchase",
        Known::DaysKnown => "Days since the first purchase",
    }
}

/// So much of what was known.
pub fn amount(known: Known, value: f64, f: &dyn Format) -> String {
    match known {
        Known::Revenue | Known::OrderValue => f.money(value),
        Known::Purchases => f.integer(value as u64),
        Known::DaysSince | Known::DaysKnown => f.integer(value.max(0.0) as u64),
    }
}
