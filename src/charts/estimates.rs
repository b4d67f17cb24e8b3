//! Estimates side by side: a dot and its interval for each group, and the value at the right.

use plotters::prelude::*;

use super::canvas::{Anchor, Canvas, Rect, crisp, draw, pixel};
use super::figure::{Chart, Point};
use super::measure::{shortened, width as text_width};
use super::role::{Ink, Role, Tint};
use super::ticks::Scale;

/// The estimate of a group.
pub struct Estimate {
    /// The group.
    pub name: String,
    /// The value.
    pub value: f64,
    /// Its interval, where one is told.
    pub interval: Option<(f64, f64)>,
    /// The value in words, at the right.
    pub end: String,
    /// Quieter words after it.
    pub after: String,
    /// The tooltip.
    pub lines: Vec<String>,
    /// Whether it is what the title is about.
    pub is_subject: bool,
}

/// A chart of estimates.
pub struct Estimates<'a> {
    /// The groups, from above.
    pub rows: Vec<Estimate>,
    /// The axis of values.
    pub scale: Scale,
    /// Writes a tick of it.
    pub tick: &'a dyn Fn(f64) -> String,
    /// A value to compare with: a dotted line.
    pub reference: Option<f64>,
}

const ROW: f64 = 32.0;
const TOP: f64 = 6.0;
const AXIS: f64 = 26.0;

/// Draws the estimates for a width in pixels.
pub fn estimates(spec: &Estimates, width: u32) -> Chart {
    let mut marks = String::new();
    let height = (TOP + ROW * spec.rows.len().max(1) as f64 + AXIS) as u32;
    let mut chart = Chart { width, height, ..Chart::default() };
    let canvas = Canvas::new(&mut marks, width, height);
    let names = spec.rows.iter().map(|row| text_width(&row.name, false)).fold(0.0, f64::max).min(canvas.width * 0.34);
    let value_width = spec.rows.iter().map(|row| text_width(&row.end, true)).fold(0.0, f64::max);
    let after_width = spec.rows.iter().map(|row| text_width(&row.after, false)).fold(0.0, f64::max);
    // On a narrow page the quieter words have no room; the table below has them.
    let with_after = width >= 480 && after_width > 0.0;
    let ends = value_width + if with_after { after_width + 8.0 } else { 0.0 };
    let bottom = canvas.height - AXIS;
    let frame = Rect::between(names + 18.0, TOP, (canvas.width - ends - 16.0).max(names + 60.0), bottom);
    let plane = canvas.plane(spec.scale.range.clone(), 0.0..1.0, frame);
    let x_of = |value: f64| pixel(&plane, value.clamp(spec.scale.range.start, spec.scale.range.end), 0.0).0;
    let mut free_from = f64::NEG_INFINITY;
    for &tick in &spec.scale.ticks {
        let (x, text) = (crisp(x_of(tick)), (spec.tick)(tick));
        canvas.line((x, TOP), (x, bottom), if tick == 0.0 { Role::Axis } else { Role::Grid });
        let half = text_width(&text, false) / 2.0;
        if x - half >= free_from {
            canvas.text(&text, x, bottom + 18.0, Anchor::Middle, Ink::Quiet, false);
            free_from = x + half + 8.0;
        }
    }
    if let Some(reference) = spec.reference {
        let x = crisp(x_of(reference));
        canvas.line((x, TOP), (x, bottom), Role::Reference);
    }
    for (place, row) in spec.rows.iter().enumerate() {
        let middle = TOP + ROW * (place as f64 + 0.5);
        let tint = if row.is_subject { Tint::Series(1) } else { Tint::Rest };
        canvas.text(&shortened(&row.name, false, names), 0.0, middle + 4.0, Anchor::Start, Ink::Second, false);
        if let Some((low, high)) = row.interval {
            canvas.line((x_of(low), middle), (x_of(high), middle), Role::Stem(tint));
        }
        // The plane counts from below, in shares of its height.
        let share = 1.0 - (middle - TOP) / (bottom - TOP);
        let value = row.value.clamp(spec.scale.range.start, spec.scale.range.end);
        draw(&plane, &Circle::new((value, share), 45, Role::Dot(tint).color().filled()));
        let right = frame.right() + 14.0;
        canvas.text(&row.end, right, middle + 4.0, Anchor::Start, Ink::Label, false);
        if with_after {
            canvas.text(&row.after, right + value_width + 8.0, middle + 4.0, Anchor::Start, Ink::Second, false);
        }
        let hit = Rect { x: 0.0, y: middle - ROW / 2.0, width: canvas.width, height: ROW };
        chart.points.push(Point { x: x_of(row.value), y: middle, hit, lines: row.lines.clone() });
    }
    drop(plane);
    drop(canvas);
    chart.marks = marks;
    chart
}
