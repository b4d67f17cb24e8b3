//! From the files to the total: every row and every cent.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::ingest::receipt::{LeftOut, Reason, TableReceipt};
use crate::page::control::Control;
use crate::page::live::{self, Kept};
use crate::page::parts::table::Region;
use crate::page::parts::writer;
use crate::protocol::Export;
use crate::report::Report;
use crate::roles::{Role, names};
use crate::words::facts;
use crate::words::format::{Format, NOT_DEFINED};
use crate::words::review;

/// A line of the reconciliation.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    name: String,
    rows: String,
    amount: String,
    /// Line of the file and what was found there.
    examples: Vec<(String, String)>,
    /// Whether the rows could be counted after all.
    cancelled: bool,
}

/// A file and its lines.
#[derive(Clone, Debug, PartialEq)]
struct FileText {
    name: String,
    about: String,
    orders: bool,
    takes_part: bool,
    read: (String, String),
    left_out: Vec<Line>,
    used: (String, String),
    roles: Vec<(String, String)>,
    sample: bool,
}

/// One reconciliation a file, and what the rows are.
pub fn receipts() -> AnyView {
    let files = writer::section(|report, format| {
        report.tables.iter().map(|table| file(table, report, format)).collect::<Vec<_>>()
    });
    view! {
        {live::part(move || {
            files.get().into_iter().enumerate().map(|(at, file)| receipt(at, file)).collect::<Vec<_>>()
        })}
        <div class="two">
            {what_rows_are()}
            {roles_table(files)}
        </div>
    }
    .into_any()
}

fn file(table: &TableReceipt, report: &Report, format: &dyn Format) -> FileText {
    let delimiter = match table.delimiter.as_str() {
        "," => "commas",
        ";" => "semicolons",
        "|" => "bars",
        "\t" | "tab" => "tabs",
        other => other,
    };
    let decimal = if table.decimal == "," { "decimal comma" } else { "decimal point" };
    let mut about = vec![
        format.bytes(table.bytes),
        table.encoding.clone(),
        delimiter.to_owned(),
        format!("dates {}", table.dates.replace('-', "/")),
        decimal.to_owned(),
    ];
    about.extend(format.currency_name());
    let orders = table.kind == "orders";
    // Only of orders every amount is added up.
    let amount = |amount| if orders { format.money_exact(amount) } else { String::new() };
    FileText {
        name: table.file.clone(),
        about: about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        orders,
        takes_part: orders || table.content.is_some(),
        read: (format.integer(table.rows_read), amount(table.amount_read)),
        left_out: table.left_out.iter().map(|left| line(left, table, format)).collect(),
        used: (format.integer(table.rows_used), amount(table.amount_used)),
        roles: roles(table),
        sample: report.sample,
    }
}

/// Parts with their columns, in the order in which they are needed.
fn roles(table: &TableReceipt) -> Vec<(String, String)> {
    let column = |role: Role| Some((review::role(role).to_owned(), table.roles.get(role.name())?.clone()));
    Role::ALL.into_iter().filter_map(column).collect()
}

fn line(left: &LeftOut, table: &TableReceipt, format: &dyn Format) -> Line {
    // What is taken away stands with its sign; an amount that is itself negative is given back by leaving it out.
    let amount = left.amount.map(|amount| format.money_exact(-amount));
    let example = |line: u64, found: &str| {
        let found = if found.trim().is_empty() { "nothing" } else { found };
        (format!("Line {}", format.integer(line)), found.to_owned())
    };
    Line {
        name: reason(left, table),
        rows: format!("−{}", format.integer(left.rows)),
        amount: amount.unwrap_or(NOT_DEFINED.to_owned()),
        examples: left.examples.iter().map(|found| example(found.line, &found.found)).collect(),
        cancelled: left.reason == Reason::Cancelled,
    }
}

/// Why rows are not used, with the column that says so.
fn reason(left: &LeftOut, table: &TableReceipt) -> String {
    let reason = left.reason;
    let role = match reason {
        // Some exports have a column of their own for it.
        Reason::Cancelled if left.examples.iter().all(|example| names::is_cancelled(&example.found)) => "status",
        Reason::OtherCurrency => "currency",
        _ => "",
    };
    match table.roles.get(role) {
        Some(column) => format!("{}, by the column {column}", review::reason(reason)),
        None => review::reason(reason).to_owned(),
    }
}

