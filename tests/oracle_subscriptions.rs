//! Survival and subscriptions against reference results for real data sets (../shared/oracle, where it is laid beside the
//! checkout).
#![allow(clippy::disallowed_methods, reason = "tests run natively, and read fixtures")]

#[path = "support/loaded.rs"]
mod loaded;

use std::collections::BTreeMap;
use std::path::PathBuf;

use loaded::{JOB, load};
use perennial::math::Money;
use perennial::math::survival::{Curve, Life, log_rank};
use perennial::protocol::{Reply, Request};
use perennial::report::sections::{Ask, Section};
use perennial::report::subscriptions::{BillingBasis, Form, Movement, Running, Subscriptions};
use serde_json::Value;

/// A data set and its reference results; nothing, and a word about it, where they are not there.
fn oracle(data: &str, expected: &str) -> Option<(PathBuf, Value)> {
    let oracle = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/oracle");
    let (data, expected) = (oracle.join("data").join(data), oracle.join("expected").join(expected));
    if !data.exists() {
        println!("{} is not beside this checkout (../shared/oracle): not compared", data.display());
        return None;
    }
    Some((data, serde_json::from_reader(std::fs::File::open(expected).unwrap()).unwrap()))
}

#[track_caller]
fn close(ours: f64, theirs: &Value, what: &str) {
    let theirs = theirs.as_f64().unwrap_or_else(|| panic!("{what}: {theirs}"));
    assert!((ours - theirs).abs() <= 1e-10 * theirs.abs().max(1e-3), "{what}: {ours} is not {theirs}");
}

/// Months of tenure and whether the customer left, by the value of a column.
fn telco(path: &PathBuf, column: &str) -> BTreeMap<String, Vec<Life>> {
    let mut groups: BTreeMap<String, Vec<Life>> = BTreeMap::new();
    let mut reader = csv::Reader::from_path(path).unwrap();
    for record in reader.deserialize::<BTreeMap<String, String>>() {
        let record = record.unwrap();
        let life = Life { time: record["tenure"].parse().unwrap(), ended: record["Churn"] == "Yes" };
        groups.entry(record.get(column).cloned().unwrap_or_default()).or_default().push(life);
    }
    groups
}

fn same_curve(curve: &Curve, expected: &Value, what: &str) {
    assert_eq!(
        (Value::from(curve.len()), Value::from(curve.ended())),
        (expected["n"].clone(), expected["events"].clone())
    );
    match expected["median"].as_f64() {
        Some(median) => assert_eq!(curve.median(), Some(median as u32), "{what}"),
        None => assert_eq!((curve.median(), &expected["median"]), (None, &Value::from("Infinity")), "{what}"),
    }
    let table = expected["table"].as_array().unwrap();
    assert!(table.len() > 70);
    for row in table {
        let time = row["t"].as_f64().unwrap() as u32;
        let what = format!("{what} at {time}");
        let step = curve.steps.iter().find(|step| step.time == time);
        let counts = step.map_or([curve.at_risk(time), 0, 0], |step| [step.at_risk, step.ended, step.censored]);
        for (ours, name) in counts.into_iter().zip(["at_risk", "observed", "censored"]) {
            assert_eq!(Value::from(ours), row[name], "{what}: {name}");
        }
        close(curve.at(time).unwrap().survival, &row["S"], &what);
    }
    for (time, survival) in expected["survival"].as_object().unwrap() {
        let point = curve.at(time.parse().unwrap()).unwrap();
        close(point.survival, survival, &format!("{what} at {time}"));
        // Where nobody has left the reference has an interval without any width; we say that there is none.
        let ends = &expected["ci95_loglog"][time];
        match point.interval {
            Some((low, high)) => {
                close(low, &ends[0], &format!("{what} at {time}: low"));
                close(high, &ends[1], &format!("{what} at {time}: high"));
            }
            None => assert_eq!((point.survival, &ends[0], &ends[1]), (1.0, &Value::from(1.0), &Value::from(1.0))),
        }
    }
}

