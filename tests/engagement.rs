//! How engaged customers are and how they come along: against reference results, through files, and in any order of rows.
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]

mod support {
    pub mod loaded;
}

use std::fs;

use perennial::ledger::LedgerBuilder;
use perennial::ledger::build::Row;
use perennial::math::Money;
use perennial::measures::engagement::score;
use perennial::protocol::{Reply, Request};
use perennial::report::Settings;
use perennial::report::build::{Context, analyse};
use perennial::report::engagement::{self, Engagement};
use perennial::report::journey::{self, Journey};
use perennial::report::sections::{Ask, Section};
use perennial::sample;
use serde_json::Value;
use support::loaded::{JOB, Loaded, load};

const CDNOW: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/cdnow_sample_log.csv");
const EXPECTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/expected/engagement_cdnow_sample.json");

fn section(loaded: &mut Loaded, ask: Ask) -> Section {
    loaded.ask(Request::Section { job: JOB, ask });
    match &loaded.last {
        Reply::Section { section, .. } => section.clone(),
        other => panic!("no section but {other:?}"),
    }
}

fn engagement(loaded: &mut Loaded, weights: &[(&str, u8)]) -> Engagement {
    let weights = weights.iter().map(|(key, weight)| ((*key).to_owned(), *weight)).collect();
    match section(loaded, Ask::Engagement(engagement::Ask { weights })) {
        Section::Engagement(section) => *section,
        other => panic!("{other:?}"),
    }
}

fn journey(loaded: &mut Loaded, stages: &[&str]) -> Journey {
    let stages = stages.iter().map(|stage| (*stage).to_owned()).collect();
    match section(loaded, Ask::Journey(journey::Ask { stages })) {
        Section::Journey(section) => *section,
        other => panic!("{other:?}"),
    }
}

fn cdnow() -> (Loaded, Value) {
    let mut loaded = load(&[("cdnow.csv", &fs::read(CDNOW).unwrap())], 1 << 20);
    loaded.report();
    (loaded, serde_json::from_str(&fs::read_to_string(EXPECTED).unwrap()).unwrap())
}

#[track_caller]
fn close(ours: f64, theirs: &Value) {
    let theirs = theirs.as_f64().unwrap();
    assert!((ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0), "{ours} is not {theirs}");
}

#[test]
fn the_score_and_what_came_after_it_equal_the_reference() {
    let (mut loaded, expected) = cdnow();
    let told = engagement(&mut loaded, &[]);
    assert_eq!(expected["customers"], told.customers);
    let levels: Vec<u64> = told.levels.iter().map(|level| level.customers).collect();
    assert_eq!(expected["levels"], Value::from(levels));
    let (outlook, theirs) = (told.outlook.unwrap(), &expected["outlook"]);
    assert_eq!(theirs["at"], outlook.at.to_string());
    assert_eq!((&theirs["days"], &theirs["customers"]), (&outlook.days.into(), &outlook.customers.into()));
    close(outlook.concordance.unwrap(), &theirs["concordance"]);
    let groups = theirs["groups"].as_array().unwrap();
    assert_eq!(outlook.groups.len(), groups.len());
    for (ours, theirs) in outlook.groups.iter().zip(groups) {
        assert_eq!((&theirs["customers"], &theirs["bought"]), (&ours.bought.of.into(), &ours.bought.count.into()));
        let cents = |amount: f64| (amount * ours.bought.of as f64 * 100.0).round() as i64;
        assert_eq!(theirs["since_cents"], cents(ours.since.unwrap().0));
        assert_eq!(theirs["before_cents"], cents(ours.before.unwrap().0));
    }
}

#[test]
fn each_customer_s_score_equals_the_reference() {
    let (_, expected) = cdnow();
    let mut builder = LedgerBuilder::new(Vec::new(), false);
    for record in csv::Reader::from_path(CDNOW).unwrap().records().map(Result::unwrap) {
        let (day, amount) = (record[2].parse().unwrap(), record[4].parse::<Money>().unwrap().0);
        builder.push(Row { customer: &record[0], day, second: None, amount, order: None, dimensions: &[] });
    }
    let analysis = analyse(&builder.finish(), &Settings::default(), Context::default());
    let shown = analysis.shown();
    let measured = score::measured(shown.visits, shown.start, shown.end, None);
    let scores = measured.scores(&[]);
    let theirs = expected["scores"].as_object().unwrap();
    assert!(theirs.len() > 50);
    for (place, &customer) in measured.customers.iter().enumerate() {
        if let Some(theirs) = theirs.get(shown.id(customer as usize)) {
            close(scores.score(place).unwrap(), theirs);
        }
    }
}

