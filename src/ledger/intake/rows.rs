//! One file, slice by slice, into the ledger's builder.

use rustc_hash::FxHashMap;

use super::blame::Blame;
use super::marks::{Mark, Marked};
use super::odd_dates::{Held, OddDates};
use super::plan::{Lessons, Plan};
use super::repeats::{self, Seen};
use crate::ingest::blank::is_blank;
use crate::ingest::certainty::Certainty;
use crate::ingest::currency;
use crate::ingest::date_evidence::{DateDecision, DateEvidence};
use crate::ingest::dates::{self, DateError, Moment};
use crate::ingest::decimal_evidence::DecimalEvidence;
use crate::ingest::dialect::separator_hint;
use crate::ingest::encoding::{Decoder, Encoding, take_out_nul};
use crate::ingest::numbers::{self, DecimalSign, NumberError};
use crate::ingest::receipt::Reason;
use crate::ingest::records::{Record, Splitter};
use crate::ledger::LedgerBuilder;
use crate::ledger::build::Row;
use crate::math::{Day, Money};
use crate::protocol::ReadOptions;
use crate::roles::{Role, names};

/// Dimension columns that a ledger may have: their cells are gathered on the stack, once a row.
pub const MAX_DIMENSIONS: usize = 24;

/// Different rows that are remembered where one that comes again is only to be said.
const MOST_SEEN: usize = 1 << 20;

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
    /// Amounts with more than four places, which were rounded.
    pub rounded: u64,
    /// Rows by currency, where a column or the amounts tell it.
    pub currencies: Vec<(&'static str, u64)>,
    /// Rows used and their sum, by day: what a later end of the period would leave out.
    pub by_day: FxHashMap<Day, (u64, i64)>,
    /// What the whole column of dates says, where it is not written year first.
    pub dates: Option<DateDecision>,
    /// What the whole column of amounts says.
    pub decimal: Option<(DecimalSign, Certainty)>,
    /// Rows used that have something a person should know of.
    pub marked: Marked,
    /// NUL characters taken out.
    pub nul_characters: u64,
}

/// The columns of the needed cells.
#[derive(Clone, Debug)]
struct Columns {
    customer: usize,
    date: usize,
    amount: Option<usize>,
    quantity: Option<usize>,
    price: Option<usize>,
    order: Option<usize>,
    currency: Option<usize>,
    status: Option<usize>,
    /// The file's column of each dimension of the ledger; nothing where this file lacks it.
    dimensions: Vec<Option<usize>>,
    /// Cells that a record must have.
    needed: usize,
    /// Columns that have a name.
    named: usize,
}

/// A file on its way into the ledger.
pub struct Rows {
    decoder: Decoder,
    splitter: Splitter,
    text: Vec<u8>,
    inner: Inner,
}

/// All but the decoder and the splitter, so that these can lend to the closure that takes the records.
struct Inner {
    plan: Plan,
    columns: Columns,
    options: ReadOptions,
    /// What was seen of the rows, where one that comes again is to be told.
    seen: Option<Seen>,
    /// Whether a row that comes again is left out.
    once: bool,
    /// Rows that wait for a verdict on their dates.
    odd_dates: Option<OddDates>,
    /// The currency that the header of the amounts names.
    header_currency: Option<&'static str>,
    read: FileRead,
    dates: DateEvidence,
    decimals: DecimalEvidence,
    saw_other_dates: bool,
}

