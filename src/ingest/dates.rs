//! Dates: cells to days, and to the second of the day where a time is given.
//!
//! A date counts as written, in the file's own local time: a zone behind it is read over, so that no figure depends on
//! where the file is looked at.

use serde::{Deserialize, Serialize};

use super::blank::{is_blank, trim};
use super::date_scan::{Date, scan};
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

#[cfg(test)]
#[path = "dates_tests.rs"]
mod tests;
