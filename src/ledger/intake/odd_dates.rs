//! Rows whose date stands far from all others: one of 2099 would move the end of the period by decades.
//!
//! There is no clock here, so the column itself judges. Days that lie within `FAR` of each other belong together. A
//! group of days is odd beside the largest one where it holds at most 1 of 100 rows, or a single one of ten and more. A day
//! that programs write for "no date" (`PLACEHOLDERS`) is odd, however many rows have it, where the sound days are more
//! than `NEAR` away from it.
//!
//! What could turn out to be odd is held back until the file is read, so the verdict does not depend on the order of rows.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::ingest::dates::Moment;
use crate::math::{Day, order};

/// Days without a row that part two groups: five years.
const FAR: i32 = 5 * 366;

/// Days around the sound ones in which a placeholder is taken for a day like any other: a year.
const NEAR: i32 = 366;

/// Days that programs write for "no date" or "for ever": the beginnings and ends of their calendars.
const PLACEHOLDERS: [(i32, i32, i32); 15] = [
    (1, 1, 1),
    (1601, 1, 1),
    (1753, 1, 1),
    (1899, 12, 30),
    (1899, 12, 31),
    (1900, 1, 1),
    (1904, 1, 1),
    (1969, 12, 31),
    (1970, 1, 1),
    (1980, 1, 1),
    (2079, 6, 6),
    (2099, 12, 31),
    (2999, 12, 31),
    (9999, 1, 1),
    (9999, 12, 31),
];

/// Bytes of held rows after which the verdict is made on what was seen so far.
const HELD_BYTES: usize = 8 << 20;

/// A usable row that waits for the verdict.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Held {
    /// Line of the file that it begins on.
    pub line: u64,
    /// Its date.
    pub moment: Moment,
    /// Its amount in ten-thousandths.
    pub amount: i64,
    /// What was given back of it.
    pub refunded: i64,
    /// Who bought.
    pub customer: String,
    /// The number of the order.
    pub order: Option<String>,
    /// Its value of each dimension of the ledger.
    pub dimensions: Vec<String>,
    /// Its cells.
    pub cells: Vec<String>,
}

impl Held {
    /// Bytes that it takes, about.
    fn bytes(&self) -> usize {
        64 + self.cells.iter().map(|cell| cell.len() + 24).sum::<usize>()
    }
}

/// What was found of the dates of some records that were read elsewhere.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct OddPart {
    /// First and last of the days that need no verdict.
    pub sound: Option<(Day, Day)>,
    /// The rows that wait for one.
    pub held: Vec<Held>,
}

/// The rows that wait for the verdict.
#[derive(Clone, Debug, Default)]
pub struct OddDates {
    placeholders: Vec<Day>,
    /// First and last of the days that need no verdict.
    sound: Option<(Day, Day)>,
    held: Vec<Held>,
    bytes: usize,
}

impl OddDates {
    /// For a column of which these are some days.
    pub fn among(some: &[Day]) -> OddDates {
        let placeholders: Vec<Day> =
            PLACEHOLDERS.iter().filter_map(|&(year, month, day)| Day::from_ymd(year, month, day)).collect();
        let mut days: Vec<Day> = some.iter().copied().filter(|day| !placeholders.contains(day)).collect();
        order::sort_by(&mut days, Ord::cmp);
        // The one in the middle is no odd one.
        let middle = days.get(days.len() / 2).map(|day| (*day, *day));
        OddDates { placeholders, sound: middle, ..OddDates::default() }
    }

    /// Whether a row of this day has to be [held](OddDates::hold).
    #[inline]
    pub fn suspects(&mut self, day: Day) -> bool {
        if self.placeholders.contains(&day) {
            return true;
        }
        let (first, last) = self.sound.get_or_insert((day, day));
        if day.0 < first.0 - FAR || day.0 > last.0 + FAR {
            return true;
        }
        (*first, *last) = (day.min(*first), day.max(*last));
        false
    }

    /// Holds a row back. Whether there are now so many that they should be [judged](OddDates::judge).
    pub fn hold(&mut self, row: Held) -> bool {
        self.bytes += row.bytes();
        self.held.push(row);
        self.bytes > HELD_BYTES
    }

    /// First and last of the days so far that need no verdict.
    pub fn sound(&self) -> Option<(Day, Day)> {
        self.sound
    }

    /// Knows beforehand that these days need no verdict.
    pub fn know(&mut self, sound: Option<(Day, Day)>) {
        self.sound = sound;
    }

    /// What is to be told to who read the records before.
    pub fn into_part(self) -> OddPart {
        OddPart { sound: self.sound, held: self.held }
    }

    /// Whether of the records that follow, which were read elsewhere from days on that are sound here too, the very same
    /// rows would have been held here, and the verdict could wait.
    pub fn agrees(&self, part: &OddPart) -> bool {
        let (Some(own), Some(other)) = (self.sound, part.sound) else { return false };
        // At most so much is known when a row comes: what is suspicious then was so before.
        let (first, last) = (own.0.min(other.0), own.1.max(other.1));
        let is_far = |day: Day| day.0 < first.0 - FAR || day.0 > last.0 + FAR;
        let is_held = |row: &Held| self.placeholders.contains(&row.moment.day) || is_far(row.moment.day);
        part.held.iter().all(is_held) && self.bytes + part.held.iter().map(Held::bytes).sum::<usize>() <= HELD_BYTES
    }

    /// Takes over what was found of the records that follow, whose lines are as many higher; it has to
    /// [agree](OddDates::agrees).
    pub fn absorb(&mut self, part: OddPart, shift: u64) {
        if let (Some(own), Some(other)) = (self.sound, part.sound) {
            self.sound = Some((own.0.min(other.0), own.1.max(other.1)));
        }
        for row in part.held {
            self.hold(Held { line: row.line + shift, ..row });
        }
    }

