//! From tables to contracts: what each brings in a month, snapshots as contracts of a month, what can't be counted.

use rustc_hash::FxHashMap;

use super::{Contract, Contracts};
use crate::math::money::SCALE;
use crate::math::{Money, Unit, order};
use crate::report::subscriptions::{BillingBasis, Form, NotCounted, WhyNot};
use crate::roles::Role;
use crate::roles::billing::Billing;
use crate::roles::names::{asks_who_left, is_cancelled, words, yes_or_no};
use crate::tables::{NO_DAY, NO_NUMBER, Table};

/// What a status says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Runs,
    /// It has ended, or it pauses: it brings nothing.
    Stopped,
    Trial,
}

/// A table of contracts, and those of its rows that are meant.
pub struct Listed<'a> {
    /// The table.
    pub table: &'a Table,
    /// The rows, each with its customer; nothing where it names none.
    pub rows: Vec<(usize, Option<&'a str>)>,
}

/// The contracts of tables of subscriptions; nothing where there is no row.
pub fn contracts(tables: &[Listed<'_>]) -> Option<Contracts> {
    let mut taken = Taken::default();
    let snapshots = tables.iter().all(are_snapshots);
    tables.iter().for_each(|listed| taken.table(listed, snapshots));
    let Taken { customers, plans, mut list, billing, left_out, .. } = taken;
    let (customers, place_of_customer) = by_bytes(customers);
    let (plans, place_of_plan) = by_bytes(plans);
    for contract in &mut list {
        contract.customer = place_of_customer[contract.customer as usize];
        contract.plan = place_of_plan[contract.plan as usize];
    }
    let form = if snapshots { Form::Snapshots } else { Form::Contracts };
    let left_out: Vec<NotCounted> = left_out.into_iter().filter(|left| left.contracts > 0).collect();
    let billing = billing.unwrap_or_default();
    (!list.is_empty() || !left_out.is_empty())
        .then(|| in_order(Contracts { customers, plans, list, form, billing, left_out }))
}

/// Puts contracts in order and says until when each keeps its customer.
pub(super) fn in_order(mut contracts: Contracts) -> Contracts {
    let key = |c: &Contract| (c.customer, c.start, c.end, c.monthly, c.plan, c.trial);
    order::sort_by(&mut contracts.list, |a, b| key(a).cmp(&key(b)));
    for own in contracts.list.chunk_by_mut(|a, b| a.customer == b.customer) {
        for at in 0..own.len() {
            let next = own[at].end.map(|end| end.plus(1));
            let starts = |next| own.binary_search_by(|other| other.start.cmp(&next)).is_ok();
            own[at].covers = next.filter(|next| starts(*next)).or(own[at].end);
        }
    }
    contracts
}

/// What was taken of the tables so far.
struct Taken<'a> {
    customers: FxHashMap<&'a str, u32>,
    plans: FxHashMap<&'a str, u32>,
    list: Vec<Contract>,
    billing: Option<BillingBasis>,
    left_out: [NotCounted; 6],
    /// What the amounts of a year come to without their signs: no sum of any of them is larger.
    sum: i64,
}

impl Default for Taken<'_> {
    fn default() -> Self {
        let none = |reason| NotCounted { reason, contracts: 0 };
        let reasons = [
            WhyNot::NoCustomer,
            WhyNot::EndsBeforeStart,
            WhyNot::UnknownBilling,
            WhyNot::UnknownQuantity,
            WhyNot::StoppedUnknownWhen,
            WhyNot::TooLarge,
        ];
        let (customers, plans) = Default::default();
        Taken { customers, plans, list: Vec::new(), billing: None, left_out: reasons.map(none), sum: 0 }
    }
}

