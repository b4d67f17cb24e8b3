//! How long something lasts where not all of it has ended yet: the product-limit estimate, and the log-rank test.
//!
//! Kaplan and Meier (1958), "Nonparametric estimation from incomplete observations"; its variance by Greenwood (1926), the
//! interval on the scale of log(−log S) as Kalbfleisch and Prentice give it, which never leaves 0 to 1. The test is Mantel's
//! (1966) for any number of groups, with the hypergeometric covariance. Times are whole numbers of a unit that the caller
//! chooses: days, months.

use super::distributions::chi_square_sf;

/// The normal deviate of a two-sided 95 % interval.
const Z: f64 = 1.959_963_984_540_054;

/// How long one of them was watched, and whether its end was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// From its beginning to its end, or to the last time that it was seen.
    pub time: u32,
    /// Whether it ended then. If not, all that is known is that it lasted so long.
    pub ended: bool,
}

/// How many lives of a time ended, and how many were last seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Those that ended.
    pub ended: u64,
    /// Those last seen.
    pub censored: u64,
}

/// Counts a life among those of its time, by which the list is ordered.
#[inline]
pub fn count(counts: &mut Vec<Counted>, life: Life) {
    let time = life.time as usize;
    if counts.len() <= time {
        counts.resize(time + 1, Counted::default());
    }
    let counted = &mut counts[time];
    *(if life.ended { &mut counted.ended } else { &mut counted.censored }) += 1;
}

/// What happened at one time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The time.
    pub time: u32,
    /// Those watched until this time or longer.
    pub at_risk: u64,
    /// Of them, those that ended at it.
    pub ended: u64,
    /// Of them, those last seen at it.
    pub censored: u64,
    /// The share that lasts longer than this.
    pub survival: f64,
    /// Greenwood's sum over d / (n (n − d)) up to here; infinite once nothing is left.
    variance: f64,
}

/// The share that lasts longer than some time, with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The share.
    pub survival: f64,
    /// Lower and upper end of the interval; nothing while nothing has ended and after all has: the variance says nothing
    /// there.
    pub interval: Option<(f64, f64)>,
}

/// The product-limit estimate of a group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// The times at which something ended or was last seen, ascending.
    pub steps: Vec<Step>,
}

impl Curve {
    /// The estimate from any number of lives. Those last seen at the time at which others end are at risk there.
    pub fn of(lives: &[Life]) -> Curve {
        let mut counts = Vec::new();
        lives.iter().for_each(|life| count(&mut counts, *life));
        Curve::of_counts(&counts)
    }

    /// The same of lives that were [counted](count).
    pub fn of_counts(counts: &[Counted]) -> Curve {
        let mut at_risk: u64 = counts.iter().map(|counted| counted.ended + counted.censored).sum();
        let (mut survival, mut variance) = (1.0, 0.0);
        let mut steps = Vec::new();
        for (time, &Counted { ended, censored }) in (0..).zip(counts).filter(|(_, at)| at.ended + at.censored > 0) {
            let (n, d) = (at_risk as f64, ended as f64);
            survival *= (n - d) / n;
            variance += d / (n * (n - d));
            steps.push(Step { time, at_risk, ended, censored, survival, variance });
            at_risk -= ended + censored;
        }
        Curve { steps }
    }

    /// How many there are.
    pub fn len(&self) -> u64 {
        self.steps.first().map_or(0, |step| step.at_risk)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// How many of them ended.
    pub fn ended(&self) -> u64 {
        self.steps.iter().map(|step| step.ended).sum()
    }

    /// Those watched until a time or longer.
    pub fn at_risk(&self, time: u32) -> u64 {
        let next = self.steps.partition_point(|step| step.time < time);
        self.steps.get(next).map_or(0, |step| step.at_risk)
    }

    /// The share that lasts longer than a time; nothing beyond the last one at which anything was watched, unless all had
    /// ended by then.
    pub fn at(&self, time: u32) -> Option<Point> {
        let last = self.steps.last()?;
        if time > last.time && last.survival > 0.0 {
            return None;
        }
        let passed = self.steps.partition_point(|step| step.time <= time);
        let Some(step) = passed.checked_sub(1).map(|at| &self.steps[at]) else {
            return Some(Point { survival: 1.0, interval: None });
        };
        Some(Point { survival: step.survival, interval: step.interval() })
    }

    /// The first time at which no more than half are left; nothing where that has not come yet.
    pub fn median(&self) -> Option<u32> {
        // Half of an even number is met exactly by counts, but hardly by a product of fractions.
        self.steps.iter().find(|step| step.survival <= 0.5 + 1e-12).map(|step| step.time)
    }
}

impl Step {
    /// The 95 % interval of the survival: exp(−exp(log(−log S) ± z √variance / log S)).
    fn interval(&self) -> Option<(f64, f64)> {
        if self.survival <= 0.0 || self.variance <= 0.0 {
            return None;
        }
        let log = libm::log(self.survival);
        let spread = Z * libm::sqrt(self.variance) / log;
        let end = |sign: f64| libm::exp(-libm::exp(libm::log(-log) + sign * spread));
        Some((end(-1.0), end(1.0)))
    }
}

/// The log-rank test of whether groups last equally long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogRank {
    /// The statistic; chi-square distributed where the groups do not differ.
    pub chi_square: f64,
    /// Groups that tell something, less 1.
    pub degrees: u32,
    /// The chance of a statistic as large where they do not differ.
    pub p: f64,
}

