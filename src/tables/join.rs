//! A table's customers among those of the orders, and its columns as columns of the ledger.

use rustc_hash::FxHashMap;

use super::{Ids, NOBODY, Table};
use crate::ingest::content::Matched;
use crate::ingest::profile::shorten;
use crate::ledger::near::Merged;
use crate::ledger::{DimensionColumn, Ledger};
use crate::math::order::{self, Keyed};
use crate::roles::Role;

/// Customers who are not found that are shown.
const EXAMPLES: usize = 5;

/// Characters of an id that are shown.
const SHOWN: usize = 60;

/// The customers of the orders, to be looked up by their ids.
#[derive(Debug)]
pub struct Known<'a> {
    numbers: FxHashMap<&'a str, u32>,
    merged: &'a Merged,
}

impl<'a> Known<'a> {
    /// The customers of a ledger, whose ids were made others as `merged` says.
    pub fn of(ledger: &'a Ledger, merged: &'a Merged) -> Known<'a> {
        let numbers = ledger.customers.iter().zip(0..).map(|(id, number)| (&**id, number)).collect();
        Known { numbers, merged }
    }

    /// The customer's number in the ledger.
    pub fn number(&self, id: &str) -> Option<u32> {
        self.numbers.get(self.merged.id(id)).copied()
    }

    /// The number in the ledger of each id, or [`NOBODY`].
    fn numbers(&self, ids: &Ids) -> Vec<u32> {
        ids.ids.iter().map(|id| self.number(id).unwrap_or(NOBODY)).collect()
    }
}

/// The customers of a table as they were looked for among those of the orders.
#[derive(Debug)]
pub struct Joined {
    /// Which of [`Table::ids`] was looked for: of several, the one by which most customers are found.
    column: usize,
    /// By place in [`Ids::ids`]: the customer's number in the ledger, or [`NOBODY`].
    numbers: Vec<u32>,
}

/// Looks the customers of a table up; nothing where it names none.
pub fn join(table: &Table, known: &Known<'_>) -> Option<Joined> {
    let mut best: Option<(usize, Joined)> = None;
    for (column, ids) in table.ids.iter().enumerate() {
        let numbers = known.numbers(ids);
        let found = numbers.iter().filter(|number| **number != NOBODY).count();
        if best.as_ref().is_none_or(|(most, _)| found > *most) {
            best = Some((found, Joined { column, numbers }));
        }
    }
    best.map(|(_, joined)| joined)
}

impl Joined {
    /// How many were found, and who was not.
    pub fn matched(&self, table: &Table, known: &Known<'_>) -> Matched {
        let ids = &table.ids[self.column];
        let found = |place: usize| self.numbers[place] != NOBODY;
        let places = 0..ids.ids.len();
        let rows = |of: &dyn Fn(usize) -> bool| {
            places.clone().filter(|place| of(*place)).map(|place| u64::from(ids.counts[place])).sum()
        };
        let mut of_orders: Vec<u32> = self.numbers.iter().copied().filter(|number| *number != NOBODY).collect();
        order::sort_by(&mut of_orders, Ord::cmp);
        of_orders.dedup();
        let not_found = places.clone().filter(|place| !found(*place)).take(EXAMPLES);
        Matched {
            column: ids.column.clone(),
            rows: rows(&|_| true),
            rows_found: rows(&found),
            customers: ids.ids.len() as u64,
            customers_found: places.clone().filter(|place| found(*place)).count() as u64,
            orders_found: of_orders.len() as u64,
            orders_customers: known.numbers.len() as u64,
            not_found: not_found.map(|place| shorten(&ids.ids[place], SHOWN)).collect(),
        }
    }

    /// The id of a row's customer in the column that was looked for; nothing where that is empty.
    pub fn id<'a>(&self, table: &'a Table, row: usize) -> Option<&'a str> {
        let ids = &table.ids[self.column];
        ids.ids.get(ids.codes[row] as usize).map(|id| &**id)
    }

    /// The number in the ledger of a row's customer; nothing where the orders have no such customer.
    pub fn number(&self, table: &Table, row: usize) -> Option<u32> {
        let place = table.ids[self.column].codes[row];
        let number = if place == NOBODY { NOBODY } else { self.numbers[place as usize] };
        (number != NOBODY).then_some(number)
    }
}

/// People who stand in tables and are no customers of the orders: each has a number behind those of all customers, the same
/// in every table.
#[derive(Debug)]
pub struct Others<'a> {
    numbers: FxHashMap<&'a str, u32>,
    next: u32,
}

