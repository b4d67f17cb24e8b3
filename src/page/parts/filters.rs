//! Which part of the data is shown: the period, and a value of each dimension. Below 64 rem they fold into a sentence.

use leptos::prelude::*;

use super::choice::Choice;
use super::icon::{Icon, Sign};
use super::period::Span;
use super::writer;
use crate::math::Day;
use crate::page::control::Control;
use crate::report::Report;
use crate::report::schema::{Dimension, Period};
use crate::settings::{DimensionFilter, Settings};
use crate::words::charts::capital;
use crate::words::segments::dimension_value;

/// So many selects stand in the row at once; the others are added when they are wanted.
const SHOWN: usize = 3;

/// The filters of a view, with those that are the view's own between period and dimensions.
#[component]
pub fn Filters(
    /// What the view itself adds: the unit of cohorts, the family of segments.
    #[prop(optional)]
    children: Option<Children>,
    /// What stands at the end: how many there are. Customers, purchases and dates where the view says nothing else.
    #[prop(optional, into)]
    scope: Option<Signal<String>>,
) -> impl IntoView {
    let control = Control::use_here();
    let settings = control.results.settings;
    let lines = writer::section(|report, format| {
        let totals = &report.totals;
        let many =
            format!("{} · {}", format.count(totals.customers, "customer"), format.count(totals.purchases, "purchase"));
        let dates = match (report.period.start, report.period.end) {
            (Some(start), Some(end)) => format!("{} to {}", format.day(start), format.day(end)),
            _ => String::new(),
        };
        (many, dates)
    });
    let summary = writer::section(|report, _| summary(report));
    let any = move || settings.with(|set| set.from.is_some() || set.to.is_some() || !set.filters.is_empty());
    let clear = move |_| {
        control.set(|settings| {
            (settings.from, settings.to) = (None, None);
            settings.filters.clear();
        });
    };
    let shown = SHOWN - usize::from(children.is_some());
    view! {
        <details class="filters">
            <summary>
                <span>"Showing " <b>{move || summary.get()}</b></span>
                <Icon sign=Sign::Open/>
            </summary>
            <form class="filterrow" aria-label="Filters" on:submit=|event| event.prevent_default()>
                <PeriodSelect/>
                {children.map(|children| children())}
                <Dimensions shown/>
                <Show when=any>
                    <button class="btn quiet" type="button" on:click=clear>
                        "Clear"
                    </button>
                </Show>
                <p class="scope" role="status">
                    {move || scope.map_or_else(|| lines.with(|lines| lines.0.clone()), |scope| scope.get())}
                    <Show when=move || scope.is_none()>
                        <br/>
                        {move || lines.with(|lines| lines.1.clone())}
                    </Show>
                </p>
            </form>
        </details>
    }
}

/// What is shown, in words: `the last 12 months, all channels`.
fn summary(report: &Report) -> String {
    let settings = &report.settings;
    let choice = Span::of(settings, &report.period);
    let format = writer::of(report);
    let period = match (choice, report.period.start, report.period.end) {
        (Span::Own, Some(start), Some(end)) => format!("{} to {}", format.day(start), format.day(end)),
        (Span::All, ..) => choice.label(&report.period).to_lowercase(),
        (Span::Last(_), ..) => format!("the {}", choice.label(&report.period).to_lowercase()),
        _ => choice.label(&report.period),
    };
    let filters: Vec<String> = settings
        .filters
        .iter()
        .map(|filter| filter.values.iter().map(|value| dimension_value(value)).collect::<Vec<_>>().join(" or "))
        .collect();
    match (filters.is_empty(), report.dimensions.is_empty()) {
        (true, true) => period,
        (true, false) => format!("{period}, all customers"),
        (false, _) => format!("{period}, {}", filters.join(", ")),
    }
}

/// The period, and two dates where it is none of those offered.
#[component]
fn PeriodSelect() -> impl IntoView {
    let control = Control::use_here();
    let settings = control.results.settings;
    let period = Memo::new(move |_| control.results.report.with(|report| report.as_ref().map(|report| report.period)));
    // A person may choose own dates before the dates are any different.
    let own = RwSignal::new(false);
    let chosen = Memo::new(move |_| {
        let of = |period: &Period| settings.with(|settings| Span::of(settings, period));
        if own.get() { Span::Own } else { period.get().as_ref().map_or(Span::All, of) }
    });
    let choices = Signal::derive(move || {
        let pairs = |period: Period| {
            Span::offered(&period).into_iter().map(|choice| (choice.key(), choice.label(&period))).collect()
        };
        period.get().map(pairs).unwrap_or_default()
    });
    let choose = move |key: String| {
        let Some(period) = period.get_untracked() else { return };
        let Some(choice) = Span::offered(&period).into_iter().find(|choice| choice.key() == key) else { return };
        own.set(choice == Span::Own);
        let (from, to) = choice.days(&period);
        control.set(|settings| (settings.from, settings.to) = (from, to));
    };
    view! {
        <Choice
            label="Period"
            options=choices
            value=Signal::derive(move || chosen.get().key())
            on_choose=choose
        />
        <Show when=move || chosen.get() == Span::Own>
            <DateField
                label="From"
                day=Signal::derive(move || settings.with(|set| set.from).or_else(|| period.get()?.start))
                on_day=move |day| control.set(|settings| dated(settings, day, settings.to))
            />
            <DateField
                label="To"
                day=Signal::derive(move || settings.with(|set| set.to).or_else(|| period.get()?.end))
                on_day=move |day| control.set(|settings| dated(settings, settings.from, day))
            />
        </Show>
    }
}

