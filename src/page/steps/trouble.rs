//! What went wrong, why, and what can be done.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::Way;
use crate::page::browser;
use crate::page::control::Control;
use crate::page::live;
use crate::page::locale::Locale;
use crate::page::parts::icon::{Icon, Sign};
use crate::page::parts::picker::Picker;
use crate::page::state::Trouble;
use crate::text;
use crate::words::drop::{SAMPLE, TEMPLATE};
use crate::words::problems;

/// What went wrong, in words.
fn words(control: Control) -> Option<problems::Trouble> {
    let has_results = control.results.report.with(Option::is_some);
    control.intake.trouble.with(|trouble| {
        Some(match trouble.as_ref()? {
            Trouble::Problem(problem) => problems::trouble(problem, &Locale::of(None)),
            Trouble::WorkerEnded { message } => problems::worker_ended(message, has_results),
        })
    })
}

/// The step in which nothing can be shown.
#[component]
pub fn Failed() -> impl IntoView {
    let control = Control::use_here();
    let part =
        move |part: fn(problems::Trouble) -> String| live::text(move || words(control).map(part).unwrap_or_default());
    let ended = move || control.intake.trouble.with(|trouble| matches!(trouble, Some(Trouble::WorkerEnded { .. })));
    let help = move || {
        let help = words(control).map(|trouble| trouble.help).unwrap_or_default();
        let item = |(head, text): (String, String)| {
            view! { <li><div><h3 class="h3">{head}</h3><p class="soft">{text}</p></div></li> }
        };
        help.into_iter().map(item).collect_view()
    };
    let sample = move |_: MouseEvent| control.open_sample();
    let again = move || {
        let again = live::on(move |_: MouseEvent| control.open_again());
        view! { <button class="btn" type="button" on:click=again>"Try again"</button> }
    };
    let back = move || {
        let back = live::on(move |_: MouseEvent| control.back_to_review());
        view! { <button class="btn" type="button" on:click=back>"Back to the columns"</button> }
    };
    view! {
        <main id="main" tabindex="-1">
            <div class="viewhead">
                <Way at=1/>
                <h1 class="finding" tabindex="-1" data-heading>{part(|trouble| trouble.what)}</h1>
                <p class="lead">{part(|trouble| trouble.lead)}</p>
            </div>
            <div class="notice bad" role="alert">
                <Icon sign=Sign::Warning/>
                <div><p>{part(|trouble| trouble.why)}</p></div>
            </div>
            <section class="stack" aria-labelledby="h-can">
                <h2 class="h2" id="h-can">"What you can do"</h2>
                <ol class="todo">{live::part(help)}</ol>
                <p class="actions">
                    <Picker/>
                    {live::when(move || ended() && control.can_open_again(), again)}
                    {live::when(move || control.intake.review.with(Option::is_some), back)}
                    <button class="btn" type="button" data-testid="sample" on:click=live::on(sample)>{SAMPLE}</button>
                    <Template/>
                </p>
            </section>
        </main>
    }
}

/// Saves a small file that shows how orders are written.
#[component]
pub fn Template() -> impl IntoView {
    let save = live::on(|_: MouseEvent| browser::save("orders-template.csv", "text/csv", TEMPLATE));
    view! { <button class="btn quiet" type="button" on:click=save>"Save a template to fill in"</button> }
}

/// What went wrong while a report or a review is shown, above it, until it is dismissed.
#[component]
pub fn Banner() -> impl IntoView {
    let control = Control::use_here();
    let dismiss = move |_: MouseEvent| {
        control.intake.trouble.set(None);
        browser::focus("main");
    };
    let help = |(head, text): (String, String)| format!(" {head}: {}", text::lowered(&text));
    live::part(move || {
        let trouble = words(control)?;
        Some(view! {
            <div class="notice bad" role="alert">
                <Icon sign=Sign::Warning/>
                <div>
                    <p><strong>{trouble.what}" "</strong>{trouble.lead}</p>
                    <p>{trouble.why}{trouble.help.into_iter().next().map(help)}</p>
                    <p><button class="btn" type="button" on:click=live::on(dismiss)>"Dismiss"</button></p>
                </div>
            </div>
        })
    })
}
