//! The last lines of the page.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::{keys, privacy};
use crate::page::control::Control;
use crate::page::live;
use crate::page::route::View;
use crate::protocol::Export;

/// The last lines of the page: what it is, how to check that, and saving the report, which is always in sight here.
#[component]
pub fn Footer() -> impl IntoView {
    let control = Control::use_here();
    let in_report = live::kept(move || control.in_report());
    let sample = move || control.results.report.with(|report| report.as_ref().is_some_and(|report| report.sample));
    let data = move || control.route_of(View::Data).hash();
    let save = move |_: MouseEvent| control.export(Export::Report);
    let about = move || match in_report.get() {
        false => view! {
            <span>"Perennial runs in this page. It has no server, no account and no cookies."</span>
            <button class="textlink noprint" type="button" popovertarget=privacy::ID>"How to check that"</button>
        }
        .into_any(),
        true => view! {
            {live::when(sample, || view! { <span>"Sample shop: made-up data."</span> })}
            <span>"Nothing you load leaves this device."</span>
            <button class="textlink noprint" type="button" popovertarget=privacy::ID>"How to check that"</button>
            <a class="noprint" href=live::text(data)>"Definitions"</a>
            <button class="textlink noprint" type="button" data-testid="export-json" on:click=live::on(save)>
                "Save the report (JSON)"
            </button>
        }
        .into_any(),
    };
    view! {
        <footer class="foot">
            {live::part(about)}
            <button class="textlink noprint" type="button" popovertarget=keys::ID>"Keyboard: press ?"</button>
        </footer>
    }
}
