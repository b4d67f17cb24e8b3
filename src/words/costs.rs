//! What winning customers costs, in words: the finding, the verdict on channels, what could not be joined, what to do.
//!
//! * `advice`: what to do; `gaps`: what could not be joined.
//! * [`figures`]: the two key figures that only this view has. [`charts`]: the words around its charts.

mod advice;
pub mod charts;
pub mod figures;
mod gaps;

#[cfg(test)]
pub(crate) mod tests;

pub use advice::{Advice, advice};
pub use gaps::gaps;

use crate::ingest::profile::shown;
use crate::math::money::Derived;
use crate::report::Report;
use crate::report::costs::{CampaignRow, ChannelRow, Costs, Spent, ToldBy};
use crate::roles::kind::TableKind;

use super::facts::FEW;
use super::findings::{self, Finding};
use super::format::{Format, NOT_DEFINED, list};
use super::tables::COSTS_RUN_BEYOND;

/// Fewer new customers than this make a cost to win one that is hardly one.
pub const FEW_NEW: u64 = 5;

/// Earning back less than so many times the cost is hardly more than nothing.
const BARELY: f64 = 1.5;

/// Customers of a channel from whom on it is told how sure it is to pay back.
pub use crate::measures::acquisition::FEWEST_FOR_CHANCE;

/// What stands at a figure that few customers carry.
pub const UNCERTAIN: &str = "few: uncertain";

/// What stands where no cost names a channel.
pub const NO_SPEND: &str = "no spend given";

/// What stands at a figure that the file of costs tells, not the orders.
pub const AS_YOUR_FILE_SAYS: &str = "as your file says";

/// Whether costs can be told at all: a table of them, or a sum that was typed in.
pub fn has_costs(report: &Report) -> bool {
    report.settings.spend.is_some() || report.tables.iter().any(|table| table.kind == TableKind::Spend.name())
}

/// Whether a table of costs names channels.
pub fn names_channels(report: &Report) -> bool {
    report.acquisition.channels.iter().any(|row| !row.channel.is_empty())
}

/// A channel, campaign or customer's origin as it is called.
pub fn name(text: &str) -> String {
    if text.is_empty() { "None named".to_string() } else { shown(text) }
}

/// What the view opens with.
pub fn finding(costs: &Costs, report: &Report, f: &dyn Format) -> Finding {
    if let Some(nothing) = findings::nothing_selected(report) {
        return nothing;
    }
    let plain = |text: String, lead: Option<String>| Finding { before: text, lead, ..Finding::default() };
    let Some(total) = &costs.total else {
        let other = gaps::other_currency(report, f);
        return match other.first() {
            Some(other) => plain("No cost counts: all are in another currency.".to_string(), Some(other.clone())),
            None => plain(
                "Your costs can’t be held against the customers of this period.".to_string(),
                Some(format!("{COSTS_RUN_BEYOND}.")),
            ),
        };
    };
    let spend = f.money(total.spend.to_f64());
    let days = days(total, f);
    let Some(cac) = total.cac else {
        let lead = match total.new_customers {
            None => {
                "They were spent on all customers, so they are no cost of some. Take the filter away to see what one costs."
            }
            Some(_) => "So what winning one costs is not defined.",
        };
        let won = if total.new_customers.is_some() { ", and nobody bought for the first time" } else { "" };
        return plain(format!("You spent {spend}{days}{won}."), Some(lead.to_string()));
    };
    let told: Vec<&ChannelRow> = by_cost(costs);
    let after = match &told[..] {
        [cheap, .., dear] => {
            let cost = |row: &ChannelRow| f.derived(row.costs.as_ref().and_then(|costs| costs.cac));
            format!(": from {} ({}) to {} ({}).", cost(cheap), name(&cheap.channel), cost(dear), name(&dear.channel))
        }
        _ => ".".to_string(),
    };
    let before = match &costs.only[..] {
        [] => "Winning a new customer costs you ".to_string(),
        [one] => format!("Winning a new customer from {} costs you ", name(one)),
        _ => "Winning a new customer from these channels costs you ".to_string(),
    };
    Finding {
        before,
        strong: f.money(cac.0),
        after,
        lead: Some(match told.len() {
            0 | 1 => {
                let unnamed = unnamed(costs, f).map_or_else(String::new, |unnamed| format!(" {unnamed}"));
                let new = f.count(total.new_customers.unwrap_or_default(), "new customer");
                format!("{spend} for {new}{days}.{unnamed}")
            }
            _ => {
                let free = free(costs, f).or_else(|| unnamed(costs, f));
                let free = free.map_or_else(String::new, |free| format!(" {free}"));
                format!("{}.{free}{}", verdict(costs, f), before_goods(report))
            }
        }),
    }
}

