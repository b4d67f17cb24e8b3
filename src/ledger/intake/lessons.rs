//! What a whole file teaches about how it is to be read.

use serde::{Deserialize, Serialize};

use super::file_read::FileRead;
use super::plan::Plan;
use crate::ingest::certainty::Certainty;
use crate::ingest::date_evidence::DateEvidence;
use crate::ingest::dates::DateOrder;
use crate::ingest::decimal_evidence::DecimalEvidence;
use crate::ingest::encoding::Encoding;
use crate::ingest::numbers::DecimalSign;
use crate::protocol::ReadOptions;

/// What reading a whole file has shown to be otherwise than its head suggested.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lessons {
    /// The encoding.
    pub encoding: Option<Encoding>,
    /// The decimal sign.
    pub decimal: Option<DecimalSign>,
    /// The order of day and month.
    pub date_order: Option<DateOrder>,
    /// Of several currencies, the one with most rows: different ones are never added up.
    pub currency: Option<String>,
}

/// What was gathered while a file passed.
pub struct Evidence<'a> {
    /// Whether the bytes were another encoding than UTF-8, which they were read as.
    pub is_another_encoding: bool,
    /// Of the dates, where there are any whose order is not plain.
    pub dates: Option<&'a DateEvidence>,
    /// Of the amounts.
    pub decimals: &'a DecimalEvidence,
}

impl Lessons {
    /// What the evidence says against the plan, but for what a person said; what it says at all goes into `read`.
    pub fn learned(plan: &Plan, options: &ReadOptions, evidence: &Evidence<'_>, read: &mut FileRead) -> Lessons {
        let mut lessons = Lessons::default();
        let reading = &plan.reading;
        // Where UTF-8 is itself the guess, a few broken bytes are known damage.
        let certain = !reading.encoding_guessed && options.encoding.is_none();
        if evidence.is_another_encoding && reading.encoding == Encoding::Utf8 && certain {
            lessons.encoding = Some(Encoding::Windows1252);
        }
        if let Some(dates) = evidence.dates {
            let mut decision = dates.decide();
            if let (Certainty::Ask, Some(order)) = (decision.certainty, plan.date_order_of_layout()) {
                (decision.order, decision.certainty) = (order, Certainty::Certain);
            }
            if options.date_order.is_none() && decision.order != reading.date_order {
                lessons.date_order = Some(decision.order);
            }
            read.dates = Some(decision);
        }
        let (sign, certainty) = evidence.decimals.decide();
        if options.decimal.is_none() && certainty == Certainty::Certain && sign != reading.decimal {
            lessons.decimal = Some(sign);
        }
        read.decimal = Some((sign, certainty));
        read.decimal_example = evidence.decimals.example().map(str::to_owned);
        lessons
    }
}
