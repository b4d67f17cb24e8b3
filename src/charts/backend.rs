//! Where plotters draws: an SVG of classes instead of colours.
//!
//! A unit of the drawing is a tenth of a pixel, because plotters counts in whole numbers and a column may be 6.2 pixels
//! wide. A colour is a [`Role`]; width and dash of a line belong to the role's class. There are no `style` attributes,
//! which the page's policy would ignore. Text is measured by [`measure`]: the crate's own measuring
//! needs a document.

use std::convert::Infallible;
use std::fmt::Write as _;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

use super::measure::{self, TEXT_SIZE};
use super::role::{Ink, Role};

/// Drawing units in a pixel.
pub const UNITS: f64 = 10.0;

/// Writes marks to a string of SVG elements.
pub struct Backend<'a> {
    out: &'a mut String,
    size: (u32, u32),
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl<'a> Backend<'a> {
    /// For a picture of so many pixels.
    pub fn new(out: &'a mut String, width: u32, height: u32) -> Backend<'a> {
        Backend { out, size: (width * UNITS as u32, height * UNITS as u32) }
    }

    fn element(&mut self, text: std::fmt::Arguments) {
        // Writing to a String can't fail.
        let _ = self.out.write_fmt(text);
    }
}

/// Drawing units as pixels with at most one decimal.
pub(super) fn pixels(units: i32) -> String {
    let (whole, tenth) = (units.abs() / 10, units.abs() % 10);
    let sign = if units < 0 { "-" } else { "" };
    if tenth == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{tenth}") }
}

/// Text as it may stand in SVG and HTML, as content and within double quotes.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Control characters are not allowed in XML, escaped or not.
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn role(color: BackendColor) -> Role {
    Role::from_rgb(color.rgb)
}

fn path(points: impl IntoIterator<Item = BackendCoord>) -> String {
    let pairs: Vec<String> = points.into_iter().map(|(x, y)| format!("{},{}", pixels(x), pixels(y))).collect();
    pairs.join(" ")
}

impl DrawingBackend for Backend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect((x, y), (x + 1, y + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        let class = role(style.color()).class();
        let (x1, y1, x2, y2) = (pixels(from.0), pixels(from.1), pixels(to.0), pixels(to.1));
        self.element(format_args!(r#"<line class="{class}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#));
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, _fill: bool) -> Drawn {
        let class = role(style.color()).class();
        let (x, y) = (pixels(a.0.min(b.0)), pixels(a.1.min(b.1)));
        let (width, height) = (pixels((a.0 - b.0).abs()), pixels((a.1 - b.1).abs()));
        self.element(format_args!(r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}"/>"#));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, points: I, style: &S) -> Drawn {
        let points: Vec<BackendCoord> = points.into_iter().collect();
        if let [from, to] = points[..] {
            return self.draw_line(from, to, style);
        }
        let class = role(style.color()).class();
        let points = path(points);
        self.element(format_args!(r#"<polyline class="{class}" points="{points}"/>"#));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, _fill: bool) -> Drawn {
        let class = role(style.color()).class();
        let (x, y, r) = (pixels(centre.0), pixels(centre.1), pixels(radius as i32));
        self.element(format_args!(r#"<circle class="{class}" cx="{x}" cy="{y}" r="{r}"/>"#));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, points: I, style: &S) -> Drawn {
        let class = role(style.color()).class();
        let points = path(points);
        self.element(format_args!(r#"<polygon class="{class}" points="{points}"/>"#));
        Ok(())
    }

    /// The position is on the baseline, whatever the vertical anchor, but `Center` puts the middle of figures there.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        let class = role(style.color()).class();
        let class = if class.is_empty() { String::new() } else { format!(r#" class="{class}""#) };
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => r#" text-anchor="middle""#,
            HPos::Right => r#" text-anchor="end""#,
        };
        let y = if matches!(style.anchor().v_pos, VPos::Center) { y + 40 } else { y };
        let (x, y, text) = (pixels(x), pixels(y), escaped(text));
        self.element(format_args!(r#"<text{class} x="{x}" y="{y}"{anchor}>{text}</text>"#));
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let strong = matches!(role(style.color()), Role::Text(ink, _) if Ink::is_strong(ink));
        let width = (measure::width(text, strong) * UNITS).ceil();
        Ok((width as u32, (TEXT_SIZE * UNITS) as u32))
    }
}

#[cfg(test)]
mod tests {
    use plotters::prelude::*;
    use plotters::style::text_anchor::Pos;

    use super::super::role::{Dash, Tint};
    use super::*;

    #[test]
    fn roles_become_classes_and_units_become_pixels() {
        let mut out = String::new();
        {
            let root = Backend::new(&mut out, 100, 50).into_drawing_area();
            root.draw(&Rectangle::new([(10, 20), (72, 405)], Role::Fill(Tint::Series(1)).color().filled())).unwrap();
            let line = Role::Line(Tint::Rest, Dash::Long).color();
            root.draw(&PathElement::new(vec![(0, 0), (15, 5), (20, 0)], ShapeStyle::from(&line))).unwrap();
            root.draw(&Circle::new((100, 100), 45, Role::Dot(Tint::Series(2)).color().filled())).unwrap();
            let color = Role::Text(Ink::Label, true).color();
            let style = TextStyle::from((FontFamily::SansSerif, TEXT_SIZE)).color(&color);
            assert_eq!(root.estimate_text_size("Dec", &style).unwrap(), (231, 125));
            root.draw(&Text::new("A & B <\"x\">", (50, 60), style.pos(Pos::new(HPos::Center, VPos::Bottom)))).unwrap();
        }
        assert_eq!(
            out,
            concat!(
                r#"<rect class="f1" x="1" y="2" width="6.2" height="38.5"/>"#,
                r#"<polyline class="line l0 dash" points="0,0 1.5,0.5 2,0"/>"#,
                r#"<circle class="dot f2" cx="10" cy="10" r="4.5"/>"#,
                r#"<text class="lab halo" x="5" y="6" text-anchor="middle">A &amp; B &lt;&quot;x&quot;&gt;</text>"#,
            )
        );
    }
}
