//! The files of a job on their way into the ledger, slice by slice, and what is made of them at their end.

use std::rc::Rc;

use super::{Job, Phase};
use crate::engine::clashes::Clashes;
use crate::engine::division::Division;
use crate::engine::reader::{Outcome, Reader, in_turn};
use crate::engine::source::Source;
use crate::engine::{decisions, joined, review, room};
use crate::ingest::unpack::Packing;
use crate::ingest::unpack::gzip::Gunzip;
use crate::ledger::LedgerBuilder;
use crate::ledger::intake::lessons::Lessons;
use crate::ledger::intake::rows::MAX_DIMENSIONS;
use crate::ledger::intake::{FileRead, Plan};
use crate::protocol::{FileInfo, Problem, Reply, Review};
use crate::report::Settings;
use crate::report::build;
use crate::roles::Role;

/// Readings of all files before a plan is kept, right or not: a file whose evidence points both ways must end.
const MOST_READINGS: u32 = 4;

/// Room that is made beforehand for each row that is expected, as the rest may have shorter lines. Room that isn't used
/// takes no memory, and rows that outgrow theirs are all copied into twice as much.
const MARGIN: f64 = 17.0 / 16.0;

/// Rows that room is made for beforehand: what begins like a larger file may be none.
const MOST_ROOM: f64 = 12e6;

/// A source on its way into the ledger, or into a table of its own.
pub(super) struct Reading {
    pub(super) source: usize,
    /// Its place among those that are read.
    pub(super) turn: usize,
    pub(super) offset: u64,
    pub(super) gunzip: Option<Gunzip>,
    pub(super) rows: Reader,
    /// Rows in the builder before it.
    pub(super) rows_before: usize,
    pub(super) builder: LedgerBuilder,
    /// How it is divided, where others read some of it.
    pub(super) division: Option<Division>,
}

impl Job {
    /// Plans every file and starts with the first.
    pub(super) fn begin_reading(&mut self) -> Vec<Reply> {
        self.readings += 1;
        self.seen.clear();
        self.rows_of.clear();
        self.bytes_before = 0;
        self.rows_before = 0;
        for source in &mut self.sources {
            let Some(head) = &source.head else { continue };
            source.plan = Some(Plan::new(head, &source.options, &source.lessons));
            source.read = FileRead::default();
            (source.table, source.content, source.joined, source.matched) = (None, None, None, None);
        }
        let orders = || self.sources.iter().filter_map(|s| s.plan.as_ref()).filter(|plan| plan.is_orders());
        // Rows of a file without numbers are purchases by their time, beside those with numbers of another file.
        let has_order_ids = orders().any(|plan| plan.column(Role::Order).is_some());
        let builder = LedgerBuilder::new(self.dimensions(), has_order_ids);
        self.start_file(0, builder)
    }

    /// The dimension columns of all tables of orders, each name once.
    pub(super) fn dimensions(&self) -> Vec<(String, Option<String>)> {
        let mut all: Vec<(String, Option<String>)> = Vec::new();
        for source in &self.sources {
            let (Some(head), Some(plan)) = (&source.head, &source.plan) else { continue };
            if !plan.is_orders() {
                continue;
            }
            for (column, guess) in head.columns.iter().zip(&plan.guesses) {
                if guess.role.is_dimension() && all.iter().all(|(name, _)| *name != column.name) {
                    let meaning = (guess.role != Role::Dimension).then(|| guess.role.name().to_owned());
                    all.push((column.name.clone(), meaning));
                }
            }
        }
        all.truncate(MAX_DIMENSIONS);
        all
    }

