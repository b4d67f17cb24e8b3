//! How customers come along: how many reach each stage, and who goes on within a year.

use crate::report::Report;
use crate::report::journey::{Journey, Way};
use crate::words::facts::FEW;
use crate::words::format::Format;
use crate::words::journey as words;

use super::super::bars::{Bar, Reach, bars};
use super::super::figure::Figure;
use super::super::flow::{self, Group};
use super::super::role::Tint;
use super::super::table::{Cell, Table};

/// People at each stage.
pub fn journey_funnel(section: &Journey, report: &Report, width: u32, f: &dyn Format) -> Figure {
    let said = words::funnel(section, report, f);
    let reached = &section.whole.reached;
    let first = reached.first().map_or(0, |first| first.people);
    let names = words::stage_names(section);
    let share = |people: u64| (first > 0).then(|| people as f64 / first as f64);
    let mut table = Table::new(&said.sub, &["Stage", "People", "Share", "Not gone on to this day", "Year not over"]);
    let mut drawn = Vec::new();
    for (at, (name, reached)) in names.iter().zip(reached).enumerate() {
        let went = section.whole.steps.get(at).map(|step| f.rate_or_counts(&step.so_far));
        table.push(vec![
            Cell::name(name.clone()),
            Cell::number(f.integer(reached.people), reached.people),
            Cell::perhaps(f.share(share(reached.people)), share(reached.people)),
            Cell::number(f.integer(reached.stopped), reached.stopped),
            Cell::number(f.integer(reached.waiting), reached.waiting),
        ]);
        let mut lines =
            vec![name.clone(), format!("{} people, {}", f.integer(reached.people), f.share(share(reached.people)))];
        if let Some(went) = &went {
            lines.push(format!("{went} have gone on"));
            let [never, waiting] = [reached.stopped, reached.waiting].map(|people| f.integer(people));
            lines.push(format!("{never} have not in a year and more, {waiting} may still"));
        }
        drawn.push(Bar {
            name: name.clone(),
            share: share(reached.people).unwrap_or(0.0),
            beside: None,
            end: f.integer(reached.people),
            after: went.filter(|_| width >= 480).map(|went| format!("{went} have gone on")),
            lines,
        });
    }
    bars(&drawn, Reach::Whole, width).framed("journey", said, table)
}

/// Who goes on within a year of each stage, who stops, and whose year is not over, by the values of a column: the place of
/// a grouping, or all together where there is none such.
pub fn journey_flow(section: &Journey, grouping: usize, width: u32, f: &dyn Format) -> Figure {
    let grouping = section.groups.get(grouping);
    let said = words::flow(section, grouping, f);
    let stages = words::stage_names(section);
    let mut table = Table::new(&said.sub, &["Group", "After", "Went on", "Not within a year", "Year not over"]);
    let mut groups = Vec::new();
    let mut add = |name: String, tint: Tint, way: &Way| {
        for (stage, flow) in stages.iter().zip(&way.flow) {
            table.push(vec![
                Cell::name(name.clone()),
                Cell::name(stage.clone()),
                Cell::number(f.integer(flow.on), flow.on),
                Cell::number(f.integer(flow.stopped), flow.stopped),
                Cell::number(f.integer(flow.waiting), flow.waiting),
            ]);
        }
        groups.push(Group {
            name,
            tint,
            steps: way.flow.iter().map(|flow| [flow.on, flow.stopped, flow.waiting]).collect(),
        });
    };
    match grouping {
        Some(grouping) => {
            for (place, group) in grouping.ways.iter().enumerate() {
                // The rest is the colour of those who stop: the groups told apart have the others.
                let tint = if group.value.is_some() { Tint::nth(place) } else { Tint::Rest };
                add(words::group_name(group.value.as_deref()), tint, &group.way);
            }
        }
        None => add("Everybody".to_owned(), Tint::Series(1), &section.whole),
    }
    let names: Vec<String> = groups.iter().map(|group| group.name.clone()).collect();
    let ends = ["not within a year", "year not over"];
    let tip = |column: usize, place: usize, people: u64| -> Vec<String> {
        let people = f.integer(people);
        match names.get(place) {
            Some(name) if names.len() > 1 => vec![stages[column].clone(), format!("{name}: {people}")],
            Some(_) => vec![stages[column].clone(), people],
            None => vec![format!("After {}", stages[column - 1]), format!("{people} {}", ends[place - names.len()])],
        }
    };
    // Ribbons of a handful would look like a finding.
    if stages.len() < 2 || section.whole.reached.iter().all(|reached| reached.people < FEW) {
        return super::super::figure::Chart { width, height: 40, ..Default::default() }.framed(
            "journey-flow",
            said,
            table,
        );
    }
    let spec = flow::Flow { stages: &stages, groups, ends, tip: &tip };
    flow::flow(&spec, width).framed("journey-flow", said, table)
}
