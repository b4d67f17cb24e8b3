//! What the rows of a ledger are: each is of one kind, so that all kinds add up to all rows.

use serde::{Deserialize, Serialize};

use super::{Ledger, SECOND_KEY};
use crate::math::Day;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// The first row of a purchase that takes nothing away.
    Purchase,
    /// A further row of the same purchase.
    FurtherLine,
    /// A row of an order that comes out below zero, which is no purchase.
    BelowZero,
    /// A row that takes money away.
    Refund,
}

impl RowKind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [RowKind; 4] = [RowKind::Purchase, RowKind::FurtherLine, RowKind::BelowZero, RowKind::Refund];
}

/// Rows and what they add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowSum {
    /// Rows.
    pub rows: u64,
    /// Ten-thousandths of the currency unit.
    pub amount: i64,
}

/// The rows up to a day, by kind: in the order of [`RowKind::ALL`]. Purchases are those of [`super::Visits`].
pub fn by_kind(ledger: &Ledger, end: Option<Day>) -> [RowSum; 4] {
    let mut sums = [RowSum::default(); 4];
    let mut orders = Orders::default();
    for customer in 0..ledger.customers.len() {
        let rows = ledger.rows_of(customer);
        let days = &ledger.days[rows.clone()];
        let rows = rows.start..rows.start + end.map_or(days.len(), |end| days.partition_point(|day| *day <= end));
        orders.gather(ledger, rows.clone());
        for (row, place) in rows.zip(&orders.of_rows) {
            let (amount, order) = (ledger.amounts[row], &mut orders.orders[*place as usize]);
            let kind = match (amount < 0, order.net < 0, order.begun) {
                (true, ..) => RowKind::Refund,
                (_, true, _) => RowKind::BelowZero,
                (_, _, true) => RowKind::FurtherLine,
                _ => RowKind::Purchase,
            };
            order.begun |= kind == RowKind::Purchase;
            let sum = &mut sums[kind as usize];
            sum.rows += 1;
            // The sum of all amounts without their signs fits, see `LedgerBuilder::push`.
            sum.amount += amount;
        }
    }
    sums
}

/// The orders of one customer.
#[derive(Debug, Default)]
struct Orders {
    orders: Vec<Order>,
    /// The place of each row's order in `orders`.
    of_rows: Vec<u32>,
    /// By order key: 1 + the place in `orders`.
    places: Vec<u32>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Order {
    net: i64,
    begun: bool,
}

impl Orders {
    /// Finds the order of each row, as [`super::purchases::Merger`] merges them.
    fn gather(&mut self, ledger: &Ledger, rows: std::ops::Range<usize>) {
        self.orders.clear();
        self.of_rows.clear();
        self.places.clear();
        let mut moment = None;
        for row in rows {
            let (key, day) = (ledger.orders[row], ledger.days[row]);
            let next = self.orders.len() as u32;
            let place = if key & SECOND_KEY != 0 {
                // Rows of one moment lie next to each other.
                let same = moment == Some((day, key));
                moment = Some((day, key));
                if same { next - 1 } else { next }
            } else {
                moment = None;
                let key = key as usize;
                if self.places.len() <= key {
                    self.places.resize(key + 1, 0);
                }
                if self.places[key] == 0 {
                    self.places[key] = next + 1;
                }
                self.places[key] - 1
            };
            if place == next {
                self.orders.push(Order::default());
            }
            self.orders[place as usize].net += ledger.amounts[row];
            self.of_rows.push(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::build::Row;
    use super::super::{Base, LedgerBuilder, Selection};
    use super::*;
    use crate::settings::Settings;

    type Line<'a> = (&'a str, i32, Option<u32>, i64, Option<&'a str>);

    fn ledger(has_order_ids: bool, lines: &[Line<'_>]) -> Ledger {
        let mut builder = LedgerBuilder::new(Vec::new(), has_order_ids);
        for &(customer, day, second, amount, order) in lines {
            builder.push(Row { customer, day: Day(day), second, amount, order, dimensions: &[] });
        }
        builder.finish()
    }

    fn kinds(ledger: &Ledger, end: Option<i32>) -> [(u64, i64); 4] {
        by_kind(ledger, end.map(Day)).map(|sum| (sum.rows, sum.amount))
    }

    #[test]
    fn rows_are_purchases_their_further_lines_and_refunds() {
        let ledger = ledger(
            true,
            &[
                ("a", 1, None, 100, Some("x")),
                ("a", 3, None, 50, Some("x")),
                ("a", 3, None, -20, Some("x")),
                ("a", 4, None, 10, Some("back")),
                ("a", 4, None, -30, Some("back")),
                ("a", 5, Some(7), 1, None),
                ("a", 5, Some(7), 2, None),
                ("a", 6, Some(7), 4, None),
                ("b", 5, Some(7), 0, None),
            ],
        );
        assert_eq!(kinds(&ledger, None), [(4, 105), (2, 52), (1, 10), (2, -50)]);
        assert_eq!(kinds(&ledger, Some(3)), [(1, 100), (1, 50), (0, 0), (1, -20)]);
        let selection = Selection::new(Base::new(ledger).into(), &Settings::default());
        let purchases = selection.visits.by_customer().flatten().map(|visit| visit.purchases).sum::<u32>();
        assert_eq!(purchases, 4);
    }
}
