//! From stage to stage in figures: of all, and group by group.

use leptos::prelude::*;

use super::Here;
use crate::page::parts::stacked::{Row, Stacked, stacked};
use crate::report::journey::{Journey, Step};
use crate::words::format::{Format, NOT_DEFINED};
use crate::words::journey as words;

/// From each stage to the next: who goes on within which time.
pub fn steps(section: Here) -> AnyView {
    let table = section.kept(|section, _, f| step_rows(section, f));
    view! {
        <section aria-labelledby="h-steps" class="stack">
            <h2 class="h2" id="h-steps">"Who goes on, and how soon"</h2>
            <p class="soft">{words::STEPS}</p>
            {stacked("From each stage to the next", table)}
        </section>
    }
    .into_any()
}

/// The same by the values of the column that was chosen.
pub fn groups(section: Here, grouping: RwSignal<usize>) -> AnyView {
    let rows = section.kept(move |section, _, f| group_rows(section, grouping.get(), f));
    let said = section.text(move |section, _, f| {
        section.groups.get(grouping.get()).map(|group| words::differ(section, group, f)).unwrap_or_default()
    });
    view! {
        <section aria-labelledby="h-groups" class="stack">
            <h2 class="h2" id="h-groups">{said}</h2>
            <p class="soft">{words::GROUPS}</p>
            {stacked("Going on, by group", rows)}
        </section>
    }
    .into_any()
}

fn within(step: &Step, of: u64, days: u32, f: &dyn Format) -> String {
    let Some(within) = step.within.iter().find(|within| within.days == days) else { return NOT_DEFINED.to_owned() };
    let share = words::share_within(within, of, f);
    words::interval_within(within, of, f).map_or_else(|| share.clone(), |interval| format!("{share} ({interval})"))
}

fn step_rows(section: &Journey, f: &dyn Format) -> Stacked {
    let mut table = Stacked::new(&[
        ("To", false),
        ("From", true),
        ("In 90 days", true),
        ("In 180 days", true),
        ("In a year", true),
        ("So far", true),
        ("Typically takes", true),
    ]);
    for (at, step) in section.whole.steps.iter().enumerate() {
        let of = step.so_far.of;
        let mut cells = vec![words::stage_name(&section.stages, at + 1), f.integer(of)];
        cells.extend([90, 180, 365].map(|days| within(step, of, days, f)));
        cells.extend([f.rate_or_counts(&step.so_far), words::typical(step, f)]);
        table.rows.push(Row::plain(None, cells));
    }
    table
}

fn group_rows(section: &Journey, place: usize, f: &dyn Format) -> Stacked {
    let mut table = Stacked::new(&[("Group", false), ("Began", true)]);
    for at in 1..section.stages.len() {
        table.heads.push((format!("To {}", words::stage_name(&section.stages, at).to_lowercase()), true));
    }
    table.heads.push(("Typically takes".to_owned(), true));
    let Some(grouping) = section.groups.get(place) else { return table };
    for group in &grouping.ways {
        let way = &group.way;
        let mut cells = vec![words::group_name(group.value.as_deref()), f.integer(way.reached[0].people)];
        cells.extend(way.steps.iter().map(|step| within(step, step.so_far.of, 365, f)));
        cells.push(way.steps.first().map_or_else(String::new, |step| words::typical(step, f)));
        table.rows.push(Row::plain(None, cells));
    }
    table
}
