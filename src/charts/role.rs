//! What a mark means. The meaning travels through plotters as a colour and comes out as CSS classes, so that light, dark
//! and print are a matter of the stylesheet alone.

use plotters::style::RGBColor;

/// A colour of the chart palette, by number: `--series-1` to `--series-6`, and the two beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tint {
    /// The past, the whole, everything else: `--series-rest`.
    Rest,
    /// One of the six series, 1 to 6.
    Series(u8),
    /// What was taken back: `--negative`.
    Negative,
}

impl Tint {
    /// The tint of the n-th series, from 0; from the seventh on all are the rest.
    pub fn nth(n: usize) -> Tint {
        if n < 6 { Tint::Series(n as u8 + 1) } else { Tint::Rest }
    }

    /// The ending of the tint's classes: `1`, `0`, `neg`.
    pub fn suffix(self) -> &'static str {
        match self {
            Tint::Rest => "0",
            Tint::Series(n) => ["1", "2", "3", "4", "5", "6"][usize::from(n.clamp(1, 6)) - 1],
            Tint::Negative => "neg",
        }
    }

    fn code(self) -> u8 {
        match self {
            Tint::Rest => 0,
            Tint::Series(n) => n.clamp(1, 6),
            Tint::Negative => 7,
        }
    }

    fn from_code(code: u8) -> Tint {
        match code & 7 {
            0 => Tint::Rest,
            7 => Tint::Negative,
            n => Tint::Series(n),
        }
    }
}

/// How a line is broken, so that lines differ without their colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dash {
    /// Not at all.
    #[default]
    Solid,
    /// Dashes.
    Long,
    /// Dots.
    Dots,
    /// Dash and dot.
    Mixed,
    /// No line at all: a dot at each value.
    Points,
    /// A thick line: what came, which the others are held against.
    Thick,
    /// A thin line, beside which others are the subject.
    Thin,
    /// The same in dots.
    ThinDots,
}

impl Dash {
    /// The dash of the n-th of several lines: from three lines on they differ.
    pub fn nth(n: usize, lines: usize) -> Dash {
        if lines < 3 { Dash::Solid } else { [Dash::Solid, Dash::Long, Dash::Dots, Dash::Mixed][n % 4] }
    }

    fn class(self) -> &'static str {
        match self {
            Dash::Solid | Dash::Points => "",
            Dash::Long => " dash",
            Dash::Dots => " dots",
            Dash::Mixed => " dashdot",
            Dash::Thick => " thick",
            Dash::Thin => " thin",
            Dash::ThinDots => " thin dots",
        }
    }
}

/// All of them, in the order of their numbers.
const DASHES: [Dash; 8] =
    [Dash::Solid, Dash::Long, Dash::Dots, Dash::Mixed, Dash::Points, Dash::Thick, Dash::Thin, Dash::ThinDots];

/// Ink of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Ticks and notes.
    Quiet,
    /// Labels that name: strong.
    Label,
    /// Labels beside a stronger one.
    Second,
    /// The label of a series, in its colour: strong.
    Of(Tint),
}

impl Ink {
    /// Whether the text is set at weight 600, and so is wider.
    pub fn is_strong(self) -> bool {
        matches!(self, Ink::Label | Ink::Of(_))
    }
}

/// What a mark means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// An area of a series: a column, a bar.
    Fill(Tint),
    /// The same of a period that is not over.
    Unfinished(Tint),
    /// A ribbon of a series from one stage to the next.
    Ribbon(Tint),
    /// The empty part of a share bar.
    Well,
    /// The line of a series.
    Line(Tint, Dash),
    /// The stem of a purchase.
    Stem(Tint),
    /// A dot on a line.
    Dot(Tint),
    /// An interval.
    Band,
    /// A narrower one within it.
    InnerBand,
    /// The interval of an estimate, as a thick line.
    Whisker(Tint),
    /// A light horizontal.
    Grid,
    /// A zero line or tick.
    Axis,
    /// A line to compare with.
    Reference,
    /// A bracket that leads to a label.
    Lead,
    /// Text; with a halo where it may stand on marks.
    Text(Ink, bool),
}

