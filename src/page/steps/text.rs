//! The words of the steps: roles, reasons, problems.

use crate::ingest::receipt::Reason;
use crate::protocol::Problem;
use crate::roles::{Confidence, Role, Why};
use crate::words::format::{Format, list};

/// The name of a role in a list to choose from.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Customer => "Customer",
        Role::Date => "Date",
        Role::Amount => "Amount",
        Role::Quantity => "Quantity",
        Role::UnitPrice => "Price of a piece",
        Role::Order => "Order number",
        Role::Currency => "Currency",
        Role::Status => "Status",
        Role::Channel => "Channel",
        Role::Country => "Country",
        Role::Category => "Category",
        Role::Product => "Product",
        Role::Dimension => "Filter or group",
        Role::Unused => "Not used",
    }
}

/// How sure a role is, in a tag.
pub fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Sure => "sure",
        Confidence::Likely => "likely",
        Confidence::Ask => "please check",
        Confidence::Said => "your choice",
    }
}

/// Why a column was given its role.
pub fn why(why: &Why, f: &dyn Format) -> String {
    let of_values = |share: f64, what: &str| match share >= 1.0 {
        true => format!("All values are {what}."),
        false => format!("{} of the values are {what}.", f.percent(share, 0)),
    };
    match why {
        Why::KnownName => "This name is usual for it.".to_owned(),
        Why::NamePart { word } => format!("The name holds “{word}”."),
        Why::ValuesAreDates { share } => of_values(*share, "dates"),
        Why::ValuesAreAmounts { share } => of_values(*share, "amounts"),
        Why::ValuesAreUniqueIds => "Every row has another value.".to_owned(),
        Why::ValuesRepeatLikeIds => "Values come back the way customers do.".to_owned(),
        Why::FewValues { distinct } => format!("{}.", f.count(*distinct, "different value")),
        Why::AnotherIsBetter { column } => format!("“{column}” fits better."),
        Why::NothingToGroupBy => "Nothing to group by.".to_owned(),
        Why::Chosen => "Chosen by you.".to_owned(),
    }
}

/// What a reading without this role lacks.
pub fn missing(role: Role) -> &'static str {
    match role {
        Role::Customer => "a customer: without one there is no telling who came back",
        Role::Date => "a date: without one there is no telling who came back",
        _ => "an amount, or a quantity and the price of a piece: without one there is no telling what anybody is worth",
    }
}

/// Why rows are left out.
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Malformed => "A quotation mark that is never closed",
        Reason::TooFewCells => "Too few cells",
        Reason::TotalsRow => "A line of totals",
        Reason::NoCustomer => "No customer",
        Reason::NoDate => "No date",
        Reason::UnreadableDate => "A date that can’t be read",
        Reason::NoAmount => "No amount",
        Reason::UnreadableAmount => "An amount that is no number",
        Reason::AmountTooLarge => "An amount too large to count with",
        Reason::Cancelled => "Cancelled",
        Reason::OtherCurrency => "Another currency",
        Reason::AfterEnd => "After the end of the period",
    }
}

/// What happened, why, and what to do.
pub struct Explained {
    /// What happened, in a sentence.
    pub what: String,
    /// Where, and what was found there.
    pub why: String,
    /// What can be done.
    pub remedy: String,
}

/// A problem in words.
pub fn problem(problem: &Problem, f: &dyn Format) -> Explained {
    let say = |what: String, why: String, remedy: &str| Explained { what, why, remedy: remedy.to_owned() };
    match problem {
        Problem::Empty { file } => say(
            "The file is empty.".into(),
            format!("{file} holds no bytes."),
            "Export it again, and look whether the export had ended before you took the file.",
        ),
        Problem::NoRows { file } => say(
            "The file has a heading and no orders below it.".into(),
            format!("{file}: the first line was read, and nothing follows it."),
            "Export it again, for a time in which something was sold.",
        ),
        Problem::NotATable { file, seems } => say(
            "This file is no table.".into(),
            format!(
                "{file} seems to be {}. A table of orders in delimited text (CSV, TSV) was expected.",
                seems_to_be(seems)
            ),
            "Open it in the program that it comes from and save or export the orders as CSV.",
        ),
        Problem::MissingRoles { file, roles } => say(
            "We could read the file, but something is missing in it.".into(),
            format!("{file} lacks {}.", list(&roles.iter().map(|role| missing(*role).to_owned()).collect::<Vec<_>>())),
            "If a column holds it under another name, say which.",
        ),
        Problem::NothingUsable { file, left_out } => {
            let reasons = left_out.iter().map(|left| {
                let lines: Vec<String> = left.examples.iter().take(3).map(|e| f.integer(e.line)).collect();
                let lines = if lines.is_empty() { String::new() } else { format!(", line {}", lines.join(", ")) };
                format!("{} ({}{lines})", reason(left.reason).to_lowercase(), f.count(left.rows, "row"))
            });
            say(
                "We could read the file, but none of its rows can be used.".into(),
                format!("{file}: {}.", list(&reasons.collect::<Vec<_>>())),
                "Check which column is the customer, the date and the amount, and how they are written.",
            )
        }
        Problem::CannotRead { file, why } => say(
            "The browser could not read the file.".into(),
            format!("{file}: {why}"),
            "It may have been moved, changed or deleted since. Choose it again.",
        ),
        Problem::NothingLoaded => say(
            "Nothing is loaded.".into(),
            "A report was asked for before a file had been read.".into(),
            "Choose a file, or try the sample shop.",
        ),
    }
}

fn seems_to_be(kind: &str) -> &'static str {
    match kind {
        "zip" => "a ZIP archive or an Excel workbook (.xlsx)",
        "xls" => "an old Excel workbook (.xls)",
        "pdf" => "a PDF",
        "image" => "a picture",
        "gzip" => "compressed (gzip)",
        "json" => "JSON",
        _ => "something other than text",
    }
}