impl<'a> Others<'a> {
    /// Nobody yet, beside so many customers of the orders.
    pub fn beside(customers: usize) -> Others<'a> {
        Others { numbers: FxHashMap::default(), next: customers as u32 }
    }

    /// Who each row of a table is of: a customer of the orders, another person, or [`NOBODY`].
    pub fn people(&mut self, table: &'a Table, joined: &Joined) -> Vec<u32> {
        let ids = &table.ids[joined.column];
        let number = |(id, known): (&'a str, &u32)| match *known {
            NOBODY => *self.numbers.entry(id).or_insert_with(|| {
                self.next += 1;
                self.next - 1
            }),
            known => known,
        };
        let people: Vec<u32> = ids.ids.iter().map(|id| &**id).zip(&joined.numbers).map(number).collect();
        ids.codes.iter().map(|&place| if place == NOBODY { NOBODY } else { people[place as usize] }).collect()
    }
}

/// A column of tables of customers on its way into the ledger: which customer has which value.
#[derive(Debug)]
pub struct OfCustomers {
    name: String,
    role: Role,
    /// The different values, and pairs of a customer's number and a value's place in them.
    values: FxHashMap<Box<str>, u32>,
    pairs: Vec<(u32, u32)>,
}

/// Adds what a table of customers says of them. Columns of the same name in several tables are one.
pub fn gather(table: &Table, joined: &Joined, columns: &mut Vec<OfCustomers>) {
    for (role, group) in table.groups.iter().filter(|(role, _)| role.is_dimension()) {
        let at = columns.iter().position(|column| column.name == group.name).unwrap_or_else(|| {
            let (values, pairs) = (FxHashMap::default(), Vec::new());
            columns.push(OfCustomers { name: group.name.clone(), role: *role, values, pairs });
            columns.len() - 1
        });
        let OfCustomers { values, pairs, .. } = &mut columns[at];
        let mut place = |label: &str| match values.get(label) {
            Some(place) => *place,
            None => {
                values.insert(label.into(), values.len() as u32);
                values.len() as u32 - 1
            }
        };
        let places: Vec<u32> = group.labels.iter().map(|label| place(label)).collect();
        let said = (0..table.rows).filter(|row| !group.label(*row).is_empty());
        pairs.extend(said.filter_map(|row| Some((joined.number(table, row)?, places[group.codes.get(row) as usize]))));
    }
}

/// Makes columns of the ledger of columns of customers: each row has the value of its customer, or "" where none is told.
/// Of several values the one that stands in most rows is taken, of equally many the first by its bytes. A name that a
/// column of the orders has already gets "(customers)" behind it. No more than `most` columns in all.
pub fn add_columns(ledger: &mut Ledger, columns: Vec<OfCustomers>, most: usize) {
    for column in columns {
        if ledger.dimensions.len() >= most {
            return;
        }
        let values = column.one_a_customer(ledger.customers.len());
        let mut name = column.name;
        while ledger.dimensions.iter().any(|known| known.name == name) {
            name.push_str(" (customers)");
        }
        let role = (column.role != Role::Dimension).then(|| column.role.name().to_owned());
        let (labels, codes) = values;
        let rows = |customer: usize| ledger.rows_of(customer).map(move |_| customer);
        let codes = (0..ledger.customers.len()).flat_map(rows).map(|customer| codes[customer]).collect();
        ledger.dimensions.push(DimensionColumn { name, role, labels, codes });
    }
}

impl OfCustomers {
    /// The values in the order of their bytes, those that nobody has left out, and the place of each customer's in them.
    fn one_a_customer(&self, customers: usize) -> (Vec<Box<str>>, Vec<u32>) {
        let mut texts: Vec<&str> = vec![""; self.values.len()];
        self.values.iter().for_each(|(text, place)| texts[*place as usize] = text);
        let by_bytes = order::places(texts.len(), &mut |a, b| texts[a].cmp(texts[b]));
        let mut ranks = vec![0u32; texts.len()];
        by_bytes.iter().zip(0..).for_each(|(place, rank)| ranks[*place] = rank);
        let mut pairs: Vec<Keyed> =
            self.pairs.iter().map(|&(customer, place)| (u64::from(customer), ranks[place as usize])).collect();
        order::sort_keyed(&mut pairs);
        // One more than the rank of each customer's value; 0 where none is told.
        let mut told = vec![0u32; customers];
        for own in pairs.chunk_by(|a, b| a.0 == b.0) {
            let mut most = (0, 0);
            for same in own.chunk_by(|a, b| a.1 == b.1) {
                if same.len() > most.0 {
                    most = (same.len(), same[0].1);
                }
            }
            told[own[0].0 as usize] = most.1 + 1;
        }
        let mut places = vec![u32::MAX; texts.len() + 1];
        told.iter().for_each(|rank| places[*rank as usize] = 0);
        let mut labels: Vec<Box<str>> = Vec::new();
        for (rank, place) in places.iter_mut().enumerate().filter(|(_, place)| **place == 0) {
            *place = labels.len() as u32;
            labels.push(if rank == 0 { "" } else { texts[by_bytes[rank - 1]] }.into());
        }
        (labels, told.into_iter().map(|rank| places[rank as usize]).collect())
    }
}
