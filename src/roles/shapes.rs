//! What the values of a column allow it to be, and what they make of it where its name says nothing.

use super::Role;
use super::billing::Billing;
use super::cost_kind::CostKind;
use super::names::{self, speaks_against};
use super::scale::{self, Scale};
use crate::ingest::months;
use crate::ingest::profile::ColumnProfile;

/// Different values that a column to filter by has at most.
const MOST_VALUES: u64 = 50;
/// The same for whole numbers: more of them are counts or amounts.
const MOST_WHOLE_NUMBERS: u64 = 12;

/// Whether the values of a column let it play the role that its name proposes, with its `whole` name or a part of it.
/// Where nothing was looked at, they do.
pub(super) fn allows(role: Role, profile: &ColumnProfile, whole: bool) -> bool {
    // Nobody may have left yet.
    if profile.looked_at == 0 || role == Role::End && profile.filled() == 0 {
        return true;
    }
    if profile.filled() == 0 {
        return false;
    }
    let dates = profile.has_written_dates(0.5);
    match role {
        Role::Date | Role::End => profile.date_share >= 0.5,
        Role::Amount | Role::UnitPrice | Role::Quantity | Role::Refund => profile.number_share >= 0.7 && !dates,
        // Some programs write ids as `17850.0`.
        Role::Customer | Role::Order => !dates && (whole || profile.money_share < 0.2),
        Role::Currency => profile.currency_share >= 0.5,
        // Whether somebody has left may be told by 0 and 1.
        Role::Status if names::asks_who_left(&profile.name) => !dates && profile.distinct <= 3,
        Role::Status => !dates && profile.letter_share >= 0.5 && profile.distinct <= MOST_VALUES,
        Role::Channel | Role::Country | Role::Category => !dates && profile.money_share < 0.5 && groups(profile),
        Role::Product => !dates && profile.money_share < 0.5 && (groups(profile) || profile.filled() < 50),
        Role::Email => profile.email_share >= 0.5,
        Role::Score => {
            let scores = profile.samples.iter().filter(|sample| scale::score(sample).is_some()).count();
            !dates && (profile.number_share >= 0.5 || scores * 2 > profile.samples.len())
        }
        Role::Comment => !dates && profile.letter_share >= 0.5 && profile.email_share < 0.5,
        Role::Event | Role::Experiment | Role::Variant => !dates && profile.money_share < 0.5,
        Role::Outcome => !dates && (profile.number_share >= 0.7 || profile.distinct <= 3),
        Role::Frequency | Role::Recency | Role::Observed => profile.number_share >= 0.7 && !dates,
        Role::Billing => profile.samples.iter().any(|sample| Billing::of_cell(sample).is_some()),
        Role::Plan => !dates && profile.money_share < 0.5 && groups(profile),
        Role::Trial => !dates && profile.distinct <= 3,
        // A yes or no says that somebody did, not who.
        Role::ReferredBy => {
            let says_who = |sample: &String| names::yes_or_no(sample).is_none();
            !dates && profile.money_share < 0.2 && profile.samples.iter().any(says_who)
        }
        Role::Campaign => !dates && profile.money_share < 0.5,
        Role::CostKind => profile.samples.iter().any(|sample| CostKind::of(sample).is_some()),
        Role::AttributedRevenue | Role::NewCustomers | Role::Number => profile.number_share >= 0.7 && !dates,
        // How many, not by whom.
        Role::Invited | Role::Joined => {
            let names_who = names::words(&profile.name).iter().any(|word| word == "by" || word == "id");
            profile.number_share >= 0.9 && profile.money_share < 0.1 && !dates && !names_who
        }
        Role::Dimension | Role::Unused => true,
    }
}

/// Whether the values of a column name months: enough for a row that stands for one.
pub(super) fn are_months(profile: &ColumnProfile) -> bool {
    !profile.samples.is_empty() && profile.samples.iter().all(|sample| months::month(sample).is_some())
}

