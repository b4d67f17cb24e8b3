//! A chart with all that stands around it: title, picture, the same as a table, and both as files.

use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::table::DataTable;
use super::width::use_width;
use super::writer;
use crate::charts::{Figure, Theme};
use crate::page::browser;
use crate::page::control::Control;
use crate::report::Report;
use crate::words::format::Format;

/// Draws a section of the report at a width.
pub type Draw = fn(&Report, u32, &dyn Format) -> Figure;

/// A chart of the report.
#[component]
pub fn ReportChart(
    /// Draws it.
    draw: Draw,
) -> impl IntoView {
    let report = Control::use_here().results.report;
    let figure =
        move |width| report.with(|report| report.as_deref().map(|report| draw(report, width, &*writer::of(report))));
    view! { <Chart figure/> }
}

/// A chart. It is drawn again only where its picture or words come out different.
#[component]
pub fn Chart<F>(
    /// Draws it at a width in pixels.
    figure: F,
) -> impl IntoView
where
    F: Fn(u32) -> Option<Figure> + Send + Sync + 'static,
{
    let plot = NodeRef::<Div>::new();
    let width = use_width(plot);
    let figure = Memo::new(move |_| match width.get() {
        0 => None,
        width => figure(width),
    });
    let part = move |part: fn(&Figure) -> String| {
        Memo::new(move |_| figure.with(|figure| figure.as_ref().map(part).unwrap_or_default()))
    };
    let title = part(|figure| figure.title.clone());
    let sub = part(|figure| figure.sub.clone());
    let svg = part(|figure| figure.svg.clone());
    let note = part(|figure| figure.note.clone().unwrap_or_default());
    let table = Memo::new(move |_| {
        figure.with(|figure| figure.as_ref().map(|figure| figure.table.clone()).unwrap_or_default())
    });
    let legend = Memo::new(move |_| figure.with(|figure| figure.as_ref().map(keys).unwrap_or_default()));
    let save = move |what: fn(&Figure) -> (String, &'static str, String)| {
        figure.with_untracked(|figure| {
            if let Some((name, mime, text)) = figure.as_ref().map(what) {
                browser::save(&name, mime, &text);
            }
        });
    };
    view! {
        <figure class="chart">
            <figcaption>
                <h2 class="h2">{title}</h2>
                <p class="sub">{sub}</p>
            </figcaption>
            <Plot figure svg title plot/>
            <Show when=move || legend.with(|legend| !legend.is_empty())>
                <p class="note legend">
                    {move || {
                        legend
                            .get()
                            .into_iter()
                            .map(|(class, label)| view! { <span class="key"><Swatch class/>{label}</span> })
                            .collect_view()
                    }}
                </p>
            </Show>
            <Show when=move || note.with(|note| !note.is_empty())>
                <p class="note">{note}</p>
            </Show>
            <div class="tools">
                <details>
                    <summary>"Show as a table"</summary>
                    <DataTable table/>
                </details>
                <button type="button" on:click=move |_| save(|figure| (file(figure, "csv"), "text/csv", figure.csv()))>
                    "Download CSV"
                </button>
                <button
                    type="button"
                    on:click=move |_| save(|figure| (file(figure, "svg"), "image/svg+xml", figure.standalone(Theme::Light)))
                >
                    "Download SVG"
                </button>
            </div>
        </figure>
    }
}

fn file(figure: &Figure, ending: &str) -> String {
    format!("perennial-{}.{ending}", figure.id)
}

fn keys(figure: &Figure) -> Vec<(String, String)> {
    figure.legend.iter().map(|key| (key.class(), key.label.clone())).collect()
}

#[component]
fn Swatch(
    /// Class of its fill.
    class: String,
) -> impl IntoView {
    view! {
        <svg viewBox="0 0 12 12" aria-hidden="true">
            <rect class=class width="12" height="12" rx="2"/>
        </svg>
    }
}

/// The picture: one tab stop; the arrow keys walk its points, and what each says is also said aloud.
#[component]
fn Plot(
    /// The chart.
    figure: Memo<Option<Figure>>,
    /// Its picture.
    svg: Memo<String>,
    /// Its title.
    title: Memo<String>,
    /// The element, whose width the chart is drawn for.
    plot: NodeRef<Div>,
) -> impl IntoView {
    let shown = RwSignal::new(None::<usize>);
    let said = RwSignal::new(String::new());
    let texts = move || {
        figure.with(|figure| {
            figure
                .as_ref()
                .map(|figure| figure.points.iter().map(|point| point.text()).collect::<Vec<_>>())
                .unwrap_or_default()
        })
    };
    let count = Memo::new(move |_| figure.with(|figure| figure.as_ref().map_or(0, |figure| figure.points.len())));
    // Marks the point in the picture after every drawing; the picture itself is not touched by walking it.
    Effect::new(move || {
        svg.track();
        let at = shown.get();
        if let Some(plot) = plot.get() {
            mark(&plot, at);
        }
    });
    let show = move |at: Option<usize>| {
        shown.set(at);
        said.set(at.and_then(|at| texts().get(at).cloned()).unwrap_or_default());
    };
    let walk = move |event: KeyboardEvent| {
        let Some(last) = count.get_untracked().checked_sub(1) else { return };
        let here = shown.get_untracked().map(|at| at.min(last));
        let next = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => Some(here.map_or(0, |at| (at + 1).min(last))),
            "ArrowLeft" | "ArrowUp" => Some(here.map_or(last, |at| at.saturating_sub(1))),
            "Home" => Some(0),
            "End" => Some(last),
            "Escape" => None,
            _ => return,
        };
        event.prevent_default();
        show(next);
    };
    let enter = move |_| {
        let by_key = plot.get_untracked().is_some_and(|plot| plot.matches(":focus-visible").unwrap_or(false));
        if by_key && count.get_untracked() > 0 && shown.get_untracked().is_none() {
            show(Some(0));
        }
    };
    view! {
        <div
            class="plot"
            node_ref=plot
            tabindex=move || (count.get() > 0).then_some("0")
            role="group"
            aria-label=move || format!("Chart: {}. Arrow keys walk through its values.", title.get())
            inner_html=move || svg.get()
            on:keydown=walk
            on:focus=enter
            on:blur=move |_| show(None)
        ></div>
        <p class="vh" role="status" aria-live="polite">
            {said}
        </p>
    }
}

/// Shows the tooltip of one point, and no other.
fn mark(plot: &Element, at: Option<usize>) {
    let Ok(points) = plot.query_selector_all("g.pt") else { return };
    for index in 0..points.length() {
        let Some(point) = points.get(index).and_then(|node| node.dyn_into::<Element>().ok()) else { continue };
        let shown = at == usize::try_from(index).ok();
        let class = if shown { "pt shown" } else { "pt" };
        // Refused never: the name is a plain one.
        let _ = point.set_attribute("class", class);
    }
}
