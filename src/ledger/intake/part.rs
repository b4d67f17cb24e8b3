//! A stretch of a file that was read elsewhere, and taken over: how several workers read one file.
//!
//! Whoever reads a stretch assumes that a record begins with it, and begins with no memory of what came before. Who reads
//! the file from its beginning knows whether that is so: it takes a part over only where it stands between two records, and
//! where all that it remembers would have made no difference. Then it is left as if it had read the records itself, with
//! the same numbers, examples and lines. Otherwise it refuses the part, and reads those bytes.
//!
//! What could make a difference, and is refused: a quoted cell that the beginning of the stretch cuts; a row that comes
//! again in another stretch; a date that is suspicious only without the days before it; sums that could overflow.

use serde::{Deserialize, Serialize};

use super::blame::Blame;
use super::file_read::count_currency;
use super::marks::Marked;
use super::odd_dates::OddPart;
use super::own_totals;
use super::plan::Plan;
use super::repeats::Seen;
use super::rows::{MOST_SEEN, Rows};
use crate::ingest::currency;
use crate::ingest::date_evidence::DateEvidence;
use crate::ingest::decimal_evidence::DecimalEvidence;
use crate::ingest::encoding::{Decoder, Encoding};
use crate::ingest::records::Splitter;
use crate::ledger::part::RowsPart;
use crate::ledger::{LedgerBuilder, flat};
use crate::math::{Day, order};
use crate::protocol::ReadOptions;

/// What has to be known of the records before a stretch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Before {
    /// Whether rows that come again are looked for.
    repeats: bool,
    /// First and last of the days that need no verdict, where dates are judged.
    sound: Option<(Day, Day)>,
}

/// What was read of a stretch. Lines count from the first of the stretch, which has the number of `first_line`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Part {
    lines: u64,
    /// A record that was begun and is not complete.
    rest: Vec<u8>,
    decoded: (u64, u64),
    nul_characters: u64,
    rows_read: u64,
    rows_used: u64,
    refund_rows: u64,
    amount_read: i64,
    amount_used: i64,
    /// See `Inner::moved`.
    moved: u64,
    currencies: Vec<(String, u64)>,
    unknown_currency: u64,
    by_day: Vec<(Day, u64, i64, u64)>,
    own_totals: Vec<own_totals::Line>,
    marked: Marked,
    blame: Blame,
    dates: DateEvidence,
    decimals: DecimalEvidence,
    saw_other_dates: bool,
    odd_dates: Option<OddPart>,
    seen: Option<Hashes>,
    rows: RowsPart,
}

