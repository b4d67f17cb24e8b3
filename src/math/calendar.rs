//! Calendar days as numbers, and the periods that they fall into.
//!
//! A [`Day`] counts from 1970-01-01, in the file's own local time: no zones, no clocks. Months, quarters and years are
//! calendar ones; weeks begin on Monday. A [`Unit`]'s period number is consecutive, so that differences count periods.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A calendar day, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// Days in a mean Gregorian year.
pub const YEAR_DAYS: f64 = 365.25;

impl Day {
    /// The day of a year, month and day of month; nothing for a date that does not exist.
    pub fn from_ymd(year: i32, month: i32, day: i32) -> Option<Day> {
        let (year, month, day) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Date::new(year, month, day).ok()?;
        Some(Day(days_from_civil(i32::from(year), i32::from(month), i32::from(day))))
    }

    /// Year, month (1 to 12) and day of month (1 to 31).
    pub fn ymd(self) -> (i32, i32, i32) {
        civil_from_days(self.0)
    }

    /// 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> i32 {
        (self.0 + 3).rem_euclid(7)
    }

    /// The day so many days later (or earlier).
    pub fn plus(self, days: i32) -> Day {
        Day(self.0 + days)
    }

    /// The same day of the month so many months later; the month's last day where it is shorter.
    pub fn plus_months(self, months: i32) -> Day {
        let (year, month, day) = self.ymd();
        let number = year * 12 + (month - 1) + months;
        let (year, month) = (number.div_euclid(12), number.rem_euclid(12) + 1);
        let first = days_from_civil(year, month, 1);
        let length = Unit::Month.start(Unit::Month.of(Day(first)) + 1).0 - first;
        Day(first + day.min(length) - 1)
    }
}

impl fmt::Display for Day {
    /// `2026-09-30`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl std::str::FromStr for Day {
    type Err = String;

    /// Reads `YYYY-MM-DD`.
    fn from_str(text: &str) -> Result<Day, String> {
        let wrong = || format!("'{text}' is no date of the form YYYY-MM-DD");
        let mut parts = text.splitn(3, '-').map(str::parse::<i32>);
        match (parts.next(), parts.next(), parts.next()) {
            (Some(Ok(year)), Some(Ok(month)), Some(Ok(day))) => Day::from_ymd(year, month, day).ok_or_else(wrong),
            _ => Err(wrong()),
        }
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { self.0.serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        if !deserializer.is_human_readable() {
            return i32::deserialize(deserializer).map(Day);
        }
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// A calendar unit that cohorts and charts count in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    #[default]
    Month,
    /// January to March, and so on.
    Quarter,
    /// A calendar year.
    Year,
}

impl Unit {
    /// All units, the shortest first.
    pub const ALL: [Unit; 5] = [Unit::Day, Unit::Week, Unit::Month, Unit::Quarter, Unit::Year];

    /// Its name: `month`, `quarter`.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Quarter => "quarter",
            Unit::Year => "year",
        }
    }

    /// The number of the period that a day falls into.
    pub fn of(self, day: Day) -> i32 {
        let (year, month, _) = match self {
            Unit::Day => return day.0,
            Unit::Week => return (day.0 + 3).div_euclid(7),
            _ => day.ymd(),
        };
        match self {
            Unit::Month => year * 12 + month - 1,
            Unit::Quarter => year * 4 + (month - 1) / 3,
            _ => year,
        }
    }

    /// The first day of a period.
    pub fn start(self, period: i32) -> Day {
        match self {
            Unit::Day => Day(period),
            Unit::Week => Day(period * 7 - 3),
            Unit::Month => Day(days_from_civil(period.div_euclid(12), period.rem_euclid(12) + 1, 1)),
            Unit::Quarter => Day(days_from_civil(period.div_euclid(4), period.rem_euclid(4) * 3 + 1, 1)),
            Unit::Year => Day(days_from_civil(period, 1, 1)),
        }
    }

    /// The last day of a period.
    pub fn end(self, period: i32) -> Day {
        Day(self.start(period + 1).0 - 1)
    }