    /// The rows held, each with whether its date is odd; `used` are the rows by day that were not held.
    pub fn judge(&mut self, used: &FxHashMap<Day, (u64, i64, u64)>) -> Vec<(Held, bool)> {
        self.bytes = 0;
        let held = std::mem::take(&mut self.held);
        if held.is_empty() {
            return Vec::new();
        }
        let sound = self.sound_groups(&held, used);
        let within = |day: Day, around: i32| {
            sound.iter().any(|group| (group.first.0 - around..=group.last.0 + around).contains(&day.0))
        };
        let verdict = |row: Held| {
            let around = if self.placeholders.contains(&row.moment.day) { NEAR } else { 0 };
            let odd = !sound.is_empty() && !within(row.moment.day, around);
            (row, odd)
        };
        held.into_iter().map(verdict).collect()
    }

    /// The groups of days that are not odd.
    fn sound_groups(&self, held: &[Held], used: &FxHashMap<Day, (u64, i64, u64)>) -> Vec<Group> {
        let all = used.iter().map(|(day, (rows, ..))| (*day, *rows)).chain(held.iter().map(|row| (row.moment.day, 1)));
        let mut days: Vec<(Day, u64)> = all.filter(|(day, _)| !self.placeholders.contains(day)).collect();
        order::sort_by(&mut days, |a, b| a.0.cmp(&b.0));
        let mut groups: Vec<Group> = Vec::new();
        for (day, rows) in days {
            match groups.last_mut() {
                Some(group) if day.0 - group.last.0 <= FAR => {
                    group.last = day;
                    group.rows += rows;
                }
                _ => groups.push(Group { first: day, last: day, rows }),
            }
        }
        let total: u64 = groups.iter().map(|group| group.rows).sum();
        let largest = groups.iter().map(|group| group.rows).max().unwrap_or(0);
        groups.retain(|group| {
            let few = group.rows * 100 <= total || (group.rows == 1 && total >= 10);
            group.rows == largest || !few
        });
        groups
    }
}

/// Days that belong together, and their rows.
struct Group {
    first: Day,
    last: Day,
    rows: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn held(day: Day) -> Held {
        Held {
            line: 1,
            moment: Moment { day, second: None },
            amount: 0,
            refunded: 0,
            customer: String::new(),
            order: None,
            dimensions: Vec::new(),
            cells: Vec::new(),
        }
    }

    /// The days that are left out of these, in any order of them.
    fn odd(days: &[&str]) -> Vec<String> {
        let days: Vec<Day> = days.iter().map(|text| day(text)).collect();
        let mut backwards = days.clone();
        backwards.reverse();
        let of = |order: &[Day]| {
            let mut dates = OddDates::among(&days);
            let mut used: FxHashMap<Day, (u64, i64, u64)> = FxHashMap::default();
            for &day in order {
                if dates.suspects(day) {
                    dates.hold(held(day));
                } else {
                    used.entry(day).or_default().0 += 1;
                }
            }
            let mut odd: Vec<String> = Vec::new();
            odd.extend(
                dates.judge(&used).into_iter().filter(|(_, odd)| *odd).map(|(row, _)| row.moment.day.to_string()),
            );
            order::sort_by(&mut odd, Ord::cmp);
            odd
        };
        let found = of(&days);
        assert_eq!(found, of(&backwards), "in any order");
        found
    }

    /// Days of two years, so many.
    fn usual(count: i32) -> Vec<String> {
        (0..count).map(|at| day("2022-01-01").plus(at * 730 / count).to_string()).collect()
    }

    fn with<'a>(usual: &'a [String], more: &[&'a str]) -> Vec<&'a str> {
        usual.iter().map(String::as_str).chain(more.iter().copied()).collect()
    }

    #[test]
    fn a_single_date_far_from_ten_others_is_odd() {
        let ten = usual(10);
        assert_eq!(odd(&with(&ten, &["2042-05-01", "2015-01-01"])), ["2015-01-01", "2042-05-01"]);
        assert!(odd(&with(&ten, &["2027-12-01", "2018-01-01"])).is_empty(), "near enough");
        assert!(odd(&with(&usual(7), &["2042-05-01"])).is_empty(), "too few to tell");
    }

    #[test]
    fn a_pause_of_years_makes_nothing_odd() {
        let mut all = usual(300);
        all.extend((0..10).map(|at| day("2009-03-01").plus(at).to_string()));
        assert!(odd(&with(&all, &[])).is_empty());
        all.truncate(303);
        assert_eq!(odd(&with(&all, &[])).len(), 3, "but 3 of 303 are");
    }

    #[test]
    fn placeholders_are_odd_however_many_they_are() {
        let ten = usual(10);
        let nulls = ["1970-01-01"; 12];
        assert_eq!(odd(&with(&ten, &nulls)).len(), 12);
        assert!(odd(&nulls).is_empty(), "there is nothing to compare with");
        assert!(odd(&["1969-06-01", "1969-12-31", "1970-01-01", "1970-08-09"]).is_empty(), "a shop of those years");
        let early: Vec<String> = (0..10).map(|at| day("1982-03-01").plus(at * 40).to_string()).collect();
        assert_eq!(odd(&with(&early, &["1980-01-01"])), ["1980-01-01"], "near, yet the beginning of a calendar");
        assert_eq!(odd(&with(&ten, &["0001-01-01", "9999-12-31"])), ["0001-01-01", "9999-12-31"]);
    }
}
