//! Segments: each family puts every customer with a purchase into one of its groups (definitions.md, section 6).
//!
//! * [`Family`] (here): who belongs where, and the figures of each group.
//! * [`rfm`]: quintile scores and the named groups.
//! * [`value`]: tiers by what customers have brought.
//! * [`lifecycle`]: new to lost, by how long a customer has been quiet.
//! * [`dimensions`]: the value of a column at the first purchase.

pub mod dimensions;
pub mod lifecycle;
pub mod rfm;
pub mod value;

use crate::math::Money;
use crate::math::order::Keyed;
use crate::math::stats::{Share, quantile};
use crate::measures::retention::Activity;
use crate::measures::{Shown, mean, ratio};
use crate::report::schema::Segment;

/// Marks a customer who belongs to no group of a family: one without a purchase, or with a rare value of a dimension.
pub const NONE: u32 = u32::MAX;

/// Who belongs to which group of a family.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Family {
    /// The family's name in the report: `rfm`, `value`, `lifecycle`, `dimension:NAME`.
    pub name: String,
    /// Keys of its groups, in the order of the report.
    pub groups: Vec<String>,
    /// The group of each customer of the ledger: a place in `groups`, or [`NONE`].
    pub members: Vec<u32>,
}

impl Family {
    /// A family of known groups.
    pub(crate) fn new(name: &str, groups: impl IntoIterator<Item = &'static str>, members: Vec<u32>) -> Family {
        Family { name: name.to_owned(), groups: groups.into_iter().map(str::to_owned).collect(), members }
    }

    /// The key of the group that a customer belongs to; empty for none.
    pub fn group_of(&self, customer: usize) -> &str {
        self.groups.get(self.members[customer] as usize).map_or("", String::as_str)
    }

    /// The figures of each group, in order. Shares are of all customers with a purchase and of their revenue;
    /// `by_recency` lists them behind the days since their last purchase, the fewest first.
    pub fn segments(&self, shown: Shown<'_>, activity: Activity, by_recency: &[Keyed]) -> Vec<Segment> {
        let mut tallies = vec![Tally::default(); self.groups.len()];
        let mut whole = 0;
        for c in shown.buyers() {
            let revenue = shown.summary.revenue[c];
            whole += revenue;
            let Some(tally) = tallies.get_mut(self.members[c] as usize) else { continue };
            tally.revenue += revenue;
            tally.purchases += u64::from(shown.summary.purchases[c]);
            tally.repeaters += u64::from(shown.summary.purchases[c] > 1);
            tally.active += u64::from(shown.summary.last[c] >= activity.since(shown.end));
        }
        for &(days, c) in by_recency {
            if let Some(tally) = tallies.get_mut(self.members[c as usize] as usize) {
                tally.days_since.push(days as f64);
            }
        }
        let all = shown.buyers().len() as f64;
        let segment = |(name, tally): (&String, Tally)| {
            let customers = tally.days_since.len() as u64;
            Segment {
                family: self.name.clone(),
                name: name.clone(),
                customers,
                customer_share: ratio(customers as f64, all),
                revenue: Money(tally.revenue),
                revenue_share: ratio(tally.revenue as f64, whole as f64).filter(|_| whole > 0),
                purchases: tally.purchases,
                aov: mean(tally.revenue, tally.purchases),
                repeat: Share::new(tally.repeaters, customers),
                active: Share::new(tally.active, customers),
                median_recency_days: quantile(&tally.days_since, 0.5),
            }
        };
        self.groups.iter().zip(tallies).map(segment).collect()
    }
}

#[derive(Clone, Debug, Default)]
struct Tally {
    revenue: i64,
    purchases: u64,
    repeaters: u64,
    active: u64,
    /// Ascending.
    days_since: Vec<f64>,
}
