//! What a person can do; each action is one method.
//!
//! * Here: settings, and what is asked of the worker.
//! * `files`: files opened, added, let go of; `said`: what a person says about them, and takes back.
//! * `address`: which view is shown.
//! * `heard`: what the worker answers, and its end.

use leptos::prelude::*;
use web_sys::File;

use super::back::Way;
use super::browser;
use super::link::Link;
use super::route::Route;
use super::state::{Intake, Look, Results, Stage};
use crate::ingest::receipt::Reason;
use crate::protocol::{Export, Request};
use crate::report::Settings;
use crate::report::customers::CustomerQuery;
use crate::report::sections::Ask;

mod address;
mod files;
mod heard;
mod said;

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
            way: Way::new(),
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

    /// Asks for the report under what is set.
    pub fn compute(self) {
        self.results.computing.set(true);
        let settings = Box::new(self.results.settings.get_untracked());
        self.send(&Request::Compute { job: self.job.get_value(), settings }, &[]);
        self.results.wanted.update(|wanted| *wanted += 1);
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

    /// Stops fitting models.
    pub fn stop_fitting(self) {
        self.send(&Request::StopFitting { job: self.job.get_value() }, &[]);
    }

    /// Asks for some of the rows of a table that were left out.
    pub fn ask_left_out(self, table: usize, reason: Reason) {
        self.send(&Request::LeftOutRows { job: self.job.get_value(), table, reason }, &[]);
    }

    /// Saves a file.
    pub fn export(self, what: Export) {
        self.send(&Request::Export { job: self.job.get_value(), what }, &[]);
    }
}

impl Default for Control {
    fn default() -> Control {
        Control::new()
    }
}