/// Sets both dates, the earlier one first: whoever types the later one first means the same.
fn dated(settings: &mut Settings, from: Option<Day>, to: Option<Day>) {
    let turned = matches!((from, to), (Some(from), Some(to)) if to < from);
    (settings.from, settings.to) = if turned { (to, from) } else { (from, to) };
}

/// A date.
#[component]
fn DateField(
    /// The label.
    label: &'static str,
    /// The day.
    #[prop(into)]
    day: Signal<Option<Day>>,
    /// What happens when another is chosen; nothing where the field is emptied.
    #[prop(into)]
    on_day: Callback<Option<Day>>,
) -> impl IntoView {
    view! {
        <label class="field">
            <span>{label}</span>
            <input
                type="date"
                prop:value=move || day.get().map(|day| day.to_string()).unwrap_or_default()
                on:change:target=move |event| on_day.run(event.target().value().parse().ok())
            />
        </label>
    }
}

/// One select a dimension, and one to add those that have none yet.
#[component]
fn Dimensions(
    /// How many have their select at once.
    shown: usize,
) -> impl IntoView {
    let control = Control::use_here();
    let added = RwSignal::new(Vec::<String>::new());
    let dimensions = writer::section(|report, _| {
        let mut dimensions: Vec<Dimension> =
            report.dimensions.iter().filter(|dimension| dimension.values.len() > 1).cloned().collect();
        dimensions.sort_by_key(rank);
        dimensions
    });
    let wanted = move |at: usize, name: &str| {
        at < shown
            || added.with(|added| added.iter().any(|known| known == name))
            || control.results.settings.with(|set| set.filters.iter().any(|filter| filter.dimension == name))
    };
    let split = Memo::new(move |_| {
        let (shown, rest): (Vec<_>, Vec<_>) =
            dimensions.get().into_iter().enumerate().partition(|(at, dimension)| wanted(*at, &dimension.name));
        let bare = |list: Vec<(usize, Dimension)>| list.into_iter().map(|(_, dimension)| dimension).collect::<Vec<_>>();
        (bare(shown), rest.into_iter().map(|(_, dimension)| dimension.name).collect::<Vec<_>>())
    });
    let rest = move || {
        let first = (String::new(), "Add a filter".to_owned());
        let names = split.with(|(_, rest)| rest.clone()).into_iter().map(|name| (name.clone(), name));
        std::iter::once(first).chain(names).collect::<Vec<_>>()
    };
    view! {
        <For
            each=move || split.with(|(shown, _)| shown.clone())
            key=|dimension| (dimension.name.clone(), dimension.values.len())
            let(dimension)
        >
            <DimensionSelect dimension/>
        </For>
        <Show when=move || split.with(|(_, rest)| !rest.is_empty())>
            <Choice
                label="Add a filter"
                hidden_label=true
                options=Signal::derive(rest)
                value=Signal::stored(String::new())
                on_choose=move |name: String| added.update(|added| added.push(name))
            />
        </Show>
    }
}

/// Channels first, then places, then goods: the order in which people ask.
fn rank(dimension: &Dimension) -> usize {
    let known = ["channel", "country", "category", "product"];
    let role = dimension.role.as_deref();
    known.iter().position(|name| Some(*name) == role).unwrap_or(known.len())
}

/// The values of one dimension.
#[component]
fn DimensionSelect(
    /// The dimension.
    dimension: Dimension,
) -> impl IntoView {
    let control = Control::use_here();
    let name = dimension.name.clone();
    let of = move |filters: &[DimensionFilter]| filters.iter().find(|filter| filter.dimension == name).cloned();
    let filter = Memo::new(move |_| control.results.settings.with(|settings| of(&settings.filters)));
    let values = dimension.values;
    let count = values.len();
    // Values stand as their place: a value may be the empty cell, which a select could not tell from "all".
    let keys: Vec<String> = values.iter().map(|value| value.value.clone()).collect();
    let chosen = move || match filter.get().map(|filter| filter.values) {
        None => "all".to_owned(),
        Some(chosen) if chosen.len() == 1 => {
            keys.iter().position(|value| *value == chosen[0]).map_or("some".to_owned(), |at| at.to_string())
        }
        Some(_) => "some".to_owned(),
    };
    let texts: Vec<String> = values.iter().map(|value| dimension_value(&value.value)).collect();
    let choices = move || {
        let mut choices = vec![("all".to_owned(), format!("All {count}"))];
        if let Some(some) = filter.get().map(|filter| filter.values.len()).filter(|some| *some > 1) {
            choices.push(("some".to_owned(), format!("{some} of {count}")));
        }
        choices.extend(texts.iter().enumerate().map(|(at, text)| (at.to_string(), text.clone())));
        choices
    };
    let label = dimension.name.clone();
    let choose = move |key: String| {
        let value = key.parse::<usize>().ok().and_then(|at| values.get(at)).map(|value| value.value.clone());
        if key == "some" {
            return;
        }
        control.set(|settings| {
            settings.filters.retain(|filter| filter.dimension != dimension.name);
            if let Some(value) = value {
                let filter = DimensionFilter { dimension: dimension.name.clone(), values: vec![value] };
                settings.filters.push(filter);
            }
        });
    };
    view! {
        <Choice
            label=capital(&label)
            options=Signal::derive(choices)
            value=Signal::derive(chosen)
            on_choose=choose
        />
    }
}
