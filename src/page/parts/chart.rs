//! A chart with all that stands around it: title, picture, the same as a table, and both as files.

use leptos::ev::{FocusEvent, KeyboardEvent, MouseEvent};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::frame::frame;
use super::table::data_table;
use super::width::use_width;
use super::writer;
use crate::charts::{Figure, Key, Theme};
use crate::page::browser;
use crate::page::control::Control;
use crate::page::live::{self, Kept};
use crate::report::Report;
use crate::words::format::Format;

/// Draws a section of the report at a width.
pub type Draw = fn(&Report, u32, &dyn Format) -> Figure;

/// Draws a figure at a width; behind a pointer, so that there is one kind of chart.
pub struct Drawing(Box<dyn Fn(u32) -> Option<Figure> + Send + Sync>);

impl<F: Fn(u32) -> Option<Figure> + Send + Sync + 'static> From<F> for Drawing {
    fn from(draw: F) -> Drawing {
        Drawing(Box::new(draw))
    }
}

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
pub fn Chart(
    /// Draws it at a width in pixels.
    #[prop(into)]
    figure: Drawing,
) -> impl IntoView {
    let plot = NodeRef::<Div>::new();
    let width = use_width(plot);
    let Drawing(draw) = figure;
    let figure = live::kept(move || match width.get() {
        0 => None,
        width => draw(width),
    });
    let part = move |part: fn(&Figure) -> String| {
        live::text(move || figure.with(|figure| figure.as_ref().map(part).unwrap_or_default()))
    };
    let title = part(|figure| figure.title.clone());
    let note = move || {
        let note = figure.with(|figure| figure.as_ref().and_then(|figure| figure.remark().map(str::to_owned)))?;
        (!note.is_empty()).then(|| view! { <p class="note">{note}</p> })
    };
    let legend = move || {
        let keys = figure.with(|figure| figure.as_ref().map(keys).unwrap_or_default());
        (!keys.is_empty()).then(|| view! { <p class="note legend">{keys}</p> })
    };
    let save = move |what: fn(&Figure) -> (String, &'static str, String)| {
        live::on(move |_: MouseEvent| {
            if let Some((name, mime, text)) = untrack(|| figure.with(|figure| figure.as_ref().map(what))) {
                browser::save(&name, mime, &text);
            }
        })
    };
    // The table is made when it is asked for: made with every change of a filter, tables would take longer than pictures.
    let open = RwSignal::new(false);
    let toggle = live::on(move |event: Event| {
        let details = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        open.set(details.is_some_and(|details| details.has_attribute("open")));
    });
    // An empty picture is neither shown nor saved; what there is beside it stays a table.
    let has =
        move |what: fn(&Figure) -> bool| live::flag(move || figure.with(|figure| figure.as_ref().is_some_and(what)));
    let has_picture = has(|figure| !figure.picture().is_empty());
    let no_table = has(|figure| figure.table.rows.is_empty());
    let save_picture = move || {
        let save = save(|figure| (file(figure, "svg"), "image/svg+xml", figure.standalone(Theme::Light)));
        view! {
            <button type="button" on:click=save>
                "Download SVG"
            </button>
        }
    };
    let content = view! {
        <Plot figure title plot/>
        {live::part(legend)}
        {live::part(note)}
        <div class="tools" hidden=no_table>
            <details on:toggle=toggle>
                <summary>"Show as a table"</summary>
                {live::when(move || open.get(), move || data_table(figure))}
            </details>
            <button type="button" on:click=save(|figure| (file(figure, "csv"), "text/csv", figure.csv()))>
                "Download CSV"
            </button>
            {live::when(move || has_picture.get(), save_picture)}
        </div>
    };
    frame(title, part(|figure| figure.drawn().to_owned()), content.into_any())
}

fn file(figure: &Figure, ending: &str) -> String {
    format!("perennial-{}.{ending}", figure.id)
}

/// The keys of the legend, each with a swatch in its colour.
fn keys(figure: &Figure) -> Vec<AnyView> {
    let key = |key: &Key| {
        let (class, label) = (key.class(), key.label.clone());
        view! {
            <span class="key">
                <svg viewBox="0 0 12 12" aria-hidden="true">
                    <rect class=class width="12" height="12" rx="2"/>
                </svg>
                {label}
            </span>
        }
        .into_any()
    };
    figure.legend.iter().map(key).collect()
}

/// The picture: one tab stop; the arrow keys walk its points, and what each says is also said aloud.
#[component]
fn Plot(
    /// The chart.
    figure: Kept<Option<Figure>>,
    /// Its title.
    title: Signal<String>,
    /// The element, whose width the chart is drawn for.
    plot: NodeRef<Div>,
) -> impl IntoView {
    let shown = RwSignal::new(None::<usize>);
    let said = RwSignal::new(String::new());
    let text = move |at: usize| untrack(|| figure.with(|figure| Some(figure.as_ref()?.points.get(at)?.text())));
    let svg = live::kept(move || {
        figure.with(|figure| figure.as_ref().map(|figure| figure.picture().to_owned()).unwrap_or_default())
    });
    let count = move || figure.with(|figure| figure.as_ref().map_or(0, |figure| figure.points.len()));
    // Marks the point in the picture after every drawing; the picture itself is not touched by walking it.
    live::effect(move || {
        svg.track();
        let at = shown.get();
        if let Some(plot) = plot.get() {
            mark(&plot, at);
        }
    });
    let show = move |at: Option<usize>| {
        shown.set(at);
        said.set(at.and_then(text).unwrap_or_default());
    };
    let walk = move |event: KeyboardEvent| {
        let Some(last) = untrack(count).checked_sub(1) else { return };
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
    let enter = move |_: FocusEvent| {
        let by_key = plot.get_untracked().is_some_and(|plot| plot.matches(":focus-visible").unwrap_or(false));
        if by_key && untrack(count) > 0 && shown.get_untracked().is_none() {
            show(Some(0));
        }
    };
    view! {
        <div
            class="plot"
            node_ref=plot
            tabindex=live::attribute(move || (count() > 0).then_some("0"))
            role="group"
            aria-label=live::text(move || format!("Chart: {}. Arrow keys walk through its values.", title.get()))
            inner_html=live::text(move || svg.get())
            on:keydown=live::on(walk)
            on:focus=live::on(enter)
            on:blur=live::on(move |_: FocusEvent| show(None))
        ></div>
        <p class="vh" role="status" aria-live="polite">
            {live::text(move || said.get())}
        </p>
    }
}

/// Shows the tooltip of one point, and no other. Of a picture of which none is shown nothing is touched.
fn mark(plot: &Element, at: Option<usize>) {
    let set = |point: &Element, class: &str| {
        // Refused never: the name is a plain one.
        let _ = point.set_attribute("class", class);
    };
    if let Ok(Some(shown)) = plot.query_selector("g.pt.shown") {
        set(&shown, "pt");
    }
    let Some(at) = at.and_then(|at| u32::try_from(at).ok()) else { return };
    let points = plot.query_selector_all("g.pt").ok();
    let point = points.and_then(|points| points.get(at)).and_then(|node| node.dyn_into::<Element>().ok());
    if let Some(point) = point {
        set(&point, "pt shown");
    }
}
