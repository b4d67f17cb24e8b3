//! The beginnings of a job's files: what each is, what is packed in it, and those that can't be read.

use std::rc::Rc;

use super::{Job, Phase};
use crate::engine::source::Source;
use crate::ingest::unpack::{self, Damage, MOST_PACKED, Packing, gzip};
use crate::ledger::intake::Head;
use crate::ledger::intake::head::HEAD_BYTES;
use crate::protocol::{FileInfo, Problem, Reply};

impl Job {
    /// Takes out files without a byte; the problem where there is no other one.
    pub(in crate::engine) fn without_empty(&mut self) -> Option<Problem> {
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

    /// The bytes that were wanted can't be had.
    pub(in crate::engine) fn cannot_read(&mut self, why: &str) -> Vec<Reply> {
        let at = match &self.phase {
            Phase::Heads { source } | Phase::Holding { source, .. } => *source,
            Phase::Reading(reading) => reading.source,
            Phase::Read | Phase::Failed => return Vec::new(),
        };
        let problem = Problem::CannotRead { file: self.sources[at].info.name.clone(), why: why.to_owned() };
        self.refuse(at, problem)
    }

    pub(super) fn take_head(&mut self, at: usize, bytes: &[u8]) -> Vec<Reply> {
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
    pub(super) fn hold(&mut self, at: usize, mut held: Vec<u8>, bytes: &[u8]) -> Vec<Reply> {
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

    /// Goes on without a source that can't be read. The job ends where there is no other one, and where all were read before:
    /// figures must not change because a file is gone, or because something was said of it that it can't be read by.
    fn refuse(&mut self, source: usize, problem: Problem) -> Vec<Reply> {
        if self.sources.len() < 2 || self.was_read {
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

    pub(super) fn damaged(&mut self, source: usize, damage: Damage) -> Vec<Reply> {
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
}
