//! How customers come along, in words.

use crate::ingest::profile::shown;
use crate::report::Report;
use crate::report::journey::{Grouping, Journey, Step, Within};

use super::charts::ChartWords;
use super::engagement::part_name;
use super::facts::FEW;
use super::findings::Finding;
use super::format::{Format, HANDFUL, NOT_DEFINED, rate_places};
use super::told::Told;

/// The chance below which a difference is no longer taken to be chance.
const CHANCE: f64 = 0.05;

const ORDINALS: [&str; 8] = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth"];

/// What a choice of a stage is called.
pub fn choice_name(key: &str) -> String {
    if key == "purchase" { "Purchase".to_owned() } else { part_name(key) }
}

/// What a stage is called: `Second purchase`, `Visit`, `Visit, second`.
pub fn stage_name(stages: &[String], at: usize) -> String {
    let key = &stages[at];
    let nth = stages[..at].iter().filter(|other| *other == key).count();
    let again = stages.iter().filter(|other| *other == key).count() > 1;
    match (key == "purchase", again) {
        (true, true) => format!("{} purchase", ORDINALS[nth.min(7)]),
        (false, true) if nth > 0 => format!("{}, {}", choice_name(key), ORDINALS[nth.min(7)].to_lowercase()),
        _ => choice_name(key),
    }
}

/// All of them.
pub fn stage_names(section: &Journey) -> Vec<String> {
    (0..section.stages.len()).map(|at| stage_name(&section.stages, at)).collect()
}

/// A stage within a sentence: `a second purchase`, `“Visit”`.
fn in_sentence(stages: &[String], at: usize) -> String {
    match (stages[at].as_str(), stage_name(stages, at)) {
        ("purchase", name) => format!("a {}", name.to_lowercase()),
        (_, name) => format!("“{name}”"),
    }
}

/// What somebody at a stage has done: `made a second purchase`, `came to “Visit”`.
fn done(stages: &[String], at: usize) -> String {
    let did = if stages[at] == "purchase" { "made" } else { "came to" };
    format!("{did} {}", in_sentence(stages, at))
}

/// What they do: `make a second purchase`, `come to “Visit”`.
fn does(stages: &[String], at: usize) -> String {
    let does = if stages[at] == "purchase" { "make" } else { "come to" };
    format!("{does} {}", in_sentence(stages, at))
}

/// `customers`, or `people` where some have not ordered.
fn whom(section: &Journey) -> &'static str {
    if section.all_people { "people" } else { "customers" }
}

fn year(step: &Step) -> Option<&Within> {
    step.within.iter().find(|within| within.days == 365 && within.share.is_some())
}

/// A share within some time: `46.8%`; not told of a handful, whom a percentage would not fit.
pub fn share_within(within: &Within, of: u64, f: &dyn Format) -> String {
    if of < HANDFUL {
        return "too few".to_owned();
    }
    within.share.map_or_else(|| NOT_DEFINED.to_owned(), |share| f.percent(share, rate_places(of)))
}

/// Its interval: `44.9% to 48.8%`; nothing where the share is not told.
pub fn interval_within(within: &Within, of: u64, f: &dyn Format) -> Option<String> {
    if of < HANDFUL {
        return None;
    }
    let end = |share: f64| f.percent(share, rate_places(of));
    Some(format!("{} to {}", end(within.low?), end(within.high?)))
}

/// The stage after which most stop, of those who have had a year, and how many of how many.
fn stop(section: &Journey) -> Option<(usize, u64, u64)> {
    let stopped = |at: &usize| section.whole.reached[*at].stopped;
    let all: u64 = section.whole.reached.iter().map(|reached| reached.stopped).sum();
    let most =
        (0..section.whole.steps.len()).reduce(|most, at| if stopped(&at) > stopped(&most) { at } else { most })?;
    (all >= FEW).then(|| (most, stopped(&most), all))
}

/// What the view opens with.
pub fn finding(section: &Journey, f: &dyn Format) -> Finding {
    let Some((first, step)) = section.whole.reached.first().zip(section.whole.steps.first()) else {
        return Finding { before: "A journey has two stages or more.".to_owned(), ..Finding::default() };
    };
    let people = first.people;
    let (began, next) = (done(&section.stages, 0), does(&section.stages, 1));
    let whom = whom(section);
    if people < FEW {
        return Finding {
            before: format!("Too little to tell: {} {whom} {began} in this period.", f.integer(people)),
            lead: Some("From about 30 on it begins to mean something.".to_owned()),
            ..Finding::default()
        };
    }
    let of = format!("Of {} {whom} who {began}, ", f.integer(people));
    let Some(within) = year(step) else {
        return Finding {
            before: of,
            strong: f.rate(&step.so_far),
            after: format!(" {} so far.", done(&section.stages, 1)),
            lead: Some("The period is too short to tell how many do so within a year.".to_owned()),
        };
    };
    let typical = match step.median_days {
        None => String::new(),
        Some(days) if days < 1.0 => " Half of those who have gone on did so on the same day.".to_owned(),
        Some(days) => format!(" Half of those who have gone on took {} or less.", f.days(days)),
    };
    let stops = stop(section).map_or_else(String::new, |(at, count, all)| {
        format!(
            " Of {} who had a year and more and have not gone on, {} stopped after {}.",
            f.integer(all),
            f.integer(count),
            in_sentence(&section.stages, at)
        )
    });
    Finding {
        before: of,
        strong: share_within(within, people, f),
        after: format!(" {next} within a year."),
        lead: Some(format!("{stops}{typical}").trim_start().to_owned()),
    }
}

