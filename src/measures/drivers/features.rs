//! What is known of customers at their first purchase, as columns of numbers: amounts as they are, groups as zeros and ones
//! against the largest group.

use rustc_hash::FxHashMap;

use super::{Customer, units};
use crate::ledger::{DimensionColumn, Ledger};
use crate::math::order;
use crate::measures::beside::Beside;
use crate::report::drivers::{Feature, FeatureKind, Level, LevelName, Unused};
use crate::roles::kind::TableKind;
use crate::tables::NO_NUMBER;

/// Groups of a column that stand for themselves; smaller ones are taken together.
const MOST_LEVELS: usize = 8;

/// A group has at least so many customers; smaller ones are taken together.
const FEWEST: u64 = 10;

/// A column of numbers with more different values than this is a number, and with fewer a group.
const FEW_NUMBERS: usize = 8;

/// A column whose values are mostly different names tells nothing: one with more than this many and no known role.
const MOST_VALUES: usize = 500;

/// A feature, and its columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// What it is.
    pub feature: Feature,
    /// The values of each column; of groups one for each but the first.
    pub values: Vec<Vec<f64>>,
    /// The numbers themselves, and which of them are not told; of a number only.
    pub numbers: Option<Vec<Option<f64>>>,
}

/// A number that tables of customers know: the name of its column, and that of each customer.
pub type Named = (String, Vec<Option<f64>>);

/// The numbers that tables of customers know. Of several rows of a customer the smallest number is taken, so that nothing
/// depends on their order.
pub fn numbers(customers: &[Customer], beside: &Beside<'_>) -> Vec<Named> {
    let places: FxHashMap<u32, usize> = customers.iter().zip(0..).map(|(customer, at)| (customer.number, at)).collect();
    let mut all: Vec<Named> = Vec::new();
    for side in beside.of(TableKind::Customers) {
        for (name, column) in &side.table.measures {
            let at = all.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
                all.push((name.clone(), vec![None; customers.len()]));
                all.len() - 1
            });
            let of = &mut all[at].1;
            for (row, number) in column.iter().enumerate().filter(|(_, number)| **number != NO_NUMBER) {
                let Some(place) = side.customer(row).and_then(|number| places.get(&number)) else { continue };
                let number = units(*number);
                of[*place] = Some(of[*place].map_or(number, |known: f64| known.min(number)));
            }
        }
    }
    all
}

/// All features of customers, those that a person has left out too.
pub fn features(customers: &[Customer], ledger: &Ledger, numbers: Vec<Named>, left_out: &[String]) -> Vec<Columns> {
    let first_order = customers.iter().map(|customer| Some(units(customer.first_order))).collect();
    let mut all = vec![number("first_order".to_owned(), FeatureKind::FirstOrder, first_order)];
    let months: Vec<u32> = customers.iter().map(|customer| customer.first.ymd().1 as u32).collect();
    let names = (0..=12).map(LevelName::Month).collect();
    all.push(groups("month".to_owned(), FeatureKind::Month, &months, names, 12));
    for column in &ledger.dimensions {
        if column.role.is_some() || column.labels.len() <= MOST_VALUES {
            all.push(of_column(customers, column));
        }
    }
    // What nobody of these has would be a column of nothing.
    for (name, of) in numbers.into_iter().filter(|(_, of)| of.iter().any(Option::is_some)) {
        all.push(number(format!("number:{name}"), FeatureKind::Number { name }, of));
    }
    for columns in &mut all {
        if left_out.contains(&columns.feature.key) {
            columns.feature.unused = Some(Unused::Chosen);
        }
    }
    all
}

fn of_column(customers: &[Customer], column: &DimensionColumn) -> Columns {
    let codes: Vec<u32> = customers.iter().map(|customer| column.codes.get(customer.row as usize)).collect();
    let key = format!("column:{}", column.name);
    let mut used = vec![false; column.labels.len()];
    codes.iter().for_each(|code| used[*code as usize] = true);
    let told = || column.labels.iter().zip(&used).filter(|(label, used)| **used && !label.is_empty());
    let read = |label: &str| label.trim().replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
    if told().count() > FEW_NUMBERS && told().all(|(label, _)| read(label).is_some()) {
        let numbers: Vec<Option<f64>> = column.labels.iter().map(|label| read(label)).collect();
        let of_customers = codes.iter().map(|code| numbers[*code as usize]).collect();
        return number(key, FeatureKind::Number { name: column.name.clone() }, of_customers);
    }
    let name = |label: &str| if label.is_empty() { LevelName::Empty } else { LevelName::Value(label.to_owned()) };
    let names = column.labels.iter().map(|label| name(label)).collect();
    let kind = FeatureKind::Column { name: column.name.clone(), role: column.role.clone() };
    groups(key, kind, &codes, names, MOST_LEVELS)
}