impl<'a> Taken<'a> {
    fn table(&mut self, listed: &Listed<'a>, snapshots: bool) {
        let Listed { table, rows } = listed;
        let (Some(days), Some(amounts)) = (table.days(Role::Date), table.numbers(Role::Amount)) else { return };
        let (ends, plan) = (table.days(Role::End), table.group(Role::Plan));
        let billing = table.group(Role::Billing);
        let periods: Vec<Option<Billing>> = match (table.billing, billing) {
            (None, Some(column)) => column.labels.iter().map(|label| Billing::of_cell(label)).collect(),
            _ => Vec::new(),
        };
        let basis = match (table.billing, billing) {
            (Some(_), _) => BillingBasis::Header,
            (None, Some(_)) => BillingBasis::Column,
            (None, None) => BillingBasis::TakenAsMonthly,
        };
        // Of several tables, the one that least is known of.
        self.billing = Some(self.billing.map_or(basis, |known| known.max(basis)));
        let trials: Vec<bool> = labels(table, Role::Trial).iter().map(|label| is_trial(label)).collect();
        let states: Vec<State> = labels(table, Role::Status).iter().map(|label| state(label)).collect();
        for &(row, who) in rows {
            let state = table.group(Role::Status).map_or(State::Runs, |column| states[column.codes.get(row) as usize]);
            let is_trial = table.group(Role::Trial).is_some_and(|column| trials[column.codes.get(row) as usize]);
            let trial = is_trial || state == State::Trial;
            let (mut start, mut end) = (days[row], ends.map(|ends| ends[row]).filter(|end| *end != NO_DAY));
            if snapshots {
                let month = Unit::Month.of(start);
                (start, end) = (Unit::Month.start(month), Some(Unit::Month.start(month + 1)));
            }
            let billing = match billing {
                _ if table.billing.is_some() => table.billing,
                Some(column) => periods[column.codes.get(row) as usize],
                None => Some(Billing::MONTH),
            };
            let amount = Some(amounts[row]).filter(|amount| *amount != NO_NUMBER);
            let quantity = table.numbers(Role::Quantity).map_or(SCALE, |quantities| quantities[row]);
            let monthly = if trial { Ok(0) } else { self.monthly(billing, amount, quantity) };
            let refused = match (who, monthly) {
                (None, _) => Some(WhyNot::NoCustomer),
                _ if end.is_some_and(|end| end < start) => Some(WhyNot::EndsBeforeStart),
                (_, Err(reason)) => Some(reason),
                _ if end.is_none() && state == State::Stopped => Some(WhyNot::StoppedUnknownWhen),
                _ => None,
            };
            let (None, Some(id)) = (refused, who) else {
                self.left_out
                    .iter_mut()
                    .filter(|left| Some(left.reason) == refused)
                    .for_each(|left| left.contracts += 1);
                continue;
            };
            let monthly = monthly.unwrap_or_default();
            self.sum += monthly.abs() * 12;
            let plan = plan.map_or("", |plan| plan.label(row));
            let customer = place(&mut self.customers, id);
            let plan = place(&mut self.plans, plan);
            self.list.push(Contract { customer, start, end, covers: end, monthly, plan, trial });
        }
    }

    /// What so many of an amount come to in a month, where that is known and no sum leaves the range.
    fn monthly(&self, billing: Option<Billing>, amount: Option<i64>, quantity: i64) -> Result<i64, WhyNot> {
        let (Some(billing), Some(amount)) = (billing, amount) else { return Err(WhyNot::UnknownBilling) };
        if quantity == NO_NUMBER {
            return Err(WhyNot::UnknownQuantity);
        }
        let amount = Money::from_product(quantity, Money(amount)).ok_or(WhyNot::TooLarge)?.0;
        let monthly = billing.monthly(amount).ok_or(WhyNot::TooLarge)?;
        let year = monthly.checked_abs().and_then(|monthly| monthly.checked_mul(12));
        year.and_then(|year| self.sum.checked_add(year)).map(|_| monthly).ok_or(WhyNot::TooLarge)
    }
}

