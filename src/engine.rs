//! Requests in, replies out: a pure state machine that knows neither files nor browsers.
//!
//! Whoever drives it (the worker, the command line, a test) asks [`Engine::wants`] which bytes of which file come next and
//! hands them to [`Engine::feed`], until nothing is wanted any more; everything else is [`Engine::handle`].
//!
//! ```text
//! Open -> wants head of each file -> wants slices of each file -> (again, where a plan was wrong) -> Review -> Compute -> Report
//! ```

mod clashes;
mod decisions;
pub mod division;
mod job;
mod joined;
mod left_out;
mod reader;
mod review;
mod room;
mod sections;
mod source;

use crate::protocol::{Export, FileInfo, Problem, ReadOptions, Reply, Request};
use crate::report::customers;
use crate::sample;
use division::Task;
use job::Job;

/// Bytes read at a time.
pub const SLICE_BYTES: usize = 4 << 20;

/// A slice of a file that the engine wants next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Want {
    /// Which file, from 0.
    pub file: usize,
    /// First byte.
    pub offset: u64,
    /// Bytes, never beyond the end of the file. None where the engine holds them already: it goes on when it is fed nothing.
    pub len: usize,
}

/// The state of an analysis, from no file to a report.
pub struct Engine {
    job: Option<Job>,
    slice_bytes: usize,
    /// Tasks so far, of all jobs.
    tasks: u32,
    /// Bytes that an analysis may take.
    memory: u64,
    in_steps: bool,
}

impl Default for Engine {
    fn default() -> Engine {
        Engine::new()
    }
}

impl Engine {
    /// An engine with nothing loaded.
    pub fn new() -> Engine {
        Engine::with_slices_of(SLICE_BYTES)
    }

    /// An engine that wants so many bytes at a time, at least 1. What it answers does not depend on it.
    pub fn with_slices_of(bytes: usize) -> Engine {
        Engine { job: None, slice_bytes: bytes.max(1), tasks: 0, memory: room::MOST, in_steps: false }
    }

    /// The same engine, which may take so many bytes at most for the rows of an analysis.
    pub fn within(self, memory: u64) -> Engine {
        Engine { memory, ..self }
    }

    /// The same engine, which fits models step by step ([`Engine::works`]): between two steps it answers whatever else is asked.
    pub fn in_steps(self) -> Engine {
        Engine { in_steps: true, ..self }
    }

    /// Whether there is a next step of what takes long; for an engine that goes [in steps](Engine::in_steps).
    pub fn works(&self) -> bool {
        self.job.as_ref().is_some_and(Job::works)
    }

    /// Does the next step, and says how far it is, or after the last one what was asked for.
    pub fn work(&mut self) -> Vec<Reply> {
        self.job.as_mut().map(Job::work).unwrap_or_default()
    }

    /// Answers a request. Reading a file takes [`Engine::wants`] and [`Engine::feed`] besides.
    pub fn handle(&mut self, request: Request) -> Vec<Reply> {
        match request {
            Request::Open { job, files, options } => self.open(job, files, options),
            Request::Sample { job } => self.sample(job),
            Request::Reread { job, options } => self.with(job, |job| {
                job.reread(options);
                Vec::new()
            }),
            Request::Compute { job, settings } => self.with(job, |state| {
                if state.is_reading() {
                    state.ask(settings);
                    return Vec::new();
                }
                vec![state.compute(&settings)]
            }),
            Request::Customers { job, query } => self.with(job, |state| {
                state.look_up(|analysis| Reply::Customers { job, page: customers::page(analysis, &query) })
            }),
            Request::Customer { job, number } => self.with(job, |state| state.customer(number)),
            Request::Section { job, ask } => self.with(job, |state| state.section(&ask)),
            Request::StopFitting { job } => self.with(job, Job::stop_fitting),
            Request::LeftOutRows { job, table, reason } => self.with(job, |state| vec![state.left_out(table, reason)]),
            Request::Export { job, what } => self.with(job, |state| vec![state.export(&what)]),
            Request::Cancel { job } => {
                if self.job.as_ref().is_some_and(|state| state.number == job) {
                    self.job = None;
                }
                vec![Reply::Cancelled { job }]
            }
            // The worker answers this itself: it is about the worker, not about the analysis.
            Request::Panic => Vec::new(),
        }
    }

