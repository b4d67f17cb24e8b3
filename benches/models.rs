//! How long the fits take: `cargo bench --bench models`. Medians of five runs, for a made-up shop of 200,000 customers who
//! buy as those of CDNOW do, observed for up to 546 days.
#![allow(clippy::disallowed_methods, reason = "runs natively, and measures time")]

use std::time::Instant;

use perennial::math::random::Random;
use perennial::models::bg_nbd::BgNbd;
use perennial::models::gamma_gamma::{GammaGamma, Spend};
use perennial::models::mbg_nbd::MbgNbd;
use perennial::models::pareto_nbd::ParetoNbd;
use perennial::models::{Fitted, Histories, History, MONTH_DAYS, Model};

/// Whole days of a customer of a Pareto/NBD world: rates of CDNOW, r 0.55, α 74, s 0.61, β 82 days.
fn customer(random: &mut Random) -> History {
    let age = f64::from(random.below(456)) + 90.0;
    let (rate, drop_out) = (random.gamma(0.55, 74.0), random.gamma(0.61, 82.0));
    let leaves = random.exponential(drop_out).min(age);
    let (mut frequency, mut recency, mut at) = (0, 0.0, 0.0);
    loop {
        at += random.exponential(rate);
        if at > leaves {
            return History { frequency, recency, age };
        }
        let day = libm::ceil(at);
        if day > recency && day <= age {
            (frequency, recency) = (frequency + 1, day);
        }
    }
}

/// The median of five runs in milliseconds.
fn time(what: &str, mut run: impl FnMut() -> f64) {
    let mut last = 0.0;
    let mut times: Vec<f64> = (0..5)
        .map(|_| {
            let start = Instant::now();
            last = run();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{what:<34} {:>9.1} ms   ({last:.6})", times[2]);
}

fn main() {
    let mut random = Random::new(1);
    let customers: Vec<History> = (0..200_000).map(|_| customer(&mut random)).collect();
    let spends: Vec<Spend> = customers
        .iter()
        .filter(|history| history.frequency > 0)
        .map(|history| {
            let (p, nu) = (6.25, random.gamma(3.74, 15.44));
            let mean = random.gamma(p * f64::from(history.frequency), nu * f64::from(history.frequency));
            Spend { frequency: history.frequency, mean, customers: 1.0 }
        })
        .collect();
    let group = || Histories::new(customers.iter().map(|history| (*history, 1.0)));
    let histories = group();
    let (rows, last, ends) = (histories.rows.len(), histories.last.len(), histories.ends.len());
    println!("200,000 customers: {rows} distinct histories, {last} (x, t_x), {ends} (x, T)");
    time("group", || group().customers);
    time("fit BG/NBD", || BgNbd::fit(&histories).unwrap().optimum.value);
    time("fit MBG/NBD", || MbgNbd::fit(&histories).unwrap().optimum.value);
    time("fit Pareto/NBD", || ParetoNbd::fit(&histories).unwrap().optimum.value);
    time("fit Gamma-Gamma", || GammaGamma::fit(&spends).unwrap().1.value);
    let fits = [
        ("12 months, BG/NBD", Box::new(BgNbd::new(&BgNbd::fit(&histories).unwrap().optimum.at)) as Box<dyn Model>),
        ("12 months, Pareto/NBD", Box::new(ParetoNbd::new(&ParetoNbd::fit(&histories).unwrap().optimum.at))),
    ];
    for (what, model) in &fits {
        let year = 12.0 * MONTH_DAYS;
        time(what, || histories.rows.iter().map(|row| row.customers * model.expected(&row.history, year)).sum());
    }
}
