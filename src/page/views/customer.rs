//! One customer: what they brought, how they buy, and what they bought last.

use std::sync::Arc;

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::charts;
use crate::ingest::profile::shown;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::chart::Chart;
use crate::page::parts::figures::Figures;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::FindingText;
use crate::page::parts::writer;
use crate::page::route::{NO_CUSTOMER, View};
use crate::report::Report;
use crate::report::customers::CustomerDetail;
use crate::words::engagement;
use crate::words::findings;
use crate::words::format::Format;
use crate::words::segments as words;

mod ahead;
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
    live::effect(move || {
        control.results.report.track();
        control.ask_customer(number);
    });
    let found = live::kept(move || {
        control.results.customer.with(|customer| match customer {
            Some((known, detail)) if *known == number => detail.clone().map_or(Found::Not, Found::Yes),
            _ => Found::Asked,
        })
    });
    live::part(move || match found.get() {
        Found::Asked => view! {
            {crumbs("…".to_owned())}
            <p class="soft" role="status">
                "Looking the customer up."
            </p>
        }
        .into_any(),
        Found::Not => missing(number),
        Found::Yes(detail) => page(detail),
    })
}

/// The way back, and the id as written in the file.
fn crumbs(id: String) -> AnyView {
    let control = Control::use_here();
    view! {
        <h1 class="eyebrow">
            <a href=live::text(move || control.route_of(View::Customers).hash())>"Customers"</a>
            " / "
            {id}
        </h1>
    }
    .into_any()
}

/// Said plainly where the customer is not among those shown, or where there is none of that number.
fn missing(number: u32) -> AnyView {
    let control = Control::use_here();
    let clear = move |_: MouseEvent| {
        control.set(|settings| {
            (settings.from, settings.to) = (None, None);
            settings.filters.clear();
        });
    };
    let filtered = live::kept(move || {
        control.results.settings.with(|set| set.from.is_some() || set.to.is_some() || !set.filters.is_empty())
    });
    let is_left_out = move || filtered.get() && number != NO_CUSTOMER;
    let all = live::text(move || control.route_of(View::Customers).hash());
    let why = live::part(move || match is_left_out() {
        false => view! {
            <p class="lead">"The address names nobody who has a purchase in these files."</p>
            <p class="actions">
                <a class="btn primary" href=all>
                    "To all customers"
                </a>
            </p>
        }
        .into_any(),
        true => view! {
            <p class="lead">"The period or a filter leaves them out."</p>
            <p class="actions">
                <button class="btn primary" type="button" on:click=live::on(clear)>
                    "Show all of the data"
                </button>
            </p>
        }
        .into_any(),
    });
    view! {
        <div class="viewhead">
            {crumbs("not found".to_owned())}
            <p class="finding">
                {live::text(move || match is_left_out() {
                    true => "This customer has no purchase in what is shown.",
                    false => "There is no such customer.",
                })}
            </p>
            {why}
        </div>
    }
    .into_any()
}

/// With the report as it is now and its way of writing; the page of a customer is made anew with every answer.
fn with_report<T: Default>(make: impl FnOnce(&Report, &dyn Format) -> T) -> T {
    let report = Control::use_here().results.report.get_untracked();
    report.map(|report| make(&report, &*writer::of(&report))).unwrap_or_default()
}

/// The page of a customer who was found.
fn page(detail: Arc<CustomerDetail>) -> AnyView {
    let of = detail.clone();
    let finding = writer::section(move |_, format| findings::customer(&of, format));
    let of = detail.clone();
    let figures = writer::section(move |_, format| figures::all(&of, format));
    let of = detail.clone();
    let control = Control::use_here();
    let timeline = move |width| {
        let report = control.results.report.get()?;
        Some(charts::customer_timeline(&of, report.period.end, width, &*writer::of(&report)))
    };
    let row = &detail.row;
    let tags = words::of_customer(row).into_iter().map(|name| view! { <span class="tag">{name}</span> }.into_any());
    view! {
        <div class="viewhead">
            {crumbs(shown(&row.customer))}
            <FindingText finding/>
            <p class="actions">{tags.collect::<Vec<_>>()}</p>
        </div>
        <Filters/>
        <Figures figures class="figures four"/>
        <Chart figure=timeline/>
        {health(&detail)}
        {ahead::ahead(row.number, row.cost.clone())}
        <div class="two">
            {purchases::purchases(detail.clone())}
            {about(&detail)}
        </div>
    }
    .into_any()
}

/// How well they are, and what that rests on; nothing where nothing is known of it.
fn health(detail: &CustomerDetail) -> Option<AnyView> {
    let health = detail.health.as_ref()?;
    let (title, parts) = with_report(|_, format| {
        Some((engagement::health_title(health, format)?, engagement::health_parts(health, format)))
    })?;
    let part = |(name, score, said): (&'static str, String, String)| {
        view! { <dt>{name} ": " {said}</dt> <dd>{score}</dd> }.into_any()
    };
    Some(
        view! {
            <section aria-labelledby="h-health" class="stack">
                <h2 class="h2" id="h-health">{title}</h2>
                <dl class="facts">{parts.into_iter().map(part).collect::<Vec<_>>()}</dl>
                <p class="note">{engagement::HEALTH_PARTS}</p>
            </section>
        }
        .into_any(),
    )
}

/// What the file says of them beside their purchases, and what is derived from them.
fn about(detail: &CustomerDetail) -> AnyView {
    let facts = with_report(|_, format| {
        let row = &detail.row;
        let (recency, frequency, money) = row.rfm;
        let mut facts = vec![
            ("First bought".to_owned(), format.day(row.first)),
            ("Last bought".to_owned(), format.day(row.last)),
            ("Known for".to_owned(), format.days(f64::from(row.observed))),
            (
                "Mean of a day they came back".to_owned(),
                match row.frequency {
                    0 => "not defined: one purchase day".to_owned(),
                    _ => format.money(row.monetary_value.0),
                },
            ),
        ];
        if recency > 0 {
            let score = format!("{recency} · {frequency} · {money} of 5");
            facts.push(("Score: when, how often, how much".to_owned(), score));
        }
        if let Some(cost) = &row.cost {
            facts.push((format!("Cost to win one from {}", shown(&cost.channel)), format.money(cost.cac.0)));
            facts.push(("Left over so far, after that cost".to_owned(), format.money(cost.left.0)));
        }
        let value = |value: &String| words::dimension_value(value);
        facts.extend(
            detail
                .dimensions
                .iter()
                .map(|(name, text)| (format!("{}, first purchase", words::column(name)), value(text))),
        );
        facts
    });
    let facts = facts.into_iter().map(|(name, value)| view! { <dt>{name}</dt> <dd>{value}</dd> }.into_any());
    view! {
        <section aria-labelledby="h-about" class="stack">
            <h2 class="h2" id="h-about">"What is known of them"</h2>
            <dl class="facts">{facts.collect::<Vec<_>>()}</dl>
        </section>
    }
    .into_any()
}
