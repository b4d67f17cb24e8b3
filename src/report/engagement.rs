//! How engaged customers are: the section's shape.

use serde::{Deserialize, Serialize};

use crate::math::money::Derived;
use crate::math::stats::Share;
use crate::math::{Day, Money};

/// What a person can set for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// How much a part of the score counts, 0 to 10, by its key as in [`ScorePart`]; 5 for those that are not named.
    pub weights: Vec<(String, u8)>,
}

/// How engaged customers are (definitions.md, section 4).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Engagement {
    /// Customers with a purchase in the period: those who have a score.
    pub customers: u64,
    /// What the score is made of.
    pub parts: Vec<ScorePart>,
    /// Customers by score, in steps of ten; none where every weight is 0.
    pub bins: Vec<ScoreBin>,
    /// Customers by level: `active` from 67, `passive`, `dormant` below 33.
    pub levels: Vec<Level>,
    /// The score of an earlier day against what came after it; nothing where there are too few customers or days.
    pub outlook: Option<Outlook>,
    /// How well each customer is.
    pub health: Health,
    /// What came before customers left; nothing where too few have left to be compared.
    pub decline: Option<Decline>,
    /// The tables of events; nothing where there are none.
    pub events: Option<EventFacts>,
}

/// Something that the engagement score is made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScorePart {
    /// `recency`, `frequency`, `spend`, or `event:` and the kind as it stands in the file, `event:` alone for all rare kinds.
    pub key: String,
    /// How much it counts, 0 to 10; 5 where nothing is set.
    pub weight: u8,
    /// Of an event: how many there are in the period, of customers who have a score.
    pub events: Option<u64>,
    /// Of an event: customers with at least one.
    pub customers: Option<u64>,
}

/// Customers whose score lies in a step of ten.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreBin {
    /// The lowest score in it; the step ends before the next one, the last one with 100.
    pub from: u8,
    /// Customers.
    pub customers: u64,
    /// Their revenue in the period.
    pub revenue: Money,
}

/// Customers of a level of engagement, or of a band of health.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// The level's key.
    pub name: String,
    /// Customers.
    pub customers: u64,
    /// Their revenue in the period.
    pub revenue: Money,
}

/// The score of an earlier day, judged by what came after it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// The day whose evening the score is of: nothing later goes into it.
    pub at: Day,
    /// Days from then to the end of the period.
    pub days: u32,
    /// Customers with a purchase in the period up to that day.
    pub customers: u64,
    /// Of all pairs of one who bought in those days and one who did not, those in which the score was higher of who bought,
    /// equal ones counted half; nothing where all did, or nobody.
    pub concordance: Option<f64>,
    /// Customers by score, the lowest first, in equal parts but for equal scores: five, or ten from 2,000 customers on.
    pub groups: Vec<OutlookGroup>,
}

/// Customers of similar score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutlookGroup {
    /// The lowest score; nothing where nobody is in the group.
    pub lowest: Option<f64>,
    /// The highest score.
    pub highest: Option<f64>,
    /// Of them, those who bought since.
    pub bought: Share,
    /// What they brought since, refunds taken away, per customer.
    pub since: Option<Derived>,
    /// What they had brought in the period until then, per customer.
    pub before: Option<Derived>,
}

/// How well customers are (definitions.md, section 4).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Health {
    /// Customers with a score.
    pub customers: u64,
    /// Their mean score.
    pub mean: Option<f64>,
    /// The usual gap in days between two purchases of a customer: the measure of those who have no rhythm of their own yet.
    pub usual_days: Option<f64>,
    /// The parts, each over the customers of whom it is known.
    pub parts: Vec<HealthPart>,
    /// Customers by band: `good` from 67, `fair`, `poor` below 33.
    pub bands: Vec<Level>,
    /// Who slips: customers below 50 who have come back before and were here within the active window, those who brought most first, at most 20.
    pub slipping: Vec<CustomerHealth>,
    /// How many slip.
    pub slipping_customers: u64,
    /// What they have brought in the period.
    pub slipping_revenue: Money,
}

