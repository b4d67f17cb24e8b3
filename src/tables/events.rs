//! What people did: the rows of all tables of events, those of a person together and in order of days.
//!
//! A person is a number. The customers of the orders come first, under their own numbers; who stands in tables of events
//! only has a number behind them. Kinds are few: of many different ones the most frequent keep their names, the others are
//! one.

use super::{NO_DAY, NOBODY};
use crate::ledger::DimensionColumn;
use crate::math::Day;
use crate::math::order::{self, Keyed};
use crate::roles::names::words;

/// The most kinds that keep their names.
pub const MOST_KINDS: usize = 24;

/// Days that a complaint is taken to be open where no column tells when it was closed.
pub const OPEN_DAYS: i32 = 90;

/// Words that kinds of complaints begin with.
const COMPLAINTS: [&str; 9] =
    ["complain", "ticket", "reklam", "beschwerde", "plainte", "reclam", "klacht", "queja", "lamentel"];

/// Words for what is not open any more.
#[rustfmt::skip]
const CLOSED: [&str; 21] = [
    "closed", "resolved", "solved", "done", "completed", "complete", "fixed", "cancelled", "canceled", "geschlossen",
    "erledigt", "gelost", "abgeschlossen", "clos", "ferme", "resolu", "gesloten", "opgelost", "cerrado", "resuelto",
    "chiuso",
];

/// Stands for the day on which something open will be closed.
const STILL_OPEN: Day = Day(i32::MAX);

/// A kind of event.
#[derive(Clone, Debug, PartialEq)]
pub struct Kind {
    /// As it stands in the file; nothing for all the rare kinds together.
    pub name: Option<Box<str>>,
    /// Events of this kind.
    pub events: u64,
    /// Whether its name is one of a complaint.
    pub is_complaint: bool,
}

/// Something that a person did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// On this day.
    pub day: Day,
    /// The day on which it was closed, where it is something that can be open.
    pub closed: Day,
    /// What: a place in [`Events::kinds`].
    pub kind: u8,
}

/// One table of events as columns of equal length.
#[derive(Clone, Copy, Debug)]
pub struct Columns<'a> {
    /// Who: a customer of the orders, a number behind all of these, or [`NOBODY`].
    pub people: &'a [u32],
    /// When; rows without a day are left out.
    pub days: &'a [Day],
    /// What.
    pub kinds: &'a DimensionColumn,
    /// When it ended, where a column tells it.
    pub ends: Option<&'a [Day]>,
    /// How it stands, where a column tells it.
    pub status: Option<&'a DimensionColumn>,
}

/// The events of all people.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Events {
    /// What can be done, the most frequent first, equally frequent kinds in the order of their bytes; all rare kinds
    /// together last.
    pub kinds: Vec<Kind>,
    /// Rows whose person is not told.
    pub of_nobody: u64,
    starts: Vec<u32>,
    events: Vec<Event>,
    span: Option<(Day, Day)>,
}

