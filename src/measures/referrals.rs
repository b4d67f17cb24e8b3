//! Who brings whom (definitions.md, section 7): chains of referrals, what those brought are worth, the k-factor.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use super::beside::Beside;
use super::{mean, ratio};
use crate::math::money::SCALE;
use crate::math::stats::Share;
use crate::math::{Day, Money, Unit, order};
use crate::report::referrals::{Group, Invitations, Month, Referrals, Referrer, Step};
use crate::roles::Role;
use crate::roles::kind::TableKind;
use crate::tables::NOBODY;

/// More invitations of one customer are no count.
const MOST_INVITED: u64 = 1_000_000_000;

/// Referrers that are listed at most.
const LISTED: usize = 20;

/// What is known of a customer: of the period, but for the first purchase ever.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// Net revenue in the period, ten-thousandths of the currency unit.
    pub revenue: i64,
    /// Purchases in the period.
    pub purchases: u32,
    /// The day of the first purchase ever.
    pub first: Day,
    /// Whom a table names as the one who brought them.
    pub by: Named,
}

/// Who brought a customer, as far as it is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Named {
    /// Nobody is named.
    #[default]
    Nobody,
    /// Somebody who is not among the customers shown.
    Unknown,
    /// The customer at this place.
    Place(usize),
}

/// The section of the report; empty where no table of customers says who brought whom.
pub fn section(beside: &Beside<'_>) -> Referrals {
    let invitations = invitations(beside);
    let Some(named) = named(beside) else {
        return Referrals { told: invitations.is_some(), invitations, ..Referrals::default() };
    };
    let (shown, history) = (beside.shown, beside.history);
    let people: Vec<Person> = history
        .customers
        .iter()
        .zip(named)
        .enumerate()
        .map(|(at, (&number, by))| {
            let first = history.first_ever[at];
            let none = Person { revenue: 0, purchases: 0, first, by };
            beside.place(number).map_or(none, |place| Person {
                revenue: shown.summary.revenue[place],
                purchases: shown.summary.purchases[place],
                ..none
            })
        })
        .collect();
    let mut told = referrals(&people, shown.start, shown.end);
    for referrer in told.top.iter_mut().chain(&mut told.beyond_top) {
        let number = history.customers[referrer.number as usize];
        referrer.customer = shown.whole.customers[number as usize].to_string();
        referrer.number = number;
    }
    told.invitations = invitations;
    told
}

/// What became of the invitations of the customers who pass the filters; nothing where no table counts both. The factor is
/// invitations a customer times the share that is taken up (definitions.md, section 7).
fn invitations(beside: &Beside<'_>) -> Option<Invitations> {
    let mut told = Invitations::default();
    let (mut invited, mut joined, mut is_told) = (0, 0, false);
    let whole = |number: i64| (number >= 0 && number % SCALE == 0).then_some((number / SCALE) as u64);
    for side in beside.of(TableKind::Customers) {
        let numbers = |role: Role| side.table.numbers(role);
        let (Some(sent), Some(came)) = (numbers(Role::Invited), numbers(Role::Joined)) else { continue };
        is_told = true;
        let passes = |row: &usize| {
            !beside.is_filtered() || side.customer(*row).is_some_and(|it| beside.place_in_history(it).is_some())
        };
        for row in (0..side.table.rows).filter(passes) {
            match (whole(sent[row]), whole(came[row])) {
                (Some(sent), Some(came)) if came <= sent && sent <= MOST_INVITED => {
                    told.customers += 1;
                    told.inviting += u64::from(sent > 0);
                    (invited, joined) = (invited + sent, joined + came);
                }
                _ => told.left_out += 1,
            }
        }
    }
    told.taken_up = Share::new(joined, invited);
    told.each = ratio(invited as f64, told.customers as f64);
    told.k_factor = told.each.zip(told.taken_up.rate).map(|(each, rate)| each * rate);
    is_told.then_some(told)
}

