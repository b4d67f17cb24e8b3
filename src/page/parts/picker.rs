//! Choosing files by hand, for everybody who does not drop them.

use leptos::ev::Event;
use leptos::prelude::*;
use web_sys::{File, HtmlInputElement};

use crate::page::browser;
use crate::page::control::Control;
use crate::page::live;

/// A button that opens the browser's own file chooser.
///
/// The input itself takes the focus and has the name; the label is what is seen of it.
#[component]
pub fn Picker(
    /// What stands on the button.
    #[prop(default = crate::words::drop::CHOOSE)]
    words: &'static str,
    /// Classes of the button.
    #[prop(default = "btn primary")]
    class: &'static str,
    /// Whether the files come beside those that are there, and not in their place.
    #[prop(optional)]
    add: bool,
) -> impl IntoView {
    let control = Control::use_here();
    let take = move |event: Event| {
        let input: HtmlInputElement = event_target(&event);
        let files: Vec<File> = input.files().map(|list| browser::files(&list)).unwrap_or_default();
        // So that the same file can be chosen again after it was changed.
        input.set_value("");
        if add { control.add(files) } else { control.open(files) }
    };
    view! {
        <span class="picker">
            <input
                id="file-input"
                class="vh"
                type="file"
                multiple
                accept=".csv,.tsv,.tab,.txt,.gz,.zip,.xlsx,.xls,.json,.jsonl,.ndjson,text/csv,text/tab-separated-values,text/plain"
                data-testid="file-input"
                aria-label=words
                on:change=live::on(take)
            />
            <label class=class for="file-input">{words}</label>
        </span>
    }
}
