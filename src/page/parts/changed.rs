//! What changed when files were read otherwise: it stays in sight until it is dismissed, wherever one is.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::page::browser;
use crate::page::control::Control;
use crate::page::live;
use crate::page::locale::Locale;
use crate::words::receipt as words;

/// Rows used and revenue before and after, with a way back. It stands at the bottom of the window.
#[component]
pub fn Changed() -> impl IntoView {
    let control = Control::use_here();
    let (change, review) = (control.intake.change, control.intake.review);
    let reads = move || control.intake.progress.with(Option::is_some);
    let is_there = move || change.with(Option::is_some);
    let text = live::text(move || {
        let currency = review.with(|review| review.as_ref().and_then(|review| review.currency.clone()));
        change.with(|change| match change.as_ref().map(|change| (change.before, change.after, change.shows)) {
            Some((before, Some(after), true)) => words::changed(before, after, &Locale::of(currency.as_deref())),
            Some(_) => "Reading again, with what you said.".to_owned(),
            None => String::new(),
        })
    });
    let waits = live::flag(move || reads() || change.with(|change| change.as_ref().is_none_or(|change| !change.shows)));
    let back = move || {
        live::on(move |_: MouseEvent| {
            control.take_back();
            browser::focus("changed");
        })
    };
    let dismiss = move || {
        live::on(move |_: MouseEvent| {
            change.set(None);
            browser::focus("main");
        })
    };
    live::when(is_there, move || {
        view! {
            <div class="gobar changed" id="changed" tabindex="-1" data-testid="changed">
                <p role="status">{text}</p>
                <div class="actions">
                    <button class="btn" type="button" disabled=waits on:click=back()>"Undo"</button>
                    <button class="btn quiet" type="button" on:click=dismiss()>"Close"</button>
                </div>
            </div>
        }
    })
}
