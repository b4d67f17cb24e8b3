//! Who is well and who slips.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::Here;
use crate::ingest::profile::shown;
use crate::page::live;
use crate::page::parts::stacked::{Row, Stacked, stacked};
use crate::page::route::View;
use crate::report::engagement::{CustomerHealth, Engagement};
use crate::words::engagement as words;
use crate::words::format::{Format, NOT_DEFINED};

/// So many of those who slip are shown at first.
const SHOWN: usize = 8;

/// The bands of health with its parts, and those who slip.
pub fn health(section: Here) -> AnyView {
    let bands = section.kept(|section, _, f| bands(section, f));
    let parts = section.kept(|section, _, f| parts(section, f));
    let all = RwSignal::new(false);
    let slipping = section.kept(move |section, _, f| slipping(section, if all.get() { usize::MAX } else { SHOWN }, f));
    let title = section.text(|section, _, f| words::slipping_title(section, f));
    let has = section.kept(|section, _, _| section.health.customers > 0);
    let someone = section.kept(|section, _, _| section.health.slipping_customers > 0);
    let many = section.kept(|section, _, _| section.health.slipping.len() > SHOWN);
    let more = move || {
        view! {
            <p class="actions">
                <button class="btn" type="button" on:click=live::on(move |_: MouseEvent| all.set(true))>
                    "Show more of them"
                </button>
            </p>
        }
    };
    let list = move || {
        view! {
            <section aria-labelledby="h-slipping" class="stack">
                <h2 class="h2" id="h-slipping">{title}</h2>
                <p class="soft">{words::SLIPPING}</p>
                {stacked("Customers who slip", slipping)}
                {live::when(move || many.get() && !all.get(), more)}
            </section>
        }
    };
    live::when(
        move || has.get(),
        move || {
            view! {
                <div class="two">
                    <section aria-labelledby="h-bands" class="stack">
                        <h2 class="h2" id="h-bands">"How they are doing"</h2>
                        {stacked("Customers by health", bands)}
                    </section>
                    <section aria-labelledby="h-parts" class="stack">
                        <h2 class="h2" id="h-parts">"What health is made of"</h2>
                        {stacked("Parts of health", parts)}
                    </section>
                </div>
                {live::when(move || someone.get(), list)}
            }
        },
    )
}

fn bands(section: &Engagement, f: &dyn Format) -> Stacked {
    let mut table = Stacked::new(&[("Health", false), ("Customers", true), ("Share", true), ("Revenue", true)]);
    let all = section.health.customers;
    for band in &section.health.bands {
        let cells = [
            words::band_name(&band.name).to_owned(),
            f.integer(band.customers),
            f.share((all > 0).then(|| band.customers as f64 / all as f64)),
            f.money(band.revenue.to_f64()),
        ];
        table.rows.push(Row::plain(None, cells));
    }
    table
}

fn parts(section: &Engagement, f: &dyn Format) -> Stacked {
    let mut table = Stacked::new(&[("Part", false), ("Mean", true), ("Known of", true)]);
    for part in &section.health.parts {
        let mean = part.mean.map_or_else(|| NOT_DEFINED.to_owned(), |mean| f.number(mean, 0));
        let cells = [words::health_part(&part.key).to_owned(), mean, f.count(part.customers, "customer")];
        table.rows.push(Row::plain(None, cells));
    }
    table
}

fn slipping(section: &Engagement, most: usize, f: &dyn Format) -> Stacked {
    let heads = [("Customer", false), ("Brought so far", true), ("Health", true), ("Why", false)];
    let mut table = Stacked::new(&heads);
    let row = |health: &CustomerHealth| {
        let score = health.score.map_or_else(|| NOT_DEFINED.to_owned(), |score| f.number(score, 0));
        let why = words::reasons(health, f).join(". ");
        let cells = [shown(&health.customer), f.money(health.revenue.to_f64()), score, why];
        Row::plain(Some(View::Customer(health.number)), cells)
    };
    table.rows.extend(section.health.slipping.iter().take(most).map(row));
    table
}
