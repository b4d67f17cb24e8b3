//! What the page does with data, and how anybody can see that it is so.

use leptos::prelude::*;

use super::icon::{Icon, Sign};
use super::sent::{self, Measured};
use crate::page::control::Control;

/// Id of the panel; buttons open it with `popovertarget`.
pub const ID: &str = "privacy";

/// The sentence that says it all.
pub const SENTENCE: &str =
    "Your files stay on this device. Perennial has no server to send them to, and your browser blocks it from trying.";

/// The same where the lock is not set: then the browser does not.
pub const SENTENCE_UNLOCKED: &str = "Your files stay on this device. Perennial has no server to send them to.";

/// The sentence that is true just now.
pub fn sentence() -> &'static str {
    let Measured(lock) = Measured::use_here();
    if lock.with(|lock| lock.set) { SENTENCE } else { SENTENCE_UNLOCKED }
}

/// The panel.
#[component]
pub fn Privacy() -> impl IntoView {
    let control = Control::use_here();
    let Measured(lock) = Measured::use_here();
    let state = move || {
        lock.with(|lock| match (lock.set, lock.requests) {
            (true, 0) => "The lock is set and holds: since then nothing has left this page.".to_owned(),
            (true, _) => format!("The lock is set, and yet the browser counts: {}.", sent::words(lock)),
            (false, _) => format!("The lock could not be set. {} Nothing is sent all the same.", lock.reason),
        })
    };
    let tried = move || match control.look.worker_refused.get() {
        None => "",
        Some(true) => "Tried just now: the browser refused it.",
        Some(false) => "Tried just now: the browser did not refuse it. The page is not locked.",
    };
    view! {
        <div id=ID class="explain panel" popover="auto" role="dialog" aria-labelledby="privacy-title">
            <button class="btn icon close" type="button" popovertarget=ID popovertargetaction="hide" aria-label="Close" autofocus>
                <Icon sign=Sign::Close/>
            </button>
            <h2 class="h2" id="privacy-title">"Where your data goes: nowhere"</h2>
            <p>{sentence}</p>
            <p>
                "Everything is worked out in this window. When it is loaded, the page tells your browser to refuse every \
                 connection from then on, and that can’t be taken back."
            </p>
            <p class="formula">{state}</p>
            <h3 class="h3">"Check it yourself"</h3>
            <ul class="plainlist">
                <li>"Cut your network, then load a file: everything works."</li>
                <li>"Open your browser’s developer tools (F12), then Network: nothing appears while you work."</li>
                <li>"Let the page try to send something:"</li>
            </ul>
            <p class="actions">
                <button class="btn" type="button" data-testid="try-to-send" on:click=move |_| control.try_to_send()>
                    "Try to send"
                </button>
                <span role="status">{tried}</span>
            </p>
            <p class="note">
                "Kept in this browser: whether you chose light or dark, and whether single keys do something. Nothing else: \
                 close the window and your data is gone from it."
            </p>
        </div>
    }
}
