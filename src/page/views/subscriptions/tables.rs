//! The plans by what they bring, and what becomes of trials.

use leptos::prelude::*;

use super::Section;
use crate::page::live;
use crate::page::parts::table::Region;
use crate::words::subscriptions::{self as words, PlanRow};

/// The plans, the largest first.
pub fn plans(section: Section) -> AnyView {
    let rows = section.kept(words::plan_rows);
    let row = |row: PlanRow| {
        let PlanRow { plan, customers, monthly, share, half } = row;
        view! {
            <tr>
                <th scope="row">{plan}</th>
                <td class="num" data-l="Customers"><span>{customers}</span></td>
                <td class="num" data-l="A month"><span>{monthly}</span></td>
                <td class="num" data-l="Share"><span>{share}</span></td>
                <td class="num" data-l="Half have left after"><span>{half}</span></td>
            </tr>
        }
        .into_any()
    };
    live::part(move || {
        let rows = rows.get();
        (!rows.is_empty()).then(|| {
            view! {
                <section aria-labelledby="h-plans" class="stack">
                    <h2 class="h2" id="h-plans">"What each plan brings"</h2>
                    <Region label=Signal::stored("Plans".to_owned())>
                        <table class="cards-s">
                            <thead>
                                <tr>
                                    <th scope="col">"Plan"</th>
                                    <th scope="col" class="num">"Customers"</th>
                                    <th scope="col" class="num">"A month"</th>
                                    <th scope="col" class="num">"Share"</th>
                                    <th scope="col" class="num">"Half have left after"</th>
                                </tr>
                            </thead>
                            <tbody>{rows.into_iter().map(row).collect::<Vec<_>>()}</tbody>
                        </table>
                    </Region>
                </section>
            }
            .into_any()
        })
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
