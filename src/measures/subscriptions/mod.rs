//! What contracts tell (definitions.md, section 4): recurring revenue and its movements, how long subscribers stay, trials.
//!
//! * [`Contracts`] (here): the contracts that the figures rest on.
//! * [`intake`]: from tables to contracts: amounts a month, snapshots, what can't be counted.
//! * [`movements`]: recurring revenue from evening to evening.
//! * [`lifetimes`]: how long subscribers stay, by plan and by when they came; [`tenure`]: the same from tables without dates.
//! * [`remaining`]: how long those who subscribe now will still stay, and what that is worth.
//! * [`trials`]: what becomes of them.
//!
//! A contract runs on the evening of a day that is not before its start and before its end: the day of its end is the first
//! on which it does not. Contracts know no orders; who they are of is a customer of their own numbering.

pub mod intake;
pub mod lifetimes;
pub mod movements;
pub mod remaining;
pub mod tenure;
pub mod trials;

use intake::Listed;

use crate::math::{Day, Money, Unit, order};
use crate::measures::beside::{Beside, Side};
use crate::measures::ratio;
use crate::report::models::ModelFit;
use crate::report::subscriptions::{BillingBasis, Form, Movement, NotCounted, Plan, Subscriptions};
use crate::roles::kind::TableKind;
use crate::settings::Settings;

/// Most months that are told, the last ones.
const MOST_MONTHS: i32 = 240;

/// Contracts, those of a customer together and in order of their start.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contracts {
    /// The ids of the customers, in the order of their bytes.
    pub customers: Vec<Box<str>>,
    /// The plans, in the order of their bytes; "" where none is told.
    pub plans: Vec<Box<str>>,
    /// The contracts.
    pub list: Vec<Contract>,
    /// What a row of the tables is.
    pub form: Form,
    /// How amounts a month are known.
    pub billing: BillingBasis,
    /// What could not be counted.
    pub left_out: Vec<NotCounted>,
}

/// A contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Place in [`Contracts::customers`].
    pub customer: u32,
    /// Its first day.
    pub start: Day,
    /// The first day on which it does not run; nothing while it does.
    pub end: Option<Day>,
    /// The same, but where another one of the customer begins the day after its end: that day. A customer whose contract ends
    /// on the 31st and is renewed on the 1st has not left over night.
    pub covers: Option<Day>,
    /// What it brings in a month, in ten-thousandths; 0 for a trial.
    pub monthly: i64,
    /// Place in [`Contracts::plans`].
    pub plan: u32,
    /// Whether it is a trial.
    pub trial: bool,
}

impl Contract {
    /// Whether it runs on the evening of a day.
    fn runs(&self, evening: Day) -> bool {
        self.start <= evening && self.covers.is_none_or(|end| end > evening)
    }

    /// Whether it is paid.
    fn is_paid(&self) -> bool {
        self.monthly > 0
    }
}

impl Contracts {
    /// The contracts of each customer who has any.
    fn by_customer(&self) -> impl Iterator<Item = &[Contract]> {
        self.list.chunk_by(|a, b| a.customer == b.customer)
    }

    /// The last day that they tell of, given the last day of the orders beside them.
    ///
    /// An end that lies ahead is no event yet, so the last start counts, and with orders beside them the last end up to
    /// theirs. Where that is not more than a month before the end of the orders, the contracts are taken to reach as far: in
    /// a few days nothing need have happened.
    pub fn last_day(&self, orders: Option<Day>) -> Option<Day> {
        let starts = self.list.iter().map(|contract| contract.start).max()?;
        if self.form == Form::Snapshots {
            return Some(Unit::Month.end(Unit::Month.of(starts)));
        }
        let Some(orders) = orders else { return Some(starts) };
        let ended = self.list.iter().filter_map(|contract| contract.end).filter(|end| *end <= orders);
        let own = ended.fold(starts, Ord::max);
        Some(if own <= orders && own.plus_months(1) >= orders { orders } else { own })
    }
}

/// The section of the report of what is shown: the contracts of customers who pass the filters, over the period. Nothing
/// where no table has any.
pub fn section(beside: &Beside<'_>) -> Option<Subscriptions> {
    let tables = tables(beside);
    let Some(contracts) = intake::contracts(&tables) else { return tenure::section(&tables) };
    let end = evening(&contracts, beside)?;
    let first = contracts.list.iter().map(|contract| contract.start).min();
    let mut told = subscriptions(&contracts, beside.settings.from.or(first).unwrap_or(end), end);
    told.remaining = remaining::remaining(&contracts, end, beside.settings);
    Some(told)
}