    /// The period's name as it stands in the report: `2026-09`, `2026-Q3`, `2026`, or the first day of a day or week.
    pub fn label(self, period: i32) -> String {
        match self {
            Unit::Day | Unit::Week => self.start(period).to_string(),
            Unit::Month => format!("{:04}-{:02}", period.div_euclid(12), period.rem_euclid(12) + 1),
            Unit::Quarter => format!("{:04}-Q{}", period.div_euclid(4), period.rem_euclid(4) + 1),
            Unit::Year => format!("{period:04}"),
        }
    }
}

/// Consecutive periods whose days are looked up, not computed: for scans over millions of days.
#[derive(Clone, Debug)]
pub struct Periods {
    start: Day,
    places: Vec<u32>,
}

impl Periods {
    /// The periods of a unit with these numbers, both included.
    pub fn new(unit: Unit, first: i32, last: i32) -> Periods {
        let start = unit.start(first);
        let mut places = Vec::with_capacity((unit.start(last + 1).0 - start.0).max(0) as usize);
        for period in first..=last {
            places.resize((unit.start(period + 1).0 - start.0) as usize, (period - first) as u32);
        }
        Periods { start, places }
    }

    /// How many periods after the first one a day lies; nothing for a day before them.
    ///
    /// # Panics
    ///
    /// Where the day lies after the last of them.
    pub fn place(&self, day: Day) -> Option<usize> {
        let days = usize::try_from(day.0 - self.start.0).ok()?;
        Some(self.places[days] as usize)
    }
}

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil and civil_from_days. jiff has the
// same behind a checked type; these two run once a row, so they stay bare. The test below holds them against jiff.
fn days_from_civil(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn civil_from_days(days: i32) -> (i32, i32, i32) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i32::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_looked_up_as_they_are_computed() {
        let (start, end) = (Day::from_ymd(1969, 11, 20).unwrap(), Day::from_ymd(1972, 3, 3).unwrap());
        for unit in Unit::ALL {
            let periods = Periods::new(unit, unit.of(start), unit.of(end));
            for day in (unit.start(unit.of(start)).0..=end.0).map(Day) {
                assert_eq!(periods.place(day), Some((unit.of(day) - unit.of(start)) as usize), "{day} by {unit:?}");
            }
            assert_eq!(periods.place(unit.start(unit.of(start)).plus(-1)), None);
        }
    }

    #[test]
    fn day_numbers_equal_those_of_jiff() {
        let epoch = Date::new(1970, 1, 1).unwrap();
        for number in (-800_000..800_000).step_by(97) {
            let day = Day(number);
            let (year, month, dom) = day.ymd();
            let date = Date::new(year as i16, month as i8, dom as i8).unwrap();
            assert_eq!(epoch.until(date).unwrap().get_days(), number);
            assert_eq!(Day::from_ymd(year, month, dom), Some(day));
            assert_eq!(day.weekday(), i32::from(date.weekday().to_monday_zero_offset()));
        }
        assert_eq!(Day::from_ymd(2023, 2, 29), None);
        assert_eq!(Day::from_ymd(2024, 2, 29), Some(Day(19_782)));
    }

    #[test]
    fn periods_are_consecutive_and_hold_their_days() {
        for unit in [Unit::Day, Unit::Week, Unit::Month, Unit::Quarter, Unit::Year] {
            for number in 18_000..20_000 {
                let period = unit.of(Day(number));
                assert!(unit.start(period) <= Day(number) && Day(number) <= unit.end(period));
                assert_eq!(unit.start(period + 1), unit.end(period).plus(1));
            }
        }
        assert_eq!(Unit::Week.start(Unit::Week.of(Day(0))).weekday(), 0);
        assert_eq!(Unit::Quarter.label(Unit::Quarter.of("2026-09-30".parse().unwrap())), "2026-Q3");
    }

    #[test]
    fn months_later_end_in_the_shorter_month() {
        let day: Day = "2024-01-31".parse().unwrap();
        assert_eq!(day.plus_months(1).to_string(), "2024-02-29");
        assert_eq!(day.plus_months(-2).to_string(), "2023-11-30");
        assert_eq!(day.plus_months(12).to_string(), "2025-01-31");
    }
}
