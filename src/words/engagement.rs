//! How engaged customers are, and how well, in words.

use crate::ingest::profile::shown;
use crate::math::stats::Share;
use crate::report::Report;
use crate::report::engagement::{CustomerHealth, DeclineSeries, Engagement, Level, Outlook, OutlookGroup, ScorePart};

use super::charts::ChartWords;
use super::facts::FEW;
use super::findings::Finding;
use super::format::{Format, NOT_DEFINED, list};
use super::told::Told;

/// What a part of the score, or of what was counted before customers left, is called.
pub fn part_name(key: &str) -> String {
    match key.strip_prefix("event:") {
        Some("") => "All rarer events".to_owned(),
        Some(kind) => shown(kind),
        None => match key {
            "recency" => "Last purchase",
            "frequency" => "Days with a purchase",
            "spend" => "Spend",
            "purchases" => "Purchases",
            _ => "All events",
        }
        .to_owned(),
    }
}

/// What stands behind a part of the score.
pub fn part_meaning(part: &ScorePart, f: &dyn Format) -> String {
    match (part.events, part.customers) {
        (Some(events), Some(customers)) => {
            format!("{} of {}", f.count(events, "event"), f.count(customers, "customer"))
        }
        _ => match part.key.as_str() {
            "recency" => "how lately",
            "frequency" => "how often",
            _ => "how much",
        }
        .to_owned(),
    }
}

/// A score of 100.
fn score(value: Option<f64>, f: &dyn Format) -> String {
    value.map_or_else(|| NOT_DEFINED.to_owned(), |value| f.number(value, 0))
}

/// `tenth` or `fifth`.
fn group_noun(outlook: &Outlook) -> &'static str {
    if outlook.groups.len() == 10 { "tenth" } else { "fifth" }
}

/// The lowest and the highest group with enough customers in them.
fn ends(outlook: &Outlook) -> Option<(&OutlookGroup, &OutlookGroup)> {
    let mut filled = outlook.groups.iter().filter(|group| group.bought.of >= FEW);
    let low = filled.next()?;
    Some((low, filled.next_back()?))
}

/// What the view opens with.
pub fn finding(section: &Engagement, f: &dyn Format) -> Finding {
    if section.customers == 0 {
        return plain("There are no purchases in this selection.", "Widen the period, or take a filter away.");
    }
    if section.bins.is_empty() {
        return plain("No part of the score counts.", "Give at least one of them a weight.");
    }
    let level = &section.levels[0];
    let told = section.outlook.as_ref().and_then(|outlook| Some((outlook, ends(outlook)?)));
    let Some((outlook, (low, high))) = told else {
        return Finding {
            before: format!("Of {}, ", f.count(section.customers, "customer")),
            strong: f.integer(level.customers),
            after: " are active: their score is 67 or more of 100.".to_owned(),
            lead: Some(
                "Whether the score tells who comes back can’t be said: that takes a period of nine months, and 50 \
                 customers before its last 90 days."
                    .to_owned(),
            ),
        };
    };
    let lead =
        format!("This is the score of {}, held against what came after it.{}", f.day(outlook.at), pairs(outlook, f));
    if low.bought.within_chance_of(&high.bought) {
        return Finding {
            before: "The score does not tell who comes back: those with the highest and the lowest bought again about \
                     as often."
                .to_owned(),
            lead: Some(lead),
            ..Finding::default()
        };
    }
    let noun = group_noun(outlook);
    Finding {
        before: format!("Of the most engaged {noun} of your customers, "),
        strong: f.rate(&high.bought),
        after: format!(
            " bought again within the next {}; of the least engaged, {}.",
            f.days(f64::from(outlook.days)),
            f.rate(&low.bought)
        ),
        lead: Some(lead),
    }
}

fn plain(text: &str, lead: &str) -> Finding {
    Finding { before: text.to_owned(), lead: Some(lead.to_owned()), ..Finding::default() }
}

