//! Events and answers as the tables beside the orders hold them.

use super::answers::{self, Answer, last_answers};
use crate::math::Day;
use crate::measures::beside::Beside;
use crate::report::engagement::EventFacts;
use crate::roles::Role;
use crate::roles::kind::TableKind;
use crate::tables::NOBODY;
use crate::tables::events::{Columns, Events};
use crate::tables::join::Others;

/// The events of all tables; nothing where there is none.
pub fn events(beside: &Beside<'_>) -> Option<Events> {
    let customers = beside.shown.whole.customers.len();
    let mut others = Others::beside(customers);
    let tables: Vec<_> = beside.of(TableKind::Events).filter_map(|side| Some((side.table, side.joined?))).collect();
    let people: Vec<Vec<u32>> = tables.iter().map(|(table, joined)| others.people(table, joined)).collect();
    let columns = tables.iter().zip(&people).filter_map(|((table, _), people)| {
        let (days, kinds) = (table.days(Role::Date)?, table.group(Role::Event)?);
        Some(Columns { people, days, kinds, ends: table.days(Role::End), status: table.group(Role::Status) })
    });
    Events::of(customers, &columns.collect::<Vec<_>>())
}

/// The last answer of each customer of the ledger up to the end; none at all where there is no survey.
pub fn answers(beside: &Beside<'_>) -> Vec<Option<Answer>> {
    let surveys: Vec<_> = beside.of(TableKind::Survey).collect();
    let customer = |side: &crate::measures::beside::Side<'_>, row| side.customer(row).unwrap_or(NOBODY);
    let people: Vec<Vec<u32>> =
        surveys.iter().map(|side| (0..side.table.rows).map(|row| customer(side, row)).collect()).collect();
    let mut columns = Vec::new();
    for (side, people) in surveys.iter().zip(&people) {
        let days = side.table.days(Role::Date);
        for (question, scores) in side.table.answers() {
            columns.extend(question.scale.map(|scale| answers::Columns { people, days, scores, scale }));
        }
    }
    if columns.is_empty() {
        return Vec::new();
    }
    last_answers(beside.shown.whole.customers.len(), &columns, beside.shown.end)
}

/// The first day of what is shown of events: the period's, where a person has set one, else there is none.
pub fn since(beside: &Beside<'_>) -> Day {
    beside.settings.from.unwrap_or(Day(i32::MIN))
}

/// What the events of the period are, of those whom the filters keep.
pub fn facts(beside: &Beside<'_>, events: &Events) -> Option<EventFacts> {
    let (first, last) = events.span()?;
    let customers = beside.shown.whole.customers.len();
    let (start, end) = (since(beside), beside.shown.end);
    let mut facts = EventFacts {
        events: 0,
        first,
        last,
        people: 0,
        customers: 0,
        after_end: 0,
        of_nobody: events.of_nobody,
        complaints: events.has_complaints(),
    };
    let mut kept = beside.history.customers.iter().peekable();
    for person in 0..events.people() {
        let passes = kept.next_if(|number| **number as usize == person).is_some();
        if beside.is_filtered() && !passes {
            continue;
        }
        let own = events.of_person(person);
        let within = own.iter().filter(|event| start <= event.day && event.day <= end).count() as u64;
        facts.events += within;
        facts.after_end += own.iter().filter(|event| event.day > end).count() as u64;
        facts.people += u64::from(within > 0);
        facts.customers += u64::from(within > 0 && person < customers);
    }
    Some(facts)
}
