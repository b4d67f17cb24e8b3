//! What answers are worth: what the unhappy bring, NPS weighted by money, and whether the score goes with later purchases.

use std::rc::Rc;

use super::scores::{FEWEST, Lean, lean};
use super::{Answer, NOBODY};
use crate::math::money::{Derived, SCALE};
use crate::math::order::{self, Keyed};
use crate::math::stats::Share;
use crate::math::{Day, Money};
use crate::measures::ahead::groups::together;
use crate::measures::beside::Beside;
use crate::measures::retention::{Activity, rhythm};
use crate::models::outlook::Outlook;
use crate::report::feedback::{Estimate, Feedback, Stance};
use crate::roles::scale::Scale;
use crate::tables::NO_DAY;

/// What customers have brought in the 12 months up to the end of what is shown, by place in the history.
pub fn of_last_year(beside: &Beside<'_>) -> Vec<i64> {
    let end = beside.shown.end;
    let before = end.plus_months(-12);
    let own = |visits: &[crate::ledger::Visit]| {
        let recent = visits.iter().filter(|visit| visit.day > before && visit.day <= end);
        recent.map(|visit| visit.revenue).sum()
    };
    beside.history.by_customer().map(own).collect()
}

/// A customer's answers to the leading question.
struct Asked {
    /// The place in the history.
    place: usize,
    /// The first answer with a day, and the latest one.
    first: Option<(Day, u8)>,
    latest: u8,
}

/// The customers of the orders who have answered, in the order of their numbers. Of several answers of one day the lower
/// one is the earlier, so that nothing depends on the order of rows.
fn asked(beside: &Beside<'_>, answers: &[Answer]) -> Vec<Asked> {
    let known = answers.iter().filter(|answer| answer.customer != NOBODY);
    let key = |answer: &Answer| (u64::from(answer.customer) << 32) | u64::from((answer.day.0 as u32) ^ (1 << 31));
    let mut keyed: Vec<Keyed> = known.map(|answer| (key(answer), u32::from(answer.answer))).collect();
    order::sort_keyed(&mut keyed);
    let day = |key: u64| Day((key as u32 ^ 1 << 31) as i32);
    let own = |own: &[Keyed]| {
        let dated = own.iter().find(|(key, _)| day(*key) != NO_DAY);
        Some(Asked {
            place: beside.place_in_history((own[0].0 >> 32) as u32)?,
            first: dated.map(|(key, answer)| (day(*key), *answer as u8)),
            latest: own[own.len() - 1].1 as u8,
        })
    };
    keyed.chunk_by(|a, b| a.0 >> 32 == b.0 >> 32).filter_map(own).collect()
}

/// Fills what the answers to the leading question are worth. Without orders nothing of it is known.
pub fn fill(
    feedback: &mut Feedback,
    beside: &Beside<'_>,
    answers: &[Answer],
    lead: Scale,
    outlook: &dyn Fn() -> Option<Rc<Outlook>>,
) {
    if beside.history.is_empty() {
        return;
    }
    let asked = asked(beside, answers);
    let revenue = of_last_year(beside);
    let lean = |answer: u8| lean(lead, answer, feedback.high_is_easy);
    let rhythm = rhythm(beside.history);
    let window = match Activity::new(beside.settings.active, &rhythm) {
        Activity::Window(days) => days.min(i32::MAX as u32),
        // What counts is the month of a purchase; coming back is judged by the rhythm of all.
        Activity::Month => rhythm.window,
    };
    let again = |day: Day, place: usize| {
        let until = day.0.saturating_add(window as i32);
        let after = |visit: &&crate::ledger::Visit| visit.day > day && visit.day.0 <= until;
        beside.history.of_customer(place).iter().filter(after).any(|visit| visit.purchases > 0)
    };
    let mut stances = vec![Stance::default(); 3];
    let mut follow = [(0, 0); 3];
    for customer in &asked {
        let stance = &mut stances[lean(customer.latest) as usize];
        stance.customers += 1;
        stance.revenue += Money(revenue[customer.place]);
        if let Some((day, answer)) = customer.first
            && day.0.saturating_add(window as i32) <= beside.shown.end.0
        {
            let (count, of) = &mut follow[lean(answer) as usize];
            *count += u64::from(again(day, customer.place));
            *of += 1;
        }
    }
    stances.iter_mut().zip(follow).for_each(|(stance, (count, of))| stance.again = Share::new(count, of));
    feedback.at_risk = Some(stances[Lean::Unhappy as usize].revenue).filter(|_| !asked.is_empty());
    if !asked.is_empty()
        && let Some(outlook) = outlook()
        && let Some(year) = outlook.trusted()
    {
        let unhappy = asked.iter().filter(|customer| lean(customer.latest) == Lean::Unhappy);
        feedback.unhappy_ahead = Some(together(unhappy.map(|customer| customer.place), year));
        feedback.year_ahead = Derived::finite(year.revenue.value);
    }
    feedback.year_revenue = Some(Money(revenue.iter().sum()));
    feedback.window_days = Some(window);
    feedback.stances = if asked.is_empty() { Vec::new() } else { stances };
    if lead == Scale::Nps {
        feedback.weighted = weighted(asked.iter().map(|customer| (revenue[customer.place], lean(customer.latest))));
    }
}