fn pairs(outlook: &Outlook, f: &dyn Format) -> String {
    outlook.concordance.map_or_else(String::new, |share| {
        format!(
            " Take one who bought since and one who did not: in {} of 100 such pairs the score was higher for who bought.",
            f.number(share * 100.0, 0)
        )
    })
}

/// The figures of the view.
pub fn figures(section: &Engagement, report: &Report, f: &dyn Format) -> Vec<Told> {
    vec![active(section, report, f), told_apart(section, f), healthy(section, f), slipping(section, f)]
}

fn share_of(level: &Level, report: &Report, f: &dyn Format) -> String {
    let all = report.totals.revenue.to_f64();
    match all > 0.0 {
        true => format!("{} of revenue", f.percent(level.revenue.to_f64() / all, 0)),
        false => format!("brought {}", f.money(level.revenue.to_f64())),
    }
}

fn active(section: &Engagement, report: &Report, f: &dyn Format) -> Told {
    let level = section.levels.first();
    let counting: Vec<&ScorePart> = section.parts.iter().filter(|part| part.weight > 0).collect();
    let weights: u64 = counting.iter().map(|part| u64::from(part.weight)).sum();
    let terms: Vec<String> =
        counting.iter().map(|part| format!("{} × {}", part.weight, part_name(&part.key).to_lowercase())).collect();
    let weight = |part: &ScorePart| (part_name(&part.key), format!("weight {}", part.weight));
    Told {
        key: "active",
        name: "Most engaged",
        value: level.map_or_else(|| NOT_DEFINED.to_owned(), |level| f.integer(level.customers)),
        unit: level.map_or_else(String::new, |_| format!("of {}", f.integer(section.customers))),
        beside: level.map_or_else(String::new, |level| share_of(level, report, f)),
        meaning: "Customers with an engagement score of 67 or more. The score says where a customer stands among all \
                  others, from 0 to 100: of each part, what share of customers has less of it, those with as much \
                  counted half."
            .to_owned(),
        trade: "engagement score, weighted mean of percentile ranks",
        formula: "sum of weight × rank ÷ sum of weights".to_owned(),
        numbers: match weights {
            0 => NOT_DEFINED.to_owned(),
            _ => format!("({}) ÷ {}", terms.join(" + "), weights),
        },
        inputs: section.parts.iter().map(weight).collect(),
        note:
            "Everything counts from the first to the last day shown. Who has bought nothing in that time has no score."
                .to_owned(),
        ..Told::default()
    }
}

fn told_apart(section: &Engagement, f: &dyn Format) -> Told {
    let outlook = section.outlook.as_ref();
    let value = outlook.and_then(|outlook| outlook.concordance);
    let bought: u64 = outlook.map_or(0, |outlook| outlook.groups.iter().map(|group| group.bought.count).sum());
    Told {
        key: "told-apart",
        name: "Told apart rightly",
        value: value.map_or_else(|| NOT_DEFINED.to_owned(), |share| f.number(share * 100.0, 0)),
        unit: if value.is_some() { "of 100 pairs".to_owned() } else { String::new() },
        beside: match outlook {
            Some(_) if value.is_some() => "50 would be guessing".to_owned(),
            Some(_) => "all bought again, or nobody did".to_owned(),
            None => "too short a period, or too few customers".to_owned(),
        },
        meaning: "Take a customer who bought after the day of the score and one who did not: how often was the score \
                  higher for who bought. It is judged by what came after the score only, never by what went into it."
            .to_owned(),
        trade: "concordance, area under the ROC curve (AUC)",
        formula: "pairs in which the score was higher for who bought ÷ all pairs, equal scores counted half".to_owned(),
        numbers: value.map_or_else(|| NOT_DEFINED.to_owned(), |share| f.percent(share, 1)),
        inputs: outlook.map_or_else(Vec::new, |outlook| {
            vec![
                ("Day of the score".to_owned(), f.day(outlook.at)),
                ("Days after it".to_owned(), f.integer(u64::from(outlook.days))),
                ("Customers by then".to_owned(), f.integer(outlook.customers)),
                ("Bought since".to_owned(), f.integer(bought)),
            ]
        }),
        note: String::new(),
        ..Told::default()
    }
}

