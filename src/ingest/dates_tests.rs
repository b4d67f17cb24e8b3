//! Tests of reading dates.

use proptest::prelude::*;

use super::*;
use DateOrder::{DayMonthYear, EpochMillis, EpochSeconds, ExcelSerial, MonthDayYear, YearMonthDay};

/// The day and the second as text: `2026-09-30 37800`.
fn read(cell: &str, order: DateOrder) -> Result<String, DateError> {
    parse(cell.as_bytes(), order).map(|moment| match moment.second {
        Some(second) => format!("{} {second}", moment.day),
        None => moment.day.to_string(),
    })
}

#[test]
fn a_year_in_front_is_read_in_every_order() {
    let cells = [
        "2026-09-30",
        "2026/09/30",
        "2026.9.30",
        "20260930",
        " 2026-09-30 ",
        "2026-Sep-30",
        "2026-09-30Z",
        "2026-09-30+02:00",
        "2026 September 30",
    ];
    for order in [YearMonthDay, DayMonthYear, MonthDayYear] {
        for cell in cells {
            assert_eq!(read(cell, order).as_deref(), Ok("2026-09-30"), "{cell}");
        }
    }
}

#[test]
fn reads_times_and_passes_over_zones() {
    let half_past_ten = [
        "2026-09-30T10:30:00",
        "2026-09-30 10:30",
        "2026-09-30 10:30:00.123",
        "2026-09-30T10:30:00,123456Z",
        "2026-09-30T10:30:00+02:00",
        "2026-09-30 10:30:00 +0200",
        "2026-09-30 10:30:00 UTC",
        "20260930T103000Z",
        "20260930103000",
        "2026-09-30T10:30:00[Europe/Berlin]",
        "Wed Sep 30 2026 10:30:00 GMT+0200 (CEST)",
        "30 Sep 2026, 10:30 am",
        "Sep 30, 2026 10:30:00 AM PDT",
        "Wednesday, September 30th, 2026 10:30 a.m.",
        "2026-09-30T10:30:00-08",
        "20260930 10:30",
    ];
    for cell in half_past_ten {
        assert_eq!(read(cell, YearMonthDay).as_deref(), Ok("2026-09-30 37800"), "{cell}");
    }
    assert_eq!(read("9/30/2026 2:30 PM", MonthDayYear).as_deref(), Ok("2026-09-30 52200"));
    assert_eq!(read("9/30/2026 12:00 AM", MonthDayYear).as_deref(), Ok("2026-09-30 0"));
    assert_eq!(read("9/30/2026 12pm", MonthDayYear).as_deref(), Ok("2026-09-30 43200"));
    assert_eq!(read("2023-09-10 3:00", YearMonthDay).as_deref(), Ok("2023-09-10 10800"));
    assert_eq!(read("2016-12-31 23:59:60", YearMonthDay).as_deref(), Ok("2016-12-31 86399"));
    assert_eq!(read("2023-06-07T23:30:00Z", YearMonthDay).as_deref(), Ok("2023-06-07 84600"));
}

#[test]
fn reads_names_of_months_as_seven_languages_write_them() {
    for (cell, day) in [
        ("03 Okt 2026", "2026-10-03"),
        ("3. März 2026", "2026-03-03"),
        ("03. Mrz. 26", "2026-03-03"),
        ("3 août 2026", "2026-08-03"),
        ("1er févr. 2026 10:30", "2026-02-01 37800"),
        ("3 de marzo de 2026", "2026-03-03"),
        ("1º de outubro de 2026", "2026-10-01"),
        ("3-dic-2026", "2026-12-03"),
        ("1° gennaio 2026", "2026-01-01"),
        ("3 mei 2026", "2026-05-03"),
        ("décembre 3, 2026", "2026-12-03"),
        ("lun. 3 mars 2025", "2025-03-03"),
        ("mar. 4 mars 2025", "2025-03-04"),
        ("Mar 4 mar 2025", "2025-03-04"),
        ("Mo, 3. März 2025", "2025-03-03"),
        ("Montag, den 3. März 2025", "2025-03-03"),
        ("miércoles, 5 de marzo de 2025", "2025-03-05"),
        ("sáb 8 mar 2025", "2025-03-08"),
        ("seg., 3 de mar. de 2025, 10:30", "2025-03-03 37800"),
        ("terça-feira, 4 de março de 2025", "2025-03-04"),
        ("lunedì 3 marzo 2025", "2025-03-03"),
        ("ma 3 mrt 2025 09:15", "2025-03-03 33300"),
    ] {
        for order in [DayMonthYear, MonthDayYear, YearMonthDay] {
            assert_eq!(read(cell, order).as_deref(), Ok(day), "{cell}");
        }
    }
    for cell in ["3 de 10 de 2026", "3 jui 2026", "3 de de marzo 2026", "3 Brumaire 2026"] {
        assert!(read(cell, DayMonthYear).is_err(), "{cell}");
    }
}

