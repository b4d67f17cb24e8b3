//! What tests have shown: one entry for each test of a file and each thing that came of it.

use serde::{Deserialize, Serialize};

use crate::math::Day;
use crate::math::money::Derived;
use crate::math::stats::Share;

/// What a person can set for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// The sides that others are held against, test by test; where nothing is said, it is taken from the names.
    pub controls: Vec<Control>,
}

/// The side of a test that the others are held against.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Control {
    /// The file of the test.
    pub file: String,
    /// The test, as [`Experiment::name`].
    pub test: String,
    /// Its side.
    pub variant: String,
}

/// What tests have shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Experiments {
    /// One entry for each test and each thing that came of it, in the order of files and names.
    pub tests: Vec<Experiment>,
}

/// One thing that came of a test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Experiment {
    /// The test's name in the file; "" where the file holds one test without a name.
    pub name: String,
    /// The file.
    pub file: String,
    /// What was measured.
    pub measure: Measure,
    /// Where it was measured.
    pub source: Source,
    /// First day of a row, where rows have days.
    pub first: Option<Day>,
    /// Last day of a row.
    pub last: Option<Day>,
    /// Rows of the test in what is shown.
    pub rows: u64,
    /// Whether a unit is a customer; if not, each row is one.
    pub by_customer: bool,
    /// Rows without a customer, each of which counts for itself.
    pub anonymous_rows: u64,
    /// Customers who were on more than one side; left out.
    pub on_several_sides: u64,
    /// Units of which nothing is known, or not long enough; left out.
    pub without_outcome: u64,
    /// Units that count.
    pub units: u64,
    /// Units a day from the first day to the last, where rows have days.
    pub units_a_day: Option<f64>,
    /// Whether the sides are as large as each other.
    pub split: Option<Split>,
    /// The sides, the control first, then by name. None where there are fewer than two, or more than [`MOST_SIDES`].
    pub variants: Vec<Variant>,
    /// How many sides there are.
    pub sides: u64,
}

/// A test with more sides than this is most likely none.
pub const MOST_SIDES: usize = 20;

/// What was measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Whether they did it: a rate.
    #[default]
    Rate,
    /// A number: its mean.
    Number,
    /// Money: its mean.
    Money,
}

/// Where it was measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// In the file of the test.
    #[default]
    File,
    /// In the orders: what customers bought in so many days from the day of their row on.
    Orders {
        /// The days.
        days: u32,
    },
    /// Typed in.
    Typed,
}

/// Whether the sides are as large as each other, which a coin would make them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Split {
    /// χ² against equal shares.
    pub chi_square: f64,
    /// How likely a split at least as uneven is by chance.
    pub p: f64,
    /// Whether that is so unlikely (below 0.001) that something is wrong with the test, and its result can't be trusted.
    pub is_off: bool,
}

/// A side of a test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// Its units.
    pub units: u64,
    /// Those who did it, with the interval; of a rate only.
    pub rate: Option<Share>,
    /// The mean; of numbers and money only.
    pub mean: Option<Derived>,
    /// The standard deviation; of numbers and money only.
    pub deviation: Option<f64>,
    /// What sets it apart from the control; nothing of that itself.
    pub against: Option<Against>,
}

/// A side held against the control. Differences are fractions of a rate, else in the unit of the measure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Against {
    /// How much more it is than the control's.
    pub difference: f64,
    /// Lower end of the 95 % interval of the difference.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The difference as a fraction of the control's; nothing where that is 0 or below.
    pub lift: Option<f64>,
    /// How the difference was tested.
    pub method: Method,
    /// How likely a difference at least as large is by chance.
    pub p: f64,
    /// The same with all sides of the test together (Holm).
    pub p_adjusted: f64,
    /// How likely this side is the better one of the two.
    pub chance_better: f64,
    /// What is to be said of it.
    pub verdict: Verdict,
    /// The smallest gain that a test of this size finds in 8 of 10 cases; nothing where it finds none.
    pub detectable: Option<f64>,
    /// Units a side that a test would need to find what was seen here, in 8 of 10 cases.
    pub needed: Option<u64>,
}

/// How a difference was tested.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Two proportions, z with the pooled share.
    #[default]
    Proportions,
    /// Fisher's exact test, where few did or few did not.
    Fisher,
    /// Welch's t.
    Welch,
    /// Resampling, where most values are zero.
    Bootstrap,
}

/// What is to be said of a side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Better than the control, beyond chance.
    Better,
    /// Worse than the control, beyond chance.
    Worse,
    /// No clear difference.
    #[default]
    Unclear,
    /// The sides are not as large as each other: nothing can be said.
    Untrusted,
}
