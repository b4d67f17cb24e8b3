//! A chart that stands alone: the classes of the page's stylesheet written out as attributes, for a file to save.

use super::backend::escaped;
use super::figure::{Figure, POINTS_BEGIN};
use super::measure;

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Ink on paper.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

/// The tokens that charts use, light and dark. `style/tokens.css` is the law; a test holds this table against it.
const TOKENS: [(&str, &str, &str); 18] = [
    ("paper", "#f7f3ea", "#10171b"),
    ("well", "#eee8da", "#0b1114"),
    ("ink", "#1e2521", "#ece7da"),
    ("ink-2", "#474f48", "#bcc1b9"),
    ("ink-3", "#616860", "#959e99"),
    ("line-strong", "#857e6c", "#758489"),
    ("negative", "#9b2c3c", "#f0949a"),
    ("series-1", "#1f6429", "#86c07f"),
    ("series-2", "#2263a6", "#398acd"),
    ("series-3", "#ae663a", "#cc734e"),
    ("series-4", "#ae860c", "#e5c86e"),
    ("series-5", "#661c2d", "#b65773"),
    ("series-6", "#568390", "#c8e6ec"),
    ("series-rest", "#878d7d", "#76827f"),
    ("grid", "#e6dfcf", "#263237"),
    ("axis", "#857e6c", "#758489"),
    ("band", "#1f642926", "#86c07f30"),
    ("band-2", "#1f642947", "#86c07f50"),
];

const TEXT_FACE: &str = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif";
const TITLE_FACE: &str =
    "'Brygada 1918', 'Iowan Old Style', 'Palatino Linotype', Palatino, 'Noto Serif', Georgia, serif";

fn token(name: &str, theme: Theme) -> &'static str {
    let found = TOKENS.iter().find(|(token, _, _)| *token == name);
    found.map_or("#000000", |(_, light, dark)| if theme == Theme::Light { light } else { dark })
}

