//! How numbers, money and dates are written (design.md, "Numbers").
//!
//! The page answers through the browser's `Intl`; [`Plain`] answers natively, the British way, for the command line and
//! for tests. What follows from these answers, such as how many places a rate deserves, is decided here, once.

use crate::math::money::Derived;
use crate::math::stats::Share;
use crate::math::{Day, Money, Unit};

/// What stands where a figure has no meaning: an empty denominator, a mean of nothing.
pub const NOT_DEFINED: &str = "not defined";

/// Rows from which a rate is written with one decimal.
const MANY: u64 = 400;

/// Writes values for people, in one language, with the currency of one report.
pub trait Format {
    /// An amount with its currency: without cents from 1,000 on, with them below. `€125,898`, `€36.13`, `−€4.20`.
    fn money(&self, amount: f64) -> String;

    /// An exact amount with its cents: `€264,977.40`.
    fn money_exact(&self, amount: Money) -> String;

    /// An amount for an axis: `€5k`, `€1.2M`.
    fn money_short(&self, amount: f64) -> String;

    /// A whole number: `3,069`.
    fn integer(&self, n: u64) -> String;

    /// A number with so many decimals: `1.69`.
    fn number(&self, value: f64, places: u8) -> String;

    /// A fraction as percent with so many decimals: `41.5%`.
    fn percent(&self, rate: f64, places: u8) -> String;

    /// A day: `30 Sep 2026`.
    fn day(&self, day: Day) -> String;

    /// A month written `YYYY-MM` in the report: `Sep 2026`. Other text comes back as it is.
    fn month(&self, month: &str) -> String;

    /// The short name of a month, 1 to 12: `Sep`.
    fn month_name(&self, month: i32) -> String;

    /// The currency in words, as a unit: `euros`. Nothing where the data does not tell it.
    fn currency_name(&self) -> Option<String>;

    /// A size of a file: `612 kB`.
    fn bytes(&self, n: u64) -> String;

    /// Today, where there is a clock; decides whether the last 12 months of the data may be called that.
    fn today(&self) -> Option<Day> {
        None
    }

    /// A derived amount, or [`NOT_DEFINED`].
    fn derived(&self, amount: Option<Derived>) -> String {
        amount.map_or_else(|| NOT_DEFINED.to_string(), |amount| self.money(amount.0))
    }

    /// A share as percent: one decimal from 400 on, whole below; [`NOT_DEFINED`] where nobody could.
    fn rate(&self, share: &Share) -> String {
        // None and all are exact; decimals would say that they are rounded.
        let places = if share.count == 0 || share.count == share.of { 0 } else { rate_places(share.of) };
        share.rate.map_or_else(|| NOT_DEFINED.to_string(), |rate| self.percent(rate, places))
    }

    /// A share as [`rate`](Format::rate) tells it; of fewer than ten as the counts themselves: `3 of 6`.
    fn rate_or_counts(&self, share: &Share) -> String {
        match share.of {
            0 | HANDFUL.. => self.rate(share),
            of => format!("{} of {}", self.integer(share.count), self.integer(of)),
        }
    }

    /// The 95 % interval of a share: `38.9% to 44.1%`.
    fn interval(&self, share: &Share) -> Option<String> {
        let places = rate_places(share.of);
        Some(format!("{} to {}", self.percent(share.low?, places), self.percent(share.high?, places)))
    }

    /// A plain fraction as whole percent, or [`NOT_DEFINED`].
    fn share(&self, fraction: Option<f64>) -> String {
        fraction.map_or_else(|| NOT_DEFINED.to_string(), |fraction| self.percent(fraction, 0))
    }

    /// A stretch of days: `1 day`, `73 days`.
    fn days(&self, days: f64) -> String {
        let whole = days.round().max(0.0) as u64;
        format!("{} {}", self.integer(whole), if whole == 1 { "day" } else { "days" })
    }

    /// How many of what: `1 customer`, `3,069 customers`. The noun takes a plain s.
    fn count(&self, n: u64, noun: &str) -> String {
        format!("{} {noun}{}", self.integer(n), if n == 1 { "" } else { "s" })
    }

