//! What was decided in reading a table, from what was read: a list in the order in which reading takes them.

use super::review;
use super::source::Source;
use crate::ingest::certainty::Certainty;
use crate::ingest::dates::{self, DateOrder};
use crate::ingest::decision::{COUNTED, DecidedBy, Decision, LEFT_OUT, Matter, NOT_SAID, Seen};
use crate::ingest::encoding::Encoding;
use crate::ingest::numbers;
use crate::ingest::profile::shorten;
use crate::ingest::receipt::{Example, Reason};
use crate::ingest::unpack::Packing;
use crate::ledger::intake::marks::Mark;
use crate::ledger::intake::{Head, Plan};
use crate::math::order;
use crate::roles::Role;
use crate::roles::layouts::Trap;

/// Characters of an example that are shown.
const SHOWN: usize = 60;

/// Columns that are named as an example of a header.
const NAMED: usize = 4;

/// The decisions about each table.
pub(super) fn of_all(sources: &[Source]) -> Vec<Vec<Decision>> {
    let first = sources.iter().position(|source| source.plan.as_ref().is_some_and(Plan::is_orders));
    let of = |(at, source): (usize, &Source)| {
        let (Some(head), Some(plan)) = (&source.head, &source.plan) else { return Vec::new() };
        let mut table = Table { source, head, plan, all: Vec::new() };
        if plan.is_set_aside {
            table.add(Matter::Use, "set_aside", DecidedBy::Person, None, &["used"]);
            return table.all;
        }
        table.text();
        if plan.is_orders() {
            table.amounts_and_dates();
            // Said once, of the first table of orders: it is one decision for all of them.
            if first == Some(at) {
                table.currency(sources);
            }
            table.orders();
            table.rows();
        } else if plan.takes_part() && plan.column(Role::Date).is_some() {
            table.amounts_and_dates();
        }
        table.all
    };
    sources.iter().enumerate().map(of).collect()
}

/// A table whose decisions are gathered.
struct Table<'a> {
    source: &'a Source,
    head: &'a Head,
    plan: &'a Plan,
    all: Vec<Decision>,
}

