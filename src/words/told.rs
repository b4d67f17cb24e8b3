//! A figure of a section in words: what stands below its name, and what the panel behind the name explains.

/// A figure in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Unique within the view.
    pub id: &'static str,
    /// Its name in plain words.
    pub name: &'static str,
    /// The value as written.
    pub value: String,
    /// What stands small behind the value.
    pub unit: String,
    /// The line below it.
    pub below: String,
    /// What it means, in a sentence.
    pub meaning: String,
    /// What the trade calls it.
    pub trade: &'static str,
    /// The formula in words.
    pub formula: String,
    /// The formula with the numbers in.
    pub numbers: String,
    /// What goes in, and what was left out: name and value.
    pub inputs: Vec<(String, String)>,
    /// A remark.
    pub note: String,
}
