//! The sample shop looks like a shop: every figure that a view rests on lies where a real one's would.
//!
//! The bands are wide enough for a change of a parameter, and narrow enough to notice one that empties a view.

use std::collections::{BTreeMap, BTreeSet};

use perennial::math::{Day, Money, Unit, order};
use perennial::sample;

/// A row that an analysis can use.
struct Row {
    order: String,
    day: Day,
    customer: String,
    cents: i64,
    channel: String,
    category: String,
}

/// A purchase: the rows of one order number.
struct Purchase {
    day: Day,
    customer: String,
    cents: i64,
    channel: String,
}

fn records(seed: u64) -> Vec<csv::StringRecord> {
    // The reader is strict: a record with another number of cells than the header is an error.
    let text = sample::orders_csv(seed);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>().join(","), sample::HEADER);
    reader.records().collect::<Result<_, _>>().unwrap()
}

fn cents(cell: &str) -> Option<i64> {
    let amount: Money = cell.parse().ok()?;
    assert_eq!(amount.0 % 100, 0, "{cell} has more than two decimals");
    Some(amount.0 / 100)
}

fn usable(seed: u64) -> Vec<Row> {
    let row = |record: &csv::StringRecord| {
        (!record[2].is_empty() && &record[5] != "cancelled").then_some(())?;
        Some(Row {
            order: record[0].to_owned(),
            day: record[1].parse().ok()?,
            customer: record[2].to_owned(),
            cents: cents(&record[3])?,
            channel: record[6].to_owned(),
            category: record[8].to_owned(),
        })
    };
    records(seed).iter().filter_map(row).collect()
}

/// The purchases by day: the file is in order of date, so an order's first row is the one that it was placed on.
fn purchases(rows: &[Row]) -> Vec<Purchase> {
    let mut orders: BTreeMap<&str, Purchase> = BTreeMap::new();
    for row in rows {
        let order = orders.entry(&row.order).or_insert_with(|| Purchase {
            day: row.day,
            customer: row.customer.clone(),
            cents: 0,
            channel: row.channel.clone(),
        });
        assert_eq!(order.customer, row.customer, "order {} has two customers", row.order);
        order.cents += row.cents;
    }
    orders.into_values().filter(|purchase| purchase.cents >= 0).collect()
}

