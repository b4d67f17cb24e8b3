//! The tables that were found, what they are and how clear; where there are several, which of them to use.

use leptos::ev::Event;
use leptos::prelude::*;

use super::file::FileAt;
use crate::page::control::Control;
use crate::page::live::{self, MakeRow};
use crate::page::locale::Locale;
use crate::protocol::FileReview;
use crate::words::findings;
use crate::words::format::Format;
use crate::words::review as words;

/// A line for each table.
#[component]
pub fn Files() -> impl IntoView {
    let control = Control::use_here();
    let count =
        live::kept(move || control.intake.review.with(|review| review.as_ref().map_or(0, |review| review.files.len())));
    let rows = live::keyed(move || {
        let row =
            |at: usize| -> (String, MakeRow) { (at.to_string(), Box::new(move || row(FileAt::new(control, at)))) };
        (0..count.get()).map(row).collect()
    });
    let several = live::flag(move || count.get() < 2);
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
                        <th scope="col" class="num" class:hidden=several>"Use"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

/// The line of a table. It keeps its elements, so that the focus stays on the box that was pressed.
fn row(file: FileAt) -> AnyView {
    let name = file.name();
    let class = live::text(move || file.read(|file| state(file).0).unwrap_or("tag"));
    let aside = live::flag(move || file.read(|file| file.options.skip).unwrap_or_default());
    let used = live::flag(move || !aside.get());
    let single = live::flag(move || !file.is_among_several());
    let label = live::text(move || format!("Use {}", name.get()));
    let choose = live::on(move |event: Event| {
        let skip = !event_target_checked(&event);
        file.say(|options| options.skip = skip);
    });
    view! {
        <tr class:aside=aside>
            <th scope="row" class="mono">{name}</th>
            <td>{file.text(words::kind)}</td>
            <td class="num">{file.text(rows_read)}</td>
            <td class="num"><span class=class>{file.text(|file| state(file).1)}</span></td>
            <td class="num" class:hidden=single>
                <label class="pick">
                    <input type="checkbox" aria-label=label prop:checked=used on:change=choose/>
                </label>
            </td>
        </tr>
    }
    .into_any()
}

fn rows_read(file: &FileReview) -> String {
    match file.takes_part() {
        true => Locale::of(None).integer(file.rows_read),
        false => "not counted".to_owned(),
    }
}

/// How clear a table is: the class of a tag, and its words.
fn state(file: &FileReview) -> (&'static str, String) {
    let f = Locale::of(None);
    match (file.takes_part(), file.questions.len()) {
        _ if file.options.skip => ("tag", "not used".to_owned()),
        (false, _) => ("tag no", "something is missing".to_owned()),
        (true, 0) if findings::doubts(file) > 0 => {
            ("tag ask", f.count(findings::doubts(file) as u64, "column") + " to check")
        }
        (true, 0) => ("tag ok", "clear".to_owned()),
        (true, n) => ("tag ask", f.count(n as u64, "question")),
    }
}
