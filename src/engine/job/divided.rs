//! Stretches of a file that others read.

use super::{Job, Phase};
use crate::engine::division::{Setting, Task};
use crate::engine::reader::Reader;
use crate::protocol::Reply;

impl Job {
    /// See [`super::Engine::task`].
    pub(in crate::engine) fn task(&mut self, number: u32) -> Option<Task> {
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
    pub(in crate::engine) fn awaits(&self) -> Option<u32> {
        match &self.phase {
            Phase::Reading(reading) => reading.division.as_ref()?.awaits(),
            _ => None,
        }
    }

    /// See [`super::Engine::is_open`].
    pub(in crate::engine) fn is_open(&self, task: u32) -> bool {
        match &self.phase {
            Phase::Reading(reading) => reading.division.as_ref().is_some_and(|division| division.is_open(task)),
            _ => false,
        }
    }

    /// See [`super::Engine::feed_part`].
    pub(in crate::engine) fn feed_part(&mut self, number: u32, bytes: &[u8]) -> Vec<Reply> {
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
}