    /// Goes on with the first table that takes part from this turn on; with none left, ends the reading.
    fn start_file(&mut self, from: usize, builder: LedgerBuilder) -> Vec<Reply> {
        let dimensions: Vec<String> = self.dimensions().into_iter().map(|(name, _)| name).collect();
        for (turn, at) in in_turn(&self.sources).into_iter().enumerate().skip(from) {
            let source = &self.sources[at];
            let (Some(head), Some(plan)) = (&source.head, &source.plan) else { continue };
            let names = head.names();
            let mut options = source.options.clone();
            options.currency = review::said_currency(&self.sources).or_else(|| source.lessons.currency.clone());
            if !plan.is_orders() {
                options.currency = review::currency(&self.sources);
            }
            if let Some(mut rows) = Reader::new(plan, &names, &dimensions, &options) {
                if let Reader::Orders(rows) = &mut rows {
                    if let Some(place) = self.seen.iter().position(|(known, _)| *known == names) {
                        rows.remember(self.seen.swap_remove(place).1);
                    }
                    rows.expect((source.info.size / head.line_bytes as u64) as usize);
                }
                let gunzip = (source.text.is_none() && source.packing == Packing::Gzip).then(Gunzip::default);
                if let (Reader::Orders(rows), Some(dropped)) = (&mut rows, &source.dropped) {
                    rows.leave_out(Rc::clone(dropped));
                }
                let rows_before = builder.rows();
                let is_plain = source.text.is_none() && source.packing == Packing::Plain;
                let division =
                    (is_plain && plan.is_orders()).then(|| Division::new(source.info.size, self.slice_bytes));
                let reading = Reading { source: at, turn, offset: 0, gunzip, rows, rows_before, builder, division };
                self.phase = Phase::Reading(Box::new(reading));
                return Vec::new();
            }
            self.bytes_before += source.info.size;
        }
        self.end_reading(builder)
    }

    pub(super) fn take_slice(&mut self, mut reading: Reading, bytes: &[u8]) -> Vec<Reply> {
        let Source { text, info, .. } = &self.sources[reading.source];
        let (rows, builder) = (&mut reading.rows, &mut reading.builder);
        let taken = match (text, &mut reading.gunzip) {
            (Some(text), _) => {
                let rest = &text[reading.offset as usize..];
                let slice = &rest[..rest.len().min(self.slice_bytes)];
                rows.push(slice, builder);
                slice.len()
            }
            (None, Some(gunzip)) => match gunzip.push(bytes) {
                Ok(text) => {
                    rows.push(&text, builder);
                    bytes.len()
                }
                Err(damage) => return self.damaged(reading.source, damage),
            },
            (None, None) => {
                // Up to where what somebody else has read may follow.
                let own = reading.division.as_mut().map_or(bytes.len(), |division| division.own(reading.offset, bytes));
                rows.push(&bytes[..own], builder);
                own
            }
        };
        if let (0, Reader::Orders(rows)) = (reading.offset, &mut reading.rows) {
            // The rest is taken to be like the first slice.
            let rest = info.size.saturating_sub(taken as u64) as f64;
            let more = rows.rows_used() as f64 * rest / taken as f64;
            let (needed, held) = (reading.builder.bytes_of_rows(more as u64), reading.builder.bytes());
            let room = (more * MARGIN).min(MOST_ROOM) as usize;
            if held + needed > self.memory || !rows.make_room(room, &mut reading.builder) {
                reading.offset += taken as u64;
                return self.too_large(&reading, needed);
            }
        }
        reading.offset += taken as u64;
        self.go_on(reading)
    }

    /// Says how far a reading is, and goes on with it or ends it.
    pub(super) fn go_on(&mut self, reading: Reading) -> Vec<Reply> {
        let needed = reading.builder.bytes_to_finish();
        let more = needed.max(reading.builder.bytes_to_grow());
        if reading.builder.bytes() + needed > self.memory || !room::is_there(more) {
            return self.too_large(&reading, needed);
        }
        let info = &self.sources[reading.source].info;
        let progress = Reply::Progress {
            job: self.number,
            file: self.sources[reading.source].file,
            bytes: self.bytes_before + reading.offset,
            of: self.sources.iter().map(|source| source.info.size).sum(),
            rows: self.rows_before + reading.rows.rows_read(),
            again: self.readings > 1,
        };
        if reading.offset < info.size {
            self.phase = Phase::Reading(Box::new(reading));
            return vec![progress];
        }
        let mut replies = vec![progress];
        replies.extend(self.end_of_source(reading));
        replies
    }

