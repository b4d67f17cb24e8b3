//! What writes numbers, money and dates here, and how a section of the report becomes words.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::live::{self, Kept};
use crate::page::locale::Locale;
use crate::report::Report;
use crate::words::facts::enough_to_group;
use crate::words::format::Format;

/// Writes the values of one report, in its currency.
pub fn of(report: &Report) -> Box<dyn Format> {
    Box::new(Locale::of(report.currency.as_deref()))
}

/// What a part of the page makes of the report. Those who show it wake only when it comes out different, so a change of
/// one setting redraws only what it touches.
pub fn section<T>(make: impl Fn(&Report, &dyn Format) -> T + Send + Sync + 'static) -> Kept<T>
where
    T: Default + PartialEq + Send + Sync + 'static,
{
    let report = Control::use_here().results.report;
    live::kept(move || report.get().map(|report| make(&report, &*of(&report))).unwrap_or_default())
}

/// A text about the report.
pub fn text(make: impl Fn(&Report, &dyn Format) -> String + Send + Sync + 'static) -> Signal<String> {
    let report = Control::use_here().results.report;
    live::text(move || report.get().map(|report| make(&report, &*of(&report))).unwrap_or_default())
}

/// A part of a view that has something to show only where something was bought; else the finding says why it is not there.
pub fn if_bought(make: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    let bought = section(|report, _| report.totals.purchases > 0);
    live::when(move || bought.get(), make)
}

/// A part of a view that tells nothing of a handful of customers; the finding says so.
pub fn if_enough(make: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    let enough = section(|report, _| enough_to_group(report));
    live::when(move || enough.get(), make)
}

/// Value and words of every option of a select, from plain text.
pub fn choices(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(value, words)| ((*value).to_owned(), (*words).to_owned())).collect()
}
