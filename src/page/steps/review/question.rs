//! What a file can't tell by itself.

use leptos::prelude::*;

use super::file::FileAt;
use crate::ingest::dates::DateOrder;
use crate::ingest::numbers::DecimalSign;
use crate::page::control::Control;
use crate::page::locale::Locale;
use crate::page::parts::icon::{Icon, Sign};
use crate::protocol::{Question, ReadOptions};
use crate::words::review as words;
use crate::words::review::Asked;

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
        <For each=move || asked.get() key=kind let:question><Ask file=file question=question/></For>
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
fn Ask(
    /// The file.
    file: FileAt,
    /// What is asked.
    question: Question,
) -> impl IntoView {
    let control = Control::use_here();
    let name = file.name();
    let several = Memo::new(move |_| control.intake.files.with(|files| files.len() > 1));
    let id = format!("q-{}-{}", file.at, kind(&question));
    let Asked { question: what, why, choices } = words::question(&question, &Locale::of(None));
    let chosen = chosen(file, &question);
    let group = id.clone();
    let choices = choices.into_iter().zip(answers(&question)).map(|(words::Choice { label, meaning }, said)| {
        let (own, group) = (said.clone(), group.clone());
        let choose = move |_| {
            let said = said.clone();
            control.reread(file.at, |options| said.apply(options));
        };
        view! {
            <label class="choice">
                <input type="radio" name=group prop:checked=move || chosen.get().as_ref() == Some(&own) on:change=choose/>
                <span>{label}<small>{meaning}</small></span>
            </label>
        }
    });
    view! {
        <section class="notice ask" aria-labelledby=id.clone()>
            <Icon sign=Sign::Warning/>
            <div>
                <h2 class="h3" id=id.clone()>{move || if several.get() { format!("{}: {what}", name.get()) } else { what.clone() }}</h2>
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

/// What each answer says, in the order of the words.
fn answers(question: &Question) -> Vec<Said> {
    match question {
        Question::DayOrMonthFirst { .. } => {
            vec![Said::Order(DateOrder::DayMonthYear), Said::Order(DateOrder::MonthDayYear)]
        }
        Question::DecimalOrThousands { .. } => {
            vec![Said::Decimal(DecimalSign::Point), Said::Decimal(DecimalSign::Comma)]
        }
        Question::WhichCurrency { currencies, .. } => {
            currencies.iter().map(|(code, _)| Said::Currency(code.clone())).collect()
        }
    }
}
