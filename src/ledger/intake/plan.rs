//! How a file is read: what a person said, else what the whole file has taught, else what its head suggests.

use super::Head;
use super::lessons::Lessons;
use crate::ingest::certainty::Certainty;
use crate::ingest::date_evidence::DateDecision;
use crate::ingest::dates::{self, DateOrder};
use crate::ingest::numbers::DecimalSign;
use crate::math::{Day, order};
use crate::protocol::{ColumnReview, ReadOptions, Reading};
use crate::roles::guess::{self, Guess};
use crate::roles::kind::{self, TableKind};
use crate::roles::layouts::{self, Found, Layout, Trap};
use crate::roles::{Confidence, Role, Why, parts};

/// How a file is read.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Encoding, delimiter, header, decimal sign, date order.
    pub reading: Reading,
    /// What its rows are.
    pub kind: TableKind,
    /// Whether a person has set it aside.
    pub is_set_aside: bool,
    /// The known export that it is.
    pub layout: Option<&'static Layout>,
    /// One a column.
    pub guesses: Vec<Guess>,
    /// Whether the head leaves the order of day and month open.
    pub dates: Option<DateDecision>,
    /// Needed roles that no column plays.
    pub missing: Vec<Role>,
    /// Whether a person gave any role.
    pub mapped: bool,
    /// Whether no order of the head has two different rows: a row that comes again is then no second piece, but the
    /// same order twice.
    pub one_row_an_order: bool,
    /// Days of the head: what is far from them is looked at more closely.
    pub some_days: Vec<Day>,
}

impl Plan {
    /// The plan for a head, under what was said and learned.
    pub fn new(head: &Head, options: &ReadOptions, lessons: &Lessons) -> Plan {
        let known = head.dialect.has_header && !options.as_any_table;
        let found = if known { layouts::recognise(&head.columns, &head.records) } else { None };
        let Parts { kind, guesses, missing } = parts_of(head, found.as_ref(), options);
        let layout = found.map(|found| found.layout);
        let roles: Vec<Role> = guesses.iter().map(|guess| guess.role).collect();
        let of = |role: Role| roles.iter().position(|r| *r == role).map(|i| &head.columns[i]);
        let dates = of(Role::Date).map(|column| column.dates.decide());
        let date_order = options
            .date_order
            .or(lessons.date_order)
            .or_else(|| dates.as_ref().filter(|dates| dates.certainty == Certainty::Ask).and(order_of(layout)))
            .or_else(|| dates.as_ref().map(|decision| decision.order))
            .unwrap_or_default();
        let decimal = options.decimal.or(lessons.decimal).unwrap_or_else(|| {
            // The column of the price knows as much as that of the amount; whichever is certain decides.
            let decisions: Vec<_> =
                NUMBERS.iter().filter_map(|role| of(*role)).map(|column| column.numbers.decide()).collect();
            let certain = decisions.iter().find(|(_, certainty)| *certainty == Certainty::Certain);
            certain.or(decisions.first()).map_or(DecimalSign::Point, |(sign, _)| *sign)
        });
        let date_column = roles.iter().position(|role| *role == Role::Date);
        let some_days = date_column.map_or(Vec::new(), |column| {
            let cells = head.records.iter().filter_map(|record| record.get(column));
            cells.filter_map(|cell| dates::parse(cell.as_bytes(), date_order).ok()).map(|moment| moment.day).collect()
        });
        let order_column = roles.iter().position(|role| *role == Role::Order);
        let encoding = options.encoding.or(lessons.encoding).unwrap_or(head.detected.encoding);
        let mapped = !options.roles.is_empty();
        Plan {
            kind,
            is_set_aside: options.skip,
            layout,
            reading: Reading {
                encoding,
                encoding_guessed: head.detected.guessed || lessons.encoding.is_some(),
                delimiter: head.dialect.delimiter,
                has_header: head.dialect.has_header,
                first_line: head.dialect.first_line,
                decimal,
                date_order,
            },
            missing,
            dates,
            guesses,
            mapped,
            one_row_an_order: order_column.is_some_and(|column| one_row_an_order(&head.records, column)),
            some_days,
        }
    }

    /// The column that plays a role.
    pub fn column(&self, role: Role) -> Option<usize> {
        self.guesses.iter().position(|guess| guess.role == role)
    }

    /// Whether its rows are of use: it is told what they are, nothing that they need is missing, and it is not set aside.
    pub fn takes_part(&self) -> bool {
        self.kind != TableKind::Other && self.missing.is_empty() && !self.is_set_aside
    }

    /// Whether the table is one of orders with all that they need, and not set aside.
    pub fn is_orders(&self) -> bool {
        self.kind == TableKind::Orders && !self.is_set_aside
    }

