//! One analysis: its files on their way to a ledger, then the ledger and what was computed from it.

use std::collections::BTreeMap;

use super::{Want, file_of, nothing_loaded, review};
use crate::ingest::receipt::{LeftOut, Reason, TableReceipt, most_first};
use crate::ledger::intake::head::HEAD_BYTES;
use crate::ledger::intake::plan::Lessons;
use crate::ledger::intake::rows::MAX_DIMENSIONS;
use crate::ledger::intake::{FileRead, Head, Plan, Rows};
use crate::ledger::{Ledger, LedgerBuilder};
use crate::math::{Day, Money};
use crate::protocol::{Export, FileInfo, Problem, ReadOptions, Reply};
use crate::report::build::{Analysis, Context, analyse};
use crate::report::{Settings, export};
use crate::roles::Role;

/// Readings of all files before a plan is kept, right or not: a file whose evidence points both ways must end.
const MOST_READINGS: u32 = 4;

/// A file and all that is known of it.
pub(super) struct Source {
    pub(super) info: FileInfo,
    pub(super) options: ReadOptions,
    pub(super) lessons: Lessons,
    pub(super) head: Option<Head>,
    pub(super) plan: Option<Plan>,
    pub(super) read: FileRead,
}

/// Where a job stands.
enum Phase {
    /// The head of this file is wanted.
    Heads { file: usize },
    /// This file is being read.
    Reading { file: usize, offset: u64, rows: Option<Box<Rows>>, builder: Box<LedgerBuilder> },
    /// All files are read, or none of them is a table of orders.
    Read,
    /// The job ended with a problem.
    Failed,
}

/// One analysis.
pub(super) struct Job {
    pub(super) number: u32,
    sources: Vec<Source>,
    phase: Phase,
    readings: u32,
    bytes_before: u64,
    rows_before: u64,
    ledger: Option<Ledger>,
    analysis: Option<Box<Analysis>>,
    sample: bool,
    slice_bytes: usize,
}

impl Job {
    pub(super) fn new(number: u32, files: Vec<FileInfo>, sample: bool, slice_bytes: usize) -> Job {
        let source = |info| Source {
            info,
            options: ReadOptions::default(),
            lessons: Lessons::default(),
            head: None,
            plan: None,
            read: FileRead::default(),
        };
        Job {
            number,
            sources: files.into_iter().map(source).collect(),
            phase: Phase::Heads { file: 0 },
            readings: 0,
            bytes_before: 0,
            rows_before: 0,
            ledger: None,
            analysis: None,
            sample,
            slice_bytes,
        }
    }

    pub(super) fn file_name(&self, file: usize) -> Option<String> {
        self.sources.get(file).map(|source| source.info.name.clone())
    }

    pub(super) fn analysis(&mut self) -> Option<&mut Analysis> {
        self.analysis.as_deref_mut()
    }

    /// Reads the files again under what a person said.
    pub(super) fn reread(&mut self, options: Vec<ReadOptions>) {
        for (source, options) in self.sources.iter_mut().zip(options) {
            source.options = options;
            source.lessons = Lessons::default();
        }
        self.readings = 0;
        self.analysis = None;
        self.phase = Phase::Heads { file: 0 };
    }

    pub(super) fn wants(&self) -> Option<Want> {
        match &self.phase {
            Phase::Heads { file } => {
                let len = self.sources[*file].info.size.min(HEAD_BYTES as u64) as usize;
                Some(Want { file: *file, offset: 0, len })
            }
            Phase::Reading { file, offset, .. } => {
                let len = (self.sources[*file].info.size - offset).min(self.slice_bytes as u64) as usize;
                Some(Want { file: *file, offset: *offset, len })
            }
            Phase::Read | Phase::Failed => None,
        }
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) -> Vec<Reply> {
        match std::mem::replace(&mut self.phase, Phase::Read) {
            Phase::Heads { file } => self.take_head(file, bytes),
            Phase::Reading { file, offset, rows, builder } => self.take_slice(file, offset, rows, builder, bytes),
            Phase::Read | Phase::Failed => Vec::new(),
        }
    }

