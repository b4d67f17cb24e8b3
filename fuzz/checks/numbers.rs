//! Amounts: what is read and written again is the same, and spaces around a cell change nothing.

use perennial::ingest::decimal_evidence::DecimalEvidence;
use perennial::ingest::numbers::{self, DecimalSign};
use perennial::math::Money;

/// The whole input is one cell.
pub fn check(data: &[u8]) {
    for sign in [DecimalSign::Point, DecimalSign::Comma] {
        let read = numbers::parse(data, sign);
        let spaced = [b" ", data, b" "].concat();
        assert_eq!(numbers::parse(&spaced, sign), read, "with spaces around it");
        if let Ok(number) = read {
            let written = Money(number.value).to_string();
            let again =
                numbers::parse(written.as_bytes(), DecimalSign::Point).map(|number| (number.value, number.rounded));
            assert_eq!(again, Ok((number.value, false)), "written as {written}");
        }
    }
    let mut evidence = DecimalEvidence::default();
    evidence.observe(data);
    evidence.decide();
}
