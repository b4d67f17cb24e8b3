//! Rows in any order to a sorted ledger.
//!
//! Text is interned while rows come in; [`LedgerBuilder::finish`] numbers customers and labels by their order, lays the
//! rows of a customer together (counting sort) and sorts them. The key of the sort is all that a row holds, so that the
//! ledger is the same whatever the order of the file.

use std::cmp::Ordering;

use super::codes::Codes;
use super::intern::{Interner, Key};
use super::near::{Merged, Population};
use super::order_ids::OrderIds;
use super::{DimensionColumn, Ledger, NO_TIME, SECOND_KEY};
use crate::math::Day;
use crate::math::order::{self, Keyed};

/// Collects rows and sorts them into a [`Ledger`].
#[derive(Debug, Default)]
pub struct LedgerBuilder {
    has_order_ids: bool,
    dimensions: Vec<(String, Option<String>)>,
    pub(super) customer_ids: Interner,
    pub(super) labels: Vec<Interner>,
    pub(super) order_ids: OrderIds,
    pub(super) customers: Vec<u32>,
    pub(super) days: Vec<Day>,
    pub(super) amounts: Vec<i64>,
    /// A number of `order_ids`, or `SECOND_KEY` and the second of the day.
    pub(super) keys: Vec<u32>,
    pub(super) codes: Vec<Codes>,
    /// Sum of all amounts without their signs: while it fits, no sum of any rows can overflow.
    pub(super) moved: i64,
}

/// One usable row, as the intake gives it.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The customer id as written, trimmed, never empty.
    pub customer: &'a str,
    /// The day.
    pub day: Day,
    /// The second of the day, where the file tells the time.
    pub second: Option<u32>,
    /// Ten-thousandths of the currency unit.
    pub amount: i64,
    /// The order id as written, trimmed; nothing where the column is missing or the cell empty.
    pub order: Option<&'a str>,
    /// The values of the dimension columns, trimmed, in the order given to [`LedgerBuilder::new`].
    pub dimensions: &'a [&'a str],
}

/// The same, in the bytes of the file: what the intake has when nothing about a row is unusual.
pub(super) struct RowBytes<'a> {
    /// The customer id, as in [`Row`].
    pub customer: &'a [u8],
    /// Its key.
    pub key: Key,
    /// The day.
    pub day: Day,
    /// The second of the day.
    pub second: Option<u32>,
    /// Ten-thousandths of the currency unit.
    pub amount: i64,
    /// The order id.
    pub order: Option<&'a [u8]>,
}

impl LedgerBuilder {
    /// A builder for rows with these dimension columns (name and role).
    pub fn new(dimensions: Vec<(String, Option<String>)>, has_order_ids: bool) -> LedgerBuilder {
        LedgerBuilder {
            has_order_ids,
            labels: dimensions.iter().map(|_| Interner::default()).collect(),
            codes: vec![Codes::default(); dimensions.len()],
            dimensions,
            ..LedgerBuilder::default()
        }
    }

    /// Adds a row and says whether it was taken: an amount with which the sum of all amounts (without their signs)
    /// would leave the range of [`crate::math::Money`] is not. So no later sum of any rows can overflow.
    pub fn push(&mut self, row: Row<'_>) -> bool {
        let label = |column: usize| row.dimensions.get(column).copied().unwrap_or_default().as_bytes();
        if self.moved_with(row.amount).is_none() {
            return false;
        }
        let (customer, order) = (row.customer.as_bytes(), row.order.map(str::as_bytes));
        self.push_bytes(
            &RowBytes { customer, key: Key::of(customer), day: row.day, second: row.second, amount: row.amount, order },
            label,
        );
        true
    }