/// Tests whether groups last equally long. Groups that nothing could have ended of (none at risk when anything ended) tell
/// nothing and are left out; nothing where fewer than two remain.
pub fn log_rank(groups: &[Curve]) -> Option<LogRank> {
    let first = groups.iter().filter_map(|group| group.steps.iter().find(|step| step.ended > 0)).map(|s| s.time).min();
    let is_told = |group: &&Curve| first.is_some_and(|first| group.at_risk(first) > 0);
    let mut walks: Vec<Walk<'_>> = groups.iter().filter(is_told).map(|group| Walk::new(&group.steps)).collect();
    let free = walks.len().checked_sub(1).filter(|free| *free > 0)?;
    let mut excess = vec![0.0; free];
    let mut covariance = vec![vec![0.0; free]; free];
    while let Some(time) = walks.iter().filter_map(Walk::next_end).min() {
        walks.iter_mut().for_each(|walk| walk.go_to(time));
        let n: f64 = walks.iter().map(|walk| walk.at_risk).sum();
        let d: f64 = walks.iter().map(|walk| walk.ended).sum();
        let spread = if n > 1.0 { d * (n - d) / (n - 1.0) } else { 0.0 };
        for (a, one) in walks[..free].iter().enumerate() {
            excess[a] += one.ended - d * one.at_risk / n;
            for (b, other) in walks[..free].iter().enumerate() {
                let own = if a == b { one.at_risk / n } else { 0.0 };
                covariance[a][b] += spread * (own - one.at_risk * other.at_risk / (n * n));
            }
        }
    }
    let weights = solve(covariance, excess.clone())?;
    let chi_square = weights.iter().zip(&excess).map(|(weight, excess)| weight * excess).sum();
    Some(LogRank { chi_square, degrees: free as u32, p: chi_square_sf(chi_square, free as f64) })
}

/// A group on the way through the times at which anything ended.
struct Walk<'a> {
    /// The steps from the time on that it has come to.
    steps: &'a [Step],
    /// Those from the next end on.
    ends: &'a [Step],
    at_risk: f64,
    ended: f64,
}

