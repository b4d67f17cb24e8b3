//! The engagement score: the weighted mean of a customer's percentile ranks.
//!
//! Ranked are recency (who bought last, highest), frequency (days with a purchase), spend, and how many events of each kind
//! there are. Ranks are whole numbers and so are weights: sums of them are exact, and scores are equal or not without
//! rounding.

use super::{level, levels};
use crate::ledger::Visits;
use crate::math::{Day, Money, ranks};
use crate::report::engagement::{Level, ScoreBin, ScorePart};
use crate::tables::events::Events;

/// How much a part counts where nothing is set.
pub const USUAL_WEIGHT: u8 = 5;

/// How much a part counts at most.
pub const MOST_WEIGHT: u8 = 10;

/// Weights that were set, by the key of the part.
pub type Weights = [(String, u8)];

/// What customers are ranked by, each a number of each customer, more of it for the more engaged.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Customers with a purchase up to the day, by their numbers in the visits; ascending.
    pub customers: Vec<u32>,
    /// The revenue of each of them up to the day.
    pub revenue: Vec<i64>,
    /// Key and numbers of each part.
    parts: Vec<(String, Vec<i64>)>,
}

/// The scores of customers.
#[derive(Clone, Debug)]
pub struct Scores {
    /// Weighted sums of [doubled](ranks::doubled) ranks, customer by customer as in [`Measured::customers`].
    pub sums: Vec<i64>,
    /// The sum that stands for 100; 0 where every weight is.
    full: i64,
}

/// What is known of customers on the evening of a day, of visits shown, and events from a day on. A kind of
/// event that has not come about by then is no part.
pub fn measured(visits: &Visits, start: Day, at: Day, events: Option<&Events>) -> Measured {
    let mut customers = Vec::with_capacity(visits.len());
    let (mut recency, mut frequency, mut spend) = (Vec::new(), Vec::new(), Vec::new());
    for (customer, own) in (0..).zip(visits.by_customer()) {
        let (mut last, mut days, mut revenue) = (None, 0, 0);
        for visit in own.iter().take_while(|visit| visit.day <= at) {
            revenue += visit.revenue;
            if visit.purchases > 0 {
                last = Some(visit.day);
                days += 1;
            }
        }
        if let Some(last) = last {
            customers.push(customer);
            recency.push(i64::from(last.0));
            frequency.push(days);
            spend.push(revenue);
        }
    }
    let revenue = spend.clone();
    let mut parts =
        vec![("recency".to_owned(), recency), ("frequency".to_owned(), frequency), ("spend".to_owned(), spend)];
    if let Some(events) = events {
        let mut counts = vec![vec![0i64; customers.len()]; events.kinds.len()];
        for (place, &customer) in customers.iter().enumerate() {
            let own = events.of_person(visits.customers[customer as usize] as usize).iter();
            let own = own.skip_while(|event| event.day < start).take_while(|event| event.day <= at);
            own.for_each(|event| counts[usize::from(event.kind)][place] += 1);
        }
        let named = events.kinds.iter().zip(counts).filter(|(_, counts)| counts.iter().any(|count| *count > 0));
        parts.extend(
            named.map(|(kind, counts)| (format!("event:{}", kind.name.as_deref().unwrap_or_default()), counts)),
        );
    }
    Measured { customers, revenue, parts }
}

fn weight(weights: &Weights, key: &str) -> u8 {
    let set = weights.iter().find(|(known, _)| known == key);
    set.map_or(USUAL_WEIGHT, |(_, weight)| (*weight).min(MOST_WEIGHT))
}

impl Measured {
    /// The parts as the report names them.
    pub fn parts(&self, weights: &Weights) -> Vec<ScorePart> {
        let part = |(key, numbers): &(String, Vec<i64>)| {
            let is_event = key.starts_with("event:");
            ScorePart {
                key: key.clone(),
                weight: weight(weights, key),
                events: is_event.then(|| numbers.iter().sum::<i64>() as u64),
                customers: is_event.then(|| numbers.iter().filter(|number| **number > 0).count() as u64),
            }
        };
        self.parts.iter().map(part).collect()
    }

    /// The scores under some weights.
    pub fn scores(&self, weights: &Weights) -> Scores {
        let mut sums = vec![0i64; self.customers.len()];
        let mut full = 0;
        for (key, numbers) in &self.parts {
            let weight = i64::from(weight(weights, key));
            if weight > 0 {
                let ranks = ranks::doubled(numbers);
                sums.iter_mut().zip(ranks).for_each(|(sum, rank)| *sum += weight * i64::from(rank));
                full += weight * 2 * self.customers.len() as i64;
            }
        }
        Scores { sums, full }
    }

    /// The percentile rank of a customer in each part, 0 to 100, by the customer's number in the visits; none where the
    /// customer has no purchase.
    pub fn ranks_of(&self, customer: u32) -> Vec<(&str, f64)> {
        let Ok(place) = self.customers.binary_search(&customer) else { return Vec::new() };
        let rank = |numbers: &[i64]| {
            let own = numbers[place];
            let below = numbers.iter().filter(|number| **number < own).count();
            let not_above = numbers.iter().filter(|number| **number <= own).count();
            50.0 * (below + not_above) as f64 / numbers.len() as f64
        };
        self.parts.iter().map(|(key, numbers)| (&**key, rank(numbers))).collect()
    }
}

impl Scores {
    /// The score of one of the customers, 0 to 100; nothing where every weight is 0.
    pub fn score(&self, place: usize) -> Option<f64> {
        (self.full > 0).then(|| self.sums[place] as f64 * 100.0 / self.full as f64)
    }
}

