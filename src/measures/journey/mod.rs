//! How customers come along: the stages that they pass, and where they stop (definitions.md, section 7).
//!
//! * [`of_beside`] (here): the section of the report; [`journey`] makes it.
//! * [`stages`]: what a stage is, and the day on which each person came to each.
//! * [`way`]: from those days to shares, times and flows.
//!
//! A stage is a purchase or a kind of event. A person is at a stage on the first day that it happens, on the day of the
//! stage before or later; where a stage stands there twice it has to happen twice. Looked at are those who came to the first
//! stage within the period, until the end of the period. Who came to it lately has had little time to go on, so shares
//! within a time are estimated from how long each was watched, beside the plain share so far.

pub mod stages;
pub mod way;

use crate::ledger::{Ledger, Visits};
use crate::math::Day;
use crate::math::order::{self, Keyed};
use crate::math::survival::log_rank;
use crate::measures::beside::Beside;
use crate::measures::engagement::sources;
use crate::report::journey::{Ask, GroupWay, Grouping, Journey};
use crate::tables::events::Events;
use stages::{Came, Stage};
use way::ways;

/// The most stages.
pub const MOST_STAGES: usize = 8;

/// The most values of a column that are told apart.
const MOST_VALUES: usize = 6;

/// Columns without a known role and with more values than this are no groups.
const MANY_VALUES: usize = 30;

/// What a journey is made of.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// All rows, with their dimensions.
    pub ledger: &'a Ledger,
    /// All visits up to the end.
    pub history: &'a Visits,
    /// Whether a filter of dimensions has left rows out: then only who has a row left is looked at.
    pub filtered: bool,
    /// The first day on which the journey may begin.
    pub start: Day,
    /// The last day.
    pub end: Day,
    /// What people did beside buying.
    pub events: Option<&'a Events>,
}

/// The section of the report.
pub fn of_beside(beside: &Beside<'_>, ask: &Ask) -> Journey {
    let events = sources::events(beside);
    let known = Known {
        ledger: beside.shown.whole,
        history: beside.history,
        filtered: beside.is_filtered(),
        start: sources::since(beside),
        end: beside.shown.end,
        events: events.as_ref(),
    };
    journey(known, &ask.stages)
}

/// The journey through the stages of these keys; the first four purchases where none of them is known.
pub fn journey(known: Known<'_>, keys: &[String]) -> Journey {
    let (choices, suggested) = stages::choices(known);
    let mut stages: Vec<Stage> = keys.iter().filter_map(|key| Stage::of(key, known.events)).collect();
    stages.truncate(MOST_STAGES);
    if stages.is_empty() {
        stages = vec![Stage::Purchase; 4];
    }
    let all_people = !known.filtered && stages.iter().any(|stage| *stage != Stage::Purchase);
    let came = stages::came(known, &stages, all_people);
    Journey {
        choices,
        suggested,
        stages: stages.iter().map(|stage| stage.key(known.events)).collect(),
        all_people,
        whole: ways(&came, known.end, 1, &|_| 0).swap_remove(0).0,
        // A group is a matter of the first purchase: of those who come to one only later it would tell that they did.
        groups: if stages[0] == Stage::Purchase { groupings(known, &came) } else { Vec::new() },
    }
}

