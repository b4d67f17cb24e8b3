//! Single keys, and the panel that lists them.

use std::cell::Cell;

use leptos::ev::Event;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::export;
use super::icon::{Icon, Sign};
use crate::page::browser;
use crate::page::control::Control;
use crate::page::live;
use crate::page::route::View;

/// Id of the panel; buttons open it with `popovertarget`, the key `?` too.
pub const ID: &str = "keys";

/// The second key after `g`, and the view that it leads to.
const VIEWS: [(&str, View); 16] = [
    ("o", View::Overview),
    ("v", View::Value),
    ("r", View::Retention),
    ("w", View::Costs),
    ("f", View::Feedback),
    ("b", View::Subscriptions),
    ("c", View::Customers),
    ("s", View::Segments),
    ("e", View::Engagement),
    ("j", View::Journey),
    ("i", View::Drivers),
    ("t", View::Tests),
    ("p", View::Forecast),
    ("a", View::Risk),
    ("d", View::Data),
    ("m", View::Models),
];

/// How long `g` waits for its second key, in milliseconds.
const PATIENCE_MS: f64 = 1_500.0;

/// Listens for single keys, and lists them in a panel.
#[component]
pub fn Keys() -> impl IntoView {
    let control = Control::use_here();
    listen(control);
    let on = control.look.single_keys;
    let switch = move |event: Event| {
        let checked = event_target_checked(&event);
        browser::set_preference("keys", (!checked).then_some("off"));
        on.set(checked);
    };
    let row = |keys: &'static [&'static str], words: &'static str| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd>" " }).collect_view();
        view! { <dt>{keys}</dt><dd>{words}</dd> }
    };
    let views = VIEWS.map(|(key, view)| {
        view! { <dt><kbd>"g"</kbd>" "<kbd>{key}</kbd></dt><dd>{super::rail::name(view)}</dd> }
    });
    view! {
        <div id=ID class="explain panel" popover="auto" role="dialog" aria-labelledby="keys-title">
            <button class="btn icon close" type="button" popovertarget=ID popovertargetaction="hide" aria-label="Close" autofocus>
                <Icon sign=Sign::Close/>
            </button>
            <h2 class="h2" id="keys-title">"Keyboard"</h2>
            <p>"Everything can be reached with Tab and Enter. These keys are quicker:"</p>
            <dl class="keylist">
                {row(&["?"], "This list")}
                {views.into_iter().collect_view()}
                {row(&["/"], "Search the customers")}
                {row(&["e"], "Explain the figure that has the focus")}
                {row(&["t"], "The chart that has the focus as a table")}
                {row(&["x"], "Save or export")}
                {row(&["Esc"], "Close what is open")}
            </dl>
            <label class="check">
                <input type="checkbox" prop:checked=live::flag(move || on.get()) on:change=live::on(switch)/>
                <span>"Single keys do something"</span>
            </label>
        </div>
    }
}

/// Listens to the window for single keys.
fn listen(control: Control) {
    let g_at = Cell::new(f64::NEG_INFINITY);
    let on_key = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        let second = browser::now() - g_at.replace(f64::NEG_INFINITY) < PATIENCE_MS;
        if is_free(control, &event) && act(control, &event.key(), second, &g_at) {
            event.prevent_default();
        }
    });
    // Refused only for names that are no events.
    let _ = browser::window().add_event_listener_with_callback("keydown", on_key.as_ref().unchecked_ref());
    // The page lives as long as its keys.
    on_key.forget();
}

/// Whether a key is free to mean something: switched on, without modifiers, and not typed into something.
fn is_free(control: Control, event: &KeyboardEvent) -> bool {
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
    if modified || event.is_composing() || event.default_prevented() || !control.look.single_keys.get_untracked() {
        return false;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_none_or(|target| !matches!(target.closest("input, select, textarea, [contenteditable]"), Ok(Some(_))))
}

/// Does what a key means; says whether it means anything here.
fn act(control: Control, key: &str, second: bool, g_at: &Cell<f64>) -> bool {
    if second && let Some((_, view)) = VIEWS.iter().find(|(second, _)| *second == key) {
        if control.results.report.with_untracked(Option::is_none) {
            return false;
        }
        go(control, *view);
        return true;
    }
    match key {
        "?" => browser::show_popover(ID),
        "g" => {
            g_at.set(browser::now());
            true
        }
        "/" => search(control),
        "e" => within_focused(".figures > div, figure, section", ".term"),
        "t" => within_focused("figure", ".tools summary"),
        "x" if control.in_report_untracked() => browser::show_popover(export::ID),
        _ => false,
    }
}

/// Goes to a view, as its link does.
fn go(control: Control, view: View) {
    browser::go(&untrack(|| control.route_of(view)).hash());
}

/// Goes to the search of the customers, in their view.
fn search(control: Control) -> bool {
    if browser::focus_first("[data-search]") {
        return true;
    }
    if !control.in_report_untracked() {
        return false;
    }
    go(control, View::Customers);
    // The view is built before the next frame is drawn, one after the address has been followed.
    request_animation_frame(|| {
        request_animation_frame(|| {
            browser::focus_first("[data-search]");
        })
    });
    true
}

/// Presses the first button of a kind within the piece that has the focus.
fn within_focused(piece: &str, button: &str) -> bool {
    let Some(focused) = browser::document().active_element() else { return false };
    let Ok(Some(piece)) = focused.closest(piece) else { return false };
    let Ok(Some(button)) = piece.query_selector(button) else { return false };
    let button: HtmlElement = button.unchecked_into();
    // The panel hands the focus back to what had it when it opened.
    if button.focus().is_ok() {
        button.click();
    }
    true
}