/// Customers by score in steps of ten, and by level.
pub fn distribution(measured: &Measured, scores: &Scores) -> (Vec<ScoreBin>, Vec<Level>) {
    if measured.customers.is_empty() || scores.full == 0 {
        return (Vec::new(), Vec::new());
    }
    let bin = |from: u8| ScoreBin { from: from * 10, customers: 0, revenue: Money::ZERO };
    let mut bins: Vec<ScoreBin> = (0..10).map(bin).collect();
    let mut by_level = levels(["active", "passive", "dormant"]);
    for (place, &revenue) in measured.revenue.iter().enumerate() {
        let Some(score) = scores.score(place) else { continue };
        let bin = &mut bins[((scores.sums[place] * 10 / scores.full) as usize).min(9)];
        let level = &mut by_level[level(score)];
        bin.customers += 1;
        bin.revenue += Money(revenue);
        level.customers += 1;
        level.revenue += Money(revenue);
    }
    (bins, by_level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::Shown;
    use crate::measures::tests::Whole;
    use crate::tables::events::tests::events;

    const ROWS: [(&str, &str, i64); 7] = [
        ("a", "2024-01-01", 10),
        ("a", "2024-02-01", 10),
        ("b", "2024-01-05", 90),
        ("c", "2024-01-05", 20),
        ("c", "2024-01-20", 20),
        ("d", "2024-01-02", 5),
        ("e", "2024-02-01", -5),
    ];

    fn of_period(shown: Shown<'_>, events: Option<&Events>) -> Measured {
        measured(shown.visits, shown.start, shown.end, events)
    }

    fn scores(weights: &Weights, kinds: Option<&Events>) -> Vec<f64> {
        let whole = Whole::rows(&ROWS);
        let measured = of_period(whole.shown(), kinds);
        let scores = measured.scores(weights);
        (0..measured.customers.len()).filter_map(|place| scores.score(place)).collect()
    }

    fn near(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?} is not {expected:?}");
    }

    /// By hand. Customers a, b, c, d (e has a refund only). Recency: a 87.5, c 62.5, b 37.5, d 12.5. Frequency: a and c 75,
    /// b and d 25. Spend: b 87.5, c 62.5, a 37.5, d 12.5.
    #[test]
    fn the_score_is_the_mean_of_percentile_ranks() {
        near(&scores(&[], None), &[200.0 / 3.0, 50.0, 200.0 / 3.0, 50.0 / 3.0]);
        let spend_only = [("recency".to_owned(), 0), ("frequency".to_owned(), 0), ("spend".to_owned(), 7)];
        near(&scores(&spend_only, None), &[37.5, 87.5, 62.5, 12.5]);
        // Twice as much of recency as of the two others: a is (2 x 87.5 + 75 + 37.5) / 4.
        near(&scores(&[("recency".to_owned(), 10)], None), &[71.875, 46.875, 65.625, 15.625]);
        let none = ["recency", "frequency", "spend"].map(|key| (key.to_owned(), 0));
        assert!(scores(&none, None).is_empty());
    }

    #[test]
    fn every_kind_of_event_in_the_period_is_a_part() {
        let first: Day = "2024-01-01".parse().unwrap();
        let on = |days: i32| first.plus(days).0;
        let rows =
            [(1, on(3), "visit"), (1, on(4), "visit"), (0, on(9), "visit"), (2, on(-1), "wish"), (9, on(1), "visit")];
        let events = events(5, &rows);
        let whole = Whole::rows(&ROWS);
        let measured = of_period(whole.shown(), Some(&events));
        let parts = measured.parts(&[("spend".to_owned(), 200)]);
        let named: Vec<_> = parts.iter().map(|part| (&*part.key, part.weight, part.events, part.customers)).collect();
        // The wish lies before the period, and the last visit is of nobody who has ordered.
        let visits = ("event:visit", 5, Some(3), Some(2));
        assert_eq!(
            named,
            [("recency", 5, None, None), ("frequency", 5, None, None), ("spend", 10, None, None), visits]
        );
        // Visits: b 87.5, a 62.5, c and d 25.
        near(&scores(&[], Some(&events)), &[262.5 / 4.0, 237.5 / 4.0, 225.0 / 4.0, 75.0 / 4.0]);
        assert_eq!(
            measured.ranks_of(0),
            [("recency", 87.5), ("frequency", 75.0), ("spend", 37.5), ("event:visit", 62.5)]
        );
        assert_eq!(measured.ranks_of(4), []);
    }

    #[test]
    fn the_distribution_holds_everybody_once() {
        let whole = Whole::rows(&ROWS);
        let measured = of_period(whole.shown(), None);
        let (bins, levels) = distribution(&measured, &measured.scores(&[]));
        let filled: Vec<_> = bins.iter().filter(|bin| bin.customers > 0).map(|b| (b.from, b.customers)).collect();
        assert_eq!((bins.len(), filled), (10, vec![(10, 1), (50, 1), (60, 2)]));
        let levels: Vec<_> = levels.iter().map(|level| (level.customers, level.revenue)).collect();
        assert_eq!(levels, [(0, Money::ZERO), (3, Money::units(150)), (1, Money::units(5))]);
        let none = Whole::rows(&[("a", "2024-01-01", -1)]);
        let measured = of_period(none.shown(), None);
        assert_eq!(distribution(&measured, &measured.scores(&[])), (vec![], vec![]));
    }
}
