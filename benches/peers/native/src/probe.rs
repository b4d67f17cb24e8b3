//! The program. What it does about the misses of the cache, which are all that costs:
//!
//! * keys of up to 11 bytes stand in the slots of the hash table themselves;
//! * rows are looked up 256 at a time, after each slot was touched once, so that the misses overlap;
//! * order ids that come in ascending order, as those of an export do, go into a sorted list and not into a table. Others
//!   are looked for in the list, and in a table beside it.

use crate::bytes::{cell, inside_quotes, number, signs};
use crate::calendar::{day_number, month_number};
use crate::keys::Keys;

/// Rows looked up at a time.
const BATCH: usize = 256;
/// Bytes of a key that stand in the key itself.
const INLINE: usize = 11;

/// A customer, laid out as JavaScript reads it from wasm's memory.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Customer {
    /// Sum of quantity times price.
    pub revenue: f64,
    /// Day number of the first purchase.
    pub first: i32,
    /// Day number of the last one.
    pub last: i32,
    /// Distinct orders.
    pub orders: u32,
    /// Distinct days with a purchase.
    pub days: u32,
}

/// How many customers of a cohort bought so many months later; laid out as JavaScript reads it.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Cell {
    /// Month of the first purchase: year times 12 and the month from 0.
    pub cohort: i32,
    /// Months after it.
    pub later: i32,
    /// Customers.
    pub customers: u32,
}

/// Up to 11 bytes and, in byte 11, how many; of longer ones a number among `long`, and 255 there.
type Key = u128;

/// A row: what the columns hold that the summary needs.
#[derive(Clone, Copy)]
struct Row {
    customer: Key,
    order: Key,
    day: i32,
    revenue: f64,
}

const NO_ROW: Row = Row { customer: 0, order: 0, day: 0, revenue: 0.0 };

/// Customers by their keys: half of the key, then the rest of it and the number plus one; 0 where the slot is free.
struct Slots {
    slots: Vec<[u64; 2]>,
    mask: usize,
}

impl Slots {
    fn new(capacity: usize) -> Slots {
        Slots { slots: vec![[0; 2]; capacity], mask: capacity - 1 }
    }

    /// The place of a key, or the free one where it belongs.
    #[inline(always)]
    fn place(&self, key: Key) -> usize {
        let (low, high) = (key as u64, (key >> 64) as u32);
        let mut place = mixed(key) as usize & self.mask;
        loop {
            let slot = self.slots[place];
            if slot[1] as u32 == 0 || slot[0] == low && (slot[1] >> 32) as u32 == high {
                return place;
            }
            place = (place + 1) & self.mask;
        }
    }

    fn put(&mut self, place: usize, key: Key, number: u32) {
        self.slots[place] = [key as u64, (key >> 64 << 32) as u64 | u64::from(number + 1)];
    }

    fn grow(&mut self) {
        let old = std::mem::replace(self, Slots::new(self.slots.len() * 2));
        for slot in old.slots.into_iter().filter(|slot| slot[1] as u32 != 0) {
            let place = self.place(Key::from(slot[0]) | Key::from(slot[1] >> 32) << 64);
            self.slots[place] = slot;
        }
    }
}

/// Takes the bytes of a file in pieces and makes the summary.
pub struct Probe {
    buffer: Vec<u8>,
    /// The sign behind each cell of the record under way.
    ends: Vec<u32>,
    /// Where order, customer, date, quantity and price stand.
    columns: Option<[usize; 5]>,
    /// The last date as text, and its day.
    last_date: ([u8; 10], i32),
    batch: Box<[Row; BATCH]>,
    waiting: usize,
    previous: Row,
    slots: Slots,
    ids: Vec<Key>,
    long: Keys,
    /// Every customer, in the order of their first rows.
    pub customers: Vec<Customer>,
    /// Orders in ascending order, with their customers below.
    ascending: Vec<Key>,
    others: Keys,
    /// Customers and the days on which they bought, without those that `late` holds.
    bought: Vec<(u32, i32)>,
    /// Days that lie between the first and the last so far, and may be known already.
    late: Vec<(u32, i32)>,
    /// The cohort cells that are not empty; filled by [`Probe::finish`].
    pub cells: Vec<Cell>,
    touched: u64,
}

impl Default for Probe {
    fn default() -> Probe {
        Probe {
            buffer: Vec::new(),
            ends: Vec::new(),
            columns: None,
            last_date: ([0; 10], 0),
            batch: Box::new([NO_ROW; BATCH]),
            waiting: 0,
            previous: NO_ROW,
            slots: Slots::new(1 << 16),
            ids: Vec::new(),
            long: Keys::new(16),
            customers: Vec::new(),
            ascending: Vec::new(),
            others: Keys::new(1 << 10),
            bought: Vec::new(),
            late: Vec::new(),
            cells: Vec::new(),
            touched: 0,
        }
    }
}

