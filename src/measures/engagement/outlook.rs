//! Whether the engagement score says anything: the score of an earlier day against what customers did after it.
//!
//! A score holds recency, so it agrees with what customers have done by itself. What it is worth shows only in what it did
//! not know of: it is taken on the evening of an earlier day, from nothing later, and held against the days from then to
//! the end of the period.

use super::score::{Weights, measured};
use crate::math::{Day, ranks, stats::Share};
use crate::measures::{Shown, mean};
use crate::report::engagement::{Outlook, OutlookGroup};
use crate::tables::events::Events;

/// Days that are looked ahead where the active window is too long.
const AHEAD_DAYS: u32 = 90;

/// Fewer customers are no groups.
const LEAST: usize = 50;

/// Fewer who bought since, or who did not, are no pairs to judge the score by: with 30 of each the interval of 95 % around a
/// concordance of 0.75 reaches 0.12 to either side (Hanley and McNeil 1982).
const EACH: usize = 30;

/// From so many customers on there are ten groups, with fewer there are five.
const MANY: usize = 2_000;

/// The score of an earlier day, of events from `since` on, against the days from then on: as many as the active window has, where the period is at least
/// three times as long, else 90. Nothing where the period is not three times as long as those either, or where there are
/// fewer than 50 customers by then.
pub fn outlook(
    shown: Shown<'_>,
    since: Day,
    window: u32,
    events: Option<&Events>,
    weights: &Weights,
) -> Option<Outlook> {
    let length = (shown.end.0 - shown.start.0 + 1).max(0) as u32;
    let fits = |days: &u32| *days > 0 && days.saturating_mul(3) <= length;
    let days = [window, AHEAD_DAYS].into_iter().find(fits)?;
    let at = shown.end.plus(-(days as i32));
    let measured = measured(shown.visits, since, at, events);
    let scores = measured.scores(weights);
    let count = measured.customers.len();
    scores.score(0).filter(|_| count >= LEAST)?;
    let later: Vec<Since> = measured.customers.iter().map(|customer| after(shown, *customer as usize, at)).collect();
    let bought: Vec<bool> = later.iter().map(|since| since.bought).collect();
    let ranks = ranks::doubled(&scores.sums);
    let came_back = bought.iter().filter(|bought| **bought).count();
    let told_apart = came_back.min(count - came_back) >= EACH;
    let parts = if count >= MANY { 10 } else { 5 };
    let mut tallies = vec![Tally::default(); parts];
    for place in 0..count {
        let Some(score) = scores.score(place) else { continue };
        let tally = &mut tallies[ranks::part(ranks[place], count, parts)];
        let (lowest, highest) = tally.range.unwrap_or((score, score));
        tally.range = Some((lowest.min(score), highest.max(score)));
        tally.customers += 1;
        tally.bought += u64::from(later[place].bought);
        tally.since += later[place].revenue;
        tally.before += measured.revenue[place];
    }
    Some(Outlook {
        at,
        days,
        customers: count as u64,
        concordance: ranks::concordance(&scores.sums, &bought).filter(|_| told_apart),
        groups: tallies.iter().map(Tally::group).collect(),
    })
}

/// What a customer did after a day.
struct Since {
    bought: bool,
    revenue: i64,
}

fn after(shown: Shown<'_>, customer: usize, at: Day) -> Since {
    let visits = shown.visits.of_customer(customer).iter().filter(|visit| visit.day > at);
    let (mut bought, mut revenue) = (false, 0);
    for visit in visits {
        bought |= visit.purchases > 0;
        revenue += visit.revenue;
    }
    Since { bought, revenue }
}

/// The sums of a group.
#[derive(Clone, Debug, Default)]
struct Tally {
    range: Option<(f64, f64)>,
    customers: u64,
    bought: u64,
    since: i64,
    before: i64,
}

impl Tally {
    fn group(&self) -> OutlookGroup {
        OutlookGroup {
            lowest: self.range.map(|range| range.0),
            highest: self.range.map(|range| range.1),
            bought: Share::new(self.bought, self.customers),
            since: mean(self.since, self.customers),
            before: mean(self.before, self.customers),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::tests::Whole;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// Customer k of 60 buys on day k of the year and, from the 30th on, again in the last days.
    fn rows(last: &str) -> Vec<(String, String, i64)> {
        let first = day("2024-01-01");
        let mut rows: Vec<_> = (0..60).map(|k| (format!("{k:02}"), first.plus(k).to_string(), 10)).collect();
        rows.extend((30..60).map(|k| (format!("{k:02}"), last.to_owned(), 7)));
        rows
    }

    fn of(rows: &[(String, String, i64)], window: u32, weights: &Weights) -> Option<Outlook> {
        let rows: Vec<(&str, &str, i64)> = rows.iter().map(|(id, day, amount)| (&**id, &**day, *amount)).collect();
        let whole = Whole::rows(&rows);
        outlook(whole.shown(), whole.shown().start, window, None, weights)
    }

    #[test]
    fn a_score_is_judged_by_what_came_after_it() {
        let rows = rows("2024-12-31");
        let told = of(&rows, 100, &[]).unwrap();
        assert_eq!((told.at, told.days, told.customers), (day("2024-09-22"), 100, 60));
        // By then all have bought once, and only recency tells them apart: rightly, all of the later half came back.
        assert_eq!(told.concordance, Some(1.0));
        let groups: Vec<_> = told.groups.iter().map(|group| (group.bought.count, group.bought.of)).collect();
        assert_eq!(groups, [(0, 12), (0, 12), (6, 12), (12, 12), (12, 12)]);
        let money = |group: &OutlookGroup| (group.since.unwrap().0, group.before.unwrap().0);
        assert_eq!((money(&told.groups[0]), money(&told.groups[2])), ((0.0, 10.0), (3.5, 10.0)));
        assert!(told.groups.is_sorted_by(|a, b| a.highest < b.lowest));
        let blind = [("recency".to_owned(), 0)];
        let blind = of(&rows, 100, &blind).unwrap();
        assert_eq!(blind.concordance, Some(0.5), "equal scores tell nothing");
        assert_eq!(blind.groups.iter().map(|group| group.bought.of).collect::<Vec<_>>(), [0, 0, 60, 0, 0]);
        assert_eq!((blind.groups[0].lowest, blind.groups[0].bought.rate, blind.groups[0].since), (None, None, None));
    }

    #[test]
    fn a_handful_that_came_back_are_no_pairs() {
        let all = rows("2024-12-31");
        let told = of(&all[..all.len() - 1], 100, &[]).unwrap();
        assert_eq!(told.groups.iter().map(|group| group.bought.count).sum::<u64>(), 29);
        assert_eq!(told.concordance, None, "all of the 29 scored higher, which proves little");
        assert!(of(&all, 100, &[]).unwrap().concordance.is_some());
    }

    #[test]
    fn too_short_a_period_or_too_few_customers_are_not_judged() {
        assert_eq!(of(&rows("2024-12-31"), 200, &[]).map(|told| told.days), Some(90), "the window is too long");
        assert_eq!(of(&rows("2024-08-01"), 100, &[]), None, "214 days are less than three times 90");
        assert_eq!(of(&rows("2024-12-31")[..49], 90, &[]), None);
        let none = ["recency", "frequency", "spend"].map(|key| (key.to_owned(), 0));
        assert_eq!(of(&rows("2024-12-31"), 90, &none), None);
    }
}
