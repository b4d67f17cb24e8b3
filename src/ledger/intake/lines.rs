//! Orders whose lines are records of their own: the first says who bought, when, and how much in all.
//!
//! The cells that hold for the order are carried from its first record to the others, and its total is counted once. The
//! lines share it in proportion to their quantity times price, so that what a product brought is told apart and the sum
//! stays exact; refunds are shared in the same way. Only layouts that ask for it take this way.

use super::bought::{Bought, Refusal};
use super::rows::{Inner, MAX_DIMENSIONS};
use super::traps::{cell, text};
use crate::ingest::dates::Moment;
use crate::ingest::receipt::Reason;
use crate::ingest::records::Record;
use crate::ledger::LedgerBuilder;
use crate::ledger::intern::Interner;
use crate::roles::names;

/// Lines of one order that are kept until it ends; of more, the first ones share the total.
const MOST_LINES: usize = 4_096;

/// The order that is being read.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// The numbers of all orders so far: a total that stands on every line still counts once.
    seen: Interner,
    id: String,
    is_first: bool,
    state: State,
    customer: String,
    moment: Option<Moment>,
    /// What the order brought, and what was given back of it.
    total: i64,
    refunded: i64,
    lines: Vec<Line>,
    /// The values of the dimensions of its first line, and of all lines that are kept.
    first: Values,
    values: Values,
}

/// Texts, one behind the other, and where each ends.
#[derive(Debug, Default)]
struct Values {
    text: String,
    ends: Vec<usize>,
}

impl Values {
    fn push(&mut self, value: &str) {
        self.text.push_str(value);
        self.ends.push(self.text.len());
    }

    fn get(&self, place: usize) -> &str {
        let start = if place == 0 { 0 } else { self.ends[place - 1] };
        &self.text[start..self.ends[place]]
    }

    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }
}

/// What became of the order that is being read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    /// There is none.
    #[default]
    None,
    /// Its lines are gathered.
    Open,
    /// It is left out, with all its lines.
    LeftOut(Reason),
}

/// A line of the order.
#[derive(Debug)]
struct Line {
    /// Line of the file that it begins on.
    at: u64,
    /// Its share of the order: quantity times price.
    weight: i64,
    /// Why it does not count, what says so, and its cells.
    left_out: Option<(Reason, String, Vec<Vec<u8>>)>,
}

impl Order {
    /// Begins an order and says whether its number is new.
    fn begin(&mut self, bought: &Bought<'_>) -> bool {
        let id = bought.order.unwrap_or_default();
        let before = self.seen.len();
        let is_new = id.is_empty() || self.seen.code(id.as_bytes()) as usize == before;
        self.state = State::Open;
        self.is_first = true;
        self.first.clear();
        set(&mut self.id, id);
        set(&mut self.customer, bought.customer);
        self.moment = Some(bought.moment);
        (self.total, self.refunded) = if is_new { (bought.amount, bought.refunded) } else { (0, 0) };
        is_new
    }

    /// Leaves an order out, with the lines that follow.
    fn leave_out(&mut self, id: &str, reason: Reason) {
        set(&mut self.id, id);
        self.state = State::LeftOut(reason);
    }

    /// Whether a record with this number, and these cells of customer and date, is a further line.
    fn goes_on(&self, id: &str, customer: &str, date: &str) -> bool {
        self.state != State::None && if id.is_empty() { customer.is_empty() && date.is_empty() } else { id == self.id }
    }

    /// Adds a line with its values of the dimensions, which are the order's or the line's own. Of an order's, the others
    /// have that of the first line where theirs is empty.
    fn add<'a>(&mut self, line: Line, values: impl Iterator<Item = (&'a str, bool)>) {
        for (place, (value, of_order)) in values.enumerate() {
            if self.is_first {
                self.first.push(value);
            }
            let carried = value.is_empty() && of_order;
            self.values.push(if carried { self.first.get(place) } else { value });
        }
        self.is_first = false;
        self.lines.push(line);
    }

    /// The values of the dimensions of a line, as many as there are places for.
    fn values<'a>(&'a self, line: usize, values: &mut [&'a str]) {
        let count = values.len();
        for (place, value) in values.iter_mut().enumerate() {
            *value = self.values.get(line * count + place);
        }
    }

    /// Forgets the lines; what they had of the total is given out.
    fn clear(&mut self) {
        self.lines.clear();
        self.values.clear();
        (self.total, self.refunded) = (0, 0);
    }
}

/// Shares an amount out by weights, exactly: `next` gives the share of one after the other.
struct Shares {
    amount: i128,
    all: i128,
    weight: i128,
    given: i128,
}

impl Shares {
    /// For lines that have these weights together. Where that is 0, the first share is the whole.
    fn new(amount: i64, all: i128) -> Shares {
        Shares { amount: amount.into(), all, weight: 0, given: 0 }
    }

    /// The share of the next line.
    fn next(&mut self, weight: i64) -> i64 {
        self.weight += i128::from(weight);
        let upto = if self.all == 0 { self.amount } else { self.amount * self.weight / self.all };
        let share = upto - self.given;
        self.given = upto;
        // No share is larger than the amount, which fits.
        share as i64
    }
}

fn set(text: &mut String, value: &str) {
    text.clear();
    text.push_str(value);
}