    /// Adds a row for whose amount there is [room](LedgerBuilder::has_room); `label` gives the value of each dimension.
    pub(super) fn push_bytes<'a>(&mut self, row: &RowBytes<'_>, label: impl Fn(usize) -> &'a [u8]) {
        self.moved += row.amount.abs();
        let code = self.customer_ids.find(row.key, row.customer);
        let code = code.unwrap_or_else(|| self.customer_ids.insert(row.key, row.customer));
        self.customers.push(code);
        self.days.push(row.day);
        self.amounts.push(row.amount);
        self.keys.push(match row.order.filter(|id| self.has_order_ids && !id.is_empty()) {
            Some(id) => self.order_ids.number(id),
            None => SECOND_KEY | row.second.unwrap_or(NO_TIME),
        });
        for (column, (labels, codes)) in self.labels.iter_mut().zip(&mut self.codes).enumerate() {
            codes.push(labels.code(label(column)));
        }
    }

    /// Looks where a customer belongs, so that it lies near when its row comes.
    #[inline]
    pub(super) fn touch(&self, key: Key) -> u64 {
        self.customer_ids.touch(key)
    }

    fn moved_with(&self, amount: i64) -> Option<i64> {
        self.moved.checked_add(i64::try_from(amount.unsigned_abs()).ok()?)
    }

    /// Whether rows of these amounts would both be taken.
    pub fn has_room(&self, one: i64, other: i64) -> bool {
        let sum = i128::from(self.moved) + i128::from(one.unsigned_abs()) + i128::from(other.unsigned_abs());
        i64::try_from(sum).is_ok()
    }

    /// Whether order ids tell purchases.
    pub fn has_order_ids(&self) -> bool {
        self.has_order_ids
    }

    /// Rows so far.
    pub fn rows(&self) -> usize {
        self.days.len()
    }

    /// Different customers so far.
    pub fn customers(&self) -> usize {
        self.customer_ids.len()
    }

    /// The customers' ids, and the rows of each.
    pub fn population(&self) -> Population<'_> {
        let mut rows = vec![0; self.customer_ids.len()];
        self.customers.iter().for_each(|code| rows[*code as usize] += 1);
        let ids = (0..rows.len() as u32).map(|code| self.customer_ids.text(code)).collect();
        Population { ids, rows, of_orders: true }
    }

    /// Makes customers one whose ids are made one.
    pub fn merge_customers(&mut self, merged: &Merged) {
        let apart = std::mem::take(&mut self.customer_ids);
        let code = |code| self.customer_ids.code(merged.id(apart.text(code)).as_bytes());
        let codes: Vec<u32> = (0..apart.len() as u32).map(code).collect();
        self.customers.iter_mut().for_each(|code| *code = codes[*code as usize]);
    }

    /// The ledger.
    pub fn finish(mut self) -> Ledger {
        let columns: Vec<DimensionColumn> = std::mem::take(&mut self.dimensions)
            .into_iter()
            .zip(std::mem::take(&mut self.labels))
            .zip(std::mem::take(&mut self.codes))
            .map(|(((name, role), labels), codes)| recode(name, role, &labels, codes))
            .collect();
        let order = self.customer_ids.by_number_or_bytes();
        self.close();
        let customers: Vec<Box<str>> = order.iter().map(|&code| self.customer_ids.text(code).into()).collect();
        self.customer_ids = Interner::default();
        let numbers = inverse(&order);
        let (starts, mut rows) = self.rows_by_customer(&numbers);
        // What was used is given back before the next columns are made.
        self.customers = Vec::new();
        let orders = self.sort_rows(&starts, &mut rows, &columns);
        self.keys = Vec::new();
        self.order_ids = OrderIds::default();
        Ledger {
            customers,
            starts,
            days: gather(std::mem::take(&mut self.days), &rows),
            amounts: gather(std::mem::take(&mut self.amounts), &rows),
            orders,
            has_order_ids: self.has_order_ids,
            dimensions: columns
                .into_iter()
                .map(|column| DimensionColumn { codes: column.codes.gather(&rows), ..column })
                .collect(),
        }
    }

    /// Counting sort by customer: where the rows of each begin, and the numbers of all rows.
    fn rows_by_customer(&self, numbers: &[u32]) -> (Vec<u32>, Vec<u32>) {
        let mut starts = vec![0u32; numbers.len() + 1];
        self.customers.chunks(PIECE).for_each(|codes| count_rows(codes, numbers, &mut starts));
        for c in 1..starts.len() {
            starts[c] += starts[c - 1];
        }
        let mut next = starts.clone();
        let mut rows = vec![0; self.days.len()];
        for (piece, codes) in self.customers.chunks(PIECE).enumerate() {
            lay_rows(piece * PIECE, codes, numbers, &mut next, &mut rows);
        }
        (starts, rows)
    }

    /// Sorts each customer's rows by day, order, amount and labels, and gives the order key of each: the order's place
    /// among the customer's order ids, by their bytes, or the second as it is.
    fn sort_rows(&self, starts: &[u32], rows: &mut [u32], columns: &[DimensionColumn]) -> Vec<u32> {
        let mut by_content = |a: u32, b: u32| {
            let (a, b) = (a as usize, b as usize);
            let labels = || columns.iter().map(|c| c.codes.get(a).cmp(&c.codes.get(b))).find(|o| o.is_ne());
            self.compare_orders(self.keys[a], self.keys[b])
                .then_with(|| self.amounts[a].cmp(&self.amounts[b]))
                .then_with(|| labels().unwrap_or(Ordering::Equal))
        };
        let mut orders = Vec::with_capacity(rows.len());
        let (mut own, mut keys, mut ids) = (Vec::new(), Vec::new(), Vec::new());
        for c in starts.windows(2) {
            let rows = &mut rows[c[0] as usize..c[1] as usize];
            self.by_day(rows, &mut own);
            order::sort_keyed_then(&mut own, &mut by_content);
            rows.iter_mut().zip(&own).for_each(|(row, (_, sorted))| *row = *sorted);
            self.order_keys(rows, &mut keys);
            orders.extend_from_slice(&keys);
            self.rank_orders(&keys, &mut orders[c[0] as usize..], &mut ids);
        }
        orders
    }

    /// The rows of a customer, each behind its day; one customer at a time, as all at once would take much memory.
    #[inline(never)]
    fn by_day(&self, rows: &[u32], own: &mut Vec<Keyed>) {
        own.clear();
        own.extend(rows.iter().map(|&row| (order::ascending(self.days[row as usize].0.into()), row)));
    }

    #[inline(never)]
    fn order_keys(&self, rows: &[u32], keys: &mut Vec<u32>) {
        keys.clear();
        keys.extend(rows.iter().map(|&row| self.keys[row as usize]));
    }

    /// Writes places among the order ids of one customer where the keys of its rows are order ids; `ids` is memory to
    /// use.
    #[inline(never)]
    fn rank_orders(&self, keys: &[u32], orders: &mut [u32], ids: &mut Vec<Keyed>) {
        ids.clear();
        let mut before = SECOND_KEY;
        for (at, &key) in keys.iter().enumerate() {
            // The lines of an order mostly follow each other: the first of them stands for all.
            if key & SECOND_KEY == 0 && key != before {
                ids.push((self.order_ids.prefix(key as usize), at as u32));
            }
            before = key;
        }
        order::sort_keyed_then(ids, &mut |a, b| self.order_ids.compare(keys[a as usize], keys[b as usize]));
        let (mut rank, mut smaller) = (0, None);
        for &(_, at) in ids.iter() {
            let at = at as usize;
            rank += u32::from(smaller.is_some_and(|smaller| self.order_ids.compare(smaller, keys[at]).is_ne()));
            smaller = Some(keys[at]);
            let lines = keys[at..].iter().take_while(|key| **key == keys[at]).count();
            orders[at..at + lines].fill(rank);
        }
    }

    /// Order ids by their bytes, before rows without one, those by their second.
    fn compare_orders(&self, a: u32, b: u32) -> Ordering {
        if (a | b) & SECOND_KEY == 0 { self.order_ids.compare(a, b) } else { a.cmp(&b) }
    }
}

