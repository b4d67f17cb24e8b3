//! How long subscribers stay, from tables that tell it without any date: how long each has been there, and whether they left.

use rustc_hash::FxHashSet;

use super::intake::{Listed, has_left};
use super::lifetimes::{PARTS, of_lives};
use super::remaining::{fit_undated, undated};
use crate::math::money::SCALE;
use crate::math::survival::Life;
use crate::math::{Unit, order};
use crate::report::models::ModelFit;
use crate::report::subscriptions::{Form, NotCounted, Subscriptions, WhyNot};
use crate::roles::Role;
use crate::tables::{NO_NUMBER, Table};

/// The longest time that is taken for one, in months: a hundred years.
const LONGEST: f64 = 1_200.0;

/// What the rows say, each with its plan, and what could not be counted.
struct Known<'a> {
    lives: Vec<(&'a str, Life)>,
    customers: FxHashSet<&'a str>,
    left_out: [NotCounted; 2],
}

fn known<'a>(tables: &'a [Listed<'_>]) -> Known<'a> {
    let (mut lives, mut customers): (Vec<(&str, Life)>, FxHashSet<&str>) = Default::default();
    let mut left_out = [WhyNot::NoCustomer, WhyNot::UnknownStay].map(|reason| NotCounted { reason, contracts: 0 });
    for Listed { table, rows } in tables {
        let (Some(times), Some(status)) = (table.numbers(Role::Observed), table.group(Role::Status)) else { continue };
        let left: Vec<Option<bool>> = status.labels.iter().map(|label| has_left(&status.name, label)).collect();
        let plan = table.group(Role::Plan);
        for &(row, who) in rows {
            let life = parts(table, times[row]).zip(left[status.codes.get(row) as usize]);
            match (who, life) {
                (None, _) => left_out[0].contracts += 1,
                (_, None) => left_out[1].contracts += 1,
                (Some(id), Some((time, ended))) => {
                    customers.insert(id);
                    lives.push((plan.map_or("", |plan| plan.label(row)), Life { time, ended }));
                }
            }
        }
    }
    Known { lives, customers, left_out }
}

/// How the model of contracts fits such tables; nothing where none tells a stay.
pub fn fit(tables: &[Listed<'_>]) -> Option<ModelFit> {
    let lives: Vec<Life> = known(tables).lives.iter().map(|(_, life)| *life).collect();
    fit_undated(&lives)
}

/// The section of such tables; nothing where there is none. What needs dates (recurring revenue, its movements, trials) is left
/// empty.
pub fn section(tables: &[Listed<'_>]) -> Option<Subscriptions> {
    let Known { mut lives, customers, left_out } = known(tables);
    let left_out: Vec<NotCounted> = left_out.into_iter().filter(|left| left.contracts > 0).collect();
    if lives.is_empty() && left_out.is_empty() {
        return None;
    }
    let all: Vec<Life> = lives.iter().map(|(_, life)| *life).collect();
    order::sort_by(&mut lives, |a, b| a.0.cmp(b.0));
    let plans = lives.chunk_by(|a, b| a.0 == b.0);
    let plans = plans.map(|own| (own[0].0.to_owned(), own.iter().map(|(_, life)| *life).collect()));
    Some(Subscriptions {
        form: Form::Tenures,
        contracts: lives.len() as u64,
        customers: customers.len() as u64,
        left_out,
        lifetimes: of_lives(plans.collect()),
        remaining: undated(&all),
        ..Subscriptions::default()
    })
}

/// A time in parts of a month: months, where the header of the column says nothing else. Nothing where it is no time.
fn parts(table: &Table, time: i64) -> Option<u32> {
    let months = match table.tenure.map_or(Unit::Month, |tenure| tenure.unit) {
        Unit::Day => 12.0 / 365.25,
        Unit::Week => 7.0 * 12.0 / 365.25,
        Unit::Month => 1.0,
        Unit::Quarter => 3.0,
        Unit::Year => 12.0,
    } * (time as f64 / SCALE as f64);
    let is_time = time != NO_NUMBER && (0.0..=LONGEST).contains(&months);
    is_time.then(|| libm::round(months * f64::from(PARTS)) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::DimensionColumn;
    use crate::roles::billing::Billing;

    fn group(role: Role, name: &str, values: &[&str]) -> (Role, DimensionColumn) {
        let mut labels: Vec<Box<str>> = values.iter().map(|value| (*value).into()).collect();
        order::sort_by(&mut labels, Ord::cmp);
        labels.dedup();
        let code = |value: &&str| labels.iter().position(|label| **label == **value).unwrap() as u32;
        (role, DimensionColumn { name: name.into(), role: None, codes: values.iter().map(code).collect(), labels })
    }

    /// Worked by hand: of four with a time two leave, after one month of four there and after three of two.
    #[test]
    fn a_time_and_a_yes_or_no_make_a_curve() {
        let table = Table {
            rows: 6,
            numbers: vec![(Role::Observed, [1, 2, 3, 3, -1, 5].map(|months| months * SCALE).to_vec())],
            groups: vec![
                group(Role::Status, "Churn", &["Yes", "No", "Yes", "No", "No", "perhaps"]),
                group(Role::Plan, "Contract", &["a", "b", "a", "b", "b", "b"]),
            ],
            ..Table::default()
        };
        let ids = ["k1", "k2", "k3", "k4", "k5", "k6"];
        let rows = |table| Listed { table, rows: ids.iter().enumerate().map(|(row, id)| (row, Some(*id))).collect() };
        let told = section(&[rows(&table)]).unwrap();
        let all = told.lifetimes.all.clone().unwrap();
        assert_eq!((all.subscribers, all.left, all.median_months), (4, 2, Some(3.0)));
        let shares: Vec<f64> = all.survival.iter().map(|point| point.share).collect();
        assert_eq!(shares, [1.0, 0.75, 0.75, 0.375]);
        assert_eq!(
            told.lifetimes.plans.iter().map(|plan| (&*plan.group, plan.left)).collect::<Vec<_>>(),
            [("a", 2), ("b", 0)]
        );
        assert_eq!(told.left_out, [NotCounted { reason: WhyNot::UnknownStay, contracts: 2 }]);
        assert_eq!((told.form, told.mrr.len(), told.lifetimes.cohorts.len()), (Form::Tenures, 0, 0));
        let years = Table { tenure: Some(Billing::YEAR), ..table.clone() };
        assert_eq!(section(&[rows(&years)]).unwrap().lifetimes.all.unwrap().median_months, Some(36.0));
        assert_eq!(section(&[Listed { table: &Table::default(), rows: Vec::new() }]), None);
    }
}