impl Role {
    /// The classes of the mark.
    pub fn class(self) -> String {
        match self {
            Role::Fill(tint) => format!("f{}", tint.suffix()),
            Role::Unfinished(tint) => format!("f{} unfinished", tint.suffix()),
            Role::Ribbon(tint) => format!("f{} ribbon", tint.suffix()),
            Role::Well => "fw".to_string(),
            Role::Line(tint, dash) => format!("line l{}{}", tint.suffix(), dash.class()),
            Role::Stem(tint) => format!("stem l{}", tint.suffix()),
            Role::Dot(tint) => format!("dot f{}", tint.suffix()),
            Role::Band => "band".to_string(),
            Role::InnerBand => "band2".to_string(),
            Role::Whisker(tint) => format!("whisker l{}", tint.suffix()),
            Role::Grid => "grid".to_string(),
            Role::Axis => "axis".to_string(),
            Role::Reference => "ref".to_string(),
            Role::Lead => "lead-line".to_string(),
            Role::Text(ink, halo) => {
                let ink = match ink {
                    Ink::Quiet => String::new(),
                    Ink::Label => "lab".to_string(),
                    Ink::Second => "lab-2".to_string(),
                    Ink::Of(tint) => format!("t{}", tint.suffix()),
                };
                match (ink.is_empty(), halo) {
                    (_, false) => ink,
                    (true, true) => "halo".to_string(),
                    (false, true) => format!("{ink} halo"),
                }
            }
        }
    }

    /// The role as a colour that plotters can carry: kind, detail, flag.
    pub fn color(self) -> RGBColor {
        let (kind, detail, flag) = match self {
            Role::Fill(tint) => (0, tint.code(), 0),
            Role::Unfinished(tint) => (1, tint.code(), 0),
            Role::Ribbon(tint) => (15, tint.code(), 0),
            Role::Well => (2, 0, 0),
            Role::Line(tint, dash) => (3, tint.code(), dash as u8),
            Role::Stem(tint) => (4, tint.code(), 0),
            Role::Dot(tint) => (5, tint.code(), 0),
            Role::Band => (6, 0, 0),
            Role::Grid => (7, 0, 0),
            Role::Axis => (8, 0, 0),
            Role::Reference => (9, 0, 0),
            Role::Lead => (10, 0, 0),
            Role::InnerBand => (16, 0, 0),
            Role::Whisker(tint) => (17, tint.code(), 0),
            Role::Text(ink, halo) => {
                let (kind, detail) = match ink {
                    Ink::Quiet => (11, 0),
                    Ink::Label => (12, 0),
                    Ink::Second => (13, 0),
                    Ink::Of(tint) => (14, tint.code()),
                };
                (kind, detail, u8::from(halo))
            }
        };
        RGBColor(kind, detail, flag)
    }

    /// The role behind a colour that [`Role::color`] gave; plain text for any other.
    pub fn from_rgb((kind, detail, flag): (u8, u8, u8)) -> Role {
        let tint = Tint::from_code(detail);
        match kind {
            0 => Role::Fill(tint),
            1 => Role::Unfinished(tint),
            2 => Role::Well,
            3 => Role::Line(tint, DASHES[usize::from(flag).min(DASHES.len() - 1)]),
            4 => Role::Stem(tint),
            5 => Role::Dot(tint),
            6 => Role::Band,
            7 => Role::Grid,
            8 => Role::Axis,
            9 => Role::Reference,
            10 => Role::Lead,
            12 => Role::Text(Ink::Label, flag != 0),
            13 => Role::Text(Ink::Second, flag != 0),
            14 => Role::Text(Ink::Of(tint), flag != 0),
            15 => Role::Ribbon(tint),
            16 => Role::InnerBand,
            17 => Role::Whisker(tint),
            _ => Role::Text(Ink::Quiet, flag != 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_survives_the_way_through_a_colour() {
        let tints = [Tint::Rest, Tint::Negative].into_iter().chain((1..=6).map(Tint::Series));
        let mut roles = vec![
            Role::Well,
            Role::Band,
            Role::InnerBand,
            Role::Grid,
            Role::Axis,
            Role::Reference,
            Role::Lead,
            Role::Text(Ink::Quiet, true),
        ];
        for tint in tints {
            roles.extend([
                Role::Fill(tint),
                Role::Unfinished(tint),
                Role::Ribbon(tint),
                Role::Stem(tint),
                Role::Dot(tint),
                Role::Whisker(tint),
            ]);
            roles.extend(DASHES.map(|dash| Role::Line(tint, dash)));
            roles.extend([Ink::Label, Ink::Second, Ink::Of(tint)].map(|ink| Role::Text(ink, false)));
        }
        for role in roles {
            let RGBColor(r, g, b) = role.color();
            assert_eq!(Role::from_rgb((r, g, b)), role);
        }
    }
}
