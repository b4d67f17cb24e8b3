//! Tests and drivers from files to sections, through the engine.
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]

#[path = "support/loaded.rs"]
mod loaded;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use loaded::{JOB, Loaded, load};
use perennial::math::random::Random;
use perennial::math::stats::Share;
use perennial::protocol::{Reply, Request};
use perennial::report::drivers::{Drivers, LevelName, Outcome, Unused};
use perennial::report::experiments::{Experiment, Measure, Verdict};
use perennial::report::sections::{Ask, Section};
use perennial::report::{drivers, experiments};
use perennial::sample;

fn files(files: &[(&str, &str)]) -> Loaded {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let mut loaded = load(&files, 1 << 20);
    loaded.report();
    loaded
}

fn tests_of(loaded: &mut Loaded) -> Vec<Experiment> {
    loaded.ask(Request::Section { job: JOB, ask: Ask::Experiments(experiments::Ask::default()) });
    match &loaded.last {
        Reply::Section { section: Section::Experiments(found), .. } => found.tests.clone(),
        other => panic!("no tests but {other:?}"),
    }
}

fn drivers_of(loaded: &mut Loaded, outcome: Outcome, left_out: &[&str]) -> Drivers {
    let left_out = left_out.iter().map(|key| (*key).to_owned()).collect();
    loaded.ask(Request::Section { job: JOB, ask: Ask::Drivers(drivers::Ask { outcome, left_out }) });
    match &loaded.last {
        Reply::Section { section: Section::Drivers(found), .. } => (**found).clone(),
        other => panic!("no drivers but {other:?}"),
    }
}

fn sample_shop() -> Loaded {
    let all = sample::files(sample::SEED);
    let all: Vec<(&str, &str)> = all.iter().map(|file| (file.name, &*file.text)).collect();
    files(&all)
}

/// The churn data as a test of paperless bills: its rates and its interval are those of the reference.
#[test]
fn a_file_alone_is_a_test() {
    let place: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "shared", "oracle"].iter().collect();
    let (Ok(data), Ok(expected)) = (
        std::fs::read_to_string(place.join("data/telco_churn.csv")),
        std::fs::read_to_string(place.join("expected/models_and_tests.json")),
    ) else {
        let _ = writeln!(std::io::stderr(), "skipped: there is no ../shared/oracle beside the checkout");
        return;
    };
    let expected: serde_json::Value = serde_json::from_str(&expected).unwrap();
    let mut text = "customer_id,variant,converted,revenue\n".to_owned();
    for record in csv::Reader::from_reader(data.as_bytes()).deserialize() {
        let row: std::collections::BTreeMap<String, String> = record.unwrap();
        let _ = writeln!(
            text,
            "{},{},{},{}",
            row["customerID"], row["Churn"], row["PaperlessBilling"], row["MonthlyCharges"]
        );
        // Twice in the file is once in the test.
        if row["customerID"].starts_with('1') {
            let _ = writeln!(text, "{},{},{},0", row["customerID"], row["Churn"], row["PaperlessBilling"]);
        }
    }
    let mut loaded = files(&[("telco.csv", &text)]);
    let tests = tests_of(&mut loaded);
    assert_eq!(tests.len(), 2);
    assert_eq!((tests[0].units, tests[0].measure, tests[0].by_customer), (7043, Measure::Rate, true));
    assert!(tests[0].rows > tests[0].units);
    // 5,174 kept and 1,869 lost are no even split.
    assert_eq!(tests[0].variants[1].against.unwrap().verdict, Verdict::Untrusted);
    let case = &expected["welch_monthly_charges_churned_vs_kept"];
    let against = tests[1].variants[1].against.unwrap();
    let close = |ours: f64, theirs: &serde_json::Value| {
        let theirs = theirs.as_f64().unwrap();
        assert!((ours - theirs).abs() <= 1e-10 * theirs.abs(), "{ours} is not {theirs}");
    };
    close(against.difference, &case["mean_diff"]);
    close(against.low, &case["ci95"][0]);
    close(against.high, &case["ci95"][1]);
    close(against.p, &case["p_two_sided"]);
}

