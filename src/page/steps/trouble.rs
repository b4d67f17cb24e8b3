//! What went wrong, why, and what can be done.

use leptos::prelude::*;

use super::{Way, text};
use crate::page::control::Control;
use crate::page::locale::Locale;
use crate::page::parts::icon::{Icon, Sign};
use crate::page::parts::picker::Picker;
use crate::page::state::{Stage, Trouble};
use crate::words::format::Format;

/// A trouble in words, in the order in which a person wants to know.
fn explain(trouble: &Trouble, f: &dyn Format) -> text::Explained {
    match trouble {
        Trouble::Problem(problem) => text::problem(problem, f),
        Trouble::WorkerEnded { message } if ran_out_of_memory(message) => text::Explained {
            what: "The calculation stopped: memory is full.".into(),
            why: "The browser gives a page only so much memory, and this took all of it.".into(),
            remedy: "Try one year at a time, or close other windows.".into(),
        },
        Trouble::WorkerEnded { message } => text::Explained {
            what: "The calculation stopped.".into(),
            why: if message.is_empty() { "The browser gave no reason.".into() } else { format!("It said: {message}") },
            remedy: "Try again. If it stops again, this is a mistake in Perennial: please tell us what it said.".into(),
        },
    }
}

fn ran_out_of_memory(message: &str) -> bool {
    let message = message.to_ascii_lowercase();
    ["memory", "alloc", "capacity overflow"].iter().any(|word| message.contains(word))
}

/// The step in which nothing can be shown.
#[component]
pub fn Failed() -> impl IntoView {
    let control = Control::use_here();
    let explained = move || {
        control.intake.trouble.with(|trouble| trouble.as_ref().map(|trouble| explain(trouble, &Locale::of(None))))
    };
    let what = move || explained().map(|explained| explained.what);
    let why = move || explained().map(|explained| explained.why);
    let remedy = move || explained().map(|explained| explained.remedy);
    let reviewed = Memo::new(move |_| control.intake.review.with(Option::is_some));
    view! {
        <main id="main" tabindex="-1">
            <div class="viewhead">
                <Way at=1/>
                <h1 class="finding" tabindex="-1" data-heading>{what}</h1>
                <p class="lead">"Your file is unchanged, and nothing was sent."</p>
            </div>
            <div class="notice bad" role="alert">
                <Icon sign=Sign::Warning/>
                <div><p>{why}</p></div>
            </div>
            <section class="stack" aria-labelledby="h-can">
                <h2 class="h2" id="h-can">"What you can do"</h2>
                <ol class="todo">
                    <li>
                        <div><h3 class="h3">{remedy}</h3></div>
                        <p class="gain"><Picker/></p>
                    </li>
                    <Show when=move || reviewed.get()>
                        <li>
                            <div>
                                <h3 class="h3">"Go back to how the file was read before"</h3>
                                <p class="soft">"What you changed last is taken back."</p>
                            </div>
                            <p class="gain">
                                <button class="btn" type="button" on:click=move |_| control.back_to_review()>
                                    "Check the columns"
                                </button>
                            </p>
                        </li>
                    </Show>
                    <li>
                        <div>
                            <h3 class="h3">"If your shop exports orders elsewhere"</h3>
                            <p class="soft">
                                "Look for “Orders” and “Export” in its menu, and choose CSV. It needs a customer, a date and \
                                 an amount."
                            </p>
                        </div>
                        <p class="gain"></p>
                    </li>
                    <li>
                        <div><h3 class="h3">"See first what you would get"</h3></div>
                        <p class="gain">
                            <button class="btn" type="button" data-testid="sample" on:click=move |_| control.open_sample()>
                                "Try the sample shop"
                            </button>
                        </p>
                    </li>
                </ol>
            </section>
        </main>
    }
}

/// What went wrong while a report or a review is shown, above it, until it is dismissed.
#[component]
pub fn Banner() -> impl IntoView {
    let control = Control::use_here();
    let trouble = control.intake.trouble;
    let kept = move || match control.intake.stage.get() {
        Stage::Ready => " Your last results are still here.",
        _ => "",
    };
    let dismiss = move |_| {
        trouble.set(None);
        crate::page::browser::focus("main");
    };
    move || {
        let explained = trouble.with(|trouble| trouble.as_ref().map(|trouble| explain(trouble, &Locale::of(None))))?;
        Some(view! {
            <div class="notice bad" role="alert">
                <Icon sign=Sign::Warning/>
                <div>
                    <p><strong>{explained.what}{kept}</strong></p>
                    <p>{explained.why}" "{explained.remedy}</p>
                    <p><button class="btn" type="button" on:click=dismiss>"Dismiss"</button></p>
                </div>
            </div>
        })
    }
}
