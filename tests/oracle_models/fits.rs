//! Fits against the true optima: log-likelihoods within 1e-6 (or above), parameters within 1e-4 of their size and standard
//! errors within 1e-3 where the optimum is a summit, and said to be none where it is none.

use std::fmt::Write;
use std::path::Path;

use perennial::math::optimise::Optimum;
use perennial::models::bg_bb::BgBb;
use perennial::models::bg_nbd::BgNbd;
use perennial::models::fit::{is_interior, standard_errors};
use perennial::models::gamma_gamma::{self, GammaGamma, Spend};
use perennial::models::mbg_nbd::MbgNbd;
use perennial::models::pareto_nbd::ParetoNbd;
use perennial::models::sbg::{self, Contracts, Sbg};
use perennial::models::{Fitted, Histories, History};
use serde_json::Value;

use super::{float, hold_docs, json, reference};

/// The rows of the table in docs/models.md.
#[derive(Default)]
struct Table {
    text: String,
    complete: bool,
}

impl Table {
    /// Holds a fit to the reference and notes the differences.
    fn compare(&mut self, set: &str, model: &str, names: &[&str], optimum: &Optimum, block: &Value) {
        let expected = &block["optimum"];
        let (ours, theirs) = (optimum.value, float(&expected["loglik"]));
        let what = format!("{model} on {set}");
        assert!(optimum.converged, "{what}: {optimum:?}");
        assert!(ours > theirs - 1e-6, "{what}: {ours} is below {theirs}");
        let interior = expected["interior_optimum"].as_bool().unwrap();
        assert_eq!(is_interior(optimum), interior, "{what}: {optimum:?}");
        let mut furthest = "–".to_owned();
        if interior {
            assert!((ours - theirs).abs() < 1e-6, "{what}: {ours} is not {theirs}");
            let errors = standard_errors(optimum).unwrap();
            let mut most: f64 = 0.0;
            for ((name, value), error) in names.iter().zip(optimum.at).zip(errors) {
                let (parameter, deviation) = (float(&expected["params"][name]), float(&expected["std_errors"][name]));
                let relative = (value / parameter - 1.0).abs();
                assert!(relative < 1e-4, "{what}, {name}: {value} is not {parameter}");
                assert!((error / deviation - 1.0).abs() < 1e-3, "{what}, {name}: ± {error} is not {deviation}");
                most = most.max(relative);
            }
            furthest = format!("{most:.0e}");
        }
        let kind = if interior { "summit" } else { "ridge" };
        // A difference below the last digits of a sum of that size is none.
        let difference = if (ours - theirs).abs() < 1e-9 { 0.0 } else { ours - theirs };
        writeln!(self.text, "| {set} | {model} | {ours:.6} | {difference:.0e} | {kind} | {furthest} |").unwrap();
    }

    fn compare_purchases<M: Fitted>(
        &mut self,
        set: &str,
        model: &str,
        key: &str,
        histories: &Histories,
        block: &Value,
    ) {
        let fit = M::fit(histories).unwrap();
        self.compare(set, model, M::PARAMETERS, &fit.optimum, &block[key]);
    }
}

/// Frequency, recency, T and monetary value of a summary, whatever its columns are called.
pub fn summary(path: &Path) -> (Histories, Vec<Spend>) {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headers = reader.headers().unwrap().clone();
    let place = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let (frequency, recency, age, value) = (place("frequency"), place("recency"), place("T"), place("monetary_value"));
    let (mut histories, mut spends) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let record = record.unwrap();
        let number = |at: usize| record[at].parse::<f64>().unwrap();
        let frequency = number(frequency) as u32;
        histories.push((History { frequency, recency: number(recency), age: number(age) }, 1.0));
        if frequency > 0 && number(value) > 0.0 {
            spends.push(Spend { frequency, mean: number(value), customers: 1.0 });
        }
    }
    (Histories::new(histories.into_iter()), spends)
}

