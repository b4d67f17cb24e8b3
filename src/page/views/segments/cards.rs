//! One card a segment: who they are, what they brought, what to do.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::parts::bar::ShareBar;
use crate::page::parts::writer;
use crate::page::route::{View, segment_key};
use crate::protocol::Export;
use crate::report::customers::CustomerQuery;
use crate::report::schema::Segment;
use crate::words::facts::FEW;
use crate::words::format::Format;
use crate::words::segments as words;

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
    playbook: Option<words::Playbook>,
    address: Option<String>,
}

/// The segments of a family.
#[component]
pub fn Cards(
    /// Key of the family.
    family: Memo<String>,
) -> impl IntoView {
    let cards = writer::section(move |report, format| {
        let family = family.get();
        let segments = report.segments.iter().filter(|segment| segment.family == family && segment.customers > 0);
        let address = |segment: &Segment| segment_key(&segment.family, &segment.name, &report.dimensions);
        segments.map(|segment| card(segment, address(segment), format)).collect::<Vec<_>>()
    });
    let all = RwSignal::new(false);
    let more = Memo::new(move |_| cards.with(|cards| cards.len() > SHOWN));
    let shown = move || {
        let mut cards = cards.get();
        cards.truncate(if all.get() { cards.len() } else { SHOWN });
        cards
    };
    view! {
        <section aria-labelledby="h-cards" class="stack">
            <h2 class="h2" id="h-cards">
                {move || if family.with(|family| family.starts_with("dimension:")) {
                    "Each of them"
                } else {
                    "What to do for each"
                }}
            </h2>
            <div class="cards">{move || shown().into_iter().map(|card| view! { <CardView card/> }).collect_view()}</div>
            <Show when=move || !all.get() && more.get()>
                <p class="actions">
                    <button class="btn" type="button" on:click=move |_| all.set(true)>
                        {move || format!("Show all {}", cards.with(Vec::len))}
                    </button>
                </p>
            </Show>
        </section>
    }
}

fn card(segment: &Segment, address: Option<String>, format: &dyn Format) -> Card {
    let share_text = format.share(segment.revenue_share);
    let quiet = segment.median_recency_days.map_or_else(String::new, |days| format.days(days));
    let facts = vec![
        ("Brought so far", format.money(segment.revenue.to_f64()), share_text.clone()),
        ("Average order", format.derived(segment.aov), String::new()),
        ("Bought at least twice", format.rate(&segment.repeat), String::new()),
        ("Still active", format.rate(&segment.active), String::new()),
        ("Typically last bought", if quiet.is_empty() { quiet } else { format!("{quiet} ago") }, String::new()),
    ];
    Card {
        title: words::title(&segment.family, &segment.name),
        meaning: words::meaning(&segment.family, &segment.name),
        size: format.count(segment.customers, "customer"),
        few: segment.customers < FEW,
        share: segment.revenue_share,
        share_text: format!("{share_text} of revenue"),
        facts: facts.into_iter().filter(|fact| !fact.1.is_empty()).collect(),
        playbook: words::words(&segment.family, &segment.name).map(|words| words.playbook),
        address,
        family: segment.family.clone(),
        name: segment.name.clone(),
    }
}

/// The card of a segment.
#[component]
fn CardView(
    /// What stands on it.
    card: Card,
) -> impl IntoView {
    let control = Control::use_here();
    let query = CustomerQuery { segment: Some((card.family, card.name)), ..CustomerQuery::default() };
    let facts = card.facts.into_iter().map(|(name, value, share)| {
        let share = (!share.is_empty()).then(|| view! { " " <span>{share}</span> });
        view! { <dt>{name}</dt> <dd>{value} {share}</dd> }
    });
    let plan = card.playbook.map(|playbook| {
        let steps =
            [("By hand", playbook.by_hand), ("Automated", playbook.automated), ("Predicted", playbook.predicted)];
        let steps = steps.map(|(name, text)| view! { <li><b>{name}</b><span>{text}</span></li> });
        view! { <ul class="plan">{steps.collect_view()}</ul> }
    });
    let open = card.address.map(|key| {
        let address = move || control.route_of(View::Customers).with_segment(Some(key.clone())).hash();
        view! { <a class="btn" href=address aria-label=format!("Open {}", card.title)>"Open"</a> }
    });
    let title = card.title.clone();
    view! {
        <article class="seg">
            <div class="head">
                <h3 class="h2">{title}</h3>
                <span class="tag">{card.size}</span>
            </div>
            <p class="soft">
                {card.meaning}
                {card.few.then(|| view! { " " <span class="tag ask">"few: uncertain"</span> })}
            </p>
            <ShareBar share=card.share label=card.share_text/>
            <dl>{facts.collect_view()}</dl>
            <div>{plan}</div>
            <p class="actions">
                {open}
                <button
                    class="btn quiet"
                    type="button"
                    aria-label=format!("Download the list of {}", card.title)
                    on:click=move |_| control.export(Export::Customers { query: query.clone() })
                >
                    "Download the list"
                </button>
            </p>
        </article>
    }
}
