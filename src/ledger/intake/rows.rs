//! One file, slice by slice, into the ledger's builder.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::ahead::Ahead;
use super::blame::Blame;
use super::dropped::Dropped;
use super::lessons::{Evidence, Lessons};
use super::lines::Order;
use super::marks::{Mark, Marked};
use super::odd_dates::{Held, OddDates};
use super::own_totals;
use super::plan::Plan;
use super::quick::Quick;
use super::repeats::Seen;
use super::traps::{Traps, cell, text};
use crate::ingest::blank::is_blank;
use crate::ingest::certainty::Certainty;
use crate::ingest::currency;
use crate::ingest::date_evidence::{DateDecision, DateEvidence};
use crate::ingest::dates::{self, DateError};
use crate::ingest::decimal_evidence::DecimalEvidence;
use crate::ingest::dialect::separator_hint;
use crate::ingest::encoding::{Decoder, take_out_nul};
use crate::ingest::ids;
use crate::ingest::numbers::{DecimalSign, NumberError};
use crate::ingest::receipt::Reason;
use crate::ingest::records::{Batch, Record, Splitter};
use crate::ledger::LedgerBuilder;
use crate::ledger::build::Row;
use crate::math::Day;
use crate::protocol::{Doubt, ReadOptions};
use crate::roles::{Role, names};

/// Dimension columns that a ledger may have: their cells are gathered on the stack, once a row.
pub const MAX_DIMENSIONS: usize = 24;

/// Different rows that are remembered where one that comes again is only to be said.
pub(super) const MOST_SEEN: usize = 1 << 20;

/// What was read of one file.
#[derive(Clone, Debug, Default)]
pub struct FileRead {
    /// Records besides the header.
    pub rows_read: u64,
    /// Records in the ledger.
    pub rows_used: u64,
    /// What was left out.
    pub blame: Blame,
    /// Sum of all amounts that could be read.
    pub amount_read: i64,
    /// Sum of the amounts used.
    pub amount_used: i64,
    /// Rows by currency, where a column, the amounts or their header tell it.
    pub currencies: Vec<(&'static str, u64)>,
    /// Rows whose currency is told and not known.
    pub unknown_currency: u64,
    /// Records in the ledger with a refund in a column of its own, which is one more row there.
    pub refund_rows: u64,
    /// Rows used, their sum and the refunds among them, by day: what a later end of the period would leave out.
    pub by_day: FxHashMap<Day, (u64, i64, u64)>,
    /// What the whole column of dates says, where it is not written year first.
    pub dates: Option<DateDecision>,
    /// What the whole column of amounts says.
    pub decimal: Option<(DecimalSign, Certainty)>,
    /// An amount that allows both readings, as written.
    pub decimal_example: Option<String>,
    /// Rows used that have something a person should know of.
    pub marked: Marked,
    /// NUL characters taken out.
    pub nul_characters: u64,
    /// The table's own lines of totals.
    pub own_totals: Vec<own_totals::Line>,
}

/// The columns of the needed cells.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub(super) customer: usize,
    pub(super) date: usize,
    pub(super) amount: Option<usize>,
    pub(super) quantity: Option<usize>,
    pub(super) price: Option<usize>,
    pub(super) order: Option<usize>,
    pub(super) currency: Option<usize>,
    pub(super) status: Option<usize>,
    pub(super) refund: Option<usize>,
    /// The file's column of each dimension of the ledger; nothing where this file lacks it.
    pub(super) dimensions: Vec<Option<usize>>,
    /// Whether each of them holds for a whole order, not for a line.
    pub(super) of_order: Vec<bool>,
    /// Cells that a record must have.
    needed: usize,
    /// Columns that have a name.
    pub(super) named: usize,
}

/// A file on its way into the ledger.
pub struct Rows {
    pub(super) decoder: Decoder,
    pub(super) splitter: Splitter,
    text: Vec<u8>,
    pub(super) inner: Inner,
}