/// Whether a table tells what customers paid in each month: it has no ends, and from row to row a customer's months step by
/// one. A list of contracts without ends starts now and then.
fn are_snapshots(listed: &Listed<'_>) -> bool {
    let Listed { table, rows } = listed;
    let has_ends = table.days(Role::End).is_some_and(|ends| ends.iter().any(|end| *end != NO_DAY));
    let Some(days) = table.days(Role::Date).filter(|_| !has_ends) else { return false };
    let mut customers = FxHashMap::default();
    let mut months: Vec<order::Keyed> = Vec::new();
    for &(row, who) in rows {
        let Some(id) = who else { continue };
        months.push((order::ascending(i64::from(Unit::Month.of(days[row]))), place(&mut customers, id)));
    }
    order::sort_keyed(&mut months);
    // The month of each customer's row before; rows come month by month.
    let mut last = vec![None; customers.len()];
    let (mut all, mut single) = (0usize, 0usize);
    for (month, customer) in months {
        let before = last[customer as usize].replace(month);
        if let Some(step) = before.map(|before| month - before).filter(|step| *step > 0) {
            all += 1;
            single += usize::from(step == 1);
        }
    }
    all * 2 >= customers.len() && all > 0 && single * 5 >= all * 4
}

fn labels(table: &Table, role: Role) -> &[Box<str>] {
    table.group(role).map_or(&[], |column| &column.labels)
}

/// Whether a cell says that a contract is a trial: a yes, a 1, or the word.
fn is_trial(cell: &str) -> bool {
    yes_or_no(cell).unwrap_or_else(|| cell == "1" || state(cell) == State::Trial)
}

/// What a status says; what is not known says that a contract runs, as its dates do.
fn state(cell: &str) -> State {
    const STOPPED: [&str; 24] = [
        "ended",
        "expired",
        "churned",
        "inactive",
        "terminated",
        "closed",
        "stopped",
        "paused",
        "suspended",
        "hold",
        "deleted",
        "lapsed",
        "gekundigt",
        "beendet",
        "abgelaufen",
        "pausiert",
        "inaktiv",
        "resilie",
        "resiliee",
        "termine",
        "terminee",
        "pause",
        "pausado",
        "opgezegd",
    ];
    const TRIAL: [&str; 5] = ["trial", "trialing", "trialling", "probe", "essai"];
    let words = words(cell);
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    if is_cancelled(cell) || has(&STOPPED) && !has(&["not"]) {
        return State::Stopped;
    }
    if has(&TRIAL) { State::Trial } else { State::Runs }
}

/// Whether a cell of a column says that somebody has left: of one named so, as `Churn` is, a yes; of another a status that says
/// it. Nothing where it says neither.
pub(super) fn has_left(header: &str, cell: &str) -> Option<bool> {
    let yes = match cell {
        "1" => Some(true),
        "0" => Some(false),
        _ => yes_or_no(cell),
    };
    match (asks_who_left(header), yes) {
        (true, Some(left)) => Some(left),
        (false, Some(_)) => None,
        _ if cell.is_empty() => None,
        _ => Some(state(cell) == State::Stopped).filter(|stopped| *stopped || is_there(cell)),
    }
}

/// Whether a status says that somebody is still there.
fn is_there(cell: &str) -> bool {
    const THERE: [&str; 9] =
        ["active", "stayed", "current", "existing", "running", "retained", "joined", "aktiv", "trialing"];
    words(cell).iter().any(|word| THERE.contains(&word.as_str()))
}

fn place<'a>(known: &mut FxHashMap<&'a str, u32>, name: &'a str) -> u32 {
    let next = known.len() as u32;
    *known.entry(name).or_insert(next)
}

/// The names in the order of their bytes, and the place of each by the number that it had.
fn by_bytes(names: FxHashMap<&str, u32>) -> (Vec<Box<str>>, Vec<u32>) {
    let mut texts = vec![""; names.len()];
    names.into_iter().for_each(|(text, number)| texts[number as usize] = text);
    let sorted = order::places(texts.len(), &mut |a, b| texts[a].cmp(texts[b]));
    let mut places = vec![0; texts.len()];
    sorted.iter().zip(0..).for_each(|(number, place)| places[*number] = place);
    (sorted.into_iter().map(|number| texts[number].into()).collect(), places)
}

#[cfg(test)]
mod tests {
    use super::super::tests::day;
    use super::*;
    use crate::ledger::DimensionColumn;
    use crate::math::{Day, Money};
    use crate::roles::kind::TableKind;

