//! What winning customers costs (definitions.md, sections 3 and 4): typed in, else what the tables of costs tell.
//!
//! * [`acquisition`] (here): the sum and the channels, for every report.
//! * `spend`: the costs, the days that they cover, and what some of them come to.
//! * `names`: names of channels and campaigns, as costs and orders write them.
//! * `origin`: what won each customer.
//! * `costs`: channels, campaigns and stretches of time in full, when they are asked for; `odds`: how sure it is that a channel
//!   pays back.

mod costs;
mod names;
mod odds;
mod origin;
mod spend;

pub use costs::{chosen, costs, of_channels};
pub use odds::FEWEST as FEWEST_FOR_CHANCE;
pub use spend::Spend;

use super::{Shown, mean};
use crate::ledger::{Ledger, Visits};
use crate::math::money::Derived;
use crate::math::{Day, Money, order};
use crate::report::costs::{Returned, ToldBy};
use crate::report::schema::{Acquisition, ChannelSpend};
use crate::settings::Settings;
use origin::Origin;
use spend::Sums;

/// What winning a customer costs by the channel that they came by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CostOfOne {
    /// The place of the column of channels among those of the ledger.
    column: usize,
    /// By value of it: the days that the channel's costs cover, and its CAC.
    by_value: Vec<Option<((Day, Day), Derived)>>,
}

impl CostOfOne {
    /// As the costs of a period tell it; nothing where they don't by channel.
    pub fn of(ledger: &Ledger, spend: Option<&Spend>, acquisition: &Acquisition) -> Option<CostOfOne> {
        let chosen = origin::channel_column(ledger, &spend?.channels)?;
        let column = ledger.dimensions.iter().position(|column| std::ptr::eq(column, chosen))?;
        let cost = |row: &ChannelSpend| Some((names::key(&row.channel), ((row.start, row.end), row.cac?)));
        let known: Vec<_> = acquisition.channels.iter().filter_map(cost).collect();
        let of = |label: &str| known.iter().find(|(name, _)| *name == names::key(label)).map(|(_, cost)| *cost);
        let by_value: Vec<_> = chosen.labels.iter().map(|label| of(label)).collect();
        by_value.iter().any(Option::is_some).then_some(CostOfOne { column, by_value })
    }

    /// The CAC of a customer of the ledger and their channel, by the history that who is new is judged from: nothing where the
    /// channel's costs do not cover the day of their first purchase.
    pub fn of_customer<'a>(&self, ledger: &'a Ledger, history: &Visits, number: u32) -> Option<(&'a str, Derived)> {
        let place = history.customers.binary_search(&number).ok()?;
        let visit = history.of_customer(place).iter().position(|visit| visit.purchases > 0)?;
        let column = &ledger.dimensions[self.column];
        let code = column.codes.get(history.first_row(place, visit) as usize) as usize;
        let ((start, end), cac) = self.by_value[code]?;
        let first = history.of_customer(place)[visit].day;
        (start..=end).contains(&first).then(|| (&*column.labels[code], cac))
    }
}

