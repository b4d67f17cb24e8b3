//! A figure of a view that is asked for by itself, with all that its panel says.

/// A figure, and how it explains itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Unique within the view.
    pub id: &'static str,
    /// Its name in plain words.
    pub name: &'static str,
    /// The value as written.
    pub value: String,
    /// One line of meaning below it.
    pub mean: String,
    /// What it means, in a sentence.
    pub meaning: &'static str,
    /// What the trade calls it.
    pub trade: &'static str,
    /// The formula in words.
    pub formula: &'static str,
    /// The formula with the numbers in.
    pub numbers: String,
    /// What goes in, and what was left out: name and value.
    pub inputs: Vec<(String, String)>,
    /// A remark.
    pub note: String,
}
