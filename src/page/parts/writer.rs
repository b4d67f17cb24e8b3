//! What writes numbers, money and dates here, and how a section of the report becomes words.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::report::Report;
use crate::words::format::{Format, Plain};

/// Writes the values of one report, in its currency.
pub fn of(report: &Report) -> Box<dyn Format> {
    Box::new(Plain::new(report.currency.as_deref()))
}

/// What a part of the page makes of the report. Those who show it wake only when it comes out different, so a change of
/// one setting redraws only what it touches.
pub fn section<T>(make: impl Fn(&Report, &dyn Format) -> T + Send + Sync + 'static) -> Memo<T>
where
    T: Clone + Default + PartialEq + Send + Sync + 'static,
{
    let report = Control::use_here().results.report;
    Memo::new(move |_| {
        report.with(|report| report.as_deref().map(|report| make(report, &*of(report))).unwrap_or_default())
    })
}
