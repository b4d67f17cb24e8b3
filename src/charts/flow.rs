//! A flow of people through stages (an alluvial diagram): at each stage a column of bars, one a group, between stages the
//! ribbons of those who go on, and below them those who stop or have had too little time.

use plotters::prelude::*;

use super::canvas::{Anchor, Canvas, Rect, draw};
use super::figure::{Chart, Key, Point};
use super::measure::{shortened, width as text_width};
use super::role::{Ink, Role, Tint};

/// A group on its way.
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub tint: Tint,
    /// From each stage to the next: people who go on, who stop, and who have had too little time.
    pub steps: Vec<[u64; 3]>,
}

/// A flow.
pub struct Flow<'a> {
    /// The stages, at least two.
    pub stages: &'a [String],
    /// The groups, from above.
    pub groups: Vec<Group>,
    /// What those who stop and those who wait are called.
    pub ends: [&'a str; 2],
    /// The tooltip of what stands in a column: the column, the group (or behind all groups those who stopped, and those who
    /// wait), and how many people it is.
    pub tip: &'a dyn Fn(usize, usize, u64) -> Vec<String>,
}

/// The width of a bar.
const BAR: f64 = 10.0;

/// Pixels between the people who are at a stage and those who have stopped before it.
const GAP: f64 = 14.0;

/// From this width on groups are named at their bars, below in a legend.
const NAMES_FROM: u32 = 640;

/// Points on one edge of a ribbon.
const SMOOTH: usize = 16;

/// Draws the flow for a width in pixels.
pub fn flow(spec: &Flow<'_>, width: u32) -> Chart {
    let mut marks = String::new();
    let height = if width < 480 { 300 } else { 360 };
    let mut chart = Chart { width, height, ..Chart::default() };
    let canvas = Canvas::new(&mut marks, width, height);
    let all: u64 = spec.groups.iter().map(|group| group.steps[0].iter().sum::<u64>()).sum();
    let named = width >= NAMES_FROM && spec.groups.len() > 1;
    let names = spec.groups.iter().map(|group| text_width(&group.name, true)).fold(0.0, f64::max);
    let left = if named { names.min(canvas.width * 0.2) + 12.0 } else { 0.0 };
    let columns = spec.stages.len();
    let right = 4.0;
    let pitch = (canvas.width - left - right - BAR) / (columns - 1) as f64;
    // The names of neighbours share the way between them.
    let room = |column: usize| if column == 0 || column + 1 == columns { pitch * 0.58 } else { pitch * 0.76 };
    let lines =
        spec.stages.iter().enumerate().map(|(column, stage)| in_lines(stage, room(column)).len()).max().unwrap_or(1);
    let (top, bottom) = (14.0 + 16.0 * lines as f64, canvas.height - 26.0);
    let scale = (bottom - top - 2.0 * GAP) / all.max(1) as f64;
    let x = |column: usize| left + pitch * column as f64;
    let plane =
        canvas.plane(0.0..canvas.width, canvas.height..0.0, Rect::between(0.0, 0.0, canvas.width, canvas.height));
    let ribbon = |from: (f64, f64), to: (f64, f64), thick: f64, tint: Tint| {
        if thick <= 0.0 {
            return;
        }
        // A cubic that leaves and arrives level (smoothstep).
        let edge = |at: usize, below: f64| {
            let t = at as f64 / SMOOTH as f64;
            let eased = t * t * (3.0 - 2.0 * t);
            (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * eased + below)
        };
        let upper = (0..=SMOOTH).map(|at| edge(at, 0.0));
        let lower = (0..=SMOOTH).rev().map(|at| edge(at, thick));
        let points: Vec<(f64, f64)> = upper.chain(lower).collect();
        draw(&plane, &Polygon::new(points, Role::Ribbon(tint).color().filled()));
    };
    let mut tops: Vec<f64> = Vec::new();
    let mut at = top;
    for group in &spec.groups {
        tops.push(at);
        at += group.steps[0].iter().sum::<u64>() as f64 * scale;
    }
    for column in 0..columns {
        let here = |group: &Group| match group.steps.get(column) {
            Some(step) => step.iter().sum::<u64>(),
            None => group.steps[column - 1][0],
        };
        // Where people stand: the groups from above, then those who have stopped before, then those who wait.
        let mut y = top;
        for (place, group) in spec.groups.iter().enumerate() {
            let people = here(group);
            let bar = Rect { x: x(column), y, width: BAR, height: people as f64 * scale };
            if people > 0 {
                canvas.rect(bar, Role::Fill(group.tint));
                chart.points.push(point(bar, (spec.tip)(column, place, people)));
            }
            tops[place] = y;
            y += bar.height;
        }
        if column > 0 {
            for end in 0..2 {
                let people: u64 = spec.groups.iter().map(|group| group.steps[column - 1][1 + end]).sum();
                let bar = Rect {
                    x: x(column),
                    y: ends_at(spec, column, end, top, scale),
                    width: BAR,
                    height: people as f64 * scale,
                };
                if people > 0 {
                    canvas.rect(bar, if end == 0 { Role::Fill(Tint::Rest) } else { Role::Unfinished(Tint::Rest) });
                    chart.points.push(point(bar, (spec.tip)(column, spec.groups.len() + end, people)));
                }
            }
        }
        let Some(next) = (column + 1 < columns).then_some(column + 1) else { break };
        let mut arrive = top;
        let mut stops = [0, 1].map(|end| ends_at(spec, next, end, top, scale));
        for (place, group) in spec.groups.iter().enumerate() {
            let mut leave = tops[place];
            let [on, stopped, waiting] = group.steps[column].map(|people| people as f64 * scale);
            let from = |leave: f64| (x(column) + BAR, leave);
            ribbon(from(leave), (x(next), arrive), on, group.tint);
            (leave, arrive) = (leave + on, arrive + on);
            ribbon(from(leave), (x(next), stops[0]), stopped, Tint::Rest);
            (leave, stops[0]) = (leave + stopped, stops[0] + stopped);
            ribbon(from(leave), (x(next), stops[1]), waiting, Tint::Rest);
            stops[1] += waiting;
        }
    }
    for (column, stage) in spec.stages.iter().enumerate() {
        let (at, anchor) = match column {
            0 => (x(0), Anchor::Start),
            _ if column + 1 == columns => (x(column) + BAR, Anchor::End),
            _ => (x(column) + BAR / 2.0, Anchor::Middle),
        };
        for (line, text) in in_lines(stage, room(column)).into_iter().enumerate() {
            canvas.text(&text, at, 16.0 + 16.0 * line as f64, anchor, Ink::Label, false);
        }
    }
    if named {
        let middles: Vec<f64> = {
            let mut y = top;
            let middle = |group: &Group| {
                let tall = group.steps[0].iter().sum::<u64>() as f64 * scale;
                y += tall;
                y - tall / 2.0 + 4.0
            };
            spec.groups.iter().map(middle).collect()
        };
        for (y, group) in super::labels::spread(&middles, 17.0, top + 4.0, bottom).into_iter().zip(&spec.groups) {
            let text = shortened(&group.name, true, left - 12.0);
            canvas.text(&text, left - 8.0, y, Anchor::End, Ink::Of(group.tint), false);
        }
    } else if spec.groups.len() > 1 {
        chart.legend = spec.groups.iter().map(|group| Key { tint: group.tint, label: group.name.clone() }).collect();
    }
    label_ends(&canvas, spec, &x, top, scale);
    drop(plane);
    drop(canvas);
    chart.marks = marks;
    chart
}

