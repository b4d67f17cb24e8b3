//! Columns: amounts over time, stacked, and counts over classes.

use plotters::prelude::*;

use super::canvas::{Anchor, Canvas, Rect, crisp, draw, label_room, pixel, pixel_y, text_box};
use super::figure::{Chart, Key, Point, height_for};
use super::labels::spread;
use super::measure::width as text_width;
use super::role::{Ink, Role, Tint};
use super::ticks::{Scale, XTick};

/// From this width on series are named at their last column, below in a legend.
const LABELS_FROM: u32 = 640;

/// A part of every column.
pub struct Series {
    /// Its name.
    pub name: String,
    /// A second line below the name at the right: `68% in the last 12 months`.
    pub note: Option<String>,
    /// Its colour.
    pub tint: Tint,
}

/// One column.
pub struct Column {
    /// Its parts from the zero line on, one a series; below zero they hang.
    pub parts: Vec<f64>,
    /// The tooltip.
    pub lines: Vec<String>,
    /// Whether its period is not over.
    pub unfinished: bool,
}

/// A chart of columns.
pub struct Columns<'a> {
    /// The series, from the zero line on.
    pub series: Vec<Series>,
    /// The columns.
    pub columns: Vec<Column>,
    /// Labels below the columns.
    pub x: Labels,
    /// What the whole axis below means, where its labels don't tell.
    pub x_title: Option<String>,
    /// Writes a tick of the axis of values.
    pub tick: &'a dyn Fn(f64) -> String,
    /// Whether the values are counts: whole ticks only.
    pub counts: bool,
    /// The column that has a label above it, and the label.
    pub highlight: Option<(usize, String)>,
    /// Share of a column's place that it fills.
    pub fill: f64,
}

/// Labels below columns.
pub enum Labels {
    /// Under single columns.
    Ticks(Vec<XTick>),
    /// At the edges between columns: one more than there are columns, empty where there is none.
    Edges(Vec<String>),
}

/// Draws the columns for a width in pixels.
pub fn columns(spec: &Columns, width: u32) -> Chart {
    let mut marks = String::new();
    let mut chart = Chart { width, height: height_for(width), ..Chart::default() };
    let canvas = Canvas::new(&mut marks, chart.width, chart.height);
    let count = spec.columns.len();
    let sums = |sign: f64| spec.columns.iter().map(move |c| c.parts.iter().filter(|&&p| p * sign > 0.0).sum::<f64>());
    let high = sums(1.0).fold(0.0, f64::max);
    let low = sums(-1.0).fold(0.0, f64::min);
    let scale = if spec.counts { Scale::for_counts(high, 4) } else { Scale::from_zero(low, high, 4) };
    let ticks: Vec<(f64, String)> = scale.ticks.iter().map(|&v| (v, (spec.tick)(v))).collect();

    let named = width >= LABELS_FROM && spec.series.len() > 1;
    let label_width =
        |s: &Series| text_width(&s.name, true).max(s.note.as_deref().map_or(0.0, |n| text_width(n, false)));
    let right_room = if named { spec.series.iter().map(label_width).fold(0.0, f64::max) + 14.0 } else { 4.0 };
    let below = if spec.x_title.is_some() { 44.0 } else { 26.0 };
    let top = if spec.highlight.is_some() { 30.0 } else { 12.0 };
    let frame = Rect::between(label_room(&ticks), top, canvas.width - right_room, canvas.height - below);
    let plane = canvas.plane(0.0..count.max(1) as f64, scale.range.clone(), frame);
    let zero = pixel_y(&plane, 0.0);
    canvas.y_axis(&plane, frame, &ticks);

    let pitch = frame.width / count.max(1) as f64;
    // Parts are told apart by a gap, not by their colours alone.
    let gap = if pitch >= 4.0 { pixel_height(&plane, 1.0) } else { 0.0 };
    let margin = (1.0 - spec.fill) / 2.0;
    for (i, column) in spec.columns.iter().enumerate() {
        let (mut up, mut down) = (0.0, 0.0);
        for (part, series) in column.parts.iter().zip(&spec.series) {
            let base = if *part < 0.0 { &mut down } else { &mut up };
            let (from, to) = (*base, *base + part);
            *base = to;
            let cut = if from == 0.0 { 0.0 } else { gap.min(part.abs()) * part.signum() };
            if (to - from - cut).abs() > 0.0 {
                let role = if column.unfinished { Role::Unfinished(series.tint) } else { Role::Fill(series.tint) };
                let x = i as f64;
                let corners = [(x + margin, to), (x + 1.0 - margin, from + cut)];
                draw(&plane, &Rectangle::new(corners, role.color().filled()));
            }
        }
    }
    x_axis(&canvas, spec, frame, zero, pitch);

    for (i, column) in spec.columns.iter().enumerate() {
        let top = column.parts.iter().filter(|&&part| part > 0.0).sum();
        let (x, y) = pixel(&plane, i as f64 + 0.5, top);
        let hit = Rect { x: frame.x + i as f64 * pitch, y: frame.y, width: pitch, height: frame.height };
        chart.points.push(Point { x, y, hit, lines: column.lines.clone() });
    }
    if let Some((at, text)) = &spec.highlight
        && let Some(point) = chart.points.get(*at)
    {
        let half = text_width(text, true) / 2.0;
        let (left, right) = (frame.x + half + 2.0, frame.right() - half);
        let x = point.x.clamp(left, right.max(left));
        canvas.text(text, x, point.y - 8.0, Anchor::Middle, Ink::Label, true);
    }
    if named {
        name_series(&canvas, spec, &plane, frame);
    } else if spec.series.len() > 1 {
        chart.legend = spec.series.iter().map(|s| Key { tint: s.tint, label: s.name.clone() }).collect();
    }
    drop(plane);
    drop(canvas);
    chart.marks = marks;
    chart
}

