//! What a table holds, in a few numbers for the receipt.

use super::{NO_DAY, NO_NUMBER, Question, Table, Texts};
use crate::ingest::content::{Content, DateFacts, GroupFacts, NumberFacts, QuestionFacts};
use crate::ledger::DimensionColumn;
use crate::math::money::{Derived, SCALE};
use crate::math::{Day, Money};
use crate::roles::Role;

/// The facts of a table's columns.
pub fn content(table: &Table) -> Content {
    Content {
        // Where both an id and an address are there, the one that tells more of them apart.
        customers: table.ids.iter().map(|ids| ids.ids.len() as u64).max().unwrap_or(0),
        dates: table.days.iter().map(|(role, days)| dates(*role, days)).collect(),
        numbers: table.numbers.iter().map(|(role, numbers)| facts(*role, numbers)).collect(),
        groups: table.groups.iter().map(|(_, column)| group(column)).collect(),
        questions: table.questions.iter().map(question).collect(),
        comments: table.comments.as_ref().map_or(0, Texts::filled),
    }
}

fn dates(role: Role, days: &[Day]) -> DateFacts {
    let known = || days.iter().copied().filter(|day| *day != NO_DAY);
    DateFacts { role: role.name().to_owned(), rows: known().count() as u64, first: known().min(), last: known().max() }
}

fn facts(role: Role, numbers: &[i64]) -> NumberFacts {
    let known = || numbers.iter().filter(|number| **number != NO_NUMBER);
    let rows = known().count() as u64;
    // Of 2^32 rows at most, so the sum can't leave 128 bits.
    let sum: i128 = known().map(|number| i128::from(*number)).sum();
    NumberFacts {
        role: role.name().to_owned(),
        rows,
        sum: i64::try_from(sum).ok().map(Money),
        mean: (rows > 0).then(|| Derived(sum as f64 / (rows as f64 * SCALE as f64))),
    }
}

fn question(question: &Question) -> QuestionFacts {
    let Question { name, scale, answers, blank, rejected, examples, .. } = question.clone();
    QuestionFacts {
        column: name,
        scale: scale.map(|scale| scale.name().to_owned()),
        answers,
        blank,
        rejected,
        examples,
    }
}

fn group(column: &DimensionColumn) -> GroupFacts {
    let mut stands = vec![false; column.labels.len()];
    column.codes.each(|code| stands[code as usize] = true);
    let values = column.labels.iter().zip(stands).filter(|(label, stands)| *stands && !label.is_empty()).count();
    GroupFacts { column: column.name.clone(), values: values as u64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_in_no_span_no_sum_and_no_mean() {
        let days = dates(Role::End, &[Day(5), NO_DAY, Day(3)]);
        assert_eq!((days.rows, days.first, days.last), (2, Some(Day(3)), Some(Day(5))));
        assert_eq!(dates(Role::Date, &[NO_DAY]).first, None);
        let scores = facts(Role::Score, &[90_000, NO_NUMBER, 30_000]);
        assert_eq!((scores.rows, scores.sum, scores.mean), (2, Some(Money::units(12)), Some(Derived(6.0))));
        let none = facts(Role::Score, &[NO_NUMBER]);
        assert_eq!((none.rows, none.sum, none.mean), (0, Some(Money::ZERO), None));
        assert_eq!(facts(Role::Amount, &[i64::MAX, i64::MAX]).sum, None, "no sum that does not fit");
    }
}