/// Which of the three business years a day falls into.
fn year(day: Day) -> usize {
    let opening: Day = "2023-10-01".parse().unwrap();
    ((Unit::Month.of(day) - Unit::Month.of(opening)) / 12) as usize
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[track_caller]
fn within(what: &str, value: f64, low: f64, high: f64) {
    assert!((low..=high).contains(&value), "{what}: {value} is not within {low} and {high}");
}

#[test]
fn the_text_is_a_function_of_the_seed() {
    let text = sample::orders_csv(sample::SEED);
    assert_eq!(text, sample::orders_csv(sample::SEED));
    assert_ne!(text, sample::orders_csv(sample::SEED + 1));
    // FNV-1a, 64 bits: pinned, so that a change of the sample is a decision and not an accident.
    let sum = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    assert_eq!(format!("{sum:016x}"), "27875fa9afb2b367");
}

#[test]
fn every_seed_gives_a_whole_file() {
    for seed in [0, 1, sample::SEED, u64::MAX] {
        let rows = records(seed);
        let count = |f: &dyn Fn(&csv::StringRecord) -> bool| rows.iter().filter(|row| f(row)).count();
        let days: Vec<Day> = rows.iter().filter_map(|row| row[1].parse().ok()).collect();
        assert!(days.is_sorted());
        assert_eq!(days.last().unwrap().to_string(), "2026-09-30");
        assert!(days[0].to_string().starts_with("2023-10-"));

        assert_eq!(count(&|row| &row[5] == "cancelled"), 22);
        assert_eq!(count(&|row| row[1].parse::<Day>().is_err() && row[1].starts_with("31/")), 9);
        assert_eq!(rows.len() - days.len(), 9);
        assert_eq!(count(&|row| &row[3] == "n/a"), 3);
        assert_eq!(count(&|row| cents(&row[3]).is_none()), 3);
        assert_eq!(count(&|row| cents(&row[3]) == Some(0)), 0);

        let till: BTreeSet<&str> = rows.iter().filter(|row| row[2].is_empty()).map(|row| &row[0]).collect();
        assert_eq!(till.len(), 71);
        assert!(rows.iter().all(|row| !row[2].is_empty() || &row[6] == "Market stall"));
        assert!(rows.iter().all(|row| &row[4] == "EUR"));
    }
}

#[test]
fn no_date_that_is_meant_to_be_broken_can_be_read() {
    for row in records(sample::SEED).iter().filter(|row| row[1].contains('/')) {
        let parts: Vec<i32> = row[1].split('/').map(|part| part.parse().unwrap()).collect();
        assert_eq!(Day::from_ymd(parts[2], parts[1], parts[0]), None, "{}", &row[1]);
    }
}

#[test]
fn the_shop_has_the_size_that_was_asked_for() {
    let rows = usable(sample::SEED);
    let purchases = purchases(&rows);
    let customers: BTreeSet<&str> = rows.iter().map(|row| &*row.customer).collect();
    let refunds: Vec<i64> = rows.iter().map(|row| row.cents).filter(|&cents| cents < 0).collect();
    let revenue = rows.iter().map(|row| row.cents).sum::<i64>() as f64 / 100.0;

    within("rows", rows.len() as f64, 8_200.0, 9_000.0);
    within("customers", customers.len() as f64, 3_000.0, 3_100.0);
    within("purchases", purchases.len() as f64, 7_300.0, 7_700.0);
    within("revenue", revenue, 255_000.0, 275_000.0);
    within("average order", revenue / purchases.len() as f64, 33.0, 37.0);
    within("refunds among purchases", share(refunds.len(), purchases.len()), 0.018, 0.026);
    within("money given back", -refunds.iter().sum::<i64>() as f64 / 100.0, 6_000.0, 10_000.0);

    let mut lines: BTreeMap<&str, u32> = BTreeMap::new();
    rows.iter().filter(|row| row.cents > 0).for_each(|row| *lines.entry(&row.order).or_default() += 1);
    let several = lines.values().filter(|&&lines| lines > 1).count();
    within("purchases of several lines", share(several, purchases.len()), 0.09, 0.13);
}

#[test]
fn refunds_come_later_and_never_exceed_what_was_paid() {
    let rows = usable(sample::SEED);
    let mut paid: BTreeMap<&str, (Day, i64)> = BTreeMap::new();
    for row in &rows {
        let (day, balance) = paid.entry(&row.order).or_insert((row.day, 0));
        assert_eq!(row.cents < 0, row.day > *day, "order {}", row.order);
        *balance += row.cents;
    }
    assert!(paid.values().all(|&(_, balance)| balance >= 0));
}

#[test]
fn customers_return_as_those_of_a_real_shop_do() {
    let rows = usable(sample::SEED);
    let purchases = purchases(&rows);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut last: BTreeMap<&str, Day> = BTreeMap::new();
    let mut years = [const { BTreeSet::new() }; 3];
    for purchase in &purchases {
        let customer = &*purchase.customer;
        *counts.entry(customer).or_default() += 1;
        let latest = last.entry(customer).or_insert(purchase.day);
        *latest = purchase.day.max(*latest);
        years[year(purchase.day)].insert(customer);
    }
    let repeat = counts.values().filter(|&&count| count >= 2).count();
    within("bought at least twice", share(repeat, counts.len()), 0.42, 0.48);
    for pair in years.windows(2) {
        within("kept for a year", share(pair[0].intersection(&pair[1]).count(), pair[0].len()), 0.36, 0.45);
    }
    // Former regulars: four purchases or more, none for a year.
    let quiet = counts.iter().filter(|&(id, &count)| count >= 4 && last[id].plus_months(12) < rows[rows.len() - 1].day);
    within("regulars gone quiet", quiet.count() as f64, 80.0, 250.0);

    let mut spent: BTreeMap<&str, i64> = BTreeMap::new();
    rows.iter().for_each(|row| *spent.entry(&row.customer).or_default() += row.cents);
    let mut spent: Vec<i64> = spent.into_values().collect();
    order::sort_by(&mut spent, |a, b| b.cmp(a));
    let top: i64 = spent[..spent.len().div_ceil(10)].iter().sum();
    within("share of the top 10 %", top as f64 / spent.iter().sum::<i64>() as f64, 0.38, 0.45);
}

#[test]
fn the_shop_grows_from_year_to_year() {
    let mut revenue = [0i64; 3];
    usable(sample::SEED).iter().for_each(|row| revenue[year(row.day)] += row.cents);
    within("second year against the first", revenue[1] as f64 / revenue[0] as f64, 1.5, 2.0);
    within("third year against the second", revenue[2] as f64 / revenue[1] as f64, 1.3, 1.6);
}

#[test]
fn december_and_spring_stand_out() {
    let rows = usable(sample::SEED);
    let mut months = [[0i64; 12]; 3];
    let mut categories: BTreeMap<&str, [i64; 12]> = BTreeMap::new();
    for row in &rows {
        let month = (row.day.ymd().1 - 1) as usize;
        months[year(row.day)][month] += row.cents;
        categories.entry(&row.category).or_default()[month] += row.cents;
    }
    for (number, months) in months.iter().enumerate() {
        let december = months[11] as f64 / (months.iter().sum::<i64>() as f64 / 12.0);
        within("December against the average month", december, 1.25, 1.9);
        assert!(months[9] < months[11] && months[10] < months[11] && months[0] < months[11], "year {number}");
    }
    let spring = |name: &str| {
        let months = categories[name];
        months[2..5].iter().sum::<i64>() as f64 / months.iter().sum::<i64>() as f64
    };
    within("seeds in spring", spring("Seeds"), 0.36, 0.55);
    within("plants in spring", spring("Plants"), 0.36, 0.55);
    within("gifts in spring", spring("Gifts"), 0.05, 0.25);
    let gifts = categories["Gifts"];
    assert_eq!(gifts.iter().max(), Some(&gifts[11]));
    assert_eq!(categories.len(), 6);
}

#[test]
fn channels_bring_different_customers() {
    let purchases = purchases(&usable(sample::SEED));
    // Channel of the first purchase, and number of purchases, of each customer.
    let mut customers: BTreeMap<&str, (Day, &str, usize)> = BTreeMap::new();
    for purchase in &purchases {
        let entry = customers.entry(&purchase.customer).or_insert((purchase.day, &purchase.channel, 0));
        if purchase.day < entry.0 {
            (entry.0, entry.1) = (purchase.day, &purchase.channel);
        }
        entry.2 += 1;
    }
    let mut channels: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for &(_, channel, count) in customers.values() {
        let (won, bought) = channels.entry(channel).or_default();
        *won += 1;
        *bought += count;
    }
    assert_eq!(channels.len(), 5);
    let each = |name: &str| share(channels[name].1, channels[name].0);
    within("a social-ads customer's purchases", each("Social ads"), 1.4, 1.9);
    within("a search-ads customer's purchases", each("Search ads"), 2.0, 2.6);
    within("a word-of-mouth customer's purchases", each("Word of mouth"), 2.7, 3.5);
    within("a newsletter customer's purchases", each("Newsletter"), 3.0, 4.2);
}

#[test]
fn the_costs_follow_the_year_and_are_a_function_of_the_seed() {
    let text = sample::costs::csv(sample::SEED);
    assert_eq!(text, sample::costs::csv(sample::SEED));
    assert_ne!(text, sample::costs::csv(sample::SEED + 1));
    assert!(text.len() < 20_000, "{} bytes", text.len());
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>().join(","), sample::costs::HEADER);
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    let months: BTreeSet<&str> = rows.iter().map(|row| &row[0]).collect();
    assert_eq!((months.len(), months.first(), months.last()), (36, Some(&"2023-10-01"), Some(&"2026-09-01")));
    let sum = |channel: &str, year: &str| -> f64 {
        let of = rows.iter().filter(|row| &row[1] == channel && row[0].starts_with(year));
        of.map(|row| cents(&row[4]).unwrap() as f64 / 100.0).sum()
    };
    within("social ads, 2024 to 2025", sum("Social ads", "2025") / sum("Social ads", "2024"), 1.3, 1.8);
    within("overhead of a year", sum("", "2025"), 1_700.0, 2_300.0);
    within("market stall of a year", sum("Market stall", "2025"), 2_500.0, 3_800.0);
    assert_eq!(sum("Word of mouth", "2"), 0.0);
    assert!(rows.iter().all(|row| cents(&row[4]).unwrap() > 0));
    assert!(rows.iter().all(|row| (&row[3] == "overhead") == row[1].is_empty()));
}
