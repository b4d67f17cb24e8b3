//! Civil dates as day numbers since 1970-01-01, proleptic Gregorian (Howard Hinnant, "chrono-compatible low-level date
//! algorithms").

/// The day number of a date.
pub fn day_number(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a day number.
pub fn date(day: i32) -> (i32, i32, i32) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day - era * 146_097;
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let march_month = (5 * of_year + 2) / 153;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    (year + era * 400 + i32::from(month <= 2), month, of_year - (153 * march_month + 2) / 5 + 1)
}

/// The month of a day: year times 12 and the month from 0.
pub fn month_number(day: i32) -> i32 {
    let (year, month, _) = date(day);
    year * 12 + month - 1
}
