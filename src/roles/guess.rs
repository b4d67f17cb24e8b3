//! From names and values to roles.
//!
//! 1. Names: a header that is known, or a word in it, proposes a role; the values have to allow it.
//! 2. Amount or quantity and price: one of them counts, never both.
//! 3. Shapes: what is still needed is looked for among the columns that no name claims.
//! 4. The rest: columns of few values are to filter by; what is left takes no part.
//!
//! In a known export the first three are known; only what it leaves open is asked of the names.

use super::kind::TableKind;
use super::layouts::{Found, Trap};
use super::names::{is_surely_no_customer, known, normalise, told_by_part};
use super::shapes;
use super::{Confidence, Role, Why};
use crate::ingest::profile::ColumnProfile;

/// The role of a column, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// The role.
    pub role: Role,
    /// How sure.
    pub confidence: Confidence,
    /// Why.
    pub why: Why,
}

/// Points of a whole known name less its place; of a word in a name less its place.
const WHOLE_NAME: u32 = 1_000;
const NAME_PART: u32 = 500;
/// What a column loses that is nearly empty: another one of the same kind is better.
const NEARLY_EMPTY: u32 = 300;

/// Guesses the role of each column. A role that only one column may play is given once, to the best.
pub fn guess(columns: &[ColumnProfile]) -> Vec<Guess> {
    let mut cast = Cast { columns, guesses: vec![None; columns.len()], proposals: propose(columns) };
    cast.by_name();
    cast.amount_or_price();
    cast.by_shape();
    cast.the_rest()
}

/// The roles of the columns of a known export.
pub fn guess_known(columns: &[ColumnProfile], found: &Found) -> Vec<Guess> {
    let mut cast = Cast { columns, guesses: vec![None; columns.len()], proposals: propose(columns) };
    let by_name = found.layout.traps.contains(&Trap::NameIsCustomer);
    for &(role, column) in found.roles.iter().filter(|(_, column)| *column < columns.len()) {
        let doubtful = by_name && role == Role::Customer;
        let why = Why::KnownExport { platform: found.layout.platform.to_owned(), by_name };
        cast.give(column, role, if doubtful { Confidence::Likely } else { Confidence::Sure }, why);
    }
    if found.layout.kind == TableKind::Orders {
        // Exports with columns that a person chose may have them under other names.
        let taken: Vec<bool> = cast.guesses.iter().map(Option::is_some).collect();
        let open: Vec<Role> = Role::ALL.into_iter().filter(|role| cast.player(*role).is_none()).collect();
        cast.proposals.retain(|other| !taken[other.column] && other.role.is_needed() && open.contains(&other.role));
        cast.by_name();
    }
    cast.the_rest()
}

/// The needed roles that no column plays: customer, date, and an amount or quantity and unit price.
pub fn missing(roles: &[Role]) -> Vec<Role> {
    let priced = roles.contains(&Role::Quantity) && roles.contains(&Role::UnitPrice);
    [Role::Customer, Role::Date, Role::Amount]
        .into_iter()
        .filter(|role| !(roles.contains(role) || (*role == Role::Amount && priced)))
        .collect()
}

/// What a name proposes for a column.
struct Proposal {
    column: usize,
    role: Role,
    points: u32,
    why: Why,
}

/// One proposal a column at most: a known name first, then the words within, as far as the values allow it.
fn propose(columns: &[ColumnProfile]) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for (column, profile) in columns.iter().enumerate() {
        let nearly_empty = profile.looked_at > 0 && profile.filled() * 5 < profile.looked_at;
        let deduction = if nearly_empty { NEARLY_EMPTY } else { 0 };
        let mut add = |role, points: u32, why| {
            proposals.push(Proposal { column, role, points: points.saturating_sub(deduction), why });
        };
        match known(&profile.name) {
            // Shopify writes the number of an order as its name.
            Some((Role::Customer, _)) if is_order_sign(profile) => add(Role::Order, WHOLE_NAME - 50, Why::KnownName),
            Some((role, place)) if shapes::allows(role, profile, true) => {
                add(role, WHOLE_NAME - place as u32, Why::KnownName);
            }
            _ => {
                let mut told = told_by_part(&profile.name).enumerate();
                if let Some((place, (role, word))) = told.find(|(_, (role, _))| shapes::allows(*role, profile, false)) {
                    add(role, NAME_PART - place as u32, Why::NamePart { word: word.to_string() });
                }
            }
        }
    }
    proposals
}

fn is_order_sign(profile: &ColumnProfile) -> bool {
    normalise(&profile.name) == "name"
        && !profile.samples.is_empty()
        && profile.samples.iter().all(|sample| sample.starts_with('#'))
}

/// Columns, and the roles given so far.
struct Cast<'a> {
    columns: &'a [ColumnProfile],
    guesses: Vec<Option<Guess>>,
    proposals: Vec<Proposal>,
}

