//! A large made-up ledger, the same in every run.

use perennial_engine::ledger::build::Row;
use perennial_engine::ledger::{Ledger, LedgerBuilder};
use perennial_engine::math::Day;
use perennial_engine::math::random::Random;

/// Rows of the ledger.
pub const ROWS: usize = 1_000_000;

/// The days over which they are spread: three years.
const DAYS: u32 = 1096;

/// Some rows of an export in order of time, shaped like those of `tools/gen-orders.mjs`: few customers who buy often and
/// many who buy once, 1.8 lines an order, a line in a hundred a return, four columns to filter by.
pub fn ledger(rows: usize) -> Ledger {
    let random = &mut Random::new(1907);
    let roles = ["product", "category", "channel", "country"];
    let dimensions = roles.map(|role| (role.to_owned(), Some(role.to_owned())));
    let mut builder = LedgerBuilder::new(dimensions.into(), true);
    let mut buyers: Vec<u32> = Vec::new();
    let mut customers = 0;
    while builder.rows() < rows {
        let day = Day(19_358 + (builder.rows() as f64 / rows as f64 * f64::from(DAYS)) as i32);
        let customer = if buyers.is_empty() || random.uniform() < 0.34 {
            customers += 1;
            customers - 1
        } else {
            // Who comes back is mostly someone who bought not long ago.
            let from = if random.uniform() < 0.6 { buyers.len() * 4 / 5 } else { 0 };
            buyers[from + random.below((buyers.len() - from) as u32) as usize]
        };
        buyers.push(customer);
        let second = Some(21_600 + random.below(60_480));
        let order = format!("ORD-{}", 1_000_000 + buyers.len());
        // No common factor with 100,000,000: every customer has another number, in no order to be seen.
        let id = format!("CUST-{:08}", (u64::from(customer) + 1) * 61_803_399 % 100_000_000);
        let (channel, country) = (format!("channel {}", random.below(5)), format!("country {}", customer % 9));
        loop {
            let product = random.below(1500);
            let (name, category) = (format!("product {product}"), format!("category {}", product % 8));
            let sign = if random.uniform() < 0.01 { -1 } else { 1 };
            let amount = sign * 100 * i64::from(250 + random.below(16_000));
            let dimensions = &[&*name, &*category, &*channel, &*country];
            builder.push(Row { customer: &id, day, second, amount, order: Some(&order), dimensions });
            if random.uniform() < 0.444 || builder.rows() == rows {
                break;
            }
        }
    }
    builder.finish()
}
