//! One card a segment: who they are, what they brought, what to do.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::live::{self, Kept};
use crate::page::parts::bar::ShareBar;
use crate::page::parts::writer;
use crate::page::route::{View, segment_key};
use crate::protocol::Export;
use crate::report::Report;
use crate::report::customers::CustomerQuery;
use crate::report::schema::Segment;
use crate::words::facts::FEW;
use crate::words::format::Format;
use crate::words::{groups, segments as words};

/// At most so many cards; a dimension may have hundreds of values.
const SHOWN: usize = 24;

/// A card as it is shown.
#[derive(Clone, Debug, PartialEq)]
struct Card {
    family: String,
    name: String,
    title: String,
    meaning: String,
    size: String,
    few: bool,
    share: Option<f64>,
    share_text: String,
    facts: Vec<(&'static str, String, String)>,
    presence: Option<String>,
    playbook: Option<words::Playbook>,
    /// Whether the forecast has a list of those to write to, which a group of the same name is not.
    has_list: bool,
    address: Option<String>,
}

/// The segments of a family, by its key.
pub fn cards(family: Kept<String>) -> AnyView {
    let cards = writer::section(move |report, format| {
        let family = family.get();
        let segments = report.segments.iter().filter(|segment| segment.family == family && segment.customers > 0);
        let address = |segment: &Segment| segment_key(&segment.family, &segment.name, &report.dimensions);
        segments.map(|segment| card(segment, address(segment), report, format)).collect::<Vec<_>>()
    });
    let all = RwSignal::new(false);
    let title = live::text(move || match family.with(|family| family.starts_with("dimension:")) {
        true => "Each of them",
        false => "What to do for each",
    });
    let shown = live::part(move || {
        let count = if all.get() { usize::MAX } else { SHOWN };
        cards.get().into_iter().take(count).map(card_view).collect::<Vec<_>>()
    });
    let more = move || {
        view! {
            <p class="actions">
                <button class="btn" type="button" on:click=live::on(move |_: MouseEvent| all.set(true))>
                    {live::text(move || format!("Show all {}", cards.with(Vec::len)))}
                </button>
            </p>
        }
    };
    view! {
        <section aria-labelledby="h-cards" class="stack">
            <h2 class="h2" id="h-cards">
                {title}
            </h2>
            <div class="cards">{shown}</div>
            {live::when(move || !all.get() && cards.with(|cards| cards.len() > SHOWN), more)}
        </section>
    }
    .into_any()
}

fn card(segment: &Segment, address: Option<String>, report: &Report, format: &dyn Format) -> Card {
    let share_text = format.share(segment.revenue_share);
    let quiet = segment.median_recency_days.map_or_else(String::new, |days| format.days(days));
    let facts = vec![
        ("Brought so far", format.money(segment.revenue.to_f64()), share_text.clone()),
        ("Average order", format.derived(segment.aov), String::new()),
        ("Bought at least twice", format.rate_or_counts(&segment.repeat), String::new()),
        ("Still active", format.rate_or_counts(&segment.active), String::new()),
        ("Typically last bought", if quiet.is_empty() { quiet } else { format!("{quiet} ago") }, String::new()),
    ];
    let playbook = groups::playbook(segment);
    Card {
        title: words::title(&segment.family, &segment.name),
        meaning: groups::meaning(segment),
        presence: groups::presence(segment, report, format),
        has_list: playbook.is_some_and(|plan| plan.predicted.contains("At risk")),
        size: format.count(segment.customers, "customer"),
        few: segment.customers < FEW,
        share: segment.revenue_share,
        share_text: format!("{share_text} of revenue"),
        facts: facts.into_iter().filter(|fact| !fact.1.is_empty()).collect(),
        playbook,
        address,
        family: segment.family.clone(),
        name: segment.name.clone(),
    }
}

/// The card of a segment.
fn card_view(card: Card) -> AnyView {
    let control = Control::use_here();
    let query = CustomerQuery { segment: Some((card.family, card.name)), ..CustomerQuery::default() };
    let facts = card.facts.into_iter().map(|(name, value, share)| {
        let share = (!share.is_empty()).then(|| view! { " " <span>{share}</span> }.into_any());
        view! { <dt>{name}</dt> <dd>{value} {share}</dd> }.into_any()
    });
    let plan = card.playbook.map(|playbook| {
        let steps =
            [("By hand", playbook.by_hand), ("Automated", playbook.automated), ("Predicted", playbook.predicted)];
        let steps = steps.map(|(name, text)| view! { <li><b>{name}</b><span>{text}</span></li> }.into_any());
        view! { <ul class="plan">{Vec::from(steps)}</ul> }.into_any()
    });
    let open = card.address.map(|key| {
        let address = live::text(move || control.route_of(View::Customers).with_segment(Some(key.clone())).hash());
        view! { <a class="btn" href=address aria-label=format!("Open {}", card.title)>"Open"</a> }.into_any()
    });
    let list = card.has_list.then(|| {
        let address = live::text(move || control.route_of(View::Risk).hash());
        view! { <a class="btn quiet" href=address aria-label=format!("At risk, by the forecast: {}", card.title)>"At risk, by the forecast"</a> }
            .into_any()
    });
    let presence = card.presence.map(|presence| view! { <p>{presence}</p> }.into_any());
    let few = card.few.then(|| view! { " " <span class="tag ask">"few: uncertain"</span> }.into_any());
    let download = live::on(move |_: MouseEvent| control.export(Export::Customers { query: query.clone() }));
    let title = card.title.clone();
    view! {
        <article class="seg">
            <div class="head">
                <h3 class="h2">{title}</h3>
                <span class="tag">{card.size}</span>
            </div>
            <div class="plan">
                <p class="soft">
                    {card.meaning}
                    {few}
                </p>
                {presence}
            </div>
            <ShareBar share=card.share label=card.share_text/>
            <dl>{facts.collect::<Vec<_>>()}</dl>
            <div>{plan}</div>
            <p class="actions">
                {open}
                {list}
                <button
                    class="btn quiet"
                    type="button"
                    aria-label=format!("Download the list of {}", card.title)
                    on:click=download
                >
                    "Download the list"
                </button>
            </p>
        </article>
    }
    .into_any()
}