impl<'a> Walk<'a> {
    fn new(steps: &'a [Step]) -> Walk<'a> {
        Walk { steps, ends: from_end(steps), at_risk: 0.0, ended: 0.0 }
    }

    fn next_end(&self) -> Option<u32> {
        self.ends.first().map(|step| step.time)
    }

    /// Goes to a time, none before it being left at which anything ended.
    fn go_to(&mut self, time: u32) {
        while let [step, rest @ ..] = self.steps
            && step.time < time
        {
            self.steps = rest;
        }
        let here = self.steps.first();
        self.at_risk = here.map_or(0.0, |step| step.at_risk as f64);
        self.ended = here.filter(|step| step.time == time).map_or(0.0, |step| step.ended as f64);
        if self.next_end() == Some(time) {
            self.ends = from_end(&self.ends[1..]);
        }
    }
}

/// The steps from the first one on at which anything ended.
fn from_end(steps: &[Step]) -> &[Step] {
    &steps[steps.iter().position(|step| step.ended > 0).unwrap_or(steps.len())..]
}

/// Solves a symmetric system of equations by elimination; nothing where it has no single solution.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let size = right.len();
    let scale = (0..size).map(|at| matrix[at][at]).fold(0.0, f64::max);
    for pivot in 0..size {
        let largest = (pivot..size).max_by(|a, b| matrix[*a][pivot].abs().total_cmp(&matrix[*b][pivot].abs()))?;
        matrix.swap(pivot, largest);
        right.swap(pivot, largest);
        if matrix[pivot][pivot].abs() <= scale * 1e-12 {
            return None;
        }
        let (above, below) = matrix.split_at_mut(pivot + 1);
        let upper = &above[pivot];
        for (row, cells) in (pivot + 1..).zip(below) {
            let factor = cells[pivot] / upper[pivot];
            cells.iter_mut().zip(upper).skip(pivot).for_each(|(cell, other)| *cell -= factor * other);
            right[row] -= factor * right[pivot];
        }
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|column| matrix[row][column] * right[column]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lives(times: &[(u32, bool)]) -> Vec<Life> {
        times.iter().map(|&(time, ended)| Life { time, ended }).collect()
    }

    /// Remission times of Freireich et al. (1963), the example of most textbooks: 21 under 6-MP, 21 under a placebo.
    fn remission() -> [Curve; 2] {
        let treated = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(|time| (time, true));
        let watched = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|time| (time, false));
        let placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23].map(|time| (time, true));
        [Curve::of(&lives(&[&treated[..], &watched[..]].concat())), Curve::of(&lives(&placebo))]
    }

    #[track_caller]
    fn close(ours: f64, theirs: f64, tolerance: f64) {
        assert!((ours - theirs).abs() <= tolerance, "{ours} is not {theirs}");
    }

    /// Survival as in Kleinbaum and Klein, "Survival Analysis", tables 2.2 and 2.3; the log-rank statistic 16.79 of the same.
    #[test]
    fn the_remission_times_of_the_textbooks() {
        let [treated, placebo] = remission();
        for (time, survival) in
            [(6, 0.8571), (7, 0.8067), (10, 0.7529), (13, 0.6902), (16, 0.6275), (22, 0.5378), (23, 0.4482)]
        {
            close(treated.at(time).unwrap().survival, survival, 5e-5);
        }
        assert_eq!((treated.median(), placebo.median()), (Some(23), Some(8)));
        assert_eq!((treated.len(), treated.ended(), treated.at_risk(7)), (21, 9, 17));
        assert_eq!(treated.at(36), None, "nobody was watched that long");
        assert_eq!(placebo.at(36), Some(Point { survival: 0.0, interval: None }));
        let test = log_rank(&[treated, placebo]).unwrap();
        close(test.chi_square, 16.79, 5e-3);
        assert_eq!(test.degrees, 1);
        assert!(test.p < 1e-4 && test.p > 1e-5, "{}", test.p);
    }

    /// R's survfit(conf.type = "log-log") of the treated: 0.620 to 0.952 at 6, 0.268 to 0.680 (printed) at 22.
    #[test]
    fn intervals_are_those_of_the_log_log_scale() {
        let [treated, _] = remission();
        let (low, high) = treated.at(6).unwrap().interval.unwrap();
        close(low, 0.6197, 5e-4);
        close(high, 0.9516, 5e-4);
        assert_eq!(treated.at(5), Some(Point { survival: 1.0, interval: None }));
    }

    #[test]
    fn groups_that_can_tell_nothing_are_left_out() {
        assert_eq!(log_rank(&[]), None);
        let one = Curve::of(&lives(&[(3, true), (4, false)]));
        assert_eq!(log_rank(&[one.clone(), Curve::default()]), None);
        assert_eq!(log_rank(&[Curve::of(&lives(&[(3, false)])), Curve::of(&lives(&[(9, false)]))]), None);
        let early = Curve::of(&lives(&[(1, false), (2, false)]));
        let test = log_rank(&[one.clone(), early, Curve::of(&lives(&[(3, false), (5, true)]))]).unwrap();
        assert_eq!(test.degrees, 1, "the second was not watched until anything ended");
        assert_eq!(Curve::default().at(0), None);
        assert_eq!((Curve::default().median(), Curve::default().len()), (None, 0));
        assert_eq!(one.median(), Some(3), "one of two left is half");
    }

    #[test]
    fn the_order_of_groups_is_of_no_account() {
        let [treated, placebo] = remission();
        let other = Curve::of(&lives(&[(2, true), (9, true), (9, false), (30, true), (40, false)]));
        let test = log_rank(&[treated.clone(), placebo.clone(), other.clone()]).unwrap();
        let turned = log_rank(&[other, treated, placebo]).unwrap();
        close(test.chi_square, turned.chi_square, 1e-9);
        assert_eq!((test.degrees, turned.degrees), (2, 2));
    }
}
