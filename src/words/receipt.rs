//! The receipt: what was decided in reading a table, its own totals, what changed when it was read otherwise.

use crate::ingest::dates::DateOrder;
use crate::ingest::decision::{COUNTED, DecidedBy, Decision, Matter, NOT_SAID};
use crate::ingest::encoding::Encoding;
use crate::ingest::receipt::{OwnTotal, Reason, TotalOf};
use crate::ledger::kinds::RowKind;
use crate::math::Money;
use crate::report::receipt::{Off, Sum};
use crate::text;

use super::format::Format;
use super::review;

/// A decision in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// What was decided.
    pub what: String,
    /// Why, and on what it was seen.
    pub why: String,
    /// What can be said instead, each with the words for it.
    pub instead: Vec<(String, String)>,
    /// Why it can't be undone, where it can't.
    pub fixed: String,
}

/// A decision in words.
pub fn decided(decision: &Decision, f: &dyn Format) -> Decided {
    let instead = decision.instead.iter().map(|value| (value.clone(), instead(decision, value)));
    let mut why = vec![because(decision)];
    why.extend(seen(decision, f));
    Decided {
        what: what(decision, f),
        why: why.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "),
        instead: instead.collect(),
        fixed: if decision.instead.is_empty() { fixed(decision) } else { String::new() },
    }
}

/// What was decided.
fn what(decision: &Decision, f: &dyn Format) -> String {
    let value = decision.value.as_str();
    let rows = decision.rows.map(|rows| f.count(rows, "row"));
    let are = if decision.rows == Some(1) { "is" } else { "are" };
    match decision.about {
        Matter::Use => "This table is set aside.".to_string(),
        Matter::Layout if value == "none" => "Read like any other file.".to_string(),
        Matter::Layout => format!("Read as an export from {value}."),
        Matter::Encoding => format!("Letters are read as {}.", encoding(value)),
        Matter::Delimiter => format!("Cells are parted by {}.", delimiter(value)),
        Matter::Header => match (value, decision.example.as_ref().and_then(|seen| seen.line)) {
            ("names", Some(line)) => format!("Line {} holds the names of the columns.", f.integer(line)),
            ("names", None) => "The first row holds the names of the columns.".to_string(),
            _ => "There are no names of columns: the first row counts.".to_string(),
        },
        Matter::Decimal => format!("Amounts have a decimal {}.", sign(value)),
        Matter::DateOrder => match DateOrder::from_name(value) {
            Some(DateOrder::DayMonthYear) => "In dates, the day comes first.".to_string(),
            Some(DateOrder::MonthDayYear) => "In dates, the month comes first.".to_string(),
            Some(DateOrder::YearMonthDay) | None => "In dates, the year comes first.".to_string(),
            Some(order) => format!("Dates are numbers. {}.", review::date_order(order)),
        },
        Matter::Currency => match rows {
            Some(rows) => format!("Only {value} is added up: {rows} in other currencies {are} left out."),
            None => format!("Amounts are in {value}."),
        },
        Matter::Orders if value == "time" => "What a customer buys at one time is one purchase.".to_string(),
        Matter::Orders => "Rows with the same order number are one purchase.".to_string(),
        Matter::Rounded => match decision.rows {
            Some(1) => "1 amount is rounded to four places.".to_string(),
            rows => format!("{} amounts are rounded to four places.", f.integer(rows.unwrap_or(0))),
        },
        Matter::NulCharacters => {
            format!("{} that nobody can see {are} taken out.", f.count(decision.rows.unwrap_or(0), "character"))
        }
        about => {
            let marked = about.reason().map_or("", marked);
            match (value == COUNTED, rows) {
                (false, Some(rows)) => format!("{rows} {marked} {are} left out."),
                (false, None) => format!("Rows {marked} are left out."),
                (true, Some(rows)) if are == "is" => format!("{rows} {marked} counts."),
                (true, Some(rows)) => format!("{rows} {marked} count."),
                (true, None) => format!("Rows {marked} count."),
            }
        }
    }
}

/// What is the matter with rows that may count or not: `12 rows marked as cancelled`.
fn marked(reason: Reason) -> &'static str {
    match reason {
        Reason::Cancelled => "marked as cancelled",
        Reason::RepeatedRow => "equal to another one in every cell",
        Reason::OddDate => "with a date years away from all others",
        Reason::TestOrder => "marked as a test",
        Reason::NotPaid => "marked as not paid",
        Reason::NotASale => "of money that moved without a sale",
        Reason::GiftCard => "about a gift card sold",
        _ => "",
    }
}