/// Whether values come again, so that rows can be grouped by them.
fn groups(profile: &ColumnProfile) -> bool {
    profile.distinct <= MOST_VALUES || profile.distinct * 10 <= profile.filled() * 9
}

/// The column that fits best, and whether that has to be asked: another fits as well, or it is a mere chance.
pub(super) struct Found {
    pub(super) column: usize,
    pub(super) tie: bool,
}

/// The first of the columns with the highest rank; a tie where another has it too.
fn best_of<R: PartialOrd + Copy>(ranked: impl Iterator<Item = (usize, R)>) -> Option<Found> {
    let mut best: Option<(Found, R)> = None;
    for (column, rank) in ranked {
        match &mut best {
            Some((_, top)) if rank < *top => {}
            Some((found, top)) if rank == *top => found.tie = true,
            _ => best = Some((Found { column, tie: false }, rank)),
        }
    }
    best.map(|(found, _)| found)
}

/// The column of dates, written as such. One whose name speaks of another date is only taken, and asked about, where
/// there is no other.
pub(super) fn date(columns: &[ColumnProfile], free: &[usize]) -> Option<Found> {
    // In tenths, so that a few empty cells don't hide that two columns are equally good.
    let fill = |column: usize| columns[column].filled() * 10 / columns[column].looked_at.max(1);
    let dates = free.iter().filter(|column| columns[**column].has_written_dates(0.8));
    let ranked = |against: bool| {
        let of_kind =
            dates.clone().filter(move |column| speaks_against(&columns[**column].name, Role::Date) == against);
        of_kind.map(|&column| (column, fill(column)))
    };
    best_of(ranked(false)).or_else(|| best_of(ranked(true)).map(|found| Found { tie: true, ..found }))
}

/// The column of amounts: with places or currencies, else of whole numbers that are no ids, which is asked about.
pub(super) fn amount(columns: &[ColumnProfile], free: &[usize]) -> Option<Found> {
    let kind = |profile: &ColumnProfile| {
        let numbers = profile.number_share >= 0.8 && profile.zero_padded_share < 0.1 && profile.filled() > 0;
        let other = profile.has_written_dates(0.5) || speaks_against(&profile.name, Role::Amount);
        // Answers of which some lie outside their scale have many values.
        let other = other || Scale::of_header(&profile.name).is_some();
        if !numbers || other || profile.filled() * 2 < profile.looked_at {
            return None;
        }
        if profile.money_share >= 0.2 {
            return Some(2);
        }
        // Whole numbers: not flags and grades, not row numbers, and not the years, codes and ids that are as long in
        // every row.
        let unique = profile.distinct == profile.filled() && profile.filled() > 5;
        (profile.distinct > MOST_WHOLE_NUMBERS && !unique && !is_number_like_id(profile)).then_some(1)
    };
    let found = best_of(free.iter().filter_map(|&column| Some((column, kind(&columns[column])?))))?;
    let whole = columns[found.column].money_share < 0.2;
    Some(Found { tie: found.tie || whole, ..found })
}

/// Whole numbers whose repeats are spread as those of ids: no value takes a large part of the rows.
fn is_number_like_id(profile: &ColumnProfile) -> bool {
    let filled = profile.filled();
    let long = profile.mean_len >= 3.0 && profile.max_repeats <= (filled / 10).max(4);
    let many = profile.distinct > MOST_VALUES && profile.max_repeats <= filled / 20;
    profile.integers && profile.distinct * 2 <= filled && (long || many)
}

