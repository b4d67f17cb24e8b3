//! What a file can't tell by itself.

use leptos::ev::Event;
use leptos::prelude::*;

use super::file::FileAt;
use crate::ingest::dates::DateOrder;
use crate::ingest::numbers::DecimalSign;
use crate::page::live::{self, MakeRow};
use crate::page::locale::Locale;
use crate::page::parts::icon::{Icon, Sign};
use crate::protocol::{Doubt, FileReview, InFiles, Question, ReadOptions};
use crate::roles::Role;
use crate::roles::scale::Scale;
use crate::words::review as words;
use crate::words::review::Asked;

/// What an answer says.
#[derive(Clone, Debug, PartialEq)]
enum Said {
    Order(DateOrder),
    Decimal(DecimalSign),
    Currency(String),
    Scale(Scale),
    InFiles(InFiles),
    OfSeveral(Doubt),
    FarApart(bool),
    Damaged(bool, Doubt),
}

impl Said {
    fn apply(self, options: &mut ReadOptions) {
        match self {
            Said::Order(order) => options.date_order = Some(order),
            Said::Decimal(sign) => options.decimal = Some(sign),
            Said::Currency(code) => options.currency = Some(code),
            Said::Scale(scale) => options.scale = Some(scale),
            Said::InFiles(chosen) => options.orders_in_files = Some(chosen),
            Said::OfSeveral(doubt) => options.orders_of_several = Some(doubt),
            Said::FarApart(apart) => options.orders_far_apart = Some(apart),
            Said::Damaged(true, doubt) => options.damaged_orders = Some(doubt),
            Said::Damaged(false, doubt) => options.damaged_customers = Some(doubt),
        }
    }

    /// Whether a file is read so, said or guessed.
    fn is_in_force(&self, file: &FileReview, question: &Question) -> bool {
        match (self, question) {
            (Said::Order(order), _) => file.reading.date_order == *order,
            (Said::Decimal(sign), _) => file.reading.decimal == *sign,
            (Said::Currency(code), Question::WhichCurrency { chosen, .. }) => {
                file.options.currency.as_ref().unwrap_or(chosen) == code
            }
            (Said::Scale(scale), Question::WhichScale { chosen, .. }) => {
                file.options.scale.unwrap_or(*chosen) == *scale
            }
            (Said::InFiles(said), Question::OrdersInFiles { chosen, .. }) => {
                file.options.orders_in_files.unwrap_or(*chosen) == *said
            }
            (Said::OfSeveral(doubt), _) => file.options.orders_of_several.unwrap_or(Doubt::Count) == *doubt,
            (Said::FarApart(apart), _) => file.options.orders_far_apart.unwrap_or_default() == *apart,
            (Said::Damaged(true, doubt), _) => file.options.damaged_orders.unwrap_or(Doubt::Count) == *doubt,
            (Said::Damaged(false, doubt), _) => file.options.damaged_customers.unwrap_or(Doubt::Count) == *doubt,
            (Said::Currency(_) | Said::Scale(_) | Said::InFiles(_), _) => false,
        }
    }
}

/// The questions of a file, with those that were answered.
///
/// An answered question comes back no more from the worker. It stays on the page all the same, so that the focus stays
/// where it is and the answer can be changed.
pub fn questions(file: FileAt) -> AnyView {
    let asked = RwSignal::new(Vec::<Question>::new());
    live::effect(move || {
        let (open, parts) = file.read(|file| (file.questions.clone(), parts(file))).unwrap_or_default();
        asked.update(|asked| {
            asked.retain(|question| is_about(question, &parts));
            for question in open {
                match asked.iter_mut().find(|known| kind(known) == kind(&question)) {
                    Some(known) => *known = question,
                    None => asked.push(question),
                }
            }
        });
    });
    live::keyed(move || {
        let row = |question: Question| -> (String, MakeRow) {
            (kind(&question).to_owned(), Box::new(move || ask(file, question)))
        };
        asked.get().into_iter().map(row).collect()
    })
}