impl Cast<'_> {
    fn give(&mut self, column: usize, role: Role, confidence: Confidence, why: Why) {
        self.guesses[column] = Some(Guess { role, confidence, why });
    }

    fn player(&self, role: Role) -> Option<usize> {
        self.guesses.iter().position(|guess| guess.as_ref().is_some_and(|guess| guess.role == role))
    }

    /// Gives each role to the column with most points for it; the first of equals.
    fn by_name(&mut self) {
        for role in Role::ALL.into_iter().filter(|role| !role.may_repeat()) {
            let mut best: Option<&Proposal> = None;
            for proposal in self.proposals.iter().filter(|proposal| proposal.role == role) {
                if best.is_none_or(|best| proposal.points > best.points) {
                    best = Some(proposal);
                }
            }
            let Some(best) = best else { continue };
            let needed = role.is_needed();
            // `amount` and `amount (2)`: which of them is meant, the person knows.
            let twin = self.proposals.iter().any(|other| {
                let same = other.points == best.points && other.role == role && other.column != best.column;
                same && best.why == Why::KnownName
            });
            let confidence = match best.why {
                _ if twin && needed => Confidence::Ask,
                Why::KnownName => Confidence::Sure,
                _ => Confidence::Likely,
            };
            let (column, why) = (best.column, best.why.clone());
            self.give(column, role, confidence, why);
        }
    }

    /// A total beside quantity and price makes them superfluous; a price without quantity is the amount.
    fn amount_or_price(&mut self) {
        let (amount, quantity, price) =
            (self.player(Role::Amount), self.player(Role::Quantity), self.player(Role::UnitPrice));
        match (amount, quantity, price) {
            (Some(amount), Some(_), Some(price)) if !self.is_total(amount) => {
                self.set_aside(amount, price);
            }
            (Some(amount), quantity, price) => {
                for column in [quantity, price].into_iter().flatten() {
                    self.set_aside(column, amount);
                }
            }
            (None, None, Some(price)) => {
                let why = self.guesses[price].as_ref().map_or(Why::KnownName, |guess| guess.why.clone());
                self.give(price, Role::Amount, Confidence::Likely, why);
            }
            _ => {}
        }
    }

    /// Whether an amount's name says that it is one of a whole line or order.
    fn is_total(&self, column: usize) -> bool {
        match self.guesses[column].as_ref().map(|guess| &guess.why) {
            Some(Why::KnownName) => true,
            Some(Why::NamePart { word }) => matches!(word.as_str(), "total" | "revenue" | "umsatz" | "omzet"),
            _ => false,
        }
    }

    fn set_aside(&mut self, column: usize, better: usize) {
        let why = Why::AnotherIsBetter { column: self.columns[better].name.clone() };
        self.give(column, Role::Unused, Confidence::Likely, why);
    }

    /// Looks for what is needed among the columns that no name claims.
    fn by_shape(&mut self) {
        let claimed: Vec<bool> = (0..self.columns.len())
            .map(|column| self.guesses[column].is_some() || self.proposals.iter().any(|other| other.column == column))
            .collect();
        let free = |cast: &Self| -> Vec<usize> {
            (0..cast.columns.len()).filter(|column| !claimed[*column] && cast.guesses[*column].is_none()).collect()
        };
        let confidence = |tie: bool| if tie { Confidence::Ask } else { Confidence::Likely };
        if self.player(Role::Date).is_none()
            && let Some(found) = shapes::date(self.columns, &free(self))
        {
            let why = Why::ValuesAreDates { share: self.columns[found.column].date_share };
            self.give(found.column, Role::Date, confidence(found.tie), why);
        }
        let priced = self.player(Role::Quantity).is_some() && self.player(Role::UnitPrice).is_some();
        if self.player(Role::Amount).is_none()
            && !priced
            && let Some(found) = shapes::amount(self.columns, &free(self))
        {
            let why = Why::ValuesAreAmounts { share: self.columns[found.column].number_share };
            self.give(found.column, Role::Amount, confidence(found.tie), why);
            if let Some(quantity) = self.player(Role::Quantity) {
                self.set_aside(quantity, found.column);
            }
        }
        if self.player(Role::Customer).is_none() {
            let mut columns = free(self);
            columns.retain(|column| !is_surely_no_customer(&self.columns[*column].name));
            if let Some(found) = shapes::customer(self.columns, &columns) {
                self.give(found.column, Role::Customer, confidence(found.tie), Why::ValuesRepeatLikeIds);
            }
        }
        if self.player(Role::Order).is_none()
            && let Some(found) = shapes::order(self.columns, &free(self))
        {
            self.give(found.column, Role::Order, Confidence::Likely, Why::ValuesAreUniqueIds);
        }
    }

    /// Columns to filter by, and those that take no part.
    fn the_rest(mut self) -> Vec<Guess> {
        for column in 0..self.columns.len() {
            if self.guesses[column].is_some() {
                continue;
            }
            let profile = &self.columns[column];
            // The better column of the same kind, where there is one.
            let role = self.proposals.iter().find(|proposal| proposal.column == column).map(|proposal| proposal.role);
            let role = role.or(profile.has_written_dates(0.5).then_some(Role::Date));
            let better = role.and_then(|role| self.player(role)).map(|better| self.columns[better].name.clone());
            let guess = if shapes::few_values(profile) {
                let why = Why::FewValues { distinct: profile.distinct };
                Guess { role: Role::Dimension, confidence: Confidence::Likely, why }
            } else {
                let why = better.map_or(Why::NothingToGroupBy, |column| Why::AnotherIsBetter { column });
                Guess { role: Role::Unused, confidence: Confidence::Likely, why }
            };
            self.guesses[column] = Some(guess);
        }
        self.guesses.into_iter().flatten().collect()
    }
}

#[cfg(test)]
#[path = "guess_tests.rs"]
mod tests;