    /// A period of a report (`2026-09`, `2026-Q3`, `2026`, `2026-09-28`) for people: `Jul–Sep 2026`.
    fn period(&self, label: &str, unit: Unit) -> String {
        match unit {
            Unit::Year => label.to_string(),
            Unit::Month => self.month(label),
            Unit::Quarter => match label.split_once("-Q").map(|(year, quarter)| (year, quarter.parse::<i32>())) {
                Some((year, Ok(quarter @ 1..=4))) => {
                    let (first, last) = (self.month_name(quarter * 3 - 2), self.month_name(quarter * 3));
                    format!("{first}–{last} {year}")
                }
                _ => label.to_string(),
            },
            Unit::Day | Unit::Week => label.parse().map_or_else(|_| label.to_string(), |day| self.day(day)),
        }
    }
}

/// Of fewer than so many, a percentage would say more than is known.
pub const HANDFUL: u64 = 10;

/// Decimals that a rate over so many deserves.
pub fn rate_places(of: u64) -> u8 {
    u8::from(of >= MANY)
}

/// The difference of two fractions in points: `3 points`, `1 point`, `0.4 points`.
pub fn points(difference: f64, f: &dyn Format) -> String {
    let size = (difference * 100.0).abs();
    let text = f.number(size, u8::from(size < 1.0));
    format!("{text} {}", if text == "1" { "point" } else { "points" })
}

/// A list in a sentence: `a`, `a and b`, `a, b and c`.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// A part of a whole in words a person would say: `about one in five`. Only for shares from 4 % to 75 %.
pub fn about_one_in(fraction: f64) -> Option<&'static str> {
    const WORDS: [(f64, &str); 11] = [
        (0.05, "about one in twenty"),
        (0.1, "about one in ten"),
        (1.0 / 7.0, "about one in seven"),
        (0.2, "about one in five"),
        (0.25, "about one in four"),
        (1.0 / 3.0, "about one in three"),
        (0.4, "about four in ten"),
        (0.5, "about half"),
        (0.6, "about six in ten"),
        (2.0 / 3.0, "about two in three"),
        (0.75, "about three in four"),
    ];
    let distance = |word: &(f64, &str)| (word.0 - fraction).abs();
    let nearest = WORDS.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    ((0.04..=0.79).contains(&fraction)).then_some(nearest.1)
}

/// The British way, without a browser.
#[derive(Clone, Debug, Default)]
pub struct Plain {
    /// ISO 4217 code; amounts are bare numbers without one.
    pub currency: Option<String>,
    /// Today, where it is known.
    pub today: Option<Day>,
}

impl Plain {
    /// For a currency, without a clock.
    pub fn new(currency: Option<&str>) -> Plain {
        Plain { currency: currency.map(str::to_string), today: None }
    }

    fn with_currency(&self, negative: bool, digits: &str) -> String {
        let sign = if negative { "−" } else { "" };
        match self.currency.as_deref() {
            None => format!("{sign}{digits}"),
            Some(code) => match symbol(code) {
                Some(symbol) => format!("{sign}{symbol}{digits}"),
                None => format!("{sign}{code}\u{a0}{digits}"),
            },
        }
    }

    /// Decimals of the currency's smallest coin.
    fn cents(&self) -> usize {
        match self.currency.as_deref() {
            Some("JPY" | "KRW" | "VND" | "CLP" | "ISK" | "HUF") => 0,
            _ => 2,
        }
    }
}

fn symbol(code: &str) -> Option<&'static str> {
    Some(match code {
        "EUR" => "€",
        "GBP" => "£",
        "USD" => "$",
        "JPY" => "¥",
        "INR" => "₹",
        _ => return None,
    })
}

