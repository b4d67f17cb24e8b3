//! From the files to what is used of them: every row and every cent, and what was decided on the way.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::seen;
use crate::ingest::decision::{COUNTED, Matter};
use crate::ingest::receipt::{LeftOut, Reason, TableReceipt};
use crate::page::control::Control;
use crate::page::live::{self, Kept, MakeRow};
use crate::page::parts::decisions::decisions;
use crate::page::parts::table::Region;
use crate::page::parts::writer;
use crate::page::steps::review::{file::FileAt, notes};
use crate::protocol::Export;
use crate::report::Report;
use crate::roles::names;
use crate::words::format::{Format, NOT_DEFINED};
use crate::words::receipt::{self as words, Decided};
use crate::words::review;

/// Rows left out for one reason.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    reason: Reason,
    name: String,
    rows: String,
    amount: String,
    /// The decision by which the rows could count after all.
    count: Option<Matter>,
}

/// A file and its lines.
#[derive(Clone, Debug, Default, PartialEq)]
struct FileText {
    name: String,
    about: String,
    orders: bool,
    /// Whether there are orders at all.
    beside: bool,
    takes_part: bool,
    read: (String, String),
    left_out: Vec<Line>,
    used: (String, String),
    /// What is to be said of its own totals, and of the download.
    notes: Vec<String>,
    decided: Vec<(Matter, Decided)>,
    sample: bool,
}

/// A section for each file. It keeps its elements while the files are read again.
pub fn receipts() -> AnyView {
    let files = writer::section(|report, format| {
        // Of those that can't be read there is nothing to tell but why.
        let read = report.tables.iter().filter(|table| !table.delimiter.is_empty());
        read.map(|table| file(table, report, format)).collect::<Vec<_>>()
    });
    let count = live::kept(move || files.with(Vec::len));
    live::keyed(move || {
        let row = |at: usize| -> (String, MakeRow) { (at.to_string(), Box::new(move || section(at, files))) };
        (0..count.get()).map(row).collect()
    })
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
    let mut notes = words::own_totals(&table.own_totals, format);
    // Rows after the end of the period come from the ledger, which keeps all.
    let left = table.left_out.iter().filter(|left| left.reason != Reason::AfterEnd).map(|left| left.rows).sum();
    notes.extend(words::rows_kept(table.rows_kept, left, format));
    let decided = table.decisions.iter().map(|decision| (decision.about, words::decided(decision, format)));
    FileText {
        name: table.file.clone(),
        about: about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        orders,
        beside: report.tables.iter().any(|table| table.kind == "orders"),
        takes_part: orders || table.content.is_some(),
        read: (format.integer(table.rows_read), amount(table.amount_read)),
        left_out: table.left_out.iter().map(|left| line(left, table, format)).collect(),
        used: (format.integer(table.rows_used), amount(table.amount_used)),
        notes,
        decided: decided.collect(),
        sample: report.sample,
    }
}

