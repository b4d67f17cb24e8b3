//! What the summary is, as one value; the same as in `page/src/lib/checksum.js`.

use std::fmt;

use crate::calendar::date;
use crate::probe::{Cell, Customer};

/// CRC-32 (IEEE 802.3) of a text.
fn crc32(text: &str) -> u32 {
    let mut crc = u32::MAX;
    for byte in text.bytes() {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

/// Sums of the CRC-32 of all customers and of all cohort cells, and plainly customers, orders and cents.
#[derive(Debug, Default)]
pub struct Checksum {
    customers: u32,
    cells: u32,
    count: u64,
    orders: u64,
    cents: i64,
}

impl Checksum {
    /// Adds a customer.
    pub fn customer(&mut self, id: &str, customer: &Customer) {
        let day = |day| {
            let (year, month, day) = date(day);
            format!("{year:04}-{month:02}-{day:02}")
        };
        let Customer { revenue, first, last, orders, days } = *customer;
        let cents = (revenue * 100.0).round() as i64;
        let text = format!("{id}|{days}|{}|{}|{orders}|{cents}", day(first), day(last));
        self.customers = self.customers.wrapping_add(crc32(&text));
        self.count += 1;
        self.orders += u64::from(orders);
        self.cents += cents;
    }

    /// Adds a cohort cell.
    pub fn cell(&mut self, cell: &Cell) {
        let (year, month) = (cell.cohort / 12, cell.cohort % 12 + 1);
        self.cells = self.cells.wrapping_add(crc32(&format!("{year}-{month:02}|{}|{}", cell.later, cell.customers)));
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}-{:08x}-{}-{}-{}", self.customers, self.cells, self.count, self.orders, self.cents)
    }
}
