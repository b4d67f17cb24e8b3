//! What a known export asks of the intake, with its columns found: the traps of a layout, ready for each record.

use std::collections::BTreeSet;

use crate::ingest::blank::is_blank;
use crate::ingest::receipt::Reason;
use crate::ingest::records::Record;
use crate::roles::layouts::{self, Layout, Says, Trap};

/// A condition on a record: what the cell of a column says.
type Condition = (usize, Says);

/// The traps of a file's layout. Without a layout there are none, and a record costs a look at a few empty lists.
#[derive(Clone, Debug, Default)]
pub(super) struct Traps {
    /// The record is left out for the reason where all conditions hold; the first column tells it.
    leave_out: Vec<(Reason, Vec<Condition>)>,
    /// The column that is filled where an order was cancelled.
    pub(super) cancelled: Option<usize>,
    /// Refunds are told as what is left of the amount.
    pub(super) remainder: bool,
    /// Where nothing is left, each of these tells that all was given back.
    whole: Vec<Condition>,
    /// Where a record gives money back: the condition, the column of its customer and that of its order.
    back: Option<(Condition, usize, usize)>,
    /// The column of customers without an id.
    guests: Option<usize>,
    /// Customers are compared without regard to case.
    pub(super) email: bool,
    apostrophes: bool,
    /// Records are lines of orders; the beginning of the names of the lines' own columns.
    pub(super) lines: Option<&'static str>,
}

impl Traps {
    /// The traps of a layout; rows left out for one of the reasons to `count` count after all.
    pub(super) fn new(layout: Option<&'static Layout>, names: &[String], count: &BTreeSet<Reason>) -> Traps {
        let mut traps = Traps::default();
        let column = |name: &str| layouts::column(names, name);
        for trap in layout.map_or(&[][..], |layout| layout.traps) {
            match *trap {
                Trap::LinesOfOrders(prefix) => traps.lines = Some(prefix),
                Trap::CancelledWhereFilled(name) => traps.cancelled = column(name),
                Trap::RefundsAsRemainder(conditions) => {
                    traps.remainder = true;
                    traps.whole = conditions.iter().filter_map(|&(name, says)| Some((column(name)?, says))).collect();
                }
                Trap::LeaveOut(reason, _) if count.contains(&reason) => {}
                Trap::LeaveOut(reason, conditions) => {
                    let found: Option<Vec<Condition>> =
                        conditions.iter().map(|&(name, says)| Some((column(name)?, says))).collect();
                    traps.leave_out.extend(found.map(|found| (reason, found)));
                }
                Trap::Refunds { when, customer, order } => {
                    let columns = column(when.0).zip(column(customer)).zip(column(order));
                    traps.back = columns.map(|((at, customer), order)| ((at, when.1), customer, order));
                }
                Trap::Guests(name) => traps.guests = column(name),
                Trap::EmailIsCustomer => traps.email = true,
                Trap::Apostrophes => traps.apostrophes = true,
                // What the plan, the review or the reading of other kinds of tables has to know.
                Trap::NameIsCustomer
                | Trap::Dates(_)
                | Trap::CurrencyInHeader
                | Trap::Preamble
                | Trap::SecondHeader
                | Trap::Totals => {}
            }
        }
        traps
    }

    /// Whether a record has to be looked at for any of them.
    pub(super) fn are_set(&self) -> bool {
        let Traps { leave_out, cancelled, remainder, whole, back, guests, email, apostrophes, lines } = self;
        let rules = !leave_out.is_empty() || cancelled.is_some() || back.is_some() || guests.is_some();
        rules || *remainder || !whole.is_empty() || *email || *apostrophes || lines.is_some()
    }

    /// Why a record is left out, and the cell that tells it. Of a `line` of an order only what is said of lines counts,
    /// of an order only what is said of orders.
    pub(super) fn left_out<'a>(&self, record: &Record<'a>, line: bool) -> Option<(Reason, &'a str)> {
        let told = |(column, says): &Condition| says.is_said_by(cell(record, *column));
        let of_lines = |reason: Reason| self.lines.is_some() && reason == Reason::GiftCard;
        let mut rules = self.leave_out.iter().filter(|(reason, _)| of_lines(*reason) == line);
        let (reason, conditions) = rules.find(|(_, conditions)| conditions.iter().all(told))?;
        Some((*reason, cell(record, conditions[0].0)))
    }

    /// Whether an order of which nothing is left was refunded whole, not left alone.
    pub(super) fn is_refunded_whole(&self, record: &Record<'_>) -> bool {
        self.whole.iter().any(|(column, says)| says.is_said_by(cell(record, *column)))
    }

    /// The columns of customer and order where a record gives money back.
    pub(super) fn back(&self, record: &Record<'_>) -> Option<(usize, usize)> {
        let (condition, customer, order) = self.back?;
        condition.1.is_said_by(cell(record, condition.0)).then_some((customer, order))
    }

    /// The customer of a record: of a guest, what stands in place of an id.
    pub(super) fn customer<'a>(&self, record: &Record<'a>, customer: &'a str) -> &'a str {
        let told = match self.guests {
            Some(column) if is_blank(customer.as_bytes()) => cell(record, column),
            _ => customer,
        };
        if self.apostrophes { told.strip_prefix('\'').unwrap_or(told) } else { told }
    }
}

/// A cell as text, without the spaces around it.
pub(super) fn cell<'a>(record: &Record<'a>, column: usize) -> &'a str {
    text(record.get(column).unwrap_or_default())
}

/// The text of a cell, without the spaces around it.
pub(super) fn text(cell: &[u8]) -> &str {
    // The decoder gives valid UTF-8 and the splitter cuts it at ASCII bytes only.
    std::str::from_utf8(cell).unwrap_or_default().trim()
}
