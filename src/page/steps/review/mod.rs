//! How the files were understood, and a way to say it better.
//!
//! * `file`: one file under review, and what follows it.
//! * `question`: what the file can't tell.
//! * `notes`: what should be known of the file, though nothing can be answered.
//! * `reading`: the first lines, and separator, decimal sign, encoding and heading.
//! * `columns`: what each column means.
//! * `preview`: the table as typed.
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
use crate::roles::kind::TableKind;
use crate::words::findings;
use crate::words::format::Format;
use crate::words::review as words;
use file::FileAt;

mod analysis;
mod columns;
mod file;
mod go;
mod left_out;
mod notes;
mod preview;
mod question;
mod reading;

/// Files whose columns are shown; of more, only the line in the table.
const FILES_SHOWN: usize = 3;

/// The step between dropping and results.
#[component]
pub fn Review() -> impl IntoView {
    let control = Control::use_here();
    let review = control.intake.review;
    let finding = live::kept(move || review.with(|review| review.as_deref().map(findings::review)).unwrap_or_default());
    let each_file = |make: fn(FileAt) -> AnyView| {
        live::keyed(move || {
            let count = review.with(|review| review.as_ref().map_or(0, |review| review.files.len()));
            let row =
                |at: usize| -> (String, MakeRow) { (at.to_string(), Box::new(move || make(FileAt::new(control, at)))) };
            (0..count.min(FILES_SHOWN)).map(row).collect()
        })
    };
    let file = |file: FileAt| {
        view! {
            <reading::Reading file=file/>
            <columns::Columns file=file/>
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
            <Files/>
            {each_file(question::questions)}
            {each_file(columns::missing)}
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

/// The files, what they are and how clear.
#[component]
fn Files() -> impl IntoView {
    let review = Control::use_here().intake.review;
    let rows = move || {
        let review = review.get()?;
        let f = Locale::of(None);
        let row = |file: &crate::protocol::FileReview| {
            let (class, state) = match (file.is_orders, file.questions.len()) {
                (false, _) if file.kind != TableKind::Other => ("tag", "not used yet".to_owned()),
                (false, _) => ("tag no", "something is missing".to_owned()),
                (true, 0) if findings::doubts(file) > 0 => {
                    ("tag ask", f.count(findings::doubts(file) as u64, "column") + " to check")
                }
                (true, 0) => ("tag ok", "clear".to_owned()),
                (true, n) => ("tag ask", f.count(n as u64, "question")),
            };
            view! {
                <tr>
                    <th scope="row" class="mono">{file.name.clone()}</th>
                    <td>{words::kind(file)}</td>
                    <td class="num">{if file.is_orders { f.integer(file.rows_read) } else { "not counted".to_owned() }}</td>
                    <td class="num"><span class=class>{state}</span></td>
                </tr>
            }
        };
        Some(review.files.iter().map(row).collect_view())
    };
    view! {
        <section aria-labelledby="h-files">
            <h2 class="vh" id="h-files">"Your files"</h2>
            <table class="filesread">
                <thead>
                    <tr>
                        <th scope="col">"File"</th>
                        <th scope="col">"Read as"</th>
                        <th scope="col" class="num">"Rows"</th>
                        <th scope="col" class="num">"State"</th>
                    </tr>
                </thead>
                <tbody>{live::part(rows)}</tbody>
            </table>
        </section>
    }
}
