//! The step between dropping and results: roles, reasons, questions, and what will be left out.

use crate::ingest::dates::DateOrder;
use crate::ingest::encoding::Encoding;
use crate::ingest::numbers::DecimalSign;
use crate::ingest::receipt::{Example, LeftOut, Reason};
use crate::math::{Day, Money};
use crate::protocol::{ColumnReview, FileReview, Note, Question};
use crate::roles::kind::TableKind;
use crate::roles::scale::Scale;
use crate::roles::{Confidence, Role, Why, parts};
use crate::text;

use super::doubts;
use super::format::{Format, list};
use super::tables::{self, holds, rows_of};

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

/// One answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The answer.
    pub label: String,
    /// What follows from it.
    pub meaning: String,
}

/// A question in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The question.
    pub question: String,
    /// Why it has to be asked, and what was chosen until it is answered.
    pub why: String,
    /// The answers, in the order of the options: day, month; point, comma; the currencies.
    pub choices: Vec<Choice>,
}

pub(super) fn choice(label: impl Into<String>, meaning: impl Into<String>) -> Choice {
    Choice { label: label.into(), meaning: meaning.into() }
}

/// A question in words.
pub fn question(question: &Question, f: &dyn Format) -> Asked {
    match question {
        Question::DayOrMonthFirst { column, example, day_first, month_first, chosen } => {
            let read = |day: &Option<Day>| day.map_or_else(|| "no date".to_string(), |day| f.day(day));
            Asked {
                question: format!("In {column}, is {example} {} or {}?", read(day_first), read(month_first)),
                why: format!(
                    "All dates have 12 or less in both places, so the file can’t tell. We chose {}.",
                    if *chosen == DateOrder::MonthDayYear { "month first" } else { "day first" }
                ),
                choices: vec![
                    choice("Day first", format!("{example} is {}", read(day_first))),
                    choice("Month first", format!("{example} is {}", read(month_first))),
                ],
            }
        }
        Question::DecimalOrThousands { column, example, chosen } => Asked {
            question: format!("In {column}, does {example} have a decimal sign or a separator of thousands?"),
            why: format!(
                "Amounts like this have one sign with three digits behind it, and no other amount settles it. We chose {}.",
                match chosen {
                    DecimalSign::Point => "the point as decimal sign",
                    DecimalSign::Comma => "the comma as decimal sign",
                }
            ),
            choices: vec![
                choice("The point is the decimal sign", "1,234.50"),
                choice("The comma is the decimal sign", "1.234,50"),
            ],
        },
        Question::OrdersInFiles { .. }
        | Question::OrdersOfSeveral { .. }
        | Question::OrdersFarApart { .. }
        | Question::DamagedIds { .. } => doubts::question(question, f),
        Question::WhichScale { column, answers, chosen } => Asked {
            question: format!("On which scale are the answers in {column}?"),
            why: format!(
                "They go from {} to {}, and the name of the column doesn’t tell. We chose the narrowest that holds them: {}. \
                 Answers outside the scale don’t count.",
                f.number(Money(answers.0).to_f64(), 0),
                f.number(Money(answers.1).to_f64(), 0),
                tables::scale(*chosen)
            ),
            choices: Scale::ALL.into_iter().map(|scale| choice(tables::scale(scale), "")).collect(),
        },
        Question::WhichCurrency { currencies, chosen } => {
            let codes: Vec<String> = currencies.iter().map(|(code, _)| code.clone()).collect();
            Asked {
                question: format!("Which currency shall be analysed: {}?", list(&codes).replace(" and ", " or ")),
                why: format!(
                    "Amounts in different currencies can’t be added up. We chose {chosen}: no other has more rows."
                ),
                choices: currencies
                    .iter()
                    .map(|(code, rows)| {
                        choice(code.as_str(), format!("{}; the others are left out", f.count(*rows, "row")))
                    })
                    .collect(),
            }
        }
    }
}

/// What a person should know of a file, in words: a sentence, and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// What was found, with its rows.
    pub what: String,
    /// What it means, and what can be done.
    pub why: String,
    /// Whether figures may be wrong because of it.
    pub grave: bool,
}

/// A note in words.
pub fn note(note: &Note, f: &dyn Format) -> Noted {
    let line = |example: &Example| format!("The first is in line {}", f.integer(example.line));
    match note {
        Note::DamagedIds { column, rows, example } => Noted {
            what: format!(
                "In {column}, a spreadsheet has cut ids short: “{}” in line {}, {} in all.",
                example.found,
                f.integer(example.line),
                f.count(*rows, "row")
            ),
            why: "Ids that differed behind the first digits are now the same, so several customers or orders may count \
                  as one. Export the file again and drop it here without opening it in a spreadsheet."
                .to_string(),
            grave: true,
        },
        Note::SharedCustomer { rows, example } => Noted {
            what: format!("“{}” is the customer of {}.", example.found, f.count(*rows, "row")),
            why: "That looks like everybody who gave no name. They count as one customer, which makes you look as if you \
                  had one very loyal one."
                .to_string(),
            grave: true,
        },
        Note::RepeatedRows { rows, orders, example } => Noted {
            what: match rows {
                1 => "1 row is the same as another one in every cell.".to_string(),
                rows => format!("{} rows are the same as another one in every cell.", f.integer(*rows)),
            },
            why: match orders {
                true => format!("{}. They count: an order can hold the same thing twice.", line(example)),
                false => format!("{}. They count: without order numbers two like them can be two orders.", line(example)),
            },
            grave: false,
        },
        Note::ExtraCells { rows, example } => Noted {
            what: match rows {
                1 => "1 row has more cells than there are columns.".to_string(),
                rows => format!("{} rows have more cells than there are columns.", f.integer(*rows)),
            },
            why: format!("{}: “{}” has no column. What is beyond the last column is not used.", line(example), example.found),
            grave: false,
        },
        Note::NulCharacters { count } => Noted {
            what: format!("{} that nobody can see {} taken out.", f.count(*count, "character"), if *count == 1 { "was" } else { "were" }),
            why: "They are NUL characters, which a program left in the file by mistake.".to_string(),
            grave: false,
        },
    }
}

/// The order of day, month and year.
pub fn date_order(order: DateOrder) -> &'static str {
    match order {
        DateOrder::YearMonthDay => "Year, month, day: 2026-09-30",
        DateOrder::DayMonthYear => "Day, month, year: 30/09/2026",
        DateOrder::MonthDayYear => "Month, day, year: 09/30/2026",
        DateOrder::ExcelSerial => "Days as a spreadsheet counts them: 46295",
        DateOrder::EpochSeconds => "Seconds since 1970: 1790726400",
        DateOrder::EpochMillis => "Milliseconds since 1970: 1790726400000",
    }
}

/// An encoding.
pub fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le => "UTF-16, low byte first",
        Encoding::Utf16Be => "UTF-16, high byte first",
        Encoding::Windows1252 => "Windows-1252",
    }
}

/// A decimal sign with an example.
pub fn decimal(sign: DecimalSign) -> &'static str {
    match sign {
        DecimalSign::Point => "Point: 1,234.50",
        DecimalSign::Comma => "Comma: 1.234,50",
    }
}

/// A delimiter.
pub fn delimiter(byte: u8) -> String {
    match byte {
        b',' => "Comma".to_string(),
        b';' => "Semicolon".to_string(),
        b'\t' => "Tab".to_string(),
        b'|' => "Bar".to_string(),
        b' ' => "Space".to_string(),
        other => format!("“{}”", char::from(other)),
    }
}

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
