//! Rows about which nothing is unusual, which are nearly all of them: read without a look at anything else.
//!
//! A row is taken here only where the careful way ([`super::rows`]) would take it with the very same effect. At the
//! first doubt it is left to that way, and nothing of it has been counted. What a cell can say is asked once for each of
//! its values, where a column has few: a status, a currency; and once for each new customer.

use super::columns::Columns;
use super::file_read::count_currency;
use super::plan::Plan;
use super::rows::Inner;
use super::traps::text;
use crate::ingest::blank::{is_blank, trim};
use crate::ingest::dates::{self, DateOrder, Moment, begins_with_year};
use crate::ingest::records::Record;
use crate::ingest::{currency, ids};
use crate::ledger::LedgerBuilder;
use crate::ledger::build::RowBytes;
use crate::math::{Day, Money};
use crate::protocol::ReadOptions;
use crate::roles::names;

/// Different values of a column whose verdict is remembered.
const MOST_VERDICTS: usize = 32;

/// The usual row of a file.
#[derive(Debug)]
pub(super) struct Quick {
    /// The number of cells of each row.
    cells: usize,
    /// The first rows are for the careful way: up to this line.
    first_line: u64,
    /// Whether a row passes by its status.
    status: Option<Verdicts<bool>>,
    /// The currency of a row where it is one to be counted.
    currency: Option<Verdicts<Option<&'static str>>>,
    /// The day of the row before, and how it was written.
    day: ([u8; 10], Day),
    /// Rows of one day and their sum that are not yet counted: files are mostly in order of time.
    pending: Option<(Day, u64, i64)>,
}

impl Quick {
    /// Nothing where each row has to be looked at more closely: exports with traps, refunds in a column of their own.
    pub(super) fn new(plan: &Plan, columns: &Columns, is_trapped: bool, header_currency: bool) -> Option<Quick> {
        if is_trapped || columns.refund.is_some() || header_currency {
            return None;
        }
        Some(Quick {
            cells: columns.named,
            first_line: plan.reading.first_line,
            status: columns.status.map(Verdicts::new),
            currency: columns.currency.map(Verdicts::new),
            day: ([0; 10], Day(0)),
            pending: None,
        })
    }

    /// The date of a row.
    #[inline]
    fn moment(&mut self, cell: &[u8], order: DateOrder) -> Option<Moment> {
        if let Some((date, time)) = cell.split_first_chunk()
            && *date == self.day.0
            && let Some(second) = dates::second_of_day(time)
        {
            return Some(Moment { day: self.day.1, second: Some(second) });
        }
        let moment = dates::parse(cell, order).ok()?;
        if let (Some(date), false, true) = (cell.first_chunk(), order.is_count(), begins_with_year(cell)) {
            self.day = (*date, moment.day);
        }
        Some(moment)
    }
}

/// What was found of the values of a column.
#[derive(Debug)]
struct Verdicts<T> {
    column: usize,
    known: Vec<(Box<[u8]>, T)>,
    last: usize,
}

impl<T: Copy> Verdicts<T> {
    fn new(column: usize) -> Verdicts<T> {
        Verdicts { column, known: Vec::new(), last: 0 }
    }

    /// The verdict on a cell, found once; nothing for more values than are remembered.
    fn of(&mut self, cell: &[u8], judge: impl Fn(&str) -> T) -> Option<T> {
        if let Some((value, verdict)) = self.known.get(self.last)
            && **value == *cell
        {
            return Some(*verdict);
        }
        let found = self.known.iter().position(|(value, _)| **value == *cell);
        let at = match found {
            Some(at) => at,
            None if self.known.len() == MOST_VERDICTS => return None,
            None => {
                self.known.push((cell.into(), judge(text(cell))));
                self.known.len() - 1
            }
        };
        self.last = at;
        Some(self.known[at].1)
    }
}

