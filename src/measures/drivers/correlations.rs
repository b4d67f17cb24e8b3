//! How measures of customers go together.

use super::features::Columns;
use super::{Customer, units};
use crate::math::stats::{correlation_of_ranks, rank_correlation, ranks};
use crate::report::drivers::{Correlations, FeatureKind, Measure};

/// Columns of numbers that are looked at.
const MOST_COLUMNS: usize = 4;

/// Fewer customers have no correlation: of 30 the interval of 95 % around none reaches 0.36 to either side (Fisher 1921).
const FEWEST: usize = 30;

/// Spearman's rank correlations of all pairs of measures, each of the customers who have both.
pub fn correlations(customers: &[Customer], columns: &[Columns]) -> Correlations {
    of_at_least(FEWEST, customers, columns)
}

fn of_at_least(fewest: usize, customers: &[Customer], columns: &[Columns]) -> Correlations {
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
    // Sorting is what costs: a measure that is known of all customers has the same ranks beside any other such.
    let whole: Vec<Option<Vec<f64>>> = measures
        .iter()
        .map(|(_, of)| of.iter().copied().collect::<Option<Vec<f64>>>().map(|of| ranks(of.len(), &|at| of[at])))
        .collect();
    for a in 0..n {
        for b in 0..=a {
            let (correlation, count) = match (&whole[a], &whole[b]) {
                (Some(x), Some(y)) => (correlation_of_ranks(x, y), x.len()),
                _ => {
                    let both = measures[a].1.iter().zip(&measures[b].1).filter_map(|(x, y)| (*x).zip(*y));
                    let pairs: Vec<(f64, f64)> = both.collect();
                    (rank_correlation(&pairs), pairs.len())
                }
            };
            let correlation = correlation.filter(|_| count >= fewest);
            (values[a][b], values[b][a]) = (correlation, correlation);
            (counts[a][b], counts[b][a]) = (count as u64, count as u64);
        }
    }
    Correlations { measures: measures.into_iter().map(|(measure, _)| measure).collect(), values, customers: counts }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::Day;

    #[test]
    fn pairs_are_of_the_customers_who_have_both() {
        let customer = |first_order: i64, revenue: i64, second: Option<u32>| Customer {
            number: 0,
            first: Day(0),
            row: 0,
            first_order,
            revenue,
            purchases: 1,
            days_to_second: second,
        };
        let customers =
            [customer(1, 4, Some(9)), customer(2, 3, None), customer(3, 2, Some(5)), customer(4, 1, Some(7))];
        let found = of_at_least(3, &customers, &[]);
        assert_eq!((found.values[0][0], found.values[0][1], found.values[1][0]), (Some(1.0), Some(-1.0), Some(-1.0)));
        assert_eq!(found.values[0][2], None, "all bought as often");
        // Of 1, 3, 4 and 9, 5, 7 the ranks are 1, 2, 3 and 3, 1, 2.
        assert_eq!((found.values[0][3], found.customers[0][3], found.customers[0][1]), (Some(-0.5), 3, 4));
        let few = correlations(&customers, &[]);
        assert_eq!((few.values.concat(), few.customers), (vec![None; 16], found.customers));
    }
}
