//! One analysis: its files on their way to a ledger, then the ledger and what was computed from it.

use std::rc::Rc;

use super::clashes::{Clashes, RowsOf};
use super::division::{Division, Setting, Task};
use super::reader::{Outcome, Reader, in_turn};
use super::source::{self, Source};
use super::{Want, decisions, file_of, joined, left_out, nothing_loaded, review, room, sections};
use crate::ingest::receipt::Reason;
use crate::ingest::unpack::gzip::{self, Gunzip};
use crate::ingest::unpack::{self, Damage, MOST_PACKED, Packing};
use crate::ledger::LedgerBuilder;
use crate::ledger::intake::head::HEAD_BYTES;
use crate::ledger::intake::lessons::Lessons;
use crate::ledger::intake::repeats::Seen;
use crate::ledger::intake::rows::MAX_DIMENSIONS;
use crate::ledger::intake::{FileRead, Head, Plan};
use crate::ledger::kinds::{self, RowSum};
use crate::ledger::near::NearMiss;
use crate::math::Day;
use crate::measures::{ahead, engagement};
use crate::protocol::{Export, FileInfo, Problem, ReadOptions, Reply, Review};
use crate::report::build::{self, Analysis, Context};
use crate::report::receipt::Receipt;
use crate::report::sections::Ask;
use crate::report::{Settings, customers, export, risk};
use crate::roles::Role;

/// Readings of all files before a plan is kept, right or not: a file whose evidence points both ways must end.
const MOST_READINGS: u32 = 4;

/// Rows that room is made for beforehand: what begins like a larger file may be none.
const MOST_ROOM: f64 = 12e6;

/// Where a job stands.
enum Phase {
    /// The head of this source is wanted.
    Heads { source: usize },
    /// All of this source is wanted, to be unpacked.
    Holding { source: usize, bytes: Vec<u8> },
    /// This source is being read.
    Reading(Box<Reading>),
    /// All files are read, or none of them is of use.
    Read,
    /// The job ended with a problem.
    Failed,
}

/// A source on its way into the ledger, or into a table of its own.
struct Reading {
    source: usize,
    /// Its place among those that are read.
    turn: usize,
    offset: u64,
    gunzip: Option<Gunzip>,
    rows: Reader,
    /// Rows in the builder before it.
    rows_before: usize,
    builder: LedgerBuilder,
    /// How it is divided, where others read some of it.
    division: Option<Division>,
}

/// One analysis.
pub(super) struct Job {
    pub(super) number: u32,
    sources: Vec<Source>,
    /// Files that can't be read, beside others that can: why.
    refused: Vec<Problem>,
    /// What a person said about sources, for those that are still packed.
    said: Vec<ReadOptions>,
    phase: Phase,
    readings: u32,
    learned: bool,
    /// The rows that were seen in this reading, by the columns of the files that they are of.
    seen: Vec<(Vec<String>, Seen)>,
    bytes_before: u64,
    rows_before: u64,
    /// The rows of each table of orders in the builder.
    rows_of: Vec<RowsOf>,
    /// What clashes among the orders, once it was found.
    clashes: Option<Clashes>,
    /// The ledger, ready to be asked.
    ledger: Option<build::Source>,
    /// Ids of customers that differ only in how they are written, and how many of them were made others.
    near_misses: Vec<NearMiss>,
    merged_ids: u64,
    analysis: Option<Box<Analysis>>,
    /// What the rows of the ledger up to an end of the period are: the same under every filter.
    kinds: Option<(Option<Day>, [RowSum; 4])>,
    /// Asked for while files are being read: the report that follows the review.
    asked: Option<Box<Settings>>,
    /// Whether all files were read to their ends before.
    was_read: bool,
    sample: bool,
    slice_bytes: usize,
    /// Bytes that the rows may take.
    memory: u64,
}