    /// The first records of the table that are rows of it: a second header is none.
    pub fn rows_of<'h>(&self, head: &'h Head) -> &'h [Vec<String>] {
        let second_header = self.layout.is_some_and(|layout| layout.traps.contains(&Trap::SecondHeader));
        head.records.get(usize::from(second_header)..).unwrap_or_default()
    }

    /// The order of dates that the export always has, where it is a known one.
    pub fn date_order_of_layout(&self) -> Option<DateOrder> {
        order_of(self.layout)
    }

    /// The columns as the review shows them.
    pub fn columns(&self, head: &Head) -> Vec<ColumnReview> {
        let guessed = self.guesses.iter().zip(&head.columns);
        guessed
            .map(|(guess, column)| ColumnReview {
                name: column.name.clone(),
                role: guess.role,
                confidence: guess.confidence,
                why: guess.why.clone(),
                samples: column.samples.clone(),
                empty: column.empty,
                distinct: column.distinct,
                looked_at: column.looked_at,
            })
            .collect()
    }
}

/// The columns whose numbers tell the decimal sign, the most telling first.
const NUMBERS: [Role; 7] =
    [Role::Amount, Role::UnitPrice, Role::Quantity, Role::Outcome, Role::Recency, Role::Observed, Role::Frequency];

/// What the rows of a table are, and the parts of its columns.
struct Parts {
    kind: TableKind,
    guesses: Vec<Guess>,
    missing: Vec<Role>,
}

/// What a table is and which column plays which part: as a person said, else as it is guessed.
fn parts_of(head: &Head, found: Option<&Found>, options: &ReadOptions) -> Parts {
    let guessed = match found {
        Some(found) => guess::guess_known(&head.columns, found),
        None => guess::guess(&head.columns),
    };
    let roles = |guesses: &[Guess]| guesses.iter().map(|guess| guess.role).collect::<Vec<Role>>();
    let roles_guessed = roles(&guessed);
    let missing_guessed = guess::missing(&roles_guessed);
    let as_orders = with_said(guessed.clone(), head, options);
    let missing = guess::missing(&roles(&as_orders));
    let kind = options.kind.unwrap_or_else(|| {
        let kind = match found.map(|found| found.layout.kind) {
            Some(TableKind::Orders) if missing_guessed.is_empty() => TableKind::Orders,
            Some(TableKind::Orders) => TableKind::Other,
            Some(kind) => kind,
            None => kind::of(&head.columns, &roles_guessed, &missing_guessed),
        };
        let said: Vec<Role> = options.roles.values().copied().collect();
        match kind {
            // Who names a customer, a date and an amount means that the rows are orders.
            _ if guess::missing(&said).is_empty() => TableKind::Orders,
            TableKind::Other if !said.is_empty() && missing.is_empty() => TableKind::Orders,
            TableKind::Orders if !missing.is_empty() => TableKind::Other,
            kind => kind,
        }
    });
    match kind {
        TableKind::Orders if missing.is_empty() => Parts { kind, guesses: as_orders, missing },
        TableKind::Orders | TableKind::Other => Parts { kind: TableKind::Other, guesses: as_orders, missing },
        kind => {
            let guesses = with_said(parts::guess(kind, &head.columns, guessed, found), head, options);
            let missing = parts::missing(kind, &roles(&guesses));
            Parts { kind, guesses, missing }
        }
    }
}

/// Whether records with the same order number are equal in every cell, and some orders are told apart.
fn one_row_an_order(records: &[Vec<String>], column: usize) -> bool {
    let id = |at: usize| records[at].get(column).map_or("", |id| id.trim());
    let by_id = order::places(records.len(), &mut |a, b| id(a).cmp(id(b)));
    let named = &by_id[by_id.partition_point(|at| id(*at).is_empty())..];
    !named.is_empty() && named.windows(2).all(|two| id(two[0]) != id(two[1]) || records[two[0]] == records[two[1]])
}

fn order_of(layout: Option<&'static Layout>) -> Option<DateOrder> {
    layout?.traps.iter().find_map(|trap| match trap {
        Trap::Dates(order) => Some(*order),
        _ => None,
    })
}

/// The guesses, with what a person said in their place: a role given to one column is taken from all others.
fn with_said(mut guesses: Vec<Guess>, head: &Head, options: &ReadOptions) -> Vec<Guess> {
    for (&column, &role) in &options.roles {
        if column >= guesses.len() {
            continue;
        }
        if !role.may_repeat() {
            for (other, guess) in guesses.iter_mut().enumerate() {
                if other != column && guess.role == role {
                    let better = head.columns[column].name.clone();
                    *guess = Guess {
                        role: Role::Unused,
                        confidence: Confidence::Said,
                        why: Why::AnotherIsBetter { column: better },
                    };
                }
            }
        }
        guesses[column] = Guess { role, confidence: Confidence::Said, why: Why::Chosen };
    }
    if options.without_order_numbers {
        let numbers = guesses.iter_mut().filter(|guess| guess.role == Role::Order);
        numbers.for_each(|guess| *guess = Guess { role: Role::Unused, confidence: Confidence::Said, why: Why::Chosen });
    }
    guesses
}
