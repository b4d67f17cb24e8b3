//! Values as indented JSON (RFC 8259), byte for byte as serde_json writes it with two spaces to a level, but for floats: they
//! are the shortest decimals that read back to the same float, as Rust itself writes them.

use std::fmt::Write;

use super::writer::Sink;
use super::wrong;

/// What has been written so far.
#[derive(Default)]
pub struct Json {
    /// The text.
    pub text: String,
    depth: usize,
    /// Whether the list or object that was opened last has nothing in it yet.
    empty: bool,
    /// Whether what comes next is a key, which is always a text.
    is_key: bool,
}

impl Json {
    fn open(&mut self, bracket: char) {
        self.text.push(bracket);
        self.depth += 1;
        self.empty = true;
    }

    fn close(&mut self, bracket: char) {
        self.depth -= 1;
        if !self.empty {
            self.line();
        }
        self.text.push(bracket);
        self.empty = false;
    }

    /// Begins the next value of a list or object on a line of its own.
    fn next(&mut self) {
        if !self.empty {
            self.text.push(',');
        }
        self.empty = false;
        self.line();
    }

    fn line(&mut self) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n("  ", self.depth));
    }

    /// What is no text; as a key, in quotes.
    fn bare(&mut self, value: impl std::fmt::Display) {
        let quote = if std::mem::take(&mut self.is_key) { "\"" } else { "" };
        // Writing to memory does not fail.
        let _ = write!(self.text, "{quote}{value}{quote}");
    }
}

impl Sink for Json {
    fn number(&mut self, number: i128) {
        // All that comes is an `i64` or a `u64`; the printing of 128 bits is a lot of code.
        match i64::try_from(number) {
            Ok(number) => self.bare(number),
            Err(_) => self.bare(number as u64),
        }
    }

    fn flag(&mut self, flag: bool) {
        self.bare(flag);
    }

    fn float(&mut self, float: f64) {
        match float.is_finite() {
            true => self.bare(format_args!("{float:?}")),
            false => self.bare("null"),
        }
    }

    fn text(&mut self, text: &str) {
        self.is_key = false;
        self.text.push('"');
        for letter in text.chars() {
            match letter {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                '\t' => self.text.push_str("\\t"),
                '\u{8}' => self.text.push_str("\\b"),
                '\u{c}' => self.text.push_str("\\f"),
                '\0'..' ' => {
                    let _ = write!(self.text, "\\u{:04x}", u32::from(letter));
                }
                letter => self.text.push(letter),
            }
        }
        self.text.push('"');
    }

    fn raw(&mut self, _: &[u8]) {
        wrong("bytes in a text");
    }

    fn option(&mut self, some: bool) {
        if !some {
            self.bare("null");
        }
    }

    fn plain(&mut self, _: u32, name: &'static str) {
        self.text(name);
    }

    fn enter(&mut self, _: u32, name: &'static str) {
        self.fields();
        self.field(name);
    }

    fn leave(&mut self) {
        self.end_map();
    }

    fn list(&mut self, _: Option<usize>) {
        self.open('[');
    }

    fn item(&mut self) {
        self.next();
    }

    fn end_list(&mut self) {
        self.close(']');
    }

    fn map(&mut self, _: usize) {
        self.fields();
    }

    fn fields(&mut self) {
        self.open('{');
    }

    fn key(&mut self) {
        self.next();
        self.is_key = true;
    }

    fn field(&mut self, name: &'static str) {
        self.next();
        self.text(name);
        self.value();
    }

    fn value(&mut self) {
        self.text.push_str(": ");
    }

    fn end_map(&mut self) {
        self.close('}');
    }

    fn is_for_people(&self) -> bool {
        true
    }
}
