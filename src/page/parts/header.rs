//! The bar at the top: name, files, what was sent, theme, saving.

use leptos::ev::{FocusEvent, KeyboardEvent, MouseEvent};
use leptos::prelude::*;

use super::export::ExportButton;
use super::icon::{Icon, Sign, Sprig};
use super::rail::{self, Links};
use super::sent::sent;
use crate::page::browser;
use crate::page::control::Control;
use crate::page::live;
use crate::page::locale::Locale;
use crate::words::format::Format;

/// The bar at the top.
#[component]
pub fn Header() -> impl IntoView {
    let control = Control::use_here();
    let in_report = live::kept(move || control.in_report());
    let menu = move || {
        view! {
            <Menu/>
            <span class="files">{live::text(move || files(control))}</span>
        }
    };
    view! {
        <header class="top">
            <a class="brand" href="#/"><Sprig/><span>"Perennial"</span></a>
            {live::when(move || in_report.get(), menu)}
            <div class="end">
                {sent(true)}
                <Theme/>
                {live::when(move || in_report.get(), || view! { <ExportButton class="hide-s"/> })}
            </div>
        </header>
    }
}

/// The files behind the report: `orders.csv and 1 more`.
fn files(control: Control) -> String {
    if control.results.report.with(|report| report.as_ref().is_some_and(|report| report.sample)) {
        return "Sample shop: made-up data".to_owned();
    }
    control.intake.files.with(|files| match files.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first, rest @ ..] => format!("{first} and {} more", Locale::of(None).integer(rest.len() as u64)),
    })
}

/// The navigation of narrow windows: a button with the view's name.
#[component]
fn Menu() -> impl IntoView {
    let control = Control::use_here();
    let details = || browser::document().query_selector("details.contents").ok().flatten();
    let close = move || {
        if let Some(details) = details() {
            // Refused never: the name is a plain one.
            let _ = details.remove_attribute("open");
        }
    };
    // A way to another view closes it, and so does leaving it by keyboard.
    live::effect(move || {
        control.look.route.track();
        close();
    });
    let leave = move |event: FocusEvent| {
        let inside = details().zip(browser::related(&event)).is_some_and(|(details, to)| details.contains(Some(&to)));
        if !inside && event.related_target().is_some() {
            close();
        }
    };
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            close();
            browser::focus("contents");
        }
    };
    view! {
        <details class="contents" on:focusout=live::on(leave) on:keydown=live::on(escape)>
            <summary id="contents">
                <Icon sign=Sign::Menu/>
                <span>{live::text(move || control.look.route.with(|route| rail::name(route.view)))}</span>
            </summary>
            <div class="sheetnav">
                <nav aria-label="Views, menu"><Links/></nav>
                <p class="actions menuend"><ExportButton/>{sent(false)}</p>
            </div>
        </details>
    }
}

/// Switches between the system's theme, light and dark.
#[component]
fn Theme() -> impl IntoView {
    let theme = Control::use_here().look.theme;
    let change = move |_: MouseEvent| {
        let next = match theme.get_untracked() {
            None => Some("light"),
            Some("light") => Some("dark"),
            Some(_) => None,
        };
        browser::set_preference("theme", next);
        theme.set(next);
    };
    let label = live::text(move || format!("Theme: {}. Change", theme.get().unwrap_or("as the system")));
    view! {
        <button class="btn icon" type="button" aria-label=label title=label on:click=live::on(change)>
            <Icon sign=Sign::Theme/>
        </button>
    }
}
