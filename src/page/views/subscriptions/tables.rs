//! The plans by what they bring, how long those who subscribe will stay, and what becomes of trials.

use leptos::prelude::*;

use super::Section;
use crate::page::live;
use crate::page::parts::stacked::{self, Row, Stacked};
use crate::words::subscriptions::{self as words, PlanRow, remaining};

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

/// How long those who subscribe will still stay, and what that is worth, by how long they have been there.
pub fn remaining(section: Section) -> AnyView {
    let told = section.kept(remaining::told);
    let row = |(name, cells): (String, [(String, String); 4])| {
        let name = (name, String::new());
        Row { cells: [name].into_iter().chain(cells).collect(), ..Row::default() }
    };
    let table = live::kept(move || {
        let rows = told.with(|told| told.as_ref().map(|told| told.rows.clone()).unwrap_or_default());
        let heads: Vec<&str> = ["There for"].into_iter().chain(remaining::HEADS.iter().copied()).collect();
        Stacked::of_figures(&heads, rows.into_iter().map(row).collect())
    });
    live::part(move || {
        let remaining::Told { title, lead, rows } = told.get()?;
        Some(
            view! {
                <section aria-labelledby="h-remaining" class="stack">
                    <h2 class="h2" id="h-remaining">{title.clone()}</h2>
                    <p class="note">{lead}</p>
                    {(!rows.is_empty()).then(|| stacked::stacked(format!("Table: {title}"), table))}
                </section>
            }
            .into_any(),
        )
    })
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
                    <p class="note">{words::TRIALS_NOTE}</p>
                </section>
            }
            .into_any(),
        )
    })
}
