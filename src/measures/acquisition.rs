//! What winning customers cost (definitions.md, section 3): typed in, else what the tables of costs tell.

use super::Shown;
use crate::math::calendar::Unit;
use crate::math::{Day, Money, order};
use crate::report::schema::{Acquisition, ChannelSpend};
use crate::roles::Role;
use crate::settings::Settings;
use crate::tables::{NO_NUMBER, Table};

/// Money spent, row by row, over all tables of costs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spend {
    /// The channels, in the order of their bytes; "" for what names none.
    channels: Vec<String>,
    costs: Vec<Cost>,
}

/// Money spent on one channel over some days.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cost {
    start: Day,
    end: Day,
    amount: i64,
    /// Place in [`Spend::channels`].
    channel: usize,
}

impl Spend {
    /// The costs of all tables that are of costs; nothing without any.
    ///
    /// A row without a column for its end covers a day, or the week or month that the dates of its table step by. What
    /// names no channel is spent on the platform whose export the table is.
    pub fn of<'a>(tables: impl Iterator<Item = &'a Table>) -> Option<Spend> {
        let mut spend = Spend::default();
        let mut names: Vec<String> = Vec::new();
        for table in tables {
            let (Some(days), Some(amounts)) = (table.days(Role::Date), table.numbers(Role::Amount)) else { continue };
            let (ends, channel) = (table.days(Role::End), table.group(Role::Channel));
            let step = step(days);
            for row in 0..table.rows {
                let name = channel.map(|channel| channel.label(row)).or(table.platform).unwrap_or_default();
                let channel = names.iter().position(|known| known == name).unwrap_or_else(|| {
                    names.push(name.to_owned());
                    names.len() - 1
                });
                let start = days[row];
                let end = ends.map(|ends| ends[row]).filter(|end| *end >= start).unwrap_or_else(|| step.end(start));
                if amounts[row] != NO_NUMBER {
                    spend.costs.push(Cost { start, end, amount: amounts[row], channel });
                }
            }
        }
        let order = order::places(names.len(), &mut |a, b| names[a].cmp(&names[b]));
        spend.costs.iter_mut().for_each(|cost| {
            cost.channel = order.iter().position(|place| *place == cost.channel).unwrap_or_default();
        });
        spend.channels = order.into_iter().map(|place| std::mem::take(&mut names[place])).collect();
        (!spend.costs.is_empty()).then_some(spend)
    }

    /// The days that the costs cover within a period: no cost lies within them in part only. Nothing where there are no such
    /// days: held against customers of days whose costs are missing, or the other way round, costs would seem to win them
    /// for less or for more than they do.
    fn window(&self, start: Day, end: Day) -> Option<(Day, Day)> {
        let mut first = self.costs.iter().map(|cost| cost.start).min()?.max(start);
        let mut last = self.costs.iter().map(|cost| cost.end).max()?.min(end);
        // Where weeks stand beside months, one of these may lie across the end of those: each step goes inwards.
        while first <= last {
            let cut_before = self.costs.iter().filter(|cost| cost.start < first && cost.end >= first);
            let cut_behind = self.costs.iter().filter(|cost| cost.start <= last && cost.end > last);
            let after = cut_before.map(|cost| cost.end.plus(1)).max();
            let before = cut_behind.map(|cost| cost.start.plus(-1)).min();
            if (after, before) == (None, None) {
                return Some((first, last));
            }
            (first, last) = (after.unwrap_or(first), before.unwrap_or(last));
        }
        None
    }
}

/// How far the rows of a table of costs reach.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Day,
    Week,
    Month,
}

impl Step {
    /// The last day of a row that begins on this one.
    fn end(self, start: Day) -> Day {
        match self {
            Step::Day => start,
            Step::Week => start.plus(6),
            Step::Month => Unit::Month.end(Unit::Month.of(start)),
        }
    }
}

