//! Two things that the shop has tried, each in a letter to those who had bought in the year and a half before: a banner
//! that promises free delivery, which helps, and a first name in the subject, which does not.
//!
//! What came of it is what the orders say, so that the two files agree. Whoever ordered after the banner is a little likelier
//! to have had it than not, which is what an effect looks like from the other end.

use super::FIRST_CUSTOMER;
use super::orders::Row;
use crate::math::random::Random;
use crate::math::{Day, Money};

/// The name of the file.
pub const FILE_NAME: &str = "sample-shop-tests.csv";

/// The columns.
pub const HEADER: &str = "test,date,customer_id,variant,ordered,spent";

/// Days from the letter on in which orders count.
const WINDOW: i32 = 30;

/// Days before the letter in which somebody has bought who gets it.
const BEFORE: i32 = 548;

struct Test {
    name: &'static str,
    /// The day of the letter.
    day: Day,
    /// The other side is the control.
    variant: &'static str,
    /// The share of those with the variant among those who ordered.
    among_buyers: f64,
}

/// The letters: 1 April and 20 August 2026.
const TESTS: [Test; 2] = [
    Test { name: "Free delivery banner", day: Day(20_544), variant: "Banner", among_buyers: 0.64 },
    Test { name: "Name in the subject", day: Day(20_685), variant: "First name", among_buyers: 0.5 },
];

/// The file: a row for each letter, by the shop's orders.
pub fn csv(random: &mut Random, customers: usize, rows: &[Row]) -> String {
    let mut text = format!("{HEADER}\n");
    for test in &TESTS {
        let last = test.day.plus(WINDOW - 1);
        // Who gets the letter, who orders after it, and what they spend then, refunds taken off, in cents.
        let (mut gets, mut orders) = (vec![false; customers], vec![false; customers]);
        let mut spent = vec![0i64; customers];
        for (customer, day, cents) in rows.iter().filter_map(Row::counted) {
            gets[customer] |= test.day.plus(-BEFORE) <= day && day < test.day;
            if test.day <= day && day <= last {
                orders[customer] |= cents >= 0;
                spent[customer] += cents;
            }
        }
        let letters = gets.iter().filter(|gets| **gets).count() as f64;
        let buyers = gets.iter().zip(&orders).filter(|(gets, orders)| **gets && **orders).count() as f64;
        // So that both sides are of about the same size.
        let among_others = (0.5 * letters - test.among_buyers * buyers) / (letters - buyers).max(1.0);
        for customer in (0..customers).filter(|customer| gets[*customer]) {
            let share = if orders[customer] { test.among_buyers } else { among_others };
            let variant = if random.uniform() < share { test.variant } else { "Control" };
            let (id, amount) = (customer + FIRST_CUSTOMER, Money(spent[customer] * 100));
            let ordered = u8::from(orders[customer]);
            text.push_str(&format!("{},{},C{id},{variant},{ordered},{amount}\n", test.name, test.day));
        }
    }
    text
}
