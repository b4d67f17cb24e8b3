//! What customers will bring over several years, and whether the data can tell it.
//!
//! The longer one looks ahead, the more hangs on how many leave, of which a short past says little: two sets of parameters that
//! agree on the next 12 months may lie far apart after ten years. So the value over years is summed under draws from the
//! posterior, too, and told with the range that these leave; [`is_told`] says where that is too wide to tell any.
//!
//! What the method missed on the past beyond chance is a relative variance of a stretch of a year at the most. What it does not
//! know of moves the level of a shop on and on: of a random walk the relative variance of a sum over H years is H times that over
//! one, and so over a stretch; discounted years count less the later they are ([`Span::misfit`]). One or two stretches that were met
//! exactly don't show that a level stands still: over more than a year it is at least that of 10 % up or
//! down.
//!
//! Each year is discounted from its middle, without an end continuously at the same rate (DERT). What chance adds is as large
//! a part as of the purchases up to the horizon, or up to [`LONGEST`] years where there is none.

use super::members::{self, history};
use super::outlook::{Total, Year};
use super::predictive::over;
use super::{Histories, Model, There};
use crate::ledger::Summary;
use crate::math::calendar::YEAR_DAYS;
use crate::report::forecast::MoneyBand;
use crate::settings::{LONGEST, Settings};

/// A value is told where the upper end of its range is at most so many times the lower one: beyond, the ends would lead to
/// other decisions, and no value between them is any better than another.
const WIDEST: f64 = 3.0;

/// The relative variance of a year that no shop is taken to be below: 10 % up or down.
const STEADIEST: f64 = 0.01;

/// Customers, about, whose years without an end are summed: each takes an integral over drop-outs.
const FEW: usize = 40;

/// How far one looks ahead, and what later money counts for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Years; without an end where there is none.
    pub years: Option<u32>,
    /// The yearly discount rate.
    pub discount: f64,
}

impl Span {
    /// As it is set; nothing where years without an end are not discounted, which have no sum.
    pub fn of(settings: &Settings) -> Option<Span> {
        let Settings { horizon, discount, .. } = *settings;
        (horizon.is_some() || discount > 0.0).then_some(Span { years: horizon, discount })
    }

    /// The years of it that end.
    fn that_end(self) -> u32 {
        self.years.unwrap_or(LONGEST)
    }

    /// The relative variance of the discounted sum of a random walk over the span, over that of one year: with w the discount and
    /// W(s) what is left of its integral from s on, 3 ∫ W² / (∫ w)².
    fn growth(self) -> f64 {
        let rate = libm::log1p(self.discount);
        let Some(years) = self.years.map(f64::from) else { return 1.5 / rate };
        let end = libm::exp(-rate * years);
        let gone = 1.0 - end;
        match rate * years < 1e-3 {
            true => years,
            false => {
                let squares = (1.0 - end * end) / (2.0 * rate) - 2.0 * end * gone / rate + years * end * end;
                3.0 * squares / (gone * gone)
            }
        }
    }

    /// The relative variance of what the method misses over the span, where that of a stretch of so many days is so much.
    pub fn misfit(self, missed: f64, days: f64) -> f64 {
        match self.years {
            Some(1) => missed,
            _ => (missed * YEAR_DAYS / days).max(STEADIEST) * self.growth().max(1.0),
        }
    }

    /// Discounted purchases of one who is there.
    fn expected(self, model: &dyn Model, there: There) -> f64 {
        match self.years {
            Some(years) => model.discounted_steps_if_alive(there, years, YEAR_DAYS, self.discount, 0.5),
            None => model.discounted_if_alive(there, libm::log1p(self.discount) / YEAR_DAYS),
        }
    }
}

/// What all customers bring over a span, in currency units.
pub fn of_all(year: &Year, summary: &Summary, span: Span) -> Total {
    let told = year.told(summary);
    let near = Span { years: Some(span.that_end()), ..span };
    let look = |span: Span, every: usize| {
        year.predictive.revenue(&told, &year.members, every, &|model, there| span.expected(model, there))
    };
    let weighted = summary.buyers.iter().map(|&c| (history(summary, c as usize), year.values[c as usize]));
    let weighted = Histories::new(weighted);
    let value = members::mean_of(&year.members, &weighted, &|model, there| near.expected(model, there));
    if span.years.is_some() {
        return total(year, summary, &summary.buyers, span, value, look(span, 1));
    }
    // What comes beyond the years that end is told by a few, beside what these bring in them.
    let every = (year.predictive.seen() / FEW).max(1);
    let (seen, draws) = look(span, every);
    let value = value * over(seen, look(near, every).0);
    total(year, summary, &summary.buyers, span, value, (seen, draws))
}

