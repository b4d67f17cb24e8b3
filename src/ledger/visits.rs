//! The ledger by customer and day: what all measures and segments are computed from.
//!
//! Rows of a customer on one day are a [`Visit`]: what they come to, and how many purchases they are. That is all that a
//! figure needs of them, and there are about half as many visits as rows, so that every measure is one scan over few bytes.
//!
//! A period keeps or drops whole visits, and no row has to be looked at again. The exception are customers with an order
//! whose rows lie on several days: there the period may cut through a purchase. They are few, they are known beforehand
//! ([`with_split_orders`]), and their visits are made anew from the rows.

use std::ops::Range;

use super::purchases::Merger;
use super::{Rows, SECOND_KEY};
use crate::math::Day;

/// What a customer's rows of one day come to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Visit {
    /// The day.
    pub day: Day,
    /// Purchases that begin on it; none where there are refunds only.
    pub purchases: u32,
    /// Net of the day's rows, ten-thousandths of the currency unit.
    pub revenue: i64,
}

/// What is seldom asked of a visit, apart so that scans don't pass over it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Detail {
    /// The row of the ledger with which the day's first purchase begins.
    first_row: u32,
    /// Rows of the day, and [`APART`] where what was spent is not the visit's revenue.
    rows: u32,
}

/// The bit that says of a visit that what was spent stands apart.
const APART: u32 = 1 << 31;

/// A visit while its orders are added up, and the net of its purchases, with their rows of other days.
#[derive(Default)]
struct Open {
    visit: Visit,
    detail: Detail,
    spent: i64,
}

/// All visits, those of a customer together and in order of days. Customers are numbered as they stand here, from 0: only
/// those with a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Visits {
    /// Each customer's number in the ledger; ascending.
    pub customers: Vec<u32>,
    /// First purchase of each customer in the history that who is new is judged from; the first row of one who has refunds
    /// only.
    pub first_ever: Vec<Day>,
    /// Rows behind the visits.
    pub rows: u64,
    /// Day and amount of every row below zero.
    pub refunds: Vec<(Day, i64)>,
    /// Visits of customer `c` are `starts[c]..starts[c + 1]`.
    starts: Vec<u32>,
    visits: Vec<Visit>,
    details: Vec<Detail>,
    /// By the number of the visit: net of the purchases that begin on the day, with their rows of other days, where there
    /// are any and it is not the visit's revenue.
    apart: Vec<(u32, i64)>,
    span: Option<(Day, Day)>,
}

/// For each customer of the rows: whether an order has rows on several days.
pub fn with_split_orders(rows: Rows<'_>) -> Vec<bool> {
    // By order key: the day on which the customer's order was seen; nothing between customers.
    let mut seen: Vec<Option<Day>> = Vec::new();
    let has_split = |customer: usize| {
        let range = rows.of(customer);
        let keys = &rows.orders[range.clone()];
        let mut found = false;
        for (&key, &day) in keys.iter().zip(&rows.days[range]).filter(|(key, _)| **key & SECOND_KEY == 0) {
            let key = key as usize;
            if seen.len() <= key {
                seen.resize(key + 1, None);
            }
            found |= seen[key].replace(day).is_some_and(|other| other != day);
        }
        keys.iter().for_each(|&key| _ = seen.get_mut(key as usize).map(Option::take));
        found
    };
    (0..rows.customers()).map(has_split).collect()
}

impl Visits {
    /// The visits of all rows; `split` says which customers have [split orders](with_split_orders). Who is new is judged
    /// from these rows.
    pub fn of(rows: Rows<'_>, split: &[bool]) -> Visits {
        // Counted beforehand: a list that outgrows its room is copied into one of twice the size.
        let days = |number| rows.days[rows.of(number)].chunk_by(|one, other| one == other).count();
        Visits::of_at_most((0..rows.customers()).map(days).sum(), rows, split)
    }

    /// The same of some of the rows that these visits were made of: there are no more visits than either.
    pub fn of_kept(&self, rows: Rows<'_>, split: &[bool]) -> Visits {
        Visits::of_at_most(self.visits.len().min(rows.days.len()), rows, split)
    }

