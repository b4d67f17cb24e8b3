//! Measures: what a ledger says about revenue, customers and their staying. Each is one scan over the visits, or over the
//! customers.
//!
//! * [`Shown`] (here): the visits and summaries of the period shown, which all measures read.
//! * [`Ranking`] (here): its customers by what they have brought.
//! * [`revenue`]: the fundamentals of the period, and CLTV, CAC and CRV from them.
//! * [`timeline`]: calendar months, and the last 12 months beside the 12 before.
//! * [`retention`]: the active window, CRR and churn by month and by year.
//! * [`cohorts`]: customers by the period of their first purchase.
//! * [`concentration`]: how unevenly revenue is spread.
//! * [`drivers`]: what goes with value and with staying.
//! * [`experiments`]: what tests have shown.
//! * [`engagement`]: how engaged customers are, and how well.
//! * [`journey`]: the stages that customers pass, and where they stop.
//! * [`referrals`]: who brings whom, and what that is worth.
//! * [`subscriptions`]: recurring revenue, its movements, how long subscribers stay, trials.
//! * [`value`]: what customers have brought so far, its distribution, and payback.
//! * [`acquisition`]: what winning customers costs.
//! * [`ahead`]: what is still to come, as the models tell it.
//! * [`beside`]: the orders shown with the tables beside them, which the sections of a report are made of.

pub mod acquisition;
pub mod ahead;
pub mod beside;
pub mod cohorts;
pub mod concentration;
pub mod drivers;
pub mod engagement;
pub mod experiments;
pub mod feedback;
pub mod journey;
pub mod referrals;
pub mod retention;
pub mod revenue;
pub mod subscriptions;
pub mod timeline;
pub mod value;

use crate::ledger::{Ledger, Summary, Visits};
use crate::math::Day;
use crate::math::money::{Derived, SCALE};
use crate::math::order::{self, Keyed};

/// The period shown: its visits, what they say of each customer, and its ends.
///
/// Customers are numbered as in `visits`, from 0; [`Visits::customers`] has their numbers in the ledger.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The whole ledger: the ids of customers and the values of dimensions.
    pub whole: &'a Ledger,
    /// The visits of the period.
    pub visits: &'a Visits,
    /// Their customers.
    pub summary: &'a Summary,
    /// First day.
    pub start: Day,
    /// Last day: the end of the observation.
    pub end: Day,
}

impl<'a> Shown<'a> {
    /// The customers with a purchase.
    pub fn buyers(&self) -> impl ExactSizeIterator<Item = usize> + use<'a> {
        self.summary.buyers.iter().map(|&customer| customer as usize)
    }

    /// The day of a customer's first purchase ever, where the customer has a purchase in the period: customers with
    /// refunds only bought before the data begins.
    pub fn first_ever(&self, customer: usize) -> Option<Day> {
        (self.summary.purchases[customer] > 0).then(|| self.visits.first_ever[customer])
    }

    /// The id of a customer as written in the file.
    pub fn id(&self, customer: usize) -> &'a str {
        &self.whole.customers[self.visits.customers[customer] as usize]
    }
}

/// The customers with a purchase by what they have brought, the largest first; ties in the order of customers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranking {
    /// The customers.
    pub customers: Vec<u32>,
    /// What each of them has brought, ten-thousandths of the currency unit.
    pub revenues: Vec<i64>,
}

impl Ranking {
    /// The ranking of all with a purchase.
    pub fn of(summary: &Summary) -> Ranking {
        let keyed = |&customer: &u32| (order::descending(summary.revenue[customer as usize]), customer);
        let mut keyed: Vec<Keyed> = summary.buyers.iter().map(keyed).collect();
        order::sort_keyed(&mut keyed);
        let customers: Vec<u32> = keyed.into_iter().map(|(_, customer)| customer).collect();
        let revenues = customers.iter().map(|&customer| summary.revenue[customer as usize]).collect();
        Ranking { customers, revenues }
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
    use std::rc::Rc;

    use super::Shown;
    use crate::ledger::build::Row;
    use crate::ledger::{Base, Ledger, LedgerBuilder, Selection, Summary};
    use crate::math::{Day, Money};
    use crate::settings::Settings;

    /// A ledger of customer, date and whole currency units; a date a customer is one purchase.
    pub(crate) fn ledger(rows: &[(&str, &str, i64)]) -> Ledger {
        let mut builder = LedgerBuilder::new(Vec::new(), false);
        for &(customer, day, amount) in rows {
            let (day, amount) = (day.parse().unwrap(), Money::units(amount).0);
            builder.push(Row { customer, day, second: None, amount, order: None, dimensions: &[] });
        }
        builder.finish()
    }

    /// A ledger shown whole.
    pub(crate) struct Whole {
        selection: Selection,
        summary: Summary,
        start: Day,
        end: Day,
    }

    impl Whole {
        /// All of a ledger, observed until its last day.
        pub(crate) fn of(ledger: Ledger) -> Whole {
            let selection = Selection::new(Rc::new(Base::new(ledger)), &Settings::default());
            let (start, end) = selection.visits.span().unwrap();
            Whole { summary: Summary::of(&selection.visits, end), selection, start, end }
        }

        /// Rows as in [`ledger`].
        pub(crate) fn rows(rows: &[(&str, &str, i64)]) -> Whole {
            Whole::of(ledger(rows))
        }

        /// The same with the period beginning on another day.
        pub(crate) fn from(self, start: &str) -> Whole {
            Whole { start: start.parse().unwrap(), ..self }
        }

        /// The same observed until another day.
        pub(crate) fn until(self, end: &str) -> Whole {
            let end = end.parse().unwrap();
            Whole { summary: Summary::of(&self.selection.visits, end), end, ..self }
        }

        /// As measures read it.
        pub(crate) fn shown(&self) -> Shown<'_> {
            let Whole { selection, summary, start, end } = self;
            Shown { whole: selection.ledger(), visits: &selection.visits, summary, start: *start, end: *end }
        }
    }
}
