//! The way between the views of a report.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::live;
use crate::page::locale::Locale;
use crate::page::route::View;
use crate::words::format::Format;

/// The groups of the navigation, with the heading that stands above all but the first.
const GROUPS: [(Option<&str>, &[View]); 3] = [
    (None, &[View::Overview, View::Value, View::Retention]),
    (Some("Who they are"), &[View::Customers, View::Segments]),
    (Some("What it rests on"), &[View::Data]),
];

/// The navigation beside the view, in windows wide enough for it.
#[component]
pub fn Rail() -> impl IntoView {
    view! { <nav class="rail" aria-label="Views"><Links/></nav> }
}

/// The links to all views.
#[component]
pub fn Links() -> impl IntoView {
    let control = Control::use_here();
    GROUPS
        .into_iter()
        .map(|(heading, views)| {
            let links = views.iter().map(|view| link(control, *view)).collect_view();
            view! {
                {heading.map(|heading| view! { <h2 class="navgroup">{heading}</h2> })}
                <ul class="navlist">{links}</ul>
            }
        })
        .collect_view()
}

/// A link to a view, under the settings in force. The browser follows it by itself, so that it can be opened in another
/// tab, and the page follows the address.
fn link(control: Control, view: View) -> AnyView {
    let current = move || {
        let shown = control.look.route.with(|route| route.view);
        (shown == view || (view == View::Customers && matches!(shown, View::Customer(_)))).then_some("page")
    };
    let count = move || {
        let customers = control.results.report.with(|report| report.as_ref().map(|report| report.totals.customers));
        customers.map(|n| view! { <span class="count">{Locale::of(None).integer(n)}</span> })
    };
    let count = (view == View::Customers).then(|| live::part(count));
    let address = live::text(move || control.route_of(view).hash());
    view! { <li><a href=address aria-current=live::attribute(current)>{name(view)}{count}</a></li> }.into_any()
}

/// The name of a view in the navigation.
pub fn name(view: View) -> &'static str {
    match view {
        View::Drop => "Start",
        View::Check => "Check",
        View::Overview => "Overview",
        View::Value => "What they are worth",
        View::Retention => "Who stays",
        View::Customers | View::Customer(_) => "Customers",
        View::Segments => "Segments",
        View::Data => "Data receipt",
    }
}
