//! How engaged customers are, and how well, in words.
//!
//! * Here: what the view opens with, and what the parts of the score are called.
//! * [`figures`](mod@figures): its figures; [`charts`]: the words around its charts.
//! * [`health`]: how well customers are, and who slips.

use crate::ingest::profile::shown;
use crate::report::engagement::{Engagement, Outlook, OutlookGroup, ScorePart};

use super::facts::FEW;
use super::findings::Finding;
use super::format::{Format, NOT_DEFINED};

pub mod charts;
pub mod figures;
pub mod health;

pub use charts::{decline, decline_shown, distribution, outlook, range};
pub use figures::figures;
pub use health::{HEALTH_PARTS, SLIPPING, band_name, health_part, health_parts, health_title, reasons, slipping_title};

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

/// How many of a group came back: their share, of a few only the count.
pub fn came_back(group: &OutlookGroup, f: &dyn Format) -> String {
    match group.bought.of {
        0 => NOT_DEFINED.to_owned(),
        of if of < FEW => format!("{} of {}", f.integer(group.bought.count), f.integer(of)),
        _ => f.rate(&group.bought),
    }
}

/// What the view opens with.
pub fn finding(section: &Engagement, f: &dyn Format) -> Finding {
    if section.customers == 0 {
        return plain("There are no purchases in this selection.", "Widen the period, or take a filter away.");
    }
    if section.bins.is_empty() {
        return plain("No part of the score counts.", "Give at least one of them a weight.");
    }
    if section.customers < FEW {
        let few = f.count(section.customers, "customer");
        let said = format!("Too few to rank by engagement: {few}; from about {FEW} on a score tells something.");
        return Finding { before: said, ..Finding::default() };
    }
    let level = &section.levels[0];
    let told = section.outlook.as_ref().and_then(|outlook| Some((outlook, ends(outlook)?)));
    let Some((outlook, (low, high))) = told else {
        return Finding {
            before: format!("Of {}, ", f.count(section.customers, "customer")),
            strong: f.integer(level.customers),
            after: " have an engagement score of 67 or more of 100: they did more than most others.".to_owned(),
            lead: Some(
                match section.outlook {
                    Some(_) => "Whether the score tells who comes back can’t be said yet: fewer than 30 customers stand in each fifth.",
                    None => {
                        "Whether the score tells who comes back can’t be said: that takes a period of nine months, and 50 \
                         customers before its last 90 days."
                    }
                }
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

/// Why there is nothing to be seen of what came before customers left.
pub const NO_DECLINE: &str = "What comes before customers leave can’t be told yet: that takes 30 customers who left and were known for six months \
     before, others who bought in the same months and stayed, and events that reach back as far where there are any.";

/// What a file of events would add.
pub const WITHOUT_EVENTS: &str = "So far the score knows purchases only. A file with the columns customer, date and event (visits, newsletters opened, \
     wish lists, complaints) makes it richer, and shows what people do before they leave.";

/// What a complaint does to the score.
pub const COMPLAINTS_COUNT: &str =
    "A complaint counts as being engaged, too: who complains still cares. Set its weight to 0 if you see it otherwise.";
