//! The health score: how well a customer is, 0 to 100, as the mean of four parts of which each can be looked at by itself
//! (definitions.md, section 4).
//!
//! | part | 100 | 0 | known of |
//! | --- | --- | --- | --- |
//! | rhythm | bought within the usual gap | three usual gaps ago or longer | all, once somebody has bought twice |
//! | trend | all spend is recent | all spend is of the stretch before | who first bought two stretches ago, with spend in them |
//! | answer | the best answer of the scale | the worst | who has answered |
//! | complaints | | one or more are open | who has a complaint open: it can only take away |
//!
//! It is judged from the whole history up to the end, whatever period is shown: who is late is late against what came before.

use super::answers::Answer;
use super::{level, levels};
use crate::ledger::visits::gaps;
use crate::ledger::{Visit, Visits};
use crate::math::money::SCALE;
use crate::math::order::{self, Keyed};
use crate::math::stats::quantile;
use crate::math::{Day, Money};
use crate::measures::Shown;
use crate::report::engagement::{ComplaintsPart, CustomerHealth, Health, HealthPart, RhythmPart, TrendPart};
use crate::tables::events::Events;

/// A customer's own rhythm is taken from so many gaps; with fewer, that of all customers holds.
const OWN_GAPS: usize = 3;

/// After so many usual gaps nothing is left of the part.
const GONE: f64 = 3.0;

/// The lengths of the two stretches that spend is compared over, the longest first: a year knows no season.
const STRETCHES: [u32; 2] = [365, 182];

/// Below this score a customer slips.
const SLIPPING: f64 = 50.0;

/// The most customers that are listed.
const MOST_LISTED: usize = 20;

/// What health is judged from.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// All visits up to the end.
    pub history: &'a Visits,
    /// The last day.
    pub end: Day,
    /// The median gap in days between two purchase days of a customer, over all customers.
    pub usual: Option<f64>,
    /// The last answer of each customer of the ledger; empty where there is no survey.
    pub answers: &'a [Option<Answer>],
    /// What customers did beside buying.
    pub events: Option<&'a Events>,
}

/// The four parts of one customer.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Parts {
    rhythm: Option<RhythmPart>,
    trend: Option<TrendPart>,
    answer: Option<Answer>,
    complaints: Option<ComplaintsPart>,
}

/// The keys of the parts, in their order.
const KEYS: [&str; 4] = ["rhythm", "trend", "answer", "complaints"];

impl Parts {
    fn scores(&self) -> [Option<f64>; 4] {
        [
            self.rhythm.map(|part| part.score),
            self.trend.map(|part| part.score),
            self.answer.map(|answer| answer.part().score),
            self.complaints.map(|part| part.score),
        ]
    }

    fn score(&self) -> Option<f64> {
        let (mut sum, mut count) = (0.0, 0);
        for score in self.scores().into_iter().flatten() {
            sum += score;
            count += 1;
        }
        (count > 0).then(|| sum / f64::from(count))
    }
}