/// What was spent on winning customers and how many were won by it: what was typed in, over the whole period, else the
/// costs of the tables and the days that they cover. `history` is what who is new is judged from.
///
/// A channel's customers are those of the days that its own costs cover: of other days its costs are not known.
pub fn acquisition(shown: Shown<'_>, history: &Visits, settings: &Settings, spend: Option<&Spend>) -> Acquisition {
    let covered = spend.and_then(|spend| Some((spend, spend.window(shown.start, shown.end)?)));
    let mut acquisition = Acquisition { typed: settings.spend.is_some(), ..Acquisition::default() };
    if let Some((spend, window)) = covered {
        // What is spent on all customers is no cost of some of them.
        let column = origin::channel_column(shown.whole, &spend.channels).filter(|_| !settings.is_filtered());
        let origin = column.map(|column| Origin::new(shown, history, column, &spend.channels));
        let won_by = origin.map(|origin| origin.won(shown, spend.channels.len()));
        let channel = |place: usize| {
            let sums = Sums::of(spend.within(window).filter(|cost| cost.channel == place));
            let (start, end) = sums.days?;
            let is_named = spend.channels.is_named(place);
            let won = Won::of(shown, (start, end), &sums, won_by.as_ref().map(|won| &*won[place]));
            let won = won.filter(|_| is_named && !settings.is_filtered());
            Some(ChannelSpend {
                channel: spend.channels.name(place).to_owned(),
                spend: sums.spend()?,
                start,
                end,
                new_customers: won.map(|won| won.count),
                cac: won.and_then(|won| mean(sums.spend()?.0, won.count)),
                roi: returned(&sums, won, settings).and_then(|returned| returned.roi),
            })
        };
        acquisition.channels = (0..spend.channels.len()).filter_map(channel).collect();
        order::sort_by(&mut acquisition.channels, |a, b| b.spend.cmp(&a.spend));
        acquisition.spend = Sums::of(spend.within(window)).spend();
        (acquisition.start, acquisition.end) = (Some(window.0), Some(window.1));
        acquisition.new_customers = won_in(shown, new_customers(shown), window).count() as u64;
    }
    if let Some(typed) = settings.spend {
        acquisition.spend = Some(typed);
        (acquisition.start, acquisition.end) = (Some(shown.start), Some(shown.end));
        acquisition.new_customers = new_customers(shown).count() as u64;
    }
    acquisition
}

/// The customers whose first purchase ever lies in the period.
fn new_customers(shown: Shown<'_>) -> impl Iterator<Item = usize> {
    won_in(shown, shown.buyers(), (shown.start, shown.end))
}

/// Of some customers those whose first purchase ever lies in some days.
fn won_in(
    shown: Shown<'_>,
    customers: impl Iterator<Item = usize>,
    (start, end): (Day, Day),
) -> impl Iterator<Item = usize> {
    customers.filter(move |customer| shown.first_ever(*customer).is_some_and(|day| (start..=end).contains(&day)))
}

/// Customers whom some costs have won.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Won {
    count: u64,
    told_by: ToldBy,
    /// What they have brought until the end of the period; nothing where the orders don't tell who they are.
    revenue: Option<i64>,
}

impl Won {
    /// Those of some new customers who were won in some days, where the orders tell who they are; else as many as the table of
    /// costs tells.
    fn of(shown: Shown<'_>, days: (Day, Day), sums: &Sums, own: Option<&[u32]>) -> Option<Won> {
        let Some(own) = own else {
            return sums.won().map(|count| Won { count, told_by: ToldBy::Costs, revenue: None });
        };
        Some(Won::among(shown, won_in(shown, own.iter().map(|&customer| customer as usize), days)))
    }

    /// Some customers as the orders tell them.
    fn among(shown: Shown<'_>, customers: impl Iterator<Item = usize>) -> Won {
        let (mut count, mut revenue) = (0, 0);
        for customer in customers {
            count += 1;
            revenue += shown.summary.revenue[customer];
        }
        Won { count, told_by: ToldBy::Orders, revenue: Some(revenue) }
    }
}

/// What came back of some costs: the revenue that their table attributes to them, else what the customers won have brought
/// (definitions.md, section 4, marketing ROI). Nothing where neither tells.
fn returned(sums: &Sums, won: Option<Won>, settings: &Settings) -> Option<Returned> {
    returned_of(sums.spend()?, sums.attributed().filter(|_| sums.days.is_some()), won, settings)
}

fn returned_of(spend: Money, attributed: Option<Money>, won: Option<Won>, settings: &Settings) -> Option<Returned> {
    let (revenue, told_by) = match attributed {
        Some(revenue) => (revenue, ToldBy::Costs),
        None => (Money(won?.revenue?), ToldBy::Orders),
    };
    let spend = spend.to_f64();
    let roi = (spend > 0.0).then(|| (revenue.to_f64() * margin(settings) - spend) / spend);
    Some(Returned { revenue, told_by, roi })
}

/// The part of revenue that counts: the margin, and all of it where none is set.
fn margin(settings: &Settings) -> f64 {
    settings.margin.unwrap_or(1.0)
}

#[cfg(test)]
mod tests;
