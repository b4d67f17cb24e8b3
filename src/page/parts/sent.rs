//! What left the page since it was locked, as the browser counts it, and the lock's own state: measured, never claimed.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::icon::{Icon, Sign};
use super::privacy;
use crate::page::browser::{self, Lock};
use crate::page::control::Control;
use crate::page::live;
use crate::page::route::View;

/// How often it is measured.
const EVERY_MS: i32 = 2_000;

/// The last measurement.
#[derive(Clone, Copy)]
pub struct Measured(pub RwSignal<Lock>);

impl Measured {
    /// Measures from now on: every two seconds, and whenever somebody comes back to the window.
    pub fn start() -> Measured {
        let lock = RwSignal::new(browser::lock());
        let measure = Closure::<dyn FnMut()>::new(move || {
            let now = browser::lock();
            if lock.with_untracked(|before| *before != now) {
                lock.set(now);
            }
        });
        let callback = measure.as_ref().unchecked_ref();
        let window = browser::window();
        // Without a timer the figure is as old as the last time that the window got the focus.
        let _ = window.set_interval_with_callback_and_timeout_and_arguments_0(callback, EVERY_MS);
        let _ = window.add_event_listener_with_callback("focus", callback);
        // The page lives as long as its measuring.
        measure.forget();
        Measured(lock)
    }

    /// The measurement of this page.
    pub fn use_here() -> Measured {
        expect_context()
    }
}

/// The measurement in a few words.
pub fn words(lock: &Lock) -> String {
    match (lock.set, lock.requests) {
        (true, 0) => "0 bytes sent".to_owned(),
        (false, 0) => "Not locked".to_owned(),
        (_, 1) => "1 request left this page".to_owned(),
        (_, n) => format!("{n} requests left this page"),
    }
}

/// The measurement in the header, which leads to how it can be checked.
///
/// The one of the `bar` gives way to the one of the menu where there is a report and the window is narrow.
pub fn sent(bar: bool) -> AnyView {
    let control = Control::use_here();
    let Measured(lock) = Measured::use_here();
    live::part(move || {
        let in_report = control.in_report();
        let class = format!("sent {}", if bar && in_report { "hide-s" } else { "" });
        let sign = if lock.with(|lock| lock.set && lock.requests == 0) { Sign::Lock } else { Sign::Unlocked };
        let reason = lock.with(|lock| (!lock.set).then(|| format!(": {}", lock.reason)));
        let content = view! {
            <Icon sign=sign/>
            <span>{lock.with(words)}{reason.map(|reason| view! { <span class="long">{reason}</span> })}</span>
        };
        match in_report {
            true => view! { <a class=class href=control.route_of(View::Data).hash()>{content}</a> }.into_any(),
            false => {
                view! { <button class=class type="button" popovertarget=privacy::ID>{content}</button> }.into_any()
            }
        }
    })
}