/// What one customer brings over a span, in currency units.
pub fn of_customer(year: &Year, summary: &Summary, c: usize, span: Span) -> Total {
    let told = year.told(summary);
    let seen = year.predictive.revenue_of(&told, &year.members, c, &|model, there| span.expected(model, there));
    let (own, horizon) = (history(summary, c), YEAR_DAYS * f64::from(span.that_end()));
    let none = year.members.iter().map(|member| member.model().probabilities(&own, horizon, 0)[0]).sum::<f64>();
    let none = none / year.members.len() as f64;
    Total { none, ..total(year, summary, &[c as u32], span, seen.0, seen) }
}

/// The value of some customers with what is open of it: `seen` is what is told of those that are looked at, and what draws
/// expect of the same. Chance is as large a part of it as of the purchases that it is the discounted sum of.
fn total(
    year: &Year,
    summary: &Summary,
    customers: &[u32],
    span: Span,
    value: f64,
    (seen, draws): (f64, Vec<f64>),
) -> Total {
    let until = members::standing_of(&year.members, summary, customers, YEAR_DAYS * f64::from(span.that_end()));
    let (mut mean, mut variance) = (0.0, 0.0);
    for c in customers.iter().map(|&c| c as usize) {
        let (count, worth) = (until.expected[c], year.values[c]);
        mean += count * worth;
        variance += until.variance[c] * worth * worth + count * year.spend.variance;
    }
    let part = over(value, mean);
    Total {
        value,
        factors: draws.iter().map(|draw| over(*draw, seen)).collect(),
        noise: variance * part * part,
        none: 0.0,
    }
}

/// Whether the ends of a range are near enough to each other for its value to be told.
pub fn is_told(band: &MoneyBand) -> bool {
    band.high.0 <= WIDEST * band.low.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::money::Derived;

    fn span(years: Option<u32>, discount: f64) -> Span {
        Span { years, discount }
    }

    #[test]
    fn what_is_missed_grows_with_the_years_and_never_falls_below_that_of_one() {
        let missed = |span: Span, of: f64| span.misfit(of, YEAR_DAYS);
        assert_eq!(missed(span(Some(1), 0.1), 0.002), 0.002);
        assert_eq!(missed(span(Some(5), 0.0), 0.03), 0.15);
        assert!((missed(span(Some(5), 0.0), 0.0) - 5.0 * STEADIEST).abs() < 1e-15);
        // Half a year that was missed by as much is a year that is missed by twice that.
        assert!((span(Some(5), 0.0).misfit(0.03, YEAR_DAYS / 2.0) - 0.3).abs() < 1e-15);
        let grows = [Some(2), Some(3), Some(10), None].map(|years| missed(span(years, 0.1), 0.03));
        assert!(grows.is_sorted() && grows[0] > 0.03, "{grows:?}");
        // Without an end it is the limit of ever more years.
        let many = missed(span(Some(400), 0.1), 0.03);
        assert!((many / missed(span(None, 0.1), 0.03) - 1.0).abs() < 1e-12);
        // By the sum over a thousand steps a year.
        let steps: Vec<f64> = (0..5_000).map(|at| libm::pow(1.1, -(f64::from(at) + 0.5) / 1000.0) / 1000.0).collect();
        let left = |at: usize| steps[at..].iter().sum::<f64>();
        let squares = (0..5_000).step_by(10).map(|at| left(at) * left(at) / 100.0).sum::<f64>();
        let growth = 3.0 * squares / (left(0) * left(0));
        assert!((span(Some(5), 0.1).growth() / growth - 1.0).abs() < 5e-3, "{growth}");
    }

    #[test]
    fn only_years_that_have_a_sum_are_looked_at() {
        let of = |horizon, discount| Span::of(&Settings { horizon, discount, ..Settings::default() });
        assert_eq!(of(None, 0.0), None);
        assert_eq!([of(Some(5), 0.0), of(None, 0.1)], [Some(span(Some(5), 0.0)), Some(span(None, 0.1))]);
    }

    #[test]
    fn a_range_is_told_up_to_three_times_its_lower_end() {
        let of = |low, high| {
            let [low, high] = [low, high].map(Derived);
            is_told(&MoneyBand { value: low, low, high, inner_low: low, inner_high: high })
        };
        assert_eq!([of(10.0, 30.0), of(10.0, 30.1), of(0.0, 1.0)], [true, false, false]);
    }
}
