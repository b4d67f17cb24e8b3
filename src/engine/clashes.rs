//! Orders that clash: what is asked of them, what is taken until that is answered, and what follows from it.

use std::ops::Range;
use std::rc::Rc;

use super::source::Source;
use crate::ledger::LedgerBuilder;
use crate::ledger::conflicts::{self, Conflicts};
use crate::ledger::intake::Plan;
use crate::ledger::intake::dropped::Dropped;
use crate::math::order;
use crate::protocol::{Doubt, InFiles, Question};
use crate::roles::Role;

/// The rows of a source in the builder.
pub(super) type RowsOf = (usize, Range<usize>);

/// What clashes, and what is done about what stands in several files.
pub(super) struct Clashes {
    found: Rc<Conflicts>,
    /// The source of each file that the conflicts are of.
    sources: Vec<usize>,
    in_files: InFiles,
}

impl Clashes {
    /// Finds what clashes among the orders in a builder.
    pub(super) fn find(builder: &LedgerBuilder, rows: &[RowsOf], sources: &[Source]) -> Clashes {
        let ranges: Vec<Range<usize>> = rows.iter().map(|(_, rows)| rows.clone()).collect();
        let found = conflicts::find(builder, &ranges);
        let mut clashes = Clashes {
            found: Rc::new(found),
            sources: rows.iter().map(|(at, _)| *at).collect(),
            in_files: InFiles::Apart,
        };
        let said = sources.iter().find_map(|source| source.options.orders_in_files);
        let between = &clashes.found.between;
        // Who numbers orders by themselves has other customers under the same numbers.
        let mostly_others = between.other_customers * 2 > between.orders();
        let newest = clashes.by_age(sources).first().map(|file| InFiles::Table(clashes.sources[*file]));
        clashes.in_files = said.or(newest.filter(|_| !mostly_others)).unwrap_or(InFiles::Apart);
        clashes
    }

    /// The files whose dates reach furthest first; of equal ones the last.
    fn by_age(&self, sources: &[Source]) -> Vec<usize> {
        let last = |file: usize| sources[self.sources[file]].read.by_day.keys().max();
        order::places(self.sources.len(), &mut |a, b| last(b).cmp(&last(a)).then(b.cmp(&a)))
    }

    /// Says which orders each source does not give when it is read again; whether there are any.
    pub(super) fn drop_from(&self, sources: &mut [Source]) -> bool {
        let mut preferred = self.by_age(sources);
        if let InFiles::Table(table) = self.in_files {
            let is_other = |file: &usize| self.sources[*file] != table;
            order::sort_by(&mut preferred, |a, b| is_other(a).cmp(&is_other(b)));
        }
        let differing = self.in_files != InFiles::Apart;
        let mut any = false;
        for (file, at) in self.sources.iter().enumerate() {
            let options = &sources[*at].options;
            let elsewhere = self.found.between.dropped(file, &preferred, !options.count_repeated, differing);
            let leave_out = options.orders_of_several == Some(Doubt::LeaveOut);
            let several = leave_out.then(|| (Rc::clone(&self.found), file));
            let dropped = Dropped { elsewhere, several };
            if !dropped.is_empty() {
                sources[*at].dropped = Some(Rc::new(dropped));
                any = true;
            }
        }
        any
    }

    /// Makes different orders of those that a person, or what speaks for it, says are different.
    pub(super) fn settle(&self, builder: &mut LedgerBuilder, rows: &[RowsOf], sources: &[Source]) {
        let ranges: Vec<Range<usize>> = rows.iter().map(|(_, rows)| rows.clone()).collect();
        if self.in_files == InFiles::Apart && self.found.between.orders() > 0 {
            conflicts::apart_by_file(builder, &ranges, &self.found.between);
        }
        for (file, range) in ranges.into_iter().enumerate() {
            let dates = &self.found.within[file].dates;
            if sources[self.sources[file]].options.orders_far_apart == Some(true) && dates.orders() > 0 {
                conflicts::apart_by_date(builder, range, dates);
            }
        }
    }

    /// What is to be asked of a source.
    pub(super) fn questions(&self, sources: &[Source], at: usize) -> Vec<Question> {
        let mut all = Vec::new();
        let (Some(file), source) = (self.sources.iter().position(|known| *known == at), &sources[at]) else {
            return all;
        };
        let column = source.plan.as_ref().and_then(|plan: &Plan| plan.column(Role::Order));
        let column = column.and_then(|column| source.names().into_iter().nth(column)).unwrap_or_default();
        let within = &self.found.within[file];
        if within.customers.orders() > 0 && source.options.orders_of_several.is_none() {
            let (orders, example) = (within.customers.orders(), within.customers.example.clone());
            all.push(Question::OrdersOfSeveral { column: column.clone(), orders, example });
        }
        if within.dates.orders() > 0 && source.options.orders_far_apart.is_none() {
            let (orders, example) = (within.dates.orders(), within.dates.example.clone());
            all.push(Question::OrdersFarApart { column, orders, example });
        }
        // Asked once, of the first file: it is one question about all of them.
        let between = &self.found.between;
        let said = sources.iter().any(|source| source.options.orders_in_files.is_some());
        if file == 0 && between.orders() > 0 && !said {
            all.push(Question::OrdersInFiles {
                orders: between.orders(),
                other_customers: between.other_customers,
                example: between.example.clone(),
                files: self.sources.iter().map(|at| (*at, sources[*at].info.name.clone())).collect(),
                chosen: self.in_files,
            });
        }
        all
    }
}
