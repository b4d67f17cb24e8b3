//! What goes with value and with staying.

use super::super::bars::{Bar, Reach, bars};
use super::super::figure::Figure;
use super::super::intervals::{Estimate, intervals};
use super::super::lines::{Line, Lines, lines};
use super::super::role::{Dash, Tint};
use super::super::table::{Cell, Table};
use super::super::ticks::{self, Scale};
use crate::math::order;
use crate::report::drivers::{Churn, ChurnBy, Correlations, Drivers, Effect, Outcome};
use crate::words::charts::ChartWords;
use crate::words::drivers::{churn, effects as words, fit, names, together};
use crate::words::experiments::probability;
use crate::words::format::{Format, NOT_DEFINED};

/// Effects that are drawn; the table has all of them.
const MOST: usize = 14;

/// What each feature changes, all else equal: the clearest, in their own order.
pub fn effects(section: &Drivers, width: u32, f: &dyn Format) -> Figure {
    let all: Vec<&Effect> = section.model.iter().flat_map(|model| &model.effects).collect();
    let by_p = order::places(all.len(), &mut |a, b| all[a].p.total_cmp(&all[b].p));
    let mut kept: Vec<usize> = by_p.into_iter().take(MOST).collect();
    order::sort_by(&mut kept, Ord::cmp);
    let scale = if section.outcome == Outcome::Back { 100.0 } else { 1.0 };
    let estimate = |effect: &Effect| {
        let [value, low, high] = words::told(section, effect).map(|value| value * scale);
        let (name, end) = (words::name(section, effect, f), words::signed(section, effect, f));
        let mut lines = vec![name.clone(), format!("{end} ({})", words::interval(section, effect, f))];
        let feature = &section.features[effect.feature];
        if let (Some(_), Some(base)) = (effect.level, feature.levels.first()) {
            lines.push(format!("against {}", names::level(&base.name, f)));
        }
        Estimate { name, value, low, high, is_clear: words::is_apart(effect), end, lines }
    };
    let estimates: Vec<Estimate> = kept.iter().map(|at| estimate(all[*at])).collect();
    let tick = |value: f64| match section.outcome {
        Outcome::Revenue => f.money_short(value),
        Outcome::Back => f.number(value, u8::from((value - value.round()).abs() > 1e-9)),
    };
    let title = words::title(section, f);
    let hidden = all.len() - kept.len();
    let words_of = ChartWords {
        sentence: format!("{title}."),
        title,
        sub: words::sub(section, f),
        note: {
            let rest = || format!("The {} least clear ones stand in the table only.", f.integer(hidden as u64));
            let notes = [words::by_chance(section, f), (hidden > 0).then(rest)];
            Some(notes.into_iter().flatten().collect::<Vec<_>>().join(" ")).filter(|note| !note.is_empty())
        },
    };
    intervals(&estimates, &tick, width).framed("effects", words_of, effects_table(section, f))
}

/// What was expected of customers held out beside what they did, tenth by tenth.
pub fn drivers_held_out(section: &Drivers, width: u32, f: &dyn Format) -> Figure {
    let tenths = section.model.as_ref().map_or(&[][..], |model| &model.tenths);
    let write = |value: f64| match section.outcome {
        Outcome::Revenue => f.money(value),
        Outcome::Back => f.percent(value, 1),
    };
    let line = |name: &str, tint, dash, values: Vec<Option<f64>>| Line {
        name: name.to_owned(),
        tint,
        dash,
        values,
        band: Vec::new(),
        end: None,
    };
    let drawn = vec![
        line("expected", Tint::Rest, Dash::Long, tenths.iter().map(|tenth| Some(tenth.said)).collect()),
        line("came", Tint::Series(1), Dash::Solid, tenths.iter().map(|tenth| Some(tenth.was)).collect()),
    ];
    let both = || tenths.iter().flat_map(|tenth| [tenth.said, tenth.was]);
    let (low, high) = (both().fold(0.0, f64::min), both().fold(0.0, f64::max));
    let tips = tenths.iter().zip(1..).map(|(tenth, at)| {
        vec![
            format!("Tenth {at}: {}", f.count(tenth.rows, "customer")),
            format!("Came: {}", write(tenth.was)),
            format!("Expected: {}", write(tenth.said)),
        ]
    });
    let count = tenths.len();
    let chart = lines(
        &Lines {
            lines: drawn,
            count,
            scale: Scale::from_zero(low, high, 4),
            tick: &|value| match section.outcome {
                Outcome::Revenue => f.money_short(value),
                Outcome::Back => f.percent(value, 0),
            },
            x: ticks::numbers(1, count, f64::from(width) * 0.8 / count.max(1) as f64),
            x_title: Some("tenths of the customers, the least expected first".to_owned()),
            reference: None,
            tips: tips.collect(),
            names_inside: false,
        },
        width,
    );
    let words = fit::held_out(section, f);
    let mut table = Table::new(&words.sub, &["Tenth", "Customers", "Expected", "Came"]);
    for (tenth, at) in tenths.iter().zip(1..) {
        table.push(vec![
            Cell::name(format!("{at}")),
            Cell::number(f.integer(tenth.rows), tenth.rows),
            Cell::number(write(tenth.said), tenth.said),
            Cell::number(write(tenth.was), tenth.was),
        ]);
    }
    chart.framed("held-out", words, table)
}

