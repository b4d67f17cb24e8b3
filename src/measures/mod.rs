//! Measures: what a ledger says about revenue, customers and their staying. Each is one scan over columns.
//!
//! * [`Shown`] (here): the rows, purchases and summaries of the period shown, which all measures read.
//! * [`revenue`]: the fundamentals of the period, and CLTV, CAC and CRV from them.
//! * [`timeline`]: calendar months, and the last 12 months beside the 12 before.
//! * [`retention`]: the active window, CRR and churn by month and by year.
//! * [`cohorts`]: customers by the period of their first purchase.
//! * [`concentration`]: how unevenly revenue is spread.
//! * [`value`]: what customers have brought so far, its distribution, and payback.

pub mod acquisition;
pub mod cohorts;
pub mod concentration;
pub mod retention;
pub mod revenue;
pub mod timeline;
pub mod value;

use crate::ledger::{Ledger, Purchases, Summary};
use crate::math::Day;
use crate::math::money::{Derived, SCALE};

/// The period shown: its rows, what they merge to, and its ends.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The rows of the period.
    pub ledger: &'a Ledger,
    /// Their purchases.
    pub purchases: &'a Purchases,
    /// Their customers.
    pub summary: &'a Summary,
    /// First day.
    pub start: Day,
    /// Last day: the end of the observation.
    pub end: Day,
}

impl Shown<'_> {
    /// The customers with a purchase, as numbers of the ledger.
    pub fn buyers(&self) -> impl ExactSizeIterator<Item = usize> + '_ {
        self.summary.buyers.iter().map(|&customer| customer as usize)
    }

    /// The day of a customer's first purchase ever, where the customer has a purchase in the period: customers with
    /// refunds only bought before the data begins.
    pub fn first_ever(&self, customer: usize) -> Option<Day> {
        (self.summary.purchases[customer] > 0).then(|| self.ledger.first_ever[customer])
    }
}

/// `count / of`; nothing where `of` is 0.
pub(crate) fn ratio(count: f64, of: f64) -> Option<f64> {
    (of != 0.0).then(|| count / of)
}

/// A sum in ten-thousandths divided by a count; the only division, so the only rounding.
pub(crate) fn mean(sum: i64, count: u64) -> Option<Derived> {
    (count > 0).then(|| Derived(sum as f64 / (count as f64 * SCALE as f64)))
}

#[cfg(test)]
pub(crate) mod tests {
    use crate::ledger::build::Row;
    use crate::ledger::{Ledger, LedgerBuilder};
    use crate::math::Money;

    /// A ledger of customer, date and whole currency units; a date a customer is one purchase.
    pub(crate) fn ledger(rows: &[(&str, &str, i64)]) -> Ledger {
        let mut builder = LedgerBuilder::new(Vec::new(), false);
        for &(customer, day, amount) in rows {
            let (day, amount) = (day.parse().unwrap(), Money::units(amount).0);
            builder.push(Row { customer, day, second: None, amount, order: None, dimensions: &[] });
        }
        builder.finish()
    }
}
