//! How the files were understood, and a way to say it better.
//!
//! * `files`: the tables, what they are, and which of them to use.
//! * [`mod@file`]: one file under review, and what follows it.
//! * `question`: what the file can't tell.
//! * [`notes`]: what should be known of the file, though nothing can be answered.
//! * `reading`: the first lines, and separator, decimal sign, encoding and heading.
//! * `columns`: what each column means.
//! * `preview`: the table as typed.
//! * `decided`: what else was decided, and what can be said instead.
//! * `analysis`: what holds for all files: currency, end, margin, spend.
//! * `left_out`: what will not count, and why.
//! * `go`: what will happen, and the button for it.
//!
//! A choice makes the worker read the files again, and a new review arrives. Nothing that can have the focus is built
//! anew then: every piece follows the signals of its own part.

use leptos::prelude::*;

use super::Way;
use super::trouble::Banner;
use crate::page::control::Control;
use crate::page::live::{self, MakeRow};
use crate::page::locale::Locale;
use crate::page::parts::beside::{self, Tables, Told};
use crate::page::parts::same;
use crate::protocol::{self, FileReview};
use crate::words::findings;
use crate::words::format::Format;
use file::FileAt;

mod analysis;
mod columns;
mod decided;
pub mod file;
mod files;
mod go;
mod left_out;
pub mod notes;
mod preview;
mod question;
mod reading;

/// Files whose columns are shown; of more, only the line in the table.
const FILES_SHOWN: usize = 8;

/// The places of the files whose columns are shown: the first of those that are not set aside.
fn shown(review: &protocol::Review) -> Vec<usize> {
    let taken = review.files.iter().enumerate().filter(|(_, file)| !file.options.skip);
    taken.map(|(at, _)| at).take(FILES_SHOWN).collect()
}

/// The step between dropping and results.
#[component]
pub fn Review() -> impl IntoView {
    let control = Control::use_here();
    let review = control.intake.review;
    let finding = live::kept(move || review.with(|review| review.as_deref().map(findings::review)).unwrap_or_default());
    let near_misses = live::kept(move || {
        review.with(|review| review.as_ref().map(|review| review.near_misses.clone()).unwrap_or_default())
    });
    let each_file = |make: fn(FileAt) -> AnyView| {
        live::keyed(move || {
            let row =
                |at: usize| -> (String, MakeRow) { (at.to_string(), Box::new(move || make(FileAt::new(control, at)))) };
            review.with(|review| review.as_deref().map(shown).unwrap_or_default()).into_iter().map(row).collect()
        })
    };
    let file = |file: FileAt| {
        view! {
            <reading::Reading file=file/>
            <columns::Columns file=file/>
            {decided::decided(file)}
            <preview::Preview file=file/>
        }
        .into_any()
    };
    view! {
        <main id="main" tabindex="-1">
            <div class="viewhead">
                <Way at=1/>
                <h1 class="finding" tabindex="-1" data-heading>{live::text(move || finding.with(findings::Finding::text))}</h1>
                <p class="lead">{live::text(move || finding.with(|finding| finding.lead.clone().unwrap_or_default()))}</p>
            </div>
            <Banner/>
            <files::Files/>
            {each_file(question::questions)}
            {each_file(columns::missing)}
            {beside()}
            {same::same(near_misses)}
            {each_file(notes::notes)}
            {each_file(file)}
            <div class="two">
                <analysis::Analysis/>
                <left_out::LeftOutRows/>
            </div>
            <go::Go/>
        </main>
    }
}

/// What stands beside the orders.
fn beside() -> AnyView {
    let review = Control::use_here().intake.review;
    let told = |file: &FileReview, f: &dyn Format| {
        let told = Told::of(&file.name, file.kind, file.content.as_ref()?, file.matched.as_ref(), f);
        Some(told.without(&file.left_out, file.rows_read, f))
    };
    let all = move |review: &protocol::Review| {
        let f = Locale::of(review.currency.as_deref());
        let orders = review.files.iter().any(|file| file.is_orders);
        Tables { orders, told: review.files.iter().filter_map(|file| told(file, &f)).collect() }
    };
    beside::beside(live::kept(move || review.with(|review| review.as_deref().map(all).unwrap_or_default())))
}