/// What the dates of a table step by: months where all are the first of one, weeks where all are the same weekday.
fn step(days: &[Day]) -> Step {
    let Some(first) = days.first() else { return Step::Day };
    if days.iter().all(|day| day.ymd().2 == 1) {
        return Step::Month;
    }
    let same_weekday = days.iter().all(|day| day.weekday() == first.weekday());
    if same_weekday && days.iter().any(|day| day != first) { Step::Week } else { Step::Day }
}

/// What was spent on winning customers and how many were won by it: what was typed in, over the whole period, else the
/// costs of the tables and the days that they cover.
pub fn acquisition(shown: Shown<'_>, settings: &Settings, spend: Option<&Spend>) -> Acquisition {
    let won = |start: Day, end: Day| {
        let first = shown.buyers().filter_map(|customer| shown.first_ever(customer));
        first.filter(|day| (start..=end).contains(day)).count() as u64
    };
    let covered = spend.and_then(|spend| Some((spend, spend.window(shown.start, shown.end)?)));
    let mut acquisition = Acquisition { typed: settings.spend.is_some(), ..Acquisition::default() };
    if let Some((spend, (start, end))) = covered {
        let within = |cost: &&Cost| cost.start >= start && cost.end <= end;
        let mut sums: Vec<Option<i128>> = vec![None; spend.channels.len()];
        for cost in spend.costs.iter().filter(within) {
            *sums[cost.channel].get_or_insert(0) += i128::from(cost.amount);
        }
        let money = |sum: i128| i64::try_from(sum).ok().map(Money);
        let channels = spend.channels.iter().zip(&sums);
        acquisition.channels = channels
            .filter_map(|(channel, sum)| Some(ChannelSpend { channel: channel.clone(), spend: money((*sum)?)? }))
            .collect();
        order::sort_by(&mut acquisition.channels, |a, b| b.spend.cmp(&a.spend));
        acquisition.spend = money(sums.iter().flatten().sum());
        (acquisition.start, acquisition.end) = (Some(start), Some(end));
        acquisition.new_customers = won(start, end);
    }
    if let Some(typed) = settings.spend {
        acquisition.spend = Some(typed);
        (acquisition.start, acquisition.end) = (Some(shown.start), Some(shown.end));
        acquisition.new_customers = won(shown.start, shown.end);
    }
    acquisition
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::DimensionColumn;
    use crate::measures::tests::Whole;
    use crate::roles::kind::TableKind;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn costs(rows: &[(&str, i64, &str)], channels: bool) -> Table {
        let mut labels: Vec<Box<str>> = rows.iter().map(|row| row.2.into()).collect();
        order::sort_by(&mut labels, Ord::cmp);
        labels.dedup();
        let code = |label: &str| labels.iter().position(|known| **known == *label).unwrap() as u32;
        let codes = rows.iter().map(|row| code(row.2)).collect();
        let column = DimensionColumn { name: "channel".into(), role: None, codes, labels: labels.clone() };
        Table {
            kind: TableKind::Spend,
            rows: rows.len(),
            days: vec![(Role::Date, rows.iter().map(|row| day(row.0)).collect())],
            numbers: vec![(Role::Amount, rows.iter().map(|row| Money::units(row.1).0).collect())],
            groups: channels.then_some((Role::Channel, column)).into_iter().collect(),
            platform: Some("Meta Ads"),
            ..Table::default()
        }
    }

    fn over(tables: &[Table], start: &str, end: &str, typed: Option<i64>) -> Acquisition {
        let rows = [("a", "2024-01-05", 5), ("b", "2024-02-07", 5), ("c", "2024-02-20", 5), ("d", "2024-03-09", 5)];
        let whole = Whole::rows(&rows).from(start).until(end);
        let settings = Settings { spend: typed.map(Money::units), ..Settings::default() };
        acquisition(whole.shown(), &settings, Spend::of(tables.iter()).as_ref())
    }

    fn window(acquisition: &Acquisition) -> String {
        let day = |day: Option<Day>| day.map_or("none".to_owned(), |day| day.to_string());
        format!("{} {}", day(acquisition.start), day(acquisition.end))
    }

    #[test]
    fn costs_are_held_against_the_customers_won_while_they_were_spent() {
        let table = costs(&[("2024-02-05", 30, "web"), ("2024-02-09", 50, "shop"), ("2024-02-10", 10, "web")], true);
        let all = over(&[table], "2024-01-01", "2024-12-31", None);
        assert_eq!((all.spend, all.new_customers, all.typed), (Some(Money::units(90)), 1, false));
        assert_eq!(window(&all), "2024-02-05 2024-02-10");
        let channels: Vec<_> = all.channels.iter().map(|c| (&*c.channel, c.spend)).collect();
        assert_eq!(channels, [("shop", Money::units(50)), ("web", Money::units(40))]);
    }

    #[test]
    fn no_cost_lies_across_an_edge_of_the_days_that_count() {
        let months = [("2024-01-01", 10, "shop"), ("2024-02-01", 20, "shop"), ("2024-03-01", 20, "shop")];
        // The month is cut, the week across its end goes with it, and so does the next month, which that week is in.
        let late = [("2024-01-29", 5, "web"), ("2024-02-05", 5, "web"), ("2024-02-12", 5, "web")];
        let told = over(&[costs(&months, true), costs(&late, true)], "2024-01-10", "2024-03-31", None);
        assert_eq!((window(&told), told.spend), ("2024-03-01 2024-03-31".into(), Some(Money::units(20))));
        // Weeks all through: no day is left where neither is cut, so nothing is told.
        let weeks: Vec<String> = (0..14).map(|week| day("2024-01-01").plus(3 + 7 * week).to_string()).collect();
        let weeks: Vec<_> = weeks.iter().map(|start| (&**start, 5, "web")).collect();
        let told = over(&[costs(&months, true), costs(&weeks, true)], "2024-01-10", "2024-03-31", None);
        assert_eq!((window(&told), told.spend, told.new_customers), ("none none".into(), None, 0));
    }

    #[test]
    fn months_and_weeks_count_whole_or_not_at_all() {
        let months = || costs(&[("2024-01-01", 10, ""), ("2024-02-01", 20, ""), ("2024-03-01", 40, "")], false);
        let all = over(&[months()], "2024-01-01", "2024-03-31", None);
        assert_eq!((all.spend, all.new_customers), (Some(Money::units(70)), 4));
        assert_eq!(all.channels[0].channel, "Meta Ads", "its platform is the channel");
        let cut = over(&[months()], "2024-01-05", "2024-03-09", None);
        assert_eq!((cut.spend, cut.new_customers), (Some(Money::units(20)), 2));
        assert_eq!(window(&cut), "2024-02-01 2024-02-29");
        let none = over(&[months()], "2024-02-02", "2024-02-20", None);
        assert_eq!((none.spend, none.new_customers, none.channels.len()), (None, 0, 0));
        let weeks = costs(&[("2024-02-05", 7, ""), ("2024-02-19", 9, "")], false);
        assert_eq!(window(&over(&[weeks], "2024-01-01", "2024-12-31", None)), "2024-02-05 2024-02-25");
    }

    #[test]
    fn what_is_typed_in_wins_over_the_whole_period() {
        let table = costs(&[("2024-02-05", 30, "web")], true);
        let typed = over(&[table], "2024-01-01", "2024-12-31", Some(8));
        assert_eq!((typed.spend, typed.new_customers, typed.typed), (Some(Money::units(8)), 4, true));
        assert_eq!((window(&typed).as_str(), typed.channels.len()), ("2024-01-01 2024-12-31", 1));
        assert_eq!(over(&[], "2024-01-01", "2024-12-31", None), Acquisition::default());
    }
}
