//! What a record says of a purchase, or why it can't be used.

use super::file_read::count_currency;
use super::rows::Inner;
use super::traps::{cell, text};
use crate::ingest::blank::is_blank;
use crate::ingest::currency;
use crate::ingest::dates::{self, DateError};
use crate::ingest::ids;
use crate::ingest::numbers::NumberError;
use crate::ingest::receipt::Reason;
use crate::ingest::records::Record;
use crate::protocol::Doubt;
use crate::roles::names;

/// Why a record can't be used: the reason, what was found, and what it would have added.
pub(super) struct Refusal<'a> {
    pub(super) reason: Reason,
    pub(super) found: &'a str,
    pub(super) amount: Option<i64>,
}

/// What a record says of a purchase.
pub(super) struct Bought<'a> {
    pub(super) customer: &'a str,
    pub(super) moment: dates::Moment,
    pub(super) amount: i64,
    /// What was given back of the amount: above zero.
    pub(super) refunded: i64,
    pub(super) order: Option<&'a str>,
}

impl Inner {
    /// What a record says of a purchase, or why it can't be used. The order of the checks is that of [`Reason`].
    pub(super) fn bought<'a>(&mut self, record: &Record<'a>) -> Result<Bought<'a>, Refusal<'a>> {
        let first = || cell(record, 0);
        let refuse = |reason, found, amount| Err(Refusal { reason, found, amount });
        if record.line < self.plan.reading.first_line {
            return refuse(Reason::AboveTable, first(), None);
        }
        if record.malformed {
            return refuse(Reason::Malformed, first(), None);
        }
        let (mut customer, date) = (cell(record, self.columns.customer), cell(record, self.columns.date));
        if (customer.is_empty() || date.is_empty())
            && let Some(word) = record.iter().map(text).find(|cell| names::is_totals_word(cell))
        {
            self.own_total(record);
            return refuse(Reason::TotalsRow, word, None);
        }
        if record.len() < self.columns.needed {
            return refuse(Reason::TooFewCells, first(), None);
        }
        self.row_currency = None;
        let amount = self.amounts(record);
        let (currency, is_other) = self.currency(record);
        // An amount in another currency is part of no sum.
        let known = amount.as_ref().ok().filter(|_| !is_other).map(|(amount, refunded)| amount - refunded);
        self.read.amount_read = self.read.amount_read.saturating_add(known.unwrap_or(0));
        self.moved = self.moved.saturating_add(known.unwrap_or(0).unsigned_abs());
        let mut order = self.columns.order;
        if self.plan.layout.is_some() {
            if let Some((reason, found)) = self.traps.left_out(record, false) {
                return refuse(reason, found, known);
            }
            if let Some((of_customer, of_order)) = self.traps.back(record) {
                customer = cell(record, of_customer);
                order = Some(of_order);
            }
            customer = self.traps.customer(record, customer);
        }
        if is_blank(customer.as_bytes()) {
            return refuse(Reason::NoCustomer, customer, known);
        }
        let moment = match self.date(date) {
            Ok(moment) => moment,
            Err(DateError::Empty) => return refuse(Reason::NoDate, date, known),
            Err(_) => return refuse(Reason::UnreadableDate, date, known),
        };
        let (amount, refunded) = match amount {
            Ok(amounts) => amounts,
            Err((error, column)) => {
                let reason = match error {
                    NumberError::Empty => Reason::NoAmount,
                    NumberError::NotANumber => Reason::UnreadableAmount,
                    NumberError::TooLarge => Reason::AmountTooLarge,
                };
                return refuse(reason, cell(record, column), None);
            }
        };
        if !self.options.count_cancelled {
            let told = |column: &usize| names::is_cancelled(cell(record, *column));
            let filled = |column: &usize| !is_blank(cell(record, *column).as_bytes());
            let cancelled = self.columns.status.filter(told).or_else(|| self.traps.cancelled.filter(filled));
            if let Some(column) = cancelled {
                return refuse(Reason::Cancelled, cell(record, column), known);
            }
        }
        match currency.and_then(currency::currency_code) {
            Some(code) => count_currency(&mut self.read.currencies, code, 1),
            None => self.read.unknown_currency += u64::from(currency.is_some()),
        }
        if is_other {
            return refuse(Reason::OtherCurrency, currency.unwrap_or_default(), None);
        }
        let order = order.map(|column| cell(record, column)).filter(|order| !order.is_empty());
        if let Some((reason, found)) = self.is_in_doubt(customer, order) {
            return refuse(reason, found, known);
        }
        Ok(Bought { customer, moment, amount, refunded, order })
    }

    /// Why a row is left out for what its ids are, where a person said so or its order is taken from elsewhere.
    fn is_in_doubt<'a>(&self, customer: &'a str, order: Option<&'a str>) -> Option<(Reason, &'a str)> {
        let is_cut = |said: Option<Doubt>, id: &str| said == Some(Doubt::LeaveOut) && ids::is_damaged(id);
        if is_cut(self.options.damaged_customers, customer) {
            return Some((Reason::DamagedId, customer));
        }
        let order = order?;
        if is_cut(self.options.damaged_orders, order) {
            return Some((Reason::DamagedId, order));
        }
        Some((self.dropped.as_ref()?.reason(order)?, order))
    }
}