    /// A table of customer, start, end ("" for none) and whole units, with columns to group by.
    fn table(rows: &[(&str, &str, &str, i64)], groups: &[(Role, &[&str])], billing: Option<Billing>) -> Table {
        let date = |text: &str| if text.is_empty() { NO_DAY } else { day(text) };
        let coded = |values: &[&str]| {
            let mut labels: Vec<Box<str>> = values.iter().map(|value| (*value).into()).collect();
            order::sort_by(&mut labels, Ord::cmp);
            labels.dedup();
            let codes = values.iter().map(|value| labels.iter().position(|l| **l == **value).unwrap() as u32).collect();
            (labels, codes)
        };
        Table {
            kind: TableKind::Subscriptions,
            rows: rows.len(),
            days: vec![
                (Role::Date, rows.iter().map(|row| date(row.1)).collect()),
                (Role::End, rows.iter().map(|row| date(row.2)).collect()),
            ],
            numbers: vec![(Role::Amount, rows.iter().map(|row| Money::units(row.3).0).collect())],
            groups: groups
                .iter()
                .map(|(role, values)| {
                    let (labels, codes) = coded(values);
                    (*role, DimensionColumn { name: role.name().into(), role: None, labels, codes })
                })
                .collect(),
            billing,
            ..Table::default()
        }
    }

