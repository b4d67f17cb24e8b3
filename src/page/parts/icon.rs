//! The few signs of the interface. They say nothing that words beside them do not say too.

use leptos::prelude::*;

/// A sign, 20 units wide, drawn as a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A closed lock: nothing can leave.
    Lock,
    /// An open lock.
    Unlocked,
    /// A triangle: something to decide or gone wrong.
    Warning,
    /// A circled i.
    Info,
    /// A circled tick: it holds.
    Good,
    /// An arrow into a tray.
    Save,
    /// Three lines.
    Menu,
    /// A half-filled circle.
    Theme,
    /// A cross.
    Close,
    /// An angle downwards: more opens.
    Open,
}

impl Sign {
    fn lines(self) -> &'static str {
        match self {
            Sign::Lock => r#"<rect x="4" y="9" width="12" height="8" rx="1.5"/><path d="M7 9V6.5a3 3 0 0 1 6 0V9"/>"#,
            Sign::Unlocked => {
                r#"<rect x="4" y="9" width="12" height="8" rx="1.5"/><path d="M7 9V6.500a3 3 0 0 1 5.8-1"/>"#
            }
            Sign::Warning => r#"<path d="M10 2.8 18 17H2z"/><path d="M10 8v4m0 2.400v.1"/>"#,
            Sign::Info => r#"<circle cx="10" cy="10" r="7.5"/><path d="M10 9v5m0-8v.1"/>"#,
            Sign::Good => r#"<circle cx="10" cy="10" r="7.2"/><path d="m6.8 10.2 2.2 2.3 4.3-4.8"/>"#,
            Sign::Save => r#"<path d="M10 3v10m-4-4 4 4 4-4M4 17h12"/>"#,
            Sign::Menu => r#"<path d="M3 5h14M3 10h14M3 15h9"/>"#,
            Sign::Theme => {
                r#"<circle cx="10" cy="10" r="6.5"/><path d="M10 3.500v13a6.5 6.5 0 0 0 0-13z" fill="currentColor"/>"#
            }
            Sign::Close => r#"<path d="m5 5 10 10M15 5 5 15"/>"#,
            Sign::Open => r#"<path d="m5 8 5 5 5-5"/>"#,
        }
    }
}

/// A sign beside words.
#[component]
pub fn Icon(
    /// Which.
    sign: Sign,
) -> impl IntoView {
    view! { <svg class="ico" viewBox="0 0 20 20" aria-hidden="true" inner_html=sign.lines()></svg> }
}

/// The plant of the name.
#[component]
pub fn Sprig(
    /// Class of the drawing: `sprig` on the first page, nothing in the header.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    view! {
        <svg class=class viewBox="0 0 24 24" aria-hidden="true">
            <path d="M12 21V9.5M5 21h14" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"/>
            <path d="M12 13.6C7.6 13.8 4.6 11.4 4.2 7c4.4-.3 7.5 2 7.8 6.600z" fill="currentColor"/>
            <path d="M12.2 9.800c-.2-3.7 2.1-6.5 6.6-7 .6 4.2-2 7.1-6.6 7z" fill="currentColor"/>
        </svg>
    }
}
