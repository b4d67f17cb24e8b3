//! Dates in workbooks, where they are numbers that count days and only their format tells that they are dates.

use crate::math::Day;

/// The day that serial number 0 stands for, from March 1900 on: Excel counts a 29 February 1900 that never was.
const SERIAL_ZERO: i32 = -25_569;

/// Days that workbooks which count from 1904 are behind.
const FROM_1904: i64 = 1_462;

/// The last day that a workbook counts to: 31 December 9999.
const LAST: i64 = 2_958_465;

/// Whether a format that every workbook has shows a date (ECMA-376, part 1, 18.8.30).
pub fn is_date_format(number: u32) -> bool {
    matches!(number, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// Whether a format shows a date: it has a letter of year, month or day outside of quotes, brackets and escapes.
pub fn is_date_code(code: &str) -> bool {
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    // Only the part for positive numbers.
    for letter in code.split(';').next().unwrap_or_default().chars() {
        match letter {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => escaped = true,
            '[' => bracketed = true,
            ']' => bracketed = false,
            'y' | 'Y' | 'd' | 'D' | 'm' | 'M' if !bracketed => return true,
            _ => {}
        }
    }
    false
}

/// A serial number, in digits, as `YYYY-MM-DD`, with the time where there is one; nothing for times alone and for other
/// numbers.
pub fn date(serial: &str, from_1904: bool) -> Option<String> {
    let (whole, part) = serial.split_once('.').unwrap_or((serial, ""));
    let mut days: i64 = whole.parse().ok()?;
    if !(1..=LAST).contains(&days) || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    days += if from_1904 { FROM_1904 } else { 0 };
    // Twelve digits are more than a second takes.
    let digits: String = part.chars().chain("000000000000".chars()).take(12).collect();
    let seconds = (digits.parse::<i64>().ok()? * 86_400 + 500_000_000_000) / 1_000_000_000_000;
    let days = days + seconds / 86_400;
    let seconds = seconds % 86_400;
    let day = Day(i32::try_from(days).ok()? + SERIAL_ZERO + i32::from(days < 60));
    Some(match seconds {
        0 => day.to_string(),
        _ => format!("{day} {:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_are_days_and_times() {
        for (serial, expected) in [
            ("1", "1900-01-01"),
            ("59", "1900-02-28"),
            ("61", "1900-03-01"),
            ("45000", "2023-03-15"),
            ("45000.75", "2023-03-15 18:00:00"),
            ("45000.999999", "2023-03-16"),
        ] {
            assert_eq!(date(serial, false).as_deref(), Some(expected), "{serial}");
        }
        assert_eq!(date("43538", true).as_deref(), Some("2023-03-15"));
        for other in ["0.5", "-3", "2958466", "4.5E4", "1.x", ""] {
            assert_eq!(date(other, false), None, "{other}");
        }
    }

    #[test]
    fn formats_tell_dates() {
        for code in ["d\\-mmm\\-yy;@", "[$-409]m/d/yy", "yyyy", "\"on\" d"] {
            assert!(is_date_code(code), "{code}");
        }
        for code in ["0.00", "\"day\" 0.00_m", "[Red]0", "General", "#,##0\\d", "0;d"] {
            assert!(!is_date_code(code), "{code}");
        }
        assert!(is_date_format(14) && is_date_format(22) && !is_date_format(2) && !is_date_format(49));
    }
}
