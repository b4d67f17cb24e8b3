//! Cohorts: customers by the period of their first purchase, and what they do in the periods after it
//! (definitions.md, section 4).

use super::{Shown, mean};
use crate::math::calendar::Periods;
use crate::math::stats::Share;
use crate::math::{Money, Unit};
use crate::report::schema::{AgeRow, Cohort};

/// The most periods that cohorts are listed for: ten years of weeks. Of a longer history the last ones are, so that a
/// single date of the last century can't make a table of a billion cells.
pub const MOST_PERIODS: i32 = 520;

/// One cohort for each period from that of the earliest first purchase to that of the end, empty ones too.
///
/// Customers who first bought before the first day shown belong to none. Revenue counts each row on its own day; what a
/// customer brought before the first purchase (a refund of something older) counts into the first period.
pub fn cohorts(shown: Shown<'_>, unit: Unit) -> Vec<Cohort> {
    let last = unit.of(shown.end);
    let firsts = shown.buyers().map(|c| shown.visits.first_ever[c]).filter(|&day| day >= shown.start);
    let Some(first) = firsts.min().map(|day| unit.of(day).max(last - MOST_PERIODS + 1)) else { return Vec::new() };
    let periods = Periods::new(unit, first, last);
    let count = (last - first + 1) as usize;
    let mut sizes = vec![0u64; count];
    // By cohort and age; a cohort uses as many as there were periods since.
    let mut cells = vec![Cell::default(); count * count];
    for customer in shown.buyers() {
        let first_ever = shown.visits.first_ever[customer];
        let Some(own) = periods.place(first_ever).filter(|_| first_ever >= shown.start) else { continue };
        sizes[own] += 1;
        let cells = &mut cells[own * count..][..count - own];
        let mut bought_in = None;
        for visit in shown.visits.of_customer(customer) {
            // An order that later refunds outweigh is a purchase of the period shown, and none of the whole history: then
            // the first purchase of the history comes after it.
            let age = periods.place(visit.day).map_or(0, |place| place.saturating_sub(own));
            let cell = &mut cells[age];
            cell.revenue += visit.revenue;
            cell.orders += u64::from(visit.purchases);
            if visit.purchases > 0 && bought_in != Some(age) {
                bought_in = Some(age);
                cell.active += 1;
            }
        }
    }
    let filled = |(own, &size): (usize, &u64)| {
        let mut cohort = empty(first + own as i32, unit, shown, last);
        cohort.size = size;
        let mut sum = 0;
        for cell in &cells[own * count..][..count - own] {
            sum += cell.revenue;
            cohort.active.push(cell.active);
            cohort.revenue.push(Money(cell.revenue));
            cohort.cumulative_per_customer.push(mean(sum, size));
            cohort.orders.push(cell.orders);
            cohort.aov.push(mean(cell.revenue, cell.orders));
        }
        cohort
    };
    sizes.iter().enumerate().map(filled).collect()
}

/// What a cohort did at an age.
#[derive(Clone, Copy, Default)]
struct Cell {
    revenue: i64,
    orders: u64,
    active: u64,
}

fn empty(period: i32, unit: Unit, shown: Shown<'_>, last: i32) -> Cohort {
    let ages = (last - period + 1) as usize;
    Cohort {
        cohort: unit.label(period),
        start: unit.start(period),
        size: 0,
        active: Vec::with_capacity(ages),
        revenue: Vec::with_capacity(ages),
        cumulative_per_customer: Vec::with_capacity(ages),
        orders: Vec::with_capacity(ages),
        aov: Vec::with_capacity(ages),
        last_is_partial: shown.end < unit.end(last),
    }
}

/// All cohorts together, by age: of the customers whose k-th period is over, those who bought in it.
pub fn by_age(cohorts: &[Cohort]) -> Vec<AgeRow> {
    let lived = |cohort: &Cohort| cohort.active.len() - usize::from(cohort.last_is_partial);
    let ages = cohorts.iter().map(lived).max().unwrap_or(0);
    let row = |age: usize| {
        let old_enough = cohorts.iter().filter(|cohort| lived(cohort) > age);
        let (of, count) = old_enough.fold((0, 0), |(of, count), c| (of + c.size, count + c.active[age]));
        AgeRow { age: age as u32, active: Share::new(count, of) }
    };
    (0..ages).map(row).filter(|row| row.active.of > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::money::Derived;
    use crate::measures::tests::Whole;

    fn of(rows: &[(&str, &str, i64)], start: &str, end: &str, unit: Unit) -> Vec<Cohort> {
        cohorts(Whole::rows(rows).from(start).until(end).shown(), unit)
    }

    const ROWS: [(&str, &str, i64); 6] = [
        ("a", "2024-01-10", 10),
        ("a", "2024-03-01", 30),
        ("a", "2024-03-20", -40),
        ("b", "2024-01-31", 20),
        ("b", "2024-02-01", 5),
        ("c", "2024-03-10", 7),
    ];

    #[test]
    fn cells_are_customers_of_the_cohort_and_end_where_life_has_not_come() {
        let cohorts = of(&ROWS, "2024-01-10", "2024-03-25", Unit::Month);
        let cells: Vec<_> = cohorts.iter().map(|c| (&*c.cohort, c.size, &*c.active)).collect();
        assert_eq!(cells, [("2024-01", 2, &[2, 1, 1][..]), ("2024-02", 0, &[0, 0]), ("2024-03", 1, &[1])]);
        assert_eq!(cohorts[0].revenue, [30, 5, -10].map(Money::units));
        assert_eq!(cohorts[0].cumulative_per_customer, [15.0, 17.5, 12.5].map(|x| Some(Derived(x))));
        assert_eq!((cohorts[0].orders[2], cohorts[0].aov[2]), (1, Some(Derived(-10.0))));
        assert_eq!(cohorts[1].cumulative_per_customer, [None, None]);
        let ages: Vec<_> = by_age(&cohorts).iter().map(|row| (row.age, row.active.count, row.active.of)).collect();
        assert_eq!(ages, [(0, 2, 2), (1, 1, 2)], "March is not over");
    }

    #[test]
    fn other_units_and_a_later_start() {
        let quarters = of(&ROWS, "2024-01-10", "2024-04-01", Unit::Quarter);
        assert_eq!((&*quarters[0].cohort, quarters[0].size, &*quarters[0].active), ("2024-Q1", 3, &[3, 0][..]));
        let later = of(&ROWS, "2024-01-15", "2024-03-31", Unit::Month);
        assert_eq!((later[0].size, later.len()), (1, 3));
        let long = of(&[("a", "1900-01-01", 1), ("b", "2024-01-01", 1)], "1900-01-01", "2024-01-01", Unit::Month);
        assert_eq!((long.len(), long.iter().map(|c| c.size).sum::<u64>()), (MOST_PERIODS as usize, 1));
    }
}