/// Who is named as the one who brought each customer of the history; nothing where no table has such a column. Of several
/// that are named for one customer, the first in the order of customers.
fn named(beside: &Beside<'_>) -> Option<Vec<Named>> {
    let ids = &beside.shown.whole.customers;
    let mut numbers: FxHashMap<&str, u32> = ids.iter().map(|id| &**id).zip(0..).collect();
    let sides: Vec<_> = beside.of(TableKind::Customers).filter(|side| side.table.referrers.is_some()).collect();
    // A referrer may be named by an address, and the customer by an id: the table knows both.
    for side in &sides {
        for ids in &side.table.ids {
            for (row, &code) in ids.codes.iter().enumerate().filter(|(_, code)| **code != NOBODY) {
                if let Some(number) = side.customer(row) {
                    numbers.entry(&ids.ids[code as usize]).or_insert(number);
                }
            }
        }
    }
    let mut named = vec![Named::Nobody; beside.history.customers.len()];
    for side in &sides {
        let Some(by) = &side.table.referrers else { continue };
        for (row, &code) in by.codes.iter().enumerate().filter(|(_, code)| **code != NOBODY) {
            let Some(place) = side.customer(row).and_then(|number| beside.place_in_history(number)) else { continue };
            let number = numbers.get(&*by.ids[code as usize]);
            let found = number.and_then(|number| beside.place_in_history(*number));
            named[place] = match (named[place], found) {
                (Named::Place(known), Some(found)) => Named::Place(known.min(found)),
                (_, Some(found)) => Named::Place(found),
                (Named::Nobody, None) => Named::Unknown,
                (known, None) => known,
            };
        }
    }
    (!sides.is_empty()).then_some(named)
}

/// Who brings whom, over a period. Referrers are given by their place among the people, without a name.
pub fn referrals(people: &[Person], start: Day, end: Day) -> Referrals {
    let links = Links::of(people);
    let mut told = Referrals {
        told: true,
        named: people.iter().filter(|person| person.by != Named::Nobody).count() as u64,
        unknown: people.iter().filter(|person| person.by == Named::Unknown).count() as u64,
        themselves: links.themselves,
        in_circles: links.in_circles,
        ..Referrals::default()
    };
    let buys = |at: &usize| people[*at].purchases > 0;
    let is_new = |at: usize| (start..=end).contains(&people[at].first);
    let (brought, others): (Vec<usize>, Vec<usize>) =
        (0..people.len()).filter(buys).partition(|at| links.by[*at].is_some());
    let new_brought = brought.iter().filter(|at| is_new(**at)).count() as u64;
    let new = others.iter().filter(|at| is_new(**at)).count() as u64 + new_brought;
    told.customers = (brought.len() + others.len()) as u64;
    told.new_brought = Share::new(new_brought, new);
    told.k_factor = ratio(new_brought as f64, told.customers as f64);
    told.months = months(people, &links, start, end);
    told.brought = group(people, &brought);
    told.others = group(people, &others);
    for &at in &brought {
        let steps = links.steps[at];
        told.chain.resize_with(told.chain.len().max(steps as usize), || Step {
            steps: 0,
            customers: 0,
            revenue: Money(0),
        });
        let step = &mut told.chain[steps as usize - 1];
        step.customers += 1;
        step.revenue.0 += people[at].revenue;
    }
    told.chain.iter_mut().zip(1..).for_each(|(step, steps)| step.steps = steps);
    let referrers = referrers(people, &links);
    told.referrers = referrers.len() as u64;
    let beyond = |referrer: &&Referrer| referrer.value > referrer.own;
    told.beyond = Share::new(referrers.iter().filter(beyond).count() as u64, told.referrers);
    let difference = |referrer: &Referrer| referrer.value.0 - referrer.own.0;
    let beyond: Vec<Referrer> = referrers.iter().filter(beyond).cloned().collect();
    told.beyond_top = listed(beyond, &|a, b| difference(b).cmp(&difference(a)));
    told.top = listed(referrers, &|a, b| b.brought.cmp(&a.brought).then(b.value.cmp(&a.value)));
    told
}

/// Who brought whom, without what can't be.
struct Links {
    /// The place of the one who brought each.
    by: Vec<Option<usize>>,
    /// Referrals before each: 0 for who came alone.
    steps: Vec<u32>,
    /// The places, those furthest down a chain first.
    deepest_first: Vec<usize>,
    themselves: u64,
    in_circles: u64,
}

