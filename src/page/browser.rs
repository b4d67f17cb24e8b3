//! The few things asked of the browser directly.

use js_sys::{Array, Reflect};
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use web_sys::{
    Blob, BlobPropertyBag, Document, Element, File, FileList, FocusEvent, FocusOptions, HtmlAnchorElement, HtmlElement,
    Node, Storage, Url, Window,
};

/// Preferences of the interface: all that is ever kept. Their names begin so.
const PREFIX: &str = "perennial-";

/// The window; there is always one where the page runs.
pub fn window() -> Window {
    js_sys::global().unchecked_into()
}

/// The document.
pub fn document() -> Document {
    window().document().unwrap_or_else(|| wasm_bindgen::throw_str("a page without a document"))
}

/// Milliseconds since the page was opened.
pub fn now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// Takes away the words that stood in `index.html` for the time of loading.
pub fn clear_first_paint() {
    if let Some(first) = document().get_element_by_id("first-paint") {
        first.remove();
    }
}

/// The address from `#` on.
pub fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// Puts an address into the history without telling anybody.
pub fn push_hash(hash: &str) {
    let Ok(history) = window().history() else { return };
    // Refused only in sandboxed frames: then the view changes and the address does not.
    let _ = history.push_state_with_url(&JsValue::NULL, "", Some(hash));
}

/// Goes to an address of this page as a link does: whoever follows the address hears of it.
pub fn go(hash: &str) {
    // Refused only for addresses that are none.
    let _ = window().location().set_hash(hash);
}

/// Writes an attribute of `<html>`.
pub fn set_root(name: &str, value: Option<&str>) {
    let Some(root) = document().document_element() else { return };
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

/// Saves text as a file.
pub fn save(name: &str, mime: &str, text: &str) {
    let bag = BlobPropertyBag::new();
    bag.set_type(mime);
    let parts = Array::of1(&JsValue::from_str(text));
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &bag) else { return };
    save_blob(name, &blob);
}

/// Saves a blob as a file.
pub fn save_blob(name: &str, blob: &Blob) {
    let Ok(url) = Url::create_object_url_with_blob(blob) else { return };
    if let Ok(element) = document().create_element("a") {
        let link: HtmlAnchorElement = element.unchecked_into();
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // The click has started the download, but the browser may read the blob a little later.
    let release = Closure::once_into_js(move || Url::revoke_object_url(&url));
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(release.unchecked_ref(), 60_000);
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// A preference, where the browser keeps any.
pub fn preference(name: &str) -> Option<String> {
    storage()?.get_item(&format!("{PREFIX}{name}")).ok().flatten()
}

/// Keeps a preference, or forgets it.
pub fn set_preference(name: &str, value: Option<&str>) {
    let Some(storage) = storage() else { return };
    let name = format!("{PREFIX}{name}");
    // A full or forbidden storage means that the choice lasts until the page is closed.
    let _ = match value {
        Some(value) => storage.set_item(&name, value),
        None => storage.remove_item(&name),
    };
}

/// Forgets all preferences.
pub fn forget_preferences() {
    for name in ["theme", "keys"] {
        set_preference(name, None);
    }
}

/// The theme chosen earlier: `light`, `dark`, or nothing for the system's.
pub fn theme() -> Option<&'static str> {
    match preference("theme").as_deref() {
        Some("light") => Some("light"),
        Some("dark") => Some("dark"),
        _ => None,
    }
}

/// Moves the focus to the element with an id, without scrolling to it.
pub fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        focus_without_scrolling(&element.unchecked_into());
    }
}

/// Moves the focus to an element, without scrolling to it.
pub fn focus_without_scrolling(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // What can't have the focus does not get it.
    let _ = element.focus_with_options(&options);
}

/// Moves the focus to the first element that a selector finds; says whether there is one.
pub fn focus_first(selector: &str) -> bool {
    let Ok(Some(element)) = document().query_selector(selector) else { return false };
    element.unchecked_into::<HtmlElement>().focus().is_ok()
}

/// Puts a class on `<body>`, or takes it away.
pub fn set_body_class(name: &str, on: bool) {
    if let Some(body) = document().body() {
        // Refused only for names with spaces.
        let _ = body.class_list().toggle_with_force(name, on);
    }
}

/// Scrolls to the top of the page.
pub fn to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

fn popover(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id).map(Element::unchecked_into)
}

/// Opens a panel; says whether it opened.
pub fn show_popover(id: &str) -> bool {
    popover(id).is_some_and(|panel| panel.show_popover().is_ok())
}

/// Closes a panel, if it is open.
pub fn hide_popover(id: &str) {
    if let Some(panel) = popover(id) {
        // Refused where it is closed already.
        let _ = panel.hide_popover();
    }
}

/// Where the focus goes, when it goes to something of this page.
pub fn related(event: &FocusEvent) -> Option<Node> {
    event.related_target()?.dyn_into().ok()
}

/// The files of a list.
pub fn files(list: &FileList) -> Vec<File> {
    (0..list.length()).filter_map(|at| list.get(at)).collect()
}

/// One attempt to send something, and what became of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Attempt {
    /// The way it was tried: `fetch`, `beacon`, `websocket`, `events`, `image`, `script`.
    #[serde(rename = "what")]
    pub way: String,
    /// From where: `page` or `worker`.
    #[serde(rename = "where")]
    pub place: String,
    /// Whether the browser says that its policy refused it.
    pub refused: bool,
}

/// Lets `boot.js` try every way out, to an address that can't exist. Nothing where the page runs without it.
pub async fn try_to_send() -> Option<Vec<Attempt>> {
    let perennial = property(&window(), "perennial");
    let tries: js_sys::Function = property(&perennial, "tryToSend").dyn_into().ok()?;
    let promise: js_sys::Promise = tries.call0(&perennial).ok()?.dyn_into().ok()?;
    let found = wasm_bindgen_futures::JsFuture::from(promise).await.ok()?;
    serde_wasm_bindgen::from_value(found).ok()
}

fn property(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

/// What `boot.js` knows of the lock (see `docs/privacy.md`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lock {
    /// Whether the browser refuses every connection: set, and seen to hold.
    pub set: bool,
    /// Why it could not be set.
    pub reason: String,
    /// Requests that left the page since, as the browser's own record counts them.
    pub requests: u32,
    /// The bytes that came back.
    pub bytes: f64,
}

/// `window.perennial.lock`.
#[derive(Default, Deserialize)]
struct LockState {
    set: bool,
    reason: Option<String>,
}

/// `window.perennial.requestsSinceLock()`.
#[derive(Deserialize)]
struct Sent {
    count: f64,
    bytes: f64,
}

/// Reads the lock's state from `boot.js`. Where the count can't be read, the lock is said not to be set: nothing may be
/// claimed that was not measured.
pub fn lock() -> Lock {
    let perennial = property(&window(), "perennial");
    let state: LockState = serde_wasm_bindgen::from_value(property(&perennial, "lock")).unwrap_or_default();
    let measured = property(&perennial, "requestsSinceLock").dyn_into::<js_sys::Function>();
    let sent = measured.and_then(|count| count.call0(&perennial)).unwrap_or(JsValue::UNDEFINED);
    match serde_wasm_bindgen::from_value::<Sent>(sent) {
        Ok(Sent { count, bytes }) => {
            Lock { set: state.set, reason: state.reason.unwrap_or_default(), requests: count as u32, bytes }
        }
        Err(_) => Lock { reason: "the page was started without boot.js".into(), ..Lock::default() },
    }
}
