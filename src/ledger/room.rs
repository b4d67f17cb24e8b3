//! The memory that rows take: what is held, what making the ledger will take, and room made beforehand.
//!
//! All of it is asked before it is needed: where memory ends, a page can say so only before that.

use super::build::LedgerBuilder;
use super::codes::Codes;
use super::intern::Interner;

/// Bytes that are needed for each row beside what is held, at the most at once: while rows are sorted, their places and
/// orders, and the largest column in its new order; then the visits.
const FINISH_ROW: u64 = 4 + 4 + 8;

/// The same for each customer: where its rows begin, its id as a text of its own, its figures.
const FINISH_CUSTOMER: u64 = 4 + 16 + 24 + 64;

/// Bytes of a list's entries, room for more included.
fn held<T>(list: &Vec<T>) -> u64 {
    (list.capacity() * size_of::<T>()) as u64
}

impl LedgerBuilder {
    /// Bytes that it holds.
    pub fn bytes(&self) -> u64 {
        let columns = held(&self.customers) + held(&self.days) + held(&self.amounts) + held(&self.keys);
        let codes: u64 = self.codes.iter().map(Codes::bytes_held).sum();
        let labels: u64 = self.labels.iter().map(Interner::bytes_held).sum();
        columns + codes + labels + self.customer_ids.bytes_held() + self.order_ids.bytes_held()
    }

    /// Bytes more that it takes to make a ledger of its rows, and figures of that.
    pub fn bytes_to_finish(&self) -> u64 {
        FINISH_ROW * self.rows() as u64 + FINISH_CUSTOMER * self.customers() as u64
    }

    /// Bytes more that as many rows as these will take, made into a ledger, at the least: with no new customers.
    pub fn bytes_of_rows(&self, rows: u64) -> u64 {
        let codes: usize = self.codes.iter().map(Codes::width).sum();
        let orders = if self.rows() == 0 { 0 } else { self.order_ids.bytes_used() * rows / self.rows() as u64 };
        rows * (4 + 4 + 8 + 4 + codes as u64 + FINISH_ROW) + orders
    }

    /// Makes room for so many rows more, which are like those so far; whether there is any.
    #[must_use]
    pub fn expect(&mut self, rows: usize) -> bool {
        let orders = (self.order_ids.len() as u64).saturating_mul(rows as u64) / self.rows().max(1) as u64;
        self.customers.try_reserve_exact(rows).is_ok()
            && self.days.try_reserve_exact(rows).is_ok()
            && self.amounts.try_reserve_exact(rows).is_ok()
            && self.keys.try_reserve_exact(rows).is_ok()
            && self.codes.iter_mut().all(|codes| codes.try_reserve(rows).is_ok())
            && self.order_ids.try_reserve(orders as usize).is_ok()
    }

    /// Bytes that the next growth of any of its lists takes.
    pub fn bytes_to_grow(&self) -> u64 {
        // A list that is full is copied into one of twice its size.
        let rows = if self.days.len() == self.days.capacity() { 2 * (self.bytes() - self.texts()) } else { 0 };
        rows.max(2 * self.texts()).max(self.order_ids.bytes_as_texts())
    }

    fn texts(&self) -> u64 {
        self.customer_ids.bytes_held() + self.order_ids.bytes_held()
    }

    /// No more rows come: gives back what only served to look customers and labels up.
    pub fn close(&mut self) {
        self.labels.iter_mut().chain([&mut self.customer_ids]).for_each(Interner::close);
    }
}

impl Codes {
    /// Bytes of a code.
    fn width(&self) -> usize {
        match self {
            Codes::Bytes(_) => 1,
            Codes::Shorts(_) => 2,
            Codes::Words(_) => 4,
        }
    }

    fn bytes_held(&self) -> u64 {
        match self {
            Codes::Bytes(codes) => held(codes),
            Codes::Shorts(codes) => held(codes),
            Codes::Words(codes) => held(codes),
        }
    }
}

impl Interner {
    fn bytes_held(&self) -> u64 {
        held(&self.arena) + held(&self.ends) + held(&self.slots)
    }

    /// Gives back what only served to look texts up; none are looked up any more.
    fn close(&mut self) {
        self.slots = Vec::new();
    }
}

#[cfg(test)]
mod tests {
    use super::super::build::Row;
    use super::*;
    use crate::math::Day;

    #[test]
    fn a_builder_knows_what_it_holds_and_makes_room_for_more_of_the_same() {
        let mut builder = LedgerBuilder::new(vec![("channel".to_owned(), None)], true);
        let add = |builder: &mut LedgerBuilder, number: i32| {
            let (customer, order) = (format!("customer {}", number % 50), format!("order {:04}", number / 2));
            let row = Row {
                customer: &customer,
                day: Day(number),
                second: None,
                amount: 1,
                order: Some(&order),
                dimensions: &["web"],
            };
            assert!(builder.push(row));
        };
        (0..1_000).for_each(|number| add(&mut builder, number));
        let before = builder.bytes();
        // Twenty-one bytes of columns, and of an order half of its number.
        let least = builder.bytes_of_rows(1) - FINISH_ROW;
        assert_eq!(least, 21 + 4);
        assert!(before >= least * 1_000, "{before}");
        assert!(builder.expect(9_000));
        let room = builder.bytes();
        assert!((least * 9_500..least * 11_000).contains(&room), "{room}");
        (1_000..9_900).for_each(|number| add(&mut builder, number));
        assert_eq!(builder.bytes(), room, "nothing had to grow");
        assert!(!builder.expect(usize::MAX / 64));
    }
}