    fn take_head(&mut self, file: usize, bytes: &[u8]) -> Vec<Reply> {
        let source = &mut self.sources[file];
        let whole = bytes.len() as u64 == source.info.size;
        match Head::read(&source.info.name, bytes, whole, &source.options) {
            Ok(head) => source.head = Some(head),
            Err(problem) => return self.fail(problem),
        }
        if file + 1 < self.sources.len() {
            self.phase = Phase::Heads { file: file + 1 };
            return Vec::new();
        }
        self.begin_reading()
    }

    /// Plans every file and starts with the first.
    fn begin_reading(&mut self) -> Vec<Reply> {
        self.readings += 1;
        self.bytes_before = 0;
        self.rows_before = 0;
        for source in &mut self.sources {
            let Some(head) = &source.head else { continue };
            source.plan = Some(Plan::new(head, &source.options, &source.lessons));
            source.read = FileRead::default();
        }
        let orders = || self.sources.iter().filter_map(|s| s.plan.as_ref()).filter(|plan| plan.is_orders());
        let has_order_ids = orders().count() > 0 && orders().all(|plan| plan.column(Role::Order).is_some());
        let builder = Box::new(LedgerBuilder::new(self.dimensions(), has_order_ids));
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

    /// Goes on with the first table of orders from this file on; with none left, ends the reading.
    fn start_file(&mut self, from: usize, builder: Box<LedgerBuilder>) -> Vec<Reply> {
        let dimensions: Vec<String> = self.dimensions().into_iter().map(|(name, _)| name).collect();
        for file in from..self.sources.len() {
            let source = &self.sources[file];
            let (Some(head), Some(plan)) = (&source.head, &source.plan) else { continue };
            let names: Vec<String> = head.columns.iter().map(|column| column.name.clone()).collect();
            // A file that is no table of orders is read too, to count its rows for the receipt; only its head was.
            let mut options = source.options.clone();
            options.currency = options.currency.or_else(|| source.lessons.currency.clone());
            if let Some(rows) = Rows::new(plan.clone(), &names, &dimensions, &options) {
                self.phase = Phase::Reading { file, offset: 0, rows: Some(Box::new(rows)), builder };
                return Vec::new();
            }
            self.bytes_before += source.info.size;
        }
        self.end_reading(*builder)
    }

    fn take_slice(
        &mut self,
        file: usize,
        offset: u64,
        rows: Option<Box<Rows>>,
        mut builder: Box<LedgerBuilder>,
        bytes: &[u8],
    ) -> Vec<Reply> {
        let Some(mut rows) = rows else { return Vec::new() };
        rows.push(bytes, &mut builder);
        let offset = offset + bytes.len() as u64;
        let progress = Reply::Progress {
            job: self.number,
            file,
            bytes: self.bytes_before + offset,
            of: self.sources.iter().map(|source| source.info.size).sum(),
            rows: self.rows_before + rows.rows_read(),
            again: self.readings > 1,
        };
        let mut replies = vec![progress];
        if offset < self.sources[file].info.size {
            self.phase = Phase::Reading { file, offset, rows: Some(rows), builder };
            return replies;
        }
        let (read, lessons) = rows.finish(&mut builder);
        self.rows_before += read.rows_read;
        self.bytes_before += offset;
        let source = &mut self.sources[file];
        source.read = read;
        if lessons != Lessons::default() && self.readings < MOST_READINGS {
            let known = &mut source.lessons;
            known.encoding = lessons.encoding.or(known.encoding);
            known.decimal = lessons.decimal.or(known.decimal);
            known.date_order = lessons.date_order.or(known.date_order);
            replies.extend(self.begin_reading());
            return replies;
        }
        replies.extend(self.start_file(file + 1, builder));
        replies
    }

    /// Every file is read: the review, or for the sample the report at once.
    fn end_reading(&mut self, builder: LedgerBuilder) -> Vec<Reply> {
        self.phase = Phase::Read;
        // Several currencies are never added up: the one with most rows is analysed until the person says otherwise.
        if let Some(chosen) = review::currency_to_settle(&self.sources) {
            for source in &mut self.sources {
                source.lessons.currency = Some(chosen.clone());
            }
            return self.begin_reading();
        }
        let ledger = builder.finish();
        let review = review::of(&self.sources, &ledger);
        if let Some(source) = self.sources.first()
            && self.sources.len() == 1
            && source.read.rows_read == 0
            && source.plan.as_ref().is_some_and(Plan::is_orders)
        {
            return self.fail(Problem::NoRows { file: source.info.name.clone() });
        }
        self.ledger = Some(ledger);
        if self.sample {
            vec![self.compute(&Settings::default())]
        } else {
            vec![Reply::Review { job: self.number, review: Box::new(review) }]
        }
    }

    fn fail(&mut self, problem: Problem) -> Vec<Reply> {
        self.phase = Phase::Failed;
        vec![Reply::Failed { job: self.number, problem }]
    }

    /// The report under these settings.
    pub(super) fn compute(&mut self, settings: &Settings) -> Reply {
        let job = self.number;
        let Some(ledger) = &self.ledger else { return nothing_loaded(job) };
        if ledger.rows() == 0 {
            return Reply::Failed { job, problem: self.nothing_usable() };
        }
        let end = settings.end;
        let context = Context {
            tables: self.sources.iter().map(|source| receipt(source, end)).collect(),
            currency: review::currency(&self.sources),
            sample: self.sample,
        };
        let analysis = Box::new(analyse(ledger, settings, context));
        let report = Box::new(analysis.report.clone());
        self.analysis = Some(analysis);
        Reply::Report { job, report }
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

    pub(super) fn export(&mut self, what: &Export) -> Reply {
        let job = self.number;
        let (name, mime) = file_of(what);
        let text = match (what, self.analysis.as_deref_mut()) {
            (Export::LeftOut, _) => {
                let files = self.sources.iter().map(|s| (s.info.name.as_str(), names(s), &s.read.blame));
                export::left_out_csv(files)
            }
            (_, None) => return nothing_loaded(job),
            (Export::Report, Some(analysis)) => export::json(&analysis.report),
            (Export::Customers { query }, Some(analysis)) => export::customers_csv(analysis, query),
        };
        Reply::Export { job, name: name.to_owned(), mime: mime.to_owned(), text }
    }
}

fn names(source: &Source) -> Vec<String> {
    source.head.iter().flat_map(|head| &head.columns).map(|column| column.name.clone()).collect()
}

/// What came in and what became of it, under an end of the period.
fn receipt(source: &Source, end: Option<Day>) -> TableReceipt {
    let Some(plan) = &source.plan else { return TableReceipt::default() };
    let read = &source.read;
    let reading = &plan.reading;
    let known = names(source).into_iter().zip(&plan.guesses).filter(|(_, guess)| guess.role != Role::Unused);
    let mut roles = BTreeMap::new();
    // Collecting them would sort them first, with a sort of its own.
    roles.extend(known.map(|(name, guess)| (guess.role.name().to_owned(), name)));
    let late = read.by_day.iter().filter(|(day, _)| end.is_some_and(|end| **day > end));
    let (late_rows, late_amount, late_refunds) =
        late.fold((0, 0i64, 0), |sum, (_, day)| (sum.0 + day.0, sum.1 + day.1, sum.2 + day.2));
    let mut left_out = read.blame.left_out();
    if late_rows > 0 {
        let amount = Some(Money(late_amount));
        left_out.push(LeftOut { reason: Reason::AfterEnd, rows: late_rows, amount, examples: Vec::new() });
        most_first(&mut left_out);
    }
    TableReceipt {
        kind: plan.kind.name().to_owned(),
        file: source.info.name.clone(),
        bytes: source.info.size,
        rows_read: read.rows_read,
        rows_used: read.rows_used - late_rows,
        refund_rows: read.refund_rows - late_refunds,
        left_out,
        roles,
        encoding: reading.encoding.name().to_owned(),
        delimiter: char::from(reading.delimiter).to_string(),
        decimal: reading.decimal.char().to_string(),
        dates: reading.date_order.name().to_owned(),
        amount_read: Money(read.amount_read),
        amount_used: Money(read.amount_used - late_amount),
    }
}
