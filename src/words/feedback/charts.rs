//! The words around the charts of what customers say.

use crate::report::feedback::{Estimate, Feedback, GroupScore, PeriodScore, Question};
use crate::roles::scale::Scale;
use crate::words::charts::ChartWords;
use crate::words::format::{Format, NOT_DEFINED};
use crate::words::segments;

use super::{differ, interval, score, told};

/// What the score of a scale is called in a sentence.
fn noun(scale: Scale) -> &'static str {
    match scale {
        Scale::Nps => "recommendation score",
        Scale::Csat => "share who are content",
        Scale::Ces => "mean answer about effort",
    }
}

/// The unit of the axis.
fn unit(scale: Scale, high_is_easy: bool) -> &'static str {
    match scale {
        Scale::Nps => "from −100 to +100",
        Scale::Csat => "share of answers of 4 and 5",
        Scale::Ces if high_is_easy => "from 1 to 7, higher is easier",
        Scale::Ces => "from 1 to 7, lower is easier",
    }
}

/// The score of several periods together: their mean by answers, with the interval that follows from theirs. Only of periods
/// that have one.
fn pooled(periods: &[PeriodScore]) -> Estimate {
    let parts = |estimate: &Estimate| Some((estimate.answers as f64, estimate.score?, estimate.low?, estimate.high?));
    let known: Vec<_> = periods.iter().filter_map(|one| parts(&one.estimate)).collect();
    let all: f64 = known.iter().map(|part| part.0).sum();
    if known.is_empty() {
        return Estimate::default();
    }
    let mean = known.iter().map(|(n, score, ..)| n * score).sum::<f64>() / all;
    let end = |distance: &dyn Fn(f64, f64, f64) -> f64| {
        let squares = known.iter().map(|(n, score, low, high)| {
            let part = n * distance(*score, *low, *high);
            part * part
        });
        libm::sqrt(squares.sum::<f64>()) / all
    };
    let (below, above) = (end(&|score, low, _| score - low), end(&|score, _, high| high - score));
    Estimate { score: Some(mean), low: Some(mean - below), high: Some(mean + above), answers: all as u64 }
}

/// The score over time. The newer half of the periods is held against the older one.
pub fn over_time(scale: Scale, question: &Question, high_is_easy: bool, f: &dyn Format) -> ChartWords {
    let periods = &question.periods;
    let (older, newer) = periods.split_at(periods.len() / 2);
    let (then, now) = (pooled(older), pooled(newer));
    let span = match (periods.first(), periods.last()) {
        (Some(first), Some(last)) => {
            format!("{} to {}", f.period(&first.period, question.unit), f.period(&last.period, question.unit))
        }
        _ => String::new(),
    };
    let unit_name = question.unit.name();
    let title = match (then.score, now.score) {
        (Some(a), Some(b)) if differ(&then, &now) => {
            let moved = if b > a { "up" } else { "down" };
            let [a, b] = [then, now].map(|half| told(scale, &half, f));
            format!("The {} is {moved} from {a} to {b}, older {unit_name}s against newer ones", noun(scale))
        }
        (Some(_), Some(_)) => format!("The {} has not clearly changed: what moves is within chance", noun(scale)),
        _ => format!("Too few answers a {unit_name} to tell a change"),
    };
    let sentence = match (periods.first(), periods.last()) {
        (Some(first), Some(last)) => format!(
            "The {} by {unit_name} goes from {} to {}, {span}.",
            noun(scale),
            told(scale, &first.estimate, f),
            told(scale, &last.estimate, f)
        ),
        _ => "There are no answers with a date.".to_owned(),
    };
    let dated: u64 = periods.iter().map(|one| one.estimate.answers).sum();
    let undated = question.answers - dated;
    ChartWords {
        title,
        sub: format!(
            "By {unit_name}, {}, with 95% interval; {}, {span}",
            unit(scale, high_is_easy),
            f.count(dated, "answer")
        ),
        sentence,
        note: match undated {
            0 => None,
            _ => Some(format!("{} without a date are not drawn.", f.count(undated, "answer"))),
        },
    }
}

/// A family of groups by what it divides.
pub fn family(name: &str) -> String {
    match name.strip_prefix("survey:") {
        Some(column) => crate::text::capital(column),
        None => segments::family_name(name),
    }
}

/// The name of a group.
pub fn group(one: &GroupScore) -> String {
    match one.family.strip_prefix("survey:") {
        Some(_) => segments::dimension_value(&one.name),
        None => segments::title(&one.family, &one.name),
    }
}

