//! How engaged customers are, from what they bought and from what else they did (definitions.md, section 4).
//!
//! * [`score`]: the engagement score, 0 to 100.
//! * [`outlook`]: the score of an earlier day against what came after.
//! * [`health`]: how well each customer is, part by part.
//! * [`answers`]: the last answer of each customer to a survey.
//! * [`decline`]: what customers did in the months before they left.
//! * [`sources`]: events and answers as the tables beside the orders hold them.
//!
//! All of it comes out of orders alone; a table of events adds what customers did beside buying.

pub mod answers;
pub mod decline;
pub mod health;
pub mod outlook;
pub mod score;
pub mod sources;

use crate::math::Money;
use crate::measures::beside::Beside;
use crate::measures::retention::{self, Activity};
use crate::report::engagement::{Ask, CustomerHealth, Engagement, Level};
use crate::tables::events::Events;

/// From this score on a customer is active, or well.
pub const HIGH: f64 = 67.0;

/// Below this score a customer is dormant, or not well.
pub const LOW: f64 = 33.0;

/// The place of a score among [`levels`].
fn level(score: f64) -> usize {
    usize::from(score < HIGH) + usize::from(score < LOW)
}

/// Three empty levels, the highest first.
fn levels(names: [&str; 3]) -> Vec<Level> {
    let level = |name: &str| Level { name: name.to_owned(), customers: 0, revenue: Money::ZERO };
    names.into_iter().map(level).collect()
}

/// The section of the report.
pub fn engagement(beside: &Beside<'_>, ask: &Ask) -> Engagement {
    let shown = beside.shown;
    let events = sources::events(beside);
    let events = events.as_ref();
    let since = sources::since(beside);
    let rhythm = retention::rhythm(beside.history);
    let activity = Activity::new(beside.settings.active, &rhythm);
    let window = match activity {
        Activity::Window(days) => days,
        Activity::Month => rhythm.window,
    };
    let measured = score::measured(shown.visits, since, shown.end, events);
    let scores = measured.scores(&ask.weights);
    let (bins, levels) = score::distribution(&measured, &scores);
    let answers = sources::answers(beside);
    Engagement {
        customers: measured.customers.len() as u64,
        parts: measured.parts(&ask.weights),
        bins,
        levels,
        outlook: outlook::outlook(shown, since, window, events, &ask.weights),
        health: known(beside, &answers, rhythm.median, events).all(shown, window),
        decline: decline::decline(beside.history, activity, shown.end, events),
        events: events.and_then(|events| sources::facts(beside, events)),
    }
}

/// How well one customer of the ledger is; nothing where they have no purchase in the period.
pub fn health_of(beside: &Beside<'_>, number: u32) -> Option<CustomerHealth> {
    let customer = beside.place(number)?;
    let (events, answers) = (sources::events(beside), sources::answers(beside));
    let usual = retention::rhythm(beside.history).median;
    Some(known(beside, &answers, usual, events.as_ref()).customer(beside.shown, customer))
}

fn known<'a>(
    beside: &Beside<'a>,
    answers: &'a [Option<answers::Answer>],
    usual: Option<f64>,
    events: Option<&'a Events>,
) -> health::Known<'a> {
    health::Known { history: beside.history, end: beside.shown.end, usual, answers, events }
}