impl Probe {
    /// Room for the next bytes, behind those of the record that the last piece has cut. Fill it, then call
    /// [`Probe::consume`].
    pub fn space(&mut self, bytes: usize) -> &mut [u8] {
        let kept = self.buffer.len();
        self.buffer.resize(kept + bytes, 0);
        &mut self.buffer[kept..]
    }

    /// Takes all records that are whole.
    pub fn consume(&mut self) {
        let mut buffer = std::mem::take(&mut self.buffer);
        let done = self.split(&buffer);
        buffer.copy_within(done.., 0);
        buffer.truncate(buffer.len() - done);
        self.buffer = buffer;
    }

    /// Ends the file: what is still waiting is taken, then the cohorts are counted.
    pub fn finish(&mut self) {
        if self.buffer.last().is_some_and(|&byte| byte != b'\n') {
            self.buffer.push(b'\n');
        }
        self.consume();
        self.look_up();
        self.settle_late();
        self.count_cells();
    }

    /// The id of a customer.
    pub fn id(&self, customer: usize) -> Vec<u8> {
        let key = self.ids[customer];
        match (key >> 88) as u8 {
            u8::MAX => self.long.text(key as u32).to_vec(),
            length => key.to_le_bytes()[..length as usize].to_vec(),
        }
    }

    /// What was read ahead, which keeps the compiler from leaving it out.
    pub fn touched(&self) -> u64 {
        self.touched
    }

    /// Takes the whole records of a text; returns where the first incomplete one begins.
    fn split(&mut self, text: &[u8]) -> usize {
        let (mut record, mut carry) = (0, 0);
        let mut ends = std::mem::take(&mut self.ends);
        ends.clear();
        let mut last = [0; 64];
        for at in (0..text.len()).step_by(64) {
            let block = text[at..].first_chunk::<64>().unwrap_or_else(|| {
                last[..text.len() - at].copy_from_slice(&text[at..]);
                &last
            });
            let signs = signs(block);
            let inside = inside_quotes(signs.quotes, &mut carry);
            let line_ends = signs.line_ends & !inside;
            let mut left = (signs.commas & !inside) | line_ends;
            while left != 0 {
                let bit = left.trailing_zeros();
                ends.push(at as u32 + bit);
                if line_ends >> bit & 1 == 1 {
                    self.record(text, &ends, record);
                    record = at + bit as usize + 1;
                    ends.clear();
                }
                left &= left - 1;
            }
        }
        self.ends = ends;
        record
    }

    #[inline(always)]
    fn record(&mut self, text: &[u8], ends: &[u32], record: usize) {
        let Some([order, customer, date, quantity, price]) = self.columns else {
            let at = |name: &str| {
                (0..ends.len()).position(|column| {
                    let (start, end) = cell(text, ends, record, column);
                    &text[start..end] == name.as_bytes()
                })
            };
            let names = ["order_id", "customer_id", "order_date", "quantity", "unit_price"];
            self.columns = Some(names.map(|name| at(name).expect("the benchmark's files have all columns")));
            return;
        };
        if ends.len() <= price.max(quantity) {
            return;
        }
        let cell = |column| cell(text, ends, record, column);
        let bytes = |(start, end): (usize, usize)| &text[start..end];
        let Some(date) = bytes(cell(date)).first_chunk::<10>() else { return };
        let day = self.day(date);
        let revenue = number(bytes(cell(quantity))) * number(bytes(cell(price)));
        let customer = key(text, cell(customer), &mut self.long);
        let order = key(text, cell(order), &mut self.long);
        // Another line of the same order, as most are.
        if self.waiting > 0
            && (customer, order, day) == (self.previous.customer, self.previous.order, self.previous.day)
        {
            self.batch[self.waiting - 1].revenue += revenue;
            return;
        }
        self.previous = Row { customer, order, day, revenue };
        self.batch[self.waiting] = self.previous;
        self.waiting += 1;
        if self.waiting == BATCH {
            self.look_up();
        }
    }

    #[inline(always)]
    fn day(&mut self, date: &[u8; 10]) -> i32 {
        if self.last_date.0 != *date {
            let digits = |at: usize| i32::from(date[at] - b'0') * 10 + i32::from(date[at + 1] - b'0');
            self.last_date = (*date, day_number(digits(0) * 100 + digits(2), digits(5), digits(8)));
        }
        self.last_date.1
    }