impl Events {
    /// The events of tables, for so many customers of the orders; nothing where no row tells a person and a day.
    pub fn of(customers: usize, tables: &[Columns<'_>]) -> Option<Events> {
        let is_told = |table: &Columns<'_>, row: usize| table.people[row] != NOBODY && table.days[row] != NO_DAY;
        let people = tables.iter().flat_map(|table| table.people).filter(|person| **person != NOBODY);
        let people = people.max().map_or(0, |last| *last as usize + 1).max(customers);
        let (kinds, codes) = kinds(tables, &is_told);
        let mut starts = vec![0u32; people + 1];
        let (mut of_nobody, mut span) = (0, None);
        for table in tables {
            for row in 0..table.days.len() {
                of_nobody += u64::from(table.people[row] == NOBODY);
                if is_told(table, row) {
                    starts[table.people[row] as usize + 1] += 1;
                    let day = table.days[row];
                    let (first, last) = span.unwrap_or((day, day));
                    span = Some((day.min(first), day.max(last)));
                }
            }
        }
        for person in 1..starts.len() {
            starts[person] += starts[person - 1];
        }
        span?;
        // Laid out by person, then each person's put in order: what a row holds is the key, so no order of rows remains.
        let mut next = starts.clone();
        let mut events = vec![Event { day: NO_DAY, closed: NO_DAY, kind: 0 }; starts[people] as usize];
        for (table, codes) in tables.iter().zip(&codes) {
            let closing = Closing::of(table);
            for row in (0..table.days.len()).filter(|row| is_told(table, *row)) {
                let slot = &mut next[table.people[row] as usize];
                let kind = codes[table.kinds.codes.get(row) as usize];
                events[*slot as usize] = Event { day: table.days[row], closed: closing.day(row), kind };
                *slot += 1;
            }
        }
        let (mut keyed, mut own): (Vec<Keyed>, Vec<Event>) = (Vec::new(), Vec::new());
        for range in starts.windows(2).filter(|range| range[1] - range[0] > 1) {
            let events = &mut events[range[0] as usize..range[1] as usize];
            own.clear();
            own.extend_from_slice(events);
            keyed.clear();
            keyed.extend(own.iter().map(Event::key).zip(0..));
            order::sort_keyed(&mut keyed);
            events.iter_mut().zip(&keyed).for_each(|(event, &(_, place))| *event = own[place as usize]);
        }
        Some(Events { kinds, of_nobody, starts, events, span })
    }

    /// How many people there are, customers without an event too.
    pub fn people(&self) -> usize {
        self.starts.len() - 1
    }

    /// A person's events, in order of days.
    pub fn of_person(&self, person: usize) -> &[Event] {
        &self.events[self.starts[person] as usize..self.starts[person + 1] as usize]
    }

    /// First and last day of all events.
    pub fn span(&self) -> Option<(Day, Day)> {
        self.span
    }

    /// Whether any kind is one of complaints.
    pub fn has_complaints(&self) -> bool {
        self.kinds.iter().any(|kind| kind.is_complaint)
    }

    /// A person's complaints that were open at the end of a day.
    pub fn open_complaints(&self, person: usize, at: Day) -> u32 {
        let is_open =
            |event: &&Event| self.kinds[usize::from(event.kind)].is_complaint && event.day <= at && event.closed > at;
        self.of_person(person).iter().filter(is_open).count() as u32
    }
}

impl Event {
    /// What it sorts by: its day, its kind, and when it was closed, as days that it was open.
    fn key(&self) -> u64 {
        let day = (i64::from(self.day.0) - i64::from(i32::MIN)) as u64;
        let open = self.closed.0.saturating_sub(self.day.0).clamp(0, 0xff_ffff) as u64;
        day << 32 | u64::from(self.kind) << 24 | open
    }
}

/// When the events of a table were closed.
struct Closing<'a> {
    table: &'a Columns<'a>,
    /// Of each value of the status: whether it stands for open.
    is_open: Vec<bool>,
}

impl<'a> Closing<'a> {
    fn of(table: &'a Columns<'a>) -> Closing<'a> {
        let is_open = |label: &str| {
            let words = words(label);
            !words.is_empty() && !words.iter().any(|word| CLOSED.contains(&word.as_str()))
        };
        let labels = table.status.map_or(&[][..], |status| &status.labels);
        Closing { table, is_open: labels.iter().map(|label| is_open(label)).collect() }
    }

    fn day(&self, row: usize) -> Day {
        let Columns { days, ends, status, .. } = self.table;
        match (ends.map(|ends| ends[row]), status) {
            (Some(end), _) if end != NO_DAY => end,
            (_, Some(status)) => match self.is_open[status.codes.get(row) as usize] {
                true => STILL_OPEN,
                false => days[row],
            },
            (Some(_), None) => STILL_OPEN,
            (None, None) => days[row].plus(OPEN_DAYS),
        }
    }
}

