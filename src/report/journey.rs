//! How customers come along: the section's shape.

use serde::{Deserialize, Serialize};

use crate::math::stats::Share;

/// What a person can set for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// The stages as in [`Journey::stages`], at most eight; the first four purchases where none is set.
    pub stages: Vec<String>,
}

/// The stages that customers pass, and where they stop (definitions.md, section 7).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Journey {
    /// What stages can be made of, in the order in which people first come to them; purchases are one of them.
    pub choices: Vec<Choice>,
    /// The stages that the events give: at most eight of the choices, those that most people came to, complaints left out;
    /// none without a table of events.
    pub suggested: Vec<String>,
    /// Of each stage: `purchase`, or `event:` and the kind as it stands in the file.
    pub stages: Vec<String>,
    /// Whether people are among them who have not ordered: where a stage is one of events, and no filter is set.
    pub all_people: bool,
    /// All of them together.
    pub whole: Way,
    /// By columns of the orders, by the value of each customer's first purchase; none where the first stage is an event, as
    /// nothing is known then of those who have not bought.
    pub groups: Vec<Grouping>,
}

/// Something that a stage can be made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// `purchase`, or `event:` and the kind.
    pub key: String,
    /// People who came to it in the period.
    pub people: u64,
    /// Of those, the median of the days from the first thing that is known of them.
    pub median_days: Option<f64>,
}

/// The way of some people through the stages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Way {
    /// People at each stage: those who came to the first one within the period, and of them those who came to the next ones,
    /// each on the day of the one before it or later, up to the end of the period.
    pub reached: Vec<Reached>,
    /// From each stage to the next one.
    pub steps: Vec<Step>,
    /// The same people where each step counts only if it took no longer than a year.
    pub flow: Vec<Flow>,
}

/// People at a stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reached {
    /// Who came to it.
    pub people: u64,
    /// Of them, those who have not come to the next stage, and had a year and more for it.
    pub stopped: u64,
    /// Of them, those who have not come to the next stage and have had less than a year; the rest has gone on. At the last
    /// stage both are zero.
    pub waiting: u64,
}

/// From a stage to the next one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Who went on so far, of all who came to the stage: those too who have had little time.
    pub so_far: Share,
    /// Who goes on within some time, estimated from those too who have not had that time yet (Kaplan and Meier 1958).
    pub within: Vec<Within>,
    /// Median days to the next stage of those who went on so far.
    pub median_days: Option<f64>,
    /// Days within which half of all go on, by the same estimate; nothing where half have not gone on.
    pub half_days: Option<u32>,
}

/// The share that goes on within some time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Within {
    /// Days.
    pub days: u32,
    /// The share; nothing where nobody was watched so long.
    pub share: Option<f64>,
    /// Lower end of its 95 % interval; nothing where nobody has gone on by then, or all have.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// People watched so long without going on before: those that the last days of the estimate rest on.
    pub watched: u64,
}

/// What becomes within a year of the people at a stage: the three add up to those who came to it within a year of the stage
/// before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Flow {
    /// To the next stage within a year.
    pub on: u64,
    /// Not within a year.
    pub stopped: u64,
    /// Not yet, and the year is not over.
    pub waiting: u64,
}

/// The same by the values of a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grouping {
    /// The column.
    pub dimension: String,
    /// What it means, where known: `channel`, `country`, ...
    pub role: Option<String>,
    /// Its values by the people at the first stage, most first, at most six, then all others together.
    pub ways: Vec<GroupWay>,
    /// For each step: the chance of differences as large as these between the groups where there are none (log-rank test);
    /// nothing where fewer than two groups tell something.
    pub differ: Vec<Option<f64>>,
}

/// The way of the people of one value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupWay {
    /// The value; nothing for all others.
    pub value: Option<String>,
    /// Their way.
    pub way: Way,
}
