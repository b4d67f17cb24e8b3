//! The table of all customers: found, sorted, narrowed to a segment, saved.

use std::time::Duration;

use leptos::ev::{Event, MouseEvent};
use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::page::parts::writer;
use crate::page::route::{segment_from, segment_key};
use crate::page::state::Asked;
use crate::protocol::Export;
use crate::report::Report;
use crate::report::customers::CustomerQuery;
use crate::words::format::Format;
use crate::words::{findings, groups, segments as words};

mod table;

/// Rows of a page.
pub const PAGE: u32 = 50;

/// How long a person must have stopped typing before the table follows.
const PAUSE: Duration = Duration::from_millis(150);

/// All customers.
#[component]
pub fn Customers() -> impl IntoView {
    let control = Control::use_here();
    // Kept while the page of a customer is looked at.
    let asked = control.results.asked;
    let key = live::kept(move || control.look.route.with(|route| route.segment().map(str::to_owned)));
    let segment = writer::section(move |report, _| key.with(|key| segment_from(key.as_deref()?, &report.dimensions)));
    // Another segment begins with its first page.
    live::effect(move || {
        let now = key.get();
        if asked.segment.get_untracked() != now {
            asked.segment.set(now);
            asked.offset.set(0);
        }
    });
    let query = live::kept(move || {
        let (sort, ascending) = asked.sort.get();
        CustomerQuery {
            search: asked.search.get(),
            segment: segment.get(),
            sort,
            ascending,
            offset: asked.offset.get(),
            limit: PAGE,
        }
    });
    // The old rows stay until the worker has answered.
    live::effect(move || {
        control.results.report.track();
        control.ask_customers(query.get());
    });
    let export = live::on(move |_: MouseEvent| control.export(Export::Customers { query: query.get_untracked() }));
    let finding = writer::section(move |report, format| {
        let of = |(family, name): &(String, String)| findings::customers(report, Some((family, name)), format);
        segment.with(|segment| segment.as_ref().map_or_else(|| findings::customers(report, None, format), of))
    });
    view! {
        <ViewHead name="Customers" finding/>
        <Filters>
            {segment_select()}
        </Filters>
        <section aria-labelledby="h-list" class="stack">
            <h2 class="vh" id="h-list">"All customers"</h2>
            <div class="actions">
                {search(asked)}
                <button class="btn" type="button" on:click=export>
                    "Download this list"
                </button>
            </div>
            {table::rows(asked, query)}
        </section>
    }
}

/// The search box: the table follows when the person stops typing.
fn search(asked: Asked) -> AnyView {
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(waiting) = waiting.try_update_value(Option::take).flatten() {
            waiting.clear();
        }
    };
    on_cleanup(stop);
    let typed = live::on(move |event: Event| {
        stop();
        let text = event_target_value(&event);
        let follow = move || {
            asked.offset.set(0);
            asked.search.set(text.trim().to_owned());
        };
        // Without a timer the table follows at the next letter.
        waiting.set_value(set_timeout_with_handle(follow, PAUSE).ok());
    });
    view! {
        <label class="field">
            <span>"Find a customer"</span>
            <input
                type="search"
                autocomplete="off"
                spellcheck="false"
                data-search=""
                placeholder="Part of the id"
                prop:value=asked.search.get_untracked()
                on:input=typed
            />
        </label>
    }
    .into_any()
}

/// A family with its segments: address and name of each.
type Group = (String, Vec<(String, String)>);

/// Narrows the table to a segment.
fn segment_select() -> AnyView {
    let control = Control::use_here();
    let chosen =
        live::kept(move || control.look.route.with(|route| route.segment().map(str::to_owned)).unwrap_or_default());
    let groups = writer::section(move |report, format| chosen.with(|chosen| with_chosen(chosen, report, format)));
    let choose = live::on(move |event: Event| {
        let key = event_target_value(&event);
        let view = control.look.route.with_untracked(|route| route.view);
        control.go(untrack(|| control.route_of(view)).with_segment(Some(key).filter(|key| !key.is_empty())));
    });
    let option = move |(key, name): (String, String)| {
        let value = key.clone();
        let selected = live::flag(move || chosen.with(|chosen| *chosen == key));
        view! { <option value=value prop:selected=selected>{name}</option> }.into_any()
    };
    let group = move |(name, segments): Group| {
        view! { <optgroup label=name>{segments.into_iter().map(option).collect::<Vec<_>>()}</optgroup> }.into_any()
    };
    view! {
        <label class="field">
            <span>"Segment"</span>
            <select on:change=choose>
                {option((String::new(), "All".to_owned()))}
                {live::part(move || groups.get().into_iter().map(group).collect::<Vec<_>>())}
            </select>
        </label>
    }
    .into_any()
}

/// All that can be chosen; what the address names stays among them where nobody is in it now.
fn with_chosen(chosen: &str, report: &Report, format: &dyn Format) -> Vec<Group> {
    let mut all = choices(report, format);
    if !chosen.is_empty() && !all.iter().flat_map(|group| &group.1).any(|(key, _)| key == chosen) {
        let title = segment_from(chosen, &report.dimensions).map(|(family, name)| words::title(&family, &name));
        let title = title.unwrap_or_else(|| "Unknown".to_owned());
        all.push(("No one is in it".to_owned(), vec![(chosen.to_owned(), title)]));
    }
    all
}

fn choices(report: &Report, format: &dyn Format) -> Vec<Group> {
    let mut all: Vec<Group> = Vec::new();
    for choice in groups::choices(report, format) {
        let Some(key) = segment_key(&choice.family, &choice.name, &report.dimensions) else { continue };
        let family = words::family_name(&choice.family);
        match all.iter_mut().find(|group| group.0 == family) {
            Some(group) => group.1.push((key, choice.title)),
            None => all.push((family, vec![(key, choice.title)])),
        }
    }
    all
}
