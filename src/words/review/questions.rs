//! What has to be asked.

use crate::ingest::dates::DateOrder;
use crate::ingest::numbers::DecimalSign;
use crate::math::{Day, Money};
use crate::protocol::Question;
use crate::roles::scale::Scale;
use crate::words::format::{Format, list};
use crate::words::{doubts, tables};

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

pub(in crate::words) fn choice(label: impl Into<String>, meaning: impl Into<String>) -> Choice {
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