impl Known<'_> {
    /// The parts of a customer of the ledger.
    fn parts(&self, number: u32) -> Parts {
        let own = self.history.customers.binary_search(&number).ok();
        let visits = own.map_or(&[][..], |customer| self.history.of_customer(customer));
        let open = self.events.map_or(0, |events| events.open_complaints(number as usize, self.end));
        Parts {
            rhythm: self.rhythm(visits),
            trend: trend(visits, self.end),
            answer: self.answers.get(number as usize).copied().flatten(),
            complaints: (open > 0).then_some(ComplaintsPart { score: 0.0, open }),
        }
    }

    fn rhythm(&self, visits: &[Visit]) -> Option<RhythmPart> {
        let last = visits.iter().rev().find(|visit| visit.purchases > 0)?;
        let mut own: Vec<f64> = gaps(visits).map(f64::from).collect();
        let is_own = own.len() >= OWN_GAPS;
        let usual = if is_own {
            order::sort_by(&mut own, f64::total_cmp);
            quantile(&own, 0.5)?
        } else {
            self.usual?.max(1.0)
        };
        let days = (self.end.0 - last.day.0).max(0) as u32;
        let late = f64::from(days) / usual;
        let score = 100.0 * ((GONE - late) / (GONE - 1.0)).clamp(0.0, 1.0);
        Some(RhythmPart { score, days, usual, own: is_own })
    }

    /// How well one customer shown is.
    pub fn customer(&self, shown: Shown<'_>, customer: usize) -> CustomerHealth {
        let number = shown.visits.customers[customer];
        let parts = self.parts(number);
        CustomerHealth {
            number,
            customer: shown.id(customer).to_owned(),
            revenue: Money(shown.summary.revenue[customer]),
            score: parts.score(),
            rhythm: parts.rhythm,
            trend: parts.trend,
            answer: parts.answer.map(|answer| answer.part()),
            complaints: parts.complaints,
        }
    }

    /// How well all customers shown are; `window` is the active window in days.
    pub fn all(&self, shown: Shown<'_>, window: u32) -> Health {
        let mut bands = levels(["good", "fair", "poor"]);
        let mut sums = [(0u64, 0.0); 4];
        let (mut customers, mut sum) = (0, 0.0);
        let mut slipping: Vec<Keyed> = Vec::new();
        let mut slipping_revenue = 0;
        for customer in shown.buyers() {
            let parts = self.parts(shown.visits.customers[customer]);
            for (sum, score) in sums.iter_mut().zip(parts.scores()) {
                *sum = score.map_or(*sum, |score| (sum.0 + 1, sum.1 + score));
            }
            let Some(score) = parts.score() else { continue };
            let revenue = shown.summary.revenue[customer];
            customers += 1;
            sum += score;
            bands[level(score)].customers += 1;
            bands[level(score)].revenue += Money(revenue);
            let has_come_back = shown.summary.frequency[customer] > 0;
            if score < SLIPPING && has_come_back && parts.rhythm.is_some_and(|rhythm| rhythm.days < window) {
                slipping.push((order::descending(revenue), customer as u32));
                slipping_revenue += revenue;
            }
        }
        let listed = slipping.len().min(MOST_LISTED);
        order::sort_smallest(&mut slipping, listed);
        let part = |(key, (customers, sum)): (&str, (u64, f64))| HealthPart {
            key: key.to_owned(),
            customers,
            mean: (customers > 0).then(|| sum / customers as f64),
        };
        Health {
            customers,
            mean: (customers > 0).then(|| sum / customers as f64),
            usual_days: self.usual,
            parts: KEYS.into_iter().zip(sums).map(part).collect(),
            bands,
            slipping: slipping[..listed].iter().map(|&(_, c)| self.customer(shown, c as usize)).collect(),
            slipping_customers: slipping.len() as u64,
            slipping_revenue: Money(slipping_revenue),
        }
    }
}

/// Spend of the last stretch against that of the one before.
fn trend(visits: &[Visit], end: Day) -> Option<TrendPart> {
    let first = visits.iter().find(|visit| visit.purchases > 0)?.day;
    let days = STRETCHES.into_iter().find(|days| first <= end.plus(-2 * *days as i32))?;
    let (middle, start) = (end.plus(-(days as i32)), end.plus(-2 * days as i32));
    let (mut recent, mut before) = (0, 0);
    for visit in visits.iter().rev().take_while(|visit| visit.day > start) {
        *(if visit.day > middle { &mut recent } else { &mut before }) += visit.revenue;
    }
    let (above, below) = (recent.max(0), before.max(0));
    (above + below > 0).then(|| TrendPart {
        // Both at once, as the sum of two amounts may be the largest there is.
        score: 100.0 * (above as f64 / SCALE as f64) / ((above as f64 + below as f64) / SCALE as f64),
        days,
        recent: Money(recent),
        before: Money(before),
    })
}

#[cfg(test)]
mod tests {
    use super::super::answers::{Columns, last_answers};
    use super::*;
    use crate::measures::retention::rhythm;
    use crate::measures::tests::Whole;
    use crate::roles::scale::Scale;
    use crate::tables::events::tests::events;

    /// The end is 2024-12-31, by the last row.
    const ROWS: [(&str, &str, i64); 9] = [
        ("a", "2022-11-01", 30),
        ("a", "2022-12-01", 30),
        ("a", "2023-12-31", 10),
        ("a", "2024-06-30", 30),
        ("b", "2024-10-02", 80),
        ("c", "2024-12-01", 5),
        ("c", "2024-12-11", 5),
        ("c", "2024-12-21", 5),
        ("c", "2024-12-31", 5),
    ];

