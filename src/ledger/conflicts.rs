//! Order numbers that can't mean one order: of several customers, of dates far apart, in several files with other cells.
//!
//! Where numbers only ever rise or fall, as in most exports, none comes again and one look at each row is all. Otherwise
//! the numbers that come again are told by their hashes (64 bits: among a million numbers the chance that two share one is
//! below 1 in 10 million), and only their rows are looked at more closely, so many at once that memory stays bounded.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::intake::repeats::{Seen, hash};
use super::order_ids::Id;
use super::{LedgerBuilder, SECOND_KEY};
use crate::ingest::profile::shorten;
use crate::math::{Day, order};

/// Days that lines of one order lie apart at most: more of them speak for two orders.
pub const FAR: i32 = 7;

/// Orders looked at more closely at once.
const MOST_AT_ONCE: usize = 1 << 20;

/// Order numbers that are hashed before the first of them is looked up.
const AHEAD: usize = 64;

/// Characters of an order number that are shown.
const SHOWN: usize = 60;

/// Order numbers with something unclear, and the first of them by its bytes.
#[derive(Debug, Default)]
pub struct Unclear {
    hashes: Seen,
    /// The first of them.
    pub example: String,
}

impl Unclear {
    /// How many.
    pub fn orders(&self) -> u64 {
        self.hashes.rows() as u64
    }

    /// Whether an order number is one of them.
    pub fn has(&self, id: &str) -> bool {
        self.hashes.contains(hash_of(id.as_bytes()))
    }

    fn add(&mut self, hash: u64, id: &[u8]) {
        self.hashes.insert(hash);
        let id = shorten(&String::from_utf8_lossy(id), SHOWN);
        if self.example.is_empty() || id < self.example {
            self.example = id;
        }
    }
}

/// What is unclear within one file.
#[derive(Debug, Default)]
pub struct Within {
    /// Numbers of orders of several customers.
    pub customers: Unclear,
    /// Numbers of orders of one customer whose dates lie more than [`FAR`] days apart, refunds aside.
    pub dates: Unclear,
}

/// Order numbers that stand in several files.
#[derive(Debug, Default)]
pub struct Between {
    /// With the files of each as bits: in all of them the same rows.
    equal: Vec<(u64, u128)>,
    /// With the files of each as bits: with other rows.
    differing: Vec<(u64, u128)>,
    /// Numbers of the latter that name other customers in other files.
    pub other_customers: u64,
    /// The first of those with other rows, by its bytes.
    pub example: String,
}

impl Between {
    /// Order numbers that stand in several files with other rows.
    pub fn orders(&self) -> u64 {
        self.differing.len() as u64
    }

    /// The order numbers that are not taken from a file, where files are preferred in this order. Of those with other rows
    /// only if `differing`, of those with the same rows only if `equal`.
    pub fn dropped(&self, file: usize, preferred: &[usize], equal: bool, differing: bool) -> Seen {
        let mut dropped = Seen::default();
        let lists = [(equal, &self.equal), (differing, &self.differing)];
        for (hash, files) in lists.into_iter().filter(|(is_wanted, _)| *is_wanted).flat_map(|(_, list)| list) {
            let is_in = |file: &usize| files & bit(*file) != 0;
            let is_told = files & bit(MOST_FILES) == 0 || preferred.len() <= MOST_FILES + 1;
            if is_told && is_in(&file) && preferred.iter().find(|file| is_in(file)) != Some(&file) {
                dropped.insert(*hash);
            }
        }
        dropped
    }
}

/// All that is unclear.
#[derive(Debug, Default)]
pub struct Conflicts {
    /// One for each file of orders.
    pub within: Vec<Within>,
    /// Between files.
    pub between: Between,
}

/// Files that have a bit of their own. Those beyond them share the last one, and nothing is left out of files of which it
/// can't be told whether they have it.
const MOST_FILES: usize = 127;

fn bit(file: usize) -> u128 {
    1 << file.min(MOST_FILES)
}

fn hash_of(id: &[u8]) -> u64 {
    hash(id, 1)
}

/// What is known of an order number in one file.
struct Facts {
    customer: u32,
    customers_differ: bool,
    /// Of rows that are no refunds.
    span: Option<(Day, Day)>,
    /// The same for the same rows in any order; of one file it is not asked for.
    signature: u64,
    /// One of its numbers in the builder.
    key: u32,
}

