//! What a person types in or chooses beside the data: spend, margin, how long a customer stays, who counts as active.

use leptos::prelude::*;

use super::choice::Choice;
use super::typed;
use super::writer::choices;
use crate::page::control::Control;
use crate::report::Settings;
use crate::settings::{ActiveRule, LifespanRule};

/// Something that can be typed in or chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Spend on winning customers in the period.
    Spend,
    /// Gross margin in percent.
    Margin,
    /// How long a customer stays.
    Lifespan,
    /// When a customer counts as active.
    Active,
}

/// The field for one of them.
#[component]
pub fn Editor(
    /// Which.
    edit: Edit,
) -> impl IntoView {
    match edit {
        Edit::Spend => view! {
            <Typed
                label="What you spent on winning customers"
                hint="Marketing, sales and overhead in this period"
                written=|settings| settings.spend.map(typed::written).unwrap_or_default()
                take=|settings, text| {
                    settings.spend = none_or(text, typed::amount)?;
                    Some(())
                }
            />
        }
        .into_any(),
        Edit::Margin => view! {
            <Typed
                label="Gross margin, in % of revenue"
                hint="What is left of 100 after the cost of goods"
                written=|settings| {
                    settings.margin.map(|margin| typed::written_number(margin * 100.0)).unwrap_or_default()
                }
                take=|settings, text| {
                    let margin = none_or(text, |text| typed::number(text).filter(|percent| *percent <= 100.0))?;
                    settings.margin = margin.map(|percent| percent / 100.0);
                    Some(())
                }
            />
        }
        .into_any(),
        Edit::Lifespan => view! { <Lifespan/> }.into_any(),
        Edit::Active => view! { <Active/> }.into_any(),
    }
}

/// Nothing typed is nothing set; what can't be read is refused.
fn none_or<T>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if text.trim().is_empty() { Some(None) } else { read(text).map(Some) }
}

/// A number that is typed in.
#[component]
fn Typed(
    /// The label.
    label: &'static str,
    /// What is wanted, in a few words.
    hint: &'static str,
    /// The value as it stands in the settings.
    written: fn(&Settings) -> String,
    /// Takes the text into the settings; nothing where it can't be read.
    take: fn(&mut Settings, &str) -> Option<()>,
) -> impl IntoView {
    let control = Control::use_here();
    let refused = RwSignal::new(None::<String>);
    let value = move || control.results.settings.with(written);
    let change = move |text: String| {
        let mut settings = control.results.settings.get_untracked();
        match take(&mut settings, &text) {
            Some(()) => {
                refused.set(None);
                control.set(|here| *here = settings);
            }
            None => refused.set(Some(text)),
        }
    };
    view! {
        <label class="field">
            <span>{label}</span>
            <input
                type="text"
                inputmode="decimal"
                autocomplete="off"
                prop:value=value
                aria-invalid=move || refused.with(Option::is_some).to_string()
                on:change:target=move |event| change(event.target().value())
            />
            <small class="hint" class:down=move || refused.with(Option::is_some) role="status">
                {move || match refused.get() {
                    Some(text) => format!("“{text}” can’t be read as a number here."),
                    None => hint.to_owned(),
                }}
            </small>
        </label>
    }
}

/// How long a customer stays.
#[component]
fn Lifespan() -> impl IntoView {
    let control = Control::use_here();
    let rule = Memo::new(move |_| control.results.settings.with(|settings| settings.lifespan));
    let years = move || control.results.report.with(|report| report.as_ref()?.totals.lifespan_years);
    let chosen = move || match rule.get() {
        LifespanRule::Churn => "churn",
        LifespanRule::Observed => "observed",
        LifespanRule::Fixed { .. } => "fixed",
    };
    let choose = move |key: String| {
        let lifespan = match key.as_str() {
            "observed" => LifespanRule::Observed,
            // What it is now is where a person begins to change it.
            "fixed" => LifespanRule::Fixed { years: years().filter(|years| *years > 0.0).unwrap_or(1.0) },
            _ => LifespanRule::Churn,
        };
        control.set(|settings| settings.lifespan = lifespan);
    };
    view! {
        <Choice
            label="How long a customer stays"
            options=Signal::stored(
                choices(
                    &[
                        ("churn", "1 ÷ the share lost in a year"),
                        ("observed", "First to last purchase, on average"),
                        ("fixed", "A number of years"),
                    ],
                ),
            )
            value=Signal::derive(move || chosen().to_owned())
            on_choose=choose
        />
        <Show when=move || chosen() == "fixed">
            <Typed
                label="Years that a customer stays"
                hint="Above 0"
                written=|settings| match settings.lifespan {
                    LifespanRule::Fixed { years } => typed::written_number(years),
                    _ => String::new(),
                }
                take=|settings, text| {
                    settings.lifespan = LifespanRule::Fixed { years: typed::number(text)? };
                    Some(())
                }
            />
        </Show>
    }
}

/// When a customer counts as active.
#[component]
fn Active() -> impl IntoView {
    let control = Control::use_here();
    let rule = Memo::new(move |_| control.results.settings.with(|settings| settings.active));
    let window = move || control.results.report.with(|report| report.as_ref()?.retention.active_window_days);
    let chosen = move || match rule.get() {
        ActiveRule::OwnRhythm => "rhythm",
        ActiveRule::Window { .. } => "window",
        ActiveRule::CalendarMonth => "month",
    };
    let choose = move |key: String| {
        let active = match key.as_str() {
            "window" => ActiveRule::Window { days: window().unwrap_or(365).max(1) },
            "month" => ActiveRule::CalendarMonth,
            _ => ActiveRule::OwnRhythm,
        };
        control.set(|settings| settings.active = active);
    };
    view! {
        <Choice
            label="Counts as active: bought"
            options=Signal::stored(
                choices(
                    &[
                        ("rhythm", "within the usual gap of your customers"),
                        ("window", "within so many days"),
                        ("month", "in the calendar month itself"),
                    ],
                ),
            )
            value=Signal::derive(move || chosen().to_owned())
            on_choose=choose
        />
        <Show when=move || chosen() == "window">
            <Typed
                label="Days"
                hint="A whole number, at least 1"
                written=|settings| match settings.active {
                    ActiveRule::Window { days } => days.to_string(),
                    _ => String::new(),
                }
                take=|settings, text| {
                    let days = text.trim().parse().ok().filter(|days| (1..=36_500).contains(days))?;
                    settings.active = ActiveRule::Window { days };
                    Some(())
                }
            />
        </Show>
    }
}
