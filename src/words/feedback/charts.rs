//! The words around the charts of what customers say.

use crate::math::stats::Share;
use crate::report::feedback::{Estimate, Feedback, GroupScore, HeardOf, PeriodScore, Question};
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
        (Some(_), Some(_)) => match question.steady.filter(|p| *p < 0.05).and_then(|_| ends_apart(periods)) {
            Some((least, most)) => format!(
                "The {} goes up and down by more than chance, from {} in {} to {} in {}, but to no lasting change",
                noun(scale),
                told(scale, &least.estimate, f),
                f.period(&least.period, question.unit),
                told(scale, &most.estimate, f),
                f.period(&most.period, question.unit)
            ),
            None => format!(
                "The {} has not clearly changed: {unit_name}s differ by no more than chance makes so many differ",
                noun(scale)
            ),
        },
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

/// The periods with the lowest and the highest score, of those that have an interval.
fn ends_apart(periods: &[PeriodScore]) -> Option<(&PeriodScore, &PeriodScore)> {
    let known = || periods.iter().filter(|one| one.estimate.low.is_some());
    let by = |a: &&PeriodScore, b: &&PeriodScore| a.estimate.score.partial_cmp(&b.estimate.score);
    let least = known().min_by(|a, b| by(a, b).unwrap_or(std::cmp::Ordering::Equal))?;
    let most = known().max_by(|a, b| by(a, b).unwrap_or(std::cmp::Ordering::Equal))?;
    Some((least, most))
}

/// A family of groups by what it divides.
pub fn family(name: &str) -> String {
    match name.strip_prefix("survey:") {
        Some(column) => segments::column(column),
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

/// The two groups that differ most clearly, the one with the lower score first; nothing where none of them differ.
fn clearest<'a>(groups: &[&'a GroupScore]) -> Option<(&'a GroupScore, &'a GroupScore)> {
    let half = |one: &Estimate| Some((one.high? - one.low?) / 2.0);
    let clear = |(a, b): (&'a GroupScore, &'a GroupScore)| {
        let apart = libm::fabs(a.estimate.score? - b.estimate.score?);
        let clear = apart / libm::hypot(half(&a.estimate)?, half(&b.estimate)?);
        let pair = if a.estimate.score <= b.estimate.score { (a, b) } else { (b, a) };
        differ(&a.estimate, &b.estimate).then_some((clear, pair))
    };
    let pairs = groups.iter().enumerate().flat_map(|(at, one)| groups[at + 1..].iter().map(move |two| (*one, *two)));
    pairs.filter_map(clear).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, pair)| pair)
}

/// The score by the groups of a family. One is said to stand out where the interval of its difference from all other answers
/// leaves 0 out; where none does, two may still differ from each other.
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
    let apart = |one: &&&GroupScore| differ(&one.estimate, &one.others);
    let against = |kind: &str, one: &GroupScore| {
        let [own, others] = [one.estimate, one.others].map(|estimate| told(scale, &estimate, f));
        format!("{kind}: {}, {own} against {others} of all others", group(one))
    };
    let worst = groups.iter().filter(apart).min_by(|a, b| good(&a.estimate).total_cmp(&good(&b.estimate)));
    let best = groups.iter().filter(apart).max_by(|a, b| good(&a.estimate).total_cmp(&good(&b.estimate)));
    let whole = told(scale, &all, f);
    let title = match (worst, best) {
        (Some(worst), _) if good(&worst.estimate) < good(&worst.others) => against("Least happy", worst),
        (_, Some(best)) if good(&best.estimate) > good(&best.others) => against("Happiest", best),
        _ => match clearest(groups) {
            Some((low, high)) => format!(
                "{} and {} differ: {} against {}",
                group(low),
                group(high),
                told(scale, &low.estimate, f),
                told(scale, &high.estimate, f)
            ),
            None => "Differences between these groups are within chance".to_owned(),
        },
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

/// A segment by how many of its customers have answered.
pub fn segment(one: &HeardOf) -> String {
    segments::title(&one.family, &one.name)
}

/// Who answers, by the segments of a family.
pub fn heard(said: &Feedback, segments: &[&HeardOf], f: &dyn Format) -> ChartWords {
    let all = &said.heard;
    let rate = |one: &&&HeardOf| one.heard.rate.unwrap_or_default();
    // The rest of the customers, without those of the segment.
    let apart = |one: &&&HeardOf| {
        let rest = Share::new(all.count.saturating_sub(one.heard.count), all.of.saturating_sub(one.heard.of));
        !one.heard.within_chance_of(&rest)
    };
    let clear = || segments.iter().filter(apart);
    let least = clear().min_by(|a, b| rate(a).total_cmp(&rate(b)));
    let most = clear().max_by(|a, b| rate(a).total_cmp(&rate(b)));
    let of = |one: &HeardOf| format!("{} of {}", f.rate(&one.heard), segment(one));
    let title = match (least, most) {
        (Some(least), Some(most)) if rate(&least) < rate(&most) => {
            format!("Answers come from {}, and {}", of(most), of(least))
        }
        (Some(one), _) => format!("Answers come from {}, and {} of all", of(one), f.rate(all)),
        _ => "No segment answers clearly more or less often than the others".to_owned(),
    };
    let spelt = segments.iter().map(|one| format!("{} {}", segment(one), f.rate(&one.heard)));
    ChartWords {
        title,
        sub: format!("Customers who have answered, of those with a purchase in the period; all: {}", f.rate(all)),
        sentence: format!("Share of customers who have answered: {}.", spelt.collect::<Vec<_>>().join(", ")),
        note: Some(
            "Whoever answered any question counts. Where few of a segment answer, a score says little of it, and that of all says more of the others."
                .to_owned(),
        ),
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
