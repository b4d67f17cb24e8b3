//! What the customers of the shop say: a question after an order, and two after a word with support.
//!
//! The orders are there already, so nothing that is said here can change what is bought. It is the other way round: an order
//! after which a customer stays away has more often gone wrong, so that the unhappy are those who buy less afterwards.

use rustc_hash::FxHashMap;

use super::{CLOSING, File, weighted};
use crate::math::Day;
use crate::math::random::Random;

/// The streams of random numbers of both files are other ones than that of the orders.
const STREAM: u64 = 0x5A71_5F1E;

/// Customers are asked from this day on: 2024-10-01.
const ASKED_SINCE: Day = Day(19_997);

/// The share of orders after which the question is answered; nobody is asked at the market stall.
const ANSWERED: f64 = 0.2;

/// The share of answers with a comment, and of unhappy ones.
const COMMENTED: f64 = 0.5;
const UNHAPPY_COMMENTED: f64 = 0.85;

/// The share of orders after which somebody writes to support, and of those after which something went wrong.
const SUPPORT: f64 = 0.03;
const SUPPORT_AFTER_TROUBLE: f64 = 0.45;

/// Days without another order after which a customer has stayed away.
const AWAY: i32 = 240;

/// How often something goes wrong: with an order in general, times so much where the customer comes back, and where not.
const TROUBLE: f64 = 0.13;
const BACK: f64 = 0.5;
const GONE: f64 = 1.9;

/// What goes wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Late,
    Broken,
    Dead,
    Price,
}

/// An order as the question is sent after it.
struct Order<'a> {
    customer: &'a str,
    day: Day,
    category: &'a str,
    comes_back: bool,
}

/// Both files, from the text of the orders.
pub fn files(orders: &str, seed: u64) -> [File; 2] {
    let orders = asked(orders);
    let random = &mut Random::new(seed ^ STREAM);
    let mut survey = "customer_id,date,nps,comment\n".to_owned();
    let mut support = "customer_id,date,touchpoint,csat,ces\n".to_owned();
    for order in &orders {
        let trouble = trouble(random, order);
        if random.uniform() < if trouble.is_some() { ANSWERED * 1.5 } else { ANSWERED } {
            answer(random, order, trouble, &mut survey);
        }
        if random.uniform() < if trouble.is_some() { SUPPORT_AFTER_TROUBLE } else { SUPPORT } {
            talk(random, order, trouble, &mut support);
        }
    }
    [File { name: "sample-shop-survey.csv", text: survey }, File { name: "sample-shop-support.csv", text: support }]
}

/// The first line of each order since customers are asked, in order of date; none of the market stall, and none that can't
/// be read.
fn asked(orders: &str) -> Vec<Order<'_>> {
    let mut found: Vec<(&str, Order<'_>)> = Vec::new();
    for row in orders.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let [order, day, customer, amount, _, status, channel, _, category, _] = cells[..] else { continue };
        let is_sale =
            status == "completed" && !amount.starts_with('-') && channel != "Market stall" && !customer.is_empty();
        let (Ok(day), true) = (day.parse(), is_sale) else { continue };
        if found.last().is_some_and(|(last, _)| *last == order) {
            continue;
        }
        found.push((order, Order { customer, day, category, comes_back: false }));
    }
    let days: Vec<(&str, Day)> = found.iter().map(|(_, order)| (order.customer, order.day)).collect();
    let mut next: FxHashMap<&str, Day> = FxHashMap::default();
    for ((_, order), (customer, day)) in found.iter_mut().zip(days).rev() {
        let later = next.insert(customer, day);
        // Of the last months nobody knows yet.
        order.comes_back = later.is_some_and(|later| later.0 - day.0 <= AWAY) || day.0 + AWAY > CLOSING.0;
    }
    found.into_iter().map(|(_, order)| order).filter(|order| order.day >= ASKED_SINCE).collect()
}

/// What went wrong with an order, if anything did: late more often in December, broken where there are pots, dead where
/// there are plants.
fn trouble(random: &mut Random, order: &Order<'_>) -> Option<Trouble> {
    let often = TROUBLE * if order.comes_back { BACK } else { GONE };
    if random.uniform() >= often {
        return None;
    }
    let december = if order.day.ymd().1 == 12 { 3.0 } else { 1.0 };
    let broken = if order.category == "Pots" { 4.0 } else { 0.3 };
    let dead = if matches!(order.category, "Plants" | "Bulbs") { 1.5 } else { 0.1 };
    let all = [Trouble::Late, Trouble::Broken, Trouble::Dead, Trouble::Price];
    Some(all[weighted(random, &[1.2 * december, broken, dead, 0.35])])
}

/// A number rounded and kept within a scale.
fn on_scale(value: f64, least: i64, most: i64) -> i64 {
    (libm::round(value) as i64).clamp(least, most)
}

fn answer(random: &mut Random, order: &Order<'_>, trouble: Option<Trouble>, text: &mut String) {
    let day = order.day.plus(5 + random.gamma(1.5, 0.3) as i32).min(CLOSING);
    let score = match trouble {
        Some(Trouble::Price) => on_scale(6.0 + 1.5 * random.normal(), 0, 10),
        Some(_) => on_scale(3.6 + 2.0 * random.normal(), 0, 10),
        None => on_scale(9.0 + 1.5 * random.normal(), 0, 10),
    };
    let comment = match trouble {
        Some(trouble) if random.uniform() < UNHAPPY_COMMENTED => complaint(random, trouble),
        None if random.uniform() < COMMENTED => praise(random, order, score),
        _ => String::new(),
    };
    // Whoever types an answer by hand sometimes types another one.
    let typed = if random.uniform() < 0.003 { score + 11 } else { score };
    line(text, &[order.customer, &day.to_string(), &typed.to_string(), &comment]);
}

