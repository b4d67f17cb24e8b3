//! Horizontal bars: shares, each with its number at its end.

use super::canvas::{Anchor, Canvas, Rect};
use super::figure::{Chart, Point};
use super::measure::{shortened, width as text_width};
use super::role::{Ink, Role, Tint};

/// One bar.
pub struct Bar {
    /// What it is of.
    pub name: String,
    /// How far it reaches, 0 to 1 of the whole.
    pub share: f64,
    /// A second, thin bar below for comparison, 0 to 1.
    pub beside: Option<f64>,
    /// The number at its end.
    pub end: String,
    /// Quieter words after the number.
    pub after: Option<String>,
    /// The tooltip.
    pub lines: Vec<String>,
}

/// How long a bar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All the way is the whole: a well behind each bar shows it.
    Whole,
    /// All the way is the largest share, for many small ones; without wells.
    Largest,
}

/// Draws the bars for a width in pixels.
pub fn bars(bars: &[Bar], reach: Reach, width: u32) -> Chart {
    const ROW: f64 = 36.0;
    const THICK: f64 = 20.0;
    let mut marks = String::new();
    let height = (ROW * bars.len().max(1) as f64 + 12.0) as u32;
    let mut chart = Chart { width, height, ..Chart::default() };
    let canvas = Canvas::new(&mut marks, width, height);
    let wanted = bars.iter().map(|bar| text_width(&bar.name, false)).fold(0.0, f64::max);
    // On a phone, names get more of what there is: cut short, they say nothing.
    let names = wanted.min(if width < 480 { canvas.width * 0.47 } else { canvas.width * 0.34 });
    let left = names + 20.0;
    let label_width = |bar: &Bar| {
        text_width(&bar.end, true) + bar.after.as_deref().map_or(0.0, |after| text_width(after, false) + 6.0)
    };
    let ends = bars.iter().map(label_width).fold(0.0, f64::max) + 12.0;
    let room = (canvas.width - left).max(40.0);
    let longest = |bar: &Bar| bar.share.max(bar.beside.unwrap_or(0.0));
    let whole = match reach {
        Reach::Whole => 1.0,
        Reach::Largest => bars.iter().map(longest).fold(1e-9, f64::max),
    };
    let part = |share: f64| (share / whole).clamp(0.0, 1.0);
    // The well gives way so far that every number has its place right of its own bar.
    let fit = |bar: &Bar| (room - label_width(bar) - 10.0) / part(longest(bar)).max(0.05);
    let well = bars.iter().map(fit).fold(room - (ends - 12.0).min(46.0), f64::min).max(room * 0.3);
    let plane = canvas.plane(0.0..1.0, 0.0..1.0, Rect::between(left, 0.0, left + well, canvas.height));
    for (i, bar) in bars.iter().enumerate() {
        let y = 10.0 + ROW * i as f64;
        let name = shortened(&bar.name, false, names);
        canvas.text(&name, 0.0, y + 15.0, Anchor::Start, Ink::Second, false);
        let strip = |share: f64, top: f64, bottom: f64| {
            Rect::between(left, y + top, super::canvas::pixel(&plane, part(share), 0.0).0, y + bottom)
        };
        if reach == Reach::Whole {
            canvas.rect(strip(whole, 0.0, THICK), Role::Well);
        }
        let main = if bar.beside.is_some() { THICK - 6.0 } else { THICK };
        if bar.share > 0.0 {
            canvas.rect(strip(bar.share, 0.0, main), Role::Fill(Tint::Series(1)));
        }
        if let Some(beside) = bar.beside.filter(|&beside| beside > 0.0) {
            canvas.rect(strip(beside, main + 1.0, THICK), Role::Fill(Tint::Rest));
        }
        let end = strip(longest(bar), 0.0, THICK).right() + 8.0;
        canvas.text(&bar.end, end, y + 15.0, Anchor::Start, Ink::Label, false);
        if let Some(after) = &bar.after {
            canvas.text(after, end + text_width(&bar.end, true) + 6.0, y + 15.0, Anchor::Start, Ink::Second, false);
        }
        let hit = Rect { x: 0.0, y: y - 8.0, width: canvas.width, height: ROW };
        chart.points.push(Point { x: left + well / 2.0, y: y + THICK / 2.0, hit, lines: bar.lines.clone() });
    }
    drop(plane);
    drop(canvas);
    chart.marks = marks;
    chart
}