/// A part of the health score over all customers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HealthPart {
    /// `rhythm`, `trend`, `answer` or `complaints`.
    pub key: String,
    /// Customers of whom it is known.
    pub customers: u64,
    /// Its mean, 0 to 100.
    pub mean: Option<f64>,
}

/// How well one customer is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerHealth {
    /// The customer's number in the whole file.
    pub number: u32,
    /// The id.
    pub customer: String,
    /// Revenue in the period.
    pub revenue: Money,
    /// Mean of the parts that are known, 0 to 100; nothing where none is.
    pub score: Option<f64>,
    /// Recency against the rhythm.
    pub rhythm: Option<RhythmPart>,
    /// The trend of spend.
    pub trend: Option<TrendPart>,
    /// The last answer to a survey.
    pub answer: Option<AnswerPart>,
    /// Open complaints.
    pub complaints: Option<ComplaintsPart>,
}

/// Recency against the customer's own rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RhythmPart {
    /// 100 until the usual gap has passed, 0 from three times the usual gap on, in a straight line between.
    pub score: f64,
    /// Days since the last purchase.
    pub days: u32,
    /// The median of the customer's gaps between purchase days, from three gaps on; else that of all customers.
    pub usual: f64,
    /// Whether it is the customer's own.
    pub own: bool,
}

/// How spend has changed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrendPart {
    /// 100 x recent / (recent + before), amounts below zero taken as zero: 50 where nothing has changed.
    pub score: f64,
    /// The length of each of the two stretches: 365 days for who first bought two of them ago, else 182.
    pub days: u32,
    /// Revenue of the last so many days.
    pub recent: Money,
    /// Revenue of as many days before.
    pub before: Money,
}

/// The last answer to a survey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnswerPart {
    /// Where the answer lies on its scale, 0 for the worst and 100 for the best.
    pub score: f64,
    /// The answer as it was given.
    pub answer: Derived,
    /// The scale: `nps`, `csat`, `ces`.
    pub scale: String,
    /// When, where the table tells it.
    pub day: Option<Day>,
}

/// Complaints that are open at the end of the period: a part of the score of those only who have one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComplaintsPart {
    /// 0.
    pub score: f64,
    /// How many are open.
    pub open: u32,
}

/// What customers did in the months before the last purchase of those who left, and what others did then who stayed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decline {
    /// Customers who left: no longer active at the end of the period, known for six months before their last purchase, and
    /// with somebody to be compared with.
    pub left: u64,
    /// Customers who stayed: active at the end, with a purchase in a month in which somebody of those bought last.
    pub stayed: u64,
    /// What was counted: `purchases`, `events` for all events together, `event:` and a kind.
    pub series: Vec<DeclineSeries>,
}

/// One thing counted before a purchase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeclineSeries {
    /// What.
    pub key: String,
    /// Mean in 30 days of a customer who left: six, five, ... one such month before the last purchase, whose own day counts
    /// into none.
    pub left: Vec<f64>,
    /// The same of those who stayed, before purchases in the same calendar months.
    pub stayed: Vec<f64>,
    /// How much more the last three of the months have changed against the first three for those who left than for those
    /// who stayed, in 30 days: below zero where it fell.
    pub change: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// What the tables of events hold of the period, of those whom the filters keep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventFacts {
    /// Events.
    pub events: u64,
    /// First day of all events.
    pub first: Day,
    /// Last day of all events.
    pub last: Day,
    /// People with an event, whether they have ordered or not.
    pub people: u64,
    /// Of them, those among the customers of the orders.
    pub customers: u64,
    /// Events after the end of the period, which count for nothing.
    pub after_end: u64,
    /// Rows of all tables that do not say whose event it is.
    pub of_nobody: u64,
    /// Whether a kind is one of complaints.
    pub complaints: bool,
}