/// The score by the groups of a family. One is said to stand out where its interval and that of all lie apart.
pub fn by_group(
    scale: Scale,
    question: &Question,
    groups: &[&GroupScore],
    high_is_easy: bool,
    f: &dyn Format,
) -> ChartWords {
    let all = question.estimate();
    // Higher is better but for effort.
    let is_turned = scale == Scale::Ces && !high_is_easy;
    let good = |estimate: &Estimate| estimate.score.map_or(0.0, |score| if is_turned { -score } else { score });
    let apart = |one: &&&GroupScore| differ(&one.estimate, &all);
    let worst = groups.iter().filter(apart).min_by(|a, b| good(&a.estimate).total_cmp(&good(&b.estimate)));
    let best = groups.iter().filter(apart).max_by(|a, b| good(&a.estimate).total_cmp(&good(&b.estimate)));
    let whole = told(scale, &all, f);
    let title = match (worst, best) {
        (Some(worst), _) if good(&worst.estimate) < good(&all) => {
            format!("Least happy: {}, {} against {whole} of all", group(worst), told(scale, &worst.estimate, f))
        }
        (_, Some(best)) if good(&best.estimate) > good(&all) => {
            format!("Happiest: {}, {} against {whole} of all", group(best), told(scale, &best.estimate, f))
        }
        _ => "Differences between these groups are within chance".to_owned(),
    };
    let spelt = groups.iter().map(|one| format!("{} {}", group(one), told(scale, &one.estimate, f)));
    ChartWords {
        title,
        sub: format!(
            "The {}, {}, with 95% interval; dotted: all answers, {whole}",
            noun(scale),
            unit(scale, high_is_easy)
        ),
        sentence: format!("The {} by group: {}.", noun(scale), spelt.collect::<Vec<_>>().join(", ")),
        note: groups.iter().any(|one| one.estimate.low.is_none()).then(|| {
            "Groups with fewer than 30 answers, or with the same answer throughout, have no interval.".to_owned()
        }),
    }
}

/// How often each answer was given.
pub fn distribution(scale: Scale, question: &Question, f: &dyn Format) -> ChartWords {
    let [unhappy, _, happy] = question.stances;
    let share = |count: u64| match question.answers {
        0 => NOT_DEFINED.to_owned(),
        all => f.percent(count as f64 / all as f64, 0),
    };
    let title = match scale {
        Scale::Nps => format!("{} answer 9 or 10, {} 6 or less", share(happy), share(unhappy)),
        Scale::Csat => format!("{} answer 4 or 5, {} 1 or 2", share(happy), share(unhappy)),
        Scale::Ces => format!("{} found it easy, {} hard", share(happy), share(unhappy)),
    };
    let (least, most) = scale.bounds();
    let counts =
        (least..).zip(&question.distribution).map(|(answer, count)| format!("{answer}: {}", f.integer(*count)));
    ChartWords {
        title,
        sub: format!(
            "Answers from {least} to {most}, how often each was given; {}",
            f.count(question.answers, "answer")
        ),
        sentence: format!("How often each answer was given: {}.", counts.collect::<Vec<_>>().join(", ")),
        note: None,
    }
}

/// The names of the stances on a scale: the unhappy, those between, the happy.
pub fn stances(scale: Scale) -> [&'static str; 3] {
    match scale {
        Scale::Nps => ["Would not recommend", "Undecided", "Would recommend"],
        Scale::Csat => ["Not content", "Neither", "Content"],
        Scale::Ces => ["Much effort", "Neither", "Little effort"],
    }
}

/// Who bought again after an answer.
pub fn again(said: &Feedback, f: &dyn Format) -> ChartWords {
    let [unhappy, happy] =
        [said.stances.first(), said.stances.last()].map(|stance| stance.map(|one| one.again).unwrap_or_default());
    let days = f.days(f64::from(said.window_days.unwrap_or_default()));
    let title = match (unhappy.rate, happy.rate) {
        (Some(a), Some(b)) if !unhappy.within_chance_of(&happy) => {
            let less = if a < b { "less" } else { "more" };
            format!("The unhappy come back {less} often: {} against {} of the happy", f.rate(&unhappy), f.rate(&happy))
        }
        (Some(_), Some(_)) => "Whether they come back does not clearly go with the answer".to_owned(),
        _ => "Too early to tell who comes back".to_owned(),
    };
    ChartWords {
        title,
        sub: format!("Customers with a purchase within {days} after their first answer, by that answer"),
        sentence: format!(
            "Of the unhappy {} bought again within {days}, of the happy {}.",
            f.rate(&unhappy),
            f.rate(&happy)
        ),
        note: Some("Answers that are younger than that are not counted; without the answer some would not have come back either.".to_owned()),
    }
}

/// The columns of the table behind a chart of scores: score, interval, answers.
pub fn cells(scale: Scale, estimate: &Estimate, f: &dyn Format) -> [String; 3] {
    [
        score(scale, estimate.score, estimate.answers, f),
        interval(scale, estimate, f).unwrap_or_else(|| "not told".to_owned()),
        f.integer(estimate.answers),
    ]
}
