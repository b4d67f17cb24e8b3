//! One file, read by several: which stretches others read, and where they come in.
//!
//! A file is divided at places that its own bytes tell: a stretch begins behind the first LF at or after a place agreed
//! on, and ends where the next one begins. Whether a record begins there too, whoever reads the stretch can't know: the LF
//! may lie within quotes. It assumes so. The engine, which comes from the beginning of the file, knows, takes over only
//! what was read under a right assumption ([`crate::ledger::intake::part`]), and reads other stretches itself. So splitting
//! is exact whatever a file does with its quotes, and no first pass over it is needed.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::ledger::LedgerBuilder;
use crate::ledger::intake::head::HEAD_BYTES;
use crate::ledger::intake::lessons::Lessons;
use crate::ledger::intake::part::{Before, Part};
use crate::ledger::intake::{Head, Plan, Rows};
use crate::protocol::{FileInfo, ReadOptions};
use crate::wire;

/// Slices in a stretch. What is read of one is held twice for a moment, so fewer take less memory; for each, its customers
/// have to be looked up once more.
const SLICES: usize = 2;

/// Bytes in which a line end has to come at either end of a stretch.
const MOST_LINE: u64 = 1 << 20;

/// Bytes beyond a stretch that are read at a time, to find its end.
const BEYOND: u64 = 16 << 10;

/// How a file is read, for somebody who has its head: the same head and setting make the same plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Setting {
    pub(super) info: FileInfo,
    pub(super) options: ReadOptions,
    pub(super) lessons: Lessons,
    pub(super) dimensions: Vec<String>,
    pub(super) has_order_ids: bool,
}

/// A stretch of a file that somebody else may read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Tells it from all others.
    pub number: u32,
    /// Which file, from 0.
    pub file: usize,
    pub(super) setting: Setting,
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) before: Before,
}

/// What was read of a stretch, and where it lies.
#[derive(Serialize, Deserialize)]
struct Read {
    start: u64,
    end: u64,
    part: Part,
}

/// Who reads what of a file.
pub(super) struct Division {
    size: u64,
    slice: u64,
    stretch: u64,
    /// Where the next stretch to give away begins.
    next: u64,
    /// Those that were given away and are still to come, in the order of the file: task, start, end.
    given: VecDeque<(u32, u64, u64)>,
    /// Whether the first of them comes next.
    reached: bool,
}

impl Division {
    /// A file of so many bytes, read in slices of so many.
    pub(super) fn new(size: u64, slice_bytes: usize) -> Division {
        let stretch = (slice_bytes * SLICES) as u64;
        Division { size, slice: slice_bytes as u64, stretch, next: 0, given: VecDeque::new(), reached: false }
    }

    /// Gives the next stretch away, where the engine has read up to this byte.
    pub(super) fn give(&mut self, number: u32, offset: u64) -> Option<(u64, u64)> {
        if self.given.is_empty() {
            // The engine is at its next slice meanwhile.
            self.next = self.next.max(offset + self.slice);
        }
        let (start, end) = (self.next, self.size.min(self.next + self.stretch));
        if start >= self.size {
            return None;
        }
        self.next = end;
        self.given.push_back((number, start, end));
        Some((start, end))
    }

    /// Bytes from `offset` on that the engine itself can use at most.
    pub(super) fn most(&self, offset: u64) -> u64 {
        match self.given.get(usize::from(self.reached)) {
            Some((_, start, _)) => start.saturating_sub(offset) + BEYOND,
            None => u64::MAX,
        }
    }

    /// How many of the bytes from `offset` on are to be read by the engine, before somebody else's stretch comes. Where
    /// that comes now, it is read here after all.
    pub(super) fn own(&mut self, offset: u64, bytes: &[u8]) -> usize {
        if std::mem::take(&mut self.reached) {
            self.given.pop_front();
        }
        let Some((_, start, _)) = self.given.front() else { return bytes.len() };
        let from = usize::try_from(start.saturating_sub(offset)).unwrap_or(usize::MAX);
        match bytes.get(from..).and_then(line_end) {
            Some(end) => {
                self.reached = true;
                from + end
            }
            None => bytes.len(),
        }
    }

    /// The task whose stretch comes next.
    pub(super) fn awaits(&self) -> Option<u32> {
        self.given.front().filter(|_| self.reached).map(|(number, ..)| *number)
    }

    /// Whether what is read for a task is still of use.
    pub(super) fn is_open(&self, number: u32) -> bool {
        self.given.iter().any(|(given, ..)| *given == number)
    }

    /// Takes over what was read for the task that is awaited; up to where it was read, if it could be.
    pub(super) fn take(
        &mut self,
        number: u32,
        offset: u64,
        bytes: &[u8],
        rows: &mut Rows,
        builder: &mut LedgerBuilder,
    ) -> Option<u64> {
        if self.awaits() != Some(number) {
            return None;
        }
        self.reached = false;
        let (_, _, end) = self.given.pop_front()?;
        let read: Option<Read> = wire::read(bytes);
        let read = read.filter(|read| read.start == offset)?;
        rows.absorb(read.part, builder).then(|| {
            self.reached = self.given.front().is_some_and(|(_, start, _)| *start == end);
            read.end
        })
    }
}