/// Why it was decided so.
fn because(decision: &Decision) -> String {
    let why = match (decision.about, decision.by) {
        (_, DecidedBy::Person) => "You said so.",
        (Matter::Layout, _) => "It has the header of one, so we know what its columns mean and which rows are no sale.",
        (Matter::Encoding, DecidedBy::Guess) => "A guess: nothing in the file tells it.",
        (Matter::Encoding, _) => "All of it can be read so.",
        (Matter::Delimiter, _) => "So most lines have the same number of cells.",
        (Matter::Header, _) if decision.value == "names" => "Its cells are names, and those below it are values.",
        (Matter::Header, _) => "Its cells are values like those below it.",
        (Matter::Decimal, DecidedBy::Guess) => "A guess: every amount can be read in both ways.",
        (Matter::Decimal, _) => "The whole column leaves no other reading.",
        (Matter::DateOrder, DecidedBy::Guess) => "A guess: every date can be read in both ways.",
        (Matter::DateOrder, DecidedBy::Export) => "This export always writes them so.",
        (Matter::DateOrder, _) => "The whole column leaves no other reading.",
        (Matter::Currency, DecidedBy::Guess) => "Different ones can’t be added up, and no other has more rows.",
        (Matter::Currency, _) => "The file names no other.",
        (Matter::Orders, DecidedBy::File) => "The file has a column of order numbers.",
        (Matter::Orders, _) => "The file has no order numbers. Where it tells no time, one day is one time.",
        (Matter::Repeated, _) if decision.value != COUNTED => {
            "They have the same order number: the file has them twice."
        }
        (Matter::GiftCard, _) => "What a card buys is paid for again when it is spent.",
        (_, DecidedBy::Export) => "This export marks them.",
        _ => "",
    };
    why.to_string()
}

/// On what it was seen.
fn seen(decision: &Decision, f: &dyn Format) -> Option<String> {
    let seen = decision.example.as_ref()?;
    let found = &seen.found;
    Some(match (seen.line, decision.about) {
        (_, Matter::Header | Matter::Layout) => format!("It begins “{found}”."),
        (Some(line), _) if found.is_empty() => format!("The first is in line {}.", f.integer(line)),
        (Some(line), _) => format!("The first is in line {}: “{found}”.", f.integer(line)),
        (None, Matter::Delimiter) => format!("The first line is “{found}”."),
        (None, Matter::Orders) => format!("Such as order {found}."),
        (None, _) => format!("Such as “{found}”."),
    })
}

/// What can be said instead, as a button.
fn instead(decision: &Decision, value: &str) -> String {
    if value == NOT_SAID {
        return match decision.about {
            Matter::Layout => "Read it as that export again",
            Matter::Orders => "Go by order numbers again",
            _ => "Undo",
        }
        .to_string();
    }
    match decision.about {
        Matter::Use => "Use it".to_string(),
        Matter::Layout => "Read it like any other file".to_string(),
        Matter::Encoding => format!("Read it as {}", encoding(value)),
        Matter::Delimiter => format!("Part cells by {}", delimiter(value)),
        Matter::Header if value == "names" => "It holds names".to_string(),
        Matter::Header => "It is data, there are no names".to_string(),
        Matter::Decimal => format!("Read a decimal {}", sign(value)),
        Matter::DateOrder if value == DateOrder::DayMonthYear.name() => "Read the day first".to_string(),
        Matter::DateOrder => "Read the month first".to_string(),
        Matter::Currency => format!("Add up {value}"),
        Matter::Orders => "Go by time instead".to_string(),
        _ if value == COUNTED => "Count them".to_string(),
        _ => "Leave them out".to_string(),
    }
}

/// Why a decision can't be undone.
fn fixed(decision: &Decision) -> String {
    let why = match decision.about {
        Matter::Encoding => "Its first bytes say so.",
        Matter::Decimal => "The other sign would read no amount.",
        Matter::DateOrder => "A year in front leaves no other order.",
        Matter::Currency => "There is no other to choose.",
        Matter::Orders if decision.value == "time" => {
            "If a column holds order numbers, choose it as “Order number” where the columns are checked."
        }
        Matter::Orders => "Its lines name customer and date only once an order, so they can’t do without.",
        Matter::Repeated => {
            "An order can hold the same thing twice, and without order numbers two equal rows can be two purchases. If they \
             are wrong, take them out of the file."
        }
        Matter::Rounded => "Amounts are kept to a hundredth of a cent, so that every sum is exact.",
        Matter::NulCharacters => "They are no text: a program left them by mistake.",
        _ => "",
    };
    why.to_string()
}

fn encoding(name: &str) -> &str {
    match Encoding::from_name(name) {
        Some(encoding) => review::encoding(encoding),
        None => name,
    }
}

fn delimiter(value: &str) -> String {
    match value {
        "," => "commas".to_string(),
        ";" => "semicolons".to_string(),
        "|" => "bars".to_string(),
        "\t" => "tabs".to_string(),
        " " => "spaces".to_string(),
        other => format!("“{other}”"),
    }
}

