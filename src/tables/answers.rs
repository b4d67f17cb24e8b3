//! The answers of a survey as its rows are read: several questions a row, each on a scale of its own.

use super::NO_NUMBER;
use crate::ingest::profile::shorten;
use crate::ingest::receipt::Reason;
use crate::roles::scale::{self, Scale};

/// Values that are no answer and are shown.
const EXAMPLES: usize = 5;

/// Characters of such a value that are shown.
const SHOWN: usize = 40;

/// A question of a survey, and what became of the answers to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// The column's header.
    pub name: String,
    /// The scale of the answers, where something tells it.
    pub scale: Option<Scale>,
    /// The lowest and the highest answer, in ten-thousandths.
    pub span: Option<(i64, i64)>,
    /// Answers.
    pub answers: u64,
    /// Rows without one.
    pub blank: u64,
    /// Cells that are no answer: no whole number on the scale.
    pub rejected: u64,
    /// The first few different ones of these.
    pub examples: Vec<String>,
}

/// What a cell is to its question.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Cell<'a> {
    Answer(i64),
    Blank,
    Rejected(Reason, &'a str),
}

/// The questions of a table, and the cells of the row at hand.
#[derive(Debug, Default)]
pub(super) struct Answers {
    pub questions: Vec<Question>,
    /// What each cell of the row added, taken back where the row can't be used for another reason.
    answered: Vec<Option<i64>>,
}

impl Answers {
    /// Questions by the headers of their columns. What a person says is the scale of those whose header tells none, and of
    /// the only one.
    pub fn new<'a>(headers: impl Iterator<Item = &'a str>, said: Option<Scale>) -> Answers {
        let question = |name: &str| Question {
            name: name.to_owned(),
            scale: Scale::of_header(name).or(said),
            ..Question::default()
        };
        let mut questions: Vec<Question> = headers.map(question).collect();
        if let [only] = &mut questions[..] {
            only.scale = said.or(only.scale);
        }
        Answers { questions, answered: Vec::new() }
    }

    fn cell<'a>(&self, question: usize, text: &'a str) -> Cell<'a> {
        if text.is_empty() {
            return Cell::Blank;
        }
        let Some(answer) = scale::score(text) else { return Cell::Rejected(Reason::UnreadableNumber, text) };
        let holds = |scale: Scale| scale.holds(answer);
        match self.questions[question].scale.map_or_else(|| Scale::ALL.into_iter().any(holds), holds) {
            true => Cell::Answer(answer),
            false => Cell::Rejected(Reason::OutsideScale, text),
        }
    }

    /// The answers of a row, a cell for each question; [`NO_NUMBER`] for one that is none. A row without any is of no use:
    /// the reason is what is wrong with its first cell that is not empty.
    pub fn row<'a>(&mut self, cells: &[&'a str]) -> Result<impl Iterator<Item = i64>, (Reason, &'a str)> {
        self.answered.clear();
        let mut wrong = None;
        for (at, text) in cells.iter().enumerate() {
            let cell = self.cell(at, text);
            let question = &mut self.questions[at];
            match cell {
                Cell::Answer(_) => question.answers += 1,
                Cell::Blank => question.blank += 1,
                Cell::Rejected(reason, text) => {
                    question.rejected += 1;
                    wrong = wrong.or(Some((reason, text)));
                    let example = || shorten(text, SHOWN);
                    if question.examples.len() < EXAMPLES && !question.examples.contains(&example()) {
                        question.examples.push(example());
                    }
                }
            }
            let answer = if let Cell::Answer(answer) = cell { Some(answer) } else { None };
            if let Some(answer) = answer {
                let (least, most) = question.span.unwrap_or((answer, answer));
                question.span = Some((least.min(answer), most.max(answer)));
            }
            self.answered.push(answer);
        }
        match self.answered.iter().any(Option::is_some) {
            true => Ok(self.answered.iter().map(|answer| answer.unwrap_or(NO_NUMBER))),
            false => Err(wrong.unwrap_or((Reason::NoNumber, ""))),
        }
    }

    /// The questions, those that nothing told the scale of on the narrowest that holds all answers.
    pub fn finish(mut self) -> Vec<Question> {
        for question in &mut self.questions {
            let by_values = || question.span.and_then(|(least, most)| Scale::holding(least, most));
            question.scale = question.scale.or_else(by_values);
        }
        self.questions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_is_none_costs_the_row_nothing_else() {
        let mut answers = Answers::new(["nps", "csat", "score"].into_iter(), None);
        let mut row = |cells: [&'static str; 3]| answers.row(&cells).map(Iterator::collect::<Vec<_>>);
        assert_eq!(row(["9", "6", "3"]), Ok(vec![90_000, NO_NUMBER, 30_000]));
        assert_eq!(row(["11", "", "7"]), Ok(vec![NO_NUMBER, NO_NUMBER, 70_000]));
        assert_eq!(row(["9.5", "n/a", "12"]), Err((Reason::OutsideScale, "9.5")));
        assert_eq!(row(["", "", ""]), Err((Reason::NoNumber, "")));
        let questions = answers.finish();
        let told: Vec<_> = questions.iter().map(|q| (q.scale, q.answers, q.blank, q.rejected)).collect();
        let scales = [Scale::Nps, Scale::Csat, Scale::Ces].map(Some);
        assert_eq!(told, [(scales[0], 1, 1, 2), (scales[1], 0, 2, 2), (scales[2], 2, 1, 1)]);
        assert_eq!(
            (questions[0].examples.join(" "), questions[1].examples.join(" ")),
            ("11 9.5".into(), "6 n/a".into())
        );
    }

    #[test]
    fn what_a_person_says_is_the_scale_of_what_tells_none() {
        let scales = |headers: &[&'static str], said| {
            let answers = Answers::new(headers.iter().copied(), said).finish();
            answers.into_iter().map(|question| question.scale).collect::<Vec<_>>()
        };
        assert_eq!(scales(&["nps"], Some(Scale::Ces)), [Some(Scale::Ces)]);
        assert_eq!(scales(&["nps", "score"], Some(Scale::Ces)), [Some(Scale::Nps), Some(Scale::Ces)]);
        assert_eq!(scales(&["score"], None), [None]);
    }
}
