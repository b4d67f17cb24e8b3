//! The section of the report that tells who is overdue, and what would be won if they came back.

use serde::{Deserialize, Serialize};

use super::forecast::Verdict;
use crate::math::Day;
use crate::math::money::Derived;
use crate::settings::DimensionFilter;

/// What a person sets for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// Whose P(alive) is below this is lost, and no longer at risk.
    pub lost_below: f64,
}

impl Default for Ask {
    fn default() -> Ask {
        Ask { lost_below: 0.1 }
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
    /// The threshold of being lost.
    pub lost_below: f64,
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
    /// Those at risk, the most to recover first; the first of them where they are many.
    pub list: Vec<AtRisk>,
}

/// A customer at risk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AtRisk {
    /// The id as written in the file.
    pub customer: String,
    /// Place in the order of ids of the whole file: the customer's address in the page.
    pub number: u32,
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
