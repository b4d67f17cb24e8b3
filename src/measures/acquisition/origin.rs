//! What won each customer: the value of a column at the first purchase of all.

use super::super::Shown;
use super::names::{Names, key};
use super::new_customers;
use crate::ledger::{DimensionColumn, Ledger, Visits};
use crate::roles::Role;
use crate::roles::names::words;

/// Stands for a customer, or a value, that belongs to no group.
const NONE: u32 = u32::MAX;

/// Which group each customer belongs to, by the value of a column at the first purchase of all.
#[derive(Debug)]
pub(super) struct Origin {
    of_history: Vec<u32>,
    of_shown: Vec<u32>,
}

impl Origin {
    /// The groups of a column whose values are among the names; `history` is what the customers shown are judged new from.
    pub(super) fn new(shown: Shown<'_>, history: &Visits, column: &DimensionColumn, names: &Names) -> Origin {
        let place = |label: &str| names.place(&key(label)).map_or(NONE, |place| place as u32);
        let of_label: Vec<u32> = column.labels.iter().map(|label| place(label)).collect();
        let first = |(customer, own): (usize, &[crate::ledger::Visit])| {
            let visit = own.iter().position(|visit| visit.purchases > 0)?;
            Some(of_label[column.codes.get(history.first_row(customer, visit) as usize) as usize])
        };
        let of_history: Vec<u32> = history.by_customer().enumerate().map(|of| first(of).unwrap_or(NONE)).collect();
        // Both are in the order of numbers, and who is shown has a history.
        let mut at = 0;
        let of_number = |number: &u32| {
            while history.customers.get(at).is_some_and(|known| known < number) {
                at += 1;
            }
            of_history.get(at).copied().unwrap_or(NONE)
        };
        let of_shown = shown.visits.customers.iter().map(of_number).collect();
        Origin { of_history, of_shown }
    }

    /// The group of a customer shown.
    pub(super) fn of(&self, customer: usize) -> Option<usize> {
        group(self.of_shown[customer])
    }

    /// The new customers of the period by group.
    pub(super) fn won(&self, shown: Shown<'_>, groups: usize) -> Vec<Vec<u32>> {
        let mut won = vec![Vec::new(); groups];
        for customer in new_customers(shown) {
            if let Some(group) = self.of(customer) {
                won[group].push(customer as u32);
            }
        }
        won
    }

    /// The group of a customer of the history.
    pub(super) fn of_history(&self, customer: usize) -> Option<usize> {
        group(self.of_history[customer])
    }
}

fn group(code: u32) -> Option<usize> {
    (code != NONE).then_some(code as usize)
}

/// The column that tells the channel of customers: of those that may, the one that knows most of the names; of equally many the
/// first, which is that of the orders and not of a table of customers.
pub(super) fn channel_column<'a>(ledger: &'a Ledger, names: &Names) -> Option<&'a DimensionColumn> {
    best(ledger.dimensions.iter().filter(|column| column.role.as_deref() == Some(Role::Channel.name())), names)
}

/// The column that tells the campaign of customers, where one is named so and knows one of the names.
pub(super) fn campaign_column<'a>(ledger: &'a Ledger, names: &Names) -> Option<&'a DimensionColumn> {
    const CAMPAIGN: [&str; 6] = ["campaign", "kampagne", "campagne", "campana", "campagna", "campanha"];
    let is_named_so =
        |column: &&DimensionColumn| words(&column.name).iter().any(|word| CAMPAIGN.contains(&word.as_str()));
    let columns = ledger.dimensions.iter().filter(is_named_so);
    best(columns, names).filter(|column| known(column, names) > 0)
}

fn best<'a>(columns: impl Iterator<Item = &'a DimensionColumn>, names: &Names) -> Option<&'a DimensionColumn> {
    columns.reduce(|best, next| if known(next, names) > known(best, names) { next } else { best })
}

/// How many of the names are values of a column.
fn known(column: &DimensionColumn, names: &Names) -> usize {
    let mut known = vec![false; names.len()];
    for label in &column.labels {
        if let Some(place) = names.place(&key(label)).filter(|place| names.is_named(*place)) {
            known[place] = true;
        }
    }
    known.into_iter().filter(|known| *known).count()
}