impl Links {
    fn of(people: &[Person]) -> Links {
        let place = |person: &Person| if let Named::Place(place) = person.by { Some(place) } else { None };
        let mut by: Vec<Option<usize>> = people.iter().map(place).collect();
        let themselves = (0..by.len()).filter(|at| by[*at] == Some(*at)).count() as u64;
        (0..by.len()).filter(|at| by[*at] == Some(*at)).collect::<Vec<_>>().into_iter().for_each(|at| by[at] = None);
        let circles = circles(&by);
        let in_circles = circles.iter().filter(|is| **is).count() as u64;
        by.iter_mut().zip(circles).filter(|(_, is)| *is).for_each(|(by, _)| *by = None);
        let mut steps: Vec<Option<u32>> = by.iter().map(|by| by.is_none().then_some(0)).collect();
        for at in 0..by.len() {
            // Up to the first whose steps are known, then down again.
            let mut path = Vec::new();
            let mut here = at;
            while let (None, Some(next)) = (steps[here], by[here]) {
                path.push(here);
                here = next;
            }
            let mut known = steps[here].unwrap_or_default();
            for down in path.into_iter().rev() {
                known += 1;
                steps[down] = Some(known);
            }
        }
        let steps: Vec<u32> = steps.into_iter().map(Option::unwrap_or_default).collect();
        let mut deepest_first = order::places_of_small(&steps);
        deepest_first.reverse();
        let deepest_first = deepest_first.into_iter().map(|at| at as usize).collect();
        Links { by, steps, deepest_first, themselves, in_circles }
    }
}

/// Who stands in a circle: following who brought whom leads back.
fn circles(by: &[Option<usize>]) -> Vec<bool> {
    // The walk on which each was first met, from 1 on.
    let mut met = vec![0usize; by.len()];
    let mut circles = vec![false; by.len()];
    for start in 0..by.len() {
        let mut here = start;
        while met[here] == 0 {
            met[here] = start + 1;
            let Some(next) = by[here] else { break };
            here = next;
        }
        if met[here] == start + 1 && by[here].is_some() {
            // Met on this very walk, so it is on a circle; once round it.
            while !circles[here] {
                circles[here] = true;
                here = by[here].unwrap_or(here);
            }
        }
    }
    circles
}

/// Those who have brought somebody who bought in the period, with what that comes to.
fn referrers(people: &[Person], links: &Links) -> Vec<Referrer> {
    let none = |(at, person): (usize, &Person)| Referrer {
        number: at as u32,
        customer: String::new(),
        own: Money(person.revenue),
        brought: 0,
        value: Money::ZERO,
        chain: 0,
        chain_value: Money::ZERO,
    };
    let mut all: Vec<Referrer> = people.iter().enumerate().map(none).collect();
    for &at in &links.deepest_first {
        let Some(by) = links.by[at] else { continue };
        let (chain, chain_value) = (all[at].chain, all[at].chain_value);
        let (person, referrer) = (&people[at], &mut all[by]);
        if person.purchases > 0 {
            referrer.brought += 1;
            referrer.value.0 += person.revenue;
            referrer.chain += 1;
            referrer.chain_value.0 += person.revenue;
        }
        referrer.chain += chain;
        referrer.chain_value += chain_value;
    }
    all.retain(|referrer| referrer.brought > 0);
    all
}

/// The first referrers in an order; equals in the order of customers.
fn listed(mut referrers: Vec<Referrer>, first: &dyn Fn(&Referrer, &Referrer) -> Ordering) -> Vec<Referrer> {
    order::sort_by(&mut referrers, first);
    referrers.truncate(LISTED);
    referrers
}

fn group(people: &[Person], places: &[usize]) -> Group {
    let revenue: i64 = places.iter().map(|at| people[*at].revenue).sum();
    let twice = places.iter().filter(|at| people[**at].purchases > 1).count() as u64;
    let customers = places.len() as u64;
    Group { customers, revenue: Money(revenue), each: mean(revenue, customers), repeat: Share::new(twice, customers) }
}