    /// The bytes that are needed next; nothing where the engine waits for a request.
    pub fn wants(&self) -> Option<Want> {
        self.job.as_ref()?.wants()
    }

    /// Takes the bytes that were wanted.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Reply> {
        match &mut self.job {
            Some(job) => job.feed(bytes),
            None => Vec::new(),
        }
    }

    /// A stretch of the file that is being read, for somebody who reads it meanwhile
    /// ([`division::Helper`]); nothing where that is of no use, or all of the file is given away. What comes of it is
    /// handed to [`Engine::feed_part`] when it is [awaited](Engine::awaits).
    pub fn task(&mut self) -> Option<Task> {
        let task = self.job.as_mut()?.task(self.tasks)?;
        self.tasks += 1;
        Some(task)
    }

    /// The number of the task whose stretch comes next. It need not be waited for: who has not got what was read of it
    /// may feed the bytes that are wanted, and that task is then of no use any more.
    pub fn awaits(&self) -> Option<u32> {
        self.job.as_ref()?.awaits()
    }

    /// Whether what is read for a task may still be awaited.
    pub fn is_open(&self, task: u32) -> bool {
        self.job.as_ref().is_some_and(|job| job.is_open(task))
    }

    /// Takes what somebody else has read for the task that is awaited; of any other task it is ignored. Where it is of no
    /// use, the bytes themselves are wanted, as ever.
    pub fn feed_part(&mut self, task: u32, part: &[u8]) -> Vec<Reply> {
        match &mut self.job {
            Some(job) => job.feed_part(task, part),
            None => Vec::new(),
        }
    }

    /// The bytes that were wanted can't be had.
    pub fn cannot_read(&mut self, why: &str) -> Vec<Reply> {
        match &mut self.job {
            Some(job) => job.cannot_read(why),
            None => Vec::new(),
        }
    }

    fn open(&mut self, job: u32, files: Vec<FileInfo>, options: Vec<ReadOptions>) -> Vec<Reply> {
        self.job = None;
        if files.is_empty() {
            return vec![nothing_loaded(job)];
        }
        let mut state = Job::new(job, files, false, self.slice_bytes, self.memory);
        state.fit_in_steps(self.in_steps);
        state.reread(options);
        if let Some(problem) = state.without_empty() {
            return vec![Reply::Failed { job, problem }];
        }
        self.job = Some(state);
        Vec::new()
    }

    /// The sample goes the whole way of any other file, without a stop at the review.
    fn sample(&mut self, job: u32) -> Vec<Reply> {
        let files = sample::files(sample::SEED);
        let info = |file: &sample::File| FileInfo { name: file.name.to_owned(), size: file.text.len() as u64 };
        let mut state = Job::new(job, files.iter().map(info).collect(), true, self.slice_bytes, self.memory);
        state.fit_in_steps(self.in_steps);
        let mut replies = Vec::new();
        while let Some(want) = state.wants() {
            let (text, from) = (&files[want.file].text, want.offset as usize);
            replies = state.feed(&text.as_bytes()[from..from + want.len]);
        }
        self.job = Some(state);
        replies
    }

    fn with(&mut self, job: u32, answer: impl FnOnce(&mut Job) -> Vec<Reply>) -> Vec<Reply> {
        match &mut self.job {
            Some(state) if state.number == job => answer(state),
            _ => vec![nothing_loaded(job)],
        }
    }
}

fn nothing_loaded(job: u32) -> Reply {
    Reply::Failed { job, problem: Problem::NothingLoaded }
}

/// The name and media type of an export.
pub(crate) fn file_of(what: &Export) -> (&'static str, &'static str) {
    match what {
        Export::Report => ("perennial-report.json", "application/json"),
        Export::Customers { .. } => ("perennial-customers.csv", "text/csv"),
        Export::LeftOut => ("perennial-left-out.csv", "text/csv"),
        Export::AtRisk { .. } => ("perennial-at-risk.csv", "text/csv"),
    }
}
