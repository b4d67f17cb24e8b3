//! Saving what was computed.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::icon::{Icon, Sign};
use crate::page::browser;
use crate::page::control::Control;
use crate::page::live;
use crate::protocol::Export;
use crate::report::Report;
use crate::report::customers::CustomerQuery;

/// Id of the menu; buttons open it with `popovertarget`, the key `x` too.
pub const ID: &str = "export";

/// The button that opens the menu.
#[component]
pub fn ExportButton(
    /// Classes besides `btn`.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    view! {
        <button class=format!("btn {class}") type="button" popovertarget=ID>
            <Icon sign=Sign::Save/>
            "Save or export"
        </button>
    }
}

/// The menu.
#[component]
pub fn ExportMenu() -> impl IntoView {
    let control = Control::use_here();
    let save = |what: fn() -> Export| {
        live::on(move |_: MouseEvent| {
            browser::hide_popover(ID);
            control.export(what());
        })
    };
    let print = move |_: MouseEvent| {
        browser::hide_popover(ID);
        // Browsers without printing have nothing to say about it.
        let _ = browser::window().print();
    };
    let none = move || {
        let all = |report: &Report| !report.tables.iter().flat_map(|table| &table.left_out).any(|left| left.rows > 0);
        control.results.report.with(|report| report.as_deref().is_none_or(all))
    };
    let left_out = move || if none() { "none were left out" } else { "CSV, with the reasons" };
    view! {
        <div id=ID class="explain menu" popover="auto" role="dialog" aria-label="Save or export">
            <ul class="navlist">
                <li>
                    <button class="item" type="button" data-testid="save-report" on:click=save(|| Export::Report)>
                        <span>"Report"</span><span class="count">"JSON, all figures"</span>
                    </button>
                </li>
                <li>
                    <button
                        class="item" type="button" data-testid="export-customers"
                        on:click=save(|| Export::Customers { query: CustomerQuery::default() })
                    >
                        <span>"Customers"</span><span class="count">"CSV, one row each"</span>
                    </button>
                </li>
                <li>
                    <button
                        class="item" type="button" data-testid="export-left-out" disabled=live::flag(none)
                        on:click=save(|| Export::LeftOut)
                    >
                        <span>"Rows left out"</span>
                        <span class="count">{live::text(left_out)}</span>
                    </button>
                </li>
                <li>
                    <button class="item" type="button" on:click=live::on(print)>
                        <span>"Print"</span><span class="count">"or save as PDF"</span>
                    </button>
                </li>
            </ul>
            <p class="note">"Files are made in this window and saved to your device."</p>
        </div>
    }
}