#[test]
fn the_journey_equals_the_reference_and_the_repeat_rate() {
    let (mut loaded, expected) = cdnow();
    let repeat = loaded.report().totals.repeat;
    let told = journey(&mut loaded, &[]);
    assert_eq!(told.whole.steps[0].so_far, repeat);
    for (at, theirs) in expected["journey"].as_array().unwrap().iter().enumerate() {
        let (reached, step) = (&told.whole.reached[at], &told.whole.steps[at]);
        assert_eq!((&theirs["people"], &theirs["went_on"]), (&reached.people.into(), &step.so_far.count.into()));
        assert_eq!(theirs["stopped"], reached.stopped);
        close(step.median_days.unwrap(), &theirs["median_days"]);
        for within in &step.within {
            close(within.share.unwrap(), &theirs["within"][within.days.to_string()]);
            assert!(within.low < within.share && within.share < within.high);
        }
        let flow = &told.whole.flow[at];
        let before = if at == 0 { reached.people } else { told.whole.flow[at - 1].on };
        assert_eq!(flow.on + flow.stopped + flow.waiting, before);
    }
}

const ORDERS: &str = "order_id,customer_id,order_date,total,channel
1,ann,2024-01-10,40.00,web
2,ann,2024-02-10,40.00,web
3,ann,2024-03-11,40.00,shop
4,ann,2024-04-10,40.00,web
5,ben,2024-03-01,25.00,shop
6,cat,2024-06-30,10.00,web
";

const EVENTS: &str = "date,customer_id,event,status
2024-01-05,ann,Visit,
2024-01-06,ann,Wish list,
2024-06-01,ann,Complaint,open
2024-02-20,ben,Visit,
2024-02-21,BEN,Visit,
2024-05-01,ben,Complaint,closed
2024-03-03,dan,Visit,
2024-03-04,dan,Wish list,
2024-07-01,ann,Visit,
";

const SURVEY: &str = "customer_id,date,nps
ann,2024-05-01,9
ann,2024-06-02,2
ben,2024-07-20,10
";

fn with_events() -> Loaded {
    let files: [(&str, &[u8]); 3] =
        [("orders.csv", ORDERS.as_bytes()), ("events.csv", EVENTS.as_bytes()), ("survey.csv", SURVEY.as_bytes())];
    let mut loaded = load(&files, 1 << 16);
    loaded.report();
    loaded
}

#[test]
fn events_and_answers_come_from_their_files() {
    let mut loaded = with_events();
    let told = engagement(&mut loaded, &[("spend", 0)]);
    let parts: Vec<_> = told.parts.iter().map(|part| (&*part.key, part.weight, part.events, part.customers)).collect();
    assert_eq!(
        parts,
        [
            ("recency", 5, None, None),
            ("frequency", 5, None, None),
            ("spend", 0, None, None),
            ("event:Visit", 5, Some(2), Some(2)),
            ("event:Complaint", 5, Some(2), Some(2)),
            ("event:Wish list", 5, Some(1), Some(1)),
        ]
    );
    let facts = told.events.unwrap();
    // BEN is not ben until it is said; dan has not ordered; the visit of July lies after the last order.
    assert_eq!((facts.events, facts.people, facts.customers, facts.after_end, facts.complaints), (8, 4, 2, 1, true));
    assert!(told.outlook.is_none() && told.decline.is_none(), "too few to judge");
    let known: Vec<_> = told.health.parts.iter().map(|part| (&*part.key, part.customers)).collect();
    // The answer of July comes after the end; ben's complaint is closed.
    assert_eq!(known, [("rhythm", 3), ("trend", 0), ("answer", 1), ("complaints", 1)]);
}

