//! Estimates: a dot each, with its interval or with the way from zero, and the number in words. Names and numbers stand
//! beside the plot, on a narrow page in a line above each dot.

use plotters::prelude::*;

use super::canvas::{Anchor, Canvas, Rect, crisp, draw, pixel, ticks_above};
use super::figure::{Chart, Point};
use super::measure::{shortened, width as text_width};
use super::role::{Ink, Role, Tint};
use super::ticks::Scale;

/// Names and numbers stand beside the plot where it keeps so many pixels, else in a line above each dot.
const PLOT: f64 = 200.0;

/// An estimate.
pub struct Estimate {
    /// What it is of.
    pub name: String,
    /// Its value.
    pub value: f64,
    /// The thick line, where there is one: an interval, or the way from zero to the value.
    pub line: Option<(f64, f64)>,
    /// The number in words, at the right.
    pub end: String,
    /// Quieter words behind it: the interval, or of how many; may be empty.
    pub after: String,
    /// Whether the sentence is about it; the others are quieter.
    pub subject: bool,
    /// The tooltip.
    pub lines: Vec<String>,
}

/// A chart of estimates.
pub struct Estimates<'a> {
    /// The estimates, from above.
    pub rows: &'a [Estimate],
    /// The axis of values; what lies beyond it ends with it.
    pub scale: Scale,
    /// Writes a tick of it.
    pub tick: &'a dyn Fn(f64) -> String,
    /// A value to compare with: a dotted line.
    pub reference: Option<f64>,
}

/// An axis that holds zero, the values and their lines, with fewer ticks on a narrow page.
pub fn around_zero(rows: &[Estimate], width: u32) -> Scale {
    let ends = rows.iter().flat_map(|row| row.line.map_or([row.value; 2], |line| [line.0, line.1]));
    let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(low, high), end| (low.min(end), high.max(end)));
    Scale::from_zero(low, high, if width < 480 { 3 } else { 5 })
}

/// Draws the estimates for a width in pixels, with ticks above.
pub fn estimates(spec: &Estimates, width: u32) -> Chart {
    let Estimates { rows, scale, tick, reference } = spec;
    const TOP: f64 = 26.0;
    let widest = |text: &dyn Fn(&Estimate) -> f64| rows.iter().map(text).fold(0.0, f64::max);
    let names = widest(&|one| text_width(&one.name, one.subject)).min(f64::from(width) * 0.45);
    let (ends, afters) = (widest(&|one| text_width(&one.end, true)), widest(&|one| text_width(&one.after, false)));
    let gap = if afters > 0.0 { 12.0 } else { 0.0 };
    let beside = f64::from(width) - names - ends - afters - gap - 44.0 >= PLOT;
    let row = if beside { 34.0 } else { 46.0 };
    let mut marks = String::new();
    let height = (TOP + row * rows.len().max(1) as f64 + 4.0) as u32;
    let mut chart = Chart { width, height, ..Chart::default() };
    let canvas = Canvas::new(&mut marks, width, height);
    let frame = match beside {
        true => Rect::between(names + 24.0, TOP, canvas.width - ends - afters - gap - 20.0, canvas.height - 4.0),
        false => Rect::between(8.0, TOP, canvas.width - 12.0, canvas.height - 4.0),
    };
    let plane = canvas.plane(scale.range.clone(), 0.0..1.0, frame);
    ticks_above(&canvas, &plane, frame, scale.ticks.iter().copied(), tick);
    let at = |value: f64| pixel(&plane, value.clamp(scale.range.start, scale.range.end), 0.0).0;
    if let Some(reference) = reference {
        let x = crisp(at(*reference));
        canvas.line((x, frame.y - 4.0), (x, frame.bottom()), Role::Reference);
    }
    for (place, one) in rows.iter().enumerate() {
        let tint = if one.subject { Tint::Series(1) } else { Tint::Rest };
        let top = TOP + row * place as f64;
        let y = if beside { top + row / 2.0 } else { top + 32.0 };
        let ink = if one.subject { Ink::Label } else { Ink::Second };
        if let Some((low, high)) = one.line {
            canvas.line((at(low), y), (at(high), y), Role::Whisker(tint));
        }
        let share = 1.0 - (y - frame.y) / frame.height;
        let dot = (one.value.clamp(scale.range.start, scale.range.end), share);
        draw(&plane, &Circle::new(dot, 55, Role::Dot(tint).color().filled()));
        match beside {
            true => {
                canvas.text(&shortened(&one.name, one.subject, names), 0.0, y + 4.0, Anchor::Start, ink, false);
                canvas.text(&one.after, canvas.width, y + 4.0, Anchor::End, Ink::Second, false);
                canvas.text(&one.end, canvas.width - afters - gap, y + 4.0, Anchor::End, Ink::Label, false);
            }
            false => {
                let after = if one.after.is_empty() { String::new() } else { format!("  ({})", one.after) };
                let room = canvas.width - text_width(&one.end, true) - text_width(&after, false) - 12.0;
                canvas.text(&shortened(&one.name, one.subject, room), 0.0, top + 15.0, Anchor::Start, ink, true);
                let x = canvas.width - text_width(&after, false);
                canvas.text(&one.end, x, top + 15.0, Anchor::End, Ink::Label, true);
                canvas.text(&after, canvas.width, top + 15.0, Anchor::End, Ink::Second, true);
            }
        }
        let hit = Rect { x: 0.0, y: top, width: canvas.width, height: row };
        chart.points.push(Point { x: at(one.value), y, hit, lines: one.lines.clone() });
    }
    drop(plane);
    drop(canvas);
    chart.marks = marks;
    chart
}
