//! What the shop spends on winning customers: a row a month, campaign and kind of cost.
//!
//! Budgets follow what the shop expects of a month, not who then came: so some months cost more for each new customer than
//! others. Social ads cost most, and more every year, though those whom they bring are soon gone.

use std::fmt::Write;

use super::shop::{self, CHANNELS, MARKET, NEWSLETTER, SEARCH, SOCIAL};
use super::{CLOSING, OPENING, people};
use crate::math::calendar::{Unit, YEAR_DAYS};
use crate::math::random::Random;
use crate::math::{Day, Money};

/// The columns of [`csv`].
pub const HEADER: &str = "month,channel,campaign,kind,cost,new_customers";

/// What runs under one name.
struct Campaign {
    /// As it stands in the file.
    name: &'static str,
    /// Its channel, as a place in [`CHANNELS`]; nothing for what is spent on no channel.
    channel: Option<usize>,
    /// As it stands in the file.
    kind: &'static str,
    /// The months in which it runs, 1 to 12; all where none are named.
    months: &'static [i32],
    /// Its share of the channel's budget against that of the other campaigns of the month.
    share: f64,
    /// Of the channel's new customers whom its advertising platform claims for itself, against its share; nothing where
    /// nobody counts.
    claims: Option<f64>,
}

const CAMPAIGNS: [Campaign; 9] = [
    Campaign { name: "Own name", channel: Some(SEARCH), kind: "marketing", months: &[], share: 1.0, claims: Some(1.5) },
    Campaign {
        name: "Seeds and plants",
        channel: Some(SEARCH),
        kind: "marketing",
        months: &[2, 3, 4, 5, 6],
        share: 2.2,
        claims: Some(0.9),
    },
    Campaign {
        name: "Bulbs and tools",
        channel: Some(SEARCH),
        kind: "marketing",
        months: &[8, 9, 10, 11],
        share: 1.6,
        claims: Some(0.9),
    },
    Campaign {
        name: "Always on",
        channel: Some(SOCIAL),
        kind: "marketing",
        months: &[],
        share: 1.0,
        claims: Some(1.1),
    },
    Campaign {
        name: "Spring film",
        channel: Some(SOCIAL),
        kind: "marketing",
        months: &[3, 4, 5],
        share: 1.5,
        claims: Some(0.7),
    },
    Campaign {
        name: "Christmas gifts",
        channel: Some(SOCIAL),
        kind: "marketing",
        months: &[11, 12],
        share: 1.4,
        claims: Some(1.3),
    },
    Campaign {
        name: "Letter to the garden",
        channel: Some(NEWSLETTER),
        kind: "marketing",
        months: &[],
        share: 1.0,
        claims: None,
    },
    Campaign { name: "Saturday stall", channel: Some(MARKET), kind: "sales", months: &[], share: 1.0, claims: None },
    Campaign { name: "", channel: None, kind: "overhead", months: &[], share: 1.0, claims: None },
];

/// What the shop means to pay for a new customer of each of [`CHANNELS`] on the opening day, in euros, and how much more a
/// year later, as a factor. Nothing is spent on word of mouth.
const BUDGETS: [(f64, f64); 5] = [(26.0, 1.04), (44.0, 1.08), (8.2, 1.02), (0.0, 1.0), (28.0, 1.03)];

/// Tools and the share of rent that is put down to winning customers, in euros a month.
const OVERHEAD: f64 = 165.0;

/// How much single months stray: the shape of a gamma distribution around 1.
const STRAY: f64 = 60.0;

/// The costs as a CSV file, in order of months: a function of the seed alone, and nothing that the orders draw from.
pub fn csv(seed: u64) -> String {
    let random = &mut Random::new(seed ^ 0x636f_7374);
    let mut text = format!("{HEADER}\n");
    for month in Unit::Month.of(OPENING)..=Unit::Month.of(CLOSING) {
        let start = Unit::Month.start(month);
        let runs = |campaign: &&Campaign| campaign.months.is_empty() || campaign.months.contains(&start.ymd().1);
        for campaign in CAMPAIGNS.iter().filter(runs) {
            let rivals = CAMPAIGNS.iter().filter(runs).filter(|other| other.channel == campaign.channel);
            let share = campaign.share / rivals.map(|other| other.share).sum::<f64>();
            let stray = random.gamma(STRAY, STRAY);
            let expected = campaign.channel.map_or(0.0, |channel| share * expected(month, channel));
            let euros = campaign.channel.map_or(OVERHEAD, |channel| expected * price(start, channel)) * stray;
            let cost = Money(libm::round(euros * 100.0) as i64 * 100);
            let channel = campaign.channel.map_or("", |channel| CHANNELS[channel].name);
            let claimed = campaign.claims.map(|claims| libm::round(expected * claims * random.gamma(20.0, 20.0)));
            let claimed = claimed.map_or_else(String::new, |count| format!("{count}"));
            // A String takes all that is written to it.
            let _ = writeln!(text, "{start},{channel},{},{},{cost},{claimed}", campaign.name, campaign.kind);
        }
    }
    text
}

/// The new customers of a channel whom the shop expects in a month.
fn expected(month: i32, channel: usize) -> f64 {
    let days = (Unit::Month.start(month).0..=Unit::Month.end(month).0).map(Day);
    let share = |day: Day| {
        let (first, last) = CHANNELS[channel].share;
        first + (last - first) * people::age(day)
    };
    days.map(|day| people::arrivals(day) * share(day)).sum::<f64>() * shop::CUSTOMERS as f64
        / (OPENING.0..=CLOSING.0).map(|day| people::arrivals(Day(day))).sum::<f64>()
}

/// What a new customer of a channel is meant to cost on a day, in euros.
fn price(day: Day, channel: usize) -> f64 {
    let (first, growth) = BUDGETS[channel];
    first * libm::pow(growth, f64::from(day.0 - OPENING.0) / YEAR_DAYS)
}