/// The customers of the sum who came by channels that no spend is given for, those of whom nobody knows, and what one of the
/// others costs; nothing where that is not told.
fn free(costs: &Costs, f: &dyn Format) -> Option<String> {
    let (all, paid) = (costs.total.as_ref()?.new_customers?, costs.paid.as_ref()?);
    let won = paid.new_customers?;
    let unnamed = match costs.unnamed {
        0 => String::new(),
        n => format!(", and there {} {} whose channel is not told", if n == 1 { "is" } else { "are" }, f.integer(n)),
    };
    Some(format!(
        "Of the {} that this counts, {} came without spend, as by word of mouth{unnamed}; over the others alone one costs {}.",
        f.count(all, "new customer"),
        f.integer(all.saturating_sub(won + costs.unnamed)),
        f.money(paid.cac?.0)
    ))
}

/// How many customers of the sum came by no named channel, where what one costs who was paid for is not told; nothing where
/// all channels are named.
fn unnamed(costs: &Costs, f: &dyn Format) -> Option<String> {
    let all = costs.total.as_ref()?.new_customers.filter(|_| costs.paid.is_none() && costs.unnamed > 0)?;
    Some(format!(
        "Of the {} that this counts, there {} {} whose channel is not told: nobody knows whether money was spent there.",
        f.count(all, "new customer"),
        if costs.unnamed == 1 { "is" } else { "are" },
        f.integer(costs.unnamed)
    ))
}

/// Why a customer of a channel may have brought more within the months chosen than one is worth over the whole time; nothing
/// where none has.
pub fn above_worth(costs: &Costs, f: &dyn Format) -> Option<String> {
    let above = |row: &&ChannelRow| row.affordable.zip(row.worth).is_some_and(|(most, worth)| most > worth);
    let row = costs.channels.iter().find(above)?;
    Some(format!(
        "Customers from {} have brought more within {} ({}) than the worth over the whole time says ({}). The first is counted, \
         of those who have been there so long; the second is a product of averages, order × orders a year × years, which takes \
         purchases to come evenly and says too little where most are made early. Go by what is counted.",
        name(&row.channel),
        f.count(u64::from(costs.within_months), "month"),
        f.money(row.affordable?.0),
        f.money(row.worth?.0)
    ))
}

/// The days that costs cover, where a table tells them: ` from 1 Oct 2023 to 30 Sep 2026`.
fn days(spent: &Spent, f: &dyn Format) -> String {
    format!(" from {} to {}", f.day(spent.start), f.day(spent.end))
}

/// What is to be added where no margin is known.
fn before_goods(report: &Report) -> &'static str {
    if report.settings.margin.is_some() {
        ""
    } else {
        " That is revenue: type in your margin to see what is left of it."
    }
}

/// Whether some channel has a name and costs: without, there is nothing to compare.
pub fn by_channel(costs: &Costs) -> bool {
    costs.channels.iter().any(|row| !row.channel.is_empty() && row.costs.is_some())
}

/// The channels with a cost to win one that some customers carry, the cheapest first.
fn by_cost(costs: &Costs) -> Vec<&ChannelRow> {
    let cac = |row: &ChannelRow| row.costs.as_ref().and_then(|costs| costs.cac);
    let mut rows: Vec<&ChannelRow> =
        costs.channels.iter().filter(|row| cac(row).is_some() && new_customers(row) >= FEW_NEW).collect();
    crate::math::order::sort_by(&mut rows, |a, b| cac(a).partial_cmp(&cac(b)).unwrap_or(std::cmp::Ordering::Equal));
    rows
}

fn new_customers(row: &ChannelRow) -> u64 {
    row.costs.as_ref().and_then(|costs| costs.new_customers).unwrap_or_default()
}

