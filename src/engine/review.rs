//! What is shown between dropping and results, from what was read.

use super::clashes::Clashes;
use super::source::Source;
use crate::ingest::certainty::Certainty;
use crate::ingest::dates::{self, DateOrder};
use crate::ingest::profile::{ColumnProfile, shorten};
use crate::ingest::receipt::{LeftOut, Reason};
use crate::ingest::{months, numbers};
use crate::ledger::Ledger;
use crate::ledger::intake::file_read::count_currency;
use crate::ledger::intake::marks::Mark;
use crate::ledger::intake::{Head, Plan};
use crate::ledger::near::NearMiss;
use crate::math::{Money, order};
use crate::protocol::{Cell, FileReview, Note, Question, Review};
use crate::roles::scale::Scale;
use crate::roles::{Confidence, Role};

/// Records shown as typed.
const PREVIEW: usize = 8;

/// Characters of a cell that are shown.
const CELL: usize = 60;

/// How all files are understood.
pub(super) fn of(sources: &[Source], ledger: &Ledger, near_misses: Vec<NearMiss>, clashes: &Clashes) -> Review {
    let span = ledger.span();
    let files: Vec<FileReview> =
        sources.iter().enumerate().filter_map(|(at, source)| file(sources, at, source, clashes)).collect();
    let currencies = currencies(sources);
    let mut review = Review {
        rows_used: orders(sources).map(|source| source.read.rows_used).sum(),
        customers: ledger.customers.len() as u64,
        first: span.map(|span| span.0),
        last: span.map(|span| span.1),
        currency: currency(sources),
        currencies,
        revenue: Money(orders(sources).map(|source| source.read.amount_used).sum()),
        near_misses,
        refused: Vec::new(),
        certain: false,
        files,
    };
    let mut taken = review.files.iter().filter(|file| !file.options.skip);
    let is_clear = |file: &FileReview| {
        let doubtful = file.columns.iter().any(|column| column.confidence == Confidence::Ask);
        file.takes_part() && file.questions.is_empty() && !doubtful
    };
    review.certain = review.rows_used > 0 && taken.all(is_clear);
    review
}

/// The tables of orders.
pub(super) fn orders(sources: &[Source]) -> impl Iterator<Item = &Source> {
    sources.iter().filter(|source| source.plan.as_ref().is_some_and(Plan::is_orders))
}

/// The currency that the figures are in, where the files or the person tell it.
pub(super) fn currency(sources: &[Source]) -> Option<String> {
    let learned = || sources.iter().find_map(|source| source.lessons.currency.clone());
    said_currency(sources).or_else(learned).or_else(|| currencies(sources).into_iter().next().map(|(code, _)| code))
}

/// The currency that a person chose, for any of the files.
pub(super) fn said_currency(sources: &[Source]) -> Option<String> {
    sources.iter().find_map(|source| source.options.currency.clone())
}

/// The currency to go on with where there are several and nobody has chosen yet.
pub(super) fn currency_to_settle(sources: &[Source]) -> Option<String> {
    let all = currencies(sources);
    let unsettled = sources.iter().all(|s| s.options.currency.is_none() && s.lessons.currency.is_none());
    // A currency that nobody knows is another one, too.
    let unknown = sources.iter().any(|source| source.read.unknown_currency > 0);
    (all.len() + usize::from(unknown) > 1 && unsettled).then(|| all.first().map(|(code, _)| code.clone()))?
}

