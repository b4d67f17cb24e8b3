//! The width that an element has, as a signal: charts are drawn for it and never scaled.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::ResizeObserver;

use crate::page::live;

/// The element's width in whole CSS pixels; 0 until it stands in the page, and the last known one while it is hidden.
pub fn use_width(node: NodeRef<Div>) -> RwSignal<u32> {
    let width = RwSignal::new(0_u32);
    let observing = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn FnMut()>)>);
    live::effect(move || {
        let Some(element) = node.get() else { return };
        let observed = element.clone();
        let measure = move || {
            let now = u32::try_from(observed.client_width()).unwrap_or(0);
            if now > 0 && width.try_get_untracked().is_some_and(|before| before != now) {
                width.set(now);
            }
        };
        measure();
        let changed = Closure::<dyn FnMut()>::new(measure);
        // Every browser that runs WebAssembly has it; without it the first width stays.
        let Ok(observer) = ResizeObserver::new(changed.as_ref().unchecked_ref()) else { return };
        observer.observe(&element);
        observing.set_value(Some((observer, changed)));
    });
    on_cleanup(move || {
        let ended = observing.try_update_value(Option::take).flatten();
        if let Some((observer, _)) = ended {
            observer.disconnect();
        }
    });
    width
}
