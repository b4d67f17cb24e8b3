//! Lines: rates and sums that move with time or age, with their intervals where they have some.

use plotters::prelude::*;

use super::canvas::{Anchor, Canvas, Plane, Rect, crisp, draw, draw_line, label_room, pixel, pixel_y, text_box};
use super::figure::{Chart, Key, Point, height_for};
use super::labels::{Obstacles, spread};
use super::measure::{ASCENT, DESCENT, width as text_width};
use super::role::{Dash, Ink, Role, Tint};
use super::ticks::{Scale, XTick};
use crate::math::order;

/// One line.
pub struct Line {
    /// Its name; needed only where there are several. Of several, one without stays unnamed: it goes with another of its tint.
    pub name: String,
    /// Its colour.
    pub tint: Tint,
    /// How it is broken.
    pub dash: Dash,
    /// Its values by position; nothing where none is defined, which leaves a gap.
    pub values: Vec<Option<f64>>,
    /// An interval around the values, by position; empty where there is none.
    pub band: Vec<Option<(f64, f64)>>,
    /// The last value in words.
    pub end: Option<String>,
}

/// A chart of lines.
pub struct Lines<'a> {
    /// Some lines, about seven at most; the subject last, so that it lies on top.
    pub lines: Vec<Line>,
    /// Positions on the axis below.
    pub count: usize,
    /// The axis of values.
    pub scale: Scale,
    /// Writes a tick of it.
    pub tick: &'a dyn Fn(f64) -> String,
    /// Labels below positions.
    pub x: Vec<XTick>,
    /// What the axis below counts.
    pub x_title: Option<String>,
    /// A value to compare with, and its label.
    pub reference: Option<(f64, String)>,
    /// The tooltip of every position; empty where there is none.
    pub tips: Vec<Vec<String>>,
    /// Whether names stand in the plot even where there is room right of it: for lines that end in one point.
    pub names_inside: bool,
}

/// Where the names of lines stand.
enum Names {
    /// Right of the last point.
    Ends,
    /// In the plot, where they touch nothing.
    Inside,
}