fn sign(value: &str) -> &'static str {
    if value == "," { "comma" } else { "point" }
}

/// What rows used are, as a line of the receipt; `refunds_on` says when refunds count.
pub fn kind(kind: RowKind, refunds_on: &str) -> String {
    match kind {
        RowKind::Purchase => "Purchases, the first line of each".to_string(),
        RowKind::FurtherLine => "Further lines of the same purchases".to_string(),
        RowKind::BelowZero => "Lines of orders that come out below zero".to_string(),
        RowKind::Refund => format!("Refunds, counted {refunds_on}"),
    }
}

/// What the rows and the total that a file gives of itself have in common; those that don't agree first.
pub fn own_totals(totals: &[OwnTotal], f: &dyn Format) -> Vec<String> {
    /// Lines that are named one by one.
    const NAMED: usize = 4;
    let agrees = |total: &&OwnTotal| total.difference() == Some(Money::ZERO);
    let (agreeing, others): (Vec<&OwnTotal>, Vec<&OwnTotal>) = totals.iter().partition(agrees);
    let mut all: Vec<String> = others.iter().take(NAMED).map(|total| own_total(total, f)).collect();
    if others.len() > NAMED {
        all.push(format!("{} more of its totals don’t agree with its rows.", f.integer((others.len() - NAMED) as u64)));
    }
    match agreeing.as_slice() {
        [] => {}
        [only] => all.push(own_total(only, f)),
        many => all.push(format!("{} totals of the file itself agree with its rows.", f.integer(many.len() as u64))),
    }
    all
}

/// `Line 8,616 is a total of the file itself: €268,539.45. All rows above it add up to the same.`
fn own_total(total: &OwnTotal, f: &dyn Format) -> String {
    let line = f.integer(total.line);
    let Some(amount) = total.amount else {
        return format!("Line {line} is a total of the file itself, without an amount that can be read.");
    };
    let of = match total.of {
        TotalOf::Above => "All rows above it",
        TotalOf::SinceLast => "The rows since the total before",
        TotalOf::All => "All rows of the file",
        TotalOf::Used => "The rows used",
    };
    let same = match total.difference() {
        Some(Money::ZERO) => "the same".to_string(),
        difference => {
            let ours = f.money_exact(total.rows_add_up_to);
            let more = difference.is_none_or(|difference| difference > Money::ZERO);
            let by = difference.map_or(String::new(), |difference| {
                format!("{} ", f.money_exact(Money(difference.0.saturating_abs())))
            });
            format!("{ours}: the file says {by}{}", if more { "more" } else { "less" })
        }
    };
    format!("Line {line} is a total of the file itself: {}. {of} add up to {same}.", f.money_exact(amount))
}

/// That the two sides of the receipt are not equal.
pub fn off(off: Off, f: &dyn Format) -> String {
    format!(
        "The lines above don’t add up: {} and {} are missing. That is a fault of this program, or the sums are too large \
         to be held.",
        f.count(off.rows.unsigned_abs(), "row"),
        f.money_exact(off.amount)
    )
}

/// What became of rows and revenue when files were read otherwise: `Rows used: 8,495 before, 8,517 now. Revenue: ...`
pub fn changed(before: Sum, after: Sum, f: &dyn Format) -> String {
    let what = |name: &str, same: bool, before: String, after: String| match same {
        true => format!("{name}: {after}, as before."),
        false => format!("{name}: {before} before, {after} now."),
    };
    let rows = what("Rows used", before.rows == after.rows, f.integer(before.rows), f.integer(after.rows));
    let amounts = (f.money_exact(before.amount), f.money_exact(after.amount));
    format!("{rows} {}", what("Revenue", before.amount == after.amount, amounts.0, amounts.1))
}

/// How many of the rows left out for a reason are shown, and where the others are.
pub fn rows_shown(shown: u64, of: u64, f: &dyn Format) -> String {
    match (shown, of) {
        (0, _) => "These rows were read; which they are, the download says.".to_string(),
        (shown, of) if shown >= of => String::new(),
        (shown, of) => format!("The first {} of {}. The download holds the others.", f.integer(shown), f.integer(of)),
    }
}

/// That the download can't hold all rows left out, where it can't.
pub fn rows_kept(kept: u64, of: u64, f: &dyn Format) -> Option<String> {
    (kept < of).then(|| {
        format!(
            "The download holds {} of the {} rows left out: at most 16 MB of each file are kept.",
            f.integer(kept),
            f.integer(of)
        )
    })
}

/// A reason in the middle of a sentence: `rows left out: no customer`.
pub fn rows_of(reason: Reason) -> String {
    format!("Rows left out: {}", text::lowered(review::reason(reason)))
}