/// Whether an id may be one that says less than it seems to: no id, one that a spreadsheet has shortened, one that stands
/// for many. All of those are words without a digit, of at most two bytes, or have a point or an E behind one digit.
#[inline]
fn may_tell_less(id: &[u8]) -> bool {
    let is_number_or_email = id.iter().rev().any(|byte| byte.is_ascii_digit() || *byte == b'@');
    let may_be_short = !is_number_or_email || id.len() <= 2 || matches!(id[1], b'.' | b',' | b'E' | b'e');
    may_be_short && (is_blank(id) || ids::is_damaged(text(id)) || ids::is_shared(text(id)))
}

/// The currency of a cell where it is one that is counted and analysed.
fn counted_currency(cell: &str, options: &ReadOptions) -> Option<&'static str> {
    let code = currency::currency_code(cell).filter(|_| !is_blank(cell.as_bytes()))?;
    options.currency.as_deref().is_none_or(|wanted| wanted == code).then_some(code)
}

/// Whether a cell is filled and begins and ends with what is no space: it needs no trimming.
#[inline]
fn is_trim(cell: &[u8]) -> bool {
    let plain = |byte: Option<&u8>| byte.is_some_and(|byte| (b'!'..0x7F).contains(byte));
    plain(cell.first()) && plain(cell.last())
}

/// A cell to group by, without the spaces around it.
#[inline]
fn label(cell: &[u8]) -> &[u8] {
    if is_trim(cell) { cell } else { text(cell).as_bytes() }
}

impl Inner {
    /// Counts a row by its day; [`Inner::count_pending`] ends it.
    #[inline]
    fn count_day(&mut self, day: Day, amount: i64) {
        let Some(quick) = &mut self.quick else { return };
        match &mut quick.pending {
            Some((pending, rows, sum)) if *pending == day => (*rows, *sum) = (*rows + 1, *sum + amount),
            _ => {
                let before = quick.pending.replace((day, 1, amount));
                self.count_rows(before);
            }
        }
    }

    /// Counts the rows that wait to be counted by their day.
    pub(super) fn count_pending(&mut self) {
        let pending = self.quick.as_mut().and_then(|quick| quick.pending.take());
        self.count_rows(pending);
    }

    fn count_rows(&mut self, rows: Option<(Day, u64, i64)>) {
        if let Some((day, rows, sum)) = rows {
            let by_day = self.read.by_day.entry(day).or_default();
            (by_day.0, by_day.1) = (by_day.0 + rows, by_day.1 + sum);
        }
    }

    /// Reads a record into the ledger where nothing about it is unusual. Whether it was read.
    pub(super) fn quick(&mut self, record: &Record<'_>, builder: &mut LedgerBuilder) -> bool {
        self.try_quick(record, builder).is_some()
    }

