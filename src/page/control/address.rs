//! Which view is shown, and the address that says so.

use leptos::prelude::*;

use super::Control;
use crate::page::browser;
use crate::page::route::{Route, View};
use crate::page::state::Stage;
use crate::report::Settings;

impl Control {
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
        let other_view = self.look.route.with_untracked(|before| before.view != route.view);
        self.look.way.arrive(&browser::hash(), other_view);
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
    pub(super) fn apply(self, route: &Route) {
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
}
