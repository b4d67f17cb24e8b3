//! Numbers as a person types them into a field.

use crate::math::Money;
use crate::math::money::SCALE;
use crate::text::is_letter;

/// An amount: `24560`, `24,560.00`, `€ 24.560,00`, `24 560`. Nothing where it is none, or below zero.
///
/// A point or comma is the decimal sign where it is the last of its kind and one or two digits follow; else it groups.
pub fn amount(text: &str) -> Option<Money> {
    let bare: String = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-')).collect();
    let strange = text.chars().any(is_letter);
    if bare.is_empty() || bare.contains('-') || strange {
        return None;
    }
    let decimal = bare.rfind(['.', ',']).filter(|at| {
        let sign = &bare[*at..=*at];
        (1..=2).contains(&(bare.len() - at - 1)) && bare.matches(sign).count() == 1
    });
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).collect::<String>();
    let (whole, part) = match decimal {
        Some(at) => (digits(&bare[..at]), digits(&bare[at + 1..])),
        None => (digits(&bare), String::new()),
    };
    format!("{}.{part:0<2}", if whole.is_empty() { "0" } else { &whole }).parse().ok()
}

/// A number, zero or above, as [`amount`] reads it: `2.5`, `2,5`, `58%`.
pub fn number(text: &str) -> Option<f64> {
    amount(text.trim().trim_end_matches('%')).map(Money::to_f64)
}

/// An amount for a field: without what it does not need.
pub fn written(amount: Money) -> String {
    match amount.0 % SCALE {
        0 => (amount.0 / SCALE).to_string(),
        _ => amount.to_string(),
    }
}

/// A number for a field: up to three decimals.
pub fn written_number(number: f64) -> String {
    ((number * 1000.0).round() / 1000.0).to_string()
}
