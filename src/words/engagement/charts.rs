//! The words around the charts.

use super::{came_back, ends, group_noun};
use crate::math::stats::Share;
use crate::report::Report;
use crate::report::engagement::{DeclineSeries, Engagement, OutlookGroup};
use crate::words::charts::ChartWords;
use crate::words::format::{Format, list};

/// Around a chart of nothing.
fn nothing(title: &str) -> ChartWords {
    let sub = "There is nothing to draw yet".to_owned();
    ChartWords { title: title.to_owned(), sub, sentence: format!("{title}."), note: None }
}

/// Around the bars of who came back, by score.
pub fn outlook(section: &Engagement, report: &Report, f: &dyn Format) -> ChartWords {
    let Some(outlook) = &section.outlook else {
        return nothing("Too short a period, or too few customers, to judge the score by what came after it");
    };
    let end = report.period.end.map_or_else(String::new, |day| format!(" to {}", f.day(day)));
    let title = match ends(outlook) {
        None => "Too few customers to compare".to_owned(),
        Some((low, high)) if low.bought.within_chance_of(&high.bought) => {
            "Those with a high score came back about as often as those with a low one".to_owned()
        }
        Some((low, high)) => format!(
            "{} of the top {} bought again, {} of the lowest",
            f.rate(&high.bought),
            group_noun(outlook),
            f.rate(&low.bought)
        ),
    };
    let said = |group: &OutlookGroup| Some(format!("{} of those with {}", came_back(group, f), range(group, f)?));
    let all: Vec<String> = outlook.groups.iter().rev().filter_map(said).collect();
    ChartWords {
        sub: format!(
            "Share who bought after {}{end}, and what each brought then, by score on that day; {}",
            f.day(outlook.at),
            f.count(outlook.customers, "customer")
        ),
        sentence: format!("Bars of the share of customers who bought again, by score: {}.", list(&all)),
        title,
        note: Some(
            "What came after the day of the score is no part of it: a score that only repeats the past would not show here."
                .to_owned(),
        ),
    }
}

/// The scores of a group: `70 to 98`.
pub fn range(group: &OutlookGroup, f: &dyn Format) -> Option<String> {
    let [low, high] = [group.lowest?, group.highest?].map(|score| f.number(score, 0));
    Some(if low == high { format!("score {low}") } else { format!("score {low} to {high}") })
}

/// Around the columns of how many have which score.
pub fn distribution(section: &Engagement, f: &dyn Format) -> ChartWords {
    let most = section.bins.iter().reduce(|most, bin| if bin.customers > most.customers { bin } else { most });
    let title = most.map_or_else(
        || "No part of the score counts".to_owned(),
        |bin| {
            let share = Share::new(bin.customers, section.customers);
            format!(
                "Most often a score lies from {} to {}: {} of customers",
                bin.from,
                bin.from + 10,
                f.share(share.rate)
            )
        },
    );
    ChartWords {
        sub: "Customers by engagement score, in steps of ten".to_owned(),
        sentence: format!("Columns of customers by engagement score. {title}."),
        title,
        note: None,
    }
}

/// What is shown of what came before customers left: all events where there are any, else purchases.
pub fn decline_shown(section: &Engagement) -> Option<&DeclineSeries> {
    let series = &section.decline.as_ref()?.series;
    series.iter().find(|series| series.key == "events").or_else(|| series.first())
}

/// The mean of the first and of the last three months, per 100 customers.
fn halves(months: &[f64]) -> [f64; 2] {
    let half = months.len() / 2;
    [&months[..half], &months[half..]].map(|part| 100.0 * part.iter().sum::<f64>() / part.len().max(1) as f64)
}

/// Around the lines of what came before customers left.
pub fn decline(section: &Engagement, f: &dyn Format) -> ChartWords {
    let (Some(decline), Some(series)) = (&section.decline, decline_shown(section)) else {
        return nothing("Too few customers have left to be compared");
    };
    let what = if series.key == "purchases" { "purchases" } else { "events" };
    let [before, after] = halves(&series.left).map(|value| f.number(value, 0));
    let title = match (series.low > 0.0, series.high < 0.0) {
        (_, true) => {
            format!("Before they leave, customers do less: from {before} to {after} {what} a month per 100 of them")
        }
        (true, _) => {
            format!("Before they leave, customers do more: from {before} to {after} {what} a month per 100 of them")
        }
        _ => "What customers do before they leave differs from what others do by no more than chance".to_owned(),
    };
    ChartWords {
        sub: format!(
            "{} a month per 100 customers, before the last purchase of {} who left and before one in the same months of {} \
             who stayed",
            if what == "purchases" { "Purchases" } else { "Events" },
            f.integer(decline.left),
            f.integer(decline.stayed)
        ),
        sentence: format!("Two lines over the six months before a purchase. {title}."),
        title,
        note: Some(against(series, f)),
    }
}

/// How those who left changed against those who stayed.
fn against(series: &DeclineSeries, f: &dyn Format) -> String {
    let number = |value: f64| f.number(100.0 * value, 1);
    let (change, low, high) = (series.change, series.low, series.high);
    let said = match (low > 0.0, high < 0.0) {
        (_, true) => format!(
            "those who left fell by {} more than those who stayed ({} to {})",
            number(-change),
            number(-high),
            number(-low)
        ),
        (true, _) => format!(
            "those who left rose by {} more than those who stayed ({} to {})",
            number(change),
            number(low),
            number(high)
        ),
        _ => format!("the difference between the two is {} ({} to {})", number(change), number(low), number(high)),
    };
    format!(
        "From the first three months to the last three, {said}; such an interval holds in 19 cases of 20. The day of the purchase itself \
         is left out."
    )
}
