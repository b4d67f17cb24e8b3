//! RFM: customers by recency, frequency and monetary value in quintiles, and the named groups of the grid
//! (definitions.md, section 6).
//!
//! Recency is the days since the last purchase (fewer score higher), frequency the distinct purchase days, monetary
//! value the net revenue of the period.

use super::{Family, NONE};
use crate::math::Money;
use crate::math::order;
use crate::measures::{Ranking, Shown};
use crate::report::schema::{Rfm, RfmCell};
use crate::settings::RfmTies;

/// The named groups, in the order of the report: from those who are well to those who are gone.
pub const GROUPS: [&str; 11] = [
    "champions",
    "loyal",
    "potential_loyalists",
    "new",
    "promising",
    "need_attention",
    "about_to_sleep",
    "at_risk",
    "cant_lose",
    "hibernating",
    "lost",
];

/// Several named groups that can be asked for as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The key that stands for all of them.
    pub key: &'static str,
    /// Their keys.
    pub groups: [&'static str; 2],
}

/// Those who came back and have not been seen for long.
pub const GONE_QUIET: Joined = Joined { key: "gone_quiet", groups: ["cant_lose", "at_risk"] };

/// Places in [`GROUPS`] by recency score (rows, 1 first) and frequency score (columns, 1 first).
///
/// ```text
/// recency
///  1  lost            hibernating     at risk         at risk    can't lose
///  2  hibernating     hibernating     at risk         at risk    can't lose
///  3  about to sleep  about to sleep  need attention  loyal      loyal
///  4  promising       potential       potential       loyal      loyal
///  5  new             potential       potential       champions  champions
///     1               2               3               4          5          frequency
/// ```
const GRID: [[usize; 5]; 5] = [[10, 9, 7, 7, 8], [9, 9, 7, 7, 8], [6, 6, 5, 1, 1], [4, 2, 2, 1, 1], [3, 2, 2, 0, 0]];

/// The named group of a recency and a frequency score (1 to 5 each), as a place in [`GROUPS`]. The monetary score takes
/// no part, so that a cell of the grid is one group.
pub fn group(recency: u8, frequency: u8) -> usize {
    let place = |score: u8| usize::from(score.clamp(1, 5) - 1);
    GRID[place(recency)][place(frequency)]
}

/// The scores of each customer of a ledger, 1 to 5; 0 for one without a purchase, and where customers are too few to rank.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores {
    /// Recency: 5 for those who bought last.
    pub recency: Vec<u8>,
    /// Frequency: 5 for those who bought on the most days.
    pub frequency: Vec<u8>,
    /// Monetary: 5 for those who brought the most.
    pub monetary: Vec<u8>,
}

impl Scores {
    /// The scores where nobody is ranked.
    pub(crate) fn none(shown: Shown<'_>) -> Scores {
        let none = || vec![0; shown.visits.len()];
        Scores { recency: none(), frequency: none(), monetary: none() }
    }
}

/// Scores all customers with a purchase.
pub fn scores(shown: Shown<'_>, ranking: &Ranking, ties: RfmTies) -> Scores {
    let summary = shown.summary;
    let score = Scoring::new(shown, ties);
    let days: Vec<u32> = shown.buyers().map(|c| summary.days_since(c)).collect();
    let frequency: Vec<u32> = shown.buyers().map(|c| summary.frequency[c]).collect();
    let recency = match ties {
        // Those with fewer days come later: days are counted down from the most that anybody has.
        RfmTies::Together => {
            let most = days.iter().max().copied().unwrap_or(0);
            score.small(&days.iter().map(|days| most - days).collect::<Vec<_>>())
        }
        // Ranked by days since the last purchase and then turned round, so that ties break in the order of customers.
        RfmTies::ByOrder => {
            let mut scores = score.small(&days);
            scores.iter_mut().filter(|score| **score > 0).for_each(|score| *score = 6 - *score);
            scores
        }
    };
    Scores { recency, frequency: score.small(&frequency), monetary: score.ranked(ranking) }
}

/// Scores by one value.
struct Scoring<'a> {
    shown: Shown<'a>,
    ties: RfmTies,
    /// From so many customers below on, a customer scores 2, 3, 4 and 5.
    cuts: [usize; 4],
}

impl Scoring<'_> {
    fn new(shown: Shown<'_>, ties: RfmTies) -> Scoring<'_> {
        let n = shown.buyers().len();
        let cuts = [1, 2, 3, 4].map(|k| match ties {
            // 1 + floor(5 x lower / n) is above k.
            RfmTies::Together => (k * n).div_ceil(5),
            // Rank 1 + lower lies above the quantile cut 1 + (n - 1) k / 5.
            RfmTies::ByOrder => k * n.saturating_sub(1).max(1) / 5 + 1,
        });
        Scoring { shown, ties, cuts }
    }

    /// The score of a customer below whom so many stand.
    fn score(&self, lower: usize) -> u8 {
        1 + self.cuts.iter().map(|&cut| u8::from(lower >= cut)).sum::<u8>()
    }

    /// By small whole numbers, one for each buyer; the smallest score 1.
    fn small(&self, values: &[u32]) -> Vec<u8> {
        let mut scores = vec![0; self.shown.visits.len()];
        // For each value, how many are lower; with ties broken, those of the same value who were scored already too.
        let mut lower: Vec<u32> = std::iter::once(0).chain(order::ends_of_small(values)).collect();
        for (customer, &value) in self.shown.buyers().zip(values) {
            let lower = &mut lower[value as usize];
            scores[customer] = self.score(*lower as usize);
            *lower += u32::from(self.ties == RfmTies::ByOrder);
        }
        scores
    }

    /// By revenue; the smallest score 1.
    fn ranked(&self, ranking: &Ranking) -> Vec<u8> {
        let mut scores = vec![0; self.shown.visits.len()];
        let mut lower = ranking.customers.len();
        let mut rest = &ranking.customers[..];
        for equal in ranking.revenues.chunk_by(|a, b| a == b) {
            let (customers, others) = rest.split_at(equal.len());
            rest = others;
            lower -= equal.len();
            for (place, &customer) in customers.iter().enumerate() {
                let before = if self.ties == RfmTies::ByOrder { place } else { 0 };
                scores[customer as usize] = self.score(lower + before);
            }
        }
        scores
    }
}