#[test]
fn the_sample_has_a_test_that_helped_and_one_that_did_not() {
    let tests = tests_of(&mut sample_shop());
    let told: Vec<_> = tests.iter().map(|test| (&*test.name, test.measure)).collect();
    let (banner, name) = ("Free delivery banner", "Name in the subject");
    assert_eq!(
        told,
        [(banner, Measure::Rate), (banner, Measure::Money), (name, Measure::Rate), (name, Measure::Money)]
    );
    let verdicts = [0, 2].map(|at| tests[at].variants[1].against.unwrap().verdict);
    assert_eq!(verdicts, [Verdict::Better, Verdict::Unclear]);
    assert!(tests.iter().all(|test| !test.split.unwrap().is_off && test.variants[0].name == "Control"));
    assert!((0.2..0.8).contains(&tests[0].variants[1].against.unwrap().lift.unwrap()));
}

/// What the file of tests says came of a letter is what the orders say: who bought in the 30 days from its day on.
#[test]
fn the_tests_of_the_sample_agree_with_its_orders() {
    let all = sample::files(sample::SEED);
    let text = &all.iter().find(|file| file.name.contains("tests")).unwrap().text;
    assert!(text.len() < 300_000);
    // Without what came of it, the engine takes that from the orders.
    let bare: String =
        text.lines().map(|line| line.rsplitn(3, ',').last().unwrap()).map(|line| format!("{line}\n")).collect();
    let by_orders = tests_of(&mut files(&[(all[0].name, &all[0].text), ("bare.csv", &bare)]));
    let by_file = tests_of(&mut sample_shop());
    for (a, b) in [(0, 0), (1, 1), (2, 2), (3, 3)] {
        let figures =
            |test: &Experiment| test.variants.iter().map(|side| (side.units, side.rate, side.mean)).collect::<Vec<_>>();
        assert_eq!(figures(&by_file[a]), figures(&by_orders[b]), "{}", by_file[a].name);
    }
}

#[test]
fn the_sample_tells_the_newsletter_from_the_ads() {
    let mut loaded = sample_shop();
    let found = drivers_of(&mut loaded, Outcome::Revenue, &[]);
    let channel = found.features.iter().position(|feature| feature.key == "column:channel").unwrap();
    assert_eq!(found.features[channel].levels[0].name, LevelName::Value("Search ads".to_owned()));
    let model = found.model.as_ref().unwrap();
    let of = |found: &Drivers, name: &str| {
        let is = |effect: &&drivers::Effect| {
            effect.feature == channel
                && found.features[channel].levels[effect.level.unwrap()].name == LevelName::Value(name.to_owned())
        };
        found.model.as_ref().unwrap().effects.iter().find(is).unwrap().clone()
    };
    assert!(of(&found, "Newsletter").is_clear && of(&found, "Newsletter").change > 20.0);
    assert!(of(&found, "Social ads").is_clear && of(&found, "Social ads").change < 0.0);
    assert!((0.03..0.2).contains(&model.r2) && model.held_out.unwrap() > 0.0);
    let back = drivers_of(&mut loaded, Outcome::Back, &["month"]);
    assert_eq!(back.features.iter().find(|feature| feature.key == "month").unwrap().unused, Some(Unused::Chosen));
    assert!(of(&back, "Newsletter").change > 0.05 && back.model.as_ref().unwrap().held_out.unwrap() > 0.55);
    assert_eq!(back.customers + back.too_recent, found.customers + found.too_recent);
    assert!(back.churn.measures.len() >= 4 && back.churn.measures[0].auc != 0.5);
}

/// A shop in which those who come by the first of two ways come back within a year in 6 of 10 cases, the others in 3 of 10;
/// and all of those who came by the third.
fn two_ways(seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut text = "customer_id,date,amount,channel\n".to_owned();
    let day = |random: &mut Random| perennial::math::Day(19_000).plus(random.below(300) as i32);
    for customer in 0..1200 {
        let (way, share) = if customer % 3 == 0 { ("one", 0.6) } else { ("two", 0.3) };
        let (way, share) = if customer >= 1180 { ("three", 1.0) } else { (way, share) };
        let first = day(&mut random);
        let _ = writeln!(text, "c{customer:04},{first},10.00,{way}");
        if random.uniform() < share {
            let _ = writeln!(text, "c{customer:04},{},20.00,other", first.plus(5 + random.below(350) as i32));
        }
    }
    // The observation ends late enough for all of them but one.
    let _ = writeln!(text, "late,2023-12-31,10.00,one");
    text
}