/// Hashes of rows that differ from each other.
#[derive(Debug, Serialize, Deserialize)]
struct Hashes(#[serde(with = "flat")] Vec<u64>);

/// The number of the first line of a stretch: behind the header, whose line is looked at in another way.
fn first_line(plan: &Plan) -> u64 {
    plan.reading.first_line + 1
}

impl Rows {
    /// What has to be known to read a stretch that lies further on. Nothing where records can't be understood without those
    /// before them, as lines of orders, or orders are left out one by one.
    pub fn before(&self) -> Option<Before> {
        let inner = &self.inner;
        let is_text = matches!(inner.plan.reading.encoding, Encoding::Utf8 | Encoding::Windows1252);
        let sound = inner.odd_dates.as_ref().map(|dates| dates.sound());
        if !is_text || inner.traps.lines.is_some() || inner.dropped.is_some() || sound == Some(None) {
            return None;
        }
        Some(Before { repeats: inner.seen.is_some(), sound: sound.flatten() })
    }

    /// A stretch of a file under a plan, as [`Rows::new`].
    pub fn of_stretch(
        plan: Plan,
        names_of_columns: &[String],
        dimensions: &[String],
        options: &ReadOptions,
        before: &Before,
    ) -> Option<Rows> {
        let (encoding, delimiter) = (plan.reading.encoding, plan.reading.delimiter);
        let line = first_line(&plan);
        let mut rows = Rows::new(plan, names_of_columns, dimensions, options)?;
        rows.decoder = Decoder::within(encoding);
        rows.splitter = Splitter::at_line(delimiter, line);
        rows.inner.seen = before.repeats.then(Seen::default);
        if let Some(dates) = &mut rows.inner.odd_dates {
            dates.know(before.sound);
        }
        Some(rows)
    }

    /// All that was read. Nothing where it ends in the middle of what only the next bytes tell.
    pub fn into_part(mut self, builder: LedgerBuilder) -> Option<Part> {
        self.inner.count_pending();
        if !self.decoder.is_between() {
            return None;
        }
        let (rest, line) = self.splitter.into_rest()?;
        let inner = self.inner;
        let read = inner.read;
        let by_day = read.by_day.into_iter().map(|(day, (rows, amount, refunds))| (day, rows, amount, refunds));
        let mut by_day: Vec<_> = by_day.collect();
        order::sort_by(&mut by_day, Ord::cmp);
        Some(Part {
            lines: line - first_line(&inner.plan),
            rest,
            decoded: self.decoder.counts(),
            nul_characters: read.nul_characters,
            rows_read: read.rows_read,
            rows_used: read.rows_used,
            refund_rows: read.refund_rows,
            amount_read: read.amount_read,
            amount_used: read.amount_used,
            moved: inner.moved,
            currencies: read.currencies.into_iter().map(|(code, rows)| (code.to_owned(), rows)).collect(),
            unknown_currency: read.unknown_currency,
            by_day,
            own_totals: read.own_totals,
            marked: read.marked,
            blame: read.blame,
            dates: inner.dates,
            decimals: inner.decimals,
            saw_other_dates: inner.saw_other_dates,
            odd_dates: inner.odd_dates.map(|dates| dates.into_part()),
            seen: inner.seen.map(|seen| Hashes(seen.into_hashes())),
            rows: builder.into_part(),
        })
    }

    /// Takes over what was read of the bytes that come next. Whether it could; else nothing has changed.
    pub fn absorb(&mut self, part: Part, builder: &mut LedgerBuilder) -> bool {
        let first = first_line(&self.inner.plan);
        let line = self.splitter.clean_line().filter(|line| *line >= first && self.decoder.is_between());
        let Some(line) = line.filter(|_| self.inner.agrees(&part, builder)) else { return false };
        self.decoder.absorb(part.decoded);
        self.splitter.skip(part.lines, part.rest);
        let (inner, shift) = (&mut self.inner, line - first);
        inner.moved += part.moved;
        inner.dates.absorb(part.dates);
        inner.decimals.absorb(part.decimals);
        inner.saw_other_dates |= part.saw_other_dates;
        if let (Some(dates), Some(part)) = (&mut inner.odd_dates, part.odd_dates) {
            dates.absorb(part, shift);
        }
        let read = &mut inner.read;
        own_totals::absorb(&mut read.own_totals, part.own_totals, shift, read.amount_read);
        read.nul_characters += part.nul_characters;
        read.rows_read += part.rows_read;
        read.rows_used += part.rows_used;
        read.refund_rows += part.refund_rows;
        read.amount_read += part.amount_read;
        read.amount_used += part.amount_used;
        read.unknown_currency += part.unknown_currency;
        for (code, rows) in part.currencies {
            if let Some(code) = currency::currency_code(&code) {
                count_currency(&mut read.currencies, code, rows);
            }
        }
        for (day, rows, amount, refunds) in part.by_day {
            let by_day = read.by_day.entry(day).or_default();
            *by_day = (by_day.0 + rows, by_day.1 + amount, by_day.2 + refunds);
        }
        read.marked.absorb(part.marked, shift);
        read.blame.absorb(part.blame, shift);
        if inner.seen.is_none() {
            read.marked.repeated = None;
        }
        builder.absorb(part.rows);
        true
    }
}

impl super::rows::Inner {
    /// Whether a part is what the records would have come to here. The hashes of its rows are then among those seen.
    fn agrees(&mut self, part: &Part, builder: &LedgerBuilder) -> bool {
        let moved = self.moved.checked_add(part.moved).and_then(|moved| i64::try_from(moved).ok());
        let fits = moved.is_some_and(|moved| builder.has_room(moved, part.rows.moved()));
        let dates = match (&self.odd_dates, &part.odd_dates) {
            (Some(dates), Some(part)) => dates.agrees(part),
            (dates, part) => dates.is_none() && part.is_none(),
        };
        fits && dates && !part.marked.is_cut_short() && self.takes_hashes(part)
    }

    /// Puts the hashes of a part's rows among those seen. Whether none of them was there.
    fn takes_hashes(&mut self, part: &Part) -> bool {
        let Some(seen) = &mut self.seen else { return true };
        if !part.seen.as_ref().is_some_and(|hashes| seen.insert_all(&hashes.0)) {
            return false;
        }
        if !self.once && seen.rows() > MOST_SEEN {
            self.seen = None;
        }
        true
    }
}
