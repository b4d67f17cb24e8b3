//! What is left out, counted by reason, with examples; and the records themselves, for download.

use serde::{Deserialize, Serialize};

use crate::ingest::profile::shorten;
use crate::ingest::receipt::{Example, LeftOut, Reason, most_first};
use crate::math::Money;

/// Examples kept for each reason.
const EXAMPLES: usize = 5;
/// Characters of an example that are kept.
pub(super) const SHOWN: usize = 80;
/// Bytes of left-out records that are kept for download.
const KEPT_BYTES: usize = 16 << 20;

/// A record that was left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// Line of the file that it begins on.
    pub line: u64,
    /// Why.
    pub reason: Reason,
    /// Its cells.
    pub cells: Vec<String>,
}

/// The records of one file that are not used.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Blame {
    counts: Vec<LeftOut>,
    kept: Vec<Kept>,
    bytes: usize,
    dropped: u64,
}

impl Blame {
    /// Counts a record; `amount` is what it would have added, where that is known.
    pub fn add<'a>(
        &mut self,
        reason: Reason,
        line: u64,
        found: &str,
        amount: Option<i64>,
        cells: impl Iterator<Item = &'a [u8]>,
    ) {
        let count = self.count(reason);
        count.rows += 1;
        if let Some(amount) = amount {
            count.amount = Some(Money(count.amount.unwrap_or(Money::ZERO).0.saturating_add(amount)));
        }
        if count.examples.len() < EXAMPLES {
            count.examples.push(Example { line, found: shorten(found, SHOWN) });
        }
        if self.bytes > KEPT_BYTES {
            self.dropped += 1;
            return;
        }
        let cells = cells.map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        self.keep(Kept { line, reason, cells });
    }

    fn keep(&mut self, record: Kept) {
        self.bytes += 64 + record.cells.iter().map(|cell| cell.len() + 24).sum::<usize>();
        self.kept.push(record);
    }

    /// Takes over what was counted of the records that follow, whose lines are as many higher.
    pub(super) fn absorb(&mut self, part: Blame, shift: u64) {
        for LeftOut { reason, rows, amount, examples } in part.counts {
            let count = self.count(reason);
            count.rows += rows;
            if let Some(amount) = amount {
                count.amount = Some(Money(count.amount.unwrap_or(Money::ZERO).0.saturating_add(amount.0)));
            }
            let room = EXAMPLES - count.examples.len();
            count.examples.extend(examples.into_iter().take(room).map(|example| example.lower(shift)));
        }
        self.dropped += part.dropped;
        for record in part.kept {
            if self.bytes > KEPT_BYTES {
                self.dropped += 1;
            } else {
                self.keep(Kept { line: record.line + shift, ..record });
            }
        }
    }

    fn count(&mut self, reason: Reason) -> &mut LeftOut {
        let at = self.counts.iter().position(|count| count.reason == reason).unwrap_or_else(|| {
            self.counts.push(LeftOut { reason, rows: 0, amount: None, examples: Vec::new() });
            self.counts.len() - 1
        });
        &mut self.counts[at]
    }

    /// Records counted.
    pub fn rows(&self) -> u64 {
        self.counts.iter().map(|count| count.rows).sum()
    }

    /// The counts, most rows first.
    pub fn left_out(&self) -> Vec<LeftOut> {
        let mut all = self.counts.clone();
        most_first(&mut all);
        all
    }

    /// The records themselves, in the order of the file, and how many more there were than could be kept.
    pub fn kept(&self) -> (&[Kept], u64) {
        (&self.kept, self.dropped)
    }
}
