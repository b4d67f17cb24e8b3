//! Rows merged to purchases (definitions.md, section 2).
//!
//! A purchase is a distinct order id of a customer, dated by its first day; rows without an order id are one purchase
//! where they are of one customer at one timestamp, or on one day where there is no time. What comes out below zero is
//! a refund, no purchase; zero is a purchase.

use super::{Ledger, SECOND_KEY};
use crate::math::Day;

/// All purchases of a ledger, those of a customer together and in order of days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Purchases {
    /// Purchases of customer `c` are `starts[c]..starts[c + 1]`; one longer than the ledger's customers.
    pub starts: Vec<u32>,
    /// Day of each purchase: that of its first row.
    pub days: Vec<Day>,
    /// Net amount in ten-thousandths of the currency unit; never below zero.
    pub amounts: Vec<i64>,
    /// The row of the ledger that it begins with.
    pub first_row: Vec<u32>,
    /// Rows that it is made of.
    pub rows: Vec<u32>,
}

/// Rows that belong together: a purchase where `amount` is not below zero, else a refund.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Order {
    /// Day of the first row.
    pub day: Day,
    /// Net amount in ten-thousandths of the currency unit.
    pub amount: i64,
    /// The first row.
    pub first_row: u32,
    /// Number of rows.
    pub rows: u32,
}

/// Merges the rows of one customer after the other; keeps its memory between customers.
#[derive(Debug, Default)]
pub struct Merger {
    orders: Vec<Order>,
    /// By order key: 1 + the place in `orders`; all 0 between customers.
    places: Vec<u32>,
}

impl Merger {
    /// The orders of a customer, oldest first, refunds too.
    pub fn merge(&mut self, ledger: &Ledger, customer: usize) -> &[Order] {
        self.orders.clear();
        let mut last_second_key = None;
        for row in ledger.rows_of(customer) {
            let (key, day, amount) = (ledger.orders[row], ledger.days[row], ledger.amounts[row]);
            let new = Order { day, amount, first_row: row as u32, rows: 1 };
            if key & SECOND_KEY != 0 {
                // Equal seconds of a day lie next to each other, after the order ids of that day.
                match self.orders.last_mut().filter(|_| last_second_key == Some((day, key))) {
                    Some(order) => add(order, amount),
                    None => self.orders.push(new),
                }
                last_second_key = Some((day, key));
                continue;
            }
            last_second_key = None;
            let key = key as usize;
            if self.places.len() <= key {
                self.places.resize(key + 1, 0);
            }
            match self.places[key] {
                0 => {
                    self.orders.push(new);
                    self.places[key] = self.orders.len() as u32;
                }
                place => add(&mut self.orders[place as usize - 1], amount),
            }
        }
        if ledger.has_order_ids {
            for row in ledger.rows_of(customer) {
                if let Some(place) = self.places.get_mut(ledger.orders[row] as usize) {
                    *place = 0;
                }
            }
        }
        &self.orders
    }
}

fn add(order: &mut Order, amount: i64) {
    order.amount += amount;
    order.rows += 1;
}

impl Purchases {
    /// Merges the rows of a ledger.
    pub fn of(ledger: &Ledger) -> Purchases {
        let mut purchases = Purchases { starts: vec![0], ..Purchases::default() };
        let mut merger = Merger::default();
        for customer in 0..ledger.customers.len() {
            for order in merger.merge(ledger, customer).iter().filter(|order| order.amount >= 0) {
                purchases.days.push(order.day);
                purchases.amounts.push(order.amount);
                purchases.first_row.push(order.first_row);
                purchases.rows.push(order.rows);
            }
            purchases.starts.push(purchases.days.len() as u32);
        }
        purchases
    }

    /// The purchases of a customer.
    pub fn range(&self, customer: usize) -> std::ops::Range<usize> {
        self.starts[customer] as usize..self.starts[customer + 1] as usize
    }

    /// The days of a customer's purchases, ascending; a day may repeat.
    pub fn days_of(&self, customer: usize) -> &[Day] {
        &self.days[self.range(customer)]
    }

    /// Days between consecutive distinct purchase days of a customer.
    pub fn gaps_of(&self, customer: usize) -> impl Iterator<Item = u32> + '_ {
        self.days_of(customer).windows(2).map(|pair| (pair[1].0 - pair[0].0) as u32).filter(|&gap| gap > 0)
    }

    /// The day of each customer's first purchase; of the first row where a customer has refunds only.
    pub(super) fn first_days(&self, ledger: &Ledger) -> Vec<Day> {
        let first_row = |c: usize| ledger.days[ledger.starts[c] as usize];
        (0..ledger.customers.len()).map(|c| self.days_of(c).first().copied().unwrap_or_else(|| first_row(c))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::LedgerBuilder;
    use super::super::build::Row;
    use super::*;

    fn ledger(has_order_ids: bool, rows: &[(i32, Option<u32>, i64, Option<&str>)]) -> Ledger {
        let mut builder = LedgerBuilder::new(Vec::new(), has_order_ids);
        for &(day, second, amount, order) in rows {
            builder.push(Row { customer: "c", day: Day(day), second, amount, order, dimensions: &[] });
        }
        builder.finish()
    }

    #[test]
    fn an_order_id_is_one_purchase_across_days_and_refunds_count_into_it() {
        let ledger = ledger(
            true,
            &[
                (1, None, 100, Some("a")),
                (3, None, -100, Some("a")),
                (2, None, 50, Some("b")),
                (2, None, 25, Some("b")),
                (4, None, -10, Some("r")),
                (5, Some(60), 7, None),
                (5, Some(61), 8, None),
                (5, Some(60), 9, None),
            ],
        );
        let purchases = Purchases::of(&ledger);
        assert_eq!(purchases.days, [Day(1), Day(2), Day(5), Day(5)]);
        assert_eq!(purchases.amounts, [0, 75, 16, 8]);
        assert_eq!(purchases.rows, [2, 2, 2, 1]);
        assert_eq!(purchases.gaps_of(0).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(Merger::default().merge(&ledger, 0).len(), 5);
    }

    #[test]
    fn without_order_ids_the_timestamp_or_the_day_is_the_purchase() {
        let by_day = ledger(false, &[(1, None, 5, Some("a")), (1, None, 6, Some("b")), (2, None, -6, None)]);
        assert_eq!(Purchases::of(&by_day).amounts, [11]);
        let by_time = ledger(false, &[(1, Some(1), 5, None), (1, Some(2), 6, None), (2, Some(1), 0, None)]);
        assert_eq!(Purchases::of(&by_time).amounts, [5, 6, 0]);
    }

    #[test]
    fn the_first_day_is_that_of_the_first_purchase_not_of_a_refund() {
        let ledger = ledger(false, &[(1, None, -5, None), (4, None, 6, None)]);
        assert_eq!(ledger.first_ever, [Day(4)]);
    }
}