/// Digits with a comma every three places, without a sign; whether a minus belongs before them.
fn grouped(value: f64, places: usize) -> (bool, String) {
    let digits = format!("{:.places$}", value.abs());
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut out = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !part.is_empty() {
        out.push('.');
        out.push_str(part);
    }
    let negative = value < 0.0 && out.bytes().any(|b| (b'1'..=b'9').contains(&b));
    (negative, out)
}

impl Format for Plain {
    fn money(&self, amount: f64) -> String {
        if !amount.is_finite() {
            return NOT_DEFINED.to_string();
        }
        // Rounded first, so that 999.997 is €1,000 and not €1,000.00.
        let whole = (amount.abs() * 100.0).round() >= 100_000.0;
        let (negative, digits) = grouped(amount, if whole { 0 } else { self.cents() });
        self.with_currency(negative, &digits)
    }

    fn money_exact(&self, amount: Money) -> String {
        // Through the decimal text, not through a float: cents stay exact at any size.
        let (text, places) = (amount.to_string(), self.cents());
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let part = part.trim_end_matches('0');
        let part = if part.len() < places { format!("{part:0<places$}") } else { part.to_string() };
        let negative = whole.starts_with('-');
        let whole: u64 = whole.trim_start_matches('-').parse().unwrap_or(0);
        let point = if part.is_empty() { "" } else { "." };
        self.with_currency(negative, &format!("{}{point}{part}", self.integer(whole)))
    }

    fn money_short(&self, amount: f64) -> String {
        if !amount.is_finite() {
            return NOT_DEFINED.to_string();
        }
        let size = amount.abs();
        let (scaled, suffix) = match size {
            s if s >= 999_500_000.0 => (s / 1e9, "bn"),
            s if s >= 999_500.0 => (s / 1e6, "M"),
            s if s >= 999.5 => (s / 1e3, "k"),
            s => (s, ""),
        };
        let places = match scaled {
            s if (s - s.round()).abs() < 1e-6 => 0,
            s if s >= 100.0 => 0,
            s if suffix.is_empty() && s < 10.0 => 2,
            _ => 1,
        };
        let (_, digits) = grouped(scaled, places);
        let digits = if places == 1 { digits.strip_suffix(".0").unwrap_or(&digits) } else { &digits };
        self.with_currency(amount < 0.0, &format!("{digits}{suffix}"))
    }

    fn integer(&self, n: u64) -> String {
        let digits = n.to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out
    }

    fn number(&self, value: f64, places: u8) -> String {
        if !value.is_finite() {
            return NOT_DEFINED.to_string();
        }
        let (negative, digits) = grouped(value, usize::from(places));
        format!("{}{digits}", if negative { "−" } else { "" })
    }

    fn percent(&self, rate: f64, places: u8) -> String {
        if !rate.is_finite() {
            return NOT_DEFINED.to_string();
        }
        format!("{}%", self.number(rate * 100.0, places))
    }

    fn day(&self, day: Day) -> String {
        let (year, month, of_month) = day.ymd();
        format!("{of_month} {} {year}", self.month_name(month))
    }

    fn month(&self, month: &str) -> String {
        match month.split_once('-').map(|(year, number)| (year, number.parse::<i32>())) {
            Some((year, Ok(number @ 1..=12))) => format!("{} {year}", self.month_name(number)),
            _ => month.to_string(),
        }
    }

    fn month_name(&self, month: i32) -> String {
        const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        NAMES[(month - 1).clamp(0, 11) as usize].to_string()
    }

    fn currency_name(&self) -> Option<String> {
        let code = self.currency.as_deref()?;
        Some(match code {
            "EUR" => "euros".to_string(),
            "GBP" => "pounds".to_string(),
            "USD" => "dollars".to_string(),
            "JPY" => "yen".to_string(),
            _ => code.to_string(),
        })
    }

    fn bytes(&self, n: u64) -> String {
        match n {
            0..1_000 => format!("{n} bytes"),
            1_000..999_500 => format!("{} kB", self.number(n as f64 / 1e3, u8::from(n < 9_950))),
            999_500..999_500_000 => format!("{} MB", self.number(n as f64 / 1e6, u8::from(n < 99_500_000))),
            _ => format!("{} GB", self.number(n as f64 / 1e9, 1)),
        }
    }

