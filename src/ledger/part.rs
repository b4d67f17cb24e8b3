//! The rows of a builder as plain data, which another builder takes over: how what several workers have read becomes one.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::build::LedgerBuilder;
use super::codes::Codes;
use super::intern::{Interner, Key};
use super::order_ids::OrderIds;
use super::{SECOND_KEY, flat};
use crate::math::Day;

/// Rows of consecutive records of a file, with their own numbers for customers, orders and labels.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct RowsPart {
    customer_ids: Texts,
    labels: Vec<Texts>,
    order_ids: Texts,
    #[serde(with = "flat")]
    customers: Vec<u32>,
    #[serde(with = "flat")]
    days: Vec<i32>,
    #[serde(with = "flat")]
    amounts: Vec<i64>,
    #[serde(with = "flat")]
    keys: Vec<u32>,
    codes: Vec<Codes>,
    /// Sum of all amounts without their signs.
    moved: i64,
}

/// Texts, one behind the other, and where each ends.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Texts {
    #[serde(with = "flat")]
    arena: Vec<u8>,
    #[serde(with = "flat")]
    ends: Vec<u32>,
}

impl Texts {
    fn of(all: impl Iterator<Item = impl Deref<Target = [u8]>>) -> Texts {
        let mut texts = Texts::default();
        for text in all {
            texts.arena.extend_from_slice(&text);
            texts.ends.push(texts.arena.len() as u32);
        }
        texts
    }

    fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let text = &self.arena[start..end as usize];
            start = end as usize;
            text
        })
    }
}

/// Texts whose places in memory are touched before the first of them is looked up (see `intake::ahead`).
const AHEAD: usize = 64;

/// The numbers in an interner of texts of a part, by their numbers there.
fn numbers(texts: &Texts, interner: &mut Interner) -> Vec<u32> {
    let mut numbers = Vec::with_capacity(texts.ends.len());
    let all: Vec<&[u8]> = texts.iter().collect();
    for texts in all.chunks(AHEAD) {
        let touched = texts.iter().fold(0, |touched, text| touched ^ interner.touch(Key::of(text)));
        std::hint::black_box(touched);
        numbers.extend(texts.iter().map(|text| interner.code(text)));
    }
    numbers
}

impl RowsPart {
    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.days.len()
    }

    /// Sum of all amounts without their signs.
    pub fn moved(&self) -> i64 {
        self.moved
    }
}

impl LedgerBuilder {
    /// Its rows as plain data.
    pub fn into_part(self) -> RowsPart {
        let texts = |interner: &Interner| Texts::of((0..interner.len() as u32).map(|code| interner.bytes(code)));
        RowsPart {
            customer_ids: texts(&self.customer_ids),
            labels: self.labels.iter().map(texts).collect(),
            order_ids: Texts::of((0..self.order_ids.len()).map(|number| self.order_ids.bytes(number))),
            customers: self.customers,
            days: self.days.into_iter().map(|day| day.0).collect(),
            amounts: self.amounts,
            keys: self.keys,
            codes: self.codes,
            moved: self.moved,
        }
    }

    /// Takes over the rows of a part that was read for the same columns, behind its own. It is then what it would be had it
    /// been given the rows one by one; there has to be [room](LedgerBuilder::has_room) for the sum of their amounts.
    pub fn absorb(&mut self, part: RowsPart) {
        self.moved += part.moved;
        let places = numbers(&part.customer_ids, &mut self.customer_ids);
        self.customers.extend(part.customers.iter().map(|code| places[*code as usize]));
        self.days.extend(part.days.into_iter().map(Day));
        self.amounts.extend_from_slice(&part.amounts);
        let places = orders(&part.order_ids, &mut self.order_ids);
        let place = |key: &u32| if key & SECOND_KEY == 0 { places[*key as usize] } else { *key };
        self.keys.extend(part.keys.iter().map(place));
        let columns = self.labels.iter_mut().zip(&mut self.codes).zip(part.labels.iter().zip(part.codes));
        for ((labels, codes), (texts, others)) in columns {
            codes.extend(others, &numbers(texts, labels));
        }
    }
}

/// The numbers of order ids of a part: an order may have begun in the part before.
fn orders(texts: &Texts, ids: &mut OrderIds) -> Vec<u32> {
    texts.iter().map(|id| ids.number(id)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::build::Row;
    use super::*;
    use crate::wire;

    /// Customer, day, second, amount, order, label.
    type Line = (u8, i32, Option<u32>, i64, Option<u8>, u16);

    fn builder(lines: &[Line]) -> LedgerBuilder {
        let mut builder = LedgerBuilder::new(vec![("label".to_owned(), None)], true);
        for &(customer, day, second, amount, order, label) in lines {
            let (customer, label) = (format!("customer {customer}"), label.to_string());
            let order = order.map(|order| format!("order {order}"));
            let dimensions = &[&*label];
            let day = Day(day);
            assert!(builder.push(Row {
                customer: &customer,
                day,
                second,
                amount,
                order: order.as_deref(),
                dimensions
            }));
        }
        builder
    }

    proptest! {
        #[test]
        fn parts_one_after_the_other_are_the_whole(
            lines in prop::collection::vec(
                (0..9u8, 0..50i32, prop::option::of(0..9u32), -99..99i64, prop::option::of(0..4u8), 0..600u16),
                0..900,
            ),
            cuts in prop::collection::vec(0..900usize, 0..5),
        ) {
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(lines.len())).chain([lines.len()]).collect();
            crate::math::order::sort_by(&mut cuts, Ord::cmp);
            let mut whole = builder(&[]);
            let mut start = 0;
            for cut in cuts {
                let part = wire::write(&builder(&lines[start..cut]).into_part());
                whole.absorb(wire::read(&part));
                start = cut;
            }
            let expected = builder(&lines);
            prop_assert_eq!(format!("{:?}", whole.into_part()), format!("{:?}", expected.into_part()));
        }
    }
}
