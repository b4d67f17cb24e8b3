//! Tables that are pasted: the cells that a person has copied in a spreadsheet, or a text. They go the way of a file.

use js_sys::{Array, Reflect};
use leptos::ev::{Event, MouseEvent};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{DataTransfer, File};

use super::drop::{files_of, on_window};
use crate::page::control::Control;
use crate::page::live;
use crate::page::state::Stage;
use crate::words::drop as words;

/// Listens to the window for what is pasted: files at any time, a text where there is nothing that it would replace.
pub fn listen(control: Control) {
    on_window("paste", move |event: Event| {
        let Some(data) = clipboard(&event) else { return };
        let files = files_of(Some(data.clone()));
        if !files.is_empty() {
            event.prevent_default();
            return control.open(files);
        }
        let waits = matches!(control.intake.stage.get_untracked(), Stage::Empty | Stage::Failed);
        if waits && read(control, &data.get_data("text/plain").unwrap_or_default()) {
            event.prevent_default();
        }
    });
}

fn clipboard(event: &Event) -> Option<DataTransfer> {
    Reflect::get(event, &"clipboardData".into()).ok()?.dyn_into().ok()
}

/// Reads a text as if it were a file. Whether there was any.
fn read(control: Control, text: &str) -> bool {
    if text.trim().is_empty() {
        return false;
    }
    let file = File::new_with_str_sequence(&Array::of1(&text.into()), words::PASTED);
    file.is_ok_and(|file| {
        control.open(vec![file]);
        true
    })
}

/// A field to paste into, for those who have no keys for it. What is pasted there is read at once; the button is for
/// keyboards on glass that put a copied text in as if it were typed.
#[component]
pub fn Paste() -> impl IntoView {
    let control = Control::use_here();
    let text = RwSignal::new(String::new());
    let write = live::on(move |event: Event| text.set(event_target_value(&event)));
    let take = live::on(move |_: MouseEvent| {
        text.with_untracked(|text| read(control, text));
    });
    let empty = live::flag(move || text.with(|text| text.trim().is_empty()));
    view! {
        <details class="paste">
            <summary>{words::PASTE}</summary>
            <div class="field">
                <label for="paste">{words::PASTE_HERE}</label>
                <textarea
                    id="paste" rows="5" spellcheck="false" autocomplete="off" data-testid="paste" aria-describedby="paste-note"
                    on:input=write
                ></textarea>
                <small id="paste-note">{words::PASTE_NOTE}</small>
            </div>
            <p class="actions">
                <button class="btn" type="button" data-testid="read-pasted" disabled=empty on:click=take>
                    {words::READ_PASTED}
                </button>
            </p>
        </details>
    }
}
