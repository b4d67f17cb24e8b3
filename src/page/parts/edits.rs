//! What a person types in or chooses beside the data: spend, margin, how long a customer stays, who counts as active.

use leptos::ev::Event;
use leptos::prelude::*;

use super::choice::Choice;
use super::typed;
use super::writer::{self, choices};
use crate::page::control::Control;
use crate::page::live;
use crate::report::{Report, Settings};
use crate::roles::kind::TableKind;
use crate::settings::{ActiveRule, LifespanRule};
use crate::words::tables::COSTS_RUN_BEYOND;

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
        Edit::Spend => typed_field(Typed {
            label: "What you spent on winning customers",
            hint: "Marketing, sales and overhead in this period",
            wanted: "an amount, zero or above",
            told: |report| {
                let spent = &report.acquisition;
                let has_costs = report.tables.iter().any(|table| table.kind == TableKind::Spend.name());
                match spent.spend {
                    _ if spent.typed => None,
                    Some(spend) => Some(format!(
                        "Empty, it is the {} of your table of costs",
                        writer::of(report).money_exact(spend)
                    )),
                    None if has_costs => Some(COSTS_RUN_BEYOND.to_owned()),
                    None => None,
                }
            },
            written: |settings| settings.spend.map(typed::written).unwrap_or_default(),
            take: |settings, text| {
                settings.spend = none_or(text, typed::amount)?;
                Some(())
            },
        }),
        Edit::Margin => typed_field(Typed {
            label: "Gross margin, in % of revenue",
            hint: "What is left of 100 after the cost of goods",
            wanted: "a number from 0 to 100",
            told: |_| None,
            written: |settings| settings.margin.map(|margin| typed::written_number(margin * 100.0)).unwrap_or_default(),
            take: |settings, text| {
                let margin = none_or(text, |text| typed::number(text).filter(|percent| *percent <= 100.0))?;
                settings.margin = margin.map(|percent| percent / 100.0);
                Some(())
            },
        }),
        Edit::Lifespan => lifespan(),
        Edit::Active => active(),
    }
}

/// Nothing typed is nothing set; what can't be read is refused.
fn none_or<T>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if text.trim().is_empty() { Some(None) } else { read(text).map(Some) }
}

/// A number that is typed in.
struct Typed {
    /// The label.
    label: &'static str,
    /// What is wanted, in a few words.
    hint: &'static str,
    /// What is needed, where something else was typed.
    wanted: &'static str,
    /// What the data tells where nothing is typed in; it stands in place of the hint.
    told: fn(&Report) -> Option<String>,
    /// The value as it stands in the settings.
    written: fn(&Settings) -> String,
    /// Takes the text into the settings; nothing where it can't be read.
    take: fn(&mut Settings, &str) -> Option<()>,
}

/// The field of a number.
fn typed_field(Typed { label, hint, wanted, told, written, take }: Typed) -> AnyView {
    let control = Control::use_here();
    let value = live::text(move || control.results.settings.with(written));
    // What was refused, and the value that stood there then: set elsewhere to another, the field shows that, and is right.
    let typed = RwSignal::new(None::<(String, String)>);
    let refused =
        live::kept(move || typed.get().filter(|(_, stood)| value.with(|now| now == stood)).map(|(text, _)| text));
    let change = live::on(move |event: Event| {
        let text = event_target_value(&event);
        let mut settings = control.results.settings.get_untracked();
        match take(&mut settings, &text) {
            Some(()) => {
                typed.set(None);
                control.set(|here| *here = settings);
            }
            None => typed.set(Some((text, value.get_untracked()))),
        }
    });
    let said = live::text(move || match refused.get() {
        Some(text) => format!("“{text}” was not taken: {wanted}, please."),
        None => control.results.report.with(|report| told(report.as_ref()?)).unwrap_or_else(|| hint.to_owned()),
    });
    view! {
        <label class="field">
            <span>{label}</span>
            <input
                type="text"
                inputmode="decimal"
                autocomplete="off"
                prop:value=value
                aria-invalid=live::text(move || refused.with(Option::is_some).to_string())
                on:change=change
            />
            <small class="hint" class:down=live::flag(move || refused.with(Option::is_some)) role="status">
                {said}
            </small>
        </label>
    }
    .into_any()
}

/// How long a customer stays.
fn lifespan() -> AnyView {
    let control = Control::use_here();
    let years = move || control.results.report.with_untracked(|report| report.as_ref()?.totals.lifespan_years);
    let chosen = move || match control.results.settings.with(|settings| settings.lifespan) {
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
    let options = choices(&[
        ("churn", "1 ÷ the share lost in a year"),
        ("observed", "First to last purchase, on average"),
        ("fixed", "A number of years"),
    ]);
    let fixed = || {
        typed_field(Typed {
            label: "Years that a customer stays",
            hint: "Above 0",
            wanted: "a number above 0, and at most 100",
            told: |_| None,
            written: |settings| match settings.lifespan {
                LifespanRule::Fixed { years } => typed::written_number(years),
                _ => String::new(),
            },
            take: |settings, text| {
                settings.lifespan =
                    LifespanRule::Fixed { years: typed::number(text).filter(|years| *years > 0.0 && *years <= 100.0)? };
                Some(())
            },
        })
    };
    choice("How long a customer stays", options, chosen, choose, "fixed", fixed)
}

/// When a customer counts as active.
fn active() -> AnyView {
    let control = Control::use_here();
    let window = move || control.results.report.with_untracked(|report| report.as_ref()?.retention.active_window_days);
    let chosen = move || match control.results.settings.with(|settings| settings.active) {
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
    let options = choices(&[
        ("rhythm", "within the usual gap"),
        ("window", "within so many days"),
        ("month", "in the calendar month itself"),
    ]);
    let days = || {
        typed_field(Typed {
            label: "Days",
            hint: "A whole number, at least 1",
            wanted: "a whole number from 1 to 36,500",
            told: |_| None,
            written: |settings| match settings.active {
                ActiveRule::Window { days } => days.to_string(),
                _ => String::new(),
            },
            take: |settings, text| {
                let days = text.trim().parse().ok().filter(|days| (1..=36_500).contains(days))?;
                settings.active = ActiveRule::Window { days };
                Some(())
            },
        })
    };
    choice("Counts as active: bought", options, chosen, choose, "window", days)
}

/// A choice, and the field that goes with one of its values.
fn choice(
    label: &str,
    options: Vec<(String, String)>,
    chosen: impl Fn() -> &'static str + Copy + Send + Sync + 'static,
    choose: impl Fn(String) + Send + Sync + 'static,
    with_field: &'static str,
    field: fn() -> AnyView,
) -> AnyView {
    view! {
        <Choice
            label=Signal::stored(label.to_owned())
            options=Signal::stored(options)
            value=live::text(chosen)
            on_choose=Callback::new(choose)
        />
        {live::when(move || chosen() == with_field, field)}
    }
    .into_any()
}
