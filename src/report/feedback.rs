//! What customers say: NPS, CSAT, CES, and what their comments are about.

use serde::{Deserialize, Serialize};

use super::forecast::MoneyBand;
use crate::math::money::Derived;
use crate::math::stats::Share;
use crate::math::{Day, Money, Unit};
use crate::roles::scale::Scale;

/// What a person can set for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// The kind of question that the view is about; the first of NPS, CSAT, CES that was answered where nothing is said.
    pub lead: Option<Scale>,
    /// Whether a high answer about effort says that it was easy; as the name of the question tells where nothing is said,
    /// else low is easy.
    pub high_is_easy: Option<bool>,
    /// The theme whose comments are wanted.
    pub theme: Option<String>,
}

/// What customers say: NPS, CSAT, CES, and what their comments are about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Feedback {
    /// Whether they would recommend; nothing where nobody was asked, as for the next two.
    pub nps: Option<Question>,
    /// Whether they are content.
    pub csat: Option<Question>,
    /// How much effort it took.
    pub ces: Option<Question>,
    /// Which of them what follows is about.
    pub lead: Option<Scale>,
    /// Whether a high answer about effort says that it was easy.
    pub high_is_easy: bool,
    /// Of the customers with a purchase in the period, those who have answered in it.
    pub heard: Share,
    /// The same of each segment that has a customer, whether or not any of them answered.
    pub heard_by: Vec<HeardOf>,
    /// The answers to the leading question one by one, the latest first, where they are fewer than 30: too few to draw.
    pub each: Vec<Comment>,
    /// Customers by their latest answer: the unhappy, those between, the happy. Only those of the orders.
    pub stances: Vec<Stance>,
    /// NPS with each customer counted as often as they have brought currency units in the last 12 months; nothing where
    /// that is not what is asked, or nobody has brought anything.
    pub weighted: Option<Estimate>,
    /// What the unhappy have brought in the last 12 months.
    pub at_risk: Option<Money>,
    /// What the forecast expects of the unhappy in the next 12 months; nothing where it can't be stood behind.
    pub unhappy_ahead: Option<MoneyBand>,
    /// The same of all customers.
    pub year_ahead: Option<Derived>,
    /// What all customers have brought in the last 12 months.
    pub year_revenue: Option<Money>,
    /// Days after an answer within which a purchase counts as coming back: the active window.
    pub window_days: Option<u32>,
    /// Comments in words.
    pub comments: Comments,
    /// What comments are about that go with low scores, and with high ones; those first that most money depends on.
    pub themes: Vec<Theme>,
    /// The comments behind the theme that was asked for.
    pub behind: Option<Behind>,
}

impl Feedback {
    /// What was answered on a scale.
    pub fn question(&self, scale: Scale) -> Option<&Question> {
        match scale {
            Scale::Nps => self.nps.as_ref(),
            Scale::Csat => self.csat.as_ref(),
            Scale::Ces => self.ces.as_ref(),
        }
    }

    /// What the view is about.
    pub fn leading(&self) -> Option<(Scale, &Question)> {
        self.lead.and_then(|scale| Some((scale, self.question(scale)?)))
    }
}

/// A score with its 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// NPS from -100 to 100, CSAT a fraction, CES the mean answer from 1 to 7; nothing without answers.
    pub score: Option<f64>,
    /// Lower end; nothing where the answers are too few to tell, as for the upper one.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Answers.
    pub answers: u64,
}