impl Inner {
    /// Gathers the lines of an order, or says why one can't be used.
    pub(super) fn line<'a>(&mut self, record: &Record<'a>, builder: &mut LedgerBuilder) -> Result<(), Refusal<'a>> {
        let id = self.columns.order.map(|column| cell(record, column)).unwrap_or_default();
        let (customer, date) = (cell(record, self.columns.customer), cell(record, self.columns.date));
        let is_total = || id.is_empty() && record.iter().any(|cell| names::is_totals_word(text(cell)));
        if !record.malformed && self.order.goes_on(id, customer, date) && !is_total() {
            if let State::LeftOut(reason) = self.order.state {
                return Err(Refusal { reason, found: id, amount: None });
            }
        } else {
            self.end_order(builder);
            let bought = self.bought(record).inspect_err(|refusal| self.order.leave_out(id, refusal.reason))?;
            if let (true, true, Some(order)) = (self.comes_again(), self.once, bought.order) {
                self.order.leave_out(id, Reason::RepeatedRow);
                let amount = Some(bought.amount - bought.refunded);
                return Err(Refusal { reason: Reason::RepeatedRow, found: order, amount });
            }
            if !self.order.begin(&bought) {
                // The total stood on a line before that does not lie beside this one.
                self.read.amount_read -= bought.amount - bought.refunded;
            }
        }
        let weight = match (self.columns.quantity, self.columns.price) {
            (Some(quantity), Some(price)) => self.product(record, quantity, price).unwrap_or(0),
            _ => 0,
        };
        if self.columns.amount.is_none() && !self.order.is_first {
            // Without a total, an order is what its lines add up to.
            self.order.total = self.order.total.saturating_add(weight);
            self.read.amount_read = self.read.amount_read.saturating_add(weight);
        }
        let left_out = self.traps.left_out(record, true).map(|(reason, found)| {
            let cells = record.iter().map(<[u8]>::to_vec).collect();
            (reason, found.to_owned(), cells)
        });
        let columns = self.columns.dimensions.iter().zip(&self.columns.of_order);
        let values = columns.map(|(column, of_order)| {
            let value = column.map(|column| cell(record, column)).unwrap_or_default();
            (value, *of_order)
        });
        self.order.add(Line { at: record.line, weight: weight.max(0), left_out }, values);
        if self.order.lines.len() == MOST_LINES {
            self.share_out(builder);
        }
        Ok(())
    }

    /// The order that was read is complete.
    pub(super) fn end_order(&mut self, builder: &mut LedgerBuilder) {
        self.share_out(builder);
        self.order.state = State::None;
    }

    /// Gives the lines of the order their shares of its total and its refunds.
    fn share_out(&mut self, builder: &mut LedgerBuilder) {
        let mut order = std::mem::take(&mut self.order);
        if let Some(moment) = order.moment {
            let all: i128 = order.lines.iter().map(|line| i128::from(line.weight)).sum();
            let (mut totals, mut refunds) = (Shares::new(order.total, all), Shares::new(order.refunded, all));
            let mut values = [""; MAX_DIMENSIONS];
            let values = &mut values[..self.columns.dimensions.len()];
            for (at, line) in order.lines.iter().enumerate() {
                let (amount, refunded) = (totals.next(line.weight), refunds.next(line.weight));
                let net = Some(amount - refunded);
                if let Some((reason, found, cells)) = &line.left_out {
                    self.read.blame.add(*reason, line.at, found, net, cells.iter().map(Vec::as_slice));
                    continue;
                }
                order.values(at, values);
                let id = Some(order.id.as_str()).filter(|id| !id.is_empty());
                let bought = Bought { customer: &order.customer, moment, amount, refunded, order: id };
                if !self.push(line.at, &bought, values, builder) {
                    let cells = std::iter::once(order.id.as_bytes());
                    self.read.blame.add(Reason::AmountTooLarge, line.at, &order.id, net, cells);
                }
            }
        }
        order.clear();
        self.order = order;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(amount: i64, weights: &[i64]) -> Vec<i64> {
        let mut shares = Shares::new(amount, weights.iter().map(|weight| i128::from(*weight)).sum());
        weights.iter().map(|weight| shares.next(*weight)).collect()
    }

    #[test]
    fn shares_add_up_to_the_amount_whatever_the_weights() {
        assert_eq!(shares(100, &[1, 1, 1]), [33, 33, 34]);
        assert_eq!(shares(-7, &[2, 0, 5]), [-2, 0, -5]);
        assert_eq!(shares(500, &[0, 0]), [500, 0]);
        let large = shares(i64::MAX, &[i64::MAX, i64::MAX, 1]);
        assert_eq!(large.iter().map(|share| i128::from(*share)).sum::<i128>(), i128::from(i64::MAX));
    }

    #[test]
    fn a_line_without_a_number_goes_on_where_customer_and_date_are_empty_too() {
        let mut order = Order::default();
        assert!(!order.goes_on("", "", ""));
        order.leave_out("#1", Reason::Cancelled);
        assert!(order.goes_on("#1", "x", "") && order.goes_on("", "", ""));
        assert!(!order.goes_on("#2", "", "") && !order.goes_on("", "x", "") && !order.goes_on("", "", "2024-01-02"));
    }
}