/// A number of more than twelve values in the file of customers is a measure: whoever earns more here brings more.
#[test]
fn a_number_of_the_customers_file_is_held_against_value() {
    let (mut orders, mut customers) = ("customer_id,date,amount\n".to_owned(), "customer_id,income,zip\n".to_owned());
    let mut random = Random::new(9);
    for customer in 0..400 {
        let income = 20_000 + 1_000 * i64::from(random.below(40));
        let first = perennial::math::Day(19_000).plus(random.below(300) as i32);
        let _ = writeln!(customers, "c{customer:03},{income}.50,{}", 1_000 + random.below(300));
        let again = income / 1_000 + i64::from(random.below(10));
        let _ = writeln!(orders, "c{customer:03},{first},10.00\nc{customer:03},{},{again}.00", first.plus(40));
    }
    let _ = writeln!(orders, "late,2023-12-31,10.00");
    let mut loaded = files(&[("orders.csv", &orders), ("customers.csv", &customers)]);
    let found = drivers_of(&mut loaded, Outcome::Revenue, &["month", "first_order"]);
    let keys: Vec<&str> = found.features.iter().map(|feature| &*feature.key).collect();
    assert!(keys.contains(&"number:income") && !keys.iter().any(|key| key.contains("zip")), "{keys:?}");
    let income = keys.iter().position(|key| *key == "number:income").unwrap();
    let effects = &found.model.as_ref().unwrap().effects;
    let effect = effects.iter().find(|effect| effect.feature == income).unwrap();
    assert!(effect.is_clear && (effect.change * 1_000.0 - 1.0).abs() < 0.05, "a thousand more, one more: {effect:?}");
    assert!(
        found.correlations.measures.iter().any(|measure| *measure == drivers::Measure::Column("income".to_owned()))
    );
    let without = drivers_of(&mut loaded, Outcome::Revenue, &["month", "first_order", "number:income"]);
    assert_eq!(without.features[income].unused, Some(Unused::Chosen));
}

#[test]
fn a_known_difference_is_found_and_what_is_separated_is_said() {
    let text = two_ways(4);
    let mut loaded = files(&[("orders.csv", &text)]);
    let found = drivers_of(&mut loaded, Outcome::Back, &["month", "first_order"]);
    assert_eq!((found.customers, found.too_recent), (1200, 1));
    let channel = found.features.iter().find(|feature| feature.key == "column:channel").unwrap();
    assert_eq!(channel.unused, Some(Unused::Separated), "all of the third way came back");
    assert!(found.model.is_none());
    let is_third = |line: &&str| (1180..1200).any(|customer| line.starts_with(&format!("c{customer}")));
    let without: String = text.lines().filter(|line| !is_third(line)).map(|line| format!("{line}\n")).collect();
    // Those who came back did so under another name of the channel, which is not known at the first purchase.
    let mut loaded = files(&[("orders.csv", &without)]);
    let found = drivers_of(&mut loaded, Outcome::Back, &["month", "first_order"]);
    let effects = &found.model.as_ref().unwrap().effects;
    let [effect] = &effects[..] else { panic!("{effects:?}") };
    assert!(effect.is_clear && (0.2..0.4).contains(&effect.change), "{effect:?}");
    // Of one group the effect is the difference of the shares, to the last digit.
    let line = |customer: &str| without.lines().filter(|line| line.starts_with(customer)).count();
    let of = |is_one: bool| {
        let own = (0..1180).filter(|customer| (customer % 3 == 0) == is_one);
        let back = own.clone().filter(|customer| line(&format!("c{customer:04}")) > 1).count() as u64;
        Share::new(back, own.count() as u64)
    };
    assert!((effect.change - (of(true).rate.unwrap() - of(false).rate.unwrap())).abs() < 1e-9);
}

#[test]
fn nothing_depends_on_the_order_of_rows() {
    let text = two_ways(9);
    let mut lines: Vec<&str> = text.lines().skip(1).collect();
    lines.reverse();
    let reversed = format!("{}\n{}\n", text.lines().next().unwrap(), lines.join("\n"));
    let of = |text: &str| {
        let mut loaded = files(&[("orders.csv", text)]);
        (drivers_of(&mut loaded, Outcome::Revenue, &[]), drivers_of(&mut loaded, Outcome::Back, &[]))
    };
    assert_eq!(of(&text), of(&reversed));
    let all = sample::files(sample::SEED);
    let tests = &all.iter().find(|file| file.name.contains("tests")).unwrap().text;
    let mut lines: Vec<&str> = tests.lines().skip(1).collect();
    lines.reverse();
    let reversed = format!("{}\n{}\n", tests.lines().next().unwrap(), lines.join("\n"));
    assert_eq!(tests_of(&mut files(&[("t.csv", tests)])), tests_of(&mut files(&[("t.csv", &reversed)])));
}
