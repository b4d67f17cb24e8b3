//! Dates: cells to days, and to the second of the day where a time is given.
//!
//! A date counts as written, in the file's own local time: a zone behind it is read over, so that no figure depends on
//! where the file is looked at.

use serde::{Deserialize, Serialize};

use super::blank::{is_blank, trim};
use super::{months, weekdays};
use crate::math::Day;

pub use super::certainty::Certainty;
pub use super::date_evidence::{DateDecision, DateEvidence};

/// The order of day, month and year in a column of dates, or what its numbers count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// 2026-09-30.
    #[default]
    YearMonthDay,
    /// 30/09/2026.
    DayMonthYear,
    /// 09/30/2026.
    MonthDayYear,
    /// Days since 1899-12-30, as spreadsheets count them; a fraction is the time.
    ExcelSerial,
    /// Seconds since 1970-01-01, UTC.
    EpochSeconds,
    /// Milliseconds since 1970-01-01, UTC.
    EpochMillis,
}

impl DateOrder {
    /// All, in the order in which a person is offered them.
    pub const ALL: [DateOrder; 6] = [
        DateOrder::YearMonthDay,
        DateOrder::DayMonthYear,
        DateOrder::MonthDayYear,
        DateOrder::ExcelSerial,
        DateOrder::EpochSeconds,
        DateOrder::EpochMillis,
    ];

    /// The name in receipts and on the command line: `year-month-day`, `day-month-year`, ...
    pub fn name(self) -> &'static str {
        match self {
            DateOrder::YearMonthDay => "year-month-day",
            DateOrder::DayMonthYear => "day-month-year",
            DateOrder::MonthDayYear => "month-day-year",
            DateOrder::ExcelSerial => "excel-serial",
            DateOrder::EpochSeconds => "epoch-seconds",
            DateOrder::EpochMillis => "epoch-millis",
        }
    }

    /// The order of a name that [`DateOrder::name`] gives.
    pub fn from_name(name: &str) -> Option<DateOrder> {
        DateOrder::ALL.into_iter().find(|order| order.name() == name)
    }

    /// Whether dates are plain numbers that count from a fixed day.
    pub fn is_count(self) -> bool {
        matches!(self, DateOrder::ExcelSerial | DateOrder::EpochSeconds | DateOrder::EpochMillis)
    }
}

/// A cell read as a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The day.
    pub day: Day,
    /// Second of the day, 0 to 86,399, where a time is given.
    pub second: Option<u32>,
}

/// Why a cell is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// It says that there is no value.
    Empty,
    /// It can't be read as a date.
    NotADate,
    /// It is written like a date, but the calendar has no such day: `31/02/2026`.
    NoSuchDay,
}

/// Reads a cell as a date.
///
/// Read are: `2026-09-30`, `2026/09/30`, `20260930`; day and month first with `/`, `.` or `-`, also with two-digit
/// years (00 to 68 are 2000 to 2068); names of months in seven languages (`months`) in any usual place, also as
/// `3. März 2026` and `3 de marzo de 2026`; behind it a time with `T`, space or
/// comma, seconds, fractions, am or pm, and a zone. A date that begins with its year is read as such in every order.
///
/// # Errors
///
/// See [`DateError`].
pub fn parse(cell: &[u8], order: DateOrder) -> Result<Moment, DateError> {
    if order.is_count() {
        return parse_count(cell, order);
    }
    if let Some(moment) = parse_iso(cell) {
        return Ok(moment);
    }
    let scanned = scan(cell)?;
    let day = scanned.date.day(order).ok_or(DateError::NoSuchDay)?;
    Ok(Moment { day, second: scanned.second })
}

/// The usual case: `2026-09-30`, or with ` 10:56:33` behind it.
#[inline]
fn parse_iso(cell: &[u8]) -> Option<Moment> {
    let two = |at: usize| match (cell[at], cell[at + 1]) {
        (a @ b'0'..=b'9', b @ b'0'..=b'9') => Some(u32::from(a - b'0') * 10 + u32::from(b - b'0')),
        _ => None,
    };
    if !matches!(cell.len(), 10 | 19) || cell[4] != b'-' || cell[7] != b'-' {
        return None;
    }
    let day = Date::Fixed { year: two(0)? * 100 + two(2)?, month: two(5)?, day: two(8)? }.day(DateOrder::default())?;
    if cell.len() == 10 {
        return Some(Moment { day, second: None });
    }
    second_of_day(&cell[10..]).map(|second| Moment { day, second: Some(second) })
}

