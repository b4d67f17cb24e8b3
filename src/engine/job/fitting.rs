//! The models on their way, step by step: what rests on them is answered when they are there, and everything else meanwhile.
//!
//! A question needs some [`Need`]s, each of which takes several steps and is kept by the ledger when it is there. What was
//! asked last comes first, as that is what a person looks at, and its progress is told; what was asked before goes on quietly.

use std::cell::Cell;
use std::rc::Rc;

use super::Job;
use crate::engine::{joined, sections};
use crate::ledger::Visits;
use crate::math::Day;
use crate::measures::ahead::as_lifetimes;
use crate::measures::beside::Beside;
use crate::measures::drivers::churn;
use crate::models::{outlook, shop};
use crate::protocol::Reply;
use crate::report::as_lifetimes::Grain;
use crate::report::build::Source;
use crate::report::sections::{Ask, Section};
use crate::settings::{ActiveRule, DimensionFilter};

/// What is computed in steps.
#[derive(Clone, Copy, PartialEq)]
enum Need {
    /// What the chosen models say of each customer.
    Outlook,
    /// All models, fitted to all data; after the outlook.
    Models,
    /// What another package would tell in calendar weeks; after the outlook.
    Weeks,
    /// Who leaves, and two ways to tell it beforehand.
    Churn,
}

impl Need {
    /// What it takes to answer a question, in order.
    fn of(ask: &Ask) -> &'static [Need] {
        match ask {
            Ask::Models(ask) if ask.grain == Some(Grain::CalendarWeeks) => &[Need::Outlook, Need::Models, Need::Weeks],
            Ask::Models(_) => &[Need::Outlook, Need::Models],
            Ask::Prospect(ask) => match ask.grain {
                None => &[Need::Outlook],
                Some(Grain::CalendarWeeks) => &[Need::Outlook, Need::Weeks],
                Some(_) => &[Need::Outlook, Need::Models],
            },
            Ask::Drivers(_) => &[Need::Churn],
            _ => &[Need::Outlook],
        }
    }

    /// What of it is not there yet.
    fn missing(ask: &Ask, ledger: &Source, beside: &Beside<'_>) -> impl Iterator<Item = Need> {
        Need::of(ask).iter().copied().filter(|need| match need {
            Need::Outlook => ledger.known_outlook(beside).is_none(),
            Need::Models => ledger.known_outlook(beside).is_none_or(|outlook| !outlook.has_models()),
            Need::Weeks => ledger.known_weeks(beside).is_none(),
            Need::Churn => ledger.known_churn(beside).is_none(),
        })
    }
}

/// A need on its way.
enum Work {
    Outlook(Box<outlook::Work>),
    Models(Box<shop::Work>),
    Weeks(Box<as_lifetimes::Work>),
    Churn(Box<churn::Work>),
}

impl Work {
    fn need(&self) -> Need {
        match self {
            Work::Outlook(_) => Need::Outlook,
            Work::Models(_) => Need::Models,
            Work::Weeks(_) => Need::Weeks,
            Work::Churn(_) => Need::Churn,
        }
    }

    fn share_done(&self) -> f64 {
        match self {
            Work::Outlook(work) => work.share_done(),
            Work::Models(work) => work.share_done(),
            Work::Weeks(work) => work.share_done(),
            Work::Churn(work) => work.share_done(),
        }
    }
}

/// A question that waits.
struct Asked {
    ask: Ask,
    /// How many needs it lacked when it was asked.
    lacked: usize,
    /// Whether its progress is told.
    is_told: bool,
}

/// What is on its way, of one selection.
pub(super) struct Fitting {
    visits: Rc<Visits>,
    end: Day,
    filters: Vec<DimensionFilter>,
    active: ActiveRule,
    begun: Vec<Work>,
    /// What is to be answered, one of a kind; the last one first.
    asked: Vec<Asked>,
}

impl Fitting {
    /// How far the question is that was asked last; nothing where nobody waits for it.
    fn progress(&self, ledger: &Source, beside: &Beside<'_>) -> Option<f64> {
        let Asked { ask, lacked, .. } = self.asked.last().filter(|asked| asked.is_told)?;
        let mut missing = Need::missing(ask, ledger, beside);
        let next = missing.next().and_then(|need| self.begun.iter().find(|work| work.need() == need));
        let now = missing.count() + 1;
        Some((lacked.saturating_sub(now) as f64 + next.map_or(0.0, Work::share_done)) / (*lacked).max(1) as f64)
    }

