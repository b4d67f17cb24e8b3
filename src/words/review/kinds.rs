//! What a file was read as, what it lacks, and why it takes no part.

use super::role;
use crate::protocol::FileReview;
use crate::roles::Role;
use crate::roles::kind::TableKind;
use crate::words::format::list;
use crate::words::tables::{holds, rows_of};

/// What a file was read as: `Orders from Shopify`, `Survey answers, lack “Score”: take no part`.
pub fn kind(file: &FileReview) -> String {
    if file.options.skip {
        return format!("{}, set aside", rows_of(file.kind));
    }
    let rows = match file.kind {
        TableKind::Orders => "Orders",
        TableKind::Other => match &file.platform {
            Some(platform) => return format!("From {platform}, lacks {}: takes no part", lacks(&file.missing)),
            None => return "Not recognised, takes no part".to_string(),
        },
        kind => rows_of(kind),
    };
    let from = file.platform.as_ref().map(|platform| format!(" from {platform}")).unwrap_or_default();
    match file.missing.first().filter(|_| !file.is_orders) {
        Some(first) => format!("{rows}{from}, lack “{}”: take no part", role(*first)),
        None => format!("{rows}{from}"),
    }
}

/// Why a file takes no part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoPart {
    /// Whether something is missing that it should have.
    pub is_bad: bool,
    /// What is the case.
    pub what: String,
    /// What follows from it.
    pub why: String,
    /// What can be done.
    pub how: String,
}

/// Why a file takes no part, where it does not.
pub fn no_part(file: &FileReview) -> Option<NoPart> {
    if file.takes_part() || file.options.skip {
        return None;
    }
    let (name, lacking) = (&file.name, &file.missing);
    let names: Vec<String> = lacking.iter().map(|&other| format!("“{}”", role(other))).collect();
    let how = match lacking.as_slice() {
        [] => "If its rows are orders, say so: choose the meaning of its columns below.".to_string(),
        _ => format!(
            "If a column holds it, find that column below and choose {} as its meaning. If none does, this file takes no part.",
            list(&names)
        ),
    };
    Some(match file.kind {
        TableKind::Other => {
            let from = file.platform.as_ref().map(|platform| format!(" from {platform}")).unwrap_or_default();
            NoPart {
                is_bad: true,
                what: format!("We could read {name}{from}, but {}.", missing(lacking)),
                why: missing_why(lacking),
                how,
            }
        }
        _ => NoPart {
            is_bad: true,
            what: format!("We could read {name}. {}, but no column is {}.", holds(file), list(&names)),
            why: "Without it its rows are of no use.".to_string(),
            how: format!("{how} If its rows are something else, choose that as what its rows are."),
        },
    })
}

fn lacks(missing: &[Role]) -> String {
    let one = |role: &Role| match role {
        Role::Customer => "a customer",
        Role::Date => "a date",
        _ => "an amount",
    };
    missing.first().map_or("orders", one).to_string()
}

/// What a file lacks: "it has no date for its orders".
pub fn missing(roles: &[Role]) -> String {
    let mut lacks: Vec<String> = Vec::new();
    if roles.contains(&Role::Customer) {
        lacks.push("customer".to_string());
    }
    if roles.contains(&Role::Date) {
        lacks.push("date".to_string());
    }
    if roles.iter().any(|role| matches!(role, Role::Amount | Role::Quantity | Role::UnitPrice)) {
        lacks.push("amount".to_string());
    }
    match lacks.as_slice() {
        [] => "it has no orders".to_string(),
        [one] => format!("it has no {one} for its orders"),
        [most @ .., last] => format!("it has no {} and no {last} for its orders", most.join(", no ")),
    }
}

/// Why missing roles are needed.
pub fn missing_why(roles: &[Role]) -> String {
    if roles.is_empty() {
        return "The figures rest on orders.".to_string();
    }
    let reason = |role: &Role| match role {
        Role::Customer => "Without a customer there is no telling who bought what.",
        Role::Date => "Without a date there is no telling who came back.",
        Role::Quantity => "Without the quantity a price says nothing about the amount.",
        Role::UnitPrice => "Without the price a quantity says nothing about the amount.",
        _ => "Without an amount there is no telling what it brought.",
    };
    roles.iter().map(reason).collect::<Vec<_>>().join(" ")
}
