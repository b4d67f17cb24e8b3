//! Estimates: a dot and its interval a row, with the value in words at the right, against a line at zero.

use plotters::element::Circle;
use plotters::style::Color;

use super::canvas::{Anchor, Canvas, Rect, crisp, draw, pixel};
use super::figure::{Chart, Point};
use super::measure::{shortened, width as text_width};
use super::role::{Dash, Ink, Role, Tint};
use super::ticks::Scale;

/// An estimate.
pub struct Estimate {
    /// What it is of.
    pub name: String,
    /// The value.
    pub value: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Whether it is what the sentence is about; the others are quieter.
    pub is_clear: bool,
    /// The value in words.
    pub end: String,
    /// The tooltip.
    pub lines: Vec<String>,
}

/// Draws the estimates for a width in pixels; `tick` writes a value of the axis.
pub fn intervals(estimates: &[Estimate], tick: &dyn Fn(f64) -> String, width: u32) -> Chart {
    const ROW: f64 = 30.0;
    const BELOW: f64 = 26.0;
    let mut marks = String::new();
    let height = (ROW * estimates.len().max(1) as f64 + BELOW + 8.0) as u32;
    let mut chart = Chart { width, height, ..Chart::default() };
    let canvas = Canvas::new(&mut marks, width, height);
    let low = estimates.iter().map(|estimate| estimate.low).fold(0.0, f64::min);
    let high = estimates.iter().map(|estimate| estimate.high).fold(0.0, f64::max);
    let scale = Scale::from_zero(low, high, if width < 480 { 3 } else { 5 });
    let names = estimates.iter().map(|estimate| text_width(&estimate.name, false)).fold(0.0, f64::max);
    let ends = estimates.iter().map(|estimate| text_width(&estimate.end, true)).fold(0.0, f64::max) + 16.0;
    let names = names.min(canvas.width * 0.36);
    // Half a label of the axis may stand over each end of the plot.
    let frame = Rect::between(names + 28.0, 4.0, (canvas.width - ends).max(names + 88.0), canvas.height - BELOW);
    let plane = canvas.plane(scale.range.clone(), 0.0..1.0, frame);
    for &value in &scale.ticks {
        let x = crisp(pixel(&plane, value, 0.0).0);
        let role = if value == 0.0 { Role::Axis } else { Role::Grid };
        canvas.line((x, frame.y), (x, frame.bottom()), role);
        canvas.text(&tick(value), x, canvas.height - 8.0, Anchor::Middle, Ink::Quiet, false);
    }
    for (at, estimate) in estimates.iter().enumerate() {
        let y = frame.y + ROW * (at as f64 + 0.5);
        let tint = if estimate.is_clear { Tint::Series(1) } else { Tint::Rest };
        canvas.text(&shortened(&estimate.name, false, names), 0.0, y + 4.0, Anchor::Start, Ink::Second, false);
        let x = |value: f64| pixel(&plane, value, 0.0).0;
        canvas.line((x(estimate.low), y), (x(estimate.high), y), Role::Line(tint, Dash::Solid));
        let up = 1.0 - (y - frame.y) / frame.height;
        draw(&plane, &Circle::new((estimate.value, up), 45, Role::Dot(tint).color().filled()));
        let ink = if estimate.is_clear { Ink::Label } else { Ink::Second };
        canvas.text(&estimate.end, canvas.width, y + 4.0, Anchor::End, ink, false);
        let hit = Rect { x: 0.0, y: y - ROW / 2.0, width: canvas.width, height: ROW };
        chart.points.push(Point { x: x(estimate.value), y, hit, lines: estimate.lines.clone() });
    }
    drop(plane);
    drop(canvas);
    chart.marks = marks;
    chart
}
