//! What people do beside buying, as a file of its own: visits of the online shop, newsletters opened, wishes, complaints.
//!
//! It is kept for those who have an account, and it goes with the orders: people look before they buy for the first time, who
//! buys often comes by often, and who is about to leave comes by less and less in the half-year before the last purchase.
//! Some have an account and never order.

use std::fmt::Write;

use super::orders::{self, Row};
use super::people::Customer;
use super::shop::{NEWSLETTER, PEAK, demand};
use super::{CLOSING, OPENING};
use crate::math::calendar::YEAR_DAYS;
use crate::math::random::Random;
use crate::math::{Day, order};

/// The columns of the file.
pub const HEADER: &str = "date,customer_id,event,status";

/// The share of customers with an account.
const WITH_ACCOUNT: f64 = 0.56;

/// People with an account who never order.
const LOOKERS: usize = 300;

/// The number of the first of them.
const FIRST_LOOKER: usize = 7_001;

/// Visits a year of somebody with an account who buys once, on average, and how many more each further purchase goes with ...
const VISITS_A_YEAR: (f64, f64) = (0.3, 1.1);

/// ... up to so many; gamma distributed around it with this shape.
const MOST_VISITS: f64 = 6.0;
const VISITS_SHAPE: f64 = 2.0;

/// Newsletters opened a year.
const OPENED_A_YEAR: f64 = 0.5;

/// The share of visits that end with a wish.
const WISHES: f64 = 0.2;

/// The share of purchases that a complaint follows.
const COMPLAINTS: f64 = 0.035;

/// Days over which interest fades before the last purchase of those who leave.
const FADING_DAYS: f64 = 180.0;

/// What is left of it then.
const FADED: f64 = 0.05;

/// What was done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Visit,
    Opened,
    Wish,
    Complaint { open: bool },
}

impl Kind {
    /// As it stands in the file: the event, and how it stands.
    fn cells(self) -> &'static str {
        match self {
            Kind::Visit => "Visit,",
            Kind::Opened => "Newsletter opened,",
            Kind::Wish => "Wish list,",
            Kind::Complaint { open: true } => "Complaint,open",
            Kind::Complaint { open: false } => "Complaint,closed",
        }
    }
}

/// The file, in order of days.
pub fn csv(random: &mut Random, customers: &[Customer], rows: &[Row]) -> String {
    let mut bought: Vec<Vec<Day>> = vec![Vec::new(); customers.len()];
    for (customer, day) in rows.iter().filter_map(Row::purchase) {
        if bought[customer].last() != Some(&day) {
            bought[customer].push(day);
        }
    }
    let mut events: Vec<(Day, usize, Kind)> = Vec::new();
    for (person, (customer, bought)) in customers.iter().zip(&bought).enumerate() {
        let mut add = |day: Day, kind| events.push((day, person, kind));
        if random.uniform() < WITH_ACCOUNT {
            account(random, customer, bought, &mut add);
        }
        for &day in bought {
            if random.uniform() < COMPLAINTS {
                let day = day.plus(2 + random.gamma(1.5, 0.15) as i32);
                // What is older than a month or two has been dealt with, but for a few.
                let age = CLOSING.0 - day.0;
                add(day, Kind::Complaint { open: random.uniform() < if age < 45 { 0.6 } else { 0.03 } });
            }
        }
    }
    for looker in 0..LOOKERS {
        let first = OPENING.plus(random.below((CLOSING.0 - OPENING.0 + 1) as u32) as i32);
        let mut add = |day: Day, kind| events.push((day, customers.len() + looker, kind));
        look(random, first, &mut add);
        let mut day = first;
        while random.uniform() < 0.35 {
            day = day.plus(1 + random.exponential(1.0 / 20.0) as i32);
            look(random, day, &mut add);
        }
    }
    events.retain(|(day, ..)| (OPENING..=CLOSING).contains(day));
    order::sort_by(&mut events, Ord::cmp);
    let mut text = format!("{HEADER}\n");
    for (day, person, kind) in events {
        let name = if person < customers.len() {
            orders::id(person)
        } else {
            format!("C{}", person - customers.len() + FIRST_LOOKER)
        };
        // Writing into a text can't fail.
        let _ = writeln!(text, "{day},{name},{}", kind.cells());
    }
    text
}

/// A visit, and perhaps a wish.
fn look(random: &mut Random, day: Day, add: &mut dyn FnMut(Day, Kind)) {
    add(day, Kind::Visit);
    if random.uniform() < WISHES {
        add(day, Kind::Wish);
    }
}

/// What somebody with an account does, from some days before the first purchase on.
fn account(random: &mut Random, customer: &Customer, bought: &[Day], add: &mut dyn FnMut(Day, Kind)) {
    let (Some(&first), Some(&last)) = (bought.first(), bought.last()) else { return };
    let opened = first.plus(-(random.exponential(1.0 / 12.0) as i32)).max(OPENING);
    look(random, opened, add);
    let (once, more) = VISITS_A_YEAR;
    let visits = (once + more * (bought.len() - 1) as f64).min(MOST_VISITS) * random.gamma(VISITS_SHAPE, VISITS_SHAPE);
    let reads = if customer.channel == NEWSLETTER { 2.5 } else { 1.0 };
    let until = if customer.has_left() { last } else { CLOSING };
    let interest = |day: Day| {
        let left = f64::from(until.0 - day.0);
        match customer.has_left() {
            true if left < 0.0 => FADED / 2.0,
            true => libm::pow((left / FADING_DAYS).min(1.0), 1.5).max(FADED),
            false => 1.0,
        }
    };
    for (kind, a_year) in [(Kind::Visit, visits), (Kind::Opened, OPENED_A_YEAR * reads)] {
        let mut after = 0.0;
        // Thinned by the season, as purchases are, and by what is left of the interest.
        loop {
            after += random.exponential(a_year * PEAK / YEAR_DAYS);
            let day = opened.plus(after as i32);
            if day > CLOSING {
                break;
            }
            if random.uniform() * PEAK < demand(day) * interest(day) {
                match kind {
                    Kind::Visit => look(random, day, add),
                    kind => add(day, kind),
                }
            }
        }
    }
}
