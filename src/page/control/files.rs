//! Files: opened, added, read again by a new worker, let go of.

use leptos::prelude::*;
use web_sys::File;

use super::Control;
use crate::ingest::profile::shown;
use crate::page::browser;
use crate::page::link::Link;
use crate::page::route::View;
use crate::page::state::{Progress, Stage};
use crate::protocol::{FileInfo, ReadOptions, Request};
use crate::report::Settings;

impl Control {
    /// Reads files.
    pub fn open(self, files: Vec<File>) {
        self.read(files, Vec::new());
    }

    /// Reads files beside those of the last job, which are read again with what was said about them.
    pub fn add(self, files: Vec<File>) {
        let mut all = self.held.get_value();
        let mut said = self.intake.options.get_untracked();
        // A file may hold several tables, and what was said of each can't be told from what is said of files to come.
        if said.len() != all.len() {
            said = Vec::new();
        }
        all.extend(files);
        let settings = self.results.settings.get_untracked();
        self.read(all, said);
        self.results.settings.set(settings);
    }

    fn read(self, files: Vec<File>, said: Vec<ReadOptions>) {
        if files.is_empty() {
            return;
        }
        let job = self.next_job();
        self.forgetful.set_value(false);
        let infos: Vec<FileInfo> =
            files.iter().map(|file| FileInfo { name: file.name(), size: file.size() as u64 }).collect();
        self.begin(Stage::Reading);
        self.intake.files.set(infos.iter().map(|info| shown(&info.name)).collect());
        let mut options = said.clone();
        options.resize(files.len(), ReadOptions::default());
        self.intake.options.set(options);
        self.results.settings.set(Settings::default());
        self.send(&Request::Open { job, files: infos, options: said }, &files);
        self.held.set_value(files);
    }

    /// Reads the files of the last job once more, from the beginning.
    pub fn open_again(self) {
        self.open(self.held.get_value());
    }

    /// Whether the files of the last job are still at hand.
    pub fn can_open_again(self) -> bool {
        self.held.with_value(|files| !files.is_empty())
    }

    /// Loads the sample shop.
    pub fn open_sample(self) {
        let job = self.next_job();
        self.forgetful.set_value(false);
        self.held.set_value(Vec::new());
        self.begin(Stage::Computing);
        self.intake.files.set(vec![crate::sample::FILE_NAME.to_owned()]);
        self.results.settings.set(Settings::default());
        self.send(&Request::Sample { job }, &[]);
    }

    fn begin(self, stage: Stage) {
        self.began.set_value(browser::now());
        self.intake.trouble.set(None);
        self.intake.progress.set(Some(Progress::default()));
        self.intake.stage.set(stage);
        self.results.computing.set(false);
        // The worker has let go of what these were made from.
        self.intake.review.set(None);
        self.intake.change.set(None);
        self.intake.left_out.set(Vec::new());
        self.results.report.set(None);
        self.results.customers.set(None);
        self.results.customer.set(None);
        self.results.asked.reset();
        self.results.sections.reset();
    }

    /// Stops at once: what the worker still says of this job is not heard any more.
    pub fn cancel(self) {
        let job = self.job.get_value();
        let stage = self.intake.stage.get_untracked();
        self.next_job();
        // A reading hears the cancel between two slices; a computation can't, so its worker is ended.
        match stage {
            Stage::Computing => self.link.with_value(|link| link.as_ref().map(Link::restart)).unwrap_or_default(),
            _ => self.send(&Request::Cancel { job }, &[]),
        }
        self.start_over();
    }

    /// Back to the first page, with nothing loaded.
    pub fn start_over(self) {
        self.intake.progress.set(None);
        self.intake.review.set(None);
        self.intake.change.set(None);
        self.intake.trouble.set(None);
        self.intake.files.set(Vec::new());
        self.results.report.set(None);
        self.results.customers.set(None);
        self.results.customer.set(None);
        self.results.sections.reset();
        self.results.computing.set(false);
        self.held.set_value(Vec::new());
        self.intake.stage.set(Stage::Empty);
        self.show(View::Drop);
    }

    /// Gives the files of the job to a fresh worker, so that the results stay alive (filters, customers, exports).
    pub(super) fn reload(self) {
        self.forgetful.set_value(false);
        let files = self.held.get_value();
        let job = self.job.get_value();
        if files.is_empty() {
            return self.send(&Request::Sample { job }, &[]);
        }
        let infos = files.iter().map(|file| FileInfo { name: file.name(), size: file.size() as u64 }).collect();
        let options = self.intake.options.get_untracked();
        self.send(&Request::Open { job, files: infos, options }, &files);
    }
}