/// What a customer of a channel brings at the least: the worth over the whole time, or what has been counted of those who were
/// there for the months chosen where that is more already.
fn brings(row: &ChannelRow) -> Option<f64> {
    let worth = row.worth?.0;
    Some(row.affordable.map_or(worth, |counted| counted.0.max(worth)))
}

/// The channels whose customers are many enough to say what one brings against the cost, and how many times that is.
fn rated(costs: &Costs) -> impl Iterator<Item = (&ChannelRow, f64)> {
    let ratio = |row: &ChannelRow| Some(row.ltv_cac?.max(brings(row)? / row.costs.as_ref()?.cac?.0));
    costs.channels.iter().filter(|row| new_customers(row) >= FEW).filter_map(move |row| Some((row, ratio(row)?)))
}

/// Of these the one that earns back least.
fn least(costs: &Costs) -> Option<(&ChannelRow, f64)> {
    rated(costs).min_by(|a, b| a.1.total_cmp(&b.1))
}

/// What stands out among the channels, without a full stop: the one that earns back least, where many customers tell it.
pub fn verdict(costs: &Costs, f: &dyn Format) -> String {
    let Some((least, ratio)) = least(costs) else {
        return "Too few new customers by channel to compare what winning one costs".to_string();
    };
    let from = format!("A customer from {}", name(&least.channel));
    let surely_less =
        brings(least).zip(least.costs.as_ref().and_then(|costs| costs.low)).is_some_and(|(brings, low)| brings < low.0);
    match ratio {
        _ if surely_less => format!("{from} brings less than winning one costs"),
        ratio if ratio < BARELY => format!("{from} barely earns back the cost"),
        ratio if rated(costs).count() > 1 => {
            format!(
                "Customers of every channel earn back their cost, the least from {}: {} times",
                name(&least.channel),
                f.number(ratio, 1)
            )
        }
        ratio => format!("{from} earns back the cost {} times", f.number(ratio, 1)),
    }
}

/// The remark at the table of channels: which channel a customer's is, which days the costs cover, and what worth is.
pub fn of_channels(costs: &Costs, report: &Report, f: &dyn Format) -> String {
    let column = costs.column.as_deref().map_or("channel".to_string(), shown);
    let days = costs
        .total
        .as_ref()
        .map_or_else(String::new, |total| format!(" Costs: {} to {}.", f.day(total.start), f.day(total.end)));
    let what = if report.settings.margin.is_some() { "margin" } else { "revenue, before the cost of goods" };
    format!("By {column} of the first purchase.{days} Worth: {what}.")
}

/// By what its cost was told, where that is not the orders: a mark behind the number.
pub fn told(spent: &Spent) -> &'static str {
    if spent.told_by == Some(ToldBy::Costs) { AS_YOUR_FILE_SAYS } else { "" }
}

/// The cost to win one, and the interval or the warning beside it.
pub fn cost_to_win(spent: Option<&Spent>, f: &dyn Format) -> (String, String) {
    let Some(spent) = spent else { return (NO_SPEND.to_string(), String::new()) };
    let Some(cac) = spent.cac else { return (NOT_DEFINED.to_string(), String::new()) };
    let beside = match (spent.new_customers, spent.low.zip(spent.high)) {
        (Some(count), _) if count < FEW_NEW => UNCERTAIN.to_string(),
        (_, Some((low, high))) => format!("{} to {}", f.money(low.0), f.money(high.0)),
        _ => String::new(),
    };
    (f.money(cac.0), beside)
}

/// When a cost is paid back: `in the 4th month`.
pub fn paid_back(month: Option<u32>, observed: usize) -> String {
    match month {
        Some(0) => "in the first month".to_string(),
        Some(month) => format!("in the {} month", ordinal(month + 1)),
        None if observed == 0 => NOT_DEFINED.to_string(),
        None => format!("not within {observed} months"),
    }
}

/// How sure it is that the cost is paid back within the months that are set: `chance 87% within 6 months`.
pub fn chance(row: &ChannelRow, within: u32, f: &dyn Format) -> String {
    let Some(chance) = row.chance else { return String::new() };
    let said = match chance {
        chance if chance > 0.99 => format!("over {}", f.percent(0.99, 0)),
        chance if chance < 0.01 => format!("under {}", f.percent(0.01, 0)),
        chance => f.percent(chance, 0),
    };
    format!("chance {said} within {}", f.count(u64::from(within), "month"))
}

