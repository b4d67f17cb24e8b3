//! The models on their way, step by step: what rests on them is answered when they are there, and everything else meanwhile.

use std::cell::Cell;
use std::rc::Rc;

use super::Job;
use crate::engine::{joined, sections};
use crate::ledger::Visits;
use crate::math::Day;
use crate::models::outlook::Work;
use crate::protocol::Reply;
use crate::report::build::{Analysis, Source};
use crate::report::sections::{Ask, Section};
use crate::settings::DimensionFilter;

/// An outlook on its way.
pub(super) struct Fitting {
    work: Work,
    visits: Rc<Visits>,
    end: Day,
    filters: Vec<DimensionFilter>,
    /// What is to be answered when it is there, one of a kind.
    asked: Vec<Ask>,
}

impl Job {
    /// Whether what rests on models is answered after as many steps as they take, or at once, however long that takes.
    pub(in crate::engine) fn fit_in_steps(&mut self, in_steps: bool) {
        self.in_steps = in_steps;
    }

    /// Whether there is a next step.
    pub(in crate::engine) fn works(&self) -> bool {
        self.fitting.is_some()
    }

    /// Notes a question that has to wait for models which are not there yet, and says how far they are.
    pub(super) fn waits(&mut self, ask: &Ask) -> Option<Reply> {
        if !self.in_steps || !ask.rests_on_models() {
            return None;
        }
        self.ask_when_fitted(ask)
    }

    /// The same of any question. Where the models are there, it has not to wait.
    fn ask_when_fitted(&mut self, ask: &Ask) -> Option<Reply> {
        let analysis = self.analysis.as_ref()?;
        if is_known(self.ledger.as_ref()?, analysis) {
            return None;
        }
        let fitting = self.fitting.get_or_insert_with(|| {
            let (visits, end) = (analysis.history(), analysis.end());
            let filters = analysis.report.settings.filters.clone();
            Fitting { work: Work::new(&visits, end), visits, end, filters, asked: Vec::new() }
        });
        fitting.asked.retain(|other| !other.is_of_the_same(ask));
        fitting.asked.push(ask.clone());
        Some(Reply::Fitting { job: self.number, done: Some(fitting.work.share_done()) })
    }

    /// Answers with what is known of the models. Where there would be more to say with them, it is answered once more when
    /// they are there.
    pub(super) fn section_so_far(&mut self, ask: &Ask) -> Option<Section> {
        let (analysis, ledger) = (self.analysis.as_ref()?, self.ledger.as_ref()?);
        let spend = joined::spend(&self.sources);
        let beside = analysis.beside(sections::sides(&self.sources), spend.as_ref());
        if !self.in_steps {
            return Some(sections::section(ask, &beside, ledger));
        }
        let lacks = Cell::new(false);
        let known = || {
            let known = ledger.known_outlook(&beside);
            lacks.set(known.is_none());
            known
        };
        let section = sections::section_with(ask, &beside, ledger, &known);
        if lacks.get() {
            self.ask_when_fitted(ask);
        }
        Some(section)
    }

    /// Forgets the models that are on their way, and what was asked of them.
    pub(in crate::engine) fn stop_fitting(&mut self) -> Vec<Reply> {
        self.fitting = None;
        vec![Reply::Fitting { job: self.number, done: None }]
    }

    /// Goes on with models on their way only where they are those of the new analysis, which is asked anew.
    pub(super) fn keep_fitting(&mut self) {
        let Some(analysis) = &self.analysis else { return };
        let is_its =
            |fitting: &Fitting| fitting.end == analysis.end() && fitting.filters == analysis.report.settings.filters;
        self.fitting = self.fitting.take().filter(is_its).map(|fitting| Fitting { asked: Vec::new(), ..fitting });
    }

    /// Does the next step, and after the last one answers what was asked.
    pub(in crate::engine) fn work(&mut self) -> Vec<Reply> {
        let (Some(fitting), Some(analysis), Some(ledger)) = (&mut self.fitting, &self.analysis, &self.ledger) else {
            self.fitting = None;
            return Vec::new();
        };
        let Some(outlook) = fitting.work.step(&fitting.visits) else {
            return vec![Reply::Fitting { job: self.number, done: Some(fitting.work.share_done()) }];
        };
        ledger.know(&analysis.beside(Vec::new(), None), outlook);
        let asked = std::mem::take(&mut fitting.asked);
        self.fitting = None;
        asked.iter().flat_map(|ask| self.section(ask)).collect()
    }
}

fn is_known(ledger: &Source, analysis: &Analysis) -> bool {
    ledger.known_outlook(&analysis.beside(Vec::new(), None)).is_some()
}