/// Where the first line of a text ends, with its LF.
fn line_end(text: &[u8]) -> Option<usize> {
    text.iter().position(|byte| *byte == b'\n').map(|at| at + 1)
}

/// Somebody who reads stretches, and remembers how the file is read.
#[derive(Default)]
pub struct Helper {
    known: Option<Known>,
}

/// A setting, and what follows from it for a file.
struct Known {
    setting: Setting,
    /// The names of the columns and the plan; nothing where the head is none.
    plan: Option<(Vec<String>, Plan)>,
}

impl Helper {
    /// How many of the file's first bytes are needed to begin with a task.
    pub fn head_bytes(&self, task: &Task) -> usize {
        let is_known = self.known.as_ref().is_some_and(|known| known.setting == task.setting);
        if is_known {
            0
        } else {
            usize::try_from(task.setting.info.size).map_or(HEAD_BYTES, |size| size.min(HEAD_BYTES))
        }
    }

    /// Begins with a task; `head` are the first bytes of the file, as many as are [needed](Helper::head_bytes).
    pub fn begin(&mut self, task: Task, head: &[u8], slice_bytes: usize) -> Stretch {
        let known = match self.known.take() {
            Some(known) if known.setting == task.setting => known,
            _ => {
                let Setting { info, options, lessons, .. } = &task.setting;
                let head = Head::read(&info.name, head, head.len() as u64 == info.size, options).ok();
                let plan = head.map(|head| (head.names(), Plan::new(&head, options, lessons)));
                Known { setting: task.setting.clone(), plan }
            }
        };
        let Setting { options, dimensions, has_order_ids, .. } = &known.setting;
        let rows = known
            .plan
            .as_ref()
            .and_then(|(names, plan)| Rows::of_stretch(plan.clone(), names, dimensions, options, &task.before));
        let columns = dimensions.iter().map(|name| (name.clone(), None)).collect();
        let builder = LedgerBuilder::new(columns, *has_order_ids);
        self.known = Some(known);
        Stretch { at: task.start, task, rows, builder, slice_bytes: slice_bytes.max(1), begins: None, ends: None }
    }
}

/// A stretch that is read for a [`Task`], driven like the engine: it wants bytes until nothing is wanted any more.
pub struct Stretch {
    task: Task,
    rows: Option<Rows>,
    builder: LedgerBuilder,
    slice_bytes: usize,
    /// The next byte to read.
    at: u64,
    /// Where it really begins and ends, once that is known.
    begins: Option<u64>,
    ends: Option<u64>,
}

impl Stretch {
    /// The bytes that come next: the first of them, and how many.
    pub fn wants(&self) -> Option<(u64, usize)> {
        let is_at_end = self.rows.is_none() || self.ends.is_some() || self.at >= self.task.setting.info.size;
        (!is_at_end).then(|| self.slice(self.at))
    }

    /// The bytes that come behind those, as far as that is known.
    pub fn will_want(&self) -> Option<(u64, usize)> {
        let (at, length) = self.wants()?;
        let next = at + length as u64;
        (next < self.task.end).then(|| self.slice(next))
    }

    fn slice(&self, at: u64) -> (u64, usize) {
        let left = self.task.end.saturating_sub(at);
        let own = left.min(self.slice_bytes as u64);
        let beyond = if own == left { BEYOND } else { 0 };
        (at, (own + beyond).min(self.task.setting.info.size - at) as usize)
    }

    /// Takes them.
    pub fn feed(&mut self, bytes: &[u8]) {
        let Some(rows) = &mut self.rows else { return };
        let (Task { start, end, .. }, size) = (&self.task, self.task.setting.info.size);
        let from = self.at;
        self.at += bytes.len() as u64;
        let mut own = bytes;
        if self.begins.is_none() {
            let Some(begins) = line_end(bytes) else {
                return if self.at > start + MOST_LINE {
                    self.rows = None
                };
            };
            own = &bytes[begins..];
            self.begins = Some(from + begins as u64);
            if from + begins as u64 > *end {
                // One line goes beyond it: nothing begins in it.
                self.ends = self.begins;
                return;
            }
        }
        let skipped = (bytes.len() - own.len()) as u64;
        let before_end = usize::try_from(end.saturating_sub(from + skipped)).unwrap_or(usize::MAX);
        let line = if *end < size { own.get(before_end..).and_then(line_end) } else { None };
        match line {
            Some(line) => {
                rows.push(&own[..before_end + line], &mut self.builder);
                self.ends = Some(from + skipped + (before_end + line) as u64);
            }
            None => {
                rows.push(own, &mut self.builder);
                if self.at == size {
                    self.ends = Some(size);
                } else if self.at > end + MOST_LINE {
                    self.rows = None;
                }
            }
        }
    }

    /// What was read, to be handed to [`super::Engine::feed_part`]; it says so where that is nothing.
    pub fn finish(self) -> Vec<u8> {
        let read = || {
            let (start, end) = (self.begins?, self.ends?);
            Some(Read { start, end, part: self.rows?.into_part(self.builder)? })
        };
        wire::write(&read())
    }
}
