//! One file, slice by slice, into the ledger's builder.

use std::rc::Rc;

use super::ahead::Ahead;
use super::bought::{Bought, Refusal};
use super::columns::Columns;
use super::dropped::Dropped;
use super::file_read::FileRead;
use super::lessons::{Evidence, Lessons};
use super::lines::Order;
use super::marks::Mark;
use super::odd_dates::{Held, OddDates};
use super::plan::Plan;
use super::quick::Quick;
use super::repeats::Seen;
use super::traps::{Traps, cell, text};
use crate::ingest::blank::is_blank;
use crate::ingest::date_evidence::DateEvidence;
use crate::ingest::decimal_evidence::DecimalEvidence;
use crate::ingest::dialect::separator_hint;
use crate::ingest::encoding::{Decoder, take_out_nul};
use crate::ingest::receipt::Reason;
use crate::ingest::records::{Batch, Record, Splitter};
use crate::ledger::LedgerBuilder;
use crate::ledger::build::Row;
use crate::protocol::{Doubt, ReadOptions};
use crate::roles::{Role, names};

/// Dimension columns that a ledger may have: their cells are gathered on the stack, once a row.
pub const MAX_DIMENSIONS: usize = 24;

/// Different rows that are remembered where one that comes again is only to be said.
pub(super) const MOST_SEEN: usize = 1 << 20;

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
