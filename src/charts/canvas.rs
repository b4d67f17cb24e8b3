//! A picture in the making: pixels in, plotters in between, SVG out. The axes that all charts share stand here, too.

use std::ops::Range;

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::backend::{Backend, UNITS};
use super::measure::{ASCENT, DESCENT, TEXT_SIZE, width as text_width};
use super::role::{Ink, Role};

/// A plane of data values within the picture.
pub type Plane<'a> = DrawingArea<Backend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Rect {
    /// From edge to edge.
    pub fn between(left: f64, top: f64, right: f64, bottom: f64) -> Rect {
        Rect { x: left, y: top, width: right - left, height: bottom - top }
    }

    /// Right edge.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Lower edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Whether two rectangles share more than an edge.
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether the other lies within.
    pub fn holds(&self, other: &Rect) -> bool {
        other.x >= self.x && other.y >= self.y && other.right() <= self.right() && other.bottom() <= self.bottom()
    }
}

/// Where text begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Begins at the point.
    Start,
    /// Has its middle there.
    Middle,
    /// Ends there.
    End,
}

/// The box that a text takes, from its baseline point.
pub fn text_box(text: &str, strong: bool, anchor: Anchor, x: f64, baseline: f64) -> Rect {
    let width = text_width(text, strong);
    let left = match anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    Rect { x: left, y: baseline - ASCENT, width, height: ASCENT + DESCENT }
}

/// A picture in the making.
pub struct Canvas<'a> {
    root: DrawingArea<Backend<'a>, Shift>,
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
}

/// Draws, and lets no failure pass in a test. Our backend has none, and a mark that is missing must not end the page.
fn certain<T, E: std::fmt::Debug>(drawn: Result<T, E>) {
    debug_assert!(drawn.is_ok(), "{:?}", drawn.err());
}

fn units(pixels: f64) -> i32 {
    (pixels * UNITS).round() as i32
}

impl<'a> Canvas<'a> {
    /// An empty picture of so many pixels whose marks go to `out`.
    pub fn new(out: &'a mut String, width: u32, height: u32) -> Canvas<'a> {
        let root = Backend::new(out, width, height).into_drawing_area();
        Canvas { root, width: f64::from(width), height: f64::from(height) }
    }

    /// A plane of data values whose corners are those of `frame`; values grow to the right and upwards.
    pub fn plane(&self, x: Range<f64>, y: Range<f64>, frame: Rect) -> Plane<'a> {
        let across = units(frame.x)..units(frame.right());
        let up = units(frame.bottom())..units(frame.y);
        self.root.apply_coord_spec(Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(x, y, (across, up)))
    }

    /// A text with its baseline at `y`.
    pub fn text(&self, text: &str, x: f64, y: f64, anchor: Anchor, ink: Ink, halo: bool) {
        let pos = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let color = Role::Text(ink, halo).color();
        let style = TextStyle::from((FontFamily::SansSerif, TEXT_SIZE)).color(&color).pos(Pos::new(pos, VPos::Bottom));
        certain(self.root.draw(&Text::new(text, (units(x), units(y)), style)));
    }

    /// A straight line of two points.
    pub fn line(&self, from: (f64, f64), to: (f64, f64), role: Role) {
        let points = vec![(units(from.0), units(from.1)), (units(to.0), units(to.1))];
        certain(self.root.draw(&PathElement::new(points, ShapeStyle::from(&role.color()))));
    }

    /// An open line of many points.
    pub fn path(&self, points: &[(f64, f64)], role: Role) {
        let points: Vec<_> = points.iter().map(|&(x, y)| (units(x), units(y))).collect();
        certain(self.root.draw(&PathElement::new(points, ShapeStyle::from(&role.color()))));
    }

    /// A rectangle.
    pub fn rect(&self, rect: Rect, role: Role) {
        let corners = [(units(rect.x), units(rect.y)), (units(rect.right()), units(rect.bottom()))];
        certain(self.root.draw(&Rectangle::new(corners, role.color().filled())));
    }

    /// The light horizontals of an axis with their labels left of the plot; the zero line is an axis.
    pub fn y_axis(&self, plane: &Plane, frame: Rect, ticks: &[(f64, String)]) {
        for (value, label) in ticks {
            let y = crisp(pixel_y(plane, *value));
            let role = if *value == 0.0 { Role::Axis } else { Role::Grid };
            self.line((frame.x, y), (frame.right(), y), role);
            self.text(label, frame.x - 8.0, y + 4.0, Anchor::End, Ink::Quiet, false);
        }
    }
}

/// Draws an element of plotters on a plane.
pub fn draw<'a, 'b, E>(plane: &Plane<'a>, element: &'b E)
where
    &'b E: plotters::element::PointCollection<'b, (f64, f64)>,
    E: plotters::element::Drawable<Backend<'a>>,
{
    certain(plane.draw(element));
}

/// The line of a series through plotters' own line series.
pub fn draw_line(plane: &Plane, points: &[(f64, f64)], role: Role) {
    for element in LineSeries::new(points.iter().copied(), role.color()) {
        certain(plane.draw(&element));
    }
}

/// Upright lines at these values with their texts above the frame, those left out that would touch the one before.
pub fn ticks_above(
    canvas: &Canvas<'_>,
    plane: &Plane<'_>,
    frame: Rect,
    values: impl Iterator<Item = f64>,
    tick: &dyn Fn(f64) -> String,
) {
    let mut free_from = f64::NEG_INFINITY;
    for value in values {
        let x = pixel(plane, value, 0.0).0;
        let role = if value == 0.0 { Role::Axis } else { Role::Grid };
        canvas.line((crisp(x), frame.y - 4.0), (crisp(x), frame.bottom()), role);
        let text = tick(value);
        let half = text_width(&text, false) / 2.0;
        let at = x.clamp(half, canvas.width - half);
        if at - half >= free_from {
            canvas.text(&text, at, 14.0, Anchor::Middle, Ink::Quiet, false);
            free_from = at + half + 8.0;
        }
    }
}

/// Where a data point stands, in pixels.
pub fn pixel(plane: &Plane, x: f64, y: f64) -> (f64, f64) {
    let (x, y) = plane.map_coordinate(&(x, y));
    (f64::from(x) / UNITS, f64::from(y) / UNITS)
}

/// The height of a value, in pixels from above.
pub fn pixel_y(plane: &Plane, y: f64) -> f64 {
    let left = plane.get_x_range().start;
    pixel(plane, left, y).1
}

/// The nearest middle of a pixel, where a line of one pixel is sharp.
pub fn crisp(pixel: f64) -> f64 {
    pixel.floor() + 0.5
}

/// Room that the labels of an axis need at the left: the widest and the gap.
pub fn label_room(labels: &[(f64, String)]) -> f64 {
    labels.iter().map(|(_, label)| text_width(label, false)).fold(0.0, f64::max).ceil() + 8.0
}
