//! The way back: who follows a link out of a view and comes back finds the focus on that link, at the same height.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, MouseEvent};

use super::browser;

/// Links that are remembered at most.
const MOST: usize = 32;

/// Frames within which a link has to be there again: about two seconds, while the worker may still have to answer.
const FRAMES: u32 = 120;

/// A link of a view that was followed.
#[derive(Clone, Debug, PartialEq)]
struct Followed {
    /// The address that it stood on, and the one that it leads to.
    from: String,
    to: String,
    /// How far below the upper edge of the window it was, in pixels.
    height: f64,
}

/// The links that were followed so far, and the one that the person is coming back to.
#[derive(Clone, Debug, Default, PartialEq)]
struct Links {
    followed: Vec<Followed>,
    /// A link was pressed whose address has not been followed yet.
    pressed: bool,
    back_to: Option<Followed>,
}

/// The way back.
#[derive(Clone, Copy)]
pub struct Way(StoredValue<Links>);

impl Way {
    /// Nowhere yet.
    pub fn new() -> Way {
        Way(StoredValue::new(Links::default()))
    }

    /// Hears of every link that is pressed, as long as the page lives.
    pub fn listen(self) {
        let pressed = Closure::<dyn FnMut(MouseEvent)>::new(move |event| self.press(&event));
        // Refused only for names that are no events.
        let _ = browser::document().add_event_listener_with_callback("click", pressed.as_ref().unchecked_ref());
        pressed.forget();
    }

    fn press(self, event: &MouseEvent) {
        let elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0;
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest("a[href^='#/']").ok().flatten());
        let (Some(link), false) = (link, elsewhere || event.default_prevented()) else { return };
        let (from, to) = (browser::hash(), link.get_attribute("href").unwrap_or_default());
        if from == to {
            return;
        }
        let in_view = matches!(link.closest("#main"), Ok(Some(_)));
        let height = link.get_bounding_client_rect().top();
        self.0.update_value(|links| {
            links.pressed = true;
            if in_view {
                links.followed.push(Followed { from, to, height });
                let too_many = links.followed.len().saturating_sub(MOST);
                links.followed.drain(..too_many);
            }
        });
    }

    /// The address has become this, by a link or by going back or forth; whether it is of another view than before.
    pub fn arrive(self, address: &str, other_view: bool) {
        self.0.update_value(|links| {
            let by_link = std::mem::take(&mut links.pressed);
            if !other_view {
                return;
            }
            let place = links.followed.iter().rposition(|link| link.from == address).filter(|_| !by_link);
            // What was followed from there on lies ahead again.
            links.back_to = place.map(|place| links.followed.drain(place..).next()).unwrap_or_default();
        });
    }

    /// Whether the person is coming back to a link.
    pub fn leads_back(self) -> bool {
        self.0.with_value(|links| links.back_to.is_some())
    }

    /// Puts the focus on the link that the person comes back to, as soon as it is there; says whether there is one.
    pub fn go_back(self) -> bool {
        let back_to = self.0.try_update_value(|links| links.back_to.take()).flatten();
        let is_back = back_to.is_some();
        if let Some(link) = back_to {
            browser::focus("main");
            find(link, FRAMES);
        }
        is_back
    }
}

impl Default for Way {
    fn default() -> Way {
        Way::new()
    }
}

/// Looks for the link in this frame and the next ones, unless the person has gone on.
fn find(link: Followed, frames: u32) {
    let document = browser::document();
    let waits = document.active_element().is_none_or(|focused| focused.id() == "main" || focused.tag_name() == "BODY");
    if frames == 0 || !waits || browser::hash() != link.from {
        return;
    }
    let selector = format!("#main a[href=\"{}\"]", link.to);
    let Ok(Some(found)) = document.query_selector(&selector) else {
        request_animation_frame(move || find(link, frames - 1));
        return;
    };
    if let Ok(Some(folded)) = found.closest("details") {
        // Refused only for names that are no attributes.
        let _ = folded.set_attribute("open", "");
    }
    let found: HtmlElement = found.unchecked_into();
    browser::focus_without_scrolling(&found);
    browser::window().scroll_by_with_x_and_y(0.0, found.get_bounding_client_rect().top() - link.height);
}
