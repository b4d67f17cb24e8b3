//! What will not count, and why.

use leptos::ev::Event;
use leptos::prelude::*;

use crate::ingest::receipt::{LeftOut, Reason};
use crate::math::order;
use crate::page::control::Control;
use crate::page::live;
use crate::page::locale::Locale;
use crate::protocol::{FileReview, ReadOptions, Review};
use crate::roles::Role;
use crate::words::format::Format;
use crate::words::review as words;

/// Lines named as examples of a reason.
const EXAMPLES: usize = 3;

/// Rows left out for one reason, in all files.
struct Left {
    reason: Reason,
    rows: u64,
    lines: String,
}

/// Rows that count all the same where a person says so.
#[derive(Clone, Copy)]
struct Answer {
    label: &'static str,
    /// Whether there are such rows.
    offered: fn(&Review) -> bool,
    /// What a person says with it.
    option: fn(&mut ReadOptions) -> &mut bool,
}

const ANSWERS: [Answer; 3] = [
    Answer {
        label: "Count cancelled orders too",
        offered: |review| review.files.iter().flat_map(|file| &file.columns).any(|column| column.role == Role::Status),
        option: |options| &mut options.count_cancelled,
    },
    Answer {
        label: "Count rows too that are there before",
        offered: |review| leaves_out(review, Reason::RepeatedRow),
        option: |options| &mut options.count_repeated,
    },
    Answer {
        label: "Count rows too whose date is years away from all others",
        offered: |review| leaves_out(review, Reason::OddDate),
        option: |options| &mut options.count_odd_dates,
    },
];

fn leaves_out(review: &Review, reason: Reason) -> bool {
    review.files.iter().flat_map(|file| &file.left_out).any(|left| left.reason == reason)
}

fn is_said(control: Control, answer: Answer) -> bool {
    control.intake.options.with(|options| options.iter().any(|options| *(answer.option)(&mut options.clone())))
}

fn check(control: Control, answer: Answer) -> AnyView {
    let count = move |event: Event| {
        let checked = event_target_checked(&event);
        control.reread_all(move |options| *(answer.option)(options) = checked);
    };
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=live::flag(move || is_said(control, answer)) on:change=live::on(count)/>
            <span>{answer.label}</span>
        </label>
    }
    .into_any()
}

/// The files whose rows are told: those of orders; of what can be used without any, those.
fn told(review: &Review) -> impl Iterator<Item = &FileReview> {
    let orders = review.files.iter().any(|file| file.is_orders);
    review.files.iter().filter(move |file| if orders { file.is_orders } else { file.takes_part() })
}

/// The rows left out of them, most first.
fn of(review: &Review, f: &dyn Format) -> Vec<Left> {
    let mut found: Vec<&LeftOut> = told(review).flat_map(|file| &file.left_out).collect();
    order::sort_by(&mut found, |a, b| a.reason.cmp(&b.reason));
    let left = |same: &[&LeftOut]| {
        let rows: u64 = same.iter().map(|left| left.rows).sum();
        let examples = same.iter().flat_map(|left| &left.examples).take(EXAMPLES);
        let lines: Vec<String> = examples.map(|example| f.integer(example.line)).collect();
        let more = if rows > lines.len() as u64 { " …" } else { "" };
        let lines = if lines.is_empty() { String::new() } else { format!("line {}{more}", lines.join(", ")) };
        Left { reason: same[0].reason, rows, lines }
    };
    let mut all: Vec<Left> = found.chunk_by(|a, b| a.reason == b.reason).map(left).collect();
    order::sort_by(&mut all, |a, b| b.rows.cmp(&a.rows));
    all
}

/// The reasons with their rows and lines.
#[component]
pub fn LeftOutRows() -> impl IntoView {
    let control = Control::use_here();
    let review = control.intake.review;
    let heading = move || review.with(|review| review.as_deref().map(|review| heading(review, &Locale::of(None))));
    let rows = move || review.with(|review| review.as_deref().map(|review| rows(review, &Locale::of(None))));
    let answers = ANSWERS.map(|answer| {
        let offered = move || review.with(|review| review.as_deref().is_some_and(answer.offered));
        live::when(move || offered() || is_said(control, answer), move || check(control, answer))
    });
    view! {
        <section class="stack" aria-labelledby="h-out">
            <h2 class="h2" id="h-out">{live::text(move || heading().unwrap_or_default())}</h2>
            {live::part(rows)}
            {answers.into_iter().collect_view()}
        </section>
    }
}

/// `What will be left out: 119 of 8,614 rows`
fn heading(review: &Review, f: &dyn Format) -> String {
    let sum = |rows: fn(&FileReview) -> u64| told(review).map(rows).sum::<u64>();
    let read = sum(|file| file.rows_read);
    match read.saturating_sub(sum(|file| file.rows_used)) {
        _ if read == 0 => "What will be left out".to_owned(),
        0 => "Nothing will be left out".to_owned(),
        out => format!("What will be left out: {} of {}", f.integer(out), f.count(read, "row")),
    }
}

fn rows(review: &Review, f: &dyn Format) -> AnyView {
    let all = of(review, f);
    if all.is_empty() {
        let words = match review.files.iter().any(|file| file.is_orders) {
            true => "Every row has a customer, a date and an amount that can be read.",
            false if told(review).next().is_some() => "Every row has what it needs.",
            false => "Rows are counted once it is clear which column is what.",
        };
        return view! { <p class="note">{words}</p> }.into_any();
    }
    let row = |left: Left| {
        view! {
            <tr>
                <th scope="row">{words::reason(left.reason)}<span class="note">" "{left.lines}</span></th>
                <td class="num">{f.integer(left.rows)}</td>
            </tr>
        }
    };
    view! {
        <table>
            <caption class="vh">"Rows left out, by reason"</caption>
            <tbody>{all.into_iter().map(row).collect_view()}</tbody>
        </table>
        <p class="note">"Nothing is thrown away in silence: the data receipt lists these rows, and you can save them."</p>
    }
    .into_any()
}
