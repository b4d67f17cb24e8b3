//! What comments are about: a table of what hurts, one of what pleases, and the comments behind each theme; and the answers
//! one by one, where they are too few for anything else.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::Topic;
use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::table::Region;
use crate::page::route::View;
use crate::words::feedback::themes::{self as words, CommentWords, Row};

/// What comments are about.
pub fn themes(topic: Topic) -> AnyView {
    let any = topic.kept(|said, _, _| !said.themes.is_empty());
    let none = topic.text(|said, _, _| words::none(said).to_owned());
    let nothing = move || {
        view! {
            <section aria-labelledby="h-themes" class="stack">
                <h2 class="h2" id="h-themes">"What comments are about"</h2>
                <p class="soft">{none}</p>
            </section>
        }
    };
    let tables = move || {
        view! {
            <section aria-labelledby="h-hurts" class="stack">
                <h2 class="h2" id="h-hurts">"What hurts"</h2>
                {table(topic, true)}
            </section>
            <section aria-labelledby="h-pleases" class="stack">
                <h2 class="h2" id="h-pleases">"What pleases"</h2>
                {table(topic, false)}
                <p class="note">{topic.text(words::note)}</p>
            </section>
        }
    };
    view! {
        {live::when(move || any.get(), tables)}
        {live::when(move || !any.get(), nothing)}
    }
    .into_any()
}

/// The answers one by one, the latest first.
pub fn each(topic: Topic) -> AnyView {
    let all = topic.kept(|said, _, f| said.each.iter().map(|one| words::comment(one, f)).collect::<Vec<_>>());
    view! {
        <section aria-labelledby="h-each" class="stack">
            <h2 class="h2" id="h-each">"The answers"</h2>
            <ul class="answers">{live::part(move || all.get().into_iter().map(comment).collect::<Vec<_>>())}</ul>
        </section>
    }
    .into_any()
}

/// The themes of one side. Below 40 rem the rows stack.
fn table(topic: Topic, hurts: bool) -> AnyView {
    let rows = topic.kept(move |said, _, f| words::rows(said, hurts, f));
    let side = if hurts { "Unhappy comments" } else { "Happy comments" };
    let body = live::part(move || rows.get().into_iter().map(|one| row(topic, one, side)).collect::<Vec<_>>());
    view! {
        <Region label=Signal::stored(format!("Themes: {}", side.to_lowercase()))>
        <table class="cards-s themes">
            <thead>
                <tr>
                    <th scope="col">"Theme"</th>
                    <th scope="col" class="num">{side}</th>
                    <th scope="col" class="num">"Mean answer"</th>
                    <th scope="col" class="num">"Sentiment"</th>
                    <th scope="col" class="num">"Customers"</th>
                    <th scope="col" class="num">"They brought"</th>
                </tr>
            </thead>
            <tbody>{body}</tbody>
        </table>
        </Region>
    }
    .into_any()
}

fn row(topic: Topic, row: Row, side: &'static str) -> AnyView {
    let cell = |label: &'static str, text: String| {
        view! {
            <td class="num" data-l=label>
                <span>{text}</span>
            </td>
        }
        .into_any()
    };
    let also = (!row.also.is_empty()).then(|| view! { <span class="soft">{row.also}</span> }.into_any());
    let cells = [
        cell(side, row.comments),
        cell("Mean answer", row.mean),
        cell("Sentiment", row.sentiment),
        cell("Customers", row.customers),
        cell("They brought", row.revenue),
    ];
    view! {
        <tr>
            <th scope="row">
                <b>{row.name.clone()}</b> " " {also} {comments(topic, row.key, row.name, row.examples, row.more)}
            </th>
            {Vec::from(cells)}
        </tr>
    }
    .into_any()
}

/// The comments behind a theme: some at once, the others when they are asked for.
fn comments(topic: Topic, key: String, name: String, examples: Vec<CommentWords>, more: bool) -> AnyView {
    let wanted = key.clone();
    let behind = topic.kept(move |said, _, f| {
        let behind = said.behind.as_ref().filter(|behind| behind.theme == wanted)?;
        Some(behind.comments.iter().map(|one| words::comment(one, f)).collect::<Vec<_>>())
    });
    let shown = move || behind.get().unwrap_or_else(|| examples.clone());
    let own = key.clone();
    let ask = move |_: MouseEvent| topic.ask.update(|ask| ask.theme = Some(own.clone()));
    let asked = live::follow(Box::new(move || topic.ask.with(|ask| ask.theme.as_ref() == Some(&key))));
    let button = move || {
        view! {
            <p>
                <button class="textlink" type="button" on:click=live::on(ask.clone())>
                    "Show all"
                </button>
            </p>
        }
    };
    view! {
        <details class="examples">
            <summary>"Comments" <span class="vh">" about " {name}</span></summary>
            <ul>{live::part(move || shown().into_iter().map(comment).collect::<Vec<_>>())}</ul>
            {live::when(move || more && !asked.get(), button)}
        </details>
    }
    .into_any()
}

fn comment(one: CommentWords) -> AnyView {
    let control = Control::use_here();
    let beside = match one.customer {
        Some(number) => {
            let address = live::text(move || control.route_of(View::Customer(number)).hash());
            view! { <a href=address>{one.beside}</a> }.into_any()
        }
        None => one.beside.into_any(),
    };
    view! {
        <li>
            {(!one.text.is_empty()).then(|| view! { <q>{one.text}</q> " " })}
            <span class="soft">{beside}</span>
        </li>
    }
    .into_any()
}