/// How the model of contracts fits those of customers who pass the filters; nothing where no table has any.
pub fn fit(beside: &Beside<'_>) -> Option<ModelFit> {
    let tables = tables(beside);
    match intake::contracts(&tables) {
        Some(contracts) => remaining::fit(&contracts, evening(&contracts, beside)?),
        None => tenure::fit(&tables),
    }
}

fn tables<'a>(beside: &Beside<'a>) -> Vec<Listed<'a>> {
    beside.of(TableKind::Subscriptions).map(|side| listed(beside, side)).collect()
}

/// The evening that figures are of.
fn evening(contracts: &Contracts, beside: &Beside<'_>) -> Option<Day> {
    let Settings { to, end, .. } = *beside.settings;
    let last = contracts.last_day(beside.shown.whole.span().map(|(_, last)| last));
    [last, to, end].into_iter().flatten().min()
}

/// The rows of a table whose customers pass the filters.
fn listed<'a>(beside: &Beside<'a>, side: &Side<'a>) -> Listed<'a> {
    let Side { table, joined, .. } = *side;
    let whole = beside.shown.whole;
    let named = |row: usize| {
        let number = side.customer(row);
        let passes = !beside.is_filtered() || number.and_then(|number| beside.place_in_history(number)).is_some();
        // Ids that a person made one are one by that of the orders.
        let known = number.map(|number| &*whole.customers[number as usize]);
        passes.then(|| (row, known.or_else(|| joined?.id(table, row))))
    };
    Listed { table, rows: (0..table.rows).filter_map(named).collect() }
}

/// The section of the report: the months from `start` to `end`, and the state of things on the evening of `end`.
pub fn subscriptions(contracts: &Contracts, start: Day, end: Day) -> Subscriptions {
    let began = contracts.list.iter().map(|contract| contract.start).min();
    let mrr = began.map_or_else(Vec::new, |began| months(contracts, began, start, end));
    Subscriptions {
        form: contracts.form,
        billing: contracts.billing,
        contracts: contracts.list.len() as u64,
        customers: contracts.customers.len() as u64,
        left_out: contracts.left_out.clone(),
        end: Some(end),
        year: began.filter(|began| *began <= end.plus_months(-12)).and_then(|_| year(contracts, end)),
        mrr,
        plans: plans(contracts, end),
        lifetimes: lifetimes::lifetimes(contracts, end),
        trials: trials::trials(contracts, end),
        remaining: None,
    }
}

/// The calendar months that a period touches, from the one of the first contract on.
fn months(contracts: &Contracts, began: Day, start: Day, end: Day) -> Vec<Movement> {
    let last = Unit::Month.of(end);
    let first = Unit::Month.of(began.max(start)).max(last - MOST_MONTHS + 1);
    if first > last {
        return Vec::new();
    }
    let evening = |month: i32| Unit::Month.end(month).min(end);
    let evenings: Vec<Day> = (first - 1..=last).map(evening).collect();
    let mut rows = movements::movements(contracts, &evenings);
    for (row, month) in rows.iter_mut().zip(first..) {
        row.month = Some(Unit::Month.label(month));
        row.complete = Unit::Month.end(month) <= end;
    }
    rows
}

/// The last twelve months in one; nothing where nobody paid at their start.
fn year(contracts: &Contracts, end: Day) -> Option<Movement> {
    let rows = movements::movements(contracts, &[end.plus_months(-12), end]);
    rows.into_iter().next().filter(|row| row.paying.start > 0)
}

