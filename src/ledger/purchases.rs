//! Rows merged to purchases (definitions.md, section 2).
//!
//! A purchase is a distinct order id of a customer, dated by its first day; rows without an order id are one purchase
//! where they are of one customer at one timestamp, or on one day where there is no time. What comes out below zero is
//! a refund, no purchase; zero is a purchase.

use std::ops::Range;

use super::{Rows, SECOND_KEY};
use crate::math::Day;

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
    /// The orders of consecutive rows of a customer, oldest first, refunds too.
    pub fn merge(&mut self, rows: Rows<'_>, range: Range<usize>) -> &[Order] {
        self.orders.clear();
        let mut last_second_key = None;
        for row in range.clone() {
            let (key, day, amount) = (rows.orders[row], rows.days[row], rows.amounts[row]);
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
        for &key in &rows.orders[range] {
            if let Some(place) = self.places.get_mut(key as usize) {
                *place = 0;
            }
        }
        &self.orders
    }
}

fn add(order: &mut Order, amount: i64) {
    order.amount += amount;
    order.rows += 1;
}

#[cfg(test)]
mod tests {
    use super::super::build::Row;
    use super::super::{Ledger, LedgerBuilder};
    use super::*;

    fn ledger(has_order_ids: bool, rows: &[(i32, Option<u32>, i64, Option<&str>)]) -> Ledger {
        let mut builder = LedgerBuilder::new(Vec::new(), has_order_ids);
        for &(day, second, amount, order) in rows {
            builder.push(Row { customer: "c", day: Day(day), second, amount, order, dimensions: &[] });
        }
        builder.finish()
    }

    /// Days, amounts and numbers of rows of all orders.
    fn orders(ledger: &Ledger) -> Vec<(i32, i64, u32)> {
        let mut merger = Merger::default();
        let orders = merger.merge(ledger.as_rows(), 0..ledger.rows());
        orders.iter().map(|order| (order.day.0, order.amount, order.rows)).collect()
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
        assert_eq!(orders(&ledger), [(1, 0, 2), (2, 75, 2), (4, -10, 1), (5, 16, 2), (5, 8, 1)]);
    }

    #[test]
    fn without_order_ids_the_timestamp_or_the_day_is_the_purchase() {
        let by_day = ledger(false, &[(1, None, 5, Some("a")), (1, None, 6, Some("b")), (2, None, -6, None)]);
        assert_eq!(orders(&by_day), [(1, 11, 2), (2, -6, 1)]);
        let by_time = ledger(false, &[(1, Some(1), 5, None), (1, Some(2), 6, None), (2, Some(1), 0, None)]);
        assert_eq!(orders(&by_time), [(1, 5, 1), (1, 6, 1), (2, 0, 1)]);
    }

    #[test]
    fn a_merger_remembers_nothing_of_the_customer_before() {
        let ledger = ledger(true, &[(1, None, 1, Some("a")), (2, None, 2, Some("b"))]);
        let mut merger = Merger::default();
        assert_eq!(merger.merge(ledger.as_rows(), 0..2).len(), 2);
        assert_eq!(merger.merge(ledger.as_rows(), 0..1).len(), 1);
        assert_eq!(merger.merge(ledger.as_rows(), 0..0).len(), 0);
    }
}