#[test]
fn reads_both_orders() {
    for cell in ["30/09/2026", "30.09.2026", "30-09-2026", "30/9/26", "30. 9. 2026", "30-Sep-26", "30 sept. 2026"] {
        assert_eq!(read(cell, DayMonthYear).as_deref(), Ok("2026-09-30"), "{cell}");
    }
    for cell in ["09/30/2026", "9.30.2026", "9/30/26", "Sep 30, 2026", "Sept 30 '26", "30th September 2026"] {
        assert_eq!(read(cell, MonthDayYear).as_deref(), Ok("2026-09-30"), "{cell}");
    }
    assert_eq!(read("26-09-30", YearMonthDay).as_deref(), Ok("2026-09-30"));
    assert_eq!(read("01/02/68", DayMonthYear).as_deref(), Ok("2068-02-01"));
    assert_eq!(read("01/02/69", DayMonthYear).as_deref(), Ok("1969-02-01"));
}

#[test]
fn says_why_a_cell_is_no_date() {
    for cell in ["", "  ", "NULL", "-", "n/a"] {
        assert_eq!(read(cell, YearMonthDay), Err(DateError::Empty), "{cell}");
    }
    for (cell, order) in [
        ("2026-02-29", YearMonthDay),
        ("2026-13-01", YearMonthDay),
        ("31/02/2026", DayMonthYear),
        ("13/01/2026", MonthDayYear),
        ("01/13/2026", DayMonthYear),
        ("13/01/2026", YearMonthDay),
        ("0000-01-01", YearMonthDay),
        ("00/01/2026", DayMonthYear),
    ] {
        assert_eq!(read(cell, order), Err(DateError::NoSuchDay), "{cell}");
    }
    let wrong = [
        "D1006",
        "12.50",
        "1,234.50",
        "2026",
        "2026-09",
        "Sep 2026",
        "45084",
        "12345678",
        "1.2.3.4",
        "10:30",
        "2026-09-30x",
        "2026-09-30 25:00",
        "2026-09-30 10:61",
        "2026-09-30 10:30 foo",
        "30/09-2026",
        "30/09/026",
        "mon mon 30 Sep 2026",
        "march",
        "2026-09-30 13:00 pm",
        "Maya 3 2026",
        "1 2 2026",
        "é",
        "2026-09-30 10",
        "30/09/2026/1",
    ];
    for cell in wrong {
        assert_eq!(read(cell, DayMonthYear), Err(DateError::NotADate), "{cell}");
    }
}

#[test]
fn reads_counts_from_a_fixed_day() {
    assert_eq!(read("45000", ExcelSerial).as_deref(), Ok("2023-03-15"));
    assert_eq!(read("45000.75", ExcelSerial).as_deref(), Ok("2023-03-15 64800"));
    assert_eq!(read("1686139200", EpochSeconds).as_deref(), Ok("2023-06-07 43200"));
    assert_eq!(read("1686139200123", EpochMillis).as_deref(), Ok("2023-06-07 43200"));
    assert_eq!(read("2023-06-07", ExcelSerial), Err(DateError::NotADate));
    assert_eq!(read("99999999", ExcelSerial), Err(DateError::NoSuchDay));
    assert_eq!(read("", EpochSeconds), Err(DateError::Empty));
}

#[test]
fn names_read_back() {
    for order in DateOrder::ALL {
        assert_eq!(DateOrder::from_name(order.name()), Some(order));
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back(
        number in Day::from_ymd(1970, 1, 1).unwrap().0..=Day::from_ymd(2068, 12, 31).unwrap().0,
        second in prop::option::of(0u32..86_400),
        sign in prop::sample::select(vec!["/", "-", "."]),
        style in 0usize..8,
        zone in prop::sample::select(vec!["", "Z", "+02:00", " -0800", " UTC"]),
        short_year in any::<bool>(),
    ) {
        let day = Day(number);
        let (year, month, dom) = day.ymd();
        let name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month as usize - 1];
        let short = if short_year { format!("{:02}", year % 100) } else { year.to_string() };
        let (date, order) = match style {
            0 => (format!("{year}{sign}{month:02}{sign}{dom:02}"), MonthDayYear),
            1 => (format!("{dom:02}{sign}{month:02}{sign}{short}"), DayMonthYear),
            2 => (format!("{month}{sign}{dom}{sign}{short}"), MonthDayYear),
            3 => (format!("{dom} {name} {short}"), MonthDayYear),
            4 => (format!("{name} {dom}, {year}"), DayMonthYear),
            5 => (format!("{year}{month:02}{dom:02}"), DayMonthYear),
            6 => (format!("{dom}-{}-{short}", name.to_uppercase()), YearMonthDay),
            _ => (format!("{:02}{sign}{month:02}{sign}{dom:02}", year % 100), YearMonthDay),
        };
        let cell = match second {
            Some(s) => format!("{date} {:02}:{:02}:{:02}{zone}", s / 3600, s / 60 % 60, s % 60),
            None => date,
        };
        prop_assert_eq!(parse(cell.as_bytes(), order), Ok(Moment { day, second }), "{}", cell);
    }

    #[test]
    fn no_cell_breaks_it(bytes in prop::collection::vec(any::<u8>(), 0..30), text in "[0-9a-eT:/.,+ -]{0,24}") {
        for order in DateOrder::ALL {
            let _ = parse(&bytes, order);
            if let Ok(moment) = parse(text.as_bytes(), order) {
                prop_assert!(moment.second.is_none_or(|second| second < 86_400));
            }
        }
    }
}
