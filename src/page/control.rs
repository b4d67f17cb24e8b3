//! What a person can do; each action is one method.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::File;

use super::browser;
use super::link::{Heard, Link};
use super::route::{Route, View};
use super::state::{Change, Intake, Look, Progress, Results, Stage, Trouble};
use crate::ingest::decision::Matter;
use crate::ingest::profile::shown;
use crate::ingest::receipt::Reason;
use crate::protocol::{Export, FileInfo, ReadOptions, Reply, Request, Review};
use crate::report::Settings;
use crate::report::customers::CustomerQuery;
use crate::report::receipt::Sum;
use crate::report::sections::Ask;

/// The page's state and the actions on it. A handle: copies are the same page.
#[derive(Clone, Copy)]
pub struct Control {
    /// The files on their way to a report.
    pub intake: Intake,
    /// What was computed.
    pub results: Results,
    /// How the page looks.
    pub look: Look,
    link: StoredValue<Option<Link>, LocalStorage>,
    job: StoredValue<u32>,
    /// The files of the job, to be handed to a new worker after one has ended.
    held: StoredValue<Vec<File>, LocalStorage>,
    began: StoredValue<f64>,
    /// Whether the running worker follows one that ended, and has not shown yet that it does better.
    revived: StoredValue<bool>,
    /// Whether the worker has no files: it is the successor of one that ended.
    forgetful: StoredValue<bool>,
    /// The address that the page was opened with, until there is a report that it can be applied to.
    arrived: StoredValue<Option<Route>>,
}

impl Control {
    /// The state of an empty page, with its worker started.
    pub fn new() -> Control {
        let look = Look {
            route: RwSignal::new(Route::parse(&browser::hash())),
            theme: RwSignal::new(browser::theme()),
            width: RwSignal::new(0.0),
            single_keys: RwSignal::new(browser::preference("keys").as_deref() != Some("off")),
        };
        let control = Control {
            intake: Intake::new(),
            results: Results::new(),
            arrived: StoredValue::new(Some(look.route.get_untracked()).filter(|route| route.view.shows_report())),
            look,
            link: StoredValue::new_local(None),
            job: StoredValue::new(0),
            held: StoredValue::new_local(Vec::new()),
            began: StoredValue::new(0.0),
            revived: StoredValue::new(false),
            forgetful: StoredValue::new(false),
        };
        control.link.set_value(Some(Link::new(move |heard| control.hear(heard))));
        control
    }

    /// The control of this page.
    pub fn use_here() -> Control {
        expect_context()
    }

    fn send(self, request: &Request, files: &[File]) {
        self.link.with_value(|link| {
            if let Some(link) = link {
                link.send(request, files);
            }
        });
    }

    fn next_job(self) -> u32 {
        self.job.update_value(|job| *job += 1);
        self.job.get_value()
    }

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

    /// Goes on from the review to the report.
    pub fn analyse(self) {
        self.intake.change.set(None);
        self.intake.stage.set(Stage::Computing);
        self.compute();
    }

    /// Changes settings; the report follows, and the old one stays until it is there.
    pub fn set(self, change: impl FnOnce(&mut Settings)) {
        self.results.settings.update(|settings| settings.change(change));
        if self.results.report.with_untracked(Option::is_some) {
            let (view, segment) =
                self.look.route.with_untracked(|route| (route.view, route.segment().map(str::to_owned)));
            self.go(untrack(|| self.route_of(view)).with_segment(segment));
            self.compute();
        }
    }

    fn compute(self) {
        self.results.computing.set(true);
        let settings = Box::new(self.results.settings.get_untracked());
        self.send(&Request::Compute { job: self.job.get_value(), settings }, &[]);
    }

    /// Whether a report is shown.
    pub fn in_report(self) -> bool {
        self.intake.stage.get() == Stage::Ready
            && self.look.route.with(|route| route.view.shows_report())
            && self.results.report.with(Option::is_some)
    }

    /// The same without following it.
    pub fn in_report_untracked(self) -> bool {
        untrack(|| self.in_report())
    }

    /// Shows a view: its address goes into the history.
    pub fn show(self, view: View) {
        self.go(untrack(|| self.route_of(view)));
    }