impl Job {
    pub(super) fn new(number: u32, files: Vec<FileInfo>, sample: bool, slice_bytes: usize, memory: u64) -> Job {
        let source = |(file, info)| Source::new(file, info);
        Job {
            number,
            sources: files.into_iter().enumerate().map(source).collect(),
            refused: Vec::new(),
            said: Vec::new(),
            phase: Phase::Heads { source: 0 },
            readings: 0,
            learned: false,
            seen: Vec::new(),
            bytes_before: 0,
            rows_before: 0,
            rows_of: Vec::new(),
            clashes: None,
            ledger: None,
            near_misses: Vec::new(),
            merged_ids: 0,
            analysis: None,
            kinds: None,
            asked: None,
            was_read: false,
            sample,
            slice_bytes,
            memory,
        }
    }

    /// Takes out files without a byte; the problem where there is no other one.
    pub(super) fn without_empty(&mut self) -> Option<Problem> {
        let problem = |source: &Source| Problem::Empty { file: source.info.name.clone() };
        let is_empty = |source: &Source| source.info.size == 0;
        if self.sources.iter().all(is_empty) {
            return self.sources.first().map(problem);
        }
        self.refused.extend(self.sources.iter().filter(|source| is_empty(source)).map(problem));
        self.sources.retain(|source| !is_empty(source));
        self.say_again();
        None
    }

    /// The bytes that were wanted can't be had. When the files are read for the first time, the others go on; later the job
    /// ends, so that figures do not change because a file is gone.
    pub(super) fn cannot_read(&mut self, why: &str) -> Vec<Reply> {
        let at = match &self.phase {
            Phase::Heads { source } | Phase::Holding { source, .. } => *source,
            Phase::Reading(reading) => reading.source,
            Phase::Read | Phase::Failed => return Vec::new(),
        };
        let problem = Problem::CannotRead { file: self.sources[at].info.name.clone(), why: why.to_owned() };
        if self.was_read { self.fail(problem) } else { self.refuse(at, problem) }
    }

    /// Whether files are being read.
    pub(super) fn is_reading(&self) -> bool {
        !matches!(self.phase, Phase::Read | Phase::Failed)
    }

    /// Remembers a report that was asked for too early.
    pub(super) fn ask(&mut self, settings: Box<Settings>) {
        self.asked = Some(settings);
    }

    /// Answers from the last analysis. Between two readings there is nothing to look up; whoever shows what was asked for
    /// asks again with the next report.
    pub(super) fn look_up(&mut self, answer: impl FnOnce(&mut Analysis) -> Reply) -> Vec<Reply> {
        if self.is_reading() {
            return Vec::new();
        }
        match &mut self.analysis {
            Some(analysis) => vec![answer(analysis)],
            None => vec![nothing_loaded(self.number)],
        }
    }

    /// Reads the files again under what a person said.
    pub(super) fn reread(&mut self, options: Vec<ReadOptions>) {
        for (source, options) in self.sources.iter_mut().zip(&options) {
            source.options = options.clone();
            source.lessons = Lessons::default();
            source.dropped = None;
        }
        self.clashes = None;
        self.said = options;
        self.readings = 0;
        self.learned = false;
        self.analysis = None;
        self.ledger = None;
        self.phase = Phase::Heads { source: 0 };
    }

    pub(super) fn wants(&self) -> Option<Want> {
        let (source, offset, most) = match &self.phase {
            Phase::Heads { source } => (*source, 0, HEAD_BYTES),
            Phase::Holding { source, bytes } => (*source, bytes.len() as u64, self.slice_bytes),
            Phase::Reading(reading) if reading.gunzip.is_some() => {
                (reading.source, reading.offset, self.slice_bytes.min(gzip::SLICE_BYTES))
            }
            Phase::Reading(reading) => (reading.source, reading.offset, self.slice_bytes),
            Phase::Read | Phase::Failed => return None,
        };
        let Source { file, text, info, .. } = &self.sources[source];
        let division = match &self.phase {
            Phase::Reading(reading) => reading.division.as_ref(),
            _ => None,
        };
        let most = division.map_or(u64::MAX, |division| division.most(offset)).min(most as u64);
        Some(match text {
            Some(_) => Want { file: *file, offset: 0, len: 0 },
            None => Want { file: *file, offset, len: (info.size - offset).min(most) as usize },
        })
    }

