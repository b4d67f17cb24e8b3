//! The first page, and the whole window as a place to drop files.

use std::cell::Cell;
use std::rc::Rc;

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::convert::FromWasmAbi;
use wasm_bindgen::prelude::*;
use web_sys::{DataTransfer, DragEvent, File};

use crate::page::browser;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::icon::{Icon, Sign, Sprig};
use crate::page::parts::picker::Picker;
use crate::page::parts::{privacy, rail};
use crate::page::route::View;
use crate::page::state::Stage;
use crate::page::steps::paste::Paste;
use crate::page::steps::trouble::Template;
use crate::words::drop as words;

/// What the columns of an orders file are for: the needed ones, then those that open more.
const COLUMNS: [(&str, &str, &str); 4] = [
    ("Customer", "Who bought: a number, an e-mail address or a name", "needed"),
    ("Date", "When: with or without the time of day, in any common way of writing", "needed"),
    ("Amount", "How much: one column, or quantity and price of a piece", "needed"),
    (
        "And if there",
        "Order number, status and currency are understood; channel, country, category and product become filters",
        "",
    ),
];

/// What each view answers.
const ANSWERS: [(View, &str); 6] = [
    (View::Overview, "What you took, whether it grows, and how much hangs on a few"),
    (View::Value, "What a customer has brought, what one is worth, and when winning one pays back"),
    (View::Retention, "How many come back, how soon, and how many are lost each month"),
    (View::Customers, "Everyone in one table, with a page for each"),
    (View::Segments, "Your best, your newest, those going quiet, and what each group brings"),
    (View::Data, "Every row read and left out, every definition, every formula"),
];

/// The first page.
#[component]
pub fn Drop() -> impl IntoView {
    let control = Control::use_here();
    let over = use_context::<Over>().map(|Over(over)| over);
    let sample = move |_: MouseEvent| control.open_sample();
    view! {
        <main id="main" tabindex="-1">
            <Arrived/>
            <section class="hero" aria-labelledby="h-hero">
                <div class="viewhead">
                    <h1 class="finding" id="h-hero" tabindex="-1" data-heading>
                        {words::TITLE}
                    </h1>
                    <p class="lead">{words::LEAD}</p>
                    <p class="privacy">
                        <Icon sign=Sign::Lock/>
                        <span>
                            {live::text(privacy::sentence)}" "
                            <button class="textlink" type="button" popovertarget=privacy::ID>"Check it yourself"</button>
                        </span>
                    </p>
                </div>
                <div class="drop" class:over=live::flag(move || over.is_some_and(|over| over.get()))>
                    <Sprig class="sprig"/>
                    <h2 class="h2">{words::DROP_HERE}</h2>
                    <p class="soft">{words::OR_ANYWHERE}</p>
                    <p class="actions">
                        <Picker class="btn primary big"/>
                        <button class="btn big" type="button" data-testid="sample" on:click=live::on(sample)>
                            {words::SAMPLE}
                        </button>
                    </p>
                    <p class="note">{words::FORMATS}</p>
                    <Paste/>
                </div>
            </section>
            <div class="two">
                <section class="stack" aria-labelledby="h-bring">
                    <h2 class="h2" id="h-bring">"What to bring: a list of your orders"</h2>
                    <ul class="brings">{COLUMNS.map(column).into_iter().collect_view()}</ul>
                    <p class="note">
                        "One row for each order, or one for each line of it. Names and order of the columns don’t matter: \
                         they are guessed, and you can change what was guessed."
                    </p>
                    <p class="actions"><Template/></p>
                </section>
                <section class="peek stack" aria-labelledby="h-get">
                    <h2 class="h2" id="h-get">"What you get"</h2>
                    <ul class="brings">{ANSWERS.map(answer).into_iter().collect_view()}</ul>
                    <p class="note">"The sample shop shows it all, with made-up data."</p>
                </section>
            </div>
        </main>
    }
}

