//! What a chart is made of once it is drawn: the picture, its words, its points and its table.

use crate::words::charts::ChartWords;

use super::backend::escaped;
use super::canvas::Rect;
use super::measure;
use super::role::Tint;
use super::table::Table;

/// A chart with all that stands around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Names the chart in ids and files: `revenue`, `concentration`, ...
    pub id: &'static str,
    /// The finding, with its number.
    pub title: String,
    /// What is drawn, of whom, in which unit.
    pub sub: String,
    /// One sentence for those who can't see the picture; the `aria-label` of the SVG.
    pub sentence: String,
    /// The picture, drawn for the width asked for.
    pub svg: String,
    /// Width of the picture in pixels.
    pub width: u32,
    /// Height of the picture in pixels.
    pub height: u32,
    /// What the arrow keys walk, from left to right: the n-th belongs to the n-th `g.pt` of the SVG.
    pub points: Vec<Point>,
    /// Keys to show below the plot, where the labels had no room in it; else empty.
    pub legend: Vec<Key>,
    /// A remark below the plot.
    pub note: Option<String>,
    /// The same data as a table.
    pub table: Table,
}

impl Figure {
    /// The picture; nothing where there is nothing in it to be read, and the title says what is missing.
    pub fn picture(&self) -> &str {
        if self.points.is_empty() { "" } else { &self.svg }
    }

    /// What is drawn; nothing where nothing is.
    pub fn drawn(&self) -> &str {
        if self.points.is_empty() { "" } else { &self.sub }
    }

    /// The remark below the picture, where there is one.
    pub fn remark(&self) -> Option<&str> {
        self.note.as_deref().filter(|_| !self.points.is_empty())
    }

    /// The data as CSV (RFC 4180): numbers bare, shares as fractions.
    pub fn csv(&self) -> String {
        self.table.csv()
    }
}

/// A place of the plot that has something to tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Where the mark is, in pixels of the picture.
    pub x: f64,
    /// Where the mark is, in pixels from above.
    pub y: f64,
    /// What reacts to the pointer.
    pub hit: Rect,
    /// What the tooltip says; the first line is its head.
    pub lines: Vec<String>,
}

impl Point {
    /// The same as one text for a live region: `Dec 2025: New €4,951, Together €13,183`.
    pub fn text(&self) -> String {
        match self.lines.split_first() {
            Some((head, [])) => head.clone(),
            Some((head, rest)) => format!("{head}: {}", rest.join(", ")),
            None => String::new(),
        }
    }
}

/// A key of a legend: a swatch of the tint, and what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// The tint; `f` and its suffix is the class of the swatch.
    pub tint: Tint,
    /// What it stands for.
    pub label: String,
}

impl Key {
    /// The class of the swatch: `f1`.
    pub fn class(&self) -> String {
        format!("f{}", self.tint.suffix())
    }
}

/// A picture without its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// SVG elements.
    pub marks: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Places with a tooltip.
    pub points: Vec<Point>,
    /// Keys that had no room as labels.
    pub legend: Vec<Key>,
}

impl Chart {
    /// The finished figure: the marks in an `svg` with its sentence and its tooltips.
    pub fn framed(self, id: &'static str, words: ChartWords, table: Table) -> Figure {
        let (width, height) = (self.width, self.height);
        let label = escaped(&words.sentence);
        let mut svg = format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" "#,
                r#"role="img" aria-label="{label}">{marks}"#
            ),
            w = width,
            h = height,
            label = label,
            marks = self.marks,
        );
        if !self.points.is_empty() {
            svg.push_str(POINTS_BEGIN);
            for point in &self.points {
                push_point(&mut svg, point, f64::from(width), f64::from(height));
            }
            svg.push_str("</g>");
        }
        svg.push_str("</svg>");
        let ChartWords { title, sub, sentence, note } = words;
        Figure { id, title, sub, sentence, svg, width, height, points: self.points, legend: self.legend, note, table }
    }
}

/// Begins the group of tooltips, the last one of a picture; what is exported ends here.
pub(super) const POINTS_BEGIN: &str = r#"<g class="pts">"#;

/// A number of pixels with at most one decimal.
fn px(value: f64) -> String {
    super::backend::pixels((value * super::backend::UNITS).round() as i32)
}

/// The tooltip's box: beside the point where it fits, always within the picture.
pub(super) fn tip_box(point: &Point, width: f64, height: f64) -> Rect {
    let widest = point.lines.iter().enumerate().map(|(i, line)| measure::width(line, i == 0)).fold(0.0, f64::max);
    let tip_width = (widest + 24.0).ceil().min(width);
    let tip_height = 16.0 + 17.0 * point.lines.len() as f64;
    let right = point.hit.right().max(point.x + 6.0) + 6.0;
    let left = point.hit.x.min(point.x - 6.0) - 6.0 - tip_width;
    let x = if right + tip_width <= width {
        right
    } else if left >= 0.0 {
        left
    } else {
        (point.x - tip_width / 2.0).clamp(0.0, (width - tip_width).max(0.0))
    };
    let beside = x >= point.x || x + tip_width <= point.x;
    let y = if beside { point.y - tip_height / 2.0 } else { point.y - tip_height - 10.0 };
    let y = if !beside && y < 0.0 { point.y + 12.0 } else { y };
    Rect { x, y: y.clamp(0.0, (height - tip_height).max(0.0)), width: tip_width, height: tip_height }
}

fn push_point(svg: &mut String, point: &Point, width: f64, height: f64) {
    let (hit, tip) = (point.hit, tip_box(point, width, height));
    svg.push_str(r#"<g class="pt">"#);
    svg.push_str(&format!(
        r#"<rect class="hit" x="{}" y="{}" width="{}" height="{}"/>"#,
        px(hit.x),
        px(hit.y),
        px(hit.width),
        px(hit.height)
    ));
    svg.push_str(&format!(
        r#"<rect class="tipbox" x="{}" y="{}" width="{}" height="{}" rx="6"/>"#,
        px(tip.x),
        px(tip.y),
        px(tip.width),
        px(tip.height)
    ));
    let x = px(tip.x + 12.0);
    svg.push_str(&format!(r#"<text class="tiptext" x="{x}" y="{}">"#, px(tip.y + 20.0)));
    for (i, line) in point.lines.iter().enumerate() {
        let line = escaped(&measure::shortened(line, i == 0, tip.width - 24.0));
        match i {
            0 => svg.push_str(&format!(r#"<tspan class="lab">{line}</tspan>"#)),
            _ => svg.push_str(&format!(r#"<tspan x="{x}" dy="{}">{line}</tspan>"#, if i == 1 { 18 } else { 17 })),
        }
    }
    svg.push_str("</text></g>");
}

/// Heights of pictures by their width: what a plot of time needs to be read.
pub(super) fn height_for(width: u32) -> u32 {
    match width {
        0..480 => 250,
        480..800 => 290,
        _ => 330,
    }
}