    /// Shows a route: its address goes into the history.
    pub fn go(self, route: Route) {
        if route != self.look.route.get_untracked() {
            browser::push_hash(&route.hash());
            self.look.route.set(route);
        }
    }

    /// The route of a view under the settings in force; a link's address.
    pub fn route_of(self, view: View) -> Route {
        let settings = self.results.settings.get();
        self.results.report.with(|report| {
            let dimensions = report.as_ref().map(|report| report.dimensions.as_slice()).unwrap_or_default();
            Route::new(view, &settings, dimensions)
        })
    }

    /// The address changed: by the back button, by a link, by hand.
    pub fn follow_address(self) {
        let route = Route::parse(&browser::hash());
        let stage = self.intake.stage.get_untracked();
        self.look.route.set(route.clone());
        match (route.view, stage) {
            (View::Drop, Stage::Reading | Stage::Computing) => self.cancel(),
            (View::Drop, _) => self.intake.stage.set(Stage::Empty),
            (View::Check, _) if self.intake.review.with_untracked(Option::is_some) => {
                self.intake.stage.set(Stage::Review)
            }
            (view, _) if view.shows_report() && self.results.report.with_untracked(Option::is_some) => {
                self.intake.stage.set(Stage::Ready);
                self.apply(&route);
            }
            _ => {}
        }
    }

    /// Takes over the settings that an address holds.
    fn apply(self, route: &Route) {
        let settings = self.results.settings.get_untracked();
        let wanted = self.results.report.with_untracked(|report| {
            let dimensions = report.as_ref().map(|report| report.dimensions.as_slice()).unwrap_or_default();
            route.settings(&settings, dimensions)
        });
        if wanted != settings {
            let same_period = (wanted.from, wanted.to) == (settings.from, settings.to);
            let spend = wanted.spend.filter(|_| same_period);
            self.results.settings.set(Settings { spend, ..wanted });
            self.compute();
        }
    }

    /// Asks for rows of the customer table.
    pub fn ask_customers(self, query: CustomerQuery) {
        self.send(&Request::Customers { job: self.job.get_value(), query }, &[]);
    }

    /// Asks for one customer.
    pub fn ask_customer(self, number: u32) {
        self.send(&Request::Customer { job: self.job.get_value(), number }, &[]);
    }

    /// Asks for a section of the report.
    pub fn ask_section(self, ask: Ask) {
        self.send(&Request::Section { job: self.job.get_value(), ask }, &[]);
    }

    /// Asks for some of the rows of a table that were left out.
    pub fn ask_left_out(self, table: usize, reason: Reason) {
        self.send(&Request::LeftOutRows { job: self.job.get_value(), table, reason }, &[]);
    }