/// NPS with each answer weighted by money; what is not above zero has no weight.
///
/// The variance is that of a weighted mean, the sum of w^2 (x - mean)^2 over the square of the sum of w (Cochran 1977,
/// Sampling Techniques, 2.11, for a ratio); the interval is told where as few answers of equal weight would have one, by
/// Kish's effective number, the square of the sum of w over the sum of w^2 (Kish 1965, Survey Sampling).
fn weighted(answers: impl Iterator<Item = (i64, Lean)> + Clone) -> Option<Estimate> {
    let answers = answers.filter(|(weight, _)| *weight > 0);
    let value = |lean: Lean| lean as i128 - 1;
    // Exact until they are divided, so that the order of customers does not matter.
    let (mut total, mut sum, mut squares, mut count) = (0i128, 0i128, [0i128; 3], 0);
    for (weight, lean) in answers {
        let weight = i128::from(weight);
        // Whole cents are weight enough, and their squares stay far within 128 bits.
        let cents = weight / i128::from(SCALE / 100);
        (total, sum, count) = (total + cents, sum + cents * value(lean), count + 1);
        squares[lean as usize] += cents * cents;
    }
    if total == 0 {
        return None;
    }
    let (total, mean) = (total as f64, sum as f64 / total as f64);
    let spread: f64 = squares.iter().zip([-1.0, 0.0, 1.0]).map(|(w, x)| *w as f64 * (x - mean) * (x - mean)).sum();
    let half = 195.996_398_454_005_4 * libm::sqrt(spread) / total;
    let effective = total * total / squares.iter().sum::<i128>() as f64;
    let is_told = effective >= FEWEST as f64 && spread > 0.0;
    let end = |end: f64| Some((100.0 * mean + end).clamp(-100.0, 100.0)).filter(|_| is_told);
    Some(Estimate { score: Some(100.0 * mean), low: end(-half), high: end(half), answers: count })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_weighs_answers() {
        let all = [(30_000, Lean::Happy), (10_000, Lean::Unhappy), (0, Lean::Unhappy), (-5_000, Lean::Unhappy)];
        let told = weighted(all.into_iter()).unwrap();
        assert_eq!((told.score, told.low, told.answers), (Some(50.0), None, 2));
        assert_eq!(weighted(all[2..].iter().copied()), None);
        // With equal weights it is NPS with its interval: 100 answers, 20 points.
        let equal = (0..100).map(|n| (10_000, if n < 60 { Lean::Happy } else { Lean::Unhappy }));
        let told = weighted(equal).unwrap();
        assert!((told.score.unwrap() - 20.0).abs() < 1e-12);
        let half = 196.0 * ((1.0 - 0.04) / 100.0f64).sqrt();
        assert!((told.high.unwrap() - 20.0 - half).abs() < 0.01);
        // One customer with half of the money: as uncertain as three or four answers.
        let one =
            (0..100).map(|n| (if n == 0 { 990_000 } else { 10_000 }, Lean::Happy)).chain([(10_000, Lean::Unhappy)]);
        assert_eq!(weighted(one).unwrap().low, None);
    }
}