/// The family of named groups.
pub fn family(shown: Shown<'_>, scores: &Scores) -> Family {
    let mut members = vec![NONE; shown.visits.len()];
    for c in shown.buyers() {
        members[c] = group(scores.recency[c], scores.frequency[c]) as u8;
    }
    Family::new("rfm", GROUPS, members)
}

/// The grid of recency and frequency, and what each score stands for.
pub fn grid(shown: Shown<'_>, scores: &Scores) -> Rfm {
    let mut cells: Vec<RfmCell> = (1..=5).flat_map(|r| (1..=5).map(move |f| empty_cell(r, f))).collect();
    let mut recency_days = vec![None; 5];
    let mut frequency = vec![None; 5];
    let mut monetary = vec![None; 5];
    for c in shown.buyers() {
        let place = |scores: &[u8]| usize::from(scores[c] - 1);
        let (r, f, m) = (place(&scores.recency), place(&scores.frequency), place(&scores.monetary));
        let revenue = Money(shown.summary.revenue[c]);
        cells[r * 5 + f].customers += 1;
        cells[r * 5 + f].revenue += revenue;
        widen(&mut recency_days[r], shown.summary.days_since(c));
        widen(&mut frequency[f], shown.summary.frequency[c] + 1);
        widen(&mut monetary[m], revenue);
    }
    Rfm { cells, recency_days, frequency, monetary }
}

fn empty_cell(r: u8, f: u8) -> RfmCell {
    RfmCell { r, f, customers: 0, revenue: Money::ZERO, group: GROUPS[group(r, f)].to_owned() }
}

fn widen<T: Ord + Copy>(range: &mut Option<(T, T)>, value: T) {
    *range = Some(range.map_or((value, value), |(low, high)| (low.min(value), high.max(value))));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::tests::Whole;

    #[test]
    fn every_group_has_its_cells() {
        let named = |r, f| GROUPS[group(r, f)];
        assert_eq!((named(5, 5), named(1, 1), named(5, 1), named(1, 5)), ("champions", "lost", "new", "cant_lose"));
        assert_eq!((named(4, 1), named(3, 3), named(2, 4)), ("promising", "need_attention", "at_risk"));
        assert!((0..GROUPS.len()).all(|group| GRID.iter().flatten().any(|&g| g == group)));
    }

    fn with<T>(rows: &[(&str, &str, i64)], f: impl Fn(Shown<'_>) -> T) -> T {
        f(Whole::rows(rows).shown())
    }

    fn scores_of(shown: Shown<'_>, ties: RfmTies) -> Scores {
        scores(shown, &Ranking::of(shown.summary), ties)
    }

    #[test]
    fn equal_values_score_the_same_or_in_the_order_of_ids() {
        let ids = ["1", "2", "3", "4", "5", "6"];
        let mut rows: Vec<(&str, &str, i64)> = ids.iter().map(|id| (*id, "2024-01-01", 10)).collect();
        rows.extend([("6", "2024-01-05", 10), ("x", "2024-01-02", -1)]);
        let together = with(&rows, |shown| scores_of(shown, RfmTies::Together));
        assert_eq!(together.frequency, [1, 1, 1, 1, 1, 5, 0]);
        assert_eq!(together.recency, [1, 1, 1, 1, 1, 5, 0]);
        let by_order = with(&rows, |shown| scores_of(shown, RfmTies::ByOrder));
        assert_eq!(by_order.frequency, [1, 1, 2, 3, 4, 5, 0]);
        // Customer 6 bought last: rank 1. The others follow in the order of their ids, ranks 2 to 6.
        assert_eq!(by_order.recency, [5, 4, 3, 2, 1, 5, 0]);
        assert_eq!(with(&rows[..1], |shown| scores_of(shown, RfmTies::ByOrder)).monetary, [1]);
    }

    #[test]
    fn the_grid_holds_every_customer_once() {
        let rows = [("a", "2024-01-01", 10), ("b", "2024-01-03", 20), ("b", "2024-02-03", 5), ("c", "2024-02-01", -3)];
        let grid = with(&rows, |shown| grid(shown, &scores_of(shown, RfmTies::Together)));
        assert_eq!(grid.cells.len(), 25);
        assert_eq!(grid.cells.iter().map(|cell| cell.customers).sum::<u64>(), 2);
        assert_eq!(grid.recency_days, [Some((33, 33)), None, Some((0, 0)), None, None]);
        assert_eq!(grid.frequency[2], Some((2, 2)));
        assert_eq!(grid.monetary[2], Some((Money::units(25), Money::units(25))));
    }
}