/// Rows by currency, most first.
pub(super) fn currencies(sources: &[Source]) -> Vec<(String, u64)> {
    let mut all = Vec::new();
    for &(code, rows) in sources.iter().flat_map(|source| &source.read.currencies) {
        count_currency(&mut all, code, rows);
    }
    order::sort_by(&mut all, |a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    all.into_iter().map(|(code, rows)| (code.to_owned(), rows)).collect()
}

fn file(sources: &[Source], at: usize, source: &Source, clashes: &Clashes) -> Option<FileReview> {
    let (head, plan) = (source.head.as_ref()?, source.plan.as_ref()?);
    let read = &source.read;
    let is_orders = plan.is_orders();
    Some(FileReview {
        name: source.info.name.clone(),
        bytes: source.info.size,
        is_orders,
        kind: plan.kind,
        platform: plan.layout.map(|layout| layout.platform.to_owned()),
        reading: plan.reading.clone(),
        options: source.options.clone(),
        head: head.lines.clone(),
        columns: plan.columns(head),
        preview: plan.rows_of(head).iter().take(PREVIEW).map(|record| typed(record, head, plan)).collect(),
        // What takes no part is not read; its head is all that is known.
        rows_read: if plan.takes_part() { read.rows_read } else { head.records.len() as u64 },
        rows_used: read.rows_used,
        left_out: read.blame.left_out(),
        questions: questions(sources, at, source, clashes),
        notes: notes(source, head, plan),
        decisions: source.decisions.clone(),
        missing: plan.missing.clone(),
        content: source.content.clone(),
        matched: source.matched.clone(),
    })
}

/// A record's cells as the columns' types.
fn typed(record: &[String], head: &Head, plan: &Plan) -> Vec<Cell> {
    let cell = |(column, _): (usize, &ColumnProfile)| {
        let text = record.get(column).map_or("", |cell| cell.trim());
        let role = plan.guesses[column].role;
        if text.is_empty() {
            return Cell::Empty;
        }
        let wrong = || Cell::Wrong(shorten(text, CELL));
        match role {
            Role::Date | Role::End => {
                // Costs by month name no day.
                let month = || months::month(text).filter(|_| !plan.is_orders());
                let day = dates::parse(text.as_bytes(), plan.reading.date_order).map(|moment| moment.day);
                day.ok().or_else(month).map_or_else(wrong, Cell::Date)
            }
            Role::Amount
            | Role::Quantity
            | Role::UnitPrice
            | Role::Frequency
            | Role::Recency
            | Role::Observed
            | Role::AttributedRevenue
            | Role::NewCustomers
            | Role::Number
            | Role::Invited
            | Role::Joined => {
                let number = numbers::parse(text.as_bytes(), plan.reading.decimal);
                number.map_or_else(|_| wrong(), |number| Cell::Number(Money(number.value)))
            }
            _ => Cell::Text(shorten(text, CELL)),
        }
    };
    head.columns.iter().enumerate().map(cell).collect()
}

fn questions(sources: &[Source], at: usize, source: &Source, clashes: &Clashes) -> Vec<Question> {
    let (Some(head), Some(plan)) = (&source.head, &source.plan) else { return Vec::new() };
    let mut all = Vec::new();
    if plan.is_set_aside {
        return all;
    }
    let options = &source.options;
    if let (Some(decision), Some(column), None) = (&source.read.dates, plan.column(Role::Date), options.date_order)
        && decision.certainty == Certainty::Ask
    {
        let example = decision
            .example
            .clone()
            .unwrap_or_else(|| head.columns[column].samples.first().cloned().unwrap_or_default());
        let read = |order| dates::parse(example.as_bytes(), order).ok().map(|moment| moment.day);
        all.push(Question::DayOrMonthFirst {
            column: head.columns[column].name.clone(),
            day_first: read(DateOrder::DayMonthYear),
            month_first: read(DateOrder::MonthDayYear),
            example,
            chosen: plan.reading.date_order,
        });
    }
    let amount = plan.column(Role::Amount).or_else(|| plan.column(Role::UnitPrice));
    if let (Some((_, Certainty::Ask)), Some(column), None) = (source.read.decimal, amount, options.decimal) {
        all.push(Question::DecimalOrThousands {
            column: head.columns[column].name.clone(),
            example: source.read.decimal_example.clone().unwrap_or_default(),
            chosen: plan.reading.decimal,
        });
    }
    if let (Some(table), None) = (&source.table, options.scale)
        && let Some(question) = table.questions.iter().find(|question| Scale::of_header(&question.name).is_none())
        && let (Some(chosen), Some(answers)) = (question.scale, question.span)
    {
        all.push(Question::WhichScale { column: question.name.clone(), answers, chosen });
    }
    all.extend(clashes.questions(sources, at));
    let marked = &source.read.marked;
    let cut = [
        (Role::Customer, &marked.damaged_customers, options.damaged_customers),
        (Role::Order, &marked.damaged_orders, options.damaged_orders),
    ];
    for (role, mark, said) in cut {
        if let (Some(column), Some(Mark { rows, example }), None) = (plan.column(role), mark.clone(), said) {
            let (column, of_orders) = (head.columns[column].name.clone(), role == Role::Order);
            all.push(Question::DamagedIds { column, of_orders, rows, example });
        }
    }
    // Asked once, of the first table of orders: it is one question about all of them.
    let several = currencies(sources);
    let is_first = orders(sources).next().is_some_and(|first| std::ptr::eq(first, source));
    let unanswered = sources.iter().all(|s| s.options.currency.is_none());
    if several.len() > 1
        && is_first
        && let (Some(chosen), true) = (&source.lessons.currency, unanswered)
    {
        all.push(Question::WhichCurrency { currencies: several, chosen: chosen.clone() });
    }
    all
}

/// What a person should know of a file, the gravest first.
pub(super) fn notes(source: &Source, head: &Head, plan: &Plan) -> Vec<Note> {
    let read = &source.read;
    let marked = &read.marked;
    let column = |role| plan.column(role).map(|column| head.columns[column].name.clone()).unwrap_or_default();
    let damaged = |role, mark: &Option<Mark>| {
        mark.clone().map(|mark| Note::DamagedIds { column: column(role), rows: mark.rows, example: mark.example })
    };
    let mut all = Vec::new();
    all.extend(damaged(Role::Customer, &marked.damaged_customers));
    all.extend(damaged(Role::Order, &marked.damaged_orders));
    let broken = read.blame.left_out().into_iter().find(|left| left.reason == Reason::Malformed);
    if let Some(LeftOut { rows, examples, .. }) = broken
        && let Some(example) = examples.into_iter().next()
    {
        all.push(Note::BrokenLines { rows, example });
    }
    // A single row is one customer, whoever that is.
    let shared = marked.shared.iter().filter(|mark| mark.rows > 1);
    all.extend(shared.map(|mark| Note::SharedCustomer { rows: mark.rows, example: mark.example.clone() }));
    if let Some(Mark { rows, example }) = marked.repeated.clone() {
        all.push(Note::RepeatedRows { rows, orders: plan.column(Role::Order).is_some(), example });
    }
    if let Some(Mark { rows, example }) = marked.extra_cells.clone() {
        all.push(Note::ExtraCells { rows, example });
    }
    if read.nul_characters > 0 {
        all.push(Note::NulCharacters { count: read.nul_characters });
    }
    all
}
