//! What a person says instead of a [`Decision`](crate::ingest::decision::Decision).

use super::ReadOptions;
use crate::ingest::dates::DateOrder;
use crate::ingest::decision::{COUNTED, Matter};
use crate::ingest::encoding::Encoding;
use crate::ingest::numbers::DecimalSign;
use crate::ingest::receipt::Reason;

impl ReadOptions {
    /// Says a value of a decision. A value that is none of it, [`NOT_SAID`](crate::ingest::decision::NOT_SAID) among them,
    /// takes back what was said, so that it is guessed again. What can't be undone stays as it is.
    pub fn decide(&mut self, about: Matter, value: &str) {
        let counts = value == COUNTED;
        match about {
            Matter::Use => self.skip = value == "set_aside",
            Matter::Layout => self.as_any_table = value == "none",
            Matter::Encoding => self.encoding = Encoding::from_name(value),
            Matter::Delimiter => self.delimiter = value.bytes().next(),
            Matter::Header => {
                self.has_header = ["data", "names"].iter().position(|name| *name == value).map(|at| at == 1)
            }
            Matter::Decimal => {
                let signs = [DecimalSign::Point, DecimalSign::Comma];
                self.decimal = signs.into_iter().find(|sign| value.chars().eq([sign.char()]));
            }
            Matter::DateOrder => self.date_order = DateOrder::from_name(value),
            Matter::Currency => self.currency = Some(value.to_owned()).filter(|code| !code.is_empty()),
            Matter::Orders => self.without_order_numbers = value == "time",
            Matter::Cancelled => self.count_cancelled = counts,
            Matter::Repeated => self.count_repeated = counts,
            Matter::OddDates => self.count_odd_dates = counts,
            Matter::TestOrder | Matter::NotPaid | Matter::NotASale | Matter::GiftCard => {
                if let Some(reason) = about.reason() {
                    self.count.remove(&reason);
                    self.count.extend(counts.then_some(reason));
                }
            }
            Matter::Rounded | Matter::NulCharacters => {}
        }
    }

    /// Whether a person has said something about it.
    pub fn says(&self, about: Matter) -> bool {
        match about {
            Matter::Use => self.skip,
            Matter::Layout => self.as_any_table,
            Matter::Encoding => self.encoding.is_some(),
            Matter::Delimiter => self.delimiter.is_some(),
            Matter::Header => self.has_header.is_some(),
            Matter::Decimal => self.decimal.is_some(),
            Matter::DateOrder => self.date_order.is_some(),
            Matter::Currency => self.currency.is_some(),
            Matter::Orders => self.without_order_numbers,
            Matter::Cancelled => self.count_cancelled,
            Matter::Repeated => self.count_repeated,
            Matter::OddDates => self.count_odd_dates,
            Matter::TestOrder | Matter::NotPaid | Matter::NotASale | Matter::GiftCard => {
                about.reason().is_some_and(|reason| self.count.contains(&reason))
            }
            Matter::Rounded | Matter::NulCharacters => false,
        }
    }
}

impl Matter {
    /// The decisions about rows that take no part, and may count after all.
    pub const ABOUT_ROWS: [Matter; 7] = [
        Matter::Cancelled,
        Matter::Repeated,
        Matter::OddDates,
        Matter::TestOrder,
        Matter::NotPaid,
        Matter::NotASale,
        Matter::GiftCard,
    ];

    /// Why rows take no part, where that is what the decision is about.
    pub fn reason(self) -> Option<Reason> {
        Some(match self {
            Matter::Cancelled => Reason::Cancelled,
            Matter::Repeated => Reason::RepeatedRow,
            Matter::OddDates => Reason::OddDate,
            Matter::TestOrder => Reason::TestOrder,
            Matter::NotPaid => Reason::NotPaid,
            Matter::NotASale => Reason::NotASale,
            Matter::GiftCard => Reason::GiftCard,
            _ => return None,
        })
    }

    /// Whether one answer holds for all tables of an analysis.
    pub fn is_of_all_tables(self) -> bool {
        self == Matter::Currency
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::decision::{LEFT_OUT, NOT_SAID};

    #[test]
    fn what_is_said_is_taken_and_taken_back() {
        let about = [
            (Matter::Use, "set_aside"),
            (Matter::Layout, "none"),
            (Matter::Encoding, "windows-1252"),
            (Matter::Delimiter, "\t"),
            (Matter::Header, "data"),
            (Matter::Decimal, ","),
            (Matter::DateOrder, "month-day-year"),
            (Matter::Currency, "EUR"),
            (Matter::Orders, "time"),
        ];
        let mut options = ReadOptions::default();
        for (matter, value) in about.into_iter().chain(Matter::ABOUT_ROWS.map(|matter| (matter, COUNTED))) {
            assert!(!options.says(matter), "{matter:?}");
            options.decide(matter, value);
            assert!(options.says(matter), "{matter:?}");
        }
        assert_eq!((options.has_header, options.delimiter), (Some(false), Some(b'\t')));
        assert_eq!((options.encoding, options.decimal), (Some(Encoding::Windows1252), Some(DecimalSign::Comma)));
        assert_eq!((options.date_order, options.count.len()), (Some(DateOrder::MonthDayYear), 4));
        options.decide(Matter::Header, "names");
        assert_eq!(options.has_header, Some(true));
        options.decide(Matter::GiftCard, LEFT_OUT);
        assert!(!options.says(Matter::GiftCard) && options.says(Matter::TestOrder));
        for (matter, _) in about.into_iter().chain(Matter::ABOUT_ROWS.map(|matter| (matter, COUNTED))) {
            options.decide(matter, NOT_SAID);
        }
        assert_eq!(options, ReadOptions::default());
    }
}