#[test]
fn a_customer_s_page_says_how_well_they_are() {
    let mut loaded = with_events();
    loaded.ask(Request::Customer { job: JOB, number: 0 });
    let Reply::Customer { detail: Some(detail), .. } = &loaded.last else { panic!("{:?}", loaded.last) };
    let health = detail.health.as_ref().unwrap();
    let rhythm = health.rhythm.unwrap();
    // Gaps of 31, 30 and 30 days; 81 days until 30 June.
    assert_eq!((rhythm.days, rhythm.usual, rhythm.own), (81, 30.0, true));
    assert!((rhythm.score - 15.0).abs() < 1e-12);
    assert_eq!((health.trend, health.answer.as_ref().unwrap().score), (None, 20.0));
    assert_eq!(health.complaints.unwrap().open, 1);
    assert!((health.score.unwrap() - 35.0 / 3.0).abs() < 1e-12);
    assert_eq!((&*health.customer, health.revenue), ("ann", Money::units(160)));
}

#[test]
fn people_without_an_order_are_on_the_way_too() {
    let mut loaded = with_events();
    let told = journey(&mut loaded, &["event:Visit", "event:Wish list", "purchase", "purchase"]);
    let people: Vec<u64> = told.whole.reached.iter().map(|reached| reached.people).collect();
    assert_eq!((told.all_people, people), (true, vec![4, 2, 1, 1]));
    // First wishes come after 1 and 0 days, first purchases after 5, 10 and 0.
    assert_eq!(told.suggested, ["event:Visit", "event:Wish list", "purchase"]);
    let known = journey(&mut loaded, &["event:Nothing"]);
    assert_eq!(known.stages, ["purchase"; 4], "what is not there is no stage");
}

#[test]
fn rows_of_events_may_come_in_any_order() {
    let sections = |events: String| {
        let files = sample::files(sample::SEED);
        let files: [(&str, &[u8]); 2] = [("orders.csv", files[0].text.as_bytes()), ("events.csv", events.as_bytes())];
        let mut loaded = load(&files, 1 << 20);
        loaded.report();
        (engagement(&mut loaded, &[]), journey(&mut loaded, &["event:Visit", "purchase"]))
    };
    let text = sample::events_csv(sample::SEED);
    let (header, rows) = text.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    rows.rotate_left(1000);
    assert_eq!(sections(text.clone()), sections(format!("{header}\n{}\n", rows.join("\n"))));
}

#[test]
fn the_sample_shop_shows_what_both_views_are_for() {
    let files = sample::files(sample::SEED);
    let files: Vec<(&str, &[u8])> = files.iter().map(|file| (file.name, file.text.as_bytes())).collect();
    let mut loaded = load(&files, 1 << 20);
    let report = loaded.report();
    let events = sample::events_csv(sample::SEED);
    assert!(events.len() < 300_000 && (7_000..8_500).contains(&events.lines().count()), "{}", events.lines().count());
    assert_eq!(events, sample::events_csv(sample::SEED));
    assert!(report.tables.iter().any(|table| table.kind == "events" && table.left_out.is_empty()));
    let told = engagement(&mut loaded, &[]);
    let outlook = told.outlook.as_ref().unwrap();
    let (low, high) = (&outlook.groups[0].bought, &outlook.groups[outlook.groups.len() - 1].bought);
    assert!(!low.within_chance_of(high) && low.rate < high.rate && outlook.concordance > Some(0.65));
    let decline = told.decline.as_ref().unwrap();
    let events = decline.series.iter().find(|series| series.key == "events").unwrap();
    assert!(events.high < 0.0, "activity falls before people leave: {events:?}");
    assert!(told.health.slipping.iter().all(|customer| customer.score < Some(50.0)));
    assert!(told.health.parts.iter().any(|part| part.key == "complaints" && part.customers > 0));
    let told = journey(&mut loaded, &[]);
    assert!(told.groups.iter().any(|group| group.role.as_deref() == Some("channel") && group.differ[0] < Some(0.01)));
    let bins: u64 = engagement(&mut loaded, &[("recency", 10)]).bins.iter().map(|bin| bin.customers).sum();
    assert_eq!(bins, report.totals.customers);
}
