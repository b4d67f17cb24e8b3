//! The plans by what they bring, and what becomes of trials.

use leptos::prelude::*;

use super::Section;
use crate::page::live;
use crate::page::parts::stacked::{self, Row, Stacked};
use crate::words::subscriptions::{self as words, PlanRow};

/// The plans, the largest first.
pub fn plans(section: Section) -> AnyView {
    let row =
        |PlanRow { plan, customers, monthly, share, half }| Row::plain(None, [plan, customers, monthly, share, half]);
    let table = section.kept(move |told, report, format| {
        let heads = ["Plan", "Customers", "A month", "Share", "Half have left after"];
        Stacked::of_figures(&heads, words::plan_rows(told, report, format).into_iter().map(row).collect())
    });
    stacked::section("h-plans", "What each plan brings", table)
}

/// What becomes of trials.
pub fn trials(section: Section) -> AnyView {
    let facts = section.kept(words::trial_facts);
    live::part(move || {
        let (title, facts) = facts.get()?;
        let fact = |(name, value): (String, String)| view! { <dt>{name}</dt> <dd>{value}</dd> }.into_any();
        Some(
            view! {
                <section aria-labelledby="h-trials" class="stack">
                    <h2 class="h2" id="h-trials">{title}</h2>
                    <dl class="facts">{facts.into_iter().map(fact).collect::<Vec<_>>()}</dl>
                </section>
            }
            .into_any(),
        )
    })
}