/// The most that one can pay, and its interval.
pub fn most(row: &ChannelRow, f: &dyn Format) -> Option<(String, String)> {
    let interval = row.affordable_low.zip(row.affordable_high);
    let interval = interval.map(|(low, high)| format!("{} to {}", f.money(low.0), f.money(high.0)));
    Some((f.money(row.affordable?.0), interval.unwrap_or_default()))
}

fn ordinal(n: u32) -> String {
    let ending = match (n % 10, n % 100) {
        (1, tens) if tens != 11 => "st",
        (2, tens) if tens != 12 => "nd",
        (3, tens) if tens != 13 => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// A return on what was spent: `+38%`.
pub fn roi(roi: Option<f64>, f: &dyn Format) -> String {
    match roi {
        Some(roi) if roi > 0.0 => format!("+{}", f.percent(roi, 0)),
        Some(roi) => f.percent(roi, 0).replace('-', "−"),
        None => NOT_DEFINED.to_string(),
    }
}

/// The title of the table of channels: whether all cost less than one can pay.
pub fn afford(costs: &Costs, report: &Report, f: &dyn Format) -> String {
    let cac = |row: &ChannelRow| row.costs.as_ref().and_then(|costs| costs.cac);
    let rated = || {
        let many = costs.channels.iter().filter(|row| new_customers(row) >= FEW);
        many.filter_map(|row| Some((row, cac(row)?, row.affordable?)))
    };
    let within = f.count(u64::from(costs.within_months), "month");
    let over: Vec<String> = rated().filter(|(_, cac, most)| cac > most).map(|(row, ..)| name(&row.channel)).collect();
    let goods = if report.settings.margin.is_some() { "" } else { ", before the cost of goods" };
    match (&over[..], rated().count()) {
        (_, 0) => format!("Whether a customer pays back within {within} can’t be told yet"),
        ([], 1) => format!("A customer pays back within {within}{goods}"),
        ([], _) => format!("In every channel a customer pays back within {within}{goods}"),
        (over, _) => format!("Within {within} a customer from {} does not pay back", list(over)),
    }
}

/// The title of the table of campaigns.
pub fn campaigns(costs: &Costs, f: &dyn Format) -> String {
    let cac = |row: &CampaignRow| {
        row.costs.new_customers.filter(|count| *count >= FEW_NEW)?;
        Some((row.costs.cac?, row.campaign.clone()))
    };
    let told: Vec<_> = costs.campaigns.iter().filter(|row| !row.campaign.is_empty()).filter_map(cac).collect();
    let by = |a: &&(Derived, String), b: &&(Derived, String)| a.0.0.total_cmp(&b.0.0);
    match (told.iter().min_by(by), told.iter().max_by(by)) {
        (Some(least), Some(most)) if least.1 != most.1 => format!(
            "By campaign, one costs from {} ({}) to {} ({})",
            f.money(least.0.0),
            name(&least.1),
            f.money(most.0.0),
            name(&most.1)
        ),
        _ => format!("{} by what was spent", crate::text::capital(&f.count(costs.campaigns.len() as u64, "campaign"))),
    }
}

/// The remark below the table of campaigns: who tells their customers, and how many more there are.
pub fn campaigns_note(costs: &Costs, shown: usize, f: &dyn Format) -> String {
    let told = |by: ToldBy| costs.campaigns.iter().any(|row| row.costs.told_by == Some(by));
    let mut note = match () {
        () if told(ToldBy::Orders) => "New customers: those whose first purchase names the campaign.".to_string(),
        () if told(ToldBy::Costs) => {
            "Your orders name no campaign, so new customers are those that your file of costs claims: platforms count their \
             own, and may count the same customer twice."
                .to_string()
        }
        () => "Neither your orders nor your file of costs tell who came by a campaign. A column of new customers or of revenue \
               in the costs, or of campaigns in the orders, would."
            .to_string(),
    };
    if costs.campaigns.len() > shown {
        note.push_str(&format!(
            " The {} with most spent, of {}; the exported report has them all.",
            f.integer(shown as u64),
            f.integer(costs.campaigns.len() as u64)
        ));
    }
    note
}