/// The same by each column that has few values or a known role.
fn groupings(known: Known<'_>, came: &Came) -> Vec<Grouping> {
    let has_groups = |labels: usize, role: bool| labels > 1 && (role || labels <= MANY_VALUES);
    let columns = known.ledger.dimensions.iter();
    let columns = columns.filter(|column| has_groups(column.labels.len(), column.role.is_some()));
    let grouping = |column: &crate::ledger::DimensionColumn| {
        let code = |row: &Option<u32>| row.map(|row| column.codes.get(row as usize));
        let codes: Vec<Option<u32>> = came.first_rows.iter().map(code).collect();
        let mut people = vec![0i64; column.labels.len()];
        codes.iter().flatten().for_each(|code| people[*code as usize] += 1);
        let mut most: Vec<Keyed> =
            (0..).zip(&people).filter(|(_, count)| **count > 0).map(|(c, n)| (order::descending(*n), c)).collect();
        order::sort_keyed(&mut most);
        most.truncate(MOST_VALUES);
        // The place of each value among those told apart; behind them, all others.
        let mut places = vec![most.len(); column.labels.len()];
        most.iter().enumerate().for_each(|(place, (_, code))| places[*code as usize] = place);
        let place = |person: usize| codes[person].map_or(most.len(), |code| places[code as usize]);
        let told = most.iter().map(|(_, code)| Some(column.labels[*code as usize].to_string())).chain([None]);
        let mut curves = vec![Vec::new(); came.stages - 1];
        let mut told_apart = Vec::new();
        for (value, (way, own)) in told.zip(ways(came, known.end, most.len() + 1, &place)) {
            if way.reached[0].people > 0 {
                curves.iter_mut().zip(own).for_each(|(curves, own)| curves.push(own));
                told_apart.push(GroupWay { value, way });
            }
        }
        let differ = curves.iter().map(|curves| log_rank(curves).map(|test| test.p)).collect();
        Grouping { dimension: column.name.clone(), role: column.role.clone(), ways: told_apart, differ }
    };
    columns.map(grouping).filter(|grouping| grouping.ways.len() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::LedgerBuilder;
    use crate::ledger::build::Row;
    use crate::measures::tests::Whole;
    use crate::tables::events::tests::events;

    /// Customers 0, 1, 2 ("a", "b", "c") buy; a twice, on days 10 and 40, through the web; the others once, in the shop.
    fn whole() -> Whole {
        let mut builder = LedgerBuilder::new(vec![("channel".to_owned(), None)], false);
        for (customer, day, channel) in [("a", 10, "web"), ("a", 40, "shop"), ("b", 20, "shop"), ("c", 600, "shop")] {
            let dimensions = &[channel];
            builder.push(Row { customer, day: Day(day), second: None, amount: 1, order: None, dimensions });
        }
        Whole::of(builder.finish())
    }

    fn known<'a>(whole: &'a Whole, events: Option<&'a Events>) -> Known<'a> {
        let shown = whole.shown();
        let (ledger, history) = (shown.whole, shown.visits);
        Known { ledger, history, filtered: false, start: Day(0), end: shown.end, events }
    }

    #[test]
    fn purchases_are_the_stages_of_orders_alone() {
        let whole = whole();
        let told = journey(known(&whole, None), &["event:visit".to_owned()]);
        assert_eq!((told.stages, told.all_people), (vec!["purchase".to_owned(); 4], false));
        let people: Vec<u64> = told.whole.reached.iter().map(|reached| reached.people).collect();
        assert_eq!(people, [3, 1, 0, 0]);
        // b had 580 days, c none.
        assert_eq!((told.whole.reached[0].stopped, told.whole.reached[0].waiting), (1, 1));
        assert_eq!((told.choices.len(), &*told.choices[0].key, told.choices[0].people), (1, "purchase", 3));
        assert!(told.suggested.is_empty());
    }

    #[test]
    fn groups_are_those_of_the_first_purchase() {
        let whole = whole();
        let told = journey(known(&whole, None), &[]);
        let ways = &told.groups[0].ways;
        let found: Vec<_> = ways
            .iter()
            .map(|group| (group.value.as_deref(), group.way.reached[0].people, group.way.reached[1].people))
            .collect();
        assert_eq!(found, [(Some("shop"), 2, 0), (Some("web"), 1, 1)]);
    }

    #[test]
    fn people_without_an_order_are_among_them_where_a_stage_is_an_event() {
        let whole = whole();
        let rows =
            [(0, 1, "visit"), (0, 5, "wish"), (1, 30, "visit"), (7, 3, "visit"), (7, 4, "wish"), (8, 9, "visit")];
        let events = events(3, &rows);
        let keys = ["event:visit", "event:wish", "purchase"].map(str::to_owned);
        let told = journey(known(&whole, Some(&events)), &keys);
        let people: Vec<u64> = told.whole.reached.iter().map(|reached| reached.people).collect();
        assert_eq!((told.all_people, people), (true, vec![4, 2, 1]));
        assert!(told.groups.is_empty(), "who has not ordered has no channel");
        let filtered = journey(Known { filtered: true, ..known(&whole, Some(&events)) }, &keys);
        assert_eq!((filtered.all_people, filtered.whole.reached[0].people), (false, 2));
        // Visits come first of all; a wish 4 and 1 days later; purchases 9 days after the first visit, or first.
        let choices: Vec<_> = told.choices.iter().map(|c| (&*c.key, c.people, c.median_days)).collect();
        let purchase = ("purchase", 3, Some(0.0));
        assert_eq!(choices, [("event:visit", 4, Some(0.0)), purchase, ("event:wish", 2, Some(2.5))]);
        assert_eq!(told.suggested, ["event:visit", "purchase", "event:wish"].map(str::to_owned));
    }
}