impl Rows {
    /// A file under a plan; `dimensions` are the names of the ledger's dimension columns. Nothing where the plan lacks a
    /// needed role.
    pub fn new(plan: Plan, names_of_columns: &[String], dimensions: &[String], options: &ReadOptions) -> Option<Rows> {
        let columns = Columns::new(&plan, names_of_columns, dimensions)?;
        let odd_dates = (!options.count_odd_dates).then(|| OddDates::among(&plan.some_days));
        Some(Rows {
            decoder: Decoder::new(plan.reading.encoding),
            splitter: Splitter::new(plan.reading.delimiter),
            text: Vec::new(),
            inner: Inner {
                seen: Some(Seen::default()),
                once: plan.one_row_an_order && !options.count_repeated,
                odd_dates,
                header_currency: plan
                    .column(Role::Amount)
                    .or_else(|| plan.column(Role::UnitPrice))
                    .and_then(|column| names::currency_of_header(names_of_columns.get(column)?)),
                plan,
                columns,
                options: options.clone(),
                read: FileRead::default(),
                dates: DateEvidence::default(),
                decimals: DecimalEvidence::default(),
                saw_other_dates: false,
            },
        })
    }

    /// Reads a slice.
    pub fn push(&mut self, bytes: &[u8], builder: &mut LedgerBuilder) {
        self.text.clear();
        self.decoder.push(bytes, &mut self.text);
        let inner = &mut self.inner;
        inner.read.nul_characters += take_out_nul(&mut self.text);
        self.splitter.push(&self.text, &mut |record| inner.record(record, builder));
    }

    /// Records so far.
    pub fn rows_read(&self) -> u64 {
        self.inner.read.rows_read
    }

    /// Reads what is left, and says what was read and whether the plan was wrong.
    pub fn finish(mut self, builder: &mut LedgerBuilder) -> (FileRead, Lessons) {
        self.text.clear();
        self.decoder.finish(&mut self.text);
        let inner = &mut self.inner;
        self.splitter.push(&self.text, &mut |record| inner.record(record, builder));
        self.splitter.finish(&mut |record| inner.record(record, builder));
        inner.judge_dates(builder);
        let malformed = self.decoder.malformed();
        self.inner.finish(malformed)
    }
}

impl Columns {
    fn new(plan: &Plan, names_of_columns: &[String], dimensions: &[String]) -> Option<Columns> {
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
        Some(Columns {
            customer,
            date,
            amount,
            quantity,
            price,
            order: of(Role::Order),
            currency: of(Role::Currency),
            status: of(Role::Status),
            dimensions: dimensions.iter().map(dimension).collect(),
            needed: customer.max(date).max(counted) + 1,
            named: names_of_columns.len(),
        })
    }
}

/// Why a record can't be used: the reason, what was found, and what it would have added.
struct Refusal<'a> {
    reason: Reason,
    found: &'a str,
    amount: Option<i64>,
}

impl Inner {
    fn record(&mut self, record: &Record<'_>, builder: &mut LedgerBuilder) {
        let reading = &self.plan.reading;
        let is_header = record.line == reading.first_line && reading.has_header;
        let names_delimiter = || record.line == 1 && separator_hint(record.get(0).unwrap_or_default()).is_some();
        if is_header || record.is_blank() || names_delimiter() {
            return;
        }
        self.read.rows_read += 1;
        if let Err(refusal) = self.row(record, builder) {
            self.read.blame.add(refusal.reason, record.line, refusal.found, refusal.amount, record.iter());
        }
    }

