//! Predictions under given parameters, against 40-digit arithmetic: within 1e-9 of each value, special parameters and
//! 2,000 purchases included.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::File;

use perennial::math::Day;
use perennial::measures::ahead::as_lifetimes::Package;
use perennial::models::bg_bb::BgBb;
use perennial::models::bg_nbd::BgNbd;
use perennial::models::cnbd::Cnbd;
use perennial::models::gamma_gamma::GammaGamma;
use perennial::models::mbg_nbd::MbgNbd;
use perennial::models::pareto_nbd::ParetoNbd;
use perennial::models::sbg::Sbg;
use perennial::models::{Fitted, Histories, History, Model};
use perennial::report::as_lifetimes::Grain;
use serde_json::Value;

use super::{float, four, hold_docs, json, reference};

const TOLERANCE: f64 = 1e-9;

/// The largest relative difference by model and quantity, with where it was found and how often it was looked.
#[derive(Default)]
struct Worst(BTreeMap<(String, &'static str), (f64, String, usize)>);

impl Worst {
    fn compare(&mut self, model: &str, quantity: &'static str, at: &str, ours: f64, theirs: f64) {
        let relative = if ours == theirs { 0.0 } else { (ours - theirs).abs() / theirs.abs() };
        assert!(relative <= TOLERANCE, "{model} {quantity} of {at}: {ours} is not {theirs}");
        let entry = self.0.entry((model.to_owned(), quantity)).or_default();
        entry.2 += 1;
        if relative > entry.0 {
            (entry.0, entry.1) = (relative, at.to_owned());
        }
    }
}

fn model(name: &str, parameters: &Value) -> Box<dyn Model> {
    let list: Vec<f64> = parameters.as_array().unwrap().iter().map(float).collect();
    let list = four(&list);
    match name {
        "bgnbd" => Box::new(BgNbd::new(&list)),
        "mbgnbd" => Box::new(MbgNbd::new(&list)),
        "pnbd" => Box::new(ParetoNbd::new(&list)),
        _ => panic!("no model is called {name}"),
    }
}

fn history(customer: &Value) -> History {
    let [frequency, recency, age] = ["x", "tx", "T"].map(|name| float(&customer[name]));
    History { frequency: frequency as u32, recency, age }
}

fn compare(worst: &mut Worst, name: &str, model: &dyn Model, at: &str, history: &History, expected: &Value) {
    worst.compare(name, "P(alive)", at, model.alive(history), float(&expected["p_alive"]));
    for (horizon, value) in expected["expected"].as_object().unwrap() {
        let ours = model.expected(history, horizon.parse().unwrap());
        worst.compare(name, "expected purchases", at, ours, float(value));
    }
    if let Some(value) = expected.get("dert_15pct_annual") {
        worst.compare(name, "DERT", at, model.discounted(history, 1.15f64.ln() / 52.0), float(value));
    }
}

#[test]
fn predictions_are_those_of_40_digits() {
    let all = json(&reference("expected", "predict_fixed_params.json").unwrap());
    let mut worst = Worst::default();
    let values = ["p", "q", "v"].iter().zip(all["params"]["gg"].as_array().unwrap());
    let [p, q, v] = values.map(|(_, value)| float(value)).collect::<Vec<_>>()[..] else { panic!("three parameters") };
    let spend = GammaGamma { p, q, v };
    let customers = all["customers"].as_array().unwrap();
    assert_eq!(customers.len(), 50);
    for customer in customers {
        let (history, at) = (history(customer), customer["label"].as_str().unwrap());
        let value = spend.expected(history.frequency, float(&customer["m"])).unwrap();
        worst.compare("Gamma-Gamma", "expected spend", at, value, float(&customer["gg_expected_spend"]));
        for name in ["bgnbd", "mbgnbd", "pnbd"] {
            let model = model(name, &all["params"][name]);
            compare(&mut worst, name, &*model, at, &history, &customer[name]);
            let clv = model.discounted_steps(&history, 12, 4.345, 0.01, 1.0) * value;
            worst.compare(name, "12-month value", at, clv, float(&customer[name]["clv_12m_1pct_lifetimes_W"]));
        }
    }
    for name in ["bgnbd", "mbgnbd", "pnbd"] {
        let model = model(name, &all["params"][name]);
        let population = &all["population"][name];
        for (t, value) in population["expected_by_t"].as_object().unwrap() {
            let ours = model.expected_of_new(t.parse().unwrap());
            worst.compare(name, "expected of a new customer", t, ours, float(value));
        }
        if let Some(list) = population.get("pmf_t39").and_then(Value::as_array) {
            let ours = model.probabilities(&History::default(), 39.0, list.len() - 1);
            for (n, (ours, value)) in ours.iter().zip(list).enumerate() {
                worst.compare(name, "P(n purchases)", &n.to_string(), *ours, float(value));
            }
        }
    }
    let mut special = 0;
    for case in all["special_parameters"].as_array().unwrap() {
        let (name, what) = (case["model"].as_str().unwrap(), case["what"].as_str().unwrap());
        if name == "gamma_gamma" {
            let parameters: Vec<f64> = case["params"].as_array().unwrap().iter().map(float).collect();
            let refused = GammaGamma { p: parameters[0], q: parameters[1], v: parameters[2] };
            assert_eq!((refused.population_mean(), refused.expected(38, 12.25)), (None, None), "{what}");
            continue;
        }
        let model = model(name, &case["params"]);
        for customer in case["customers"].as_array().unwrap() {
            let at = format!("{what}: {}", customer["label"].as_str().unwrap());
            compare(&mut worst, name, &*model, &at, &history(customer), customer);
            special += 1;
        }
    }
    assert!(special > 100, "{special}");
    compare_bg_bb(&mut worst, &all["bgbb"]);
    let cases = json(&reference("expected", "predict_cnbd.json").unwrap());
    for case in cases["cases"].as_array().unwrap() {
        match case["first"].as_u64() {
            Some(0) => compare_cnbd::<0>(&mut worst, "BG/CNBD-k", case),
            _ => compare_cnbd::<1>(&mut worst, "MBG/CNBD-k", case),
        }
    }
    let contracts = json(&reference("expected", "fit_sbg.json").unwrap());
    for (cohort, block) in contracts["cohorts"].as_object().unwrap() {
        compare_sbg(&mut worst, cohort, block);
    }
    hold_docs("the accuracy of predictions", &table(&worst));
}

fn compare_bg_bb(worst: &mut Worst, all: &Value) {
    let parameters = ["alpha", "beta", "gamma", "delta"].map(|name| float(&all["params"][name]));
    let model = BgBb::new(&parameters);
    for cell in all["cells"].as_array().unwrap() {
        let [x, last, n] = ["x", "tx", "n"].map(|name| float(&cell[name]));
        let history = History { frequency: x as u32, recency: last, age: n };
        let at = format!("x {x}, t_x {last}");
        worst.compare("bgbb", "P(alive)", &at, model.alive(&history), float(&cell["p_alive_at_n_plus_1"]));
        worst.compare("bgbb", "P(alive) at n", &at, model.alive_at_end(&history), float(&cell["p_alive_at_n"]));
        for (horizon, value) in cell["expected"].as_object().unwrap() {
            let ours = model.expected(&history, horizon.parse().unwrap());
            worst.compare("bgbb", "expected purchases", &at, ours, float(value));
        }
        worst.compare("bgbb", "DERT", &at, model.discounted(&history, 1.1f64.ln()), float(&cell["dert_10pct"]));
        let alone = Histories::new([(history, 1.0)].into_iter());
        let value = BgBb::log_likelihood(&parameters, &alone).value;
        worst.compare("bgbb", "log-likelihood", &at, value, float(&cell["loglik"]));
    }
}

/// Of one who is there, within 90 days, all that a case tells; its log-likelihood is without the factor of the gaps.
fn compare_cnbd<const FIRST: u32>(worst: &mut Worst, name: &str, case: &Value) {
    let parameters: Vec<f64> = case["params"].as_array().unwrap().iter().map(float).collect();
    let (k, parameters, history) = (case["k"].as_u64().unwrap() as u32, four(&parameters), history(case));
    let at = format!("k {k}, x {}", history.frequency);
    let model = Cnbd::<FIRST>::new(k, &parameters);
    let alone = Histories::new([(history, 1.0)].into_iter());
    let likelihood = Cnbd::<FIRST>::log_likelihood(k, &parameters, &alone).value;
    worst.compare(name, "log-likelihood", &at, likelihood, float(&case["loglik"]));
    worst.compare(name, "P(alive)", &at, model.alive(&history), float(&case["p_alive"]));
    for (n, value) in case["pmf"].as_array().unwrap().iter().enumerate() {
        let ours = model.mean_if_alive(&history, &mut |there| model.probabilities_if_alive(there, 90.0, n)[n]);
        worst.compare(name, "P(n purchases)", &format!("{at}, n {n}"), ours, float(value));
    }
    let expected = model.mean_if_alive(&history, &mut |there| model.expected_if_alive(there, 90.0));
    worst.compare(name, "expected purchases", &at, expected, float(&case["expected"]));
    let discounted = model.mean_if_alive(&history, &mut |there| model.discounted_if_alive(there, 0.0003));
    worst.compare(name, "DERT", &at, discounted, float(&case["dert"]));
}

/// What contracts are projected to under the reference's parameters.
fn compare_sbg(worst: &mut Worst, cohort: &str, block: &Value) {
    let parameters = &block["optimum"]["params"];
    let model = Sbg { alpha: float(&parameters["alpha"]), beta: float(&parameters["beta"]) };
    let mut compare = |quantity, t: usize, ours, theirs: &Value| {
        worst.compare("sBG", quantity, &format!("{cohort}, {t}"), ours, float(theirs));
    };
    for (t, value) in block["survival_0_20"].as_array().unwrap().iter().enumerate() {
        compare("survival", t, model.survival(t as u32), value);
    }
    for (t, value) in (1..).zip(block["retention_rate_1_20"].as_array().unwrap()) {
        compare("retention", t, model.retention(t as u32), value);
    }
    let discount = float(&block["discount_per_period"]);
    compare("DEL", 0, model.discounted_lifetime(discount), &block["DEL_new_customer"]["value"]);
    for n in [1, 2, 3, 5, 8, 10] {
        let theirs = &block["DERL_active_for_n_periods"][format!("n={n}")];
        compare("DERL", n, model.residual(n as u32, discount), theirs);
    }
}

fn table(worst: &Worst) -> String {
    let mut text =
        "| model | quantity | values | largest relative difference | at |\n| --- | --- | ---: | ---: | --- |\n"
            .to_owned();
    for ((model, quantity), (relative, at, count)) in &worst.0 {
        let name = match model.as_str() {
            "bgnbd" => "BG/NBD",
            "mbgnbd" => "MBG/NBD",
            "pnbd" => "Pareto/NBD",
            "bgbb" => "BG/BB",
            other => other,
        };
        let at = if at.is_empty() { "–" } else { at };
        writeln!(text, "| {name} | {quantity} | {count} | {relative:.0e} | {at} |").unwrap();
    }
    text
}

/// The package's tutorial: Fader and Hardie's table of CDNOW in weeks, customer 1. It prints 140.10 there, as the call takes
/// the weekly fit for a daily one; read in the unit that it was fitted in, the same call gives 36.28.
#[test]
fn the_tutorial_of_the_package_comes_out_in_its_own_unit() {
    let table = File::open(reference("data", "cdnow_sample_fh_summary.csv").unwrap()).unwrap();
    let row = |record: csv::StringRecord| {
        let number = |at: usize| -> f64 { record[at].parse().unwrap() };
        (History { frequency: number(1) as u32, recency: number(2), age: number(3) }, number(4))
    };
    let rows: Vec<(History, f64)> =
        csv::Reader::from_reader(table).records().map(|record| row(record.unwrap())).collect();
    let package = Package::fitted(Grain::Weeks, rows.clone(), Day(0));
    let first = package.of_history(&rows[0].0, rows[0].1).unwrap();
    assert_eq!((rows.len(), format!("{:.2}", first.0)), (2357, "36.28".to_owned()));
    let daily = Package::fitted(Grain::Days, rows.clone(), Day(0)).of_history(&rows[0].0, rows[0].1).unwrap();
    assert_eq!(format!("{:.2}", daily.0), "140.10");
}