/// Draws the lines for a width in pixels.
pub fn lines(spec: &Lines, width: u32) -> Chart {
    let mut marks = String::new();
    let below = 26.0 + 18.0 * (usize::from(spec.x_title.is_some()) + usize::from(spec.scale.is_cut())) as f64;
    let height = height_for(width) + (below - 26.0) as u32 / 2;
    let mut chart = Chart { width, height, ..Chart::default() };
    let canvas = Canvas::new(&mut marks, width, height);
    let ticks: Vec<(f64, String)> = spec.scale.ticks.iter().map(|&v| (v, (spec.tick)(v))).collect();

    let several = spec.lines.len() > 1;
    let end_text = |line: &Line| match (&line.end, several) {
        (Some(end), true) => format!("{} {end}", line.name),
        (Some(end), false) => end.clone(),
        (None, true) => line.name.clone(),
        (None, false) => String::new(),
    };
    let widest = spec.lines.iter().map(|line| text_width(&end_text(line), true)).fold(0.0, f64::max);
    let room = canvas.width * if several { 0.24 } else { 0.16 };
    let names = if widest <= room && !spec.names_inside { Names::Ends } else { Names::Inside };
    let right_room = match names {
        Names::Ends if widest > 0.0 => widest + 14.0,
        _ => 12.0,
    };
    let frame = Rect::between(label_room(&ticks), 14.0, canvas.width - right_room, canvas.height - below);
    let last = spec.count.saturating_sub(1).max(1) as f64;
    let plane = canvas.plane(0.0..last, spec.scale.range.clone(), frame);

    canvas.y_axis(&plane, frame, &ticks);
    for line in &spec.lines {
        draw_band(&plane, line);
    }
    let mut taken = Obstacles::default();
    if let Some((value, _)) = &spec.reference {
        let y = crisp(pixel_y(&plane, *value));
        canvas.line((frame.x, y), (frame.right(), y), Role::Reference);
        taken.lines.push(vec![(frame.x, y), (frame.right(), y)]);
    }
    for line in &spec.lines {
        if line.dash == Dash::Points {
            for (x, y) in runs(line).concat() {
                draw(&plane, &Circle::new((x, y), 45, Role::Dot(line.tint).color().filled()));
                let (x, y) = pixel(&plane, x, y);
                taken.boxes.push(Rect::between(x - 5.0, y - 5.0, x + 5.0, y + 5.0));
            }
            continue;
        }
        for run in runs(line) {
            draw_line(&plane, &run, Role::Line(line.tint, line.dash));
            if let [(x, y)] = run[..] {
                draw(&plane, &Circle::new((x, y), 25, Role::Dot(line.tint).color().filled()));
            }
            taken.lines.push(run.iter().map(|&(x, y)| pixel(&plane, x, y)).collect());
        }
    }
    for line in &spec.lines {
        if let Some((x, y)) = end_of(line) {
            draw(&plane, &Circle::new((x, y), 45, Role::Dot(line.tint).color().filled()));
            let (x, y) = pixel(&plane, x, y);
            taken.boxes.push(Rect::between(x - 6.0, y - 6.0, x + 6.0, y + 6.0));
        }
    }
    x_axis(&canvas, spec, frame, last);
    name_lines(&canvas, spec, &plane, frame, &names, &end_text, &mut taken, &mut chart);
    name_reference(&canvas, spec, &plane, frame, &mut taken);

    let pitch = frame.width / last;
    for (i, lines) in spec.tips.iter().enumerate().filter(|(_, lines)| !lines.is_empty()) {
        let value = spec.lines.iter().rev().find_map(|line| line.values.get(i).copied().flatten());
        let (x, y) = pixel(&plane, i as f64, value.unwrap_or(spec.scale.range.start));
        let (left, right) = ((x - pitch / 2.0).max(frame.x - 4.0), (x + pitch / 2.0).min(frame.right() + 4.0));
        let hit = Rect::between(left, frame.y, right.max(left + 1.0), frame.bottom());
        chart.points.push(Point { x, y, hit, lines: lines.clone() });
    }
    drop(plane);
    drop(canvas);
    chart.marks = marks;
    chart
}