    #[inline(never)]
    fn try_quick(&mut self, record: &Record<'_>, builder: &mut LedgerBuilder) -> Option<()> {
        let quick = self.quick.as_mut()?;
        if record.len() != quick.cells || record.line <= quick.first_line || record.malformed {
            return None;
        }
        let customer = record.get(self.columns.customer).filter(|cell| is_trim(cell))?;
        let date = record.get(self.columns.date)?;
        let order = match self.columns.order {
            None => None,
            // A single digit and a point or an E may be what a spreadsheet made of an id.
            Some(column) => match record.get(column)? {
                [] => None,
                [b'0'..=b'9', b'.' | b',' | b'E' | b'e', ..] => return None,
                id if is_trim(id) => Some(id),
                _ => return None,
            },
        };
        let decimal = self.plan.reading.decimal;
        let number = |column: usize| decimal.plain(record.get(column)?);
        let (amount, money) = match (self.columns.amount, self.columns.quantity, self.columns.price) {
            (Some(column), ..) => number(column).map(|number| (number.value, number))?,
            (None, Some(quantity), Some(price)) => {
                let (pieces, price) = (number(quantity)?, number(price)?);
                (Money::from_product(pieces.value, Money(price.value))?.0, price)
            }
            _ => return None,
        };
        if let Some(status) = &mut quick.status {
            let judge = |cell: &str| !names::is_cancelled(cell);
            let passes = self.options.count_cancelled || status.of(record.get(status.column)?, judge)?;
            passes.then_some(())?;
        }
        let mut code = None;
        if let Some(currency) = &mut quick.currency {
            let judge = |cell: &str| counted_currency(cell, &self.options);
            code = Some(currency.of(record.get(currency.column)?, judge)??);
        }
        let moment = quick.moment(date, self.plan.reading.date_order)?;
        let is_day_of_row_before = quick.pending.is_some_and(|(day, ..)| day == moment.day);
        if !is_day_of_row_before && self.odd_dates.as_mut().is_some_and(|dates| dates.suspects(moment.day)) {
            return None;
        }
        if may_tell_less(customer) || !builder.has_room(amount, 0) {
            return None;
        }
        // A row that comes again is for the careful way, which finds it again; one that is new is counted from here on.
        if self.comes_again() {
            return None;
        }
        self.count_day(moment.day, amount);
        self.read.rows_read += 1;
        self.read.rows_used += 1;
        self.read.amount_read = self.read.amount_read.saturating_add(amount);
        self.read.amount_used += amount;
        if !self.decimals.observe_plain(money, decimal) {
            let column = self.columns.amount.or(self.columns.price)?;
            self.decimals.observe(record.get(column)?);
        }
        if let Some(code) = code {
            count_currency(&mut self.read.currencies, code, 1);
        }
        if !begins_with_year(trim(date)) {
            self.saw_other_dates = true;
            self.dates.observe(date);
        }
        let row = RowBytes { customer, key: self.ahead.key(), day: moment.day, second: moment.second, amount, order };
        let columns = &self.columns.dimensions;
        let of = |at: usize| columns[at].and_then(|column| record.get(column)).map_or(&[][..], label);
        builder.push_bytes(&row, of);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Head, Plan, Rows};
    use crate::ledger::LedgerBuilder;
    use crate::ledger::intake::lessons::Lessons;
    use crate::protocol::ReadOptions;
    use crate::roles::kind::TableKind;

    include!("../../../tests/support/odd_rows.rs");

    /// All that reading a file comes to, by the careful way alone or with this one before it, and the rows that this
    /// one took.
    fn read(text: &str, careful: bool) -> String {
        let options = ReadOptions { kind: Some(TableKind::Orders), ..ReadOptions::default() };
        let head = Head::read("orders.csv", text.as_bytes(), true, &options).unwrap();
        let plan = Plan::new(&head, &options, &Lessons::default());
        let dimensions = ["channel".to_owned(), "status".to_owned()];
        let mut rows = Rows::new(plan, &head.names(), &dimensions, &options).expect("a table of orders");
        if careful {
            rows.read_carefully();
        }
        let mut builder = LedgerBuilder::new(dimensions.map(|name| (name, None)).into(), true);
        for slice in text.as_bytes().chunks(97) {
            rows.push(slice, &mut builder);
        }
        let (mut read, lessons, _) = rows.finish(&mut builder);
        let mut by_day: Vec<_> = std::mem::take(&mut read.by_day).into_iter().collect();
        crate::math::order::sort_by(&mut by_day, Ord::cmp);
        format!("{read:?}\n{by_day:?}\n{lessons:?}\n{:?}", builder.finish())
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_the_careful_way_reads(
            rows in prop::collection::vec((odd_row(), 1..3usize), 1..60),
            usual in 20..50usize,
            odd in prop::sample::select(&["", "x", "a,b,c", "1,2,3,4,5,6,7,8,9,10", ",,,,,,,,", "Total,,,,,,,,5"]),
        ) {
            let mut text = format!("{NAMES}\n");
            for number in 0..usual {
                text += &format!("u{number},c{},2026-01-{:02} 10:00:00,paid,EUR,,web,1,10.00\n", number % 7, number % 20 + 1);
            }
            for (row, times) in rows {
                for _ in 0..times {
                    text = text + &row + "\n";
                }
            }
            text += odd;
            prop_assert_eq!(read(&text, false), read(&text, true));
        }
    }
}