/// What is unclear of the orders in a builder, whose rows are those of these files.
pub fn find(builder: &LedgerBuilder, files: &[Range<usize>]) -> Conflicts {
    let mut conflicts = Conflicts { within: files.iter().map(|_| Within::default()).collect(), ..Conflicts::default() };
    let several = several(builder, files);
    let passes = several.rows().div_ceil(MOST_AT_ONCE) as u64;
    let mut cells = Vec::new();
    for pass in 0..passes {
        let mut facts: FxHashMap<(u64, usize), Facts> = FxHashMap::default();
        for (file, rows) in files.iter().enumerate() {
            let mut before = (SECOND_KEY, None);
            for row in rows.clone() {
                let key = builder.keys[row];
                if key != before.0 {
                    let hash = id_of(builder, key).map(|id| hash_of(&id));
                    before = (key, hash.filter(|hash| hash % passes == pass && several.contains(*hash)));
                }
                if let Some(hash) = before.1 {
                    let row_hash = if files.len() > 1 { hash_of_row(builder, row, &mut cells) } else { 0 };
                    look(builder, row, row_hash, facts.entry((hash, file)));
                }
            }
        }
        let mut all: Vec<((u64, usize), Facts)> = facts.into_iter().collect();
        order::sort_by(&mut all, |a, b| a.0.cmp(&b.0));
        all.chunk_by(|a, b| a.0.0 == b.0.0).for_each(|same| judge(builder, same, &mut conflicts));
    }
    conflicts
}

/// The text of an order number; nothing for the key of a moment.
fn id_of(builder: &LedgerBuilder, key: u32) -> Option<Id<'_>> {
    (key & SECOND_KEY == 0).then(|| builder.order_ids.bytes(key as usize))
}

/// The hash of all that the builder holds of a row; `cells` is memory to use.
fn hash_of_row(builder: &LedgerBuilder, row: usize, cells: &mut Vec<u8>) -> u64 {
    cells.clear();
    cells.extend_from_slice(&builder.amounts[row].to_le_bytes());
    cells.extend_from_slice(&builder.customers[row].to_le_bytes());
    cells.extend_from_slice(&builder.days[row].0.to_le_bytes());
    builder.codes.iter().for_each(|codes| cells.extend_from_slice(&codes.get(row).to_le_bytes()));
    hash(cells, 1)
}

/// Takes a row into what is known of its order number.
fn look(
    builder: &LedgerBuilder,
    row: usize,
    row_hash: u64,
    entry: std::collections::hash_map::Entry<'_, (u64, usize), Facts>,
) {
    let (customer, day, amount) = (builder.customers[row], builder.days[row], builder.amounts[row]);
    let key = builder.keys[row];
    let facts = entry.or_insert(Facts { customer, customers_differ: false, span: None, signature: 0, key });
    facts.signature = facts.signature.wrapping_add(row_hash);
    // A refund may be of another day, and to whom it goes is told in many ways.
    if amount >= 0 {
        facts.customers_differ |= facts.span.is_some() && facts.customer != customer;
        facts.customer = customer;
        let (first, last) = facts.span.unwrap_or((day, day));
        facts.span = Some((first.min(day), last.max(day)));
    }
}

/// Says what is unclear of an order number, by what is known of it in each file.
fn judge(builder: &LedgerBuilder, same: &[((u64, usize), Facts)], conflicts: &mut Conflicts) {
    let hash = same[0].0.0;
    let id = &*builder.order_ids.bytes(same[0].1.key as usize);
    for ((_, file), facts) in same {
        let within = &mut conflicts.within[*file];
        if facts.customers_differ {
            within.customers.add(hash, id);
        } else if facts.span.is_some_and(|(first, last)| last.0 - first.0 > FAR) {
            within.dates.add(hash, id);
        }
    }
    // A file with refunds only has no other version of the order: money was given back later.
    let mut sold = same.iter().filter(|(_, facts)| facts.span.is_some());
    let Some((_, first)) = sold.next() else { return };
    let others: Vec<&((u64, usize), Facts)> = sold.collect();
    if others.is_empty() {
        return;
    }
    let files =
        same.iter().filter(|(_, facts)| facts.span.is_some()).fold(0, |files, ((_, file), _)| files | bit(*file));
    let between = &mut conflicts.between;
    if others.iter().all(|(_, facts)| facts.signature == first.signature) {
        between.equal.push((hash, files));
        return;
    }
    between.differing.push((hash, files));
    let is_other = |facts: &Facts| facts.customers_differ || facts.customer != first.customer;
    between.other_customers += u64::from(is_other(first) || others.iter().any(|(_, facts)| is_other(facts)));
    let id = shorten(&String::from_utf8_lossy(id), SHOWN);
    if between.example.is_empty() || id < between.example {
        between.example = id;
    }
}