    /// Saves a file.
    pub fn export(self, what: Export) {
        self.send(&Request::Export { job: self.job.get_value(), what }, &[]);
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

    fn hear(self, heard: Heard) {
        match heard {
            Heard::Reply(reply) => self.take(*reply),
            Heard::Ended(message) => self.worker_ended(message),
        }
    }

    fn take(self, reply: Reply) {
        let current = self.job.get_value();
        let (intake, results) = (self.intake, self.results);
        match reply {
            Reply::Ready | Reply::Cancelled { .. } => {}
            Reply::Progress { job, bytes, of, rows, again, .. } if job == current => {
                let ms = browser::now() - self.began.get_value();
                intake.progress.set(Some(Progress { bytes, of, rows, again, ms }));
            }
            Reply::Review { job, review } if job == current => {
                intake.progress.set(None);
                // A file may hold several tables, which only the worker can tell; of each a person may say something.
                if intake.options.with_untracked(Vec::len) != review.files.len() {
                    intake.options.set(review.files.iter().map(|file| file.options.clone()).collect());
                }
                let now = used(&review);
                intake.review.set(Some(Arc::new(*review)));
                intake.left_out.set(Vec::new());
                let has_results = intake.stage.get_untracked() == Stage::Ready;
                if intake.change.with_untracked(Option::is_some) {
                    intake.change.update(|change| {
                        change.iter_mut().for_each(|change| (change.after, change.shows) = (Some(now), !has_results));
                    });
                }
                match intake.stage.get_untracked() {
                    Stage::Reading => {
                        intake.stage.set(Stage::Review);
                        self.show(View::Check);
                    }
                    // A new worker has read the files again: the results come back to life.
                    Stage::Ready => self.compute(),
                    _ => {}
                }
            }
            Reply::Report { job, report } if job == current => self.take_report(*report),
            Reply::Customers { job, page } if job == current => results.customers.set(Some(Arc::new(page))),
            Reply::Customer { job, number, detail } if job == current => {
                results.customer.set(Some((number, detail.map(|detail| Arc::new(*detail)))));
            }
            Reply::Section { job, section } if job == current => results.sections.take(section),
            Reply::LeftOutRows { job, rows } if job == current => intake.left_out.update(|all| {
                all.retain(|known| (known.table, known.reason) != (rows.table, rows.reason));
                all.push(Arc::new(rows));
            }),
            Reply::Export { job, name, mime, text } if job == current => browser::save(&name, &mime, &text),
            Reply::Failed { job, problem } if job == current => {
                intake.progress.set(None);
                results.computing.set(false);
                intake.trouble.set(Some(Trouble::Problem(problem)));
                match intake.stage.get_untracked() {
                    // The review is where a problem of the columns can be mended.
                    Stage::Computing if intake.review.with_untracked(Option::is_some) => {
                        intake.stage.set(Stage::Review)
                    }
                    Stage::Ready => self.read_as_before(),
                    _ => intake.stage.set(Stage::Failed),
                }
            }
            Reply::Panicked { message } => self.worker_ended(message),
            _ => {}
        }
    }

    /// What was said last leads to no results: the files are read as before it, so that those shown stay alive.
    fn read_as_before(self) {
        let change = self.intake.change.get_untracked().filter(|change| !change.shows);
        self.intake.change.set(None);
        if let Some(Change { said, .. }) = change {
            let trouble = self.intake.trouble.get_untracked();
            self.intake.options.set(said);
            self.read_again();
            self.intake.trouble.set(trouble);
        }
    }

    fn take_report(self, report: crate::report::Report) {
        if self.intake.change.with_untracked(|change| change.as_ref().is_some_and(|change| !change.shows)) {
            self.intake.change.update(|change| change.iter_mut().for_each(|change| change.shows = true));
        }
        self.revived.set_value(false);
        self.intake.progress.set(None);
        self.results.computing.set(false);
        self.results.report.set(Some(Arc::new(report)));
        // Who has gone elsewhere meanwhile is not called back.
        if self.intake.stage.get_untracked() != Stage::Computing {
            return;
        }
        self.intake.stage.set(Stage::Ready);
        let arrived = self.arrived.try_update_value(Option::take).flatten();
        match arrived {
            Some(route) => {
                self.apply(&route);
                self.show(route.view);
            }
            None => self.show(
                self.results.report.with_untracked(|report| report.as_deref().map(View::first)).unwrap_or_default(),
            ),
        }
    }

    /// The worker is gone: the last report stays, and a new worker takes up the files where there are any.
    fn worker_ended(self, message: String) {
        let stage = self.intake.stage.get_untracked();
        self.intake.progress.set(None);
        self.results.computing.set(false);
        self.intake.trouble.set(Some(Trouble::WorkerEnded { message }));
        if stage != Stage::Ready {
            self.intake.stage.set(Stage::Failed);
        }
        self.forgetful.set_value(true);
        self.link.with_value(|link| link.as_ref().map(Link::succeed));
        // What ended one worker may end the next: only one successor takes the files up by itself.
        if stage == Stage::Ready && !self.revived.get_value() {
            self.revived.set_value(true);
            self.reload();
        }
    }

    /// Gives the files of the job to a fresh worker, so that the results stay alive (filters, customers, exports).
    fn reload(self) {
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

/// The rows that will be used and what they add up to.
fn used(review: &Review) -> Sum {
    Sum { rows: review.rows_used, amount: review.revenue }
}

impl Default for Control {
    fn default() -> Control {
        Control::new()
    }
}