/// The reconciliation of one file; which file of the job, from 0.
fn receipt(at: usize, file: FileText) -> AnyView {
    let control = Control::use_here();
    let id = format!("h-file-{at}");
    let heading = id.clone();
    let title = match (file.orders, file.takes_part) {
        (true, _) => "From your file to the total",
        (false, true) => "A file beside your orders",
        (false, false) => "A file that takes no part",
    };
    let about = format!("{} · {}", file.name, file.about);
    let any = !file.left_out.is_empty() && !file.sample;
    let sample = file.sample;
    let lines = file.left_out.into_iter().map(move |line| {
        let may_count = line.cancelled && !sample;
        let count = move |_: MouseEvent| control.reread(at, |options| options.count_cancelled = true);
        let count = may_count.then(|| {
            view! {
                <button class="textlink" type="button" on:click=live::on(count)>
                    "Count them"
                </button>
            }
            .into_any()
        });
        let examples = (!line.examples.is_empty()).then(|| {
            let found = line
                .examples
                .into_iter()
                .map(|(place, found)| view! { <li>{place} ": " <span class="mono">{found}</span></li> }.into_any());
            view! {
                <details class="examples">
                    <summary>"See rows"</summary>
                    <ul>{found.collect::<Vec<_>>()}</ul>
                </details>
            }
            .into_any()
        });
        view! {
            <tr class="minus">
                <th scope="row">{line.name}</th>
                <td class="num">{line.rows}</td>
                <td class="num">{line.amount}</td>
                <td class="num">
                    {examples}
                    {count}
                </td>
            </tr>
        }
        .into_any()
    });
    let save = any.then(|| {
        view! {
            <button
                class="textlink"
                type="button"
                on:click=live::on(move |_: MouseEvent| control.export(Export::LeftOut))
            >
                "Download what was left out"
            </button>
        }
        .into_any()
    });
    view! {
        <section aria-labelledby=heading class="stack">
            <h2 class="h2" id=id>{title}</h2>
            <p class="note">{about}</p>
            <Region label=Signal::stored(format!("Reconciliation of {}", file.name))>
                <table class="lines">
                    <thead>
                        <tr>
                            <th scope="col">"Line"</th>
                            <th scope="col" class="num">"Rows"</th>
                            <th scope="col" class="num">"Amount"</th>
                            <th scope="col">
                                <span class="vh">"What you can do"</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        <tr>
                            <th scope="row">"All rows in the file"</th>
                            <td class="num">{file.read.0}</td>
                            <td class="num">{file.read.1}</td>
                            <td></td>
                        </tr>
                        {lines.collect::<Vec<_>>()}
                        <tr class="total">
                            <th scope="row">"Used"</th>
                            <td class="num">{file.used.0}</td>
                            <td class="num">{file.used.1}</td>
                            <td class="num">{save}</td>
                        </tr>
                    </tbody>
                </table>
            </Region>
        </section>
    }
    .into_any()
}

/// The rows behind the figures, by what they are.
#[derive(Clone, Debug, Default, PartialEq)]
struct RowsText {
    title: String,
    rows: Vec<(String, String)>,
    total: String,
    note: String,
}

/// What the rows of the selection are.
fn what_rows_are() -> AnyView {
    let text = writer::section(rows);
    let row = |(name, rows)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="num">{rows}</td>
            </tr>
        }
        .into_any()
    };
    live::part(move || {
        let RowsText { title, rows, total, note } = text.get();
        view! {
            <section aria-labelledby="h-rows" class="stack">
                <h2 class="h2" id="h-rows">{title}</h2>
                <table>
                    <tbody>
                        {rows.into_iter().map(row).collect::<Vec<_>>()}
                        <tr class="total">
                            <th scope="row">"Rows behind the figures"</th>
                            <td class="num">{total}</td>
                        </tr>
                    </tbody>
                </table>
                <p class="note">{note}</p>
            </section>
        }
    })
}

fn rows(report: &Report, format: &dyn Format) -> RowsText {
    let totals = &report.totals;
    // A refund in a column of its own is one more row.
    let orders = report.tables.iter().filter(|table| table.kind == "orders");
    let used: u64 = orders.map(|table| table.rows_used + table.refund_rows).sum();
    let further = totals.rows.saturating_sub(totals.purchases + totals.refund_rows);
    let note = match totals.rows == used {
        true => format!("They add up to {}, your revenue.", format.money_exact(totals.revenue)),
        false => format!(
            "The period and the filters chosen leave {} of the {} rows used; they add up to {}.",
            format.integer(totals.rows),
            format.integer(used),
            format.money_exact(totals.revenue)
        ),
    };
    RowsText {
        title: format!("What the {} rows are", format.integer(totals.rows)),
        rows: vec![
            ("Purchases".to_owned(), format.integer(totals.purchases)),
            ("Further lines of the same purchase".to_owned(), format.integer(further)),
            (
                format!("Refunds, worth {}, counted {}", format.money_exact(totals.refunds), facts::refunds_on(report)),
                format.integer(totals.refund_rows),
            ),
        ],
        total: format.integer(totals.rows),
        note,
    }
}

/// Which column plays which part.
fn roles_table(files: Kept<Vec<FileText>>) -> AnyView {
    let rows = live::part(move || {
        let files = files.get();
        let many = files.len() > 1;
        let row = |(role, column): (String, String), file: &str| {
            let place = if many { format!(" ({file})") } else { String::new() };
            view! {
                <tr>
                    <th scope="row">{role}</th>
                    <td>
                        <span class="mono">{column}</span>
                        {place}
                    </td>
                </tr>
            }
            .into_any()
        };
        let rows = files.into_iter().flat_map(|file| file.roles.into_iter().map(move |pair| row(pair, &file.name)));
        rows.collect::<Vec<_>>()
    });
    view! {
        <section aria-labelledby="h-roles" class="stack">
            <h2 class="h2" id="h-roles">"How the columns were read"</h2>
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Part"</th>
                        <th scope="col">"Column"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}
