//! The periods that a person can choose, and the days that they stand for.

use crate::math::{Day, Unit};
use crate::report::Settings;
use crate::report::schema::Period;

/// A span of time to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// All data.
    All,
    /// The last so many months of the data.
    Last(i32),
    /// A calendar year.
    Year(i32),
    /// Two dates.
    Own,
}

/// At most so many calendar years are offered.
const YEARS: i32 = 6;

impl Span {
    /// What can be chosen with this data, from the whole to the parts.
    pub fn offered(period: &Period) -> Vec<Span> {
        let (Some(start), Some(end)) = (period.data_start, period.data_end) else { return vec![Span::All] };
        let mut choices = vec![Span::All];
        choices.extend([12, 24].into_iter().filter(|months| first_of_last(*months, end) > start).map(Span::Last));
        let (first, last) = (start.ymd().0, end.ymd().0);
        if first < last {
            choices.extend((first.max(last - YEARS + 1)..=last).rev().map(Span::Year));
        }
        choices.push(Span::Own);
        choices
    }

    /// The choice that the settings stand for.
    pub fn of(settings: &Settings, period: &Period) -> Span {
        let set = (settings.from, settings.to);
        let offered = Span::offered(period).into_iter();
        offered.filter(|choice| *choice != Span::Own).find(|choice| choice.days(period) == set).unwrap_or(Span::Own)
    }

    /// First and last day; nothing where the data decides.
    pub fn days(self, period: &Period) -> (Option<Day>, Option<Day>) {
        let end = period.data_end;
        match self {
            Span::All => (None, None),
            Span::Last(months) => (end.map(|end| first_of_last(months, end)), None),
            Span::Year(year) => {
                let last = Day::from_ymd(year, 12, 31).filter(|last| end.is_none_or(|end| *last < end));
                (Day::from_ymd(year, 1, 1), last)
            }
            Span::Own => (period.start, period.end),
        }
    }

    /// The value in a select.
    pub fn key(self) -> String {
        match self {
            Span::All => "all".to_owned(),
            Span::Last(months) => format!("last-{months}"),
            Span::Year(year) => format!("year-{year}"),
            Span::Own => "own".to_owned(),
        }
    }

    /// What a person reads in the select.
    pub fn label(self, period: &Period) -> String {
        match self {
            Span::All => match months(period) {
                Some(months) if months > 1 => format!("All {months} months"),
                _ => "All time".to_owned(),
            },
            Span::Last(months) => format!("Last {months} months"),
            Span::Year(year) => match period.data_end {
                Some(end) if end.ymd().0 == year && end.plus(1).ymd().0 == year => format!("{year} so far"),
                _ => year.to_string(),
            },
            Span::Own => "Own dates".to_owned(),
        }
    }
}

/// The first of the last so many months that end with a day: 1 Oct 2025 for 12 months to 30 Sep 2026.
fn first_of_last(months: i32, end: Day) -> Day {
    end.plus(1).plus_months(-months)
}

/// Calendar months that the data touches.
fn months(period: &Period) -> Option<i32> {
    Some(Unit::Month.of(period.data_end?) - Unit::Month.of(period.data_start?) + 1)
}