    fn health(answers: &[Option<Answer>], events: Option<&Events>) -> (Health, Vec<CustomerHealth>) {
        let whole = Whole::rows(&ROWS);
        let shown = whole.shown();
        let usual = rhythm(shown.visits).median;
        let known = Known { history: shown.visits, end: shown.end, usual, answers, events };
        let all = known.all(shown, 400);
        (all, (0..3).map(|customer| known.customer(shown, customer)).collect())
    }

    #[test]
    fn late_is_judged_by_the_own_rhythm_where_there_is_one() {
        let (all, customers) = health(&[], None);
        // Gaps: a 30, 395, 182; c 10, 10, 10. The median of all six is 20.
        assert_eq!(all.usual_days, Some(20.0));
        let [a, b, c] = [0, 1, 2].map(|customer: usize| customers[customer].rhythm.unwrap());
        assert_eq!((a.days, a.usual, a.own), (184, 182.0, true));
        assert!((a.score - 100.0 * (3.0 - 184.0 / 182.0) / 2.0).abs() < 1e-12);
        assert_eq!((b.days, b.usual, b.own, b.score), (90, 20.0, false, 0.0));
        assert_eq!((c.days, c.score), (0, 100.0));
    }

    #[test]
    fn the_trend_compares_two_stretches_that_the_customer_was_there_for() {
        let (_, customers) = health(&[], None);
        let a = customers[0].trend.unwrap();
        // From 2024-01-01 on and the 365 days before: 30 against 10.
        assert_eq!((a.days, a.recent, a.before, a.score), (365, Money::units(30), Money::units(10), 75.0));
        assert_eq!((customers[1].trend, customers[2].trend), (None, None), "too new");
        let rows = [("d", "2024-01-01", 9), ("d", "2024-02-01", -12), ("d", "2024-12-31", 3)];
        let whole = Whole::rows(&rows);
        let half = trend(whole.shown().visits.of_customer(0), whole.shown().end).unwrap();
        // The refund leaves the half-year before (from 2024-01-02 on) below zero, which counts as nothing.
        assert_eq!((half.days, half.before, half.score), (182, Money::units(-12), 100.0));
    }

    #[test]
    fn the_score_is_the_mean_of_what_is_known() {
        let events = events(3, &[(0, 20_080, "Complaint"), (0, 20_081, "visit"), (2, 19_000, "Complaint")]);
        let survey = Columns { people: &[1], days: None, scores: &[80_000], scale: Scale::Nps };
        let answers = last_answers(3, &[survey], Day(20_088));
        let (all, customers) = health(&answers, Some(&events));
        let parts = |at: usize| {
            let CustomerHealth { rhythm, trend, answer, complaints, .. } = &customers[at];
            (rhythm.is_some(), trend.is_some(), answer.as_ref().map(|a| a.score), complaints.map(|c| (c.open, c.score)))
        };
        assert_eq!(parts(0), (true, true, None, Some((1, 0.0))));
        assert_eq!(parts(1), (true, false, Some(80.0), None));
        assert_eq!(parts(2), (true, false, None, None), "the old complaint is not open any more");
        assert_eq!((customers[1].score, customers[2].score), (Some(40.0), Some(100.0)));
        let known: Vec<_> = all.parts.iter().map(|part| (&*part.key, part.customers)).collect();
        assert_eq!(known, [("rhythm", 3), ("trend", 1), ("answer", 1), ("complaints", 1)]);
        let bands: Vec<_> = all.bands.iter().map(|band| (&*band.name, band.customers)).collect();
        assert_eq!((all.customers, bands), (3, vec![("good", 2), ("fair", 1), ("poor", 0)]));
    }

    #[test]
    fn who_slips_is_not_well_but_was_here_within_the_window() {
        let (all, _) = health(&[], None);
        let slipping: Vec<_> = all.slipping.iter().map(|customer| (&*customer.customer, customer.score)).collect();
        assert_eq!(slipping, [("b", Some(0.0))]);
        assert_eq!((all.slipping_customers, all.slipping_revenue), (1, Money::units(80)));
        let whole = Whole::rows(&[("a", "2024-01-01", 1)]);
        let shown = whole.shown();
        let known = Known { history: shown.visits, end: shown.end, usual: None, answers: &[], events: None };
        let nothing = known.all(shown, 30);
        assert_eq!((nothing.customers, nothing.mean, nothing.parts[0].mean), (0, None, None));
        assert_eq!(known.customer(shown, 0).score, None);
    }
}
