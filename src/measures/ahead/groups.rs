//! What segments and cohorts of customers will bring in the next 12 months.
//!
//! A group's band is made as that of the whole: what draws from the posterior expect of its customers, chance as that of
//! its own customers, and the errors on the past as large a part of a group as of all.

use crate::ledger::Summary;
use crate::math::Unit;
use crate::measures::beside::Beside;
use crate::measures::ratio;
use crate::models::forecast::{Open, money_band};
use crate::models::outlook::{Outlook, Year};
use crate::models::predictive::Part;
use crate::report::forecast::{GroupAhead, MoneyBand};

/// The family of cohorts.
pub const COHORT: &str = "cohort";

/// The name of those who have no purchase in the period shown, but one before it.
pub const EARLIER: &str = "earlier";

/// What a group adds up to.
#[derive(Clone, Debug, Default)]
struct Tally {
    customers: u64,
    purchases: f64,
    revenue: f64,
    chance: f64,
    part: Part,
}

impl Tally {
    fn add(&mut self, year: &Year, c: usize) {
        let value = year.values[c];
        self.customers += 1;
        self.purchases += year.standing.expected[c];
        self.revenue += year.revenue_of(c);
        self.chance += year.standing.variance[c] * value * value + year.standing.expected[c] * year.spend.variance;
        year.predictive.add(&mut self.part, c);
    }
}

/// What a tally will bring.
fn band_of(tally: &Tally, year: &Year) -> MoneyBand {
    let factors = year.predictive.of_part(&tally.part).map(|factors| factors.revenue);
    let factors = factors.as_ref().unwrap_or(&year.revenue.factors);
    money_band(&Open { value: tally.revenue, factors, chance: tally.chance, misfit: year.misfit[1], none: 0.0 }, 1.0)
}

/// What some customers will bring together, by their places in the outlook.
pub fn together(customers: impl Iterator<Item = usize>, year: &Year) -> MoneyBand {
    let mut tally = Tally::default();
    customers.for_each(|c| tally.add(year, c));
    band_of(&tally, year)
}

/// The groups of one family, in the order given; those of nobody are left out.
fn told(family: &str, groups: impl Iterator<Item = (String, Tally)>, year: &Year, left: f64) -> Vec<GroupAhead> {
    let group = |(name, tally): (String, Tally)| {
        let revenue = band_of(&tally, year);
        GroupAhead {
            family: family.to_owned(),
            name,
            customers: tally.customers,
            purchases: tally.purchases,
            revenue,
            equity: revenue.times(left),
            share: ratio(tally.revenue, year.revenue.value),
        }
    };
    groups.filter(|(_, tally)| tally.customers > 0).map(group).collect()
}

/// Each family of segments but the lifecycle, which tells how long somebody has been quiet in other words. Who has no
/// purchase in the period shown stands apart, so that every family adds up to the whole. `left` is what of an amount is left
/// of it, discounted and after the cost of goods: of a group the same share as of all.
pub fn segments(beside: &Beside<'_>, outlook: &Outlook, year: &Year, left: f64) -> Vec<GroupAhead> {
    let places: Vec<Option<usize>> =
        outlook.summary.buyers.iter().map(|&c| beside.place(beside.history.customers[c as usize])).collect();
    let mut all = Vec::new();
    for family in beside.families.iter().filter(|family| family.name != "lifecycle") {
        let none = family.groups.len();
        let mut tallies = vec![Tally::default(); none + 2];
        for (&c, place) in outlook.summary.buyers.iter().zip(&places) {
            let group = place.map_or(none + 1, |place| usize::from(family.members[place]).min(none));
            tallies[group].add(year, c as usize);
        }
        let names = family.groups.iter().cloned().chain([String::new(), EARLIER.to_owned()]);
        all.extend(told(&family.name, names.zip(tallies), year, left));
    }
    all
}

/// The unit of cohorts that is set, or years where these would be more than 40, with the first and the last of them; nothing
/// without customers.
pub fn cohort_unit(beside: &Beside<'_>, summary: &Summary) -> Option<(Unit, i32, i32)> {
    const MOST: i32 = 40;
    let days = || summary.buyers.iter().map(|&c| summary.first[c as usize]);
    let (first, last) = (days().min()?, days().max()?);
    let unit = beside.settings.cohort_unit;
    let unit = if unit.of(last) - unit.of(first) < MOST { unit } else { Unit::Year };
    Some((unit, unit.of(first), unit.of(last)))
}

/// The same by the period of the first purchase.
pub fn cohorts(beside: &Beside<'_>, outlook: &Outlook, year: &Year, left: f64) -> Vec<GroupAhead> {
    let summary = &outlook.summary;
    let Some((unit, from, until)) = cohort_unit(beside, summary) else { return Vec::new() };
    let mut tallies = vec![Tally::default(); (until - from + 1) as usize];
    for &c in &summary.buyers {
        tallies[(unit.of(summary.first[c as usize]) - from) as usize].add(year, c as usize);
    }
    let named = tallies.into_iter().enumerate().map(|(place, tally)| (unit.label(from + place as i32), tally));
    told(COHORT, named, year, left)
}
