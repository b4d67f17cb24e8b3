//! What each column of a file means.

use leptos::prelude::*;

use super::file::FileAt;
use crate::page::control::Control;
use crate::page::locale::Locale;
use crate::page::parts::choice::Choice;
use crate::page::parts::icon::{Icon, Sign};
use crate::protocol::{ColumnReview, FileReview};
use crate::roles::{Confidence, Role, Why};
use crate::words::format::{Format, list};
use crate::words::review as words;

/// Columns shown at first: a table may have thousands, and the page must not feel it.
const SHOWN: usize = 60;

/// Columns that one more press brings.
const MORE: usize = 240;

/// Says which needed roles have no column, and how to give them one.
#[component]
pub fn Missing(
    /// The file.
    file: FileAt,
) -> impl IntoView {
    let name = file.name();
    let missing = file.part(|file| file.missing.clone());
    let how = move || {
        let names: Vec<String> = missing.get().iter().map(|role| format!("“{}”", words::role(*role))).collect();
        format!(
            "If a column holds it, find that column below and choose {} as its meaning. If none does, this file takes no part.",
            list(&names)
        )
    };
    move || {
        let roles = missing.get();
        (!roles.is_empty()).then(|| {
            let what = format!("We could read {}, but {}.", name.get(), words::missing(&roles));
            view! {
                <div class="notice bad" role="alert">
                    <Icon sign=Sign::Warning/>
                    <div>
                        <p><strong>{what}" "</strong>{words::missing_why(&roles)}</p>
                        <p>{how}</p>
                    </div>
                </div>
            }
        })
    }
}

/// A card for each column.
#[component]
pub fn Columns(
    /// The file.
    file: FileAt,
) -> impl IntoView {
    let review = Control::use_here().intake.review;
    let name = file.name();
    // The order is made once for the columns that there are: a card must not move while somebody works at it.
    let names = file.part(|file| file.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>());
    let order = Memo::new(move |_| {
        names.with(|_| ());
        review.with_untracked(|review| {
            review.as_ref().and_then(|review| review.files.get(file.at)).map(order).unwrap_or_default()
        })
    });
    let limit = RwSignal::new(SHOWN);
    let shown = move || order.with(|order| order.iter().copied().take(limit.get()).collect::<Vec<_>>());
    let hidden = move || order.with(|order| order.len().saturating_sub(limit.get()));
    let id = format!("h-cols-{}", file.at);
    view! {
        <section class="stack" aria-labelledby=id.clone()>
            <div>
                <h2 class="h2" id=id.clone()>
                    "What each column of "<span class="filename">{move || name.get()}</span>" means"
                </h2>
                <p class="note">
                    "Guessed from names and values. Change any of them. Needed: customer, date, and amount or quantity and \
                     price."
                </p>
            </div>
            <div class="cols-grid">
                <For each=shown key=|column| *column let:column><Card file=file column=column/></For>
            </div>
            <Show when=move || { hidden() > 0 }>
                <p>
                    <button class="btn" type="button" on:click=move |_| limit.update(|limit| *limit += MORE)>
                        {move || format!("And {}: show more", Locale::of(None).count(hidden() as u64, "column"))}
                    </button>
                </p>
            </Show>
        </section>
    }
}

/// Needed roles first, then the others in the order in which they are offered, then what takes no part; each in the
/// order of the file.
fn order(file: &FileReview) -> Vec<usize> {
    let mut all: Vec<usize> = (0..file.columns.len()).collect();
    let asked = |column: &ColumnReview| column.confidence == Confidence::Ask;
    all.sort_by_key(|at| (file.columns[*at].role, !asked(&file.columns[*at])));
    all
}

/// What is shown of a column.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    column: ColumnReview,
}

impl Default for Shown {
    fn default() -> Shown {
        let column = ColumnReview {
            name: String::new(),
            role: Role::Unused,
            confidence: Confidence::Likely,
            why: Why::NothingToGroupBy,
            samples: Vec::new(),
            empty: 0,
            distinct: 0,
            looked_at: 0,
        };
        Shown { column }
    }
}

/// A column: its name, how sure its meaning is, some values, the meaning to choose, and why.
#[component]
fn Card(
    /// The file.
    file: FileAt,
    /// The column's place in the file.
    column: usize,
) -> impl IntoView {
    let control = Control::use_here();
    let shown = file
        .part(move |file| file.columns.get(column).map(|column| Shown { column: column.clone() }).unwrap_or_default());
    let with = move |part: fn(&ColumnReview) -> String| shown.with(|shown| part(&shown.column));
    let name = move || with(|column| column.name.clone());
    let samples = move || with(|column| column.samples.iter().take(3).cloned().collect::<Vec<_>>().join(" · "));
    let role = Memo::new(move |_| shown.with(|shown| shown.column.role));
    let asks = move || shown.with(|shown| shown.column.confidence == Confidence::Ask);
    let why = move || shown.with(|shown| words::why(&shown.column, &Locale::of(None)));
    let tag = move || {
        shown.with(|shown| {
            let class = match (shown.column.role, shown.column.confidence) {
                (_, Confidence::Ask) => "tag ask",
                (Role::Unused, _) => "tag",
                (_, Confidence::Sure) => "tag ok",
                _ => "tag",
            };
            (class, words::confidence(&shown.column))
        })
    };
    let roles = || Role::ALL.iter().map(|role| (role.name().to_owned(), words::role(*role).to_owned())).collect();
    let choose = move |value: String| {
        if let Some(role) = Role::from_name(&value) {
            file.say(control, |options| {
                if !role.may_repeat() {
                    options.roles.retain(|_, said| *said != role);
                }
                options.roles.insert(column, role);
            });
        }
    };
    view! {
        <article class="col" class:ask=asks class:off=move || { role.get() == Role::Unused && !asks() }>
            <header>
                <h3 class="name">{name}</h3>
                <span class=move || tag().0>{move || tag().1}</span>
            </header>
            <p class="vals">{samples}</p>
            <Choice
                id=format!("role-{}-{column}", file.at) label=Signal::derive(move || format!("Role of {}", name()))
                hidden_label=true
                value=Signal::derive(move || role.get().name().to_owned()) options=Signal::derive(roles) on_choose=choose
            />
            <p class="why">{why}</p>
        </article>
    }
}
