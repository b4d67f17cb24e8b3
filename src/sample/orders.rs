//! What the customers buy, return and cancel, and what was mistyped at the till: the rows of the file.

use std::fmt;

use super::people::{self, Customer};
use super::shop::{self, CATEGORIES, CHANNELS, COUNTRIES};
use super::{CLOSING, FIRST_CUSTOMER, OPENING, weighted};
use crate::math::random::Random;
use crate::math::{Day, Money, Unit, order};

/// The share of orders with a second line, and of those with a third, and so on.
const ANOTHER_LINE: f64 = 0.105;

/// The share of orders of [`shop::BASKET_MEAN`] of which something comes back; twice as much of those twice as dear.
const REFUNDED: f64 = 0.019;

/// Sales at the market stall for which nobody gave a name.
const TILL_SALES: usize = 71;

/// Orders that were cancelled before they left.
const CANCELLED: usize = 22;

/// Orders from the market stall, typed in by hand, with a day that does not exist: 31 June.
const IMPOSSIBLE_DAYS: usize = 9;

/// Orders from the market stall, typed in by hand, without an amount.
const NO_AMOUNTS: usize = 3;

/// The number of the first order.
const FIRST_ORDER: usize = 100_001;

/// A row of the file. Its `Display` is the row as text.
#[derive(Clone)]
pub struct Row {
    order: usize,
    day: Day,
    customer: Option<usize>,
    cents: i64,
    cancelled: bool,
    channel: usize,
    country: usize,
    line: Line,
    slip: Option<Slip>,
}

impl Row {
    /// Who bought something, and when; nothing where it is no purchase, or can't be read as one.
    pub fn purchase(&self) -> Option<(usize, Day)> {
        let counts = self.cents > 0 && !self.cancelled && self.slip.is_none();
        self.customer.filter(|_| counts).map(|customer| (customer, self.day))
    }
}

/// The id of a customer, as it stands in every file.
pub fn id(customer: usize) -> String {
    format!("C{}", customer + FIRST_CUSTOMER)
}

/// What was mistyped in a row.
#[derive(Clone, Copy)]
enum Slip {
    ImpossibleDay,
    NoAmount,
}

/// What was bought, as places in the catalogue.
#[derive(Clone, Copy)]
struct Line {
    category: usize,
    product: usize,
}

/// The last day of June, as some people remember it; impossible in every month that [`is_short`].
const IMPOSSIBLE: i32 = 31;

impl Row {
    /// Customer, day and cents of a row that an analysis counts.
    pub fn counted(&self) -> Option<(usize, Day, i64)> {
        let counts = !self.cancelled && self.slip.is_none();
        self.customer.filter(|_| counts).map(|customer| (customer, self.day, self.cents))
    }
}

impl fmt::Display for Row {
    /// The cells of [`super::HEADER`]; none of them needs quotes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},", self.order + FIRST_ORDER)?;
        match self.slip {
            Some(Slip::ImpossibleDay) => {
                let (year, month, _) = self.day.ymd();
                write!(f, "{IMPOSSIBLE:02}/{month:02}/{year},")?;
            }
            _ => write!(f, "{},", self.day)?,
        }
        match self.customer {
            Some(customer) => write!(f, "{},", id(customer))?,
            None => f.write_str(",")?,
        }
        match self.slip {
            Some(Slip::NoAmount) => f.write_str("n/a,")?,
            _ => write!(f, "{},", Money(self.cents * 100))?,
        }
        let category = &CATEGORIES[self.line.category];
        write!(
            f,
            "EUR,{},{},{},{},{}",
            if self.cancelled { "cancelled" } else { "completed" },
            CHANNELS[self.channel].name,
            COUNTRIES[self.country].code,
            category.name,
            category.products[self.line.product].0,
        )
    }
}

/// An order, before it has a number.
struct Order {
    day: Day,
    customer: Option<usize>,
    channel: usize,
    country: usize,
    lines: Vec<(Line, i64)>,
}

/// All rows of the file, in order of date.
pub fn rows(random: &mut Random, customers: &[Customer]) -> Vec<Row> {
    let mut orders = Vec::with_capacity(customers.len() * 3);
    for (number, customer) in customers.iter().enumerate() {
        for visit in people::visits(random, customer) {
            orders.push(Order {
                day: visit.day,
                customer: Some(number),
                channel: visit.channel,
                country: customer.country,
                lines: basket(random, visit.day, customer.basket, Some(customer.favourite)),
            });
        }
    }
    for _ in 0..TILL_SALES {
        let any = OPENING.plus(random.below((CLOSING.0 - OPENING.0 + 1) as u32) as i32);
        let day = people::opening_day(any, shop::MARKET);
        let lines = basket(random, day, shop::BASKET_MEAN, None);
        orders.push(Order { day, customer: None, channel: shop::MARKET, country: shop::HOME, lines });
    }
    order::sort_by(&mut orders, |a, b| a.day.cmp(&b.day));

    let mut rows = Vec::with_capacity(orders.len() * 5 / 4);
    for (number, order) in orders.iter().enumerate() {
        let bought = rows.len();
        rows.extend(order.lines.iter().map(|&(line, cents)| Row {
            order: number,
            day: order.day,
            customer: order.customer,
            cents,
            cancelled: false,
            channel: order.channel,
            country: order.country,
            line,
            slip: None,
        }));
        let total: i64 = order.lines.iter().map(|&(_, cents)| cents).sum();
        if order.customer.is_some() && random.uniform() < REFUNDED * total as f64 / shop::BASKET_MEAN {
            let line = bought + random.below(order.lines.len() as u32) as usize;
            rows.extend(refund(random, &rows[line]));
        }
    }
    go_wrong(random, &mut rows);
    order::sort_by(&mut rows, |a, b| a.day.cmp(&b.day));
    rows
}

