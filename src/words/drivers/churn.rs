//! Who left, by what was known of them before.

use super::names;
use crate::math::regression::quality::Area;
use crate::report::drivers::{Churn, ChurnBy, ChurnGroup, Way};
use crate::words::charts::ChartWords;
use crate::words::format::Format;

/// How far from a coin's 0.5 a measure tells something.
const TELLS: f64 = 0.05;

/// A group by its ends: `7 to 22`, `1`.
pub fn group(by: &ChurnBy, group: &ChurnGroup, f: &dyn Format) -> String {
    let amount = |value: f64| names::amount(by.measure, value, f);
    let (least, most) = (amount(group.least), amount(group.most));
    if least == most { least } else { format!("{least} to {most}") }
}

/// Why nothing is told of who left by what was known before; nothing where it is.
pub fn missing(churn: &Churn, f: &dyn Format) -> Option<String> {
    let all = churn.all.filter(|_| churn.measures.is_empty())?;
    let stayed = all.of.saturating_sub(all.count);
    Some(format!(
        "Who left can’t be told apart: of {} active before, {} left and {} stayed; it takes 20 of each.",
        f.count(all.of, "customer"),
        f.integer(all.count),
        f.integer(stayed)
    ))
}

/// The words around a chart of one measure.
pub fn words(churn: &Churn, by: Option<&ChurnBy>, f: &dyn Format) -> ChartWords {
    let when = match churn.window_days {
        Some(days) => format!("did not buy in the last {}", f.days(f64::from(days))),
        None => "did not buy in the last calendar month".to_owned(),
    };
    let title = match by.map(|by| (by, by.groups.first(), by.groups.last())) {
        Some((by, Some(low), Some(high))) if (by.auc - 0.5).abs() >= TELLS => format!(
            "{}: {} of those with {} left, {} of those with {}",
            names::known(by.measure),
            f.rate(&low.left),
            group(by, low, f),
            f.rate(&high.left),
            group(by, high, f)
        ),
        Some((by, ..)) => format!("{} hardly tells who leaves", names::known(by.measure)),
        None => "Too few were active to tell who left".to_owned(),
    };
    let all = churn.all.map_or_else(String::new, |all| {
        format!(" {} were active before; {} of them {when}.", f.count(all.of, "customer"), f.rate(&all))
    });
    ChartWords {
        sentence: format!("{title}."),
        title,
        sub: format!("Customers by what was known of them before, in groups as equal as equal values allow.{all}"),
        note: None,
    }
}

/// Which of two ways to tell beforehand who will leave was better on the same past, in a sentence and what it rests on; empty
/// where nothing could be held against it.
pub fn duel(churn: &Churn, f: &dyn Format) -> [String; 2] {
    let Some(duel) = churn.duel else { return Default::default() };
    let (known, rhythm) = ("what is known of each customer", "the rhythm of their purchases");
    let title = match duel.better {
        Some(Way::Propensity) => format!("Who leaves is told better by {known} than by {rhythm}"),
        Some(_) => format!("Who leaves is told better by {rhythm} than by {known}"),
        None => format!("Who leaves is told about as well by {known} as by {rhythm}"),
    };
    let Area { value, low, high } = duel.auc_difference;
    let points = |share: f64| f.number(share * 100.0, 1);
    // The difference is told in favour of the one that is named.
    let by = |sign: f64, low: f64, high: f64| {
        format!("by {} points ({} to {})", points(sign * value), points(sign * low), points(sign * high))
    };
    let alive = match duel.auc_better {
        Some(Way::Propensity) => format!("what is known is better, {}", by(1.0, low, high)),
        Some(_) => format!("the chance to be there is better, {}", by(-1.0, high, low)),
        None => format!("neither is better by more than chance ({} to {} points apart)", points(low), points(high)),
    };
    let pairs = |auc: f64| f.percent(auc, 0);
    let text = format!(
        "Both had to tell it of {} active on {}, from what lay before; {} of them did not buy in the {} after it. Of two \
         customers, one of whom left, {known} (all of the measures above together) picked the right one in {} of cases; \
         {rhythm} (the models behind the forecast: no purchase in those days) in {}, and the chance to be there, as “At risk” \
         has it, in {}. Guessing: {}. Between what is known and the chance to be there, {alive}.",
        f.count(duel.customers, "customer"),
        f.day(duel.day),
        f.integer(duel.left),
        f.days(f64::from(duel.window_days)),
        pairs(duel.propensity.auc),
        pairs(duel.models.auc),
        pairs(duel.alive_auc),
        f.percent(0.5, 0)
    );
    [title, text]
}
