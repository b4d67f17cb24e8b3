//! In which order a column writes its dates.

use serde::{Deserialize, Serialize};

use super::blank::{is_blank, trim};
use super::certainty::Certainty;
use super::date_scan::{Date, scan};
use super::dates::{DateOrder, count};

/// What the cells of a column say about their dates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DateEvidence {
    /// Cells with a value.
    pub filled: u64,
    /// Dates whose order is plain: the year first, or a name for the month.
    pub plain: u64,
    /// Dates of three numbers that are days with the day first, the month first, a two-digit year first.
    pub day_first: u64,
    /// See `day_first`.
    pub month_first: u64,
    /// See `day_first`.
    pub year_first: u64,
    /// Of those, the ones that are days in one of the first two orders only.
    only_day_first: u64,
    only_month_first: u64,
    /// Numbers that could count days since 1899-12-30, from 1954 to 2064.
    pub serials: u64,
    /// Numbers that could count seconds since 1970, from 1990 to 2100.
    pub seconds: u64,
    /// Numbers that could count milliseconds since 1970, from 1990 to 2100.
    pub millis: u64,
    example: Option<String>,
}

/// How the dates of a column are read.
#[derive(Clone, Debug, PartialEq)]
pub struct DateDecision {
    /// The order.
    pub order: DateOrder,
    /// Whether the column settles it.
    pub certainty: Certainty,
    /// A date as written that is another day in the other order: both places hold 12 or less, and not the same.
    pub example: Option<String>,
}

impl DateEvidence {
    /// Takes a cell into account.
    pub fn observe(&mut self, cell: &[u8]) {
        let Ok(scanned) = scan(cell) else {
            if !is_blank(cell) {
                self.filled += 1;
                self.observe_count(cell);
            }
            return;
        };
        self.filled += 1;
        let date = scanned.date;
        let Date::Numbers { first, second, .. } = date else {
            self.plain += u64::from(date.day(DateOrder::YearMonthDay).is_some());
            return;
        };
        let reads = |order| date.day(order).is_some();
        let (day_first, month_first) = (reads(DateOrder::DayMonthYear), reads(DateOrder::MonthDayYear));
        self.day_first += u64::from(day_first);
        self.month_first += u64::from(month_first);
        self.year_first += u64::from(reads(DateOrder::YearMonthDay));
        self.only_day_first += u64::from(day_first && !month_first);
        self.only_month_first += u64::from(month_first && !day_first);
        if self.example.is_none() && day_first && month_first && first != second {
            self.example = Some(String::from_utf8_lossy(trim(cell)).into_owned());
        }
    }

    /// Takes the cells that follow into account, which were observed elsewhere.
    pub fn absorb(&mut self, part: DateEvidence) {
        self.filled += part.filled;
        self.plain += part.plain;
        self.day_first += part.day_first;
        self.month_first += part.month_first;
        self.year_first += part.year_first;
        self.only_day_first += part.only_day_first;
        self.only_month_first += part.only_month_first;
        self.serials += part.serials;
        self.seconds += part.seconds;
        self.millis += part.millis;
        self.example = self.example.take().or(part.example);
    }

    fn observe_count(&mut self, cell: &[u8]) {
        let Some((whole, fraction)) = count(trim(cell)) else { return };
        match whole {
            20_000..=60_000 => self.serials += 1,
            631_152_000..=4_102_444_800 => self.seconds += 1,
            631_152_000_000..=4_102_444_800_000 if fraction == 0 => self.millis += 1,
            _ => {}
        }
    }

    /// The order, and whether the column settles it.
    ///
    /// The order that reads more cells wins. Where day first and month first read the same cells, the person is asked,
    /// and day first is used meanwhile. Numbers that count from a fixed day are only considered where no cell is
    /// written like a date; whether the column holds dates at all is for its header to tell then.
    pub fn decide(&self) -> DateDecision {
        let certain = |order| DateDecision { order, certainty: Certainty::Certain, example: None };
        let most = self.day_first.max(self.month_first);
        if most == 0 && self.year_first == 0 {
            let counts = [
                (self.serials, DateOrder::ExcelSerial),
                (self.seconds, DateOrder::EpochSeconds),
                (self.millis, DateOrder::EpochMillis),
            ];
            return match counts.into_iter().max_by_key(|(cells, _)| *cells) {
                Some((cells, order)) if self.plain == 0 && cells > 0 => certain(order),
                _ => certain(DateOrder::YearMonthDay),
            };
        }
        if self.year_first > most {
            return certain(DateOrder::YearMonthDay);
        }
        let (order, only, other) = if self.month_first > self.day_first {
            (DateOrder::MonthDayYear, self.only_month_first, self.only_day_first)
        } else {
            (DateOrder::DayMonthYear, self.only_day_first, self.only_month_first)
        };
        // Days that only the other order has are wrong cells where they are few, and two orders in one column else.
        if only > 0 && other * 10 <= only {
            return certain(order);
        }
        DateDecision { order, certainty: Certainty::Ask, example: self.example.clone() }
    }

