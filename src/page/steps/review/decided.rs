//! What was decided in reading a file and has no choice of its own in the review.

use leptos::prelude::*;

use super::file::FileAt;
use crate::ingest::decision::{DecidedBy, Decision, Matter};
use crate::page::live;
use crate::page::locale::Locale;
use crate::page::parts::decisions::decisions;
use crate::words::receipt as words;

/// The decisions about a file that can't be changed elsewhere in the review.
pub fn decided(file: FileAt) -> AnyView {
    let decided = live::kept(move || {
        let f = Locale::of(None);
        let own = |decision: &&Decision| is_own(decision);
        let read = file.read(|file| {
            let own = file.decisions.iter().filter(own);
            own.map(|decision| (decision.about, words::decided(decision, &f))).collect::<Vec<_>>()
        });
        read.unwrap_or_default()
    });
    let any = move || decided.with(|all| !all.is_empty());
    let id = format!("h-decided-{}", file.at);
    live::when(any, move || {
        view! {
            <section class="stack" aria-labelledby=id.clone()>
                <h2 class="h2" id=id.clone()>"What was decided"</h2>
                {decisions(file.at, decided, true)}
            </section>
        }
    })
}

/// Whether a decision is shown here: it is no question, and no list or box of the review stands for it.
fn is_own(decision: &Decision) -> bool {
    match decision.about {
        Matter::Layout | Matter::Orders | Matter::Rounded => true,
        Matter::TestOrder | Matter::NotPaid | Matter::NotASale | Matter::GiftCard => true,
        Matter::DateOrder => decision.by != DecidedBy::Guess,
        _ => false,
    }
}
