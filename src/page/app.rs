//! The frame round everything, and which step or view stands in it.

use std::cell::Cell;

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::browser;
use super::control::Control;
use super::live;
use super::route::View;
use super::{parts, steps, views};

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let control = Control::new();
    provide_context(control);
    listen(control);
    control.look.way.listen();
    live::effect(move || browser::set_root("data-state", Some(control.intake.stage.get().name())));
    live::effect(move || browser::set_root("data-theme", control.look.theme.get()));
    let in_report = live::kept(move || control.in_report());
    live::effect(move || browser::set_body_class("plain", !in_report.get()));
    provide_context(parts::sent::Measured::start());
    provide_context(steps::drop::Over::listen(control));
    steps::paste::listen(control);
    follow_with_focus(control);
    let skip = |event: MouseEvent| {
        event.prevent_default();
        browser::focus("main");
    };
    let step_or_report = move || match in_report.get() {
        false => view! { <steps::Step/> }.into_any(),
        true => view! {
            <div class="body">
                <parts::rail::Rail/>
                <main id="main" tabindex="-1">
                    <steps::trouble::Banner/>
                    <views::Current/>
                    <parts::changed::Changed/>
                </main>
            </div>
        }
        .into_any(),
    };
    view! {
        <a class="skip" href="#main" on:click=live::on(skip)>"Skip to the results"</a>
        <parts::header::Header/>
        {live::part(step_or_report)}
        <parts::footer::Footer/>
        <steps::drop::Overlay/>
        <parts::keys::Keys/>
        <parts::privacy::Privacy/>
        {live::when(move || in_report.get(), || view! { <parts::export::ExportMenu/> })}
    }
}

/// Listens to the window for what concerns the whole page.
fn listen(control: Control) {
    let address = Closure::<dyn FnMut()>::new(move || control.follow_address());
    let window = browser::window();
    for event in ["popstate", "hashchange"] {
        // Refused only for names that are no events.
        let _ = window.add_event_listener_with_callback(event, address.as_ref().unchecked_ref());
    }
    // The page lives as long as its listeners.
    address.forget();
    live::effect(move || {
        let view = control.look.route.with(|route| route.view);
        browser::document().set_title(&title(view));
    });
}

/// Whoever goes on to another step or view finds the focus at its beginning; whoever comes back, on the link that led away.
fn follow_with_focus(control: Control) {
    let place = live::kept(move || (control.intake.stage.get(), control.look.route.with(|route| route.view)));
    let opening = Cell::new(true);
    live::effect(move || {
        place.track();
        // Opening the page moves nothing.
        if opening.replace(false) {
            return;
        }
        // What is new stands in the page when the next frame is drawn.
        request_animation_frame(move || {
            if control.look.way.go_back() {
                return;
            }
            browser::to_top();
            if !browser::focus_first("#main [data-heading]") {
                browser::focus("main");
            }
        });
    });
}

/// The title of the window.
fn title(view: View) -> String {
    let name = match view {
        View::Drop => return "Perennial: what your customers are worth".to_owned(),
        View::Check => "Check",
        other => parts::rail::name(other),
    };
    format!("{name} · Perennial")
}
