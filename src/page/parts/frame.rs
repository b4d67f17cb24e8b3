//! What stands round a chart or a coloured table: its title, what is drawn, and the scale of its colours.

use leptos::prelude::*;

/// A figure with its finding as title, what is drawn of whom below it, and then the content.
pub fn frame(title: Signal<String>, sub: Signal<String>, content: AnyView) -> AnyView {
    view! {
        <figure class="chart">
            <figcaption>
                <h2 class="h2">{title}</h2>
                <p class="sub">{sub}</p>
            </figcaption>
            {content}
        </figure>
    }
    .into_any()
}

/// The steps of a scale of colours between its two ends, and further keys behind them.
pub fn scale(least: &'static str, keys: AnyView) -> AnyView {
    let steps: Vec<AnyView> = (1..=8).map(|step| view! { <i class=format!("q{step}")></i> }.into_any()).collect();
    view! {
        <p class="scale">
            <span>{least}</span>
            <span class="sw">{steps}</span>
            <span>"more"</span>
            {keys}
        </p>
    }
    .into_any()
}
