//! Amounts: cells to exact numbers in ten-thousandths.

use serde::{Deserialize, Serialize};

use super::blank::{is_blank, leading_space, trim};
use super::currency;

pub use super::certainty::Certainty;
pub use super::currency::currency_code;
pub use super::decimal_evidence::DecimalEvidence;

/// The sign between whole and part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecimalSign {
    /// 1,234.50
    #[default]
    Point,
    /// 1.234,50
    Comma,
}

impl DecimalSign {
    /// The sign itself.
    pub fn char(self) -> char {
        char::from(self.byte())
    }

    fn byte(self) -> u8 {
        match self {
            DecimalSign::Point => b'.',
            DecimalSign::Comma => b',',
        }
    }

    /// The other sign, which may stand between thousands.
    pub fn other(self) -> DecimalSign {
        match self {
            DecimalSign::Point => DecimalSign::Comma,
            DecimalSign::Comma => DecimalSign::Point,
        }
    }
}

/// A cell read as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// Ten-thousandths, rounded half away from zero.
    pub value: i64,
    /// Whether rounding changed it: there was more than a zero behind the fourth place.
    pub rounded: bool,
    /// ISO code of the currency sign, code or abbreviation beside it.
    pub currency: Option<&'static str>,
}

/// Why a cell is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// It says that there is no value.
    Empty,
    /// It can't be read as a number with this decimal sign.
    NotANumber,
    /// It is beyond ± 922 trillion.
    TooLarge,
}

/// Reads a cell as a number.
///
/// Read are: a sign before or after it, the minus of Unicode, parentheses for negative numbers; currency signs and
/// codes on either side; thousands set off by the other decimal sign, by spaces (also no-break ones) or apostrophes,
/// in groups of three or in the Indian way; an exponent; `12,-` for a round price.
///
/// # Errors
///
/// See [`NumberError`]. Groups of any other length are no number: with a point as decimal sign, `12,5` is not read.
pub fn parse(cell: &[u8], decimal: DecimalSign) -> Result<Number, NumberError> {
    if let Some(value) = parse_plain(cell, decimal.byte()) {
        return Ok(Number { value, rounded: false, currency: None });
    }
    if is_blank(cell) {
        return Err(NumberError::Empty);
    }
    let bare = peel(cell).ok_or(NumberError::NotANumber)?;
    let (magnitude, rounded) = parse_digits(bare.digits, decimal)?;
    let signed = if bare.negative { -magnitude } else { magnitude };
    let value = i64::try_from(signed).map_err(|_| NumberError::TooLarge)?;
    Ok(Number { value, rounded, currency: bare.currency })
}

/// The usual case: digits with at most four places, and perhaps a minus.
#[derive(Clone, Copy, Debug)]
pub struct Plain {
    /// Ten-thousandths.
    pub value: i64,
    /// Digits before the decimal sign.
    pub whole: usize,
    /// Digits behind the decimal sign, where there is one.
    pub places: Option<usize>,
}

fn parse_plain(cell: &[u8], decimal: u8) -> Option<i64> {
    plain(cell, decimal).map(|plain| plain.value)
}

impl DecimalSign {
    /// Reads a cell in the usual form, without a look at anything else: what is written otherwise is for [`parse`].
    #[inline]
    pub fn plain(self, cell: &[u8]) -> Option<Plain> {
        plain(cell, self.byte())
    }
}

#[inline]
fn plain(cell: &[u8], decimal: u8) -> Option<Plain> {
    let (negative, digits) = match cell {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || digits.len() > 14 {
        return None;
    }
    let (mut value, mut sign) = (0i64, None);
    for (at, &byte) in digits.iter().enumerate() {
        if byte.is_ascii_digit() {
            value = value * 10 + i64::from(byte - b'0');
        } else if byte == decimal && sign.is_none() {
            sign = Some(at);
        } else {
            return None;
        }
    }
    let places = sign.map(|at| digits.len() - at - 1);
    let places_or_none = places.unwrap_or(0);
    if places_or_none > 4 || (sign.is_some() && digits.len() == 1) {
        return None;
    }
    let scaled = value * [10_000, 1_000, 100, 10, 1][places_or_none];
    Some(Plain { value: if negative { -scaled } else { scaled }, whole: sign.unwrap_or(digits.len()), places })
}

/// A cell without what stands around the digits.
pub(super) struct Bare<'a> {
    pub(super) digits: &'a [u8],
    negative: bool,
    currency: Option<&'static str>,
}

