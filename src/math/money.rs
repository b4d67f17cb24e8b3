//! Exact money: whole ten-thousandths of the currency unit in an `i64`.
//!
//! Sums of fixed-point integers do not depend on their order, so a total is the same whichever way a file was cut or
//! shuffled. The range is ± 922 trillion units; amounts that would leave it when added up are refused as they are read.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An exact amount of money in ten-thousandths of the currency unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(pub i64);

/// Ten-thousandths in one currency unit.
pub const SCALE: i64 = 10_000;

impl Money {
    /// No money.
    pub const ZERO: Money = Money(0);

    /// A whole number of currency units.
    pub const fn units(units: i64) -> Money {
        Money(units * SCALE)
    }

    /// The amount in currency units, as a binary float; for ratios and drawing, never for sums.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / SCALE as f64
    }

    /// Quantity times unit price, both in ten-thousandths, rounded half away from zero.
    ///
    /// Nothing where the product leaves the range.
    pub fn from_product(quantity: i64, unit_price: Money) -> Option<Money> {
        // What nearly every product is needs no wide numbers, which are slow.
        if let (Ok(quantity), Ok(price)) = (i32::try_from(quantity), i32::try_from(unit_price.0)) {
            let exact = i64::from(quantity) * i64::from(price);
            return Some(Money((exact + SCALE / 2 * exact.signum()) / SCALE));
        }
        let exact = i128::from(quantity) * i128::from(unit_price.0);
        let half = i128::from(SCALE / 2) * exact.signum();
        i64::try_from((exact + half) / i128::from(SCALE)).ok().map(Money)
    }
}

impl fmt::Display for Money {
    /// A decimal with at least two and at most four places: `12.50`, `-0.0125`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / SCALE as u64, self.0.unsigned_abs() % SCALE as u64);
        match (part % 100, part % 10) {
            (0, _) => write!(f, "{sign}{whole}.{:02}", part / 100),
            (_, 0) => write!(f, "{sign}{whole}.{:03}", part / 10),
            _ => write!(f, "{sign}{whole}.{part:04}"),
        }
    }
}

impl std::str::FromStr for Money {
    type Err = String;

    /// Reads what [`Display`](fmt::Display) writes, and plain decimals of up to four places.
    fn from_str(text: &str) -> Result<Money, String> {
        let wrong = || format!("'{text}' is no decimal number with at most four places");
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        if part.len() > 4 || (whole.is_empty() && part.is_empty()) {
            return Err(wrong());
        }
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(part) {
            return Err(wrong());
        }
        let scaled: i64 = format!("{whole}{part:0<4}").parse().map_err(|_| wrong())?;
        Ok(Money(if negative { -scaled } else { scaled }))
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { self.0.serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
        if !deserializer.is_human_readable() {
            return i64::deserialize(deserializer).map(Money);
        }
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0 + other.0)
    }
}
impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0 - other.0)
    }
}
impl Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money(-self.0)
    }
}
impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        self.0 += other.0;
    }
}
impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(iter: I) -> Money {
        iter.fold(Money::ZERO, Add::add)
    }
}

/// A derived amount (a mean, a product with a rate): a float in currency units that serialises as a decimal string.
///
/// The shortest decimal that reads back to the same float, never with an exponent.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Derived(pub f64);

impl Derived {
    /// The amount where it is a number: a rate with an empty denominator has none.
    pub fn finite(value: f64) -> Option<Derived> {
        value.is_finite().then_some(Derived(value))
    }
}

impl Serialize for Derived {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(&self.0) } else { self.0.serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for Derived {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Derived, D::Error> {
        if !deserializer.is_human_readable() {
            return f64::deserialize(deserializer).map(Derived);
        }
        String::deserialize(deserializer)?.parse().map(Derived).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_two_to_four_places_and_reads_them_back() {
        for (raw, text) in [(0, "0.00"), (125_000, "12.50"), (-125, "-0.0125"), (1_230, "0.123"), (10_000, "1.00")] {
            assert_eq!(Money(raw).to_string(), text);
            assert_eq!(text.parse::<Money>().unwrap(), Money(raw));
        }
        assert!("1.23456".parse::<Money>().is_err());
        assert!("1e3".parse::<Money>().is_err());
        assert!("".parse::<Money>().is_err());
    }

    #[test]
    fn a_product_rounds_half_away_from_zero() {
        assert_eq!(Money::from_product(30_000, Money(12_500)), Some(Money(37_500)));
        assert_eq!(Money::from_product(5_000, Money(1)), Some(Money(1)));
        assert_eq!(Money::from_product(-5_000, Money(1)), Some(Money(-1)));
        assert_eq!(Money::from_product(i64::MAX, Money(i64::MAX)), None);
    }

    #[test]
    fn derived_amounts_survive_json_to_the_bit() {
        for value in [0.1 + 0.2, 36.28, 1e-7, 123_456_789.123_456_78] {
            let json = serde_json::to_string(&Derived(value)).unwrap();
            assert!(!json.contains('e'), "{json}");
            assert_eq!(serde_json::from_str::<Derived>(&json).unwrap().0.to_bits(), value.to_bits());
        }
    }
}
