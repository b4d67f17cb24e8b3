//! What a job answers from what was read: reports, sections, customers, rows left out, files to save.

use std::rc::Rc;
use std::sync::Arc;

use super::Job;
use crate::engine::source::{self, Source};
use crate::engine::{file_of, joined, left_out, nothing_loaded, review, sections};
use crate::ingest::receipt::Reason;
use crate::ledger::intake::Plan;
use crate::ledger::kinds;
use crate::measures::{ahead, engagement};
use crate::protocol::{Export, Problem, Reply};
use crate::report::build::{self, Analysis, Context};
use crate::report::customers::{self, CustomerQuery};
use crate::report::receipt::Receipt;
use crate::report::sections::Ask;
use crate::report::{Settings, export, risk};
use crate::wire;

/// Customers of whom two analyses are held at once, at most: beyond, memory counts for more than time.
const MOST_KEPT: usize = 500_000;

/// Customers to whom models are fitted without being asked for, at most: a second or so.
const MOST_FITTED: usize = 10_000;

impl Job {
    /// Answers from the last analysis. Between two readings there is nothing to look up; whoever shows what was asked for
    /// asks again with the next report.
    pub(in crate::engine) fn look_up(&mut self, answer: impl FnOnce(&mut Analysis) -> Reply) -> Vec<Reply> {
        if self.is_reading() {
            return Vec::new();
        }
        match &mut self.analysis {
            Some(analysis) => vec![answer(analysis)],
            None => vec![nothing_loaded(self.number)],
        }
    }

    /// The report under these settings.
    pub(in crate::engine) fn compute(&mut self, settings: &Settings) -> Reply {
        let job = self.number;
        let Some(ledger) = &self.ledger else { return nothing_loaded(job) };
        let stands_alone =
            |source: &Source| source.table.as_ref().is_some_and(|table| table.rows > 0 && table.kind.stands_alone());
        if ledger.ledger().rows() == 0 && !self.sources.iter().any(stands_alone) {
            return Reply::Failed { job, problem: self.nothing_usable() };
        }
        let end = settings.end;
        let known = self.kinds.filter(|(of, _)| *of == end);
        let (_, kinds) = *self.kinds.insert(known.unwrap_or_else(|| (end, kinds::by_kind(ledger.ledger(), end))));
        let refused = self.refused.iter().map(source::refused);
        let tables: Vec<_> = self.sources.iter().map(|source| source.receipt(end)).chain(refused).collect();
        let context = Context {
            receipt: Receipt::of(&tables, kinds),
            tables,
            currency: review::currency(&self.sources),
            sample: self.sample,
            spend: joined::spend(&self.sources).map(Rc::new),
            near_misses: self.near_misses.clone(),
            merged_ids: self.merged_ids,
        };
        let known = self.kept_from_before(settings);
        let Some(ledger) = &self.ledger else { return nothing_loaded(job) };
        let analysis = known.unwrap_or_else(|| Box::new(ledger.analyse(settings, context)));
        let report = Arc::clone(&analysis.report);
        self.analysis = Some(analysis);
        self.stopped = false;
        self.keep_fitting();
        Reply::Report { job, report }
    }

    /// Gives back the memory of the analysis before, as it is needed for the next one; but that of all rows is kept while
    /// some of them are shown, and is there when these settings are its own again.
    fn kept_from_before(&mut self, settings: &Settings) -> Option<Box<Analysis>> {
        let old = self.analysis.take();
        if !settings.is_narrowed() {
            return self.whole.take().filter(|whole| whole.report.settings == *settings);
        }
        // One to which an export has added all sections is another report.
        let is_whole = |old: &Analysis| !old.report.settings.is_narrowed() && old.report.models.is_none();
        if let Some(old) = old.filter(|old| is_whole(old)).filter(|old| old.summary.buyers.len() <= MOST_KEPT) {
            self.whole = Some(old);
        }
        None
    }

    /// The page of a customer, with what all tables say of them.
    pub(in crate::engine) fn customer(&self, number: u32) -> Vec<Reply> {
        let job = self.number;
        match &self.analysis {
            _ if self.is_reading() => Vec::new(),
            Some(analysis) => {
                let mut detail = customers::detail(analysis, number).map(Box::new);
                if let Some(detail) = &mut detail {
                    let beside = analysis.beside(sections::sides(&self.sources), None);
                    detail.health = engagement::health_of(&beside, number);
                }
                vec![Reply::Customer { job, number, detail }]
            }
            None => vec![nothing_loaded(job)],
        }
    }

