//! What the shop knows of its customers: when they were born, whether they take the newsletter, and who sent them.
//!
//! Most of those who came by word of mouth say who told them. A few customers tell many, most tell nobody; and who has just
//! found the shop tells more than who found it long ago.

use std::fmt::Write;

use super::people::Customer;
use super::{FIRST_CUSTOMER, shop, weighted};
use crate::math::random::Random;

/// The columns of the file.
pub const HEADER: &str = "customer_id,born_in,newsletter,referred_by";

/// Decades of birth, and the share of customers of each.
const BORN: [(&str, f64); 6] =
    [("1940s", 0.05), ("1950s", 0.15), ("1960s", 0.24), ("1970s", 0.22), ("1980s", 0.2), ("1990s", 0.14)];

/// The share of those who came by word of mouth who say who told them.
const NAMING: f64 = 0.85;

/// How gladly customers tell others is gamma distributed with this shape: most hardly ever.
const TELLING_SHAPE: f64 = 0.22;

/// The share of those who come by word of mouth or the newsletter is 1; of all others so much of what they would tell.
const LESS_ELSEWHERE: f64 = 0.4;

/// Days after which a customer tells others a third as often.
const FADING: f64 = 330.0;

/// Attempts to find who told a customer; who has not been found then does not remember.
const ATTEMPTS: u32 = 400;

/// All customers as a CSV file, in the order in which they came.
pub fn csv(random: &mut Random, customers: &[Customer]) -> String {
    let shares = BORN.map(|(_, share)| share);
    let close = |customer: &Customer| matches!(customer.channel, shop::NEWSLETTER | shop::WORD_OF_MOUTH);
    let telling: Vec<f64> = customers
        .iter()
        .map(|customer| {
            let gladly = random.gamma(TELLING_SHAPE, 1.0) / 3.0;
            gladly.min(1.0) * if close(customer) { 1.0 } else { LESS_ELSEWHERE }
        })
        .collect();
    // A row is about 25 bytes.
    let mut text = String::with_capacity(customers.len() * 28);
    text.push_str(HEADER);
    text.push('\n');
    for (number, customer) in customers.iter().enumerate() {
        let born = BORN[weighted(random, &shares)].0;
        let takes = random.uniform() < if customer.channel == shop::NEWSLETTER { 1.0 } else { 0.42 };
        let names = random.uniform() < NAMING && customer.channel == shop::WORD_OF_MOUTH;
        let told_by = if names { told_by(random, number, customers, &telling) } else { None };
        let told_by = told_by.map(|other| format!("C{}", other + FIRST_CUSTOMER)).unwrap_or_default();
        let takes = if takes { "yes" } else { "no" };
        // Writing to a text never fails.
        let _ = writeln!(text, "C{},{born},{takes},{told_by}", number + FIRST_CUSTOMER);
    }
    text
}

/// Who of those who came before told a customer.
fn told_by(random: &mut Random, number: usize, customers: &[Customer], telling: &[f64]) -> Option<usize> {
    for _ in 0..ATTEMPTS {
        let (other, accepted) = (random.below(number.max(1) as u32) as usize, random.uniform());
        let days = f64::from(customers[number].joined.0 - customers[other].joined.0);
        if days > 0.0 && accepted < telling[other] * libm::exp(-days / FADING) {
            return Some(other);
        }
    }
    None
}
