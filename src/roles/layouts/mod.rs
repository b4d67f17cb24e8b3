//! Exports that are known: which platform writes which columns, and what is to be watched out for in them.
//!
//! A layout is data: one [`Layout`] in the file of its platform, and its name in [`ALL`]. A new one takes the header of a
//! real export, a fixture in `tests/fixtures/layouts/` and a line in `tests/layouts.rs`.
//!
//! * [`recognise`] (here): from a file's columns to a layout.
//! * `shopify`, `woocommerce`, `stripe`, `square`, `paypal`, `marketplaces`: orders and payments.
//! * `contacts`: lists of customers; `ads`: money spent; `surveys`: answers.

mod ads;
mod contacts;
mod marketplaces;
mod paypal;
mod shopify;
mod square;
mod stripe;
mod surveys;
mod woocommerce;

use super::kind::TableKind;
use super::names::normalise;
use super::{Role, shapes};
use crate::ingest::dates::DateOrder;
use crate::ingest::profile::ColumnProfile;
use crate::ingest::receipt::Reason;

/// An export of a platform.
#[derive(Debug)]
pub struct Layout {
    /// Who writes it, as people know it: `Shopify`.
    pub platform: &'static str,
    /// What the platform calls it.
    pub name: &'static str,
    /// What its rows are.
    pub kind: TableKind,
    /// The columns that mark it, as its header has them, commas between them. One in five may be missing or renamed.
    pub header: &'static str,
    /// Which column plays which part; the first that is there, where a part stands twice.
    pub roles: &'static [(Role, &'static str)],
    /// What is to be watched out for.
    pub traps: &'static [Trap],
}

/// What is to be watched out for in an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trap {
    /// A row is a line of an order, and what holds for the order (customer, date, total) stands on its first row only.
    /// The total is what counts. Columns whose names begin like this are the line's, all others the order's.
    LinesOfOrders(&'static str),
    /// A column that is filled, mostly with a date, where the order was cancelled.
    CancelledWhereFilled(&'static str),
    /// The column of refunds holds what is left of the amount after them, and 0 or nothing where there were none; or 0
    /// where all of it was given back, which one of these tells.
    RefundsAsRemainder(&'static [(&'static str, Says)]),
    /// Rows that are no sale, and why.
    LeaveOut(Reason, &'static [(&'static str, Says)]),
    /// Rows that give money back, told by a column: their customer and their order stand in other columns.
    Refunds {
        /// The column and what tells it.
        when: (&'static str, Says),
        /// The column of the customer.
        customer: &'static str,
        /// The column of the order that is refunded.
        order: &'static str,
    },
    /// Customers without an account have no id: this column tells them apart.
    Guests(&'static str),
    /// Customers are e-mail addresses: small and capital letters are the same.
    EmailIsCustomer,
    /// Customers are known by name only: two of the same name are one.
    NameIsCustomer,
    /// Texts of digits are marked with an apostrophe in front.
    Apostrophes,
    /// Dates are written in this order, whatever the language of the account.
    Dates(DateOrder),
    /// The header of the amount names the currency.
    CurrencyInHeader,
    /// Lines of a title stand above the header.
    Preamble,
    /// A second header stands below the first.
    SecondHeader,
    /// Lines of totals stand among the rows.
    Totals,
}

/// What the cell of a column says. Words are in small letters; capital letters in the cell are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// One of these.
    OneOf(&'static [&'static str]),
    /// Something, but none of these.
    NoneOf(&'static [&'static str]),
    /// One of these is part of it.
    Holds(&'static [&'static str]),
    /// Something, but none of these is part of it.
    HoldsNone(&'static [&'static str]),
    /// A number other than 0.
    NotZero,
}

impl Says {
    /// Whether a cell says it.
    pub fn is_said_by(self, cell: &str) -> bool {
        let equal = |words: &[&str]| words.iter().any(|word| cell.eq_ignore_ascii_case(word));
        let within = |words: &[&str]| words.iter().any(|word| holds(cell, word));
        match self {
            Says::OneOf(words) => equal(words),
            Says::NoneOf(words) => !cell.is_empty() && !equal(words),
            Says::Holds(words) => within(words),
            Says::HoldsNone(words) => !cell.is_empty() && !within(words),
            Says::NotZero => cell.bytes().any(|byte| matches!(byte, b'1'..=b'9')),
        }
    }
}

fn holds(cell: &str, word: &str) -> bool {
    cell.as_bytes().windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
}

/// All that are known.
pub const ALL: [&Layout; 26] = [
    &shopify::ORDERS,
    &shopify::CUSTOMERS,
    &shopify::CUSTOMERS_OLDER,
    &shopify::PAYMENTS,
    &woocommerce::ORDERS,
    &woocommerce::CUSTOMERS,
    &woocommerce::ORDER_EXPORT,
    &stripe::PAYMENTS,
    &stripe::BALANCE,
    &square::TRANSACTIONS_2022,
    &square::TRANSACTIONS_2026,
    &square::ITEMS,
    &paypal::ACTIVITY,
    &paypal::ACTIVITY_ALL,
    &contacts::HUBSPOT,
    &contacts::KLAVIYO,
    &contacts::MAILCHIMP,
    &ads::GOOGLE,
    &ads::META,
    &ads::MICROSOFT,
    &ads::LINKEDIN,
    &surveys::SURVEYMONKEY,
    &surveys::TYPEFORM,
    &surveys::TYPEFORM_OLDER,
    &marketplaces::ETSY,
    &marketplaces::AMAZON,
];