    /// See [`super::Engine::task`].
    pub(super) fn task(&mut self, number: u32) -> Option<Task> {
        let dimensions = self.dimensions().into_iter().map(|(name, _)| name).collect();
        let Phase::Reading(reading) = &mut self.phase else { return None };
        let source = &self.sources[reading.source];
        let (Some(division), Reader::Orders(rows)) = (&mut reading.division, &reading.rows) else { return None };
        // The first slice tells what a stretch further on can't.
        let before = rows.before().filter(|_| reading.offset > 0)?;
        let (start, end) = division.give(number, reading.offset)?;
        let setting = Setting {
            info: source.info.clone(),
            options: rows.options().clone(),
            lessons: source.lessons.clone(),
            dimensions,
            has_order_ids: reading.builder.has_order_ids(),
        };
        Some(Task { number, file: source.file, start, end, setting, before })
    }

    /// See [`super::Engine::awaits`].
    pub(super) fn awaits(&self) -> Option<u32> {
        match &self.phase {
            Phase::Reading(reading) => reading.division.as_ref()?.awaits(),
            _ => None,
        }
    }

    /// See [`super::Engine::is_open`].
    pub(super) fn is_open(&self, task: u32) -> bool {
        match &self.phase {
            Phase::Reading(reading) => reading.division.as_ref().is_some_and(|division| division.is_open(task)),
            _ => false,
        }
    }

    /// See [`super::Engine::feed_part`].
    pub(super) fn feed_part(&mut self, number: u32, bytes: &[u8]) -> Vec<Reply> {
        let Phase::Reading(mut reading) = std::mem::replace(&mut self.phase, Phase::Read) else { return Vec::new() };
        let (Some(division), Reader::Orders(rows)) = (&mut reading.division, &mut reading.rows) else {
            self.phase = Phase::Reading(reading);
            return Vec::new();
        };
        match division.take(number, reading.offset, bytes, rows, &mut reading.builder) {
            Some(end) => {
                reading.offset = end;
                self.go_on(*reading)
            }
            None => {
                self.phase = Phase::Reading(reading);
                Vec::new()
            }
        }
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) -> Vec<Reply> {
        match std::mem::replace(&mut self.phase, Phase::Read) {
            Phase::Heads { source } => self.take_head(source, bytes),
            Phase::Holding { source, bytes: held } => self.hold(source, held, bytes),
            Phase::Reading(reading) => self.take_slice(*reading, bytes),
            Phase::Read | Phase::Failed => Vec::new(),
        }
    }

    fn take_head(&mut self, at: usize, bytes: &[u8]) -> Vec<Reply> {
        let source = &mut self.sources[at];
        let text = source.text.clone();
        if text.is_none() {
            source.packing = Packing::of(bytes);
            if source.packing.is_held() {
                if source.info.size > MOST_PACKED {
                    return self.damaged(at, Damage::TooLarge);
                }
                self.phase = Phase::Holding { source: at, bytes: Vec::new() };
                return Vec::new();
            }
        }
        let beginning;
        let (head, whole) = match (&text, source.packing) {
            (Some(text), _) => (&text[..text.len().min(HEAD_BYTES)], text.len() <= HEAD_BYTES),
            (None, Packing::Gzip) => {
                let is_all = bytes.len() as u64 == source.info.size;
                beginning = match gzip::beginning(bytes, is_all, HEAD_BYTES) {
                    Ok(text) => text,
                    Err(damage) => return self.damaged(at, damage),
                };
                let whole = is_all && beginning.len() <= HEAD_BYTES;
                (&beginning[..beginning.len().min(HEAD_BYTES)], whole)
            }
            (None, _) => (bytes, bytes.len() as u64 == source.info.size),
        };
        match Head::read(&source.info.name, head, whole, &source.options) {
            Ok(head) => source.head = Some(head),
            Err(problem) => return self.refuse(at, problem),
        }
        self.next_head(at + 1)
    }

    fn next_head(&mut self, source: usize) -> Vec<Reply> {
        if source < self.sources.len() {
            self.phase = Phase::Heads { source };
            return Vec::new();
        }
        self.begin_reading()
    }

