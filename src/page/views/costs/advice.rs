//! What to do about what winning one costs.

use leptos::prelude::*;

use super::Handle;
use crate::page::live;
use crate::words::costs::{Advice, advice as words};

/// What to do; nothing where nothing stands out.
pub fn advice(topic: Handle) -> AnyView {
    let all = topic.kept(|costs, _, format| words(costs, format));
    let item = |Advice { what, why, gain }: Advice| {
        view! {
            <li>
                <div>
                    <h3 class="h3">{what}</h3>
                    <p class="soft">{why}</p>
                </div>
                <p class="gain">{gain.0} <br/> <b>{gain.1}</b> " " {gain.2}</p>
            </li>
        }
        .into_any()
    };
    live::part(move || {
        let items: Vec<AnyView> = all.get().into_iter().map(item).collect();
        (!items.is_empty()).then(|| {
            view! {
                <section aria-labelledby="h-advice">
                    <h2 class="h2" id="h-advice">"What to do about it"</h2>
                    <ol class="todo">{items}</ol>
                </section>
            }
            .into_any()
        })
    })
}
