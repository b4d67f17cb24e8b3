//! The section of the report that tells who is overdue, and what would be won if they came back.

use serde::{Deserialize, Serialize};

use super::forecast::Verdict;
use crate::math::Day;
use crate::math::money::Derived;
use crate::math::regression::quality::Area;
use crate::settings::DimensionFilter;

/// What a person sets for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// Whose P(alive) is below this is lost, and no longer at risk.
    pub lost_below: f64,
    /// Whether those who are lost are listed, too.
    pub with_lost: bool,
}

impl Default for Ask {
    fn default() -> Ask {
        Ask { lost_below: 0.1, with_lost: false }
    }
}

/// Who is at risk: all who would have bought by now with a probability of 80 % were they still there, and are not lost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Risk {
    /// The last day that it rests on.
    pub end: Option<Day>,
    /// The filters of columns that it rests on.
    pub filters: Vec<DimensionFilter>,
    /// How far the models can be trusted; with too few customers or a poor past nobody is listed.
    pub verdict: Verdict,
    /// The AUC of P(alive) on the longest hidden stretch of the past: how likely somebody who came back was said to be likelier
    /// there than somebody who did not. Nothing where too few did, or did not.
    pub alive_auc: Option<Area>,
    /// The threshold of being lost.
    pub lost_below: f64,
    /// Whether those who are lost are listed, too.
    pub with_lost: bool,
    /// The margin that `recoverable` is multiplied with; revenue where nothing is set.
    pub margin: Option<f64>,
    /// Customers who were looked at.
    pub customers: u64,
    /// Those at risk.
    pub at_risk: u64,
    /// Those overdue whose P(alive) is below the threshold.
    pub lost: u64,
    /// What all of those at risk have to be recovered; nothing where nobody could be looked at.
    pub recoverable: Option<Derived>,
    /// What the first ones of those at risk ([`BY_HAND`]) have to be recovered.
    pub by_hand: Derived,
    /// Those at risk, and where they are asked for those lost, the most to recover first; the first of them where they are many.
    pub list: Vec<AtRisk>,
}

/// So many a person can write to by hand.
pub const BY_HAND: usize = 10;

/// What became of a customer who is overdue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Likely enough still there to be won back.
    #[default]
    AtRisk,
    /// P(alive) is below the threshold.
    Lost,
}

impl State {
    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            State::AtRisk => "at_risk",
            State::Lost => "lost",
        }
    }
}

/// A customer who is overdue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AtRisk {
    /// The id as written in the file.
    pub customer: String,
    /// Place in the order of ids of the whole file: the customer's address in the page.
    pub number: u32,
    /// At risk, or lost.
    pub state: State,
    /// P(alive).
    pub alive: f64,
    /// What 12 months would bring more if they were as surely there as right after the last purchase, times the margin
    /// where one is set.
    pub recoverable: Derived,
    /// What a purchase day of theirs is worth.
    pub value: Derived,
    /// Distinct days with a purchase.
    pub purchase_days: u32,
    /// The last of them.
    pub last: Day,
    /// The day by which they would have bought with a probability of 80 %, were they still there.
    pub due: Day,
    /// Days since then.
    pub overdue_days: u32,
}
