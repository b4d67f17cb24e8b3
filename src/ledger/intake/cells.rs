//! The cells of a record as dates and amounts, and what they tell of their columns.

use super::marks::Mark;
use super::rows::Inner;
use super::traps::{cell, text};
use crate::ingest::blank::is_blank;
use crate::ingest::currency;
use crate::ingest::dates::{self, DateError};
use crate::ingest::numbers::{self, NumberError};
use crate::ingest::records::Record;
use crate::math::Money;

impl Inner {
    pub(super) fn date(&mut self, cell: &str) -> Result<dates::Moment, DateError> {
        let bytes = cell.as_bytes();
        if !dates::begins_with_year(bytes) {
            self.saw_other_dates = true;
            self.dates.observe(bytes);
        }
        dates::parse(bytes, self.plan.reading.date_order)
    }

    /// The row's amount in ten-thousandths and what was given back of it, or what is wrong and in which column.
    pub(super) fn amounts(&mut self, record: &Record<'_>) -> Result<(i64, i64), (NumberError, usize)> {
        let amount = match (self.columns.amount, self.columns.quantity, self.columns.price) {
            (Some(column), ..) => self.number(record, column, true)?,
            (None, Some(quantity), Some(price)) => self.product(record, quantity, price)?,
            _ => return Err((NumberError::Empty, self.columns.customer)),
        };
        let Some(column) = self.columns.refund else { return Ok((amount, 0)) };
        let told = match self.number(record, column, true) {
            Err((NumberError::Empty, _)) => 0,
            told => told?,
        };
        let refunded = match (self.traps.remainder, told) {
            (true, 0) if self.traps.is_refunded_whole(record) => Some(amount),
            (_, 0) => Some(0),
            (true, left) => amount.checked_sub(left),
            (false, refunded) => refunded.checked_abs(),
        };
        let fits = refunded.filter(|refunded| amount.checked_sub(*refunded).is_some());
        fits.map(|refunded| (amount, refunded)).ok_or((NumberError::TooLarge, column))
    }

    /// The currency of a record as it is told, and whether it is another than the one analysed: its own cell tells it, else
    /// the amount, else the header.
    pub(super) fn currency<'a>(&self, record: &Record<'a>) -> (Option<&'a str>, bool) {
        let own = self.columns.currency.map(|column| cell(record, column)).filter(|cell| !is_blank(cell.as_bytes()));
        let told = own.or(self.row_currency).or(self.header_currency);
        let wanted = self.options.currency.as_deref();
        (told, wanted.is_some() && told.is_some_and(|told| currency::currency_code(told) != wanted))
    }

    pub(super) fn product(
        &mut self,
        record: &Record<'_>,
        quantity: usize,
        price: usize,
    ) -> Result<i64, (NumberError, usize)> {
        let pieces = self.number(record, quantity, false)?;
        let each = self.number(record, price, true)?;
        Money::from_product(pieces, Money(each)).map(|money| money.0).ok_or((NumberError::TooLarge, price))
    }

    fn number(&mut self, record: &Record<'_>, column: usize, is_money: bool) -> Result<i64, (NumberError, usize)> {
        let cell = record.get(column).unwrap_or_default();
        if is_money {
            self.decimals.observe(cell);
        }
        let number = numbers::parse(cell, self.plan.reading.decimal).map_err(|error| (error, column))?;
        if is_money {
            if number.rounded {
                Mark::count(&mut self.read.marked.rounded, record.line, text(cell));
            }
            self.row_currency = self.row_currency.or(number.currency);
        }
        Ok(number.value)
    }
}