    fn today(&self) -> Option<Day> {
        self.today
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euros() -> Plain {
        Plain::new(Some("EUR"))
    }

    #[test]
    fn money_has_cents_below_a_thousand_only() {
        let f = euros();
        for (amount, text) in [
            (125_898.4, "€125,898"),
            (36.126, "€36.13"),
            (0.0, "€0.00"),
            (-4.2, "−€4.20"),
            (-0.001, "€0.00"),
            (999.997, "€1,000"),
            (999.99, "€999.99"),
            (1_234_567.0, "€1,234,567"),
            (f64::NAN, "not defined"),
        ] {
            assert_eq!(f.money(amount), text);
        }
        assert_eq!(Plain::new(None).money(36.126), "36.13");
        assert_eq!(Plain::new(Some("CHF")).money(36.126), "CHF\u{a0}36.13");
        assert_eq!(Plain::new(Some("JPY")).money(36.4), "¥36");
    }

    #[test]
    fn exact_money_keeps_every_cent_and_shows_more_places_where_there_are_some() {
        let f = euros();
        assert_eq!(f.money_exact(Money(2_649_774_000)), "€264,977.40");
        assert_eq!(f.money_exact(Money(-8_431_000)), "−€843.10");
        assert_eq!(f.money_exact(Money(12_345)), "€1.2345");
        assert_eq!(f.money_exact(Money(i64::MAX)), "€922,337,203,685,477.5807");
    }

    #[test]
    fn axes_get_short_amounts() {
        let f = euros();
        for (amount, text) in [
            (0.0, "€0"),
            (50.0, "€50"),
            (2.5, "€2.50"),
            (5_000.0, "€5k"),
            (7_500.0, "€7.5k"),
            (1_200_000.0, "€1.2M"),
            (999_600.0, "€1M"),
            (-15_000.0, "−€15k"),
        ] {
            assert_eq!(f.money_short(amount), text);
        }
    }

    #[test]
    fn rates_get_a_decimal_from_400_on() {
        let f = euros();
        assert_eq!(f.rate(&Share::new(570, 1372)), "41.5%");
        assert_eq!(f.rate(&Share::new(81, 263)), "31%");
        assert_eq!((f.rate(&Share::new(0, 500)), f.rate(&Share::new(500, 500))), ("0%".into(), "100%".into()));
        assert_eq!(f.rate(&Share::new(0, 0)), "not defined");
        assert_eq!(f.rate_or_counts(&Share::new(3, 6)), "3 of 6");
        assert_eq!(f.rate_or_counts(&Share::new(3, 10)), "30%");
        assert_eq!(f.rate_or_counts(&Share::new(0, 0)), "not defined");
        assert_eq!(f.interval(&Share::new(570, 1372)).as_deref(), Some("39.0% to 44.2%"));
    }

    #[test]
    fn dates_and_periods_read_as_people_write_them() {
        let f = euros();
        assert_eq!(f.day("2026-09-30".parse().unwrap()), "30 Sep 2026");
        assert_eq!(f.month("2026-09"), "Sep 2026");
        assert_eq!(f.period("2026-Q3", Unit::Quarter), "Jul–Sep 2026");
        assert_eq!(f.period("2026-09-28", Unit::Week), "28 Sep 2026");
        assert_eq!(f.period("2026", Unit::Year), "2026");
        assert_eq!((f.days(1.2), f.days(73.0)), ("1 day".to_string(), "73 days".to_string()));
    }

    #[test]
    fn small_words() {
        let f = euros();
        assert_eq!(points(-0.0251, &f), "3 points");
        assert_eq!(points(0.004, &f), "0.4 points");
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!(about_one_in(0.21), Some("about one in five"));
        assert_eq!(about_one_in(0.9), None);
        assert_eq!((f.bytes(612_300), f.bytes(1_240_000)), ("612 kB".to_string(), "1.2 MB".to_string()));
    }
}
