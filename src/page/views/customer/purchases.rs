//! The latest purchases of a customer, and what all of them add up to.

use std::sync::Arc;

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::with_report;
use crate::math::Money;
use crate::page::live;
use crate::page::parts::table::Region;
use crate::report::customers::{CustomerDetail, CustomerEvent};
use crate::words::segments::{column, dimension_value};

/// So many are shown at first.
const SHOWN: usize = 10;

/// At most so many dimensions stand beside an amount.
const COLUMNS: usize = 2;

/// Purchases and refunds, the latest first, with their exact total.
pub fn purchases(detail: Arc<CustomerDetail>) -> AnyView {
    let all = RwSignal::new(false);
    let many = detail.events.len() > SHOWN;
    let count = detail.events.len();
    let more = move || {
        view! {
            <p class="actions">
                <button class="btn" type="button" on:click=live::on(move |_: MouseEvent| all.set(true))>
                    {format!("Show all {count}")}
                </button>
            </p>
        }
    };
    view! {
        <section aria-labelledby="h-purchases" class="stack">
            <h2 class="h2" id="h-purchases">"Latest purchases"</h2>
            <Region label=Signal::stored("Table of purchases".to_owned())>
                {live::part(move || table(&detail, if all.get() { usize::MAX } else { SHOWN }))}
            </Region>
            {live::when(move || many && !all.get(), more)}
        </section>
    }
    .into_any()
}

/// A line of the table.
struct Line {
    day: String,
    values: Vec<String>,
    amount: String,
    refund: bool,
}

fn table(detail: &CustomerDetail, shown: usize) -> AnyView {
    let (heads, lines, rest, total) = with_report(|report, format| {
        let columns: Vec<usize> =
            (0..report.dimensions.len()).filter(|at| report.dimensions[*at].values.len() > 1).take(COLUMNS).collect();
        let heads: Vec<String> = columns.iter().map(|at| column(&report.dimensions[*at].name)).collect();
        let line = |event: &CustomerEvent| Line {
            day: format.day(event.day),
            values: columns
                .iter()
                .map(|at| event.dimensions.get(*at).map(|value| dimension_value(value)).unwrap_or_default())
                .collect(),
            amount: format.money_exact(event.amount),
            refund: event.amount < Money::ZERO,
        };
        let lines: Vec<Line> = detail.events.iter().rev().take(shown).map(line).collect();
        // The total is of all of them: what is not shown stands in a row of its own, so that the column adds up.
        let earlier: Vec<&CustomerEvent> = detail.events.iter().rev().skip(shown).collect();
        let sum: Money = earlier.iter().map(|event| event.amount).sum();
        let rest = (!earlier.is_empty())
            .then(|| (format!("{} earlier", format.integer(earlier.len() as u64)), format.money_exact(sum)));
        let total: Money = detail.events.iter().map(|event| event.amount).sum();
        (heads, lines, rest, format.money_exact(total))
    });
    let empty = heads.len();
    let blanks = move || (0..empty).map(|_| view! { <td></td> }.into_any()).collect::<Vec<_>>();
    let value = |value: String| view! { <td>{value}</td> }.into_any();
    let row = |line: Line| {
        let name = if line.refund { format!("{}, refund", line.day) } else { line.day };
        view! {
            <tr class=line.refund.then_some("minus")>
                <th scope="row">{name}</th>
                {line.values.into_iter().map(value).collect::<Vec<_>>()}
                <td class="num">{line.amount}</td>
            </tr>
        }
        .into_any()
    };
    let rest = rest.map(|(name, amount)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                {blanks()}
                <td class="num">{amount}</td>
            </tr>
        }
        .into_any()
    });
    let head = |head: String| view! { <th scope="col">{head}</th> }.into_any();
    view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">"Date"</th>
                    {heads.into_iter().map(head).collect::<Vec<_>>()}
                    <th scope="col" class="num">"Amount"</th>
                </tr>
            </thead>
            <tbody>
                {lines.into_iter().map(row).collect::<Vec<_>>()}
                {rest}
                <tr class="total">
                    <th scope="row">{format!("All {}", detail.events.len())}</th>
                    {blanks()}
                    <td class="num">{total}</td>
                </tr>
            </tbody>
        </table>
    }
    .into_any()
}