fn healthy(section: &Engagement, f: &dyn Format) -> Told {
    let health = &section.health;
    let good = health.bands.first().map_or(0, |band| band.customers);
    let part = |part: &crate::report::engagement::HealthPart| {
        let known = format!("{}, known of {}", score(part.mean, f), f.integer(part.customers));
        (health_part(&part.key).to_owned(), if part.customers == 0 { "not known".to_owned() } else { known })
    };
    Told {
        key: "well",
        name: "Doing well",
        value: if health.customers == 0 { NOT_DEFINED.to_owned() } else { f.integer(good) },
        unit: if health.customers == 0 { String::new() } else { format!("of {}", f.integer(health.customers)) },
        beside: match health.mean {
            Some(mean) => format!("mean health {} of 100", f.number(mean, 0)),
            None => "nobody has bought twice yet".to_owned(),
        },
        meaning:
            "Customers with a health score of 67 or more: the mean of what is known of each customer, from 0 to 100."
                .to_owned(),
        trade: "customer health score",
        formula: "mean of the parts that are known".to_owned(),
        numbers: score(health.mean, f),
        inputs: health.parts.iter().map(part).collect(),
        note: "Rhythm: 100 until the usual gap has passed, 0 from three usual gaps on. Trend: the recent share of the \
               spend of two years, or of two half-years for newer customers. Answer: where the last one lies on its \
               scale. Complaints: 0 while one is open; else no part."
            .to_owned(),
        ..Told::default()
    }
}

fn slipping(section: &Engagement, f: &dyn Format) -> Told {
    let health = &section.health;
    Told {
        key: "slipping",
        name: "Slipping",
        value: f.integer(health.slipping_customers),
        unit: if health.slipping_customers == 1 { "customer" } else { "customers" }.to_owned(),
        beside: format!("brought {} so far", f.money(health.slipping_revenue.to_f64())),
        meaning:
            "Customers who have come back before, were here within the active window, and whose health is below 50: \
                  late, but not lost."
                .to_owned(),
        trade: "customers at risk",
        formula: "health below 50, last purchase within the active window, two days with a purchase or more".to_owned(),
        numbers: f.integer(health.slipping_customers),
        inputs: vec![(
            "Usual gap of all who come back".to_owned(),
            health.usual_days.map_or_else(|| NOT_DEFINED.to_owned(), |days| f.days(days)),
        )],
        note: String::new(),
        ..Told::default()
    }
}

/// The middle of a part: an answer below it is no good one.
const MIDDLE: f64 = 50.0;

/// What a part of health is called.
pub fn health_part(key: &str) -> &'static str {
    match key {
        "rhythm" => "Rhythm",
        "trend" => "Trend of spend",
        "answer" => "Last answer",
        _ => "Open complaints",
    }
}