    /// Does the next step towards a need, and gives the ledger what has come to its end.
    fn step(&mut self, need: Need, ledger: &Source, beside: &Beside<'_>) {
        let Fitting { visits, end, active, begun, .. } = self;
        let at = begun.iter().position(|work| work.need() == need).unwrap_or_else(|| {
            begun.push(match need {
                Need::Outlook => Work::Outlook(Box::new(outlook::Work::new(visits, *end))),
                Need::Models => Work::Models(Box::default()),
                Need::Weeks => {
                    let outlook = ledger.outlook(beside);
                    Work::Weeks(Box::new(as_lifetimes::Work::in_calendar_weeks(visits, &outlook)))
                }
                Need::Churn => Work::Churn(Box::default()),
            });
            begun.len() - 1
        });
        let is_done = match &mut begun[at] {
            Work::Outlook(work) => work.step(visits).map(|outlook| _ = ledger.know(beside, outlook)).is_some(),
            Work::Models(work) => ledger.outlook(beside).fit_next(work, visits),
            Work::Weeks(work) => work.step().map(|package| _ = ledger.know_weeks(beside, package)).is_some(),
            Work::Churn(work) => {
                work.step(visits, *active, *end).map(|churn| ledger.know_churn(beside, churn)).is_some()
            }
        };
        if is_done {
            begun.remove(at);
        }
    }
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
        self.ask_when_fitted(ask, true)
    }

    /// The same of any question. Where the models are there, it has not to wait.
    fn ask_when_fitted(&mut self, ask: &Ask, is_told: bool) -> Option<Reply> {
        let (analysis, ledger) = (self.analysis.as_ref()?, self.ledger.as_ref()?);
        let beside = analysis.beside(Vec::new(), None);
        let lacked = Need::missing(ask, ledger, &beside).count();
        if lacked == 0 {
            return None;
        }
        let fitting = self.fitting.get_or_insert_with(|| Fitting {
            visits: analysis.history(),
            end: analysis.end(),
            filters: analysis.report.settings.filters.clone(),
            active: analysis.report.settings.active,
            begun: Vec::new(),
            asked: Vec::new(),
        });
        self.stopped = false;
        fitting.asked.retain(|other| !other.ask.is_of_the_same(ask));
        let asked = Asked { ask: ask.clone(), lacked, is_told };
        if is_told {
            fitting.asked.iter_mut().for_each(|other| other.is_told = false);
            fitting.asked.push(asked);
        } else {
            fitting.asked.insert(0, asked);
        }
        Some(Reply::Fitting { job: self.number, done: fitting.progress(ledger, &beside) })
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
            self.ask_when_fitted(ask, false);
        }
        Some(section)
    }

    /// Forgets the models that are on their way, and what was asked of them.
    pub(in crate::engine) fn stop_fitting(&mut self) -> Vec<Reply> {
        self.stopped |= self.fitting.take().is_some();
        vec![Reply::Fitting { job: self.number, done: None }]
    }

    /// Goes on with models on their way only where they are those of the new analysis, which is asked anew.
    pub(super) fn keep_fitting(&mut self) {
        let Some(analysis) = &self.analysis else { return };
        let settings = &analysis.report.settings;
        let is_its = |fitting: &Fitting| {
            fitting.end == analysis.end() && fitting.filters == settings.filters && fitting.active == settings.active
        };
        self.fitting = self.fitting.take().filter(is_its).map(|fitting| Fitting { asked: Vec::new(), ..fitting });
    }

    /// Does the next step, and answers what was asked as far as all that it needs is there.
    pub(in crate::engine) fn work(&mut self) -> Vec<Reply> {
        let (Some(mut fitting), Some(analysis), Some(ledger)) = (self.fitting.take(), &self.analysis, &self.ledger)
        else {
            return Vec::new();
        };
        let beside = analysis.beside(Vec::new(), None);
        let wanted = fitting.asked.last().and_then(|asked| Need::missing(&asked.ask, ledger, &beside).next());
        // After a new report nothing is asked for a moment, and what was begun goes on.
        if let Some(need) = wanted.or_else(|| fitting.begun.last().map(Work::need)) {
            fitting.step(need, ledger, &beside);
        }
        let is_there = |asked: &mut Asked| Need::missing(&asked.ask, ledger, &beside).next().is_none();
        let answered: Vec<Asked> = fitting.asked.extract_if(.., is_there).collect();
        let progress = fitting.progress(ledger, &beside);
        drop(beside);
        self.fitting = Some(fitting).filter(|fitting| !(fitting.asked.is_empty() && fitting.begun.is_empty()));
        let mut replies: Vec<Reply> = answered.iter().flat_map(|asked| self.section(&asked.ask)).collect();
        replies.extend(progress.map(|done| Reply::Fitting { job: self.number, done: Some(done) }));
        replies
    }
}