/// The lines of an order and what each costs, for somebody who usually spends so much.
fn basket(random: &mut Random, day: Day, usual: f64, favourite: Option<usize>) -> Vec<(Line, i64)> {
    let mut wanted = usual * random.gamma(shop::ORDER_SHAPE, shop::ORDER_SHAPE);
    let mut category = match favourite {
        Some(favourite) if random.uniform() < shop::FAVOURITE => favourite,
        _ => in_season(random, day),
    };
    let mut lines = vec![line(random, day, category, wanted)];
    while random.uniform() < ANOTHER_LINE {
        // What comes on top is smaller, and more often than not belongs to what is there already.
        wanted *= 0.6;
        category = if random.uniform() < 0.6 { CATEGORIES[category].goes_with } else { in_season(random, day) };
        lines.push(line(random, day, category, wanted));
    }
    lines
}

fn in_season(random: &mut Random, day: Day) -> usize {
    weighted(random, &CATEGORIES.each_ref().map(|category| category.months[shop::month(day)]))
}

/// As many pieces of one product as come closest to an amount in cents of the opening day.
fn line(random: &mut Random, day: Day, category: usize, wanted: f64) -> (Line, i64) {
    let products = &CATEGORIES[category].products;
    // Nobody takes the tree who wants to spend four euros.
    let affordable = products.partition_point(|&(_, cents)| cents as f64 <= wanted * 1.3).max(1);
    // The dearer of two: one apple tree is likelier than ten bags of seeds for the same money.
    let product = (0..2).map(|_| random.below(affordable as u32)).max().unwrap_or(0) as usize;
    let first = products[product].1;
    let pieces = libm::round(wanted / first as f64).max(1.0) as i64;
    (Line { category, product }, pieces * shop::price(first, day))
}

/// The row with which a row's money goes back, some days or weeks later: all of it or a part. Nothing where that is
/// after the file was written.
fn refund(random: &mut Random, bought: &Row) -> Option<Row> {
    let day = bought.day.plus(3 + random.gamma(2.0, 0.2) as i32);
    let cents = match random.uniform() {
        u if u < 0.6 => bought.cents,
        u if u < 0.8 => bought.cents / 20 * 10,
        _ => bought.cents / 40 * 10,
    };
    (day <= CLOSING).then(|| Row { day, cents: -cents, ..bought.clone() })
}

/// Cancels some orders and mistypes some others; only such as are a single row, so that nothing stays of them.
fn go_wrong(random: &mut Random, rows: &mut [Row]) {
    let single = |row: usize| {
        let same = |other: Option<&Row>| other.is_some_and(|other| other.order == rows[row].order);
        !same(row.checked_sub(1).and_then(|before| rows.get(before))) && !same(rows.get(row + 1))
    };
    let named: Vec<usize> = (0..rows.len()).filter(|&row| rows[row].customer.is_some() && single(row)).collect();
    let (stall, elsewhere): (Vec<usize>, Vec<usize>) =
        named.into_iter().partition(|&row| rows[row].channel == shop::MARKET);
    let (short, long): (Vec<usize>, Vec<usize>) = stall.into_iter().partition(|&row| is_short(rows[row].day));
    for row in some(random, elsewhere, CANCELLED) {
        rows[row].cancelled = true;
    }
    for row in some(random, short, IMPOSSIBLE_DAYS) {
        rows[row].slip = Some(Slip::ImpossibleDay);
    }
    for row in some(random, long, NO_AMOUNTS) {
        rows[row].slip = Some(Slip::NoAmount);
    }
}

/// Whether a day's month has no 31st.
fn is_short(day: Day) -> bool {
    Unit::Month.end(Unit::Month.of(day)).ymd().2 < IMPOSSIBLE
}

/// So many of the rows, each as likely as any other: the first steps of a Fisher and Yates shuffle.
fn some(random: &mut Random, mut rows: Vec<usize>, count: usize) -> Vec<usize> {
    let count = count.min(rows.len());
    for place in 0..count {
        let other = place + random.below((rows.len() - place) as u32) as usize;
        rows.swap(place, other);
    }
    rows.truncate(count);
    rows
}