/// New customers by month: none where nobody is new.
fn months(people: &[Person], links: &Links, start: Day, end: Day) -> Vec<Month> {
    let new = || (0..people.len()).filter(|at| people[*at].purchases > 0 && (start..=end).contains(&people[*at].first));
    let month = |at: usize| Unit::Month.of(people[at].first);
    let (Some(first), Some(last)) = (new().map(month).min(), new().map(month).max()) else { return Vec::new() };
    let none = |period| Month { month: Unit::Month.label(period), new: 0, brought: 0 };
    let mut months: Vec<Month> = (first..=last).map(none).collect();
    for at in new() {
        let row = &mut months[(month(at) - first) as usize];
        row.new += 1;
        row.brought += u64::from(links.by[at].is_some());
    }
    months
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// People of revenue in whole units, purchases, first day, and the place of the one who brought them.
    fn people(rows: &[(i64, u32, &str, Option<usize>)]) -> Vec<Person> {
        let person = |&(units, purchases, first, by): &(i64, u32, &str, Option<usize>)| Person {
            revenue: Money::units(units).0,
            purchases,
            first: day(first),
            by: by.map_or(Named::Nobody, Named::Place),
        };
        rows.iter().map(person).collect()
    }

    fn year(people: &[Person]) -> Referrals {
        referrals(people, day("2024-01-01"), day("2024-12-31"))
    }

    /// Worked by hand: 0 brought 1 and 2, 1 brought 3, 3 brought 4, 5 came alone, 6 was brought and did not buy in the year.
    #[test]
    fn chains_and_what_they_are_worth() {
        let told = year(&people(&[
            (10, 1, "2023-05-01", None),
            (30, 2, "2024-01-10", Some(0)),
            (5, 1, "2024-01-20", Some(0)),
            (40, 1, "2024-03-05", Some(1)),
            (7, 3, "2024-03-06", Some(3)),
            (100, 4, "2024-02-01", None),
            (0, 0, "2023-02-01", Some(5)),
        ]));
        assert_eq!((told.customers, told.named, told.referrers), (6, 5, 3));
        assert_eq!(
            (told.brought.customers, told.brought.revenue, told.others.revenue),
            (4, Money::units(82), Money::units(110))
        );
        assert_eq!((told.brought.each.unwrap().0, told.brought.repeat.count), (20.5, 2));
        assert_eq!((told.new_brought.count, told.new_brought.of, told.k_factor), (4, 5, Some(4.0 / 6.0)));
        let chain: Vec<_> = told.chain.iter().map(|step| (step.steps, step.customers, step.revenue)).collect();
        assert_eq!(chain, [(1, 2, Money::units(35)), (2, 1, Money::units(40)), (3, 1, Money::units(7))]);
        let top: Vec<_> = told.top.iter().map(|r| (r.number, r.brought, r.value.0, r.chain, r.chain_value.0)).collect();
        let units = |units| Money::units(units).0;
        assert_eq!(
            top,
            [(0, 2, units(35), 4, units(82)), (1, 1, units(40), 2, units(47)), (3, 1, units(7), 1, units(7))],
            "by how many they brought, then by what these brought in"
        );
        assert_eq!((told.beyond.count, told.beyond.of), (2, 3));
        assert_eq!(told.beyond_top.iter().map(|r| r.number).collect::<Vec<_>>(), [0, 1], "25 more, then 10");
        let months: Vec<_> = told.months.iter().map(|m| (&*m.month, m.new, m.brought)).collect();
        assert_eq!(months, [("2024-01", 2, 2), ("2024-02", 1, 0), ("2024-03", 2, 2)]);
    }

    #[test]
    fn circles_and_selves_are_no_links() {
        let mut all = people(&[
            (1, 1, "2024-01-01", Some(2)),
            (1, 1, "2024-01-01", Some(0)),
            (1, 1, "2024-01-01", Some(1)),
            (1, 1, "2024-01-01", Some(2)),
            (1, 1, "2024-01-01", Some(4)),
            (1, 1, "2024-01-01", None),
        ]);
        all[5].by = Named::Unknown;
        let told = year(&all);
        assert_eq!((told.named, told.unknown, told.themselves, told.in_circles), (6, 1, 1, 3));
        assert_eq!((told.brought.customers, told.referrers, told.chain.len()), (1, 1, 1), "3 hangs on the circle");
        assert_eq!(year(&[]).k_factor, None);
        assert_eq!((year(&[]).beyond.rate, year(&[]).brought.each), (None, None));
    }

    proptest! {
        /// Whoever brought whom: every link counts once, and the chains of those at the top hold all who were brought.
        #[test]
        fn every_link_counts_once(by in proptest::collection::vec(proptest::option::of(0usize..30), 1..30)) {
            let count = by.len();
            let rows: Vec<_> = by.iter().map(|by| (1, 1, "2024-02-02", by.filter(|by| *by < count))).collect();
            let people = people(&rows);
            let told = year(&people);
            prop_assert_eq!(told.brought.customers + told.in_circles + told.themselves, told.named);
            prop_assert_eq!(told.chain.iter().map(|step| step.customers).sum::<u64>(), told.brought.customers);
            let links = Links::of(&people);
            let all = referrers(&people, &links);
            prop_assert_eq!(all.iter().map(|referrer| referrer.brought).sum::<u64>(), told.brought.customers);
            let roots = all.iter().filter(|referrer| links.by[referrer.number as usize].is_none());
            prop_assert_eq!(roots.map(|referrer| referrer.chain).sum::<u64>(), told.brought.customers);
        }
    }
}
