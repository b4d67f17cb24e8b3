//! Draws from the posterior of parameters, held against a long Markov chain on the same data and priors.

use std::fmt::Write;

use perennial::math::random::Random;
use perennial::math::stats::quantile;
use perennial::models::bg_nbd::BgNbd;
use perennial::models::members;
use perennial::models::pareto_nbd::ParetoNbd;
use perennial::models::prior::Prior;
use perennial::models::{Fitted, Histories, History};
use perennial::report::forecast::Candidate;

use super::fits::summary;
use super::{hold_docs, reference};

/// What is looked at, by what its summary is called.
const SETS: [(&str, &str); 4] = [
    ("CDNOW, 78 weeks", "summary_cdnow_sample_D.csv"),
    ("CDNOW, 39 weeks", "summary_cdnow_sample_calibration_weeks.csv"),
    ("apparel", "summary_apparel_D.csv"),
    ("online retail", "summary_online_retail_sample_D.csv"),
];

/// Steps of a chain.
const STEPS: usize = 12_000;

/// The logarithm of the posterior density of the logarithms of the parameters, under the prior of [`Prior::weak`].
fn density<M: Fitted>(logs: &[f64; 4], histories: &Histories, prior: &Prior) -> f64 {
    let at = logs.map(f64::exp);
    let mut d = M::log_likelihood(&at, histories);
    prior.add(&at, &mut d);
    d.value
}

/// A random walk (Metropolis et al. 1953) whose steps are differences of any two of some points (ter Braak 2006): they lie along
/// what hangs together, and it is as likely to go there as back, whatever the points are.
fn chain<M: Fitted>(histories: &Histories, start: [f64; 4], points: &[[f64; 4]]) -> Vec<[f64; 4]> {
    let prior = Prior::weak(&M::PRIOR.unwrap(), 1, histories).unwrap();
    let mut random = Random::new(2);
    let mut logs = start.map(f64::ln);
    let mut here = density::<M>(&logs, histories, &prior);
    let mut walk = Vec::new();
    for _ in 0..STEPS {
        let mut to = logs;
        let [from, until] = [0; 2].map(|_| points[random.below(points.len() as u32) as usize]);
        for (i, log) in to.iter_mut().enumerate() {
            *log += 0.84 * (until[i] / from[i]).ln() + 1e-3 * random.normal();
        }
        let there = density::<M>(&to, histories, &prior);
        if random.uniform().ln() < there - here {
            (logs, here) = (to, there);
        }
        walk.push(logs.map(f64::exp));
    }
    walk.split_off(STEPS / 10)
}

/// What parameters tell.
type Told<'a> = &'a dyn Fn(&[f64; 4]) -> f64;

/// The 10, 50 and 90 % quantiles of the logarithm of what draws tell.
fn quantiles(draws: &[[f64; 4]], of: Told<'_>) -> [f64; 3] {
    let mut values: Vec<f64> = draws.iter().map(|draw| of(draw).ln()).collect();
    values.sort_by(f64::total_cmp);
    [0.1, 0.5, 0.9].map(|p| quantile(&values, p).unwrap())
}

/// Draws and a chain tell the same of the parameters of buying, of the mean drop-out, and of what customers will do: the
/// quantiles lie within a sixth of the range between the outer ones. (How alike customers are in dropping out is a ridge that
/// goes on for ever: there a chain goes farther than some hundred draws, and nothing hangs on it.)
fn agrees<M: Fitted>(candidate: Candidate, histories: &Histories) {
    let member = members::fit(candidate, histories).unwrap();
    let draws = member.posterior(histories, 150).draws;
    let walk = chain::<M>(histories, member.optimum.at, &draws);
    let often = histories.rows.iter().max_by_key(|row| row.history.frequency).unwrap().history;
    let told: [(&str, Told<'_>); 5] = [
        ("r", &|at| at[0]),
        ("α", &|at| at[1]),
        ("purchases of a new customer", &|at| M::new(at).expected_of_new(52.0)),
        ("of one who came once", &|at| M::new(at).expected(&History { age: 30.0, ..History::default() }, 52.0)),
        ("of one who came often", &|at| M::new(at).expected(&often, 52.0)),
    ];
    for (what, of) in told {
        let (ours, theirs) = (quantiles(&draws, of), quantiles(&walk, of));
        let range = theirs[2] - theirs[0];
        for (ours, theirs) in ours.into_iter().zip(theirs) {
            assert!((ours - theirs).abs() < range / 6.0, "{candidate:?} {what}: {ours} and {theirs} of {range}");
        }
    }
}

#[test]
fn draws_tell_what_a_markov_chain_does() {
    let Some(text) = reference("expected", SETS[1].1) else {
        println!("The sets are not beside this checkout (../shared/oracle): not held against a chain");
        return;
    };
    // Of 300 customers parameters are known badly, and the posterior is far from normal.
    let (all, _) = summary(&text);
    let few = Histories::new(all.rows.iter().step_by(4).map(|row| (row.history, row.customers)));
    agrees::<BgNbd>(Candidate::BgNbd, &few);
    agrees::<ParetoNbd>(Candidate::ParetoNbd, &few);
}

#[test]
fn every_set_gives_draws_enough() {
    if SETS.iter().any(|(_, file)| reference("expected", file).is_none()) {
        println!("The sets are not beside this checkout (../shared/oracle): no draws from them");
        return;
    }
    let mut text = "| model | data | effective draws | first parameter | second | third | fourth |\n\
                    | --- | --- | ---: | ---: | ---: | ---: | ---: |\n"
        .to_owned();
    let models = [
        (Candidate::BgNbd, "BG/NBD (r, α, a, b)"),
        (Candidate::MbgNbd, "MBG/NBD (r, α, a, b)"),
        (Candidate::ParetoNbd, "Pareto/NBD (r, α, s, β)"),
    ];
    for (set, file) in SETS {
        let (histories, _) = summary(&reference("expected", file).unwrap());
        for (candidate, name) in models {
            let posterior = members::fit(candidate, &histories).unwrap().posterior(&histories, 150);
            let cells = [0, 1, 2, 3].map(|i| {
                let [low, high] = posterior.interval(0.05, &mut |at| at[i]).unwrap();
                format!("{} to {}", rounded(low), rounded(high))
            });
            writeln!(text, "| {name} | {set} | {:.0} | {} |", posterior.effective, cells.join(" | ")).unwrap();
            assert!(posterior.effective > 60.0 && posterior.draws.len() == 150, "{name} {set} {}", posterior.effective);
        }
    }
    hold_docs("the posteriors", &text);
}

fn rounded(value: f64) -> String {
    match value {
        v if v >= 100.0 => format!("{v:.0}"),
        v if v >= 10.0 => format!("{v:.1}"),
        v if v >= 0.1 => format!("{v:.2}"),
        v if v >= 0.001 => format!("{v:.4}"),
        v => format!("{v:.1e}"),
    }
}
