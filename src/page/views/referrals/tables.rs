//! Customers who have brought others.

use crate::page::parts::stacked::{self, Stacked};
use crate::page::route::View;
use crate::words::referrals::Row;

/// A list of them.
pub fn referrers(rows: Vec<Row>) -> Stacked {
    let row = |Row { number, customer, brought, value, own, chain }| {
        stacked::Row::plain(Some(View::Customer(number)), [customer, brought, value, own, chain])
    };
    let heads = ["Customer", "Brought", "Those brought in", "Own purchases", "Whole chain"];
    Stacked::of_figures(&heads, rows.into_iter().map(row).collect())
}