    fn of_at_most(most: usize, rows: Rows<'_>, split: &[bool]) -> Visits {
        let mut visits = Visits::with_room_for(rows.customers(), most);
        let mut merger = Merger::default();
        for (number, &split) in split.iter().enumerate() {
            let range = rows.of(number);
            match split {
                true => visits.add_split(rows, range, &mut merger),
                false => visits.add(rows, range),
            }
            visits.end_customer(number as u32, None);
        }
        let refunds = rows.days.iter().zip(rows.amounts).filter(|(_, amount)| **amount < 0);
        visits.refunds.extend(refunds.map(|(&day, &amount)| (day, amount)));
        visits
    }

    /// The visits up to a day, as if there were no later rows. The rows are those that these visits were made of.
    pub fn until(&self, last: Day, rows: Rows<'_>, split: &[bool]) -> Visits {
        self.within(Day(i32::MIN), last, rows, split, |_| None)
    }

    /// The visits of a period, as if there were no other rows; but who is new is judged as before.
    pub fn between(&self, first: Day, last: Day, rows: Rows<'_>, split: &[bool]) -> Visits {
        self.within(first, last, rows, split, |customer| Some(self.first_ever[customer]))
    }

    fn within(
        &self,
        first: Day,
        last: Day,
        rows: Rows<'_>,
        split: &[bool],
        first_ever: impl Fn(usize) -> Option<Day>,
    ) -> Visits {
        let mut visits = Visits::with_room_for(self.customers.len(), self.visits.len());
        let mut merger = Merger::default();
        for (customer, &number) in self.customers.iter().enumerate() {
            if split[number as usize] {
                visits.add_split(rows, rows.within(rows.of(number as usize), first, last), &mut merger);
            } else {
                // Few visits, and how many pass can't be foreseen: counting all of them beats looking for the ends.
                let range = self.range(customer);
                let own = &self.visits[range.clone()];
                let start = range.start + own.iter().filter(|visit| visit.day < first).count();
                let end = range.end - own.iter().filter(|visit| visit.day > last).count();
                if start < end {
                    let places = visits.visits.len()..;
                    visits.visits.extend_from_slice(&self.visits[start..end]);
                    visits.details.extend_from_slice(&self.details[start..end]);
                    for (place, visit) in places.zip(start..end) {
                        if self.details[visit].rows & APART != 0 {
                            visits.apart.push((place as u32, self.spent_on(visit)));
                        }
                    }
                }
            }
            visits.end_customer(number, first_ever(customer));
        }
        let inside = |refund: &&(Day, i64)| first <= refund.0 && refund.0 <= last;
        visits.refunds.extend(self.refunds.iter().filter(inside));
        visits
    }

    fn with_room_for(customers: usize, visits: usize) -> Visits {
        let mut starts = Vec::with_capacity(customers + 1);
        starts.push(0);
        Visits {
            customers: Vec::with_capacity(customers),
            first_ever: Vec::with_capacity(customers),
            rows: 0,
            refunds: Vec::new(),
            starts,
            visits: Vec::with_capacity(visits),
            details: Vec::with_capacity(visits),
            apart: Vec::new(),
            span: None,
        }
    }

    /// Adds the rows of a customer whose orders each lie on one day: such rows follow each other.
    fn add(&mut self, rows: Rows<'_>, range: Range<usize>) {
        let Some(&day) = rows.days[range.clone()].first() else { return };
        let mut open = Open::on(day);
        let mut order = (rows.orders[range.start], 0, range.start);
        let days = rows.days[range.clone()].iter();
        let own = days.zip(&rows.amounts[range.clone()]).zip(&rows.orders[range.clone()]).zip(range);
        for (((&day, &amount), &key), row) in own {
            if key != order.0 || day != open.visit.day {
                open.close(order.1, rows.place(order.2));
                order = (key, 0, row);
                if day != open.visit.day {
                    self.push(std::mem::replace(&mut open, Open::on(day)));
                }
            }
            order.1 += amount;
            open.count(amount);
        }
        open.close(order.1, rows.place(order.2));
        self.push(open);
    }