/// All but the decoder and the splitter, so that these can lend to the closure that takes the records.
pub(super) struct Inner {
    pub(super) plan: Plan,
    pub(super) columns: Columns,
    pub(super) traps: Traps,
    /// The order that is being read, where records are lines of orders.
    pub(super) order: Order,
    /// An e-mail address in small letters.
    email: String,
    pub(super) options: ReadOptions,
    /// The usual row, where the file has such.
    pub(super) quick: Option<Quick>,
    pub(super) ahead: Ahead,
    /// What was seen of the rows, where one that comes again is to be told.
    pub(super) seen: Option<Seen>,
    /// Whether a row that comes again is left out.
    pub(super) once: bool,
    /// Rows that wait for a verdict on their dates.
    pub(super) odd_dates: Option<OddDates>,
    /// The orders that are left out.
    pub(super) dropped: Option<Rc<Dropped>>,
    /// Sum of all amounts without their signs that went into sums of `read` from records looked at more closely: while it
    /// fits, no order of adding them up overflows.
    pub(super) moved: u64,
    /// The currency that the header of the amounts names.
    pub(super) header_currency: Option<&'static str>,
    /// The currency that the amounts of the record name.
    pub(super) row_currency: Option<&'static str>,
    pub(super) read: FileRead,
    pub(super) dates: DateEvidence,
    pub(super) decimals: DecimalEvidence,
    pub(super) saw_other_dates: bool,
}

impl Rows {
    /// A file under a plan; `dimensions` are the names of the ledger's dimension columns. Nothing where the plan lacks a
    /// needed role, or the table is none of orders.
    pub fn new(plan: Plan, names_of_columns: &[String], dimensions: &[String], options: &ReadOptions) -> Option<Rows> {
        if !plan.is_orders() {
            return None;
        }
        let traps = Traps::new(plan.layout, names_of_columns, &options.count);
        let columns = Columns::new(&plan, names_of_columns, dimensions, &traps)?;
        let odd_dates = (!options.count_odd_dates).then(|| OddDates::among(&plan.some_days));
        let header_currency = plan
            .column(Role::Amount)
            .or_else(|| plan.column(Role::UnitPrice))
            .and_then(|column| names::currency_of_header(names_of_columns.get(column)?));
        // What a person wants left out for its ids has to be looked for in each row.
        let judges_ids = [options.damaged_customers, options.damaged_orders].contains(&Some(Doubt::LeaveOut));
        Some(Rows {
            decoder: Decoder::new(plan.reading.encoding),
            splitter: Splitter::new(plan.reading.delimiter),
            text: Vec::new(),
            inner: Inner {
                quick: Quick::new(&plan, &columns, traps.are_set(), header_currency.is_some()).filter(|_| !judges_ids),
                ahead: Ahead::default(),
                seen: Some(Seen::default()),
                once: (plan.one_row_an_order || traps.lines.is_some()) && !options.count_repeated,
                odd_dates,
                dropped: None,
                moved: 0,
                header_currency,
                row_currency: None,
                plan,
                columns,
                traps,
                order: Order::default(),
                email: String::new(),
                options: options.clone(),
                read: FileRead::default(),
                dates: DateEvidence::default(),
                decimals: DecimalEvidence::default(),
                saw_other_dates: false,
            },
        })
    }

    /// About so many rows will come: where so many could only be said to come again, that is not looked for.
    pub fn expect(&mut self, rows: usize) {
        if !self.inner.once && rows > MOST_SEEN + MOST_SEEN / 4 {
            self.inner.seen = None;
        }
    }

    /// Makes room for so many rows more; whether there is any.
    #[must_use]
    pub fn make_room(&mut self, rows: usize, builder: &mut LedgerBuilder) -> bool {
        if !builder.expect(rows) {
            return false;
        }
        if let Some(seen) = &mut self.inner.seen {
            seen.expect(rows.min(2 * MOST_SEEN));
        }
        true
    }

    /// Reads a slice.
    pub fn push(&mut self, bytes: &[u8], builder: &mut LedgerBuilder) {
        if let Some(text) = self.decoder.as_it_stands(bytes) {
            let inner = &mut self.inner;
            self.splitter.push_batches(text, &mut |batch| inner.records(batch, builder));
            return;
        }
        self.text.clear();
        self.decoder.push(bytes, &mut self.text);
        let inner = &mut self.inner;
        inner.read.nul_characters += take_out_nul(&mut self.text);
        self.splitter.push_batches(&self.text, &mut |batch| inner.records(batch, builder));
    }

    /// Looks at every row as if something about it were unusual.
    #[cfg(test)]
    pub(super) fn read_carefully(&mut self) {
        self.inner.quick = None;
    }

    /// What was said about the file.
    pub fn options(&self) -> &ReadOptions {
        &self.inner.options
    }

    /// Rows in the ledger so far.
    pub fn rows_used(&self) -> u64 {
        self.inner.read.rows_used
    }

    /// Records so far.
    pub fn rows_read(&self) -> u64 {
        self.inner.read.rows_read
    }

    /// Rows of another file of the same columns count as seen: exports overlap.
    pub fn remember(&mut self, seen: Seen) {
        self.inner.seen = Some(seen);
    }

