//! As much of XML as the parts of a workbook need: tags with attributes, and text between them, in order.
//!
//! Workbooks are written by programs. What is not well-formed ends the reading where it stands; nothing is expanded but
//! the five entities of XML itself and characters by number.

/// A piece of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// `<name ...>` or `<name .../>`.
    Start {
        /// The name without its prefix.
        name: &'a str,
        /// What stands between name and end.
        attributes: &'a str,
        /// Whether it is its own end.
        closed: bool,
    },
    /// `</name>`.
    End(&'a str),
    /// Text as written: entities are not resolved.
    Text(&'a str),
}

/// The pieces of a document.
pub struct Pieces<'a> {
    rest: &'a str,
}

/// The pieces of this document.
pub fn pieces(document: &str) -> Pieces<'_> {
    Pieces { rest: document }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let Some(inside) = self.rest.strip_prefix('<') else {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                return (!text.is_empty()).then_some(Piece::Text(text));
            };
            // Comments, declarations and instructions are passed over; a block of characters is text.
            if let Some(text) = inside.strip_prefix("![CDATA[") {
                let (text, rest) = text.split_once("]]>")?;
                self.rest = rest;
                return Some(Piece::Text(text));
            }
            if inside.starts_with("!--") {
                self.rest = inside.split_once("-->")?.1;
                continue;
            }
            let (tag, rest) = inside.split_once('>')?;
            self.rest = rest;
            if tag.starts_with(['?', '!']) {
                continue;
            }
            if let Some(name) = tag.strip_prefix('/') {
                return Some(Piece::End(local(name.trim_end())));
            }
            let (tag, closed) = match tag.strip_suffix('/') {
                Some(tag) => (tag, true),
                None => (tag, false),
            };
            let (name, attributes) = tag.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((tag, ""));
            return Some(Piece::Start { name: local(name), attributes, closed });
        }
    }
}

/// The value of an attribute, as written.
pub fn attribute<'a>(attributes: &'a str, wanted: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let (value, next) = after[1..].split_once(quote)?;
        if local(name.trim()) == wanted {
            return Some(value);
        }
        rest = next;
    }
}

/// A text with its entities resolved; an entity that is not known stays as written.
pub fn resolved(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((before, entity)) = rest.split_once('&') {
        out.push_str(before);
        let known = entity.split_once(';').and_then(|(name, after)| Some((character(name)?, after)));
        rest = match known {
            Some((letter, after)) => {
                out.push(letter);
                after
            }
            None => {
                out.push('&');
                entity
            }
        };
    }
    out.push_str(rest);
}

fn character(entity: &str) -> Option<char> {
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_texts_and_attributes_in_order() {
        let document = "<?xml version=\"1.0\"?><!-- a > b --><x:a r='1' y:z = \"2 &amp; 3\"><b/>t<![CDATA[<c>]]></x:a>";
        let all: Vec<Piece> = pieces(document).collect();
        let Piece::Start { name: "a", attributes, closed: false } = all[0] else { panic!("{all:?}") };
        assert_eq!(attribute(attributes, "r"), Some("1"));
        assert_eq!(attribute(attributes, "z"), Some("2 &amp; 3"));
        assert_eq!(attribute(attributes, "none"), None);
        assert_eq!(all[1], Piece::Start { name: "b", attributes: "", closed: true });
        assert_eq!(&all[2..], [Piece::Text("t"), Piece::Text("<c>"), Piece::End("a")]);
    }

    #[test]
    fn entities_are_resolved_and_unknown_ones_left() {
        let mut out = String::new();
        resolved("a &lt;b&gt; &#65;&#x20AC; &nbsp; &", &mut out);
        assert_eq!(out, "a <b> A€ &nbsp; &");
    }

    #[test]
    fn what_is_cut_off_ends_the_reading() {
        for document in ["<a", "<![CDATA[x", "<!-- x", "<a b=", "</"] {
            assert!(pieces(document).count() <= 1, "{document}");
        }
        assert_eq!(attribute("a=", "a"), None);
        assert_eq!(attribute("a='x", "a"), None);
    }
}