    /// Collects a file that has to be unpacked whole; at its end, what was in it takes its place.
    fn hold(&mut self, at: usize, mut held: Vec<u8>, bytes: &[u8]) -> Vec<Reply> {
        held.extend_from_slice(bytes);
        let source = &self.sources[at];
        if (held.len() as u64) < source.info.size {
            self.phase = Phase::Holding { source: at, bytes: held };
            return Vec::new();
        }
        let tables = match unpack::unpack(source.packing, &held) {
            Ok(tables) => tables,
            Err(damage) => return self.damaged(at, damage),
        };
        let (file, packing, name) = (source.file, source.packing, source.info.name.clone());
        let unpacked = tables.into_iter().map(|table| {
            let name = if table.name.is_empty() { name.clone() } else { format!("{name} › {}", table.name) };
            let info = FileInfo { name, size: table.text.len() as u64 };
            Source { packing, text: Some(Rc::new(table.text)), ..Source::new(file, info) }
        });
        self.sources.splice(at..=at, unpacked);
        self.say_again();
        self.next_head(at)
    }

    /// Gives each source what was said of it, once the sources before it are known.
    fn say_again(&mut self) {
        for (source, options) in self.sources.iter_mut().zip(&self.said) {
            source.options = options.clone();
        }
    }

    /// Goes on without a source that can't be read; where there is no other one, the job ends.
    fn refuse(&mut self, source: usize, problem: Problem) -> Vec<Reply> {
        if self.sources.len() < 2 {
            return self.fail(problem);
        }
        self.sources.remove(source);
        self.refused.push(problem);
        self.say_again();
        // The heads of those before it are known. Where one turns out damaged when it is read, all begin again, as what
        // it gave so far is among their rows.
        match self.sources.iter().position(|source| source.head.is_none()) {
            Some(next) => self.next_head(next),
            None => self.begin_reading(),
        }
    }

    fn damaged(&mut self, source: usize, damage: Damage) -> Vec<Reply> {
        let Source { info, packing, .. } = &self.sources[source];
        let seems = match packing {
            Packing::Zip => "zip",
            Packing::Gzip => "gzip",
            Packing::Xls => "xls",
            Packing::Json | Packing::Plain => "json",
        };
        let problem = Problem::Packed { file: info.name.clone(), seems: seems.to_owned(), damage };
        self.refuse(source, problem)
    }

