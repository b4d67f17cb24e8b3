//! What holds for all files: currency, end of the period, margin, spend.

use leptos::ev::Event;
use leptos::prelude::*;

use crate::math::Day;
use crate::page::control::Control;
use crate::page::live;
use crate::page::locale::{Locale, currency_label};
use crate::page::parts::choice::Choice;
use crate::page::parts::edits::{Edit, Editor};
use crate::words::format::Format;

/// Currencies offered where the files name none, by how many people use them.
const COMMON: [&str; 20] = [
    "USD", "EUR", "GBP", "JPY", "CNY", "INR", "CAD", "AUD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "BRL", "MXN",
    "ZAR", "TRY", "NZD", "SGD",
];

/// The settings of the whole analysis.
#[component]
pub fn Analysis() -> impl IntoView {
    view! {
        <section class="stack" aria-labelledby="h-set">
            <h2 class="h2" id="h-set">"For the whole analysis"</h2>
            <div class="choices">
                <Currency/>
                <End/>
                <Editor edit=Edit::Margin/>
                <Editor edit=Edit::Spend/>
            </div>
            <p class="note">
                "Margin and spend may stay empty: what a customer is worth is then told in revenue, and what winning one costs \
                 is not told."
            </p>
        </section>
    }
}

/// The currency: one of those found, or where none was found, a name for the amounts.
#[component]
fn Currency() -> impl IntoView {
    let control = Control::use_here();
    let review = control.intake.review;
    let value = live::text(move || {
        review.with(|review| review.as_ref().and_then(|review| review.currency.clone())).unwrap_or_default()
    });
    let options = move || {
        let f = Locale::of(None);
        let found = review.with(|review| review.as_ref().map(|review| review.currencies.clone()).unwrap_or_default());
        let with_rows = |(code, rows): &(String, u64)| {
            (code.clone(), format!("{}, {}", currency_label(code), f.count(*rows, "row")))
        };
        match found.len() {
            0 => {
                let unknown = (String::new(), "Not told by the file".to_owned());
                let common = COMMON.iter().map(|code| ((*code).to_owned(), currency_label(code)));
                std::iter::once(unknown).chain(common).collect::<Vec<_>>()
            }
            // Rows in others are never converted, so only what was found can be chosen.
            1 => vec![(found[0].0.clone(), currency_label(&found[0].0))],
            _ => found.iter().map(with_rows).collect(),
        }
    };
    let choose = move |code: String| {
        let code = (!code.is_empty()).then_some(code);
        control.reread_all(move |options| options.currency = code.clone());
    };
    view! {
        <Choice id="currency" label="Currency".to_owned() value=value options=live::follow(Box::new(options)) on_choose=choose/>
    }
}

/// The last day of the period.
#[component]
fn End() -> impl IntoView {
    let control = Control::use_here();
    let settings = control.results.settings;
    let span = move || {
        control.intake.review.with(|review| review.as_ref().and_then(|review| Some((review.first?, review.last?))))
    };
    let text = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let last = live::kept(move || text(span().map(|span| span.1)));
    let value = move || settings.with(|settings| settings.end).map_or_else(|| last.get(), |end| end.to_string());
    let wrong = RwSignal::new(false);
    let set = move |event: Event| {
        let typed = event_target_value(&event).parse::<Day>().ok();
        let span = untrack(span);
        let outside = typed.zip(span).is_some_and(|(day, (first, last))| day < first || day > last);
        wrong.set(outside);
        let last = span.map(|span| span.1);
        let end = typed.filter(|day| !outside && Some(*day) != last);
        settings.update(|settings| settings.change(|settings| settings.end = end));
    };
    let hint = move || match (wrong.get(), span()) {
        (_, None) => String::new(),
        (true, Some((first, last))) => {
            let f = Locale::of(None);
            format!("That is outside the orders: {} to {}. The last order is taken.", f.day(first), f.day(last))
        }
        (false, Some((_, last))) => format!("The last order is of {}.", Locale::of(None).day(last)),
    };
    view! {
        <label class="field">
            <span>"Period ends"</span>
            <input
                type="date" prop:value=live::text(value) on:change=live::on(set)
                min=live::text(move || text(span().map(|span| span.0))) max=live::text(move || last.get())
                aria-invalid=live::text(move || wrong.get().to_string()) aria-describedby="end-hint"
            />
            <small id="end-hint" aria-live="polite" class:down=live::flag(move || wrong.get())>{live::text(hint)}</small>
        </label>
    }
}
