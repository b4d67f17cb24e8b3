//! What a person says about files, and how that is taken back.

use leptos::prelude::*;

use super::Control;
use crate::ingest::decision::Matter;
use crate::page::browser;
use crate::page::state::{Change, Progress, Stage};
use crate::protocol::{ReadOptions, Request, Review};
use crate::report::receipt::Sum;

impl Control {
    /// Reads the files again with what the person said about one of them.
    pub fn reread(self, file: usize, change: impl FnOnce(&mut ReadOptions)) {
        self.remember();
        self.intake.options.update(|options| {
            if let Some(options) = options.get_mut(file) {
                change(options);
            }
        });
        self.read_again();
    }

    fn read_again(self) {
        self.intake.trouble.set(None);
        self.intake.progress.set(Some(Progress { again: true, ..Progress::default() }));
        self.began.set_value(browser::now());
        if self.forgetful.get_value() {
            return self.reload();
        }
        let request = Request::Reread { job: self.job.get_value(), options: self.intake.options.get_untracked() };
        self.send(&request, &[]);
    }

    /// Reads the files again with what the person said about all of them.
    pub fn reread_all(self, change: impl Fn(&mut ReadOptions)) {
        self.remember();
        self.intake.options.update(|options| options.iter_mut().for_each(change));
        self.read_again();
    }

    /// Decides otherwise about a table, and reads again.
    pub fn decide(self, table: usize, about: Matter, value: &str) {
        match about.is_of_all_tables() {
            true => self.reread_all(|options| options.decide(about, value)),
            false => self.reread(table, |options| options.decide(about, value)),
        }
    }

    /// Goes back to what was said before the last change.
    pub fn take_back(self) {
        if let Some(Change { said, .. }) = self.intake.change.get_untracked() {
            self.remember();
            self.intake.options.set(said);
            self.read_again();
        }
    }

    /// Keeps what was said so far and the figures that came of it, to be held against those to come.
    fn remember(self) {
        let before = self.intake.review.with_untracked(|review| review.as_deref().map(used));
        let said = self.intake.options.get_untracked();
        // What is said before the last answer is there belongs to one change.
        let open =
            self.intake.change.with_untracked(|change| change.as_ref().is_some_and(|change| change.after.is_none()));
        if !open {
            self.intake.change.set(before.map(|before| Change { said, before, after: None, shows: false }));
        }
    }

    /// Back from a problem to the last review, and to what was said then.
    pub fn back_to_review(self) {
        let said = self.intake.review.with_untracked(|review| {
            let files = review.as_ref().map(|review| review.files.as_slice()).unwrap_or_default();
            files.iter().map(|file| file.options.clone()).collect::<Vec<_>>()
        });
        self.intake.change.set(None);
        self.intake.options.set(said);
        self.intake.stage.set(Stage::Review);
        self.read_again();
    }

    /// What was said last leads to no results: the files are read as before it, so that those shown stay alive.
    pub(super) fn read_as_before(self) {
        let change = self.intake.change.get_untracked().filter(|change| !change.shows);
        self.intake.change.set(None);
        if let Some(Change { said, .. }) = change {
            let trouble = self.intake.trouble.get_untracked();
            self.intake.options.set(said);
            self.read_again();
            self.intake.trouble.set(trouble);
        }
    }
}

/// The rows that will be used and what they add up to.
pub(super) fn used(review: &Review) -> Sum {
    Sum { rows: review.rows_used, amount: review.revenue }
}