    fn of(rows: &[(&'static str, &str, &str, i64)], groups: &[(Role, &[&str])], billing: Option<Billing>) -> Contracts {
        let table = &table(rows, groups, billing);
        let named = |(row, cells): (usize, &(&'static str, _, _, _))| (row, Some(cells.0).filter(|id| !id.is_empty()));
        contracts(&[Listed { table, rows: rows.iter().enumerate().map(named).collect() }]).unwrap()
    }

    fn left_out(contracts: &Contracts) -> Vec<(WhyNot, u64)> {
        contracts.left_out.iter().map(|left| (left.reason, left.contracts)).collect()
    }

    #[test]
    fn so_many_of_an_amount_count_so_many_times() {
        let rows = [("a", "2024-01-01", "", 10), ("b", "2024-01-01", "", 120), ("c", "2024-01-01", "", 10)];
        let billing: (Role, &[&str]) = (Role::Billing, &["monthly", "annual", "monthly"]);
        let mut table = table(&rows, &[billing], None);
        let quantities = vec![3 * SCALE, 5 * SCALE / 2, NO_NUMBER];
        table.numbers.push((Role::Quantity, quantities));
        let rows = rows.iter().enumerate().map(|(row, cells)| (row, Some(cells.0))).collect();
        let told = contracts(&[Listed { table: &table, rows }]).unwrap();
        let monthly: Vec<i64> = told.list.iter().map(|c| c.monthly).collect();
        assert_eq!(monthly, [Money::units(30).0, Money::units(25).0]);
        assert_eq!(left_out(&told), [(WhyNot::UnknownQuantity, 1)], "nobody knows how many");
    }

    #[test]
    fn who_has_left_is_told_by_a_yes_or_by_a_status() {
        let told = ["Yes", "0", "", "perhaps", "Churned"].map(|cell| has_left("Churn", cell));
        assert_eq!(told, [Some(true), Some(false), None, None, Some(true)]);
        let told = ["Yes", "active", "cancelled", "Stayed"].map(|cell| has_left("status", cell));
        assert_eq!(told, [None, Some(false), Some(true), Some(false)]);
    }

    #[test]
    fn amounts_are_made_monthly_by_their_billing_period() {
        let rows = [
            ("a", "2024-01-01", "", 120),
            ("b", "2024-01-01", "", 10),
            ("c", "2024-01-01", "", 30),
            ("d", "2024-01-01", "", 9),
        ];
        let column: (Role, &[&str]) = (Role::Billing, &["annual", "monthly", "Quarterly", "lifetime"]);
        let told = of(&rows, &[column], None);
        assert_eq!(
            told.list.iter().map(|c| c.monthly).collect::<Vec<_>>(),
            [10, 10, 10].map(|units| Money::units(units).0)
        );
        assert_eq!((told.billing, left_out(&told)), (BillingBasis::Column, vec![(WhyNot::UnknownBilling, 1)]));
        // What the header says is what the amounts are.
        let mrr = of(&rows, &[column], Some(Billing::MONTH));
        assert_eq!((mrr.list[0].monthly, mrr.list.len(), mrr.billing), (Money::units(120).0, 4, BillingBasis::Header));
        let arr = of(&rows, &[], Some(Billing::YEAR));
        assert_eq!(arr.list[0].monthly, Money::units(10).0);
        assert_eq!(of(&rows, &[], None).billing, BillingBasis::TakenAsMonthly);
    }

    #[test]
    fn trials_carry_nothing_and_what_stopped_nobody_knows_when_is_not_counted() {
        let rows = [
            ("a", "2024-01-01", "", 9),
            ("b", "2024-01-01", "", 9),
            ("c", "2024-01-01", "", 9),
            ("d", "2024-01-01", "2024-03-01", 9),
            ("e", "2024-03-01", "2024-01-01", 9),
            ("", "2024-03-01", "", 9),
            ("f", "2024-03-01", "", 9),
        ];
        let status = (Role::Status, &["active", "paused", "Trialing", "cancelled", "active", "active", "past_due"][..]);
        let told = of(&rows, &[status], None);
        let list: Vec<_> =
            told.list.iter().map(|c| (&*told.customers[c.customer as usize], c.monthly > 0, c.trial)).collect();
        assert_eq!(list, [("a", true, false), ("c", false, true), ("d", true, false), ("f", true, false)]);
        let expected = [(WhyNot::NoCustomer, 1), (WhyNot::EndsBeforeStart, 1), (WhyNot::StoppedUnknownWhen, 1)];
        assert_eq!(left_out(&told), expected);
        let flags = (Role::Trial, &["TRUE", "FALSE", "1", "0", "no", "", "trial"][..]);
        let told = of(&rows[..4], &[(Role::Trial, &flags.1[..4])], None);
        assert_eq!(told.list.iter().map(|c| c.trial).collect::<Vec<_>>(), [true, false, true, false]);
    }

    #[test]
    fn snapshots_are_contracts_of_a_month() {
        let months = ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"];
        let mut rows: Vec<(&str, &str, &str, i64)> = months.iter().map(|month| ("a", *month, "", 10)).collect();
        rows.extend([("b", "2024-02-29", "", 5), ("b", "2024-03-31", "", 7)]);
        let told = of(&rows, &[], None);
        assert_eq!((told.form, told.list.len(), told.last_day(None)), (Form::Snapshots, 6, Some(day("2024-04-30"))));
        assert_eq!((told.list[0].start, told.list[0].end), (day("2024-01-01"), Some(day("2024-02-01"))));
        let evenings: Vec<Day> = (0..5).map(|month| day("2024-01-01").plus_months(month).plus(-1)).collect();
        let mrr = super::super::movements::movements(&told, &evenings);
        let mrr: Vec<_> = mrr.iter().map(|row| (row.mrr, row.new, row.expansion, row.churned)).collect();
        let units =
            |mrr, new, more, gone| (Money::units(mrr), Money::units(new), Money::units(more), Money::units(gone));
        assert_eq!(mrr, [units(10, 10, 0, 0), units(15, 5, 0, 0), units(17, 0, 2, 0), units(10, 0, 0, 7)]);
        // The same without regular steps is a list of contracts that run.
        let rows = [("a", "2024-01-01", "", 10), ("a", "2024-07-01", "", 10), ("b", "2024-03-01", "", 10)];
        assert_eq!(of(&rows, &[], None).form, Form::Contracts);
    }

    #[test]
    fn what_would_leave_the_range_of_sums_is_not_counted() {
        let mut large = table(&[("", "2024-01-01", "", 1), ("", "2024-01-01", "", 1)], &[], None);
        large.numbers[0].1 = vec![i64::MAX / 13, i64::MAX / 13];
        let told = contracts(&[Listed { table: &large, rows: vec![(0, Some("a")), (1, Some("b"))] }]).unwrap();
        assert_eq!((told.list.len(), left_out(&told)), (1, vec![(WhyNot::TooLarge, 1)]));
        assert_eq!(contracts(&[]), None);
    }
}
