//! One analysis: its files on their way to a ledger, then the ledger and what was computed from it.
//!
//! * Here: where a job stands, which bytes it wants, and who takes them.
//! * `heads`: the beginnings of files, what is packed in them, and files that can't be read.
//! * `reading`: rows on their way into the ledger, and what is made of them when all are there.
//! * `divided`: stretches of a file that others read.
//! * `fitting`: models on their way, step by step.
//! * `answers`: reports, sections, customers, rows left out, files to save.

use super::Want;
use super::clashes::{Clashes, RowsOf};
use super::source::Source;
use crate::ingest::unpack::gzip;
use crate::ledger::intake::head::HEAD_BYTES;
use crate::ledger::intake::lessons::Lessons;
use crate::ledger::intake::repeats::Seen;
use crate::ledger::kinds::RowSum;
use crate::ledger::near::NearMiss;
use crate::math::Day;
use crate::protocol::{FileInfo, Problem, ReadOptions, Reply};
use crate::report::Settings;
use crate::report::build::{self, Analysis};
use fitting::Fitting;
use reading::Reading;

mod answers;
mod divided;
mod fitting;
mod heads;
mod reading;

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
    /// The one of all rows, while a filter or a period shows some of them: it is what is most often gone back to.
    whole: Option<Box<Analysis>>,
    /// What the models are asked while they are being fitted.
    fitting: Option<Fitting>,
    /// Whether they are fitted in steps.
    in_steps: bool,
    /// Whether a person has stopped their fitting since the last report, and asked for nothing that rests on them after it.
    stopped: bool,
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
            whole: None,
            fitting: None,
            in_steps: false,
            stopped: false,
            kinds: None,
            asked: None,
            was_read: false,
            sample,
            slice_bytes,
            memory,
        }
    }

    /// Whether files are being read.
    pub(super) fn is_reading(&self) -> bool {
        !matches!(self.phase, Phase::Read | Phase::Failed)
    }

    /// Remembers a report that was asked for too early.
    pub(super) fn ask(&mut self, settings: Box<Settings>) {
        self.asked = Some(settings);
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
        (self.analysis, self.whole, self.fitting) = (None, None, None);
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

    pub(super) fn feed(&mut self, bytes: &[u8]) -> Vec<Reply> {
        match std::mem::replace(&mut self.phase, Phase::Read) {
            Phase::Heads { source } => self.take_head(source, bytes),
            Phase::Holding { source, bytes: held } => self.hold(source, held, bytes),
            Phase::Reading(reading) => self.take_slice(*reading, bytes),
            Phase::Read | Phase::Failed => Vec::new(),
        }
    }

    fn fail(&mut self, problem: Problem) -> Vec<Reply> {
        self.phase = Phase::Failed;
        vec![Reply::Failed { job: self.number, problem }]
    }
}
