//! Money spent, row by row, over all tables of costs, and the days that it covers.

use super::names::Names;
use crate::ledger::DimensionColumn;
use crate::math::calendar::Unit;
use crate::math::{Day, Money};
use crate::report::costs::Kinds;
use crate::roles::Role;
use crate::roles::cost_kind::CostKind;
use crate::tables::{NO_NUMBER, Table};

/// Money spent, row by row, over all tables of costs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spend {
    /// The channels that costs name; "" among them where some name none.
    pub(super) channels: Names,
    /// The campaigns that costs name; "" among them where some name none.
    pub(super) campaigns: Names,
    pub(super) costs: Vec<Cost>,
}

/// Money spent over some days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cost {
    pub(super) start: Day,
    pub(super) end: Day,
    /// Ten-thousandths of the currency unit.
    pub(super) amount: i64,
    /// Place in [`Spend::channels`].
    pub(super) channel: usize,
    /// Place in [`Spend::campaigns`].
    pub(super) campaign: usize,
    /// What it is for; nothing where the table does not say, or in other words.
    kind: Option<CostKind>,
    /// Revenue that the table attributes to it; nothing where it does not say.
    attributed: Option<i64>,
    /// Customers that it has won, in ten-thousandths; nothing where the table does not say.
    won: Option<i64>,
}

impl Spend {
    /// The costs of all tables that are of costs; nothing without any.
    ///
    /// A row without a column for its end covers a day, or the week or month that the dates of its table step by. What
    /// names no channel is spent on the platform whose export the table is, and what such an export holds is marketing.
    /// Names that differ in case, spaces and signs only are one.
    pub fn of<'a>(tables: impl Iterator<Item = &'a Table>) -> Option<Spend> {
        let mut spend = Spend::default();
        for table in tables {
            let (Some(days), Some(amounts)) = (table.days(Role::Date), table.numbers(Role::Amount)) else { continue };
            let ends = table.days(Role::End);
            let channel = places(&mut spend.channels, table.group(Role::Channel), table.platform);
            let campaign = places(&mut spend.campaigns, table.group(Role::Campaign), None);
            let kinds = table.group(Role::CostKind);
            let kind_of: Vec<_> =
                kinds.iter().flat_map(|kinds| &kinds.labels).map(|label| CostKind::of(label)).collect();
            let number = |role: Role| {
                let column = table.numbers(role);
                move |row: usize| column.map(|numbers| numbers[row]).filter(|number| *number != NO_NUMBER)
            };
            let (attributed, won) = (number(Role::AttributedRevenue), number(Role::NewCustomers));
            let of_platform = table.platform.map(|_| CostKind::Marketing);
            let step = step(days);
            for row in (0..table.rows).filter(|row| amounts[*row] != NO_NUMBER) {
                let start = days[row];
                let kind = kinds.and_then(|kinds| kind_of[kinds.codes.get(row) as usize]);
                spend.costs.push(Cost {
                    start,
                    end: ends.map(|ends| ends[row]).filter(|end| *end >= start).unwrap_or_else(|| step.end(start)),
                    amount: amounts[row],
                    channel: channel(row),
                    campaign: campaign(row),
                    kind: kind.or(of_platform),
                    attributed: attributed(row),
                    won: won(row),
                });
            }
        }
        let (channels, campaigns) = (spend.channels.sort(), spend.campaigns.sort());
        for cost in &mut spend.costs {
            (cost.channel, cost.campaign) = (channels[cost.channel], campaigns[cost.campaign]);
        }
        (!spend.costs.is_empty()).then_some(spend)
    }

    /// The days that the costs cover within a period: no cost lies within them in part only. Nothing where there are no such
    /// days: held against customers of days whose costs are missing, or the other way round, costs would seem to win them
    /// for less or for more than they do.
    pub(super) fn window(&self, start: Day, end: Day) -> Option<(Day, Day)> {
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

    /// The costs of some days, both ends included.
    pub(super) fn within(&self, (first, last): (Day, Day)) -> impl Iterator<Item = &Cost> + Clone {
        self.costs.iter().filter(move |cost| cost.start >= first && cost.end <= last)
    }

    /// A window cut into calendar months. Where a cost lies across the end of a month, the cut waits for the first day that
    /// no cost lies across: weekly costs give stretches of four or five whole weeks, quarterly ones quarters.
    pub(super) fn stretches(&self, (first, last): (Day, Day)) -> Vec<(Day, Day)> {
        // How many costs lie across the beginning of each day of the window, as changes from the day before.
        let mut across = vec![0i32; (last.0 - first.0 + 2).max(0) as usize];
        for cost in self.within((first, last)) {
            across[(cost.start.0 - first.0) as usize + 1] += 1;
            across[(cost.end.0 - first.0) as usize + 1] -= 1;
        }
        let mut stretches = Vec::new();
        let (mut start, mut open) = (first, 0);
        for (day, change) in (first.0..=last.0).map(Day).zip(across) {
            open += change;
            if open == 0 && Unit::Month.of(day) > Unit::Month.of(start) {
                stretches.push((start, day.plus(-1)));
                start = day;
            }
        }
        stretches.push((start, last));
        stretches
    }
}