    /// Says that the rows don't fit into memory; so many bytes more would be needed.
    fn too_large(&mut self, reading: &Reading, needed: u64) -> Vec<Reply> {
        let FileInfo { name, size } = self.sources[reading.source].info.clone();
        let (builder, before) = (&reading.builder, reading.rows_before as u64);
        let read = builder.rows() as u64 - before;
        let rows = before + (u128::from(read) * u128::from(size) / u128::from(reading.offset.max(1))) as u64;
        let held = builder.bytes();
        let found = held + room::at_most(needed, self.memory.saturating_sub(held));
        // Of a row as those so far, whose customers come for the first time more often than those of later ones do.
        let of_all = held + builder.bytes_to_finish();
        let fits = room::rows(builder.rows() as u64, of_all, found).min(rows);
        self.fail(Problem::TooManyRows { file: name, bytes: size, rows: room::about(rows), fits: room::about(fits) })
    }

    fn end_of_source(&mut self, reading: Reading) -> Vec<Reply> {
        let Reading { source: at, turn, offset, gunzip, rows, rows_before, mut builder, .. } = reading;
        if let Some(Err(damage)) = gunzip.map(Gunzip::finish) {
            return self.damaged(at, damage);
        }
        let Outcome { read, lessons, seen, table } = rows.finish(&mut builder);
        if table.is_none() {
            self.rows_of.push((at, rows_before..builder.rows()));
        }
        if let (Some(seen), Some(head)) = (seen, &self.sources[at].head) {
            self.seen.push((head.names(), seen));
        }
        self.rows_before += read.rows_read;
        self.bytes_before += offset;
        let source = &mut self.sources[at];
        source.read = read;
        source.table = table;
        // What all files teach is learned before they are read once more.
        if lessons != Lessons::default() {
            let known = &mut source.lessons;
            known.encoding = lessons.encoding.or(known.encoding);
            known.decimal = lessons.decimal.or(known.decimal);
            known.date_order = lessons.date_order.or(known.date_order);
            self.learned = true;
        }
        self.start_file(turn + 1, builder)
    }

    /// Every file is read: the review, or for the sample the report at once.
    fn end_reading(&mut self, mut builder: LedgerBuilder) -> Vec<Reply> {
        self.phase = Phase::Read;
        self.seen = Vec::new();
        if std::mem::take(&mut self.learned) && self.readings < MOST_READINGS {
            return self.begin_reading();
        }
        // Several currencies are never added up: the one with most rows is analysed until the person says otherwise.
        if let Some(chosen) = review::currency_to_settle(&self.sources) {
            for source in &mut self.sources {
                source.lessons.currency = Some(chosen.clone());
            }
            return self.begin_reading();
        }
        builder.close();
        let same = joined::same(&self.sources, &mut builder);
        // What stands in several files is left out of all but one: these are read again.
        let clashes = match self.clashes.take() {
            Some(known) => known,
            None => {
                let found = Clashes::find(&builder, &self.rows_of, &self.sources);
                if found.drop_from(&mut self.sources) {
                    self.clashes = Some(found);
                    return self.begin_reading();
                }
                found
            }
        };
        clashes.settle(&mut builder, &self.rows_of, &self.sources);
        let mut ledger = builder.finish();
        joined::join(&mut self.sources, &mut ledger, &same.merged);
        (self.near_misses, self.merged_ids) = (same.found, same.merged.ids() as u64);
        let decisions = decisions::of_all(&self.sources);
        for (source, decisions) in self.sources.iter_mut().zip(decisions) {
            source.decisions = decisions;
        }
        self.kinds = None;
        let review = Review {
            refused: self.refused.clone(),
            ..review::of(&self.sources, &ledger, self.near_misses.clone(), &clashes)
        };
        if let Some(source) = self.sources.first()
            && self.sources.len() == 1
            && source.read.rows_read == 0
            && source.plan.as_ref().is_some_and(Plan::is_orders)
        {
            return self.fail(Problem::NoRows { file: source.info.name.clone() });
        }
        self.ledger = Some(build::Source::new(ledger));
        self.was_read = true;
        if self.sample {
            return vec![self.compute(&Settings::default())];
        }
        let mut replies = vec![Reply::Review { job: self.number, review: Box::new(review) }];
        if let Some(settings) = self.asked.take() {
            replies.push(self.compute(&settings));
        }
        replies
    }
}