/// The hashes of order numbers that have rows in several places, or rows that differ in one place.
fn several(builder: &LedgerBuilder, files: &[Range<usize>]) -> Seen {
    let mut several = Seen::default();
    let add = |several: &mut Seen, key: u32| {
        if let Some(id) = id_of(builder, key) {
            several.insert(hash_of(&id));
        }
    };
    for row in 1..builder.keys.len() {
        let (key, before) = (builder.keys[row], row - 1);
        if key & SECOND_KEY == 0 && key == builder.keys[before] {
            let differ = builder.customers[row] != builder.customers[before]
                || (builder.days[row].0 - builder.days[before].0).abs() > FAR;
            if differ {
                add(&mut several, key);
            }
        }
    }
    for rows in files.iter().filter(|rows| rows.start > 0 && rows.start < builder.keys.len()) {
        if builder.keys[rows.start] == builder.keys[rows.start - 1] {
            add(&mut several, builder.keys[rows.start]);
        }
    }
    let count = builder.order_ids.len();
    if !builder.order_ids.in_order() {
        let mut seen = Seen::default();
        seen.expect(count);
        let mut hashes = Vec::with_capacity(AHEAD);
        for first in (0..count).step_by(AHEAD) {
            hashes.clear();
            hashes.extend((first..count.min(first + AHEAD)).map(|number| hash_of(&builder.order_ids.bytes(number))));
            // The table is larger than the caches: look-ups that nothing waits for are under way all at once.
            std::hint::black_box(hashes.iter().fold(0, |touched, hash| touched ^ seen.touch(*hash)));
            for hash in hashes.iter().filter(|hash| !seen.insert(**hash)) {
                several.insert(*hash);
            }
        }
    }
    several
}

/// Makes orders of different files different ones where they have a number in common with other rows: all but those of the
/// first file get a number of their own.
pub fn apart_by_file(builder: &mut LedgerBuilder, files: &[Range<usize>], between: &Between) {
    let mut numbers = Seen::default();
    between.differing.iter().for_each(|(hash, _)| _ = numbers.insert(*hash));
    for (file, rows) in files.iter().enumerate().skip(1) {
        let mut renamed: FxHashMap<u32, Option<u32>> = FxHashMap::default();
        for row in rows.clone() {
            let key = builder.keys[row];
            let new = *renamed.entry(key).or_insert_with(|| rename(builder, key, &numbers, file));
            builder.keys[row] = new.unwrap_or(key);
        }
    }
}

fn rename(builder: &mut LedgerBuilder, key: u32, numbers: &Seen, place: usize) -> Option<u32> {
    let id = id_of(builder, key).filter(|id| numbers.contains(hash_of(id)))?;
    let name = [&*id, b"\x01", place.to_string().as_bytes()].concat();
    Some(builder.order_ids.add(&name))
}

/// Makes the orders of one file different ones where their dates lie far apart: a number for each stretch of days.
pub fn apart_by_date(builder: &mut LedgerBuilder, rows: Range<usize>, dates: &Unclear) {
    let mut found: Vec<(u64, Day, usize)> = Vec::new();
    for row in rows {
        if let Some(hash) =
            id_of(builder, builder.keys[row]).map(|id| hash_of(&id)).filter(|hash| dates.hashes.contains(*hash))
        {
            found.push((hash, builder.days[row], row));
        }
    }
    order::sort_by(&mut found, Ord::cmp);
    for same in found.chunk_by(|a, b| a.0 == b.0) {
        let (mut last, mut stretch, mut number) = (None::<Day>, 0usize, None);
        for &(_, day, row) in same {
            // A refund belongs to the order before it.
            if builder.amounts[row] >= 0 {
                if last.is_some_and(|last| day.0 - last.0 > FAR) {
                    stretch += 1;
                    number = rename(builder, builder.keys[row], &dates.hashes, stretch);
                }
                last = Some(day);
            }
            builder.keys[row] = number.unwrap_or(builder.keys[row]);
        }
    }
}
