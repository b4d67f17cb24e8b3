//! The parts of a date as a cell has them, before it is known in which order the column writes them.

use super::blank::{is_blank, trim};
use super::dates::{DateError, DateOrder};
use super::{months, weekdays};
use crate::math::Day;

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
