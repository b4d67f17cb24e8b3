use super::*;
use crate::math::random::Random;
use crate::models::bg_nbd::BgNbd;
use crate::models::mbg_nbd::MbgNbd;
use crate::models::{Fitted, MONTH_DAYS};

#[track_caller]
fn close(ours: f64, theirs: f64, relative: f64, what: &str) {
    assert!((ours - theirs).abs() <= relative * theirs.abs(), "{what}: {ours} is not {theirs}");
}

fn history(frequency: u32, recency: f64, age: f64) -> History {
    History { frequency, recency, age }
}

/// k, whether drop-out may follow the first purchase, r, α, a, b, and the history.
type Case = (u32, u32, [f64; 4], History);

/// What 30 digits say of a case: the log-likelihood without the factor of the gaps, P(alive), P(0), …, P(3 purchases) in 90
/// days and DERT at 0.0003 a day of one who is there, and expected purchases in 90 days of one who is there.
///
/// By mpmath from the definition, without stages: λ = e^v integrated by the trapezoidal rule in v from −45 to 3 in steps of
/// 0.05, with the silence as a regularised incomplete gamma function; p integrated to beta functions; counts as sums of Poisson
/// probabilities, DERT with mpmath's 2F1, expectations as Σ E(1−p)^(n−1) P(n-th purchase within 90 days).
fn by_thirty_digits() -> Vec<(Case, [f64; 8])> {
    vec![
        (
            (1, 1, [0.6, 40.0, 0.8, 2.5], history(3, 200.0, 300.0)),
            [
                -18.22720932822299,
                0.662395461230603,
                0.429375896590415,
                0.3506085790991753,
                0.14651748224971212,
                0.05106968553391299,
                11.96612570596704,
                0.8953924921013111,
            ],
        ),
        (
            (2, 1, [0.62, 14.0, 0.55, 1.9], history(4, 180.0, 300.0)),
            [
                -36.92363434322347,
                0.4204905757347486,
                0.14536926167643954,
                0.44775098805852087,
                0.28320146534998714,
                0.09637839417169725,
                20.809977806210128,
                1.4180978278959029,
            ],
        ),
        (
            (3, 0, [1.4, 30.0, 0.3, 3.1], history(0, 0.0, 120.0)),
            [
                -1.091563393728327,
                1.0,
                0.5691093607395972,
                0.3584723677970128,
                0.06421276022923064,
                0.007443755977060713,
                10.760027174600758,
                0.5123441859604692,
            ],
        ),
        (
            (3, 1, [1.4, 30.0, 0.3, 3.1], history(6, 150.0, 260.0)),
            [
                -61.98401008962215,
                0.09675623249204343,
                0.009467579067295059,
                0.188557647830749,
                0.3856382118396337,
                0.28406349158599675,
                47.98277541309111,
                2.373650960354721,
            ],
        ),
        (
            (5, 0, [2.5, 20.0, 1.0, 1.0], history(2, 64.0, 64.0)),
            [
                -30.139361840752862,
                0.6666666666666666,
                0.02222038073371708,
                0.4094342701095494,
                0.3403094376912818,
                0.16497484895820985,
                9.454102012898582,
                1.8526170155497146,
            ],
        ),
        (
            (6, 1, [8.0, 90.0, 0.2, 4.0], history(12, 250.0, 300.0)),
            [
                -172.9895293955295,
                0.7131644948736782,
                2.7215103349743824e-06,
                0.014221934438536766,
                0.10034930720137802,
                0.38949605002121274,
                86.02149479001936,
                3.5093260845591105,
            ],
        ),
    ]
}

fn figures<const FIRST: u32>(k: u32, parameters: &[f64; 4], history: &History) -> [f64; 8] {
    let model = Cnbd::<FIRST>::new(k, parameters);
    let alone = Histories::new([(*history, 1.0)].into_iter());
    let mut chances = [0.0; 4];
    for stage in 0..k {
        let there = There { frequency: history.frequency, age: history.age, stage };
        let weight = model.stage_weights(history)[stage as usize];
        for (sum, chance) in chances.iter_mut().zip(model.probabilities_if_alive(there, 90.0, 3)) {
            *sum += weight * chance;
        }
    }
    let [p0, p1, p2, p3] = chances;
    let likelihood = log_likelihood(parameters, FIRST, k, &alone).value;
    let discounted = model.mean_if_alive(history, &mut |there| model.discounted_if_alive(there, 0.0003));
    let expected = model.mean_if_alive(history, &mut |there| model.expected_if_alive(there, 90.0));
    [likelihood, model.alive(history), p0, p1, p2, p3, discounted, expected]
}

#[test]
fn likelihood_and_predictions_are_those_of_thirty_digits() {
    for ((k, first, parameters, history), theirs) in by_thirty_digits() {
        let ours = match first {
            0 => figures::<0>(k, &parameters, &history),
            _ => figures::<1>(k, &parameters, &history),
        };
        for (place, (ours, theirs)) in ours.into_iter().zip(theirs).enumerate() {
            close(ours, theirs, 1e-9, &format!("k = {k}, {history:?}, figure {place}"));
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
