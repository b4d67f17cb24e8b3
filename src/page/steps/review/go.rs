//! What will happen, and the button for it.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::ingest::dates::DateOrder;
use crate::ingest::numbers::DecimalSign;
use crate::page::control::Control;
use crate::page::live;
use crate::page::locale::Locale;
use crate::page::parts::picker::Picker;
use crate::protocol::{FileReview, InFiles, Question, Review};
use crate::roles::kind::TableKind;
use crate::words::format::{Format, list};
use crate::words::{receipt, review as words, tables};

/// The bar at the bottom of the review.
#[component]
pub fn Go() -> impl IntoView {
    let control = Control::use_here();
    let review = control.intake.review;
    let blocked = move || match control.intake.progress.with(Option::is_some) {
        true => Some("Reading again, with what you said.".to_owned()),
        false => review.with(|review| review.as_deref().and_then(obstacle)),
    };
    let first = move || blocked().or_else(|| review.with(|review| review.as_deref().and_then(taken)));
    let first = live::text(move || first().unwrap_or_default());
    let change = control.intake.change;
    let second = live::text(move || {
        let parts = review.with(|review| {
            let review = review.as_deref()?;
            let figures = change.with(|change| change.as_ref().and_then(|change| Some((change.before, change.after?))));
            let changed = figures.filter(|(before, after)| before != after).map(|(before, after)| {
                format!(" {}", receipt::changed(before, after, &Locale::of(review.currency.as_deref())))
            });
            Some(contents(review)? + &changed.unwrap_or_default())
        });
        parts.unwrap_or_default()
    });
    let analyse = live::on(move |_: MouseEvent| control.analyse());
    view! {
        <div class="gobar">
            <p role="status"><strong>{first}</strong>" "<span class="soft">{second}</span></p>
            <div class="actions">
                <Picker words="Other file" class="btn quiet"/>
                <button
                    class="btn primary" type="button" data-testid="analyse"
                    disabled=live::flag(move || blocked().is_some()) on:click=analyse
                >"Show the results"</button>
            </div>
        </div>
    }
}

/// Why there can be no results yet.
fn obstacle(review: &Review) -> Option<String> {
    if review.rows_used > 0 {
        return None;
    }
    let tells = |file: &FileReview| file.takes_part() && file.kind.stands_alone() && file.rows_used > 0;
    if review.files.iter().any(tells) && !review.files.iter().any(|file| file.is_orders) {
        return None;
    }
    if review.files.iter().any(|file| file.is_orders) {
        return Some("No row can be used yet: see what will be left out, and why.".to_owned());
    }
    // A file of another kind that lacks nothing is as it should be: what is missing are orders.
    let mut files = review.files.iter().filter(|file| !file.options.skip);
    let file = files.find(|file| !file.takes_part());
    let aside = review.files.iter().any(|file| file.options.skip && file.kind == TableKind::Orders);
    let Some(file) = file else {
        return Some(if aside { "The orders are set aside." } else { "First add a file of orders." }.to_owned());
    };
    let missing: Vec<String> = file.missing.iter().map(|role| format!("“{}”", words::role(*role))).collect();
    Some(format!("First choose the column that is {}.", list(&missing)))
}

/// What is taken for granted until the person decides.
fn taken(review: &Review) -> Option<String> {
    let words = |question: &Question| match question {
        Question::DayOrMonthFirst { chosen: DateOrder::MonthDayYear, .. } => "Month first is taken.".to_owned(),
        Question::DayOrMonthFirst { .. } => "Day first is taken.".to_owned(),
        Question::DecimalOrThousands { chosen: DecimalSign::Comma, .. } => "A decimal comma is taken.".to_owned(),
        Question::DecimalOrThousands { .. } => "A decimal point is taken.".to_owned(),
        Question::OrdersInFiles { chosen: InFiles::Apart, .. } => {
            "Orders with one number in several files are kept apart.".to_owned()
        }
        Question::OrdersInFiles { .. } => "Orders that stand in several files are taken from one.".to_owned(),
        Question::OrdersOfSeveral { .. } => "An order of several customers counts for each.".to_owned(),
        Question::OrdersFarApart { .. } => "Order numbers with dates far apart are one order each.".to_owned(),
        Question::DamagedIds { .. } => "Ids that were cut short count.".to_owned(),
        Question::WhichScale { chosen, .. } => format!("A scale of {} is taken.", tables::scale(*chosen)),
        Question::WhichCurrency { chosen, .. } => format!("Only {chosen} is taken."),
    };
    let all: Vec<String> = review.files.iter().flat_map(|file| &file.questions).map(words).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

/// `8,495 rows, 3,069 customers, 1 Oct 2023 to 30 Sep 2026.`
fn contents(review: &Review) -> Option<String> {
    let f = Locale::of(review.currency.as_deref());
    let (Some(first), Some(last)) = (review.first, review.last) else {
        let rows = |file: &FileReview| format!("{}: {}", tables::rows_of(file.kind), f.count(file.rows_used, "row"));
        let all: Vec<String> = review.files.iter().filter(|file| file.takes_part()).map(rows).collect();
        return (!all.is_empty()).then(|| format!("{}.", all.join(". ")));
    };
    let (rows, customers) = (f.count(review.rows_used, "row"), f.count(review.customers, "customer"));
    let (first, last) = (f.day(first), f.day(last));
    Some(format!("{rows}, {customers}, {first} to {last}, {} in all.", f.money(review.revenue.to_f64())))
}
