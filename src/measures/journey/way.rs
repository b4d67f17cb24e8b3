//! From the days of stages to shares, times and flows.

use super::stages::Came;
use crate::math::Day;
use crate::math::stats::{Share, quantile_of_counts};
use crate::math::survival::{Counted, Curve, Life, count};
use crate::report::journey::{Flow, Reached, Step, Way, Within};
use crate::tables::NO_DAY;

/// Who has not gone on after so many days has stopped.
const YEAR: i32 = 365;

/// The times within which it is told who goes on.
pub const WITHIN: [u32; 3] = [90, 180, 365];

/// The way of each of so many groups of people, and how long they take at each stage; `group` says to which of them a
/// person belongs, by place.
pub fn ways(came: &Came, end: Day, groups: usize, group: &dyn Fn(usize) -> usize) -> Vec<(Way, Vec<Curve>)> {
    let mut tallies: Vec<Tally> = (0..groups).map(|_| Tally::new(came.stages)).collect();
    for (place, days) in came.days.chunks_exact(came.stages).enumerate() {
        tallies[group(place)].count(days, end);
    }
    tallies.into_iter().map(Tally::finish).collect()
}

/// What is counted of a group.
struct Tally {
    way: Way,
    /// How long people took at each stage, or have been there, counted by days.
    times: Vec<Vec<Counted>>,
}

impl Tally {
    fn new(stages: usize) -> Tally {
        let way = Way {
            reached: vec![Reached::default(); stages],
            steps: Vec::with_capacity(stages - 1),
            flow: vec![Flow::default(); stages - 1],
        };
        Tally { way, times: vec![Vec::new(); stages - 1] }
    }

    /// Counts a person who came to the stages on these days.
    fn count(&mut self, days: &[Day], end: Day) {
        let mut in_time = true;
        for at in 0..days.len() {
            if days[at] == NO_DAY {
                break;
            }
            let reached = &mut self.way.reached[at];
            reached.people += 1;
            if at + 1 == days.len() {
                break;
            }
            let ended = days[at + 1] != NO_DAY;
            let time = (if ended { days[at + 1] } else { end }).0 - days[at].0;
            let year_is_over = end.0 - days[at].0 >= YEAR;
            count(&mut self.times[at], Life { time: time.max(0) as u32, ended });
            match (ended, year_is_over) {
                (true, _) => {}
                (false, true) => reached.stopped += 1,
                (false, false) => reached.waiting += 1,
            }
            if in_time {
                in_time = ended && time <= YEAR;
                let flow = &mut self.way.flow[at];
                *(match (in_time, year_is_over) {
                    (true, _) => &mut flow.on,
                    (false, true) => &mut flow.stopped,
                    (false, false) => &mut flow.waiting,
                }) += 1;
            }
        }
    }

    fn finish(self) -> (Way, Vec<Curve>) {
        let Tally { mut way, times } = self;
        let curves: Vec<Curve> = times.iter().map(|counts| Curve::of_counts(counts)).collect();
        way.steps.extend(times.iter().zip(&curves).map(|(counts, curve)| step(counts, curve)));
        (way, curves)
    }
}

fn step(counts: &[Counted], curve: &Curve) -> Step {
    let within = |days: u32| {
        let point = curve.at(days);
        let interval = point.and_then(|point| point.interval);
        Within {
            days,
            share: point.map(|point| 1.0 - point.survival),
            low: interval.map(|(_, high)| 1.0 - high),
            high: interval.map(|(low, _)| 1.0 - low),
            watched: curve.at_risk(days),
        }
    };
    let ended: Vec<u64> = counts.iter().map(|counted| counted.ended).collect();
    Step {
        so_far: Share::new(ended.iter().sum(), curve.len()),
        within: WITHIN.into_iter().map(within).collect(),
        median_days: quantile_of_counts(&ended, 0.5),
        half_days: curve.median(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn came(people: &[[Option<i32>; 3]]) -> Came {
        let days = people.iter().flatten().map(|day| day.map_or(NO_DAY, Day)).collect();
        Came { stages: 3, days, first_rows: vec![None; people.len()] }
    }

    fn whole(people: &[[Option<i32>; 3]], end: Day) -> Way {
        ways(&came(people), end, 1, &|_| 0).swap_remove(0).0
    }

    #[test]
    fn each_group_has_its_own_way() {
        let people = came(&[[Some(0), Some(1), None], [Some(0), None, None], [Some(2), Some(2), Some(2)]]);
        let reached = |(way, _): (Way, Vec<Curve>)| way.reached.iter().map(|r| r.people).collect::<Vec<_>>();
        let told: Vec<_> = ways(&people, Day(9), 3, &|person| person % 2).into_iter().map(reached).collect();
        assert_eq!(told, [[2, 2, 1], [1, 0, 0], [0, 0, 0]]);
    }

    #[test]
    fn everybody_goes_on_or_stops_or_waits() {
        let people = [
            [Some(0), Some(10), Some(400)],
            [Some(0), Some(366), Some(370)],
            [Some(0), None, None],
            [Some(500), Some(500), None],
            [Some(635), None, None],
            [Some(636), None, None],
        ];
        let way = whole(&people, Day(1000));
        let reached: Vec<_> = way.reached.iter().map(|r| (r.people, r.stopped, r.waiting)).collect();
        assert_eq!(reached, [(6, 2, 1), (3, 1, 0), (2, 0, 0)]);
        let flow: Vec<_> = way.flow.iter().map(|flow| (flow.on, flow.stopped, flow.waiting)).collect();
        // Who took 366 days is none of those who went on within a year, nor counted at the next stage.
        assert_eq!(flow, [(2, 3, 1), (0, 2, 0)]);
        assert_eq!((way.steps[0].so_far.count, way.steps[0].so_far.of, way.steps[0].median_days), (3, 6, Some(10.0)));
        assert_eq!(way.steps[1].median_days, Some(197.0));
    }

    /// By hand: 4 people, watched 100, 50 and 30 days without going on, and one who went on after 40. The one of 30 days is
    /// not at risk on day 40: a third of three goes on. Beyond day 100 nothing is known.
    #[test]
    fn who_had_little_time_is_no_evidence_of_stopping() {
        let people =
            [[Some(0), None, None], [Some(50), None, None], [Some(70), None, None], [Some(20), Some(60), None]];
        let way = whole(&people, Day(100));
        let step = &way.steps[0];
        assert_eq!(step.so_far.rate, Some(0.25));
        let ninety = &step.within[0];
        assert!((ninety.share.unwrap() - 1.0 / 3.0).abs() < 1e-12);
        assert!(ninety.low.unwrap() < ninety.share.unwrap() && ninety.share.unwrap() < ninety.high.unwrap());
        assert_eq!((ninety.watched, step.within[1].share, step.within[1].watched), (1, None, 0));
        assert_eq!(step.half_days, None);
        assert_eq!(way.steps[1].within[0].share, None, "who went on was watched for 40 days more");
    }

    #[test]
    fn nobody_is_no_share() {
        let way = whole(&[], Day(9));
        assert_eq!((way.reached[0].people, way.steps[0].so_far.rate, way.steps[0].within[0].share), (0, None, None));
    }
}
