//! Scores of answers with their intervals: NPS, CSAT, CES (definitions.md, section 4).

use crate::math::distributions::chi_square_sf;
use crate::math::stats::Share;
use crate::measures::ratio;
use crate::report::feedback::Estimate;
use crate::roles::scale::Scale;

/// Answers from which on an interval is told: below, the normal approximation that two of the three rest on says too much.
pub const FEWEST: u64 = 30;

/// The 97.5th percentile of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Which way an answer leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// A detractor: 0 to 6; 1 or 2 of 5; much effort.
    Unhappy,
    /// Between.
    Between,
    /// A promoter: 9 or 10; 4 or 5 of 5; little effort.
    Happy,
}

/// The lean of an answer; `high_is_easy` says which end of a scale of effort is the good one.
pub fn lean(scale: Scale, answer: u8, high_is_easy: bool) -> Lean {
    let (unhappy, happy) = match scale {
        Scale::Nps => (answer <= 6, answer >= 9),
        Scale::Csat => (answer <= 2, answer >= 4),
        Scale::Ces if high_is_easy => (answer <= 3, answer >= 5),
        Scale::Ces => (answer >= 5, answer <= 3),
    };
    match (unhappy, happy) {
        (true, _) => Lean::Unhappy,
        (_, true) => Lean::Happy,
        _ => Lean::Between,
    }
}

/// How often each answer was given.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    counts: [u64; 11],
}

impl Tally {
    /// Counts an answer from 0 to 10.
    pub fn add(&mut self, answer: u8) {
        self.counts[usize::from(answer)] += 1;
    }

    /// Counts all answers of another tally.
    pub fn merge(&mut self, other: &Tally) {
        self.counts.iter_mut().zip(other.counts).for_each(|(count, other)| *count += other);
    }

    /// The answers that are not among those of a part of it.
    pub fn without(mut self, part: &Tally) -> Tally {
        self.counts.iter_mut().zip(part.counts).for_each(|(count, part)| *count -= part);
        self
    }