/// The answers to the questions on one scale.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The score; see [`Estimate::score`].
    pub score: Option<f64>,
    /// Lower end of its 95 % interval; nothing where the answers are too few to tell, as for the upper one.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Answers that count.
    pub answers: u64,
    /// Cells of the files that are no answer, as they lie outside the scale or are no whole number; whatever is shown.
    pub rejected: u64,
    /// Rows of the files without an answer; whatever is shown.
    pub blank: u64,
    /// Of the rows of the files, those with an answer, valid or not; nothing where the files hold answers only, so that
    /// it is not known who was asked.
    pub response: Option<Share>,
    /// The mean answer.
    pub mean: Option<f64>,
    /// How often each answer was given: from 0 for NPS, else from 1.
    pub distribution: Vec<u64>,
    /// Answers of the unhappy, of those between, of the happy.
    pub stances: [u64; 3],
    /// The calendar unit of `periods`.
    pub unit: Unit,
    /// The score over time, from the first to the last period with an answer.
    pub periods: Vec<PeriodScore>,
    /// The chance of periods as different as these if nothing had changed but by chance: of those with 30 answers, by a
    /// chi-square test that all of them have one mean; nothing below two.
    pub steady: Option<f64>,
    /// The score by columns of the survey and by segments; groups without answers left out.
    pub groups: Vec<GroupScore>,
}

impl Question {
    /// The score with its interval.
    pub fn estimate(&self) -> Estimate {
        Estimate { score: self.score, low: self.low, high: self.high, answers: self.answers }
    }
}

/// The score of a calendar period.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PeriodScore {
    /// `2026-09` or `2026-Q3`.
    pub period: String,
    /// The score.
    pub estimate: Estimate,
}

/// The score of a group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GroupScore {
    /// `survey:COLUMN` for a column of the survey, else the name of a family of segments.
    pub family: String,
    /// The group; of a column "" for rows without a value.
    pub name: String,
    /// The score.
    pub estimate: Estimate,
    /// The score of all other answers of the family: what it is held against.
    pub others: Estimate,
}

/// How many customers of a segment have answered, on whichever scale.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HeardOf {
    /// The family of segments.
    pub family: String,
    /// The segment.
    pub name: String,
    /// Of its customers with a purchase in the period, those who have answered in it.
    pub heard: Share,
}

/// The customers of one stance, by their latest answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stance {
    /// Customers.
    pub customers: u64,
    /// What they have brought in the last 12 months.
    pub revenue: Money,
    /// Of those whose first answer lies at least `window_days` before the end, the ones who bought again within so many
    /// days; by their stance then.
    pub again: Share,
}

/// What is known of comments as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comments {
    /// Answers with a comment.
    pub told: u64,
    /// Those in English, which a sentiment is told of.
    pub english: u64,
    /// Mean sentiment, from -1 to 1 (VADER's compound score); nothing without such comments.
    pub sentiment: Option<f64>,
    /// Of the English ones, those that sound good (0.05 and more).
    pub good: Share,
    /// Of the English ones, those that sound bad (-0.05 and less).
    pub bad: Share,
}

/// What comments are about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    /// The word or pair of words that stands for it.
    pub name: String,
    /// All its words and pairs, the one that stands for it first.
    pub terms: Vec<String>,
    /// Whether it goes with low scores.
    pub hurts: bool,
    /// How clearly: the z-score of its log-odds.
    pub z: f64,
    /// Comments.
    pub comments: u64,
    /// Those of the unhappy, or of the happy where it goes with high scores.
    pub telling: u64,
    /// Mean answer to the leading question, or the next one of the row; nothing without answers.
    pub mean: Option<f64>,
    /// Mean sentiment of the English ones.
    pub sentiment: Option<f64>,
    /// Customers of the orders behind the telling ones.
    pub customers: u64,
    /// People behind them, of the orders or not; 0 where the file names nobody.
    pub people: u64,
    /// What these have brought in the last 12 months.
    pub revenue: Money,
    /// Some of the telling ones, the latest first.
    pub examples: Vec<Comment>,
}

/// A comment, or an answer without one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comment {
    /// What was said, shortened.
    pub text: String,
    /// The day of the answer.
    pub day: Option<Day>,
    /// The answer beside it, and the scale of that.
    pub answer: Option<u8>,
    /// See `answer`.
    pub scale: Option<Scale>,
    /// The number of the customer in the orders, where it is one of them.
    pub customer: Option<u32>,
}

/// The comments behind a theme.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Behind {
    /// The theme.
    pub theme: String,
    /// How many there are.
    pub total: u64,
    /// The latest of them.
    pub comments: Vec<Comment>,
}