    /// Share of the cells with a value that are dates in the order decided on; 0 where there are none.
    pub fn share(&self) -> f64 {
        let dates = match self.decide().order {
            DateOrder::YearMonthDay => self.plain + self.year_first,
            DateOrder::DayMonthYear => self.plain + self.day_first,
            DateOrder::MonthDayYear => self.plain + self.month_first,
            DateOrder::ExcelSerial => self.serials,
            DateOrder::EpochSeconds => self.seconds,
            DateOrder::EpochMillis => self.millis,
        };
        if self.filled == 0 { 0.0 } else { dates as f64 / self.filled as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Certainty::{Ask, Certain};
    use DateOrder::{DayMonthYear, EpochMillis, EpochSeconds, ExcelSerial, MonthDayYear, YearMonthDay};

    fn observe(cells: &[&str]) -> DateEvidence {
        let mut evidence = DateEvidence::default();
        cells.iter().for_each(|cell| evidence.observe(cell.as_bytes()));
        evidence
    }

    fn decide(cells: &[&str]) -> (DateOrder, Certainty) {
        let decision = observe(cells).decide();
        (decision.order, decision.certainty)
    }

    #[test]
    fn one_number_above_twelve_settles_the_column() {
        assert_eq!(decide(&["01/02/2023", "13/02/2023"]), (DayMonthYear, Certain));
        assert_eq!(decide(&["01/02/2023", "02/13/2023", ""]), (MonthDayYear, Certain));
        assert_eq!(decide(&["07/06/23", "18/06/23"]), (DayMonthYear, Certain));
        assert_eq!(decide(&["07.06.2023", "2023-06-18", "30.06.2023"]), (DayMonthYear, Certain));
        assert_eq!(decide(&["99-12-31", "23-01-05"]), (YearMonthDay, Certain));
        assert_eq!(decide(&["2023-01-05", "30 Sep 2023", "N/A"]), (YearMonthDay, Certain));
    }

    #[test]
    fn what_both_orders_read_is_asked_about() {
        let decision = observe(&["05/05/2023", " 01/06/2023", "02/06/2023"]).decide();
        let example = Some("01/06/2023".to_string());
        assert_eq!(decision, DateDecision { order: DayMonthYear, certainty: Ask, example });
        assert_eq!(decide(&["05/05/2023"]), (DayMonthYear, Ask));
        assert_eq!(decide(&["13/02/2023", "02/13/2023"]), (DayMonthYear, Ask), "two orders in one column");
        let mut cells = vec!["13/02/2023"; 20];
        cells.push("02/13/2023");
        assert_eq!(decide(&cells), (DayMonthYear, Certain), "one wrong cell");
    }

    #[test]
    fn counts_are_told_by_their_size() {
        assert_eq!(decide(&["45084", "45095.5"]), (ExcelSerial, Certain));
        assert_eq!(decide(&["1686139200"]), (EpochSeconds, Certain));
        assert_eq!(decide(&["1686139200000"]), (EpochMillis, Certain));
        assert_eq!(decide(&["45084", "2023-06-07"]), (YearMonthDay, Certain));
        assert_eq!(decide(&[]), (YearMonthDay, Certain));
    }

    #[test]
    fn the_share_is_of_filled_cells() {
        assert_eq!(observe(&["2023-06-07", "", "NULL", "x", "31/02/2023", "13/01/2023"]).share(), 0.5);
        assert_eq!(observe(&["", ""]).share(), 0.0);
        assert_eq!(observe(&["12.50", "3"]).share(), 0.0);
        assert_eq!(observe(&["45084", "x"]).share(), 0.5);
    }
}