#[test]
fn survival_and_its_intervals_are_those_of_lifelines() {
    let Some((data, expected)) = oracle("telco_churn.csv", "survival_telco.json") else { return };
    same_curve(&Curve::of(&telco(&data, "")[""]), &expected["all"], "all");
    let contracts = telco(&data, "Contract");
    assert_eq!(contracts.len(), 3);
    let curves: Vec<Curve> = contracts.values().map(|lives| Curve::of(lives)).collect();
    for (name, curve) in contracts.keys().zip(&curves) {
        same_curve(curve, &expected["by_contract"][name], name);
    }
    let three = log_rank(&curves).unwrap();
    let reference = &expected["logrank"]["contract_3_groups"];
    close(three.chi_square, &reference["chi2"], "chi-square of three");
    assert_eq!((Value::from(three.degrees), three.p), (reference["df"].clone(), 0.0));
    let paperless: Vec<Curve> = telco(&data, "PaperlessBilling").values().map(|lives| Curve::of(lives)).collect();
    let two = log_rank(&paperless).unwrap();
    let reference = &expected["logrank"]["paperless_2_groups"];
    close(two.chi_square, &reference["chi2"], "chi-square of two");
    assert!((two.p / reference["p"].as_f64().unwrap() - 1.0).abs() < 1e-9, "{}", two.p);
}

/// The same through the engine, from the file as it is: no date in it, so that only lifetimes are told.
#[test]
fn a_file_without_dates_has_the_curves_of_the_reference() {
    let Some((data, expected)) = oracle("telco_churn.csv", "survival_telco.json") else { return };
    let told = section("telco_churn.csv", &std::fs::read(&data).unwrap());
    let all = told.lifetimes.all.as_ref().unwrap();
    assert_eq!(
        (Value::from(all.subscribers), Value::from(all.left)),
        (expected["all"]["n"].clone(), expected["all"]["events"].clone())
    );
    assert_eq!((told.form, told.left_out.len(), told.mrr.len(), told.trials), (Form::Tenures, 0, 0, None));
    let contracts = ["Month-to-month", "One year", "Two year"];
    for (lasting, name) in std::iter::once((all, None)).chain(contracts.iter().map(|name| {
        let plan = told.lifetimes.plans.iter().find(|plan| plan.group == **name);
        (plan.unwrap_or_else(|| panic!("no plan {name}")), Some(name))
    })) {
        let expected = name.map_or(&expected["all"], |name| &expected["by_contract"][name]);
        for (month, survival) in expected["survival"].as_object().unwrap() {
            let point = lasting.survival.iter().find(|point| point.month.to_string() == *month).unwrap();
            close(point.share, survival, &format!("{name:?} at {month}"));
        }
    }
    let test = told.lifetimes.plans_test.unwrap();
    close(test.chi_square, &expected["logrank"]["contract_3_groups"]["chi2"], "chi-square of three");
}

/// What is counted of a month.
type Unit = fn(&Movement) -> Running;

/// The section of a file of contracts, without any orders beside it.
fn section(name: &str, text: &[u8]) -> Subscriptions {
    let mut loaded = load(&[(name, text)], 1 << 16);
    loaded.report();
    loaded.ask(Request::Section { job: JOB, ask: Ask::Subscriptions(Default::default()) });
    match loaded.last {
        Reply::Section { section: Section::Subscriptions(section), .. } => *section,
        other => panic!("no section but {other:?}"),
    }
}

#[test]
fn months_of_contracts_are_those_of_the_reference() {
    let Some((data, expected)) = oracle("ravenstack_subscriptions.csv", "crr_ravenstack_subscriptions.json") else {
        return;
    };
    let told = section("ravenstack_subscriptions.csv", &std::fs::read(data).unwrap());
    assert_eq!((told.contracts, told.customers, &told.left_out[..]), (1065, 100, &[][..]));
    assert_eq!((told.billing, told.end), (BillingBasis::Header, "2024-12-31".parse().ok()));
    let units: [(&str, Unit); 2] =
        [("subscription_id", |month| month.contracts), ("account_id", |month| month.subscribed)];
    for (table, (unit, running)) in expected["tables"].as_array().unwrap().iter().zip(units) {
        assert_eq!(table["unit"], unit);
        for row in table["rows"].as_array().unwrap() {
            let what = format!("{unit} {}", row["month"]);
            let month = told.mrr.iter().find(|month| month.month.as_deref() == row["month"].as_str()).unwrap();
            let Running { start, new, lost, end, crr, churn, .. } = running(month);
            for (ours, name) in [(start, "S"), (end, "E"), (new, "N_still_active_at_end"), (lost, "lost")] {
                assert_eq!(Value::from(ours), row[name], "{what}: {name}");
            }
            for (ours, name) in [(crr, "crr_pct"), (churn, "churn_pct")] {
                match ours {
                    Some(ours) => close(ours * 100.0, &row[name], &what),
                    None => assert!(row[name].is_null(), "{what}"),
                }
            }
            for (ours, name) in [(month.mrr_start, "mrr_start"), (month.mrr, "mrr_end")] {
                assert_eq!(ours, Money::units(row[name].as_f64().unwrap() as i64), "{what}: {name}");
            }
            assert!(month.complete);
        }
    }
    assert_eq!(told.mrr.len(), 23);
}