/// The column of customers: values that come again and are no dates, no amounts, and not as few as a dimension's.
pub(super) fn customer(columns: &[ColumnProfile], free: &[usize]) -> Option<Found> {
    let kind = |profile: &ColumnProfile| {
        let filled = profile.filled();
        let repeats = profile.max_repeats >= 2 && profile.distinct * 20 <= filled * 19;
        let many = profile.distinct > MOST_VALUES || profile.distinct * 10 >= filled;
        let plain = !profile.has_written_dates(0.2) && profile.money_share < 0.1 && profile.currency_share < 0.5;
        if !plain || profile.distinct < 2 || filled * 2 < profile.looked_at {
            return None;
        }
        if profile.email_share >= 0.8 {
            return Some(4);
        }
        if !repeats || !many {
            return None;
        }
        if profile.code_share >= 0.8 || profile.zero_padded_share >= 0.5 {
            Some(3)
        } else if profile.number_share >= 0.9 {
            is_number_like_id(profile).then_some(2)
        } else {
            (profile.letter_share >= 0.8 && profile.mean_len <= 60.0).then_some(1)
        }
    };
    let ranked: Vec<(usize, i32)> = free.iter().filter_map(|&column| Some((column, kind(&columns[column])?))).collect();
    let top = ranked.iter().map(|(_, kind)| *kind).max()?;
    let best = ranked.iter().filter(|(_, kind)| *kind == top).map(|(column, _)| (*column, columns[*column].distinct));
    let mut found = best_of(best.clone())?;
    // Text that comes again may as well be goods.
    found.tie |= top == 1;
    // Half as many different values is still near enough to ask.
    let most = columns[found.column].distinct;
    found.tie |= best.filter(|(column, distinct)| *column != found.column && distinct * 2 >= most).count() > 0;
    Some(found)
}

/// The column of order ids: nearly each value once, made of letters and digits as numbers of documents are.
pub(super) fn order(columns: &[ColumnProfile], free: &[usize]) -> Option<Found> {
    let fits = |profile: &ColumnProfile| {
        let unique = profile.filled() >= 5 && profile.distinct * 20 >= profile.filled() * 19;
        unique && profile.code_share >= 0.9 && profile.email_share < 0.1 && !profile.has_written_dates(0.1)
    };
    free.iter().copied().find(|column| fits(&columns[*column])).map(|column| Found { column, tie: false })
}

/// Whether the values of a column are texts of several words, nearly each another.
pub(super) fn texts(profile: &ColumnProfile) -> bool {
    let own = profile.distinct * 2 > profile.filled() && profile.email_share < 0.1 && profile.currency_share < 0.5;
    own && profile.mean_len >= 15.0
        && profile.letter_share >= 0.9
        && !profile.has_written_dates(0.1)
        && profile.samples.iter().any(|sample| sample.split_whitespace().nth(2).is_some())
}

/// Whether a column holds numbers of which there is more or less, as income and age are: no ids, and no numbers of places.
pub(super) fn measures(profile: &ColumnProfile) -> bool {
    const NAMES: [&str; 16] = [
        "id",
        "zip",
        "plz",
        "postcode",
        "postal",
        "post",
        "phone",
        "tel",
        "telephone",
        "telefon",
        "mobile",
        "number",
        "nr",
        "code",
        "vat",
        "iban",
    ];
    let is_name = names::words(&profile.name).iter().any(|word| NAMES.contains(&word.as_str()));
    // Whole numbers none of which comes again may number the rows.
    let is_id = profile.money_share < 0.01 && profile.distinct == profile.filled();
    profile.number_share >= 0.9
        && profile.distinct > MOST_WHOLE_NUMBERS
        && !profile.has_written_dates(0.5)
        && !is_name
        && !is_id
}

/// Whether a column has few enough values to filter by.
pub(super) fn few_values(profile: &ColumnProfile) -> bool {
    let most = if profile.number_share >= 0.9 { MOST_WHOLE_NUMBERS } else { MOST_VALUES };
    let filled = profile.filled();
    (2..=most).contains(&profile.distinct)
        && profile.distinct * 2 <= filled
        && filled * 2 >= profile.looked_at
        && profile.money_share < 0.1
        && profile.mean_len <= 40.0
        && !profile.has_written_dates(0.5)
}
