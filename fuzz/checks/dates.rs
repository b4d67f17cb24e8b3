//! Dates: every day that is read is one of the calendar and reads back from its plain way of writing.

use perennial::ingest::date_evidence::DateEvidence;
use perennial::ingest::dates::{self, DateOrder};

/// The whole input is one cell.
pub fn check(data: &[u8]) {
    for order in DateOrder::ALL {
        let read = dates::parse(data, order);
        let spaced = [b" ", data, b" "].concat();
        assert_eq!(dates::parse(&spaced, order), read, "with spaces around it");
        if let Ok(moment) = read {
            assert!(moment.second.is_none_or(|second| second < 86_400), "{moment:?}");
            let written = moment.day.to_string();
            assert_eq!(written.parse(), Ok(moment.day), "written as {written}");
        }
    }
    let mut evidence = DateEvidence::default();
    evidence.observe(data);
    evidence.decide();
}
