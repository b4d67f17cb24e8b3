//! What customers say in surveys (definitions.md, section 4), and what their answers are worth.
//!
//! * [`scores`]: NPS, CSAT and CES of a tally of answers, with intervals.
//! * [`groups`]: the score over time, by columns of the survey and by segments.
//! * [`worth`]: what the unhappy bring and are expected to bring, NPS weighted by money, and who buys again.
//! * [`themes`]: what comments are about that go with low scores and with high ones.
//! * [`feedback`] (here): the section of the report.

pub mod groups;
pub mod scores;
pub mod themes;
pub mod worth;

use std::rc::Rc;

use crate::math::Day;
use crate::math::money::SCALE;
use crate::math::stats::Share;
use crate::measures::beside::{Beside, Side};
use crate::models::outlook::Outlook;
use crate::report::feedback::{Ask, Feedback, Question};
use crate::roles::Role;
use crate::roles::kind::TableKind;
use crate::roles::scale::Scale;
use crate::tables::{NO_DAY, NO_NUMBER};
use scores::Tally;

/// Stands for the customer of an answer that names none of the orders.
pub const NOBODY: u32 = u32::MAX;

/// An answer that counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// Its table: a place among the surveys.
    pub survey: u32,
    /// Its row there.
    pub row: u32,
    /// Its day; [`NO_DAY`] where none is told.
    pub day: Day,
    /// The number of its customer in the ledger, or [`NOBODY`].
    pub customer: u32,
    /// What was answered.
    pub answer: u8,
}

/// The answers that count in what is shown.
#[derive(Debug)]
pub struct Answers<'a> {
    /// The surveys.
    pub surveys: Vec<Side<'a>>,
    /// By scale (NPS, CSAT, CES), table after table and row after row.
    of: [Vec<Answer>; 3],
}

/// The kinds of questions, in the order in which one of them leads.
const SCALES: [Scale; 3] = [Scale::Nps, Scale::Csat, Scale::Ces];

impl<'a> Answers<'a> {
    /// The answers of all surveys that count.
    pub fn of(beside: &Beside<'a>) -> Answers<'a> {
        let surveys: Vec<Side<'a>> = beside.of(TableKind::Survey).copied().collect();
        let mut of = [const { Vec::new() }; 3];
        for (survey, side) in (0..).zip(&surveys) {
            let days = side.table.days(Role::Date);
            let questions: Vec<(usize, &[i64])> =
                side.table.answers().filter_map(|(question, scores)| Some((place(question.scale?), scores))).collect();
            for row in 0..side.table.rows {
                let day = days.map_or(NO_DAY, |days| days[row]);
                if !beside.counts(side, row, day) {
                    continue;
                }
                let customer = side.customer(row).unwrap_or(NOBODY);
                for (place, scores) in questions.iter().filter(|(_, scores)| scores[row] != NO_NUMBER) {
                    let answer = (scores[row] / SCALE) as u8;
                    of[*place].push(Answer { survey, row: row as u32, day, customer, answer });
                }
            }
        }
        Answers { surveys, of }
    }

    /// Those on a scale.
    pub fn on(&self, scale: Scale) -> &[Answer] {
        &self.of[place(scale)]
    }

    /// Whether the name of a question about effort says that a high answer is an easy one.
    fn names_ease(&self) -> bool {
        let questions = self.surveys.iter().flat_map(|side| &side.table.questions);
        let mut effort = questions.filter(|question| question.scale == Some(Scale::Ces));
        effort.any(|question| Scale::names_ease(&question.name))
    }
}

fn place(scale: Scale) -> usize {
    SCALES.iter().position(|other| *other == scale).unwrap_or_default()
}

/// What customers say, as it was asked for. What the models expect is looked up where some customer has answered.
pub fn feedback(beside: &Beside<'_>, ask: &Ask, outlook: &dyn Fn() -> Option<Rc<Outlook>>) -> Feedback {
    let answers = Answers::of(beside);
    let high_is_easy = ask.high_is_easy.unwrap_or_else(|| answers.names_ease());
    let [nps, csat, ces] = SCALES.map(|scale| question(beside, &answers, scale, high_is_easy));
    let mut feedback = Feedback { nps, csat, ces, high_is_easy, ..Feedback::default() };
    let is_answered = |scale: &Scale| !answers.on(*scale).is_empty();
    let asked = ask.lead.into_iter().chain(SCALES).find(is_answered);
    let Some(lead) = asked else { return feedback };
    feedback.lead = Some(lead);
    (feedback.heard, feedback.heard_by) = groups::heard(beside, SCALES.iter().flat_map(|scale| answers.on(*scale)));
    if (answers.on(lead).len() as u64) < scores::FEWEST {
        feedback.each = themes::each(&answers, lead, high_is_easy);
    }
    worth::fill(&mut feedback, beside, answers.on(lead), lead, outlook);
    themes::fill(&mut feedback, beside, &answers, lead, ask.theme.as_deref());
    feedback
}

/// What was answered on a scale; nothing where no survey asks such a question.
fn question(beside: &Beside<'_>, answers: &Answers<'_>, scale: Scale, high_is_easy: bool) -> Option<Question> {
    let on = answers.on(scale);
    let questions = answers.surveys.iter().flat_map(|side| &side.table.questions);
    let asked: Vec<_> = questions.filter(|question| question.scale == Some(scale)).collect();
    if asked.is_empty() {
        return None;
    }
    let mut tally = Tally::default();
    on.iter().for_each(|answer| tally.add(answer.answer));
    let estimate = tally.estimate(scale);
    let count = |of: fn(&crate::tables::Question) -> u64| asked.iter().map(|question| of(question)).sum::<u64>();
    let (given, rejected, blank) = (count(|q| q.answers), count(|q| q.rejected), count(|q| q.blank));
    let mut question = Question {
        score: estimate.score,
        low: estimate.low,
        high: estimate.high,
        answers: estimate.answers,
        rejected,
        blank,
        response: (blank > 0).then(|| Share::new(given + rejected, given + rejected + blank)),
        mean: tally.mean(),
        distribution: tally.distribution(scale),
        stances: tally.stances(scale, high_is_easy),
        groups: groups::groups(beside, answers, scale),
        ..Question::default()
    };
    groups::over_time(&mut question, on, scale);
    Some(question)
}
