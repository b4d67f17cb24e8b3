//! What costs and customers could not be joined on.

use leptos::prelude::*;

use super::Handle;
use crate::page::live;
use crate::page::parts::icon::{Icon, Sign};
use crate::words::costs::gaps as words;

/// A notice for what is missing, in one sentence that stands out and one that says what would bring it.
pub fn gaps(topic: Handle) -> AnyView {
    let gaps = topic.kept(words);
    live::part(move || {
        let gap = |(first, rest): (String, String)| view! { <p><strong>{first}</strong>" "{rest}</p> }.into_any();
        let gaps: Vec<AnyView> = gaps.get().into_iter().map(gap).collect();
        (!gaps.is_empty()).then(|| {
            view! {
                <section aria-labelledby="h-gaps">
                    <h2 class="vh" id="h-gaps">"What could not be joined"</h2>
                    <div class="notice">
                        <Icon sign=Sign::Info/>
                        <div class="stack">{gaps}</div>
                    </div>
                </section>
            }
            .into_any()
        })
    })
}
