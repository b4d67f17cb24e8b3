//! A piece of the page, mounted by itself: what it shows, and what a person does to it.

use std::any::Any;
use std::sync::Arc;

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::tick;
use perennial::page::browser::document;
use perennial::page::control::Control;
use perennial::protocol::Request;
use perennial::report::Report;
use perennial::worker::envelope;
use wasm_bindgen::prelude::*;
use web_sys::{Element, EventTarget, File, HtmlElement, HtmlInputElement, HtmlSelectElement};

#[wasm_bindgen(module = "/tests/web/page.js")]
extern "C" {
    fn open() -> HtmlElement;
    /// A message as text; of a file that is its name and size.
    fn written(message: &JsValue) -> String;
    #[wasm_bindgen(js_name = takeSent)]
    fn take_sent() -> Vec<String>;
    fn fire(element: &EventTarget, kind: &str);
    fn press(element: &EventTarget, key: &str);
    async fn frame();
}

/// A piece of the page in a place of its own, which is gone with it.
pub struct Page {
    /// The page's state, as the piece finds it in its context.
    pub control: Control,
    place: HtmlElement,
    _mounted: Box<dyn Any>,
}

impl Page {
    /// Mounts a piece under a control whose worker is silent.
    pub async fn open<V: IntoView + 'static>(make: impl FnOnce(Control) -> V + 'static) -> Page {
        let place = open();
        let control = StoredValue::new(None);
        let mounted = mount_to(place.clone(), move || {
            let here = Control::new();
            control.set_value(Some(here));
            provide_context(here);
            make(here).into_any()
        });
        let page = Page { control: control.get_value().unwrap(), place, _mounted: Box::new(mounted) };
        page.settle().await;
        page
    }

    /// The same over a report.
    pub async fn over<V: IntoView + 'static>(report: Report, make: impl FnOnce() -> V + 'static) -> Page {
        Page::open(move |control| {
            control.results.settings.set(report.settings.clone());
            control.results.report.set(Some(Arc::new(report)));
            make()
        })
        .await
    }

    /// Shows another report, as when a new one has come from the worker.
    pub async fn show(&self, report: Report) {
        self.control.results.report.set(Some(Arc::new(report)));
        self.settle().await;
    }

    /// Lets the effects run that a change has woken, and those that they have woken in turn.
    pub async fn settle(&self) {
        tick().await;
        tick().await;
    }

    /// Lets the browser lay the page out, and what follows from it happen.
    pub async fn frame(&self) {
        frame().await;
        self.settle().await;
    }

    /// Makes the place so many pixels wide.
    pub fn resize(&self, width: u32) {
        self.place.set_attribute("style", &format!("width: {width}px")).unwrap();
    }

    /// All elements of a selector, in the order of the page.
    pub fn all(&self, selector: &str) -> Vec<Element> {
        elements(&self.place, selector)
    }

    /// The only element of a selector.
    #[track_caller]
    pub fn one(&self, selector: &str) -> Element {
        match <[Element; 1]>::try_from(self.all(selector)) {
            Ok([only]) => only,
            Err(found) => panic!("{} of {selector}, not one", found.len()),
        }
    }

    /// The only element of a selector that says just this.
    #[track_caller]
    pub fn saying(&self, selector: &str, words: &str) -> Element {
        let found = self.all(selector).into_iter().filter(|element| text(element) == words).collect::<Vec<_>>();
        match <[Element; 1]>::try_from(found) {
            Ok([only]) => only,
            Err(found) => panic!("{} say “{words}”, not one, of {:?}", found.len(), self.texts(selector)),
        }
    }

    /// What the only element of a selector says.
    #[track_caller]
    pub fn text(&self, selector: &str) -> String {
        text(&self.one(selector))
    }

    /// What each element of a selector says.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).iter().map(text).collect()
    }

    /// Presses an element.
    pub async fn click(&self, element: &Element) {
        element.unchecked_ref::<HtmlElement>().click();
        self.settle().await;
    }

    /// Presses a key while the focus is in an element.
    pub async fn press(&self, element: &Element, key: &str) {
        press(element, key);
        self.settle().await;
    }

    /// Types a value into a field and leaves it.
    pub async fn enter(&self, field: &Element, value: &str) {
        field.unchecked_ref::<HtmlInputElement>().set_value(value);
        fire(field, "input");
        fire(field, "change");
        self.settle().await;
    }

    /// Chooses an option of a select.
    #[track_caller]
    pub fn choose(&self, select: &Element, value: &str) -> impl Future<Output = ()> {
        let field: &HtmlSelectElement = select.unchecked_ref();
        field.set_value(value);
        assert_eq!(field.value(), value, "an option of {}", select.outer_html());
        fire(select, "change");
        self.settle()
    }

    /// Asserts what the worker was asked since this was looked at last, in this order and nothing else.
    #[track_caller]
    pub fn assert_sent(&self, requests: &[Request]) {
        self.assert_sent_with(requests, &[]);
    }

    /// The same where each request has files beside it.
    #[track_caller]
    pub fn assert_sent_with(&self, requests: &[Request], files: &[File]) {
        let message = |request: &Request| {
            let message = envelope(request, files).unwrap();
            written(&message)
        };
        assert_eq!(take_sent(), requests.iter().map(message).collect::<Vec<_>>());
    }

    /// Forgets what the worker was asked so far.
    pub fn forget_sent(&self) {
        take_sent();
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.place.remove();
    }
}

/// All elements of a selector within an element.
pub fn elements(within: &Element, selector: &str) -> Vec<Element> {
    let found = within.query_selector_all(selector).unwrap();
    (0..found.length()).map(|at| found.get(at).unwrap().unchecked_into()).collect()
}

/// What an element says, its white space as it is seen.
pub fn text(element: &Element) -> String {
    element.text_content().unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a field holds.
pub fn value(field: &Element) -> String {
    field.unchecked_ref::<HtmlInputElement>().value()
}

/// Whether a box or a button of a group is checked.
pub fn checked(field: &Element) -> bool {
    field.unchecked_ref::<HtmlInputElement>().checked()
}

/// Puts the focus into an element.
pub fn focus(element: &Element) {
    element.unchecked_ref::<HtmlElement>().focus().unwrap();
}

/// Whether the focus is in an element.
pub fn has_focus(element: &Element) -> bool {
    document().active_element().is_some_and(|focused| focused.is_same_node(Some(element)))
}