fn column((name, what, needed): (&'static str, &'static str, &'static str)) -> impl IntoView {
    let needed = (!needed.is_empty()).then(|| view! { <p class="cols">{needed}</p> });
    view! { <li><h3 class="h3">{name}</h3><p class="get">{what}</p>{needed}</li> }
}

fn answer((view, what): (View, &'static str)) -> impl IntoView {
    view! { <li><h3 class="h3">{rail::name(view)}</h3><p class="get">{what}</p></li> }
}

/// What to say to somebody who comes with an address of results, or comes back from some.
#[component]
fn Arrived() -> impl IntoView {
    let control = Control::use_here();
    let has_report = move || control.results.report.with(Option::is_some);
    let arrived = move || control.look.route.with(|route| route.view.shows_report()) && !has_report();
    let has_review = move || control.intake.review.with(Option::is_some);
    let not_kept = || {
        view! {
            <div class="notice" role="status">
                <Icon sign=Sign::Info/>
                <div><p>
                    <strong>"Your data is not kept. "</strong>"Drop the file again and this view opens."
                </p></div>
            </div>
        }
    };
    let back = move || {
        let (view, words) = match (has_report(), has_review()) {
            (true, _) => (View::Overview, "Back to the results"),
            (false, true) => (View::Check, "Back to checking the file"),
            (false, false) => return None,
        };
        let address = control.route_of(view).hash();
        Some(view! {
            <div class="notice">
                <Icon sign=Sign::Info/>
                <div><p>
                    <strong>"What you loaded is still here. "</strong>
                    "It goes when you load something else or close this window. "<a href=address>{words}</a>
                </p></div>
            </div>
        })
    };
    view! {
        {live::when(arrived, not_kept)}
        {live::part(back)}
    }
}

/// Whether files are being dragged over the window.
#[derive(Clone, Copy)]
pub struct Over(RwSignal<bool>);

impl Over {
    /// Listens to the window for files that are dropped, and opens them.
    pub fn listen(control: Control) -> Over {
        let over = RwSignal::new(false);
        // Every element that is entered is left again: the window itself is left when all of them are.
        let depth = Rc::new(Cell::new(0i32));
        let set = move |depth: &Cell<i32>, to: i32| {
            depth.set(to.max(0));
            let now = depth.get() > 0;
            if over.get_untracked() != now {
                over.set(now);
            }
        };
        let entered = depth.clone();
        on_window("dragenter", move |event: DragEvent| {
            if brings_files(&event) {
                event.prevent_default();
                set(&entered, entered.get() + 1);
            }
        });
        on_window("dragover", |event: DragEvent| {
            if brings_files(&event) {
                event.prevent_default();
            }
        });
        let left = depth.clone();
        on_window("dragleave", move |_: DragEvent| set(&left, left.get() - 1));
        on_window("drop", move |event: DragEvent| {
            set(&depth, 0);
            if brings_files(&event) {
                // The browser would show the file in place of the page.
                event.prevent_default();
                control.open(files_of(event.data_transfer()));
            }
        });
        Over(over)
    }
}

/// Listens to the window for an event, as long as the page lives.
pub(super) fn on_window<E: FromWasmAbi + 'static>(name: &str, act: impl FnMut(E) + 'static) {
    listen_to_window(name, Closure::wrap(Box::new(act) as Box<dyn FnMut(E)>));
}

fn listen_to_window<E: FromWasmAbi + 'static>(name: &str, listener: Closure<dyn FnMut(E)>) {
    // Refused only for names that are no events.
    let _ = browser::window().add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    // The page lives as long as its listeners.
    listener.forget();
}

fn brings_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0))
}

/// The files that are dropped or pasted.
pub(super) fn files_of(data: Option<DataTransfer>) -> Vec<File> {
    data.and_then(|data| data.files()).map(|list| browser::files(&list)).unwrap_or_default()
}

/// What is laid over the page while files are dragged over it, except over the first page, which has its own place for
/// them.
#[component]
pub fn Overlay() -> impl IntoView {
    let control = Control::use_here();
    let over = use_context::<Over>().map(|Over(over)| over);
    let shown = move || over.is_some_and(|over| over.get()) && control.intake.stage.get() != Stage::Empty;
    live::when(shown, || {
        view! {
            <div class="overlay" aria-hidden="true">
                <div class="drop over">
                    <Sprig class="sprig"/>
                    <p class="h2">"Drop to read these files"</p>
                    <p class="soft">"They take the place of what is shown now."</p>
                </div>
            </div>
        }
    })
}