/// Who left, by groups of one measure.
pub fn churn_by(churn_of: &Churn, by: Option<&ChurnBy>, width: u32, f: &dyn Format) -> Figure {
    let words = churn::words(churn_of, by, f);
    let groups = || by.into_iter().flat_map(|by| by.groups.iter().map(move |group| (by, group)));
    let drawn: Vec<Bar> = groups()
        .map(|(by, group)| Bar {
            name: churn::group(by, group, f),
            share: group.left.rate.unwrap_or(0.0),
            beside: None,
            end: f.rate(&group.left),
            after: Some(format!("of {}", f.integer(group.left.of))),
            lines: vec![
                churn::group(by, group, f),
                format!("{} of {} left", f.integer(group.left.count), f.integer(group.left.of)),
                f.interval(&group.left).map_or_else(String::new, |interval| format!("95%: {interval}")),
            ],
        })
        .collect();
    let head = by.map_or("", |by| names::known(by.measure));
    let mut table = Table::new(&words.sub, &[head, "Customers", "Left", "Share that left"]);
    for (by, group) in groups() {
        table.push(vec![
            Cell::name(churn::group(by, group, f)),
            Cell::number(f.integer(group.left.of), group.left.of),
            Cell::number(f.integer(group.left.count), group.left.count),
            Cell::perhaps(f.rate(&group.left), group.left.rate),
        ]);
    }
    bars(&drawn, Reach::Whole, width).framed("churn", words, table)
}

/// All effects.
fn effects_table(section: &Drivers, f: &dyn Format) -> Table {
    let heads = ["What", "Against", "Customers", "Change", "95% interval", "p", "Beyond chance"];
    let mut table = Table::new(words::sub(section, f), &heads);
    for effect in section.model.iter().flat_map(|model| &model.effects) {
        let feature = &section.features[effect.feature];
        let [change, low, high] = words::told(section, effect);
        let against = feature.levels.first().map_or_else(String::new, |level| names::level(&level.name, f));
        let customers = effect.level.map_or(section.customers, |level| feature.levels[level].customers);
        table.push(vec![
            Cell::name(words::name(section, effect, f)),
            Cell::name(against),
            Cell::number(f.integer(customers), customers),
            Cell::number(words::signed(section, effect, f), change),
            Cell::named(words::interval(section, effect, f), format!("{low} to {high}")),
            Cell::number(probability(effect.p_adjusted, f), effect.p_adjusted),
            Cell::name(if effect.is_clear { "yes" } else { "no" }),
        ]);
    }
    table
}

/// The correlations as a table; rows and columns are the measures.
pub fn correlations(correlations: &Correlations, f: &dyn Format) -> Table {
    let said: Vec<String> = correlations.measures.iter().map(names::measure).collect();
    let heads: Vec<&str> = std::iter::once("Measure").chain(said.iter().map(String::as_str)).collect();
    let mut table = Table::new(together::SUB, &heads);
    for (name, row) in said.iter().zip(&correlations.values) {
        let cell = |value: &Option<f64>| {
            Cell::perhaps(value.map_or_else(|| NOT_DEFINED.to_owned(), |value| f.number(value, 2)), *value)
        };
        table.push(std::iter::once(Cell::name(name.clone())).chain(row.iter().map(cell)).collect());
    }
    table
}
