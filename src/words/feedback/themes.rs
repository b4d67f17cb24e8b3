//! What comments are about, in words, and what to do about it.

use crate::report::Report;
use crate::report::feedback::{Comment, Feedback, Theme};
use crate::roles::scale::Scale;
use crate::words::format::{Format, NOT_DEFINED, list};
use crate::words::told::ToDo;

use super::last_year;

/// What stands for money where there are no orders, and for customers where the file names none.
const NOT_KNOWN: &str = "not known";

/// A theme as a row of the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its name in the report, to ask for its comments.
    pub key: String,
    /// `“late delivery”`.
    pub name: String,
    /// The other words that are counted with it.
    pub also: String,
    /// Comments, and those of them that tell.
    pub comments: String,
    /// The mean answer beside them.
    pub mean: String,
    /// Mean sentiment.
    pub sentiment: String,
    /// Customers behind them; without orders, people.
    pub customers: String,
    /// What these have brought in the last 12 months.
    pub revenue: String,
    /// Some of the comments.
    pub examples: Vec<CommentWords>,
    /// Whether there are more comments than these.
    pub more: bool,
}

/// A comment as it stands below its theme.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CommentWords {
    /// What was said.
    pub text: String,
    /// The answer and the day: `3 of 10, 4 Sep 2026`.
    pub beside: String,
    /// The number of the customer, where it is one of the orders.
    pub customer: Option<u32>,
}

/// The themes that hurt, or those that please.
pub fn rows(said: &Feedback, hurts: bool, f: &dyn Format) -> Vec<Row> {
    let (is_known, lead) = (said.year_revenue.is_some(), said.lead.unwrap_or(Scale::Nps));
    said.themes.iter().filter(|theme| theme.hurts == hurts).map(|theme| row(theme, is_known, lead, f)).collect()
}

/// So many of the other words of a theme are named.
const ALSO: usize = 4;

/// A row; without orders nobody knows what those bring whose comments these are.
fn row(theme: &Theme, is_known: bool, lead: Scale, f: &dyn Format) -> Row {
    let others: Vec<String> = theme.terms.iter().skip(1).take(ALSO).map(|term| format!("“{term}”")).collect();
    let number =
        |value: Option<f64>, places| value.map_or_else(|| NOT_DEFINED.to_owned(), |value| f.number(value, places));
    Row {
        key: theme.name.clone(),
        name: format!("“{}”", theme.name),
        also: if others.is_empty() { String::new() } else { format!("with {}", list(&others)) },
        comments: match theme.telling == theme.comments {
            true => f.integer(theme.comments),
            false => format!("{} of {}", f.integer(theme.telling), f.integer(theme.comments)),
        },
        mean: mean(theme, lead, f),
        sentiment: number(theme.sentiment, 2),
        customers: match (is_known, theme.people) {
            (true, _) => f.integer(theme.customers),
            (false, 0) => NOT_KNOWN.to_owned(),
            (false, people) => f.integer(people),
        },
        revenue: if is_known { f.money(theme.revenue.to_f64()) } else { NOT_KNOWN.to_owned() },
        examples: theme.examples.iter().map(|one| comment(one, f)).collect(),
        more: theme.comments > theme.examples.len() as u64,
    }
}

/// The mean answer with the end of its scale: `3.3 of 10`.
fn mean(theme: &Theme, lead: Scale, f: &dyn Format) -> String {
    let of = |mean: f64| format!("{} of {}", f.number(mean, 1), lead.bounds().1);
    theme.mean.map_or_else(|| NOT_DEFINED.to_owned(), of)
}

/// A comment with what stands beside it.
pub fn comment(one: &Comment, f: &dyn Format) -> CommentWords {
    let answer = one.answer.zip(one.scale).map(|(answer, scale)| format!("{answer} of {}", scale.bounds().1));
    let beside: Vec<String> = answer.into_iter().chain(one.day.map(|day| f.day(day))).collect();
    CommentWords { text: one.text.clone(), beside: beside.join(", "), customer: one.customer }
}

/// Why there are no themes.
pub fn none(said: &Feedback) -> &'static str {
    match said.comments.told {
        0 => "The file has no comments. A column with what was said in words would tell what the scores are about.",
        1..30 => "These are too few comments to tell what they are about. From a few dozen on it can be seen.",
        _ => "No words go clearly with low scores or with high ones.",
    }
}

/// What stands below the tables of themes.
pub fn note(said: &Feedback, report: &Report, f: &dyn Format) -> String {
    let other = match said.comments.told - said.comments.english {
        0 => String::new(),
        rest => format!(" {} in other languages have no sentiment.", f.count(rest, "comment")),
    };
    let money = match said.year_revenue {
        Some(_) => format!(
            " Money is what the customers behind these comments brought in the {}; whoever speaks of two themes counts in both.",
            last_year(report, f)
        ),
        None => {
            " With your orders beside the survey it would be known what the customers behind them bring.".to_owned()
        }
    };
    format!(
        "Words and pairs that come clearly more often with one side; found by log-odds, at most one in twenty by chance.{money}{other}"
    )
}

/// What to do next.
pub fn steps(said: &Feedback, f: &dyn Format) -> Vec<ToDo> {
    let Some((scale, question)) = said.leading() else { return Vec::new() };
    let worst = said.themes.iter().find(|theme| theme.hurts).map(|theme| ToDo {
        title: format!("Look into “{}” first", theme.name),
        why: format!(
            "{} {} of it. Under “What hurts”, “Comments” below “{}” opens them: what they have in common is what to change.",
            f.count(theme.telling, "unhappy comment"),
            if theme.telling == 1 { "speaks" } else { "speak" },
            theme.name
        ),
        behind: match theme.customers {
            0 => ("mean answer".to_owned(), mean(theme, scale, f), String::new()),
            _ => ("brought by these customers".to_owned(), f.money(theme.revenue.to_f64()), String::new()),
        },
    });
    let unhappy = said.stances.first().filter(|stance| stance.customers > 0).map(|stance| ToDo {
        title: format!("Answer the {} who were unhappy", f.count(stance.customers, "customer")),
        why: "A short personal reply, soonest to those who bring most, costs little; and it tells what the score does not."
            .to_owned(),
        behind: ("brought in the last year".to_owned(), f.money(stance.revenue.to_f64()), String::new()),
    });
    let few = said.heard.rate.filter(|rate| *rate < 0.15).map(|_| ToDo {
        title: "Hear more of your customers".to_owned(),
        why: "Most have not answered yet, and those who do are seldom like the others. One short question after each order is \
              enough."
            .to_owned(),
        behind: ("heard so far".to_owned(), f.rate(&said.heard), String::new()),
    });
    let words = (said.comments.told == 0 && question.answers > 0).then(|| ToDo {
        title: "Ask for a word beside the number".to_owned(),
        why: "A score says how customers feel, not why. An open question, “What is the main reason?”, brings the subjects."
            .to_owned(),
        behind: ("comments so far".to_owned(), f.integer(0), String::new()),
    });
    let effort = (scale == Scale::Ces).then_some(()).and(said.nps.is_none().then(|| ToDo {
        title: "Ask whether they would recommend you, too".to_owned(),
        why: "Effort is about one contact; whether they would recommend you is about all of them.".to_owned(),
        behind: ("not asked".to_owned(), String::new(), String::new()),
    }));
    [worst, unhappy, few, words, effort].into_iter().flatten().collect()
}