/// So many pixels as values of the axis.
fn pixel_height(plane: &super::canvas::Plane, pixels: f64) -> f64 {
    let range = plane.get_y_range();
    let height = pixel_y(plane, range.start) - pixel_y(plane, range.end);
    pixels * (range.end - range.start) / height.max(1.0)
}

fn x_axis(canvas: &Canvas, spec: &Columns, frame: Rect, zero: f64, pitch: f64) {
    let baseline = frame.bottom() + 20.0;
    match &spec.x {
        Labels::Ticks(ticks) => {
            let mut free_from = f64::NEG_INFINITY;
            for tick in ticks {
                let left = frame.x + tick.at as f64 * pitch;
                let (x, anchor) = match tick.year {
                    true => (left + 5.0, Anchor::Start),
                    false if pitch > text_width(&tick.text, false) => (left + pitch / 2.0, Anchor::Middle),
                    false => (left, Anchor::Start),
                };
                if tick.year {
                    let x = crisp(left);
                    canvas.line((x, crisp(zero).max(frame.bottom())), (x, frame.bottom() + 18.0), Role::Axis);
                }
                let place = text_box(&tick.text, false, anchor, x, baseline);
                if place.x >= free_from && place.right() <= canvas.width {
                    canvas.text(&tick.text, x, baseline, anchor, Ink::Quiet, false);
                    free_from = place.right() + 6.0;
                }
            }
        }
        Labels::Edges(edges) => {
            let place = |i: usize| {
                let text = &edges[i];
                let half = text_width(text, false) / 2.0;
                let x = (frame.x + i as f64 * pitch).clamp(half, (canvas.width - half).max(half));
                (x, text_box(text, false, Anchor::Middle, x, baseline))
            };
            // The last one always stands: it says where the classes end.
            let named: Vec<usize> = (0..edges.len()).filter(|&i| !edges[i].is_empty()).collect();
            let last = named.last().copied();
            let until = last.map_or(0.0, |i| place(i).1.x - 8.0);
            let mut free_from = f64::NEG_INFINITY;
            for i in named {
                let (x, place) = place(i);
                if Some(i) == last || (place.x >= free_from && place.right() <= until) {
                    canvas.text(&edges[i], x, baseline, Anchor::Middle, Ink::Quiet, false);
                    let tick = crisp(frame.x + i as f64 * pitch);
                    canvas.line((tick, crisp(zero)), (tick, crisp(zero) + 5.0), Role::Axis);
                    free_from = place.right() + 8.0;
                }
            }
        }
    }
    if let Some(title) = &spec.x_title {
        let (x, y) = (frame.x + frame.width / 2.0, frame.bottom() + 38.0);
        let half = text_width(title, false) / 2.0;
        let x = x.clamp(half, (canvas.width - half).max(half));
        canvas.text(title, x, y, Anchor::Middle, Ink::Quiet, false);
    }
}

/// Names of the series right of the last column, each at the middle of its part.
fn name_series(canvas: &Canvas, spec: &Columns, plane: &super::canvas::Plane, frame: Rect) {
    let Some(last) = spec.columns.last() else { return };
    let (mut up, mut down) = (0.0, 0.0);
    let middles: Vec<f64> = last
        .parts
        .iter()
        .map(|part| {
            let base = if *part < 0.0 { &mut down } else { &mut up };
            let middle = *base + part / 2.0;
            *base += part;
            pixel_y(plane, middle) + 4.0
        })
        .collect();
    let gap = if spec.series.iter().any(|s| s.note.is_some()) { 34.0 } else { 17.0 };
    let x = frame.right() + 10.0;
    for (y, series) in spread(&middles, gap, frame.y, frame.bottom() - gap / 2.0).into_iter().zip(&spec.series) {
        canvas.text(&series.name, x, y, Anchor::Start, Ink::Of(series.tint), false);
        if let Some(note) = &series.note {
            canvas.text(note, x, y + 17.0, Anchor::Start, Ink::Second, false);
        }
    }
}