/// The second of the day of a time as it mostly stands behind a date: ` 10:56:33`.
#[inline]
pub fn second_of_day(time: &[u8]) -> Option<u32> {
    let &[b' ' | b'T', h, hh, b':', m, mm, b':', s, ss] = time else { return None };
    let two = |tens: u8, ones: u8| {
        let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
        (tens < 10 && ones < 10).then_some(u32::from(tens) * 10 + u32::from(ones))
    };
    let (hour, minute, second) = (two(h, hh)?, two(m, mm)?, two(s, ss)?);
    (hour < 24 && minute < 60 && second < 60).then_some(hour * 3600 + minute * 60 + second)
}

/// Whether a cell begins with four digits and more, as dates do that are written year first. They say nothing about the
/// order of day and month.
#[inline]
pub fn begins_with_year(cell: &[u8]) -> bool {
    cell.first_chunk::<5>().is_some_and(|start| start[..4].iter().all(u8::is_ascii_digit))
}

/// Reads a number that counts days, seconds or milliseconds.
fn parse_count(cell: &[u8], order: DateOrder) -> Result<Moment, DateError> {
    if is_blank(cell) {
        return Err(DateError::Empty);
    }
    let (whole, fraction) = count(trim(cell)).ok_or(DateError::NotADate)?;
    let (days, second) = match order {
        DateOrder::ExcelSerial => (whole - 25_569, (fraction * 86_400 + 500_000) / 1_000_000),
        DateOrder::EpochMillis => (whole / 86_400_000, whole / 1_000 % 86_400),
        _ => (whole / 86_400, whole % 86_400),
    };
    let timed = order != DateOrder::ExcelSerial || fraction > 0;
    // Year 9999 is the last that a calendar day can have.
    let day = i32::try_from(days).ok().filter(|days| *days <= 2_932_896).ok_or(DateError::NoSuchDay)?;
    Ok(Moment { day: Day(day), second: timed.then_some(second.min(86_399) as u32) })
}

/// A plain number: its whole part, and the millionths behind it.
pub(super) fn count(text: &[u8]) -> Option<(i64, i64)> {
    let split = text.iter().position(|byte| *byte == b'.').unwrap_or(text.len());
    let (whole, part) = (&text[..split], text.get(split + 1..).unwrap_or(&[]));
    if !(1..=15).contains(&whole.len()) || !whole.iter().chain(part).all(u8::is_ascii_digit) {
        return None;
    }
    let number = |digits: &[u8]| digits.iter().fold(0, |value, byte| value * 10 + i64::from(byte - b'0'));
    let places = part.len().min(6);
    Some((number(whole), number(&part[..places]) * 10i64.pow(6 - places as u32)))
}

/// The parts of a date as they stand in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Date {
    /// What is what is plain: the year stands first, or the month has a name.
    Fixed { year: u32, month: u32, day: u32 },
    /// Three numbers; the last has four digits or two.
    Numbers { first: u32, second: u32, last: u32, four_digits: bool },
}

impl Date {
    /// The day under an order, where the calendar has it.
    pub(super) fn day(self, order: DateOrder) -> Option<Day> {
        let (year, month, day) = match (self, order) {
            (Date::Fixed { year, month, day }, _) => (year, month, day),
            (Date::Numbers { first, second, last, four_digits: false }, DateOrder::YearMonthDay) => {
                (full_year(first), second, last)
            }
            (Date::Numbers { .. }, DateOrder::YearMonthDay) => return None,
            (Date::Numbers { first, second, last, four_digits }, order) => {
                let year = if four_digits { last } else { full_year(last) };
                if order == DateOrder::MonthDayYear { (year, first, second) } else { (year, second, first) }
            }
        };
        if year == 0 {
            return None;
        }
        Day::from_ymd(year as i32, month as i32, day as i32)
    }
}

/// 00 to 68 are 2000 to 2068, 69 to 99 are 1969 to 1999.
fn full_year(two_digits: u32) -> u32 {
    two_digits + if two_digits < 69 { 2000 } else { 1900 }
}

/// A cell that is written like a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scanned {
    pub(super) date: Date,
    pub(super) second: Option<u32>,
}

/// Reads the parts of a date, and the time.
pub(super) fn scan(cell: &[u8]) -> Result<Scanned, DateError> {
    let text = trim(cell);
    // What is no date mostly shows at once: no digit among the first few bytes is only right behind a name.
    if !text.first().is_some_and(u8::is_ascii_alphanumeric) || text.len() > 64 {
        return Err(if is_blank(text) { DateError::Empty } else { DateError::NotADate });
    }
    let mut cursor = Cursor { text };
    let scanned = cursor.date().and_then(|date| {
        let second = cursor.time()?;
        Some(Scanned { date, second })
    });
    match scanned {
        Some(scanned) if cursor.text.is_empty() => Ok(scanned),
        _ if is_blank(text) => Err(DateError::Empty),
        _ => Err(DateError::NotADate),
    }
}