    /// A section of the report, as it was asked for.
    pub(in crate::engine) fn section(&mut self, ask: &Ask) -> Vec<Reply> {
        let job = self.number;
        if !self.is_reading()
            && let Some(wait) = self.waits(ask)
        {
            return vec![wait];
        }
        if self.is_reading() {
            return Vec::new();
        }
        match self.section_so_far(ask) {
            Some(section) => vec![Reply::Section { job, section }],
            None => vec![nothing_loaded(job)],
        }
    }

    /// What a saved report has besides: models, forecast, and all sections. It is a report of its own: the one that is shown
    /// stays as it is.
    fn complete(&mut self) {
        let Some(analysis) = &mut self.analysis else { return };
        if let (None, Some(ledger)) = (&analysis.report.models, &self.ledger) {
            let spend = joined::spend(&self.sources);
            let beside = analysis.beside(sections::sides(&self.sources), spend.as_ref());
            let all = Ask::all().iter().map(|ask| sections::section(ask, &beside, ledger)).collect();
            let mut whole = wire::copy(&*analysis.report);
            sections::fill(&mut whole, all);
            analysis.report = Arc::new(whole);
        }
    }

    /// All customers at risk, as CSV.
    fn at_risk(&self, ask: &risk::Ask) -> String {
        let (Some(analysis), Some(ledger)) = (&self.analysis, &self.ledger) else { return String::new() };
        let beside = analysis.beside(Vec::new(), None);
        export::at_risk_csv(&ahead::risk::risk(ask, &beside, &ledger.outlook(&beside), usize::MAX))
    }

    /// All customers that match a query, as CSV, with what is expected of them: by models that are fitted for it where they are
    /// not there yet, but for those whose fitting a person has stopped, or would have to wait for.
    fn customers(&self, analysis: &Analysis, query: &CustomerQuery) -> String {
        let beside = analysis.beside(Vec::new(), None);
        let outlook =
            self.ledger.as_ref().and_then(|ledger| match self.stopped || analysis.summary.buyers.len() > MOST_FITTED {
                true => ledger.known_outlook(&beside),
                false => Some(ledger.outlook(&beside)),
            });
        let expected = outlook.map(|outlook| ahead::each::each(&beside, &outlook)).unwrap_or_default();
        export::customers_csv(analysis, query, &expected)
    }

    fn nothing_usable(&self) -> Problem {
        let orders = self.sources.iter().find(|source| source.plan.as_ref().is_some_and(Plan::is_orders));
        match (orders, self.sources.first()) {
            (Some(source), _) => {
                Problem::NothingUsable { file: source.info.name.clone(), left_out: source.read.blame.left_out() }
            }
            (None, Some(source)) => Problem::MissingRoles {
                file: source.info.name.clone(),
                roles: source.plan.as_ref().map(|plan| plan.missing.clone()).unwrap_or_default(),
            },
            (None, None) => Problem::NothingLoaded,
        }
    }

    /// Rows that were left out, to be looked at. While files are read again, the rows are those read so far.
    pub(in crate::engine) fn left_out(&self, table: usize, reason: Reason) -> Reply {
        Reply::LeftOutRows { job: self.number, rows: left_out::rows(&self.sources, table, reason) }
    }

    pub(in crate::engine) fn export(&mut self, what: &Export) -> Reply {
        let job = self.number;
        let (name, mime) = file_of(what);
        if *what == Export::Report {
            self.complete();
        }
        let text = match (what, self.analysis.as_deref()) {
            (Export::LeftOut, analysis) => {
                let end = analysis.and_then(|analysis| analysis.report.settings.end);
                left_out::csv(&self.sources, self.ledger.as_ref().map(build::Source::ledger), end)
            }
            (_, None) => return nothing_loaded(job),
            (Export::Report, Some(analysis)) => export::json(&analysis.report),
            (Export::AtRisk { ask }, Some(_)) => self.at_risk(ask),
            (Export::Customers { query }, Some(analysis)) => self.customers(analysis, query),
        };
        Reply::Export { job, name: name.to_owned(), mime: mime.to_owned(), text }
    }
}