/// The plans by what they bring on an evening.
fn plans(contracts: &Contracts, evening: Day) -> Vec<Plan> {
    let mut sums = vec![(0u64, 0i64); contracts.plans.len()];
    for own in contracts.by_customer() {
        let mut seen: Vec<u32> = Vec::new();
        for contract in own.iter().filter(|contract| contract.is_paid() && contract.runs(evening)) {
            let (customers, monthly) = &mut sums[contract.plan as usize];
            *monthly += contract.monthly;
            if !seen.contains(&contract.plan) {
                seen.push(contract.plan);
                *customers += 1;
            }
        }
    }
    let all: i64 = sums.iter().map(|(_, monthly)| monthly).sum();
    let told = contracts.plans.iter().zip(sums).filter(|(_, (customers, _))| *customers > 0);
    let mut plans: Vec<Plan> = told
        .map(|(plan, (customers, monthly))| Plan {
            plan: plan.to_string(),
            customers,
            mrr: Money(monthly),
            share: ratio(monthly as f64, all as f64),
        })
        .collect();
    order::sort_by(&mut plans, |a, b| b.mrr.cmp(&a.mrr));
    plans
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// Contracts of customer, start, end ("" for none), whole units a month (trials have none) and plan.
    pub(crate) fn contracts(rows: &[(&str, &str, &str, i64, &str)]) -> Contracts {
        let mut names: Vec<&str> = rows.iter().map(|row| row.0).collect();
        let mut plans: Vec<&str> = rows.iter().map(|row| row.4).collect();
        for list in [&mut names, &mut plans] {
            order::sort_by(list, Ord::cmp);
            list.dedup();
        }
        let place = |list: &[&str], name: &str| list.iter().position(|known| *known == name).unwrap() as u32;
        let list = rows
            .iter()
            .map(|&(customer, start, end, monthly, plan)| {
                let end = (!end.is_empty()).then(|| day(end));
                Contract {
                    customer: place(&names, customer),
                    start: day(start),
                    end,
                    covers: end,
                    monthly: Money::units(monthly).0,
                    plan: place(&plans, plan),
                    trial: monthly == 0,
                }
            })
            .collect();
        let boxed = |list: Vec<&str>| list.into_iter().map(Into::into).collect();
        intake::in_order(Contracts { customers: boxed(names), plans: boxed(plans), list, ..Contracts::default() })
    }

    #[test]
    fn the_last_day_is_one_that_is_known() {
        let own = contracts(&[("a", "2024-01-10", "2024-06-10", 9, ""), ("b", "2024-03-10", "2025-03-10", 9, "")]);
        assert_eq!(own.last_day(None), Some(day("2024-03-10")), "an end may be planned");
        assert_eq!(own.last_day(Some(day("2024-12-31"))), Some(day("2024-06-10")));
        assert_eq!(own.last_day(Some(day("2024-06-30"))), Some(day("2024-06-30")));
        assert_eq!(own.last_day(Some(day("2024-02-01"))), Some(day("2024-03-10")));
        assert_eq!(Contracts::default().last_day(None), None);
    }

    #[test]
    fn a_section_has_the_months_of_the_period_and_the_state_on_its_last_evening() {
        let own = contracts(&[
            ("a", "2023-01-10", "", 9, "small"),
            ("b", "2023-02-10", "2024-02-01", 20, "large"),
            ("c", "2024-02-10", "", 9, "small"),
            ("c", "2024-02-20", "", 5, "small"),
        ]);
        let all = subscriptions(&own, day("2022-01-01"), day("2024-02-25"));
        assert_eq!((all.mrr.len(), all.mrr[0].month.as_deref()), (14, Some("2023-01")));
        let last = all.mrr.last().unwrap();
        assert_eq!((last.complete, last.mrr, last.paying.end), (false, Money::units(23), 2));
        let plans: Vec<_> = all.plans.iter().map(|plan| (&*plan.plan, plan.customers, plan.mrr)).collect();
        assert_eq!(plans, [("small", 2, Money::units(23))]);
        let year = all.year.unwrap();
        assert_eq!((year.mrr_start, year.churned, year.new), (Money::units(29), Money::units(20), Money::units(14)));
        assert_eq!(year.nrr, Some(9.0 / 29.0));
        let short = subscriptions(&own, day("2024-01-15"), day("2024-01-31"));
        assert_eq!((short.mrr.len(), short.mrr[0].mrr_start, short.mrr[0].complete), (1, Money::units(29), true));
        assert_eq!(subscriptions(&own, day("2020-01-01"), day("2020-02-01")).mrr, []);
        let none = subscriptions(&Contracts::default(), day("2024-01-01"), day("2024-02-01"));
        assert_eq!((none.mrr.len(), none.year, none.lifetimes.all, none.trials), (0, None, None, None));
    }
}
