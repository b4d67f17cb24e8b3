//! Which part of the data is shown: the period, and a value of each dimension. Below 64 rem they fold into a sentence.

use std::sync::Arc;

use leptos::ev::{Event, MouseEvent, SubmitEvent};
use leptos::prelude::*;

use super::choice::Choice;
use super::icon::{Icon, Sign};
use super::period::Span;
use super::writer;
use crate::math::{Day, order};
use crate::page::control::Control;
use crate::page::live::{self, MakeRow};
use crate::report::Report;
use crate::report::schema::{Dimension, Period};
use crate::settings::DimensionFilter;
use crate::words::segments::{column, dimension_value};

/// So many selects stand in the row at once; the others are added when they are wanted.
const SHOWN: usize = 3;

/// The filters of a view, with those that are the view's own between period and dimensions.
#[component]
pub fn Filters(
    /// What the view itself adds: the unit of cohorts, the family of segments.
    #[prop(optional)]
    children: Option<Children>,
    /// What stands at the end: how many there are. Customers, purchases and dates where the view says nothing else.
    #[prop(optional)]
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
    let summary = writer::text(|report, _| summary(report));
    let any = move || settings.with(|set| set.from.is_some() || set.to.is_some() || !set.filters.is_empty());
    let clear = move |_: MouseEvent| {
        control.set(|settings| {
            (settings.from, settings.to) = (None, None);
            settings.filters.clear();
        });
    };
    let unfiltered = move || {
        view! {
            <button class="btn quiet" type="button" on:click=live::on(clear)>
                "Clear"
            </button>
        }
    };
    let scope = live::part(move || match scope {
        Some(scope) => scope.into_any(),
        None => {
            let (many, dates) = lines.get();
            view! { {many} <br/> {dates} }.into_any()
        }
    });
    // Without orders there are neither dates nor customers to choose from.
    let alone = writer::section(|report, _| report.period.data_start.is_none());
    let nothing = live::flag(move || alone.get());
    let shown = SHOWN - usize::from(children.is_some());
    view! {
        <details class="filters" hidden=nothing>
            <summary>
                <span>"Showing " <b>{summary}</b> <span class="paper">" · " {live::text(move || lines.get().1)}</span></span>
                <Icon sign=Sign::Open/>
            </summary>
            <form class="filterrow" aria-label="Filters" on:submit=live::on(|event: SubmitEvent| event.prevent_default())>
                {period_select()}
                {children.map(|children| children())}
                {dimensions(shown)}
                {live::when(any, unfiltered)}
                <p class="scope" role="status">
                    {scope}
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
        (Span::All, ..) => choice.label(&report.period).to_ascii_lowercase(),
        (Span::Last(_), ..) => format!("the {}", choice.label(&report.period).to_ascii_lowercase()),
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
fn period_select() -> AnyView {
    let control = Control::use_here();
    let settings = control.results.settings;
    let period = live::kept(move || control.results.report.with(|report| report.as_ref().map(|report| report.period)));
    // A person may choose own dates before the dates are any different.
    let own = RwSignal::new(false);
    let chosen = move || {
        let of = |period: &Period| settings.with(|settings| Span::of(settings, period));
        if own.get() { Span::Own } else { period.get().as_ref().map_or(Span::All, of) }
    };
    let choices = move || {
        let pairs = |period: Period| {
            Span::offered(&period).into_iter().map(|choice| (choice.key(), choice.label(&period))).collect()
        };
        period.get().map(pairs).unwrap_or_default()
    };
    let choose = move |key: String| {
        let Some(period) = period.get_untracked() else { return };
        let Some(choice) = Span::offered(&period).into_iter().find(|choice| choice.key() == key) else { return };
        own.set(choice == Span::Own);
        let (from, to) = choice.days(&period);
        control.set(|settings| (settings.from, settings.to) = (from, to));
    };
    let dates = move || {
        let from = move || settings.with(|set| set.from).or_else(|| period.get()?.start);
        let to = move || settings.with(|set| set.to).or_else(|| period.get()?.end);
        // A first day after the last one begins a period anew, and so does a last day before the first.
        let set_from = move |day| {
            let day = within(period.get_untracked(), day);
            control.set(|settings| (settings.from, settings.to) = (day, settings.to.filter(|to| Some(*to) >= day)));
        };
        let set_to = move |day| {
            let day = within(period.get_untracked(), day);
            control.set(|settings| {
                let from = settings.from.filter(|from| day.is_none_or(|day| *from <= day));
                (settings.from, settings.to) = (from, day);
            });
        };
        let bound =
            move |of: fn(&Period) -> Option<Day>| live::text(move || written(period.get().as_ref().and_then(of)));
        let (first, last) = (bound(|period| period.data_start), bound(|period| period.data_end));
        view! {
            {date_field("From", live::text(move || written(from())), (first, last), Box::new(set_from))}
            {date_field("To", live::text(move || written(to())), (first, last), Box::new(set_to))}
        }
    };
    view! {
        <Choice
            label=Signal::stored("Period".to_owned())
            options=live::follow(Box::new(choices))
            value=live::text(move || chosen().key())
            on_choose=Callback::new(choose)
        />
        {live::when(move || chosen() == Span::Own, dates)}
    }
    .into_any()
}

/// A day typed in, as far as the data reaches.
fn within(period: Option<Period>, day: Option<Day>) -> Option<Day> {
    let (day, period) = (day?, period?);
    Some(day.clamp(period.data_start?, period.data_end?))
}

/// A date, and what happens when another is chosen; nothing where the field is emptied.
fn date_field(
    label: &'static str,
    day: Signal<String>,
    (first, last): (Signal<String>, Signal<String>),
    on_day: Box<dyn Fn(Option<Day>)>,
) -> AnyView {
    let change = live::on(move |event: Event| on_day(event_target_value(&event).parse().ok()));
    view! {
        <label class="field">
            <span>{label}</span>
            <input type="date" min=first max=last prop:value=day on:change=change/>
        </label>
    }
    .into_any()
}

/// A day as such a field holds it.
fn written(day: Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// One select a dimension, and one to add those that have none yet. So many have their select at once.
fn dimensions(shown: usize) -> AnyView {
    let control = Control::use_here();
    let added = RwSignal::new(Vec::<String>::new());
    let dimensions = writer::section(|report, _| {
        let mut dimensions: Vec<Arc<Dimension>> =
            report.dimensions.iter().filter(|dimension| dimension.values.len() > 1).cloned().map(Arc::new).collect();
        order::sort_by(&mut dimensions, |a, b| rank(a).cmp(&rank(b)));
        dimensions
    });
    let wanted = move |at: usize, name: &str| {
        at < shown
            || added.with(|added| added.iter().any(|known| known == name))
            || control.results.settings.with(|set| set.filters.iter().any(|filter| filter.dimension == name))
    };
    // Those with a select, and those without.
    let split = live::kept(move || {
        dimensions.get().into_iter().enumerate().partition::<Vec<_>, _>(|(at, dimension)| wanted(*at, &dimension.name))
    });
    let selects = move || {
        let select = |(_, dimension): &(usize, Arc<Dimension>)| -> (String, MakeRow) {
            let dimension = dimension.clone();
            let key = format!("{} {}", dimension.values.len(), dimension.name);
            (key, Box::new(move || dimension_select(dimension)))
        };
        split.with(|(shown, _)| shown.iter().map(select).collect())
    };
    let rest = move || {
        let first = (String::new(), "Add a filter".to_owned());
        let pair = |(_, dimension): &(usize, Arc<Dimension>)| (dimension.name.clone(), column(&dimension.name));
        split.with(|(_, rest)| std::iter::once(first).chain(rest.iter().map(pair)).collect())
    };
    let add = move || {
        view! {
            <Choice
                label=Signal::stored("Add a filter".to_owned())
                hidden_label=true
                options=live::follow(Box::new(rest))
                value=Signal::stored(String::new())
                on_choose=Callback::new(move |name: String| added.update(|added| added.push(name)))
            />
        }
    };
    view! {
        {live::keyed(selects)}
        {live::when(move || split.with(|(_, rest)| !rest.is_empty()), add)}
    }
    .into_any()
}

/// Channels first, then places, then goods: the order in which people ask.
fn rank(dimension: &Dimension) -> usize {
    let known = ["channel", "country", "category", "product"];
    let role = dimension.role.as_deref();
    known.iter().position(|name| Some(*name) == role).unwrap_or(known.len())
}

/// The values of one dimension.
fn dimension_select(dimension: Arc<Dimension>) -> AnyView {
    let control = Control::use_here();
    let of = dimension.clone();
    // The values that the filter lets through; nothing without a filter.
    let filter = live::kept(move || {
        control.results.settings.with(|settings| {
            let filter = settings.filters.iter().find(|filter| filter.dimension == of.name)?;
            Some(filter.values.clone())
        })
    });
    // Values stand as their place: a value may be the empty cell, which a select could not tell from "all".
    let of = dimension.clone();
    let chosen = move || match filter.get() {
        None => "all".to_owned(),
        Some(chosen) if chosen.len() == 1 => {
            let place = of.values.iter().position(|value| value.value == chosen[0]);
            place.map_or("some".to_owned(), |at| at.to_string())
        }
        Some(_) => "some".to_owned(),
    };
    let of = dimension.clone();
    let choices = move || {
        let count = of.values.len();
        let mut choices = vec![("all".to_owned(), format!("All {count}"))];
        if let Some(some) = filter.get().map(|values| values.len()).filter(|some| *some > 1) {
            choices.push(("some".to_owned(), format!("{some} of {count}")));
        }
        let texts = of.values.iter().map(|value| dimension_value(&value.value)).enumerate();
        choices.extend(texts.map(|(at, text)| (at.to_string(), text)));
        choices
    };
    let label = column(&dimension.name);
    let choose = move |key: String| {
        let value = key.parse::<usize>().ok().and_then(|at| dimension.values.get(at)).map(|value| value.value.clone());
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
            label=Signal::stored(label)
            options=live::follow(Box::new(choices))
            value=live::text(chosen)
            on_choose=Callback::new(choose)
        />
    }
    .into_any()
}