#[test]
fn fits_reach_the_true_optima() {
    let mut table = Table {
        text: "| data | model | log-likelihood | above the reference | optimum | parameters differ by |\n\
               | --- | --- | ---: | ---: | --- | ---: |\n"
            .to_owned(),
        complete: true,
    };
    for set in ["cdnow_sample", "apparel", "online_retail_sample", "olist_10k"] {
        let Some(path) = reference("expected", &format!("fit_{set}.json")) else {
            println!("{set} is not beside this checkout (../shared/oracle): not compared");
            table.complete = false;
            continue;
        };
        let expected = json(&path);
        for (block, kind, file) in [
            ("full_period_D", "days", format!("summary_{set}_D.csv")),
            ("full_period_W", "weeks", format!("summary_{set}_W.csv")),
            ("calibration_weeks", "39 weeks", format!("summary_{set}_calibration_weeks.csv")),
            (
                "fader_hardie_summary_file_weeks",
                "39 weeks, published summary",
                "cdnow_sample_fh_summary.csv".to_owned(),
            ),
        ] {
            let Some(block) = expected.get(block) else { continue };
            let folder = if file.starts_with("summary") { "expected" } else { "data" };
            let (histories, spends) = summary(&reference(folder, &file).unwrap());
            let name =
                format!("{}, {kind}", set.trim_end_matches("_sample").trim_end_matches("_10k").replace('_', " "));
            table.compare_purchases::<BgNbd>(&name, "BG/NBD", "bgnbd", &histories, block);
            table.compare_purchases::<MbgNbd>(&name, "MBG/NBD", "mbgnbd", &histories, block);
            table.compare_purchases::<ParetoNbd>(&name, "Pareto/NBD", "pnbd", &histories, block);
            let (_, optimum) = GammaGamma::fit(&spends).unwrap();
            table.compare(&name, "Gamma-Gamma", gamma_gamma::PARAMETERS, &optimum, &block["gamma_gamma"]);
        }
    }
    let donors = json(&reference("expected", "fit_donations_bgbb.json").unwrap());
    let fit = BgBb::fit(&donations()).unwrap();
    table.compare("donations", "BG/BB", BgBb::PARAMETERS, &fit.optimum, &donors);
    let contracts = json(&reference("expected", "fit_sbg.json").unwrap());
    for (cohort, block) in contracts["cohorts"].as_object().unwrap() {
        let (_, optimum) = Sbg::fit(&renewals(cohort)).unwrap();
        table.compare(&format!("renewals, {cohort}"), "sBG", sbg::PARAMETERS, &optimum, block);
    }
    if table.complete {
        hold_docs("the accuracy of fits", &table.text);
    }
}

fn donations() -> Histories {
    let mut reader = csv::Reader::from_path(reference("data", "donations_bgbb.csv").unwrap()).unwrap();
    let rows = reader.records().map(|record| {
        let record = record.unwrap();
        let [frequency, recency, age, count] = [0, 1, 2, 3].map(|at| record[at].parse::<f64>().unwrap());
        (History { frequency: frequency as u32, recency, age }, count)
    });
    Histories::new(rows)
}

/// Years 1 to 7 of 1,000 customers.
fn renewals(cohort: &str) -> Vec<Contracts> {
    let mut reader = csv::Reader::from_path(reference("data", "sbg_retention.csv").unwrap()).unwrap();
    let column = format!("{cohort}_pct");
    let place = reader.headers().unwrap().iter().position(|header| header == column).unwrap();
    let alive: Vec<f64> = reader
        .records()
        .map(|record| (record.unwrap()[place].parse::<f64>().unwrap() * 10.0).round())
        .take(8)
        .collect();
    let mut list: Vec<Contracts> =
        (1..8).map(|t| Contracts { periods: t as u32, ended: true, count: alive[t - 1] - alive[t] }).collect();
    list.push(Contracts { periods: 7, ended: false, count: alive[7] });
    list
}
