//! Reading and computing, with a way out.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::Way;
use crate::page::control::Control;
use crate::page::live;
use crate::page::locale::Locale;
use crate::page::parts::bar::progress_bar;
use crate::page::state::{Progress as Reading, Stage};
use crate::words::format::Format;

/// How far reading is, or that the report is being computed.
#[component]
pub fn Progress() -> impl IntoView {
    let control = Control::use_here();
    let progress = move || control.intake.progress.get().unwrap_or_default();
    let computing = live::kept(move || control.intake.stage.get() == Stage::Computing);
    let share = move || done(&progress());
    // Heard at every quarter; seen all the time.
    let heard = move || match (computing.get(), (share() * 4.0) as u32) {
        (true, _) => "Working out your figures.".to_owned(),
        (false, 0) => "Reading.".to_owned(),
        (false, quarter) => format!("{} percent read.", quarter * 25),
    };
    let picture = move || match computing.get() {
        true => {
            view! { <p class="soft">"Everything is read. A large file takes a few seconds from here."</p> }.into_any()
        }
        false => view! {
            {progress_bar("h-files", share)}
            <p class="soft">{live::text(move || in_words(&progress(), &Locale::of(None)))}</p>
        }
        .into_any(),
    };
    view! {
        <main id="main" tabindex="-1">
            <div class="viewhead">
                <Way at=1/>
                <h1 class="finding" tabindex="-1" data-heading>
                    {live::text(move || if computing.get() { "Working out your figures" } else { "Reading your orders" })}
                </h1>
            </div>
            <section class="sheet stack" aria-labelledby="h-files">
                <h2 class="h3" id="h-files">{live::text(move || control.intake.files.with(|files| files.join(", ")))}</h2>
                {live::part(picture)}
                <p class="vh" role="status">{live::text(heard)}</p>
                <p>
                    <button class="btn" type="button" data-testid="cancel" on:click=live::on(move |_: MouseEvent| control.cancel())>
                        "Cancel"
                    </button>
                </p>
            </section>
        </main>
    }
}

/// The share of the bytes that is read.
fn done(progress: &Reading) -> f64 {
    if progress.of == 0 { 0.0 } else { (progress.bytes as f64 / progress.of as f64).clamp(0.0, 1.0) }
}

/// `59 of 92 MB, 641,000 rows so far. About 1 second left.`
fn in_words(progress: &Reading, f: &dyn Format) -> String {
    if progress.of == 0 {
        return "Opening.".to_owned();
    }
    let again = if progress.again { " Reading once more, with what the first reading taught." } else { "" };
    let (bytes, of, rows) = (f.bytes(progress.bytes), f.bytes(progress.of), f.count(progress.rows, "row"));
    format!("{bytes} of {of}, {rows} so far.{again}{}", time_left(progress, f))
}

/// How long it still takes, once there is something to tell it from.
fn time_left(progress: &Reading, f: &dyn Format) -> String {
    let share = done(progress);
    if share < 0.05 || progress.ms < 500.0 || progress.again {
        return String::new();
    }
    let seconds = (progress.ms / share * (1.0 - share) / 1000.0).ceil().max(1.0) as u64;
    match seconds {
        0..90 => format!(" About {} left.", f.count(seconds, "second")),
        _ => format!(" About {} left.", f.count(seconds.div_ceil(60), "minute")),
    }
}
