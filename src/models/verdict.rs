//! How far a forecast can be trusted, by what its method made of the shop's own past.
//!
//! | verdict | where |
//! | --- | --- |
//! | too few | fewer than 50 customers, 10 of them who came back, or 10 purchase days in the stretch that was hidden; or no stretch could be hidden at all |
//! | direction, if few | fewer than 30 who came back, or 30 purchase days: what came, in purchases and in money, lay in the 90 % interval that the method told of the longest stretch; poor if it did not |
//! | poor | the error of the longest stretch, of purchases or of money, or the typical one of all stretches, is above 35 % |
//! | plan | the error of the longest stretch is at most 10 %, in purchases and in money, the typical one at most 15 %, and the stretch has half a year |
//! | direction | all between |
//!
//! The typical error is the root of the mean square over all stretches, each weighted with its days, of purchases or of
//! money, whichever is larger. With fewer than 30 purchases chance alone moves a total by a fifth and more, so that an error
//! says little of the method; what its interval must hold does.

use super::Histories;
use super::outlook::Year;
use super::shop::{FEWEST_CUSTOMERS, FEWEST_REPEAT_BUYERS};
use crate::math::Day;
use crate::math::calendar::YEAR_DAYS;
use crate::math::regression::quality::Area;
use crate::report::forecast::{Candidate, Tracking, Trust, Verdict};

/// Fewer customers who came back can't carry a forecast, nor can fewer purchases a test of it.
pub const FEWEST: f64 = FEWEST_REPEAT_BUYERS;

/// With fewer of either, a forecast rests on what shops usually are, and its intervals are what is tested.
pub const PLENTY: f64 = 30.0;

/// A plan may be off by so much over the longest stretch, and by half as much again in the mean of all.
const PLAN: f64 = 0.10;
const PLAN_TYPICAL: f64 = 0.15;

/// Beyond this a forecast is none.
const POOR: f64 = 0.35;

/// A plan of a year wants at least so many days that were told before.
const HALF_A_YEAR: u32 = 180;

/// Days ahead within which it is worth saying when there will be enough.
const FORESEEABLE: f64 = 5.0 * 365.25;

/// What the chosen candidate made of the past.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// It.
    pub chosen: Option<Candidate>,
    /// Days of the longest stretch that was hidden.
    pub days: u32,
    /// Purchase days in it.
    pub purchases: u64,
    /// expected / actual − 1 of its purchase days.
    pub error: Option<f64>,
    /// The same of their money.
    pub revenue_error: Option<f64>,
    /// The same of purchase days where everybody goes on at the own rate.
    pub same_rate_error: Option<f64>,
    /// The root of the mean squared error over all stretches, weighted with their days; the larger of purchases' and money's.
    pub typical_error: f64,
    /// Whether what came of the longest stretch, in purchases and in money, lay in the 90 % interval of what was told.
    pub holds: bool,
    /// The mean squared error beyond what chance explains, of purchases and of money.
    pub misfit: [f64; 2],
    /// The days of a stretch that it is of: the mean of the stretches, weighted with their days.
    pub misfit_days: f64,
    /// How well P(alive) told those of the longest stretch who came back from those who did not: its AUC.
    pub alive: Option<Area>,
    /// The longest stretch, week by week.
    pub tracking: Option<Tracking>,
}

/// The verdict on customers who were observed for `observed` days up to `end`.
pub fn of(days: &Histories, observed: i32, past: Option<&Past>, year: Option<&Year>, end: Day) -> Verdict {
    let repeaters = days.repeaters();
    let mut verdict = Verdict {
        customers: days.customers as u64,
        repeat_buyers: repeaters as u64,
        chosen: past.and_then(|past| past.chosen),
        tested_days: past.map(|past| past.days),
        tested_purchases: past.map(|past| past.purchases),
        error: past.and_then(|past| past.error),
        revenue_error: past.and_then(|past| past.revenue_error),
        typical_error: past.map(|past| past.typical_error),
        same_rate_error: past.and_then(|past| past.same_rate_error),
        ..Verdict::default()
    };
    verdict.trust = match past {
        Some(past) if year.is_some() && days.customers >= FEWEST_CUSTOMERS && repeaters >= FEWEST => {
            trust(past, repeaters)
        }
        _ => Trust::TooFew,
    };
    if verdict.trust == Trust::TooFew {
        // As many more a day as there were in the mean so far; the purchases of the hidden stretch grow with the rest. Where it
        // had none, nobody knows.
        let missing = |have: f64, want: f64| ((want - have).max(0.0)) * f64::from(observed) / have;
        let days = missing(days.customers, FEWEST_CUSTOMERS).max(missing(repeaters, FEWEST));
        let days = match past {
            // From two years on the stretch is a year, and grows no more.
            Some(past) if (past.purchases as f64) < FEWEST && f64::from(observed) >= 2.0 * YEAR_DAYS => f64::NAN,
            Some(past) => days.max(missing(past.purchases as f64, FEWEST)),
            None => days,
        };
        verdict.enough_on = (days > 0.0 && days <= FORESEEABLE).then(|| end.plus(libm::ceil(days) as i32));
    }
    verdict
}

/// Whether what is told of so few rests on the interval of the past.
pub fn is_small(days: &Histories, purchases: u64) -> bool {
    days.repeaters().min(purchases as f64) < PLENTY
}