    /// Leaves orders out.
    pub fn leave_out(&mut self, dropped: Rc<Dropped>) {
        // Each order has to be looked up.
        self.inner.quick = None;
        self.inner.dropped = Some(dropped);
    }

    /// Reads what is left, and says what was read, whether the plan was wrong, and which rows were seen.
    pub fn finish(mut self, builder: &mut LedgerBuilder) -> (FileRead, Lessons, Option<Seen>) {
        self.text.clear();
        self.decoder.finish(&mut self.text);
        let inner = &mut self.inner;
        self.splitter.push_batches(&self.text, &mut |batch| inner.records(batch, builder));
        self.splitter.finish_batches(&mut |batch| inner.records(batch, builder));
        inner.end_order(builder);
        inner.judge_dates(builder);
        let seen = self.inner.seen.take();
        let (read, lessons) = self.inner.finish(self.decoder.is_another());
        (read, lessons, seen)
    }
}

impl Columns {
    fn new(plan: &Plan, names_of_columns: &[String], dimensions: &[String], traps: &Traps) -> Option<Columns> {
        let of = |role| plan.column(role);
        let (customer, date) = (of(Role::Customer)?, of(Role::Date)?);
        let (amount, quantity, price) = (of(Role::Amount), of(Role::Quantity), of(Role::UnitPrice));
        let counted = match (amount, quantity, price) {
            (Some(amount), _, _) => amount,
            (None, Some(quantity), Some(price)) => quantity.max(price),
            _ => return None,
        };
        let dimension = |name: &String| {
            let column = names_of_columns.iter().position(|n| n == name)?;
            plan.guesses[column].role.is_dimension().then_some(column)
        };
        let of_line = |name: &String| {
            let role = dimension(name).map(|column| plan.guesses[column].role);
            let prefixed = traps.lines.is_some_and(|prefix| name.starts_with(prefix));
            prefixed || matches!(role, Some(Role::Product | Role::Category))
        };
        Some(Columns {
            customer,
            date,
            amount,
            quantity,
            price,
            order: of(Role::Order),
            currency: of(Role::Currency),
            status: of(Role::Status),
            refund: of(Role::Refund),
            of_order: dimensions.iter().map(|name| !of_line(name)).collect(),
            dimensions: dimensions.iter().map(dimension).collect(),
            needed: customer.max(date).max(counted) + 1,
            named: names_of_columns.len(),
        })
    }
}

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
    #[inline(never)]
    fn records(&mut self, batch: Batch<'_>, builder: &mut LedgerBuilder) {
        self.look_ahead(batch, builder);
        for (place, record) in batch.records().enumerate() {
            self.ahead.at(place);
            if !self.quick(&record, builder) {
                self.record(&record, builder);
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn record(&mut self, record: &Record<'_>, builder: &mut LedgerBuilder) {
        let reading = &self.plan.reading;
        let is_header = record.line == reading.first_line && reading.has_header;
        let names_delimiter = || record.line == 1 && separator_hint(record.get(0).unwrap_or_default()).is_some();
        if is_header || record.is_blank() || names_delimiter() {
            return;
        }
        self.read.rows_read += 1;
        let refused = match self.traps.lines {
            None => self.row(record, builder),
            Some(_) => self.line(record, builder),
        };
        if let Err(refusal) = refused {
            self.read.blame.add(refusal.reason, record.line, refusal.found, refusal.amount, record.iter());
        }
    }

    /// Reads a record into the ledger, or says why it can't.
    fn row<'a>(&mut self, record: &Record<'a>, builder: &mut LedgerBuilder) -> Result<(), Refusal<'a>> {
        let bought = self.bought(record)?;
        let mut values = [""; MAX_DIMENSIONS];
        for (value, column) in values.iter_mut().zip(&self.columns.dimensions) {
            *value = column.map(|column| cell(record, column)).unwrap_or_default();
        }
        let dimensions = &values[..self.columns.dimensions.len()];
        let amount = Some(bought.amount - bought.refunded);
        if self.comes_again() {
            if let (true, Some(order)) = (self.once, bought.order) {
                return Err(Refusal { reason: Reason::RepeatedRow, found: order, amount });
            }
            Mark::count(&mut self.read.marked.repeated, record.line, cell(record, 0));
        }
        if self.odd_dates.as_mut().is_some_and(|dates| dates.suspects(bought.moment.day)) {
            self.hold(record, &bought, dimensions, builder);
        } else if !self.push(record.line, &bought, dimensions, builder) {
            return Err(Refusal { reason: Reason::AmountTooLarge, found: cell(record, 0), amount });
        }
        if let Some(beyond) = record.iter().skip(self.columns.named).find(|cell| !is_blank(cell)) {
            Mark::count(&mut self.read.marked.extra_cells, record.line, text(beyond));
        }
        Ok(())
    }

    /// Puts a purchase into the ledger, what was given back as a refund of the same order. Whether it was taken.
    pub(super) fn push(
        &mut self,
        line: u64,
        bought: &Bought<'_>,
        dimensions: &[&str],
        builder: &mut LedgerBuilder,
    ) -> bool {
        let mut customer = bought.customer;
        if self.traps.email && customer.contains('@') {
            self.email.clear();
            self.email.push_str(customer);
            self.email.make_ascii_lowercase();
            customer = &self.email;
        }
        let (day, second, order) = (bought.moment.day, bought.moment.second, bought.order);
        let row = Row { customer, day, second, amount: bought.amount, order, dimensions };
        // Both rows or none.
        let back = Some(Row { amount: -bought.refunded, ..row }).filter(|back| back.amount != 0);
        if back.is_some() && !builder.has_room(bought.amount, bought.refunded) || !builder.push(row) {
            return false;
        }
        let refunds = u64::from(back.is_some_and(|back| builder.push(back)));
        // The builder has taken the row, so the sum of all amounts fits.
        let amount = bought.amount - bought.refunded;
        self.read.amount_used += amount;
        self.read.rows_used += 1;
        self.read.refund_rows += refunds;
        let by_day = self.read.by_day.entry(day).or_default();
        by_day.0 += 1;
        by_day.1 += amount;
        by_day.2 += refunds;
        self.read.marked.ids(line, bought.customer, order);
        true
    }

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

    /// Whether a row equals an earlier one in every cell; of orders with lines, the first line tells for all of them.
    pub(super) fn comes_again(&mut self) -> bool {
        let Some(seen) = &mut self.seen else { return false };
        if !seen.insert(self.ahead.hash()) {
            return true;
        }
        if !self.once && seen.rows() > MOST_SEEN {
            // What would only be said is not worth more memory; and of a part nothing can be said.
            self.seen = None;
            self.read.marked.repeated = None;
        }
        false
    }

    /// Keeps a row until it is clear whether its date is odd.
    fn hold(&mut self, record: &Record<'_>, bought: &Bought<'_>, dimensions: &[&str], builder: &mut LedgerBuilder) {
        let row = Held {
            line: record.line,
            moment: bought.moment,
            amount: bought.amount,
            refunded: bought.refunded,
            customer: bought.customer.to_owned(),
            order: bought.order.map(str::to_owned),
            dimensions: dimensions.iter().map(|value| (*value).to_owned()).collect(),
            cells: record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect(),
        };
        if self.odd_dates.as_mut().is_some_and(|dates| dates.hold(row)) {
            self.judge_dates(builder);
        }
    }

    /// Takes or leaves out the rows that were held.
    fn judge_dates(&mut self, builder: &mut LedgerBuilder) {
        self.count_pending();
        let Some(dates) = &mut self.odd_dates else { return };
        for (row, is_odd) in dates.judge(&self.read.by_day) {
            let bought = Bought {
                customer: &row.customer,
                moment: row.moment,
                amount: row.amount,
                refunded: row.refunded,
                order: row.order.as_deref(),
            };
            let dimensions: Vec<&str> = row.dimensions.iter().map(String::as_str).collect();
            let reason = match is_odd {
                true => Reason::OddDate,
                false if self.push(row.line, &bought, &dimensions, builder) => continue,
                false => Reason::AmountTooLarge,
            };
            let cells = row.cells.iter().map(String::as_bytes);
            let found = row.cells.get(self.columns.date).map_or("", |cell| cell.trim());
            self.read.blame.add(reason, row.line, found, Some(row.amount - row.refunded), cells);
        }
    }

    fn finish(mut self, is_another_encoding: bool) -> (FileRead, Lessons) {
        let dates = self.saw_other_dates.then_some(&self.dates);
        let evidence = Evidence { is_another_encoding, dates, decimals: &self.decimals };
        let lessons = Lessons::learned(&self.plan, &self.options, &evidence, &mut self.read);
        (self.read, lessons)
    }
}

/// Adds rows of a currency: there are few, so each is looked for.
pub(crate) fn count_currency(currencies: &mut Vec<(&'static str, u64)>, code: &'static str, rows: u64) {
    match currencies.iter_mut().find(|(known, _)| *known == code) {
        Some((_, known)) => *known += rows,
        None => currencies.push((code, rows)),
    }
}