    /// Adds the rows of any customer.
    fn add_split(&mut self, rows: Rows<'_>, range: Range<usize>, merger: &mut Merger) {
        let mut own: Vec<Open> = Vec::new();
        for (&day, &amount) in rows.days[range.clone()].iter().zip(&rows.amounts[range.clone()]) {
            if own.last().is_none_or(|open| open.visit.day != day) {
                own.push(Open::on(day));
            }
            own.last_mut().into_iter().for_each(|open| open.count(amount));
        }
        let mut at = 0;
        for order in merger.merge(rows, range) {
            // Orders come in order of days, and each day of an order has a visit.
            while own[at].visit.day < order.day {
                at += 1;
            }
            own[at].close(order.amount, rows.place(order.first_row as usize));
        }
        own.into_iter().for_each(|open| self.push(open));
    }

    fn push(&mut self, open: Open) {
        let Open { visit, mut detail, spent } = open;
        if visit.purchases > 0 && spent != visit.revenue {
            self.apart.push((self.visits.len() as u32, spent));
            detail.rows |= APART;
        }
        self.visits.push(visit);
        self.details.push(detail);
    }

    /// Counts what was added last as one customer, if anything was.
    fn end_customer(&mut self, number: u32, first_ever: Option<Day>) {
        let start = self.starts.last().map_or(0, |&start| start as usize);
        let own = &self.visits[start..];
        let (Some(first), Some(last)) = (own.first(), own.last()) else { return };
        let (from, to) = self.span.unwrap_or((first.day, last.day));
        self.span = Some((from.min(first.day), to.max(last.day)));
        let first_purchase = || own.iter().find(|visit| visit.purchases > 0).unwrap_or(first).day;
        self.customers.push(number);
        self.first_ever.push(first_ever.unwrap_or_else(first_purchase));
        self.starts.push(self.visits.len() as u32);
        self.rows += self.details[start..].iter().map(|detail| u64::from(detail.rows & !APART)).sum::<u64>();
    }

    fn range(&self, customer: usize) -> Range<usize> {
        self.starts[customer] as usize..self.starts[customer + 1] as usize
    }

    /// Number of customers.
    pub fn len(&self) -> usize {
        self.customers.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.customers.is_empty()
    }

    /// A customer's visits, in order of days.
    pub fn of_customer(&self, customer: usize) -> &[Visit] {
        &self.visits[self.range(customer)]
    }

    /// The visits of every customer.
    pub fn by_customer(&self) -> impl ExactSizeIterator<Item = &[Visit]> {
        self.starts.windows(2).map(|pair| &self.visits[pair[0] as usize..pair[1] as usize])
    }

    /// Net of the purchases of each of a customer's visits, those without purchase zero.
    pub fn spent(&self, customer: usize) -> impl Iterator<Item = i64> + '_ {
        self.range(customer).map(|visit| self.spent_on(visit))
    }

    #[inline]
    fn spent_on(&self, visit: usize) -> i64 {
        let Visit { purchases, revenue, .. } = self.visits[visit];
        match self.details[visit].rows & APART {
            0 if purchases == 0 => 0,
            0 => revenue,
            _ => self.apart[self.apart.partition_point(|(number, _)| (*number as usize) < visit)].1,
        }
    }

    /// The row of the ledger with which the first purchase of one of a customer's visits begins.
    pub fn first_row(&self, customer: usize, visit: usize) -> u32 {
        self.details[self.range(customer)][visit].first_row
    }

    /// First and last day.
    pub fn span(&self) -> Option<(Day, Day)> {
        self.span
    }
}

impl Open {
    fn on(day: Day) -> Open {
        Open { visit: Visit { day, ..Visit::default() }, ..Open::default() }
    }

    /// Counts a row of the day.
    fn count(&mut self, amount: i64) {
        self.visit.revenue += amount;
        self.detail.rows += 1;
    }

    /// Counts an order that begins on the day: a purchase, unless it comes to less than nothing.
    fn close(&mut self, amount: i64, first_row: u32) {
        if amount < 0 {
            return;
        }
        if self.visit.purchases == 0 {
            self.detail.first_row = first_row;
        }
        self.visit.purchases += 1;
        self.spent += amount;
    }
}

