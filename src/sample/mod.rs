//! A garden shop that does not exist, for those who want to look before they load a file of their own.
//!
//! It is generated, not stored: a function of a seed, the same to the byte on every target. The text goes through the
//! same engine as anybody's CSV, so nothing downstream knows that it is made up; the page says so. What is drawn from
//! which distribution stands in `docs/sample.md`.
//!
//! * `shop`: what the shop is, as data: channels, countries, catalogue, seasons.
//! * `people`: who comes, and on which days.
//! * `events`: what they do beside buying.
//! * [`costs`]: what winning them costs.
//! * `orders`: what they buy, return and cancel, and what was mistyped, as rows.
//! * `boxes`: the garden box that some of them subscribe to.
//! * `friends`: what the shop knows of its customers, and who sent whom.
//! * `feedback`: what they say in surveys.
//! * `trials`: what the shop has tried.

mod boxes;
pub mod costs;
mod events;
mod feedback;
mod friends;
mod orders;
mod people;
mod shop;
mod trials;

use crate::math::Day;
use crate::math::random::Random;

/// The seed of the shop that the page and the command line show.
pub const SEED: u64 = 7;

/// The name of the file that [`orders_csv`] stands for.
pub const FILE_NAME: &str = "sample-shop-orders.csv";

/// The name of the file that [`events_csv`] stands for.
pub const EVENTS_FILE: &str = "sample-shop-events.csv";

/// The name of the file of its costs.
pub const COSTS_FILE: &str = "sample-shop-costs.csv";

/// A file of the sample shop.
pub struct File {
    /// Its name.
    pub name: &'static str,
    /// What stands in it.
    pub text: String,
}

/// All files of the sample shop: its orders, and what it keeps beside them. Each has random numbers of its own, so that a
/// new one changes nothing in the others.
pub fn files(seed: u64) -> Vec<File> {
    // The same customers as those of the orders, which draw them first.
    let customers = people::customers(&mut Random::new(seed));
    let own = |salt: u64| Random::new(seed ^ salt);
    let orders = orders_csv(seed);
    let [survey, support] = feedback::files(&orders, seed);
    vec![
        File { name: FILE_NAME, text: orders },
        File { name: "sample-shop-subscriptions.csv", text: boxes::csv(&mut own(0xB0), &customers) },
        File { name: "sample-shop-customers.csv", text: friends::csv(&mut own(0xF1), &customers) },
        File { name: EVENTS_FILE, text: events_csv(seed) },
        File { name: COSTS_FILE, text: costs::csv(seed) },
        File { name: trials::FILE_NAME, text: tests_csv(seed) },
        survey,
        support,
    ]
}

/// The columns of [`orders_csv`].
pub const HEADER: &str = "order_id,order_date,customer_id,total,currency,status,channel,country,category,product";

/// The number of the first customer.
const FIRST_CUSTOMER: usize = 1_001;

/// The first day of business: 2023-10-01.
const OPENING: Day = Day(19_631);

/// The last day of business, three years later: 2026-09-30. Fixed, because a sample that follows the clock could not
/// be compared with anything.
const CLOSING: Day = Day(20_726);

/// The sample shop's orders as a CSV file, one row an order line, in order of date: a function of the seed alone.
///
/// Amounts are euros with two decimals; refunds are rows below zero, on their own date, under the number of the order
/// that they undo.
pub fn orders_csv(seed: u64) -> String {
    let mut random = Random::new(seed);
    let customers = people::customers(&mut random);
    let rows = orders::rows(&mut random, &customers);
    // A row is about 90 bytes.
    let mut text = String::with_capacity(rows.len() * 96);
    text.push_str(HEADER);
    text.push('\n');
    for row in &rows {
        text.push_str(&row.to_string());
        text.push('\n');
    }
    text
}

/// What the shop's people did beside buying, as a CSV file, one row an event, in order of date: a function of the seed alone.
pub fn events_csv(seed: u64) -> String {
    let mut random = Random::new(seed);
    let customers = people::customers(&mut random);
    let orders = orders::rows(&mut random, &customers);
    events::csv(&mut Random::new(seed ^ EVENTS_STREAM), &customers, &orders)
}

/// What tells the random numbers of events from those of orders.
const EVENTS_STREAM: u64 = 0x6576_656e_7473;

/// The tests of the sample shop as a CSV file: a function of the seed alone.
fn tests_csv(seed: u64) -> String {
    let mut random = Random::new(seed);
    let customers = people::customers(&mut random);
    let rows = orders::rows(&mut random, &customers);
    trials::csv(&mut Random::new(seed ^ 0x7e57), customers.len(), &rows)
}

/// A place of a list, drawn in proportion to the list's weights (at least one of them above 0).
fn weighted(random: &mut Random, weights: &[f64]) -> usize {
    let mut left = random.uniform() * weights.iter().sum::<f64>();
    for (place, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return place;
        }
    }
    weights.len() - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shop_is_open_for_three_years() {
        assert_eq!(OPENING.to_string(), "2023-10-01");
        assert_eq!(CLOSING.to_string(), "2026-09-30");
        assert_eq!(OPENING.plus_months(36), CLOSING.plus(1));
    }

    #[test]
    fn draws_follow_the_weights() {
        let mut random = Random::new(3);
        let mut counts = [0u32; 3];
        for _ in 0..10_000 {
            counts[weighted(&mut random, &[1.0, 0.0, 3.0])] += 1;
        }
        assert_eq!(counts[1], 0);
        assert!((2300..2700).contains(&counts[0]), "{counts:?}");
    }
}