/// The kinds of all tables, and for each table which of them its codes stand for.
fn kinds(tables: &[Columns<'_>], is_told: &dyn Fn(&Columns<'_>, usize) -> bool) -> (Vec<Kind>, Vec<Vec<u8>>) {
    let mut names: Vec<&str> = tables.iter().flat_map(|table| &table.kinds.labels).map(|label| &**label).collect();
    order::sort_by(&mut names, Ord::cmp);
    names.dedup();
    let place = |label: &str| names.partition_point(|name| *name < label);
    let places: Vec<Vec<usize>> =
        tables.iter().map(|table| table.kinds.labels.iter().map(|label| place(label)).collect()).collect();
    let mut counts = vec![0u64; names.len()];
    for (table, places) in tables.iter().zip(&places) {
        let rows = (0..table.days.len()).filter(|row| is_told(table, *row));
        rows.for_each(|row| counts[places[table.kinds.codes.get(row) as usize]] += 1);
    }
    let mut most: Vec<Keyed> =
        (0..).zip(&counts).map(|(name, count)| (order::descending(*count as i64), name)).collect();
    most.retain(|&(_, name)| counts[name as usize] > 0);
    order::sort_keyed(&mut most);
    let mut kinds = Vec::new();
    let mut of_names = vec![0u8; names.len()];
    for (rank, &(_, name)) in most.iter().enumerate() {
        let (label, events) = (names[name as usize], counts[name as usize]);
        if rank < MOST_KINDS {
            let is_complaint = words(label).iter().any(|word| COMPLAINTS.iter().any(|known| word.starts_with(known)));
            kinds.push(Kind { name: Some(label.into()), events, is_complaint });
        } else if rank == MOST_KINDS {
            kinds.push(Kind { name: None, events, is_complaint: false });
        } else {
            kinds[MOST_KINDS].events += events;
        }
        of_names[name as usize] = rank.min(MOST_KINDS) as u8;
    }
    let codes = places.iter().map(|places| places.iter().map(|place| of_names[*place]).collect()).collect();
    (kinds, codes)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A column of groups out of its values.
    pub(crate) fn column(values: &[&str]) -> DimensionColumn {
        let mut labels: Vec<Box<str>> = values.iter().map(|&value| value.into()).collect();
        order::sort_by(&mut labels, Ord::cmp);
        labels.dedup();
        let code = |value: &&str| labels.partition_point(|label| **label < **value) as u32;
        let codes = values.iter().map(code).collect();
        DimensionColumn { labels, codes, ..DimensionColumn::default() }
    }

    /// Events of person, day and kind.
    pub(crate) fn events(customers: usize, rows: &[(u32, i32, &str)]) -> Events {
        let people: Vec<u32> = rows.iter().map(|row| row.0).collect();
        let days: Vec<Day> = rows.iter().map(|row| Day(row.1)).collect();
        let kinds = column(&rows.iter().map(|row| row.2).collect::<Vec<_>>());
        let table = Columns { people: &people, days: &days, kinds: &kinds, ends: None, status: None };
        Events::of(customers, &[table]).unwrap()
    }

    #[test]
    fn events_lie_by_person_and_day_whatever_the_order_of_rows() {
        let rows = [(1, 9, "visit"), (4, 2, "visit"), (1, 3, "wish"), (1, 3, "visit"), (0, 5, "visit")];
        let events = self::events(3, &rows);
        let names: Vec<_> = events.kinds.iter().map(|kind| (kind.name.as_deref().unwrap(), kind.events)).collect();
        assert_eq!(names, [("visit", 4), ("wish", 1)]);
        let told = |person: usize| events.of_person(person).iter().map(|e| (e.day.0, e.kind)).collect::<Vec<_>>();
        assert_eq!((told(0), told(1), told(2)), (vec![(5, 0)], vec![(3, 0), (3, 1), (9, 0)], vec![]));
        assert_eq!((events.people(), events.span()), (5, Some((Day(2), Day(9)))));
        let mut backwards = rows;
        backwards.reverse();
        assert_eq!(self::events(3, &backwards), events);
    }

    #[test]
    fn rare_kinds_are_one_and_rows_without_person_or_day_are_none() {
        let names: Vec<String> = (0..30).map(|kind| format!("kind {kind:02}")).collect();
        let rows: Vec<(u32, i32, &str)> = (0..60).map(|row| (0, row, &*names[row as usize % 30])).collect();
        let events = self::events(1, &rows);
        assert_eq!((events.kinds.len(), events.kinds[MOST_KINDS].events), (MOST_KINDS + 1, 12));
        assert_eq!(events.kinds[MOST_KINDS].name, None);
        assert_eq!(events.kinds[0].name.as_deref(), Some("kind 00"));
        let kinds = column(&["a", "b", "c"]);
        let table = Columns {
            people: &[NOBODY, 0, 0],
            days: &[Day(1), NO_DAY, Day(3)],
            kinds: &kinds,
            ends: None,
            status: None,
        };
        let events = Events::of(1, &[table]).unwrap();
        assert_eq!((events.of_nobody, events.kinds.len(), events.of_person(0).len()), (1, 1, 1));
        assert_eq!(Events::of(1, &[Columns { people: &[NOBODY; 3], ..table }]), None);
    }

    #[test]
    fn complaints_are_open_until_a_column_says_otherwise() {
        let kinds = column(&["Complaint", "Support ticket", "visit", "Reklamation"]);
        let days = [Day(10), Day(20), Day(30), Day(40)];
        let table = Columns { people: &[0; 4], days: &days, kinds: &kinds, ends: None, status: None };
        let open = |table: Columns<'_>, at: i32| Events::of(1, &[table]).unwrap().open_complaints(0, Day(at));
        // No column tells it: open for 90 days. A visit is no complaint.
        assert_eq!([9, 10, 99, 100, 129, 130].map(|at| open(table, at)), [0, 1, 3, 2, 1, 0]);
        let ends = [Day(15), NO_DAY, NO_DAY, Day(41)];
        let ended = Columns { ends: Some(&ends), ..table };
        assert_eq!([14, 15, 40, 41, 9_999].map(|at| open(ended, at)), [1, 0, 2, 1, 1]);
        let status = column(&["closed", "open", "", "Gelöst"]);
        let stated = Columns { status: Some(&status), ..table };
        assert_eq!([15, 25, 500].map(|at| open(stated, at)), [0, 1, 1]);
    }
}
