//! What will not count, and why.

use std::collections::BTreeMap;

use leptos::ev::Event;
use leptos::prelude::*;

use crate::ingest::receipt::Reason;
use crate::page::control::Control;
use crate::page::live;
use crate::page::locale::Locale;
use crate::protocol::Review;
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

/// The rows left out of all files, most first.
fn of(review: &Review, f: &dyn Format) -> Vec<Left> {
    let mut all: BTreeMap<Reason, (u64, Vec<String>)> = BTreeMap::new();
    for file in &review.files {
        for left in &file.left_out {
            let entry = all.entry(left.reason).or_default();
            entry.0 += left.rows;
            entry.1.extend(left.examples.iter().map(|example| f.integer(example.line)));
        }
    }
    let left = |(reason, (rows, lines)): (Reason, (u64, Vec<String>))| {
        let more = if rows > lines.len().min(EXAMPLES) as u64 { " …" } else { "" };
        let named = lines.iter().take(EXAMPLES).cloned().collect::<Vec<_>>().join(", ");
        let lines = if named.is_empty() { String::new() } else { format!("line {named}{more}") };
        Left { reason, rows, lines }
    };
    let mut all: Vec<Left> = all.into_iter().map(left).collect();
    all.sort_by_key(|left| (std::cmp::Reverse(left.rows), left.reason));
    all
}

/// The reasons with their rows and lines.
#[component]
pub fn LeftOutRows() -> impl IntoView {
    let control = Control::use_here();
    let review = control.intake.review;
    let heading = move || review.with(|review| review.as_deref().map(|review| heading(review, &Locale::of(None))));
    let rows = move || review.with(|review| review.as_deref().map(|review| rows(review, &Locale::of(None))));
    let has_status = move || {
        let has = |review: &Review| {
            review.files.iter().flat_map(|file| &file.columns).any(|column| column.role == Role::Status)
        };
        review.with(|review| review.as_deref().is_some_and(has))
    };
    let counted = move || control.intake.options.with(|options| options.iter().any(|options| options.count_cancelled));
    let count = move |event: Event| {
        let checked = event_target_checked(&event);
        control.reread_all(move |options| options.count_cancelled = checked);
    };
    let cancelled = move || {
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=live::flag(counted) on:change=live::on(count)/>
                <span>"Count cancelled orders too"</span>
            </label>
        }
    };
    view! {
        <section class="stack" aria-labelledby="h-out">
            <h2 class="h2" id="h-out">{live::text(move || heading().unwrap_or_default())}</h2>
            {live::part(rows)}
            {live::when(has_status, cancelled)}
        </section>
    }
}

/// `What will be left out: 119 of 8,614 rows`
fn heading(review: &Review, f: &dyn Format) -> String {
    let read: u64 = review.files.iter().filter(|file| file.is_orders).map(|file| file.rows_read).sum();
    match read.saturating_sub(review.rows_used) {
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