    /// Plans every file and starts with the first.
    fn begin_reading(&mut self) -> Vec<Reply> {
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
    fn dimensions(&self) -> Vec<(String, Option<String>)> {
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

    fn take_slice(&mut self, mut reading: Reading, bytes: &[u8]) -> Vec<Reply> {
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
            let room = more.min(MOST_ROOM) as usize;
            if held + needed > self.memory || !rows.make_room(room, &mut reading.builder) {
                reading.offset += taken as u64;
                return self.too_large(&reading, needed);
            }
        }
        reading.offset += taken as u64;
        self.go_on(reading)
    }

    /// Says how far a reading is, and goes on with it or ends it.
    fn go_on(&mut self, reading: Reading) -> Vec<Reply> {
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

    fn fail(&mut self, problem: Problem) -> Vec<Reply> {
        self.phase = Phase::Failed;
        vec![Reply::Failed { job: self.number, problem }]
    }

    /// The report under these settings.
    pub(super) fn compute(&mut self, settings: &Settings) -> Reply {
        let job = self.number;
        let Some(ledger) = &self.ledger else { return nothing_loaded(job) };
        let stands_alone =
            |source: &Source| source.table.as_ref().is_some_and(|table| table.rows > 0 && table.kind.stands_alone());
        if ledger.ledger().rows() == 0 && !self.sources.iter().any(stands_alone) {
            return Reply::Failed { job, problem: self.nothing_usable() };
        }
        let end = settings.end;
        let known = self.kinds.filter(|(of, _)| *of == end);
        let (_, kinds) = *self.kinds.insert(known.unwrap_or_else(|| (end, kinds::by_kind(ledger.ledger(), end))));
        let refused = self.refused.iter().map(source::refused);
        let tables: Vec<_> = self.sources.iter().map(|source| source.receipt(end)).chain(refused).collect();
        let context = Context {
            receipt: Receipt::of(&tables, kinds),
            tables,
            currency: review::currency(&self.sources),
            sample: self.sample,
            spend: joined::spend(&self.sources).map(Rc::new),
            near_misses: self.near_misses.clone(),
            merged_ids: self.merged_ids,
        };
        // The old one's memory is needed for the new one.
        self.analysis = None;
        let analysis = Box::new(ledger.analyse(settings, context));
        let report = Box::new(analysis.report.clone());
        self.analysis = Some(analysis);
        Reply::Report { job, report }
    }

    /// The page of a customer, with what all tables say of them.
    pub(super) fn customer(&self, number: u32) -> Vec<Reply> {
        let job = self.number;
        match &self.analysis {
            _ if self.is_reading() => Vec::new(),
            Some(analysis) => {
                let mut detail = customers::detail(analysis, number).map(Box::new);
                if let Some(detail) = &mut detail {
                    let beside = analysis.beside(sections::sides(&self.sources), None);
                    detail.health = engagement::health_of(&beside, number);
                }
                vec![Reply::Customer { job, number, detail }]
            }
            None => vec![nothing_loaded(job)],
        }
    }

    /// A section of the report, as it was asked for.
    pub(super) fn section(&self, ask: &Ask) -> Vec<Reply> {
        let job = self.number;
        match (&self.analysis, &self.ledger) {
            _ if self.is_reading() => Vec::new(),
            (Some(analysis), Some(ledger)) => {
                let spend = joined::spend(&self.sources);
                let beside = analysis.beside(sections::sides(&self.sources), spend.as_ref());
                vec![Reply::Section { job, section: sections::section(ask, &beside, ledger) }]
            }
            _ => vec![nothing_loaded(job)],
        }
    }

    /// What a saved report has besides: models, forecast, and all sections.
    fn complete(&mut self) {
        let Some(analysis) = &mut self.analysis else { return };
        if let (None, Some(ledger)) = (&analysis.report.models, &self.ledger) {
            let spend = joined::spend(&self.sources);
            let beside = analysis.beside(sections::sides(&self.sources), spend.as_ref());
            let all = Ask::all().iter().map(|ask| sections::section(ask, &beside, ledger)).collect();
            sections::fill(&mut analysis.report, all);
        }
    }

    /// All customers at risk, as CSV.
    fn at_risk(&self, ask: &risk::Ask) -> String {
        let (Some(analysis), Some(ledger)) = (&self.analysis, &self.ledger) else { return String::new() };
        let beside = analysis.beside(Vec::new(), None);
        export::at_risk_csv(&ahead::risk::risk(ask, &beside, &ledger.outlook(&beside), usize::MAX))
    }

    fn nothing_usable(&self) -> Problem {
        let orders = self.sources.iter().find(|source| source.plan.as_ref().is_some_and(Plan::is_orders));
        match (orders, self.sources.first()) {
            (Some(source), _) => {
                Problem::NothingUsable { file: source.info.name.clone(), left_out: source.read.blame.left_out() }
            }
            (None, Some(source)) => Problem::MissingRoles {
                file: source.info.name.clone(),
                roles: source.plan.as_ref().map(|plan| plan.missing.clone()).unwrap_or_default(),
            },
            (None, None) => Problem::NothingLoaded,
        }
    }

    /// Rows that were left out, to be looked at. While files are read again, the rows are those read so far.
    pub(super) fn left_out(&self, table: usize, reason: Reason) -> Reply {
        Reply::LeftOutRows { job: self.number, rows: left_out::rows(&self.sources, table, reason) }
    }

    pub(super) fn export(&mut self, what: &Export) -> Reply {
        let job = self.number;
        let (name, mime) = file_of(what);
        if *what == Export::Report {
            self.complete();
        }
        let text = match (what, self.analysis.as_deref()) {
            (Export::LeftOut, analysis) => {
                let end = analysis.and_then(|analysis| analysis.report.settings.end);
                left_out::csv(&self.sources, self.ledger.as_ref().map(build::Source::ledger), end)
            }
            (_, None) => return nothing_loaded(job),
            (Export::Report, Some(analysis)) => export::json(&analysis.report),
            (Export::AtRisk { ask }, Some(_)) => self.at_risk(ask),
            (Export::Customers { query }, Some(analysis)) => export::customers_csv(analysis, query),
        };
        Reply::Export { job, name: name.to_owned(), mime: mime.to_owned(), text }
    }
}