/// A number; where some customers have none, a second column says so, and theirs is the mean.
fn number(key: String, kind: FeatureKind, numbers: Vec<Option<f64>>) -> Columns {
    let known = || numbers.iter().flatten();
    let mean = known().sum::<f64>() / known().count().max(1) as f64;
    let mut values = vec![numbers.iter().map(|number| number.unwrap_or(mean)).collect::<Vec<f64>>()];
    if numbers.iter().any(Option::is_none) {
        values.push(numbers.iter().map(|number| f64::from(u8::from(number.is_none()))).collect());
    }
    let is_one = known().all(|number| Some(number) == known().next());
    let unused = is_one.then_some(Unused::OneValue);
    Columns {
        feature: Feature { key, kind, levels: Vec::new(), unused, inflation: None },
        values,
        numbers: Some(numbers),
    }
}

/// Groups by code: the largest for themselves, the rest together.
fn groups(key: String, kind: FeatureKind, codes: &[u32], names: Vec<LevelName>, most: usize) -> Columns {
    let mut counts = vec![0u64; names.len()];
    codes.iter().for_each(|code| counts[*code as usize] += 1);
    let by_size = order::places(names.len(), &mut |a, b| counts[b].cmp(&counts[a]));
    let found: Vec<usize> = by_size.into_iter().filter(|code| counts[*code] > 0).collect();
    let mut kept = found.len().min(most);
    let of_rest = |kept: usize| found[kept..].iter().map(|code| counts[*code]).sum::<u64>();
    // What stands for itself is large enough, and so is the rest where there is one.
    while kept > 1 && (counts[found[kept - 1]] < FEWEST || (1..FEWEST).contains(&of_rest(kept))) {
        kept -= 1;
    }
    let mut place = vec![kept; names.len()];
    let mut levels = Vec::new();
    for (at, &code) in found[..kept].iter().enumerate() {
        place[code] = at;
        levels.push(Level { name: names[code].clone(), customers: counts[code] });
    }
    if found.len() > kept {
        levels.push(Level { name: LevelName::Rest, customers: of_rest(kept) });
    }
    let column = |level: usize| codes.iter().map(|code| f64::from(u8::from(place[*code as usize] == level))).collect();
    let values = (1..levels.len()).map(column).collect();
    // A rest that is too small for itself can't be held against the one group that is left.
    let is_one = levels.len() < 2 || levels[1..].iter().all(|level| level.customers < FEWEST);
    let unused = match () {
        () if is_one => Some(Unused::OneValue),
        () if 2 * of_rest(kept) > codes.len() as u64 => Some(Unused::ManyValues),
        () => None,
    };
    Columns { feature: Feature { key, kind, levels, unused, inflation: None }, values, numbers: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(counts: &[(&str, u64)]) -> Columns {
        let names: Vec<LevelName> = counts.iter().map(|(name, _)| LevelName::Value((*name).to_owned())).collect();
        let codes: Vec<u32> =
            counts.iter().zip(0..).flat_map(|((_, count), code)| vec![code; *count as usize]).collect();
        groups("column:x".to_owned(), FeatureKind::Month, &codes, names, 3)
    }

    fn told(columns: &Columns) -> Vec<(String, u64)> {
        let name = |name: &LevelName| match name {
            LevelName::Value(value) => value.clone(),
            other => format!("{other:?}"),
        };
        columns.feature.levels.iter().map(|level| (name(&level.name), level.customers)).collect()
    }

    #[test]
    fn the_largest_stand_for_themselves_and_the_rest_together() {
        let told_of = |counts: &[(&str, u64)]| told(&of(counts));
        let pairs = |pairs: &[(&str, u64)]| pairs.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect::<Vec<_>>();
        assert_eq!(told_of(&[("a", 20), ("b", 50), ("c", 12)]), pairs(&[("b", 50), ("a", 20), ("c", 12)]));
        assert_eq!(
            told_of(&[("a", 20), ("b", 50), ("c", 12), ("d", 7), ("e", 6)]),
            pairs(&[("b", 50), ("a", 20), ("c", 12), ("Rest", 13)])
        );
        // A rest of 4 would be too small for itself.
        assert_eq!(told_of(&[("a", 20), ("b", 50), ("c", 12), ("d", 4)]), pairs(&[("b", 50), ("a", 20), ("Rest", 16)]));
        let one = of(&[("a", 50), ("b", 4)]);
        assert_eq!((one.feature.unused, one.values.len()), (Some(Unused::OneValue), 1));
        let many: Vec<(&str, u64)> = vec![("a", 10); 7];
        assert_eq!(of(&many).feature.unused, Some(Unused::ManyValues));
        let columns = of(&[("a", 20), ("b", 50)]);
        assert_eq!((columns.values.len(), columns.values[0].iter().sum::<f64>()), (1, 20.0));
    }

    #[test]
    fn a_number_that_is_not_told_is_said_so() {
        let columns = number("n".to_owned(), FeatureKind::FirstOrder, vec![Some(1.0), None, Some(3.0)]);
        assert_eq!(columns.values, [vec![1.0, 2.0, 3.0], vec![0.0, 1.0, 0.0]]);
        let one = number("n".to_owned(), FeatureKind::FirstOrder, vec![Some(1.0), None, Some(1.0)]);
        assert_eq!(one.feature.unused, Some(Unused::OneValue));
    }
}
