//! Segments by a column of the file: the value of each customer's first purchase, and the columns themselves.

use super::{Family, NONE};
use crate::ledger::{DimensionColumn, Ledger};
use crate::math::order::{self, Keyed};
use crate::measures::Shown;
use crate::report::schema::{Dimension, DimensionValue};

/// The most values that a column has as segments, fewer than [`NONE`]: of one with a known role and more values, those with the most revenue
/// are; one without a known role is left out.
pub const MOST_SEGMENTS: usize = 30;

/// The most values of a column that are listed to filter by.
pub const MOST_VALUES: usize = 500;

/// The code of a column at the first purchase in the period of a customer with a purchase.
pub fn first_code(shown: Shown<'_>, column: &DimensionColumn, customer: usize) -> u32 {
    column.codes.get(shown.summary.first_row[customer] as usize)
}

/// One family for each column that has few values or a known role; groups by revenue, the largest first.
pub fn families(shown: Shown<'_>) -> Vec<Family> {
    let few = |column: &&DimensionColumn| column.role.is_some() || column.labels.len() <= MOST_SEGMENTS;
    shown.whole.dimensions.iter().filter(few).map(|column| family(shown, column)).collect()
}

fn family(shown: Shown<'_>, column: &DimensionColumn) -> Family {
    let codes: Vec<u32> = shown.buyers().map(|customer| first_code(shown, column, customer)).collect();
    let mut found: Vec<(i64, u32, u64)> = (0..column.labels.len() as u32).map(|code| (0, code, 0)).collect();
    for (customer, &code) in shown.buyers().zip(&codes) {
        found[code as usize].0 -= shown.summary.revenue[customer];
        found[code as usize].2 += 1;
    }
    found.retain(|&(_, _, customers)| customers > 0);
    order::sort_by(&mut found, Ord::cmp);
    found.truncate(MOST_SEGMENTS);
    let mut places = vec![NONE; column.labels.len()];
    for (place, &(_, code, _)) in found.iter().enumerate() {
        places[code as usize] = place as u8;
    }
    let mut members = vec![NONE; shown.visits.len()];
    for (customer, &code) in shown.buyers().zip(&codes) {
        members[customer] = places[code as usize];
    }
    let groups = found.iter().map(|&(_, code, _)| column.labels[code as usize].to_string()).collect();
    Family { name: format!("dimension:{}", column.name), groups, members }
}

/// The columns that can be filtered and grouped by, with the rows of each value.
pub fn columns(ledger: &Ledger) -> Vec<Dimension> {
    ledger.dimensions.iter().map(list).collect()
}

fn list(column: &DimensionColumn) -> Dimension {
    let mut rows = vec![0u64; column.labels.len()];
    column.codes.each(|code| rows[code as usize] += 1);
    let known = (0..).zip(&rows).filter(|(_, rows)| **rows > 0);
    let mut largest: Vec<Keyed> = known.map(|(code, rows)| (order::descending(*rows as i64), code)).collect();
    order::sort_keyed(&mut largest);
    let value = |code: usize| DimensionValue { value: column.labels[code].to_string(), rows: rows[code] };
    let values = largest.iter().take(MOST_VALUES).map(|&(_, code)| value(code as usize)).collect();
    Dimension { name: column.name.clone(), role: column.role.clone(), values }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::LedgerBuilder;
    use crate::ledger::build::Row;
    use crate::math::Day;
    use crate::measures::tests::Whole;

    #[test]
    fn the_first_purchase_decides_and_the_largest_comes_first() {
        let mut builder = LedgerBuilder::new(vec![("channel".to_owned(), None)], false);
        let rows = [("a", 1, -50, "phone"), ("a", 2, 10, "web"), ("a", 3, 90, "shop"), ("b", 2, 60, "shop")];
        for (customer, day, amount, channel) in rows {
            let dimensions = &[channel];
            builder.push(Row { customer, day: Day(day), second: None, amount, order: None, dimensions });
        }
        let whole = Whole::of(builder.finish());
        let family = families(whole.shown()).remove(0);
        assert_eq!((&*family.name, &*family.groups), ("dimension:channel", &["shop".to_owned(), "web".to_owned()][..]));
        assert_eq!(family.members, [1, 0]);
        let values: Vec<_> = columns(whole.shown().whole)[0].values.iter().map(|v| (v.value.clone(), v.rows)).collect();
        assert_eq!(values, [("shop".to_owned(), 2), ("phone".to_owned(), 1), ("web".to_owned(), 1)]);
    }
}
