//! Who comes to the shop, and on which days: a Pareto/NBD population (Schmittlein, Morrison and Colombo 1987).
//!
//! Each customer buys at a rate of their own until they leave, at a rate of their own; both rates are gamma
//! distributed, with means that depend on the channel. The season then thins the purchases out.

use super::shop::{self, CATEGORIES, CHANNELS, COUNTRIES, Channel};
use super::{CLOSING, OPENING, weighted};
use crate::math::calendar::YEAR_DAYS;
use crate::math::random::Random;
use crate::math::{Day, order};

/// A customer, with the habits that nobody outside the generator can see.
pub struct Customer {
    /// Day of the first purchase.
    pub joined: Day,
    /// The channel that won them, as a place in [`CHANNELS`].
    pub channel: usize,
    /// Where they live, as a place in [`COUNTRIES`].
    pub country: usize,
    /// What they like best, as a place in [`CATEGORIES`].
    pub favourite: usize,
    /// What an order of theirs usually comes to, in cents of the opening day's prices.
    pub basket: f64,
    /// Purchases a day, in an average season.
    rate: f64,
    /// Days from the first purchase until they leave for good.
    stays: f64,
}

impl Customer {
    /// Whether they have left for good by the last day.
    pub fn has_left(&self) -> bool {
        self.stays < f64::from(CLOSING.0 - self.joined.0)
    }
}

/// A visit that ends with an order.
pub struct Visit {
    /// The day.
    pub day: Day,
    /// The channel of this order, as a place in [`CHANNELS`].
    pub channel: usize,
}

/// All customers, in the order in which they first bought.
pub fn customers(random: &mut Random) -> Vec<Customer> {
    // Running totals of how many new customers each day draws.
    let mut total = 0.0;
    let so_many: Vec<f64> = (OPENING.0..=CLOSING.0)
        .map(|day| {
            total += arrivals(Day(day));
            total
        })
        .collect();
    let mut customers: Vec<Customer> = (0..shop::CUSTOMERS)
        .map(|_| {
            let place = random.uniform() * total;
            let since = so_many.partition_point(|&so_far| so_far <= place).min(so_many.len() - 1);
            customer(random, OPENING.plus(since as i32))
        })
        .collect();
    order::sort_by(&mut customers, |a, b| a.joined.cmp(&b.joined));
    customers
}

/// How many new customers a day draws, against any other day.
pub fn arrivals(day: Day) -> f64 {
    shop::demand(day) * libm::pow(shop::GROWTH_A_YEAR, f64::from(day.0 - OPENING.0) / YEAR_DAYS)
}

/// Where a day lies between the first one, 0, and the last one, 1.
pub fn age(day: Day) -> f64 {
    f64::from(day.0 - OPENING.0) / f64::from(CLOSING.0 - OPENING.0)
}

fn customer(random: &mut Random, day: Day) -> Customer {
    let shares = CHANNELS.each_ref().map(|c| c.share.0 + (c.share.1 - c.share.0) * age(day));
    let channel = weighted(random, &shares);
    let country = match channel {
        shop::MARKET => shop::HOME,
        _ => weighted(random, &COUNTRIES.each_ref().map(|c| c.share)),
    };
    let Channel { purchases_a_year, leaving_a_year, .. } = CHANNELS[channel];
    let rate = random.gamma(shop::RATE_SHAPE, shop::RATE_SHAPE / purchases_a_year) / YEAR_DAYS;
    let leaving = random.gamma(shop::LEAVING_SHAPE, shop::LEAVING_SHAPE / leaving_a_year) / YEAR_DAYS;
    let usual = 1.0 / random.gamma(shop::BASKET_SHAPE, (shop::BASKET_SHAPE - 1.0) * shop::BASKET_MEAN);
    Customer {
        joined: opening_day(day, channel),
        channel,
        country,
        favourite: random.below(CATEGORIES.len() as u32) as usize,
        basket: usual * COUNTRIES[country].basket,
        rate,
        stays: random.exponential(leaving),
    }
}

/// The visits of a customer, the first among them, in order of time.
pub fn visits(random: &mut Random, customer: &Customer) -> Vec<Visit> {
    let mut visits = vec![Visit { day: customer.joined, channel: customer.channel }];
    let open = f64::from(CLOSING.0 - customer.joined.0 + 1);
    let mut after = 0.0;
    // Lewis and Shedler (1979), thinning: come as often as in the best season, and stay away as often as it is worse.
    loop {
        after += random.exponential(customer.rate * shop::PEAK);
        // Written so that a rate of 0, which gives an infinite time, ends here too.
        if !(after < open && after < customer.stays) {
            return visits;
        }
        let day = customer.joined.plus(after as i32);
        if random.uniform() * shop::PEAK < shop::demand(day) {
            let channel = match random.uniform() {
                u if u < shop::FAITHFUL_TO_CHANNEL => customer.channel,
                u if u < (1.0 + shop::FAITHFUL_TO_CHANNEL) / 2.0 => shop::NEWSLETTER,
                _ => shop::SEARCH,
            };
            visits.push(Visit { day: opening_day(day, channel), channel });
        }
    }
}

/// The day itself online; the Saturday of its week at the market stall.
pub fn opening_day(day: Day, channel: usize) -> Day {
    if channel != shop::MARKET {
        return day;
    }
    let saturday = day.plus(5 - day.weekday());
    if saturday > CLOSING {
        saturday.plus(-7)
    } else if saturday < OPENING {
        saturday.plus(7)
    } else {
        saturday
    }
}
