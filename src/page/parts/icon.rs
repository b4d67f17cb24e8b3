//! The few icons of the views. They stand beside words, never for them.

use leptos::prelude::*;

/// A line drawing of 20 by 20, hidden from assistive technology.
#[component]
pub fn Icon(
    /// What it shows.
    of: Glyph,
) -> impl IntoView {
    view! {
        <svg class="ico" viewBox="0 0 20 20" aria-hidden="true">
            <path d=of.path()/>
        </svg>
    }
}

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// Close.
    Cross,
    /// Opens downwards.
    Chevron,
    /// Something to know: a circled i.
    Info,
    /// It holds.
    Check,
}

impl Glyph {
    fn path(self) -> &'static str {
        match self {
            Glyph::Cross => "m5 5 10 10M15 5 5 15",
            Glyph::Chevron => "m5 8 5 5 5-5",
            Glyph::Info => "M2.8 10a7.2 7.2 0 1 0 14.4 0 7.2 7.2 0 1 0-14.4 0M10 9.2v4.3M10 6.4v.1",
            Glyph::Check => "m4 10.5 4 4 8-9",
        }
    }
}