/// The parts of a customer's health that are known: name, score, and what it rests on, as it is said.
pub fn health_parts(health: &CustomerHealth, f: &dyn Format) -> Vec<(&'static str, String, String)> {
    let mut parts = Vec::new();
    let mut add = |key, value: f64, said| parts.push((health_part(key), f.number(value, 0), said));
    if let Some(rhythm) = &health.rhythm {
        let (last, usual) = (f.days(f64::from(rhythm.days)), f.number(rhythm.usual, 0));
        let whose = if rhythm.own { "usually every" } else { "those who come back typically do after" };
        let days = if usual == "1" { "day" } else { "days" };
        add("rhythm", rhythm.score, format!("Last bought {last} ago; {whose} {usual} {days}"));
    }
    if let Some(trend) = &health.trend {
        let [recent, before] = [trend.recent, trend.before].map(|amount| f.money(amount.to_f64()));
        add(
            "trend",
            trend.score,
            format!("{recent} in the last {} days, {before} in the {} before", trend.days, trend.days),
        );
    }
    if let Some(answer) = &health.answer {
        let most = match answer.scale.as_str() {
            "nps" => "10",
            "csat" => "5",
            _ => "7 for effort",
        };
        let when = answer.day.map_or_else(String::new, |day| format!(", on {}", f.day(day)));
        let given = f.number(answer.answer.0, u8::from(answer.answer.0.fract() != 0.0));
        add("answer", answer.score, format!("Last answer {given} of {most}{when}"));
    }
    if let Some(complaints) = &health.complaints {
        let is = if complaints.open == 1 { "is" } else { "are" };
        add("complaints", complaints.score, format!("{} {is} open", f.count(u64::from(complaints.open), "complaint")));
    }
    parts
}

/// Why a customer slips: only what is worse than it was with them, or open. Who spends more than before, or gave a good answer,
/// does not slip for that.
pub fn reasons(health: &CustomerHealth, f: &dyn Format) -> Vec<String> {
    let is_worse = |part: &str| match part {
        "Rhythm" => health.rhythm.is_some_and(|rhythm| f64::from(rhythm.days) > rhythm.usual),
        "Trend of spend" => health.trend.as_ref().is_some_and(|trend| trend.recent < trend.before),
        "Last answer" => health.answer.as_ref().is_some_and(|answer| answer.score < MIDDLE),
        _ => true,
    };
    health_parts(health, f).into_iter().filter(|(part, ..)| is_worse(part)).map(|(.., said)| said).collect()
}

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
    let said = |group: &OutlookGroup| Some(format!("{} of those with {}", f.rate(&group.bought), range(group, f)?));
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

/// Why there is nothing to be seen of what came before customers left.
pub const NO_DECLINE: &str = "What comes before customers leave can’t be told yet: that takes 30 customers who left and were known for six months \
     before, others who bought in the same months and stayed, and events that reach back as far where there are any.";

/// What a file of events would add.
pub const WITHOUT_EVENTS: &str = "So far the score knows purchases only. A file with the columns customer, date and event (visits, newsletters opened, \
     wish lists, complaints) makes it richer, and shows what people do before they leave.";

/// What stands above the list of those who slip.
pub fn slipping_title(section: &Engagement, f: &dyn Format) -> String {
    match section.health.slipping_customers {
        1 => "One customer slips: write to them".to_owned(),
        all => format!("{} customers slip: write to those who brought most", f.integer(all)),
    }
}

/// What stands below that.
pub const SLIPPING: &str = "They have come back before and were here within the active window, but are late, spend less, or wait for an answer. \
     A personal note costs little; who is lost is hard to win again.";

/// What a band of health is called.
pub fn band_name(name: &str) -> &'static str {
    match name {
        "good" => "Doing well: 67 and more",
        "fair" => "In between",
        _ => "Not well: below 33",
    }
}

/// How well a customer is, in a few words; nothing where nothing is known of it.
pub fn health_title(health: &CustomerHealth, f: &dyn Format) -> Option<String> {
    let score = health.score?;
    let said = match score {
        high if high >= 67.0 => "doing well",
        low if low < 33.0 => "not doing well",
        _ => "in between",
    };
    Some(format!("Health {} of 100: {said}", f.number(score, 0)))
}

/// What the score of a customer is made of.
pub const HEALTH_PARTS: &str = "The mean of these parts, each from 0 to 100. Rhythm falls from the usual gap on and is used up after three of them; \
     half-way, 50, is a trend without change.";

/// What a complaint does to the score.
pub const COMPLAINTS_COUNT: &str =
    "A complaint counts as being engaged, too: who complains still cares. Set its weight to 0 if you see it otherwise.";
