//! Who stays: kept over a year, cohorts, curves, month by month.

use leptos::prelude::*;

use crate::charts;
use crate::math::Unit;
use crate::page::browser;
use crate::page::control::Control;
use crate::page::parts::chart::ReportChart;
use crate::page::parts::choice::Choice;
use crate::page::parts::figures::Figures;
use crate::page::parts::filters::Filters;
use crate::page::parts::head::ViewHead;
use crate::page::parts::heat::{self, Content, Grid, Heat};
use crate::page::parts::writer::choices;
use crate::page::parts::{terms, writer};
use crate::page::route::{unit_from, unit_name};
use crate::words::terms::Term;
use crate::words::{cohorts, findings};

/// Its figures.
const FIGURES: [Term; 4] = [Term::Kept, Term::Lost, Term::Repeat, Term::Window];

/// Who stays.
#[component]
pub fn Retention() -> impl IntoView {
    let control = Control::use_here();
    let unit = move || control.results.settings.with(|settings| settings.cohort_unit);
    let choose = move |key: String| {
        if let Some(unit) = unit_from(&key) {
            control.set(|settings| settings.cohort_unit = unit);
        }
    };
    view! {
        <ViewHead name="Who stays" finding=writer::section(findings::retention)/>
        <Filters>
            <Choice
                label="Cohorts"
                options=Signal::stored(units())
                value=Signal::derive(move || unit_name(unit()).to_owned())
                on_choose=choose
            />
        </Filters>
        <Figures figures=writer::section(|report, format| terms::figures_four(&FIGURES, report, format)) class="figures four"/>
        <Cohorts/>
        <div class="two">
            <ReportChart draw=charts::retention_curves/>
            <ReportChart draw=charts::monthly_retention/>
        </div>
    }
}

fn units() -> Vec<(String, String)> {
    [Unit::Day, Unit::Week, Unit::Month, Unit::Quarter, Unit::Year]
        .map(|unit| (unit_name(unit).to_owned(), format!("By {}", unit_name(unit))))
        .to_vec()
}

/// The cohort table, with a choice of what its cells hold.
#[component]
fn Cohorts() -> impl IntoView {
    let control = Control::use_here();
    let content = RwSignal::new(Content::default());
    let title = writer::section(move |report, format| match content.get() {
        Content::Kept => cohorts::title(report, format),
        other => {
            let unit = heat::unit_word(report.retention.unit);
            format!("{}, {unit} by {unit} after the first purchase", other.label())
        }
    });
    let sub = writer::section(move |report, _| match content.get() {
        Content::Kept => cohorts::sub(report),
        _ => {
            let unit = heat::unit_word(report.retention.unit);
            format!("Each row: those who first bought in the same {unit}, and what they did in the {unit}s after it")
        }
    });
    let grid = writer::section(move |report, format| Grid::of(report, content.get(), format));
    let save = move |_| {
        let content = content.get_untracked();
        control.results.report.with_untracked(|report| {
            if let Some(report) = report {
                let csv = heat::table(report, content, &*writer::of(report)).csv();
                browser::save(&format!("perennial-cohorts-{}.csv", content.key()), "text/csv", &csv);
            }
        });
    };
    let all = Content::ALL.map(|content| (content.key(), content.label()));
    view! {
        <figure class="chart">
            <figcaption>
                <h2 class="h2">{title}</h2>
                <p class="sub">{sub}</p>
            </figcaption>
            <div class="filterrow">
                <Choice
                    label="Cells show"
                    options=Signal::stored(choices(&all))
                    value=Signal::derive(move || content.get().key().to_owned())
                    on_choose=move |key: String| {
                        content.set(Content::ALL.into_iter().find(|content| content.key() == key).unwrap_or_default());
                    }
                />
            </div>
            <div class="plot">
                <Heat grid/>
            </div>
            <div class="tools">
                <button type="button" on:click=save>
                    "Download CSV"
                </button>
            </div>
        </figure>
    }
}