fn trust(past: &Past, repeaters: f64) -> Trust {
    let purchases = past.purchases as f64;
    if purchases < FEWEST {
        return Trust::TooFew;
    }
    if purchases.min(repeaters) < PLENTY {
        return if past.holds { Trust::Direction } else { Trust::Poor };
    }
    // Where nothing was bought or paid the error has no measure, and nothing can be trusted.
    let [error, revenue] = [past.error, past.revenue_error].map(|error| error.map_or(f64::INFINITY, f64::abs));
    let worse = error.max(revenue);
    match () {
        () if worse.max(past.typical_error) > POOR => Trust::Poor,
        () if worse <= PLAN && past.typical_error <= PLAN_TYPICAL && past.days >= HALF_A_YEAR => Trust::Plan,
        () => Trust::Direction,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::History;

    fn past(error: f64, revenue: f64, typical: f64) -> Past {
        Past {
            days: 365,
            purchases: 200,
            error: Some(error),
            revenue_error: Some(revenue),
            typical_error: typical,
            ..Past::default()
        }
    }

    #[test]
    fn the_worse_of_purchases_and_money_decides() {
        assert_eq!(trust(&past(-0.10, 0.08, 0.15), 200.0), Trust::Plan);
        assert_eq!(trust(&past(-0.11, 0.08, 0.15), 200.0), Trust::Direction);
        assert_eq!(trust(&past(0.02, -0.11, 0.05), 200.0), Trust::Direction);
        assert_eq!(trust(&past(0.02, 0.02, 0.16), 200.0), Trust::Direction);
        assert_eq!(trust(&past(0.02, 0.36, 0.05), 200.0), Trust::Poor);
        assert_eq!(trust(&past(0.02, 0.02, 0.36), 200.0), Trust::Poor);
    }

    #[test]
    fn a_short_test_carries_no_plan_and_few_purchases_nothing() {
        assert_eq!(trust(&Past { days: 179, ..past(0.01, 0.01, 0.01) }, 200.0), Trust::Direction);
        assert_eq!(trust(&Past { purchases: 9, ..past(0.01, 0.01, 0.01) }, 200.0), Trust::TooFew);
        assert_eq!(trust(&Past { error: None, ..past(0.01, 0.01, 0.01) }, 200.0), Trust::Poor);
    }

    #[test]
    fn of_a_few_the_interval_is_what_counts() {
        // 12 of 20 purchases missed by half: as far off as chance and a wide interval allow, or not.
        let told = |holds: bool| Past { purchases: 20, holds, ..past(-0.5, -0.6, 0.5) };
        assert_eq!([true, false].map(|holds| trust(&told(holds), 200.0)), [Trust::Direction, Trust::Poor]);
        // Few who came back carry no plan, however well it went.
        let well = Past { holds: true, ..past(0.01, 0.01, 0.01) };
        assert_eq!([29.0, 30.0].map(|repeaters| trust(&well, repeaters)), [Trust::Direction, Trust::Plan]);
    }

    #[test]
    fn with_too_few_it_is_said_when_there_will_be_enough() {
        let of_repeaters = |repeaters: f64| {
            let rows = [(0, 200.0 - repeaters), (1, repeaters)];
            let history = |x: u32| History { frequency: x, recency: f64::from(x), age: 90.0 };
            let days = Histories::new(rows.iter().map(|&(x, n)| (history(x), n)));
            of(&days, 300, None, None, Day(1000))
        };
        // 4 came back in 300 days, so the 6 that are missing take 450.
        let verdict = of_repeaters(4.0);
        assert_eq!((verdict.trust, verdict.repeat_buyers, verdict.enough_on), (Trust::TooFew, 4, Some(Day(1450))));
        // None in 300 days tells nothing of when, and what takes longer than five years is no news.
        assert_eq!((of_repeaters(0.0).enough_on, of_repeaters(1.0).enough_on), (None, None));
    }

    #[test]
    fn with_too_few_hidden_purchases_it_is_said_when_there_will_be_enough() {
        let of_purchases = |repeaters: f64, purchases: u64| {
            let history = |x: u32| History { frequency: x, recency: f64::from(x), age: 90.0 };
            let days = Histories::new([(history(0), 200.0 - repeaters), (history(1), repeaters)].into_iter());
            let past = Past { days: 150, purchases, ..past(0.1, 0.1, 0.1) };
            of(&days, 300, Some(&past), None, Day(1000)).enough_on
        };
        // 8 in a stretch that is half of 300 days: a stretch of 187.5 days would have 10, and is half of 375.
        assert_eq!(of_purchases(40.0, 8), Some(Day(1075)));
        // Whatever takes longest decides: the 6 repeat buyers that are missing take 450 days.
        assert_eq!((of_purchases(4.0, 8), of_purchases(40.0, 0), of_purchases(4.0, 0)), (Some(Day(1450)), None, None));
        // A hidden year grows no more: 8 in it are 8 next year, too.
        let days = Histories::new([(History { frequency: 1, recency: 9.0, age: 900.0 }, 200.0)].into_iter());
        let past = Past { days: 365, purchases: 8, ..past(0.1, 0.1, 0.1) };
        assert_eq!(of(&days, 1460, Some(&past), None, Day(2000)).enough_on, None);
    }
}