    /// Answers.
    pub fn answers(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// How often each answer of a scale was given.
    pub fn distribution(&self, scale: Scale) -> Vec<u64> {
        let (least, most) = scale.bounds();
        self.counts[least as usize..=most as usize].to_vec()
    }

    /// Answers of the unhappy, of those between, of the happy.
    pub fn stances(&self, scale: Scale, high_is_easy: bool) -> [u64; 3] {
        let mut stances = [0; 3];
        for (answer, count) in (0..).zip(self.counts) {
            stances[lean(scale, answer, high_is_easy) as usize] += count;
        }
        stances
    }

    /// The mean answer.
    pub fn mean(&self) -> Option<f64> {
        ratio(self.sum(1) as f64, self.answers() as f64)
    }

    /// Sum of the answers, or of their squares.
    fn sum(&self, power: u32) -> u64 {
        (0u64..).zip(self.counts).map(|(answer, count)| answer.pow(power) * count).sum()
    }

    /// The score on a scale with its 95 % interval.
    ///
    /// * NPS: the share of 9 and 10 less that of 0 to 6, times 100; its variance is p + d - (p - d)^2 over n.
    /// * CSAT: the share of 4 and 5; Wilson's interval.
    /// * CES: the mean; its variance is that of the answers over n.
    ///
    /// Without [`FEWEST`] answers, or where all are alike, no interval is told.
    pub fn estimate(&self, scale: Scale) -> Estimate {
        let n = self.answers();
        let stances = self.stances(scale, false).map(|count| count as f64);
        let all = n as f64;
        let told = |score: Option<f64>, half: f64| {
            let end = |end: f64| score.map(|score| score + end).filter(|_| n >= FEWEST && half > 0.0);
            Estimate { score, low: end(-half), high: end(half), answers: n }
        };
        match scale {
            Scale::Nps => {
                let [d, _, p] = stances;
                let (difference, either) = ((p - d) / all, (p + d) / all);
                let half = Z * libm::sqrt((either - difference * difference).max(0.0) / all);
                let Estimate { low, high, .. } = told(Some(100.0 * difference), 100.0 * half);
                // There is no score beyond the ends of its scale.
                let within = |end: Option<f64>| end.map(|end| end.clamp(-100.0, 100.0));
                Estimate { score: ratio(100.0 * (p - d), all), low: within(low), high: within(high), answers: n }
            }
            Scale::Csat => {
                let share = Share::new(self.stances(scale, false)[2], n);
                let is_told = n >= FEWEST && share.count > 0 && share.count < n;
                let end = |end: Option<f64>| end.filter(|_| is_told);
                Estimate { score: share.rate, low: end(share.low), high: end(share.high), answers: n }
            }
            Scale::Ces => {
                // The sums are whole numbers, so the variance of answers that are all alike is 0 exactly.
                let (sum, squares) = (u128::from(self.sum(1)), u128::from(self.sum(2)));
                let spread = (squares * u128::from(n) - sum * sum) as f64;
                told(self.mean(), Z * libm::sqrt(spread / (all * (all - 1.0)).max(1.0) / all))
            }
        }
    }
}

/// The chance of tallies as different as these if every answer came from one and the same pool, of those with [`FEWEST`]
/// answers: the sum of n (mean - mean of all)^2 over the variance of all answers is chi-square with one degree of freedom
/// less than there are tallies. Of two shares it is Pearson's test. Nothing below two, or where all answers count alike.
pub fn steady(tallies: &[Tally], scale: Scale) -> Option<f64> {
    let worth = |tally: &Tally| {
        let [d, _, p] = tally.stances(scale, false).map(|count| count as i128);
        match scale {
            Scale::Nps => (p - d, p + d),
            Scale::Csat => (p, p),
            Scale::Ces => (i128::from(tally.sum(1)), i128::from(tally.sum(2))),
        }
    };
    let known = || tallies.iter().filter(|tally| tally.answers() >= FEWEST);
    let (mut n, mut sum, mut squares) = (0i128, 0i128, 0i128);
    for tally in known() {
        let (own, square) = worth(tally);
        (n, sum, squares) = (n + i128::from(tally.answers()), sum + own, squares + square);
    }
    let spread = (squares * n - sum * sum) as f64;
    if known().count() < 2 || spread <= 0.0 {
        return None;
    }
    let mean = sum as f64 / n as f64;
    let apart = |tally: &Tally| {
        let answers = tally.answers() as f64;
        let distance = worth(tally).0 as f64 / answers - mean;
        answers * distance * distance
    };
    let statistic = known().map(apart).sum::<f64>() * (n * n) as f64 / spread;
    Some(chi_square_sf(statistic, (known().count() - 1) as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(answers: &[(u8, u64)]) -> Tally {
        let mut tally = Tally::default();
        answers.iter().for_each(|(answer, count)| tally.counts[usize::from(*answer)] = *count);
        tally
    }

    /// The synthetic survey of the oracle (survey.json): 361 promoters and 379 detractors of 1,103.
    #[test]
    fn scores_and_intervals_equal_the_reference() {
        let nps = tally(&[(10, 361), (8, 363), (0, 379)]).estimate(Scale::Nps);
        let close = |ours: Option<f64>, theirs: f64| (ours.unwrap() - theirs).abs() < 1e-9;
        assert!(close(nps.score, -1.631912964641885));
        assert!(close(nps.low, -6.464750817821872) && close(nps.high, 3.2009248885381023));
        let csat = tally(&[(1, 14), (2, 84), (3, 292), (4, 386), (5, 272)]);
        assert!(
            close(csat.estimate(Scale::Csat).score, 0.627_862_595_419_847_3) && close(csat.mean(), 3.780534351145038)
        );
        let ces = tally(&[(1, 3), (2, 44), (3, 117), (4, 224), (5, 304), (6, 212), (7, 121)]);
        assert!(close(ces.estimate(Scale::Ces).score, 4.855609756097561));
        assert_eq!(ces.stances(Scale::Ces, true), [164, 224, 637]);
        assert_eq!(ces.stances(Scale::Ces, false), [637, 224, 164]);
    }

    #[test]
    fn what_is_not_known_is_not_told() {
        for scale in Scale::ALL {
            assert_eq!(Tally::default().estimate(scale), Estimate::default(), "{scale:?}");
            let few = tally(&[(1, 20), (5, 9)]).estimate(scale);
            assert!(few.score.is_some() && few.low.is_none() && few.high.is_none(), "{scale:?}");
            // Forty times the same answer: the next one may be another, but nothing says how likely.
            let alike = tally(&[(5, 40)]).estimate(scale);
            assert!(alike.score.is_some() && alike.low.is_none(), "{scale:?}");
            let ends = [scale.bounds().0, scale.bounds().1].map(|answer| (answer as u8, 20));
            assert!(tally(&ends).estimate(scale).low.is_some(), "{scale:?}");
        }
        assert_eq!(Tally::default().mean(), None);
    }

    /// Of two shares it is Pearson's chi-square without correction: 40 of 100 against 60 of 100 is 8, p = 0.004678.
    #[test]
    fn periods_are_steady_where_chance_explains_them() {
        let share = |happy: u64, n: u64| tally(&[(5, happy), (1, n - happy)]);
        let p = steady(&[share(40, 100), share(60, 100)], Scale::Csat).unwrap();
        assert!((p - 0.004_677_734_981_047_266).abs() < 1e-12, "{p}");
        assert_eq!(steady(&[share(40, 100), share(3, 5)], Scale::Csat), None, "five answers are no second period");
        assert_eq!(steady(&[share(40, 40), share(30, 30)], Scale::Csat), None, "all alike");
        assert_eq!(steady(&[share(20, 50); 12], Scale::Csat), Some(1.0));
        // Shares of extremes as of NPS: -20 and +20 with nobody between are the same test.
        let extremes = |happy: u64| tally(&[(10, happy), (0, 100 - happy)]);
        assert!((steady(&[extremes(40), extremes(60)], Scale::Nps).unwrap() - p).abs() < 1e-12);
        assert_eq!(share(40, 100).without(&share(10, 30)), share(30, 70));
    }

    #[test]
    fn every_answer_leans_one_way() {
        let told = |scale: Scale, high_is_easy: bool| {
            let (least, most) = scale.bounds();
            let letter = |answer| match lean(scale, answer as u8, high_is_easy) {
                Lean::Unhappy => 'u',
                Lean::Between => '-',
                Lean::Happy => 'h',
            };
            (least..=most).map(letter).collect::<String>()
        };
        assert_eq!((told(Scale::Nps, false), told(Scale::Csat, false)), ("uuuuuuu--hh".into(), "uu-hh".into()));
        assert_eq!((told(Scale::Ces, false), told(Scale::Ces, true)), ("hhh-uuu".into(), "uuu-hhh".into()));
    }
}