/// A dimension with its labels in order, and the rows' codes changed to match.
pub(crate) fn recode(name: String, role: Option<String>, labels: &Interner, mut codes: Codes) -> DimensionColumn {
    let order = labels.by_bytes();
    let numbers = inverse(&order);
    codes.renumber(&numbers);
    DimensionColumn { name, role, labels: order.iter().map(|&code| labels.text(code).into()).collect(), codes }
}

/// From place to code: from code to place.
fn inverse(order: &[u32]) -> Vec<u32> {
    let mut places = vec![0; order.len()];
    for (place, &code) in order.iter().enumerate() {
        places[code as usize] = place as u32;
    }
    places
}

/// Rows that a long loop takes at once. A browser runs a function as it was compiled when it was called: first plainly, and
/// well only from a later call on. One long loop in one call would run plainly to its end.
const PIECE: usize = 8192;

#[inline(never)]
fn count_rows(codes: &[u32], numbers: &[u32], starts: &mut [u32]) {
    for &code in codes {
        starts[numbers[code as usize] as usize + 1] += 1;
    }
}

#[inline(never)]
fn lay_rows(first: usize, codes: &[u32], numbers: &[u32], next: &mut [u32], rows: &mut [u32]) {
    for (row, &code) in codes.iter().enumerate() {
        let slot = &mut next[numbers[code as usize] as usize];
        rows[*slot as usize] = (first + row) as u32;
        *slot += 1;
    }
}

