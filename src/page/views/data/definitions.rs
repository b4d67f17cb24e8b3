//! The definitions in use, with who set them, and the settings that change them.

use leptos::ev::Event;
use leptos::prelude::*;

use crate::page::control::Control;
use crate::page::live;
use crate::page::parts::choice::Choice;
use crate::page::parts::edits::{Edit, Editor};
use crate::page::parts::table::Region;
use crate::page::parts::writer;
use crate::page::parts::writer::choices;
use crate::report::Report;
use crate::settings::{ActiveRule, LifespanRule, RfmTies, Settings, TierRule};
use crate::words::forecast::{discounted, horizon};
use crate::words::format::{Format, NOT_DEFINED};
use crate::words::terms::numbers::percent_as_typed;

/// A definition: the figure, what it means here, who set it.
type Definition = [String; 3];

/// The table of definitions.
pub fn definitions() -> AnyView {
    let definitions = writer::section(rows);
    let row = |[figure, meaning, by]: Definition| {
        view! {
            <tr>
                <th scope="row">{figure}</th>
                <td>{meaning}</td>
                <td class="num">{by}</td>
            </tr>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="h-definitions" class="stack" id="definitions">
            <h2 class="h2" id="h-definitions">"Definitions in use"</h2>
            <Region label=Signal::stored("Table of definitions".to_owned())>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Figure"</th>
                            <th scope="col">"Here it means"</th>
                            <th scope="col" class="num">"Set by"</th>
                        </tr>
                    </thead>
                    <tbody>{live::part(move || definitions.get().into_iter().map(row).collect::<Vec<_>>())}</tbody>
                </table>
            </Region>
        </section>
    }
    .into_any()
}

fn rows(report: &Report, format: &dyn Format) -> Vec<Definition> {
    let settings = &report.settings;
    let of = |figure: &str, meaning: String, by: &str| [figure.to_owned(), meaning, by.to_owned()];
    let ours = "Perennial";
    let has_orders = report.tables.iter().any(|table| table.roles.contains_key("order"));
    let purchase = if has_orders { "All rows with one order number" } else { "All rows of one customer at one time" };
    let window = report.retention.active_window_days;
    let (active, active_by) = match (settings.active, window) {
        (ActiveRule::CalendarMonth, _) => ("Bought in the calendar month itself".to_owned(), "you"),
        (ActiveRule::Window { days }, _) => (format!("Bought within the last {}", format.days(f64::from(days))), "you"),
        (ActiveRule::OwnRhythm, Some(days)) if report.retention.gaps == 0 => {
            (format!("Bought within the last {}, because no one has bought twice", format.days(f64::from(days))), ours)
        }
        (ActiveRule::OwnRhythm, Some(days)) => {
            (format!("Bought within the last {}: 9 of 10 gaps are shorter", format.days(f64::from(days))), "your data")
        }
        (ActiveRule::OwnRhythm, None) => ("Not defined: no one has bought twice".to_owned(), "your data"),
    };
    let (lifespan, lifespan_by) = match settings.lifespan {
        LifespanRule::Churn => ("1 ÷ the share of customers lost in a year", ours),
        LifespanRule::Observed => ("Mean time from the first to the last purchase", "you"),
        LifespanRule::Fixed { .. } => ("A number of years", "you"),
    };
    let years = report
        .totals
        .lifespan_years
        .map_or(NOT_DEFINED.to_owned(), |years| format!("{} years", format.number(years, 2)));
    let (margin, margin_by) = match settings.margin {
        Some(margin) => (format!("{} of revenue", percent_as_typed(margin, format)), "you"),
        None => ("Not typed in: figures of worth are revenue".to_owned(), ours),
    };
    let ahead = format!("{}, {}", horizon(settings.horizon, format), discounted(settings.discount, format));
    let set = (settings.discount, settings.horizon) != (Settings::default().discount, Settings::default().horizon);
    let ahead_by = if set { "you" } else { ours };
    let (end, end_by) = match (settings.to.or(settings.end), report.period.end) {
        (Some(_), Some(end)) => (format.day(end), "you"),
        (None, Some(end)) => (format!("{}, the last date in the orders", format.day(end)), "the file"),
        (_, None) => (NOT_DEFINED.to_owned(), "the file"),
    };
    let ties = match settings.rfm_ties {
        RfmTies::Together => ("Five steps of when, how often, how much; equal values score the same", ours),
        RfmTies::ByOrder => ("Five steps of when, how often, how much; ties are broken by the order of ids", "you"),
    };
    let tiers = match settings.tiers {
        TierRule::ByRank => ("The first 20% of customers by revenue, the next 30%, the rest", ours),
        TierRule::ByShare => ("Those who bring the first 80% of revenue, the next 15%, the last 5%", "you"),
    };
    vec![
        of("Purchase", purchase.to_owned(), if has_orders { "the file" } else { ours }),
        of("Revenue", "Sum of the amounts, less refunds on their own date".to_owned(), ours),
        of("Active", active, active_by),
        of(
            "Customers kept",
            "Of those at the start, the share still there at the end; new ones don’t count".to_owned(),
            ours,
        ),
        of("How long one stays", format!("{lifespan}: {years}"), lifespan_by),
        of("Margin", margin, margin_by),
        of("Worth of what is to come", format!("Over {ahead}"), ahead_by),
        of("Scores of segments", ties.0.to_owned(), ties.1),
        of("High, middle, low", tiers.0.to_owned(), tiers.1),
        of("Intervals", "95%, by Wilson’s method".to_owned(), ours),
        of("End of the period", end, end_by),
    ]
}

/// What can be set.
pub fn changes() -> AnyView {
    let control = Control::use_here();
    let settings = control.results.settings;
    let ties = move || match settings.with(|settings| settings.rfm_ties) {
        RfmTies::Together => "together",
        RfmTies::ByOrder => "order",
    };
    let tiers = move || match settings.with(|settings| settings.tiers) {
        TierRule::ByRank => "rank",
        TierRule::ByShare => "share",
    };
    let set_ties = move |key: String| {
        let ties = if key == "order" { RfmTies::ByOrder } else { RfmTies::Together };
        control.set(|settings| settings.rfm_ties = ties);
    };
    let set_tiers = move |key: String| {
        let tiers = if key == "share" { TierRule::ByShare } else { TierRule::ByRank };
        control.set(|settings| settings.tiers = tiers);
    };
    let report = control.results.report;
    let end = live::text(move || {
        let last = report.with(|report| report.as_ref()?.period.data_end);
        let set = settings.with(|settings| settings.end).or(last);
        set.map(|day| day.to_string()).unwrap_or_default()
    });
    let set_end = live::on(move |event: Event| {
        let last = report.with_untracked(|report| report.as_ref()?.period.data_end);
        let day = event_target_value(&event).parse().ok().filter(|day| Some(*day) != last);
        control.set(|settings| settings.end = day);
    });
    view! {
        <section aria-labelledby="h-choices" class="stack">
            <h2 class="h2" id="h-choices">"Change a definition"</h2>
            <p class="note">"All figures follow at once, and the definitions above say so."</p>
            <div class="inputs">
                <Editor edit=Edit::Active/>
                <Editor edit=Edit::Lifespan/>
                <Choice
                    label=Signal::stored("Equal values in scores".to_owned())
                    options=Signal::stored(choices(&[("together", "Score the same"), ("order", "By the order of ids")]))
                    value=live::text(ties)
                    on_choose=Callback::new(set_ties)
                />
                <Choice
                    label=Signal::stored("High, middle, low".to_owned())
                    options=Signal::stored(
                        choices(&[("rank", "By rank: 20%, 30%, rest"), ("share", "By revenue (ABC): 80%, 15%, 5%")]),
                    )
                    value=live::text(tiers)
                    on_choose=Callback::new(set_tiers)
                />
                <label class="field">
                    <span>"End of the period"</span>
                    <input
                        type="date"
                        prop:value=end
                        on:change=set_end
                    />
                </label>
            </div>
        </section>
    }
    .into_any()
}
