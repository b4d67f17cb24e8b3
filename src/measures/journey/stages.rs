//! What a stage is, and the day on which each person came to each.

use super::{Known, MOST_STAGES};
use crate::ledger::Visits;
use crate::ledger::visits::Visit;
use crate::math::Day;
use crate::math::order;
use crate::math::stats::quantile_of_counts;
use crate::report::journey::Choice;
use crate::tables::NO_DAY;
use crate::tables::events::{Event, Events};

/// A suggested stage is one that at least one person in so many came to.
const RARE: u64 = 100;

/// Something that can happen to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A purchase.
    Purchase,
    /// An event: a place in [`Events::kinds`].
    Event(u8),
}

impl Stage {
    /// The stage of a key; nothing for a kind of event that is not there.
    pub fn of(key: &str, events: Option<&Events>) -> Option<Stage> {
        if key == "purchase" {
            return Some(Stage::Purchase);
        }
        let name = key.strip_prefix("event:")?;
        let is_it = |kind: &crate::tables::events::Kind| kind.name.as_deref().unwrap_or_default() == name;
        events?.kinds.iter().position(is_it).map(|kind| Stage::Event(kind as u8))
    }

    /// Its key in the report.
    pub fn key(self, events: Option<&Events>) -> String {
        match (self, events) {
            (Stage::Event(kind), Some(events)) => {
                format!("event:{}", events.kinds[usize::from(kind)].name.as_deref().unwrap_or_default())
            }
            _ => "purchase".to_owned(),
        }
    }
}

/// The people who came to the first stage within the period, and their days.
#[derive(Clone, Debug, Default)]
pub struct Came {
    /// Number of stages.
    pub stages: usize,
    /// The day of each stage, person by person; [`NO_DAY`] from the first one on that a person did not come to.
    pub days: Vec<Day>,
    /// The row of the ledger with which the first purchase of each begins.
    pub first_rows: Vec<Option<u32>>,
}

/// What is known of one person up to the end of the period.
struct Person<'a> {
    /// Whose visits these are, by place in the history.
    customer: Option<usize>,
    visits: &'a [Visit],
    events: &'a [Event],
}

impl Person<'_> {
    fn first_purchase(&self) -> Option<&Visit> {
        self.visits.iter().find(|visit| visit.purchases > 0)
    }

    /// The row with which the first purchase begins. It lies anywhere in memory, so it is looked up of those only who count.
    fn first_row(&self, history: &Visits) -> Option<u32> {
        let first = self.visits.iter().position(|visit| visit.purchases > 0);
        Some(history.first_row(self.customer?, first?))
    }
}

/// All people, or those with a visit only.
fn people(known: Known<'_>, all: bool, each: &mut dyn FnMut(Person<'_>)) {
    let Known { history, events, end, .. } = known;
    let up_to_end = |person: usize| {
        let own = events.map_or(&[][..], |events| events.of_person(person));
        &own[..own.partition_point(|event| event.day <= end)]
    };
    let without_order = |person: usize| Person { customer: None, visits: &[], events: up_to_end(person) };
    let mut next = 0;
    for (customer, visits) in history.by_customer().enumerate() {
        let number = history.customers[customer] as usize;
        if all {
            (next..number).for_each(|person| each(without_order(person)));
        }
        next = number + 1;
        each(Person { customer: Some(customer), visits, events: up_to_end(number) });
    }
    let rest = events.filter(|_| all).map_or(0, Events::people);
    (next..rest).for_each(|person| each(without_order(person)));
}

/// The days on which people came to the stages; `all` says whether of everybody, or of those with an order only.
pub fn came(known: Known<'_>, stages: &[Stage], all: bool) -> Came {
    let mut came = Came { stages: stages.len(), ..Came::default() };
    let mut days = vec![NO_DAY; stages.len()];
    people(known, all, &mut |person| {
        // Most of those who came before the period are told by their first purchase alone.
        let is_early = || person.first_purchase().is_none_or(|visit| visit.day < known.start);
        if stages.first() == Some(&Stage::Purchase) && is_early() {
            return;
        }
        pass(stages, &person, &mut days);
        if days.first().is_some_and(|first| *first != NO_DAY && *first >= known.start) {
            came.days.extend_from_slice(&days);
            came.first_rows.push(person.first_row(known.history));
        }
    });
    came
}

/// Writes the day of each stage: the first on which it happens, not before the stage before, and not what has been an
/// earlier stage already.
fn pass(stages: &[Stage], person: &Person<'_>, days: &mut [Day]) {
    days.fill(NO_DAY);
    let mut taken = [0; MOST_STAGES];
    let mut since = NO_DAY;
    for (at, stage) in stages.iter().enumerate() {
        let from = stages[..at].iter().rposition(|other| other == stage).map_or(0, |before| taken[before] + 1);
        let found = match stage {
            Stage::Purchase => purchase(person.visits, from, since),
            Stage::Event(kind) => {
                let mut rest = person.events.iter().enumerate().skip(from);
                rest.find(|(_, event)| event.kind == *kind && event.day >= since)
                    .map(|(place, event)| (place, event.day))
            }
        };
        let Some((place, day)) = found else { return };
        (taken[at], days[at], since) = (place, day, day);
    }
}

