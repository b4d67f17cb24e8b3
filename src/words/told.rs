//! A figure of a section, in words: its value, what it means, and how it was worked out.

use super::format::{Format, NOT_DEFINED};

/// A figure of a section, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Unique within the view.
    pub key: &'static str,
    /// Its name in plain words.
    pub name: &'static str,
    /// The term of the trade.
    pub trade: &'static str,
    /// The value as written, or [`NOT_DEFINED`].
    pub value: String,
    /// What stands small behind the value: `months`.
    pub unit: String,
    /// Whether it clearly grew or fell, and by how much: `19%`.
    pub change: Option<(bool, String)>,
    /// From what it changed, or how sure it is.
    pub beside: String,
    /// What it means here, in one line.
    pub line: String,
    /// What it means at all, in a sentence.
    pub meaning: String,
    /// The formula in words.
    pub formula: String,
    /// The formula with the numbers in.
    pub numbers: String,
    /// What goes in, and what was left out: name and value.
    pub inputs: Vec<(String, String)>,
    /// A remark.
    pub note: String,
}

/// Something to do: what, why, and what stands at the right: a phrase, a figure, and a phrase after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToDo {
    /// What.
    pub title: String,
    /// Why.
    pub why: String,
    /// What is known of it.
    pub behind: (String, String, String),
}

/// A rate with one decimal, or [`NOT_DEFINED`].
pub fn rate(value: Option<f64>, f: &dyn Format) -> String {
    value.map_or_else(|| NOT_DEFINED.to_owned(), |value| f.percent(value, 1))
}