    /// Reads a record into the ledger, or says why it can't. The order of the checks is that of [`Reason`].
    fn row<'a>(&mut self, record: &Record<'a>, builder: &mut LedgerBuilder) -> Result<(), Refusal<'a>> {
        let first = || text(record.get(0).unwrap_or_default());
        let refuse = |reason, found, amount| Err(Refusal { reason, found, amount });
        if record.line < self.plan.reading.first_line {
            return refuse(Reason::AboveTable, first(), None);
        }
        if record.malformed {
            return refuse(Reason::Malformed, first(), None);
        }
        let cell = |column: usize| text(record.get(column).unwrap_or_default());
        let (customer, date) = (cell(self.columns.customer), cell(self.columns.date));
        if (customer.is_empty() || date.is_empty())
            && let Some(word) = record.iter().map(text).find(|cell| names::is_totals_word(cell))
        {
            return refuse(Reason::TotalsRow, word, None);
        }
        if record.len() < self.columns.needed {
            return refuse(Reason::TooFewCells, first(), None);
        }
        let amount = self.amount(record);
        if let Ok(amount) = amount {
            self.read.amount_read = self.read.amount_read.saturating_add(amount);
        }
        let known = amount.as_ref().ok().copied();
        if is_blank(customer.as_bytes()) {
            return refuse(Reason::NoCustomer, customer, known);
        }
        let moment = match self.date(date) {
            Ok(moment) => moment,
            Err(DateError::Empty) => return refuse(Reason::NoDate, date, known),
            Err(_) => return refuse(Reason::UnreadableDate, date, known),
        };
        let amount = match amount {
            Ok(amount) => amount,
            Err((error, column)) => {
                let reason = match error {
                    NumberError::Empty => Reason::NoAmount,
                    NumberError::NotANumber => Reason::UnreadableAmount,
                    NumberError::TooLarge => Reason::AmountTooLarge,
                };
                return refuse(reason, cell(column), None);
            }
        };
        if let Some(column) = self.columns.status
            && !self.options.count_cancelled
            && names::is_cancelled(cell(column))
        {
            return refuse(Reason::Cancelled, cell(column), known);
        }
        if let Some(column) = self.columns.currency
            && let Some(code) = currency::currency_code(cell(column))
        {
            count_currency(&mut self.read.currencies, code, 1);
            if self.options.currency.as_deref().is_some_and(|wanted| wanted != code) {
                return refuse(Reason::OtherCurrency, cell(column), known);
            }
        }
        let order = self.columns.order.map(cell).unwrap_or_default();
        if self.comes_again(record) {
            if self.once && !order.is_empty() {
                return refuse(Reason::RepeatedRow, order, known);
            }
            Mark::count(&mut self.read.marked.repeated, record.line, first());
        }
        if self.odd_dates.as_mut().is_some_and(|dates| dates.suspects(moment.day)) {
            self.hold(record, moment, amount, builder);
        } else if !self.take(record.line, &cell, moment, amount, builder) {
            return refuse(Reason::AmountTooLarge, first(), known);
        }
        let beyond = record.iter().skip(self.columns.named).find(|cell| !is_blank(cell));
        if let Some(beyond) = beyond {
            Mark::count(&mut self.read.marked.extra_cells, record.line, text(beyond));
        }
        Ok(())
    }

    /// Whether a row equals an earlier one in every cell.
    fn comes_again(&mut self, record: &Record<'_>) -> bool {
        let Some(seen) = &mut self.seen else { return false };
        if !seen.insert(repeats::hash(record.iter())) {
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
    fn hold(&mut self, record: &Record<'_>, moment: Moment, amount: i64, builder: &mut LedgerBuilder) {
        let cells = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        let row = Held { line: record.line, moment, amount, cells };
        if self.odd_dates.as_mut().is_some_and(|dates| dates.hold(row)) {
            self.judge_dates(builder);
        }
    }

    /// Takes or leaves out the rows that were held.
    fn judge_dates(&mut self, builder: &mut LedgerBuilder) {
        let Some(dates) = &mut self.odd_dates else { return };
        for (row, is_odd) in dates.judge(&self.read.by_day) {
            let cell = |column: usize| row.cells.get(column).map_or("", |cell| cell.trim());
            let reason = match is_odd {
                true => Reason::OddDate,
                false if self.take(row.line, &cell, row.moment, row.amount, builder) => continue,
                false => Reason::AmountTooLarge,
            };
            let cells = row.cells.iter().map(String::as_bytes);
            self.read.blame.add(reason, row.line, cell(self.columns.date), Some(row.amount), cells);
        }
    }

    /// Puts a row into the ledger; not where its amount is too large.
    fn take<'a>(
        &mut self,
        line: u64,
        cell: &dyn Fn(usize) -> &'a str,
        moment: Moment,
        amount: i64,
        builder: &mut LedgerBuilder,
    ) -> bool {
        let customer = cell(self.columns.customer);
        let order = self.columns.order.map(cell).filter(|order| !order.is_empty());
        let mut values = [""; MAX_DIMENSIONS];
        for (value, column) in values.iter_mut().zip(&self.columns.dimensions) {
            *value = column.map(cell).unwrap_or_default();
        }
        let dimensions = &values[..self.columns.dimensions.len()];
        if !builder.push(Row { customer, day: moment.day, second: moment.second, amount, order, dimensions }) {
            return false;
        }
        // The builder has taken the row, so the sum of all amounts fits.
        self.read.amount_used += amount;
        self.read.rows_used += 1;
        let by_day = self.read.by_day.entry(moment.day).or_default();
        by_day.0 += 1;
        by_day.1 += amount;
        self.read.marked.ids(line, customer, order);
        true
    }

    fn date(&mut self, cell: &str) -> Result<dates::Moment, DateError> {
        let bytes = cell.as_bytes();
        // Dates written year first say nothing about the order of day and month: only the others are evidence.
        if !bytes.first_chunk::<5>().is_some_and(|start| start[..4].iter().all(u8::is_ascii_digit)) {
            self.saw_other_dates = true;
            self.dates.observe(bytes);
        }
        dates::parse(bytes, self.plan.reading.date_order)
    }

    /// The row's amount in ten-thousandths, or what is wrong and in which column.
    fn amount(&mut self, record: &Record<'_>) -> Result<i64, (NumberError, usize)> {
        if let Some(column) = self.columns.amount {
            return self.number(record, column, true);
        }
        let (Some(quantity), Some(price)) = (self.columns.quantity, self.columns.price) else {
            return Err((NumberError::Empty, self.columns.customer));
        };
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
            self.read.rounded += u64::from(number.rounded);
            if self.columns.currency.is_none()
                && let Some(code) = number.currency
            {
                count_currency(&mut self.read.currencies, code, 1);
            }
        }
        Ok(number.value)
    }

    fn finish(mut self, malformed: u64) -> (FileRead, Lessons) {
        let mut lessons = Lessons::default();
        let reading = &self.plan.reading;
        // Where UTF-8 is itself the guess, a few broken bytes are known damage.
        let certain = !reading.encoding_guessed && self.options.encoding.is_none();
        if malformed > 0 && reading.encoding == Encoding::Utf8 && certain {
            lessons.encoding = Some(Encoding::Windows1252);
        }
        if self.saw_other_dates {
            let decision = self.dates.decide();
            if self.options.date_order.is_none() && decision.order != reading.date_order {
                lessons.date_order = Some(decision.order);
            }
            self.read.dates = Some(decision);
        }
        let (sign, certainty) = self.decimals.decide();
        if self.options.decimal.is_none() && certainty == Certainty::Certain && sign != reading.decimal {
            lessons.decimal = Some(sign);
        }
        self.read.decimal = Some((sign, certainty));
        if let (true, Some(code)) = (self.read.currencies.is_empty(), self.header_currency) {
            count_currency(&mut self.read.currencies, code, self.read.rows_used);
        }
        (self.read, lessons)
    }
}

fn text(cell: &[u8]) -> &str {
    // The decoder gives valid UTF-8 and the splitter cuts it at ASCII bytes only.
    std::str::from_utf8(cell).unwrap_or_default().trim()
}

/// Adds rows of a currency: there are few, so each is looked for.
pub(crate) fn count_currency(currencies: &mut Vec<(&'static str, u64)>, code: &'static str, rows: u64) {
    match currencies.iter_mut().find(|(known, _)| *known == code) {
        Some((_, known)) => *known += rows,
        None => currencies.push((code, rows)),
    }
}
