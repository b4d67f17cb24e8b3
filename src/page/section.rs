//! Sections of the report that are asked for when their view is open, and again with every change of a filter.

use std::sync::Arc;

use leptos::prelude::*;

use super::control::Control;
use super::live::{self, Kept};
use super::parts::writer;
use crate::charts::Figure;
use crate::report::sections::{Ask, Section};
use crate::report::{
    Report, checks, costs, drivers, engagement, experiments, feedback, forecast, journey, prospect, referrals, risk,
    subscriptions,
};
use crate::words::format::Format;

/// A section: what the person has set for it, and what the worker last said. A handle: copies are the same section.
pub struct Topic<A: 'static, S: 'static> {
    /// What the person has set for it; what is asked for.
    pub ask: RwSignal<A>,
    /// The section; the last one stays while a new one is computed.
    pub section: RwSignal<Option<Arc<S>>>,
    wrap: fn(A) -> Ask,
}

impl<A, S> Clone for Topic<A, S> {
    fn clone(&self) -> Topic<A, S> {
        *self
    }
}

impl<A, S> Copy for Topic<A, S> {}

impl<A, S> Topic<A, S>
where
    A: Clone + Default + Send + Sync + 'static,
    S: Send + Sync + 'static,
{
    fn new(wrap: fn(A) -> Ask) -> Topic<A, S> {
        Topic { ask: RwSignal::new(A::default()), section: RwSignal::new(None), wrap }
    }

    /// Asks for the section now, right behind every report that is asked for, and whenever the person sets something for it,
    /// as long as the view lives that calls this. So the worker goes on with it while the page shows the report.
    pub fn follow(self) {
        let control = Control::use_here();
        let Topic { ask, wrap, .. } = self;
        let has_report = live::kept(move || control.results.report.with(Option::is_some));
        live::effect(move || {
            control.results.wanted.track();
            if has_report.get() {
                control.ask_section(wrap(ask.get()));
            }
        });
    }

    /// What a part of the page makes of the section; the default of its type while there is none.
    pub fn kept<T>(self, make: impl Fn(&S, &Report, &dyn Format) -> T + Send + Sync + 'static) -> Kept<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        let report = Control::use_here().results.report;
        live::kept(move || {
            let (Some(section), Some(report)) = (self.section.get(), report.get()) else { return T::default() };
            make(&section, &report, &*writer::of(&report))
        })
    }

    /// A text about the section.
    pub fn text(self, make: impl Fn(&S, &Report, &dyn Format) -> String + Send + Sync + 'static) -> Signal<String> {
        let text = self.kept(make);
        live::text(move || text.get())
    }

    /// What draws a chart of the section: `<Chart figure=topic.figure(charts::nps)/>`.
    pub fn figure(
        self,
        draw: fn(&S, &Report, u32, &dyn Format) -> Figure,
    ) -> impl Fn(u32) -> Option<Figure> + Send + Sync + 'static {
        let report = Control::use_here().results.report;
        move |width| {
            let (section, report) = (self.section.get()?, report.get()?);
            Some(draw(&section, &report, width, &*writer::of(&report)))
        }
    }

    fn reset(self) {
        self.ask.set(A::default());
        self.section.set(None);
    }

    fn take(self, section: Box<S>) {
        self.section.set(Some(Arc::from(section)));
    }
}

/// All sections.
#[derive(Clone, Copy)]
pub struct Sections {
    /// What winning one costs.
    pub costs: Topic<costs::Ask, costs::Costs>,
    /// What they say.
    pub feedback: Topic<feedback::Ask, feedback::Feedback>,
    /// What contracts bring.
    pub subscriptions: Topic<subscriptions::Ask, subscriptions::Subscriptions>,
    /// How engaged they are.
    pub engagement: Topic<engagement::Ask, engagement::Engagement>,
    /// How they come along.
    pub journey: Topic<journey::Ask, journey::Journey>,
    /// Who brings whom.
    pub referrals: Topic<referrals::Ask, referrals::Referrals>,
    /// What tests have shown.
    pub experiments: Topic<experiments::Ask, experiments::Experiments>,
    /// What goes with value and staying.
    pub drivers: Topic<drivers::Ask, drivers::Drivers>,
    /// What is still to come.
    pub forecast: Topic<forecast::Ask, forecast::Forecast>,
    /// Who is overdue.
    pub risk: Topic<risk::Ask, risk::Risk>,
    /// How the models fit.
    pub models: Topic<checks::Ask, checks::Modelling>,
    /// What is expected of the customer whose page is open.
    pub prospect: Topic<prospect::Ask, prospect::Prospect>,
}

impl Sections {
    /// Nothing computed.
    pub fn new() -> Sections {
        Sections {
            costs: Topic::new(Ask::Costs),
            feedback: Topic::new(Ask::Feedback),
            subscriptions: Topic::new(Ask::Subscriptions),
            engagement: Topic::new(Ask::Engagement),
            journey: Topic::new(Ask::Journey),
            referrals: Topic::new(Ask::Referrals),
            experiments: Topic::new(Ask::Experiments),
            drivers: Topic::new(Ask::Drivers),
            forecast: Topic::new(Ask::Forecast),
            risk: Topic::new(Ask::Risk),
            models: Topic::new(Ask::Models),
            prospect: Topic::new(Ask::Prospect),
        }
    }

    /// Forgets those of other files, and what was set for them.
    pub fn reset(self) {
        self.costs.reset();
        self.feedback.reset();
        self.subscriptions.reset();
        self.engagement.reset();
        self.journey.reset();
        self.referrals.reset();
        self.experiments.reset();
        self.drivers.reset();
        self.forecast.reset();
        self.risk.reset();
        self.models.reset();
        self.prospect.reset();
    }

    /// Takes what the worker says.
    pub fn take(self, section: Section) {
        match section {
            Section::Costs(section) => self.costs.take(section),
            Section::Feedback(section) => self.feedback.take(section),
            Section::Subscriptions(section) => self.subscriptions.take(section),
            Section::Engagement(section) => self.engagement.take(section),
            Section::Journey(section) => self.journey.take(section),
            Section::Referrals(section) => self.referrals.take(section),
            Section::Experiments(section) => self.experiments.take(section),
            Section::Drivers(section) => self.drivers.take(section),
            Section::Forecast(section) => self.forecast.take(section),
            Section::Risk(section) => self.risk.take(section),
            Section::Models(section) => self.models.take(section),
            Section::Prospect(section) => self.prospect.take(section),
        }
    }
}

impl Default for Sections {
    fn default() -> Sections {
        Sections::new()
    }
}
