//! How calendar months differ, year after year.
//!
//! The ratio of each month to its centred average of 12 months (the classical decomposition; Macaulay 1931), averaged over
//! the years of each calendar month. A season is told only where the years agree: with three years every month has two
//! ratios, and the rank correlation of one year's with the other's must reach 0.5; and where it matters, that is where the
//! highest month is at least 1.15 times an average one.

use crate::ledger::Visits;
use crate::math::stats::rank_correlation;
use crate::math::{Day, Unit};
use crate::report::forecast::Season;

/// Months in a year, and in the two years of ratios that a season wants.
const YEAR: usize = 12;
const RATIOS: usize = 2 * YEAR;

/// Two years of ratios that agree less tell of chance.
const AGREE: f64 = 0.5;

/// A highest month below this needs no season.
const MATTERS: f64 = 1.15;

/// The season of purchases up to an end; nothing where there is none, or less than three years.
pub fn season(visits: &Visits, end: Day) -> Option<Season> {
    let months = complete_months(visits, end)?;
    let (first, counts) = months;
    let ratios = ratios(&counts);
    // The last two years of ratios: the same calendar months in both.
    let last = ratios.get(ratios.len().checked_sub(RATIOS)?..)?;
    let pairs: Vec<(f64, f64)> = last[..YEAR].iter().copied().zip(last[YEAR..].iter().copied()).collect();
    let agreement = rank_correlation(&pairs).filter(|agreement| *agreement >= AGREE)?;
    let from = first + (YEAR / 2) as i32;
    let mut index = vec![0.0; YEAR];
    let mut years = [0.0; YEAR];
    for (place, ratio) in ratios.iter().enumerate() {
        let month = (from + place as i32).rem_euclid(YEAR as i32) as usize;
        index[month] += ratio;
        years[month] += 1.0;
    }
    index.iter_mut().zip(years).for_each(|(sum, years)| *sum /= years);
    let mean = index.iter().sum::<f64>() / YEAR as f64;
    index.iter_mut().for_each(|index| *index /= mean);
    let highest = index.iter().copied().fold(0.0, f64::max);
    (highest >= MATTERS).then_some(Season { index, agreement })
}

/// The number of the first whole month, and the purchases of each whole month up to the end.
fn complete_months(visits: &Visits, end: Day) -> Option<(i32, Vec<u32>)> {
    let month = Unit::Month;
    let (start, _) = visits.span()?;
    let first = month.of(start.plus(-1)) + 1;
    let last = month.of(end.plus(1)) - 1;
    let mut counts = vec![0; usize::try_from(last - first + 1).ok()?];
    for visit in visits.by_customer().flatten() {
        if let Some(count) = usize::try_from(month.of(visit.day) - first).ok().and_then(|at| counts.get_mut(at)) {
            *count += visit.purchases;
        }
    }
    Some((first, counts))
}

/// Each month over its centred average of 12 (2 × 12), from the seventh month on to the seventh from the end; empty where
/// an average is zero.
fn ratios(counts: &[u32]) -> Vec<f64> {
    let half = YEAR / 2;
    let ratio = |at: usize| {
        let window = &counts[at - half..=at + half];
        let ends = f64::from(window[0] + window[YEAR]) / 2.0;
        let average = (window[1..YEAR].iter().copied().map(f64::from).sum::<f64>() + ends) / YEAR as f64;
        (average > 0.0).then(|| f64::from(counts[at]) / average)
    };
    (half..counts.len().saturating_sub(half)).map(ratio).collect::<Option<_>>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::tests::Whole;

    /// Purchases month by month: as many as `count` says of the month's number since January 2021.
    fn of(months: i32, count: impl Fn(i32) -> i32) -> Option<Season> {
        let mut rows: Vec<(String, String, i64)> = vec![("first".into(), "2021-01-01".into(), 1)];
        for month in 0..months {
            for n in 0..count(month) {
                let day = format!("{}-{:02}-{:02}", 2021 + month / 12, month % 12 + 1, 1 + n % 28);
                rows.push((format!("c{n}"), day, 1));
            }
        }
        let last = format!("{}-{:02}-01", 2021 + (months - 1) / 12, (months - 1) % 12 + 1);
        let last = Unit::Month.end(Unit::Month.of(last.parse().unwrap()));
        let rows: Vec<(&str, &str, i64)> = rows.iter().map(|(who, day, n)| (&**who, &**day, *n)).collect();
        let whole = Whole::rows(&rows);
        season(whole.shown().visits, last)
    }

    #[test]
    fn a_december_that_comes_back_every_year_is_a_season() {
        let season = of(36, |month| if month % 12 == 11 { 40 } else { 20 + month % 12 }).unwrap();
        let december = season.index[11];
        // 40 of a mean of 26.25 a month.
        assert!((december - 40.0 / 26.25).abs() < 1e-3, "{season:?}");
        assert!((season.index.iter().sum::<f64>() - 12.0).abs() < 1e-9 && season.agreement > 0.9);
    }

    #[test]
    fn growth_alone_is_none_nor_is_what_does_not_come_back_nor_too_short_a_past() {
        assert_eq!(of(36, |month| 20 + month), None);
        assert_eq!(of(36, |month| 20 + (month * 7919) % 13), None);
        assert_eq!(of(35, |month| if month % 12 == 11 { 40 } else { 20 + month % 12 }), None);
    }
}