/// Takes signs, parentheses and currencies off both ends. Nothing where something else stands there.
pub(super) fn peel(cell: &[u8]) -> Option<Bare<'_>> {
    let mut text = trim(cell);
    let (mut minus, mut plus, mut open, mut close) = (0, 0, 0, 0);
    let mut currency: Option<Option<&'static str>> = None;
    // Spreadsheets mark text with an apostrophe in front.
    text = text.strip_prefix(b"'").unwrap_or(text);
    loop {
        text = trim(text);
        match *text.first()? {
            b'-' => (minus, text) = (minus + 1, &text[1..]),
            b'+' => (plus, text) = (plus + 1, &text[1..]),
            b'(' => (open, text) = (open + 1, &text[1..]),
            b'0'..=b'9' | b'.' | b',' => break,
            _ if text.starts_with("\u{2212}".as_bytes()) => (minus, text) = (minus + 1, &text[3..]),
            _ => {
                let length = text.iter().position(|byte| ends_token(*byte)).unwrap_or(text.len());
                // `Rs.500`: the point is part of the abbreviation.
                let dotted = text.get(length) == Some(&b'.') && currency::token(&text[..=length]).is_some();
                let (word, rest) = text.split_at(length + usize::from(dotted));
                let word = word.strip_suffix("\u{2212}".as_bytes()).map_or(word, |word| {
                    minus += 1;
                    word
                });
                if currency.replace(currency::token(trim(word))?).is_some() {
                    return None;
                }
                // `R1001` is a number of something; `R 1001` and `R10.01` are rand.
                if word.eq_ignore_ascii_case(b"R") && rest.iter().all(u8::is_ascii_digit) {
                    return None;
                }
                text = rest;
            }
        }
    }
    loop {
        text = trim(text);
        match *text.last()? {
            b'0'..=b'9' => break,
            // No cents: `12,-` and `12.--`.
            b'-' if ends_in_round_price(text) => {
                let end = text.iter().rposition(|byte| *byte != b'-')?;
                text = &text[..end];
            }
            b'-' => (minus, text) = (minus + 1, &text[..text.len() - 1]),
            b'+' => (plus, text) = (plus + 1, &text[..text.len() - 1]),
            b')' => (close, text) = (close + 1, &text[..text.len() - 1]),
            _ if text.ends_with("\u{2212}".as_bytes()) => (minus, text) = (minus + 1, &text[..text.len() - 3]),
            _ => {
                let body = text.strip_suffix(b".").unwrap_or(text);
                let start = body.iter().rposition(|byte| ends_token(*byte)).map_or(0, |at| at + 1);
                if start == body.len() {
                    break;
                }
                let found = currency::token(trim(&text[start..])).or_else(|| currency::token(trim(&body[start..])));
                if currency.replace(found?).is_some() {
                    return None;
                }
                text = &text[..start];
            }
        }
    }
    let balanced = open == close && open <= 1 && minus + plus + open <= 1;
    balanced.then_some(Bare { digits: text, negative: minus + open == 1, currency: currency.flatten() })
}

/// Where a word beside a number ends.
fn ends_token(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b' ' | b'\t' | b'-' | b'+' | b'(' | b')' | b'.' | b',')
}

fn ends_in_round_price(text: &[u8]) -> bool {
    let body = text.trim_ascii_end();
    let dashes = body.iter().rev().take_while(|byte| **byte == b'-').count();
    dashes <= 2 && matches!(body.get(body.len().wrapping_sub(dashes + 1)), Some(b',' | b'.'))
}

