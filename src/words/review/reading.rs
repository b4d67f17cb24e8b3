//! How a file is written: the order of its dates, its decimal sign, its encoding and delimiter.

use crate::ingest::dates::DateOrder;
use crate::ingest::encoding::Encoding;
use crate::ingest::numbers::DecimalSign;

/// The order of day, month and year.
pub fn date_order(order: DateOrder) -> &'static str {
    match order {
        DateOrder::YearMonthDay => "Year, month, day: 2026-09-30",
        DateOrder::DayMonthYear => "Day, month, year: 30/09/2026",
        DateOrder::MonthDayYear => "Month, day, year: 09/30/2026",
        DateOrder::ExcelSerial => "Days as a spreadsheet counts them: 46295",
        DateOrder::EpochSeconds => "Seconds since 1970: 1790726400",
        DateOrder::EpochMillis => "Milliseconds since 1970: 1790726400000",
    }
}

/// An encoding.
pub fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le => "UTF-16, low byte first",
        Encoding::Utf16Be => "UTF-16, high byte first",
        Encoding::Windows1252 => "Windows-1252",
    }
}

/// A decimal sign with an example.
pub fn decimal(sign: DecimalSign) -> &'static str {
    match sign {
        DecimalSign::Point => "Point: 1,234.50",
        DecimalSign::Comma => "Comma: 1.234,50",
    }
}

/// A delimiter.
pub fn delimiter(byte: u8) -> String {
    match byte {
        b',' => "Comma".to_string(),
        b';' => "Semicolon".to_string(),
        b'\t' => "Tab".to_string(),
        b'|' => "Bar".to_string(),
        b' ' => "Space".to_string(),
        other => format!("“{}”", char::from(other)),
    }
}