/// The rest of a cell. Each step takes what it reads off the front, or says that it is not there.
struct Cursor<'a> {
    text: &'a [u8],
}

impl<'a> Cursor<'a> {
    fn take_while(&mut self, fits: impl Fn(u8) -> bool) -> &'a [u8] {
        let length = self.text.iter().position(|byte| !fits(*byte)).unwrap_or(self.text.len());
        let (taken, rest) = self.text.split_at(length);
        self.text = rest;
        taken
    }

    fn take(&mut self, byte: u8) -> bool {
        let there = self.text.first() == Some(&byte);
        if there {
            self.text = &self.text[1..];
        }
        there
    }

    fn spaces(&mut self) -> bool {
        !self.take_while(|byte| byte == b' ').is_empty()
    }

    /// A whole number, and how many digits it has.
    fn number(&mut self) -> Option<(u32, usize)> {
        let digits = self.take_while(|byte| byte.is_ascii_digit());
        let value = digits.iter().take(9).fold(0, |value, byte| value * 10 + u32::from(byte - b'0'));
        (1..=9).contains(&digits.len()).then_some((value, digits.len()))
    }

    /// A number of at most two digits.
    fn short_number(&mut self) -> Option<u32> {
        self.number().filter(|(_, digits)| *digits <= 2).map(|(value, _)| value)
    }

    /// What stands between day, month and year: one sign, or only spaces (given as a space).
    fn separator(&mut self) -> Option<u8> {
        let spaced = self.spaces();
        match self.text.first() {
            Some(&sign @ (b'-' | b'/' | b'.' | b',')) => {
                self.text = &self.text[1..];
                self.spaces();
                Some(sign)
            }
            _ => spaced.then_some(b' '),
        }
    }

    fn date(&mut self) -> Option<Date> {
        if self.text.first()?.is_ascii_alphabetic() {
            return self.date_from_word();
        }
        if let Some(compact) = self.compact_date() {
            return Some(compact);
        }
        let (first, digits) = self.number()?;
        if digits == 4 {
            let sign = self.separator()?;
            if let Some(month) = self.month() {
                self.separator()?;
                return Some(Date::Fixed { year: first, month, day: self.short_number()? });
            }
            let month = self.short_number()?;
            let same = sign != b' ' && self.separator()? == sign;
            return same.then_some(Date::Fixed { year: first, month, day: self.short_number()? });
        }
        if digits > 2 {
            return None;
        }
        self.ordinal();
        let sign = self.separator()?;
        self.of();
        if let Some(month) = self.month() {
            self.take(b'.');
            self.separator()?;
            self.of();
            return Some(Date::Fixed { year: self.year()?, month, day: first });
        }
        let second = self.short_number()?;
        if matches!(sign, b' ' | b',') || self.separator()? != sign {
            return None;
        }
        match self.number()? {
            (last, digits @ (2 | 4)) => Some(Date::Numbers { first, second, last, four_digits: digits == 4 }),
            _ => None,
        }
    }

    /// `Sep 30, 2026`, or a day of the week in front of any date.
    fn date_from_word(&mut self) -> Option<Date> {
        let mut ahead = Cursor { text: self.text };
        if let Some(date) = ahead.date_after_month() {
            self.text = ahead.text;
            return Some(date);
        }
        // `mar. 4 mars 2025` begins like a month, too.
        self.text = &self.text[weekdays::leading(self.text)?..];
        self.spaces();
        self.one_of(&[b"den ", b"le ", b"el "]);
        // One day of the week, not several.
        if self.text.first()?.is_ascii_digit() || self.month_ahead() { self.date() } else { None }
    }

    fn date_after_month(&mut self) -> Option<Date> {
        let month = self.month()?;
        self.take(b'.');
        self.separator()?;
        let day = self.short_number()?;
        self.ordinal();
        self.separator()?;
        Some(Date::Fixed { year: self.year()?, month, day })
    }

    /// `20260930`, also with the time right behind it.
    fn compact_date(&mut self) -> Option<Date> {
        let digits = self.text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if !matches!(digits, 8 | 14) {
            return None;
        }
        let number = |range: std::ops::Range<usize>| {
            self.text[range].iter().fold(0, |value, byte| value * 10 + u32::from(byte - b'0'))
        };
        let (year, month, day) = (number(0..4), number(4..6), number(6..8));
        // Other numbers of eight digits are no dates.
        let plausible = (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        plausible.then(|| {
            self.text = &self.text[8..];
            Date::Fixed { year, month, day }
        })
    }

    fn month_ahead(&self) -> bool {
        Cursor { text: self.text }.month().is_some()
    }

    fn month(&mut self) -> Option<u32> {
        let (month, length) = months::leading(self.text)?;
        self.text = &self.text[length..];
        Some(month)
    }

    /// The `de` of `3 de marzo de 2026`, with the space behind it.
    fn of(&mut self) {
        self.one_of(&[b"de ", b"del ", b"di "]);
    }

    fn one_of(&mut self, words: &[&[u8]]) {
        for word in words {
            if self.text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)) {
                self.text = &self.text[word.len()..];
                self.spaces();
                return;
            }
        }
    }

    fn year(&mut self) -> Option<u32> {
        self.take(b'\'');
        match self.number()? {
            (year, 4) => Some(year),
            (year, 2) => Some(full_year(year)),
            _ => None,
        }
    }

    /// The `th` of `30th`, the `er` of `1er`, the `º` of `1º`.
    fn ordinal(&mut self) {
        let Some([a, b]) = self.text.first_chunk::<2>() else { return };
        let suffix = [a.to_ascii_lowercase(), b.to_ascii_lowercase()];
        if [*b"st", *b"nd", *b"rd", *b"th", *b"er", [0xC2, 0xB0], [0xC2, 0xBA]].contains(&suffix) {
            self.text = &self.text[2..];
        }
    }

    /// The time behind a date: `Some(None)` where there is none, `None` where there is something else.
    fn time(&mut self) -> Option<Option<u32>> {
        let packed = self.text.len() == 6 && self.text.iter().all(u8::is_ascii_digit);
        self.take(b',');
        let parted = self.spaces() | self.take(b'T') || self.take(b't') || packed;
        if self.text.is_empty() {
            return Some(None);
        }
        if !self.text[0].is_ascii_digit() {
            return self.zone().then_some(None);
        }
        if !parted {
            return None;
        }
        let (hour, minute, second) = match self.number()? {
            (time, 6) => (time / 10_000, time / 100 % 100, time % 100),
            (time, 4) => (time / 100, time % 100, 0),
            (hour, 1 | 2) => {
                let minute = if self.take(b':') { Some(self.short_number()?) } else { None };
                let second = if minute.is_some() && self.take(b':') { self.short_number()? } else { 0 };
                if minute.is_none() && !matches!(self.text.trim_ascii_start().first(), Some(b'a' | b'A' | b'p' | b'P'))
                {
                    return None;
                }
                (hour, minute.unwrap_or(0), second)
            }
            _ => return None,
        };
        if matches!(self.text.first(), Some(b'.' | b',')) {
            self.text = &self.text[1..];
            self.number()?;
        }
        let hour = self.half_of_day(hour)?;
        let exists = hour < 24 && minute < 60 && second <= 60 && self.zone();
        exists.then(|| Some(hour * 3600 + minute * 60 + second.min(59)))
    }

    /// The hour of the day, with am or pm taken into account.
    fn half_of_day(&mut self, hour: u32) -> Option<u32> {
        let rest = self.text.trim_ascii_start();
        // `PM`, `pm` and `p.m.`
        let half = match rest {
            [half, b'm' | b'M', rest @ ..] | [half, b'.', b'm' | b'M', b'.', rest @ ..] => Some((half | 0x20, rest)),
            _ => None,
        };
        let Some((half @ (b'a' | b'p'), rest)) = half else { return Some(hour) };
        if rest.first().is_some_and(u8::is_ascii_alphabetic) || !(1..=12).contains(&hour) {
            return None;
        }
        self.text = rest;
        Some(hour % 12 + if half == b'p' { 12 } else { 0 })
    }

    /// Reads over a zone: `Z`, `+02:00`, ` -0800`, ` UTC`, ` GMT+0200 (CEST)`, `[Europe/Berlin]`. Whether nothing else
    /// is left.
    fn zone(&mut self) -> bool {
        loop {
            self.spaces();
            let done = match self.text.first() {
                None => return true,
                Some(b'+' | b'-') => {
                    self.text = &self.text[1..];
                    let digits = self.take_while(|byte| byte.is_ascii_digit() || byte == b':');
                    matches!(digits.len(), 2..=8)
                }
                Some(b'(' | b'[') => {
                    self.take_while(|byte| !matches!(byte, b')' | b']'));
                    self.take(b')') || self.take(b']')
                }
                Some(b'A'..=b'Z') => self.take_while(|byte| byte.is_ascii_uppercase()).len() <= 5,
                Some(_) => false,
            };
            if !done {
                return false;
            }
        }
    }
}

#[cfg(test)]
#[path = "dates_tests.rs"]
mod tests;
