//! The page's signals, split by what they describe, so that a change wakes only those who show it.

use std::sync::Arc;

use leptos::prelude::*;

use super::back::Way;
use super::route::Route;
use super::section::Sections;
use crate::protocol::{LeftOutRows, Problem, ReadOptions, Review};
use crate::report::customers::{CustomerDetail, CustomerPage, SortKey};
use crate::report::receipt::Sum;
use crate::report::{Report, Settings};

/// Where the person stands between an empty page and results; written to `<html data-state>`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Nothing loaded.
    #[default]
    Empty,
    /// Files are being read.
    Reading,
    /// How they were understood is shown.
    Review,
    /// The first report is being computed.
    Computing,
    /// Results are shown.
    Ready,
    /// Nothing can be shown, and why.
    Failed,
}

impl Stage {
    /// The value of `data-state`.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Empty => "empty",
            Stage::Reading => "reading",
            Stage::Review => "review",
            Stage::Computing => "computing",
            Stage::Ready => "ready",
            Stage::Failed => "failed",
        }
    }
}

/// How far reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Progress {
    /// Bytes of all files read.
    pub bytes: u64,
    /// Bytes of all files.
    pub of: u64,
    /// Records read.
    pub rows: u64,
    /// Whether it is a second reading.
    pub again: bool,
    /// Milliseconds since reading began.
    pub ms: f64,
}

/// What went wrong, for the person.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The job could not be done.
    Problem(Problem),
    /// The worker ended; the last report, if there is one, is still shown.
    WorkerEnded {
        /// The worker's own words.
        message: String,
    },
}

/// What became of the figures when files were read otherwise, as a person said.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What was said of the files before, to go back to.
    pub said: Vec<ReadOptions>,
    /// Rows used and revenue before.
    pub before: Sum,
    /// The same now; nothing while the files are being read.
    pub after: Option<Sum>,
    /// Whether it shows on the page: where there are results, once these are there.
    pub shows: bool,
}

/// The files on their way to a report.
#[derive(Clone, Copy)]
pub struct Intake {
    /// Where the person stands.
    pub stage: RwSignal<Stage>,
    /// Names of the files of the job.
    pub files: RwSignal<Vec<String>>,
    /// How far reading is; nothing when nothing is read.
    pub progress: RwSignal<Option<Progress>>,
    /// How the files were understood.
    pub review: RwSignal<Option<Arc<Review>>>,
    /// What the person said about reading them, one a file.
    pub options: RwSignal<Vec<ReadOptions>>,
    /// What the last thing said has changed, until it is dismissed.
    pub change: RwSignal<Option<Change>>,
    /// Rows left out that the person looks at.
    pub left_out: RwSignal<Vec<Arc<LeftOutRows>>>,
    /// What went wrong, until it is dismissed or something else is begun.
    pub trouble: RwSignal<Option<Trouble>>,
}

/// How far the models are that some views rest on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fitting {
    /// Nobody waits for them.
    No,
    /// They are on their way: the share that is done.
    Done(f64),
    /// The person has stopped them.
    Stopped,
}

/// What was computed.
#[derive(Clone, Copy)]
pub struct Results {
    /// The last report; it stays while a new one is computed.
    pub report: RwSignal<Option<Arc<Report>>>,
    /// Whether a newer report is on its way.
    pub computing: RwSignal<bool>,
    /// How many reports were asked for.
    pub wanted: RwSignal<u32>,
    /// How far the models are.
    pub fitting: RwSignal<Fitting>,
    /// What the person set.
    pub settings: RwSignal<Settings>,
    /// The rows of the customer table last asked for.
    pub customers: RwSignal<Option<Arc<CustomerPage>>>,
    /// The customer last asked for: the number, and nothing where the selection lacks it.
    pub customer: RwSignal<Option<(u32, Option<Arc<CustomerDetail>>)>>,
    /// What the person asked of the customer table.
    pub asked: Asked,
    /// The sections that are asked for when their view is open.
    pub sections: Sections,
}

/// What the person asked of the customer table.
#[derive(Clone, Copy)]
pub struct Asked {
    /// Part of the id.
    pub search: RwSignal<String>,
    /// Column to sort by, and whether the smallest comes first.
    pub sort: RwSignal<(SortKey, bool)>,
    /// Rows to skip.
    pub offset: RwSignal<u32>,
    /// The segment that was shown, as it stood in the address.
    pub segment: RwSignal<Option<String>>,
}

impl Asked {
    /// All customers, the largest first.
    pub fn new() -> Asked {
        Asked {
            search: RwSignal::new(String::new()),
            sort: RwSignal::new((SortKey::Revenue, false)),
            offset: RwSignal::new(0),
            segment: RwSignal::new(None),
        }
    }

    /// Forgets what was asked of other files.
    pub fn reset(self) {
        self.search.set(String::new());
        self.sort.set((SortKey::Revenue, false));
        self.offset.set(0);
    }
}

impl Default for Asked {
    fn default() -> Asked {
        Asked::new()
    }
}

/// How the page looks just now.
#[derive(Clone, Copy)]
pub struct Look {
    /// Which view, with its own state.
    pub route: RwSignal<Route>,
    /// The theme that the person chose; nothing: the system's.
    pub theme: RwSignal<Option<&'static str>>,
    /// Width of the main column in CSS pixels: charts are drawn at it.
    pub width: RwSignal<f64>,
    /// Whether single keys do something.
    pub single_keys: RwSignal<bool>,
    /// The way back to links that were followed.
    pub way: Way,
}

impl Intake {
    /// Nothing loaded.
    pub fn new() -> Intake {
        Intake {
            stage: RwSignal::new(Stage::Empty),
            files: RwSignal::new(Vec::new()),
            progress: RwSignal::new(None),
            review: RwSignal::new(None),
            options: RwSignal::new(Vec::new()),
            change: RwSignal::new(None),
            left_out: RwSignal::new(Vec::new()),
            trouble: RwSignal::new(None),
        }
    }
}

impl Default for Intake {
    fn default() -> Intake {
        Intake::new()
    }
}

impl Results {
    /// Nothing computed.
    pub fn new() -> Results {
        Results {
            report: RwSignal::new(None),
            computing: RwSignal::new(false),
            wanted: RwSignal::new(0),
            fitting: RwSignal::new(Fitting::No),
            settings: RwSignal::new(Settings::default()),
            customers: RwSignal::new(None),
            customer: RwSignal::new(None),
            asked: Asked::new(),
            sections: Sections::new(),
        }
    }
}

impl Default for Results {
    fn default() -> Results {
        Results::new()
    }
}
