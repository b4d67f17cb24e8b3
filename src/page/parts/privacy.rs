//! What the page does with data, and how anybody can see that it is so.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::icon::{Icon, Sign};
use super::sent::{self, Measured};
use crate::page::browser::{self, Attempt};
use crate::page::live;
use crate::words::drop as words;
use crate::words::format::list;

/// Id of the panel; buttons open it with `popovertarget`.
pub const ID: &str = "privacy";

/// The sentence that is true just now.
pub fn sentence() -> &'static str {
    let Measured(lock) = Measured::use_here();
    if lock.with(|lock| lock.set) { words::PRIVACY } else { words::PRIVACY_UNLOCKED }
}

/// What became of trying to send something.
enum Tried {
    /// Not tried.
    Not,
    /// Being tried.
    Now,
    /// It could not be tried.
    Failed,
    /// Tried.
    Done(Vec<Attempt>),
}

/// The outcome in words.
fn outcome(tried: &Tried) -> String {
    let attempts = match tried {
        Tried::Not => return String::new(),
        Tried::Now => return "Trying.".to_owned(),
        Tried::Failed => return "It could not be tried here.".to_owned(),
        Tried::Done(attempts) => attempts,
    };
    let passed: Vec<String> = attempts
        .iter()
        .filter(|attempt| !attempt.refused)
        .map(|attempt| format!("{} from the {}", attempt.way, attempt.place))
        .collect();
    let all = attempts.len();
    match passed.len() {
        0 => format!("Tried in {all} ways, from the page and from its worker: your browser refused every one."),
        n => format!("Tried in {all} ways; {n} were not refused: {}. The page is not locked.", list(&passed)),
    }
}

/// The panel.
#[component]
pub fn Privacy() -> impl IntoView {
    let Measured(lock) = Measured::use_here();
    let tried = RwSignal::new(Tried::Not);
    let try_to_send = move |_: MouseEvent| {
        tried.set(Tried::Now);
        spawn_local(async move {
            let found = browser::try_to_send().await;
            tried.set(found.map_or(Tried::Failed, Tried::Done));
        });
    };
    let state = move || {
        lock.with(|lock| match (lock.set, lock.requests) {
            (true, 0) => "The lock is set and holds: since then nothing has left this page.".to_owned(),
            (true, _) => format!("The lock is set, and yet the browser counts: {}.", sent::words(lock)),
            (false, _) => format!("The lock could not be set. {} Nothing is sent all the same.", lock.reason),
        })
    };
    let outcome = move || tried.with(outcome);
    let running = move || tried.with(|tried| matches!(tried, Tried::Now));
    view! {
        <div id=ID class="explain panel" popover="auto" role="dialog" aria-labelledby="privacy-title">
            <button class="btn icon close" type="button" popovertarget=ID popovertargetaction="hide" aria-label="Close" autofocus>
                <Icon sign=Sign::Close/>
            </button>
            <h2 class="h2" id="privacy-title">"Where your data goes: nowhere"</h2>
            <p>{live::text(sentence)}</p>
            <p>
                "Everything is worked out in this window. When it is loaded, the page tells your browser to refuse every \
                 connection from then on, and that can’t be taken back."
            </p>
            <p class="formula">{live::text(state)}</p>
            <h3 class="h3">"Check it yourself"</h3>
            <ul class="plainlist">
                <li>"Cut your network, then load a file: everything works."</li>
                <li>"Open your browser’s developer tools (F12), then Network: nothing appears while you work."</li>
                <li>"Let the page try to send something:"</li>
            </ul>
            <p class="actions">
                <button class="btn" type="button" data-testid="try-to-send" disabled=live::flag(running) on:click=live::on(try_to_send)>
                    "Try to send"
                </button>
                <span role="status">{live::text(outcome)}</span>
            </p>
            <p class="note">
                "Kept in this browser: whether you chose light or dark, and whether single keys do something. Nothing else: \
                 close the window and your data is gone from it."
            </p>
        </div>
    }
}
