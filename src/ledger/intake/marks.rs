//! Rows that are used, and have something a person should know of.

use serde::{Deserialize, Serialize};

use super::blame::SHOWN;
use crate::ingest::ids;
use crate::ingest::profile::shorten;
use crate::ingest::receipt::Example;

/// Ids for many customers that are counted: more than a file writes them in.
const MOST_SHARED: usize = 16;

/// Rows used that have something a person should know of.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Marked {
    /// Customer ids that a spreadsheet has shortened.
    pub damaged_customers: Option<Mark>,
    /// Order ids that a spreadsheet has shortened.
    pub damaged_orders: Option<Mark>,
    /// Ids that stand for many customers; the example of each is the id.
    pub shared: Vec<Mark>,
    /// Rows that equal another row in every cell.
    pub repeated: Option<Mark>,
    /// Rows with more cells than names of columns.
    pub extra_cells: Option<Mark>,
    /// Amounts with more than four places, which were rounded; also of rows that are left out.
    pub rounded: Option<Mark>,
}

impl Marked {
    /// Takes the ids of a row into account.
    pub fn ids(&mut self, line: u64, customer: &str, order: Option<&str>) {
        if ids::is_damaged(customer) {
            Mark::count(&mut self.damaged_customers, line, customer);
        } else if ids::is_shared(customer) {
            let known = self.shared.iter().position(|mark| mark.example.found == customer);
            match known {
                Some(known) => self.shared[known].rows += 1,
                None if self.shared.len() == MOST_SHARED => {}
                None => self.shared.push(Mark { rows: 1, example: Example { line, found: customer.to_owned() } }),
            }
        }
        if let Some(order) = order.filter(|order| ids::is_damaged(order)) {
            Mark::count(&mut self.damaged_orders, line, order);
        }
    }
}

impl Marked {
    /// Whether ids that stand for many were so many that some were not counted.
    pub(super) fn is_cut_short(&self) -> bool {
        self.shared.len() == MOST_SHARED
    }

    /// Takes over what was marked of the records that follow, whose lines are as many higher.
    pub(super) fn absorb(&mut self, part: Marked, shift: u64) {
        Mark::absorb(&mut self.damaged_customers, part.damaged_customers, shift);
        Mark::absorb(&mut self.damaged_orders, part.damaged_orders, shift);
        Mark::absorb(&mut self.repeated, part.repeated, shift);
        Mark::absorb(&mut self.extra_cells, part.extra_cells, shift);
        Mark::absorb(&mut self.rounded, part.rounded, shift);
        for mark in part.shared {
            match self.shared.iter().position(|known| known.example.found == mark.example.found) {
                Some(known) => self.shared[known].rows += mark.rows,
                None if self.shared.len() == MOST_SHARED => {}
                None => self.shared.push(Mark { example: mark.example.lower(shift), ..mark }),
            }
        }
    }
}

/// How many rows, and the first of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mark {
    /// Rows.
    pub rows: u64,
    /// The first.
    pub example: Example,
}

impl Mark {
    /// Counts a row.
    pub fn count(mark: &mut Option<Mark>, line: u64, found: &str) {
        let new = || Mark { rows: 0, example: Example { line, found: shorten(found, SHOWN) } };
        mark.get_or_insert_with(new).rows += 1;
    }

    fn absorb(mark: &mut Option<Mark>, part: Option<Mark>, shift: u64) {
        if let Some(part) = part {
            match mark {
                Some(mark) => mark.rows += part.rows,
                None => *mark = Some(Mark { example: part.example.lower(shift), ..part }),
            }
        }
    }
}
