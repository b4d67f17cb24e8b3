//! What to do next.

use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::writer;
use crate::page::route::View;
use crate::words::next::{Step, To, steps};

/// What to do next.
pub fn next() -> AnyView {
    let control = Control::use_here();
    let steps = writer::section(steps);
    let item = move |step: Step| {
        let (view, segment) = match step.to {
            To::Customers(family, name) => (View::Customers, Some(format!("{family}.{name}"))),
            To::Retention => (View::Retention, None),
            To::Value => (View::Value, None),
        };
        let [before, figure, after] = step.behind;
        let address = live::text(move || control.route_of(view).with_segment(segment.clone()).hash());
        view! {
            <li>
                <div>
                    <h3 class="h3">
                        <a href=address>{step.title}</a>
                    </h3>
                    <p class="soft">{step.why}</p>
                </div>
                <p class="gain">{before} <br/> <b>{figure}</b> " " {after}</p>
            </li>
        }
        .into_any()
    };
    live::part(move || {
        let items = steps.get().into_iter().map(item).collect::<Vec<_>>();
        (!items.is_empty()).then(|| {
            view! {
                <section aria-labelledby="h-next">
                    <h2 class="h2" id="h-next">"What to do next"</h2>
                    <ol class="todo">{items}</ol>
                </section>
            }
            .into_any()
        })
    })
}
