//! Why rows are left out.

use crate::ingest::receipt::{LeftOut, Reason};
use crate::words::format::Format;

/// Why rows are left out, as a line of the receipt.
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::AboveTable => "Above the table: a title or a period",
        Reason::Malformed => "Broken line: a quote that never closes",
        Reason::TooFewCells => "Too few cells",
        Reason::TotalsRow => "A line of totals, not an order",
        Reason::TestOrder => "A test, not an order",
        Reason::NotPaid => "Not paid or not completed",
        Reason::NotASale => "Money that moved without a sale",
        Reason::GiftCard => "Sale of a gift card, which is paid for again when it is spent",
        Reason::NoCustomer => "No customer",
        Reason::NoDate => "No date",
        Reason::UnreadableDate => "No date that can be read",
        Reason::NoAmount => "No amount",
        Reason::UnreadableAmount => "Amount is not a number",
        Reason::AmountTooLarge => "Amount too large to be one",
        Reason::Cancelled => "Cancelled",
        Reason::OtherCurrency => "In another currency",
        Reason::RepeatedRow => "The same row again, with the same order number",
        Reason::InAnotherFile => "An order that is taken from another file",
        Reason::SeveralCustomers => "An order number of several customers",
        Reason::DamagedId => "An id that a spreadsheet has cut short",
        Reason::OddDate => "A date years away from all others",
        Reason::AfterEnd => "After the end of the period",
        Reason::NoNumber => "A number that is needed is missing",
        Reason::UnreadableNumber => "A number that is needed can’t be read",
        Reason::OutsideScale => "An answer outside the scale",
        Reason::NoName => "The name of what was done, or of the side of the test, is missing",
    }
}

/// The same with an example: `Line 903: “31/02/2024” is no date. 9 such rows are left out.`
pub fn left_out_example(out: &LeftOut, f: &dyn Format) -> String {
    let such = match out.rows {
        1 => "This row is left out.".to_string(),
        n => format!("{} such rows are left out.", f.integer(n)),
    };
    let Some(example) = out.examples.first() else { return such };
    let line = f.integer(example.line);
    let found = &example.found;
    let what = match out.reason {
        Reason::AboveTable => "it stands above the names of the columns.".to_string(),
        Reason::Malformed => "a quote opens and never closes.".to_string(),
        Reason::TooFewCells => "it has fewer cells than the columns that are needed.".to_string(),
        Reason::TotalsRow => "this is a line of totals.".to_string(),
        Reason::TestOrder => format!("“{found}” is a test."),
        Reason::NotPaid => format!("“{found}” is not paid."),
        Reason::NotASale => format!("“{found}” is no sale."),
        Reason::GiftCard => format!("“{found}” is a gift card."),
        Reason::NoCustomer => "the cell of the customer is empty.".to_string(),
        Reason::NoDate => "the cell of the date is empty.".to_string(),
        Reason::UnreadableDate => format!("“{found}” is no date."),
        Reason::NoAmount => "the cell of the amount is empty.".to_string(),
        Reason::UnreadableAmount => format!("“{found}” is no number."),
        Reason::AmountTooLarge => format!("“{found}” is too large for an amount."),
        Reason::Cancelled => format!("“{found}” says that it was cancelled."),
        Reason::OtherCurrency => format!("its currency is “{found}”."),
        Reason::RepeatedRow => format!("order “{found}” is there before, equal in every cell."),
        Reason::InAnotherFile => format!("order “{found}” is taken from another file."),
        Reason::SeveralCustomers => format!("order “{found}” is of several customers."),
        Reason::DamagedId => format!("“{found}” was cut short by a spreadsheet."),
        Reason::OddDate => format!("“{found}” is years away from the dates of the other rows."),
        Reason::AfterEnd => format!("“{found}” is after the end of the period."),
        Reason::NoNumber => "the cell of a number that is needed is empty.".to_string(),
        Reason::UnreadableNumber => format!("“{found}” is no number."),
        Reason::OutsideScale => format!("“{found}” is outside the scale of the answers."),
        Reason::NoName => "the cell that names what was done is empty.".to_string(),
    };
    format!("Line {line}: {what} {such}")
}

/// The first lines of the left-out rows: `line 4, 58, 102 …`
pub fn lines_of(out: &LeftOut, f: &dyn Format) -> Option<String> {
    let lines: Vec<String> = out.examples.iter().take(3).map(|example| f.integer(example.line)).collect();
    let more = if out.rows > lines.len() as u64 { " …" } else { "" };
    (!lines.is_empty()).then(|| format!("line {}{more}", lines.join(", ")))
}