/// A name in one line, or in two where it does not fit into one.
fn in_lines(name: &str, room: f64) -> Vec<String> {
    let short = |text: &str| shortened(text, true, room.max(28.0));
    match name.split_once(' ') {
        Some((first, rest)) if text_width(name, true) > room => vec![short(first), short(rest)],
        _ => vec![short(name)],
    }
}

/// The upper edge of those who stopped before a column, or of those who wait there.
fn ends_at(spec: &Flow<'_>, column: usize, end: usize, top: f64, scale: f64) -> f64 {
    let of = |kind: usize| spec.groups.iter().map(|group| group.steps[column - 1][kind]).sum::<u64>() as f64 * scale;
    let stopped = top + of(0) + GAP;
    if end == 0 { stopped } else { stopped + of(1) + GAP }
}

/// Names those who stop and those who wait left of their bars, where there is room for it.
fn label_ends(canvas: &Canvas<'_>, spec: &Flow<'_>, x: &dyn Fn(usize) -> f64, top: f64, scale: f64) {
    for column in 1..spec.stages.len() {
        for (end, name) in spec.ends.iter().enumerate() {
            let people: u64 = spec.groups.iter().map(|group| group.steps[column - 1][1 + end]).sum();
            let tall = people as f64 * scale;
            let fits = text_width(name, false) <= x(column) - x(column - 1) - BAR - 10.0;
            if tall >= 14.0 && fits {
                let y = ends_at(spec, column, end, top, scale) + tall / 2.0 + 4.0;
                canvas.text(name, x(column) - 6.0, y, Anchor::End, Ink::Second, true);
            }
        }
    }
}

fn point(bar: Rect, lines: Vec<String>) -> Point {
    let hit = Rect { x: bar.x - 6.0, y: bar.y, width: bar.width + 12.0, height: bar.height.max(4.0) };
    Point { x: bar.x + bar.width / 2.0, y: bar.y + bar.height / 2.0, hit, lines }
}
