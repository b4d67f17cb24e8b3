//! Tests, intervals and regressions against reference results of R, SciPy and statsmodels, which stand beside the checkout
//! in `../shared/oracle`; where they are not there, the run says so.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use perennial::math::hypothesis::{Test, means, rates, tables};
use perennial::math::regression::{Design, linear, logistic, quality};
use perennial::math::stats::Share;
use serde_json::Value;

fn place(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/oracle").join(file)
}

fn expected() -> Option<Value> {
    let Ok(file) = File::open(place("expected/models_and_tests.json")) else {
        let _ = writeln!(std::io::stderr(), "skipped: there is no ../shared/oracle beside the checkout");
        return None;
    };
    Some(serde_json::from_reader(file).unwrap())
}

fn records(file: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(place(file)).unwrap().deserialize().map(Result::unwrap).collect()
}

#[track_caller]
fn close(ours: f64, theirs: &Value, relative: f64) {
    let theirs = theirs.as_f64().unwrap();
    assert!((ours - theirs).abs() <= relative * theirs.abs().max(1e-300), "{ours} is not {theirs}");
}

fn share(case: &Value, side: usize) -> Share {
    Share::new(case["successes"][side].as_u64().unwrap(), case["n"][side].as_u64().unwrap())
}

#[test]
fn two_shares() {
    let Some(expected) = expected() else { return };
    let mut cases = expected["ab_test_cases"].as_array().unwrap().clone();
    cases.push(expected["two_proportion_churn_paperless_yes_vs_no"].clone());
    assert_eq!(cases.len(), 5);
    for case in &cases {
        let (a, b) = (share(case, 0), share(case, 1));
        let Test { statistic, p, .. } = rates::two_proportions(&a, &b).unwrap();
        close(statistic, &case["z_pooled"], 1e-12);
        close(p, &case["p_two_sided"], 1e-9);
        let difference = rates::difference(&a, &b).unwrap();
        close(difference.low, &case["newcombe_diff95"][0], 1e-9);
        close(difference.high, &case["newcombe_diff95"][1], 1e-9);
        close(rates::fisher(&a, &b), &case["fisher_exact_p"], 1e-9);
        let table = [[a.count, a.of - a.count], [b.count, b.of - b.count]];
        let found = tables::independence(&[&table[0], &table[1]]).unwrap();
        close(found.test.statistic, &case["chi2_no_yates"], 1e-12);
        close(found.test.p, &case["chi2_p_no_yates"], 1e-12);
        for (side, wilson) in [a, b].iter().zip(case["wilson95"].as_array().into_iter().flatten()) {
            close(side.low.unwrap(), &wilson[0], 1e-12);
            close(side.high.unwrap(), &wilson[1], 1e-12);
        }
    }
}

#[test]
fn a_table_far_out_in_the_tail() {
    let Some(expected) = expected() else { return };
    let case = &expected["chi2_contract_by_churn"];
    let counts: Vec<[u64; 2]> = ["Month-to-month", "One year", "Two year"]
        .map(|contract| ["No", "Yes"].map(|churn| case["table"][contract][churn].as_u64().unwrap()))
        .to_vec();
    let rows: Vec<&[u64]> = counts.iter().map(|row| &row[..]).collect();
    let found = tables::independence(&rows).unwrap();
    close(found.test.statistic, &case["chi2"], 1e-12);
    close(found.test.p, &case["p"], 1e-12);
    close(found.test.degrees, &case["df"], 0.0);
    close(found.v, &case["cramers_v"], 1e-12);
}