/// The gaps in days between consecutive days with a purchase.
pub fn gaps(visits: &[Visit]) -> impl Iterator<Item = u32> + '_ {
    let mut days = visits.iter().filter(|visit| visit.purchases > 0).map(|visit| visit.day.0);
    let mut before = days.next();
    days.map(move |day| (day - before.replace(day).unwrap_or(day)) as u32)
}

#[cfg(test)]
mod tests {
    use super::super::build::Row;
    use super::super::{Ledger, LedgerBuilder};
    use super::*;

    fn ledger(rows: &[(&str, i32, i64, &str)]) -> Ledger {
        let mut builder = LedgerBuilder::new(Vec::new(), true);
        for &(customer, day, amount, order) in rows {
            let order = Some(order);
            builder.push(Row { customer, day: Day(day), second: None, amount, order, dimensions: &[] });
        }
        builder.finish()
    }

    fn visits(ledger: &Ledger) -> (Visits, Vec<bool>) {
        let split = with_split_orders(ledger.as_rows());
        (Visits::of(ledger.as_rows(), &split), split)
    }

    /// Day, purchases, revenue and what was spent.
    fn told(visits: &Visits, customer: usize) -> Vec<(i32, u32, i64, i64)> {
        let own = visits.of_customer(customer).iter().zip(visits.spent(customer));
        own.map(|(visit, spent)| (visit.day.0, visit.purchases, visit.revenue, spent)).collect()
    }

    #[test]
    fn a_day_of_a_customer_is_one_visit() {
        let rows = [
            ("a", 1, 5, "1"),
            ("a", 1, 6, "1"),
            ("a", 1, 7, "2"),
            ("a", 1, -9, "3"),
            ("a", 4, -1, "4"),
            ("b", 2, 0, "5"),
        ];
        let ledger = ledger(&rows);
        let (visits, split) = visits(&ledger);
        assert_eq!(split, [false, false]);
        assert_eq!(told(&visits, 0), [(1, 2, 9, 18), (4, 0, -1, 0)]);
        assert_eq!(told(&visits, 1), [(2, 1, 0, 0)]);
        assert_eq!((visits.rows, &*visits.refunds), (6, &[(Day(1), -9), (Day(4), -1)][..]));
        assert_eq!((visits.first_row(0, 0), visits.first_row(1, 0)), (0, 5));
        assert_eq!((visits.first_ever.clone(), visits.span()), (vec![Day(1), Day(2)], Some((Day(1), Day(4)))));
        assert_eq!(gaps(visits.of_customer(0)).count(), 0, "a day of refunds only is no purchase day");
    }

    #[test]
    fn an_order_over_several_days_is_a_purchase_of_its_first() {
        let ledger = ledger(&[("a", 1, 50, "x"), ("a", 3, -20, "x"), ("a", 3, 8, "y"), ("a", 7, 4, "z")]);
        let (visits, split) = visits(&ledger);
        assert_eq!(split, [true]);
        assert_eq!(told(&visits, 0), [(1, 1, 50, 30), (3, 1, -12, 8), (7, 1, 4, 4)]);
        assert_eq!(gaps(visits.of_customer(0)).collect::<Vec<_>>(), [2, 4]);
    }

    #[test]
    fn a_period_cuts_through_an_order_over_several_days() {
        let rows = [("a", 1, 50, "x"), ("a", 3, -20, "x"), ("a", 3, 8, "y"), ("b", 3, 1, "z"), ("b", 9, -1, "z")];
        let ledger = ledger(&rows);
        let (visits, split) = visits(&ledger);
        let before = visits.until(Day(2), ledger.as_rows(), &split);
        assert_eq!((before.len(), told(&before, 0)), (1, vec![(1, 1, 50, 50)]));
        let after = visits.between(Day(2), Day(5), ledger.as_rows(), &split);
        // What is left of order x is a refund; a was there before, which the rows of the period don't tell.
        assert_eq!(told(&after, 0), [(3, 1, -12, 8)]);
        assert_eq!((told(&after, 1), after.first_ever.clone()), (vec![(3, 1, 1, 1)], vec![Day(1), Day(3)]));
        assert_eq!((after.rows, after.refunds), (3, vec![(Day(3), -20)]));
    }
}
