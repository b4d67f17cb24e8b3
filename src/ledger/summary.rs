//! The per-customer summary (definitions.md, section 5): Fader, Hardie and Lee's frequency, recency and T, in days.

use super::Visits;
use crate::math::Day;
use crate::math::money::SCALE;

/// Frequency, recency, T and monetary value of each customer of some visits, as columns.
///
/// A customer with refunds only has no purchase: it is not among the `buyers`, and its other columns mean nothing but
/// `revenue`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Customers with at least one purchase, ascending: those who count as customers.
    pub buyers: Vec<u32>,
    /// First purchase.
    pub first: Vec<Day>,
    /// Last purchase.
    pub last: Vec<Day>,
    /// Distinct purchase days minus 1.
    pub frequency: Vec<u32>,
    /// Days from the first to the last purchase.
    pub recency: Vec<u32>,
    /// T: days from the first purchase to the end of the observation.
    pub t: Vec<u32>,
    /// What was spent on the repeat purchase days, ten-thousandths of the currency unit; days of zero count.
    pub repeat_spend: Vec<i64>,
    /// Purchases.
    pub purchases: Vec<u32>,
    /// Net of all rows, ten-thousandths of the currency unit.
    pub revenue: Vec<i64>,
    /// The row of the ledger that the first purchase begins with.
    pub first_row: Vec<u32>,
}

impl Summary {
    /// The summary of the visits up to `end`, as if there were no later ones; but what a purchase came to counts with its
    /// rows of later days.
    pub fn of(visits: &Visits, end: Day) -> Summary {
        let mut summary = Summary::with_capacity(visits.len());
        for (customer, own) in visits.by_customer().enumerate() {
            let own = &own[..own.partition_point(|visit| visit.day <= end)];
            let bought = || own.iter().filter(|visit| visit.purchases > 0);
            let first_visit = own.iter().position(|visit| visit.purchases > 0);
            let first = first_visit.map_or(end, |at| own[at].day);
            let last = bought().next_back().map_or(end, |visit| visit.day);
            let mut first_row = 0;
            let mut repeat_spend = 0;
            if let Some(at) = first_visit {
                summary.buyers.push(customer as u32);
                first_row = visits.first_row(customer, at);
                repeat_spend = visits.spent(customer).take(own.len()).skip(at + 1).sum();
            }
            summary.first.push(first);
            summary.last.push(last);
            summary.frequency.push(bought().count().saturating_sub(1) as u32);
            summary.recency.push((last.0 - first.0) as u32);
            summary.t.push((end.0 - first.0).max(0) as u32);
            summary.repeat_spend.push(repeat_spend);
            summary.purchases.push(own.iter().map(|visit| visit.purchases).sum());
            summary.revenue.push(own.iter().map(|visit| visit.revenue).sum());
            summary.first_row.push(first_row);
        }
        summary
    }

    fn with_capacity(customers: usize) -> Summary {
        Summary {
            buyers: Vec::with_capacity(customers),
            first: Vec::with_capacity(customers),
            last: Vec::with_capacity(customers),
            frequency: Vec::with_capacity(customers),
            recency: Vec::with_capacity(customers),
            t: Vec::with_capacity(customers),
            repeat_spend: Vec::with_capacity(customers),
            purchases: Vec::with_capacity(customers),
            revenue: Vec::with_capacity(customers),
            first_row: Vec::with_capacity(customers),
        }
    }

    /// Mean spend of a repeat purchase day, in currency units; 0 without any.
    pub fn monetary_value(&self, customer: usize) -> f64 {
        match self.frequency[customer] {
            0 => 0.0,
            days => self.repeat_spend[customer] as f64 / (f64::from(days) * SCALE as f64),
        }
    }

    /// Days from the last purchase to the end of the observation.
    pub fn days_since(&self, customer: usize) -> u32 {
        self.t[customer] - self.recency[customer]
    }
}

#[cfg(test)]
mod tests {
    use super::super::build::Row;
    use super::super::{Base, LedgerBuilder, Selection};
    use super::*;
    use crate::settings::Settings;

    #[test]
    fn days_are_counted_once_and_repeat_days_of_zero_count() {
        let mut builder = LedgerBuilder::new(Vec::new(), true);
        let rows = [("a", 0, 500, "1"), ("a", 0, 100, "2"), ("a", 10, 300, "3"), ("a", 30, 0, "4"), ("b", 3, -5, "5")];
        for (customer, day, amount, order) in rows {
            let (day, order) = (Day(day), Some(order));
            builder.push(Row { customer, day, second: None, amount: amount * SCALE, order, dimensions: &[] });
        }
        let selection = Selection::new(Base::new(builder.finish()).into(), &Settings::default());
        let summary = Summary::of(&selection.visits, Day(100));
        assert_eq!(summary.buyers, [0]);
        assert_eq!((summary.frequency[0], summary.recency[0], summary.t[0]), (2, 30, 100));
        assert_eq!((summary.purchases[0], summary.days_since(0)), (4, 70));
        assert_eq!(summary.monetary_value(0), 150.0);
        assert_eq!(summary.revenue, [900 * SCALE, -5 * SCALE]);
    }
}
