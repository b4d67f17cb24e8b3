//! The purchases of one customer over time: a stem each, refunds below the line, the quiet stretch at the end.

use plotters::prelude::*;

use crate::math::{Day, Unit};

use super::canvas::{Anchor, Canvas, Rect, crisp, draw, label_room, pixel, pixel_y, text_box};
use super::figure::{Chart, Point};
use super::labels::Obstacles;
use super::measure::width as text_width;
use super::role::{Ink, Role, Tint};
use super::ticks::{Scale, months};

/// A purchase or a refund.
pub struct Event {
    /// The day.
    pub day: Day,
    /// The amount; below zero for a refund.
    pub amount: f64,
    /// The tooltip.
    pub lines: Vec<String>,
}

/// A chart of one customer.
pub struct Timeline<'a> {
    /// What happened, oldest first.
    pub events: Vec<Event>,
    /// End of the observation.
    pub end: Day,
    /// The last purchase, and words for the time since; nothing where there is nothing to say.
    pub quiet: Option<(Day, String)>,
    /// Writes a tick of the axis of amounts.
    pub tick: &'a dyn Fn(f64) -> String,
    /// Writes a month number (year x 12 + month - 1).
    pub month: &'a dyn Fn(i32) -> String,
}

/// Draws the timeline for a width in pixels.
pub fn timeline(spec: &Timeline, width: u32) -> Chart {
    let mut marks = String::new();
    let mut chart = Chart { width, height: if width < 480 { 210 } else { 240 }, ..Chart::default() };
    let canvas = Canvas::new(&mut marks, chart.width, chart.height);
    let amounts = || spec.events.iter().map(|event| event.amount);
    let scale = Scale::from_zero(amounts().fold(0.0, f64::min), amounts().fold(0.0, f64::max), 4);
    let ticks: Vec<(f64, String)> = scale.ticks.iter().map(|&v| (v, (spec.tick)(v))).collect();
    let frame = Rect::between(label_room(&ticks), 16.0, canvas.width - 12.0, canvas.height - 26.0);
    // Whole months around the data, so that the labels below stand where their months begin.
    let begin = spec.events.first().map_or(spec.end, |event| event.day).min(spec.end);
    let first_month = Unit::Month.of(begin);
    let from = f64::from(begin.0) - f64::from(spec.end.0 - begin.0).max(30.0) * 0.015;
    let until = f64::from(spec.end.0.max(begin.0 + 1));
    let plane = canvas.plane(from..until, scale.range.clone(), frame);
    canvas.y_axis(&plane, frame, &ticks);

    let zero = pixel_y(&plane, 0.0);
    let mut taken = Obstacles::default();
    let close = spec.events.len() as f64 * 9.0 > frame.width;
    for event in &spec.events {
        let tint = if event.amount < 0.0 { Tint::Negative } else { Tint::Series(1) };
        let day = f64::from(event.day.0);
        draw(
            &plane,
            &PathElement::new(vec![(day, 0.0), (day, event.amount)], ShapeStyle::from(&Role::Stem(tint).color())),
        );
        let (x, y) = pixel(&plane, day, event.amount);
        taken.boxes.push(Rect::between(x - 5.0, y.min(zero) - 6.0, x + 5.0, y.max(zero)));
    }
    for event in &spec.events {
        let tint = if event.amount < 0.0 { Tint::Negative } else { Tint::Series(1) };
        let at = (f64::from(event.day.0), event.amount);
        draw(&plane, &Circle::new(at, if close { 35 } else { 55 }, Role::Dot(tint).color().filled()));
    }
    if let Some((last, words)) = &spec.quiet {
        let (x1, x2) = (pixel(&plane, f64::from(last.0), 0.0).0 + 7.0, frame.right());
        if x2 - x1 > 16.0 {
            bracket(&canvas, (x1, x2), zero, words, frame, &taken);
        }
    }

    let until_month = Unit::Month.of(spec.end);
    let count = (until_month - first_month + 1).max(1) as usize;
    let pitch = frame.width * 30.44 / (until - from);
    let baseline = frame.bottom() + 20.0;
    let mut free_from = f64::NEG_INFINITY;
    let labels = months(first_month, count, 1, pitch, spec.month);
    let years = labels.iter().any(|tick| tick.year);
    for tick in labels {
        let start = Unit::Month.start(first_month + tick.at as i32);
        let x = pixel(&plane, f64::from(start.0).max(from), 0.0).0;
        let place = text_box(&tick.text, false, Anchor::Start, if tick.year { x + 5.0 } else { x }, baseline);
        if place.x < free_from || place.right() > canvas.width {
            continue;
        }
        if tick.year || (!years && f64::from(start.0) > from) {
            canvas.line((crisp(x), frame.bottom()), (crisp(x), frame.bottom() + 5.0), Role::Axis);
        }
        canvas.text(&tick.text, place.x, baseline, Anchor::Start, Ink::Quiet, false);
        free_from = place.right() + 8.0;
    }

    let xs: Vec<(f64, f64)> =
        spec.events.iter().map(|event| pixel(&plane, f64::from(event.day.0), event.amount)).collect();
    for (i, event) in spec.events.iter().enumerate() {
        let left = if i == 0 { frame.x } else { (xs[i - 1].0 + xs[i].0) / 2.0 };
        let right = xs.get(i + 1).map_or(frame.right(), |next| (xs[i].0 + next.0) / 2.0);
        let (left, right) = (left.max(xs[i].0 - 24.0), right.min(xs[i].0 + 24.0).max(left + 0.5));
        let hit = Rect::between(left, frame.y, right, frame.bottom());
        chart.points.push(Point { x: xs[i].0, y: xs[i].1, hit, lines: event.lines.clone() });
    }
    drop(plane);
    drop(canvas);
    chart.marks = marks;
    chart
}

/// The bracket over the quiet stretch, with its words above where they touch no purchase.
fn bracket(canvas: &Canvas, (x1, x2): (f64, f64), zero: f64, words: &str, frame: Rect, taken: &Obstacles) {
    canvas.path(&[(x1, zero - 10.0), (x1, zero - 4.0), (x2, zero - 4.0), (x2, zero - 10.0)], Role::Lead);
    let half = text_width(words, true) / 2.0;
    let right_most = frame.right() - half;
    for (x, baseline) in [((x1 + x2) / 2.0, zero - 18.0), (right_most, zero - 18.0), (right_most, frame.y - 4.0)] {
        let x = x.min(right_most);
        let place = text_box(words, true, Anchor::Middle, x, baseline);
        if place.y >= 0.0 && place.x >= 0.0 && taken.leave_free(&place) {
            canvas.text(words, x, baseline, Anchor::Middle, Ink::Label, true);
            return;
        }
    }
}
