//! Nothing left this device, and how a person can check that.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::page::browser::{self, Attempt};
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::sent::Measured;

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
pub fn proof() -> AnyView {
    let Measured(lock) = Measured::use_here();
    let title = live::text(move || match lock.with(|lock| lock.set) {
        true => "Nothing left this device, and you can check",
        false => "Nothing left this device",
    });
    let state = live::part(move || {
        match lock.with(|lock| (lock.set, lock.requests)) {
        (true, requests) => view! {
            <p class="soft">
                "Once Perennial has loaded, it forbids itself every connection; your browser enforces that. Requests sent since then: "
                <strong>{requests.to_string()}</strong> "."
            </p>
        }
        .into_any(),
        (false, _) => view! {
            <p class="soft">
                <strong>"The lock could not be set: "</strong>
                {lock.with(|lock| lock.reason.clone())}
                ". Your files are still handled on this device only, but your browser does not enforce it here."
            </p>
        }
        .into_any(),
    }
    });
    view! {
        <section aria-labelledby="h-proof" class="sheet stack" id="proof">
            <h2 class="h2" id="h-proof">
                {title}
            </h2>
            {state}
            <ol class="todo">
                <li>
                    <div>
                        <h3 class="h3">"Switch off your network and drop a file"</h3>
                        <p class="soft">"All of it works the same."</p>
                    </div>
                </li>
                {attempts()}
                {kept()}
            </ol>
        </section>
    }
    .into_any()
}

/// Lets the page try every way out, and shows what the browser did with each.
fn attempts() -> AnyView {
    let tried = RwSignal::new(Tried::No);
    let try_now = live::on(move |_: MouseEvent| {
        tried.set(Tried::Now);
        spawn_local(async move {
            let found = match browser::try_to_send().await {
                Some(attempts) => Tried::Yes(attempts),
                None => Tried::CanNot,
            };
            // The view may be gone by now.
            tried.try_set(found);
        });
    });
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
        .into_any()
    };
    let result = live::part(move || match tried.get() {
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
                <ul class="attempts">{attempts.into_iter().map(item).collect::<Vec<_>>()}</ul>
            }
            .into_any()
        }
    });
    let running = live::flag(move || tried.with(|tried| *tried == Tried::Now));
    view! {
        <li>
            <div>
                <h3 class="h3">"Let the page try to send something"</h3>
                <p class="soft">
                    "Your browser should refuse every way there is: from the page and from a worker, by request, beacon, socket, picture, style sheet and script."
                </p>
                <div role="status">{result}</div>
            </div>
            <p class="gain">
                <button class="btn" type="button" disabled=running on:click=try_now>
                    "Try it now"
                </button>
            </p>
        </li>
    }
    .into_any()
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
        "style" => "A style sheet",
        other => return other.to_owned(),
    }
    .to_owned()
}

/// What is kept between visits, and its end.
fn kept() -> AnyView {
    let control = Control::use_here();
    let erased = RwSignal::new(false);
    let erase = live::on(move |_: MouseEvent| {
        browser::forget_preferences();
        control.look.theme.set(None);
        control.look.single_keys.set(true);
        erased.set(true);
    });
    let files =
        live::text(move || match control.results.report.with(|report| report.as_ref().is_some_and(|r| r.sample)) {
            true => "The sample is in memory until you close this page.",
            false => "Your files are in memory until you close this page.",
        });
    let said = live::text(move || if erased.get() { "Erased. Nothing is kept now." } else { "" });
    view! {
        <li>
            <div>
                <h3 class="h3">"See what is kept"</h3>
                <p class="soft">
                    "Your theme, and whether single keys are on: nothing else. "
                    {files}
                </p>
                <p role="status">{said}</p>
            </div>
            <p class="gain">
                <button class="btn" type="button" on:click=erase>
                    "Erase even that"
                </button>
            </p>
        </li>
    }
    .into_any()
}
