//! The last answer of each customer to a survey.

use crate::math::Day;
use crate::math::money::{Derived, SCALE};
use crate::report::engagement::AnswerPart;
use crate::roles::scale::Scale;
use crate::tables::{NO_DAY, NO_NUMBER};

/// One survey as columns of equal length.
#[derive(Clone, Copy, Debug)]
pub struct Columns<'a> {
    /// The number in the ledger of who answered; anything else is nobody.
    pub people: &'a [u32],
    /// When, where the table tells it.
    pub days: Option<&'a [Day]>,
    /// What, in ten-thousandths.
    pub scores: &'a [i64],
    /// On which scale.
    pub scale: Scale,
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// When; [`NO_DAY`], before all days, where it is not told.
    day: Day,
    /// In ten-thousandths.
    score: i64,
    scale: Scale,
}

/// The last answer of each of so many customers on or before a day. Answers without a day count where there is no other; of
/// several on one day the worst does.
pub fn last_answers(customers: usize, surveys: &[Columns<'_>], end: Day) -> Vec<Option<Answer>> {
    let mut last: Vec<Option<Answer>> = vec![None; customers];
    for survey in surveys {
        for (row, (&person, &score)) in survey.people.iter().zip(survey.scores).enumerate() {
            let day = survey.days.map_or(NO_DAY, |days| days[row]);
            if let Some(known) = last.get_mut(person as usize)
                && score != NO_NUMBER
                && day <= end
            {
                let answer = Answer { day, score, scale: survey.scale };
                // Of two surveys that say equally well on one day the first scale counts, whichever file came first.
                let key = |answer: &Answer| (-i64::from(answer.day.0), answer.well(), answer.scale.name());
                if known.is_none_or(|known| key(&answer) < key(&known)) {
                    *known = Some(answer);
                }
            }
        }
    }
    last
}

impl Answer {
    /// Where it lies on its scale, in hundredths of a per cent of the way from the worst to the best answer. Of effort the
    /// lowest is the best.
    fn well(&self) -> i64 {
        let (least, most) = self.scale.bounds();
        let from_least = (self.score - least * SCALE) / (most - least);
        if self.scale == Scale::Ces { SCALE - from_least } else { from_least }
    }

    /// As a part of a customer's health.
    pub fn part(&self) -> AnswerPart {
        AnswerPart {
            score: self.well() as f64 * 100.0 / SCALE as f64,
            answer: Derived(self.score as f64 / SCALE as f64),
            scale: self.scale.name().to_owned(),
            day: Some(self.day).filter(|day| *day != NO_DAY),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(surveys: &[Columns<'_>], end: i32) -> Vec<Option<(f64, f64, Option<Day>)>> {
        let parts = last_answers(3, surveys, Day(end));
        parts.iter().map(|answer| answer.map(|a| (a.part().score, a.part().answer.0, a.part().day))).collect()
    }

    #[test]
    fn the_last_answer_counts_and_the_worst_of_a_day() {
        let nps = Columns {
            people: &[0, 0, 0, 1, 9],
            days: Some(&[Day(5), Day(9), Day(9), Day(7), Day(7)]),
            scores: &[100_000, 90_000, 20_000, NO_NUMBER, 50_000],
            scale: Scale::Nps,
        };
        assert_eq!(told(&[nps], 20), [Some((20.0, 2.0, Some(Day(9)))), None, None]);
        assert_eq!(told(&[nps], 8)[0], Some((100.0, 10.0, Some(Day(5)))));
        assert_eq!(told(&[nps], 4)[0], None);
    }

    #[test]
    fn scales_run_from_worst_to_best() {
        let of = |scale, score: i64| {
            let scores = &[score * SCALE];
            told(&[Columns { people: &[2], days: None, scores, scale }], 0)[2].unwrap().0
        };
        assert_eq!([of(Scale::Csat, 1), of(Scale::Csat, 4), of(Scale::Csat, 5)], [0.0, 75.0, 100.0]);
        assert_eq!([of(Scale::Ces, 1), of(Scale::Ces, 4), of(Scale::Ces, 7)], [100.0, 50.0, 0.0]);
        assert_eq!([of(Scale::Nps, 0), of(Scale::Nps, 7)], [0.0, 70.0]);
    }

    #[test]
    fn an_answer_with_a_day_counts_before_one_without() {
        let dated = Columns { people: &[0], days: Some(&[Day(3)]), scores: &[50_000], scale: Scale::Csat };
        let undated = Columns { people: &[0], days: None, scores: &[10_000], scale: Scale::Csat };
        for surveys in [[dated, undated], [undated, dated]] {
            assert_eq!(told(&surveys, 5)[0], Some((100.0, 5.0, Some(Day(3)))));
        }
        assert_eq!(told(&[dated, undated], 2)[0], Some((0.0, 1.0, None)));
    }
}