/// The place among names of what each row of a table names; of rows that name nothing that of `instead`.
fn places<'a>(
    names: &mut Names,
    column: Option<&'a DimensionColumn>,
    instead: Option<&str>,
) -> impl Fn(usize) -> usize + use<'a> {
    let none = names.add(instead.unwrap_or_default());
    let labels = column.iter().flat_map(|column| &column.labels);
    let places: Vec<usize> = labels.map(|label| names.add_named(label).unwrap_or(none)).collect();
    move |row| column.map_or(none, |column| places[column.codes.get(row) as usize])
}

/// What some costs come to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sums {
    /// First and last day that they cover.
    pub(super) days: Option<(Day, Day)>,
    amount: i128,
    /// Marketing, sales, overhead, and what is not said.
    kinds: [i128; 4],
    /// What their tables attribute to them; nothing where that is not said of each.
    attributed: Option<i128>,
    /// How many they have won, as their tables say; nothing where that is not said of each.
    won: Option<i128>,
}

impl Sums {
    pub(super) fn of<'a>(costs: impl Iterator<Item = &'a Cost>) -> Sums {
        let mut sums = Sums { attributed: Some(0), won: Some(0), ..Sums::default() };
        for cost in costs {
            let (first, last) = sums.days.unwrap_or((cost.start, cost.end));
            sums.days = Some((first.min(cost.start), last.max(cost.end)));
            let amount = i128::from(cost.amount);
            sums.amount += amount;
            let kind = CostKind::ALL.into_iter().position(|kind| Some(kind) == cost.kind);
            sums.kinds[kind.unwrap_or(CostKind::ALL.len())] += amount;
            sums.attributed = sums.attributed.zip(cost.attributed).map(|(sum, more)| sum + i128::from(more));
            sums.won = sums.won.zip(cost.won).map(|(sum, more)| sum + i128::from(more));
        }
        sums
    }

    /// What was spent; nothing where it does not fit.
    pub(super) fn spend(&self) -> Option<Money> {
        money(self.amount)
    }

    /// The same by what it is for; nothing where it does not fit.
    pub(super) fn kinds(&self) -> Option<Kinds> {
        let [marketing, sales, overhead, not_said] = self.kinds.map(money);
        Some(Kinds { marketing: marketing?, sales: sales?, overhead: overhead?, not_said: not_said? })
    }

    /// The revenue that the tables attribute to all of the costs.
    pub(super) fn attributed(&self) -> Option<Money> {
        money(self.attributed?)
    }

    /// The customers that the costs have won, as the tables say: a whole number that is not below 0.
    pub(super) fn won(&self) -> Option<u64> {
        let scale = i128::from(crate::math::money::SCALE);
        self.won.filter(|won| won % scale == 0).and_then(|won| u64::try_from(won / scale).ok())
    }
}

fn money(sum: i128) -> Option<Money> {
    i64::try_from(sum).ok().map(Money)
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
