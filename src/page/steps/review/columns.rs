//! What each column of a file means.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::file::FileAt;
use crate::math::order;
use crate::page::live::{self, MakeRow};
use crate::page::locale::Locale;
use crate::page::parts::choice::Choice;
use crate::page::parts::icon::{Icon, Sign};
use crate::protocol::{ColumnReview, FileReview};
use crate::roles::{Confidence, Role, parts};
use crate::words::format::Format;
use crate::words::review as words;

/// Columns shown at first: a table may have thousands, and the page must not feel it.
const SHOWN: usize = 60;

/// Columns that one more press brings.
const MORE: usize = 240;

/// Says why a file takes no part, and how to give it one.
pub fn missing(file: FileAt) -> AnyView {
    live::part(move || {
        let words = file.read(words::no_part)??;
        Some(view! {
            <div class=if words.is_bad { "notice bad" } else { "notice" } role="alert">
                <Icon sign=Sign::Warning/>
                <div>
                    <p><strong>{words.what}" "</strong>{words.why}</p>
                    <p>{words.how}</p>
                </div>
            </div>
        })
    })
}

/// A card for each column.
#[component]
pub fn Columns(
    /// The file.
    file: FileAt,
) -> impl IntoView {
    let name = file.name();
    // The order is made once for the columns that there are: a card must not move while somebody works at it.
    let names = live::kept(move || {
        file.read(|file| file.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>()).unwrap_or_default()
    });
    let order = live::kept(move || {
        names.track();
        untrack(|| file.read(order)).unwrap_or_default()
    });
    let limit = RwSignal::new(SHOWN);
    let cards = live::keyed(move || {
        let row = |&column: &usize| -> (String, MakeRow) { (column.to_string(), Box::new(move || card(file, column))) };
        order.with(|order| order.iter().take(limit.get()).map(row).collect())
    });
    let hidden = move || order.with(|order| order.len().saturating_sub(limit.get()));
    let more = move || {
        let words = live::text(move || format!("And {}: show more", Locale::of(None).count(hidden() as u64, "column")));
        let show = live::on(move |_: MouseEvent| limit.update(|limit| *limit += MORE));
        view! { <p><button class="btn" type="button" on:click=show>{words}</button></p> }
    };
    let needed = file.text(|file| words::needed(file.kind));
    let id = format!("h-cols-{}", file.at);
    view! {
        <section class="stack" aria-labelledby=id.clone()>
            <div>
                <h2 class="h2" id=id.clone()>
                    "What each column of "<span class="filename">{name}</span>" means"
                </h2>
                <p class="note">
                    {needed}
                </p>
            </div>
            <div class="cols-grid">
                {cards}
            </div>
            {live::when(move || hidden() > 0, more)}
        </section>
    }
}

/// Needed roles first, then the others in the order in which they are offered, then what takes no part; each in the
/// order of the file.
fn order(file: &FileReview) -> Vec<usize> {
    let key = |at: usize| (file.columns[at].role, file.columns[at].confidence != Confidence::Ask);
    order::places(file.columns.len(), &mut |a, b| key(a).cmp(&key(b)))
}

/// A column: its name, how sure its meaning is, some values, the meaning to choose, and why.
fn card(file: FileAt, column: usize) -> AnyView {
    let text = move |make: fn(&ColumnReview) -> String| {
        live::text(move || file.read(|file| file.columns.get(column).map(make)).flatten().unwrap_or_default())
    };
    let flag = move |holds: fn(&ColumnReview) -> bool| {
        live::flag(move || file.read(|file| file.columns.get(column).is_some_and(holds)).unwrap_or_default())
    };
    let name = text(|column| column.name.clone());
    let samples = text(|column| column.samples.iter().take(3).cloned().collect::<Vec<_>>().join(" · "));
    let asks = flag(|column| column.confidence == Confidence::Ask);
    let off = flag(|column| column.role == Role::Unused && column.confidence != Confidence::Ask);
    let role = text(|column| column.role.name().to_owned());
    let roles = live::follow(Box::new(move || {
        let offered = file.read(|file| parts::offered(file.kind)).unwrap_or_default();
        offered.into_iter().map(|role| (role.name().to_owned(), words::role(role).to_owned())).collect::<Vec<_>>()
    }));
    let choose = move |value: String| {
        if let Some(role) = Role::from_name(&value) {
            file.say(|options| {
                if !role.may_repeat() {
                    options.roles.retain(|_, said| *said != role);
                }
                options.roles.insert(column, role);
            });
        }
    };
    view! {
        <article class="col" class:ask=asks class:off=off>
            <header>
                <h3 class="name">{name}</h3>
                <span class=text(tag_class)>{text(|column| words::confidence(column).to_owned())}</span>
            </header>
            <p class="vals">{samples}</p>
            <Choice
                id=format!("role-{}-{column}", file.at) label=live::text(move || format!("Role of {}", name.get()))
                hidden_label=true
                value=role options=roles on_choose=choose
            />
            <p class="why">{text(|column| words::why(column, &Locale::of(None)))}</p>
        </article>
    }
    .into_any()
}

/// The classes of the tag that says how sure a meaning is.
fn tag_class(column: &ColumnReview) -> String {
    let class = match (column.role, column.confidence) {
        (_, Confidence::Ask) => "tag ask",
        (Role::Unused, _) => "tag",
        (_, Confidence::Sure) => "tag ok",
        _ => "tag",
    };
    class.to_owned()
}