impl Table<'_> {
    fn add(&mut self, about: Matter, value: &str, by: DecidedBy, example: Option<Seen>, instead: &[&str]) {
        self.add_rows(about, value, by, None, example, instead);
    }

    fn add_rows(
        &mut self,
        about: Matter,
        value: &str,
        by: DecidedBy,
        rows: Option<u64>,
        example: Option<Seen>,
        instead: &[&str],
    ) {
        let is_said = self.source.options.says(about);
        let mut values: Vec<String> =
            instead.iter().filter(|other| **other != value).map(|other| (*other).to_owned()).collect();
        // Of two values, the other one takes back what was said.
        if is_said && values.len() != 1 {
            values.insert(0, NOT_SAID.to_owned());
        }
        let by = if is_said { DecidedBy::Person } else { by };
        self.all.push(Decision { about, value: value.to_owned(), by, rows, example, instead: values });
    }

    /// Whose export it is, and how its bytes become cells.
    fn text(&mut self) {
        let reading = &self.plan.reading;
        match self.plan.layout {
            Some(layout) => {
                let names = Some(self.header());
                self.add(Matter::Layout, layout.platform, DecidedBy::File, names, &["none"]);
            }
            None if self.source.options.as_any_table => {
                self.add(Matter::Layout, "none", DecidedBy::Person, None, &[]);
            }
            None => {}
        }
        // What was unpacked from sheets and objects has no encoding and no delimiter of its own.
        let is_text = match self.source.packing {
            Packing::Plain | Packing::Gzip => true,
            Packing::Zip => (reading.encoding, reading.delimiter) != (Encoding::Utf8, b','),
            _ => false,
        };
        if is_text {
            let by = if reading.encoding_guessed { DecidedBy::Guess } else { DecidedBy::File };
            let foreign = self.cell(|_, cell| !cell.is_ascii());
            let instead: Vec<&str> = match reading.encoding {
                _ if by == DecidedBy::Guess => Encoding::ALL.iter().map(|encoding| encoding.name()).collect(),
                Encoding::Utf8 => vec![Encoding::Windows1252.name()],
                Encoding::Windows1252 => vec![Encoding::Utf8.name()],
                Encoding::Utf16Le | Encoding::Utf16Be => Vec::new(),
            };
            self.add(Matter::Encoding, reading.encoding.name(), by, foreign, &instead);
            let delimiter = char::from(reading.delimiter).to_string();
            let first = self.head.lines.first().map(|line| Seen { line: None, found: shorten(line, SHOWN) });
            self.add(Matter::Delimiter, &delimiter, DecidedBy::File, first, &[",", ";", "\t", "|"]);
        }
        let header = if reading.has_header { "names" } else { "data" };
        let names = self.header();
        self.add(Matter::Header, header, DecidedBy::File, Some(names), &["names", "data"]);
    }

    /// The beginning of the first row of the table.
    fn header(&self) -> Seen {
        let names = match self.plan.reading.has_header {
            true => self.head.names(),
            false => self.head.records.first().cloned().unwrap_or_default(),
        };
        let shown = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = if names.len() > NAMED { ", …" } else { "" };
        Seen { line: Some(self.plan.reading.first_line), found: format!("{}{more}", shorten(&shown, SHOWN)) }
    }

    /// A cell among the records looked at of which something holds: the first by its bytes, so that it does not depend on
    /// the order of rows.
    fn cell(&self, holds: impl Fn(usize, &str) -> bool) -> Option<Seen> {
        let cells = self.head.records.iter().flat_map(|record| record.iter().enumerate());
        let held = cells.map(|(column, cell)| (column, cell.trim())).filter(|(column, cell)| holds(*column, cell));
        held.map(|(_, cell)| cell).min().map(seen)
    }

    fn amounts_and_dates(&mut self) {
        let (read, plan) = (&self.source.read, self.plan);
        let amount = plan.column(Role::Amount).or_else(|| plan.column(Role::UnitPrice));
        let decimal = plan.reading.decimal;
        // One that the other sign would read otherwise.
        let told = |column: usize, cell: &str| {
            let number = |sign| numbers::parse(cell.as_bytes(), sign).ok().map(|number| number.value);
            Some(column) == amount && number(decimal).is_some() && number(decimal) != number(decimal.other())
        };
        let example = match &read.decimal_example {
            Some(open) if matches!(read.decimal, Some((_, Certainty::Ask))) => Some(seen(open)),
            _ => self.cell(told),
        };
        // Whole numbers are the same with either sign.
        if example.is_some() || self.source.options.decimal.is_some() {
            let by = match read.decimal {
                Some((_, Certainty::Ask)) => DecidedBy::Guess,
                _ => DecidedBy::File,
            };
            let (value, other) = (decimal.char().to_string(), decimal.other().char().to_string());
            // Where the other sign reads nothing, there is nothing to choose.
            let reads = |seen: &Seen| numbers::parse(seen.found.as_bytes(), decimal.other()).is_ok();
            let instead = if example.as_ref().is_none_or(reads) { vec![other.as_str()] } else { Vec::new() };
            self.add(Matter::Decimal, &value, by, example, &instead);
        }

        let (column, order) = (plan.column(Role::Date), plan.reading.date_order);
        let instead = match order {
            DateOrder::DayMonthYear => Some(DateOrder::MonthDayYear),
            DateOrder::MonthDayYear => Some(DateOrder::DayMonthYear),
            _ => None,
        };
        let day = |cell: &str, order| dates::parse(cell.as_bytes(), order).ok().map(|moment| moment.day);
        let is_date = |at: usize, cell: &str| Some(at) == column && day(cell, order).is_some();
        let only_so =
            |at: usize, cell: &str| is_date(at, cell) && instead.is_some_and(|other| day(cell, other).is_none());
        let open = read.dates.as_ref().filter(|dates| dates.certainty == Certainty::Ask);
        let is_open_in_head = plan.dates.as_ref().is_some_and(|dates| dates.certainty == Certainty::Ask);
        let by = match (open, plan.date_order_of_layout()) {
            (Some(_), _) => DecidedBy::Guess,
            (None, Some(always)) if always == order && is_open_in_head => DecidedBy::Export,
            _ => DecidedBy::File,
        };
        let example = open
            .and_then(|dates| dates.example.as_deref())
            .map(seen)
            .or_else(|| self.cell(only_so))
            .or_else(|| self.cell(is_date));
        let instead: Vec<&str> = instead.iter().map(|order| order.name()).collect();
        self.add(Matter::DateOrder, order.name(), by, example, &instead);
    }

    fn currency(&mut self, sources: &[Source]) {
        let told = review::currencies(sources);
        let Some(value) = review::currency(sources) else { return };
        let others = || review::orders(sources).flat_map(|source| source.read.blame.left_out());
        let other = others().find(|left| left.reason == Reason::OtherCurrency);
        let rows = other.as_ref().map(|left| left.rows);
        let example = other.and_then(|left| left.examples.first().map(at));
        let instead: Vec<&str> = told.iter().map(|(code, _)| code.as_str()).collect();
        let by = if instead.len() > 1 { DecidedBy::Guess } else { DecidedBy::File };
        self.add_rows(Matter::Currency, &value, by, rows, example, &instead);
    }

    /// Which rows are one purchase.
    fn orders(&mut self) {
        let number = self.plan.column(Role::Order);
        let traps = self.plan.layout.map_or(&[][..], |layout| layout.traps);
        let has_lines = traps.iter().any(|trap| matches!(trap, Trap::LinesOfOrders(_)));
        let Some(column) = number else {
            return self.add(Matter::Orders, "time", DecidedBy::Rule, None, &[]);
        };
        let mut ids: Vec<&str> =
            self.head.records.iter().filter_map(|record| record.get(column)).map(|id| id.trim()).collect();
        order::sort_by(&mut ids, Ord::cmp);
        let twice = ids.windows(2).find(|two| two[0] == two[1] && !two[0].is_empty());
        let example = twice.map(|two| seen(two[0]));
        // Lines that don't name customer and date themselves can't be told apart without it.
        let instead: &[&str] = if has_lines { &[] } else { &["time"] };
        self.add(Matter::Orders, "order_number", DecidedBy::File, example, instead);
    }

    /// What became of rows that something speaks against.
    fn rows(&mut self) {
        let read = &self.source.read;
        let left_out = read.blame.left_out();
        for about in Matter::ABOUT_ROWS {
            let left = left_out.iter().find(|left| Some(left.reason) == about.reason());
            let by = match about {
                Matter::Cancelled | Matter::Repeated | Matter::OddDates => DecidedBy::Rule,
                _ => DecidedBy::Export,
            };
            let comes_again = read.marked.repeated.as_ref().filter(|_| about == Matter::Repeated);
            if let Some(left) = left {
                let example = left.examples.first().map(at);
                self.add_rows(about, LEFT_OUT, by, Some(left.rows), example, &[COUNTED]);
            } else if self.source.options.says(about) {
                let (rows, example) = (comes_again.map(|mark| mark.rows), comes_again.map(|mark| at(&mark.example)));
                self.add_rows(about, COUNTED, by, rows, example, &[LEFT_OUT]);
            } else if let Some(Mark { rows, example }) = comes_again {
                self.add_rows(about, COUNTED, by, Some(*rows), Some(at(example)), &[]);
            }
        }
        if let Some(Mark { rows, example }) = &read.marked.rounded {
            self.add_rows(Matter::Rounded, "rounded", DecidedBy::Rule, Some(*rows), Some(at(example)), &[]);
        }
        if read.nul_characters > 0 {
            let characters = Some(read.nul_characters);
            self.add_rows(Matter::NulCharacters, "taken_out", DecidedBy::Rule, characters, None, &[]);
        }
    }
}

fn seen(text: &str) -> Seen {
    Seen { line: None, found: shorten(text, SHOWN) }
}

fn at(example: &Example) -> Seen {
    Seen { line: Some(example.line), found: example.found.clone() }
}
