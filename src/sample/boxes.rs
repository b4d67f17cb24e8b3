//! The garden box: a parcel every month that some of the customers subscribe to, as a list of contracts.
//!
//! Subscribers come from all channels, and more often from those whose customers stay. A contract ends at the end of a month
//! that is paid for, with a chance that depends on the plan; some begin with a trial, some pause over the winter, some move up
//! to a larger box.

use std::fmt::Write;

use super::people::Customer;
use super::shop;
use super::{CLOSING, FIRST_CUSTOMER, weighted};
use crate::math::random::Random;
use crate::math::{Day, order};

/// The columns of the file.
pub const HEADER: &str = "contract_id,customer_id,plan,start_date,end_date,amount,billing_period,is_trial";

/// The first box was sent on 2024-03-01.
const LAUNCH: Day = Day(19_783);

/// Trials are offered from 2025-01-01 on: a box for free, and a month to think.
const TRIALS_SINCE: Day = Day(20_089);

/// A box.
struct Plan {
    name: &'static str,
    /// What it costs in a month, in cents; a year costs ten of them.
    cents: i64,
    /// Its share of new subscribers.
    share: f64,
    /// The chance that a contract which is paid by the month ends with a month.
    leaving: f64,
}

/// The boxes. The small one is tried and left, the large one is for those who mean it.
const PLANS: [Plan; 3] = [
    Plan { name: "Seed box", cents: 990, share: 0.45, leaving: 0.085 },
    Plan { name: "Garden box", cents: 1_690, share: 0.38, leaving: 0.048 },
    Plan { name: "Harvest box", cents: 2_490, share: 0.17, leaving: 0.026 },
];

/// The share of customers who subscribe at some time, by channel as in [`shop::CHANNELS`].
const SUBSCRIBING: [f64; 5] = [0.13, 0.07, 0.24, 0.2, 0.1];

/// The share of contracts that are paid by the year, and of these those that are not renewed at its end.
const YEARLY: f64 = 0.22;
const NOT_RENEWED: f64 = 0.3;

/// The share of new subscribers who begin with a trial once there are trials, and of these those who go on.
const TRYING: f64 = 0.55;
const GOING_ON: f64 = 0.64;

/// The chance in each November to pause until March, and in each month to move up to the next box.
const PAUSING: f64 = 0.06;
const MOVING_UP: f64 = 0.012;

/// A contract; of a trial the amount is 0.
struct Contract {
    customer: usize,
    plan: usize,
    start: Day,
    end: Option<Day>,
    yearly: bool,
    trial: bool,
}

/// All contracts as a CSV file, in the order of their starts.
pub fn csv(random: &mut Random, customers: &[Customer]) -> String {
    let mut contracts = Vec::new();
    for (number, customer) in customers.iter().enumerate() {
        if random.uniform() < SUBSCRIBING[customer.channel] {
            subscribe(random, number, customer, &mut contracts);
        }
    }
    order::sort_by(&mut contracts, |a, b| a.start.cmp(&b.start));
    let mut text = format!("{HEADER}\n");
    for (number, contract) in contracts.iter().enumerate() {
        let Contract { customer, plan, start, end, yearly, trial } = contract;
        let end = end.map(|end| end.to_string()).unwrap_or_default();
        let cents = PLANS[*plan].cents
            * if *trial {
                0
            } else if *yearly {
                10
            } else {
                1
            };
        let period = if *yearly { "yearly" } else { "monthly" };
        let trial = if *trial { "yes" } else { "no" };
        // Writing to a text never fails.
        let _ = writeln!(
            text,
            "B{},C{},{},{start},{end},{}.{:02},{period},{trial}",
            number + 1,
            customer + FIRST_CUSTOMER,
            PLANS[*plan].name,
            cents / 100,
            cents % 100
        );
    }
    text
}

/// The contracts of one customer, one after the other.
fn subscribe(random: &mut Random, number: usize, customer: &Customer, contracts: &mut Vec<Contract>) {
    let mut start = customer.joined.max(LAUNCH).plus(random.exponential(1.0 / 150.0) as i32);
    let plan = weighted(random, &PLANS.each_ref().map(|plan| plan.share));
    let tries = random.uniform() < TRYING && start >= TRIALS_SINCE;
    let yearly = random.uniform() < YEARLY;
    let goes_on = random.uniform() < GOING_ON;
    if start > CLOSING {
        return;
    }
    let mut push = |start: Day, end: Day, plan: usize, yearly: bool, trial: bool| {
        // What ends after the last day has not ended yet.
        let end = Some(end).filter(|end| *end <= CLOSING);
        contracts.push(Contract { customer: number, plan, start, end, yearly, trial });
    };
    if tries {
        let end = start.plus_months(1);
        push(start, end, plan, false, true);
        if !goes_on || end > CLOSING {
            return;
        }
        start = end;
    }
    if yearly {
        let mut years = 1;
        while random.uniform() >= NOT_RENEWED && start.plus_months(12 * years) <= CLOSING {
            years += 1;
        }
        return push(start, start.plus_months(12 * years), plan, true, false);
    }
    let mut plan = plan;
    loop {
        let (end, next) = month_by_month(random, start, plan);
        push(start, end, plan, false, false);
        match next {
            Some(Next::Larger) => (start, plan) = (end, plan + 1),
            Some(Next::After(back)) if back <= CLOSING => start = back,
            _ => return,
        }
    }
}

/// What follows a contract that ends.
enum Next {
    /// The next larger box.
    Larger,
    /// The same box, later.
    After(Day),
}

/// The end of a contract that is paid by the month, and what follows it; an end after the last day where it lasts.
fn month_by_month(random: &mut Random, start: Day, plan: usize) -> (Day, Option<Next>) {
    for month in 1.. {
        let end = start.plus_months(month);
        if end > CLOSING {
            return (end, None);
        }
        let (leaves, pauses, moves) = (random.uniform(), random.uniform(), random.uniform());
        if leaves < PLANS[plan].leaving {
            return (end, None);
        }
        if shop::month(end) == 10 && pauses < PAUSING {
            return (end, Some(Next::After(end.plus_months(4))));
        }
        if plan + 1 < PLANS.len() && moves < MOVING_UP {
            return (end, Some(Next::Larger));
        }
    }
    unreachable!("the shop closes before months run out")
}
