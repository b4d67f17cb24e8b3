//! What a file can't tell by itself.

use leptos::prelude::*;

use super::file::FileAt;
use crate::ingest::dates::DateOrder;
use crate::ingest::numbers::DecimalSign;
use crate::math::Day;
use crate::page::control::Control;
use crate::page::locale::{Locale, currency_label};
use crate::page::parts::icon::{Icon, Sign};
use crate::protocol::{Question, ReadOptions};
use crate::words::format::Format;

/// An answer that can be given.
struct Answer {
    /// In words.
    words: String,
    /// What follows from it.
    small: String,
    /// What it makes of the file's options.
    said: Said,
}

/// What an answer says.
#[derive(Clone, Debug, PartialEq)]
enum Said {
    Order(DateOrder),
    Decimal(DecimalSign),
    Currency(String),
}

impl Said {
    fn apply(self, options: &mut ReadOptions) {
        match self {
            Said::Order(order) => options.date_order = Some(order),
            Said::Decimal(sign) => options.decimal = Some(sign),
            Said::Currency(code) => options.currency = Some(code),
        }
    }
}

/// The questions of a file, with those that were answered.
///
/// An answered question comes back no more from the worker. It stays on the page all the same, so that the focus stays
/// where it is and the answer can be changed.
#[component]
pub fn Questions(
    /// The file.
    file: FileAt,
) -> impl IntoView {
    let open = file.part(|file| file.questions.clone());
    let asked = RwSignal::new(Vec::<Question>::new());
    Effect::new(move || {
        let open = open.get();
        asked.update(|asked| {
            for question in open {
                match asked.iter_mut().find(|known| kind(known) == kind(&question)) {
                    Some(known) => *known = question,
                    None => asked.push(question),
                }
            }
        });
    });
    view! {
        <For each=move || asked.get() key=kind let:question><Asked file=file question=question/></For>
    }
}

/// One question of a kind can be asked about a file.
fn kind(question: &Question) -> &'static str {
    match question {
        Question::DayOrMonthFirst { .. } => "order",
        Question::DecimalOrThousands { .. } => "decimal",
        Question::WhichCurrency { .. } => "currency",
    }
}

/// A question as a notice with the answers to choose from.
#[component]
fn Asked(
    /// The file.
    file: FileAt,
    /// What is asked.
    question: Question,
) -> impl IntoView {
    let control = Control::use_here();
    let name = file.name();
    let f = Locale::use_here();
    let id = format!("q-{}-{}", file.at, kind(&question));
    let (what, why) = words(&question, &f);
    let chosen = chosen(file, &question);
    let group = id.clone();
    let choices = answers(&question, &f).into_iter().map(|Answer { words, small, said }| {
        let (own, group) = (said.clone(), group.clone());
        let choose = move |_| {
            let said = said.clone();
            control.reread(file.at, |options| said.apply(options));
        };
        view! {
            <label class="choice">
                <input type="radio" name=group prop:checked=move || chosen.get().as_ref() == Some(&own) on:change=choose/>
                <span>{words}<small>{small}</small></span>
            </label>
        }
    });
    view! {
        <section class="notice ask" aria-labelledby=id.clone()>
            <Icon sign=Sign::Warning/>
            <div>
                <h2 class="h3" id=id.clone()>{move || format!("In {}, {what}", name.get())}</h2>
                <p>{why}</p>
                <fieldset class="choices" aria-labelledby=id.clone()>{choices.collect_view()}</fieldset>
            </div>
        </section>
    }
}

/// What is in force, said or guessed.
fn chosen(file: FileAt, question: &Question) -> Memo<Option<Said>> {
    match question {
        Question::DayOrMonthFirst { .. } => file.part(|file| Some(Said::Order(file.reading.date_order))),
        Question::DecimalOrThousands { .. } => file.part(|file| Some(Said::Decimal(file.reading.decimal))),
        Question::WhichCurrency { chosen, .. } => {
            let guessed = chosen.clone();
            file.part(move |file| {
                Some(Said::Currency(file.options.currency.clone().unwrap_or_else(|| guessed.clone())))
            })
        }
    }
}

/// The question, and why it has to be asked.
fn words(question: &Question, f: &dyn Format) -> (String, String) {
    match question {
        Question::DayOrMonthFirst { column, example, day_first, month_first, chosen } => {
            let what = match (day_first, month_first) {
                (Some(day_first), Some(month_first)) => {
                    format!("is {example} the {} or the {}?", f.day(*day_first), f.day(*month_first))
                }
                _ => format!("does the day or the month come first in “{column}”?"),
            };
            let chose = match chosen {
                DateOrder::MonthDayYear => "month first",
                _ => "day first",
            };
            let why = format!(
                "All dates of “{column}” have 12 or less in both places, so the file can’t tell. Until you decide, {chose} is \
                 taken."
            );
            (what, why)
        }
        Question::DecimalOrThousands { column, example, chosen } => {
            let chose = match chosen {
                DecimalSign::Point => "the point as the decimal sign",
                DecimalSign::Comma => "the comma as the decimal sign",
            };
            let why = format!(
                "Every amount of “{column}” that has a sign has three digits behind it, so the file can’t tell. Until you \
                 decide, {chose} is taken."
            );
            (format!("how much is {example}?"), why)
        }
        Question::WhichCurrency { currencies, chosen } => {
            let why = format!(
                "Amounts in different currencies are never added up. Until you decide, {} is taken; rows in the other{} are \
                 left out.",
                currency_label(chosen),
                if currencies.len() > 2 { "s" } else { "" }
            );
            ("which currency do you want to see?".to_owned(), why)
        }
    }
}

fn answers(question: &Question, f: &dyn Format) -> Vec<Answer> {
    match question {
        Question::DayOrMonthFirst { example, day_first, month_first, .. } => {
            let means = |day: Option<Day>| day.map(|day| format!("{example} is {}", f.day(day))).unwrap_or_default();
            vec![
                Answer {
                    words: "Day first".into(),
                    small: means(*day_first),
                    said: Said::Order(DateOrder::DayMonthYear),
                },
                Answer {
                    words: "Month first".into(),
                    small: means(*month_first),
                    said: Said::Order(DateOrder::MonthDayYear),
                },
            ]
        }
        Question::DecimalOrThousands { example, .. } => {
            let means = |decimal: char| {
                let other = if decimal == '.' { ',' } else { '.' };
                let plain: String =
                    example.chars().filter(|c| c.is_ascii_digit() || *c == decimal || *c == '-').collect();
                let value = plain.replace(decimal, ".").parse::<f64>().ok();
                let places = if example.contains(decimal) { 3 } else { 0 };
                let read = value.map(|value| format!("{example} is {}", f.number(value, places)));
                read.unwrap_or_else(|| format!("{other} separates thousands"))
            };
            vec![
                Answer {
                    words: "The point is the decimal sign".into(),
                    small: means('.'),
                    said: Said::Decimal(DecimalSign::Point),
                },
                Answer {
                    words: "The comma is the decimal sign".into(),
                    small: means(','),
                    said: Said::Decimal(DecimalSign::Comma),
                },
            ]
        }
        Question::WhichCurrency { currencies, .. } => {
            let answer = |(code, rows): &(String, u64)| Answer {
                words: currency_label(code),
                small: f.count(*rows, "row"),
                said: Said::Currency(code.clone()),
            };
            currencies.iter().map(answer).collect()
        }
    }
}
