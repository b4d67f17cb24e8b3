//! What goes with value and with staying.
//!
//! * [`drivers`] (here): all of it, for what is shown.
//! * [`Customer`] (here): the customers that it is told from: those whose first purchase lies in the period and who were
//!   observed for a year after it.
//! * [`features`]: what is known of them at their first purchase, as columns of numbers.
//! * [`model`]: the regression.
//! * [`correlations`]: how measures go together.
//! * [`churn`]: who left, by what was known before; [`propensity`]: two ways to tell it beforehand, held against each
//!   other.
//!
//! Nothing that explains comes from after the first purchase, so that nothing is explained by itself.

pub mod churn;
pub mod correlations;
pub mod features;
pub mod model;
pub mod propensity;

use super::beside::Beside;
use crate::math::Day;
use crate::math::money::{Derived, SCALE};
use crate::math::stats::Share;
use crate::report::drivers::{Ask, Churn, Drivers, Outcome};

/// The days after the first purchase that are looked at.
pub const DAYS: i32 = 365;

/// A customer who was observed for [`DAYS`] after the first purchase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Customer {
    /// Their number in the ledger.
    pub number: u32,
    /// Day of the first purchase.
    pub first: Day,
    /// The row of the ledger that it begins with.
    pub row: u32,
    /// What was bought on that day, ten-thousandths.
    pub first_order: i64,
    /// Net of the days after it, ten-thousandths.
    pub revenue: i64,
    /// Purchases on the days after it.
    pub purchases: u32,
    /// Days until the next day with a purchase, where one came in time.
    pub days_to_second: Option<u32>,
}

/// The customers of what is shown, and how many others were not observed for long enough.
pub fn customers(beside: &Beside<'_>) -> (Vec<Customer>, u64) {
    let (history, shown) = (beside.history, &beside.shown);
    let mut customers = Vec::new();
    let mut too_recent = 0;
    for (place, visits) in history.by_customer().enumerate() {
        let Some(at) = visits.iter().position(|visit| visit.purchases > 0) else { continue };
        let first = visits[at].day;
        if first < shown.start || first > shown.end {
            continue;
        }
        let last = first.plus(DAYS);
        if last > shown.end {
            too_recent += 1;
            continue;
        }
        let after = || visits[at + 1..].iter().take_while(|visit| visit.day <= last);
        let second = after().find(|visit| visit.purchases > 0);
        customers.push(Customer {
            number: history.customers[place],
            first,
            row: history.first_row(place, at),
            first_order: history.spent(place).nth(at).unwrap_or_default(),
            revenue: after().map(|visit| visit.revenue).sum(),
            purchases: after().map(|visit| visit.purchases).sum(),
            days_to_second: second.map(|visit| (visit.day.0 - first.0) as u32),
        });
    }
    (customers, too_recent)
}

/// An amount in currency units.
fn units(amount: i64) -> f64 {
    amount as f64 / SCALE as f64
}

impl Customer {
    /// The outcome, in currency units or as 0 and 1.
    fn outcome(&self, outcome: Outcome) -> f64 {
        match outcome {
            Outcome::Revenue => units(self.revenue),
            Outcome::Back => f64::from(u8::from(self.days_to_second.is_some())),
        }
    }
}

/// What goes with value and with staying, for what is shown.
pub fn drivers(ask: &Ask, beside: &Beside<'_>, churn: Churn) -> Drivers {
    let (customers, too_recent) = customers(beside);
    let back = customers.iter().filter(|customer| customer.days_to_second.is_some()).count() as u64;
    let n = customers.len() as u64;
    let numbers = features::numbers(&customers, beside);
    let columns = features::features(&customers, beside.shown.whole, numbers, &ask.left_out);
    let outcome: Vec<f64> = customers.iter().map(|customer| customer.outcome(ask.outcome)).collect();
    let correlations = correlations::correlations(&customers, &columns);
    let fitted = model::fit(columns, &outcome, ask.outcome);
    Drivers {
        outcome: ask.outcome,
        days: DAYS as u32,
        customers: n,
        too_recent,
        mean: (n > 0).then(|| Derived(outcome.iter().sum::<f64>() / n as f64)),
        share: (ask.outcome == Outcome::Back).then(|| Share::new(back, n)),
        features: fitted.features,
        model: fitted.model,
        needs: fitted.needs,
        correlations,
        churn,
    }
}