/// Digits with group signs, a decimal sign and an exponent to ten-thousandths, and whether they were rounded.
fn parse_digits(text: &[u8], decimal: DecimalSign) -> Result<(i128, bool), NumberError> {
    let (mantissa, exponent) = match text.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(at) => (&text[..at], parse_exponent(&text[at + 1..])?),
        None => (text, 0),
    };
    let split = mantissa.iter().position(|byte| *byte == decimal.byte());
    let (whole, part) = split.map_or((mantissa, &[][..]), |at| (&mantissa[..at], &mantissa[at + 1..]));
    if !part.iter().all(u8::is_ascii_digit) {
        return Err(NumberError::NotANumber);
    }
    let mut digits = Digits::default();
    read_groups(whole, decimal.other().byte(), &mut digits)?;
    if whole.is_empty() && part.is_empty() {
        return Err(NumberError::NotANumber);
    }
    part.iter().for_each(|byte| digits.push(byte - b'0', true));
    digits.scaled(exponent + 4)
}

fn parse_exponent(text: &[u8]) -> Result<i32, NumberError> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    if !(1..=3).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return Err(NumberError::NotANumber);
    }
    let value = digits.iter().fold(0, |value, byte| value * 10 + i32::from(byte - b'0'));
    Ok(if negative { -value } else { value })
}

/// Digits so far: those that an `i128` surely holds.
#[derive(Default)]
struct Digits {
    value: i128,
    /// Power of ten that `value` is to be divided by (or, below zero, multiplied with).
    places: i32,
    /// A digit other than zero was beyond what is held.
    dropped: bool,
}

impl Digits {
    fn push(&mut self, digit: u8, behind: bool) {
        if self.value >= 10i128.pow(30) {
            self.dropped |= digit != 0;
            self.places -= i32::from(!behind);
        } else {
            self.value = self.value * 10 + i128::from(digit);
            self.places += i32::from(behind);
        }
    }

    /// The digits times ten to the `power`, rounded half away from zero.
    fn scaled(&self, power: i32) -> Result<(i128, bool), NumberError> {
        let shift = power - self.places;
        if self.value == 0 {
            return Ok((0, self.dropped));
        }
        if shift >= 0 {
            let factor = 10i128.checked_pow(shift.unsigned_abs()).ok_or(NumberError::TooLarge)?;
            let value = self.value.checked_mul(factor).ok_or(NumberError::TooLarge)?;
            return Ok((value, self.dropped));
        }
        let Some(divisor) = 10i128.checked_pow(shift.unsigned_abs()) else { return Ok((0, true)) };
        let rest = self.value % divisor;
        let up = i128::from(rest >= divisor - rest);
        Ok((self.value / divisor + up, rest != 0 || self.dropped))
    }
}

/// Reads whole digits in groups: of three, or of two with three at the end as in India.
fn read_groups(whole: &[u8], group_sign: u8, digits: &mut Digits) -> Result<(), NumberError> {
    let (mut at, mut length) = (0, 0);
    let mut sign: Option<&[u8]> = None;
    // Lengths of the groups: of the first, and whether all between it and the last have two or three digits.
    let (mut first, mut twos, mut threes) = (0, true, true);
    while at < whole.len() {
        let byte = whole[at];
        if byte.is_ascii_digit() {
            digits.push(byte - b'0', false);
            length += 1;
            at += 1;
            continue;
        }
        let width = group_sign_width(&whole[at..], group_sign);
        let this = &whole[at..at + width];
        if width == 0 || length == 0 || sign.is_some_and(|sign| sign != this) {
            return Err(NumberError::NotANumber);
        }
        if sign.is_none() {
            first = length;
        } else {
            twos &= length == 2;
            threes &= length == 3;
        }
        sign = Some(this);
        length = 0;
        at += width;
    }
    let western = threes && (1..=3).contains(&first);
    let indian = twos && (1..=2).contains(&first);
    if sign.is_some() && (length != 3 || !(western || indian)) {
        return Err(NumberError::NotANumber);
    }
    Ok(())
}

/// The length of the group sign that a text begins with, 0 where there is none.
fn group_sign_width(text: &[u8], group_sign: u8) -> usize {
    match text[0] {
        b'\'' => 1,
        byte if byte == group_sign => 1,
        0xE2 if text.starts_with("\u{2019}".as_bytes()) => 3,
        _ => leading_space(text),
    }
}

#[cfg(test)]
#[path = "numbers_tests.rs"]
mod tests;
