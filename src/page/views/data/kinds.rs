//! What the rows are: from all rows used to those behind the figures.

use leptos::prelude::*;

use crate::ledger::kinds::RowKind;
use crate::math::Money;
use crate::page::live;
use crate::page::parts::icon::{Icon, Sign};
use crate::page::parts::table::Region;
use crate::page::parts::writer;
use crate::report::Report;
use crate::words::facts;
use crate::words::format::Format;
use crate::words::receipt as words;

/// The lines of the table, and what is to be said of it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Text {
    title: String,
    lines: Vec<Line>,
    notes: Vec<String>,
    wrong: Option<String>,
}

/// A line: rows and amount.
#[derive(Clone, Debug, Default, PartialEq)]
struct Line {
    name: String,
    rows: String,
    amount: String,
    is_total: bool,
}

/// The rows used by what they are, what period and filters leave of them, and whether all of it adds up.
pub fn kinds() -> AnyView {
    let text = writer::section(text);
    live::part(move || {
        let Text { title, lines, notes, wrong } = text.get();
        let row = |line: Line| {
            view! {
                <tr class:total=line.is_total>
                    <th scope="row">{line.name}</th>
                    <td class="num">{line.rows}</td>
                    <td class="num">{line.amount}</td>
                </tr>
            }
            .into_any()
        };
        let wrong = wrong.map(|words| {
            view! {
                <div class="notice bad" role="alert">
                    <Icon sign=Sign::Warning/>
                    <div><p><strong>{words}</strong></p></div>
                </div>
            }
            .into_any()
        });
        let note = |note: String| view! { <p class="note">{note}</p> }.into_any();
        view! {
            <section aria-labelledby="h-rows" class="stack">
                <h2 class="h2" id="h-rows">{title}</h2>
                {wrong}
                <Region label=Signal::stored("Rows used, by what they are".to_owned())>
                    <table class="lines kinds">
                        <thead>
                            <tr>
                                <th scope="col">"Line"</th>
                                <th scope="col" class="num">"Rows"</th>
                                <th scope="col" class="num">"Amount"</th>
                            </tr>
                        </thead>
                        <tbody>{lines.into_iter().map(row).collect::<Vec<_>>()}</tbody>
                    </table>
                </Region>
                {notes.into_iter().map(note).collect::<Vec<_>>()}
            </section>
        }
    })
}

fn text(report: &Report, format: &dyn Format) -> Text {
    let (receipt, totals) = (&report.receipt, &report.totals);
    let line = |name: String, rows: u64, amount: Money| Line {
        name,
        rows: format.integer(rows),
        amount: format.money_exact(amount),
        is_total: false,
    };
    // Orders that come out below zero are rare: their line is there where they are.
    let kinds = receipt.used.iter().filter(|sum| sum.rows > 0 || sum.kind != RowKind::BelowZero);
    let mut lines: Vec<Line> =
        kinds.map(|sum| line(words::kind(sum.kind, facts::refunds_on(report)), sum.rows, sum.amount)).collect();
    let used = receipt.all_used();
    let tables = report.tables.iter().filter(|table| table.kind == "orders").count();
    let of = if tables > 1 { format!("Used, from {tables} tables") } else { "Used".to_owned() };
    lines.push(Line { is_total: true, ..line(of, used.rows, used.amount) });
    let not_shown = used.rows.saturating_sub(totals.rows);
    if not_shown > 0 {
        let beyond = Money(totals.revenue.0 - used.amount.0);
        lines.push(Line {
            rows: format!("−{}", format.integer(not_shown)),
            ..line("Outside the period and the filters chosen".to_owned(), not_shown, beyond)
        });
        lines.push(Line { is_total: true, ..line("Behind the figures".to_owned(), totals.rows, totals.revenue) });
    }
    let mut notes = Vec::new();
    if receipt.refunds_beside > 0 {
        notes.push(format!(
            "{} beside an order, in a column of its own, is one more row than the file has.",
            match receipt.refunds_beside {
                1 => "1 refund".to_owned(),
                n => format!("Each of {} refunds", format.integer(n)),
            }
        ));
    }
    if receipt.adds_up() {
        notes.push(
            "They add up to the row and to the cent, with what was left out: this is checked each time.".to_owned(),
        );
    }
    Text {
        title: format!("What the {} are", format.count(used.rows, "row")),
        lines,
        notes,
        wrong: (!receipt.adds_up()).then(|| words::off(receipt.off, format)),
    }
}