/// The values of rows, in their order.
pub(super) fn gather<T: Copy>(values: Vec<T>, rows: &[u32]) -> Vec<T> {
    let mut gathered = Vec::with_capacity(rows.len());
    rows.chunks(PIECE).for_each(|rows| gather_piece(&values, rows, &mut gathered));
    gathered
}

#[inline(never)]
fn gather_piece<T: Copy>(values: &[T], rows: &[u32], gathered: &mut Vec<T>) {
    gathered.extend(rows.iter().map(|&row| values[row as usize]));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row<'a>(customer: &'a str, day: i32, amount: i64, order: Option<&'a str>, dimensions: &'a [&'a str]) -> Row<'a> {
        Row { customer, day: Day(day), second: None, amount, order, dimensions }
    }

    #[test]
    fn rows_are_sorted_by_customer_day_order_and_amount() {
        let mut builder = LedgerBuilder::new(vec![("shop".to_owned(), None)], true);
        for r in [
            row("10", 5, 7, Some("b"), &["y"]),
            row("9", 8, 1, Some("z"), &["x"]),
            row("10", 5, 3, Some("b"), &["x"]),
            row("10", 5, 3, Some("a"), &["y"]),
            row("10", -5, 9, None, &[]),
        ] {
            assert!(builder.push(r));
        }
        assert_eq!((builder.rows(), builder.customers()), (5, 2));
        let ledger = builder.finish();
        assert_eq!(ledger.customers, ["9".into(), "10".into()]);
        assert_eq!(ledger.starts, [0, 1, 5]);
        assert_eq!(ledger.days, [Day(8), Day(-5), Day(5), Day(5), Day(5)]);
        assert_eq!(ledger.amounts, [1, 9, 3, 3, 7]);
        assert_eq!(ledger.orders, [0, SECOND_KEY | NO_TIME, 0, 1, 1]);
        assert_eq!(ledger.dimensions[0].labels, ["".into(), "x".into(), "y".into()]);
        assert_eq!(ledger.dimensions[0].codes, Codes::Bytes(vec![1, 0, 2, 1, 2]));
    }

    #[test]
    fn order_ids_are_places_by_their_bytes_whatever_line_or_day_they_stand_on() {
        let mut builder = LedgerBuilder::new(Vec::new(), true);
        for (day, id) in [(1, "c"), (1, "b"), (2, "a"), (2, "b"), (3, "b"), (1, "b"), (1, "order 10"), (1, "order 1")] {
            assert!(builder.push(row("x", day, 1, Some(id), &[])));
        }
        assert!(builder.push(row("x", 2, 1, None, &[])));
        let ledger = builder.finish();
        assert_eq!(ledger.days.iter().map(|day| day.0).collect::<Vec<_>>(), [1, 1, 1, 1, 1, 2, 2, 2, 3]);
        assert_eq!(ledger.orders, [1, 1, 2, 3, 4, 0, 1, SECOND_KEY | NO_TIME, 1]);
    }

    #[test]
    fn an_amount_that_no_sum_can_hold_is_refused() {
        let mut builder = LedgerBuilder::new(Vec::new(), false);
        assert!(!builder.push(row("a", 1, i64::MIN, None, &[])));
        assert!(builder.push(row("a", 1, i64::MAX - 1, None, &[])));
        assert!(!builder.push(row("b", 1, -2, None, &[])));
        assert!(builder.push(row("a", 1, -1, None, &[])));
        assert_eq!(builder.finish().amounts, [-1, i64::MAX - 1]);
    }

    #[test]
    fn no_rows_make_an_empty_ledger() {
        let ledger = LedgerBuilder::new(vec![("shop".to_owned(), None)], true).finish();
        assert_eq!((ledger.rows(), ledger.span(), ledger.starts), (0, None, vec![0]));
    }
}