fn talk(random: &mut Random, order: &Order<'_>, trouble: Option<Trouble>, text: &mut String) {
    let day = order.day.plus(4 + random.gamma(2.0, 0.25) as i32).min(CLOSING);
    let touchpoint = weighted(random, &[0.55, 0.2, 0.25]);
    // The telephone is quick, mail takes days.
    let ease = [-0.5, 0.5, 0.1][touchpoint] - if trouble.is_some() { 0.6 } else { 0.0 };
    let csat = on_scale(4.2 + ease + random.normal(), 1, 5).to_string();
    let ces = on_scale(2.9 - 1.1 * ease + 1.2 * random.normal(), 1, 7).to_string();
    // Some answer one question only.
    let (csat, ces) = match random.uniform() {
        u if u < 0.08 => (String::new(), ces),
        u if u < 0.2 => (csat, String::new()),
        _ => (csat, ces),
    };
    line(text, &[order.customer, &day.to_string(), ["Email", "Phone", "Chat"][touchpoint], &csat, &ces]);
}

/// A line of the file; a comment with a comma stands in quotes.
fn line(text: &mut String, cells: &[&str]) {
    for (place, cell) in cells.iter().enumerate() {
        let comma = if place > 0 { "," } else { "" };
        let quote = if cell.contains(',') { "\"" } else { "" };
        [comma, quote, cell, quote].into_iter().for_each(|part| text.push_str(part));
    }
    text.push('\n');
}

fn any<'a>(random: &mut Random, of: &[&'a str]) -> &'a str {
    of[random.below(of.len() as u32) as usize]
}

fn complaint(random: &mut Random, trouble: Trouble) -> String {
    let (what, then): (&[&str], &[&str]) = match trouble {
        Trouble::Late => (
            &[
                "The delivery was far too late",
                "Late delivery, and nobody told me",
                "My parcel arrived a week late",
                "Delivery took ages",
                "I waited eleven days for the parcel",
                "Another late delivery",
            ],
            &[
                "It was meant as a gift.",
                "I had to ask twice where it was.",
                "The tracking said nothing.",
                "I am disappointed.",
                "By then the weekend for planting was over.",
                "",
            ],
        ),
        Trouble::Broken => (
            &[
                "Two of the pots came broken",
                "Broken pots again",
                "The pot was broken when I opened the box",
                "One pot was in pieces",
                "The box was damaged and the pots broken",
            ],
            &[
                "There was hardly any padding.",
                "Please pack them better.",
                "I had to send pictures before anyone believed me.",
                "A pity, they were beautiful.",
                "",
            ],
        ),
        Trouble::Dead => (
            &[
                "Half of the plants were dead",
                "The bulbs were soft and rotten",
                "Dead plants in the box",
                "The plants were dry and did not recover",
            ],
            &["I expected better.", "Nobody answered my mail.", "They had no roots to speak of.", ""],
        ),
        Trouble::Price => (
            &["Shipping costs are too high", "A bit expensive", "The shipping cost more than the seeds"],
            &["Otherwise fine.", "I will look elsewhere next time.", ""],
        ),
    };
    sentence(any(random, what), any(random, then))
}

fn praise(random: &mut Random, order: &Order<'_>, score: i64) -> String {
    if score < 8 {
        let fair =
            ["All right so far", "It was okay", "As ordered", "Fine, but the website is slow", "Good, not great"];
        return sentence(any(random, &fair), any(random, &["Nothing special.", ""]));
    }
    let goods: &[&str] = match order.category {
        "Plants" | "Bulbs" => &["Healthy plants", "The plants are lovely and strong", "Strong roots, lovely colours"],
        "Seeds" => &["Every seed came up", "Great seeds", "A lovely choice of old varieties"],
        _ => &["Beautiful things", "Good quality", "Exactly as in the pictures"],
    };
    let service = [
        "Quick and well packed.",
        "Well packed, thank you.",
        "Friendly advice on the phone.",
        "I love your newsletter with the planting tips.",
        "Will order again.",
        "The handwritten card made my day.",
        "",
    ];
    sentence(any(random, goods), any(random, &service))
}

fn sentence(first: &str, second: &str) -> String {
    match second {
        "" => first.to_owned(),
        _ => [first, second].join(". "),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{SEED, orders_csv};
    use super::*;

    #[test]
    fn both_files_are_of_the_customers_of_the_orders_and_stay_small() {
        let orders = orders_csv(SEED);
        let [survey, support] = files(&orders, SEED);
        for (file, least) in [(&survey, 800), (&support, 250)] {
            let rows: Vec<&str> = file.text.lines().skip(1).collect();
            assert!(rows.len() >= least && file.text.len() < 150_000, "{}: {}", file.name, rows.len());
            for row in rows {
                let mut cells = row.split(',');
                let customer = cells.next().unwrap_or_default();
                assert!(orders.contains(&format!(",{customer},")), "{row}");
                let day: Day = cells.next().unwrap_or_default().parse().expect("a day");
                assert!(day >= ASKED_SINCE && day <= CLOSING, "{row}");
            }
        }
        assert_eq!(files(&orders, SEED)[0].text, survey.text, "the same in every run");
    }
}
