//! Whether intervals hold what they promise: on made-up shops whose future is known. It takes minutes, so it is a target of its
//! own that `make coverage` runs, and no part of `make test`.

use perennial::ledger::build::Row;
use perennial::ledger::{Base, Ledger, LedgerBuilder, Selection, Summary};
use perennial::math::Day;
use perennial::math::random::Random;
use perennial::models::forecast::forecast;
use perennial::report::Settings;

/// Shops of each size.
const SHOPS: u32 = 200;

/// A made-up shop: customers who come over a year and a half, buy and drop out at rates of their own, and spend around
/// means of their own. Returns its first two years, and purchase days and revenue of the year after.
fn shop(random: &mut Random, customers: u32) -> (Ledger, f64, f64) {
    const END: f64 = 730.0;
    let mut builder = LedgerBuilder::new(Vec::new(), false);
    let (mut later, mut revenue) = (0.0, 0.0);
    for customer in 0..customers {
        let first = f64::from(random.below(550));
        let (rate, leaves) = (random.gamma(0.8, 60.0), random.gamma(0.7, 150.0));
        let leaves = first + random.exponential(leaves);
        let worth = random.gamma(4.0, 80.0);
        let (mut at, mut last) = (first, f64::NAN);
        while at < leaves.max(first + 1e-9) && at <= END + 365.25 {
            let day = libm::ceil(at);
            if day != last {
                last = day;
                let amount = (random.gamma(5.0, worth) * 10_000.0).round();
                if day > END {
                    (later, revenue) = (later + 1.0, revenue + amount / 10_000.0);
                } else {
                    let (customer, day) = (format!("c{customer}"), Day(day as i32));
                    let row = Row {
                        customer: &customer,
                        day,
                        second: None,
                        amount: amount as i64,
                        order: None,
                        dimensions: &[],
                    };
                    builder.push(row);
                }
            }
            at += random.exponential(rate);
        }
    }
    (builder.finish(), later, revenue)
}

/// Of 100 intervals that are to hold 90, from 85 to 95.
#[test]
fn nine_of_ten_intervals_hold_what_comes() {
    let mut random = Random::new(7);
    for customers in [150, 1000] {
        let (mut told, mut purchases_within, mut revenue_within) = (0, 0, 0);
        for _ in 0..SHOPS {
            let (ledger, later, revenue) = shop(&mut random, customers);
            let visits = Selection::new(Base::new(ledger).into(), &Settings::default()).visits;
            let forecast = forecast(&visits, &Summary::of(&visits, Day(730)), Day(730), None);
            let (Some(count), Some(value)) = (forecast.purchases, forecast.revenue) else { continue };
            told += 1;
            purchases_within += u32::from((count.low..=count.high).contains(&later));
            revenue_within += u32::from((value.low.0..=value.high.0).contains(&revenue));
        }
        println!(
            "{customers} customers: of {told} shops {purchases_within} for purchases, {revenue_within} for revenue"
        );
        assert!(told > SHOPS / 2, "{told} shops told");
        for within in [purchases_within, revenue_within] {
            assert!((85 * told..=95 * told).contains(&(100 * within)), "{within} of {told}");
        }
    }
}