    /// Puts the waiting rows to their customers.
    #[inline(never)]
    fn look_up(&mut self) {
        let rows = &self.batch[..std::mem::take(&mut self.waiting)];
        let mut touched = 0;
        for row in rows {
            touched ^= self.slots.slots[mixed(row.customer) as usize & self.slots.mask][1];
        }
        let mut numbers = [0; BATCH];
        for (row, number) in rows.iter().zip(&mut numbers) {
            let place = self.slots.place(row.customer);
            *number = match self.slots.slots[place][1] as u32 {
                0 => {
                    let new = self.customers.len() as u32;
                    self.slots.put(place, row.customer, new);
                    self.ids.push(row.customer);
                    self.customers.push(Customer { revenue: 0.0, first: row.day, last: row.day, orders: 0, days: 1 });
                    self.bought.push((new, row.day));
                    if self.customers.len() * 2 > self.slots.mask {
                        self.slots.grow();
                    }
                    new
                }
                known => known - 1,
            };
        }
        for &number in &numbers[..rows.len()] {
            touched ^= self.customers[number as usize].last as u64;
        }
        self.touched ^= touched;
        for (row, &number) in rows.iter().zip(&numbers) {
            let order = (row.order.swap_bytes() >> 32) << 32;
            let entry = order | Key::from(number);
            let is_new = if self.ascending.last().is_none_or(|&last| order > last | 0xffff_ffff) {
                self.ascending.push(entry);
                true
            } else {
                self.ascending.binary_search(&entry).is_err() && self.others.number(&row.order.to_le_bytes(), number).1
            };
            let customer = &mut self.customers[number as usize];
            customer.revenue += row.revenue;
            customer.orders += u32::from(is_new);
            if row.day > customer.last || row.day < customer.first {
                customer.first = customer.first.min(row.day);
                customer.last = customer.last.max(row.day);
                customer.days += 1;
                self.bought.push((number, row.day));
            } else if row.day != customer.last && row.day != customer.first {
                self.late.push((number, row.day));
            }
        }
    }

    /// Adds those of the late days that are new.
    fn settle_late(&mut self) {
        let mut has_late = vec![false; self.customers.len()];
        for &(customer, _) in &self.late {
            has_late[customer as usize] = true;
        }
        let mut known: Vec<_> = self.bought.iter().filter(|bought| has_late[bought.0 as usize]).copied().collect();
        known.sort_unstable();
        self.late.sort_unstable();
        self.late.dedup();
        for late in &self.late {
            if known.binary_search(late).is_err() {
                self.customers[late.0 as usize].days += 1;
                self.bought.push(*late);
            }
        }
    }

    fn count_cells(&mut self) {
        let Some(from) = self.customers.iter().map(|customer| customer.first).min() else { return };
        let to = self.customers.iter().map(|customer| customer.last).max().unwrap_or(from);
        let months: Vec<i32> = (from..=to).map(month_number).collect();
        let month = |day: i32| (months[(day - from) as usize] - months[0]) as usize;
        let count = month(to) + 1;
        let words = count.div_ceil(64);
        let mut seen = vec![0_u64; self.customers.len() * words];
        let mut cells = vec![0; count * count];
        let cohorts: Vec<u16> = self.customers.iter().map(|customer| month(customer.first) as u16).collect();
        for &(customer, day) in &self.bought {
            let month = month(day);
            let word = &mut seen[customer as usize * words + month / 64];
            let bit = 1 << (month % 64);
            let cohort = cohorts[customer as usize] as usize;
            cells[cohort * count + month - cohort] += u32::from(*word & bit == 0);
            *word |= bit;
        }
        for (at, &customers) in cells.iter().enumerate().filter(|(_, customers)| **customers > 0) {
            self.cells.push(Cell { cohort: months[0] + (at / count) as i32, later: (at % count) as i32, customers });
        }
    }
}

#[inline(always)]
fn mixed(key: Key) -> u64 {
    let high = ((key >> 64) as u64).wrapping_mul(0xa24b_aed4_963e_e407);
    let hash = (key as u64 ^ high).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ hash >> 32
}

#[inline(always)]
fn key(text: &[u8], (start, end): (usize, usize), long: &mut Keys) -> Key {
    let length = end - start;
    if length > INLINE {
        return Key::from(long.number(&text[start..end], 0).0) | 0xff << 88;
    }
    let bytes = text[start..].first_chunk::<16>().copied().unwrap_or_else(|| {
        let mut bytes = [0; 16];
        bytes[..length].copy_from_slice(&text[start..end]);
        bytes
    });
    Key::from_le_bytes(bytes) & ((1 << (length * 8)) - 1) | (length as Key) << 88
}
