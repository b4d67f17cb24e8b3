//! Nothing left this device, and how a person can check that.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::page::browser::{self, Attempt};
use crate::page::control::Control;
use crate::page::parts::sent::Measured;
use crate::page::parts::writer;

/// How far the attempt to send something is.
#[derive(Clone, Debug, PartialEq)]
enum Tried {
    /// Not begun.
    No,
    /// Under way.
    Now,
    /// What became of each way out.
    Yes(Vec<Attempt>),
    /// The page was started without what makes the attempt.
    CanNot,
}

/// The privacy panel: three things to try.
#[component]
pub fn Proof() -> impl IntoView {
    let Measured(lock) = Measured::use_here();
    let set = Memo::new(move |_| lock.with(|lock| lock.set));
    let state = move || {
        match set.get() {
        true => view! {
            <p class="soft">
                "Once Perennial has loaded, it forbids itself every connection; your browser enforces that. Requests sent since then: "
                <strong>{move || lock.with(|lock| lock.requests)}</strong> "."
            </p>
        }
        .into_any(),
        false => view! {
            <p class="soft">
                <strong>"The lock could not be set: "</strong>
                {move || lock.with(|lock| lock.reason.clone())}
                ". Your files are still handled on this device only, but your browser does not enforce it here."
            </p>
        }
        .into_any(),
    }
    };
    view! {
        <section aria-labelledby="h-proof" class="sheet stack" id="proof">
            <h2 class="h2" id="h-proof">
                {move || if set.get() { "Nothing left this device, and you can check" } else { "Nothing left this device" }}
            </h2>
            {state}
            <ol class="todo">
                <li>
                    <div>
                        <h3 class="h3">"Switch off your network and drop a file"</h3>
                        <p class="soft">"All of it works the same."</p>
                    </div>
                </li>
                <Attempts/>
                <Kept/>
            </ol>
        </section>
    }
}

/// Lets the page try every way out, and shows what the browser did with each.
#[component]
fn Attempts() -> impl IntoView {
    let tried = RwSignal::new(Tried::No);
    let try_now = move |_| {
        tried.set(Tried::Now);
        spawn_local(async move {
            let found = match browser::try_to_send().await {
                Some(attempts) => Tried::Yes(attempts),
                None => Tried::CanNot,
            };
            // The view may be gone by now.
            tried.try_set(found);
        });
    };
    let item = |attempt: Attempt| {
        let (class, text) = match attempt.refused {
            true => ("tag ok", "refused"),
            false => ("tag no", "not refused"),
        };
        view! {
            <li>
                {way(&attempt.way)} ", from the " {attempt.place} ": " <span class=class>{text}</span>
            </li>
        }
    };
    let result = move || match tried.get() {
        Tried::No => ().into_any(),
        Tried::Now => view! { <p class="soft">"Trying. It takes about two seconds."</p> }.into_any(),
        Tried::CanNot => view! { <p class="soft">"It could not be tried here."</p> }.into_any(),
        Tried::Yes(attempts) => {
            let refused = attempts.iter().filter(|attempt| attempt.refused).count();
            let all = attempts.len();
            let sum = match refused == all {
                true => format!("Your browser refused all {all} attempts."),
                false => format!("Your browser refused {refused} of {all} attempts."),
            };
            view! {
                <p>
                    <strong>{sum}</strong>
                </p>
                <ul class="attempts">{attempts.into_iter().map(item).collect_view()}</ul>
            }
            .into_any()
        }
    };
    view! {
        <li>
            <div>
                <h3 class="h3">"Let the page try to send something"</h3>
                <p class="soft">
                    "Your browser should refuse every way there is: from the page and from a worker, by request, beacon, socket, picture and script."
                </p>
                <div role="status">{result}</div>
            </div>
            <p class="gain">
                <button class="btn" type="button" disabled=move || tried.get() == Tried::Now on:click=try_now>
                    "Try it now"
                </button>
            </p>
        </li>
    }
}

/// A way out in words.
fn way(way: &str) -> String {
    match way {
        "fetch" => "A request",
        "beacon" => "A beacon",
        "websocket" => "A socket",
        "events" => "A stream of events",
        "image" => "A picture",
        "script" => "A script",
        other => return other.to_owned(),
    }
    .to_owned()
}

/// What is kept between visits, and its end.
#[component]
fn Kept() -> impl IntoView {
    let control = Control::use_here();
    let erased = RwSignal::new(false);
    let erase = move |_| {
        browser::forget_preferences();
        control.look.theme.set(None);
        control.look.single_keys.set(true);
        erased.set(true);
    };
    let sample = writer::section(|report, _| report.sample);
    view! {
        <li>
            <div>
                <h3 class="h3">"See what is kept"</h3>
                <p class="soft">
                    "Your theme, and whether single keys are on: nothing else. "
                    {move || if sample.get() {
                        "The sample is in memory until you close this page."
                    } else {
                        "Your files are in memory until you close this page."
                    }}
                </p>
                <p role="status">{move || erased.get().then_some("Erased. Nothing is kept now.")}</p>
            </div>
            <p class="gain">
                <button class="btn" type="button" on:click=erase>
                    "Erase even that"
                </button>
            </p>
        </li>
    }
}
