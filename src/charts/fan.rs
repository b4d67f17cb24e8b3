//! What was, as columns, and what is expected, as a line with two bands around it.

use plotters::prelude::*;

use super::canvas::{Anchor, Canvas, Plane, Rect, crisp, draw, draw_line, label_room, pixel, text_box};
use super::figure::{Chart, Point, height_for};
use super::measure::width as text_width;
use super::role::{Dash, Ink, Role, Tint};
use super::ticks::{Scale, months};

/// From this width on the line is named right of its end.
const NAMED_FROM: u32 = 640;

/// A month that was.
pub struct Taken {
    /// Its amount.
    pub value: f64,
    /// Whether it is not over.
    pub unfinished: bool,
    /// The tooltip.
    pub lines: Vec<String>,
}

/// A month that is expected.
pub struct Expected {
    /// The expectation.
    pub value: f64,
    /// The outer band.
    pub outer: (f64, f64),
    /// The inner band.
    pub inner: (f64, f64),
    /// The tooltip.
    pub lines: Vec<String>,
}

/// A chart of what was and what is expected.
pub struct Fan<'a> {
    /// What was, the oldest first.
    pub taken: Vec<Taken>,
    /// What is expected after it.
    pub expected: Vec<Expected>,
    /// The number of the first month (year × 12 + month − 1).
    pub first_month: i32,
    /// Writes a month number.
    pub month: &'a dyn Fn(i32) -> String,
    /// Writes a tick of the axis of amounts.
    pub tick: &'a dyn Fn(f64) -> String,
    /// What all of the expected adds up to, and its band; above the line.
    pub together: [String; 2],
}

/// Draws the fan for a width in pixels.
pub fn fan(spec: &Fan, width: u32) -> Chart {
    let mut marks = String::new();
    let mut chart = Chart { width, height: height_for(width), ..Chart::default() };
    let canvas = Canvas::new(&mut marks, chart.width, chart.height);
    let amounts = || spec.taken.iter().map(|month| month.value).chain(spec.expected.iter().map(|month| month.outer.1));
    let scale = Scale::from_zero(amounts().fold(0.0, f64::min), amounts().fold(0.0, f64::max), 4);
    let ticks: Vec<(f64, String)> = scale.ticks.iter().map(|&v| (v, (spec.tick)(v))).collect();
    let named = width >= NAMED_FROM;
    let right = if named { text_width("expected", true) + 16.0 } else { 4.0 };
    let frame = Rect::between(label_room(&ticks), 34.0, canvas.width - right, canvas.height - 26.0);
    let count = spec.taken.len() + spec.expected.len();
    let plane = canvas.plane(0.0..count.max(1) as f64, scale.range.clone(), frame);
    canvas.y_axis(&plane, frame, &ticks);
    let pitch = frame.width / count.max(1) as f64;
    let between = spec.taken.len();

    for (at, month) in spec.taken.iter().enumerate() {
        let role = if month.unfinished { Role::Unfinished(Tint::Rest) } else { Role::Fill(Tint::Rest) };
        let corners = [(at as f64 + 0.16, month.value), (at as f64 + 0.84, 0.0)];
        draw(&plane, &Rectangle::new(corners, role.color().filled()));
    }
    let middle = |at: usize| (between + at) as f64 + 0.5;
    band(&plane, spec.expected.iter().map(|month| month.outer), &middle, Role::Band);
    band(&plane, spec.expected.iter().map(|month| month.inner), &middle, Role::InnerBand);
    let line: Vec<(f64, f64)> = spec.expected.iter().enumerate().map(|(at, month)| (middle(at), month.value)).collect();
    draw_line(&plane, &line, Role::Line(Tint::Series(1), Dash::Solid));
    if let Some(&(x, y)) = line.last() {
        draw(&plane, &Circle::new((x, y), 45, Role::Dot(Tint::Series(1)).color().filled()));
        if named {
            let (x, y) = pixel(&plane, x, y);
            canvas.text("expected", x + 10.0, y + 4.0, Anchor::Start, Ink::Of(Tint::Series(1)), true);
        }
    }
    let seam = crisp(frame.x + between as f64 * pitch);
    canvas.line((seam, 8.0), (seam, frame.bottom()), Role::Reference);
    together(&canvas, spec, seam, width);

    let mut free_from = f64::NEG_INFINITY;
    for tick in months(spec.first_month, count, 1, pitch, spec.month) {
        let x = frame.x + tick.at as f64 * pitch;
        let place =
            text_box(&tick.text, false, Anchor::Start, x + if tick.year { 5.0 } else { 0.0 }, frame.bottom() + 20.0);
        if place.x < free_from || place.right() > canvas.width {
            continue;
        }
        if tick.year {
            canvas.line((crisp(x), frame.bottom()), (crisp(x), frame.bottom() + 18.0), Role::Axis);
        }
        canvas.text(&tick.text, place.x, frame.bottom() + 20.0, Anchor::Start, Ink::Quiet, false);
        free_from = place.right() + 8.0;
    }

    let all = spec.taken.iter().map(|month| (month.value, &month.lines));
    let all = all.chain(spec.expected.iter().map(|month| (month.value, &month.lines)));
    for (at, (value, lines)) in all.enumerate() {
        let (x, y) = pixel(&plane, at as f64 + 0.5, value);
        let hit = Rect { x: frame.x + at as f64 * pitch, y: frame.y, width: pitch, height: frame.height };
        chart.points.push(Point { x, y, hit, lines: lines.clone() });
    }
    drop(plane);
    drop(canvas);
    chart.marks = marks;
    chart
}

fn band(
    plane: &Plane,
    ends: impl DoubleEndedIterator<Item = (f64, f64)> + Clone,
    x: &dyn Fn(usize) -> f64,
    role: Role,
) {
    let ends: Vec<(f64, f64)> = ends.collect();
    let upper = ends.iter().enumerate().map(|(at, &(_, high))| (x(at), high));
    let lower = ends.iter().enumerate().rev().map(|(at, &(low, _))| (x(at), low));
    let outline: Vec<(f64, f64)> = upper.chain(lower).collect();
    draw(plane, &Polygon::new(outline, role.color().filled()));
}

/// The words at the seam between what was and what is expected, and the sum of the latter.
fn together(canvas: &Canvas, spec: &Fan, seam: f64, width: u32) {
    canvas.text("taken", seam - 7.0, 14.0, Anchor::End, Ink::Quiet, false);
    canvas.text("expected", seam + 7.0, 14.0, Anchor::Start, Ink::Quiet, false);
    if width < NAMED_FROM {
        return;
    }
    let [sum, range] = &spec.together;
    canvas.text(sum, canvas.width, 14.0, Anchor::End, Ink::Label, true);
    canvas.text(range, canvas.width, 31.0, Anchor::End, Ink::Second, true);
}
