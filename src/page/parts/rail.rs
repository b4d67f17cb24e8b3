//! The way between the views of a report.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::live;
use crate::page::locale::Locale;
use crate::page::route::View;
use crate::words::format::Format;

/// The groups of the navigation, with the heading that stands above all but the first.
const GROUPS: [(Option<&str>, &[View]); 5] = [
    (None, &[View::Overview, View::Value, View::Retention, View::Costs, View::Feedback, View::Subscriptions]),
    (Some("Who they are"), &[View::Customers, View::Segments, View::Engagement, View::Journey, View::Referrals]),
    (Some("What moves them"), &[View::Drivers, View::Tests]),
    (Some("What comes next"), &[View::Forecast, View::Risk]),
    (Some("What it rests on"), &[View::Data, View::Models]),
];

/// The navigation beside the view, in windows wide enough for it.
#[component]
pub fn Rail() -> impl IntoView {
    view! { <nav class="rail" aria-label="Views"><Links/></nav> }
}

/// The links to all views that the data opens, and below them those that other files would open.
#[component]
pub fn Links() -> impl IntoView {
    let control = Control::use_here();
    let open = live::kept(move || {
        let is_open = |view: &View| {
            control.results.report.with(|report| report.as_ref().is_some_and(|report| view.is_open(report)))
        };
        View::REPORT.into_iter().filter(is_open).collect::<Vec<View>>()
    });
    live::part(move || {
        let open = open.get();
        let groups = GROUPS.into_iter().filter_map(|(heading, views)| {
            let links: Vec<AnyView> =
                views.iter().filter(|view| open.contains(view)).map(|view| item(control, *view)).collect();
            let heading = heading.map(|heading| view! { <h2 class="navgroup">{heading}</h2> });
            (!links.is_empty()).then(|| view! { {heading} <ul class="navlist">{links}</ul> }.into_any())
        });
        // With orders missing, the first of what orders tell stand for all of it.
        let locked = [View::Overview, View::Customers, View::Forecast, View::Subscriptions, View::Referrals];
        let locked = locked.into_iter().filter(|view| !open.contains(view));
        let locked: Vec<AnyView> = locked.map(|view| item(control, view)).collect();
        let unlock = (!locked.is_empty()).then(|| {
            view! { <div class="unlock">"More files open more views:"<ul class="navlist">{locked}</ul></div> }
                .into_any()
        });
        view! { {groups.collect::<Vec<_>>()} {unlock} }.into_any()
    })
}

/// A link to a view, under the settings in force. The browser follows it by itself, so that it can be opened in another
/// tab, and the page follows the address.
fn item(control: Control, view: View) -> AnyView {
    let current = move || {
        let shown = control.look.route.with(|route| route.view);
        (shown == view || (view == View::Customers && matches!(shown, View::Customer(_)))).then_some("page")
    };
    let count = move || {
        let customers = control.results.report.with(|report| report.as_ref().map(|report| report.totals.customers));
        customers.map(|n| view! { <span class="count">{Locale::of(None).integer(n)}</span> })
    };
    let count = match view {
        View::Customers => Some(live::part(count)),
        View::Risk => Some(live::part(move || at_risk(control))),
        _ => None,
    };
    let address = live::text(move || control.route_of(view).hash());
    view! { <li><a href=address aria-current=live::attribute(current)>{name(view)}{count}</a></li> }.into_any()
}

/// How many are at risk, once that is known of what is shown.
fn at_risk(control: Control) -> Option<AnyView> {
    let risk = control.results.sections.risk.section.get()?;
    let of_these = control.results.report.with(|report| {
        report.as_ref().is_some_and(|report| report.period.end == risk.end && report.settings.filters == risk.filters)
    });
    (of_these && risk.recoverable.is_some())
        .then(|| view! { <span class="count">{Locale::of(None).integer(risk.at_risk)}</span> }.into_any())
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
        View::Costs => "What winning one costs",
        View::Feedback => "What they say",
        View::Subscriptions => "Subscriptions",
        View::Segments => "Segments",
        View::Engagement => "How engaged they are",
        View::Journey => "How they come along",
        View::Referrals => "Who brings whom",
        View::Drivers => "What drives it",
        View::Tests => "Tests",
        View::Forecast => "Forecast",
        View::Risk => "At risk",
        View::Data => "Data receipt",
        View::Models => "Models and checks",
    }
}