/// Paint that may be translucent: eight digits are a colour and an opacity, which old viewers read better apart.
fn paint(property: &str, name: &str, theme: Theme) -> String {
    let color = token(name, theme);
    match (color.get(..7), color.get(7..9).and_then(|alpha| u8::from_str_radix(alpha, 16).ok())) {
        (Some(opaque), Some(alpha)) => {
            format!(r#" {property}="{opaque}" {property}-opacity="{}""#, (f64::from(alpha) / 2.55).round() / 100.0)
        }
        _ => format!(r#" {property}="{color}""#),
    }
}

fn tint(suffix: &str) -> Option<&'static str> {
    Some(match suffix {
        "0" => "series-rest",
        "1" => "series-1",
        "2" => "series-2",
        "3" => "series-3",
        "4" => "series-4",
        "5" => "series-5",
        "6" => "series-6",
        "neg" => "negative",
        _ => return None,
    })
}

/// Attributes that do what the stylesheet does for a list of classes.
fn attributes(classes: &str, theme: Theme) -> String {
    let mut out = String::new();
    for class in classes.split(' ') {
        let stroke = |name: &str, rest: &str| format!("{}{rest}", paint("stroke", name, theme));
        out.push_str(&match class {
            "fw" => paint("fill", "well", theme),
            "unfinished" => r#" fill-opacity="0.5""#.to_string(),
            "ribbon" => r#" fill-opacity="0.35""#.to_string(),
            "line" => r#" fill="none" stroke-width="2.25" stroke-linejoin="round" stroke-linecap="round""#.to_string(),
            "stem" => r#" stroke-width="2""#.to_string(),
            "dash" => r#" stroke-dasharray="5 4""#.to_string(),
            "dots" => r#" stroke-dasharray="0.1 5""#.to_string(),
            "dashdot" => r#" stroke-dasharray="8 4 0.1 4""#.to_string(),
            "dot" => stroke("paper", r#" stroke-width="2""#),
            "band" => paint("fill", "band", theme),
            "band2" => paint("fill", "band-2", theme),
            "whisker" => r#" stroke-width="3" stroke-linecap="round" stroke-opacity="0.55""#.to_string(),
            "grid" => stroke("grid", ""),
            "axis" => stroke("axis", ""),
            "ref" => stroke("ink-3", r#" stroke-dasharray="2 3""#),
            "lead-line" => stroke("line-strong", r#" fill="none""#),
            "lab" => format!(r#"{} font-weight="600""#, paint("fill", "ink", theme)),
            "lab-2" => paint("fill", "ink-2", theme),
            "halo" => stroke("paper", r#" stroke-width="4" stroke-linejoin="round" paint-order="stroke""#),
            // Straw and rain are too pale for letters, and the rest is not a colour of its own.
            "t0" | "t4" | "t6" => format!(r#"{} font-weight="600""#, paint("fill", "ink-2", theme)),
            other => match (other.get(..1), other.get(1..).and_then(tint)) {
                (Some("f"), Some(name)) => paint("fill", name, theme),
                (Some("l"), Some(name)) => stroke(name, ""),
                (Some("t"), Some(name)) => format!(r#"{} font-weight="600""#, paint("fill", name, theme)),
                _ => String::new(),
            },
        });
    }
    out
}

/// The marks of an SVG of ours with their classes written out, without tooltips.
fn inlined(svg: &str, theme: Theme) -> String {
    let begin = svg.find('>').map_or(0, |at| at + 1);
    let end = svg.find(POINTS_BEGIN).unwrap_or(svg.strip_suffix("</svg>").map_or(svg.len(), str::len));
    let mut rest = svg.get(begin..end).unwrap_or_default();
    let mut out = String::with_capacity(rest.len() * 2);
    while let Some((before, after)) = rest.split_once(r#" class=""#) {
        let (classes, after) = after.split_once('"').unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(&attributes(classes, theme));
        rest = after;
    }
    out + rest
}

/// An SVG of ours as a file of its own: colours inlined, a face, a ground, and no tooltips.
pub fn standalone(svg: &str, theme: Theme) -> String {
    let head = svg.get(..svg.find('>').unwrap_or(0)).unwrap_or_default();
    let ground = paint("fill", "paper", theme);
    let text = text_attributes(theme);
    format!(r#"{head}{text}><rect width="100%" height="100%"{ground}/>{}</svg>"#, inlined(svg, theme))
}

fn text_attributes(theme: Theme) -> String {
    let ink = paint("fill", "ink-3", theme);
    format!(r#" font-family="{TEXT_FACE}" font-size="{}"{ink}"#, measure::TEXT_SIZE)
}

/// Breaks a text into lines of at most so many pixels; a word that is too long has a line of its own.
fn wrapped(text: &str, room: f64, width: impl Fn(&str) -> f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}")) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

impl Figure {
    /// The figure as a file of its own: title and subtitle above the picture, a margin around.
    pub fn standalone(&self, theme: Theme) -> String {
        const MARGIN: f64 = 24.0;
        let room = f64::from(self.width);
        let title = wrapped(&self.title, room, |text| measure::width(text, false) * 20.0 / measure::TEXT_SIZE);
        let sub = wrapped(&self.sub, room, |text| measure::width(text, false) * 14.0 / measure::TEXT_SIZE);
        let mut texts = String::new();
        let mut y = MARGIN;
        for line in &title {
            y += 26.0;
            let (fill, line) = (paint("fill", "ink", theme), escaped(line));
            texts.push_str(&format!(
                r#"<text x="{MARGIN}" y="{y}" font-family="{TITLE_FACE}" font-size="20" font-weight="500"{fill}>{line}</text>"#
            ));
        }
        for line in &sub {
            y += 20.0;
            let (fill, line) = (paint("fill", "ink-2", theme), escaped(line));
            texts.push_str(&format!(r#"<text x="{MARGIN}" y="{y}" font-size="14"{fill}>{line}</text>"#));
        }
        // The legend is HTML on the page; a file needs it, too.
        let mut x = MARGIN;
        if !self.legend.is_empty() {
            y += 28.0;
        }
        for key in &self.legend {
            let label = escaped(&key.label);
            let swatch = attributes(&key.class(), theme);
            texts.push_str(&format!(r#"<rect x="{x}" y="{}" width="12" height="12"{swatch}/>"#, y - 10.0));
            texts.push_str(&format!(r#"<text x="{}" y="{y}">{label}</text>"#, x + 18.0));
            x += 18.0 + measure::width(&key.label, false).ceil() + 20.0;
        }
        let top = y + 16.0;
        let (width, height) = (room + 2.0 * MARGIN, top + f64::from(self.height) + MARGIN);
        format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" "#,
                r#"aria-label="{label}"{text}><title>{title}</title><rect width="{w}" height="{h}"{ground}/>{texts}"#,
                r#"<g transform="translate({margin} {top})">{marks}</g></svg>"#
            ),
            w = width,
            h = height,
            label = escaped(&self.sentence),
            title = escaped(&self.title),
            text = text_attributes(theme),
            ground = paint("fill", "paper", theme),
            texts = texts,
            margin = MARGIN,
            top = top,
            marks = inlined(&self.svg, theme),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colours_are_those_of_the_tokens() {
        let css = include_str!("../../style/tokens.css");
        for (name, light, dark) in TOKENS {
            let rule = format!("--{name}: light-dark({light}, {dark});");
            assert!(css.contains(&rule), "{rule}");
        }
    }

    #[test]
    fn a_file_of_its_own_has_neither_classes_nor_tooltips() {
        let svg = concat!(
            r#"<svg viewBox="0 0 10 10" role="img" aria-label="x"><rect class="f1 unfinished" x="1"/>"#,
            r#"<polygon class="band" points="0,0"/><text class="t2 halo" x="1">a</text><g class="pts"><g class="pt"/></g></svg>"#
        );
        let alone = standalone(svg, Theme::Dark);
        assert!(!alone.contains("class=") && !alone.contains("pts") && !alone.contains("style="), "{alone}");
        assert!(alone.contains(r##"<rect fill="#86c07f" fill-opacity="0.5" x="1"/>"##), "{alone}");
        assert!(alone.contains(r##"fill="#86c07f" fill-opacity="0.19" points"##), "{alone}");
        assert!(alone.ends_with(">a</text></svg>"));
    }
}
