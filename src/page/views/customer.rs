//! One customer: what they brought, how they buy, and what they bought last.

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts;
use crate::page::control::Control;
use crate::page::parts::chart::Chart;
use crate::page::parts::figures::Figures;
use crate::page::parts::head::FindingText;
use crate::page::parts::writer;
use crate::page::route::View;
use crate::report::Report;
use crate::report::customers::CustomerDetail;
use crate::words::charts::capital;
use crate::words::findings::{self, Finding};
use crate::words::format::Format;
use crate::words::segments as words;

mod figures;
mod purchases;

/// What the worker said of the customer of the address.
#[derive(Clone, Debug, Default, PartialEq)]
enum Found {
    /// Nothing yet.
    #[default]
    Asked,
    /// The selection lacks them.
    Not,
    /// Here they are.
    Yes(Arc<CustomerDetail>),
}

/// The page of one customer.
#[component]
pub fn Customer(
    /// Their number.
    number: u32,
) -> impl IntoView {
    let control = Control::use_here();
    Effect::new(move || {
        control.results.report.track();
        control.ask_customer(number);
    });
    let found = Memo::new(move |_| {
        control.results.customer.with(|customer| match customer {
            Some((known, detail)) if *known == number => detail.clone().map_or(Found::Not, Found::Yes),
            _ => Found::Asked,
        })
    });
    move || match found.get() {
        Found::Asked => view! {
            <Crumbs id="…".to_owned()/>
            <p class="soft" role="status">
                "Looking the customer up."
            </p>
        }
        .into_any(),
        Found::Not => view! { <Missing/> }.into_any(),
        Found::Yes(detail) => view! { <Page detail/> }.into_any(),
    }
}

/// The way back, and the id.
#[component]
fn Crumbs(
    /// The id as written in the file.
    id: String,
) -> impl IntoView {
    let control = Control::use_here();
    view! {
        <h1 class="eyebrow">
            <a href=move || control.route_of(View::Customers).hash()>"Customers"</a>
            " / "
            {id}
        </h1>
    }
}

/// Said plainly where the customer is not among those shown.
#[component]
fn Missing() -> impl IntoView {
    let control = Control::use_here();
    let clear = move |_| {
        control.set(|settings| {
            (settings.from, settings.to) = (None, None);
            settings.filters.clear();
        });
    };
    let filtered =
        move || control.results.settings.with(|set| set.from.is_some() || set.to.is_some() || !set.filters.is_empty());
    view! {
        <div class="viewhead">
            <Crumbs id="not in this selection".to_owned()/>
            <p class="finding">"This customer has no purchase in what is shown."</p>
            <Show when=filtered fallback=|| view! { <p class="lead">"The file has no such customer."</p> }>
                <p class="lead">"The period or a filter leaves them out."</p>
                <p class="actions">
                    <button class="btn primary" type="button" on:click=clear>
                        "Show all of the data"
                    </button>
                </p>
            </Show>
        </div>
    }
}

/// With the report as it is now and its way of writing; the page of a customer is made anew with every answer.
fn with_report<T: Default>(make: impl FnOnce(&Report, &dyn Format) -> T) -> T {
    Control::use_here()
        .results
        .report
        .with_untracked(|report| report.as_deref().map(|report| make(report, &*writer::of(report))).unwrap_or_default())
}

/// The page of a customer who was found.
#[component]
fn Page(
    /// The customer.
    detail: Arc<CustomerDetail>,
) -> impl IntoView {
    let of = detail.clone();
    let finding: Memo<Finding> = writer::section(move |_, format| findings::customer(&of, format));
    let of = detail.clone();
    let figures = writer::section(move |_, format| figures::all(&of, format));
    let of = detail.clone();
    let control = Control::use_here();
    let timeline = move |width| {
        control.results.report.with(|report| {
            let report = report.as_deref()?;
            Some(charts::customer_timeline(&of, report.period.end, width, &*writer::of(report)))
        })
    };
    let row = &detail.row;
    let tags = [("rfm", &row.group), ("value", &row.tier), ("lifecycle", &row.stage)];
    let tags = tags.map(|(family, key)| view! { <span class="tag">{words::title(family, key)}</span> });
    view! {
        <div class="viewhead">
            <Crumbs id=row.customer.clone()/>
            <FindingText finding/>
            <p class="actions">{tags.collect_view()}</p>
        </div>
        <Figures figures class="figures four"/>
        <Chart figure=timeline/>
        <div class="two">
            <purchases::Purchases detail=detail.clone()/>
            <About detail/>
        </div>
    }
}

/// What the file says of them beside their purchases, and what is derived from them.
#[component]
fn About(
    /// The customer.
    detail: Arc<CustomerDetail>,
) -> impl IntoView {
    let facts = with_report(|_, format| {
        let row = &detail.row;
        let (recency, frequency, money) = row.rfm;
        let mut facts = vec![
            ("First bought".to_owned(), format.day(row.first)),
            ("Last bought".to_owned(), format.day(row.last)),
            ("Known for".to_owned(), format.days(f64::from(row.observed))),
            (
                "Usual repeat order".to_owned(),
                match row.frequency {
                    0 => "not defined: one purchase day".to_owned(),
                    _ => format.money(row.monetary_value.0),
                },
            ),
            ("Score: when, how often, how much".to_owned(), format!("{recency} · {frequency} · {money} of 5")),
        ];
        let value = |value: &String| words::dimension_value(value);
        facts.extend(
            detail.dimensions.iter().map(|(name, text)| (format!("{}, first purchase", capital(name)), value(text))),
        );
        facts
    });
    let facts = facts.into_iter().map(|(name, value)| view! { <dt>{name}</dt> <dd>{value}</dd> });
    view! {
        <section aria-labelledby="h-about" class="stack">
            <h2 class="h2" id="h-about">"What is known of them"</h2>
            <dl class="facts">{facts.collect_view()}</dl>
        </section>
    }
}
