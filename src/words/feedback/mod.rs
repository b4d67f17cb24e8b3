//! What customers say, in words: the finding, and scores as they are written.
//!
//! * [`figures`]: the key figures and how they explain themselves.
//! * [`charts`]: the words around the charts.
//! * [`themes`]: what comments are about, and what to do.

pub mod charts;
pub mod figures;
pub mod themes;

#[cfg(test)]
mod tests;

use crate::report::Report;
use crate::report::feedback::{Estimate, Feedback};
use crate::roles::scale::Scale;

use super::facts::FEW;
use super::findings::Finding;
use super::format::{Format, NOT_DEFINED};

/// The name of a kind of question: what it asks.
pub fn question(scale: Scale) -> &'static str {
    match scale {
        Scale::Nps => "Would recommend (NPS)",
        Scale::Csat => "Content (CSAT)",
        Scale::Ces => "Effort (CES)",
    }
}

/// A score as it is written: `+35`, `62.8%`, `3.5`; [`NOT_DEFINED`] without answers.
pub fn score(scale: Scale, value: Option<f64>, answers: u64, f: &dyn Format) -> String {
    let Some(value) = value else { return NOT_DEFINED.to_owned() };
    match scale {
        Scale::Nps => signed(value, f),
        Scale::Csat => f.percent(value, u8::from(answers >= 400)),
        Scale::Ces => f.number(value, if answers >= 400 { 2 } else { 1 }),
    }
}

/// A whole number with its sign: `+35`, `−2`, `0`.
fn signed(value: f64, f: &dyn Format) -> String {
    let plain = f.number(value, 0);
    if value >= 0.5 { format!("+{plain}") } else { plain }
}

/// The score of an estimate.
pub fn told(scale: Scale, estimate: &Estimate, f: &dyn Format) -> String {
    score(scale, estimate.score, estimate.answers, f)
}

/// The interval of an estimate: `+31 to +39`; nothing where there are too few answers.
pub fn interval(scale: Scale, estimate: &Estimate, f: &dyn Format) -> Option<String> {
    let end = |end: f64| score(scale, Some(end), estimate.answers, f);
    Some(format!("{} to {}", end(estimate.low?), end(estimate.high?)))
}

/// Whether two estimates differ by more than chance: by the distances of their ends from their scores, as the interval of a
/// difference has them (Newcombe 1998, method 10). No where either has no interval.
pub fn differ(one: &Estimate, other: &Estimate) -> bool {
    let parts = |estimate: &Estimate| Some((estimate.score?, estimate.low?, estimate.high?));
    let (Some(a), Some(b)) = (parts(one), parts(other)) else { return false };
    let difference = a.0 - b.0;
    let low = difference - libm::hypot(a.0 - a.1, b.2 - b.0);
    let high = difference + libm::hypot(a.2 - a.0, b.0 - b.1);
    low > 0.0 || high < 0.0
}

/// What they say, in one sentence with its number.
pub fn finding(said: &Feedback, report: &Report, f: &dyn Format) -> Finding {
    let Some((scale, question)) = said.leading() else {
        return Finding {
            before: "There are no answers in this selection.".to_owned(),
            lead: Some("Widen the period, or take a filter away.".to_owned()),
            ..Finding::default()
        };
    };
    let estimate = question.estimate();
    let (value, answers) = (told(scale, &estimate, f), f.count(estimate.answers, "answer"));
    if estimate.answers < FEW {
        return Finding {
            before: format!("Too little to tell: {answers} so far, which come to "),
            strong: value,
            after: ".".to_owned(),
            lead: Some(format!(
                "Below {FEW} answers one more may turn the score round, so nothing is drawn. These are the answers, one by one."
            )),
        };
    }
    let between = interval(scale, &estimate, f).map_or_else(String::new, |between| format!(" ({between})"));
    let share = |count: u64| f.percent(count as f64 / estimate.answers as f64, 0);
    let [unhappy, _, happy] = question.stances;
    let (before, after) = match scale {
        Scale::Nps => (
            "Your customers give you a recommendation score of ".to_owned(),
            format!("{between}: {} would recommend you, {} would not.", share(happy), share(unhappy)),
        ),
        Scale::Csat => (
            String::new(),
            format!(" of the answers say that the customer is content{between}; {} say the opposite.", share(unhappy)),
        ),
        Scale::Ces => (
            "On the scale of effort your customers answer ".to_owned(),
            format!("{between} on average; for {} it was easy, for {} it was not.", share(happy), share(unhappy)),
        ),
    };
    Finding { before, strong: value, after, lead: lead(said, report, f) }
}

/// What the unhappy are worth, and what hurts most.
fn lead(said: &Feedback, report: &Report, f: &dyn Format) -> Option<String> {
    let risk = said.at_risk.filter(|risk| risk.0 > 0).map(|risk| {
        let customers = f.count(said.stances.first().map_or(0, |stance| stance.customers), "customer");
        let ahead = said.unhappy_ahead.as_ref().map(|band| {
            format!("; in the next 12 months about {} is expected of them", super::forecast::about(band.value.0, f))
        });
        format!(
            "The {customers} whose latest answer was unhappy brought {} in the {}{}.",
            f.money(risk.to_f64()),
            last_year(report, f),
            ahead.unwrap_or_default()
        )
    });
    let theme = said.themes.iter().find(|theme| theme.hurts).map(|theme| {
        let money = match theme.revenue.0 {
            1.. => format!(", from customers who brought {}", f.money(theme.revenue.to_f64())),
            _ => String::new(),
        };
        format!("What hurts most is “{}”: {}{money}.", theme.name, f.count(theme.telling, "unhappy comment"))
    });
    let parts: Vec<String> = [risk, theme].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The 12 months that money is counted over.
fn last_year(report: &Report, f: &dyn Format) -> String {
    match report.period.end {
        Some(end) => format!("12 months up to {}", f.day(end)),
        None => "last 12 months".to_owned(),
    }
}
