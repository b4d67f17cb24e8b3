//! Rows of dots: a line for each of some people, as long as they were watched, with a dot for each thing that happened.

use plotters::prelude::*;

use super::canvas::{Canvas, Rect, crisp, draw, pixel, ticks_above};
use super::figure::{Chart, Point};
use super::role::{Role, Tint};
use super::ticks::Scale;

/// One of them.
pub struct Row {
    /// Where the line ends, from 0.
    pub length: f64,
    /// Where the dots are.
    pub dots: Vec<f64>,
    /// The tooltip.
    pub lines: Vec<String>,
}

/// Draws the rows for a width in pixels, with ticks above and what they count behind the last of them.
pub fn rows(rows: &[Row], tick: &dyn Fn(f64) -> String, width: u32) -> Chart {
    const TOP: f64 = 26.0;
    const ROW: f64 = 15.0;
    let mut marks = String::new();
    let height = (TOP + ROW * rows.len().max(1) as f64 + 6.0) as u32;
    let mut chart = Chart { width, height, ..Chart::default() };
    let canvas = Canvas::new(&mut marks, width, height);
    let frame = Rect::between(10.0, TOP, canvas.width - 10.0, canvas.height - 6.0);
    let longest = rows.iter().map(|row| row.length).fold(1.0, f64::max);
    let scale = Scale::from_zero(0.0, longest, 5);
    let plane = canvas.plane(0.0..longest, 0.0..1.0, frame);
    ticks_above(&canvas, &plane, frame, scale.ticks.iter().copied().filter(|value| *value <= longest), tick);
    for (place, row) in rows.iter().enumerate() {
        let y = TOP + ROW * (place as f64 + 0.5);
        let share = 1.0 - (y - frame.y) / frame.height;
        let at = |value: f64| pixel(&plane, value, 0.0).0;
        canvas.line((at(0.0), crisp(y)), (at(row.length), crisp(y)), Role::Lead);
        for &dot in &row.dots {
            draw(&plane, &Circle::new((dot, share), 35, Role::Dot(Tint::Series(1)).color().filled()));
        }
        let hit = Rect { x: 0.0, y: y - ROW / 2.0, width: canvas.width, height: ROW };
        let last = row.dots.last().copied().unwrap_or_default();
        chart.points.push(Point { x: at(last), y, hit, lines: row.lines.clone() });
    }
    drop(plane);
    drop(canvas);
    chart.marks = marks;
    chart
}