/// The figures of the view.
pub fn figures(section: &Journey, report: &Report, f: &dyn Format) -> Vec<Told> {
    let (Some(first), Some(step)) = (section.whole.reached.first(), section.whole.steps.first()) else {
        return Vec::new();
    };
    let of = first.people;
    let within = year(step);
    let end = report.period.end.map_or_else(String::new, |day| f.day(day));
    let last = section.whole.reached.last().map_or(0, |last| last.people);
    let share = |count: u64| match of {
        1..HANDFUL => format!("{} of {}", f.integer(count), f.integer(of)),
        _ => f.share((of > 0).then(|| count as f64 / of as f64)),
    };
    vec![
        Told {
            key: "began",
            name: "Began",
            value: f.integer(of),
            unit: whom(section).to_owned(),
            beside: format!("{} of them reached the last stage", share(last)),
            meaning: format!(
                "Who {} within the period shown. They are followed to its end, {end}.",
                done(&section.stages, 0)
            ),
            trade: "entered the funnel",
            formula: "people whose first such day lies in the period".to_owned(),
            numbers: f.integer(of),
            ..Told::default()
        },
        Told {
            key: "go-on",
            name: "Go on within a year",
            value: within.map_or_else(|| NOT_DEFINED.to_owned(), |within| share_within(within, of, f)),
            beside: within
                .and_then(|within| interval_within(within, of, f))
                .unwrap_or_else(|| format!("{} so far", f.rate_or_counts(&step.so_far))),
            meaning: format!(
                "The share who {} within 365 days. Who has not had so long counts for as long as they were there, and \
                 not as somebody who stopped.",
                does(&section.stages, 1)
            ),
            trade: "conversion rate, Kaplan-Meier estimate",
            formula: "1 − product over the days of (1 − went on that day ÷ not yet gone on and still watched)".to_owned(),
            numbers: within.map_or_else(|| NOT_DEFINED.to_owned(), |within| share_within(within, of, f)),
            inputs: vec![
                ("People".to_owned(), f.integer(of)),
                ("Went on so far".to_owned(), format!("{}, {}", f.integer(step.so_far.count), f.rate(&step.so_far))),
                ("Watched for a year without".to_owned(), f.integer(within.map_or(0, |within| within.watched))),
            ],
            note: "The interval holds in 19 cases of 20.".to_owned(),
            ..Told::default()
        },
        Told {
            key: "takes",
            name: "Typically takes",
            value: typical(step, f).split(' ').next().unwrap_or_default().to_owned(),
            unit: typical(step, f).split_once(' ').map(|(_, unit)| unit.to_owned()).unwrap_or_default(),
            beside: match step.half_days {
                Some(days) => format!("half of all within {}", f.days(f64::from(days))),
                None => "fewer than half go on".to_owned(),
            },
            meaning: "The middle of the times of those who went on so far. As it knows nothing of those who still may, half of all \
                      stands beside it: by when half of everybody has gone on."
                .to_owned(),
            trade: "median time to convert",
            formula: "median of the days between the two stages".to_owned(),
            numbers: step.median_days.map_or_else(|| NOT_DEFINED.to_owned(), |days| f.days(days)),
            inputs: vec![("Went on so far".to_owned(), f.integer(step.so_far.count))],
            ..Told::default()
        },
        Told {
            key: "stopped",
            name: "Not gone on to this day",
            value: f.integer(first.stopped),
            unit: if of < HANDFUL { String::new() } else { share(first.stopped) },
            beside: format!("{} more have had less than a year", f.integer(first.waiting)),
            meaning: format!(
                "Who {}, has had a year and more since, and has not gone on to {}.",
                done(&section.stages, 0),
                in_sentence(&section.stages, 1)
            ),
            trade: "drop-off",
            formula: "people at the stage − went on − had less than a year".to_owned(),
            numbers: format!("{} − {} − {}", f.integer(of), f.integer(step.so_far.count), f.integer(first.waiting)),
            ..Told::default()
        },
    ]
}