/// The first purchase from the so-manieth on that lies on a day or later: which it is, and its day.
fn purchase(visits: &[Visit], from: usize, since: Day) -> Option<(usize, Day)> {
    let mut before = 0;
    for visit in visits {
        let after = before + visit.purchases as usize;
        if visit.day >= since && after > from {
            return Some((before.max(from), visit.day)).filter(|_| visit.purchases > 0);
        }
        before = after;
    }
    None
}

/// What stages can be made of, by the median of the days from the first thing known of a person to the first time, and which
/// of it is suggested.
pub fn choices(known: Known<'_>) -> (Vec<Choice>, Vec<String>) {
    let kinds = known.events.map_or(0, |events| events.kinds.len());
    // By choice, purchases first: people by days.
    let mut counts: Vec<Vec<u64>> = vec![Vec::new(); 1 + kinds];
    let mut first = vec![NO_DAY; 1 + kinds];
    people(known, !known.filtered, &mut |person| {
        first.fill(NO_DAY);
        first[0] = person.first_purchase().map_or(NO_DAY, |visit| visit.day);
        for event in person.events.iter().rev() {
            first[1 + usize::from(event.kind)] = event.day;
        }
        let Some(begin) = first.iter().filter(|day| **day != NO_DAY).min().copied() else { return };
        for (counts, day) in counts.iter_mut().zip(&first).filter(|(_, day)| **day != NO_DAY && **day >= known.start) {
            let days = (day.0 - begin.0) as usize;
            if counts.len() <= days {
                counts.resize(days + 1, 0);
            }
            counts[days] += 1;
        }
    });
    let stage = |place: usize| place.checked_sub(1).map_or(Stage::Purchase, |kind| Stage::Event(kind as u8));
    let choice = |(place, counts): (usize, &Vec<u64>)| Choice {
        key: stage(place).key(known.events),
        people: counts.iter().sum(),
        median_days: quantile_of_counts(counts, 0.5),
    };
    let all: Vec<Choice> = counts.iter().enumerate().map(choice).collect();
    let mut places: Vec<usize> = (0..all.len()).filter(|place| all[*place].people > 0).collect();
    let earlier = |a: &usize, b: &usize| {
        let median = |place: usize| all[place].median_days.unwrap_or_default();
        // Who ties, more people first; purchases and then the more frequent kinds where these are equal as well.
        median(*a).total_cmp(&median(*b)).then(all[*b].people.cmp(&all[*a].people)).then(a.cmp(b))
    };
    order::sort_by(&mut places, earlier);
    let is_complaint = |place: &usize| {
        place.checked_sub(1).is_some_and(|kind| known.events.is_some_and(|events| events.kinds[kind].is_complaint))
    };
    let most = all.iter().map(|choice| choice.people).max().unwrap_or(0);
    let mut likely: Vec<usize> =
        places.iter().copied().filter(|place| !is_complaint(place) && all[*place].people * RARE >= most).collect();
    order::sort_by(&mut likely, |a, b| all[*b].people.cmp(&all[*a].people).then(a.cmp(b)));
    likely.truncate(MOST_STAGES);
    let suggested = places.iter().filter(|place| kinds > 0 && likely.contains(place));
    let suggested = suggested.map(|place| all[*place].key.clone()).collect();
    (places.into_iter().map(|place| all[place].clone()).collect(), suggested)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visits(days: &[(i32, u32)]) -> Vec<Visit> {
        days.iter().map(|&(day, purchases)| Visit { day: Day(day), purchases, revenue: 1 }).collect()
    }

    fn days(stages: &[Stage], visits: &[Visit], kinds: &[(i32, u8)]) -> Vec<Option<i32>> {
        let events: Vec<Event> =
            kinds.iter().map(|&(day, kind)| Event { day: Day(day), closed: Day(day), kind }).collect();
        let mut days = vec![Day(7); stages.len()];
        pass(stages, &Person { customer: None, visits, events: &events }, &mut days);
        days.iter().map(|day| (*day != NO_DAY).then_some(day.0)).collect()
    }

    #[test]
    fn each_purchase_is_a_stage_once() {
        let four = [Stage::Purchase; 4];
        assert_eq!(days(&four, &visits(&[(3, 2), (5, 0), (9, 1)]), &[]), [Some(3), Some(3), Some(9), None]);
        assert_eq!(days(&four, &visits(&[(3, 0)]), &[]), [None; 4]);
        assert_eq!(days(&four, &visits(&[(3, 9)]), &[]), [Some(3); 4]);
    }

    #[test]
    fn a_stage_counts_after_the_one_before_only() {
        let (visit, wish, buy) = (Stage::Event(0), Stage::Event(1), Stage::Purchase);
        let seen = [(1, 1), (2, 0), (2, 0), (4, 1), (6, 0)];
        let bought = visits(&[(1, 1), (4, 1), (8, 1)]);
        assert_eq!(days(&[visit, wish, buy], &bought, &seen), [Some(2), Some(4), Some(4)]);
        assert_eq!(days(&[visit, visit, visit, visit], &bought, &seen), [Some(2), Some(2), Some(6), None]);
        // The purchase of day 1 lies before the wish of day 4; the second one after it is that of day 8.
        assert_eq!(days(&[visit, wish, buy, buy], &bought, &seen), [Some(2), Some(4), Some(4), Some(8)]);
        assert_eq!(days(&[buy, visit, buy], &bought, &seen), [Some(1), Some(2), Some(4)]);
        assert_eq!(days(&[wish, wish, wish, buy], &bought, &seen), [Some(1), Some(4), None, None]);
    }
}
