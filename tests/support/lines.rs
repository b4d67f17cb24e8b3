//! Made-up rows for properties that hold for any rows.

use perennial::ledger::build::Row;
use perennial::ledger::{Ledger, LedgerBuilder};
use perennial::math::Day;
use proptest::prelude::*;

/// A row of orders.
#[derive(Clone, Debug)]
pub struct Line {
    pub customer: u8,
    pub day: i32,
    pub second: Option<u32>,
    pub amount: i64,
    pub order: Option<u8>,
    pub channel: u8,
}

impl Line {
    /// What stands in its only dimension.
    pub fn channel(&self) -> &'static str {
        ["web", "shop", "", "phone"][usize::from(self.channel)]
    }
}

prop_compose! {
    /// Any row; few days and orders, so that ties are common.
    pub fn line()(
        customer in 0u8..12,
        day in 19_000i32..20_100,
        second in proptest::option::of(0u32..3),
        amount in prop_oneof![Just(0), -90_000i64..400_000, Just(125_000)],
        order in proptest::option::of(0u8..40),
        channel in 0u8..4,
    ) -> Line {
        Line { customer, day: day / 7 * 7, second, amount, order, channel }
    }
}

/// The ledger of rows.
pub fn ledger(lines: &[Line], has_order_ids: bool) -> Ledger {
    let mut builder = LedgerBuilder::new(vec![("channel".to_owned(), Some("channel".to_owned()))], has_order_ids);
    for line in lines {
        let order = line.order.map(|order| format!("order {order}"));
        let taken = builder.push(Row {
            customer: &line.customer.to_string(),
            day: Day(line.day),
            second: line.second,
            amount: line.amount,
            order: order.as_deref(),
            dimensions: &[line.channel()],
        });
        assert!(taken);
    }
    builder.finish()
}