/// The stretches of a line without a gap.
fn runs(line: &Line) -> Vec<Vec<(f64, f64)>> {
    let mut runs = vec![Vec::new()];
    for (i, value) in line.values.iter().enumerate() {
        match value {
            Some(value) => runs.last_mut().into_iter().for_each(|run: &mut Vec<_>| run.push((i as f64, *value))),
            None => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

fn end_of(line: &Line) -> Option<(f64, f64)> {
    let at = line.values.iter().rposition(Option::is_some)?;
    Some((at as f64, line.values[at]?))
}

fn draw_band(plane: &Plane, line: &Line) {
    let mut stretch: Vec<(f64, f64, f64)> = Vec::new();
    let flush = |stretch: &mut Vec<(f64, f64, f64)>| {
        if stretch.len() > 1 {
            let range = plane.get_y_range();
            let clip = |y: f64| y.clamp(range.start, range.end);
            let upper = stretch.iter().map(|&(x, _, high)| (x, clip(high)));
            let lower = stretch.iter().rev().map(|&(x, low, _)| (x, clip(low)));
            let outline: Vec<(f64, f64)> = upper.chain(lower).collect();
            draw(plane, &Polygon::new(outline, Role::Band.color().filled()));
        }
        stretch.clear();
    };
    for (i, interval) in line.band.iter().enumerate() {
        match interval {
            Some((low, high)) => stretch.push((i as f64, *low, *high)),
            None => flush(&mut stretch),
        }
    }
    flush(&mut stretch);
}

fn x_axis(canvas: &Canvas, spec: &Lines, frame: Rect, last: f64) {
    let baseline = frame.bottom() + 20.0;
    let mut free_from = f64::NEG_INFINITY;
    for tick in &spec.x {
        let at = frame.x + tick.at as f64 / last * frame.width;
        let half = text_width(&tick.text, false) / 2.0;
        let x = at.clamp(half, (canvas.width - half).max(half));
        if x - half >= free_from {
            canvas.text(&tick.text, x, baseline, Anchor::Middle, Ink::Quiet, false);
            free_from = x + half + 8.0;
        }
    }
    let mut row = baseline + 18.0;
    if let Some(title) = &spec.x_title {
        let half = text_width(title, false) / 2.0;
        let x = (frame.x + frame.width / 2.0).clamp(half, (canvas.width - half).max(half));
        canvas.text(title, x, row, Anchor::Middle, Ink::Quiet, false);
        row += 18.0;
    }
    if spec.scale.is_cut() {
        let note = format!("scale starts at {}", (spec.tick)(spec.scale.range.start));
        canvas.text(&note, frame.x, row, Anchor::Start, Ink::Quiet, false);
    }
}

#[allow(clippy::too_many_arguments, reason = "one step of `lines`, taken out for its length; all of it is needed")]
fn name_lines(
    canvas: &Canvas,
    spec: &Lines,
    plane: &Plane,
    frame: Rect,
    names: &Names,
    end_text: &dyn Fn(&Line) -> String,
    taken: &mut Obstacles,
    chart: &mut Chart,
) {
    let several = spec.lines.len() > 1;
    let ink = |line: &Line| if several { Ink::Of(line.tint) } else { Ink::Label };
    let named = || spec.lines.iter().filter(|line| !several || !line.name.is_empty());
    let ends: Vec<(&Line, (f64, f64))> =
        named().filter_map(|line| end_of(line).map(|(x, y)| (line, pixel(plane, x, y)))).collect();
    if matches!(names, Names::Ends) {
        // A line that ends early has its name at its own end, so close that nobody looks for it; what finds no place there
        // stands in the column at the right, as those do that end there, and is led to by a thin line.
        let is_early = |x: f64| x < frame.right() - 20.0;
        let mut column = Vec::new();
        for (line, (x, y)) in &ends {
            let text = end_text(line);
            match is_early(*x)
                .then(|| close_to((*x, *y), text_width(&text, true), canvas.width, frame, taken))
                .flatten()
            {
                Some(place) => {
                    canvas.text(&text, place.x, place.y + ASCENT, Anchor::Start, ink(line), true);
                    taken.boxes.push(place);
                }
                None => column.push((*line, (*x, *y), text)),
            }
        }
        let wanted: Vec<f64> = column.iter().map(|(_, (_, y), _)| y + 4.0).collect();
        for ((line, (x, y), text), at) in column.iter().zip(spread(&wanted, 17.0, frame.y + 4.0, frame.bottom())) {
            let place = text_box(text, true, Anchor::Start, frame.right() + 10.0, at);
            if is_early(*x) || (at - y - 4.0).abs() > LED {
                canvas.line((x + 6.0, *y), (place.x - 3.0, at - 4.0), Role::Grid);
            }
            canvas.text(text, place.x, place.y + ASCENT, Anchor::Start, ink(line), true);
            taken.boxes.push(place);
        }
        return;
    }
    let mut places = Vec::new();
    let mut with_names = taken.clone();
    for (line, (x, y)) in &ends {
        let text = end_text(line);
        let found = match several {
            true => inside(&text, line, 0.5, plane, frame, &with_names),
            false => Some(text_box(&text, true, Anchor::End, (x + 4.0).min(canvas.width), y - 12.0)),
        };
        let Some(place) = found else {
            chart.legend = named().map(|line| Key { tint: line.tint, label: line.name.clone() }).collect();
            return;
        };
        with_names.boxes.push(place);
        places.push((text, place, ink(line)));
    }
    for (text, place, ink) in places {
        canvas.text(&text, place.x, place.y + ASCENT, Anchor::Start, ink, true);
    }
    *taken = with_names;
}

/// Pixels from its end from which on a name is led to by a line.
const LED: f64 = 20.0;

/// A place for a name at the end of a line that touches no other mark: right of it, then above and below, at most a few lines of
/// text away.
fn close_to((x, y): (f64, f64), width: f64, all: f64, frame: Rect, taken: &Obstacles) -> Option<Rect> {
    let height = ASCENT + DESCENT;
    let free = |place: &Rect| {
        place.right() <= all && frame.y <= place.y && place.bottom() <= frame.bottom() && taken.leave_free(place)
    };
    [0.0, -12.0, 12.0, -18.0, 18.0, -26.0, 26.0].into_iter().find_map(|down| {
        // Above and below the dot itself there is room on both of its sides.
        let lefts = if down == 0.0 { [x + 10.0; 3] } else { [x + 4.0, x - width / 2.0, x - width - 4.0] };
        let places = lefts.map(|left| Rect { x: left, y: y + down - height / 2.0, width, height });
        places.into_iter().find(|place| place.x >= frame.x + 2.0 && free(place))
    })
}

/// A place for a line's name just above or below it that touches no other mark, as near as can be to the part of its
/// length asked for (0 its beginning, 1 its end).
fn inside(text: &str, line: &Line, near: f64, plane: &Plane, frame: Rect, taken: &Obstacles) -> Option<Rect> {
    let width = text_width(text, true);
    let points: Vec<(f64, f64)> = runs(line).into_iter().flatten().map(|(x, y)| pixel(plane, x, y)).collect();
    let (first, last) = (points.first()?.0, points.last()?.0);
    let mut middles: Vec<f64> = (0..=40).map(|k| first + (last - first) * f64::from(k) / 40.0).collect();
    let wanted = first + (last - first) * near;
    order::sort_by(&mut middles, |a, b| (a - wanted).abs().total_cmp(&(b - wanted).abs()));
    for middle in middles {
        let left = (middle - width / 2.0).clamp(frame.x + 2.0, (frame.right() - width).max(frame.x + 2.0));
        let over = |x: f64| x >= left - 4.0 && x <= left + width + 4.0;
        let heights: Vec<f64> = sampled(&points).into_iter().filter(|&(x, _)| over(x)).map(|(_, y)| y).collect();
        let top = heights.iter().copied().fold(f64::INFINITY, f64::min);
        let bottom = heights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if !top.is_finite() {
            continue;
        }
        for baseline in [top - 10.0, bottom + 10.0 + ASCENT] {
            let place = Rect { x: left, y: baseline - ASCENT, width, height: ASCENT + DESCENT };
            if frame.holds(&place) && taken.leave_free(&place) {
                return Some(place);
            }
        }
    }
    None
}

/// A line with a point every few pixels, so that its height is known everywhere.
fn sampled(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut out: Vec<(f64, f64)> = Vec::new();
    for pair in points.windows(2) {
        let steps = ((pair[1].0 - pair[0].0) / 4.0).ceil().max(1.0) as i32;
        let at = |k: i32| {
            let share = f64::from(k) / f64::from(steps);
            (pair[0].0 + (pair[1].0 - pair[0].0) * share, pair[0].1 + (pair[1].1 - pair[0].1) * share)
        };
        out.extend((0..steps).map(at));
    }
    out.extend(points.last());
    out
}

/// The label of the value to compare with: above its line, where it touches nothing; else below.
fn name_reference(canvas: &Canvas, spec: &Lines, plane: &Plane, frame: Rect, taken: &mut Obstacles) {
    let Some((value, text)) = &spec.reference else { return };
    let y = crisp(pixel_y(plane, *value));
    let width = text_width(text, false);
    let ends = [frame.right() - width, frame.x + 4.0];
    let between = (0..=20).map(|k| frame.x + 4.0 + (frame.width - width - 4.0).max(0.0) * f64::from(k) / 20.0);
    for left in ends.into_iter().chain(between) {
        for baseline in [y - 6.0, y + 6.0 + ASCENT] {
            let place = text_box(text, false, Anchor::Start, left, baseline);
            if frame.holds(&place) && taken.leave_free(&place) {
                canvas.text(text, left, baseline, Anchor::Start, Ink::Second, true);
                taken.boxes.push(place);
                return;
            }
        }
    }
}