/// Around the funnel.
pub fn funnel(section: &Journey, report: &Report, f: &dyn Format) -> ChartWords {
    let reached = &section.whole.reached;
    let names = stage_names(section);
    let first = reached.first().map_or(0, |first| first.people);
    let title = match (reached.last(), names.last()) {
        (Some(last), Some(_)) if first > 0 => format!(
            "{} of {} {} so far",
            match first {
                ..HANDFUL => f.integer(last.people),
                _ => f.share(Some(last.people as f64 / first as f64)),
            },
            f.integer(first),
            done(&section.stages, names.len() - 1)
        ),
        _ => "Nobody came to the first stage in this period".to_owned(),
    };
    let said = names.iter().zip(reached).map(|(name, reached)| format!("{name} {}", f.integer(reached.people)));
    let end = report.period.end.map_or_else(String::new, |day| format!(" up to {}", f.day(day)));
    ChartWords {
        sub: format!("People at each stage{end}: those who came to the first one in the period shown"),
        sentence: format!("Bars of people at each stage: {}.", said.collect::<Vec<_>>().join(", ")),
        title,
        note: Some("Not everybody has had the time to go on; the table below counts that in.".to_owned()),
    }
}

/// Around the flow.
pub fn flow(section: &Journey, grouping: Option<&Grouping>, f: &dyn Format) -> ChartWords {
    // Where the largest part is lost, of those of whom it is known.
    let lost = section.whole.flow.iter().enumerate().filter_map(|(at, flow)| {
        let known = flow.on + flow.stopped;
        (known >= FEW).then(|| (at, flow.stopped, known, flow.stopped as f64 / known as f64))
    });
    let most = lost.reduce(|most, next| if next.3 > most.3 { next } else { most });
    let title = match most {
        Some((at, stopped, ..)) => format!(
            "The largest part is lost after {}: {} did not go on within a year",
            in_sentence(&section.stages, at),
            f.integer(stopped)
        ),
        None => "Too few have had a year to tell where people stop".to_owned(),
    };
    let by =
        grouping.map_or_else(String::new, |grouping| format!(", by {}", shown(&grouping.dimension).to_lowercase()));
    ChartWords {
        sub: format!(
            "People from stage to stage within a year each{by}; below, who did not, and whose year is not over"
        ),
        sentence: format!("Ribbons from stage to stage. {title}."),
        title,
        note: most.map(|(at, stopped, ..)| {
            let never = section.whole.reached.get(at).map_or(0, |reached| reached.stopped);
            format!(
                "In the {} are those too who went on later than that; “Not gone on to this day” counts only {}, who had a year \
                 and more and still have not.",
                f.integer(stopped),
                f.integer(never)
            )
        }),
    }
}

/// Whether the groups differ in a step by more than chance.
pub fn differ(section: &Journey, grouping: &Grouping, f: &dyn Format) -> String {
    let by = shown(&grouping.dimension).to_lowercase();
    let sure: Vec<String> = (0..section.whole.steps.len())
        .filter(|at| grouping.differ.get(*at).copied().flatten().is_some_and(|p| p < CHANCE))
        .map(|at| in_sentence(&section.stages, at + 1))
        .collect();
    let told = match (sure.is_empty(), grouping.differ.iter().all(Option::is_none)) {
        (_, true) => "Too few went on to tell the groups apart.".to_owned(),
        (true, _) => format!("By {by}, the times to go on differ no more than by chance."),
        _ => {
            format!("By {by}, going on to {} differs by more than chance.", super::format::list(&sure))
        }
    };
    told + &few(grouping, f)
}

fn few(grouping: &Grouping, f: &dyn Format) -> String {
    let few = grouping.ways.iter().filter(|way| way.way.reached[0].people < FEW).count() as u64;
    match few {
        0 => String::new(),
        1 => " One group has fewer than 30 people, which tells little.".to_owned(),
        _ => format!(" {} groups have fewer than 30 people, which tells little.", f.integer(few)),
    }
}

/// The typical time to the next stage: `82 days`, `same day`.
pub fn typical(step: &Step, f: &dyn Format) -> String {
    match step.median_days {
        None => NOT_DEFINED.to_owned(),
        Some(days) if days < 1.0 => "same day".to_owned(),
        Some(days) => f.days(days),
    }
}

/// What stands above the table of groups.
pub const GROUPS: &str = "Share who go on within a year, with its 95% interval; typical time of those who did so far. Whether groups differ by more \
     than chance is judged step by step, from all who came to it.";

/// The name of a group.
pub fn group_name(value: Option<&str>) -> String {
    match value {
        None => "All others".to_owned(),
        Some("") => "(empty)".to_owned(),
        Some(value) => shown(value),
    }
}

/// Why there are no groups.
pub const NO_GROUPS: &str = "By channel and country a journey is shown that begins with a purchase: of people who have not bought, the orders know \
     neither.";

/// What a file of events would add.
pub const WITHOUT_EVENTS: &str = "So far the stages are purchases. A file with the columns customer, date and event (visits, sign-ups, wish lists) \
     makes stages of what comes before and between them.";

/// What stands above the table of steps.
pub const STEPS: &str = "Estimated from all, those too who have not had that time yet: they count for as long as they were watched. In brackets \
     the 95% interval. “So far” is the plain share, which only rises as time passes.";

/// The columns that people can be told apart by: their places and names.
pub fn groupings(section: &Journey) -> Vec<(String, String)> {
    let name = |grouping: &Grouping| super::segments::column(&grouping.dimension);
    section.groups.iter().enumerate().map(|(place, grouping)| (place.to_string(), name(grouping))).collect()
}
