//! What the sample shop keeps beside its orders: files that fit them, in which the views find what was put in.

use std::collections::BTreeMap;

use perennial::engine::Engine;
use perennial::math::Day;
use perennial::protocol::{Reply, Request};
use perennial::report::sections::{Ask, Section};
use perennial::sample;

/// The records of one of the sample's files, each by the names of its columns.
fn records(name: &str) -> Vec<BTreeMap<String, String>> {
    let files = sample::files(sample::SEED);
    let file = files.iter().find(|file| file.name.contains(name)).unwrap();
    csv::Reader::from_reader(file.text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// The day of each customer's first order.
fn joined() -> BTreeMap<String, Day> {
    let mut first: BTreeMap<String, Day> = BTreeMap::new();
    for row in records("orders").iter().filter(|row| !row["customer_id"].is_empty()) {
        let Ok(day) = row["order_date"].parse::<Day>() else { continue };
        let known = first.entry(row["customer_id"].clone()).or_insert(day);
        *known = day.min(*known);
    }
    first
}

fn section(ask: Ask) -> Section {
    let mut engine = Engine::new();
    let replies = engine.handle(Request::Sample { job: 1 });
    assert!(matches!(replies.last(), Some(Reply::Report { .. })), "{replies:?}");
    match engine.handle(Request::Section { job: 1, ask }).pop() {
        Some(Reply::Section { section, .. }) => section,
        other => panic!("no section but {other:?}"),
    }
}

#[test]
fn files_are_small_and_functions_of_the_seed() {
    let (files, again) = (sample::files(sample::SEED), sample::files(sample::SEED));
    for (file, again) in files.iter().zip(&again).filter(|(file, _)| file.name != sample::FILE_NAME) {
        assert_eq!(file.text, again.text);
        assert!((1_000..300_000).contains(&file.text.len()), "{}: {} bytes", file.name, file.text.len());
    }
    for seed in [0, 1, u64::MAX] {
        assert!(sample::files(seed).iter().all(|file| file.text.lines().count() > 100));
    }
}

#[test]
fn boxes_are_sent_to_customers_of_the_shop() {
    let joined = joined();
    let rows = records("subscriptions");
    assert!((400..700).contains(&rows.len()), "{}", rows.len());
    for row in &rows {
        let start: Day = row["start_date"].parse().unwrap();
        // Nine orders carry a day that does not exist; the customer may have joined on one of them.
        assert!(
            joined.get(&row["customer_id"]).is_some_and(|day| *day <= start)
                || !joined.contains_key(&row["customer_id"])
        );
        assert!(row["end_date"].is_empty() || row["end_date"].parse::<Day>().unwrap() > start);
        assert_eq!(row["is_trial"] == "yes", row["amount"] == "0.00", "{row:?}");
    }
    let Section::Subscriptions(told) = section(Ask::Subscriptions(Default::default())) else {
        panic!("another section")
    };
    assert_eq!((told.contracts as usize, told.left_out.len(), told.mrr.len()), (rows.len(), 0, 31));
    let share = |plan: &str| {
        let group = told.lifetimes.plans.iter().find(|group| group.group == plan).unwrap();
        group.survival.iter().find(|point| point.month == 12).unwrap().share
    };
    assert!(share("Seed box") < share("Garden box") && share("Garden box") < share("Harvest box"));
    assert!(told.lifetimes.plans_test.unwrap().p < 0.05);
    let trials = told.trials.unwrap();
    assert!(trials.converted.of > 100 && (0.55..0.75).contains(&trials.converted.rate.unwrap()), "{trials:?}");
    let back: i64 = told.mrr.iter().map(|month| month.reactivated.0).sum();
    assert!(back > 0, "some pause over the winter and come back");
}

#[test]
fn friends_were_there_before_those_whom_they_sent() {
    let joined = joined();
    let rows = records("customers");
    let known =
        |row: &BTreeMap<String, String>| Some((*joined.get(&row["referred_by"])?, *joined.get(&row["customer_id"])?));
    let days: Vec<(Day, Day)> = rows.iter().filter_map(known).collect();
    // A first order on a day that does not exist makes its customer seem to have come later.
    let late = days.iter().filter(|(by, own)| by >= own).count();
    assert!(days.len() > 400 && late <= 9, "{late} of {}", days.len());
    let Section::Referrals(told) = section(Ask::Referrals(Default::default())) else { panic!("another section") };
    assert!(told.told && told.themselves == 0 && told.in_circles == 0);
    assert!((400..700).contains(&told.brought.customers), "{}", told.brought.customers);
    assert!(told.brought.repeat.rate > told.others.repeat.rate);
    assert!(!told.brought.repeat.within_chance_of(&told.others.repeat));
    assert!(told.beyond.count > 20 && told.chain.len() > 2, "{:?}", told.chain);
}
