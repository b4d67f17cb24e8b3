use super::*;
use crate::math::random::Random;
use crate::models::bg_nbd::BgNbd;
use crate::models::mbg_nbd::MbgNbd;
use crate::models::{Fitted, MONTH_DAYS, There};

#[track_caller]
fn close(ours: f64, theirs: f64, relative: f64, what: &str) {
    assert!((ours - theirs).abs() <= relative * theirs.abs(), "{what}: {ours} is not {theirs}");
}

fn history(frequency: u32, recency: f64, age: f64) -> History {
    History { frequency, recency, age }
}

/// Of long horizons and short histories most of the mean square lies far above the mean.
#[test]
fn the_mean_square_is_that_of_all_counts() {
    for (stages, parameters, age, stage) in
        [(1, [0.24, 10.0, 0.8, 2.5], 3.0, 0), (1, [0.8, 40.0, 0.05, 4.0], 90.0, 0), (3, [2.0, 30.0, 0.5, 3.0], 60.0, 2)]
    {
        for frequency in [0, 4] {
            let (model, there) = (Cnbd::<1>::new(stages, &parameters), There { frequency, age, stage });
            let chances = model.probabilities_if_alive(there, 1500.0, 30_000);
            let sum: f64 = (0..).zip(&chances).map(|(n, chance)| f64::from(n) * f64::from(n) * chance).sum();
            close(model.square_if_alive(there, 1500.0), sum, 1e-9, &format!("{parameters:?} of {frequency}"));
        }
    }
}

/// At k = 1 all is that of the models of random times, for which references of 40 digits are held elsewhere.
#[test]
fn one_stage_is_random_times() {
    fn hold<const FIRST: u32, M: Fitted>() {
        let parameters = [0.6, 40.0, 0.8, 2.5];
        let (ours, theirs) = (Cnbd::<FIRST>::new(1, &parameters), M::new(&parameters));
        for h in [history(0, 0.0, 80.0), history(3, 200.0, 300.0), history(40, 290.0, 300.0), History::default()] {
            let same = |ours: f64, theirs: f64, what| close(ours, theirs, 1e-12, &format!("{what} of {h:?}"));
            same(ours.alive(&h), theirs.alive(&h), "P(alive)");
            same(ours.expected(&h, 365.0), theirs.expected(&h, 365.0), "expectation");
            same(ours.discounted(&h, 0.0003), theirs.discounted(&h, 0.0003), "DERT");
            for (ours, theirs) in ours.probabilities(&h, 90.0, 5).iter().zip(theirs.probabilities(&h, 90.0, 5)) {
                same(*ours, theirs, "probability");
            }
            let alone = Histories::new([(h, 2.0)].into_iter());
            let likelihood = log_likelihood(&parameters, FIRST, 1, &alone).value;
            same(likelihood, M::log_likelihood(&parameters, &alone).value, "likelihood");
        }
        same_of_new(ours.expected_of_new(365.0), theirs.expected_of_new(365.0));
    }
    fn same_of_new(ours: f64, theirs: f64) {
        close(ours, theirs, 1e-12, "expectation of a new customer");
    }
    hold::<0, BgNbd>();
    hold::<1, MbgNbd>();
}

#[test]
fn derivatives_are_those_of_the_value() {
    let rows = [history(0, 0.0, 30.0), history(3, 5.0, 40.0), history(1, 39.0, 39.0), history(7, 60.0, 200.0)];
    let histories = Histories::new(rows.into_iter().map(|history| (history, 1.5)));
    for (k, m) in [(2, 0), (3, 1), (6, 1)] {
        for at in [[0.7, 12.0, 0.5, 2.0], [3.0, 40.0, 1.5, 0.3]] {
            let exact = log_likelihood(&at, m, k, &histories);
            for i in 0..4 {
                let step = 1e-5 * at[i];
                let moved = |by: f64| {
                    let mut there = at;
                    there[i] += by;
                    log_likelihood(&there, m, k, &histories)
                };
                let (up, down) = (moved(step), moved(-step));
                let slope = (up.value - down.value) / (2.0 * step);
                assert!((slope - exact.gradient[i]).abs() < 1e-6 * slope.abs().max(1.0), "{k} {at:?} {i}");
                for j in 0..4 {
                    let curve = (up.gradient[j] - down.gradient[j]) / (2.0 * step);
                    assert!((curve - exact.hessian[i][j]).abs() < 1e-6 * curve.abs().max(1.0), "{k} {at:?} {i} {j}");
                }
            }
        }
    }
}