#[test]
fn two_means() {
    let Some(expected) = expected() else { return };
    let case = &expected["welch_monthly_charges_churned_vs_kept"];
    let charges = |churn: &str| -> Vec<i64> {
        let rows = records("data/telco_churn.csv");
        let of = rows.iter().filter(|row| row["Churn"] == churn);
        of.map(|row| (row["MonthlyCharges"].parse::<f64>().unwrap() * 10_000.0).round() as i64).collect()
    };
    let (churned, kept) = (charges("Yes"), charges("No"));
    let sample = |values: &[i64]| means::Sample::of(values, 10_000.0).unwrap();
    let (a, b) = (sample(&churned), sample(&kept));
    close(a.mean, &case["mean"][0], 1e-12);
    close(b.variance.sqrt(), &case["sd"][1], 1e-12);
    let (difference, test) = means::welch(&a, &b).unwrap();
    close(test.statistic, &case["t"], 1e-11);
    close(test.degrees, &case["df"], 1e-11);
    close(test.p, &case["p_two_sided"], 1e-10);
    close(difference.value, &case["mean_diff"], 1e-11);
    close(difference.low, &case["ci95"][0], 1e-11);
    close(difference.high, &case["ci95"][1], 1e-11);
}

#[test]
fn a_line() {
    let Some(expected) = expected() else { return };
    let case = &expected["ols_mmm_example"];
    let rows = records("data/mmm_example.csv");
    let column = |name: &str| rows.iter().map(|row| row[name].parse().unwrap()).collect::<Vec<f64>>();
    let names = ["x1", "x2", "event_1", "event_2", "t"];
    let found = linear::linear(&Design::new(&names.map(column)), &column("y")).unwrap();
    for (at, name) in ["const"].iter().chain(&names).enumerate() {
        close(found.coefficients[at], &case["coef"][name], 1e-10);
        close(found.errors[at], &case["se"][name], 1e-10);
    }
    close(found.r2, &case["r2"], 1e-12);
}

/// A column of the churn data as the reference names it: a number, or `Column=Value` as 0 and 1, standardised as it says.
fn standardised(rows: &[BTreeMap<String, String>], name: &str, case: &Value) -> Vec<f64> {
    let value = |row: &BTreeMap<String, String>| match name.split_once('=') {
        Some((column, value)) => f64::from(u8::from(row[column] == value)),
        // Blank where nothing has been paid yet.
        None => row[name].trim().parse().unwrap_or(0.0),
    };
    let (mean, spread) = (case["mean"][name].as_f64().unwrap(), case["sd"][name].as_f64().unwrap());
    rows.iter().map(|row| (value(row) - mean) / spread).collect()
}

#[test]
fn yes_or_no() {
    let Some(expected) = expected() else { return };
    let rows = records("data/telco_churn.csv");
    let churned: Vec<f64> = rows.iter().map(|row| f64::from(u8::from(row["Churn"] == "Yes"))).collect();
    for name in ["logistic_telco_full", "logistic_telco_2_features"] {
        let case = &expected[name];
        let names: Vec<&String> = case["coef"].as_object().unwrap().keys().collect();
        let columns: Vec<Vec<f64>> = names.iter().map(|name| standardised(&rows, name, case)).collect();
        let found = logistic::logistic(&Design::new(&columns), &churned).unwrap();
        close(found.coefficients[0], &case["intercept"], 1e-9);
        close(found.errors[0], &case["std_err"]["const"], 1e-9);
        for (at, name) in names.iter().enumerate() {
            close(found.coefficients[at + 1], &case["coef"][*name], 1e-8);
            close(found.errors[at + 1], &case["std_err"][*name], 1e-8);
        }
        close(found.log_likelihood, &case["loglik"], 1e-12);
        // The reference fits the share by iteration; the closed form is beyond its last digits.
        close(found.null_log_likelihood, &case["loglik_null"], 1e-10);
        close(found.r2(), &case["mcfadden_r2"], 1e-10);
        close(quality::auc(&found.probabilities, &churned).unwrap(), &case["auc"], 1e-10);
        close(quality::brier(&found.probabilities, &churned).unwrap(), &case["brier"], 1e-10);
        close(-found.log_likelihood / rows.len() as f64, &case["log_loss"], 1e-10);
        for (p, theirs) in found.probabilities.iter().zip(case["first_10_probabilities"].as_array().unwrap()) {
            close(*p, theirs, 1e-8);
        }
    }
}
