//! What the worker answers, and its end.

use std::sync::Arc;

use leptos::prelude::*;

use super::Control;
use super::said::used;
use crate::page::browser;
use crate::page::link::{Heard, Link};
use crate::page::route::View;
use crate::page::state::{Fitting, Progress, Stage, Trouble};
use crate::protocol::Reply;
use crate::report::Report;

impl Control {
    pub(super) fn hear(self, heard: Heard) {
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
            Reply::Report { job, report } if job == current => self.take_report(report),
            Reply::Customers { job, page } if job == current => results.customers.set(Some(Arc::new(page))),
            Reply::Customer { job, number, detail } if job == current => {
                results.customer.set(Some((number, detail.map(|detail| Arc::new(*detail)))));
            }
            Reply::Section { job, section } if job == current => {
                if section.rests_on_models() {
                    results.fitting.set(Fitting::No);
                }
                results.sections.take(section);
            }
            Reply::Fitting { job, done } if job == current => {
                results.fitting.set(done.map_or(Fitting::Stopped, Fitting::Done));
            }
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

    fn take_report(self, report: Arc<Report>) {
        if self.intake.change.with_untracked(|change| change.as_ref().is_some_and(|change| !change.shows)) {
            self.intake.change.update(|change| change.iter_mut().for_each(|change| change.shows = true));
        }
        self.revived.set_value(false);
        self.intake.progress.set(None);
        self.results.computing.set(false);
        self.results.fitting.set(Fitting::No);
        self.results.report.set(Some(report));
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
}
