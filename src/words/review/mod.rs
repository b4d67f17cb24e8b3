//! The step between dropping and results: roles, reasons, questions, and what will be left out.
//!
//! * Here: the parts of columns, how sure they are, and why.
//! * [`kinds`]: what a file was read as, what it lacks, and why it takes no part.
//! * [`questions`]: what has to be asked; [`notes`]: what a person should know besides.
//! * [`left_out`]: why rows are left out.
//! * [`reading`]: how a file is written.

use crate::protocol::ColumnReview;
use crate::roles::kind::TableKind;
use crate::roles::{Confidence, Role, Why, parts};
use crate::text;

use super::format::{Format, list};

pub mod kinds;
pub mod left_out;
pub mod notes;
pub mod questions;
pub mod reading;

pub use kinds::{NoPart, kind, missing, missing_why, no_part};
pub use left_out::{left_out_example, lines_of, reason};
pub use notes::{Noted, note};
pub(super) use questions::choice;
pub use questions::{Asked, Choice, question};
pub use reading::{date_order, decimal, delimiter, encoding};

/// A role as it is offered to a person.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Customer => "Customer",
        Role::Date => "Date",
        Role::Amount => "Amount",
        Role::Quantity => "Quantity",
        Role::UnitPrice => "Price of one",
        Role::Refund => "Refunded amount",
        Role::Order => "Order number",
        Role::Currency => "Currency",
        Role::Status => "Status",
        Role::Channel => "Channel",
        Role::Country => "Country or region",
        Role::Category => "Category",
        Role::Product => "Product",
        Role::Dimension => "Another way to group",
        Role::Email => "E-mail address",
        Role::End => "End",
        Role::Score => "Score",
        Role::Comment => "Comment",
        Role::Event => "What was done",
        Role::Experiment => "Which test",
        Role::Variant => "Side of the test",
        Role::Outcome => "Outcome",
        Role::Frequency => "Frequency",
        Role::Recency => "Recency",
        Role::Observed => "Time observed",
        Role::Billing => "Billing period",
        Role::Plan => "Plan",
        Role::Trial => "Trial",
        Role::ReferredBy => "Brought by",
        Role::Campaign => "Campaign",
        Role::CostKind => "Kind of cost",
        Role::AttributedRevenue => "Revenue that it brought",
        Role::NewCustomers => "New customers",
        Role::Number => "A number of the customer",
        Role::Invited => "How many they invited",
        Role::Joined => "How many of those came",
        Role::Unused => "Not used",
    }
}

/// The tag on a column: how sure the guess is.
pub fn confidence(column: &ColumnReview) -> &'static str {
    match (column.role, column.confidence) {
        (Role::Unused, Confidence::Sure | Confidence::Likely) => "not used",
        (_, Confidence::Sure) => "sure",
        (_, Confidence::Likely) => "likely",
        (_, Confidence::Ask) => "please check",
        (_, Confidence::Said) => "your choice",
    }
}

/// Why a column plays its part, and what its values look like.
pub fn why(column: &ColumnReview, f: &dyn Format) -> String {
    let share = |share: f64| match share {
        s if s >= 0.9995 => "All values".to_string(),
        s => format!("{} of the values", f.percent(s.min(0.999), u8::from(s > 0.99))),
    };
    let reason = match &column.why {
        Why::KnownExport { platform, by_name: true } if column.role == Role::Customer => {
            format!("Known export of {platform}, which knows customers by name only: two of the same name are one.")
        }
        Why::KnownExport { platform, .. } => format!("Known export of {platform}."),
        Why::KnownName => "A name that we know.".to_string(),
        Why::NamePart { word } => format!("Its name holds “{word}”."),
        Why::ValuesAreDates { share: s } => format!("{} are dates.", share(*s)),
        Why::ValuesAreAmounts { share: s } => format!("{} are numbers.", share(*s)),
        Why::ValuesAreUniqueIds => "Its values are different in every row, the way order numbers are.".to_string(),
        Why::ValuesRepeatLikeIds => "Its values repeat the way customers do.".to_string(),
        Why::ValuesAreTexts => "Its values are sentences.".to_string(),
        Why::FewValues { distinct: 1 } => "One value.".to_string(),
        Why::FewValues { distinct } => format!("{} different values.", f.integer(*distinct)),
        Why::AnotherIsBetter { column } => format!("{column} plays this part better."),
        Why::NothingToGroupBy => match column.distinct {
            0 => "Empty.".to_string(),
            1 => "The same value in every row.".to_string(),
            _ => "Too many different values to group by.".to_string(),
        },
        Why::Chosen => "You chose it.".to_string(),
    };
    let empty = match column.looked_at {
        0 => None,
        _ if column.distinct == 0 => None,
        all if column.empty * 20 >= all => Some(format!("{} empty.", f.percent(column.empty as f64 / all as f64, 0))),
        _ if column.empty > 0 => {
            Some(format!("{} of the first {} rows are empty.", f.integer(column.empty), f.integer(column.looked_at)))
        }
        _ => None,
    };
    let values = match (column.role, &column.why) {
        (Role::Customer | Role::Order, _) if column.distinct > 0 => Some(format!(
            "{} different values in the first {}.",
            f.integer(column.distinct),
            f.count(column.looked_at, "row")
        )),
        _ => None,
    };
    [Some(reason), values, empty].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// How the parts of columns were found, and which of them a kind of table needs.
pub fn needed(kind: TableKind) -> String {
    let needed: Vec<String> = match kind {
        TableKind::Orders | TableKind::Other => {
            vec!["customer".to_string(), "date".to_string(), "amount or quantity and price".to_string()]
        }
        kind => parts::missing(kind, &[]).into_iter().map(|other| text::lowered(role(other))).collect(),
    };
    format!("Guessed from names and values. Change any of them. Needed: {}.", list(&needed))
}
