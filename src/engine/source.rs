//! A table on its way into the ledger, and what became of its rows.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::review;
use crate::ingest::content::{Content, Matched};
use crate::ingest::decision::Decision;
use crate::ingest::profile::shown;
use crate::ingest::receipt::{LeftOut, Reason, TableReceipt, most_first};
use crate::ingest::unpack::Packing;
use crate::ledger::intake::dropped::Dropped;
use crate::ledger::intake::lessons::Lessons;
use crate::ledger::intake::own_totals;
use crate::ledger::intake::{FileRead, Head, Plan};
use crate::math::{Day, Money};
use crate::protocol::{FileInfo, Note, ReadOptions};
use crate::tables::Table;
use crate::tables::join::Joined;

/// The kind of a table in a report that a person has set aside.
const SET_ASIDE: &str = "set_aside";

/// A table and all that is known of it: a file, or one of the tables that are packed in a file.
pub(super) struct Source {
    /// The file that it lies in.
    pub(super) file: usize,
    pub(super) packing: Packing,
    /// Its text, where the file had to be unpacked whole.
    pub(super) text: Option<Rc<Vec<u8>>>,
    /// Its name, and the size of what is read of it.
    pub(super) info: FileInfo,
    pub(super) options: ReadOptions,
    pub(super) lessons: Lessons,
    pub(super) head: Option<Head>,
    pub(super) plan: Option<Plan>,
    pub(super) read: FileRead,
    /// What was decided in reading it, once that is at its end.
    pub(super) decisions: Vec<Decision>,
    /// The orders that it does not give, when it is read again.
    pub(super) dropped: Option<Rc<Dropped>>,
    /// What was read of it, where it is none of orders.
    pub(super) table: Option<Table>,
    /// What that holds.
    pub(super) content: Option<Content>,
    /// Its customers as they were found among those of the orders, and how many were.
    pub(super) joined: Option<Joined>,
    pub(super) matched: Option<Matched>,
}

impl Source {
    pub(super) fn new(file: usize, info: FileInfo) -> Source {
        Source {
            file,
            packing: Packing::Plain,
            text: None,
            info: FileInfo { name: shown(&info.name), ..info },
            options: ReadOptions::default(),
            lessons: Lessons::default(),
            head: None,
            plan: None,
            read: FileRead::default(),
            decisions: Vec::new(),
            dropped: None,
            table: None,
            content: None,
            joined: None,
            matched: None,
        }
    }

    /// The names of its columns.
    pub(super) fn names(&self) -> Vec<String> {
        self.head.as_ref().map(Head::names).unwrap_or_default()
    }

    /// What came in and what became of it, under an end of the period.
    pub(super) fn receipt(&self, end: Option<Day>) -> TableReceipt {
        let (Some(head), Some(plan)) = (&self.head, &self.plan) else { return TableReceipt::default() };
        let read = &self.read;
        let reading = &plan.reading;
        let mut roles: BTreeMap<String, String> = BTreeMap::new();
        for (name, guess) in self.names().into_iter().zip(&plan.guesses) {
            // Several columns may be there to group by, and several without a part.
            let names = roles.entry(guess.role.name().to_owned()).or_default();
            names.push_str(if names.is_empty() { "" } else { ", " });
            names.push_str(&name);
        }
        let late = read.by_day.iter().filter(|(day, _)| end.is_some_and(|end| **day > end));
        let (late_rows, late_amount, late_refunds) =
            late.fold((0, 0i64, 0), |sum, (_, day)| (sum.0 + day.0, sum.1 + day.1, sum.2 + day.2));
        let mut left_out = read.blame.left_out();
        if late_rows > 0 {
            let amount = Some(Money(late_amount));
            left_out.push(LeftOut { reason: Reason::AfterEnd, rows: late_rows, amount, examples: Vec::new() });
            most_first(&mut left_out);
        }
        TableReceipt {
            kind: if plan.is_set_aside { SET_ASIDE } else { plan.kind.name() }.to_owned(),
            file: self.info.name.clone(),
            bytes: self.info.size,
            rows_read: read.rows_read,
            rows_used: read.rows_used - late_rows,
            refund_rows: read.refund_rows - late_refunds,
            left_out,
            rows_kept: read.blame.kept().0.len() as u64,
            roles,
            encoding: reading.encoding.name().to_owned(),
            delimiter: char::from(reading.delimiter).to_string(),
            decimal: reading.decimal.char().to_string(),
            dates: reading.date_order.name().to_owned(),
            amount_read: Money(read.amount_read),
            amount_used: Money(read.amount_used - late_amount),
            own_totals: own_totals::compared(&read.own_totals, read.amount_read, read.amount_used - late_amount),
            decisions: self.decisions.clone(),
            notes: review::notes(self, head, plan).iter().map(Note::receipt).collect(),
            content: self.content.clone(),
            matched: self.matched.clone(),
        }
    }
}
