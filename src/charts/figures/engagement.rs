//! How engaged customers are: the score against what came after it, how many have which, and what came before they left.

use crate::report::Report;
use crate::report::engagement::Engagement;
use crate::text;
use crate::words::engagement as words;
use crate::words::format::Format;

use super::super::bars::{Bar, Reach, bars};
use super::super::columns::{Column, Columns, Labels, Series, columns};
use super::super::figure::Figure;
use super::super::lines::{Line, Lines, lines};
use super::super::role::{Dash, Tint};
use super::super::table::{Cell, Table};
use super::super::ticks::{Scale, XTick};

/// Who bought after the day of the score, by the score: the highest first.
pub fn engagement_outlook(section: &Engagement, report: &Report, width: u32, f: &dyn Format) -> Figure {
    let said = words::outlook(section, report, f);
    let groups = section.outlook.as_ref().map_or(&[][..], |outlook| &outlook.groups);
    let mut table = Table::new(&said.sub, &["Score", "Customers", "Bought again", "Share", "Brought then", "Before"]);
    let mut drawn = Vec::new();
    for group in groups.iter().rev() {
        let Some(range) = words::range(group, f) else { continue };
        let brought = |amount| format!("{} each", f.derived(amount));
        table.push(vec![
            Cell::name(text::capital(&range)),
            Cell::number(f.integer(group.bought.of), group.bought.of),
            Cell::number(f.integer(group.bought.count), group.bought.count),
            Cell::perhaps(f.rate(&group.bought), group.bought.rate),
            Cell::perhaps(brought(group.since), group.since.map(|each| each.0)),
            Cell::perhaps(brought(group.before), group.before.map(|each| each.0)),
        ]);
        drawn.push(Bar {
            name: text::capital(&range),
            share: group.bought.rate.unwrap_or(0.0),
            beside: None,
            end: words::came_back(group, f),
            after: (width >= 480).then(|| brought(group.since)),
            lines: vec![
                text::capital(&range),
                format!("{} of {} bought again", f.integer(group.bought.count), f.count(group.bought.of, "customer")),
                format!("brought {} then, {} before", brought(group.since), brought(group.before)),
            ],
        });
    }
    bars(&drawn, Reach::Whole, width).framed("engagement-outlook", said, table)
}

/// Customers by score.
pub fn engagement_distribution(section: &Engagement, _: &Report, width: u32, f: &dyn Format) -> Figure {
    let said = words::distribution(section, f);
    let bins = &section.bins;
    let share = |customers: u64| f.share((section.customers > 0).then(|| customers as f64 / section.customers as f64));
    let class = |from: u8| format!("{from} to {}", from + 10);
    let most = (0..bins.len()).max_by_key(|&at| (bins[at].customers, bins.len() - at));
    let chart = columns(
        &Columns {
            series: vec![Series { name: "Customers".to_owned(), note: None, tint: Tint::Series(1) }],
            columns: bins
                .iter()
                .map(|bin| Column {
                    parts: vec![bin.customers as f64],
                    lines: vec![
                        format!("Score {}", class(bin.from)),
                        format!("{}, {}", f.count(bin.customers, "customer"), share(bin.customers)),
                        format!("{} together", f.money(bin.revenue.to_f64())),
                    ],
                    unfinished: false,
                })
                .collect(),
            x: Labels::Edges(match bins.is_empty() {
                true => vec![String::new()],
                false => (0..=10).map(|ten| (ten * 10).to_string()).collect(),
            }),
            x_title: Some("engagement score".to_owned()),
            tick: &|value| f.integer(value as u64),
            counts: true,
            highlight: most.map(|at| (at, f.count(bins[at].customers, "customer"))),
            fill: 0.94,
        },
        width,
    );
    let mut table = Table::new(&said.sub, &["Score", "Customers", "Share", "Revenue"]);
    for bin in bins {
        table.push(vec![
            Cell::name(class(bin.from)),
            Cell::number(f.integer(bin.customers), bin.customers),
            Cell::perhaps(share(bin.customers), Some(bin.customers as f64 / section.customers as f64)),
            Cell::number(f.money(bin.revenue.to_f64()), bin.revenue),
        ]);
    }
    chart.framed("engagement", said, table)
}

/// What customers did in the months before they left, beside those who stayed.
pub fn before_leaving(section: &Engagement, _: &Report, width: u32, f: &dyn Format) -> Figure {
    let said = words::decline(section, f);
    let series = words::decline_shown(section);
    let months = |of: fn(&crate::report::engagement::DeclineSeries) -> &[f64]| -> Vec<f64> {
        series.map_or_else(Vec::new, |series| of(series).iter().map(|mean| 100.0 * mean).collect())
    };
    let (left, stayed) = (months(|series| &series.left), months(|series| &series.stayed));
    let high = left.iter().chain(&stayed).copied().fold(0.0, f64::max);
    let before = |at: usize| left.len() - at;
    let line = |name: &str, tint, dash, values: &[f64]| Line {
        name: name.to_owned(),
        tint,
        dash,
        values: values.iter().copied().map(Some).collect(),
        band: Vec::new(),
        end: None,
    };
    let tip = |at: usize| {
        vec![
            format!("{} before", f.count(before(at) as u64, "month")),
            format!("Left {} per 100", f.number(left[at], 0)),
            format!("Stayed {} per 100", f.number(stayed[at], 0)),
        ]
    };
    let chart = lines(
        &Lines {
            lines: vec![
                line("stayed", Tint::Rest, Dash::Solid, &stayed),
                line("left", Tint::Series(1), Dash::Solid, &left),
            ],
            count: left.len(),
            scale: Scale::from_zero(0.0, high, 4),
            tick: &|value| f.number(value, 0),
            x: (0..left.len()).map(|at| XTick { at, text: before(at).to_string(), year: false }).collect(),
            x_title: Some("months before the purchase".to_owned()),
            reference: None,
            tips: (0..left.len()).map(tip).collect(),
            names_inside: false,
        },
        width,
    );
    let all = section.decline.as_ref().map_or(&[][..], |decline| &decline.series);
    let mut table = Table::new(&said.sub, &["Months before", "What", "Left", "Stayed"]);
    for series in all {
        for at in 0..series.left.len() {
            let cell = |mean: f64| Cell::number(f.number(100.0 * mean, 1), 100.0 * mean);
            table.push(vec![
                Cell::name((series.left.len() - at).to_string()),
                Cell::name(words::part_name(&series.key)),
                cell(series.left[at]),
                cell(series.stayed[at]),
            ]);
        }
    }
    chart.framed("before-leaving", said, table)
}
