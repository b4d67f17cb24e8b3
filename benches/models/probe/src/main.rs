//! Natively:
//!   probe make COUNT FILE     writes made-up customers as frequency,recency,T
//!   probe fit MODEL RUNS FILE the seconds of each fit (0 is BG/NBD, 1 Pareto/NBD), and the log-likelihood
//!   probe shop RUNS FILE      the seconds of all that a forecast rests on, of a log with customer, any column and date

use std::fmt::Write as _;
use std::time::Instant;
use std::{env, fs};

use perennial_engine::ledger::build::Row;
use perennial_engine::ledger::{Base, LedgerBuilder, Selection};
use perennial_engine::math::Day;
use perennial_engine::models::outlook::Outlook;
use perennial_engine::report::Settings;
use perennial_models_probe::{Customers, fit, made_up};

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["make", count, file] => make(count.parse().expect("a count"), file),
        ["fit", model, runs, file] => {
            let (model, customers) = (model.parse().expect("0 or 1"), read(file));
            time(runs, || fit(model, &customers));
        }
        ["shop", runs, file] => shop(runs, file),
        _ => panic!("see the head of main.rs"),
    }
}

/// Runs it so often and writes `{"seconds": […], "told": …}`.
fn time(runs: &str, mut run: impl FnMut() -> f64) {
    let mut told = 0.0;
    let seconds: Vec<f64> = (0..runs.parse().expect("a number of runs"))
        .map(|_| {
            let start = Instant::now();
            told = run();
            start.elapsed().as_secs_f64()
        })
        .collect();
    println!("{{\"seconds\": {seconds:?}, \"told\": {told}}}");
}

fn make(count: u32, file: &str) {
    let mut text = "frequency,recency,T\n".to_owned();
    for [frequency, recency, age] in made_up(count) {
        writeln!(text, "{frequency},{recency},{age}").expect("text takes all");
    }
    fs::write(file, text).expect("the file can be written");
}

fn read(file: &str) -> Customers {
    let text = fs::read_to_string(file).expect("the file can be read");
    let number = |cell: &str| cell.parse::<f64>().expect("a number");
    let of = |line: &str| {
        let mut cells = line.split(',').map(number);
        std::array::from_fn(|_| cells.next().expect("three cells"))
    };
    text.lines().skip(1).map(of).collect()
}

/// The tests on the shop's own past, the candidate chosen, fitted, and what it tells of each customer.
fn shop(runs: &str, file: &str) {
    let text = fs::read_to_string(file).expect("the file can be read");
    let mut builder = LedgerBuilder::new(Vec::new(), false);
    let mut end = Day(0);
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let (customer, day): (&str, Day) = (cells[0], cells[2].parse().expect("a day"));
        end = end.max(day);
        builder.push(Row { customer, day, second: None, amount: 10_000, order: None, dimensions: &[] });
    }
    let visits = Selection::new(Base::new(builder.finish()).into(), &Settings::default()).visits;
    time(runs, || Outlook::of(&visits, end).year.expect("a forecast").purchases.value);
}