/// Columns of a table that are looked at: no export has more that matter.
const MOST_COLUMNS: usize = 400;
/// Records looked through for a header that stands below a title.
const MOST_ABOVE: usize = 20;

/// A layout found in a file, and the columns that play its parts.
#[derive(Clone, Debug)]
pub struct Found {
    /// The layout.
    pub layout: &'static Layout,
    /// Part and column, each part once.
    pub roles: Vec<(Role, usize)>,
}

/// The layout that a table has, told by its header, where its values don't speak against it.
///
/// `records` are the first below the header: where a title stands above the real header, that is one of them.
pub fn recognise(columns: &[ColumnProfile], records: &[Vec<String>]) -> Option<Found> {
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    if let Some(mut found) = of_header(&names, |_| true) {
        return found.fits(columns).then_some(found);
    }
    records.iter().take(MOST_ABOVE).find_map(|record| {
        let names: Vec<&str> = record.iter().map(String::as_str).collect();
        of_header(&names, |layout| layout.traps.contains(&Trap::Preamble))
    })
}

/// The layout of which most columns are there, none that is needed missing.
fn of_header(names: &[&str], admitted: impl Fn(&Layout) -> bool) -> Option<Found> {
    let header: Vec<Name> = names.iter().take(MOST_COLUMNS).map(|name| Name::of(name)).collect();
    let mut best: Option<(usize, Found)> = None;
    for layout in ALL.into_iter().filter(|layout| admitted(layout)) {
        let (mut there, mut missing) = (0, 0);
        for mark in layout.header.split(',') {
            match place(&header, mark) {
                Some(_) => there += 1,
                None => missing += 1,
            }
        }
        // The one with more columns says more: an older variant mostly has some of those of a newer one.
        if missing * 5 > there + missing || best.as_ref().is_some_and(|(most, _)| *most >= there) {
            continue;
        }
        let mut roles: Vec<(Role, usize)> = Vec::new();
        for &(role, name) in layout.roles {
            if let Some(column) = place(&header, name)
                && roles.iter().all(|(taken, at)| *at != column && (*taken != role || role.may_repeat()))
            {
                roles.push((role, column));
            }
        }
        let found = Found { layout, roles };
        if found.has_what_it_needs() {
            best = Some((there, found));
        }
    }
    best.map(|(_, found)| found)
}

impl Found {
    /// Whether the columns are there that a table of orders needs and that mark the layout: a renamed one is looked for
    /// by what its values are.
    fn has_what_it_needs(&self) -> bool {
        let is_there = |role: Role| self.roles.iter().any(|(other, _)| *other == role);
        let marks = |name: &str| self.layout.header.split(',').any(|mark| mark == name);
        let mut needed = self.layout.roles.iter().filter(|(role, name)| role.is_needed() && marks(name));
        self.layout.kind != TableKind::Orders || needed.all(|(role, _)| is_there(*role))
    }

    /// Whether the values of a table of orders let its columns play their parts. A column to group by for which they
    /// don't loses its part.
    fn fits(&mut self, columns: &[ColumnProfile]) -> bool {
        if self.layout.kind != TableKind::Orders {
            return true;
        }
        let allowed = |&(role, column): &(Role, usize)| shapes::allows(role, &columns[column], true);
        self.roles.retain(|part| part.0.is_needed() || allowed(part));
        self.roles.iter().all(allowed)
    }
}

/// A header as it is compared: whole, and without what is in parentheses.
struct Name<'a> {
    written: &'a str,
    whole: String,
    bare: String,
}

impl Name<'_> {
    fn of(written: &str) -> Name<'_> {
        let bare = written.split('(').next().unwrap_or(written);
        Name { written: written.trim(), whole: normalise(written), bare: normalise(bare) }
    }
}

/// The place of a column in a header; a currency behind its name does not matter.
fn place(header: &[Name<'_>], name: &str) -> Option<usize> {
    let wanted = Some(normalise(name)).filter(|wanted| !wanted.is_empty());
    let whole = || header.iter().position(|other| wanted.as_ref() == Some(&other.whole));
    let bare = || header.iter().position(|other| wanted.as_ref() == Some(&other.bare));
    let written = || header.iter().position(|other| other.written == name);
    whole().or_else(bare).or_else(written)
}

/// The column with a name, as layouts name columns, among the names of a file.
pub fn column(names: &[String], name: &str) -> Option<usize> {
    let header: Vec<Name> = names.iter().take(MOST_COLUMNS).map(|name| Name::of(name)).collect();
    place(&header, name)
}