fn line(left: &LeftOut, table: &TableReceipt, format: &dyn Format) -> Line {
    // What is taken away stands with its sign; an amount that is itself negative is given back by leaving it out.
    let amount = match left.amount {
        Some(amount) => format.money_exact(-amount),
        None if table.kind == "orders" => NOT_DEFINED.to_owned(),
        None => String::new(),
    };
    let counted = table.decisions.iter().find(|decision| {
        decision.about.reason() == Some(left.reason) && decision.instead.iter().any(|value| value == COUNTED)
    });
    Line {
        reason: left.reason,
        name: reason(left, table),
        rows: format!("−{}", format.integer(left.rows)),
        amount,
        count: counted.filter(|decision| !decision.instead.is_empty()).map(|decision| decision.about),
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

/// The reconciliation of one file, what was decided in reading it, and what is to be known of it.
fn section(at: usize, files: Kept<Vec<FileText>>) -> AnyView {
    let control = Control::use_here();
    let one = live::kept(move || files.with(|files| files.get(at).cloned()).unwrap_or_default());
    let sample = one.with(|one| one.sample);
    let (id, about_id, decided_id) = (format!("h-file-{at}"), format!("about-file-{at}"), format!("h-decided-{at}"));
    // Of several files each is named, so that they can be told apart.
    let named = |id: &str| format!("{id} {about_id}");
    let title = live::text(move || match one.with(|one| (one.orders, one.beside, one.takes_part)) {
        (_, _, false) => "A file that takes no part",
        (true, ..) => "From your file to the total",
        (false, true, _) => "A file beside your orders",
        (false, false, _) => "From your file to what is used",
    });
    let about = live::text(move || one.with(|one| format!("{} · {}", one.name, one.about)));
    let takes_part = move || one.with(|one| one.takes_part);
    let decided = live::kept(move || one.with(|one| one.decided.clone()));
    let notes = live::part(move || {
        let note = |note: String| view! { <p class="note">{note}</p> }.into_any();
        one.with(|one| one.notes.clone()).into_iter().map(note).collect::<Vec<_>>()
    });
    let can_undo = match sample {
        true => "With a file of your own, each of these can be decided otherwise.",
        false => "Each can be decided otherwise: your file is read again, and you stay here.",
    };
    view! {
        <section aria-labelledby=named(&id) class="stack">
            <h2 class="h2" id=id.clone()>{title}</h2>
            <p class="note" id=about_id.clone()>{about}</p>
            {live::when(takes_part, move || table(at, one))}
            {notes}
        </section>
        {(!sample).then(|| notes::notes(FileAt::new(control, at)))}
        <section aria-labelledby=named(&decided_id) class="stack">
            <h2 class="h2" id=decided_id.clone()>"What was decided"</h2>
            <p class="note">{can_undo}</p>
            {decisions(at, decided, !sample)}
        </section>
    }
    .into_any()
}

/// All rows, what was left out of them, and what is used.
fn table(at: usize, one: Kept<FileText>) -> AnyView {
    let control = Control::use_here();
    let open = RwSignal::new(None::<Reason>);
    // Rows that are looked at are of the last reading.
    live::effect(move || {
        one.track();
        open.set(None);
    });
    let label = live::text(move || one.with(|one| format!("Reconciliation of {}", one.name)));
    let save = move || {
        view! {
            <button
                class="textlink"
                type="button"
                on:click=live::on(move |_: MouseEvent| control.export(Export::LeftOut))
            >
                "Download what was left out"
            </button>
        }
    };
    let any = move || one.with(|one| !one.left_out.is_empty() && !one.sample);
    let lines = live::part(move || {
        one.with(|one| one.left_out.clone()).into_iter().map(|line| left_out(at, line, open)).collect::<Vec<_>>()
    });
    let read = move |part: fn(&FileText) -> String| live::text(move || one.with(part));
    view! {
        <Region label=label>
            <table class="lines" class:counts=move || one.with(|one| !one.orders)>
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
                        <td class="num">{read(|one| one.read.0.clone())}</td>
                        <td class="num">{read(|one| one.read.1.clone())}</td>
                        <td></td>
                    </tr>
                    {lines}
                    <tr class="total">
                        <th scope="row">"Used"</th>
                        <td class="num">{read(|one| one.used.0.clone())}</td>
                        <td class="num">{read(|one| one.used.1.clone())}</td>
                        <td class="num">{live::when(any, save)}</td>
                    </tr>
                </tbody>
            </table>
        </Region>
    }
    .into_any()
}

/// The line of a reason, and behind it the rows, where a person looks at them.
fn left_out(at: usize, line: Line, open: RwSignal<Option<Reason>>) -> AnyView {
    let control = Control::use_here();
    let reason = line.reason;
    let is_open = move || open.get() == Some(reason);
    let look = live::on(move |_: MouseEvent| {
        let wanted = (open.get_untracked() != Some(reason)).then_some(reason);
        open.set(wanted);
        if wanted.is_some() {
            control.ask_left_out(at, reason);
        }
    });
    let has_files = control.intake.review.with_untracked(Option::is_some);
    let count = line.count.filter(|_| has_files).map(|about| {
        let count = live::on(move |_: MouseEvent| control.decide(at, about, COUNTED));
        view! {
            " · "
            <button class="textlink" type="button" on:click=count>
                "Count them"
            </button>
        }
        .into_any()
    });
    let name = line.name.clone();
    view! {
        <tr class="minus">
            <th scope="row">{line.name}</th>
            <td class="num">{line.rows}</td>
            <td class="num">{line.amount}</td>
            <td class="num">
                <button
                    class="textlink"
                    type="button"
                    aria-expanded=live::text(move || is_open().to_string())
                    aria-label=format!("See rows: {name}")
                    on:click=look
                >
                    {live::text(move || if is_open() { "Hide rows" } else { "See rows" })}
                </button>
                {count}
            </td>
        </tr>
        {live::when(is_open, move || view! {
            <tr class="below">
                <td colspan="4">{seen::rows(at, reason)}</td>
            </tr>
        })}
    }
    .into_any()
}