/// The columns and the parts that they play.
fn parts(file: &FileReview) -> Vec<(String, Role)> {
    file.columns.iter().map(|column| (column.name.clone(), column.role)).collect()
}

/// Whether the column that a question is about still plays the part that made it one.
fn is_about(question: &Question, parts: &[(String, Role)]) -> bool {
    parts.iter().any(|(name, role)| match question {
        Question::DayOrMonthFirst { column, .. } => name == column && *role == Role::Date,
        Question::DecimalOrThousands { column, .. } => {
            name == column && matches!(role, Role::Amount | Role::UnitPrice | Role::Quantity)
        }
        Question::WhichScale { column, .. } => name == column && *role == Role::Score,
        Question::OrdersOfSeveral { column, .. } | Question::OrdersFarApart { column, .. } => {
            name == column && *role == Role::Order
        }
        Question::DamagedIds { column, of_orders, .. } => {
            name == column && *role == if *of_orders { Role::Order } else { Role::Customer }
        }
        Question::OrdersInFiles { .. } => true,
        // The amounts themselves may carry currencies.
        Question::WhichCurrency { .. } => true,
    })
}

/// One question of a kind can be asked about a file.
fn kind(question: &Question) -> &'static str {
    match question {
        Question::DayOrMonthFirst { .. } => "order",
        Question::DecimalOrThousands { .. } => "decimal",
        Question::WhichCurrency { .. } => "currency",
        Question::WhichScale { .. } => "scale",
        Question::OrdersInFiles { .. } => "files",
        Question::OrdersOfSeveral { .. } => "several",
        Question::OrdersFarApart { .. } => "far",
        Question::DamagedIds { of_orders: true, .. } => "cut-orders",
        Question::DamagedIds { .. } => "cut-customers",
    }
}

/// A question as a notice with the answers to choose from.
fn ask(file: FileAt, question: Question) -> AnyView {
    let id = format!("q-{}-{}", file.at, kind(&question));
    let Asked { question: what, why, choices } = words::question(&question, &Locale::of(None));
    let group = id.clone();
    let choices = choices.into_iter().zip(answers(&question)).map(|(words::Choice { label, meaning }, said)| {
        let (own, question, group) = (said.clone(), question.clone(), group.clone());
        let chosen = live::kept(move || file.read(|file| own.is_in_force(file, &question)).unwrap_or_default());
        let choose = move |_: Event| {
            let said = said.clone();
            file.say(|options| said.apply(options));
        };
        view! {
            <label class="choice">
                <input type="radio" name=group prop:checked=live::flag(move || chosen.get()) on:change=live::on(choose)/>
                <span>{label}<small>{meaning}</small></span>
            </label>
        }
    });
    let heading = live::text(move || match file.name_among_several() {
        Some(name) => format!("{name}: {what}"),
        None => what.clone(),
    });
    view! {
        <section class="notice ask" aria-labelledby=id.clone()>
            <Icon sign=Sign::Warning/>
            <div>
                <h2 class="h3" id=id.clone()>{heading}</h2>
                <p>{why}</p>
                <fieldset class="choices" aria-labelledby=id.clone()>{choices.collect_view()}</fieldset>
            </div>
        </section>
    }
    .into_any()
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
        Question::WhichScale { .. } => Scale::ALL.into_iter().map(Said::Scale).collect(),
        Question::OrdersInFiles { files, .. } => {
            let tables = files.iter().map(|(at, _)| Said::InFiles(InFiles::Table(*at)));
            tables.chain([Said::InFiles(InFiles::Apart)]).collect()
        }
        Question::OrdersOfSeveral { .. } => [Doubt::Count, Doubt::LeaveOut].map(Said::OfSeveral).to_vec(),
        Question::OrdersFarApart { .. } => [false, true].map(Said::FarApart).to_vec(),
        Question::DamagedIds { of_orders, .. } => {
            [Doubt::Count, Doubt::LeaveOut].map(|doubt| Said::Damaged(*of_orders, doubt)).to_vec()
        }
        Question::WhichCurrency { currencies, .. } => {
            currencies.iter().map(|(code, _)| Said::Currency(code.clone())).collect()
        }
    }
}
