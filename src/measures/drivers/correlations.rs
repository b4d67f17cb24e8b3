//! How measures of customers go together.

use super::features::Columns;
use super::{Customer, units};
use crate::math::stats::rank_correlation;
use crate::report::drivers::{Correlations, FeatureKind, Measure};

/// Columns of numbers that are looked at.
const MOST_COLUMNS: usize = 4;

/// Spearman's rank correlations of all pairs of measures, each of the customers who have both.
pub fn correlations(customers: &[Customer], columns: &[Columns]) -> Correlations {
    let of = |value: &dyn Fn(&Customer) -> Option<f64>| customers.iter().map(value).collect::<Vec<_>>();
    let mut measures = vec![
        (Measure::FirstOrder, of(&|customer| Some(units(customer.first_order)))),
        (Measure::Revenue, of(&|customer| Some(units(customer.revenue)))),
        (Measure::Purchases, of(&|customer| Some(f64::from(customer.purchases)))),
        (Measure::DaysToSecond, of(&|customer| customer.days_to_second.map(f64::from))),
    ];
    let named = columns.iter().filter_map(|columns| match (&columns.feature.kind, &columns.numbers) {
        (FeatureKind::Number { name }, Some(numbers)) => Some((Measure::Column(name.clone()), numbers.clone())),
        _ => None,
    });
    measures.extend(named.take(MOST_COLUMNS));
    let n = measures.len();
    let (mut values, mut counts) = (vec![vec![None; n]; n], vec![vec![0; n]; n]);
    for a in 0..n {
        for b in 0..=a {
            let both = measures[a].1.iter().zip(&measures[b].1).filter_map(|(x, y)| (*x).zip(*y));
            let pairs: Vec<(f64, f64)> = both.collect();
            let correlation = rank_correlation(&pairs);
            (values[a][b], values[b][a]) = (correlation, correlation);
            (counts[a][b], counts[b][a]) = (pairs.len() as u64, pairs.len() as u64);
        }
    }
    Correlations { measures: measures.into_iter().map(|(measure, _)| measure).collect(), values, customers: counts }
}