#[test]
fn probabilities_add_up_to_the_mean_in_every_stage() {
    let model = MbgCnbd::new(4, &[1.8, 25.0, 0.4, 2.2]);
    for stage in 0..4 {
        let there = There { frequency: 3, age: 120.0, stage };
        let p = model.probabilities_if_alive(there, 200.0, 600);
        assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        let mean: f64 = p.iter().enumerate().map(|(n, p)| n as f64 * p).sum();
        close(mean, model.expected_if_alive(there, 200.0), 1e-11, "mean");
    }
    let sum: f64 = model.stage_weights(&history(3, 60.0, 120.0)).iter().sum();
    close(sum, 1.0, 1e-14, "weights of the stages");
}

/// Customers with gaps of k stages each, rates and drop-out of their own: histories up to a day, the sum of the logarithms
/// of their gaps, and purchases of the year after.
fn made_up(random: &mut Random, k: u32, customers: u32) -> (Histories, f64) {
    let (mut rows, mut ln_gaps, mut later) = (Vec::new(), 0.0, 0.0);
    for _ in 0..customers {
        let age = 200.0 + f64::from(random.below(500));
        let rate = random.gamma(1.5, 60.0 / f64::from(k));
        let [x, y] = [random.gamma(0.6, 1.0), random.gamma(2.4, 1.0)];
        let leaves = x / (x + y);
        let (mut h, mut at) = (history(0, 0.0, age), 0.0);
        while random.uniform() >= leaves {
            let gap: f64 = (0..k).map(|_| random.exponential(rate)).sum();
            at += gap;
            match at {
                at if at <= age => {
                    (h.frequency, h.recency) = (h.frequency + 1, at);
                    ln_gaps += libm::log(gap);
                }
                at if at <= age + 12.0 * MONTH_DAYS => later += 1.0,
                _ => break,
            }
        }
        rows.push((h, 1.0));
    }
    let histories = Histories::new(rows.into_iter());
    (Histories { ln_gaps: Some(ln_gaps), ..histories }, later)
}

#[test]
fn a_rhythm_is_found_and_tells_more_of_what_comes() {
    let mut random = Random::new(5);
    for k in [1, 2, 3] {
        let (mut missed, mut missed_by_random) = (0.0, 0.0);
        for _ in 0..4 {
            let (histories, later) = made_up(&mut random, k, 1500);
            let (found, fit) = MbgCnbd::fit(&histories).unwrap();
            assert_eq!(found, k);
            let total = |model: &dyn Model| -> f64 {
                let of = |row: &crate::models::histories::Row| model.expected(&row.history, 12.0 * MONTH_DAYS);
                histories.rows.iter().map(|row| row.customers * of(row)).sum()
            };
            let error = |told: f64| (told / later - 1.0) * (told / later - 1.0);
            missed += error(total(&MbgCnbd::new(found, &fit.optimum.at)));
            missed_by_random += error(total(&MbgNbd::new(&MbgNbd::fit(&histories).unwrap().optimum.at)));
        }
        println!("k = {k}: {missed} {missed_by_random}");
        match k {
            1 => close(missed, missed_by_random, 1e-6, "errors at random times"),
            _ => assert!(missed < 0.5 * missed_by_random, "k = {k}: {missed} is not below {missed_by_random}"),
        }
    }
}

#[test]
fn a_clock_goes_beyond_the_usual_stages() {
    let mut random = Random::new(9);
    let (histories, _) = made_up(&mut random, 10, 800);
    let (found, _) = MbgCnbd::fit(&histories).unwrap();
    assert!((8..=12).contains(&found), "{found}");
    assert!(MbgCnbd::fit(&Histories { ln_gaps: None, ..histories }).is_none());
}
