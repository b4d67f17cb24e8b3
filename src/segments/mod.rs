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
use crate::math::stats::{Share, quantile};
use crate::measures::retention::Activity;
use crate::measures::{Shown, mean, ratio};
use crate::report::schema::Segment;

/// Marks a customer who belongs to no group of a family: one without a purchase, or with a rare value of a dimension.
pub const NONE: u8 = u8::MAX;

/// Fewer customers than this are not ranked against each other: a fifth of them would be a handful, and the groups of RFM
/// and the tiers of value chance.
pub const ENOUGH: usize = 30;

/// Who belongs to which group of a family.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Family {
    /// The family's name in the report: `rfm`, `value`, `lifecycle`, `dimension:NAME`.
    pub name: String,
    /// Keys of its groups, in the order of the report; fewer than [`NONE`].
    pub groups: Vec<String>,
    /// The group of each customer shown: a place in `groups`, or [`NONE`].
    pub members: Vec<u8>,
}

impl Family {
    /// A family of known groups.
    pub(crate) fn new(name: &str, groups: impl IntoIterator<Item = &'static str>, members: Vec<u8>) -> Family {
        Family { name: name.to_owned(), groups: groups.into_iter().map(str::to_owned).collect(), members }
    }

    /// The same groups without a member.
    pub(crate) fn ungrouped(self) -> Family {
        Family { members: vec![NONE; self.members.len()], ..self }
    }

    /// The key of the group that a customer belongs to; empty for none.
    pub fn group_of(&self, customer: usize) -> &str {
        self.groups.get(usize::from(self.members[customer])).map_or("", String::as_str)
    }

    /// The figures of each group, in order. Shares are of all customers with a purchase and of their revenue;
    /// `by_recency` holds these, each behind the days since the last purchase, those with the fewest first.
    pub fn segments(&self, shown: Shown<'_>, activity: Activity, by_recency: &[(u32, u32)]) -> Vec<Segment> {
        let summary = shown.summary;
        let since = activity.since(shown.end);
        // The last tally is of those who belong to none.
        let none = self.groups.len();
        let mut tallies = vec![Tally::default(); none + 1];
        for c in shown.buyers() {
            let tally = &mut tallies[usize::from(self.members[c]).min(none)];
            tally.customers += 1;
            tally.revenue += summary.revenue[c];
            tally.purchases += u64::from(summary.purchases[c]);
            tally.repeaters += u64::from(summary.purchases[c] > 1);
            tally.active += u64::from(summary.last[c] >= since);
        }
        for &(days, c) in by_recency {
            tallies[usize::from(self.members[c as usize]).min(none)].pass(days);
        }
        let all = shown.buyers().len() as f64;
        let whole: i64 = tallies.iter().map(|tally| tally.revenue).sum();
        let segment = |(name, tally): (&String, &Tally)| Segment {
            family: self.name.clone(),
            name: name.clone(),
            customers: tally.customers,
            customer_share: ratio(tally.customers as f64, all),
            revenue: Money(tally.revenue),
            revenue_share: ratio(tally.revenue as f64, whole as f64).filter(|_| whole > 0),
            purchases: tally.purchases,
            aov: mean(tally.revenue, tally.purchases),
            repeat: Share::new(tally.repeaters, tally.customers),
            active: Share::new(tally.active, tally.customers),
            median_recency_days: (tally.customers > 0).then(|| quantile(&tally.middle.map(f64::from), 0.5)).flatten(),
        };
        self.groups.iter().zip(&tallies).map(segment).collect()
    }
}

/// The sums of a group.
#[derive(Clone, Debug, Default)]
struct Tally {
    customers: u64,
    revenue: i64,
    purchases: u64,
    repeaters: u64,
    active: u64,
    /// Customers passed so far in the order of days since the last purchase.
    passed: u64,
    /// The days of the two in the middle; the same where one stands there. The median is the mean of both.
    middle: [u32; 2],
}

impl Tally {
    /// Passes the next customer in the order of days since the last purchase.
    fn pass(&mut self, days: u32) {
        if self.passed == (self.customers - 1) / 2 {
            self.middle[0] = days;
        }
        if self.passed == self.customers / 2 {
            self.middle[1] = days;
        }
        self.passed += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::tests::Whole;

    #[test]
    fn the_median_is_that_of_the_group() {
        let days = ["2024-01-01", "2024-01-02", "2024-01-05", "2024-01-09", "2024-01-31"];
        let ids = ["a", "b", "c", "d", "e"];
        let rows: Vec<_> = ids.iter().zip(days).map(|(id, day)| (*id, day, 1)).collect();
        let whole = Whole::rows(&rows);
        let family = Family::new("own", ["one", "two", "three"], vec![0, 1, 0, 0, NONE]);
        let by_recency = [(0, 4), (22, 3), (26, 2), (29, 1), (30, 0)];
        let segments = family.segments(whole.shown(), Activity::Window(27), &by_recency);
        let found: Vec<_> = segments.iter().map(|s| (s.customers, s.median_recency_days, s.active.count)).collect();
        assert_eq!(found, [(3, Some(26.0), 2), (1, Some(29.0), 0), (0, None, 0)]);
        assert_eq!(segments[0].customer_share, Some(0.6));
        let even = Family::new("own", ["all"], vec![0, 0, 0, 0, NONE]);
        assert_eq!(even.segments(whole.shown(), Activity::Month, &by_recency)[0].median_recency_days, Some(27.5));
    }
}
